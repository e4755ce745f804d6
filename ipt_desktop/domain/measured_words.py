"""Results in words, the same in the strip, in notes and on paper: a score with its band, where that is verified."""

from collections.abc import Iterable, Sequence

from ipt_desktop.domain.measure import TOTAL, Band
from ipt_desktop.domain.measure_change import RuleSet, change_of
from ipt_desktop.domain.measure_words import kind_words, said_score
from ipt_desktop.domain.measured import Measured
from ipt_desktop.domain.text import _


def known_band(measured: Measured, key: str = TOTAL) -> Band | None:
    """Return the band a score lies in, where it may be said as a fact."""
    score = measured.score(key)
    band = measured.measure.band_of(score, key) if score is not None else None
    return band if band is not None and band.is_verified else None


def scores_words(measured: Measured) -> str:
    """Return the total, else the subscales, each with its band: "11, moderate", "depression 12, anxiety 8"."""
    measure = measured.measure
    if measured.result.total is not None:
        band = known_band(measured)
        words = said_score(measured.result.total)
        return _("{score}, {band}").format(score=words, band=_(band.label)) if band else words
    told = [(key, measured.score(key)) for key in measure.score_keys if key != TOTAL]
    said = [f"{_(measure.label_of(key))} {said_score(score)}" for key, score in told if score is not None]
    return ", ".join(said) or _("no total")


def in_short(measured: Iterable[Measured]) -> str:
    """Return results in a line: "PHQ-9 11, moderate · GAD-7 9, mild"."""
    return " · ".join(f"{each.name} {scores_words(each)}" for each in measured)


def from_to(first: Measured, last: Measured) -> str:
    """Return "18 → 11", or the one score there is."""
    then, now = first.result.total, last.result.total
    if now is None:
        return ""
    if then is None or first.result.id == last.result.id:
        return said_score(now)
    return _("{first} → {last}").format(first=said_score(then), last=said_score(now))


def change_in_words(first: Measured, last: Measured, rule_set: RuleSet | None) -> str:
    """Return what the change from one total to another counts for: "reliable improvement on the PHQ-9"; else "".

    Only by a threshold that may be said as a fact; an estimate says that it is one.
    """
    then, now = first.result.total, last.result.total
    if then is None or now is None or not are_alike(first, last):
        return ""
    change = change_of(last.measure, rule_set, then, now)
    if change.kind is None or change.threshold is None or not change.threshold.is_verified:
        return ""
    words = _("{kind} on the {measure}").format(kind=kind_words(change.kind, change.threshold), measure=last.measure.name)
    return _("{words} (estimated)").format(words=words) if change.threshold.is_estimated else words


def are_alike(first: Measured, last: Measured) -> bool:
    """Whether two results of a measure can be compared: of the same version, on the same range, about the same person."""
    one, other = first.measure, last.measure
    are_about_one = first.result.about_id == last.result.about_id
    return are_about_one and (one.key, one.version, one.range_of()) == (other.key, other.version, other.range_of())


def first_alike(measured: Sequence[Measured], last: Measured) -> Measured | None:
    """Return the earliest result of a measure in the same course that a later one can be compared with; None without one."""
    for each in measured:
        if each.result.id == last.result.id:
            return None
        if (
            each.result.course_id == last.result.course_id
            and each.result.measure == last.result.measure
            and are_alike(each, last)
        ):
            return each
    return None
