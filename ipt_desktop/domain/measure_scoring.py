"""From answers to scores: pure, and the same wherever a measure is scored.

Answers are as ticked: the first item's first, or by the numbers of the items ("9"); what is missing is None or left out. Where
only scores are known, they are told by the keys of their fields ("total").
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.measure import (
    SYMPTOMS,
    TOTAL,
    Band,
    Cutoff,
    ExtraQuestion,
    Flag,
    Item,
    Measure,
    Method,
    Rule,
    ScoreField,
)
from ipt_desktop.domain.text import _, ngettext

Answers = Sequence[int | None] | Mapping[str, float | None]
"""The answers to all items in their order; or by key: of items their numbers, of scores those of `Measure.entered`.

By key there may also be answers to the questions that are not scored.
"""

OPERATORS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "=": operator.eq,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What answers come to. Flags are raised also where there is no total.

    `missing` are the numbers of items, or keys of fields, that were needed and not answered. `subscales` has those that can be
    scored, by key. Where it is not scorable there is no total, no band, no cut-off and no rule.
    """

    is_scorable: bool
    total: float | None = None
    band: Band | None = None
    subscales: Mapping[str, float] = field(default_factory=dict)
    cutoffs: tuple[Cutoff, ...] = ()
    rules: tuple[Rule, ...] = ()
    flags: tuple[Flag, ...] = ()
    missing: tuple[int | str, ...] = ()
    is_prorated: bool = False

    def score(self, key: str = TOTAL) -> float | None:
        """Return the total or a subscale."""
        return self.total if key == TOTAL else self.subscales.get(key)


def score(measure: Measure, answers: Answers) -> Result:
    """Score a measure. Raises Refused, which names the item or field and what is allowed there."""
    if not isinstance(answers, Mapping):
        return _score_items(measure, answers)
    extra = {each.key for each in measure.extra}
    check_extra(measure, {key: value for key, value in answers.items() if key in extra})
    asked = {key: value for key, value in answers.items() if key not in extra}
    if not measure.has_items or any(each in asked for each in measure.score_keys):
        return _score_entered(measure, asked)
    numbers = [str(each.number) for each in measure.items]
    _check_known(measure, asked, numbers)
    return _score_items(measure, [asked.get(each) for each in numbers])


def points_of(measure: Measure, answers: Mapping[str, float | None]) -> dict[int, int | None]:
    """Return by number what each item counts: turned round where it is reversed, 0 where it may be blank, None where missing.

    Raises Refused as `score` does.
    """
    given = _checked(measure, [answers.get(str(each.number)) for each in measure.items])
    return {item.number: _points(measure, item, answer, given) for item, answer in zip(measure.items, given, strict=True)}


def passed_over(measure: Measure, answers: Mapping[str, float | None]) -> frozenset[str]:
    """Return the keys of the items that are not asked as the answers stand: another answer rules them out."""
    skips = ((str(each.number), each.skip_if) for each in measure.items)
    return frozenset(key for key, skip in skips if skip is not None and answers.get(str(skip.item)) == skip.value)


def meets(value: float, op: str, limit: float) -> bool:
    """Tell whether a value is on that side of a limit."""
    return OPERATORS[op](value, limit)


def is_asked(question: ExtraQuestion, result: Result) -> bool:
    """Whether a question beside the items is to be asked, as the answers stand."""
    needed = question.required_if
    if needed is None:
        return True
    value = result.score(needed.on)
    return value is not None and meets(value, needed.op, needed.value)


def check_extra(measure: Measure, answers: Mapping[str, float | None]) -> None:
    """Check the answers to the questions that are not scored, by their keys. Raises Refused."""
    known = {each.key: each for each in measure.extra}
    for key, value in answers.items():
        if key not in known:
            raise Refused(reason=_("The {measure} has no question “{key}”.").format(measure=measure.name, key=key))
        allowed = [each.value for each in known[key].options]
        if value is not None and (type(value) is not int or value not in allowed):
            reason = _("“{topic}” on the {measure} takes {allowed}, not {value}.")
            topic = known[key].topic or key
            raise Refused(reason=reason.format(topic=topic, measure=measure.name, allowed=_listed(allowed), value=value))


