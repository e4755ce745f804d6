"""What can be undone on the Clients tab: one command for each verb, by id. Nothing is destroyed by any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QUndoCommand

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.records import Course, EndingKind, Session
from ipt_desktop.domain.text import _
from ui.verb import Together, Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.domain.treatment_records import TermsChange
    from ipt_desktop.services.clients import Clients
    from ipt_desktop.services.courses import Courses
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.endings import Ended, Endings
    from ipt_desktop.services.sessions import Sessions

_EDIT = 2


class ChangeClient(Verb):
    """Fields of a file changed; only those are put back. `edit` numbers one visit to one field: its saves are one step."""

    def __init__(
        self,
        clients: Clients,
        client_id: str,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        words: str,
        refused: Told,
        *,
        edit: int = 0,
    ) -> None:
        super().__init__(words, refused)
        self._clients, self._client_id = clients, client_id
        self._before, self.after = dict(before), dict(after)
        self.visit = (edit, client_id, frozenset(after))

    def redo(self) -> None:
        """Keep what was typed."""
        self.attempt(lambda: self._keep(self.after))

    def undo(self) -> None:
        """Put back what stood there."""
        self.attempt(lambda: self._keep(self._before))

    def _keep(self, fields: Mapping[str, Any]) -> None:
        self._clients.change_client(replace(self._clients.client(self._client_id), **fields))

    def id(self) -> int:
        """Let saves of one visit to a field merge."""
        return _EDIT if self.visit[0] else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take a later save of the same visit to the same field into this step."""
        if not isinstance(other, ChangeClient) or other.isObsolete() or other.visit != self.visit:
            return False
        self.after = other.after
        return True


class ArchiveClient(Verb):
    """The file was put away."""

    def __init__(self, clients: Clients, client_id: str, words: str, refused: Told) -> None:
        super().__init__(words, refused)
        self._clients, self._client_id = clients, client_id

    def redo(self) -> None:
        """Put it away."""
        self.attempt(lambda: self._clients.archive_client(self._client_id))

    def undo(self) -> None:
        """Bring it back."""
        self.attempt(lambda: self._clients.bring_back_client(self._client_id))


class BringBackClient(ArchiveClient):
    """The file was taken out of the archive."""

    def redo(self) -> None:
        """Bring it back."""
        super().undo()

    def undo(self) -> None:
        """Put it away again."""
        super().redo()


class AddClient(ArchiveClient):
    """A client was added. Taking that back archives the file, for nothing typed is ever destroyed."""

    def __init__(self, clients: Clients, client_id: str, words: str, refused: Told) -> None:
        super().__init__(clients, client_id, words, refused)
        self._is_added = False

    def redo(self) -> None:
        """Take the file out of the archive; the first time it was only just added."""
        if self._is_added:
            super().undo()
        self._is_added = self.is_done = True

    def undo(self) -> None:
        """Archive the file."""
        super().redo()


class BeginCourse(Verb):
    """A course was begun by `begin`; taken back, it is removed while nothing is recorded in it."""

    def __init__(self, courses: Courses, begin: Callable[[], Course], words: str, refused: Told) -> None:
        super().__init__(words, refused)
        self._courses, self._begin = courses, begin
        self.course: Course | None = None

    def redo(self) -> None:
        """Begin it, or put the same course back."""
        self.attempt(self._begin_or_bring_back)

    def _begin_or_bring_back(self) -> None:
        if self.course is None:
            self.course = self._begin()
        else:
            self._courses.bring_back_course(self.course)

    def undo(self) -> None:
        """Remove it; refused once something was recorded in it."""
        if (course := self.course) is not None:
            self.attempt(lambda: self._courses.remove_course(course.id))


class ChangeCourse(Verb):
    """What a course agrees was changed, for a reason. Undone, the record of that change goes as well."""

    def __init__(self, courses: Courses, before: Course, after: Course, words: str, refused: Told, *, reason: str = "") -> None:
        super().__init__(words, refused)
        self._courses, self._before, self._after, self._reason = courses, before, after, reason
        self._change: TermsChange | None = None

    def redo(self) -> None:
        """Keep the new terms."""
        self.attempt(self._do)

    def _do(self) -> None:
        self._change = self._courses.change_course(self._after, reason=self._reason)

    def undo(self) -> None:
        """Put the old terms back."""
        self.attempt(self._take_back)

    def _take_back(self) -> None:
        if self._change is not None:
            self._courses.take_back_terms(self._change, started_on=self._before.started_on)
        else:
            self._courses.change_course(self._before)


class EndCourse(Verb):
    """A course was ended on a day, in a way, for a reason."""

    def __init__(self, endings: Endings, course_id: str, on: date, ending: EndingKind, reason: str, refused: Told) -> None:
        super().__init__(_("End the course"), refused)
        self._endings, self._course_id, self._on, self._ending, self._reason = endings, course_id, on, ending, reason
        self._ended: Ended | None = None

    def redo(self) -> None:
        """End it."""
        self.attempt(self._do)

    def _do(self) -> None:
        self._ended = self._endings.end_course(self._course_id, self._on, self._ending, self._reason)

    def undo(self) -> None:
        """Reopen it."""
        if (ended := self._ended) is not None:
            self.attempt(lambda: self._endings.take_back(ended))


class TakeOutSession(Verb):
    """A session booked beyond the end of its course is taken out; undone it is booked again."""

    def __init__(self, sessions: Sessions, session: Session, refused: Told) -> None:
        super().__init__(_("Remove session of {day}").format(day=day_words(session.date)), refused)
        self._sessions, self._session = sessions, session

    def redo(self) -> None:
        """Take it out."""
        self.attempt(lambda: self._sessions.remove_session(self._session.id))

    def undo(self) -> None:
        """Put it back."""
        self.attempt(lambda: self._sessions.bring_back_session(self._session))


def ending_of(desk: Desk, end: EndCourse, removed: Sequence[Session], refused: Told) -> Verb:
    """Return the step that ends a course and takes out these sessions, which were booked beyond its end: all or nothing."""
    if not removed:
        return end
    steps = [end, *(TakeOutSession(desk.sessions, each, refused) for each in removed)]
    return Together(steps, end.text(), refused)


class ReopenCourse(Verb):
    """A course that had ended goes on."""

    def __init__(self, courses: Courses, course: Course, refused: Told) -> None:
        super().__init__(_("Reopen the course"), refused)
        self._courses, self._course = courses, course

    def redo(self) -> None:
        """Reopen it."""
        self.attempt(lambda: self._courses.reopen_course(self._course.id))

    def undo(self) -> None:
        """End it as it had ended."""
        ended_on, ending = self._course.ended_on or date.today(), self._course.ending or EndingKind.PLANNED
        self.attempt(lambda: self._courses.end_course(self._course.id, ended_on, ending))
