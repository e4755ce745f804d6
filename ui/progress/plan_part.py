"""The plan of measures of the course, in a line with the way to change it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.measure_plan import plan_words
from ipt_desktop.domain.measure_records import PlannedMeasure
from ipt_desktop.domain.text import _
from ui.progress.entry_commands import PlanMeasures
from ui.progress.plan_editor import PlanEditor
from ui.verb import Told
from ui.widgets.buttons import link
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame


class PlanPart(QWidget):
    """Says what the course gives when, and what is due now; nothing without a course."""

    def __init__(self, desk: Desk, frame: Frame, refused: Told, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("plan_part")
        self._desk, self._frame, self._refused = desk, frame, refused
        self._course_id: str | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._words = label("", self, kind="label", tone="text_soft", name="plan_words", wraps=True)
        self._change = link(_("Plan of measures…"), self, name="plan_change")
        self._change.clicked.connect(self.open)
        row.addWidget(self._words, 1)
        row.addWidget(self._change)
        column.addLayout(row)
        self.editor = PlanEditor(self, self._change)
        self.editor.plan_kept.connect(self._on_kept)
        column.addWidget(self.editor)

    def show_course(self, course_id: str | None) -> None:
        """Show the plan of a course."""
        if course_id != self._course_id:
            self.editor.forget()
        self._course_id = course_id
        self.setVisible(course_id is not None)
        if course_id is None:
            return
        measures = self._desk.measures
        names = {each.key: each.name for each in measures.offered()}
        try:
            plan = plan_words(measures.plan(course_id), names)
            due = ", ".join(names.get(each.measure, each.measure.upper()) for each in measures.due(course_id, date.today()))
        except RecordGone:
            self.setVisible(False)
            return
        words = _("Plan: {plan}.").format(plan=plan) if plan else _("No measures are planned.")
        self._words.setText(" ".join([words, _("Due now: {measures}.").format(measures=due)] if due else [words]))

    def open(self) -> None:
        """Open the editor."""
        if self._course_id is None:
            return
        measures = self._desk.measures
        plan, is_own = measures.plan(self._course_id), measures.has_own_plan(self._course_id)
        self.editor.open(plan, self._desk.measures_due.usual_plan(), measures.offered(), is_own=is_own)

    def _on_kept(self, plan: tuple[PlannedMeasure, ...] | None) -> None:
        if self._course_id is not None:
            self._frame.undo_stack().push(PlanMeasures(self._desk.measures, self._course_id, plan, self._refused))

    def forget(self) -> None:
        """Let go of the course."""
        self._course_id = None
        self._words.setText("")
        self.editor.forget()
