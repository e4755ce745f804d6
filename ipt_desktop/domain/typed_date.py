"""Dates and times as they are typed: "24 November", "24.11.2026", "2026-11-24", "today"; "11", "1130", "11:30", "3 pm"."""

import re
from calendar import monthrange
from datetime import date, time, timedelta

from ipt_desktop.domain.dates import day_words, month_names, weekday_names
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _

_WEEKDAY = re.compile(r"([^\W\d]{2,})\.?,?\s+(?=\S)")
_TWO_FIRST = re.compile(r"(\d{1,2})(?:\s*[./-]\s*|\s+)(\d{1,2})(?:(?:\s*[./-]\s*|\s+)(\d{4}|\d{2}))?\.?")
_YEAR_FIRST = re.compile(r"(\d{4})(?:\s*[./-]\s*|\s+)(\d{1,2})(?:\s*[./-]\s*|\s+)(\d{1,2})\.?")
_WORDS = re.compile(r"(\d{1,2})\.?\s*([^\W\d]+)\.?,?(?:\s*(\d{4}|\d{2}))?")
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.?\s*(\d{1,2})(?:(?:,\s*|\s+)(\d{4}))?")
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.h]?\s*(\d{2}))?\s*(am|pm)?")


def read_date(text: str, today: date, *, is_past: bool = False, is_month_first: bool = False) -> date:
    """Return the date typed; without a year it is the one nearest to `today`.

    In numbers the day comes before the month, or after it where the computer's own dates have it so (`is_month_first`);
    parted by dots the day always comes first, and a year may stand in front, as in ISO. A weekday in front is passed over.
    `is_past` is for births: the year must be there, one of two digits is never to come, and neither is the day. Raises
    Refused, saying what is wrong with it.
    """
    typed = _without_weekday(text.strip().lower())
    near = {_("today").lower(): 0, _("yesterday").lower(): -1, _("tomorrow").lower(): 1}
    if typed in near:
        found = today + timedelta(days=near[typed])
    else:
        day, month, year = _parts(typed, text.strip(), is_month_first=is_month_first)
        found = _real_date(day, month, _years(year, today, is_past=is_past), today, is_month_first=is_month_first)
    if is_past and found > today:
        raise Refused(reason=_("This day is still to come."))
    return found


def read_time(text: str) -> time | None:
    """Return the time of day typed, or None where nothing is; raises Refused, saying what is wrong with it."""
    typed = text.strip().lower()
    if not typed:
        return None
    found = _TIME.fullmatch(typed)
    if found is not None:
        hour, minute = int(found[1]), int(found[2] or 0)
        is_twelve_hour = found[3] is not None
        if is_twelve_hour and 1 <= hour <= 12:
            hour = hour % 12 + (12 if found[3] == "pm" else 0)
        elif is_twelve_hour:
            hour = 24
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise Refused(reason=_("“{text}” is no time of day. Type it like 11:30.").format(text=text.strip()))


def _without_weekday(typed: str) -> str:
    found = _WEEKDAY.match(typed)
    is_weekday = found is not None and any(name.lower().startswith(found[1]) for name in weekday_names())
    return typed[found.end() :] if found is not None and is_weekday else typed


def _parts(typed: str, text: str, *, is_month_first: bool) -> tuple[int, int, str | None]:
    """Return day, month and the year's digits, or None where there is none."""
    if found := _YEAR_FIRST.fullmatch(typed):
        return int(found[3]), int(found[2]), found[1]
    if found := _TWO_FIRST.fullmatch(typed):
        one, two = int(found[1]), int(found[2])
        return (two, one, found[3]) if is_month_first and "." not in typed else (one, two, found[3])
    if found := _WORDS.fullmatch(typed):
        return int(found[1]), _month(found[2]), found[3]
    if found := _MONTH_FIRST.fullmatch(typed):
        return int(found[2]), _month(found[1]), found[3]
    if not text:
        raise Refused(reason=_("Type a date, like 24 November 2026 or 24.11.2026."))
    raise Refused(reason=_("“{text}” is no date. Type it like 24 November 2026 or 24.11.2026.").format(text=text))


def _years(digits: str | None, today: date, *, is_past: bool) -> tuple[int, ...]:
    """Return the years that may be meant."""
    if digits is None and is_past:
        raise Refused(
            reason=_("Type the year too, like {example}.").format(example=day_words(date(1985, 11, 24), has_year=True))
        )
    if digits is None:
        return today.year - 1, today.year, today.year + 1
    year = int(digits)
    if len(digits) == 2:
        year += today.year // 100 * 100
        return (year - 100,) if is_past and year > today.year else (year,)
    if not 1900 <= year <= 2200:
        raise Refused(reason=_("The year {year} can’t be right.").format(year=digits))
    return (year,)


def _month(word: str) -> int:
    """Return the month that a word of three letters or more begins."""
    for number, name in enumerate(month_names(), start=1):
        if len(word) >= 3 and name.lower().startswith(word):
            return number
    raise Refused(reason=_("“{word}” is no month.").format(word=word))


def _real_date(day: int, month: int, years: tuple[int, ...], today: date, *, is_month_first: bool) -> date:
    if not 1 <= month <= 12:
        order = _("The month comes first: 11/24/2026.") if is_month_first else _("The day comes first: 24.11.2026.")
        raise Refused(reason=_("There is no month {month}. {order}").format(month=month, order=order))
    real = [date(each, month, day) for each in years if 1 <= day <= monthrange(each, month)[1]]
    if not real:
        raise Refused(reason=_("{month} has no {day}.").format(month=month_names()[month - 1], day=day))
    return min(real, key=lambda each: abs(each - today))
