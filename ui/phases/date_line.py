"""A date in words that becomes a field when it is pressed."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _
from ui.widgets.buttons import link
from ui.widgets.date_field import DateField
from ui.widgets.labels import FieldError


class DateLine(QWidget):
    """A date in words; pressed, it can be typed or picked. `date_chosen` carries another one.

    Enter or leaving the field takes the date, Esc leaves it as it was. One that can't be is said below, and the field stays.
    """

    date_chosen = Signal(object)

    def __init__(self, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self._day = date.today()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        self.button = link("", self, name=name, spoken=_("Date"))
        self.button.setProperty("is_small", True)
        self.button.setToolTip(_("Change the date…"))
        self.button.clicked.connect(self._on_clicked)
        self.field = DateField(self, name=f"{name}_field", spoken=_("Date"))
        self.field.editingFinished.connect(self._on_finished)
        self.field.hide()
        self._error = FieldError(self, name=f"{name}_error")
        row.addWidget(self.button)
        row.addWidget(self.field)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._error)

    def show_date(self, day: date, words: str, spoken: str) -> None:
        """Show a date in these words; `spoken` says what it is the date of."""
        self._day = day
        self.button.setText(words)
        self.button.setAccessibleName(spoken)
        self.field.setAccessibleName(spoken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the date as it was with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.field.isVisible():
            self.field.show_day(self._day)
            self._show_field(is_shown=False)
        else:
            super().keyPressEvent(event)

    def _show_field(self, *, is_shown: bool) -> None:
        had_focus = self.field.hasFocus()
        self._error.show_error("", self.field)
        self.button.setVisible(not is_shown)
        self.field.setVisible(is_shown)
        if is_shown:
            self.field.setFocus()
            self.field.selectAll()
        elif had_focus:
            self.button.setFocus()

    def _on_clicked(self) -> None:
        self.field.latest = date.today()
        self.field.show_day(self._day)
        self._show_field(is_shown=True)

    def _on_finished(self) -> None:
        if not self.field.isVisible():
            return
        try:
            day = self.field.day() or self._day  # emptied, it stays as it was
        except Refused as refused:
            self._error.show_error(str(refused), self.field)
            return
        self._show_field(is_shown=False)
        if day != self._day:
            self._day = day
            self.date_chosen.emit(day)
