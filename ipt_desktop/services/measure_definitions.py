"""From a TOML file to a measure, with errors that name file, line and field.

The dataclasses of `domain.measure` are the format. What types can't say is checked after reading: that items are numbered,
their answers rise, totals and bands fit them, and flags, cut-offs and rules are about something that is there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ipt_desktop.domain.measure import (
    SYMPTOMS,
    TOTAL,
    Band,
    Direction,
    Measure,
    MeasureKind,
    Method,
    Option,
    Respondent,
    Severity,
    Subscale,
)
from ipt_desktop.domain.measure_scoring import OPERATORS
from ipt_desktop.domain.text import _
from ipt_desktop.services.definition_source import (
    Source,
    check_key,
    check_keys,
    check_one_of,
    check_range,
    check_words,
    parse_as,
)
from ipt_desktop.services.toml_lines import Place

MOST_DECIMALS, MOST_STEP, OLDEST = 4, 100, 120


def parse_measure(text: str, file: str) -> Measure:
    """Read a measure. Raises `DefinitionError`."""
    measure, source = parse_as(Measure, text, file)
    check_key(measure.key, (), source)
    check_words(measure, (), source)
    for name, known in (("kind", MeasureKind), ("respondent", Respondent), ("higher_is", Direction), ("method", Method)):
        check_one_of(getattr(measure, name), known, (name,), source)
    _check_kind(measure, source)
    if measure.has_items:
        _check_items(measure, source)
    else:
        _check_fields(measure, source)
    for number, subscale in enumerate(measure.subscales):
        _check_subscale(measure, subscale, ("subscales", number), source)
    _check_scores(measure, source)
    if measure.bands:
        _check_bands(measure.bands, measure.range_of(), ("bands",), source)
    _check_lines(measure, source)
    _check_flags(measure, source)
    _check_change(measure, source)
    return measure


def as_supplied(measure: Measure) -> Measure:
    """Return a therapist's own measure as one: what may be done with it is between them and its owner."""
    return replace(measure, kind=MeasureKind.USER_SUPPLIED)


def _check_kind(measure: Measure, source: Source) -> None:
    """Refuse a measure with both items and fields or neither, and words of the questionnaire where only scores may be."""
    if measure.items and measure.fields:
        source.refuse(("fields",), _("a measure has items that are answered or fields for finished scores, not both"))
    if not measure.items and not measure.fields:
        source.refuse(("items",), _("a measure needs items, or fields for finished scores"))
    if measure.kind == MeasureKind.FULL and measure.fields:
        source.refuse(("kind",), _("a measure in full has items"))
    for name in ("items", "instructions", "stem", "options", "extra"):
        if measure.kind == MeasureKind.SCORE_ONLY and getattr(measure, name):
            source.refuse((name,), _("a measure of scores alone has no words of the questionnaire"))


def _check_items(measure: Measure, source: Source) -> None:
    for number, item in enumerate(measure.items):
        here: Place = ("items", number)
        if item.number != number + 1:
            source.refuse((*here, "number"), _("item {number} is expected here").format(number=number + 1))
        if item.options or not measure.options:
            _check_options(item.options, (*here, "options"), source)
        check_range(item.weight, 1, 100, (*here, "weight"), source)
        if item.skip_if is not None and item.skip_if.item not in range(1, item.number):
            source.refuse((*here, "skip_if", "item"), _("an item before this one is expected here"))
    if measure.options:
        _check_options(measure.options, ("options",), source)
    check_range(measure.missing.most, 0, len(measure.items) - 1, ("missing", "most"), source)
    every = tuple(each.number for each in measure.items)
    weighted = measure.method == Method.SUM
    _check_ends((measure.lowest, measure.highest), _ends(measure, every, measure.method, weighted=weighted), (), source)
    check_keys(("extra",), [each.key for each in measure.extra], source)
    for number, question in enumerate(measure.extra):
        _check_options(question.options, ("extra", number, "options"), source)
        if question.required_if is not None:
            place: Place = ("extra", number, "required_if")
            check_one_of(question.required_if.op, OPERATORS, (*place, "op"), source)
            check_one_of(question.required_if.on, measure.score_keys, (*place, "on"), source)


def _check_options(options: Sequence[Option], place: Place, source: Source) -> None:
    if len(options) < 2:
        source.refuse(place, _("there must be at least two answers"))
    for number, (before, after) in enumerate(pairwise(options), start=1):
        if after.value <= before.value:
            source.refuse((*place, number, "value"), _("answers stand in the order of their values, the lowest first"))


def _ends(measure: Measure, items: Iterable[int], method: str, *, weighted: bool = False) -> tuple[float, float]:
    """Return the lowest and the highest that items come to."""
    asked = [measure.items[number - 1] for number in items]
    options = [measure.options_of(each) for each in asked]
    weights = [each.weight if weighted else 1 for each in asked]
    low = sum(each[0].value * weight for each, weight in zip(options, weights, strict=True))
    high = sum(each[-1].value * weight for each, weight in zip(options, weights, strict=True))
    return (low / len(asked), high / len(asked)) if method == Method.MEAN else (low, high)


def _check_ends(told: tuple[float, float], expected: tuple[float, float], place: Place, source: Source) -> None:
    for name, value, end in zip(("lowest", "highest"), told, expected, strict=True):
        if value != end:
            source.refuse((*place, name), _("{number} is expected here: what the answers come to").format(number=f"{end:g}"))


