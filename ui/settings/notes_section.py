"""Settings: the form a new note takes, and which codes diagnoses have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.records import SessionKind
from ipt_desktop.domain.text import _
from ipt_desktop.services.note_forms import form_of_new_note, note_forms
from ui.page import Frame
from ui.settings.codes_card import CodesCard
from ui.settings.section import Section
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import HintLabel

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class NotesSection(Section):
    """Which form the note of a session begins with; a note can take another at any time."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(
            desk,
            frame,
            parent,
            name="notes_section",
            title=_("Notes"),
            words=_("A note can take another form at any time, at its head; what is written comes along."),
        )
        card = Card(self, name="note_form_card", title=_("Form of a new note"))
        self.forms = ChoiceField(card, name="note_form", spoken=_("Form of a new note"))
        self.forms.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self.forms.activated.connect(self._on_chosen)
        card.body.addWidget(self.forms)
        kinds = _(
            "An intake, a joint session, a contact by telephone or in a crisis, supervision and a letter begin with their own."
        )
        card.body.addWidget(HintLabel(kinds, card, name="note_form_kinds"))
        own = _("Add your own by putting a file into “definitions/forms” of the practice’s folder.")
        card.body.addWidget(HintLabel(own, card, name="note_form_own"))
        self.bar = InlineBar(card, name="note_form_bar")
        card.body.addWidget(self.bar)
        self.column.addWidget(card)
        self.codes = CodesCard(desk, self)
        self.column.addWidget(self.codes)
        self.column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Show what a new note begins with."""
        self.forms.clear()
        for form in note_forms(self.desk.resources):
            if not form.for_kind:
                self.forms.addItem(_(form.title), form.key)
        chosen = form_of_new_note(self.desk.resources, SessionKind.SESSION, self.desk.settings.values().note_form)
        self.forms.setCurrentIndex(self.forms.findData(chosen.key))
        self.codes.refresh()

    def forget(self) -> None:
        """Let go of what was said."""
        self.bar.clear()
        self.codes.forget()

    def _on_chosen(self) -> None:
        self.bar.clear()
        try:
            self.desk.settings.change(note_form=str(self.forms.currentData()))
        except PracticeError as error:
            self.bar.say(_("Not done"), str(error), tone="caution")
            self.refresh()
