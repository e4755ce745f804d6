"""Ending a course of treatment: the day, and how it came to its end."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Course, EndingKind, Session
from ipt_desktop.domain.text import _
from ui.clients.booked_beyond import BookedBeyond
from ui.clients.side_panel import SidePanel
from ui.clients.words import ENDING_WORDS
from ui.widgets.date_field import DateField
from ui.widgets.labels import FieldError, label
from ui.widgets.naming import named


class EndingPanel(SidePanel):
    """`ended` carries (course id, day, kind, reason, sessions taken out). No kind is chosen for the therapist."""

    ended = Signal(str, object, object, str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="ending_panel", title=_("End the course"))
        self._course: Course | None = None
        self._withdrawn: date | None = None
        self.on = DateField(self.sheet, name="ending_on", spoken=_("Ended on"))
        self.on_error = FieldError(self.sheet, name="ending_on_error")
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(label(_("Ended on"), self.sheet, kind="label", tone="text_soft"))
        column.addWidget(self.on)
        column.addWidget(self.on_error)
        self.body.addLayout(column)
        self.beyond = BookedBeyond(self.sheet, name="ending_beyond")
        self.body.addWidget(self.beyond)
        kinds = QVBoxLayout()
        kinds.setSpacing(4)
        kinds.addWidget(label(_("How it ended"), self.sheet, kind="label", tone="text_soft"))
        self._group = QButtonGroup(self)
        self._kinds: dict[EndingKind, QRadioButton] = {}
        for kind, words in ENDING_WORDS.items():
            self._kinds[kind] = button = named(QRadioButton(_(words), self.sheet), f"ending_{kind.value}", _(words))
            self._group.addButton(button)
            kinds.addWidget(button)
        self.body.addLayout(kinds)
        self.reason = named(QLineEdit(self.sheet), "ending_reason", _("Reason"))
        self.reason.setPlaceholderText(_("in a few words"))
        why = QVBoxLayout()
        why.setSpacing(3)
        why.addWidget(label(_("Reason"), self.sheet, kind="label", tone="text_soft"))
        why.addWidget(self.reason)
        self.body.addLayout(why)
        self.add_actions(_("End course"), name="ending_done").clicked.connect(self._on_done)
        self.on.editingFinished.connect(self._check)
        self._group.buttonClicked.connect(self._on_kind_chosen)

    def end(self, course: Course, client_name: str, today: date, reason: str = "", sessions: Sequence[Session] = ()) -> None:
        """Ask how this course ended; today is offered, and the reason that stands in the papers already.

        For one that has not begun it is the day it was to begin. What of its `sessions` is booked after the end is said.
        """
        self._course = course
        self._withdrawn = course.started_on if course.started_on > today else None
        self.beyond.show_sessions(())
        self.beyond.show_sessions(sessions)
        self.reason.setText(" ".join(reason.split()))
        self.say_under(_("{client} · course {number}").format(client=client_name, number=course.number))
        self.on.show_day(max(today, course.started_on))
        self._check()
        self.on_error.show_error("", self.on)
        self.error.show_error("")
        self._group.setExclusive(False)
        for button in self._kinds.values():
            button.setChecked(False)
        self._group.setExclusive(True)
        self.on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _check(self) -> date | None:
        """Return the day typed, or say below what is wrong with it."""
        try:
            day = self.on.day()
            wrong = "" if day else _("Say on which day it ended.")
            if day and self._course and day < self._course.started_on:
                wrong = _("A course can’t end before it began.")
        except Refused as refused:
            day, wrong = None, str(refused)
        self.on_error.show_error(wrong, self.on)
        self.beyond.show_end(None if wrong else day, self._withdrawn)
        return None if wrong else day

    def _on_kind_chosen(self) -> None:
        self.error.show_error("")

    def _on_done(self) -> None:
        day = self._check()
        kind = next((each for each, button in self._kinds.items() if button.isChecked()), None)
        self.error.show_error("" if kind else _("Choose how it ended."))
        if day is not None and kind is not None and self._course is not None:
            self.ended.emit(self._course.id, day, kind, self.reason.text().strip(), self.beyond.removed)

    def clear(self) -> None:
        """Let go of the client."""
        self._course = None
        self.say_under("")
        self.on.clear()
        self.beyond.show_sessions(())
        self.reason.clear()
