"""Setting a phase: which, from when, and why; forwards or backwards."""

from datetime import date, timedelta
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _
from ui.forms.choices import ChipChoice, one_of
from ui.phases.parting import part_with
from ui.phases.reading import CourseReading
from ui.widgets.buttons import outlined, primary
from ui.widgets.card import hairline
from ui.widgets.chips import FlowLayout
from ui.widgets.date_field import DateField, asked_day
from ui.widgets.labels import FieldError, label
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented
from ui.widgets.tab_order import go_through, stops_in


class InlineEditor(QWidget):
    """An editor that opens in the page. Esc leaves it and keeps what was typed; Cancel lets go of it.

    Closed in any way, it gives the keyboard back to the button it was opened from.
    """

    def __init__(self, parent: QWidget, opener: QWidget, *, name: str, spoken: str) -> None:
        super().__init__(parent)
        self._opener = opener
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 2, 0, 0)
        self.column.setSpacing(8)
        self.column.addWidget(hairline(self))
        self.hide()

    def add_buttons(self, words: str, parent: QWidget) -> QHBoxLayout:
        """Return a row with the button that keeps and the one that cancels."""
        row = QHBoxLayout()
        row.setSpacing(8)
        self.keep = primary(words, parent, name=f"{self.objectName()}_keep")
        self.cancel = outlined(_("Cancel"), parent, name=f"{self.objectName()}_cancel")
        self.keep.clicked.connect(self.on_keep)
        self.cancel.clicked.connect(self.forget)
        row.addWidget(self.keep)
        row.addWidget(self.cancel)
        return row

    def on_keep(self) -> None:
        """Keep what is in the fields."""
        raise NotImplementedError

    def forget(self) -> None:
        """Close and let go of what was typed."""
        self.close_editor()

    def close_editor(self) -> None:
        """Close; the keyboard, where it was in here, goes back to where it came from."""
        focused = QApplication.focusWidget()
        has_keyboard = focused is not None and self.isAncestorOf(focused)
        self.hide()
        if has_keyboard:
            self._opener.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_enter(self) -> None:
        """Press the button the keyboard is at; anywhere else, and on what is chosen already, keep."""
        focused = cast("QWidget | None", self.focusWidget())
        if isinstance(focused, QAbstractButton) and focused is not self.keep and not focused.isChecked():
            focused.click()
        else:
            self.on_keep()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc, keep with Enter."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_editor()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        else:
            super().keyPressEvent(event)


def captioned(words: str, field: QWidget, parent: QWidget) -> QWidget:
    """Return a field with its caption above, for a row that wraps."""
    holder = QWidget(parent)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    caption = label(words, holder, kind="caption", tone="text_soft")
    caption.setBuddy(field)
    column.addWidget(caption)
    field.setParent(holder)
    column.addWidget(field)
    column.addStretch(1)
    return holder


