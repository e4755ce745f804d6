"""The painted bar of a goal: from the start to now, a dot where it stands, and a stroke at the aim."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ipt_desktop.domain.closeness import OUTSIDE
from ipt_desktop.domain.goal import Way
from ui import theme

_HEIGHT, _GROOVE, _KNOB = 18, 5.0, 5.0


class GoalBar(QWidget):
    """Outside at the left, closest at the right, as on the closeness slider. Its words stand beside it."""

    def __init__(self, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._way = Way(None, None, None)

    def show_way(self, way: Way, spoken: str) -> None:
        """Show a way; `spoken` is what a screen reader says of it."""
        self._way = way
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a line's height."""
        return QSize(160, theme.current().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the least width a way can be seen in."""
        return QSize(80, theme.current().px(_HEIGHT))

    def x_of(self, felt: float) -> float:
        """Return where a closeness lies on the bar."""
        edge = _KNOB + 1.0
        share = (max(felt, OUTSIDE) - OUTSIDE) / (1.0 - OUTSIDE)
        return edge + (self.width() - 2 * edge) * min(share, 1.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the groove, the way so far, where it stands and the aim."""
        look, way = theme.current(), self._way
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("line"))
        self._paint_span(painter, 0.0, float(self.width()), middle)
        if way.start is not None and way.now is not None:
            painter.setBrush(look.color("accent"))
            left, right = sorted((self.x_of(way.start), self.x_of(way.now)))
            self._paint_span(painter, left, right, middle)
            painter.drawEllipse(QPointF(self.x_of(way.now), middle), _KNOB, _KNOB)
        if way.wanted is not None:
            painter.setPen(QPen(look.color("text"), 2.0))
            x = self.x_of(way.wanted)
            painter.drawLine(QPointF(x, middle - 7.5), QPointF(x, middle + 7.5))
        painter.end()

    def _paint_span(self, painter: QPainter, left: float, right: float, middle: float) -> None:
        painter.drawRoundedRect(QRectF(left, middle - _GROOVE / 2, right - left, _GROOVE), _GROOVE / 2, _GROOVE / 2)

    def changeEvent(self, event: QEvent) -> None:
        """Take a new theme's colours."""
        super().changeEvent(event)
        self.update()
