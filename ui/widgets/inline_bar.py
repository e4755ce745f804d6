"""Bars in the page instead of dialogs: what happened, what is safe, what to do now."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.buttons import icon_button, link
from ui.widgets.labels import Picture, label

LOOKS = {
    "danger": ("triangle-alert", "danger"),
    "caution": ("circle-alert", "caution"),
    "note": ("info", "text_soft"),
}


class InlineBar(QFrame):
    """A bar with a title, words and actions. Hidden until `say`; it stays until `clear` or, if allowed, its cross.

    `shown` tells whether it is there now, for a layout that keeps room only then.
    """

    shown = Signal(bool)

    def __init__(self, parent: QWidget, *, name: str = "bar") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        self._icon = Picture("info", self)
        column = QVBoxLayout()
        column.setSpacing(2)
        self._title = label("", self, kind="strong", name=f"{name}_title", wraps=True)
        self._words = label("", self, kind="label", name=f"{name}_words", wraps=True)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(20)
        self._cross = icon_button("x", self, name=f"{name}_close", spoken=_("Close this message"))
        self._cross.clicked.connect(self.clear)
        for part in (self._title, self._words):
            column.addWidget(part)
        column.addLayout(self._actions)
        row.addWidget(self._icon, 0, top)
        row.addLayout(column, 1)
        row.addWidget(self._cross, 0, top)
        self.hide()

    def say(
        self,
        title: str,
        words: str = "",
        *,
        tone: str = "note",
        actions: tuple[tuple[str, str, Callable[[], None]], ...] = (),
        can_close: bool = True,
    ) -> None:
        """Show the bar. `tone` is danger, caution or note; an action is (objectName, words, what to call)."""
        focused = QApplication.focusWidget()
        held = focused.objectName() if focused is not None and self.isAncestorOf(focused) else ""
        self._clear_actions()
        icon, role = LOOKS[tone]
        self._icon.set_icon(icon, role)
        self._title.setText(title)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        for name, text, act in actions:
            button = link(text, self, name=name, is_flush=True)
            button.clicked.connect(act)
            self._actions.addWidget(button)
            if held == name:  # said again, as a save is that fails again: the keyboard stays where it was
                button.show()
                button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._actions.addStretch(1)
        self._cross.setVisible(can_close)
        self.setAccessibleName(self.text())
        theme.restyle(self, tone=tone)
        self.show()
        self.shown.emit(True)

    def title(self) -> str:
        """Return what the bar says first, or "" while it is not there."""
        return self._title.text()

    def text(self) -> str:
        """Return what the bar says, or "" while it is not there."""
        return " ".join(part for part in (self._title.text(), self._words.text()) if part)

    def clear(self) -> None:
        """Take the bar away."""
        self._clear_actions()
        self._title.setText("")
        self._words.setText("")
        self.setAccessibleName("")
        self.hide()
        self.shown.emit(False)

    def _clear_actions(self) -> None:
        while (item := self._actions.takeAt(0)) is not None:
            if (button := item.widget()) is not None:
                button.hide()
                button.deleteLater()
