"""What is told of one result: its scores, its answers one by one, what they raised, and how it came in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from ipt_desktop.domain.chart_words import attribution
from ipt_desktop.domain.dates import day_words, long_date
from ipt_desktop.domain.measure import TOTAL
from ipt_desktop.domain.measure_records import Given
from ipt_desktop.domain.measure_scoring import passed_over
from ipt_desktop.domain.measure_words import said_score
from ipt_desktop.domain.text import _, ngettext

if TYPE_CHECKING:
    from ipt_desktop.domain.measure import Item, Measure
    from ipt_desktop.domain.measured import Measured
    from ipt_desktop.services.charts import ChartFacts
    from ipt_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class AnswerTold:
    """An item, what was answered to it, and the number of that."""

    item: str
    answer: str
    value: str


@dataclass(frozen=True, slots=True)
class ResultTold:
    """A result in words. `lines` are the scores, what they raised and how it came in; `session_id` is where its note is."""

    result_id: str
    title: str
    lines: tuple[str, ...]
    answers: tuple[AnswerTold, ...]
    whose: str
    session_id: str
    session_words: str


def read_result(desk: Desk, facts: ChartFacts, result_id: str) -> ResultTold:
    """Read a result. Raises RecordGone where it is no more."""
    measured = desk.measures.one(result_id)
    result, number = measured.result, facts.numbers.get(measured.result.session_id or "")
    day = day_words(result.on, has_weekday=True, has_year=result.on.year != facts.today.year)
    when = _("session {number}, {day}").format(number=number, day=day) if number else day
    lines = [*_scores(measured), *_flags(measured), _given(measured, facts.today), *_corrections(desk, result_id)]
    return ResultTold(
        result_id=result_id,
        title=_("{measure}, {when}").format(measure=measured.name, when=when),
        lines=tuple(lines),
        answers=tuple(_answers(measured)),
        whose=" ".join(attribution(measured.measure).split()),
        session_id=result.session_id or "",
        session_words=_("Go to session {number}").format(number=number) if number else _("Go to its session"),
    )


def given_words(given: Given) -> str:
    """Say how a result came in."""
    words = {
        Given.PAPER: _("Entered from paper"),
        Given.SCREEN: _("Answered by the client on the screen"),
        Given.SCORES: _("Only its scores were entered"),
    }
    return words[given]


def _scores(measured: Measured) -> Iterator[str]:
    """Yield the total and the subscales with their bands; what is unverified says so."""
    measure, scored = measured.measure, measured.scored
    for key in measure.score_keys:
        value = measured.score(key)
        if value is None:
            continue
        highest = measure.range_of(key)[1]
        words = _("{score} of {highest}").format(score=said_score(value), highest=said_score(highest))
        band = measure.band_of(value, key)
        if band is not None:
            label = _(band.label) if band.is_verified else _("{band} (unverified)").format(band=_(band.label))
            words = _("{words}: {band}").format(words=words, band=label)
        yield words if key == TOTAL else _("{score}, {words}").format(score=_(measure.label_of(key)), words=words)
    if scored.is_prorated:
        yield ngettext(
            "{count} item was left out; the total is worked out from the others.",
            "{count} items were left out; the total is worked out from the others.",
            len(scored.missing),
        ).format(count=len(scored.missing))
    elif not scored.is_scorable:
        yield _("Too much was left out for a total.")


def _flags(measured: Measured) -> Iterator[str]:
    raised = set(measured.result.flagged)
    for flag in measured.measure.flags:
        if str(flag.item) in raised:
            yield _("Item {number} leads to a question: {what}").format(number=flag.item, what=flag.what)
    if measured.safety_flags and measured.result.risk_entry_id is None:
        yield _("What was asked after that is not noted under risk.")
    elif measured.safety_flags:
        yield _("What was asked after that stands under risk.")


def _given(measured: Measured, today: date) -> str:
    finished = measured.result.finished_at
    words = given_words(measured.result.given)
    if finished is None:
        return words
    return _("{how}, kept {when}").format(how=words, when=_moment(finished, today))


def _moment(at: datetime, today: date) -> str:
    local = at.astimezone()
    day = day_words(local.date(), has_year=local.year != today.year)
    return _("{day} at {time}").format(day=day, time=f"{local:%H:%M}")


def _corrections(desk: Desk, result_id: str) -> Iterator[str]:
    result = desk.measures.one(result_id).result
    for earlier in desk.measures.earlier_versions(result_id):
        total = said_score(earlier.total) if earlier.total is not None else _("no total")
        words = _("Corrects a result of {day}: {total}. Reason: {reason}")
        yield words.format(day=long_date(earlier.on), total=total, reason=result.reason)
        result = earlier


def _answers(measured: Measured) -> Iterator[AnswerTold]:
    measure, answers = measured.measure, measured.result.answers
    skipped = passed_over(measure, answers)
    for item in measure.items:
        value = answers.get(str(item.number))
        if any(str(each.number) in answers for each in measure.items):
            blank = _("not asked") if str(item.number) in skipped else _("left out")
            said = blank if value is None else _answer_words(measure, item, value)
            name = _("{number}  {topic}").format(number=item.number, topic=_(item.topic or item.text))
            yield AnswerTold(name, said, said_score(value) if value is not None else "")
    for question in measure.extra:
        value = answers.get(question.key)
        if value is not None:
            label = next((each.label for each in question.options if each.value == value), "")
            yield AnswerTold(_("Beside the score: {topic}").format(topic=_(question.topic or question.text)), label, "")
    for entered in measure.entered if not measure.has_items else ():
        if entered.item and (value := answers.get(entered.key)) is not None:
            yield AnswerTold(_(entered.label), "", said_score(value))


def _answer_words(measure: Measure, item: Item, value: float) -> str:
    return next((each.label for each in measure.options_of(item) if each.value == value), "")
