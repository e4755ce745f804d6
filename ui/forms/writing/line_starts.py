"""What a line begins with makes its look: "- " a list, "1. " a numbered one, "> " a quotation, "# " a heading.

One Ctrl+Z gives the letters back as they were typed.
"""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from ipt_desktop.domain.rich_text import BlockKind
from ui.forms.prose import ProseEdit, kind_of

STARTS = {"-": BlockKind.BULLET, "1.": BlockKind.NUMBERED, ">": BlockKind.QUOTE, "#": BlockKind.HEADING}


class LineStarts(QObject):
    """The starts of lines of one prose field."""

    def __init__(self, prose: ProseEdit) -> None:
        super().__init__(prose)
        self._prose = prose
        prose.key_takers.append(self._takes)

    def _takes(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Space or event.modifiers() or self._prose.isReadOnly():
            return False
        cursor = self._prose.textCursor()
        place = cursor.positionInBlock()
        if cursor.hasSelection() or not 0 < place <= 2 or kind_of(cursor.block()) is not BlockKind.PARAGRAPH:
            return False
        kind = STARTS.get(cursor.block().text()[:place])
        if kind is None:
            return False
        cursor.insertText(" ")  # typed first, so that undo stops here
        cursor.beginEditBlock()
        cursor.setPosition(cursor.block().position(), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self._prose.setTextCursor(cursor)
        self._prose.make(kind)
        cursor.endEditBlock()
        return True
