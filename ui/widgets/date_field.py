"""A line that takes a date as people here type it, in this computer's order of day, month and year, or in words."""

import re
from datetime import date

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QLineEdit, QWidget

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _
from ipt_desktop.domain.typed_date import read_date
from ui.widgets.naming import named

ISO = "yyyy-MM-dd"
MONTHS = 12
_NUMBERS = re.compile(r"(\d+)\D+(\d+)\D+(\d+)\W*")
_YEAR = re.compile(r"\d{4}")


def typed_format() -> str:
    """Return this computer's short date format with a whole year; ISO where the computer has none of its own."""
    locale = QLocale()
    if locale.language() is QLocale.Language.C:
        return ISO
    pattern = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return pattern if "yyyy" in pattern else pattern.replace("yy", "yyyy")


def typed_day(day: date | None) -> str:
    """Return a date as it is typed here, or nothing."""
    return QLocale().toString(QDate(day.year, day.month, day.day), typed_format()) if day else ""


def parse_day(typed: str, today: date, *, is_past: bool = False) -> date | None:
    """Return the date typed, or None for nothing; raises Refused, saying what is wrong with it.

    Any mark may stand between the numbers; a number of four digits in front is a year, as in ISO. `is_past` is for births: the
    year must be there, and one of two digits is never to come.
    """
    text = typed.strip()
    if not text:
        return None
    found = _NUMBERS.fullmatch(text)
    if found is not None:
        text = _as_iso((found[1], found[2], found[3]), today, is_past=is_past)
    elif is_past and not _YEAR.search(text):
        raise Refused(reason=_("Type the year too, like {example}.").format(example=typed_day(date(1985, 11, 24))))
    return read_date(text, today)


def _as_iso(numbers: tuple[str, str, str], today: date, *, is_past: bool) -> str:
    """Return three numbers as an ISO date, by the order they are written in here."""
    pattern = typed_format()
    if len(numbers[0]) == len("yyyy"):
        year, month, day = numbers
    elif pattern.find("M") < pattern.find("d") and not pattern.startswith("y"):
        month, day, year = numbers
    else:
        day, month, year = numbers
    if not 1 <= int(month) <= MONTHS:
        example = typed_day(date(today.year, 11, 24))
        raise Refused(reason=_("There is no month {month}. Type the date like {example}.").format(month=month, example=example))
    return f"{_whole_year(year, today, is_past=is_past):04}-{month}-{day}"


def _whole_year(digits: str, today: date, *, is_past: bool) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    century = today.year // 100 * 100
    return year + century - (100 if is_past and year + century > today.year else 0)


class DateField(QLineEdit):
    """A line that takes a date. `is_past` is for births (`parse_day`)."""

    def __init__(self, parent: QWidget, *, name: str, spoken: str, is_past: bool = False) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        self._is_past = is_past
        self.setPlaceholderText(_("like {example}").format(example=typed_day(date(1985 if is_past else 2026, 11, 24))))

    def day(self) -> date | None:
        """Return the date typed, or None for nothing; raises Refused, saying what is wrong with it."""
        return parse_day(self.text(), date.today(), is_past=self._is_past)

    def show_day(self, day: date | None) -> None:
        """Show a date, or nothing."""
        self.setText(typed_day(day))
