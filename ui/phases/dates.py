"""Dates that can be changed: a field for one, and a date in words that becomes a field when it is pressed."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QDateEdit, QHBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.buttons import link
from ui.widgets.naming import named


def to_qt(day: date) -> QDate:
    """Return a date as Qt has it."""
    return QDate(day.year, day.month, day.day)


def from_qt(day: QDate) -> date:
    """Return Qt's date as a plain one."""
    return date(day.year(), day.month(), day.day())


def date_field(parent: QWidget, day: date, *, name: str, spoken: str, latest: date | None = None) -> QDateEdit:
    """Return a field for a date with a calendar behind it."""
    field = named(QDateEdit(to_qt(day), parent), name, spoken)
    field.setCalendarPopup(True)
    field.setDisplayFormat("d MMMM yyyy")
    indent(field)
    if latest is not None:
        field.setMaximumDate(to_qt(latest))
    return field


def indent(field: QAbstractSpinBox) -> None:
    """Keep a field's words off its border; a style sheet's padding does not reach them."""
    field.lineEdit().setTextMargins(theme.current().space("s"), 0, 0, 0)


class DateLine(QWidget):
    """A date in words; pressed, it can be typed or picked. `date_chosen` carries another one.

    Enter or leaving the field takes the date, Esc leaves it as it was.
    """

    date_chosen = Signal(object)

    def __init__(self, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self._day = date.today()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.button = link("", self, name=name, spoken=_("Date"))
        self.button.setProperty("is_small", True)
        self.button.setToolTip(_("Change the date…"))
        self.button.clicked.connect(self._on_clicked)
        self.field = date_field(self, self._day, name=f"{name}_field", spoken=_("Date"), latest=self._day)
        self.field.editingFinished.connect(self._on_finished)
        self.field.hide()
        row.addWidget(self.button)
        row.addWidget(self.field)
        row.addStretch(1)

    def show_date(self, day: date, words: str, spoken: str) -> None:
        """Show a date in these words; `spoken` says what it is the date of."""
        self._day = day
        self.button.setText(words)
        self.button.setAccessibleName(spoken)
        self.field.setAccessibleName(spoken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the date as it was with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.field.isVisible():
            self.field.setDate(to_qt(self._day))
            self._show_field(is_shown=False)
        else:
            super().keyPressEvent(event)

    def _show_field(self, *, is_shown: bool) -> None:
        had_focus = self.field.hasFocus()
        self.button.setVisible(not is_shown)
        self.field.setVisible(is_shown)
        if is_shown:
            self.field.setFocus()
        elif had_focus:
            self.button.setFocus()

    def _on_clicked(self) -> None:
        self.field.setMaximumDate(QDate.currentDate())
        self.field.setDate(to_qt(self._day))
        self._show_field(is_shown=True)

    def _on_finished(self) -> None:
        if QApplication.activePopupWidget() is not None or not self.field.isVisible():
            return  # its own calendar has the keyboard, or it is closed already
        day = from_qt(self.field.date())
        self._show_field(is_shown=False)
        if day != self._day:
            self._day = day
            self.date_chosen.emit(day)
