"""The phase as shapes and a word: past thin and filled, present tall and filled, future thin and hollow."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

PILL, STEP, TALL, THIN = 12.0, 14.0, 11.0, 5.5
GAP = 8.0


def pills_width(count: int) -> float:
    """Return the width of the pills of `count` phases, in pixels at this text size."""
    look = theme.current()
    return look.scale * (STEP * count + PILL - STEP) if count else 0.0


def paint_pills(painter: QPainter, left: float, middle: float, count: int, current: int | None) -> None:
    """Paint one pill a phase from `left`, centred on the line `middle`; `current` counts from 0, None is before the first."""
    look = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for place in range(count):
        is_now, is_past = place == current, current is not None and place < current
        height = (TALL if is_now else THIN) * look.scale
        pill = QRectF(left + place * STEP * look.scale, middle - height / 2, PILL * look.scale, height)
        painter.setPen(QPen(look.color("accent" if is_now or is_past else "control"), 1.3))
        painter.setBrush(look.color("accent") if is_now or is_past else Qt.BrushStyle.NoBrush)
        radius = min(height / 2, 4 * look.scale)
        painter.drawRoundedRect(pill, radius, radius)
    painter.restore()


def paint_phase(
    painter: QPainter,
    rect: QRectF,
    count: int,
    current: int | None,
    word: str,
    kind: str = "strong",
) -> None:
    """Paint pills and word, centred upright in `rect`; for chips and table cells alike."""
    look = theme.current()
    paint_pills(painter, rect.left(), rect.center().y(), count, current)
    font = look.font(kind)
    metrics = QFontMetricsF(font)
    left = rect.left() + (pills_width(count) + GAP * look.scale if count else 0.0)
    painter.setFont(font)
    painter.setPen(look.color("text"))
    base = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2
    painter.drawText(QPointF(left, base), metrics.elidedText(word, Qt.TextElideMode.ElideRight, rect.right() - left + 1))


class PhaseChip(QWidget):
    """The phase chip of a course. Never a percentage, never colour alone."""

    def __init__(self, parent: QWidget, *, name: str = "phase_chip", kind: str = "strong") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._kind = kind
        self._count, self._current, self._word = 0, None, ""  # type: int, int | None, str
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_phase(self, count: int, current: int | None, word: str) -> None:
        """Show phase `current` (from 0, None before the first) of `count`, and the protocol's word for it."""
        self._count, self._current, self._word = count, current, word
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def word(self) -> str:
        """Return the phase's word."""
        return self._word

    def sizeHint(self) -> QSize:
        """Return the room of pills and word."""
        look = theme.current()
        width = pills_width(self._count) + GAP * look.scale
        metrics = QFontMetricsF(look.font(self._kind))
        width += metrics.horizontalAdvance(self._word)
        return QSize(round(width) + 3, round(metrics.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint pills and word."""
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(1, 0, 0, 0)
        paint_phase(painter, rect, self._count, self._current, self._word, self._kind)
        painter.end()
