"""The texts of notes that were left, with their steps to undo: until lock Ctrl+Z takes back the last words of each."""

from collections import OrderedDict

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument

from ipt_desktop.domain.rich_text import RichText
from ui.forms.prose import read_blocks

MOST_NOTES = 20


class KeptTexts(QObject):
    """Texts by the document they belong to and its field; of the notes left longest ago the steps are let go of first."""

    def __init__(self, parent: QObject, *, most: int = MOST_NOTES) -> None:
        super().__init__(parent)
        self._most = most
        self._notes: OrderedDict[str, dict[str, QTextDocument]] = OrderedDict()

    def keep(self, document_id: str, field: str, text: QTextDocument) -> None:
        """Keep a text that is out of sight, if there is a step in it to go back or forward to."""
        if not (text.isUndoAvailable() or text.isRedoAvailable()):
            _let_go({field: text})
            return
        text.setParent(self)
        texts = self._notes.setdefault(document_id, {})
        if field in texts:
            _let_go({field: texts[field]})
        texts[field] = text
        self._notes.move_to_end(document_id)
        while len(self._notes) > self._most:
            _document_id, oldest = self._notes.popitem(last=False)
            _let_go(oldest)

    def give_back(self, document_id: str, field: str, stored: RichText) -> QTextDocument | None:
        """Return the text of a field if it still says what is stored; one that says anything else is let go of."""
        text = self._notes.get(document_id, {}).pop(field, None)
        if text is None:
            return None
        if read_blocks(text) == stored:
            return text
        _let_go({field: text})
        return None

    def forget(self) -> None:
        """Let go of every word."""
        for texts in self._notes.values():
            _let_go(texts)
        self._notes.clear()


def _let_go(texts: dict[str, QTextDocument]) -> None:
    for text in texts.values():
        text.clear()
        text.clearUndoRedoStacks()
        text.deleteLater()
