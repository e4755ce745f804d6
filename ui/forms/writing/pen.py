"""The pen of a form view: brings to each of its prose fields what makes writing quick, and keeps what undo needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from ipt_desktop.domain import rich_text
from ui.forms.editors import ProseEditor
from ui.forms.writing.kept_texts import KeptTexts

if TYPE_CHECKING:
    from ui.forms.editor import Editor


class Pen(QObject):
    """Serves the prose fields of one form view. One that `keeps` lets undo go on in a document that is opened again."""

    def __init__(self, parent: QObject, *, keeps: bool = False) -> None:
        super().__init__(parent)
        self._kept = KeptTexts(self) if keeps else None
        self._document_id = ""

    def take_up(self, document_id: str) -> None:
        """Begin with a document ("" for none): what follows are its fields."""
        self._document_id = document_id

    def serve(self, editor: Editor, answer: Any) -> None:
        """Serve a field that shows this answer."""
        if not isinstance(editor, ProseEditor):
            return
        if self._kept is not None and self._document_id:
            text = self._kept.give_back(self._document_id, editor.asked.key, rich_text.from_json(answer))
            if text is not None:
                editor.prose.take_up(text)

    def put_down(self, editors: Iterable[Editor]) -> None:
        """Keep what undo needs of the fields, before they are gone."""
        if self._kept is not None and self._document_id:
            for editor in editors:
                if isinstance(editor, ProseEditor):
                    self._kept.keep(self._document_id, editor.asked.key, editor.prose.lay_down())
        self._document_id = ""

    def forget(self) -> None:
        """Let go of every word, as at lock."""
        if self._kept is not None:
            self._kept.forget()
