"""A chart of one score, painted from its display list; its results are reached with the arrow keys and are said in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from ipt_desktop.domain.chart_foot import Below
from ipt_desktop.domain.measure_chart import MeasureChart, PointPlace, margins, measure_chart
from ui import theme
from ui.painting import PaintedMarks, measure_with, theme_inks
from ui.widgets.explained import tell_at
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.domain.chart_axis import ChartAxis
    from ipt_desktop.domain.measure_series import Series

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
LEAST = 240


@dataclass(frozen=True, slots=True)
class ChartGround:
    """What all charts have in common: the axis, what is below it, and the series that stand `beside` one another."""

    axis: ChartAxis
    below: Sequence[Below]
    beside: Sequence[Series]
    words: Mapping[str, str]


class ChartView(QWidget):
    """`opened` carries the id of a result that was clicked, or chosen with Enter."""

    opened = Signal(str)

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        named(self, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._series: Series | None = None
        self._axis: ChartAxis | None = None
        self._beside: Sequence[Series] = ()
        self._below: Sequence[Below] = ()
        self._words: Mapping[str, str] = {}
        self._title = self._whole = ""
        self._chart: MeasureChart | None = None
        self._painted: PaintedMarks | None = None
        self._at = self._chosen = ""

    # -- what it shows ---------------------------------------------------------------------------------------------

    @property
    def chart(self) -> MeasureChart | None:
        """The chart as it is laid out now."""
        return self._chart

    @property
    def at(self) -> str:
        """The id of the result that the keyboard speaks to, or ""."""
        return self._at

    def show_series(self, series: Series, ground: ChartGround, words: Mapping[str, str], said: tuple[str, str]) -> None:
        """Show a series; `words` are those of its results by id and of what is below by key, `said` its title and all of it."""
        self._series, self._axis, self._below, self._beside = series, ground.axis, ground.below, ground.beside
        self._title, self._whole = said
        self._words = words
        if self._at not in words:
            self._at = ""
        self._lay_out()

    def choose(self, result_id: str) -> None:
        """Mark the result whose details are open, or none."""
        self._chosen = result_id
        if result_id:
            self._at = result_id
        self._say()
        self.update()

    def forget(self) -> None:
        """Let go of every word."""
        self._series = self._axis = self._chart = self._painted = None
        self._below, self._beside, self._words = (), (), {}
        self._title = self._whole = self._at = self._chosen = ""
        self.setAccessibleName("")
        self.setAccessibleDescription("")
        self.setToolTip("")

    def place_of(self, result_id: str) -> QPointF:
        """Return where a result is, in the widget's own coordinates. Raises KeyError where it is not drawn."""
        point = next((each for each in self._points if each.result_id == result_id), None)
        if point is None:
            raise KeyError(result_id)
        return QPointF(point.x, point.y) * theme.current().scale

    @property
    def _points(self) -> tuple[PointPlace, ...]:
        return self._chart.points if self._chart else ()

    def _lay_out(self) -> None:
        if self._series is None or self._axis is None:
            return
        look = theme.current()
        inks = theme_inks(look)
        width = max(self.width() / look.scale, float(LEAST))
        measure = measure_with(inks)
        shared = margins(self._beside, measure, width)
        self._chart = measure_chart(self._series, self._axis, self._below, measure, (width, 0.0), shared)
        self._painted = PaintedMarks(self._chart.picture.marks, inks)
        height = round(self._chart.picture.height * look.scale) + 1
        if self.minimumHeight() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)
        self._say()
        self.update()

    def _say(self) -> None:
        here = self._words.get(self._at, "")
        self.setAccessibleName(f"{self._title}. {here}" if here and self.hasFocus() else self._title)
        self.setAccessibleDescription(self._whole)

    def sizeHint(self) -> QSize:
        """Return as much width as there is."""
        return QSize(theme.current().px(420), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Ask for little width: what has no room gives way."""
        return QSize(LEAST, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay it out for the width there is."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._lay_out()

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chart, and rings round what is open and where the keyboard is."""
        if self._painted is None:
            return
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(look.scale, look.scale)
        self._painted.paint(painter)
        rings = [(self._chosen, "accent", 2.0, 7.0)]
        rings += [(self._at, "focus", float(look.size("focus_width")), 10.0)] if self.hasFocus() else []
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for result_id, role, width, radius in rings:
            point = next((each for each in self._points if each.result_id == result_id), None)
            if point is not None:
                painter.setPen(QPen(look.color(role), width))
                painter.drawEllipse(QPointF(point.x, point.y), radius, radius)
        if self.hasFocus() and not self._at and self._chart is not None:
            box = self._chart.plot
            painter.setPen(QPen(look.color("focus"), look.size("focus_width")))
            painter.drawRect(QRectF(box.left, box.top, box.right - box.left, box.bottom - box.top))
        painter.end()

    # -- mouse -----------------------------------------------------------------------------------------------------

    def _point_at(self, at: QPointF) -> PointPlace | None:
        spot = at / theme.current().scale
        return self._chart.nearest(spot.x(), spot.y()) if self._chart else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be opened."""
        is_point = self._point_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_point else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the result that was clicked."""
        point = self._point_at(event.position())
        if point is not None and event.button() is Qt.MouseButton.LeftButton:
            self._go_to(point.result_id)
            self.opened.emit(point.result_id)

    def event(self, event: QEvent) -> bool:
        """Say in words what is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            words = self._words_at(QPointF(event.pos()))
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _words_at(self, at: QPointF) -> str:
        point = self._point_at(at)
        if point is not None:
            return self._words.get(point.result_id, "")
        spot = at / theme.current().scale
        found = (
            key
            for key, box in (self._chart.below if self._chart else ())
            if box.left <= spot.x() <= box.right and box.top <= spot.y() <= box.bottom
        )
        return self._words.get(next(found, ""), "")

    # -- keys ------------------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the latest result."""
        super().focusInEvent(event)
        if not self._at and self._points:
            self._at = self._points[-1].result_id
        self._say()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no ring and no words without the keyboard."""
        super().focusOutEvent(event)
        QToolTip.hideText()
        self._say()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from result to result; open one."""
        key, points = Qt.Key(event.key()), self._points
        here = next((number for number, each in enumerate(points) if each.result_id == self._at), len(points) - 1)
        if points and key in _STEPS:
            self._go_to(points[min(max(here + _STEPS[key], 0), len(points) - 1)].result_id)
        elif points and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to(points[0 if key is Qt.Key.Key_Home else -1].result_id)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at:
            self.opened.emit(self._at)
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        """Show in words, below it, the result that the keyboard is on."""
        if any(each.result_id == self._at for each in self._points):
            tell_at(self, self.place_of(self._at).toPoint(), self._words.get(self._at, ""))

    def _go_to(self, result_id: str) -> None:
        self._at = result_id
        self._say()
        if self.hasFocus():
            self._tell()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()
