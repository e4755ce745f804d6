"""Which measures a course gives, and when: as the practice usually does, or its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.measure_plan import plan_words
from ipt_desktop.domain.measure_records import PlannedMeasure
from ipt_desktop.domain.text import _
from ui.phases.parting import part_with
from ui.phases.phase_editor import InlineEditor
from ui.widgets.buttons import icon_button
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import FieldError, HintLabel, label
from ui.widgets.naming import named

EVERY, EACH, AT = "every", "each", "at"
MOST = 20
LAST_SESSION = 99


def read_numbers(typed: str) -> list[int]:
    """Read the numbers of sessions as they are typed: “1, 8, 16”. Raises Refused."""
    found = [int(each) for each in re.findall(r"\d+", typed)]
    if not found or any(not 0 <= each <= LAST_SESSION for each in found):
        raise Refused(reason=_("Say the numbers of the sessions, like 1, 8, 16."))
    return sorted(set(found))


@dataclass
class _Row:
    holder: QWidget
    measure: str
    when: ChoiceField
    number: QLineEdit

    def planned(self) -> PlannedMeasure:
        """Return what is chosen. Raises Refused."""
        chosen = str(self.when.currentData())
        if chosen == EACH:
            return PlannedMeasure(self.measure, 1)
        if chosen == AT:
            return PlannedMeasure(self.measure, 0, read_numbers(self.number.text()))
        typed = self.number.text().strip()
        if not typed.isdigit() or not 1 <= int(typed) <= MOST:
            words = _("Say after how many sessions it is given again: a number from 1 to {most}.")
            raise Refused(reason=words.format(most=MOST))
        return PlannedMeasure(self.measure, int(typed))


class PlanEditor(InlineEditor):
    """`plan_kept` carries the measures planned, or None for what the practice usually gives."""

    plan_kept = Signal(object)

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent, opener, name="plan_editor", spoken=_("Plan of measures"))
        self._rows: list[_Row] = []
        self._parting: list[QWidget] = []
        self._offered: dict[str, str] = {}
        self._usual: tuple[PlannedMeasure, ...] = ()
        self._whose = ChoiceField(self, name="plan_whose", spoken=_("Whose plan"))
        self._whose.currentIndexChanged.connect(self._on_whose_chosen)
        self.column.addWidget(self._whose, 0, Qt.AlignmentFlag.AlignLeft)
        self._usual_words = HintLabel("", self, name="plan_usual")
        self.column.addWidget(self._usual_words)
        self._own = QWidget(self)
        own = QVBoxLayout(self._own)
        own.setContentsMargins(0, 0, 0, 0)
        self._list = QVBoxLayout()
        own.addLayout(self._list)
        self._add = ChoiceField(self._own, name="plan_add", spoken=_("Add a measure to the plan"))
        self._add.activated.connect(self._on_add)
        own.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._own)
        self._error = FieldError(self, name="plan_error")
        self.column.addWidget(self._error)
        buttons = self.add_buttons(_("Keep"), self)
        buttons.addStretch(1)
        self.column.addLayout(buttons)

    def open(
        self, plan: Sequence[PlannedMeasure], usual: Sequence[PlannedMeasure], offered: Sequence[Measure], *, is_own: bool
    ) -> None:
        """Show what is planned, to be changed."""
        self._offered = {each.key: each.name for each in offered}
        self._usual = tuple(usual)
        self._drop()
        self._whose.blockSignals(True)
        self._whose.clear()
        self._whose.addItem(_("As the practice usually does"), False)
        self._whose.addItem(_("A plan of this course"), True)
        self._whose.setCurrentIndex(int(is_own))
        self._whose.blockSignals(False)
        words = plan_words(usual, self._offered) or _("nothing")
        self._usual_words.setText(_("Usual: {plan}. It is set in Settings ▸ Measures.").format(plan=words))
        for each in plan:
            self._add_row(each)
        self._show()
        self._error.show_error("")
        self.show()
        self._whose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        is_own = bool(self._whose.currentData())
        self._own.setVisible(is_own)
        self._usual_words.setVisible(not is_own)
        taken = {each.measure for each in self._rows}
        self._add.clear()
        self._add.addItem(_("Add a measure…"), "")
        for key, name in self._offered.items():
            if key not in taken:
                self._add.addItem(name, key)

    def _on_whose_chosen(self) -> None:
        self._show()

    def _on_add(self, place: int) -> None:
        key = self._add.itemData(place)
        if key:
            self._add_row(PlannedMeasure(str(key)))
            self._show()
            self._rows[-1].when.setFocus()

    def _add_row(self, planned: PlannedMeasure) -> None:
        key, name = planned.measure, self._offered.get(planned.measure, planned.measure.upper())
        holder = QWidget(self._own)
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        caption = label(name, holder, kind="strong")
        caption.setMinimumWidth(120)
        line.addWidget(caption)
        when = ChoiceField(holder, name=f"plan_{key}_when", spoken=_("When the {measure} is given").format(measure=name))
        for each, words in (
            (EVERY, _("at intake and every … sessions")),
            (EACH, _("at every session")),
            (AT, _("at sessions with the numbers …")),
        ):
            when.addItem(words, each)
        when.setCurrentIndex(when.findData(EACH if planned.every == 1 else EVERY if planned.every else AT))
        spoken = _("Numbers for the {measure}").format(measure=name)
        number = named(QLineEdit(holder), f"plan_{key}_number", spoken)
        number.setFixedWidth(110)
        number.setText(str(planned.every) if planned.every else ", ".join(map(str, planned.at)))
        number.setEnabled(planned.every != 1)
        row = _Row(holder, key, when, number)
        when.currentIndexChanged.connect(lambda: number.setEnabled(when.currentData() != EACH))
        remove = icon_button(
            "x", holder, name=f"plan_{key}_remove", spoken=_("Give the {measure} no more").format(measure=name)
        )
        remove.clicked.connect(lambda: self._remove(row))
        for part in (when, number, remove):
            line.addWidget(part)
        line.addStretch(1)
        self._list.addWidget(holder)
        holder.show()
        self._rows.append(row)

    def _remove(self, row: _Row) -> None:
        self._rows.remove(row)
        self._parting.append(row.holder)
        part_with(row.holder)
        self._show()
        self._add.setFocus()

    def on_keep(self) -> None:
        """Keep the plan, or say what is wrong with it; a course may give none."""
        if not self._whose.currentData():
            self.close_editor()
            self.plan_kept.emit(None)
            return
        try:
            plan = tuple(each.planned() for each in self._rows)
        except Refused as refused:
            self._error.show_error(str(refused))
            return
        self.close_editor()
        self.plan_kept.emit(plan)

    def _drop(self) -> None:
        self._parting = [each.holder for each in self._rows]
        for each in self._parting:
            part_with(each)
        self._rows = []

    def forget(self) -> None:
        """Close, and let go of what was chosen."""
        self.close_editor()
        self._drop()
