"""Dates moved by one constant number of days: order and distances stay, and, moved by whole weeks, the days of the week.

In a text those dates are moved that can be read as dates; a month or a year alone moves as its middle does. What tells a time
in other words ("at Easter", "when she was ten") stays as it is, and whoever signs has to read the page.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from ipt_desktop.domain.dates import day_words, month_names, weekday_names
from ipt_desktop.domain.sheltered import Step
from ipt_desktop.domain.text import _

FIRST_YEAR, LAST_YEAR = 1900, 2100


class DateShift:
    """Moves dates by `by`. A date without a year is taken for the one nearest to `near`, a day of the course.

    In numbers the day comes before the month, or after it where the computer's own dates have it so (`is_month_first`).
    """

    def __init__(self, by: timedelta, near: date, *, is_month_first: bool = False) -> None:
        self.by, self._near, self._is_month_first = by, near, is_month_first
        self.years: set[str] = set()  # those that stand on a page because they were moved there

    def day(self, day: date) -> date:
        """Return a day moved."""
        moved = day + self.by
        self._noted(moved.year)
        return moved

    def maybe(self, day: date | None) -> date | None:
        """Return a day moved, or None for none."""
        return None if day is None else self.day(day)

    def when(self, when: str) -> str:
        """Return an ISO date of any precision moved ("2019", "2019-12", "2019-12-02"); what can't be read is left out."""
        try:
            if len(when) == len("2019-12-02"):
                return self.day(date.fromisoformat(when)).isoformat()
            if len(when) == len("2019-12"):
                return f"{self._month(int(when[:4]), int(when[5:])):%Y-%m}"
            return str(self._year(int(when))) if when else ""
        except ValueError:
            return ""

    def patterns(self) -> Iterator[Step]:
        """Yield what reads as a date, the longest form first, with what stands for it; None where it is no date after all."""
        months = "|".join(re.escape(name) for name in sorted(_month_words(), key=len, reverse=True))
        day, ordinal, year = r"(?P<day>\d{1,2})", r"(?:st|nd|rd|th)?", r"(?P<year>(?:19|20)\d\d)"
        month = rf"(?P<month>{months})(?:\.(?=,?\s*\d))?"  # a stop that ends the sentence stays there
        of, weekday = _("of"), rf"(?:(?P<weekday>{_alternatives(' '.join(weekday_names()))})\.?,?\s+)?"
        yield _pattern(r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)"), self._numbers
        yield _pattern(rf"{day}\.?{ordinal}\s+(?:{of}\s+)?{month},?\s+{year}"), self._worded
        yield _pattern(rf"{month}\s+{day}{ordinal},?\s+{year}"), self._worded
        yield _pattern(rf"{weekday}{day}\.?{ordinal}\s+(?:{of}\s+)?{month}(?!\w)"), self._worded
        yield _pattern(rf"{weekday}{month}\s+{day}{ordinal}(?!\w|\s*[:.]\d)"), self._worded
        yield _pattern(r"(?P<one>\d{1,2})(?P<sign>[./-])(?P<two>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d)"), self._numbers
        yield _pattern(rf"{month},?\s+{year}"), self._month_and_year
        before = _alternatives(_("in since until till from by during early late mid last next this of around about died born"))
        yield _pattern(rf"(?P<before>(?:{before})[\s-]+){month}(?!\w)"), self._month_alone
        seasons = _alternatives(_("spring summer autumn fall winter Christmas Easter"))
        yield _pattern(rf"(?P<before>(?:{before}|{seasons})\s+|[(]){year}(?!\w|[:.]\d)"), self._year_alone

    # -- one form each ---------------------------------------------------------------------------------------------

    def _numbers(self, found: re.Match[str]) -> str | None:
        parts = found.groupdict()
        if parts.get("number"):
            year, month, day = int(parts["year"]), int(parts["number"]), int(parts["day"])
        else:
            one, two = int(parts["one"]), int(parts["two"])
            is_month_first = self._is_month_first and parts["sign"] != "."
            month, day = (one, two) if is_month_first else (two, one)
            if month > 12 >= day:  # written the other way round
                month, day = day, month
            year = _four_digits(parts["year"], self._near)
        real = _real(year, month, day)
        return None if real is None else self._with_year(real)

    def _worded(self, found: re.Match[str]) -> str | None:
        if _is_no_month(found["month"]):
            return None
        month, day = _month_words()[found["month"].casefold()], int(found["day"])
        year = found.groupdict().get("year")
        if year:
            real = _real(int(year), month, day)
            return None if real is None else self._with_year(real)
        named = found["weekday"]
        near = [each for at in (-2, -1, 0, 1, 2) if (each := _real(self._near.year + at, month, day))]
        fits = [each for each in near if named and weekday_names()[each.weekday()].casefold() == named.casefold()]
        real = min(fits or near, key=lambda each: abs(each - self._near), default=None)
        return None if real is None else day_words(self.day(real), has_weekday=named is not None)

    def _month_and_year(self, found: re.Match[str]) -> str | None:
        if _is_no_month(found["month"]):
            return None
        moved = self._month(int(found["year"]), _month_words()[found["month"].casefold()])
        return f"{month_names()[moved.month - 1]} {self._noted(moved.year)}"

    def _month_alone(self, found: re.Match[str]) -> str | None:
        if _is_no_month(found["month"]):
            return None
        month = _month_words()[found["month"].casefold()]
        near = min((date(self._near.year + at, month, 15) for at in (-1, 0, 1)), key=lambda each: abs(each - self._near))
        return found["before"] + month_names()[self.day(near).month - 1]

    def _year_alone(self, found: re.Match[str]) -> str | None:
        return found["before"] + self._noted(self._year(int(found["year"])))

    def _with_year(self, real: date) -> str:
        return day_words(self.day(real), has_year=True)

    def _noted(self, year: int) -> str:
        self.years.add(str(year))
        return str(year)

    def _month(self, year: int, month: int) -> date:
        return self.day(date(year, month, 15))

    def _year(self, year: int) -> int:
        return self.day(date(year, 7, 2)).year


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w./-]){words}(?!\w)", re.IGNORECASE)


def _alternatives(words: str) -> str:
    return "|".join(re.escape(word) for word in words.split())


def _month_words() -> dict[str, int]:
    """Return every way a month is written, in small letters, with its number."""
    words: dict[str, int] = {}
    for number, name in enumerate(month_names(), start=1):
        for written in (name, name[:4], name[:3]):
            words.setdefault(written.casefold(), number)
    return words


def _is_no_month(word: str) -> bool:
    """Whether it is a verb: small letters make one of "may" and "march"."""
    return word[0].islower() and word.casefold() in _("may march mar").split()


def _four_digits(year: str, near: date) -> int:
    """Return the year that two digits mean: the one nearest to the course, or before it."""
    if len(year) == 4:
        return int(year)
    return next(each for each in range(near.year + 1, near.year - 100, -1) if each % 100 == int(year))


def _real(year: int, month: int, day: int) -> date | None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)
