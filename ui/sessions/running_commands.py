"""What can be undone of a session that runs: starting it, ending it, taking it up again."""

from __future__ import annotations

from ipt_desktop.domain.records import Session
from ipt_desktop.domain.text import _
from ipt_desktop.services.sessions import Ending
from ui.sessions.commands import SessionCommand, SessionVerbs


class StartSession(SessionCommand):
    """A session begins. Undone it is as it was planned; one that was made with it goes, unless its note has words."""

    def __init__(self, verbs: SessionVerbs, session: Session, *, is_new: bool) -> None:
        super().__init__(_("Start session of {day}"), verbs, session)
        self._planned, self._is_new = session, is_new

    def redo(self) -> None:
        """Begin it."""
        self.attempt(self._start)

    def _start(self) -> None:
        self.verbs.sessions.start_session(self._planned)

    def undo(self) -> None:
        """Take the beginning back."""
        self.attempt(self.take_out if self._is_new else self._call_off)

    def _call_off(self) -> None:
        self.verbs.sessions.change_session(self._planned)


class EndSession(SessionCommand):
    """A session ends; the next one may be made with it."""

    def __init__(self, verbs: SessionVerbs, session: Session, ending: Ending) -> None:
        super().__init__(_("End session of {day}"), verbs, session)
        self._ending = ending

    def redo(self) -> None:
        """End it."""
        self.attempt(self._end)

    def _end(self) -> None:
        self.verbs.sessions.end_session(self.session.id, self._ending)

    def undo(self) -> None:
        """Let it run on as it did, and take the next one out again."""
        self.attempt(self._reopen)

    def _reopen(self) -> None:
        self.verbs.sessions.reopen_session(self.session.id, before=self.session, without=self._ending.next)


class ReopenSession(SessionCommand):
    """A session that was ended runs on."""

    def __init__(self, verbs: SessionVerbs, session: Session) -> None:
        super().__init__(_("Reopen session of {day}"), verbs, session)

    def redo(self) -> None:
        """Let it run on."""
        self.attempt(self._reopen)

    def _reopen(self) -> None:
        self.verbs.sessions.reopen_session(self.session.id)

    def undo(self) -> None:
        """End it as it was ended before."""
        self.attempt(self._close)

    def _close(self) -> None:
        self.verbs.sessions.close_again(self.session)
