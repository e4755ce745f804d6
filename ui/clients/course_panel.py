"""What a course of treatment agrees: protocol, sessions, dates and the phases' boundaries; to begin one or to change it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.course import scaled_phases
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import AgreedPhase, Course
from ipt_desktop.domain.text import _, marked
from ui.clients.side_panel import SidePanel
from ui.clients.words import about_words, agreement_words, phase_label, phases_words
from ui.widgets.buttons import link
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.widgets.labels import FieldError, HintLabel, label
from ui.widgets.naming import named
from ui.widgets.number_field import NumberField

MOST_SESSIONS, MOST_MINUTES, USUAL_SESSIONS = 99, 240, 16
FREQUENCIES = {  # as protocols write them, and the days between two sessions
    marked("weekly"): 7,
    marked("twice a week"): 3.5,
    marked("every two weeks"): 14,
    marked("monthly"): 30,
}


class Terms(NamedTuple):
    """What was agreed."""

    started_on: date
    planned_sessions: int
    minutes: int
    frequency: str
    phases: tuple[AgreedPhase, ...]
    planned_end: date | None


class PhaseRows(QWidget):
    """The phases one below another: each ends with a session that can be changed, and the next begins after it."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "course_phases", _("Phases"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(3, 1)
        self._keys: list[str] = []
        self._planned = 0
        self._rows: list[tuple[QLabel, QLabel, NumberField]] = []

    def show_phases(self, phases: Sequence[AgreedPhase], protocol: Protocol, planned: int) -> None:
        """Show these phases, without `changed`."""
        self._keys, self._planned = [each.key for each in phases], planned
        while len(self._rows) < len(phases):
            self._add_row(len(self._rows))
        for row, (words, span, last) in enumerate(self._rows):
            is_used = row < len(phases)
            for part in (words, span, last):
                part.setVisible(is_used)
            if is_used:
                title = phase_label(phases[row].key, protocol)
                words.setText(title)
                last.setAccessibleName(_("{phase}: last session").format(phase=title))
        self._fit([each.last for each in phases])

    def _add_row(self, row: int) -> None:
        words = label("", self, name=f"phase_{row + 1}_words")
        span = label("", self, kind="label", tone="text_soft", name=f"phase_{row + 1}_span")
        last = NumberField(self, name=f"phase_{row + 1}_last", spoken=_("Last session"), highest=MOST_SESSIONS)
        last.valueChanged.connect(self._on_changed)
        self._grid.addWidget(words, row, 0)
        self._grid.addWidget(span, row, 1)
        self._grid.addWidget(last, row, 2)
        self._rows.append((words, span, last))

    def _fit(self, lasts: Sequence[int]) -> None:
        """Let every phase begin after the one before, and the last one end with the course, if that has an end."""
        first, count, most = 1, len(self._keys), self._planned or MOST_SESSIONS
        for row, wanted in enumerate(lasts):
            to_come = count - row - 1
            last = most if not to_come else max(first, min(wanted, most - to_come))
            _words, span, spin = self._rows[row]
            is_without_end = not to_come and not self._planned
            words = _("from session {first} on") if is_without_end else _("sessions {first} to")
            span.setText(words.format(first=first))
            spin.setVisible(not is_without_end)
            spin.blockSignals(True)
            spin.setRange(first, max(first, most - to_come))
            spin.blockSignals(False)
            spin.show_value(last)
            spin.setEnabled(bool(to_come))
            first = last + 1

    def _on_changed(self) -> None:
        self._fit([self._rows[row][2].value() for row in range(len(self._keys))])
        self.changed.emit()

    def phases(self) -> tuple[AgreedPhase, ...]:
        """Return the phases as they stand; without a number of sessions the last one has no end."""
        found, first = [], 1
        for key, (_words, _span, last) in zip(self._keys, self._rows, strict=False):
            found.append(AgreedPhase(key=key, first=first, last=last.value()))
            first = last.value() + 1
        return tuple(found) if self._planned else (*found[:-1], *(replace(each, last=0) for each in found[-1:]))


