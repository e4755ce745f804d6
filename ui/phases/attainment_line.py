"""How far a goal is, painted: the bar from the start to now with a stroke at the aim, and the small line over time."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ipt_desktop.domain.attainment import HIGHEST, LOWEST, Attainment
from ui import theme

WIDTH, HEIGHT, EDGE = 56, 18, 3.0


class AttainmentLine(QWidget):
    """What was said of a goal over time; its words stand in its name and its tooltip."""

    def __init__(self, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._told = Attainment()

    def show_attainment(self, told: Attainment, spoken: str) -> None:
        """Show how far a goal was over time; `spoken` says it in words."""
        self._told = told
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a line's height."""
        look = theme.current()
        return QSize(look.px(WIDTH), look.px(HEIGHT))

    def points(self) -> list[QPointF]:
        """Return where each point lies: by its day from left to right, by its value from below to above."""
        told = self._told.points
        if not told:
            return []
        begin, span = told[0].on, max((told[-1].on - told[0].on).days, 1)
        across, up = self.width() - 2 * EDGE, self.height() - 2 * EDGE
        return [
            QPointF(
                EDGE + across * (each.on - begin).days / span,
                self.height() - EDGE - up * (each.value - LOWEST) / (HIGHEST - LOWEST),
            )
            for each in told
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, a dot where it stands, and the aim as a hairline."""
        look, told = theme.current(), self._told
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if told.aim is not None:
            y = self.height() - EDGE - (self.height() - 2 * EDGE) * (told.aim - LOWEST) / (HIGHEST - LOWEST)
            painter.setPen(QPen(look.color("text_soft"), 1.0, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        points = self.points()
        painter.setPen(QPen(look.color("accent"), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF(points))
        if points:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accent"))
            painter.drawEllipse(points[-1], 2.6, 2.6)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Take a new theme's colours and another text size."""
        super().changeEvent(event)
        self.updateGeometry()
        self.update()