class PhaseEditor(InlineEditor):
    """Which phase, from when and why, and when it is looked at again. `phase_set` carries (key, date, reason, review or None).

    Beside the phases agreed stand those that come after them. For one that has a review by its protocol, a day is proposed.
    """

    phase_set = Signal(str, object, str, object)

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent, opener, name="phase_editor", spoken=_("Move to another phase"))
        self._phases: Segmented | ChipChoice | None = None
        self._options: list[tuple[str, str]] = []
        self._weeks: dict[str, int] = {}
        self._is_review_typed = False
        self._began: date | None = None
        self._date = DateField(self, name="phase_date", spoken=_("From"))
        self._date.editingFinished.connect(self._on_day_typed)
        self._review = DateField(self, name="phase_review", spoken=_("Review on"))
        self._review.textEdited.connect(self._on_review_edited)
        self._review.editingFinished.connect(self._review_day)
        self._reason = named(QLineEdit(self), "phase_reason", _("Reason"))
        self._reason.setPlaceholderText(_("a few words"))
        fields = QWidget(self)
        self._fields = FlowLayout(fields, gap=12)
        self._fields.addWidget(captioned(_("From"), self._date, fields))
        self._fields.addWidget(captioned(_("Review on, if you wish"), self._review, fields))
        self.column.addWidget(fields)
        line = QHBoxLayout()
        line.setSpacing(8)
        caption = label(_("Reason"), self, kind="label", tone="text_soft")
        caption.setBuddy(self._reason)
        line.addWidget(caption)
        line.addWidget(self._reason, 1)
        line.addLayout(self.add_buttons(_("Set phase"), self))
        self._error = FieldError(self, name="phase_error")
        self.column.addLayout(line)
        self.column.addWidget(self._error)

    def open(self, reading: CourseReading, key: str = "") -> None:
        """Show the fields, at the phase `key` where one is meant; what was typed before Esc is still there."""
        keys = [*(each.key for each in reading.course.phases), *(each.key for each in reading.protocol.after_phases)]
        options = [(each, reading.phase_label(each)) for each in keys]
        latest = reading.course.ended_on or max(reading.today, reading.course.started_on)  # one to come begins in its phase
        if self._phases is None or options != self._options:
            self._drop_phases()
            self._options = options
            self._phases = one_of(options, self, name="phase_choice", spoken=_("Phase"), is_clearable=False)
            self._phases.chosen.connect(self._propose_review)
            self._weeks = {each.key: each.review_weeks for each in reading.protocol.phases}
            self.column.insertWidget(1, captioned(_("Phase"), self._phases, self))
            go_through(stops_in(self._phases), self._date)
            self._date.show_day(latest)
        self._date.latest = latest
        self._began = reading.course.started_on
        if key:
            self._phases.choose(key)
            self._propose_review()
        self._error.show_error("")
        self.show()
        wanted = key or self._phases.choice() or reading.phase
        focused = wanted if wanted in keys else keys[0]  # one of another protocol has no button
        self._phases.button(focused).setFocus(Qt.FocusReason.OtherFocusReason)

    def _propose_review(self) -> None:
        """Offer the day that the protocol looks again at the phase chosen, until the therapist has typed one."""
        weeks = self._weeks.get(self._phases.choice() or "", 0) if self._phases is not None else 0
        day = readable_day(self._date)
        if not self._is_review_typed:
            self._review.show_day(day + timedelta(weeks=weeks) if weeks and day else None)

    def _on_review_edited(self) -> None:
        self._is_review_typed = bool(self._review.text().strip())

    def _on_day_typed(self) -> None:
        if self._day() is not None:
            self._propose_review()

    def _day(self) -> date | None:
        """Return from when, or say what is wrong with it."""
        day = asked_day(self._date, self._error, _("Say from when."))
        if day is not None and self._began is not None and day < self._began:
            wrong = _("The course begins on {day}; no phase of it holds before.").format(day=long_date(self._began))
            self._error.show_error(wrong, self._date)
            return None
        return day

    def _review_day(self) -> tuple[date | None, bool]:
        """Return the day of the review and whether it can be; say what is wrong with it."""
        begins = readable_day(self._date)
        try:
            review = self._review.day()
            wrong = ""
            if review is not None and begins is not None and review <= begins:
                wrong = _("The review comes after the day from which the phase holds.")
        except Refused as refused:
            review, wrong = None, str(refused)
        self._error.show_error(wrong, self._review)
        return review, not wrong

    def on_keep(self) -> None:
        """Set the phase chosen."""
        key = self._phases.choice() if self._phases else None
        if key is None:
            self._error.show_error(_("Choose the phase."))
            return
        day, reason = self._day(), self._reason.text().strip()
        if day is None:
            return
        review, can_be = self._review_day()
        if can_be:
            self.forget()
            self.phase_set.emit(key, day, reason, review)

    def forget(self) -> None:
        """Close, and be empty the next time."""
        self.close_editor()
        for field in (self._reason, self._review):
            field.clear()
        self._is_review_typed = False
        for dated in (self._date, self._review):
            self._error.show_error("", dated)
        self._drop_phases()

    def _drop_phases(self) -> None:
        if self._phases is not None:
            if (holder := self._phases.parentWidget()) is not None:
                part_with(holder)
            self._phases = None


def readable_day(field: DateField) -> date | None:
    """Return the date in a field, None for nothing and for what is no date."""
    try:
        return field.day()
    except Refused:
        return None
