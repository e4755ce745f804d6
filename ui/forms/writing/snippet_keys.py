"""A semicolon, an abbreviation and a space become the words it stands for; Ctrl+Z gives the abbreviation back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from ui.forms.prose import ProseEdit, units

if TYPE_CHECKING:
    from ipt_desktop.services.snippets import Snippets

_BEFORE_CURSOR = re.compile(r"(?<!\w);(\w{1,12})$")
_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Tab)
_LOOKED_AT = 16  # UTF-16 units before the cursor: more than an abbreviation has


class SnippetKeys(QObject):
    """The snippets of one prose field."""

    def __init__(self, prose: ProseEdit, snippets: Snippets) -> None:
        super().__init__(prose)
        self._prose, self._snippets = prose, snippets
        prose.key_takers.append(self._takes)

    def _takes(self, event: QKeyEvent) -> bool:
        if event.key() not in _KEYS or self._prose.isReadOnly() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        cursor = self._prose.textCursor()
        if cursor.hasSelection():
            return False
        found = _BEFORE_CURSOR.search(text_before(cursor, _LOOKED_AT))
        words = self._snippets.words_of(found.group(1)) if found else None
        if found is None or words is None:
            return False
        if event.key() == Qt.Key.Key_Space and not words[-1].isspace():
            words += " "
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, units(found.group()))
        cursor.insertText(words)
        self._prose.setTextCursor(cursor)
        return True


def text_before(cursor: QTextCursor, length: int) -> str:
    """Return so much of the cursor's block before it, in UTF-16 units."""
    before = QTextCursor(cursor)
    before.setPosition(max(cursor.block().position(), cursor.position() - length))
    before.setPosition(cursor.position(), QTextCursor.MoveMode.KeepAnchor)
    return before.selectedText()