def _check_fields(measure: Measure, source: Source) -> None:
    for name in ("subscales", "rules", "lowest", "highest"):
        if getattr(measure, name):
            source.refuse((name,), _("this is for a measure that has items; the fields say it here"))
    for number, field in enumerate(measure.fields):
        here: Place = ("fields", number)
        if field.lowest >= field.highest:
            source.refuse((*here, "highest"), _("the highest value must be above the lowest"))
        check_range(field.decimals, 0, MOST_DECIMALS, (*here, "decimals"), source)
        check_range(field.step, 1, MOST_STEP, (*here, "step"), source)
        if field.item < 0 or (field.item and field.key == TOTAL):
            source.refuse((*here, "item"), _("the number of an item is expected here"))
        if field.bands:
            _check_bands(field.bands, (field.lowest, field.highest), (*here, "bands"), source)


def _check_subscale(measure: Measure, subscale: Subscale, here: Place, source: Source) -> None:
    _check_known(subscale.items, len(measure.items), (*here, "items"), source)
    check_one_of(subscale.method, Method, (*here, "method"), source)
    check_range(subscale.factor, 1, 100, (*here, "factor"), source)
    low, high = _ends(measure, subscale.items, subscale.method)
    told = subscale.lowest, subscale.highest
    _check_ends(told, (low * subscale.factor, high * subscale.factor), here, source)
    if subscale.bands:
        _check_bands(subscale.bands, told, (*here, "bands"), source)


def _check_known(items: Sequence[int], count: int, place: Place, source: Source) -> None:
    """Refuse a list of items that is empty, or names one twice or one that there isn't."""
    if not items:
        source.refuse(place, _("at least one item is needed here"))
    for number, item in enumerate(items):
        check_range(item, 1, count, (*place, number), source)
        if item in items[:number]:
            source.refuse((*place, number), _("item {number} stands here twice").format(number=item))


def _check_scores(measure: Measure, source: Source) -> None:
    """Refuse scores of one key: cut-offs and results tell them apart by it."""
    for name in ("subscales", "fields"):
        keys = [each.key for each in getattr(measure, name)]
        check_keys((name,), keys, source)
        reserved = (SYMPTOMS,) if name == "fields" else (SYMPTOMS, TOTAL)
        for number, key in enumerate(keys):
            if key in reserved:
                source.refuse((name, number, "key"), _("“{key}” is a key of the program").format(key=key))


def _check_bands(bands: Sequence[Band], ends: tuple[float, float], place: Place, source: Source) -> None:
    """Refuse bands that leave a gap, overlap, or don't reach from end to end."""
    if bands[0].lowest != ends[0]:
        source.refuse((*place, 0, "lowest"), _("the first band begins with {number}").format(number=f"{ends[0]:g}"))
    for number, band in enumerate(bands):
        if band.highest < band.lowest:
            source.refuse((*place, number, "highest"), _("the highest value can’t be below the lowest"))
        if number and not bands[number - 1].highest < band.lowest <= bands[number - 1].highest + 1:
            source.refuse((*place, number, "lowest"), _("a band begins where the one before it ends"))
    if bands[-1].highest != ends[1]:
        source.refuse((*place, len(bands) - 1, "highest"), _("the last band ends with {number}").format(number=f"{ends[1]:g}"))


def _check_lines(measure: Measure, source: Source) -> None:
    check_keys(("cutoffs",), [each.key for each in measure.cutoffs], source)
    has_symptoms = bool(measure.symptom_at or any(each.symptom_at for each in measure.items))
    known = (*measure.score_keys, *(each.key for each in measure.fields if each.item), *([SYMPTOMS] if has_symptoms else ()))
    for number, cutoff in enumerate(measure.cutoffs):
        check_one_of(cutoff.op, OPERATORS, ("cutoffs", number, "op"), source)
        check_one_of(cutoff.on, known, ("cutoffs", number, "on"), source)
    check_keys(("rules",), [each.key for each in measure.rules], source)
    for number, rule in enumerate(measure.rules):
        here: Place = ("rules", number)
        if not has_symptoms:
            source.refuse(here, _("a rule counts symptoms: say from which answer on one counts (symptom_at)"))
        for at, need in enumerate(rule.needs):
            _check_known(need.items, len(measure.items), (*here, "needs", at, "items"), source)


def _check_flags(measure: Measure, source: Source) -> None:
    known = {each.number for each in measure.items} | {each.item for each in measure.fields if each.item}
    for number, flag in enumerate(measure.flags):
        here: Place = ("flags", number)
        if flag.item not in known:
            source.refuse((*here, "item"), _("there is no item {number}").format(number=flag.item))
        check_one_of(flag.op, OPERATORS, (*here, "op"), source)
        check_one_of(flag.severity, Severity, (*here, "severity"), source)


def _check_change(measure: Measure, source: Source) -> None:
    change = measure.reliable_change
    if change is not None and change.value <= 0:
        source.refuse(("reliable_change", "value"), _("a change is a number above 0, up or down alike"))
    if measure.response is not None:
        check_range(measure.response.percent, 1, 100, ("response", "percent"), source)
    if measure.norms is not None and measure.norms.sd <= 0:
        source.refuse(("norms", "sd"), _("a number above 0 is expected here"))
    if measure.norms is not None and not 0 < measure.norms.alpha < 1:
        source.refuse(("norms", "alpha"), _("a number between 0 and 1 is expected here"))
    for name in ("youngest", "oldest"):
        check_range(getattr(measure.age, name), 0, OLDEST, ("age", name), source)
    if 0 < measure.age.oldest < measure.age.youngest:
        source.refuse(("age", "oldest"), _("the oldest can’t be younger than the youngest"))