def _score_items(measure: Measure, given: Sequence[float | None]) -> Result:
    answers = _checked(measure, given)
    counted: dict[int, int | None] = {}  # each item's points; None where they are missing
    for item, answer in zip(measure.items, answers, strict=True):
        counted[item.number] = _points(measure, item, answer, answers)
    missing = tuple(number for number, points in counted.items() if points is None)
    flags = _flags(measure, {item.number: answer for item, answer in zip(measure.items, answers, strict=True)})
    subscales = {
        each.key: _sum_or_mean([counted[number] for number in each.items], each.method) * each.factor
        for each in measure.subscales
        if None not in [counted[number] for number in each.items]
    }
    if len(missing) > measure.missing.most:
        return Result(is_scorable=False, subscales=subscales, flags=flags, missing=missing)
    weights = {each.number: each.weight for each in measure.items}
    total: float = sum(points * weights[number] for number, points in counted.items() if points is not None)
    if missing or measure.method == Method.MEAN:
        total /= sum(weights[number] for number, points in counted.items() if points is not None)
    if missing and measure.method == Method.SUM:
        total *= sum(weights.values())
    symptoms = _symptoms(measure, answers)
    return Result(
        is_scorable=True,
        total=total,
        band=measure.band_of(total),
        subscales=subscales,
        cutoffs=_cutoffs(measure, {TOTAL: total, SYMPTOMS: len(symptoms), **subscales}),
        rules=() if missing else tuple(each for each in measure.rules if _is_met(each, symptoms)),
        flags=flags,
        missing=missing,
        is_prorated=bool(missing),
    )


def _checked(measure: Measure, given: Sequence[float | None]) -> list[int | None]:
    """Return the answers. Refuse them where they are not one for each item, or one is none that its item has."""
    if not measure.items:
        reason = _("The scores of the {measure} are entered, not its answers.")
        raise Refused(reason=reason.format(measure=measure.name))
    if len(given) != len(measure.items):
        raise Refused(reason=_wrong_length(measure, len(given)))
    usual = [each.value for each in measure.options]
    answers: list[int | None] = []
    for item, answer in zip(measure.items, given, strict=True):
        if answer is None:
            answers.append(None)
            continue
        allowed = [each.value for each in item.options] if item.options else usual
        if type(answer) is not int or answer not in allowed:
            reason = _("Item {number} of the {measure} takes {allowed}, not {value}.")
            named = reason.format(number=item.number, measure=measure.name, allowed=_listed(allowed), value=answer)
            raise Refused(reason=named)
        answers.append(answer)
    return answers


def _wrong_length(measure: Measure, given: int) -> str:
    words = ngettext(
        "The {measure} has {items} items, and {count} answer was given. A blank one counts too.",
        "The {measure} has {items} items, and {count} answers were given. A blank one counts too.",
        given,
    )
    return words.format(measure=measure.name, items=len(measure.items), count=given)


def _listed(allowed: Sequence[float]) -> str:
    """Say what is allowed: `0, 1, 2 or 3`."""
    *before, last = [f"{each:g}" for each in allowed]
    return _("{before} or {last}").format(before=", ".join(before), last=last) if before else last


def _points(measure: Measure, item: Item, answer: int | None, answers: Sequence[int | None]) -> int | None:
    """Return what an item counts, turned round where it is reversed; None where it is missing."""
    if answer is None:
        return 0 if item.may_be_blank or _is_skipped(measure, item, answers) else None
    if not item.is_reversed:
        return answer
    options = measure.options_of(item)
    return options[0].value + options[-1].value - answer


def _is_skipped(measure: Measure, item: Item, answers: Sequence[int | None]) -> bool:
    if item.skip_if is None:
        return False
    other = next(place for place, each in enumerate(measure.items) if each.number == item.skip_if.item)
    return answers[other] == item.skip_if.value


