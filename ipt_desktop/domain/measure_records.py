"""The records of measures: what was answered on a day, and which measures a course gives when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from ipt_desktop.domain.records import new_id, now


class Given(StrEnum):
    """How a measure came in: keyed from paper, answered by the client on the screen, or only its scores."""

    PAPER = "paper"
    SCREEN = "screen"
    SCORES = "scores"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureResult:
    """A measure as it was answered on a day; of a course, and of a session where it was given for one.

    `definition` is the hash of the measure it was answered with, which stays readable whatever becomes of its file. `answers`
    are by the number of the item ("9") or the key of a question or field ("difficulty", "total"); one left out is absent.
    `total` is what scoring made of them, None where they give none; `flagged` are the items or fields that raised a flag.
    It is not counted until it was `finished_at`: until then the client is at it. One that `corrects` another counts in its
    place, for the `reason` said. `risk_entry_id` is where the therapist noted what was asked after a flag. `about_id` is the
    person in the client's life it is about, of a measure that is given for each.
    """

    id: str = field(default_factory=new_id)
    client_id: str
    course_id: str | None = None
    session_id: str | None = None
    measure: str
    definition: str
    on: date
    given: Given
    answers: dict[str, float] = field(default_factory=dict)
    total: float | None = None
    flagged: list[str] = field(default_factory=list)
    finished_at: datetime | None = None
    corrects_id: str | None = None
    reason: str = ""
    risk_entry_id: str | None = None
    created_at: datetime = field(default_factory=now)
    about_id: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """When a measure is given in a course: at intake and every so many sessions, or at the sessions with these numbers.

    `every` is in sessions: 1 is each one, 0 none but those in `at` (1 is the first session, 0 before it).
    """

    measure: str
    every: int = 4
    at: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePlan:
    """Which measures a course gives, and when. A course without one follows the practice's. Its `id` is the course's own."""

    id: str
    measures: tuple[PlannedMeasure, ...] = ()
    changed_at: datetime = field(default_factory=now)


def counted(results: Iterable[MeasureResult]) -> list[MeasureResult]:
    """Return the results that count, in their order: finished, and corrected by none."""
    kept = list(results)
    corrected = {each.corrects_id for each in kept}
    return [each for each in kept if each.finished_at is not None and each.id not in corrected]
