"""A result and the measure it was answered with: what its answers come to, and the first and last of several."""

from collections.abc import Sequence
from dataclasses import dataclass

from ipt_desktop.domain.measure import TOTAL, Band, Flag, Measure, Severity
from ipt_desktop.domain.measure_records import MeasureResult
from ipt_desktop.domain.measure_scoring import Result, points_of, score
from ipt_desktop.domain.text import _


@dataclass(frozen=True, slots=True)
class Measured:
    """What was answered on a day, and the measure as it was then; `about` is the name of the person it is about."""

    result: MeasureResult
    measure: Measure
    about: str = ""

    @property
    def name(self) -> str:
        """What it is called: “PHQ-9”, or with whom it is about “ECR-RS about Anna”."""
        return named_about(self.measure, self.about)

    @property
    def scored(self) -> Result:
        """What the answers come to."""
        return score_kept(self.result, self.measure)

    @property
    def band(self) -> Band | None:
        """The band the total lies in; None without a total or without published bands."""
        return None if self.result.total is None else self.measure.band_of(self.result.total)

    @property
    def safety_flags(self) -> tuple[Flag, ...]:
        """The flags that ask for a risk entry."""
        raised = set(self.result.flagged)
        return tuple(each for each in self.measure.flags if each.severity == Severity.SAFETY and str(each.item) in raised)

    @property
    def points(self) -> dict[int, int | None]:
        """What each item counts, by number."""
        return points_of(self.measure, _whole(self.result))

    def score(self, key: str = TOTAL) -> float | None:
        """Return the total, or a subscale or field by its key."""
        return self.result.total if key == TOTAL else self.scored.score(key)


def score_kept(result: MeasureResult, measure: Measure) -> Result:
    """Score what is kept of a measure. Raises Refused for answers it can't have."""
    return score(measure, _whole(result))


def _whole(result: MeasureResult) -> dict[str, float | None]:
    """Return what is kept, whole numbers as such."""
    return {key: int(value) if float(value).is_integer() else value for key, value in result.answers.items()}


def by_measure(measured: Sequence[Measured]) -> dict[tuple[str, str | None], list[Measured]]:
    """Return results by the key of their measure and the id of the person they are about, in their order."""
    found: dict[tuple[str, str | None], list[Measured]] = {}
    for each in measured:
        found.setdefault((each.measure.key, each.result.about_id), []).append(each)
    return found


def named_about(measure: Measure, about: str) -> str:
    """Return a measure's name with that of the person it is about, where it is about one."""
    return _("{measure} about {person}").format(measure=measure.name, person=about) if about else measure.name
