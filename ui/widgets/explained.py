"""Words that are explained: on hover, with the keyboard on them, and when they are tapped, so that no one way is needed."""

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QToolTip, QWidget

from ui import theme
from ui.widgets.labels import in_our_direction
from ui.widgets.naming import named

STAYS_MS = 10 * 60 * 1000
"""Until the keyboard goes on, or Esc: nobody has to read against a clock."""
BELOW = 6


def tell_at(widget: QWidget, at: QPoint, words: str) -> None:
    """Show words below a place of a widget for as long as they are wanted; none takes away what shows."""
    if words:
        place = widget.mapToGlobal(at + QPoint(0, BELOW))
        QToolTip.showText(place, in_our_direction(words), widget, widget.rect(), STAYS_MS)
    else:
        QToolTip.hideText()


class Explained(QLabel):
    """A label that says what its words mean; the keyboard stops there while there is something to say."""

    def __init__(self, parent: QWidget, *, name: str, kind: str = "body", tone: str = "text") -> None:
        super().__init__(parent)
        named(self, name)
        self.setProperty("kind", kind)
        self.setProperty("tone", tone)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setContentsMargins(0, 0, 0, 2)  # for the line of the keyboard
        self._shows = QTimer(self)  # once the change of focus is through: it takes every tooltip away
        self._shows.setSingleShot(True)
        self._shows.setInterval(0)
        self._shows.timeout.connect(self._tell)

    def say(self, words: str, meaning: str = "", *, spoken: str = "") -> None:
        """Show words, `spoken` without their formatting, and say what they mean; "" for nothing."""
        self.setText(words)
        self.setAccessibleName(spoken or words)
        self.setToolTip(meaning)
        self.setAccessibleDescription(meaning)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if meaning else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.WhatsThisCursor if meaning else Qt.CursorShape.ArrowCursor)

    def forget(self) -> None:
        """Let go of every word."""
        self.say("")

    def _tell(self) -> None:
        if self.hasFocus() and self.isVisible():
            tell_at(self, QPoint(0, self.height()), self.toolTip())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Explain, unless it is the window that came back."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self._shows.start()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the explanation away."""
        super().focusOutEvent(event)
        self._shows.stop()
        QToolTip.hideText()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Explain what is clicked or tapped."""
        super().mouseReleaseEvent(event)
        self._shows.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Explain again with Enter or Space; Esc takes it away, and only then leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._tell()
        elif event.key() == Qt.Key.Key_Escape and QToolTip.isVisible():
            QToolTip.hideText()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a line under the words while the keyboard is on them."""
        super().paintEvent(event)
        if self.hasFocus():
            look = theme.current()
            thick = float(look.size("focus_width"))
            painter = QPainter(self)
            painter.fillRect(QRectF(0.0, self.height() - thick, self.width(), thick), look.color("focus"))
            painter.end()
