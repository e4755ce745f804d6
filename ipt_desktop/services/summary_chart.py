"""The charts of a course's scores on paper: the same picture as on screen, and below it what its letters stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.event_words import dated_event
from ipt_desktop.domain.measure import TOTAL
from ipt_desktop.domain.measure_chart import BelowKind, margins, measure_chart
from ipt_desktop.domain.report import Block, Drawing, Items, Pictures
from ipt_desktop.domain.text import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipt_desktop.domain.third_parties import ThirdParties
    from ipt_desktop.services.charts import ChartFacts
    from ipt_desktop.services.summary_circle import PaperInk

WIDTH = 627.0
"""Of a chart, in units of a picture: at its natural size the full width of a page."""
MOST = 3


def chart_blocks(facts: ChartFacts, others: ThirdParties, ink: PaperInk) -> Iterator[Block]:
    """Yield a chart for each total that was measured twice at least, over one axis; as many as stand on a page."""
    drawn = [each for each in facts.series if each.score == TOTAL and len(each.results) > 1][:MOST]
    if not drawn:
        return
    axis = facts.axis(facts.kinds[0])
    below, shared = facts.below(axis), margins(drawn, ink.measure, WIDTH)
    for number, series in enumerate(drawn, 1):
        under = below if number == len(drawn) else ()
        picture = measure_chart(series, axis, under, ink.measure, (WIDTH, 0.0), shared).picture
        yield Pictures((Drawing(series.measure.name, "", picture),))
    shown = {each.key for each in below if each.kind is BelowKind.EVENT}
    told = [
        f"{facts.letters[each.id]}: {others.hide(dated_event(each))}" for each in facts.events if f"event:{each.id}" in shown
    ]
    missed = [long_date(each.session.date) for each in axis.absent]
    if missed:
        told.append(_("No session: {days}").format(days=", ".join(missed)))
    if any(each.kind is BelowKind.CIRCLE for each in below):
        told.append(_("Ring with a dot: the circle was drawn"))
    if told:
        yield Items(tuple(told))
