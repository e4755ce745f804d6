"""The line that takes someone on: a name, a comma, what they are to the client."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from ipt_desktop.domain.text import _
from ui.widgets.naming import named


class QuickAdd(QLineEdit):
    """Takes "Elin, daughter" and Return. While nothing typed is to be undone, undo and redo are the circle's."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "circle_add", _("Add a person: name, then relation"))
        self.setPlaceholderText(_("Add: name, relation"))

    def take(self) -> str:
        """Return what was typed and begin anew, with nothing left to undo."""
        text = self.text()
        self.setText("")
        return text

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the menu where the line has nothing for them: a line keeps both keys for itself."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            standard = QKeySequence.StandardKey
            is_undo = event.matches(standard.Undo) and not self.isUndoAvailable()
            is_redo = event.matches(standard.Redo) and not self.isRedoAvailable()
            if is_undo or is_redo:
                event.ignore()
                return False
        return super().event(event)
