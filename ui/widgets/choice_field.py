"""A choice from a list that the mouse wheel leaves alone while the page around it is scrolled."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from ui.widgets.naming import named


class ChoiceField(QComboBox):
    """A combo box that only a press or a key changes: a page that is scrolled may have put the cursor into it by itself."""

    def __init__(self, parent: QWidget, *, name: str, spoken: str) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()
