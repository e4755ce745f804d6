"""The format of a demo case: one TOML file for each invented client, in `resources/demo/`.

Everything that happens, happens in a session, so a session's table holds its note, the tasks ticked, the phase set and the
circle drawn. Dates are told from today: sessions by week, other days as "days ago". In any text `{s8}` becomes the date of
session 8 of that course, `{d-40}` the date 40 days before today, `{m-40}` the month of that day, `{y-400}` its year.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ipt_desktop.services.definition_source import Source, parse_as


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePerson:
    """Someone in the client's life. `died` is days ago; 0 is living."""

    key: str
    name: str
    relation: str
    angle: int
    initials: str = ""
    words: str = ""
    is_group: bool = False
    is_in_focus: bool = False
    died: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTie:
    """A tie between two people; without `to` it is one with the client. `since` and `until` are days ago (0: no end)."""

    of: str
    to: str = ""
    kind: str
    strength: int = 2
    since: int = 3650
    until: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseArea:
    """A problem area, in order of rank; `agreed` and `ended` are session numbers (0: not ended)."""

    area: str
    about: str
    agreed: int
    person: str = ""
    ended: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGoal:
    """A goal in the client's words, set in a session, of a problem area; with a `person` it points at their arrow.

    `baseline` and `target` are 0–10, -1 where they were not said. `status` is what became of it, in the session `closed`.
    """

    words: str
    session: int
    area: str = ""
    person: str = ""
    baseline: int = -1
    target: int = -1
    evidence: str = ""
    status: str = "open"
    closed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMeasure:
    """A measure given in a course every so many sessions: its answers by the number of the session.

    They are a digit for each item ("332222211"), then named ones ("difficulty=2"); scores are named alone ("total=17").
    """

    measure: str
    every: int = 4
    given: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDiagnosis:
    """A diagnosis made in a session, at the "start" or the "end" of a course: a code of the list, or words of one's own."""

    at: str
    session: int
    code: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMedicine:
    """A medicine; `begun` so many days before the first session, 0 where that is not known.

    One of earlier is told by the years it was `taken`, both counted ("{y-3285}").
    """

    name: str
    dose: str = ""
    prescriber: str = ""
    begun: int = 0
    taken: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDocument:
    """A document that is not a session's note, written on the day of a session, about a person where it says so.

    `form` is the key of its form, where there are several for the purpose, as there are for worksheets. The record of a problem
    area says of which (`area`).
    """

    purpose: str
    session: int
    about: str = ""
    form: str = ""
    area: str = ""
    answers: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """An event told in a session's note, with people by key.

    It was on the last `weekday` before the session ("saturday"), or `on` a date that is counted ("{m-190}"), or as the client
    `told` it ("age 19"). It lasted `until` a date that is counted, where it lasted.
    """

    title: str
    weekday: str = ""
    on: str = ""
    until: str = ""
    told: str = ""
    kind: str = "other"
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSession:
    """A session `week` weeks from the course's week 0; `attendance` "" is one that is planned.

    `circle` puts people by key: felt closeness in hundredths (below 0: outside), `[felt, wanted]`, or "gone"; who is not named
    stands where they stood. `words` are the client's own about where someone stands. `before` is the circle as it was before
    this began, told in this session. `tells` is what was asked about people then, `before_tells` about the time before
    (`services.demo_support`): it stands until another session tells otherwise. `stage` is that of the course's role dispute.
    `works` names by problem area the strategies it worked on, `rates` how far a goal was said to be, by its number from 1.
    `private` is its private page. In a note, `goals` are the numbers of the course's goals.
    """

    week: int
    attendance: str = "attended"
    mode: str = "in_person"
    phase: str = ""
    reason: str = ""
    stage: str = ""
    ticks: tuple[str, ...] = ()
    before: dict[str, Any] = field(default_factory=dict)
    before_tells: dict[str, Any] = field(default_factory=dict)
    circle: dict[str, Any] = field(default_factory=dict)
    words: dict[str, Any] = field(default_factory=dict)
    tells: dict[str, Any] = field(default_factory=dict)
    note: dict[str, Any] = field(default_factory=dict)
    events: tuple[CaseEvent, ...] = ()
    works: dict[str, Any] = field(default_factory=dict)
    rates: dict[str, Any] = field(default_factory=dict)
    private: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCourse:
    """A course. Its week 0 is `days_ago` working days before today, on a weekend before Friday.

    `is_ahead` counts from Monday there instead, for a course whose session of today is still to come. `phase_ends` are the
    last sessions of the phases, where they are not the protocol's.
    """

    planned: int = 16
    phase_ends: tuple[int, ...] = ()
    days_ago: int = 0
    is_ahead: bool = False
    at: str
    frequency: str = ""
    has_ended: bool = False
    areas: tuple[CaseArea, ...] = ()
    diagnoses: tuple[CaseDiagnosis, ...] = ()
    goals: tuple[CaseGoal, ...] = ()
    measures: tuple[CaseMeasure, ...] = ()
    sessions: tuple[CaseSession, ...]
    documents: tuple[CaseDocument, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A client. `birthday_ago` is days ago; `referred_ago` is days before the first session."""

    name: str
    initials: str
    reference: str
    pronouns: str
    age: int
    birthday_ago: int
    status: str = "active"
    phone: str
    email: str
    address: str
    emergency_name: str
    emergency_phone: str
    referred_by: str = ""
    referred_ago: int = 12
    presenting_problem: str
    own_words: str
    people: tuple[CasePerson, ...]
    ties: tuple[CaseTie, ...] = ()
    medicines: tuple[CaseMedicine, ...] = ()
    courses: tuple[CaseCourse, ...]


def cases(folder: Path) -> Iterator[tuple[Case, Source]]:
    """Read every case of a folder, by file name. Raises `DefinitionError`, which names file, line and field."""
    for file in sorted(folder.glob("*.toml")):
        yield parse_as(Case, file.read_text("utf-8"), file.name)
