"""Agreeing on more or fewer sessions, or on no number of them, and on where the later phases begin; with the reason."""

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from ipt_desktop.domain.course_band import starts_for, terms_with
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Course
from ipt_desktop.domain.text import _
from ui.phases.parting import part_with
from ui.phases.phase_editor import InlineEditor, captioned
from ui.phases.reading import CourseReading
from ui.widgets.buttons import link
from ui.widgets.chips import FlowLayout
from ui.widgets.date_field import DateField
from ui.widgets.labels import FieldError, label
from ui.widgets.naming import named
from ui.widgets.number_field import NumberField
from ui.widgets.tab_order import go_through, stops_in

MOST_SESSIONS = 99
WEEK = timedelta(weeks=1)


class TermsEditor(InlineEditor):
    """How many sessions, where each later phase begins, the agreed end. `terms_kept` carries (the changed course, the reason).

    `protocol_asked`: the therapist wants to go on under another protocol.
    """

    terms_kept = Signal(object, str)
    protocol_asked = Signal()

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent, opener, name="terms_editor", spoken=_("Change sessions"))
        self._course: Course | None = None
        self._starts: list[NumberField] = []
        self._row: QWidget | None = None
        self._held = 0
        self._beyond = label("", self, kind="label", name="terms_beyond", wraps=True)
        self._beyond.hide()
        self.column.addWidget(self._beyond)
        self._error = FieldError(self, name="terms_error")
        self.column.addWidget(self._error)
        self._reason = named(QLineEdit(self), "terms_reason", _("Reason"))
        self._reason.setPlaceholderText(_("a few words, if you wish"))
        line = QHBoxLayout()
        line.setSpacing(8)
        caption = label(_("Reason"), self, kind="label", tone="text_soft")
        caption.setBuddy(self._reason)
        line.addWidget(caption)
        line.addWidget(self._reason, 1)
        line.addLayout(self.add_buttons(_("Keep"), self))
        self.column.addLayout(line)
        protocol = link(_("Change the protocol…"), self, name="terms_protocol", is_flush=True)
        protocol.clicked.connect(self.protocol_asked)
        self.column.addWidget(protocol, 0, Qt.AlignmentFlag.AlignLeft)

    def open(self, reading: CourseReading) -> None:
        """Show what is agreed now, to be changed; what was set before Esc is still there."""
        if self._row is not None and self._course == reading.course:
            self.show()
            self._focus_first()
            return
        self._drop_row()
        course, self._held = reading.course, reading.band.held
        self._course = course
        self._row = QWidget(self)
        flow = FlowLayout(self._row, gap=12)
        least = max(len(course.phases), 1)
        self._planned: NumberField = self._spin(
            "terms_sessions", _("Sessions agreed"), least, course.planned_sessions or self._counted(reading)
        )
        flow.addWidget(captioned(_("Sessions agreed"), self._planned, self._row))
        self._starts = []
        for place, phase in enumerate(course.phases[1:]):
            words = _("{phase} from session").format(phase=reading.phase_label(phase.key))
            spin = self._spin(f"terms_start_{phase.key}", words, place + 2, phase.first)
            self._starts.append(spin)
            flow.addWidget(captioned(words, spin, self._row))
        self._end = DateField(self._row, name="terms_end", spoken=_("Agreed end"))
        self._end.show_day(course.planned_end or self._weekly_end(course.planned_sessions))
        self._end.editingFinished.connect(self._day)
        flow.addWidget(captioned(_("Agreed end"), self._end, self._row))
        words = _("No number of sessions")
        self._without = named(QCheckBox(words, self._row), "terms_without_number", words)
        self._without.setChecked(course.is_open)
        self._planned.setEnabled(not course.is_open)
        flow.addWidget(captioned("", self._without, self._row))
        self._planned.valueChanged.connect(self._on_planned_changed)
        self._without.toggled.connect(self._on_without_toggled)
        self._show_beyond()
        self.column.insertWidget(1, self._row)
        go_through(stops_in(self._row), self._reason)
        self._error.show_error("")
        self.show()
        self._focus_first()

    def _focus_first(self) -> None:
        if self._planned.isEnabled():
            self._planned.setFocus()
            self._planned.selectAll()
        else:
            self._without.setFocus()

    def _spin(self, name: str, spoken: str, least: int, value: int) -> NumberField:
        spin = NumberField(self._row or self, name=name, spoken=spoken, lowest=least, highest=MOST_SESSIONS)
        spin.setValue(value)
        spin.setMinimumWidth(80)
        return spin

    def _counted(self, reading: CourseReading) -> int:
        """Return the number offered to a course that has none: the protocol's, at least what has been held."""
        return max(reading.protocol.planned_sessions, reading.band.held, len(reading.course.phases))

    @property
    def _agreed(self) -> int:
        """How many sessions are agreed as the fields stand, 0 for no number."""
        return 0 if self._without.isChecked() else self._planned.value()

    def _on_without_toggled(self, is_without: bool) -> None:
        """Ask for no number, or for one; without one an end counted by weeks is none either."""
        self._planned.setEnabled(not is_without)
        if self._course is None:
            return
        if is_without and self._end.text() and self._is_weekly(self._course):
            self._end.show_day(None)
        elif not is_without and not self._end.text():
            self._end.show_day(self._weekly_end(self._planned.value()))
        self._move_starts()
        self._show_beyond()

    def _show_beyond(self) -> None:
        """Say what fewer sessions mean than were held already: they stay, beyond what is agreed."""
        is_fewer = 0 < self._agreed < self._held
        words = _("{held} sessions were held already. They stay; those after session {count} stand beyond what is agreed.")
        self._beyond.setText(words.format(held=self._held, count=self._agreed) if is_fewer else "")
        self._beyond.setVisible(is_fewer)

    def _on_planned_changed(self, planned: int) -> None:
        """Move the later phases with the end; the agreed end keeps its weekly step where it had one."""
        if self._course is None:
            return
        self._move_starts()
        self._show_beyond()
        if self._is_weekly(self._course):
            self._end.show_day(self._weekly_end(planned))

    def _move_starts(self) -> None:
        if self._course is not None:
            for spin, start in zip(self._starts, starts_for(self._course, self._agreed), strict=True):
                spin.setValue(start)

    def _is_weekly(self, course: Course) -> bool:
        return course.is_open or course.planned_end == self._weekly_end(course.planned_sessions)

    def _weekly_end(self, planned: int) -> date | None:
        """Return the day of the last session, one a week, with the weeks left out as the course stands."""
        course = self._course
        return course.started_on + WEEK * (planned - 1) + weeks_left_out(course) if planned and course is not None else None

    def _day(self) -> tuple[date | None, bool]:
        """Return the agreed end and whether it can be, or say what is wrong with it; without a number there may be none."""
        try:
            end = self._end.day()
            wrong = "" if end or self._without.isChecked() else _("Say when the course is agreed to end.")
        except Refused as refused:
            end, wrong = None, str(refused)
        if end is not None and self._course is not None and end < self._course.started_on:
            wrong = _("The last session can’t be planned before the first.")
        self._error.show_error(wrong, self._end)
        return end, not wrong

    def on_keep(self) -> None:
        """Keep the terms, where they fit together."""
        if self._course is None:
            return
        planned, starts = self._agreed, [each.value() for each in self._starts]
        bounds = [1, *starts, *([planned + 1] if planned else [])]
        if bounds != sorted(set(bounds)):
            self._error.show_error(_("Each phase begins after the one before, and the last within the sessions agreed."))
            return
        end, can_be = self._day()
        if not can_be:
            return
        changed = replace(
            self._course,
            planned_sessions=planned,
            phases=terms_with(self._course, planned, starts),
            planned_end=end,
        )
        reason = self._reason.text().strip()
        self.forget()
        self.terms_kept.emit(changed, reason)

    def forget(self) -> None:
        """Close, and let go of the course."""
        self.close_editor()
        self._drop_row()
        self._course = None

    def _drop_row(self) -> None:
        self._reason.clear()
        self._beyond.clear()
        self._beyond.hide()
        if self._row is not None:
            part_with(self._row)
            self._row = None


def weeks_left_out(course: Course) -> timedelta:
    """Return by how many whole weeks the agreed end of weekly sessions is later than one a week would be."""
    if course.is_open or course.planned_end is None or course.frequency.strip() != "weekly":
        return timedelta()
    later = course.planned_end - course.started_on - WEEK * (course.planned_sessions - 1)
    return later if later > timedelta() and not later % WEEK else timedelta()