def _sum_or_mean(points: Sequence[int | None], method: str) -> float:
    total = sum(each or 0 for each in points)
    return total / len(points) if method == Method.MEAN else total


def _symptoms(measure: Measure, answers: Sequence[int | None]) -> frozenset[int]:
    """Return the numbers of the items that count as a symptom."""
    found = []
    for item, answer in zip(measure.items, answers, strict=True):
        least = item.symptom_at or measure.symptom_at
        if least and answer is not None and answer >= least:
            found.append(item.number)
    return frozenset(found)


def _is_met(rule: Rule, symptoms: frozenset[int]) -> bool:
    counts = ((need, len(symptoms.intersection(need.items))) for need in rule.needs)
    return all(count >= need.least and (not need.most or count <= need.most) for need, count in counts)


def _flags(measure: Measure, answers: Mapping[int, float | None]) -> tuple[Flag, ...]:
    """Return the flags that single answers raise, scored or not."""
    if not measure.flags:
        return ()
    given = ((each, answers.get(each.item)) for each in measure.flags)
    return tuple(each for each, answer in given if answer is not None and meets(answer, each.op, each.value))


def _cutoffs(measure: Measure, scores: Mapping[str, float]) -> tuple[Cutoff, ...]:
    return tuple(each for each in measure.cutoffs if each.on in scores and meets(scores[each.on], each.op, each.value))


def _check_known(measure: Measure, given: Iterable[str], known: Sequence[str]) -> None:
    for key in given:
        if key not in known:
            reason = _("The {measure} has nothing called “{key}”; it has {known}.")
            raise Refused(reason=reason.format(measure=measure.name, key=key, known=", ".join(known)))


def _score_entered(measure: Measure, values: Mapping[str, float | None]) -> Result:
    """Take scores as they were entered; of a measure with items there are then no symptoms to count, and no rules."""
    entered = measure.entered
    _check_known(measure, values, [each.key for each in entered])
    given = {each.key: value for each in entered if (value := values.get(each.key)) is not None}
    for each in entered:
        if each.key in given:
            _check_field(measure, each, given[each.key])
    flags = _flags(measure, {each.item: given.get(each.key) for each in entered if each.item})
    subscales = {each.key: given[each.key] for each in _scores(entered) if each.key in given}
    missing = tuple(each.key for each in entered if each.is_required and each.key not in given)
    if missing:
        return Result(is_scorable=False, subscales=subscales, flags=flags, missing=missing)
    total = given.get(TOTAL)
    return Result(
        is_scorable=True,
        total=total,
        band=None if total is None else measure.band_of(total),
        subscales=subscales,
        cutoffs=_cutoffs(measure, given),
        flags=flags,
    )


def _scores(entered: Iterable[ScoreField]) -> Iterable[ScoreField]:
    """Return the fields that are subscales: neither the total nor a single item."""
    return (each for each in entered if each.key != TOTAL and not each.item)


def _check_field(measure: Measure, entered: ScoreField, value: float) -> None:
    is_number = type(value) in (int, float)
    is_exact = is_number and round(value, entered.decimals) == value
    if not (is_exact and entered.lowest <= value <= entered.highest):
        whole = _("“{field}” of the {measure} is a whole number from {lowest} to {highest}, not {value}.")
        places = ngettext(
            "“{field}” of the {measure} is a number from {lowest} to {highest} with at most {count} decimal, not {value}.",
            "“{field}” of the {measure} is a number from {lowest} to {highest} with at most {count} decimals, not {value}.",
            entered.decimals,
        )
        words = places if entered.decimals else whole
        told = {"lowest": f"{entered.lowest:g}", "highest": f"{entered.highest:g}", "value": value, "count": entered.decimals}
        raise Refused(reason=words.format(field=entered.label, measure=measure.name, **told))
    if entered.step > 1 and (value - entered.lowest) % entered.step:
        words = _("“{field}” of the {measure} is a sum times {step}, which {value} can’t be. Was it multiplied?")
        raise Refused(reason=words.format(field=entered.label, measure=measure.name, step=entered.step, value=f"{value:g}"))
