"""The sessions of a course: when each was held, how, and who came."""

from collections.abc import Callable
from dataclasses import replace

from ipt_desktop.domain.course import in_order
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import is_blank
from ipt_desktop.domain.records import Document, Record, Session, Sitting, TaskTick
from ipt_desktop.domain.text import _
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.storage.store import Writing


class Sessions:
    """What can be done with the sessions of a course.

    `require_no_private` raises Refused where the private notes do not let a session go.
    """

    def __init__(self, practice: OpenPractice, require_no_private: Callable[[Session], None] = lambda session: None) -> None:
        self._practice = practice
        self._require_no_private = require_no_private
        self._let_go: dict[str, list[Record]] = {}  # session id → what pointed to it, for `bring_back_session`

    def sessions(self, course_id: str) -> list[Session]:
        """Return a course's sessions by date and start."""
        with self._practice.read() as reading:
            return in_order(reading.all(Session, course_id=course_id))

    def session(self, session_id: str) -> Session:
        """Return a session; raises RecordGone where there is none."""
        with self._practice.read() as reading:
            return found(reading, Session, session_id)

    def add_session(self, session: Session) -> Session:
        """Add a session. Raises Refused when it would end before it begins."""
        _require_sound(session)
        self._practice.write("add_session", lambda writing: writing.insert(session), about=session.id)
        return session

    def change_session(self, session: Session) -> Session:
        """Keep a changed date, time, mode or attendance; a circle drawn in the session moves to its date."""
        _require_sound(session)

        def work(writing: Writing) -> Session:
            writing.update(session)
            for sitting in writing.all(Sitting, session_id=session.id):
                if sitting.date != session.date:
                    writing.update(replace(sitting, date=session.date))
            return session

        return self._practice.write("change_session", work, about=session.id)

    def remove_session(self, session_id: str) -> Session:
        """Take a session out. Raises Refused while its note, or its private one, has words: they are never lost with it."""
        self._require_no_private(self.session(session_id))

        def work(writing: Writing) -> tuple[Session, list[Record]]:
            session = found(writing, Session, session_id)
            notes = writing.all(Document, session_id=session_id)
            if not all(is_blank(each.answers) for each in notes):
                raise Refused(reason=_("The note of this session has words in it. Empty the note first, then remove it."))
            ticks = writing.all(TaskTick, session_id=session_id)
            pointing: list[Record] = [*notes, *writing.all(Sitting, session_id=session_id), *ticks]
            for note in notes:
                writing.delete(Document, note.id)
            writing.delete(Session, session_id)
            return session, pointing

        session, pointing = self._practice.write("remove_session", work, about=session_id)
        self._let_go[session_id] = pointing
        return session

    def bring_back_session(self, session: Session) -> Session:
        """Put a removed session back, with the circle and ticks that belonged to it."""
        pointing = self._let_go.get(session.id, [])

        def work(writing: Writing) -> Session:
            writing.insert(session)
            for record in pointing:
                if isinstance(record, Document) or writing.get(type(record), record.id) is not None:
                    writing.upsert(record)
            return session

        self._practice.write("bring_back_session", work, about=session.id)
        self._let_go.pop(session.id, None)  # only now: a failed attempt is made again
        return session


def _require_sound(session: Session) -> None:
    if session.starts_at and session.ends_at and session.ends_at <= session.starts_at:
        raise Refused(reason=_("A session can’t end before it begins."))
