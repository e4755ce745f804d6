"""The axis of the timeline: where a day lies, and which days are written below it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ipt_desktop.domain.dates import month_names, short_date
from ipt_desktop.domain.told_when import Days

YEAR_DAYS = 365.25
LEAST_DAYS, MOST_DAYS = 14.0, 160 * YEAR_DAYS
"""The fewest and the most days that are looked at."""
_MONTH_ROOM, _QUARTER_ROOM, _YEAR_ROOM, _WEEK_ROOM = 44.0, 22.0, 46.0, 52.0
_YEAR_STEPS = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class Axis:
    """Days on a line: `zero` lies at 0, and each day is `day` units long."""

    zero: date
    day: float

    def x(self, when: date) -> float:
        """Return where a day begins."""
        return (when - self.zero).days * self.day

    def middle(self, when: date) -> float:
        """Return where the middle of a day lies."""
        return ((when - self.zero).days + 0.5) * self.day

    def day_at(self, x: float) -> date:
        """Return the day at a place, as far as there are days."""
        ordinal = self.zero.toordinal() + int(x // self.day)
        return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


@dataclass(frozen=True, slots=True)
class Tick:
    """A line at the beginning of a time, and the words in the middle of it."""

    x: float
    words: str
    words_x: float
    is_strong: bool = False


def ticks(axis: Axis, days: Days) -> list[Tick]:
    """Return the lines from one day to another: weeks, months, quarters, or as many years as there is room for."""
    month = axis.day * YEAR_DAYS / 12
    if axis.day * 7 >= _WEEK_ROOM:
        return list(_weeks(axis, days))
    if month >= _MONTH_ROOM:
        return list(_months(axis, days, 1))
    if month >= _QUARTER_ROOM:
        return list(_months(axis, days, 3))
    step = next((each for each in _YEAR_STEPS if each * axis.day * YEAR_DAYS >= _YEAR_ROOM), _YEAR_STEPS[-1])
    return list(_years(axis, days, step))


def _weeks(axis: Axis, days: Days) -> Iterator[Tick]:
    monday = days[0] - timedelta(days=days[0].weekday())
    while monday <= days[1]:
        is_first = monday.month == 1 and monday.day <= 7
        words = f"{short_date(monday)} {monday.year}" if is_first and axis.day * 7 >= 2 * _WEEK_ROOM else short_date(monday)
        yield Tick(axis.x(monday), words, axis.x(monday) + axis.day * 3.5, monday.day <= 7)
        monday += timedelta(days=7)


def _months(axis: Axis, days: Days, step: int) -> Iterator[Tick]:
    number = (days[0].year * 12 + days[0].month - 1) // step * step
    while (first := _first_of(number)) <= days[1]:
        following = _first_of(number + step)
        name = month_names()[first.month - 1][:3]
        words = f"{name} {first.year}" if first.month == 1 else name
        yield Tick(axis.x(first), words, (axis.x(first) + axis.x(following)) / 2, first.month == 1)
        number += step


def _first_of(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _years(axis: Axis, days: Days, step: int) -> Iterator[Tick]:
    year = max(days[0].year // step * step, step)
    while year <= days[1].year:
        first, following = date(year, 1, 1), date(year + step, 1, 1)
        middle = (axis.x(first) + axis.x(following)) / 2 if step == 1 else axis.x(first)
        yield Tick(axis.x(first), str(year), middle, step > 1 or year % 10 == 0)
        year += step
