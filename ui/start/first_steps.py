"""What a new practice needs before it is begun: its recovery sheet at hand, then two things that may be left as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _
from ipt_desktop.services.opening import Opening
from ui.background import Task
from ui.opening import Practices
from ui.start.more_things import MoreThingsPage
from ui.start.recovery_step import RecoveryStep

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class FirstSteps(QStackedWidget):
    """Leads `desk`, just created with `passphrase`, to its first day: `finished` carries it, open.

    `stopped` when the therapist would not have it after all: it is closed and removed.
    """

    finished = Signal(object)
    stopped = Signal()

    def __init__(self, desk: Desk, passphrase: str, practices: Practices, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("first_steps")
        self.setProperty("role", "desk")
        self._desk: Desk | None = desk
        self._passphrase, self._practices = passphrase, practices
        vault = desk.vault
        code = vault.recovery_code or ""
        details = desk.practice.details()
        self.sheet = RecoveryStep(code, details, vault.confirm_recovery_code, self, stop=_("Stop creating"))
        self.sheet.confirmed.connect(self._on_confirmed)
        self.sheet.stopped.connect(self._on_stop_asked)
        self.sheet.given_out.connect(self._on_given_out)
        self.more = MoreThingsPage(desk.folder, self)
        self.more.begun.connect(self._on_begun)
        self.addWidget(self.sheet)
        self.addWidget(self.more)
        self.setFocusProxy(self.sheet)

    def _run(self, work: Task, *, page: RecoveryStep | MoreThingsPage) -> None:
        page.set_busy(True)
        work.done.connect(lambda _result: page.set_busy(False))
        work.failed.connect(lambda _error: page.set_busy(False))
        work.start()

    # -- the sheet -------------------------------------------------------------------------------------------------

    def _on_confirmed(self) -> None:
        if self._desk is None:
            return
        try:
            self._desk.settings.change(has_recovery_sheet=True)
        except PracticeError as error:  # the sheet is at hand all the same
            self.more.show_error(str(error))
        self.setCurrentWidget(self.more)
        self.setFocusProxy(self.more)
        self.more.setFocus()

    def _on_given_out(self, operation: str) -> None:
        if self._desk is not None:
            Opening(self._desk.vault, self._desk.open_practice).note_sheet(operation)

    def _on_stop_asked(self) -> None:
        if self._desk is None:
            return
        words = _(
            "The practice in {folder} was made just now and is empty. It is removed, and a sheet of it then opens nothing."
        )
        self.sheet.bar.say(
            _("Stop creating?"),
            words.format(folder=self._desk.folder),
            tone="caution",
            actions=(
                ("recovery_remove", _("Remove it"), self._on_stopped),
                ("recovery_keep", _("Go on creating"), self.sheet.bar.clear),
            ),
            can_close=False,
        )

    def _on_stopped(self) -> None:
        desk, practices = self._desk, self._practices
        if desk is None:
            return
        self.sheet.bar.clear()
        task = Task(lambda: practices.take_back(desk), self)
        task.done.connect(self._on_taken_back)
        task.failed.connect(lambda error: self.sheet.show_error(str(error)))
        self._run(task, page=self.sheet)

    def _on_taken_back(self, _result: object) -> None:
        self._desk = None
        self.forget()
        self.stopped.emit()

    # -- two more things -------------------------------------------------------------------------------------------

    def _on_begun(self) -> None:
        desk, practices, passphrase = self._desk, self._practices, self._passphrase
        if desk is None:
            return
        if self.more.backup_folder is not None:
            try:
                desk.settings.change(backup_folders=(str(self.more.backup_folder),))
            except PracticeError as error:
                self.more.show_error(str(error))
                return
        if not self.more.remember.isChecked():
            self._finish()
            return
        self.more.bar.clear()
        task = Task(lambda: practices.remember(desk, passphrase), self)
        task.done.connect(lambda _result: self._finish())
        task.failed.connect(lambda error: self.more.say_not_remembered(str(error)))
        self._run(task, page=self.more)

    def _finish(self) -> None:
        desk, self._desk = self._desk, None
        self.forget()
        if desk is not None:
            self.finished.emit(desk)

    # -- as a page -------------------------------------------------------------------------------------------------

    def set_busy(self, is_busy: bool) -> None:
        """Take no second order while the first one runs."""
        page = self.currentWidget()
        if isinstance(page, RecoveryStep | MoreThingsPage):
            page.set_busy(is_busy)

    def show_error(self, text: str) -> None:
        """Say what went wrong."""
        page = self.currentWidget()
        if isinstance(page, RecoveryStep | MoreThingsPage):
            page.show_error(text)

    def forget(self) -> None:
        """Let go of the passphrase and the code."""
        self._passphrase = ""
        self.sheet.forget()
        self.more.forget()

    def leave(self) -> None:
        """Close the practice that has not begun: the window goes. It is there at the next start."""
        desk, self._desk = self._desk, None
        self.forget()
        if desk is not None:
            desk.close()
