"""A calendar that opens beside a field and goes once a day is taken."""

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QTableView, QToolButton, QWidget

from ui import icons, theme
from ui.screen_room import screen_room
from ui.widgets.naming import named

CELL = 38  # a day's width at 100 % text
ROWS = 8  # months, weekdays and six weeks


class CalendarPopup(QCalendarWidget):
    """A month to pick a day from: Enter or a click takes one, which `day_taken` carries; Esc takes none."""

    day_taken = Signal(object)

    def __init__(self, parent: QWidget, day: date, *, name: str, spoken: str, latest: date | None = None) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setContentsMargins(1, 1, 1, 1)
        if latest is not None:
            self.setMaximumDate(_as_qt(latest))
        self.setSelectedDate(_as_qt(day))
        self._dress()
        self.clicked.connect(self._on_taken)
        self.activated.connect(self._on_taken)

    def _dress(self) -> None:
        """Give it the theme's colours and icons, and room for every day."""
        look = theme.current()
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setFixedSize(7 * look.px(CELL), ROWS * look.size("row"))
        soft = QTextCharFormat()
        soft.setForeground(look.color("text_soft"))
        soft.setFont(look.font("caption"))
        self.setHeaderTextFormat(soft)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, QTextCharFormat())  # not Qt's own red
        grid = self.findChild(QTableView)
        if grid is not None:
            grid.horizontalHeader().setMinimumSectionSize(1)  # all seven days share the width
        for name, icon in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
            button = self.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icons.icon(icon, "text", look.size("icon")))

    def open_beside(self, field: QWidget) -> None:
        """Open below a field, or above it where the screen ends; never beyond the screen's sides."""
        below, above = field.mapToGlobal(field.rect().bottomLeft()), field.mapToGlobal(field.rect().topLeft())
        room = screen_room(above)
        y = below.y() + 2 if below.y() + 2 + self.height() <= room.bottom() else above.y() - self.height() - 2
        self.move(QPoint(max(room.left(), min(below.x(), room.right() - self.width())), y))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_taken(self, day: QDate) -> None:
        self.close()
        self.day_taken.emit(date(day.year(), day.month(), day.day()))


def _as_qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
