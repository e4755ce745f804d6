"""What the Phases tab shows of a course, read in one go."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain import dates
from ipt_desktop.domain.area_record import AreaRecord
from ipt_desktop.domain.course import (
    SessionCount,
    is_withdrawn,
    latest_change,
    numbers,
    phase_of,
    phase_since,
    review_of,
    session_count,
)
from ipt_desktop.domain.course_band import CourseBand, course_band, suggestion
from ipt_desktop.domain.course_marks import Lane, Mark, lanes, marks
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.form import COURSE_PAPERS, Purpose
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import (
    AgreedPhase,
    Attendance,
    Course,
    Document,
    PhaseChange,
    ProblemArea,
    Session,
    Sitting,
    StageChange,
    TaskTick,
)
from ipt_desktop.domain.text import _
from ipt_desktop.domain.told_apart import told_apart
from ipt_desktop.domain.treatment_records import StrategyWork, TermsChange
from ipt_desktop.domain.wording import Wording
from ui.phases.goal_reading import GoalReading, read_goals

if TYPE_CHECKING:
    from ipt_desktop.domain.measured import Measured
    from ipt_desktop.domain.protocol_fit import Misfit
    from ipt_desktop.services.desk import Desk


MARKED = frozenset({Purpose.HISTORY, Purpose.FORMULATION, Purpose.AGREEMENT})
"""Of these, the ones that have a mark on the band."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseReading:
    """A course with everything the tab shows of it, and the day it was read.

    `terms` are the changes of what was agreed, the earliest first; `protocol_names` the names of the protocols they name.
    `misfits` is what was recorded under another protocol.
    """

    course: Course
    protocol: Protocol
    wording: Wording
    terms: list[TermsChange]
    protocol_names: dict[str, str]
    misfits: list[Misfit]
    changes: list[PhaseChange]
    sessions: list[Session]
    ticks: dict[str, TaskTick]
    areas: list[ProblemArea]
    stages: list[StageChange]
    people: list[tuple[str, str]]
    works: list[StrategyWork]
    records: dict[str, AreaRecord]
    goals: GoalReading
    papers: list[Document]
    sittings: list[Sitting]
    measured: list[Measured]
    today: date

    @property
    def written(self) -> set[str]:
        """Which of the course's own papers are written, by their chapters."""
        has_records = any(each.document_id for each in self.records.values())
        return {each.purpose for each in self.papers} | ({"areas"} if has_records else set())

    @property
    def phase(self) -> str:
        """The key of the phase that is set."""
        return phase_of(self.course, self.changes)

    @property
    def since(self) -> date:
        """Since when the present phase holds."""
        return phase_since(self.changes) or self.course.started_on

    @property
    def band(self) -> CourseBand:
        """The course by session numbers."""
        return course_band(self.course, self.changes, self.sessions, self.today, self.protocol.after_keys)

    @property
    def suggestion(self) -> AgreedPhase | None:
        """The phase the agreement has for the present session, where it may be another than the one set."""
        return suggestion(self.course, self.changes, self.sessions, self.today, self.protocol.after_keys)

    @property
    def is_after(self) -> bool:
        """Whether the present phase is one that comes after the sessions agreed: tapering, maintenance."""
        return self.phase in self.protocol.after_keys

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was given up before it began."""
        return is_withdrawn(self.course, self.band.held)

    @property
    def count(self) -> SessionCount:
        """The running or the next session."""
        return session_count(self.course, self.sessions, self.today, is_after=self.is_after)

    @property
    def phase_change(self) -> PhaseChange | None:
        """The change that set the present phase, None where it is the first one agreed."""
        return latest_change(self.changes)

    @property
    def review_on(self) -> date | None:
        """The day agreed to look again at the present phase."""
        return review_of(self.course, self.changes)

    @property
    def lanes(self) -> list[Lane]:
        """The problem areas with the sessions each was worked on in."""
        return lanes(self.band, self.areas, self.sessions)

    @property
    def marks(self) -> list[Mark]:
        """What was written, drawn and agreed, by session, and what is to come."""
        days = {each.purpose: each.created_at.astimezone().date() for each in reversed(self.papers)}
        marked = {purpose: day for purpose, day in days.items() if purpose in MARKED}
        return marks(
            self.course,
            self.protocol,
            self.sessions,
            papers=marked,
            sittings=self.sittings,
            measured=self.measured,
            ticks=self.ticks,
            is_after=self.is_after,
        )

    def stage_label(self, area: ProblemArea) -> str:
        """Return the word of the stage judged last, or ""."""
        judged = self.stages_of(area)
        return self.wording.stage(area.area, judged[0].stage) if judged else ""

    def phase_label(self, key: str) -> str:
        """Return what a phase is called, also one of an earlier protocol."""
        return self.wording.phase(key)

    def phase_title(self, key: str) -> str:
        """Return "Middle phase"; what a protocol calls by more than one word stands as it is: "Saying goodbye"."""
        word = self.phase_label(key)
        return word if " " in word else _("{phase} phase").format(phase=word)

    def area_label(self, key: str) -> str:
        """Return what a problem area is called, also one of an earlier protocol."""
        return self.wording.area(key)

    def areas_to_choose(self) -> list[tuple[str, str]]:
        """Return the problem areas that a document may name: the protocol's, and those agreed under an earlier one."""
        return self.wording.areas_to_choose({each.area for each in self.areas})

    def person(self, person_id: str | None) -> str:
        """Return a person's name, or "" where there is none."""
        return next((name for key, name in self.people if key == person_id), "")

    def session_on(self, day: date) -> Session | None:
        """Return the session held on a day, or None."""
        counted = numbers(self.sessions)
        return next((each for each in self.sessions if each.date == day and each.id in counted), None)

    def session_number(self, session_id: str | None) -> int | None:
        """Return a session's number, or None."""
        return numbers(self.sessions).get(session_id) if session_id else None

    def stages_of(self, area: ProblemArea) -> list[StageChange]:
        """Return the stages judged of a dispute, the latest first."""
        own = [each for each in self.stages if each.problem_area_id == area.id]
        return sorted(own, key=lambda each: (each.on, each.created_at), reverse=True)


