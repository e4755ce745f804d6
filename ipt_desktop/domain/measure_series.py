"""One score of a client over time: the results, what its numbers mean, and what its change counts for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ipt_desktop.domain.measure import TOTAL, Band, Measure
from ipt_desktop.domain.measure_change import Change, RuleSet, Threshold, change_of, threshold_of
from ipt_desktop.domain.measured import Measured, by_measure
from ipt_desktop.domain.measured_words import are_alike


@dataclass(frozen=True, slots=True)
class Result:
    """A score on a day, of a session where it was given for one; `id` is that of what was answered."""

    id: str
    on: date
    value: float
    session_id: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The results of one score, the earliest first: the total of a measure, or a subscale by its key.

    `measure` is the one last answered. `is_alike` says whether all were answered on the same version, so that they compare.
    Of a measure that is given for each person it is about one of them: `about_id`, and `about` by name.
    """

    measure: Measure
    score: str
    results: tuple[Result, ...]
    rule_set: RuleSet | None = None
    is_alike: bool = True
    about_id: str = ""
    about: str = ""

    @property
    def key(self) -> str:
        """What it is called among others: "phq-9", "dass-21:stress", "ecr-rs:anxiety:" and whom it is about."""
        parts = (self.measure.key, self.score if self.score != TOTAL else "", self.about_id)
        return ":".join(each for each in parts if each)

    @property
    def first(self) -> Result:
        """The result everything is compared with."""
        return self.results[0]

    @property
    def last(self) -> Result:
        """The latest result."""
        return self.results[-1]

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest it can be; of several versions, all that was."""
        lowest, highest = self.measure.range_of(self.score)
        values = [each.value for each in self.results]
        return min(lowest, *values), max(highest, *values)

    @property
    def bands(self) -> tuple[Band, ...]:
        """The bands that may be shown as a fact: all of them, or none."""
        bands = self.measure.bands_of(self.score)
        return bands if all(each.is_verified for each in bands) else ()

    @property
    def cutoff(self) -> float | None:
        """The cut-off of the rule set, where it has one that is verified."""
        scale = self.rule_set.scale(self.measure.key) if self.rule_set and self.score == TOTAL else None
        return scale.cutoff if scale is not None and scale.is_verified else None

    @property
    def threshold(self) -> Threshold | None:
        """From which change on it counts, where that may be said as a fact; an estimate says that it is one."""
        known = threshold_of(self.measure, self.rule_set, self.score)
        return known if known is not None and known.is_verified else None

    @property
    def change(self) -> Change | None:
        """What changed from the first to the last result; None with fewer than two, or where they don't compare."""
        if len(self.results) < 2 or not self.is_alike:
            return None
        change = change_of(self.measure, self.rule_set, self.first.value, self.last.value, self.score)
        return change if self.threshold is not None else Change(first=change.first, last=change.last, threshold=None, kind=None)

    @property
    def reliable_at(self) -> float | None:
        """From which score on a change for the better counts; None where that lies beyond the range."""
        if self.threshold is None or not self.is_alike:
            return None
        lowest, highest = self.measure.range_of(self.score)
        better = 1 if self.measure.is_higher_better else -1
        at = round(self.first.value + better * self.threshold.value, 2)
        return at if lowest <= at <= highest else None

    def band_of(self, value: float) -> Band | None:
        """Return the band of a score, where that may be shown as a fact."""
        return self.measure.band_of(value, self.score) if self.bands else None


def series_of(measured: Iterable[Measured], rule_set: RuleSet | None) -> list[Series]:
    """Return a series for each measure that was given, and for each person it is about, in the order they are offered.

    It is of the total, or where there is none one of each of its scores.
    """
    found = []
    for results in by_measure(sorted(measured, key=lambda each: (each.result.on, each.result.created_at))).values():
        measure = results[-1].measure
        keys = (TOTAL,) if measure.has_total else measure.score_keys
        found += [made for key in keys if (made := _series(measure, key, results, rule_set)) is not None]
    return sorted(found, key=lambda each: (each.measure.order, each.measure.key))


def _series(measure: Measure, key: str, measured: Sequence[Measured], rule_set: RuleSet | None) -> Series | None:
    known = [(each, each.score(key)) for each in measured]
    results = tuple(
        Result(each.result.id, each.result.on, value, each.result.session_id) for each, value in known if value is not None
    )
    if not results:
        return None
    alike = all(are_alike(each, measured[-1]) for each, value in known if value is not None)
    last = measured[-1]
    return Series(measure, key, results, rule_set, is_alike=alike, about_id=last.result.about_id or "", about=last.about)
