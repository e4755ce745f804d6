"""The sessions of a course: when each was held, how, and who came."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time

from ipt_desktop.domain.course import in_order
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.measure_records import MeasureResult
from ipt_desktop.domain.records import Attendance, Document, Session, Sitting, TaskTick, now
from ipt_desktop.domain.session_records import Event, RiskEntry, Step
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import GoalRating, StrategyWork
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.services.signatures import require_unsigned
from ipt_desktop.storage.store import Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a session went: its actual day and times, who came, the fee in words, and the next session, if one is to be made."""

    on: date
    starts_at: time | None = None
    ends_at: time | None = None
    attendance: Attendance | None = None
    fee: str = ""
    next: Session | None = None


OfSession = Document | Sitting | TaskTick | Step | Event | RiskEntry | StrategyWork | GoalRating | MeasureResult


class Sessions:
    """What can be done with the sessions of a course.

    `require_no_private` raises Refused where the private notes do not let a session go.
    """

    def __init__(self, practice: OpenPractice, require_no_private: Callable[[Session], None] = lambda session: None) -> None:
        self._practice = practice
        self._require_no_private = require_no_private
        self._let_go: dict[str, list[OfSession]] = {}  # session id → what pointed to it, for `bring_back_session`

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
        """Keep a changed date, time, mode or attendance; a circle drawn in the session moves to its date.

        Raises Refused when it would end before it begins, NoteSigned where its note is signed and shows what would change.
        """
        _require_sound(session)

        def work(writing: Writing) -> Session:
            _require_unsigned_facts(writing, session)
            writing.update(session)
            for sitting in writing.all(Sitting, session_id=session.id):
                if sitting.date != session.date:
                    writing.update(replace(sitting, date=session.date))
            return session

        return self._practice.write("change_session", work, about=session.id)

    # -- the one that is running -----------------------------------------------------------------------------------

    def running(self) -> Session | None:
        """Return the session that was started and not ended yet, also after a crash; None where there is none."""
        with self._practice.read() as reading:
            return next(iter(reading.running_sessions()), None)

    def start_session(self, session: Session) -> Session:
        """Begin a session now; one that is not stored yet is added.

        Raises Refused while another one is running, NoteSigned where its note is signed: it could not be ended any more.
        """
        _require_sound(session)

        def work(writing: Writing) -> Session:
            _require_none_running(writing, session.id)
            _require_unsigned_notes(writing, session.id)
            begun = replace(session, begun_at=now(), closed_at=None)
            writing.upsert(begun)
            return begun

        return self._practice.write("start_session", work, about=session.id)

    def end_session(self, session_id: str, ending: Ending) -> Session:
        """End the running session with its actual times, and add the next one. Raises Refused where it is not running."""

        def work(writing: Writing) -> Session:
            session = found(writing, Session, session_id)
            if not session.is_running:
                raise Refused(reason=_("This session is not running."))
            ended = replace(
                session,
                date=ending.on,
                starts_at=ending.starts_at,
                ends_at=ending.ends_at,
                attendance=ending.attendance,
                fee=ending.fee,
                closed_at=now(),
            )
            _require_sound(ended)
            writing.update(ended)
            if ending.next is not None and writing.get(Session, ending.next.id) is None:
                writing.insert(ending.next)
            return ended

        return self._practice.write("end_session", work, about=session_id)

    def reopen_session(self, session_id: str, *, before: Session | None = None, without: Session | None = None) -> Session:
        """Let a session that was ended run on. Raises Refused while another one is running, NoteSigned as `start_session`.

        `before` is the session as it was, for an undo, which takes the next one that was made (`without`) out again, as long
        as nothing hangs on it.
        """
        unwanted = without if without is not None and self._has_no_private(without) else None

        def work(writing: Writing) -> Session:
            _require_none_running(writing, session_id)
            _require_unsigned_notes(writing, session_id)
            session = before or found(writing, Session, session_id)
            begun = replace(session, begun_at=session.begun_at or now(), closed_at=None)
            writing.update(begun)
            if unwanted is not None and writing.get(Session, unwanted.id) and not _hanging_on(writing, unwanted.id):
                writing.delete(Session, unwanted.id)
            return begun

        return self._practice.write("reopen_session", work, about=session_id)

    def _has_no_private(self, session: Session) -> bool:
        try:
            self._require_no_private(session)
        except Refused:
            return False
        return True

    def close_again(self, session: Session) -> Session:
        """End a session that was taken up again, as it was ended before. Raises NoteSigned as `change_session`."""

        def work(writing: Writing) -> Session:
            _require_unsigned_facts(writing, session)
            writing.update(session)
            return session

        return self._practice.write("end_session", work, about=session.id)

    # -- taking out ------------------------------------------------------------------------------------------------

    def remove_session(self, session_id: str) -> Session:
        """Take a session out. Raises Refused while its note, or its private one, has words: they are never lost with it."""
        from ipt_desktop.domain.form import Purpose, is_blank

        self._require_no_private(self.session(session_id))

        def work(writing: Writing) -> tuple[Session, list[OfSession]]:
            session = found(writing, Session, session_id)
            _require_unsigned_notes(writing, session_id)
            pointing = _hanging_on(writing, session_id)
            written = [each for each in pointing if isinstance(each, Document)]
            notes = [each for each in written if each.purpose != Purpose.WORKSHEET]  # one only begun there stays
            worded = [each for each in notes if not is_blank(each.answers)]
            if any(each.purpose != Purpose.SELF_CHECK for each in worded):
                raise Refused(reason=_("The note of this session has words in it. Empty the note first, then remove it."))
            if worded:
                raise Refused(reason=_("The self-check of this session is written. Empty it first, then remove the session."))
            for note in notes:
                writing.delete(Document, note.id)
            writing.delete(Session, session_id)
            return session, pointing

        session, pointing = self._practice.write("remove_session", work, about=session_id)
        self._let_go[session_id] = pointing
        return session

    def bring_back_session(self, session: Session) -> Session:
        """Put a removed session back, with the circle, the ticks and the measures that belonged to it."""
        pointing = self._let_go.get(session.id, [])

        def work(writing: Writing) -> Session:
            writing.insert(session)
            for record in pointing:
                now_there = writing.get(type(record), record.id)
                if now_there is not None:  # it may have changed meanwhile: only that it belongs here comes back
                    writing.update(replace(now_there, session_id=session.id))
                elif isinstance(record, Document):
                    writing.insert(record)
            return session

        self._practice.write("bring_back_session", work, about=session.id)
        self._let_go.pop(session.id, None)  # only now: a failed attempt is made again
        return session


