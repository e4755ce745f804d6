"""The one window: before a practice is open, the practice, the cover; locking and closing without losing a word."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent, QSessionManager
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _
from ui.doors import Doors
from ui.opening import Practices
from ui.preferences import Preferences, save_preferences
from ui.window_place import place, place_of

# Nothing that the empty frame can do without is imported before it is painted, not even the namespace `Qt`, whose hundred
# enumerations are a tenth of the start.
if TYPE_CHECKING:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QKeyEvent

    from ipt_desktop.services.desk import Desk
    from ui.companions import Companion
    from ui.cover import CoverPage
    from ui.menus import Menus
    from ui.revoke.revoking import Revoking
    from ui.tabs import Tab
    from ui.workspace import Whereabouts, Workspace

PROGRAM = "IPT Desktop"
AT_LEISURE_MS = 200  # after the practice has been painted


class MainWindow(QMainWindow):
    """`folder` is where the practice lies; `tabs` are for tests, else all that are built."""

    painted = Signal()
    opened = Signal()
    locked = Signal()
    lock_refused = Signal(str)  # why it was to be locked; something typed could not be kept, or work must not be broken off
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
        self._tabs = tabs
        self._has_begun = self._is_covered = self._is_alone = self._is_session_ending = False
        self._left_at: dict[Path, Whereabouts] = {}
        self._companions: list[Companion] = []
        self._revoking: Revoking | None = None
        self._stack = QStackedWidget(self)
        self._stack.setObjectName("window_pages")
        self.setCentralWidget(self._stack)
        self.doors = Doors(folder, practices, self._stack, is_demo=is_demo)
        self.doors.opened.connect(self._on_opened)
        place(self, preferences.geometry)

    @cached_property
    def cover_page(self) -> CoverPage:
        """The opaque page; built with the practice, so that it is there at once."""
        from ui.cover import CoverPage

        page = CoverPage(self)
        page.left.connect(self.uncover)
        page.lock_asked.connect(self.lock)
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
        is_there_soon = self.doors.is_there_soon
        if is_there_soon:
            self.doors.ask_for_demo()
        self.painted.emit()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_application_state_changed)
            app.commitDataRequest.connect(self._on_commit_data_request)
        if not is_there_soon:
            self.doors.show_first()
            self.doors.begin()

    def show_fault(self, error: object) -> None:
        """Say that something went wrong which nobody caught; what was typed stays where it is.

        What reached for a practice after it was locked has done no harm, and is nobody's business.
        """
        from ipt_desktop.domain.errors import PracticeLocked

        if self.workspace is None and isinstance(error, PracticeLocked):
            return
        if self.workspace is not None:
            self.workspace.show_fault(cast("Exception", error))
        else:
            self.doors.show_error(error)

    def _on_opened(self, opened: object) -> None:
        """Show the practice that has been opened."""
        from ipt_desktop.domain.errors import DatabaseDamaged
        from ui.bookmarking import left_at
        from ui.lock.sight import leave_out_of_pictures
        from ui.workspace import Workspace

        desk = cast("Desk", opened)
        self.doors.practice_name = desk.practice_name
        self.workspace = Workspace(desk, self.preferences, self, self._tabs)
        self.workspace.lock_asked.connect(self.lock)
        self.workspace.cover_asked.connect(self.cover)
        self.workspace.reset_asked.connect(self._on_reset_asked)
        self.workspace.restore_asked.connect(self._on_restore_asked)
        self.workspace.salvage_asked.connect(self._on_salvage_asked)
        self.workspace.revoke_asked.connect(self._on_revoke_asked)
        self._stack.addWidget(self.workspace)
        QTimer.singleShot(AT_LEISURE_MS, self, self._on_leisure)
        self.menus.fill(self.workspace)
        leave_out_of_pictures(self)  # until it is known whether that is wished for
        self._stack.setCurrentWidget(self.workspace)
        self._show_frame()
        try:
            self.workspace.go_to(self._left_at.pop(desk.folder, None) or left_at(desk))
        except DatabaseDamaged as error:  # the window still leads to what can be read, and to the ways back
            self.workspace.show_fault(error)
        if self._revoking is not None:
            self._revoking.tell(self.workspace)
            self._revoking = None
        self.opened.emit()

    def _on_leisure(self) -> None:
        """Have at hand what a practice needs soon, but not at first: the cover, and whoever watches over it."""
        from ui.companions import companions_of

        if self.workspace is not None and not self._companions:
            self.cover_page.ensurePolished()
            self._companions = companions_of(self.workspace.desk, self)

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

    @property
    def is_covered(self) -> bool:
        """Whether the cover hides everything."""
        return self._is_covered

    def uncover(self) -> None:
        """Go back to what was there before, the keyboard too."""
        if not self._is_covered:
            return
        self._is_covered = False
        if self.workspace is not None and not self._is_alone:
            self._show_frame()
        self.cover_page.take_off(self._stack)

    def _show_frame(self) -> None:
        """Show what is round the practice: the menus, and its name."""
        self._set_menus_shown(is_shown=True)
        self.setWindowTitle(f"{self.doors.practice_name} – {PROGRAM}")

    def _set_menus_shown(self, *, is_shown: bool) -> None:
        """Show or hide the menus; hidden, their shortcuts do nothing (disabled as well, for a system's own menu bar)."""
        self.menuBar().setVisible(is_shown)
        self.menuBar().setEnabled(is_shown)

    # Locking and closing.

    def lock(self, *, why: str = "", cause: str = "asked") -> bool:
        """Keep everything typed, let go of every clinical word, close the vault; False where something could not be kept.

        `why` is said on the page of the locked practice; the therapist's own wish needs none. `cause` is for the audit trail.
        """
        from ui.background import is_at_work
        from ui.lock.dialogs import put_away

        if self.workspace is not None:
            put_away(self)
        if self.workspace is None:  # also where leaving a dialog has led here once more
            return True
        if is_at_work(self.workspace) or not self.workspace.flush():
            self.lock_refused.emit(why)
            return False
        was_demo = self.workspace.desk.is_demo
        keeps_nothing = self.workspace.desk.is_read_only or self.workspace.desk.is_gone
        self._left_at[self.workspace.desk.folder] = self.workspace.whereabouts()
        saved = "{why}" if keeps_nothing else _("{why} Everything was saved at {time}.")
        said = saved.format(why=why or _("Locked by you."), time=f"{datetime.now():%H:%M}")
        try:
            self._close_practice(cause)
        finally:  # a fault on the way is told on the page that is shown then
            self.doors.show_locked(said, was_demo=was_demo)
        self.locked.emit()
        return True

    def _close_practice(self, cause: str = "closed") -> None:
        """Clear every word away and close the vault; whatever fails on the way, nothing stays in sight or open."""
        workspace = self.workspace
        if workspace is None:
            return
        try:
            self._clear_away(workspace)
        finally:
            self.workspace = None
            self._stack.removeWidget(workspace)
            workspace.hide()
            workspace.setParent(None)
            workspace.deleteLater()
            workspace.desk.close(cause)

    def _clear_away(self, workspace: Workspace) -> None:
        while self._companions:
            self._companions.pop().leave()
        self.workspace = None
        self._is_alone = False
        if self._is_covered:
            self._is_covered = False
            self.cover_page.forget()
        self.setWindowTitle(PROGRAM)
        self._set_menus_shown(is_shown=False)
        self.menus.clear()
        workspace.forget()

    def _on_restore_asked(self) -> None:
        """Close the practice and let a backup be chosen."""
        if self.lock(why=_("Closed to restore a backup."), cause="restore"):
            self.doors.restore_asked.emit()

    def _on_salvage_asked(self) -> None:
        """Close the damaged practice and read what is left of it."""
        if self.lock(why=_("Closed to save what can be read."), cause="salvage"):
            self.doors.salvage_asked.emit()

    def _on_reset_asked(self) -> None:
        """Make the demo practice anew; what was changed in it goes."""
        if self.workspace is None or not self.workspace.desk.is_demo:
            return
        folder = self.workspace.desk.folder
        self._close_practice()
        self.doors.reset_demo(folder)

    def _on_revoke_asked(self, passphrase: str, private_passphrase: str | None) -> None:
        """Close the practice and give it a new key; then it opens again, where it was."""
        from ui.background import is_at_work
        from ui.revoke.revoking import Revoking

        if self.workspace is None or is_at_work(self.workspace) or not self.workspace.flush():
            return
        self._left_at[self.workspace.desk.folder] = self.workspace.whereabouts()
        self._revoking = Revoking(self.workspace.desk, self.doors, self._stack)
        self._close_practice("revoke")
        self._revoking.begin(passphrase, private_passphrase)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Ctrl+Q also at the door, where there is no menu to hear it."""
        from PySide6.QtGui import QKeySequence

        if self.workspace is None and QKeySequence(event.keyCombination()) == QKeySequence("Ctrl+Q"):
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only once everything typed is kept: an exception in here would close the window anyway."""
        from ui.faults import sentences_of

        event.ignore()
        if self._revoking is not None and self._revoking.is_at_work:
            self._revoking.stop(self.close)
            return
        try:
            is_kept = self.workspace is None or self.workspace.flush()
        except Exception as error:
            is_kept = False
            if self.workspace is not None:
                self.workspace.say(_("The last change could not be saved"), sentences_of(error), tone="danger")
        if not is_kept:
            self._show_what_is_not_kept()
            return
        if not self._is_session_ending and self._is_held():
            return
        self._close_practice()  # first: a window that is turned to the client stands elsewhere
        self.preferences.geometry = place_of(self)
        save_preferences(self.preferences)
        self.doors.leave()
        event.accept()

    def _is_held(self) -> bool:
        """Whether a companion has something to do first, also where the window closes before they were made at leisure.

        Where they can't be made (a damaged practice) nothing holds it: the window must close whatever happens.
        """
        try:
            self._on_leisure()
            return any(each.holds_close() for each in self._companions)
        except PracticeError:
            return False

    def show_alone(self, page: QWidget) -> None:
        """Show a page over everything, without menus and without a name."""
        self._is_alone = True
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._set_menus_shown(is_shown=False)
        self.setWindowTitle(PROGRAM)
        page.setFocus()

    def show_workspace(self) -> None:
        """Show the practice again after a page that was shown alone."""
        if self.workspace is not None:
            self._is_alone = False
            self._stack.setCurrentWidget(self.workspace)
            self._show_frame()

    def _on_application_state_changed(self, state: Qt.ApplicationState) -> None:
        """Keep what is typed when the program goes to the background or the computer to sleep."""
        from PySide6.QtCore import Qt

        if state is Qt.ApplicationState.ApplicationActive:
            self._is_session_ending = False  # something else has called it off
        elif self.workspace is not None:
            self.workspace.flush()

    def _on_commit_data_request(self, session: QSessionManager) -> None:
        """Keep what is typed when the computer's session ends, and ask it to wait where that failed."""
        self._is_session_ending = self.workspace is None or self.workspace.flush()  # the computer waits for no backup
        if not self._is_session_ending:
            session.cancel()
            self._show_what_is_not_kept()

    def _show_what_is_not_kept(self) -> None:
        """Take the cover off what says so, unless the cover asks who is there."""
        if self._is_covered and self.cover_page.way_back is None:
            self.uncover()
