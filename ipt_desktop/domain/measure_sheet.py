"""What the sheet of one result says: the result in words, what its change counts for, its scale, its answers by topic.

Nothing that is not verified is said as a fact: such bands, cut-offs and thresholds are left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ipt_desktop.domain.measure import TOTAL, Cutoff, Item, Measure, Method
from ipt_desktop.domain.measure_change import Change, RuleSet, change_of
from ipt_desktop.domain.measure_scale import Scale
from ipt_desktop.domain.measure_scoring import passed_over
from ipt_desktop.domain.measure_words import kind_words, said_score
from ipt_desktop.domain.measured import Measured
from ipt_desktop.domain.measured_words import known_band
from ipt_desktop.domain.report import Answer, Answers, Block, Column, Prose, Table
from ipt_desktop.domain.rich_text import Block as Paragraph
from ipt_desktop.domain.rich_text import RichText, Run, plain
from ipt_desktop.domain.text import _, ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One result, the first of the course that it can be compared with, the rules it is read by, medication in that time.

    `is_new_version`: there were results before it, of another version of the measure.
    """

    now: Measured
    start: Measured | None = None
    rule_set: RuleSet | None = None
    medication: Sequence[str] = ()
    is_new_version: bool = False

    @property
    def measure(self) -> Measure:
        """What was answered."""
        return self.now.measure


def result_words(now: Measured) -> str:
    """Return "14 of 27: moderate"; without a total "" where the measure has none, else why there is none."""
    measure, total = now.measure, now.result.total
    if total is None:
        return _no_total(now) if measure.has_total else ""
    lowest, highest = measure.range_of()
    words = _("{total} of {highest}") if lowest == 0 else _("{total}, from {lowest} to {highest}")
    said = words.format(total=said_score(total), lowest=said_score(lowest), highest=said_score(highest))
    band = known_band(now)
    return _("{score}: {band}").format(score=said, band=_(band.label)) if band else said


def _no_total(now: Measured) -> str:
    missing = [str(each) for each in now.scored.missing]
    words = ngettext("No total: item {items} was not answered", "No total: items {items} were not answered", len(missing))
    return words.format(items=", ".join(missing)) if missing and now.measure.has_items else _("No total")


def change_blocks(sheet: Sheet) -> Iterator[Block]:
    """Yield in one paragraph what the change counts for, where the total lies, medication, and how it was counted."""
    runs: list[Run] = []
    for sentence in (
        _change(sheet),
        _cutoff(sheet),
        _direction(sheet),
        _medication(sheet),
        _counted(sheet.now),
        _versions(sheet),
    ):
        if sentence:
            runs += [Run(" "), *sentence] if runs else sentence
    if runs:
        yield Prose((Paragraph(tuple(runs)),))


def _change(sheet: Sheet) -> list[Run]:
    start, now, measure = sheet.start, sheet.now, sheet.measure
    if start is None or start.result.total is None or now.result.total is None:
        return []
    then, last = start.result.total, now.result.total
    words = _("{measure} {first} → {last}").format(measure=measure.name, first=said_score(then), last=said_score(last))
    bands = known_band(start), known_band(now)
    if bands[0] and bands[1]:
        told = _("{words}, both {last}") if bands[0] == bands[1] else _("{words}, from {first} to {last}")
        words = told.format(words=words, first=_(bands[0].label), last=_(bands[1].label))
    change = change_of(measure, sheet.rule_set, then, last)
    if change.kind is None or change.threshold is None or not change.threshold.is_verified:
        return [Run(f"{words}.")]
    kind = _("{kind} on the {measure}").format(kind=kind_words(change.kind, change.threshold), measure=measure.name)
    return [Run(f"{words}: "), Run(kind, bold=True), Run(f", {_asked(sheet, change)}.")]


def _asked(sheet: Sheet, change: Change) -> str:
    """Say from which change on it counts, and by whom."""
    threshold = change.threshold
    assert threshold is not None  # noqa: S101 - asked where there is one
    if threshold.is_estimated:
        words = _("for which an estimate asks {value} or more ({source})")
    elif sheet.rule_set and sheet.rule_set.scale(sheet.measure.key):
        words = _("for which the rule set asks {value} or more")
    else:
        words = _("for which {value} or more is asked ({source})")
    return words.format(value=said_score(threshold.value), source=threshold.by or threshold.source)


def _cutoff(sheet: Sheet) -> list[Run]:
    total, line = sheet.now.result.total, cutoff_of(sheet.measure, sheet.rule_set)
    if total is None or line is None:
        return []
    words = (
        _("The total is at or above the cut-off of {value}.")
        if total >= line
        else _("The total is below the cut-off of {value}.")
    )
    return [Run(words.format(value=said_score(line)))]


def cutoff_of(measure: Measure, rule_set: RuleSet | None) -> float | None:
    """Return the score that the line before which stands for a cut-off: the rule set's, else the measure's own verified one."""
    scale = rule_set.scale(measure.key) if rule_set else None
    if scale is not None:
        return scale.cutoff if scale.is_verified else None
    return next((each.value for each in measure.cutoffs if _is_line(each)), None)


