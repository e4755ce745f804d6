"""A list below the cursor that completes people after @ and techniques after #. It never takes the keyboard from the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ipt_desktop.domain.completing import PEOPLE, asked_before, completions
from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.prose import ProseEdit, units
from ui.forms.writing.snippet_keys import text_before
from ui.widgets.naming import named

Known = Callable[[str], Sequence[tuple[str, str]]]  # from a sign to keys and names
_LOOKED_AT = 42
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_SAME = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


class Completion(QObject):
    """The completions of one prose field. `completed` tells the sign and the key of what was put in."""

    completed = Signal(str, str)

    def __init__(self, prose: ProseEdit, known: Known) -> None:
        super().__init__(prose)
        self._prose, self._known = prose, known
        self._list: QListWidget | None = None
        self._sign, self._typed = "", ""
        prose.key_takers.append(self._takes)
        prose.typed.connect(self._on_typed)
        prose.left.connect(self.close)

    @property
    def is_open(self) -> bool:
        """Whether the list is there."""
        return self._list is not None

    def close(self) -> None:
        """Take the list away."""
        if self._list is not None:
            self._list.hide()
            self._list.clear()
            self._list.deleteLater()
            self._list = None

    def _on_typed(self, letters: str) -> None:
        """Look what is asked for; most keys find no list and no sign, and cost nothing."""
        if self._list is None and letters[-1:] not in "@#" and not letters[-1:].isalnum():
            return
        asked = asked_before(text_before(self._prose.textCursor(), _LOOKED_AT))
        found = completions(asked[1], self._known(asked[0])) if asked and not self._prose.isReadOnly() else ()
        if asked is None or not found or (len(found) == 1 and found[0][1] == asked[1]):
            self.close()
            return
        self._sign, self._typed = asked
        self._show(found)

    def _show(self, found: Sequence[tuple[str, str]]) -> None:
        if self._list is None:
            spoken = _("People") if self._sign == PEOPLE else _("Techniques")
            self._list = named(QListWidget(self._prose.window()), f"{self._prose.objectName()}_completion", spoken)
            self._list.setProperty("role", "popup")
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._list.itemClicked.connect(self._on_clicked)
        self._list.clear()
        for key, name in found:
            item = QListWidgetItem(name, self._list)
            item.setData(Qt.ItemDataRole.UserRole, key)
        if self._typed:  # with the sign alone, Enter is still the end of a line
            self._list.setCurrentRow(0)
        self._place(self._list)
        self._list.show()
        self._list.raise_()

    def _place(self, shown: QListWidget) -> None:
        """Put the list below the cursor, or above where there is no room."""
        window, look = self._prose.window(), theme.current()
        cursor = self._prose.cursorRect()
        row = max(shown.sizeHintForRow(0), look.line_height("body") + 4)
        width = min(shown.sizeHintForColumn(0) + look.px(36), window.width() - 16)
        height = shown.count() * row + 2 * shown.frameWidth() + 8
        below = self._prose.viewport().mapTo(window, cursor.bottomLeft())
        top = below.y() + 4
        if top + height > window.height():
            top = self._prose.viewport().mapTo(window, cursor.topLeft()).y() - height - 4
        shown.setGeometry(max(8, min(below.x(), window.width() - width - 8)), max(0, top), width, height)

    def _takes(self, event: QKeyEvent) -> bool:
        shown = self._list
        if shown is None or event.modifiers() & ~_SAME:
            return False
        key = Qt.Key(event.key())
        if key in _STEPS:
            row = shown.currentRow() + _STEPS[key] if shown.currentRow() >= 0 or key is Qt.Key.Key_Down else shown.count() - 1
            shown.setCurrentRow(row % shown.count())
            return True
        item = shown.currentItem()
        if key in _TAKE and item is not None:
            self._put_in(item)
            return True
        if key is Qt.Key.Key_Escape:
            self.close()
            return True
        if not event.text() or key in _TAKE:  # the cursor goes elsewhere
            self.close()
        return False

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._put_in(item)

    def _put_in(self, item: QListWidgetItem) -> None:
        sign, key, name = self._sign, str(item.data(Qt.ItemDataRole.UserRole)), item.text()
        cursor = self._prose.textCursor()
        length = units(self._sign + self._typed)
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, length)
        cursor.insertText(name)
        self._prose.setTextCursor(cursor)
        self.close()
        self.completed.emit(sign, key)
