"""Painting the charts of three measures with two hundred results each, against a bare `QPainter` that draws the same.

Prints `chart.paint`: the median of painting the three widgets by that of drawing the same areas, lines, discs and words.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QImage, QPainter, QPen, QPolygonF, QStaticText
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.measuring import ratio, rounds, seconds, tell
from ipt_desktop.domain.chart_axis import date_axis, days_of
from ipt_desktop.domain.chart_foot import Below, BelowKind
from ipt_desktop.domain.measure_series import Result, Series
from ipt_desktop.domain.picture import Anchor, AnyMark, Disc, Label, Line, Polygon
from ipt_desktop.services.resources import Resources
from ui import theme
from ui.garbage import GarbageCollector
from ui.painting import theme_inks
from ui.progress.chart_view import ChartGround, ChartView

POINTS = 200
PAINTINGS = 60
TODAY = date(2026, 11, 24)
KEYS = ("phq-9", "gad-7", "pcl-5")
Draw = Callable[[QPainter], None]


def series(key: str) -> Series:
    """Return two hundred results of a measure, one a week."""
    resources = Resources()
    measure = resources.measure(key)
    assert measure is not None
    dice = random.Random(7)  # noqa: S311 - scores, not secrets
    lowest, highest = measure.range_of()
    weeks = [TODAY - timedelta(weeks=POINTS - number) for number in range(POINTS)]
    results = tuple(Result(f"r{n}", day, dice.randint(int(lowest), int(highest))) for n, day in enumerate(weeks))
    return Series(measure, "total", results, resources.rule_set("nhs-talking-therapies"))


def shown(every: list[Series]) -> list[ChartView]:
    """Show the charts, each in its widget."""
    axis = date_axis(days_of(each.on for each in every[0].results), [(every[0].first.on, "Initial")])
    below = [Below(f"e{number}", number / 12, BelowKind.EVENT, "abcdefghijkl"[number]) for number in range(12)]
    ground = ChartGround(axis, below, every, {})
    views = []
    for each in every:
        view = ChartView(None, f"chart_{each.key}")  # type: ignore[arg-type]
        view.resize(600, 240)
        view.show()
        view.show_series(each, ground, {}, (each.key, ""))
        views.append(view)
    return views


def bare(mark: AnyMark) -> Draw:
    """Return what draws a mark, with all it needs made before."""
    inks = theme_inks(theme.current())
    pen, brush = QPen(QColor(0, 0, 0, 0)), QBrush()
    if isinstance(mark, Disc | Polygon):
        brush = QBrush(inks.color(mark.fill)) if mark.fill else QBrush()
    if not isinstance(mark, Label) and getattr(mark, "line", ""):
        pen = QPen(inks.color(mark.line), mark.width)  # type: ignore[union-attr]
        if mark.dash:  # type: ignore[union-attr]
            pen.setDashPattern([each / mark.width for each in mark.dash])  # type: ignore[union-attr]
    if isinstance(mark, Disc):
        return partial(_disc, QPointF(*mark.center), mark.radius, pen, brush)
    if isinstance(mark, Polygon | Line):
        corners = QPolygonF([QPointF(*each) for each in mark.points])
        return partial(_polygon if isinstance(mark, Polygon) else _line, corners, pen, brush)
    assert isinstance(mark, Label)
    font = inks.font(mark.style)
    metrics = QFontMetricsF(font)
    back = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[mark.anchor] * metrics.horizontalAdvance(mark.text)
    text = QStaticText(mark.text)
    text.prepare(font=font)
    return partial(_words, QPointF(mark.at[0] - back, mark.at[1] - metrics.ascent()), text, font, QPen(inks.color(mark.fill)))


def _disc(center: QPointF, radius: float, pen: QPen, brush: QBrush, painter: QPainter) -> None:
    painter.setPen(pen)
    painter.setBrush(brush)
    painter.drawEllipse(center, radius, radius)


def _polygon(corners: QPolygonF, pen: QPen, brush: QBrush, painter: QPainter) -> None:
    painter.setPen(pen)
    painter.setBrush(brush)
    painter.drawPolygon(corners)


def _line(corners: QPolygonF, pen: QPen, _brush: QBrush, painter: QPainter) -> None:
    painter.setPen(pen)
    painter.drawPolyline(corners)


def _words(at: QPointF, text: QStaticText, font: object, pen: QPen, painter: QPainter) -> None:
    painter.setFont(font)  # type: ignore[arg-type]
    painter.setPen(pen)
    painter.drawStaticText(at, text)


def paint_bare(images: list[tuple[QImage, list[Draw]]]) -> None:
    """Draw all charts."""
    for image, draws in images:
        image.fill(theme.current().color("surface"))
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        for draw in draws:
            draw(painter)
        painter.end()


def paint(views: list[ChartView]) -> None:
    """Paint all widgets anew."""
    for view in views:
        view.repaint()


def main() -> None:
    """Measure both in turn."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, theme.Theme())
    collector = GarbageCollector(app)
    views = shown([series(key) for key in KEYS])
    QApplication.processEvents()
    images = []
    for view in views:
        assert view.chart is not None
        assert len(view.chart.points) == POINTS
        image = QImage(view.size(), QImage.Format.Format_ARGB32_Premultiplied)
        images.append((image, [bare(mark) for mark in view.chart.picture.marks]))
    ours, plain = [], []
    for _number in range(rounds(PAINTINGS)):
        ours.append(seconds(partial(paint, views)))
        plain.append(seconds(partial(paint_bare, images)))
    tell({"chart.paint": ratio(ours, plain)}, f"three charts {min(ours) * 1000:.2f} ms, bare {min(plain) * 1000:.2f} ms")
    for view in views:
        QWidget.close(view)
    collector.deleteLater()


if __name__ == "__main__":
    main()
