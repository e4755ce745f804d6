"""What is said while a measure is entered: what it comes to so far, what is missing, and whom it was made for."""

from collections.abc import Mapping
from datetime import date

from ipt_desktop.domain.measure import AgeLimits, ExtraQuestion, Measure
from ipt_desktop.domain.measure_scoring import Result, is_asked
from ipt_desktop.domain.measure_words import said_score
from ipt_desktop.domain.text import _, ngettext


def asked_questions(measure: Measure, result: Result) -> tuple[ExtraQuestion, ...]:
    """Return the questions beside the items that are to be asked, as the answers stand."""
    return tuple(each for each in measure.extra if is_asked(each, result))


def come_to_words(measure: Measure, result: Result) -> str:
    """Say what the answers come to: “11 · moderate”, each subscale where there is no total, "" where nothing can be said."""
    if result.total is not None:
        parts = [said_score(result.total), result.band.label if result.band else ""]
        parts.append(_("estimated from the items answered") if result.is_prorated else "")
        return " · ".join(each for each in parts if each)
    if not result.is_scorable:
        return ""
    return " · ".join(f"{measure.label_of(key)} {said_score(value)}" for key, value in result.subscales.items())


def missing_words(measure: Measure, result: Result) -> str:
    """Say which items or scores are missing and what becomes of the total; "" where nothing is."""
    if not result.missing:
        return ""
    if not measure.has_items or isinstance(result.missing[0], str):
        labels = {each.key: each.label for each in measure.entered}
        named = ", ".join(labels.get(str(each), str(each)) for each in result.missing)
        return _("Missing: {fields}.").format(fields=named)
    count = len(result.missing)
    said = ngettext("Item {items} is missing", "Items {items} are missing", count)
    said = said.format(items=_listed([str(each) for each in result.missing]))
    if result.is_prorated:
        return _("{missing}; the total is the mean of the others times the number of items.").format(missing=said)
    if not measure.missing.most:
        return _("{missing}: there is no total unless every item is answered.").format(missing=said)
    rule = ngettext(
        "{missing}: there is no total with more than {count} missing.",
        "{missing}: there is no total with more than {count} missing.",
        measure.missing.most,
    )
    return rule.format(missing=said, count=measure.missing.most)


def age_on(born_on: date | None, day: date) -> int | None:
    """Return someone's age in years on a day; None where that is not known."""
    if born_on is None or born_on > day:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def age_words(measure: Measure, age: int | None) -> str:
    """Say that a measure was made for people of another age; "" where it fits, or nothing is known."""
    if age is None or measure.age.fits(age):
        return ""
    words = _("The {measure} was made for people {ages}; this client is {age}. It can be given all the same.")
    return words.format(measure=measure.name, ages=_ages(measure.age), age=age)


def options_words(options: Mapping[int, str]) -> str:
    """Say the answers on one line: “0 = Not at all · 1 = Several days”; some of them are numbers themselves."""
    return " · ".join(f"{value} = {label}" for value, label in options.items())


def _ages(limits: AgeLimits) -> str:
    if limits.youngest and limits.oldest:
        return _("from {youngest} to {oldest}").format(youngest=limits.youngest, oldest=limits.oldest)
    if limits.youngest:
        return _("of {youngest} and older").format(youngest=limits.youngest)
    return _("of {oldest} and younger").format(oldest=limits.oldest)


def _listed(each: list[str]) -> str:
    *before, last = each
    return _("{before} and {last}").format(before=", ".join(before), last=last) if before else last
