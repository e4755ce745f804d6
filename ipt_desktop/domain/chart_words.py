"""What stands round a chart of scores, in words: what changed and what that counts for, each result, and by which rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ipt_desktop.domain.dates import day_words, short_date
from ipt_desktop.domain.illness_words import was_taken
from ipt_desktop.domain.measure import TOTAL, Measure
from ipt_desktop.domain.measure_change import Change, ChangeKind, RuleSet
from ipt_desktop.domain.measure_series import Result, Series
from ipt_desktop.domain.measure_words import change_words, said_score, term_words
from ipt_desktop.domain.measured import named_about
from ipt_desktop.domain.records import Attendance, Session
from ipt_desktop.domain.session_records import Event
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Medication
from ipt_desktop.domain.typed_when import is_when, when_words


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """A change in three parts: “7 lower: ”, what it counts for, and by which rule; `term` says what the word means."""

    difference: str
    what: str = ""
    rule: str = ""
    term: str = ""

    @property
    def words(self) -> str:
        """The whole of it."""
        return f"{self.difference}{self.what}{self.rule}"


def title_of(series: Series) -> str:
    """Return what a series is called: "PHQ-9", "DASS-21: stress"; with whom it is about where it is about one person."""
    name = named_about(series.measure, series.about)
    if series.score == TOTAL:
        return name
    return _("{measure}: {score}").format(measure=name, score=_(series.measure.label_of(series.score)))


def from_to(series: Series) -> str:
    """Return "18 → 11", or the one value there is."""
    last = said_score(series.last.value)
    return last if len(series.results) < 2 else _("{first} → {last}").format(first=said_score(series.first.value), last=last)


def change_told(series: Series, today: date) -> ChangeTold:
    """Say what changed from the first result to the last one."""
    if len(series.results) < 2:
        day = day_words(series.last.on, has_year=series.last.on.year != today.year)
        return ChangeTold(_("one result, {day}").format(day=day))
    change = series.change
    if change is None:
        return ChangeTold(_("answered on several versions, which do not compare"))
    difference = difference_words(change)
    if change.kind is None or change.threshold is None:
        return ChangeTold(difference, term=change_words(series.measure, change, series.score))
    what = _what_words(change, series.measure)
    value = said_score(change.threshold.value)
    rule = _("less than {value}") if change.kind is ChangeKind.NONE else _("{value} or more")
    rule = rule.format(value=value)
    if change.threshold.is_estimated:
        rule = _("{rule}, estimated").format(rule=rule)
    term = f"{change_words(series.measure, change, series.score)}\n{term_words(series.measure, change.threshold)}"
    return ChangeTold(_("{difference}: ").format(difference=difference), what, f" ({rule})", term)


def difference_words(change: Change) -> str:
    """Return "7 lower", "3 higher" or "unchanged"."""
    by = said_score(abs(change.last - change.first))
    if by == "0":
        return _("unchanged")
    return (_("{by} lower") if change.last < change.first else _("{by} higher")).format(by=by)


def _what_words(change: Change, measure: Measure) -> str:
    word = change.threshold.word if change.threshold else ""
    if word:
        words = (
            _("no {word} change on the {measure}") if change.kind is ChangeKind.NONE else _("{word} change on the {measure}")
        )
        return words.format(word=word, measure=measure.name)
    words = (
        _("no reliable change on the {measure}") if change.kind is ChangeKind.NONE else _("reliable change on the {measure}")
    )
    return words.format(measure=measure.name)


def medication_told(medications: Iterable[Medication], first: date, last: date, today: date) -> str:
    """Return what was taken between two days, each with its dates: "Sertraline since 8 Sep"; "" where nothing is known of."""
    taken = [each for each in medications if was_taken(each, first, last)]
    return "; ".join(_taken_words(each, today) for each in sorted(taken, key=lambda each: (each.begun, each.name)))


def _taken_words(medication: Medication, today: date) -> str:
    begun, ended = _short_when(medication.begun, today), _short_when(medication.ended, today)
    if begun and ended:
        return _("{medicine} {begun} to {ended}").format(medicine=medication.name, begun=begun, ended=ended)
    if begun:
        return _("{medicine} since {begun}").format(medicine=medication.name, begun=begun)
    return _("{medicine} until {ended}").format(medicine=medication.name, ended=ended) if ended else medication.name


def _short_when(when: str, today: date) -> str:
    """Return "8 Sep", "8 Sep 2025", "September 2025"."""
    if len(when) == len("2026-09-08") and is_when(when):
        day = date.fromisoformat(when)
        return short_date(day) if day.year == today.year else f"{short_date(day)} {day.year}"
    return when_words(when, today) if when else ""


def result_words(series: Series, result: Result, numbers: Mapping[str, int], today: date) -> str:
    """Say a result: “Session 3, 13 October: 17, moderately severe”."""
    day = day_words(result.on, has_year=result.on.year != today.year)
    number = numbers.get(result.session_id or "")
    when = _("Session {number}, {day}").format(number=number, day=day) if number else day
    band = series.band_of(result.value)
    said = said_score(result.value)
    what = _("{score}, {band}").format(score=said, band=_(band.label)) if band else said
    return _("{when}: {what}").format(when=when, what=what)


def chart_description(series: Series, numbers: Mapping[str, int], today: date) -> str:
    """Say what a chart shows, for who hears it: how many results there are, the first and last, and what changed."""
    told = change_told(series, today).words
    first = result_words(series, series.first, numbers, today)
    if len(series.results) < 2:
        return _("{title}. {first}.").format(title=title_of(series), first=first)
    last = result_words(series, series.last, numbers, today)
    words = _("{title}, {count} results. First: {first}. Last: {last}. {change}.")
    return words.format(title=title_of(series), count=len(series.results), first=first, last=last, change=told)


def rules_words(rule_set: RuleSet, measures: Mapping[str, Measure]) -> str:
    """Return "Rule set: NHS Talking Therapies. PHQ-9 cut-off 10, change 6; GAD-7 cut-off 8, change 4."."""
    return _("Rule set: {rules}. {numbers}.").format(rules=rule_set.name, numbers=_numbers(rule_set, measures))


def rules_source(rule_set: RuleSet, measures: Mapping[str, Measure]) -> str:
    """Say where the numbers of a rule set are from, and what its words mean."""
    sources = dict.fromkeys(each.source or _("no source") for each in rule_set.scales)
    lines = [
        _("Cut-off: from this score on, someone is counted as a case."),
        _("Change: from this difference on, a change is reliable: more than error of measurement explains."),
        _("Recovery: {rule} Said at the end of treatment alone.").format(rule=_(rule_set.recovery)),
        _("Source: {source}.").format(source="; ".join(dict.fromkeys([rule_set.source, *sources]))),
    ]
    unverified = [each.measure for each in rule_set.scales if not each.is_verified]
    if unverified:
        names = ", ".join(measures[each].name if each in measures else each for each in unverified)
        lines.append(_("Unverified: {measures}.").format(measures=names))
    return "\n".join(lines)


def _numbers(rule_set: RuleSet, measures: Mapping[str, Measure]) -> str:
    words = _("{measure} cut-off {cutoff}, change {change}")
    return "; ".join(
        words.format(
            measure=measures[each.measure].name if each.measure in measures else each.measure,
            cutoff=said_score(each.cutoff),
            change=said_score(each.change),
        )
        for each in rule_set.scales
    )


def attribution(measure: Measure) -> str:
    """Return whose a measure is, as it stands wherever the measure is shown."""
    return measure.licence.attribution


def event_words(event: Event, today: date) -> str:
    """Return an event with when it was: "Parents’ evening, alone, 22 October"."""
    when = event.told or when_words(event.on, today)
    return _("{event}, {when}").format(event=event.title, when=when) if when else event.title


def absent_words(session: Session, today: date) -> str:
    """Return "27 October, cancelled by client"."""
    how = {
        Attendance.CANCELLED_BY_CLIENT: _("cancelled by client"),
        Attendance.CANCELLED_BY_THERAPIST: _("cancelled by therapist"),
        Attendance.DID_NOT_COME: _("did not come"),
    }
    day = day_words(session.date, has_year=session.date.year != today.year)
    words = how.get(session.attendance) if session.attendance else None
    return _("{day}, {how}").format(day=day, how=words) if words else day
