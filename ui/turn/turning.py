"""Turns the window to the client and back: a circle or a measure fills the screen; only the therapist's key leads back."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QShortcut

from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.text import _
from ui.companions import Companion
from ui.lock.dialogs import put_away
from ui.lock.guard import Guard
from ui.risk.flag_watch import FlagWatch

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen
    from PySide6.QtWidgets import QWidget

    from ipt_desktop.services.desk import Desk
    from ui.main_window import MainWindow
    from ui.turn.measure_page import MeasurePage
    from ui.turn.page import TurnPage


class Turning(Companion):
    """Shows the client's page in the one window there is, so that nothing of the program lies behind or beside it.

    The window does not close while it is turned, and locks, covers and rests as ever.
    """

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(desk, window)
        self.page: TurnPage | MeasurePage | None = None
        self._place = QByteArray()
        self._focused: QWidget | None = None
        if window.workspace is not None:
            window.workspace.turn_asked.connect(self._on_asked)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._on_screens_changed)
            app.screenRemoved.connect(self._on_screens_changed)

    @property
    def _guard(self) -> Guard:
        guard = self.window.findChild(Guard)
        assert guard is not None  # noqa: S101 - both watch over the same open practice
        return guard

    # -- to the client ---------------------------------------------------------------------------------------------

    def _on_asked(self, measure: str, session_id: str, result_id: str, about_id: str) -> None:
        if measure:
            self.begin_measure(measure, session_id, result_id, about_id)
        else:
            self.begin()

    def begin_measure(self, key: str, session_id: str = "", result_id: str = "", about_id: str = "") -> None:
        """Turn a measure to the client chosen, or go on with one; say what is missing where none can be turned."""
        from ui.turn.answering import Answering, to_answer
        from ui.turn.measure_page import MeasurePage

        workspace = self.window.workspace
        if workspace is None or self.page is not None or self.window.is_covered:
            return
        measures = to_answer(self.desk, workspace, key, about_id) if workspace.client_id is not None and not result_id else []
        if not measures and not result_id:
            workspace.say(_("There is no measure to turn to"), _("Choose one with its text in Progress ▸ Enter a measure."))
            return
        if not workspace.flush():
            return
        answering = Answering(self.desk, workspace, measures, session_id, self._refused, about_id=about_id)
        try:
            if result_id:
                answering.go_on_with(result_id)
            else:
                answering.begin_next()
        except RecordGone as gone:
            self._refused(str(gone))
            return
        put_away(self.window)
        self._show_page(MeasurePage(answering, workspace, self.window))

    def _refused(self, reason: str) -> None:
        """Say, once the therapist is back, what could not be done."""
        if self.window.workspace is not None:
            self.window.workspace.say(_("Not done"), reason, tone="caution")

    def begin(self) -> None:
        """Turn to the client chosen, with what the therapist typed kept; without a course, say what is missing."""
        workspace = self.window.workspace
        if workspace is None or self.page is not None or self.window.is_covered:
            return
        if workspace.course_id is None:
            workspace.say(_("There is no circle to turn to"), _("Choose a client with a course of treatment first."))
        elif workspace.flush():
            from ui.turn.page import TurnPage

            put_away(self.window)
            self._show_page(TurnPage(self.desk, workspace, self.window))

    def _show_page(self, page: TurnPage | MeasurePage) -> None:
        self.page = page
        page.finished.connect(self._on_finished)
        page.screen_asked.connect(self.go_to_other_screen)
        page.thanks.tried.connect(self._on_tried)
        page.thanks.left.connect(self.come_back)
        page.thanks.lock_asked.connect(self.window.lock)
        for name, act in (("lock_practice", self.window.lock), ("cover_screen", self.window.cover)):
            keys = QShortcut(self.window.menus.action(name).shortcut(), page)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(act)
        page.show_screens(len(QGuiApplication.screens()))
        self._place, self._focused = self.window.saveGeometry(), self.window.focusWidget()
        self._guard.came_back.connect(self._on_came_back)
        self._guard.sight.show_in_pictures(is_shown=True)
        self.window.show_alone(page)
        self.window.showFullScreen()

    def go_to_other_screen(self) -> None:
        """Fill the next of the computer's screens: the one the client looks at."""
        screens = QGuiApplication.screens()
        here = QGuiApplication.screenAt(self.window.geometry().center()) or QGuiApplication.primaryScreen()
        there = next_screen(screens, here)
        handle = self.window.windowHandle()
        if there is None or handle is None:
            return
        self.window.showNormal()  # a window that fills one screen can't be moved to another
        handle.setScreen(there)
        self.window.setGeometry(there.geometry())
        self.window.showFullScreen()

    def _on_screens_changed(self, _screen: QScreen) -> None:
        if self.page is not None:
            self.page.show_screens(len(QGuiApplication.screens()))

    # -- back to the therapist -------------------------------------------------------------------------------------

    def _on_finished(self) -> None:
        if self.page is not None:
            self.page.thanks.begin(has_key=self._guard.has_key, has_pin=self._guard.has_pin)
            self._guard.rest.is_held = self._guard.has_key  # who tries keys here does not hold off the lock

    def _on_tried(self, typed: str) -> None:
        if self.page is not None:
            self._guard.look_at(typed, self.page.thanks)

    def _on_came_back(self) -> None:
        """Come back once the key was right, at the thanks or at a cover over them; a cover over the circle leads to it."""
        if self.page is not None and self.page.is_finished:
            self.come_back()

    def come_back(self) -> None:
        """Show the practice again, where it was left, with the keyboard where it was."""
        if self.page is None:
            return
        focused = self._focused
        self._guard.rest.is_held = False
        self._guard.sight.show_in_pictures(is_shown=False)
        self._put_page_away()
        self.window.show_workspace()
        watch = self.window.findChild(FlagWatch)
        if watch is not None and watch.waiting():
            watch.take_keyboard()
        elif focused is not None:
            with suppress(RuntimeError):  # it went away meanwhile
                focused.setFocus()

    def _put_page_away(self) -> None:
        page, self.page = self.page, None
        self._focused = None
        if page is not None:
            self._guard.came_back.disconnect(self._on_came_back)
            page.forget()
            page.hide()
            page.deleteLater()
            self.window.restoreGeometry(self._place)

    # -- Companion -------------------------------------------------------------------------------------------------

    def holds_close(self) -> bool:
        """Hold the window while it is turned: closing must not be a way out of the client's view."""
        return self.page is not None

    def leave(self) -> None:
        """Clear the client's page away: the practice is being locked or closed."""
        self._put_page_away()
        super().leave()


def next_screen(screens: list[QScreen], present: QScreen) -> QScreen | None:
    """Return the screen after the present one, the first after the last; None where there is no other."""
    if len(screens) < 2 or present not in screens:
        return None
    return screens[(screens.index(present) + 1) % len(screens)]
