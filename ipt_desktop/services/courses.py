"""Courses of treatment: what was agreed, and how it ended."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ipt_desktop.domain.course import scaled_phases
from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.measure_records import MeasurePlan, MeasureResult
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
    StageChange,
    TaskTick,
)
from ipt_desktop.domain.session_records import Step
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Diagnosis, Goal, StrategyWork, SuggestionAnswer, TermsChange
from ipt_desktop.domain.wording import Wording
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.storage.store import Reading, Writing

if TYPE_CHECKING:
    from ipt_desktop.domain.protocol_fit import Misfit, Recorded

WEEK = timedelta(weeks=1)
MOST_SESSIONS = 99
RECORDED_IN = (
    *(Session, Sitting, ProblemArea, PhaseChange, TaskTick, Goal, Document, Step, Diagnosis),
    *(TermsChange, SuggestionAnswer, MeasureResult),
)
"""What keeps a course from being taken back."""


class Courses:
    """What can be done with a client's courses of treatment."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice
        self._protocols: dict[str, Protocol] = {}
        self._plans: dict[str, MeasurePlan] = {}  # of courses taken back, for `bring_back_course`

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
        return self.stored_protocol(course.protocol)

    def stored_protocol(self, hash_: str) -> Protocol:
        """Return a protocol that the practice has used; raises RecordGone where it no longer holds its definition."""
        known = self._protocols.get(hash_)
        if known is None:
            with self._practice.read() as reading:
                definition = reading.get(Definition, hash_)
            if definition is None:
                raise RecordGone(kind=_("protocol"))
            known = self._protocols.setdefault(hash_, from_json(definition.body))
        return known

    def wording(self, course: Course) -> Wording:
        """Return what a course's keys are called, those recorded under an earlier protocol of it too."""
        earlier = (each.protocol for each in reversed(self.terms_changes(course.id)) if each.protocol != course.protocol)
        return Wording(self.protocol_of(course), tuple(self._still_stored(dict.fromkeys(earlier))))

    def _still_stored(self, hashes: Iterable[str]) -> Iterator[Protocol]:
        for each in hashes:
            with suppress(RecordGone):
                yield self.stored_protocol(each)

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

    # -- what was agreed -------------------------------------------------------------------------------------------

    def terms_changes(self, course_id: str) -> list[TermsChange]:
        """Return how a course's terms were before each change of them, the earliest first."""
        with self._practice.read() as reading:
            return reading.all(TermsChange, "created_at", "id", course_id=course_id)

    def change_course(self, course: Course, *, reason: str = "", on: date | None = None) -> TermsChange | None:
        """Keep changed terms, and the day the course began. How the terms were is kept, with the day (today) and the reason.

        Return that record, None where only the first day changed. Raises Refused when the phases don't fit the sessions.
        """
        _require_sound(course)
        return self._practice.write(
            "change_course", lambda writing: _change_terms(writing, course, on or date.today(), reason), about=course.id
        )

    def change_protocol(self, course_id: str, protocol: Protocol, on: date, reason: str = "") -> TermsChange:
        """Go on with a course under another protocol; return the record of how it was.

        All that was recorded stays as it is; `misfits` lists what the new protocol has no place for. The number of sessions,
        their length, how often and until when stay as agreed; the phases become the new protocol's (`domain.terms`).
        Raises Refused where the course has this very protocol.
        """
        from ipt_desktop.domain.terms import mapped_phases

        hash_ = protocol_hash(protocol)

        def work(writing: Writing) -> TermsChange:
            course = found(writing, Course, course_id)
            phases = mapped_phases(protocol.agreed_phases(), course.phases, course.planned_sessions)
            writing.upsert(Definition(id=hash_, kind="protocol", key=protocol.key, body=to_json(protocol)))
            change = _change_terms(writing, replace(course, protocol=hash_, phases=phases), on, reason)
            if course.protocol == hash_ or change is None:
                raise Refused(reason=_("The course has this protocol already."))
            return change

        return self._practice.write("change_protocol", work, about=course_id)

    def misfits(self, course_id: str, protocol: Protocol | None = None) -> "list[Misfit]":
        """Return what was recorded in a course that a protocol, its own by default, has no place for."""
        from ipt_desktop.domain.protocol_fit import misfits

        course = self.course(course_id)
        with self._practice.read() as reading:
            recorded = _recorded(reading, course_id)
        return misfits(protocol or self.protocol_of(course), self.wording(course), recorded)

    def take_back_terms(self, change: TermsChange, *, started_on: date | None = None) -> Course:
        """Take a change of terms back, and its record away: what was agreed before holds again.

        `started_on` puts the first day back as well. Raises Refused where the terms were changed again since.
        """

        def work(writing: Writing) -> Course:
            from ipt_desktop.domain.terms import with_terms

            known = writing.all(TermsChange, "created_at", "id", course_id=change.course_id)
            kept = found(writing, TermsChange, change.id)
            if known[-1].id != kept.id:
                raise Refused(reason=_("What was agreed has been changed again since. Take that change back first."))
            course = with_terms(found(writing, Course, change.course_id), kept)
            course = replace(course, started_on=started_on or course.started_on)
            writing.update(course)
            writing.delete(TermsChange, kept.id)
            return course

        return self._practice.write("take_back_terms", work, about=change.course_id)

    def bring_back_terms(self, course: Course, change: TermsChange) -> None:
        """Put a change of terms back that was taken back: `course` has what it led to, and its record is as it was.

        Raises Refused where the terms were changed otherwise since.
        """

        def work(writing: Writing) -> None:
            from ipt_desktop.domain.terms import terms_of, with_terms

            stored = found(writing, Course, course.id)
            if terms_of(stored) != terms_of(change):
                raise Refused(reason=_("What was agreed has been changed again since."))
            writing.update(with_terms(stored, course))
            writing.insert(change)

        self._practice.write("change_course", work, about=course.id)

    # -- how it ends -----------------------------------------------------------------------------------------------

    def end_course(self, course_id: str, on: date, ending: EndingKind) -> Course:
        """End a course; the client's status follows. Raises Refused for a day before it began."""
        return self._practice.write("end_course", lambda writing: end_within(writing, course_id, on, ending), about=course_id)

    def reopen_course(self, course_id: str) -> Course:
        """Take an ending back. Raises Refused while another course of the client is running."""
        return self._practice.write("reopen_course", lambda writing: reopen_within(writing, course_id), about=course_id)

    def remove_course(self, course_id: str) -> Course:
        """Take a course back that was begun by mistake; raises Refused once anything was recorded in it."""

        def work(writing: Writing) -> tuple[Course, MeasurePlan | None]:
            course = found(writing, Course, course_id)
            for kind in RECORDED_IN:
                if writing.all(kind, course_id=course_id):
                    raise Refused(reason=_("Something has been recorded in this course. End it instead of removing it."))
            plan = writing.get(MeasurePlan, course_id)
            writing.delete(Course, course_id)
            return course, plan

        course, plan = self._practice.write("remove_course", work, about=course_id)
        if plan is not None:
            self._plans[course_id] = plan
        return course

    def bring_back_course(self, course: Course) -> Course:
        """Put back a course taken back, with its plan of measures. Raises Refused while another of the client is running."""

        def work(writing: Writing) -> Course:
            if course.ended_on is None:
                _refuse_second(writing, course)
            writing.insert(course)
            if course.id in self._plans:
                writing.insert(self._plans[course.id])
            return course

        return self._practice.write("bring_back_course", work, about=course.id)


