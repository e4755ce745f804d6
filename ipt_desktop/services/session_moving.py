"""A session that was entered in the wrong course of a client moves to another one of theirs, and back.

With it go what was written of it, the circle drawn in it, the task its note agrees, its risk entry, the measures given for it
and the events told in it.
What is of the course it leaves stays there with its day and no longer names the session: ticks of tasks, ratings of goals,
strategies worked on, and the review of a task agreed in that course.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.measure_records import MeasureResult
from ipt_desktop.domain.records import Course, Document, ProblemArea, Session, Sitting, TaskTick
from ipt_desktop.domain.session_records import RiskEntry, Step
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import AreaDocument, GoalRating, StrategyWork
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.services.signatures import signature_of

if TYPE_CHECKING:
    from ipt_desktop.storage.store import Writing

LeftBehind = TaskTick | GoalRating | StrategyWork
LEFT_BEHIND: tuple[type[LeftBehind], ...] = (TaskTick, GoalRating, StrategyWork)
"""Records of the course that only name the session in which they came about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedSession:
    """A session that was moved, as it `was`; what named it in the course it left, and which records of areas were let go."""

    was: Session
    session: Session
    left_behind: tuple[LeftBehind, ...] = ()
    steps: tuple[Step, ...] = ()
    area_documents: tuple[AreaDocument, ...] = ()


class SessionMoving:
    """Moves sessions between the courses of one client."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice

    def other_courses(self, course_id: str) -> list[Course]:
        """Return the other courses of the client of a course, by number."""
        with self._practice.read() as reading:
            course = found(reading, Course, course_id)
            courses = reading.all(Course, "number", client_id=course.client_id)
        return [each for each in courses if each.id != course_id]

    def move_session(self, session_id: str, course_id: str) -> MovedSession:
        """Move a session to another course of its client.

        Raises Refused for one that is running, whose note is signed, that is in that course already, or of another client;
        RecordGone where session or course is gone.
        """

        def work(writing: "Writing") -> MovedSession:
            was = found(writing, Session, session_id)
            _require_can_move(writing, was, found(writing, Course, course_id))
            session = replace(was, course_id=course_id)
            left_behind: tuple[LeftBehind, ...] = tuple(
                each for kind in LEFT_BEHIND for each in writing.all(kind, session_id=session_id)
            )
            steps = _steps_of(writing, session_id)
            areas = _area_documents(writing, session_id)
            writing.update(session)
            _take_along(writing, session)
            for record in left_behind:
                writing.update(replace(record, session_id=None))
            for step in steps:
                writing.update(_parted(step, session))
            for each in areas:  # the problem area is of the course that is left
                writing.delete(AreaDocument, each.id)
            return MovedSession(was=was, session=session, left_behind=left_behind, steps=steps, area_documents=areas)

        return self._practice.write("move_session", work, about=session_id)

    def move_back(self, moved: MovedSession) -> Session:
        """Take a move back: what names the session names it again, as far as it is there; what was changed since stays so.

        Raises Refused as `move_session`, RecordGone where the session or its course is gone.
        """

        def work(writing: "Writing") -> Session:
            present = found(writing, Session, moved.was.id)
            _require_can_move(writing, present, found(writing, Course, moved.was.course_id))
            session = replace(present, course_id=moved.was.course_id)
            writing.update(session)
            _take_along(writing, session)
            _relink(writing, moved.left_behind, session.id)
            for step in moved.steps:
                _rejoin(writing, step)
            for each in moved.area_documents:
                if writing.get(Document, each.id) is not None and writing.get(ProblemArea, each.problem_area_id) is not None:
                    writing.upsert(each)
            return session

        return self._practice.write("move_session", work, about=moved.was.id)


def _require_can_move(writing: "Writing", session: Session, course: Course) -> None:
    present = found(writing, Course, session.course_id)
    if present.id == course.id:
        raise Refused(reason=_("This session is in that course already."))
    if present.client_id != course.client_id:
        raise Refused(reason=_("A session moves between the courses of one client. Its note can be moved to another client."))
    if session.is_running:
        raise Refused(reason=_("This session is running. End it first, then move it."))
    if any(signature_of(writing, each.id) is not None for each in writing.all(Document, session_id=session.id)):
        reason = _("What is signed of this session shows which one of its course it is, so the session stays in this course.")
        raise Refused(reason=reason)


def _take_along(writing: "Writing", session: Session) -> None:
    """Give what hangs on a session to the course that the session has now. Whoever writes in a document hears that it moved."""
    for document in writing.all(Document, session_id=session.id):
        writing.update(replace(document, course_id=session.course_id, revision=document.revision + 1))
    for sitting in writing.all(Sitting, session_id=session.id):
        writing.update(replace(sitting, course_id=session.course_id))
    for risk in writing.all(RiskEntry, session_id=session.id):
        writing.update(replace(risk, course_id=session.course_id))
    for result in writing.all(MeasureResult, session_id=session.id):
        writing.update(replace(result, course_id=session.course_id))


def _steps_of(writing: "Writing", session_id: str) -> tuple[Step, ...]:
    """Return the tasks agreed in a session, and those of other sessions that it reviewed."""
    agreed, reviewed = writing.all(Step, session_id=session_id), writing.all(Step, reviewed_in_id=session_id)
    return tuple({each.id: each for each in (*agreed, *reviewed)}.values())


def _parted(step: Step, session: Session) -> Step:
    """Return a task after its session, or the one that reviewed it, has moved: how it went stays, without the session."""
    is_agreed_here, is_reviewed_here = step.session_id == session.id, step.reviewed_in_id == session.id
    moved = replace(step, course_id=session.course_id) if is_agreed_here else step
    return moved if is_agreed_here == is_reviewed_here else replace(moved, reviewed_in_id=None)


def _area_documents(writing: "Writing", session_id: str) -> tuple[AreaDocument, ...]:
    ids = [each.id for each in writing.all(Document, session_id=session_id)]
    return tuple(writing.all(AreaDocument, id=ids)) if ids else ()


def _relink(writing: "Writing", records: Iterable[LeftBehind], session_id: str) -> None:
    for record in records:
        present = writing.get(type(record), record.id)
        if present is not None and present.session_id is None:
            writing.update(replace(present, session_id=session_id))


def _rejoin(writing: "Writing", was: Step) -> None:
    """Give a task its course back, and the session that reviewed it, where nobody has reviewed it otherwise since."""
    present = writing.get(Step, was.id)
    if present is None:
        return
    told = (present.done, present.what_happened, present.reviewed_on)
    is_as_it_was = present.reviewed_in_id is None and told == (was.done, was.what_happened, was.reviewed_on)
    reviewed_in_id = was.reviewed_in_id if is_as_it_was else present.reviewed_in_id
    writing.update(replace(present, course_id=was.course_id, reviewed_in_id=reviewed_in_id))