def read_course(desk: Desk, client_id: str, course_id: str, today: date) -> CourseReading:
    """Read a course; raises RecordGone where it is no longer there."""
    course, areas = desk.courses.course(course_id), desk.phases.problem_areas(course_id)
    terms = desk.courses.terms_changes(course_id)
    has_other = any(each.protocol != course.protocol for each in terms)
    return CourseReading(
        course=course,
        protocol=desk.courses.protocol_of(course),
        wording=desk.courses.wording(course),
        terms=terms,
        protocol_names=_names(desk, [course.protocol, *(each.protocol for each in terms)]) if has_other else {},
        misfits=desk.courses.misfits(course_id) if has_other else [],
        changes=desk.phases.changes(course_id),
        sessions=desk.sessions.sessions(course_id),
        ticks={each.task: each for each in desk.phases.ticks(course_id)},
        areas=areas,
        stages=desk.phases.stage_changes(course_id),
        people=list(told_apart(desk.circles.people(client_id)).items()),
        works=desk.strategies.of_course(course_id),
        records=desk.area_records.of_areas(areas),
        goals=read_goals(desk, course_id, areas),
        sittings=desk.circles.sittings(course_id),
        papers=desk.documents.of_course(course_id, *COURSE_PAPERS),
        measured=desk.measures.measured(client_id, course_id),
        today=today,
    )


def _names(desk: Desk, hashes: Iterable[str]) -> dict[str, str]:
    """Return what stored protocols are called."""
    known = {}
    for each in hashes:
        with suppress(RecordGone):
            known[each] = _(desk.courses.stored_protocol(each).name)
    return known


def day_words(day: date, today: date) -> str:
    """Return a date in words; the year only where it is another one."""
    return dates.day_words(day) if day.year == today.year else long_day_words(day)


def long_day_words(day: date) -> str:
    """Return a date in words with its year; it never parts at the end of a line."""
    return dates.long_date(day).replace(" ", "\u00a0")


def missed_words(attendance: Attendance | None) -> str:
    """Return why a session did not take place."""
    return {
        Attendance.CANCELLED_BY_CLIENT: _("cancelled by client"),
        Attendance.CANCELLED_BY_THERAPIST: _("cancelled by therapist"),
        Attendance.DID_NOT_COME: _("did not come"),
    }.get(attendance or Attendance.ATTENDED, "")
