"""Settings: the country whose emergency number and crisis lines stand first on a safety plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _
from ui.page import Frame
from ui.settings.section import Section
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import HintLabel, label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class SafetyPlanSection(Section):
    """The country, its numbers, and how to change them."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        words = _("Whom to ring in danger stands first on every safety plan: the numbers of the country chosen here.")
        super().__init__(desk, frame, parent, name="safety_section", title=_("Safety plan"), words=words)
        card = Card(self, name="crisis_lines", title=_("Emergency number and crisis lines"))
        self.country = ChoiceField(card, name="crisis_country", spoken=_("Country"))
        self.country.activated.connect(self._on_chosen)
        card.body.addWidget(self.country, 0, Qt.AlignmentFlag.AlignLeft)
        self.lines = label("", card, name="crisis_numbers", wraps=True)
        self.lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(self.lines)
        card.body.addWidget(label(_("Check each number before you print it: numbers change."), card, kind="strong", wraps=True))
        hint = _(
            "To change them, put a file crisis-lines.toml into {folder}; the one that came with the program shows its form. "
            "A plan can say other numbers for one client."
        )
        card.body.addWidget(HintLabel(hint.format(folder=desk.folder / "definitions"), card, name="crisis_file"))
        self.bar = InlineBar(card, name="crisis_bar")
        card.body.addWidget(self.bar)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show the countries there are, and the numbers of the one chosen."""
        countries, chosen = self.desk.resources.crisis_lines, self.desk.settings.values().country
        self.country.clear()
        for country in sorted(countries.values(), key=lambda each: each.name):
            self.country.addItem(_(country.name), country.key)
        self.country.setCurrentIndex(self.country.findData(chosen))
        known = countries.get(chosen)
        lines = [f"{each.number}  {_(each.words)}" for each in (known.lines if known else ())]
        self.lines.setText(
            "\n".join(lines) or _("No numbers came with the program for this country: write them into the plan.")
        )

    def _on_chosen(self) -> None:
        self.bar.clear()
        try:
            self.desk.settings.change(country=str(self.country.currentData()))
        except PracticeError as error:
            self.bar.say(_("Not done"), str(error), tone="caution")
        self.refresh()

    def forget(self) -> None:
        """Let go of what was said."""
        self.bar.clear()
