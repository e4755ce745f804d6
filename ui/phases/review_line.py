"""The day agreed to look again at a phase: said calmly once it has come, and moved where it stands."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _
from ui.phases.reading import CourseReading, day_words
from ui.widgets.buttons import link
from ui.widgets.date_field import DateField
from ui.widgets.labels import FieldError, label


def review_words(reading: CourseReading) -> str:
    """Return what is said of the review once its day has come; "" before, and where none is agreed."""
    day = reading.review_on
    if day is None or day > reading.today:
        return ""
    if day == reading.today:
        return _("Today is the day agreed for the review: go on as it is, agree on another day, or end.")
    words = _("The review was agreed for {day}: go on as it is, agree on another day, or end.")
    return words.format(day=day_words(day, reading.today))


class ReviewLine(QWidget):
    """`moved` carries another day, or None for no review. Enter or leaving the field takes the day, Esc leaves it as it was."""

    moved = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("phase_review_line")
        self._day: date | None = None
        self._begins: date | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._words = label("", self, kind="label", name="phase_review_words", wraps=True)
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.button = link("", self, name="phase_review_move", is_flush=True)
        self.button.clicked.connect(self._on_clicked)
        self.field = DateField(self, name="phase_review_field", spoken=_("Review on"))
        self.field.editingFinished.connect(self._on_finished)
        self.field.hide()
        row.addWidget(self.button)
        row.addWidget(self.field)
        row.addStretch(1)
        column.addLayout(row)
        self._error = FieldError(self, name="phase_review_error")
        column.addWidget(self._error)

    def show_course(self, reading: CourseReading) -> None:
        """Show it where a review is agreed, or where one belongs: in a phase that has no number of sessions."""
        self._day, self._begins = reading.review_on, reading.since
        has_place = self._day is not None or reading.is_after or reading.course.is_open
        self.setVisible(has_place and reading.course.ended_on is None)
        words = review_words(reading)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        said = _("Move the review…") if self._day is not None else _("Agree on a review…")
        self.button.setText(said)
        self.button.setAccessibleName(said)

    def forget(self) -> None:
        """Let go of the day."""
        self._day = self._begins = None
        self._words.clear()
        self._show_field(is_shown=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the day as it was with Esc."""
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
        self.field.show_day(self._day)
        self._show_field(is_shown=True)

    def _on_finished(self) -> None:
        if not self.field.isVisible():
            return
        try:
            day = self.field.day()
        except Refused as refused:
            self._error.show_error(str(refused), self.field)
            return
        if day is not None and self._begins is not None and day <= self._begins:
            self._error.show_error(_("The review comes after the day from which the phase holds."), self.field)
            return
        self._show_field(is_shown=False)
        if day != self._day:
            self.moved.emit(day)
