"""A whole number, typed or stepped; as high as the other fields."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from ui import theme
from ui.widgets.naming import named

INDENT = 8


class NumberField(QSpinBox):
    """A spin box from `lowest` to `highest`; the wheel changes it only once it has the focus."""

    def __init__(self, parent: QWidget, *, name: str, spoken: str, lowest: int = 1, highest: int = 99) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        self.setRange(lowest, highest)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().setTextMargins(INDENT, 0, 0, 0)  # the style sheet's padding does not reach the line inside
        self._grow()

    def show_value(self, value: int) -> None:
        """Show a value, without telling that it changed."""
        self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(False)

    def _grow(self) -> None:
        self.setFixedHeight(theme.current().size("control"))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._grow()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()
