"""What stands before an open practice: the pages to start, create and unlock, and the opening itself, off this thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from ipt_desktop.domain.errors import PracticeInUse
from ipt_desktop.domain.text import _
from ui.opening import DEMO, NONE, Practices

# Nothing that the empty frame can do without is imported before it is painted.
if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog, QStackedWidget

    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.secret import Secret
    from ui.restore.recovery_page import RecoveryPage
    from ui.start.create_page import CreatePage, NewPractice
    from ui.start.first_steps import FirstSteps
    from ui.start.keychain import Keychain
    from ui.start.recovering import Recovering
    from ui.start.start_page import StartPage
    from ui.start.unlock_page import UnlockPage

    Door = StartPage | CreatePage | FirstSteps | UnlockPage | Recovering | RecoveryPage


class Doors(QObject):
    """The pages on `stack` through which a practice is come by; `opened` carries its Desk.

    `folder` is where the practice lies, or is to lie. Each page is built when it is first needed. On `restore_asked` a practice
    is brought back from a backup, on `salvage_asked` what is left of a damaged one is read.
    """

    opened = Signal(object)
    restore_asked = Signal()
    salvage_asked = Signal()

    def __init__(self, folder: Path, practices: Practices, stack: QStackedWidget, *, is_demo: bool = False) -> None:
        super().__init__(stack)
        self.folder, self.is_demo = folder, is_demo
        self.practice_name = folder.name
        self._practices, self._stack = practices, stack
        self._shown: Door | None = None
        self._asked_from: Door | None = None
        self._has_opened = False
        self._behind: FirstSteps | Recovering | None = None  # has a practice open that is not handed over
        self._recovery: RecoveryPage | None = None
        self.restore_asked.connect(self._on_restore_asked)
        self.salvage_asked.connect(self._on_salvage_asked)

    @cached_property
    def start_page(self) -> StartPage:
        """The page of a first start."""
        from ui.start.start_page import StartPage

        page = StartPage(self._stack)
        page.create_asked.connect(lambda: self._show(self.create_page))
        page.restore_asked.connect(self.restore_asked)
        page.demo_asked.connect(self.open_demo)
        page.another_asked.connect(self.choose_folder)
        self._stack.addWidget(page)
        return page

    @cached_property
    def unlock_page(self) -> UnlockPage:
        """The page of a locked practice."""
        from ui.start.unlock_page import UnlockPage

        page = UnlockPage(self._stack)
        page.show_practice(self.practice_name)
        page.unlock_asked.connect(self._on_unlock_asked)
        page.sheet_asked.connect(self._on_sheet_asked)
        page.keychain_asked.connect(lambda: self.keychain.ask(self.folder))
        page.restore_asked.connect(self.restore_asked)
        page.salvage_asked.connect(self.salvage_asked)
        page.another_asked.connect(self.choose_folder)
        self._stack.addWidget(page)
        return page

    @cached_property
    def create_page(self) -> CreatePage:
        """The page that makes a practice."""
        from ui.start.create_page import CreatePage

        page = CreatePage(self.folder.parent if self.is_demo else self.folder, self._stack)  # not where the demo lies
        page.submitted.connect(self._on_create_submitted)
        page.back_asked.connect(self._on_back_asked)
        self._stack.addWidget(page)
        return page

    # What the window asks.

    @property
    def is_there_soon(self) -> bool:
        """Whether what opens is a demo that exists: it takes less time than a page about it would be read in."""
        return self.is_demo and not self._is_new()

    def show_first(self) -> None:
        """Show a page at once, before it is known what the folder holds."""
        self._shown = self.start_page if self.is_demo or self._is_new() else self.unlock_page
        self._asked_from = self._shown
        self._stack.setCurrentWidget(self._shown)

    def begin(self) -> None:
        """Find out what is in the folder and show the page for it."""
        if self.is_demo:
            self.open_demo()
            return
        folder = self.folder
        self.run(lambda: self._practices.state(folder), self._on_state_found)

    def show_locked(self, reason: str = "", *, was_demo: bool = False) -> None:
        """Show the page of the practice that was open until now, and say why it is locked; the demo's is the first page."""
        self._has_opened = False
        if was_demo:
            self._show(self.start_page)
            if reason:
                self.start_page.bar.say(reason)
        else:
            self._show_unlock(reason)
            self.keychain.look(self.folder, is_asked_at_once=False)

    def unlock_again(self, passphrase: str, reason: str) -> None:
        """Open the practice that was closed for a while, with the passphrase that is known still."""
        self.show_locked(reason)
        self._on_unlock_asked(passphrase)

    def open_demo(self) -> None:
        """Open the demo practice, made first where there is none; it lies apart from the practice's own files."""
        self.start_page.bar.say(_("Opening the demo practice…"), can_close=False)
        self._show(self.start_page)
        self.ask_for_demo()

    def ask_for_demo(self) -> None:
        """Open the demo practice, without a page about it."""
        folder = self.folder if self.is_demo else self.folder / "demo"
        self.run(lambda: self._practices.demo(folder), self._on_opened)

    def reset_demo(self, folder: Path) -> None:
        """Make the demo practice in a folder anew and open it."""
        self._has_opened = False
        self._show(self.start_page)
        self.run(lambda: self._practices.reset_demo(folder), self._on_opened)

    def show_error(self, error: object) -> None:
        """Say on the page shown what went wrong."""
        from ui.faults import sentences_of

        if self._shown is None:
            self.show_first()
        assert self._shown is not None  # noqa: S101 - it has just been made
        if self._has_opened and isinstance(error, PracticeInUse):
            return  # by the keychain, a moment before the passphrase
        if self._shown is vars(self).get("unlock_page"):
            self.unlock_page.show_fault(cast("Exception", error))
        else:
            self._shown.show_error(sentences_of(cast("Exception", error)))

    def choose_folder(self) -> None:
        """Ask for the folder of another practice."""
        dialog = _folder_dialog(self._stack, self.folder)
        dialog.fileSelected.connect(self._on_folder_chosen)
        dialog.open()

    def run(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        """Do slow work off this thread while the page that asked for it takes no second order."""
        from ui.background import Task

        if self._shown is not None and done != self._on_state_found:  # looking takes no time; typing may go on meanwhile
            self._shown.set_busy(True)
        task = Task(work, self)
        task.done.connect(self._on_work_ended)
        task.done.connect(done)
        task.failed.connect(self._on_work_ended)
        task.failed.connect(self.show_error)
        task.start()

    # How it goes on.

    def _is_new(self) -> bool:
        """Whether the folder holds nothing at all."""
        return not self.folder.is_dir() or not any(self.folder.iterdir())

    def _show(self, page: Door) -> None:
        self._shown = page
        self._stack.setCurrentWidget(page)
        page.setFocus()

    def _show_unlock(self, reason: str = "") -> None:
        self.unlock_page.show_practice(self.practice_name, reason)
        self._show(self.unlock_page)

    def _on_state_found(self, state: object) -> None:
        if self._has_opened or self._shown is not self._asked_from:
            return  # the therapist has gone on meanwhile
        if state == DEMO:
            self.is_demo = True
            self.open_demo()
        elif state == NONE:
            self._show(self.start_page)
        elif self._shown is self.unlock_page:
            self.unlock_page.setFocus()  # it has been there since the first paint; what is typed already stays
            self.keychain.look(self.folder, is_asked_at_once=True)
        else:
            self._show_unlock()
            self.keychain.look(self.folder, is_asked_at_once=True)

    def _on_work_ended(self, _result: object) -> None:
        if self._shown is not None:
            self._shown.set_busy(False)

    def _on_unlock_asked(self, passphrase: str) -> None:
        folder = self.folder
        self.keychain.cancel()  # the passphrase wins
        self.run(lambda: self._practices.unlock(folder, passphrase), self._on_opened)

    @cached_property
    def keychain(self) -> Keychain:
        """Whoever asks this computer's keychain: at the start by itself, after a lock only when it is told to."""
        from ui.start.keychain import Keychain

        made, page = Keychain(self._practices, self), self.unlock_page
        made.offered.connect(lambda: page.offer_keychain(is_offered=True))
        made.asking.connect(lambda is_asked: page.show_asking(is_asked=is_asked))
        made.opened.connect(self._on_keychain_opened)
        made.failed.connect(self.show_error)
        return made

    def _on_keychain_opened(self, opened: object) -> None:
        desk = cast("Desk", opened)
        if self._has_opened or desk.folder != self.folder:
            desk.close()  # something else was opened meanwhile
        else:
            self._on_opened(desk)

    # With the recovery sheet.

    def _on_sheet_asked(self) -> None:
        from ui.start.recovering import Recovering

        self.keychain.cancel()
        self.unlock_page.forget()
        recovering = Recovering(self.folder, self.practice_name, self._practices, self._stack)
        recovering.finished.connect(self._on_behind_finished)
        recovering.left.connect(self._on_sheet_left)
        recovering.locked.connect(self._on_sheet_left)
        recovering.failed.connect(self._on_sheet_failed)
        self._show_behind(recovering)

    def _on_sheet_left(self, reason: str = "") -> None:
        if reason:
            self.unlock_page.show_reason(reason)
        self._show(self.unlock_page)
        self._end_behind()

    def _on_sheet_failed(self, error: object) -> None:
        """Say on the first page what the code does not help against, with what may."""
        self._show(self.unlock_page)
        self.show_error(error)
        self._end_behind()

    # A new one.

    def _on_back_asked(self) -> None:
        self.create_page.forget()
        self._show(self.start_page)

    def _on_create_submitted(self, wanted: object) -> None:
        order = cast("NewPractice", wanted)
        self.folder, self.is_demo = order.folder, False
        self.run(lambda: self._practices.create(order), lambda desk: self._on_created(desk, order.passphrase))

    def _on_created(self, made: object, passphrase: str) -> None:
        """Lead the new practice to its first day before it is begun."""
        from ui.start.first_steps import FirstSteps

        self._has_opened = True
        self.create_page.forget()
        steps = FirstSteps(cast("Desk", made), passphrase, self._practices, self._stack)
        steps.finished.connect(self._on_behind_finished)
        steps.stopped.connect(self._on_first_steps_stopped)
        self._show_behind(steps)

    def _on_first_steps_stopped(self) -> None:
        self._has_opened = False
        self._show(self.start_page)
        self._end_behind()

    def _show_behind(self, page: FirstSteps | Recovering) -> None:
        self._stack.addWidget(page)
        self._behind = page
        self._show(page)

    def _on_behind_finished(self, desk: object) -> None:
        self._on_opened(desk)
        self._end_behind()

    def _end_behind(self) -> None:
        page, self._behind = self._behind, None
        if page is not None:
            page.forget()
            self._put_away(page)

    def _put_away(self, page: Door) -> None:
        """Take a page off the stack for good."""
        self._stack.removeWidget(page)
        page.hide()
        page.deleteLater()
        if self._shown is page:
            self._shown = None

    # Back from a backup, or out of a damaged practice.

    def _on_restore_asked(self) -> None:
        from ui.restore.restore_page import RestorePage

        self._show_recovery(RestorePage(self.folder.parent if self.is_demo else self.folder, self._stack))

    def _on_salvage_asked(self) -> None:
        from ui.restore.salvage_page import SalvagePage

        self._show_recovery(SalvagePage(self.folder, self._stack, is_demo=self.is_demo))

    def _show_recovery(self, page: RecoveryPage) -> None:
        page.left.connect(self._on_recovery_left)
        page.open_asked.connect(self._on_recovered)
        if "keychain" in vars(self):
            self.keychain.cancel()
        if self._shown is not None:
            self._shown.forget()
        self._stack.addWidget(page)
        self._recovery = page
        self._show(page)

    def _on_recovery_left(self) -> None:
        self._asked_from = self._shown = self.start_page if self._is_new() else self.unlock_page
        self._show(self._shown)
        self._end_recovery()
        self.begin()

    def _on_recovered(self, folder: Path, secret: Secret) -> None:
        """Open what is back with the secret that has brought it back."""
        self.folder, self.practice_name, self.is_demo = folder, folder.name, False
        self.run(lambda: self._practices.open_with(folder, secret), self._on_opened)

    def _end_recovery(self) -> None:
        page, self._recovery = self._recovery, None
        if page is not None:
            page.forget()
            self._put_away(page)

    def leave(self) -> None:
        """Close what is open behind a door: the window goes."""
        self._end_recovery()
        if "keychain" in vars(self):
            self.keychain.cancel()
        if self._behind is not None:
            self._behind.leave()

    def _on_folder_chosen(self, folder: str) -> None:
        self.folder = Path(folder)
        self.practice_name = self.folder.name
        self.is_demo = False
        self._asked_from = self._shown
        self.keychain.cancel()  # it was asked for the other one
        self.unlock_page.show_practice(self.practice_name)
        self.begin()

    def _on_opened(self, desk: object) -> None:
        self._has_opened = True
        if self._shown is not None:
            self._shown.forget()
        self.opened.emit(desk)
        self._end_recovery()


def _folder_dialog(parent: QStackedWidget, folder: Path) -> QFileDialog:
    """Return the dialog that asks where another practice is."""
    from PySide6.QtWidgets import QFileDialog

    dialog = QFileDialog(parent, _("The folder of the practice"), str(folder))
    dialog.setObjectName("practice_dialog")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    return dialog
