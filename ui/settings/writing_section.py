"""Settings: what helps writing: the spell-check and its dictionary, and snippets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.text import _
from ui.page import Frame
from ui.settings.section import Section
from ui.settings.snippets_card import SnippetsCard
from ui.settings.spelling_card import SpellingCard

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class WritingSection(Section):
    """Every change holds at once."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        words = _("What helps in every text you write here. Your words and snippets lie in the practice, encrypted with it.")
        super().__init__(desk, frame, parent, name="writing_section", title=_("Writing"), words=words)
        self.spelling = SpellingCard(desk, self)
        self.snippets = SnippetsCard(desk, self)
        self.column.addWidget(self.spelling)
        self.column.addWidget(self.snippets)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show what holds now."""
        self.spelling.refresh()
        self.snippets.refresh()

    def forget(self) -> None:
        """Let go of every word."""
        self.spelling.forget()
        self.snippets.forget()
