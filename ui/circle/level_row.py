"""How much of something: none, a little, some, much, or not asked; one stop of the Tab key, answered by one digit."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ipt_desktop.domain.support_words import LEVELS, level_word
from ipt_desktop.domain.text import _
from ui.widgets.labels import label
from ui.widgets.naming import named

_DIGITS = {Qt.Key(Qt.Key.Key_0 + level): level for level in LEVELS}
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class LevelRow(QWidget):
    """A level 0–3 as joined buttons under what it is about. `chosen` carries the level, None for *not asked*.

    Tab comes to the button chosen; Left and Right walk the others, 0 to 3 choose at once, Delete means not asked.
    """

    chosen = Signal(object)

    def __init__(self, words: str, parent: QWidget, *, name: str, spoken: str = "") -> None:
        super().__init__(parent)
        named(self, name, spoken or words)
        self.setToolTip(_("Keys: 0 none to 3 much, Delete for not asked"))
        self._level: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.addWidget(label(words, self, kind="caption", tone="text_soft", wraps=True), 1)
        self._buttons: dict[int | None, QPushButton] = {None: self._button(None, "both")}
        head.addWidget(self._buttons[None])
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(0)
        for level in LEVELS:
            end = "first" if level == LEVELS[0] else "last" if level == LEVELS[-1] else "middle"
            self._buttons[level] = self._button(level, end)
            row.addWidget(self._buttons[level], 1)
        column.addLayout(row)
        self.show_level(None)

    def _button(self, level: int | None, end: str) -> QPushButton:
        words = level_word(level)
        button = named(
            QPushButton(words, self),
            f"{self.objectName()}_{'not_asked' if level is None else level}",
            _("{what}: {words}").format(what=self.accessibleName(), words=words),
        )
        button.setCheckable(True)
        button.setAutoDefault(False)
        for key, value in (("kind", "segment"), ("is_tight", True), ("end", end), ("level", level)):
            button.setProperty(key, value)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self._on_clicked)
        button.installEventFilter(self)
        return button

    @property
    def level(self) -> int | None:
        """The level shown, None for not asked."""
        return self._level

    def button(self, level: int | None) -> QPushButton:
        """Return one of the buttons."""
        return self._buttons[level]

    def show_level(self, level: int | None) -> None:
        """Show a level without announcing it."""
        self._level = level
        self.setAccessibleDescription(level_word(level))
        for other, button in self._buttons.items():
            button.setChecked(other == level)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == level else Qt.FocusPolicy.ClickFocus)

    def _choose(self, level: int | None) -> None:
        if self.isEnabled():
            has_changed = level != self._level
            self.show_level(level)
            self._buttons[level].setFocus(Qt.FocusReason.OtherFocusReason)
            if has_changed:
                self.chosen.emit(level)

    def _on_clicked(self) -> None:
        self._choose(next(level for level, button in self._buttons.items() if button is self.sender()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the buttons, or answer by a key."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if key in _DIGITS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._choose(_DIGITS[key])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._choose(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(watched, QPushButton):
            watched.click()
        elif key in _STEPS:
            buttons = list(self._buttons.values())
            place = next(at for at, button in enumerate(buttons) if button is watched) + _STEPS[key]
            buttons[min(max(place, 0), len(buttons) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            return super().eventFilter(watched, event)
        return True
