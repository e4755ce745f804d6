"""What scores and changes are in words, the same on screen and on paper. What is not a fact says so; nothing is foretold."""

from collections.abc import Iterable

from ipt_desktop.domain.measure import TOTAL, Measure
from ipt_desktop.domain.measure_change import Change, ChangeKind, Recovery, RuleSet, Threshold
from ipt_desktop.domain.text import _


def said_score(value: float) -> str:
    """Say a score: whole ones without decimals, prorated ones and means with two at most."""
    return f"{round(value, 2):g}"


def change_words(measure: Measure, change: Change, key: str = TOTAL) -> str:
    """Say a change in a sentence: “From 18 to 7 on the PHQ-9: reliable improvement (6 or more, NHS).”."""
    label = measure.label_of(key)
    where = label if key == TOTAL else _("{measure}, {score}").format(measure=measure.name, score=label)
    told = {"first": said_score(change.first), "last": said_score(change.last), "measure": where}
    if change.kind is None or change.threshold is None:
        return _("From {first} to {last} on the {measure}.").format(**told)
    words = _("From {first} to {last} on the {measure}: {kind} ({rule}).")
    return words.format(kind=kind_words(change.kind, change.threshold), rule=_rule_words(change.kind, change.threshold), **told)


def term_words(measure: Measure, threshold: Threshold) -> str:
    """Say what makes a change of a measure count, and where that is from: what stands under its words on hover."""
    value = said_score(threshold.value)
    if threshold.is_estimated:
        words = _("Reliable: more than error of measurement explains. On the {measure} {value} or more, estimated ({source}).")
    elif threshold.word:
        words = _("A change of {value} or more on the {measure} is called {word} ({source}).")
    else:
        words = _("Reliable: more than error of measurement explains. On the {measure} {value} or more ({source}).")
    source = threshold.source if threshold.is_verified else _("unverified")
    return words.format(measure=measure.name, value=value, word=threshold.word, source=source)


def recovery_words(rule_set: RuleSet, recovery: Recovery) -> str:
    """Say at the end of treatment that someone recovered; "" where there is nothing to say, and never “not yet”."""
    if not recovery.has_recovered:
        return ""
    return _("Recovery by the rules of {rules}: {rule}").format(rules=rule_set.name, rule=rule_set.recovery)


def kind_words(kind: ChangeKind, threshold: Threshold) -> str:
    """Say what a change counts for: “reliable improvement”, “no reliable change”."""
    if threshold.word:
        words = {
            ChangeKind.IMPROVEMENT: _("{word} improvement"),
            ChangeKind.DETERIORATION: _("{word} deterioration"),
            ChangeKind.NONE: _("no {word} change"),
        }
        return words[kind].format(word=threshold.word)
    plain = {
        ChangeKind.IMPROVEMENT: _("reliable improvement"),
        ChangeKind.DETERIORATION: _("reliable deterioration"),
        ChangeKind.NONE: _("no reliable change"),
    }
    return plain[kind]


def _rule_words(kind: ChangeKind, threshold: Threshold) -> str:
    words = _("less than {value}") if kind == ChangeKind.NONE else _("{value} or more")
    parts = [words.format(value=said_score(threshold.value)), threshold.by]
    parts.append(_("estimated") if threshold.is_estimated else "")
    parts.append("" if threshold.is_verified else _("unverified"))
    return ", ".join(each for each in parts if each)


def rights_words(measures: Iterable[Measure]) -> str:
    """Return whose the measures are, those of the same people together."""
    names: dict[str, list[str]] = {}
    for each in measures:
        own = names.setdefault(" ".join(each.licence.attribution.split()), [])
        own += [each.name] if each.name not in own else []
    return " ".join(f"{', '.join(own)}: {attribution}" for attribution, own in names.items())