def end_within(writing: Writing, course_id: str, on: date, ending: EndingKind) -> Course:
    """End a course within a write; raises Refused for a day before it began."""
    course = found(writing, Course, course_id)
    if on < course.started_on:
        raise Refused(reason=_("A course can’t end before it began."))
    return _with_status(writing, replace(course, ended_on=on, ending=ending), ClientStatus.FINISHED)


def reopen_within(writing: Writing, course_id: str) -> Course:
    """Take an ending back within a write; raises Refused while another course of the client is running."""
    course = replace(found(writing, Course, course_id), ended_on=None, ending=None)
    _refuse_second(writing, course)
    return _with_status(writing, course, ClientStatus.ACTIVE)


def _change_terms(writing: Writing, course: Course, on: date, reason: str) -> TermsChange | None:
    """Keep a course with changed terms, and how they were; whether it has ended stays as it is stored."""
    from ipt_desktop.domain.terms import change_from, terms_of, with_terms

    stored = found(writing, Course, course.id)
    changed = replace(with_terms(stored, course), started_on=course.started_on)
    writing.update(changed)
    if terms_of(stored) == terms_of(changed):
        return None
    change = change_from(stored, on, reason)
    writing.insert(change)
    return change


def _recorded(reading: Reading, course_id: str) -> "Recorded":
    from ipt_desktop.domain.protocol_fit import Recorded

    areas = reading.all(ProblemArea, "rank", course_id=course_id)
    ids = [each.id for each in areas]
    return Recorded(
        changes=reading.all(PhaseChange, "on", "created_at", course_id=course_id),
        ticks=reading.all(TaskTick, "on", "task", course_id=course_id),
        areas=areas,
        stages=reading.all(StageChange, "on", "created_at", problem_area_id=ids) if ids else (),
        works=reading.all(StrategyWork, "on", "created_at", problem_area_id=ids) if ids else (),
    )


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
