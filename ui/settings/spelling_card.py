"""Settings of writing: the languages of the spell-check, and the words it was taught."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QListWidget, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.buttons import outlined
from ui.widgets.card import Card
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import label
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

ROWS = 6


class SpellingCard(Card):
    """Which languages are checked, none switches it off; each word learnt can be taken out."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, name="spelling_card", title=_("Spell-check"))
        self._desk = desk
        self._boxes: dict[str, QCheckBox] = {}
        about = _("Words are checked on this computer. Where no language is chosen, nothing is marked.")
        self.body.addWidget(label(about, self, tone="text_soft", name="spelling_about", wraps=True))
        for language in desk.spelling.languages:
            box = named(QCheckBox(language.name, self), f"spelling_{language.code}", language.name)
            box.clicked.connect(self._on_clicked)
            self._boxes[language.code] = box
            self.body.addWidget(box)
        self.bar = InlineBar(self, name="spelling_bar")
        self.body.addSpacing(6)
        self.body.addWidget(label(_("Words added to the dictionary"), self, kind="strong", name="spelling_words_title"))
        self.body.addWidget(self.bar)
        self._none = label(
            _("None yet. In a note, the menu of a marked word adds it."),
            self,
            kind="label",
            tone="text_soft",
            name="words_none",
        )
        self.words = named(QListWidget(self), "spelling_words", _("Words added to the dictionary"))
        self.words.itemSelectionChanged.connect(self._on_selected)
        self._remove = outlined(_("Remove from the dictionary"), self, name="spelling_remove")
        self._remove.clicked.connect(self._on_remove)
        row = QHBoxLayout()
        row.addWidget(self._remove)
        row.addStretch(1)
        self.body.addWidget(self._none)
        self.body.addWidget(self.words)
        self.body.addLayout(row)

    def refresh(self) -> None:
        """Show what holds now."""
        chosen = self._desk.settings.values().spelling
        for code, box in self._boxes.items():
            box.setChecked(code in chosen)
        self.words.clear()
        self.words.addItems([each.id for each in self._desk.spelling.words()])
        has_words = self.words.count() > 0
        row = theme.current().line_height("body") + 8
        self.words.setFixedHeight(min(self.words.count(), ROWS) * row + 12)
        for part in (self.words, self._remove):
            part.setVisible(has_words)
        self._none.setVisible(not has_words)
        self._on_selected()

    def forget(self) -> None:
        """Let go of every word."""
        self.words.clear()
        self.bar.clear()

    def _on_selected(self) -> None:
        self._remove.setEnabled(bool(self.words.selectedItems()))

    def _on_clicked(self) -> None:
        kept = [each for each in self._desk.settings.values().spelling if each not in self._boxes]  # of a language not here now
        chosen = [code for code, box in self._boxes.items() if box.isChecked()]
        self._attempt(partial(self._desk.settings.change, spelling=tuple(kept + chosen)))

    def _on_remove(self) -> None:
        for item in self.words.selectedItems():
            word = item.text()
            if self._attempt(partial(self._desk.spelling.forget_word, word)):
                undo = ("spelling_undo", _("Undo"), partial(self._bring_back, word))
                self.bar.say(_("“{word}” is no longer in the dictionary.").format(word=word), actions=(undo,))
        self.refresh()

    def _bring_back(self, word: str) -> None:
        self.bar.clear()
        self._attempt(partial(self._desk.spelling.learn_word, word))
        self.refresh()

    def _attempt(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except PracticeError as error:
            self.bar.say(_("Not done"), str(error), tone="caution")
            return False
        return True
