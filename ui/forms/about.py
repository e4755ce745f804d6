"""Editors for what a worksheet is about: one person of the inventory, one tie of the circle."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.form import Field
from ipt_desktop.domain.records import Tie
from ipt_desktop.domain.text import _
from ipt_desktop.domain.tie_words import is_of, tie_sentence
from ui.forms.editor import Editor, Setting
from ui.widgets.choice_field import ChoiceField


class _OneOf(Editor):
    """A choice from a list; what is no longer in it stays as it was answered, and is said to be gone."""

    nobody = ""
    gone = ""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._choice = ChoiceField(self, name=self.name("choice"), spoken=_(asked.label))
        self._choice.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choice.setMinimumContentsLength(16)
        self._choice.activated.connect(self.edited)
        self.column.addWidget(self._choice)
        self.setFocusProxy(self._choice)

    def _offer(self, offered: Iterable[tuple[str, str]], answer: str) -> None:
        self._choice.clear()
        self._choice.addItem(self.nobody, "")
        for key, words in offered:
            self._choice.addItem(words, key)
        if answer and self._choice.findData(answer) < 0:
            self._choice.addItem(self.gone, answer)
        self._choice.setCurrentIndex(max(0, self._choice.findData(answer)))

    def answer(self) -> str:
        """Return the id chosen, or ""."""
        return str(self._choice.currentData() or "")

    def set_read_only(self, is_read_only: bool) -> None:
        """Show what is chosen alone."""
        super().set_read_only(is_read_only)
        self._choice.setEnabled(not is_read_only)


class PersonEditor(_OneOf):
    """One person, or nobody."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent, setting)
        self.nobody, self.gone = _("nobody in particular"), _("this person is no longer in the inventory")
        self._people = tuple(setting.people)
        self._offer(self._people, "")

    def show_answer(self, answer: Any) -> None:
        """Show who is meant."""
        self._offer(self._people, answer or "")


class TieChoiceEditor(_OneOf):
    """A tie of the circle: those of the person the worksheet is about, or all of them."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent, setting)
        self.nobody, self.gone = _("none in particular"), _("this tie is no longer on the circle")
        self._ties = tuple(setting.ties)
        self._names: dict[str | None, str] = {None: _("the client"), **dict(setting.people)}
        self._person_id: str | None = None
        self._offer(self._offered(""), "")

    def show_answer(self, answer: Any) -> None:
        """Show which tie is meant."""
        self._offer(self._offered(answer or ""), answer or "")

    def show_person(self, person_id: str | None) -> None:
        """Offer the ties of this person, or of everybody."""
        if person_id != self._person_id:
            self._person_id = person_id
            self.show_answer(self.answer())

    def _offered(self, answer: str) -> Iterable[tuple[str, str]]:
        for tie in sorted(self._ties, key=lambda each: (each.until is not None, each.to_person_id is not None, each.since)):
            if self._person_id is None or is_of(tie, self._person_id) or tie.id == answer:
                yield tie.id, self._words(tie)

    def _words(self, tie: Tie) -> str:
        if self._person_id is not None and is_of(tie, self._person_id):
            return tie_sentence(tie, self._person_id, self._names)
        name = self._names.get(tie.from_person_id) or _("someone")
        return _("{name}: {tie}").format(name=name, tie=tie_sentence(tie, tie.from_person_id, self._names))
