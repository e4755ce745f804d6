"""Setting a phase: which, from when, and why; forwards or backwards."""

from datetime import date
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui.phases.parting import part_with
from ui.phases.reading import CourseReading
from ui.widgets.buttons import outlined, primary
from ui.widgets.card import hairline
from ui.widgets.date_field import DateField, asked_day
from ui.widgets.labels import FieldError, label
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented


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
    """Which phase, from when and why. `phase_set` carries (key, date, reason)."""

    phase_set = Signal(str, object, str)

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent, opener, name="phase_editor", spoken=_("Move to another phase"))
        self._phases: Segmented | None = None
        self._date = DateField(self, name="phase_date", spoken=_("From"))
        self._date.editingFinished.connect(self._day)
        self._reason = named(QLineEdit(self), "phase_reason", _("Reason"))
        self._reason.setPlaceholderText(_("a few words"))
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        self._row.addWidget(captioned(_("From"), self._date, self))
        self._row.addStretch(1)
        self.column.addLayout(self._row)
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
        if self._phases is None:
            options = [(each.key, reading.phase_label(each.key)) for each in reading.course.phases]
            self._phases = Segmented(options, self, name="phase_choice", spoken=_("Phase"))
            self._row.insertWidget(0, captioned(_("Phase"), self._phases, self))
            self._date.show_day(reading.today)
        self._date.latest = reading.today
        if key:
            self._phases.choose(key)
        self._error.show_error("")
        self.show()
        focused = key or self._phases.choice() or reading.phase
        self._phases.button(focused).setFocus(Qt.FocusReason.OtherFocusReason)

    def _day(self) -> date | None:
        """Return from when, or say that it can't be read."""
        return asked_day(self._date, self._error, _("Say from when."))

    def on_keep(self) -> None:
        """Set the phase chosen."""
        key = self._phases.choice() if self._phases else None
        if key is None:
            self._error.show_error(_("Choose the phase."))
            return
        day, reason = self._day(), self._reason.text().strip()
        if day is None:
            return
        self.forget()
        self.phase_set.emit(key, day, reason)

    def forget(self) -> None:
        """Close, and be empty the next time."""
        self.close_editor()
        self._reason.clear()
        self._error.show_error("", self._date)
        if self._phases is not None:
            if (holder := self._phases.parentWidget()) is not None:
                part_with(holder)
            self._phases = None
