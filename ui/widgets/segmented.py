"""Joined buttons, of which one or none is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget


class _Segment(QPushButton):
    """One of the buttons; it has room for the heavier letters it gets when it is chosen."""

    def sizeHint(self) -> QSize:
        """Return the room of the words at their heaviest."""
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        words = self.text()
        more = QFontMetrics(strong).horizontalAdvance(words) - self.fontMetrics().horizontalAdvance(words)
        return super().sizeHint() + QSize(max(0, more), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the focus between the buttons with Left and Right."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        row = self.parent()
        if step and isinstance(row, Segmented):
            row.move_focus(self, step)
        else:
            super().keyPressEvent(event)


class Segmented(QWidget):
    """A choice among a few words. None is chosen at first; pressing the chosen one again clears it if `is_clearable`.

    `options` are (key, words). `chosen` carries the key, or None. Left and Right move between the buttons.
    """

    chosen = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        parent: QWidget,
        *,
        name: str,
        spoken: str,
        is_clearable: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._is_clearable = is_clearable
        self._choice: str | None = None
        self._buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        for place, (key, words) in enumerate(options):
            self._add(key, words, place, len(options))
        self._row.addStretch(1)

    def _add(self, key: str, words: str, place: int, count: int) -> None:
        button = _Segment(words, self)
        button.setObjectName(f"{self.objectName()}_{key}")
        button.setAccessibleName(f"{self.accessibleName()}: {words}")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setProperty("kind", "segment")
        ends = {(True, True): "both", (True, False): "first", (False, True): "last", (False, False): "middle"}
        button.setProperty("end", ends[place == 0, place == count - 1])
        button.setProperty("key", key)
        button.clicked.connect(self._on_clicked)
        self._buttons[key] = button
        self._row.addWidget(button)

    def choice(self) -> str | None:
        """Return the key chosen, or None."""
        return self._choice

    def choose(self, key: str | None) -> None:
        """Show a choice without announcing it; None presses no button."""
        self._choice = key
        for other, button in self._buttons.items():
            button.setChecked(other == key)

    def set_words(self, key: str, words: str) -> None:
        """Show other words on one button (a count, a date)."""
        self._buttons[key].setText(words)
        self._buttons[key].setAccessibleName(f"{self.accessibleName()}: {words}")

    def close_up(self) -> None:
        """Leave less room around the words, where something else has to stand on the same line."""
        for button in self._buttons.values():
            button.setProperty("is_close", True)

    def button(self, key: str) -> QPushButton:
        """Return one of the buttons."""
        return self._buttons[key]

    def others(self) -> list[QPushButton]:
        """Return the buttons that Tab need not stop at: all but the one with the keyboard, else the chosen, else the first."""
        buttons = list(self._buttons.values())
        focused = next((each for each in buttons if each.hasFocus()), None)
        stop = focused or next((each for each in buttons if each.isChecked()), buttons[0])
        return [each for each in buttons if each is not stop]

    def _on_clicked(self) -> None:
        key = str(self.sender().property("key"))
        self.choose(None if self._is_clearable and key == self._choice else key)
        self.chosen.emit(self._choice)

    def move_focus(self, here: QPushButton, step: int) -> None:
        """Move the focus so many buttons on from one, not past an end."""
        buttons = list(self._buttons.values())
        place = next(i for i, button in enumerate(buttons) if button is here) + step
        buttons[min(max(place, 0), len(buttons) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
