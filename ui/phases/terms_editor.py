"""Agreeing on more or fewer sessions, and on where the later phases begin."""

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.course_band import starts_for, terms_with
from ipt_desktop.domain.records import Course
from ipt_desktop.domain.text import _
from ui.phases.parting import part_with
from ui.phases.phase_editor import InlineEditor, captioned
from ui.phases.reading import CourseReading
from ui.widgets.chips import FlowLayout
from ui.widgets.date_field import DateField, asked_day
from ui.widgets.labels import FieldError
from ui.widgets.number_field import NumberField

MOST_SESSIONS = 99
WEEK = timedelta(weeks=1)


class TermsEditor(InlineEditor):
    """How many sessions, where each later phase begins, the agreed end. `terms_kept` carries the changed course."""

    terms_kept = Signal(object)

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent, opener, name="terms_editor", spoken=_("Change sessions"))
        self._course: Course | None = None
        self._starts: list[NumberField] = []
        self._row: QWidget | None = None
        self._error = FieldError(self, name="terms_error")
        self.column.addWidget(self._error)
        line = self.add_buttons(_("Keep"), self)
        line.addStretch(1)
        self.column.addLayout(line)

    def open(self, reading: CourseReading) -> None:
        """Show what is agreed now, to be changed; what was set before Esc is still there."""
        if self._row is not None and self._course == reading.course:
            self.show()
            self._planned.setFocus()
            return
        self._drop_row()
        course = self._course = reading.course
        self._row = QWidget(self)
        flow = FlowLayout(self._row, gap=12)
        least = max(len(course.phases), 1)
        self._planned: NumberField = self._spin("terms_sessions", _("Sessions agreed"), least, course.planned_sessions)
        flow.addWidget(captioned(_("Sessions agreed"), self._planned, self._row))
        self._starts = []
        for place, phase in enumerate(course.phases[1:]):
            words = _("{phase} from session").format(phase=reading.phase_label(phase.key))
            spin = self._spin(f"terms_start_{phase.key}", words, place + 2, phase.first)
            self._starts.append(spin)
            flow.addWidget(captioned(words, spin, self._row))
        end = course.planned_end or course.started_on + WEEK * (course.planned_sessions - 1)
        self._end = DateField(self._row, name="terms_end", spoken=_("Agreed end"))
        self._end.show_day(end)
        self._end.editingFinished.connect(self._day)
        flow.addWidget(captioned(_("Agreed end"), self._end, self._row))
        self._planned.valueChanged.connect(self._on_planned_changed)
        self.column.insertWidget(1, self._row)
        self._error.show_error("")
        self.show()
        self._planned.setFocus()
        self._planned.selectAll()

    def _spin(self, name: str, spoken: str, least: int, value: int) -> NumberField:
        spin = NumberField(self._row or self, name=name, spoken=spoken, lowest=least, highest=MOST_SESSIONS)
        spin.setValue(value)
        spin.setMinimumWidth(80)
        return spin

    def _on_planned_changed(self, planned: int) -> None:
        """Move the later phases with the end; the agreed end keeps its weekly step where it had one."""
        if self._course is None:
            return
        for spin, start in zip(self._starts, starts_for(self._course, planned), strict=True):
            spin.setValue(start)
        if self._is_weekly(self._course, self._course.planned_end):
            self._end.show_day(self._course.started_on + WEEK * (planned - 1))

    def _is_weekly(self, course: Course, end: date | None) -> bool:
        return end == course.started_on + WEEK * (course.planned_sessions - 1)

    def _day(self) -> date | None:
        """Return the agreed end, or say what is wrong with it."""
        end = asked_day(self._end, self._error, _("Say when the course is agreed to end."))
        if end is not None and self._course is not None and end < self._course.started_on:
            self._error.show_error(_("The last session can’t be planned before the first."), self._end)
            return None
        return end

    def on_keep(self) -> None:
        """Keep the terms, where they fit together."""
        if self._course is None:
            return
        planned, starts = self._planned.value(), [each.value() for each in self._starts]
        if [1, *starts, planned + 1] != sorted({1, *starts, planned + 1}):
            self._error.show_error(_("Each phase begins after the one before, and the last within the sessions agreed."))
            return
        end = self._day()
        if end is None:
            return
        changed = replace(
            self._course,
            planned_sessions=planned,
            phases=terms_with(self._course, planned, starts),
            planned_end=end,
        )
        self.forget()
        self.terms_kept.emit(changed)

    def forget(self) -> None:
        """Close, and let go of the course."""
        self.close_editor()
        self._drop_row()
        self._course = None

    def _drop_row(self) -> None:
        if self._row is not None:
            part_with(self._row)
            self._row = None