def _is_line(cutoff: Cutoff) -> bool:
    return (
        cutoff.is_verified
        and cutoff.on == TOTAL
        and cutoff.op in (">=", "<")
        and not (cutoff.applies_to or cutoff.is_remission)
    )


def _direction(sheet: Sheet) -> list[Run]:
    return (
        [Run(_("A higher score is better."))] if sheet.measure.is_higher_better and sheet.now.result.total is not None else []
    )


def _medication(sheet: Sheet) -> list[Run]:
    if not sheet.medication:
        return []
    words = _("Medication in that time: {medication}.") if sheet.start else _("Medication then: {medication}.")
    return [Run(words.format(medication="; ".join(sheet.medication)))]


def _counted(now: Measured) -> list[Run]:
    if not now.result.total or not now.scored.is_prorated:
        return []
    missing = [str(each) for each in now.scored.missing]
    words = ngettext(
        "Item {items} was not answered: the mean of the others stands in for it.",
        "Items {items} were not answered: the mean of the others stands in for them.",
        len(missing),
    )
    return [Run(words.format(items=", ".join(missing)))]


def _versions(sheet: Sheet) -> list[Run]:
    if not sheet.is_new_version:
        return []
    return [Run(_("Earlier results are of another version of it, and are not compared."))]


def scale_of(sheet: Sheet) -> Scale | None:
    """Return what is drawn of the total; None without one."""
    measure, total = sheet.measure, sheet.now.result.total
    if total is None:
        return None
    lowest, highest = measure.range_of()
    field = measure.field(TOTAL)
    bands = measure.bands_of()
    return Scale(
        lowest=lowest,
        highest=highest,
        now=total,
        bands=bands if all(each.is_verified for each in bands) else (),
        is_whole=measure.method != Method.MEAN and not (field and field.decimals),
        is_higher_better=measure.is_higher_better,
        start=sheet.start.result.total if sheet.start else None,
        cutoff=cutoff_of(measure, sheet.rule_set),
    )


# -- answers -----------------------------------------------------------------------------------------------------------


def was_answered(measured: Measured) -> bool:
    """Whether its items were answered; else only scores are known."""
    numbers = {str(each.number) for each in measured.measure.items}
    is_scores = any(each in measured.result.answers for each in measured.measure.score_keys)
    return not is_scores and bool(numbers & measured.result.answers.keys())


def answer_blocks(sheet: Sheet) -> Iterator[Block]:
    """Yield the items by topic with their answers, then what subscales come to; where there are only scores, these."""
    if was_answered(sheet.now):
        yield _answers(sheet)
        if sheet.measure.subscales:
            yield _scores(sheet, [each.key for each in sheet.measure.subscales])
    elif len(sheet.measure.entered) > 1 or sheet.start is not None:
        yield _scores(sheet, [each.key for each in sheet.measure.entered])


def _answers(sheet: Sheet) -> Answers:
    measure, start = sheet.measure, sheet.start if sheet.start is not None and was_answered(sheet.start) else None
    points = sheet.now.points
    before = start.points if start else {}
    options = [measure.options_of(each) for each in measure.items]
    are_alike = all(each == options[0] for each in options)
    values = sorted({each.value for some in options for each in some})
    named = {each.value: each.label for each in options[0]} if are_alike else {}
    rows = tuple(
        Answer(
            number=str(item.number),
            words=_topic(measure, item, sheet.now, has_label=not are_alike),
            values=tuple(each.value for each in measure.options_of(item)),
            now=_given(sheet.now, item),
            before=_given(start, item) if start else None,
            counts=(_point(before.get(item.number)) if start else "", _point(points[item.number])),
        )
        for item in measure.items
    )
    total = sheet.now.result.total
    first = start.result.total if start else None
    return Answers(
        asked=_recall(measure),
        options=tuple((value, named.get(value, "")) for value in values),
        rows=rows,
        total=(_("Total"), "" if first is None else said_score(first), "–" if total is None else said_score(total)),
        has_before=start is not None,
        note=_answers_note(measure, has_before=start is not None),
    )


def _recall(measure: Measure) -> str:
    """Return the time it asks about; "" where it asks about the present."""
    words = measure.recall.split(" (")[0]
    return "" if words == "now" else _(words[:1].upper() + words[1:])


def _answers_note(measure: Measure, *, has_before: bool) -> str:
    parts = [_("Filled disc: now. Dashed ring: at the start, where it differed.") if has_before else ""]
    if turned := [str(each.number) for each in measure.items if each.is_reversed]:
        words = ngettext(
            "Item {items} counts the other way round: what it counts stands at the right.",
            "Items {items} count the other way round: what they count stands at the right.",
            len(turned),
        )
        parts.append(words.format(items=", ".join(turned)))
    return " ".join(filter(None, parts))


