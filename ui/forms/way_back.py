"""The way back from words of one's own to those that stand in a field by themselves: a link below each of them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal

from ipt_desktop.domain.form import Field, is_blank
from ipt_desktop.domain.text import _
from ui.forms.form_view import FormView
from ui.widgets.buttons import Button, link


class WayBack(QObject):
    """Shows a link once a text is the therapist's own. `taken` carries the key of a field that was emptied by it."""

    taken = Signal(str)

    def __init__(self, view: FormView, words: str, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._words = view, words
        self._links: dict[str, Button] = {}
        view.edited.connect(self.show)

    def add(self, fields: Iterable[Field]) -> None:
        """Put a link below each of these fields, which the view shows now."""
        self._links = {}
        for asked in fields:
            editor = self._view.editor(asked.key)
            spoken = _("{text}: {back}").format(text=_(asked.label), back=self._words[:1].lower() + self._words[1:])
            name = f"restore_{asked.key}"
            known = editor.findChild(Button, name)
            back = known if known is not None else link(self._words, editor, name=name, spoken=spoken, is_flush=True)
            if known is None:
                back.setProperty("key", asked.key)
                back.setProperty("is_small", True)
                back.clicked.connect(self._on_back)
                editor.column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
            self._links[asked.key] = back
        self.show()

    def show(self) -> None:
        """Show the links of the texts that are the therapist's own."""
        answers = self._view.answers()
        for key, back in self._links.items():
            back.setVisible(not is_blank(answers.get(key)))

    def forget(self) -> None:
        """Let go of the links: the fields they stand below are going."""
        self._links = {}

    def focus(self, key: str) -> None:
        """Put the keyboard into the field a link was below."""
        fresh = self._view.editor(key).focusProxy()
        if fresh is not None:
            fresh.setFocus()

    def _on_back(self) -> None:
        key = str(self.sender().property("key"))
        editor = self._view.editor(key)
        editor.show_answer(None)
        editor.edited.emit()
        self.taken.emit(key)
