"""Scores as reports tell them: the first and the last of a course with their dates, what the change counts for, medication.

By the practice's rule set, named with its source. Recovery is said only at the end of treatment and by the set's whole rule.
What is not verified is not said as a fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import day_and_month, long_date, short_date
from ipt_desktop.domain.illness_words import medication_words, prescribed_on_paper, was_taken
from ipt_desktop.domain.measure import TOTAL
from ipt_desktop.domain.measure_change import Ends, recovery_at_end
from ipt_desktop.domain.measure_sheet import cutoff_of, rules_words
from ipt_desktop.domain.measure_words import recovery_words, rights_words, said_score
from ipt_desktop.domain.measured import by_measure
from ipt_desktop.domain.measured_words import are_alike, change_in_words, known_band
from ipt_desktop.domain.report import Block, Column, Items, Note, Table
from ipt_desktop.domain.rich_text import Block as Paragraph
from ipt_desktop.domain.rich_text import RichText, Run
from ipt_desktop.domain.text import _

if TYPE_CHECKING:
    from ipt_desktop.domain.measure import Measure
    from ipt_desktop.domain.measured import Measured
    from ipt_desktop.domain.third_parties import ThirdParties
    from ipt_desktop.services.course_file import CourseFile


@dataclass(frozen=True, slots=True)
class FirstAndLast:
    """The first and the last result of a measure in a course that have this score; the same one where there is one alone."""

    key: str
    first: Measured
    last: Measured

    @property
    def measure(self) -> Measure:
        """What was answered last."""
        return self.last.measure

    @property
    def name(self) -> str:
        """What the score is called: the measure, whom it is about, by name still, and the subscale where it is one."""
        if self.key == TOTAL:
            return self.last.name
        return _("{measure}, {score}").format(measure=self.last.name, score=_(self.measure.label_of(self.key)))

    @property
    def is_one(self) -> bool:
        """Whether there is nothing to compare."""
        return self.first.result.id == self.last.result.id


def first_and_last(measured: Sequence[Measured]) -> list[FirstAndLast]:
    """Return what there is of each measure; a first one of another version than the last is passed over."""
    found = []
    for own in by_measure(measured).values():
        measure = own[-1].measure
        for key in [TOTAL] if measure.has_total else measure.score_keys:
            scored = [each for each in own if each.score(key) is not None]
            if scored:
                found.append(FirstAndLast(key, next(each for each in scored if are_alike(each, scored[-1])), scored[-1]))
    return found


def score_blocks(file: CourseFile, others: ThirdParties) -> Iterator[Block]:
    """Yield the scores of a course in a table with their rules below; nothing where nothing was measured."""
    told = first_and_last(file.measured)
    if told:
        yield _table(file, told, others)
        yield Note(rights_words(each.measure for each in told))


def letter_scores(file: CourseFile, others: ThirdParties) -> Iterator[Block]:
    """Yield the scores as a letter has them: days that are the same for all of them stand in the heads."""
    told = first_and_last(file.measured)
    firsts = {each.first.result.on for each in told}
    lasts = {each.last.result.on for each in told if not each.is_one}
    if told:
        yield _table(file, told, others, [each.pop() if len(each) == 1 else None for each in (firsts, lasts)])


def _table(
    file: CourseFile, told: Sequence[FirstAndLast], others: ThirdParties, days: Sequence[date | None] = (None, None)
) -> Table:
    """Return the scores with what changed in words; `days` are of the first and the last where all have the same."""
    rows, before = [], ""
    for each in told:
        taken = _medication(file, each, others)
        rows.append(
            (
                others.hide(each.name),
                _dated(each.first, each.key, days[0]),
                "–" if each.is_one else _dated(each.last, each.key, days[1]),
                _in_words(file, each),
                _("The same") if taken and taken == before else taken,
            )
        )
        before = taken or before
    first, last = (day_and_month(day) if day else words for day, words in zip(days, (_("First"), _("Last")), strict=True))
    heads = (Column(_("Scale"), 90), Column(first, 52), Column(last, 52), Column(_("In words"), 176))
    return Table((*heads, Column(_("Medication in that time"), 104)), tuple(rows), note=_rules(file, told))


def _dated(measured: Measured, key: str, day: date | None) -> str:
    """Return a score with its day below, where the head of its column does not say it."""
    score = measured.score(key)
    if score is None:
        return "–"
    return said_score(score) if day else f"{said_score(score)}\n{short_date(measured.result.on)}"


def _in_words(file: CourseFile, each: FirstAndLast) -> RichText:
    """Say the bands, what the change counts for, and on which side of the cut-off the last score lies."""
    bands = [band.label for one in (each.first, each.last) if (band := known_band(one, each.key))]
    words = (
        ""
        if len(bands) < 2
        else bands[0]
        if each.is_one
        else _("{first} to {last}").format(first=_(bands[0]), last=_(bands[1]))
    )
    if len(bands) == 2 and not each.is_one and bands[0] == bands[1]:
        words = _("Both {band}").format(band=_(bands[0]))
    runs = [Run(f"{words[:1].upper()}{words[1:]}. ")] if words else []
    if each.key != TOTAL:
        return (Paragraph(tuple(runs)),)
    change = "" if each.is_one else change_in_words(each.first, each.last, file.rule_set)
    side = _side(file, each)
    if change:
        runs.append(Run(change[:1].upper() + change[1:], bold=True))
        runs.append(Run(f"; {side}." if side else "."))
    elif side:
        runs.append(Run(f"{side[:1].upper()}{side[1:]}."))
    return (Paragraph(tuple(runs)),)


def _side(file: CourseFile, each: FirstAndLast) -> str:
    line, total = cutoff_of(each.measure, file.rule_set), each.last.result.total
    if line is None or total is None:
        return ""
    words = _("now at or above {cutoff}") if total >= line else _("now below {cutoff}")
    return words.format(cutoff=said_score(line))


def _medication(file: CourseFile, each: FirstAndLast, others: ThirdParties) -> str:
    first, last = each.first.result.on, each.last.result.on
    taken = (prescribed_on_paper(each, others) for each in file.medications if was_taken(each, first, last))
    return "; ".join(others.hide(medication_words(each)) for each in taken)


def _rules(file: CourseFile, told: Sequence[FirstAndLast]) -> str:
    """Return the rules that the scores were read by, recovery where they say it, and that a score is no diagnosis."""
    rules = rules_words([each.measure for each in told if each.key == TOTAL], file.rule_set)
    said = (rules, *recovery(file, told), _("A score is an aid to judgement, not a diagnosis."))
    return " ".join(filter(None, said))


def recovery(file: CourseFile, told: Sequence[FirstAndLast]) -> Iterator[str]:
    """Yield that the client recovered by the rule set, at the end of treatment alone and with the scores of its end."""
    rules = file.rule_set
    ends = [
        Ends(each.measure, each.first.result.total or 0.0, each.last.result.total or 0.0, each.last.result.on)
        for each in told
        if each.key == TOTAL and not each.is_one
    ]
    found = recovery_at_end(rules, ends, file.course.ended_on) if rules is not None else None
    if rules is not None and found is not None and (words := recovery_words(rules, found)):
        yield words


def plain_scores(file: CourseFile) -> Iterator[Block]:
    """Yield the scores for the client: each with its days, which way is better, and nothing of bands or rules."""
    told = [each for each in first_and_last(file.measured) if not each.is_one]
    if not told:
        return
    yield Items(tuple(_plain(each) for each in told))
    yield Note(f"{rights_words(each.measure for each in told)} {_('A score is an aid to judgement, not a diagnosis.')}")


def _plain(each: FirstAndLast) -> str:
    words = _("{measure}: {first} on {then}, {last} on {now}. Higher is better.")
    if not each.measure.is_higher_better:
        words = _("{measure}: {first} on {then}, {last} on {now}. Lower is better.")
    return words.format(
        measure=each.name,
        first=said_score(each.first.score(each.key) or 0.0),
        then=long_date(each.first.result.on),
        last=said_score(each.last.score(each.key) or 0.0),
        now=long_date(each.last.result.on),
    )
