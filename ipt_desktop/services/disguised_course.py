"""A course of treatment in disguise: the file a portfolio is made from holds no name, no address and no real date any more.

What is assembled from it can't give away what is not there. The shift of its dates is drawn from the course's id, which no page
ever shows: it is the same each time, and it is kept nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.circle_naming import Naming, cast_of, pseudonyms
from ipt_desktop.domain.disguise import Alias, Disguise
from ipt_desktop.domain.form import Field, FieldKind, Means, is_blank
from ipt_desktop.domain.records import Client, Course, Person, Practice
from ipt_desktop.domain.shifted_dates import DateShift
from ipt_desktop.domain.treatment_records import Diagnosis, Medication
from ipt_desktop.services.course_circles import Circle
from ipt_desktop.services.course_file import CourseFile, Filled

FEWEST_WEEKS, MOST_WEEKS = 30, 260
"""How far dates are moved back: half a year at least, five years at most."""
OLDEST_TOLD = 89
"""An age above this is told as "over 89": so few reach it that it tells who someone is."""


@dataclass(frozen=True, slots=True)
class Disguised:
    """A course in disguise, with the client's age at its start, and what it was put into it by."""

    file: CourseFile
    disguise: Disguise
    age: int | None


def shift_of(course: Course) -> timedelta:
    """Return by how much a course's dates are moved: whole weeks, back in time, the same each time."""
    drawn = int.from_bytes(hashlib.sha256(f"portfolio/{course.id}".encode()).digest()[:8], "big")
    return -timedelta(weeks=FEWEST_WEEKS + drawn % (MOST_WEEKS - FEWEST_WEEKS))


def disguised_course(file: CourseFile, aliases: Iterable[Alias], *, is_month_first: bool = False) -> Disguised:
    """Put a course into disguise; `aliases` are the therapist's own words for what is to be read otherwise."""
    end = file.course.ended_on or min(file.today, file.course.planned_end or file.today)
    middle = file.course.started_on + (end - file.course.started_on) / 2
    dates = DateShift(shift_of(file.course), middle, is_month_first=is_month_first)
    disguise = Disguise(file.client, file.people, pseudonyms(file.people), aliases, dates)
    return Disguised(_disguised(file, disguise), disguise, age_at(file.client.born_on, file.course.started_on))


def age_at(born_on: date | None, day: date) -> int | None:
    """Return how old someone was on a day, None where that is not known."""
    if born_on is None or born_on > day:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _disguised(file: CourseFile, d: Disguise) -> CourseFile:
    """Make the file anew: what is not put in here, also of what a later edition keeps, does not get out."""
    dates, text = d.dates, d.text
    people = {each.id: each for each in cast_of(file.people, Naming.PSEUDONYMS).people}
    return CourseFile(
        today=dates.day(file.today),
        protocol=file.protocol,
        earlier=file.earlier,
        practice=Practice(
            id=file.practice.id,
            name="",
            therapist=file.practice.therapist,
            profession=file.practice.profession,
            paper=file.practice.paper,
        ),
        client=_client(file.client, d),
        course=replace(
            file.course,
            started_on=dates.day(file.course.started_on),
            planned_end=dates.maybe(file.course.planned_end),
            ended_on=dates.maybe(file.course.ended_on),
        ),
        sessions=[replace(each, date=dates.day(each.date), attendees="", fee="") for each in file.sessions],
        phase_changes=[
            replace(each, on=dates.day(each.on), reason=text(each.reason), review_on=dates.maybe(each.review_on))
            for each in file.phase_changes
        ],
        ticks=[replace(each, on=dates.day(each.on)) for each in file.ticks],
        areas=[
            replace(
                each,
                about=text(each.about),
                agreed_on=dates.maybe(each.agreed_on),
                ended_on=dates.maybe(each.ended_on),
            )
            for each in file.areas
        ],
        stages=[replace(each, on=dates.day(each.on)) for each in file.stages],
        people=list(people.values()),
        goals=[
            replace(
                each,
                words=text(each.words),
                evidence=text(each.evidence),
                set_on=dates.day(each.set_on),
                closed_on=dates.maybe(each.closed_on),
            )
            for each in file.goals
        ],
        ratings=[replace(each, on=dates.day(each.on)) for each in file.ratings],
        sittings=[replace(each, date=dates.day(each.date), name=text(each.name)) for each in file.sittings],
        circles=[_circle(each, people, d) for each in file.circles],
        circle_now=_circle(file.circle_now, people, d) if file.circle_now else None,
        notes={session: _filled(each, d, only_choices=True) for session, each in file.notes.items()},
        formulation=_filled(file.formulation, d),
        ending=_filled(file.ending, d),
    )


def _client(client: Client, d: Disguise) -> Client:
    return Client(
        id=client.id,
        name=d.client_called,
        pronouns=client.pronouns,
        presenting_problem=d.text(client.presenting_problem),
        own_words=d.text(client.own_words),
    )


def _circle(circle: Circle, people: Mapping[str, Person], d: Disguise) -> Circle:
    sitting = circle.sitting
    return Circle(
        sitting=replace(sitting, date=d.dates.day(sitting.date), name=d.text(sitting.name)) if sitting else None,
        people=[people[each.id] for each in circle.people if each.id in people],
        placements={key: replace(each, words=d.text(each.words)) for key, each in circle.placements.items()},
    )


def _filled(filled: Filled, d: Disguise, *, only_choices: bool = False) -> Filled:
    """Return a form's answers in disguise; what can't be put into one is left out."""
    if filled.form is None:
        return filled
    said = {each.key: _answer(each, filled.answers.get(each.key), d, only_choices) for each in filled.form.fields}
    return Filled(filled.form, {key: answer for key, answer in said.items() if not is_blank(answer)})


def _answer(asked: Field, answer: Any, d: Disguise, only_choices: bool) -> Any:
    if asked.is_off_record or asked.is_confidential or is_blank(answer):
        return None
    match asked.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES | FieldKind.SCALE | FieldKind.TICK:
            return answer
        case FieldKind.PROSE if not only_choices:
            return rich_text.to_json(d.rich(rich_text.from_json(answer)))
        case FieldKind.LINE if not only_choices:
            return d.text(str(answer))
        case FieldKind.DATE if not only_choices:
            return d.dates.when(str(answer))
    return None


def diagnosis_in_disguise(diagnosis: Diagnosis, d: Disguise) -> str:
    """Return a diagnosis as a portfolio tells it: its code, and its words in disguise; not the release of the code list."""
    return f"{diagnosis.code} {d.text(diagnosis.words)}".strip()


def medication_in_disguise(medication: Medication, d: Disguise) -> Medication:
    """Return a medicine with its dates moved, and without who prescribed it or what was noted about it."""
    return replace(
        medication,
        name=d.text(medication.name),
        dose=d.text(medication.dose),
        prescriber="",
        note="",
        begun=d.dates.when(medication.begun),
        ended=d.dates.when(medication.ended),
    )


def aliases_in(filled: Filled) -> list[Alias]:
    """Return the words that the therapist has listed to be read otherwise."""
    rows = filled.answer(Means.REPLACED_WORDS)
    told = [each for each in rows if isinstance(each, Mapping)] if isinstance(rows, list) else []
    return [Alias(str(each.get("words", "")), str(each.get("instead", ""))) for each in told if each.get("words")]
