"""Which measures the course gives, and when: a part of what was agreed, in one line with the way to the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipt_desktop.domain.measure_plan import plan_words
from ipt_desktop.domain.text import _
from ui.widgets.buttons import link
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Course
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame


class MeasuresLine(QWidget):
    """The plan stands and is changed on Progress; here it is said beside the sessions agreed. Of a course that runs, only."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("course_measures")
        self._desk, self._frame = desk, frame
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._words = label("", self, kind="label", tone="text_soft", name="course_measures_words", wraps=True)
        self._change = link(_("Plan of measures…"), self, name="course_measures_plan")
        self._change.clicked.connect(self._on_asked)
        row.addWidget(self._words, 1)
        row.addWidget(self._change, 0, Qt.AlignmentFlag.AlignTop)

    def show_course(self, course: Course) -> None:
        """Say the plan of a course; nothing once it has ended."""
        self.setVisible(course.ended_on is None)
        plan = self._desk.measures.plan(course.id)
        names = {each.measure: self._desk.resources.measure_name(each.measure) or each.measure.upper() for each in plan}
        said = plan_words(plan, names)
        self._words.setText(_("Measures: {plan}.").format(plan=said) if said else _("No measures are planned."))

    def _on_asked(self) -> None:
        page = self._frame.page("progress") if self._frame.show_tab("progress") else None
        if page is None or not page.plan_measures():
            self._frame.say(_("The plan of measures can’t be shown"), _("It stands under Progress."), tone="caution")

    def forget(self) -> None:
        """Let go of the words."""
        self._words.setText("")