def _require_unsigned_facts(writing: Writing, session: Session) -> None:
    """Raise NoteSigned where a signed note shows what would change; a start looks for a running session and does without."""
    from ipt_desktop.domain.signing import differing_facts

    if differing_facts(found(writing, Session, session.id), session):
        _require_unsigned_notes(writing, session.id)


def _require_unsigned_notes(writing: Writing, session_id: str) -> None:
    for note in writing.all(Document, session_id=session_id):
        require_unsigned(writing, note.id)


def _require_sound(session: Session) -> None:
    if session.starts_at and session.ends_at and session.ends_at <= session.starts_at:
        raise Refused(reason=_("A session can’t end before it begins."))


def _hanging_on(writing: Writing, session_id: str) -> list[OfSession]:
    """Return what points to a session."""
    kinds: tuple[type[OfSession], ...] = (
        *(Document, Sitting, TaskTick, Step, Event),
        *(RiskEntry, StrategyWork, GoalRating, MeasureResult),
    )
    return [found for kind in kinds for found in writing.all(kind, session_id=session_id)]


def _require_none_running(writing: Writing, session_id: str) -> None:
    others = [each for each in writing.running_sessions() if each.id != session_id]
    if others and others[0].begun_at is not None:
        since = f"{others[0].begun_at.astimezone():%H:%M}"
        raise Refused(reason=_("Another session has been running since {time}. End it first.").format(time=since))
