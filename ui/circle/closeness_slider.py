"""How close someone is felt to be, on a line: outside is a stop of its own, left of a gap; then outer, middle, inner."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ipt_desktop.domain.closeness import OUTSIDE, RING_BOUNDS, STEP, Ring, RingWords, middle_of, nudged, one_ring
from ui import theme

_EDGE = 22.0
_GAP = 62.0
_GROOVE_AT = 18.0
_KNOB = 8.0


class ClosenessSlider(QWidget):
    """A closeness, or None while nobody is chosen. `chosen` tells a value when the knob is let go or a key pressed."""

    chosen = Signal(float)

    def __init__(self, parent: QWidget, *, name: str, spoken: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._felt: float | None = None
        self._words = RingWords()

    def show_closeness(self, felt: float | None, words: RingWords) -> None:
        """Show a closeness in these words."""
        self._felt, self._words = felt, words
        self.setAccessibleDescription(words.of(felt))
        self.update()

    @property
    def felt(self) -> float | None:
        """The closeness shown."""
        return self._felt

    def sizeHint(self) -> QSize:
        """Return the groove with its words under it."""
        return QSize(260, theme.current().px(52))

    def minimumSizeHint(self) -> QSize:
        """Return the least width the words fit in."""
        return QSize(200, theme.current().px(52))

    def x_of(self, felt: float) -> float:
        """Return where a closeness lies on the line."""
        if felt < 0:
            return _EDGE
        first, last = _EDGE + _GAP - 18.0, self.width() - 10.0
        return first + (last - first) * min(felt, 1.0)

    def felt_at(self, x: float) -> float:
        """Return the closeness at a place on the line; the gap's middle parts it from outside."""
        first, last = self.x_of(0.0), self.x_of(1.0)
        if x < (_EDGE + first) / 2:
            return OUTSIDE
        return round(min(max((x - first) / (last - first), 0.0), 1.0), 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the stop, the groove with its ring borders, the words and the knob."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("control"), 1.4))
        painter.setBrush(look.color("surface"))
        painter.drawEllipse(QPointF(_EDGE, _GROOVE_AT), 4.0, 4.0)
        first, last = self.x_of(0.0), self.x_of(1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("line"))
        painter.drawRoundedRect(QRectF(first, _GROOVE_AT - 2.0, last - first, 4.0), 2.0, 2.0)
        painter.setPen(QPen(look.color("control"), 1.0))
        for felt in (0.0, *RING_BOUNDS[:2], 1.0):
            painter.drawLine(QPointF(self.x_of(felt), _GROOVE_AT + 6.0), QPointF(self.x_of(felt), _GROOVE_AT + 10.0))
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("text_soft"))
        for ring in Ring:
            middle = self.x_of(middle_of(ring))
            box = QRectF(middle - 60.0, _GROOVE_AT + 11.0, 120.0, self.height() - _GROOVE_AT - 11.0)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._words.word(ring))
        if self._felt is not None:
            self._paint_knob(painter, QPointF(self.x_of(self._felt), _GROOVE_AT))
        painter.end()

    def _paint_knob(self, painter: QPainter, at: QPointF) -> None:
        look = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent"))
        painter.drawEllipse(at, _KNOB, _KNOB)
        if self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, _KNOB + 3.0, _KNOB + 3.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the knob to the mouse."""
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the knob follow."""
        self._follow(event)

    def _follow(self, event: QMouseEvent) -> None:
        self.show_closeness(self.felt_at(event.position().x()), self._words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell where the knob was let go."""
        if self._felt is not None:
            self.chosen.emit(self._felt)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right and Up are closer, Left and Down further; Page keys a whole ring, Home outside, End closest.

        Of someone without a place the first key is one from the middle of the outer ring.
        """
        felt = self._after(Qt.Key(event.key()), middle_of(Ring.OUTER) if self._felt is None else self._felt)
        if felt is None:
            super().keyPressEvent(event)
        elif felt != self._felt:
            self.show_closeness(felt, self._words)
            self.chosen.emit(felt)

    def _after(self, key: Qt.Key, felt: float) -> float | None:
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            return nudged(felt, STEP)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            return nudged(felt, -STEP)
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            return one_ring(felt, closer=key is Qt.Key.Key_PageUp)
        return {Qt.Key.Key_Home: OUTSIDE, Qt.Key.Key_End: 1.0}.get(key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the keyboard's ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard's ring away."""
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Take a new theme's colours."""
        super().changeEvent(event)
        self.update()
