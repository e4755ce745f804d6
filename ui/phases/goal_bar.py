"""The painted bar of a goal: from the start to now, a dot where there is no way between, and a stroke at the aim."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ipt_desktop.domain.attainment import HIGHEST, LOWEST, Attainment
from ipt_desktop.domain.closeness import OUTSIDE
from ipt_desktop.domain.goal import Way
from ui import theme

_HEIGHT, _GROOVE, _KNOB = 18, 5.0, 5.0


class GoalBar(QWidget):
    """A way in closeness, outside at the left and closest at the right as on the slider; or one of 0–10.

    Its words stand beside it.
    """

    def __init__(self, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._start: float | None = None
        self._now: float | None = None
        self._aim: float | None = None

    def show_way(self, way: Way, spoken: str) -> None:
        """Show a way in closeness; `spoken` is what a screen reader says of it."""
        self._show((way.start, way.now, way.wanted), _share_of_closeness, spoken)

    def show_attainment(self, told: Attainment, spoken: str) -> None:
        """Show how far a goal is, 0–10; where it was not said since, it stands where it was."""
        now = told.now if told.now is not None else told.start
        self._show((told.start if told.start is not None else now, now, told.aim), _share_of_scale, spoken)

    def _show(
        self, told: tuple[float | None, float | None, float | None], share_of: Callable[[float], float], spoken: str
    ) -> None:
        self._start, self._now, self._aim = (share_of(each) if each is not None else None for each in told)
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
        return self._x(_share_of_closeness(felt))

    def _x(self, share: float, edge: float = 1.0) -> float:
        """Return where a share lies, whatever is drawn there `edge` pixels to both sides of it."""
        return min(max(self.width() * share, edge), self.width() - edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the groove, the way so far, where it stands and the aim."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("line"))
        self._paint_span(painter, 0.0, float(self.width()), middle)
        if self._start is not None and self._now is not None:
            painter.setBrush(look.color("accent"))
            left, right = sorted((self._x(self._start, 0.0), self._x(self._now, 0.0)))
            self._paint_span(painter, left, right, middle)
            if right - left < 2 * _KNOB:  # no way to be seen: a dot where it stands
                painter.drawEllipse(QPointF(self._x(self._now, _KNOB), middle), _KNOB, _KNOB)
        if self._aim is not None:
            painter.setPen(QPen(look.color("text"), 2.0))
            x = self._x(self._aim)
            painter.drawLine(QPointF(x, middle - 7.5), QPointF(x, middle + 7.5))
        painter.end()

    def _paint_span(self, painter: QPainter, left: float, right: float, middle: float) -> None:
        painter.drawRoundedRect(QRectF(left, middle - _GROOVE / 2, right - left, _GROOVE), _GROOVE / 2, _GROOVE / 2)

    def changeEvent(self, event: QEvent) -> None:
        """Take a new theme's colours."""
        super().changeEvent(event)
        self.update()


def _share_of_closeness(felt: float) -> float:
    return min((max(felt, OUTSIDE) - OUTSIDE) / (1.0 - OUTSIDE), 1.0)


def _share_of_scale(value: float) -> float:
    return (value - LOWEST) / (HIGHEST - LOWEST)
