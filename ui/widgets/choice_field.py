"""A choice from a list that the mouse wheel leaves alone while the page around it is scrolled."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from ui.widgets.naming import named


class ChoiceField(QComboBox):
    """A combo box; the wheel changes it only once it has the focus."""

    def __init__(self, parent: QWidget, *, name: str, spoken: str) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll, unless this is what the therapist is in."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
