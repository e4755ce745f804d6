"""Dates and times as they are typed: "24 November", "24.11.2026", "today"; "11", "1130", "11:30", "3 pm"."""

import re
from calendar import monthrange
from datetime import date, time, timedelta

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.text import _

_NUMBERS = re.compile(r"(\d{1,2})\s*[./ -]\s*(\d{1,2})(?:\s*[./ -]\s*(\d{4}|\d{2}))?\.?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})\.?\s+([^\W\d]+)\.?,?(?:\s+(\d{4}))?")
_TIME = re.compile(r"(\d{1,2})(?:\s*[:.h]?\s*(\d{2}))?\s*(am|pm)?")


def month_names() -> tuple[str, ...]:
    """Return the twelve months' names, January first."""
    return (
        *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
        *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
    )


def weekday_names() -> tuple[str, ...]:
    """Return the seven weekdays' names, Monday first."""
    return _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")


def day_words(day: date, *, has_weekday: bool = False, has_year: bool = False) -> str:
    """Return a date in words: "24 November", "Tuesday 24 November 2026"."""
    words = [weekday_names()[day.weekday()]] if has_weekday else []
    words += [str(day.day), month_names()[day.month - 1]]
    return " ".join([*words, str(day.year)] if has_year else words)


def read_date(text: str, today: date) -> date:
    """Return the date typed, day before month; without a year it is the one nearest to `today`.

    Raises Refused, saying what is wrong with it.
    """
    typed = text.strip().lower()
    near = {_("today").lower(): 0, _("yesterday").lower(): -1, _("tomorrow").lower(): 1}
    if typed in near:
        return today + timedelta(days=near[typed])
    if found := _ISO.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups())
        return _real_date(day, month, year, today)
    if found := _NUMBERS.fullmatch(typed):
        return _real_date(int(found[1]), int(found[2]), _full_year(found[3]), today)
    if found := _WORDS.fullmatch(typed):
        return _real_date(int(found[1]), _month(found[2]), int(found[3]) if found[3] else None, today)
    raise Refused(reason=_("“{text}” is no date. Type it like 24 November 2026 or 24.11.2026.").format(text=text.strip()))


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


def _full_year(typed: str | None) -> int | None:
    if typed is None:
        return None
    return int(typed) + 2000 if len(typed) == 2 else int(typed)


def _month(word: str) -> int:
    """Return the month that a word of three letters or more begins."""
    for number, name in enumerate(month_names(), start=1):
        if len(word) >= 3 and name.lower().startswith(word):
            return number
    raise Refused(reason=_("“{word}” is no month.").format(word=word))


def _real_date(day: int, month: int, year: int | None, today: date) -> date:
    if not 1 <= month <= 12:
        raise Refused(reason=_("There is no month {month}. The day comes first: 24.11.2026.").format(month=month))
    if year is not None and not 1900 <= year <= 2200:
        raise Refused(reason=_("The year {year} can't be right.").format(year=year))
    years = [year] if year is not None else [today.year - 1, today.year, today.year + 1]
    real = [date(each, month, day) for each in years if 1 <= day <= monthrange(each, month)[1]]
    if not real:
        raise Refused(reason=_("{month} has no {day}.").format(month=month_names()[month - 1], day=day))
    return min(real, key=lambda each: abs(each - today))
