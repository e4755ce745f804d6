"""A line that takes a date as it is typed, with a calendar behind a small button."""

from datetime import date, timedelta

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ipt_desktop.domain.dates import day_words, long_date, short_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _
from ipt_desktop.domain.typed_date import read_date
from ui import theme
from ui.widgets.buttons import icon_button
from ui.widgets.calendar_popup import CalendarPopup
from ui.widgets.labels import FieldError
from ui.widgets.naming import named

A_BIRTH = date(1985, 11, 24)  # an example's


class DateField(QLineEdit):
    """A date as it is typed; once left it stands in words, so that one read otherwise than meant is seen.

    Of two numbers the month comes first where this computer's dates have it so. Up and Down go a day on or back, Alt+Down opens
    the calendar. `is_past` is for births (`typed_date.read_date`); a day after `latest` is refused. The owner says beside
    the field what `day` refuses.
    """

    def __init__(
        self,
        parent: QWidget,
        *,
        name: str,
        spoken: str,
        is_past: bool = False,
        latest: date | None = None,
        has_weekday: bool = False,
    ) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        self._is_past, self._has_weekday = is_past, has_weekday
        self.latest = latest
        example = A_BIRTH if is_past else date.today()
        self.setPlaceholderText(_("like {day} {year}").format(day=short_date(example), year=example.year))
        self._button = icon_button("calendar", self, name=f"{name}_calendar_button", spoken=_("Choose from a calendar"))
        self._button.setToolTip(_("Choose from a calendar (Alt+Down)"))
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the line has the keyboard
        self._button.setCursor(Qt.CursorShape.ArrowCursor)
        self._button.clicked.connect(self.open_calendar)
        self.editingFinished.connect(self._on_finished)

    def day(self) -> date | None:
        """Return the date typed, or None for nothing; raises Refused, saying what is wrong with it."""
        if not self.text().strip():
            return None
        is_month_first = self.locale().dateFormat(QLocale.FormatType.ShortFormat).startswith("M")
        day = read_date(self.text(), date.today(), is_past=self._is_past, is_month_first=is_month_first)
        if self.latest is not None and day > self.latest:
            if self.latest == date.today():
                raise Refused(reason=_("This day is still to come."))
            raise Refused(reason=_("The latest day here is {day}.").format(day=long_date(self.latest)))
        return day

    def show_day(self, day: date | None) -> None:
        """Show a date, or nothing."""
        self.setText(self._words(day) if day else "")

    def open_calendar(self) -> None:
        """Open a calendar below the line, at the date typed; Enter or a click takes a day, Esc none."""
        if self.isReadOnly():
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # where the keyboard comes back to
        last = self._last()
        day = self._readable() or last or date.today()
        name, spoken = f"{self.objectName()}_calendar", self.accessibleName()
        calendar = CalendarPopup(self, day, name=name, spoken=spoken, latest=last)
        calendar.day_taken.connect(self._on_day_taken)
        calendar.open_beside(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go a day on or back, or open the calendar."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif event.key() in steps and not event.modifiers() and not self.isReadOnly():
            self._step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return room for the longest date and the button."""
        hint, widest = super().sizeHint(), self.fontMetrics().horizontalAdvance(self._words(date(2026, 9, 30)))
        return QSize(widest + hint.height() + 2 * theme.current().space("s"), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the line's end."""
        super().resizeEvent(event)
        side = max(self.height() - 6, 0)  # a layout may squeeze a line before it gives it room
        self.setTextMargins(0, 0, side - theme.current().space("s"), 0)
        self._button.setFixedSize(side, side)
        self._button.move(self.width() - side - 3, 3)

    def _step(self, days: int) -> None:
        """Go to another day from one that can be read, or begin with today."""
        day = self._readable()
        if day is None and self.text().strip():
            return
        wanted, last = (day + timedelta(days=days) if day else date.today()), self._last()
        self._type(min(wanted, last) if last else wanted)

    def _type(self, day: date) -> None:
        """Put a day into the line as if it were typed: it can be undone, and `textEdited` tells of it."""
        self.selectAll()
        self.insert(self._words(day))

    def _words(self, day: date) -> str:
        return day_words(day, has_weekday=self._has_weekday, has_year=True)

    def _readable(self) -> date | None:
        try:
            return self.day()
        except Refused:
            return None

    def _last(self) -> date | None:
        return self.latest or (date.today() if self._is_past else None)

    def _on_day_taken(self, day: date) -> None:
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self._type(day)
        self.editingFinished.emit()

    def _on_finished(self) -> None:
        day, was_modified = self._readable(), self.isModified()
        if day is not None and self.text() != self._words(day):
            self.show_day(day)
            self.setModified(was_modified)


def asked_day(field: DateField, error: FieldError, missing: str) -> date | None:
    """Return the date typed, or say in `error` what is wrong with it; `missing` is said where nothing is typed."""
    try:
        day = field.day()
        error.show_error("" if day else missing, field)
    except Refused as refused:
        day = None
        error.show_error(str(refused), field)
    return day
