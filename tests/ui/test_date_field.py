"""A line for a date: typed in any way it is read, gone through by day, or picked from the calendar behind it."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCalendarWidget, QLineEdit, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.dates import day_words, long_date
from ipt_desktop.domain.errors import Refused
from tests.ui.naming import unnamed
from ui import theme
from ui.widgets.date_field import DateField, asked_day
from ui.widgets.labels import FieldError
from ui.widgets.naming import named

TODAY = date.today()
DAY = timedelta(days=1)
pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # of a popup on no screen


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication) -> QWidget:
    theme.apply(qapp, theme.Theme())
    page = QWidget()
    QVBoxLayout(page)
    qtbot.addWidget(page)
    return page


def put(qtbot: QtBot, page: QWidget, **asked: object) -> DateField:
    """Return a shown date field with another line below it that Tab leads to."""
    field = DateField(page, name="day", spoken="Day", **asked)  # type: ignore[arg-type]
    for line in (field, named(QLineEdit(page), "next", "Next")):
        layout = page.layout()
        assert layout is not None
        layout.addWidget(line)
    page.show()
    page.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=2000)
    return field


def retype(qtbot: QtBot, field: QLineEdit, words: str) -> None:
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Tab)


def calendar_of(field: DateField) -> QCalendarWidget:
    found = QApplication.activePopupWidget()
    assert isinstance(found, QCalendarWidget)
    assert found.parentWidget() is field
    return found


@pytest.mark.parametrize("typed", ["2026-11-24", "24.11.2026", "24/11/26", "Tue 24 nov 2026"])
def test_what_is_typed_over_the_old_stands_in_words_once_it_is_left(qtbot: QtBot, page: QWidget, typed: str):
    field = put(qtbot, page)
    field.show_day(date(1999, 1, 31))
    told: list[date | None] = []
    field.editingFinished.connect(lambda: told.append(field.day()))
    retype(qtbot, field, typed)
    assert told == [date(2026, 11, 24)]
    assert field.text() == "24 November 2026"
    assert not field.hasFocus()


def test_what_can_not_be_read_stays_and_is_said_by_the_owner(qtbot: QtBot, page: QWidget):
    field, error = put(qtbot, page), FieldError(page)
    retype(qtbot, field, "31 November")
    assert field.text() == "31 November"
    assert asked_day(field, error, "Say when.") is None
    assert error.text() == "November has no 31."
    assert field.accessibleDescription() == error.text()
    retype(qtbot, field, "")
    field.clear()
    assert asked_day(field, error, "Say when.") is None
    assert error.text() == "Say when."
    field.show_day(TODAY)
    assert asked_day(field, error, "Say when.") == TODAY
    assert error.text() == ""


def test_arrows_go_by_the_day_from_today_where_nothing_stands(qtbot: QtBot, page: QWidget):
    field = put(qtbot, page)
    edited: list[str] = []
    field.textEdited.connect(edited.append)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.day() == TODAY
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.day() == TODAY + DAY
    for _press in range(2):
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.day() == TODAY - DAY
    assert edited[-1] == long_date(TODAY - DAY)
    assert field.isModified()


def test_arrows_leave_alone_what_can_not_be_read_and_what_is_read_only(qtbot: QtBot, page: QWidget):
    field = put(qtbot, page)
    field.setText("soon")
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "soon"
    field.show_day(TODAY)
    field.setReadOnly(True)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    field.open_calendar()
    assert field.day() == TODAY
    assert QApplication.activePopupWidget() is None


def test_no_day_after_the_latest(qtbot: QtBot, page: QWidget):
    field = put(qtbot, page, latest=TODAY)
    field.show_day(TODAY)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.day() == TODAY
    field.setText("tomorrow")
    with pytest.raises(Refused, match="still to come"):
        field.day()
    field.latest = date(2020, 5, 4)
    field.setText("5 May 2020")
    with pytest.raises(Refused, match="latest day here is 4 May 2020"):
        field.day()


def test_a_birth_is_typed_with_two_digits_and_lies_behind(qtbot: QtBot, page: QWidget):
    field = put(qtbot, page, is_past=True)
    retype(qtbot, field, "24/11/85")
    assert field.text() == "24 November 1985"
    assert "1985" in field.placeholderText()


def test_with_its_weekday(qtbot: QtBot, page: QWidget):
    field = put(qtbot, page, has_weekday=True)
    retype(qtbot, field, "2026-11-24")
    assert field.text() == day_words(date(2026, 11, 24), has_weekday=True, has_year=True)


def test_a_day_is_picked_with_the_mouse(qtbot: QtBot, page: QWidget):
    field = put(qtbot, page, latest=TODAY)
    field.show_day(date(2020, 5, 4))
    button = page.findChild(QAbstractButton, "day_calendar_button")
    assert button is not None
    told: list[date | None] = []
    field.editingFinished.connect(lambda: told.append(field.day()))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    calendar = calendar_of(field)
    assert told == []
    assert calendar.selectedDate() == QDate(2020, 5, 4)
    assert calendar.maximumDate() == QDate(TODAY.year, TODAY.month, TODAY.day)
    assert unnamed(page) == []
    grid = calendar.findChild(QTableView)
    assert grid is not None
    cells = {grid.model().index(row, column).data(): (row, column) for row in range(3, 5) for column in range(7)}
    place = grid.visualRect(grid.model().index(*cells[14])).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert told == [date(2020, 5, 14)]
    assert field.text() == "14 May 2020"
    assert QApplication.activePopupWidget() is None


def test_a_day_is_picked_with_the_keyboard_or_left(qtbot: QtBot, page: QWidget):
    field = put(qtbot, page)
    field.show_day(date(2020, 5, 4))
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    grid = calendar_of(field).findChild(QTableView)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert field.day() == date(2020, 5, 4)
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    grid = calendar_of(field).findChild(QTableView)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert field.day() == date(2020, 5, 5)
    qtbot.waitUntil(field.hasFocus, timeout=2000)


@pytest.mark.parametrize(("place", "meant"), [("en_US", date(1985, 2, 3)), ("en_GB", date(1985, 3, 2))])
def test_two_numbers_stand_as_on_this_computer(qtbot: QtBot, page: QWidget, place: str, meant: date):
    field = put(qtbot, page, is_past=True)
    field.setLocale(QLocale(place))
    retype(qtbot, field, "02/03/1985")
    assert field.day() == meant


def test_a_line_squeezed_to_nothing_warns_of_nothing(qtbot: QtBot, page: QWidget):
    field = put(qtbot, page)
    for height in (2, 3):
        field.setFixedHeight(height)
        QApplication.processEvents()
    assert field.height() == 3
