"""What changed on the measures of a course, as far as the suggestions of a protocol ask."""

from collections.abc import Sequence

from ipt_desktop.domain.chart_words import change_told, from_to, medication_told, title_of
from ipt_desktop.domain.measure_change import ChangeKind, RuleSet, is_case
from ipt_desktop.domain.measure_series import Series, series_of
from ipt_desktop.domain.measured import Measured
from ipt_desktop.domain.suggestions import ScoreFact
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Medication


def score_facts(
    measured: Sequence[Measured], rule_set: RuleSet, medications: Sequence[Medication] = ()
) -> tuple[ScoreFact, ...]:
    """Return what changed on each measure given more than once of which it is known what change is reliable.

    What was taken in that time stands beside each, with its dates.

    Where someone was no case at first, or so near the best score that no reliable improvement could be, there is none to tell.
    """
    facts = []
    for series in series_of(measured, rule_set):
        change = series.change
        if change is None or change.kind is None or series.reliable_at is None or not _was_case(series):
            continue
        told = change_told(series, series.last.on)
        words = _("{measure} {scores}, {what}").format(
            measure=title_of(series), scores=from_to(series), what=f"{told.what}{told.rule}"
        )
        taken = medication_told(medications, series.first.on, series.last.on, series.last.on)
        words = _("{change} · {medication}").format(change=words, medication=taken) if taken else words
        facts.append(ScoreFact(words=words, has_improved=change.kind is ChangeKind.IMPROVEMENT))
    return tuple(facts)


def _was_case(series: Series) -> bool:
    scale = series.rule_set.scale(series.measure.key) if series.rule_set else None
    return scale is None or is_case(series.measure, scale, series.first.value)
