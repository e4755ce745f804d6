"""The one window: before a practice is open, the practice, the cover; locking and closing without losing a word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent, QSessionManager
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from ipt_desktop.domain.text import _
from ui.opening import DEMO, NONE, Practices
from ui.preferences import Preferences, save_preferences
from ui.window_place import place, place_of

# Nothing that the empty frame can do without is imported before it is painted, not even the namespace `Qt`, whose hundred
# enumerations are a tenth of the start.
if TYPE_CHECKING:
    from PySide6.QtCore import Qt

    from ipt_desktop.services.desk import Desk
    from ui.cover import CoverPage
    from ui.menus import Menus
    from ui.start.create_page import CreatePage, NewPractice
    from ui.start.start_page import StartPage
    from ui.start.unlock_page import UnlockPage
    from ui.tabs import Tab
    from ui.workspace import Whereabouts, Workspace

PROGRAM = "IPT Desktop"
AT_LEISURE_MS = 200  # after the practice has been painted


class MainWindow(QMainWindow):
    """`folder` is where the practice lies; `tabs` are for tests, else all that are built."""

    painted = Signal()
    opened = Signal()
    locked = Signal()
    look_changed = Signal()

    def __init__(
        self,
        folder: Path,
        practices: Practices,
        preferences: Preferences,
        *,
        is_demo: bool = False,
        tabs: tuple[Tab, ...] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle(PROGRAM)
        self.preferences = preferences
        self.workspace: Workspace | None = None
        self._folder, self._practices, self._tabs = folder, practices, tabs
        self._is_demo = is_demo
        self._has_begun = self._is_covered = self._was_demo = False
        self._door: StartPage | CreatePage | UnlockPage | None = None
        self._asked_from: QWidget | None = None
        self._left_at: dict[Path, Whereabouts] = {}
        self._practice_name = folder.name
        self._stack = QStackedWidget(self)
        self._stack.setObjectName("window_pages")
        self.setCentralWidget(self._stack)
        place(self, preferences.geometry)

    def _is_new(self) -> bool:
        """Whether the folder holds nothing at all."""
        return not self._folder.is_dir() or not any(self._folder.iterdir())

    def _show_first_door(self) -> None:
        """Show a page at once, before it is known what the folder holds."""
        self._door = self.start_page if self._is_demo or self._is_new() else self.unlock_page
        self._asked_from = self._door
        self._stack.setCurrentWidget(self._door)

    # Each page is built when it is first needed.

    @cached_property
    def start_page(self) -> StartPage:
        """The page of a first start."""
        from ui.start.start_page import StartPage

        page = StartPage(self)
        page.create_asked.connect(self._on_create_asked)
        page.demo_asked.connect(self.open_demo)
        page.another_asked.connect(self.choose_folder)
        self._stack.addWidget(page)
        return page

    @cached_property
    def unlock_page(self) -> UnlockPage:
        """The page of a locked practice."""
        from ui.start.unlock_page import UnlockPage

        page = UnlockPage(self)
        page.show_practice(self._practice_name)
        page.unlock_asked.connect(self._on_unlock_asked)
        page.another_asked.connect(self.choose_folder)
        self._stack.addWidget(page)
        return page

    @cached_property
    def create_page(self) -> CreatePage:
        """The page that makes a practice."""
        from ui.start.create_page import CreatePage

        page = CreatePage(self._folder.parent if self._is_demo else self._folder, self)  # not where the demo lies
        page.submitted.connect(self._on_create_submitted)
        page.back_asked.connect(self._on_back_asked)
        self._stack.addWidget(page)
        return page

    @cached_property
    def cover_page(self) -> CoverPage:
        """The opaque page; built with the practice, so that it is there at once."""
        from ui.cover import CoverPage

        page = CoverPage(self)
        page.left.connect(self.uncover)
        self._stack.addWidget(page)
        return page

    @cached_property
    def menus(self) -> Menus:
        """The menus, filled while a practice is open."""
        from ui.menus import Menus

        return Menus(self)

    # Opening.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the empty frame, and only then begin to import, dress and open."""
        super().paintEvent(event)
        if not self._has_begun:
            self._has_begun = True
            QTimer.singleShot(0, self, self._on_painted)

    def _on_painted(self) -> None:
        is_there_soon = self._is_demo and not self._is_new()
        if is_there_soon:  # a demo that exists opens in less time than the page about it would be read in
            self._ask_for_demo()
        self.painted.emit()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_application_state_changed)
            app.commitDataRequest.connect(self._on_commit_data_request)
        if not is_there_soon:
            self._show_first_door()
            self.begin()

    def begin(self) -> None:
        """Find out what is in the folder and show the page for it."""
        if self._is_demo:
            self.open_demo()
            return
        folder = self._folder
        self._run(lambda: self._practices.state(folder), self._on_state_found)

    def _on_state_found(self, state: object) -> None:
        if self.workspace is not None or self._door is not self._asked_from:
            return  # the therapist has gone on meanwhile
        if state == DEMO:
            self._is_demo = True
            self.open_demo()
        elif state == NONE:
            self._show_door(self.start_page)
        elif self._door is self.unlock_page:
            self.unlock_page.setFocus()  # it has been there since the first paint; what is typed already stays
        else:
            self._show_unlock()

    def _show_door(self, page: StartPage | CreatePage | UnlockPage) -> None:
        self._door = page
        self._stack.setCurrentWidget(page)
        page.setFocus()

    def _show_unlock(self, reason: str = "") -> None:
        self.unlock_page.show_practice(self._practice_name, reason)
        self._show_door(self.unlock_page)

    def _run(self, work: Callable[[], object], done: Callable[[object], None]) -> None:
        """Do slow work off this thread while the page that asked for it takes no second order."""
        from ui.background import Task

        if self._door is not None and done != self._on_state_found:  # looking takes no time; typing may go on meanwhile
            self._door.set_busy(True)
        task = Task(work, self)
        task.done.connect(self._on_work_ended)
        task.done.connect(done)
        task.failed.connect(self._on_work_ended)
        task.failed.connect(self._on_work_failed)
        task.start()

    def _on_work_ended(self, _result: object) -> None:
        if self._door is not None:
            self._door.set_busy(False)

    def _on_work_failed(self, error: object) -> None:
        from ui.faults import sentences_of

        if self._door is None:
            self._show_first_door()
        assert self._door is not None  # noqa: S101 - it has just been made
        self._door.show_error(sentences_of(cast("Exception", error)))

    def show_fault(self, error: object) -> None:
        """Say that something went wrong which nobody caught; what was typed stays where it is."""
        if self.workspace is not None:
            self.workspace.show_fault(cast("Exception", error))
        elif self._door is not None:
            self._on_work_failed(error)

    def open_demo(self) -> None:
        """Open the demo practice, made first where there is none; it lies apart from the practice's own files."""
        self.start_page.bar.say(_("Opening the demo practice…"), can_close=False)
        self._show_door(self.start_page)
        self._ask_for_demo()

    def _ask_for_demo(self) -> None:
        folder = self._folder if self._is_demo else self._folder / "demo"
        self._run(lambda: self._practices.demo(folder), self._on_opened)

    def _on_unlock_asked(self, passphrase: str) -> None:
        folder = self._folder
        self._run(lambda: self._practices.unlock(folder, passphrase), self._on_opened)

    def _on_create_asked(self) -> None:
        self._show_door(self.create_page)

    def _on_back_asked(self) -> None:
        self.create_page.forget()
        self._show_door(self.start_page)

    def _on_create_submitted(self, wanted: object) -> None:
        order = cast("NewPractice", wanted)
        self._folder, self._is_demo = order.folder, False
        self._run(lambda: self._practices.create(order), self._on_opened)

    def choose_folder(self) -> None:
        """Ask for the folder of another practice."""
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self, _("The folder of the practice"), str(self._folder))
        dialog.setObjectName("practice_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._on_folder_chosen)
        dialog.open()

    def _on_folder_chosen(self, folder: str) -> None:
        self._folder = Path(folder)
        self._practice_name = self._folder.name
        self._is_demo = False
        self._asked_from = self._door
        self.unlock_page.show_practice(self._practice_name)
        self.begin()

    def _on_opened(self, opened: object) -> None:
        """Show the practice that has been opened."""
        from ui.workspace import Workspace

        desk = cast("Desk", opened)
        if self._door is not None:
            self._door.forget()
        self._practice_name = desk.practice_name
        self.workspace = Workspace(desk, self.preferences, self, self._tabs)
        self.workspace.lock_asked.connect(self.lock)
        self.workspace.cover_asked.connect(self.cover)
        self.workspace.reset_asked.connect(self._on_reset_asked)
        self._stack.addWidget(self.workspace)
        QTimer.singleShot(AT_LEISURE_MS, self, lambda: self.cover_page)
        self.menus.fill(self.workspace)
        self._stack.setCurrentWidget(self.workspace)
        self._set_menus_shown(is_shown=True)
        self.setWindowTitle(f"{self._practice_name} – {PROGRAM}")
        self.workspace.go_to(self._left_at.pop(desk.folder, None))
        self.opened.emit()

    # Cover.

    def cover(self) -> None:
        """Hide everything at once behind an opaque page."""
        if self._is_covered:
            return
        self._is_covered = True
        self._set_menus_shown(is_shown=False)
        self.setWindowTitle(PROGRAM)
        self.cover_page.put_over(self._stack)
        self.repaint()

    def uncover(self) -> None:
        """Go back to what was there before, the keyboard too."""
        if not self._is_covered:
            return
        self._is_covered = False
        if self.workspace is not None:
            self._set_menus_shown(is_shown=True)
            self.setWindowTitle(f"{self._practice_name} – {PROGRAM}")
        self.cover_page.take_off(self._stack)

    def _set_menus_shown(self, *, is_shown: bool) -> None:
        """Show or hide the menus; hidden, their shortcuts do nothing (disabled as well, for a system's own menu bar)."""
        self.menuBar().setVisible(is_shown)
        self.menuBar().setEnabled(is_shown)

    # Locking and closing.

    def lock(self) -> bool:
        """Keep everything typed, let go of every clinical word, close the vault; False where something could not be kept."""
        if self.workspace is None:
            return True
        if not self.workspace.flush():
            return False
        self.uncover()
        self._left_at[self.workspace.desk.folder] = self.workspace.whereabouts()
        self._close_practice()
        saved = _("Locked by you. Everything was saved at {time}.").format(time=f"{datetime.now():%H:%M}")
        if self._was_demo:
            self._show_door(self.start_page)
        else:
            self._show_unlock(saved)
        self.locked.emit()
        return True

    def _close_practice(self) -> None:
        workspace = self.workspace
        if workspace is None:
            return
        self._was_demo = workspace.desk.is_demo
        self.workspace = None
        self.setWindowTitle(PROGRAM)
        self._set_menus_shown(is_shown=False)
        self.menus.clear()
        workspace.forget()
        self._stack.removeWidget(workspace)
        workspace.hide()
        workspace.setParent(None)
        workspace.deleteLater()
        workspace.desk.close()

    def _on_reset_asked(self) -> None:
        """Make the demo practice anew; what was changed in it goes."""
        if self.workspace is None or not self.workspace.desk.is_demo:
            return
        folder = self.workspace.desk.folder
        self._close_practice()
        self._show_door(self.start_page)
        self._run(lambda: self._practices.reset_demo(folder), self._on_opened)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only once everything typed is kept: an exception in here would close the window anyway."""
        from ui.faults import sentences_of

        event.ignore()
        try:
            is_kept = self.workspace is None or self.workspace.flush()
        except Exception as error:
            is_kept = False
            if self.workspace is not None:
                self.workspace.say(_("The last change could not be saved"), sentences_of(error), tone="danger")
        if not is_kept:
            self.uncover()
            return
        self.preferences.geometry = place_of(self)
        save_preferences(self.preferences)
        self._close_practice()
        event.accept()

    def _on_application_state_changed(self, state: Qt.ApplicationState) -> None:
        """Keep what is typed when the program goes to the background or the computer to sleep."""
        from PySide6.QtCore import Qt

        if state is not Qt.ApplicationState.ApplicationActive and self.workspace is not None:
            self.workspace.flush()

    def _on_commit_data_request(self, session: QSessionManager) -> None:
        """Keep what is typed when the computer's session ends, and ask it to wait where that failed."""
        if self.workspace is not None and not self.workspace.flush():
            session.cancel()
            self.uncover()
