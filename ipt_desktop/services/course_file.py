"""Everything stored of one course of treatment, read at one moment: what a report is assembled from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.form import Form, Means, Option, Purpose
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import (
    Client,
    Course,
    Document,
    Person,
    PhaseChange,
    Practice,
    ProblemArea,
    Session,
    Sitting,
    StageChange,
    TaskTick,
)
from ipt_desktop.domain.rich_text import RichText
from ipt_desktop.domain.treatment_records import Diagnosis, Goal, GoalRating, Medication
from ipt_desktop.domain.wording import Wording
from ipt_desktop.services.course_circles import Circle

if TYPE_CHECKING:
    from ipt_desktop.domain.measure_change import RuleSet
    from ipt_desktop.domain.measured import Measured
    from ipt_desktop.services.desk import Desk
    from ipt_desktop.services.report_kind import About


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was answered, asked by meaning. What is confidential or not part of the record is never given out."""

    form: Form | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)

    def answer(self, means: Means) -> Any:
        """Return the answer with this meaning as it is stored, or None."""
        asked = self.form.field_that_means(means) if self.form else None
        is_kept_back = asked is None or asked.is_off_record or asked.is_confidential
        return None if is_kept_back or asked is None else self.answers.get(asked.key)

    def prose(self, means: Means) -> RichText:
        """Return the words with this meaning; nothing where they are blank."""
        said = self.answer(means)
        blocks = rich_text.from_json(said) if isinstance(said, str | list) else ()
        return () if rich_text.is_blank(blocks) else blocks

    def chosen(self, means: Means, areas: Sequence[Option] = ()) -> list[str]:
        """Return the labels of what was chosen, in the order of the form; `areas` are the protocol's problem areas."""
        asked = self.form.field_that_means(means) if self.form else None
        said = self.answer(means)
        keys = [said] if isinstance(said, str) else said or []
        options = areas if asked and asked.options_from and areas else asked.options if asked else ()
        return [option.label for option in options if option.key in keys]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFile:
    """What is stored of a course. `circles` holds each sitting, the first one first; `notes` are by session id.

    `measured` is what was answered in the course, the earliest first, and `rule_set` what it is read by.

    `earlier` are the protocols it was changed from, the latest first.
    """

    today: date
    practice: Practice
    client: Client
    course: Course
    protocol: Protocol
    earlier: tuple[Protocol, ...] = ()
    sessions: Sequence[Session] = ()
    phase_changes: Sequence[PhaseChange] = ()
    ticks: Sequence[TaskTick] = ()
    areas: Sequence[ProblemArea] = ()
    stages: Sequence[StageChange] = ()
    people: Sequence[Person] = ()
    goals: Sequence[Goal] = ()
    ratings: Sequence[GoalRating] = ()
    diagnoses: Sequence[Diagnosis] = ()
    medications: Sequence[Medication] = ()
    measured: Sequence[Measured] = ()
    rule_set: RuleSet | None = None
    sittings: Sequence[Sitting] = ()
    circles: Sequence[Circle] = ()
    circle_now: Circle | None = None
    notes: Mapping[str, Filled] = field(default_factory=dict)
    formulation: Filled = field(default_factory=Filled)
    ending: Filled = field(default_factory=Filled)
    written: Filled = field(default_factory=Filled)
    """The texts of the report that the therapist has written over what is assembled."""
    naming: Naming = Naming.INITIALS
    addressee: str = ""
    """What other people are called on the paper it is read for, and who keeps the name; "" for the referrer."""

    @property
    def wording(self) -> Wording:
        """What the course's keys are called."""
        return Wording(self.protocol, self.earlier)


def read_course(desk: Desk, course_id: str, today: date) -> CourseFile:
    """Read a course as the last commit left it; raises RecordGone where there is none."""
    with desk.store.read():  # all that follows sees the same commit
        course = desk.courses.course(course_id)
        wording = desk.courses.wording(course)
        sittings = desk.circles.sittings(course_id)
        return CourseFile(
            today=today,
            practice=desk.practice.details(),
            client=desk.clients.client(course.client_id),
            course=course,
            protocol=wording.present,
            earlier=wording.earlier,
            sessions=desk.sessions.sessions(course_id),
            phase_changes=desk.phases.changes(course_id),
            ticks=desk.phases.ticks(course_id),
            areas=desk.phases.problem_areas(course_id),
            stages=desk.phases.stage_changes(course_id),
            people=desk.circles.people(course.client_id),
            goals=desk.goals.goals(course_id),
            ratings=desk.goals.ratings(course_id),
            diagnoses=desk.diagnoses.of_course(course_id),
            medications=desk.medications.of_client(course.client_id),
            measured=desk.measures.measured(course.client_id, course_id),
            rule_set=desk.resources.rule_set(desk.settings.values().rule_set),
            sittings=sittings,
            circle_now=desk.circles.circle(course_id),
            circles=[desk.circles.circle(course_id, each.id) for each in sittings],
            notes={session: filled(desk, note) for session, note in desk.documents.notes(course_id).items()},
            formulation=_first(desk, course_id, Purpose.FORMULATION),
            ending=_first(desk, course_id, Purpose.ENDING),
            written=_first(desk, course_id, Purpose.TERMINATION_SUMMARY),
        )


def read_about(about: About) -> CourseFile:
    """Read the course a report is about, with what people are called in it; raises RecordGone where there is none."""
    file = read_course(about.desk, about.course_id, about.today)
    return replace(file, naming=about.choices.naming, addressee=about.choices.addressee)


def _first(desk: Desk, course_id: str, purpose: Purpose) -> Filled:
    documents = desk.documents.of_course(course_id, purpose)
    return filled(desk, documents[0]) if documents else Filled()


def filled(desk: Desk, document: Document) -> Filled:
    """Return a document with the form it answers."""
    return Filled(desk.documents.form_of(document), document.answers)
