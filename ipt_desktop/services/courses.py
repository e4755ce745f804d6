"""Courses of treatment: what was agreed, and how it ended."""

from dataclasses import replace
from datetime import date, timedelta

from ipt_desktop.domain.course import scaled_phases
from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.protocol import Protocol, from_json, protocol_hash, to_json
from ipt_desktop.domain.records import (
    AgreedPhase,
    Client,
    ClientStatus,
    Course,
    Definition,
    Document,
    EndingKind,
    PhaseChange,
    ProblemArea,
    Session,
    Sitting,
    TaskTick,
)
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Diagnosis, Goal
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.storage.store import Writing

WEEK = timedelta(weeks=1)
MOST_SESSIONS = 99


class Courses:
    """What can be done with a client's courses of treatment."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice
        self._protocols: dict[str, Protocol] = {}

    def courses(self, client_id: str) -> list[Course]:
        """Return a client's courses by number."""
        with self._practice.read() as reading:
            return reading.all(Course, "number", client_id=client_id)

    def course(self, course_id: str) -> Course:
        """Return a course; raises RecordGone where there is none."""
        with self._practice.read() as reading:
            return found(reading, Course, course_id)

    def protocol(self, course_id: str) -> Protocol:
        """Return the protocol a course was begun with, as it read then."""
        return self.protocol_of(self.course(course_id))

    def protocol_of(self, course: Course) -> Protocol:
        """Return the protocol of a course; raises RecordGone where the practice no longer holds its definition."""
        known = self._protocols.get(course.protocol)
        if known is None:
            with self._practice.read() as reading:
                definition = reading.get(Definition, course.protocol)
            if definition is None:
                raise RecordGone(kind=_("protocol"))
            known = self._protocols.setdefault(course.protocol, from_json(definition.body))
        return known

    def begin_course(
        self,
        client_id: str,
        protocol: Protocol,
        *,
        started_on: date,
        planned_sessions: int | None = None,
        minutes: int | None = None,
        frequency: str = "",
        phases: tuple[AgreedPhase, ...] | None = None,
        planned_end: date | None = None,
    ) -> Course:
        """Begin a course with a copy of what was agreed; what is left out is the protocol's.

        Raises Refused while another course of this client is running, or when the phases don't fit the sessions.
        """
        planned = protocol.planned_sessions if planned_sessions is None else planned_sessions
        course = Course(
            client_id=client_id,
            number=1,
            protocol=protocol_hash(protocol),
            planned_sessions=planned,
            minutes=minutes or protocol.minutes,
            frequency=frequency or protocol.frequency,
            phases=phases or scaled_phases(protocol.agreed_phases(), planned),
            started_on=started_on,
            planned_end=planned_end or (started_on + WEEK * (planned - 1) if planned else None),
        )
        _require_sound(course)

        def work(writing: Writing) -> Course:
            _refuse_second(writing, course)
            earlier = writing.all(Course, client_id=client_id)
            numbered = replace(course, number=max((each.number for each in earlier), default=0) + 1)
            writing.upsert(Definition(id=course.protocol, kind="protocol", key=protocol.key, body=to_json(protocol)))
            writing.insert(numbered)
            _set_status(writing, client_id, ClientStatus.ACTIVE)
            return numbered

        return self._practice.write("begin_course", work, about=course.id)

    def change_course(self, course: Course) -> Course:
        """Keep changed terms. Raises Refused when the phases don't fit the sessions."""
        _require_sound(course)
        self._practice.write("change_course", lambda writing: writing.update(course), about=course.id)
        return course

    def end_course(self, course_id: str, on: date, ending: EndingKind) -> Course:
        """End a course; the client's status follows. Raises Refused for a day before it began."""

        def work(writing: Writing) -> Course:
            course = found(writing, Course, course_id)
            if on < course.started_on:
                raise Refused(reason=_("A course can’t end before it began."))
            return _with_status(writing, replace(course, ended_on=on, ending=ending), ClientStatus.FINISHED)

        return self._practice.write("end_course", work, about=course_id)

    def reopen_course(self, course_id: str) -> Course:
        """Take an ending back. Raises Refused while another course of the client is running."""

        def work(writing: Writing) -> Course:
            course = replace(found(writing, Course, course_id), ended_on=None, ending=None)
            _refuse_second(writing, course)
            return _with_status(writing, course, ClientStatus.ACTIVE)

        return self._practice.write("reopen_course", work, about=course_id)

    def remove_course(self, course_id: str) -> Course:
        """Take a course back that was begun by mistake; raises Refused once anything was recorded in it."""

        def work(writing: Writing) -> Course:
            course = found(writing, Course, course_id)
            for kind in (Session, Sitting, ProblemArea, PhaseChange, TaskTick, Goal, Diagnosis, Document):
                if writing.all(kind, course_id=course_id):
                    raise Refused(reason=_("Something has been recorded in this course. End it instead of removing it."))
            writing.delete(Course, course_id)
            return course

        return self._practice.write("remove_course", work, about=course_id)

    def bring_back_course(self, course: Course) -> Course:
        """Put back a course taken back. Raises Refused while another course of the client is running."""

        def work(writing: Writing) -> Course:
            if course.ended_on is None:
                _refuse_second(writing, course)
            writing.insert(course)
            return course

        return self._practice.write("bring_back_course", work, about=course.id)


def _refuse_second(writing: Writing, course: Course) -> None:
    """Refuse a running course beside another: a client is in one course at a time."""
    others = writing.all(Course, client_id=course.client_id, ended_on=None)
    if any(each.id != course.id for each in others):
        raise Refused(reason=_("Another course of this client is still running. End it first."))


def _with_status(writing: Writing, course: Course, status: ClientStatus) -> Course:
    """Keep a course whose beginning or end changes where the client stands."""
    writing.update(course)
    _set_status(writing, course.client_id, status)
    return course


def _set_status(writing: Writing, client_id: str, status: ClientStatus) -> None:
    client = found(writing, Client, client_id)
    if client.status is not status:
        writing.update(replace(client, status=status))


def _require_sound(course: Course) -> None:
    """Refuse terms that can't be: the phases follow one another from session 1 to the last one planned.

    A course without a number of sessions has a last phase without an end.
    """
    if not 0 <= course.planned_sessions <= MOST_SESSIONS:
        raise Refused(reason=_("A course has between 1 and {most} sessions, or no number of them.").format(most=MOST_SESSIONS))
    expected = 1
    for place, phase in enumerate(course.phases, start=1):
        is_without_end = course.is_open and place == len(course.phases) and not phase.last
        if phase.first != expected or (phase.last < phase.first and not is_without_end):
            raise Refused(reason=_("Each phase begins with the session after the last one of the phase before."))
        expected = phase.last + 1
    if expected - 1 != course.planned_sessions:
        raise Refused(
            reason=_("The phases have {count} sessions together; {planned} are planned.").format(
                count=expected - 1, planned=course.planned_sessions
            )
        )
    if course.planned_end is not None and course.planned_end < course.started_on:
        raise Refused(reason=_("The last session can’t be planned before the first."))
