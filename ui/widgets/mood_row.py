"""Mood as the client says it: eleven buttons, 0 to 10, both ends in words; digits type into it."""

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.labels import HintLabel

HIGHEST = 10
TEN_WITHIN_MS = 900  # a 0 soon after a 1 makes it 10


class MoodButton(QPushButton):
    """One value; a short line under its figure when it was last time's."""

    is_last_time = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, and the line."""
        super().paintEvent(event)
        if self.is_last_time and not self.isChecked():
            painter = QPainter(self)
            width = 16.0
            line = QRectF((self.width() - width) / 2, self.height() - 7.0, width, 2.0)
            painter.fillRect(line, theme.current().color("text_soft"))
            painter.end()


class MoodRow(QWidget):
    """A value of 0–10 or none. `chosen` carries the value or None; Delete and the chosen button clear it."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, *, name: str = "mood", spoken: str = "", ends: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken or _("Mood, as said"))
        self._value: int | None = None
        self._since_one = QElapsedTimer()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        row = QHBoxLayout()
        row.setSpacing(5)
        self._buttons = [self._make(value) for value in range(HIGHEST + 1)]
        for button in self._buttons:
            row.addWidget(button, 1)
        column.addLayout(row)
        self._ends = HintLabel(ends, self, name=f"{name}_ends")
        self._ends.setVisible(bool(ends))
        column.addWidget(self._ends)

    def _make(self, value: int) -> MoodButton:
        button = MoodButton(str(value), self)
        button.setObjectName(f"{self.objectName()}_{value}")
        button.setAccessibleName(f"{self.accessibleName()}: {value}")
        button.setProperty("kind", "mood")
        button.setProperty("value", value)
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.clicked.connect(self._on_clicked)
        button.installEventFilter(self)
        return button

    def value(self) -> int | None:
        """Return the value, or None while nothing is chosen."""
        return self._value

    def set_value(self, value: int | None) -> None:
        """Show a value without announcing it."""
        self._value = value
        for place, button in enumerate(self._buttons):
            button.setChecked(place == value)

    def set_last_time(self, value: int | None) -> None:
        """Underline last time's value; None underlines none (as in the room)."""
        for place, button in enumerate(self._buttons):
            button.is_last_time = place == value
            button.update()

    def _choose(self, value: int | None) -> None:
        self.set_value(value)
        self.chosen.emit(value)

    def _on_clicked(self) -> None:
        value = int(self.sender().property("value"))
        self._choose(None if value == self._value else value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take digits, Left, Right and Delete on any of the buttons."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._take_key(event):
            return True
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        text = event.text()
        if text.isascii() and text.isdigit():
            self._type_digit(int(text))
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._choose(None)
        else:
            return False
        return True

    def _type_digit(self, digit: int) -> None:
        is_ten = digit == 0 and self._since_one.isValid() and self._since_one.elapsed() < TEN_WITHIN_MS
        self._since_one.invalidate()
        if digit == 1:
            self._since_one.start()
        value = HIGHEST if is_ten else digit
        self._choose(value)
        self._buttons[value].setFocus()

    def _step(self, step: int) -> None:
        value = min(HIGHEST, max(0, (self._value if self._value is not None else -step) + step))
        self._choose(value)
        self._buttons[value].setFocus()
