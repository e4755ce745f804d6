"""The verbs of the Sessions tab: each is a step that can be undone, and says what it did where that is not in sight."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.new_session import session_now
from ipt_desktop.domain.records import Session, SessionKind
from ipt_desktop.domain.text import _
from ui.sessions.commands import AddSession, ChangeSession, RemoveSession, SessionVerbs

if TYPE_CHECKING:
    from ui.sessions.page import SessionsPage


class SessionWork(QObject):
    """What can be done with the sessions of the course shown on `page`."""

    def __init__(self, page: SessionsPage, verbs: SessionVerbs) -> None:
        super().__init__(page)
        self._page, self._frame, self._verbs = page, page.frame, verbs
        self._says_removed = False

    def new_session(self) -> None:
        """Add a session of today and begin with its note; asked from another tab, go to this one first."""
        self.new_of_kind(SessionKind.SESSION)

    def new_of_kind(self, kind: SessionKind) -> None:
        """Add one of another kind: an intake, a telephone contact, a letter."""
        page = self._page
        if not page.isVisible() and not self._frame.show_tab("sessions"):
            return
        if page.course is None or not page.flush():
            return
        session = session_now(page.course.course, page.course.sessions, datetime.now(), kind)
        self._frame.undo_stack().push(AddSession(self._verbs, session))
        page.refresh()
        if page.course.session(session.id) is not None and page.choose_session(session.id):
            page.note.focus_note()

    def on_kind_asked(self) -> None:
        """Add one of the kind that was chosen in a menu."""
        action = self.sender()
        if isinstance(action, QAction):
            self.new_of_kind(SessionKind(str(action.data())))

    def change_session(self, session: object) -> None:
        """Keep the session shown as its fields have it now."""
        known = self._page.session
        if isinstance(session, Session) and known is not None and session.id == known.id and session != known:
            self._frame.undo_stack().push(ChangeSession(self._verbs, known, session))
            self._page.refresh()

    def remove_session(self) -> None:
        """Take the session shown out; only one whose note is empty goes."""
        page, session = self._page, self._page.session
        if session is None or not page.flush():
            return
        self._frame.undo_stack().push(RemoveSession(self._verbs, session))
        page.refresh()
        if page.course is not None and page.course.session(session.id) is None:
            self._say_removed(session)

    def _say_removed(self, session: Session) -> None:
        words = _("The session of {day} was removed").format(day=day_words(session.date))
        undo = ("session_undo", _("Undo"), self._on_undo_asked)
        self._page.note.bar.say(words, actions=(undo,))
        self._page.columns.empty_bar.say(words, actions=(undo,))
        self._says_removed = True
        self._page.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_offer_back(self) -> None:
        """Take an offer to undo back: it stays only until the next verb of this client."""
        if self._says_removed:
            self._says_removed = False
            self._page.note.bar.clear()
            self._page.columns.empty_bar.clear()

    def _on_undo_asked(self) -> None:
        self._frame.undo_stack().undo()
        self._page.refresh()