def _topic(measure: Measure, item: Item, now: Measured, *, has_label: bool) -> str:
    words = _(item.topic) if item.topic else item.text
    given = _given(now, item)
    label = next((each.label for each in measure.options_of(item) if each.value == given), "") if has_label else ""
    if given is None and str(item.number) in passed_over(measure, now.result.answers):
        label = _("not asked")
    return f"{words}\n{label}" if label else words


def _given(measured: Measured, item: Item) -> int | None:
    value = measured.result.answers.get(str(item.number))
    return None if value is None else int(value)


def answer_of(measured: Measured, item: Item) -> str:
    """Return what was answered to an item as a table has it; a dash for none."""
    return _point(_given(measured, item))


def _point(points: int | None) -> str:
    return "–" if points is None else str(points)


def _scores(sheet: Sheet, keys: Sequence[str]) -> Table:
    """Return scores with their ranges, at the start and now, each with the band it lies in."""
    measure, start = sheet.measure, sheet.start
    rows = []
    for key in keys:
        now = _said(sheet.now, key)
        if not now and not (start and _said(start, key)):
            continue
        label, (lowest, highest) = _label(measure, key), _range(measure, key)
        span = _("from {lowest} to {highest}").format(lowest=said_score(lowest), highest=said_score(highest))
        rows.append((label, span, *([_said(start, key) or "–"] if start else []), now or "–"))
    heads = [Column(_("Score"), 3), Column(_("Range"), 2), *([Column(_("Start"), 2)] if start else []), Column(_("Now"), 2)]
    return Table(tuple(heads), tuple(rows))


def _label(measure: Measure, key: str) -> str:
    subscale = next((each for each in measure.subscales if each.key == key), None)
    if subscale is not None:
        return _(subscale.name) if subscale.is_verified else _("{name} (unverified)").format(name=_(subscale.name))
    return _(next((each.label for each in measure.entered if each.key == key), key))


def _range(measure: Measure, key: str) -> tuple[float, float]:
    field = next((each for each in measure.entered if each.key == key), None)
    return (field.lowest, field.highest) if field else measure.range_of(key)


def _said(measured: Measured, key: str) -> str:
    score = measured.result.answers.get(key) if key not in measured.measure.score_keys else measured.score(key)
    if score is None:
        return ""
    band = known_band(measured, key) if key in measured.measure.score_keys else None
    words = said_score(score)
    return _("{score}, {band}").format(score=words, band=_(band.label)) if band else words


# -- what stands beside the score --------------------------------------------------------------------------------------


def flag_title(measured: Measured, item: str) -> str:
    """Return which answer it was: "Item 9, Death or self-harm: 1, Several days"."""
    measure = measured.measure
    value = measured.result.answers.get(item)
    found = next((each for each in measure.items if str(each.number) == item), None)
    if found is not None:
        options = measure.options_of(found)
        label = next((each.label for each in options if each.value == value), "")
        name = _("Item {number}, {topic}").format(number=item, topic=_(found.topic or found.text))
    else:
        fields = measure.entered
        field = next((each for each in fields if str(each.item) == item), None)
        name, label = (_(field.label) if field else _("Item {number}").format(number=item)), ""
        if raised := next((each for each in measure.flags if str(each.item) == item), None):
            name = _("{item}, {what}").format(item=name, what=raised.what)
        value = measured.result.answers.get(field.key) if field else value
    said = "" if value is None else said_score(value)
    return _("{item}: {answer}").format(item=name, answer=", ".join(filter(None, (said, label))))


def extra_words(measured: Measured) -> RichText:
    """Return the answers to questions that are not scored: "Daily-life difficulty: “Somewhat difficult”."."""
    told = []
    for each in measured.measure.extra:
        value = measured.result.answers.get(each.key)
        label = next((option.label for option in each.options if option.value == value), "")
        if label:
            told.append(_("{question}: “{answer}”.").format(question=_(each.topic) or each.text, answer=label))
    return plain("\n".join(told)) if told else ()


def rules_words(measures: Iterable[Measure], rule_set: RuleSet | None) -> str:
    """Return by which rules scores are read: those of the rule set, else a published change, with their sources; or ""."""
    scales, sources, others = [], [], []
    for each in measures:
        scale = rule_set.scale(each.key) if rule_set else None
        known = each.reliable_change
        if scale is not None and scale.is_verified:
            words = _("{measure}: cut-off {cutoff}, reliable change {change}")
            told = {"cutoff": said_score(scale.cutoff), "change": said_score(scale.change)}
            scales.append(words.format(measure=each.name, **told))
            sources.append(scale.source)
        elif scale is None and known is not None and known.is_verified:
            words = _("{measure}: {change} or more counts as a change ({source}).")
            others.append(words.format(measure=each.name, change=said_score(known.value), source=known.source))
    if rule_set is not None and scales:
        words = _("Rule set: {rules} ({numbers}). Source: {sources}.")
        told = {"numbers": "; ".join(scales), "sources": "; ".join(dict.fromkeys(sources))}
        others.insert(0, words.format(rules=rule_set.name, **told))
    return " ".join(others)
