"""Ending the course from its own page: how it ended, on which day, and why; what follows is written in the papers."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ipt_desktop.domain.records import Course, EndingKind
from ipt_desktop.domain.text import _
from ui.clients.booked_beyond import BookedBeyond
from ui.clients.words import ENDING_WORDS
from ui.forms.choices import ChipChoice, one_of
from ui.phases.phase_editor import InlineEditor, captioned, readable_day
from ui.phases.reading import CourseReading
from ui.widgets.date_field import DateField, asked_day
from ui.widgets.labels import FieldError, label
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented


class EndingEditor(InlineEditor):
    """No kind of ending is chosen for the therapist. `ended` carries (day, kind, reason, the sessions to take out).

    Those are of what is booked beyond the end. A course that has not begun is withdrawn: it ends on the day it was to begin.
    """

    ended = Signal(object, object, str, object)

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent, opener, name="course_ending_editor", spoken=_("End the course"))
        self._course: Course | None = None
        self._withdrawn: date | None = None
        kinds = [(kind.value, _(words)) for kind, words in ENDING_WORDS.items()]
        self._kinds: Segmented | ChipChoice = one_of(
            kinds, self, name="course_ending_kind", spoken=_("How it ended"), is_clearable=False
        )
        self._kinds.chosen.connect(self._on_kind_chosen)
        self.column.addWidget(captioned(_("How it ended"), self._kinds, self))
        self._date = DateField(self, name="course_ending_on", spoken=_("Ended on"))
        self._date.editingFinished.connect(self._on_day_typed)
        self._risk = label("", self, kind="label", tone="text_soft", name="course_ending_risk", wraps=True)
        row = QHBoxLayout()
        row.setSpacing(16)
        self._day_field = captioned(_("Ended on"), self._date, self)
        row.addWidget(self._day_field)
        self._asked = captioned(_("Risk, as last asked"), self._risk, self)
        row.addWidget(self._asked, 1)
        row.addStretch(1)
        self.column.addLayout(row)
        self._beyond = BookedBeyond(self, name="course_ending_beyond")
        self.column.addWidget(self._beyond)
        self._reason = named(QLineEdit(self), "course_ending_reason", _("Reason"))
        self._reason.setPlaceholderText(_("in a few words"))
        line = QHBoxLayout()
        line.setSpacing(8)
        caption = label(_("Reason"), self, kind="label", tone="text_soft")
        caption.setBuddy(self._reason)
        line.addWidget(caption)
        line.addWidget(self._reason, 1)
        line.addLayout(self.add_buttons(_("End course"), self))
        self.column.addLayout(line)
        self._error = FieldError(self, name="course_ending_error")
        self.column.addWidget(self._error)

    def open(self, reading: CourseReading, risk: str, reason: str) -> None:
        """Show the fields; what was typed before Esc is still there. `risk` is said beside the day, `reason` stands already."""
        last = max(reading.today, reading.course.started_on)
        if self._course is None or self._course.id != reading.course.id:
            self._course = reading.course
            self._kinds.choose(None)
            self._date.show_day(last)
            self._reason.setText(" ".join(reason.split()))
        self._beyond.show_sessions(reading.sessions)
        self._date.latest = last
        self._withdrawn = reading.course.started_on if reading.course.started_on > reading.today else None
        self._day_field.setVisible(self._withdrawn is None)
        self.keep.setText(_("Withdraw the course") if self._withdrawn else _("End course"))
        self.keep.setAccessibleName(self.keep.text())
        self._show_beyond()
        self._risk.setText(risk)
        self._asked.setVisible(bool(risk))
        self._error.show_error("")
        self.show()
        self._kinds.button(self._kinds.choice() or EndingKind.PLANNED.value).setFocus()

    def _show_beyond(self) -> None:
        """Say what is booked after the day that is typed, or that the course has not begun and is withdrawn."""
        self._beyond.show_end(readable_day(self._date), self._withdrawn)

    def _on_kind_chosen(self) -> None:
        self._error.show_error("")

    def _on_day_typed(self) -> None:
        self._day()
        self._show_beyond()

    def _day(self) -> date | None:
        """Return the day, or say what is wrong with it."""
        day = asked_day(self._date, self._error, _("Say on which day it ended."))
        if day is not None and self._course is not None and day < self._course.started_on:
            self._error.show_error(_("A course can’t end before it began."), self._date)
            return None
        return day

    def on_keep(self) -> None:
        """End the course."""
        day, kind = self._day(), self._kinds.choice()
        if day is None:
            return
        if kind is None:
            self._error.show_error(_("Choose how it ended."))
            return
        self._show_beyond()
        reason, removed = self._reason.text().strip(), self._beyond.removed
        self.forget()
        self.ended.emit(day, EndingKind(kind), reason, removed)

    def forget(self) -> None:
        """Close, and be empty the next time."""
        self.close_editor()
        self._course = None
        self._kinds.choose(None)
        for field in (self._reason, self._risk):
            field.clear()
        self._beyond.show_sessions(())
        self._error.show_error("", self._date)
