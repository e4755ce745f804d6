"""The pen of a form view: brings to each of its prose fields what makes writing quick, and keeps what undo needs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.completing import PEOPLE
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.form import Form, Means
from ipt_desktop.domain.text import _
from ipt_desktop.domain.told_apart import told_apart
from ui.forms.editors import ProseEditor
from ui.forms.writing.completion import Completion
from ui.forms.writing.field_notice import FieldNotice
from ui.forms.writing.kept_texts import KeptTexts
from ui.forms.writing.line_starts import LineStarts
from ui.forms.writing.moments import Moments
from ui.forms.writing.snippet_keys import SnippetKeys
from ui.forms.writing.spell_marks import SpellMarks
from ui.forms.writing.speller import Speller

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.forms.editor import Editor
    from ui.page import Frame


class Pen(QObject):
    """Serves the prose fields of one form view. One that `keeps` lets undo go on in a document that is opened again.

    `person_named` and `technique_named` carry the id or key of what was completed in a text.
    """

    person_named = Signal(str)
    technique_named = Signal(str)

    def __init__(self, desk: Desk, frame: Frame, parent: QObject, *, keeps: bool = False) -> None:
        super().__init__(parent)
        self._desk, self._frame = desk, frame
        self._kept = KeptTexts(self) if keeps else None
        self._document_id = ""
        self._techniques: list[tuple[str, str]] = []
        self._completions: list[Completion] = []
        self.speller = Speller(desk.spelling, self)

    def take_up(self, document_id: str, form: Form) -> None:
        """Begin with a document of a form ("" for none): what follows are its fields."""
        self._document_id = document_id
        asked = form.field_that_means(Means.INTERVENTION)
        self._techniques = [(each.key, _(each.label)) for each in asked.options] if asked else []
        self.speller.begin(document_id, self._names)

    def show(self, editor: Editor, answer: Any) -> None:
        """Let undo go on in a field that shows this answer, if it was written in before."""
        if isinstance(editor, ProseEditor) and self._kept is not None and self._document_id:
            text = self._kept.give_back(self._document_id, editor.asked.key, rich_text.from_json(answer))
            if text is not None:
                editor.prose.take_up(text)

    def serve(self, editor: Editor) -> None:
        """Serve a field, whatever document it shows."""
        if isinstance(editor, ProseEditor):
            marks = SpellMarks(editor.prose, self.speller)
            editor.prose.when_used(partial(self._hand_over, editor, marks))

    def _hand_over(self, editor: ProseEditor, marks: SpellMarks) -> None:
        """Bring to a field that is used what nobody sees of one that is not."""
        notice = FieldNotice(editor)
        editor.prose.paste_told.connect(notice.say)
        marks.serve_keys(notice)
        completion = Completion(editor.prose, self._known)
        completion.completed.connect(self._on_completed)
        self._completions.append(completion)
        SnippetKeys(editor.prose, self._desk.snippets)
        LineStarts(editor.prose)
        Moments(editor.prose)

    def put_down(self, editors: Iterable[Editor]) -> None:
        """Keep what undo needs of the fields, before they are gone or show another document."""
        for completion in self._completions:
            completion.close()
        if self._kept is not None and self._document_id:
            for editor in editors:
                if isinstance(editor, ProseEditor):
                    self._kept.keep(self._document_id, editor.asked.key, editor.prose.lay_down())
        self._document_id = ""

    def let_go(self) -> None:
        """Serve none of the fields any more: they are gone."""
        self._completions = []

    def forget(self) -> None:
        """Let go of every word, as at lock."""
        if self._kept is not None:
            self._kept.forget()
        self.speller.forget()

    def _known(self, sign: str) -> list[tuple[str, str]]:
        """Return what may be named after a sign: keys and names."""
        if sign != PEOPLE:
            return self._techniques
        client_id = self._frame.client_id
        return list(told_apart(self._desk.circles.people(client_id)).items()) if client_id else []

    def _on_completed(self, sign: str, key: str) -> None:
        (self.person_named if sign == PEOPLE else self.technique_named).emit(key)

    def _names(self) -> list[str]:
        """Return the names of the client chosen and of the people around them."""
        client_id = self._frame.client_id
        if client_id is None:
            return []
        try:
            client = self._desk.clients.client(client_id)
        except RecordGone:
            return []
        return [client.name, *(each.name for each in self._desk.circles.people(client_id))]
