"""Settings: the measures there are, which of them a course usually gives and when, and by whose rules change is said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.services.own_protocols import copy_measure
from ui.page import Frame
from ui.settings.own_files import OwnFilesSection, Said
from ui.widgets.card import Card
from ui.widgets.chips import FlowLayout
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import HintLabel, label
from ui.widgets.naming import named
from ui.widgets.number_field import NumberField

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

MOST_SESSIONS = 20


class MeasuresSection(OwnFilesSection):
    """What a course gives unless it has a plan of its own; what there is; and a copy of any to be changed."""

    kind, singular = "measures", "measure"

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        words = _(
            "Questionnaires and rating scales. Yours are files that any text editor opens. What was answered stays readable "
            "whatever becomes of its file."
        )
        unread = _("A measure of yours could not be read")
        super().__init__(desk, frame, parent, title=_("Measures"), words=words, unread=unread)

    def put_first(self) -> None:
        """Put what is usual above."""
        card = Card(self, name="usual_measures", title=_("Usually given"))
        self._choices = FlowLayout(gap=14)
        self._boxes: dict[str, QCheckBox] = {}
        card.body.addLayout(self._choices)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(_("At intake and after every"), card, kind="label"))
        spoken = _("After how many sessions a measure is given again")
        self.every = NumberField(card, name="measured_every", spoken=spoken, lowest=1, highest=MOST_SESSIONS)
        self.every.valueChanged.connect(self._on_every)
        row.addWidget(self.every)
        row.addWidget(label(_("sessions"), card, kind="label"))
        row.addStretch(1)
        card.body.addLayout(row)
        card.body.addWidget(
            HintLabel(_("A course can have a plan of its own: Progress ▸ Plan of measures."), card, name="usual_hint")
        )
        card.body.addWidget(label(_("Change is said by the rules of"), card, kind="label", name="rule_set_label"))
        self.rule_set = ChoiceField(card, name="rule_set", spoken=_("By whose rules change is said"))
        self.rule_set.activated.connect(self._on_rule_set)
        card.body.addWidget(self.rule_set)
        self._usual = card
        self.column.addWidget(card)

    def refresh(self) -> None:
        """Show what is usual, and what there is."""
        super().refresh()
        usual = self.desk.settings.values()
        for measure in self.desk.resources.measures:
            if measure.key not in self._boxes:
                box = named(QCheckBox(measure.name, self._usual), f"usual_{measure.key}", measure.name)
                box.toggled.connect(self._on_usual)
                self._boxes[measure.key] = box
                self._choices.addWidget(box)
        known = {each.key for each in self.desk.resources.measures}
        for key, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(key in usual.measures)
            box.blockSignals(False)
            box.setVisible(key in known)
        self.every.show_value(usual.measured_every)
        self.rule_set.clear()
        for each in self.desk.resources.rule_sets:
            self.rule_set.addItem(_(each.name), each.key)
        self.rule_set.setCurrentIndex(max(self.rule_set.findData(usual.rule_set), 0))

    def entries(self) -> Sequence[tuple[str, str, Said]]:
        """Return the measures there are."""
        return [(each.key, each.name, self._said(each)) for each in self.desk.resources.measures]

    def _said(self, measure: Measure) -> Said:
        count = len(measure.items)
        words = ngettext("{count} question", "{count} questions", count).format(count=count)
        own = self.own_words(self.desk.resources.measure_file(measure.key))
        terms = " · ".join(each for each in (measure.full_name, words if count else _("scores alone"), own) if each)
        is_replacing = measure.key in self.desk.resources.replacing_measures
        return (
            (terms, "terms", "label", "text"),
            (_("Replaces the one that came with the program.") if is_replacing else "", "replaces", "label", "text"),
            (measure.licence.name, "licence", "caption", "text_soft"),
        )

    def write_copy(self, key: str) -> Path:
        """Write a copy of a measure."""
        return copy_measure(self.desk.resources, self.desk.folder, key)

    # -- what is usual ---------------------------------------------------------------------------------------------

    def _on_usual(self) -> None:
        chosen = tuple(key for key, box in self._boxes.items() if box.isChecked())
        self._keep(measures=chosen)

    def _on_every(self, sessions: int) -> None:
        self._keep(measured_every=sessions)

    def _on_rule_set(self) -> None:
        self._keep(rule_set=str(self.rule_set.currentData()))

    def _keep(self, **changed: object) -> None:
        self.bar.clear()
        try:
            self.desk.settings.change(**changed)
        except PracticeError as error:
            self.bar.say(_("Not done"), str(error), tone="caution")
            self.refresh()