class CoursePanel(SidePanel):
    """`agreed` carries (protocol, terms, the course changed or None for one that begins, why it is changed).

    `protocol_asked`: the course that is changed is to go on under another protocol.
    """

    agreed = Signal(object, object, object, str)
    protocol_asked = Signal()

    def __init__(self, parent: QWidget, protocol: Protocol) -> None:
        super().__init__(parent, name="course_panel", title=_("Begin a course"))
        self._protocols: Sequence[Protocol] = (protocol,)
        self._protocol = protocol
        self._replacing: frozenset[str] = frozenset()
        self._course: Course | None = None
        self._is_end_typed = False
        self._number = USUAL_SESSIONS  # what is offered again where *no number* is taken back
        self._build()
        self._connect()

    def _build(self) -> None:
        self._protocol_words = label(_("Protocol"), self.sheet, kind="label", tone="text_soft")
        self.protocol = ChoiceField(self.sheet, name="course_protocol", spoken=_("Protocol"))
        self.protocol.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._about = HintLabel("", self.sheet, name="course_protocol_about")
        self._put(self._protocol_words, self.protocol, self._about)
        self._present = label("", self.sheet, kind="body", name="course_present_protocol", wraps=True)
        self._other = link(_("Change the protocol…"), self.sheet, name="course_other_protocol", is_flush=True)
        self._other.clicked.connect(self.protocol_asked)
        self._put(self._present)
        self.body.addWidget(self._other, 0, Qt.AlignmentFlag.AlignLeft)
        self.sessions = NumberField(self.sheet, name="course_sessions", spoken=_("Sessions"), lowest=0, highest=MOST_SESSIONS)
        self.sessions.setSpecialValueText(_("no number"))
        self.minutes = NumberField(self.sheet, name="course_minutes", spoken=_("Minutes each"), highest=MOST_MINUTES)
        self.frequency = ChoiceField(self.sheet, name="course_frequency", spoken=_("How often"))
        self.frequency.setEditable(True)
        self.frequency.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.frequency.addItems([_(each) for each in FREQUENCIES])
        self.start = DateField(self.sheet, name="course_start", spoken=_("First session"))
        self.end = DateField(self.sheet, name="course_end", spoken=_("Last session planned"))
        self.start_error = FieldError(self.sheet, name="course_start_error")
        self.end_error = FieldError(self.sheet, name="course_end_error")
        self._put_pair(self.sessions, self.minutes)
        words = _("No number of sessions")
        self.without = named(QCheckBox(words, self.sheet), "course_without_number", words)
        self.body.addWidget(self.without)
        self._put(self._caption(self.frequency), self.frequency)
        self._put(self._caption(self.start), self.start, self.start_error)
        self._put(self._caption(self.end), self.end, self.end_error)
        self.phases = PhaseRows(self.sheet)
        self._put(label(_("Phases"), self.sheet, kind="strong"), self.phases)
        self.reason = named(QLineEdit(self.sheet), "course_reason", _("Reason"))
        self.reason.setPlaceholderText(_("a few words, if you wish"))
        self._reason_words = self._caption(self.reason)
        self._put(self._reason_words, self.reason)
        self.sentence = label("", self.sheet, kind="label", tone="text_soft", name="course_agreement", wraps=True)
        self.body.addWidget(self.sentence)
        self._finish = self.add_actions(_("Begin course"), name="course_done")

    def _put(self, *parts: QWidget) -> None:
        """Put a caption, its field and what may be wrong with it below one another."""
        column = QVBoxLayout()
        column.setSpacing(3)
        for part in parts:
            column.addWidget(part)
        self.body.addLayout(column)

    def _caption(self, field: QWidget) -> QLabel:
        words = label(field.accessibleName(), self.sheet, kind="label", tone="text_soft")
        words.setBuddy(field)
        return words

    def _put_pair(self, left: QWidget, right: QWidget) -> None:
        pair = QHBoxLayout()
        pair.setSpacing(12)
        for field in (left, right):
            column = QVBoxLayout()
            column.setSpacing(3)
            column.addWidget(self._caption(field))
            column.addWidget(field)
            pair.addLayout(column, 1)
        self.body.addLayout(pair)

    def _connect(self) -> None:
        self.protocol.activated.connect(self._on_protocol_chosen)
        self.sessions.valueChanged.connect(self._on_sessions_changed)
        self.without.toggled.connect(self._on_without_toggled)
        self.minutes.valueChanged.connect(self._show_sentence)
        self.frequency.currentTextChanged.connect(self._on_frequency_changed)
        self.start.textEdited.connect(self._on_start_edited)
        self.start.editingFinished.connect(self._check)
        self.end.textEdited.connect(self._on_end_edited)
        self.end.editingFinished.connect(self._check)
        self.phases.changed.connect(self._show_sentence)
        self._finish.clicked.connect(self._on_done)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def begin(
        self, client_name: str, today: date, protocols: Sequence[Protocol], replacing: frozenset[str] = frozenset()
    ) -> None:
        """Offer these protocols, and the first one's terms, for a course that begins today.

        `replacing` are the keys of those that stand for one that came with the program.
        """
        self._replacing = replacing
        self._course = None
        self._protocols = protocols
        self.protocol.clear()
        self.protocol.addItems([_(each.name) for each in protocols])
        self._show_words(_("Begin a course"), client_name, _("Begin course"), is_new=True)
        self._protocol = self._protocols[0]
        self.protocol.setCurrentIndex(0)
        self.start.show_day(today)
        self._offer()
        self.protocol.setFocus(Qt.FocusReason.OtherFocusReason)

    def change(self, course: Course, protocol: Protocol, client_name: str) -> None:
        """Show the terms of a course, to be changed."""
        self._course, self._protocol = course, protocol
        title = _("Change course {number}").format(number=course.number)
        self._show_words(title, client_name, _("Keep the change"), is_new=False)
        self._present.setText(_(protocol.name))
        self.start.show_day(course.started_on)
        self._show_terms(course.planned_sessions, course.minutes, course.frequency, course.phases)
        self.end.show_day(course.planned_end)
        self._is_end_typed = course.planned_end not in (None, self._counted_end())
        self._show_sentence()
        self.sessions.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_words(self, title: str, client_name: str, done: str, *, is_new: bool) -> None:
        self.heading.setText(title)
        self.setAccessibleName(title)
        self.say_under(client_name)
        self._finish.setText(done)
        self._finish.setAccessibleName(done)
        for part in (self._protocol_words, self.protocol, self._about):
            part.setVisible(is_new)
        self._present.setVisible(not is_new)
        self._other.setVisible(not is_new)
        self._reason_words.setVisible(not is_new)
        self.reason.setVisible(not is_new)
        self.reason.clear()
        self.error.show_error("")
        self.start_error.show_error("", self.start)
        self.end_error.show_error("", self.end)

    def _offer(self) -> None:
        """Show the protocol's own terms."""
        plan = self._protocol
        self._about.setText(about_words(plan, self._replacing))
        self._is_end_typed = False
        self._show_terms(plan.planned_sessions, plan.minutes, plan.frequency, plan.agreed_phases())
        self._plan_end()
        self._show_sentence()

    def _show_terms(self, sessions: int, minutes: int, frequency: str, phases: Sequence[AgreedPhase]) -> None:
        self.sessions.show_value(sessions)
        self._show_without()
        self.minutes.show_value(minutes)
        self.frequency.blockSignals(True)
        self.frequency.setCurrentText(_(frequency) if frequency else "")
        self.frequency.blockSignals(False)
        self.phases.show_phases(phases, self._protocol, sessions)

    def _plan_end(self) -> None:
        """Count the last session's day from the first, until the therapist has typed one; without a number there is none."""
        end = self._counted_end()
        if not self._is_end_typed and (end is not None or not self.sessions.value()):
            self.end.show_day(end)

    def _counted_end(self) -> date | None:
        """Return the last session's day by how often they are, weekly where that is said otherwise; None without a number."""
        start = self._day(self.start) if self.sessions.value() else None
        days = {_(words): days for words, days in FREQUENCIES.items()}.get(self.frequency.currentText().strip(), 7)
        return start + timedelta(days=round(days * (self.sessions.value() - 1))) if start else None

    def _show_sentence(self) -> None:
        start = self._day(self.start)
        phases = phases_words(self.phases.phases(), self._protocol)
        said = (self.sessions.value(), self.minutes.value(), self.frequency.currentText().strip())
        self.sentence.setText(agreement_words(*said, start, self._day(self.end), phases) if start else "")

    def _day(self, field: DateField) -> date | None:
        try:
            return field.day()
        except Refused:
            return None

    # -- what is done ----------------------------------------------------------------------------------------------

    def _on_protocol_chosen(self, place: int) -> None:
        self._protocol = self._protocols[place]
        self._offer()

    def _show_without(self) -> None:
        """Tick *no number* where the field has none."""
        self._number = self.sessions.value() or self._number
        self.without.blockSignals(True)
        self.without.setChecked(not self.sessions.value())
        self.without.blockSignals(False)

    def _on_without_toggled(self, is_without: bool) -> None:
        self.sessions.setValue(0 if is_without else self._number)

    def _on_sessions_changed(self, sessions: int) -> None:
        self._show_without()
        agreed = self._course.phases if self._course else self._protocol.agreed_phases()
        self.phases.show_phases(scaled_phases(agreed, sessions), self._protocol, sessions)
        self._plan_end()
        self._show_sentence()

    def _on_frequency_changed(self) -> None:
        self._plan_end()
        self._show_sentence()

    def _on_start_edited(self) -> None:
        self._plan_end()
        self._show_sentence()

    def _on_end_edited(self) -> None:
        self._is_end_typed = bool(self.end.text().strip())
        self._show_sentence()

    def _check(self) -> None:
        self._terms()

    def _terms(self) -> Terms | None:
        """Return what is agreed, or None where a date is wrong, which is said below it."""
        start, end, is_sound = None, None, True
        try:
            start = self.start.day()
            wrong = "" if start else _("Say when the first session is.")
        except Refused as refused:
            wrong = str(refused)
        self.start_error.show_error(wrong, self.start)
        is_sound = not wrong
        try:
            end = self.end.day()
            wrong = _("The last session can’t be planned before the first.") if start and end and end < start else ""
        except Refused as refused:
            wrong = str(refused)
        self.end_error.show_error(wrong, self.end)
        if start is None or wrong or not is_sound:
            return None
        frequency = self.frequency.currentText().strip()
        return Terms(start, self.sessions.value(), self.minutes.value(), frequency, self.phases.phases(), end)

    def _on_done(self) -> None:
        terms = self._terms()
        if terms is not None:
            self.agreed.emit(self._protocol, terms, self._course, self.reason.text().strip())

    def clear(self) -> None:
        """Let go of the client's name and dates."""
        self.say_under("")
        self.start.clear()
        self.end.clear()
        self.frequency.clearEditText()
        self.reason.clear()
        self._present.setText("")
        self.sentence.setText("")
