"""The line that takes someone on: a name, a comma, what they are to the client; or what they are alone."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from ipt_desktop.domain.relation import relation_words
from ipt_desktop.domain.text import _
from ui.widgets.naming import named


class RelationCompleter(QCompleter):
    """Offers the words for relations after the comma. What is offered is taken only by a key or a click of its own."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self.setModel(QStringListModel(sorted(relation_words(), key=str.casefold), self))
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        offered = self.popup()
        if offered is not None:
            named(offered, "circle_add_relations", _("Relations"))

    def splitPath(self, path: str) -> list[str]:  # noqa: N802 - Qt's name
        """Return the part that is completed: what stands after the comma; before it comes a name, which nobody can guess."""
        _name, comma, begun = path.partition(",")
        return [begun.strip() if comma and begun.strip() else "\0"]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802 - Qt's name
        """Return the whole line with the word that was taken."""
        name = self._line.text().partition(",")[0].strip()
        return f"{name}, {index.data()}"


class QuickAdd(QLineEdit):
    """Takes "Elin, daughter" or "mother" and Return. While nothing typed is to be undone, undo and redo are the circle's.

    `left` tells that the keyboard went elsewhere in the window, or Esc was pressed.
    """

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.ask_who(stands_there=False)
        self._relations = RelationCompleter(self)
        self.setCompleter(self._relations)

    def ask_who(self, *, stands_there: bool) -> None:
        """Ask for someone who waits for a place, or for who stands where the circle was pointed at."""
        words = _("Who stands there: name, then relation") if stands_there else _("Add a person: name, then relation")
        named(self, "circle_add", words)
        self.setPlaceholderText(_("Who stands there? Name, relation") if stands_there else _("Add: name, relation"))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell it where the keyboard stays in the window: a menu, or another program, is no leaving."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the place pointed at on Esc, with what is typed kept."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        super().keyPressEvent(event)

    def take(self) -> str:
        """Return what was typed and begin anew, with nothing left to undo and nothing offered."""
        text = self.text()
        offered = self._relations.popup()
        if offered is not None:
            offered.hide()
        self.setText("")
        self._relations.setCompletionPrefix("")
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
