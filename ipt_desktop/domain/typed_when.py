"""When something happened, as exactly as it is known: "2019", "December 2019", "2 December 2019"; stored as ISO."""

import re
from datetime import date

from ipt_desktop.domain.dates import day_words, month_names
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _
from ipt_desktop.domain.typed_date import read_date

_YEAR = re.compile(r"\d{4}")
_MONTH_ALONE = re.compile(r"[^\W\d]{3,}")
_MONTH_AND_YEAR = re.compile(r"([^\W\d]{3,})\.?,?\s*(\d{4})")
_NUMBER_AND_YEAR = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{4})")
_YEAR_AND_NUMBER = re.compile(r"(\d{4})\s*[./-]\s*(\d{1,2})")
FIRST_YEAR, LAST_YEAR = 1900, 2200


def read_when(text: str, today: date, *, is_month_first: bool = False) -> str:
    """Return a year, a month or a day as ISO ("2019", "2019-12", "2019-12-02"); "" for nothing.

    A day is read as everywhere (`typed_date.read_date`); a month without a year is the one nearest to `today`. Raises Refused,
    saying what is wrong with it.
    """
    typed = text.strip()
    if not typed:
        return ""
    if _YEAR.fullmatch(typed):
        return _year(typed)
    if _MONTH_ALONE.fullmatch(typed) and (month := _month_called(typed)):
        return _nearest(month, today)
    if (found := _MONTH_AND_YEAR.fullmatch(typed)) and (month := _month_called(found[1])):
        return f"{_year(found[2])}-{month:02}"
    if found := _NUMBER_AND_YEAR.fullmatch(typed):
        return f"{_year(found[2])}-{_month(int(found[1])):02}"
    if found := _YEAR_AND_NUMBER.fullmatch(typed):
        return f"{_year(found[1])}-{_month(int(found[2])):02}"
    return read_date(typed, today, is_month_first=is_month_first).isoformat()


def when_words(when: str, today: date | None = None) -> str:
    """Return an ISO date of any precision in words: "2019", "December 2019", "2 December 2019", which read the same again.

    A day of the year of `today` goes without its year. What can't be read is returned as it stands.
    """
    year, *rest = when.split("-")
    try:
        if len(rest) == 2:
            day = date.fromisoformat(when)
            return day_words(day, has_year=today is None or day.year != today.year)
        return f"{month_names()[int(rest[0]) - 1]} {year}" if rest else year
    except (ValueError, IndexError):
        return when


def is_when(text: str) -> bool:
    """Whether it is an ISO date of any precision."""
    ends = {len("2019"): "-01-01", len("2019-12"): "-01", len("2019-12-02"): ""}
    try:
        return len(text) in ends and bool(date.fromisoformat(text + ends[len(text)]))
    except ValueError:
        return False


def is_earlier(when: str, than: str) -> bool:
    """Whether an ISO date of any precision is certainly before another: "2019" before "2020-03", not before "2019-12"."""
    known = min(len(when), len(than))
    return when[:known] < than[:known]


def yearly_day(when: str, today: date) -> date | None:
    """Return the next day, from today on, on which a day comes round again; None where only a year or a month is known."""
    try:
        day = date.fromisoformat(when) if len(when) == len("2019-12-02") else None
    except ValueError:
        return None
    if day is None:
        return None
    return next(again for year in (today.year, today.year + 1) if (again := _in_year(day, year)) >= today)


def _in_year(day: date, year: int) -> date:
    """Return the day in another year; 29 February is the last of February there."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _year(digits: str) -> str:
    if not FIRST_YEAR <= int(digits) <= LAST_YEAR:
        raise Refused(reason=_("The year {year} can’t be right.").format(year=digits))
    return digits


def _month(number: int) -> int:
    if not 1 <= number <= len(month_names()):
        raise Refused(reason=_("There is no month {month}.").format(month=number))
    return number


def _nearest(month: int, today: date) -> str:
    """Return a month of this year, the last or the next one, whichever is nearest."""
    near = min(
        (today.year - 1, today.year, today.year + 1), key=lambda year: abs((year - today.year) * 12 + month - today.month)
    )
    return f"{near}-{month:02}"


def _month_called(word: str) -> int:
    """Return the month that a word begins, or 0."""
    names = (name.lower() for name in month_names())
    return next((number for number, name in enumerate(names, start=1) if name.startswith(word.lower())), 0)
