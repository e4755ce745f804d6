"""What can be undone on the Sessions tab: adding, changing and removing a session, by id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Session
from ipt_desktop.domain.text import _
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.services.sessions import Sessions


@dataclass(frozen=True, slots=True)
class SessionVerbs:
    """What a command stands on: the operations, `flush` to keep what is typed first, and whom to tell a refusal."""

    sessions: Sessions
    flush: Callable[[], bool]
    refused: Told


class SessionCommand(Verb):
    """A verb with a session."""

    def __init__(self, words: str, verbs: SessionVerbs, session: Session) -> None:
        super().__init__(words.format(day=day_words(session.date)), verbs.refused)
        self.verbs = verbs
        self.session = session

    def take_out(self) -> None:
        """Take the session out, once what is typed in its note is kept: then only an empty note lets it go."""
        if not self.verbs.flush():
            raise Refused(reason=_("The note of this session is not saved yet, so the session stays."))
        self.session = self.verbs.sessions.remove_session(self.session.id)

    def bring_back(self) -> None:
        """Put the session back, with what belonged to it."""
        self.verbs.sessions.bring_back_session(self.session)


class AddSession(SessionCommand):
    """A new session. Undone it is taken out again, unless its note has words by then."""

    def __init__(self, verbs: SessionVerbs, session: Session) -> None:
        super().__init__(_("New session of {day}"), verbs, session)
        self._is_known = False

    def redo(self) -> None:
        """Add the session, or bring it back."""
        self.attempt(self.bring_back if self._is_known else self._add)

    def _add(self) -> None:
        self.verbs.sessions.add_session(self.session)
        self._is_known = True

    def undo(self) -> None:
        """Take the session out."""
        self.attempt(self.take_out)


class ChangeSession(SessionCommand):
    """Another date, time, mode or attendance."""

    def __init__(self, verbs: SessionVerbs, old: Session, new: Session) -> None:
        super().__init__(_("Change session of {day}"), verbs, old)
        self._new = new

    def redo(self) -> None:
        """Keep the change."""
        self.attempt(self._change_to_new)

    def undo(self) -> None:
        """Keep what was before."""
        self.attempt(self._change_to_old)

    def _change_to_new(self) -> None:
        self.verbs.sessions.change_session(self._new)

    def _change_to_old(self) -> None:
        self.verbs.sessions.change_session(self.session)


class RemoveSession(SessionCommand):
    """A session whose note is empty is taken out."""

    def __init__(self, verbs: SessionVerbs, session: Session) -> None:
        super().__init__(_("Remove session of {day}"), verbs, session)

    def redo(self) -> None:
        """Take the session out."""
        self.attempt(self.take_out)

    def undo(self) -> None:
        """Put it back."""
        self.attempt(self.bring_back)
