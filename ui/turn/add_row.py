"""The line that takes people's names as fast as the client says them: a name and Enter, again and again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.buttons import outlined
from ui.widgets.naming import named

LONGEST = 200
WIDEST = 640
TARGET = 44  # pixels that a fingertip finds, however small the text is


class AddRow(QWidget):
    """`added` carries each name; `left` when nobody else is to be added."""

    added = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("turn_add_row")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.field = named(QLineEdit(self), "turn_add_field", _("Who? A first name is enough"))
        self.field.setProperty("is_big", True)
        self.field.setPlaceholderText(_("Who? A first name is enough, then Enter"))
        self.field.setMaxLength(LONGEST)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.returnPressed.connect(self._on_returned)
        self._add = outlined(_("Add"), self, name="turn_add_now", icon="plus", is_big=True)
        self._add.clicked.connect(self._on_returned)
        self._add.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the keyboard in the field
        close = outlined(_("That is everyone"), self, name="turn_add_close", is_big=True)
        close.clicked.connect(self.left)
        row.addStretch(1)
        row.addWidget(self.field, 100)
        for button in (self._add, close):
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            row.addWidget(button)
        row.addStretch(1)
        self._grow()

    def _grow(self) -> None:
        self.field.setFixedHeight(max(theme.current().size("control_big"), TARGET))
        self.field.setMaximumWidth(theme.current().px(WIDEST))

    def forget(self) -> None:
        """Let go of what is typed, with nothing left to undo."""
        self.field.setText("")

    def _on_returned(self) -> None:
        name = self.field.text().strip()
        self.forget()
        if name:
            self.added.emit(name)
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the circle on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "field"):
            self._grow()
