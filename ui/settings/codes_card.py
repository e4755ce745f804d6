"""Settings: the system that the codes of diagnoses are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.illness_words import system_words
from ipt_desktop.domain.practice_settings import PracticeSettings
from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import HintLabel

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

COMMON = ("ICD-10-CM", "ICD-10", "ICD-11")
LONGEST = 40


class CodesCard(Card):
    """One of the common systems, or another one by its name; codes of those the program has no list of are typed."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, name="codes_card", title=_("Diagnosis codes"))
        self._desk = desk
        self.system = ChoiceField(self, name="code_system", spoken=_("Code system"))
        self.system.setEditable(True)
        self.system.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.system.setMinimumWidth(theme.current().px(220))
        self.system.addItems(COMMON)
        line = self.system.lineEdit()
        assert line is not None  # noqa: S101 - it has one from `setEditable` on
        line.setObjectName("code_system_line")
        line.setAccessibleName(_("Code system"))
        line.setMaxLength(LONGEST)
        line.editingFinished.connect(self._on_chosen)
        self.system.activated.connect(self._on_chosen)
        self.body.addWidget(self.system)
        self._hint = HintLabel("", self, name="code_system_hint")
        self.body.addWidget(self._hint)
        self.bar = InlineBar(self, name="codes_bar")
        self.body.addWidget(self.bar)

    def refresh(self) -> None:
        """Show which system holds."""
        name = self._desk.settings.values().code_system
        self.system.setEditText(name)
        known = self._desk.codes.list_of(name)
        listed = _("Codes are looked for in {release}, which comes with the program.")
        typed = _("Code and words are typed: the program has no list of this system.")
        self._hint.setText(listed.format(release=system_words(known.system)) if known else typed)

    def forget(self) -> None:
        """Let go of what was said."""
        self.bar.clear()

    def _on_chosen(self) -> None:
        """Keep the system; nothing at all stands for the usual one."""
        name = " ".join(self.system.currentText().split()) or PracticeSettings().code_system
        self.bar.clear()
        if name != self._desk.settings.values().code_system:
            try:
                self._desk.settings.change(code_system=name)
            except PracticeError as error:
                self.bar.say(_("Not done"), str(error), tone="caution")
        self.refresh()
