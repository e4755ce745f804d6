"""The charts of a course's scores on paper: one figure of panels over the weeks of the course, and what its marks stand for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.chart_foot import Below, BelowKind
from ipt_desktop.domain.chart_words import absent_words, chart_description
from ipt_desktop.domain.course import is_counted
from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.event_words import dated_event
from ipt_desktop.domain.illness_words import medicine_words, taken_words, was_taken
from ipt_desktop.domain.measure import TOTAL
from ipt_desktop.domain.paper_chart import PaperChart, paper_chart
from ipt_desktop.domain.report import Block, Drawing, Pictures
from ipt_desktop.domain.text import _
from ipt_desktop.domain.week_axis import Week, WeekAxis, week_axis

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ipt_desktop.domain.measure_series import Series
    from ipt_desktop.domain.third_parties import ThirdParties
    from ipt_desktop.services.charts import ChartFacts
    from ipt_desktop.services.summary_circle import PaperInk

WIDTH = 627.0
"""Of the figure, in units of a picture: at its natural size the full width of a page."""
NARROWER = 450.0, 360.0, 266.0
"""Its widths on a small page, in large print, and in both."""
MOST = 3


def chart_blocks(facts: ChartFacts, others: ThirdParties, ink: PaperInk) -> Iterator[Block]:
    """Yield one figure with a panel for each total that was measured twice at least, as many as stand on a page."""
    known = [each for each in facts.series if each.score == TOTAL and len(each.results) > 1]
    drawn = [replace(each, about=others.hide(each.about)) for each in known[:MOST]]
    if not drawn:
        return
    weeks = _weeks(facts, drawn)
    below = [each for each in facts.below(weeks.axis) if each.kind is not BelowKind.ABSENT]
    first, last = weeks.axis.days or (facts.today, facts.today)
    taken = [each for each in facts.medications if was_taken(each, first, last)]
    told = PaperChart(series=drawn, weeks=weeks, below=below, medications=taken, until=facts.today)
    spoken = [chart_description(each, facts.numbers, facts.today) for each in drawn]
    spoken += [f"{medicine_words(each)} {taken_words(each)}".strip() + "." for each in taken]
    whole, *narrower = (paper_chart(told, ink.measure, width, " ".join(spoken)) for width in (WIDTH, *NARROWER))
    yield Pictures((Drawing("", "", whole, tuple(narrower)),), legend=" ".join(_legend(facts, weeks, below, others)))


def _weeks(facts: ChartFacts, drawn: Sequence[Series]) -> WeekAxis:
    measured = [each.on for series in drawn for each in series.results if each.on <= facts.today]
    known = facts.course
    if known is None:
        return week_axis((), (), measured or [facts.today], ())
    held = [each for each in known.sessions if is_counted(each) and each.date <= facts.today]
    missed = [each.session for each in known.band.missed if each.session.date <= facts.today]
    return week_axis(held, missed, measured or [known.course.started_on], known.begun)


def _legend(facts: ChartFacts, weeks: WeekAxis, below: Sequence[Below], others: ThirdParties) -> Iterator[str]:
    gaps = [each for each in weeks.weeks if each.is_gap]
    if gaps:
        words = _("Hatched: no session ({weeks}).")
        yield words.format(weeks="; ".join(_gap_words(each, facts) for each in gaps))
    shown = {each.key for each in below if each.kind is BelowKind.EVENT}
    for event in facts.events:
        if f"event:{event.id}" in shown:
            said = others.hide(dated_event(event, facts.today))
            yield _("{letter}: {event}.").format(letter=facts.letters[event.id], event=said)
    if any(each.kind is BelowKind.CIRCLE for each in below):
        yield _("Ring with a dot: the circle was drawn.")


def _gap_words(week: Week, facts: ChartFacts) -> str:
    """Return how a session was missed, "20 August, cancelled by client", or which week had none at all."""
    if week.missed:
        return "; ".join(absent_words(each, facts.today) for each in week.missed)
    day = day_words(week.first, has_year=week.first.year != facts.today.year)
    return _("week from {day}").format(day=day)
