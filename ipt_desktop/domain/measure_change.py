"""What a change of scores counts for: by a rule set, by the measure's own published value, or by an estimate that says so.

Of one scale it is a reliable improvement, a reliable deterioration or neither. Recovery is said of a whole rule set at the
end of treatment: a case on any of its scales at first, on none at last. Nothing is foretold.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import sqrt

from ipt_desktop.domain.measure import TOTAL, Measure, Norms, Sourced


class ChangeKind(StrEnum):
    """Whether a change is larger than error of measurement."""

    IMPROVEMENT = "improvement"
    DETERIORATION = "deterioration"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleScale(Sourced):
    """A scale of a rule set: from `cutoff` on (below it, where higher is better) someone is a case; `change` is reliable."""

    measure: str
    cutoff: float
    change: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The rules one practice says its numbers by. `short` is how it is called in a sentence; `recovery` its rule in words."""

    key: str
    name: str
    short: str
    source: str
    recovery: str
    scales: tuple[RuleScale, ...]

    def scale(self, measure: str) -> RuleScale | None:
        """Return its scale for the measure with this key."""
        return next((each for each in self.scales if each.measure == measure), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSets:
    """The format of a file of rule sets; the first is the usual one."""

    rule_sets: tuple[RuleSet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(Sourced):
    """From which change on it counts. `by` is whose it is, in a word; `word` what it is called where that isn't *reliable*."""

    value: float
    by: str = ""
    word: str = ""
    is_estimated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From one score to another. `kind` is None where no threshold is known."""

    first: float
    last: float
    threshold: Threshold | None
    kind: ChangeKind | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What a rule set says at the end of treatment. `has_recovered` is None where a score that it needs is missing.

    `were_cases` and `are_cases` are the keys of its measures, `missing` those without a score at first or at last.
    """

    were_cases: tuple[str, ...]
    are_cases: tuple[str, ...]
    missing: tuple[str, ...]
    has_recovered: bool | None


END = timedelta(weeks=4)
"""A score is one of the end of treatment when it is no older than this at its end: our choice, no source says how old."""


@dataclass(frozen=True, slots=True)
class Ends:
    """The first total of a measure in a course and another, the last one, with its day."""

    measure: Measure
    first: float
    last: float
    last_on: date


def threshold_of(measure: Measure, rule_set: RuleSet | None, key: str = TOTAL) -> Threshold | None:
    """Return from which change on a score's change counts: by the rule set, else as published, else estimated.

    Thresholds are of totals; a subscale has none.
    """
    if key != TOTAL:
        return None
    scale = rule_set.scale(measure.key) if rule_set else None
    if rule_set and scale:
        return Threshold(value=scale.change, by=rule_set.short, source=scale.source, is_unverified=scale.is_unverified)
    known, norms = measure.reliable_change, measure.norms
    if known is not None:
        return Threshold(
            value=known.value, by=known.by, word=known.word, source=known.source, is_unverified=known.is_unverified
        )
    if norms is None:
        return None
    value = estimated_change(norms)
    return Threshold(value=value, is_estimated=True, source=norms.source, is_unverified=norms.is_unverified)


def estimated_change(norms: Norms) -> float:
    """Return the reliable change index of 95 %: 1.96 · SD · √2 · √(1 − α) (Jacobson & Truax 1991)."""
    return 1.96 * norms.sd * sqrt(2) * sqrt(1 - norms.alpha)


def change_of(measure: Measure, rule_set: RuleSet | None, first: float, last: float, key: str = TOTAL) -> Change:
    """Return what a change from the first to the last score counts for."""
    threshold = threshold_of(measure, rule_set, key)
    kind = None
    if threshold is not None:
        gain = last - first if measure.is_higher_better else first - last
        is_large = round(abs(gain), 6) >= threshold.value  # prorated totals are thirds and ninths
        kind = ChangeKind.NONE if not is_large else ChangeKind.IMPROVEMENT if gain > 0 else ChangeKind.DETERIORATION
    return Change(first=first, last=last, threshold=threshold, kind=kind)


def is_case(measure: Measure, scale: RuleScale, total: float) -> bool:
    """Whether a total lies on the clinical side of a rule set's cut-off."""
    return total < scale.cutoff if measure.is_higher_better else total >= scale.cutoff


def recovery_by(
    rule_set: RuleSet, measures: Mapping[str, Measure], first: Mapping[str, float], last: Mapping[str, float]
) -> Recovery:
    """Return what a rule set says of recovery, from the first and last totals by the keys of measures."""
    were: list[str] = []
    are: list[str] = []
    missing: list[str] = []
    for scale in rule_set.scales:
        measure, then, now = measures.get(scale.measure), first.get(scale.measure), last.get(scale.measure)
        if measure is None or then is None or now is None:
            missing.append(scale.measure)
        if measure is not None and then is not None and is_case(measure, scale, then):
            were.append(scale.measure)
        if measure is not None and now is not None and is_case(measure, scale, now):
            are.append(scale.measure)
    return Recovery(
        were_cases=tuple(were),
        are_cases=tuple(are),
        missing=tuple(missing),
        has_recovered=_has_recovered(rule_set, first, last, bool(were), bool(are)),
    )


def recovery_at_end(rule_set: RuleSet, told: Iterable[Ends], ended_on: date | None) -> Recovery | None:
    """Return what a rule set says of a course at its end; None before, and where a scale of the set is not verified.

    It needs two results of a scale, the last one of the end of treatment (`END`).
    """
    if ended_on is None or not all(each.is_verified for each in rule_set.scales):
        return None
    known = {each.measure.key: each for each in told}
    late = {key: each.last for key, each in known.items() if each.last_on >= ended_on - END}
    return recovery_by(
        rule_set,
        {key: each.measure for key, each in known.items()},
        {key: each.first for key, each in known.items()},
        late,
    )


def _has_recovered(
    rule_set: RuleSet, first: Mapping[str, float], last: Mapping[str, float], was_case: bool, is_one: bool
) -> bool | None:
    """Whoever is a case at last, or was none at first, has not recovered; else every scale is needed at last."""
    if is_one:
        return False
    if not was_case:
        return False if all(each.measure in first for each in rule_set.scales) else None
    return True if all(each.measure in last for each in rule_set.scales) else None


def has_responded(measure: Measure, first: float, last: float) -> bool | None:
    """Whether the total got better by as much of the first as a response takes; None where that is not defined, or from 0.

    Percents are of the distance to the score that is best.
    """
    if measure.response is None:
        return None
    best = measure.range_of()[1] if measure.is_higher_better else measure.range_of()[0]
    distance = abs(first - best)
    gain = last - first if measure.is_higher_better else first - last
    return gain * 100 >= measure.response.percent * distance if distance else None


def is_in_remission(measure: Measure, total: float) -> bool | None:
    """Whether a total meets the measure's line of remission; None where it has none that is verified."""
    from ipt_desktop.domain.measure_scoring import meets

    line = next((each for each in measure.cutoffs if each.is_remission and each.is_verified), None)
    return None if line is None else meets(total, line.op, line.value)
