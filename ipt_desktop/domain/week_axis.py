"""The axis of charts on paper: the weeks of a course, under each the number of its session, those without one told.

A week is centred on the day of the week that the sessions began on, so that one moved by a day or two is still of its week.
Where sessions lie further apart as a rule, as many weeks as lie between two of them stand for one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from ipt_desktop.domain.chart_axis import ChartAxis, Tick, date_axis
from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.records import Session

EVERY = 4
"""Of the weeks in between, every so many has its date."""
_DASH = "–"


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the axis: its first day, where it begins and ends, the numbers of its sessions, and those that did not happen.

    `is_gap` says that it had no session though the course went on.
    """

    first: date
    left: float
    right: float
    numbers: tuple[int, ...]
    missed: tuple[Session, ...]
    is_gap: bool

    @property
    def middle(self) -> float:
        """Where the middle of it lies."""
        return (self.left + self.right) / 2

    @property
    def is_told(self) -> bool:
        """Whether its date stands on the axis in any case: someone cancelled it."""
        return self.is_gap and bool(self.missed)


@dataclass(frozen=True, slots=True)
class WeekAxis:
    """The axis with its weeks; `days` is how long one is."""

    axis: ChartAxis
    weeks: tuple[Week, ...]
    days: int

    @property
    def numbers(self) -> tuple[Tick, ...]:
        """The number of the session of each week, a dash for one without."""
        ends = [each for each in self.weeks if each.numbers]
        kept = (*ends[:1], *ends[-1:])
        return tuple(
            Tick(each.middle, ", ".join(map(str, each.numbers)) or _DASH, is_kept=each in kept)
            for each in self.weeks
            if each.numbers or each.is_gap
        )

    @property
    def dates(self) -> tuple[Tick, ...]:
        """When the first week was, the last one, those that were cancelled, and every fourth."""
        last = len(self.weeks) - 1
        return tuple(
            Tick(each.middle, short_date(_day_of(each, self.days)), is_kept=number in (0, last) or each.is_told)
            for number, each in enumerate(self.weeks)
            if each.is_told or number == last or number % EVERY == 0
        )


def week_axis(
    held: Sequence[Session],
    missed: Sequence[Session],
    measured: Iterable[date],
    phases: Iterable[tuple[date, str]],
) -> WeekAxis:
    """Lay out the weeks from the first session or result to the last; `phases` are when they began, by name: with that week.

    `held` are the sessions with a number, the earliest first; without any, something has to be measured.
    """
    gone = [each for each in missed if held and held[0].date < each.date]
    days = sorted([*(each.date for each in (*held, *gone)), *measured])
    length = 7 * _usual_weeks([each.date for each in (*held, *gone)])
    begun = (held[0].date if held else days[0]) - timedelta(days=length // 2)
    first = begun - timedelta(days=max(0, -(-(begun - days[0]).days // length)) * length)
    count = (days[-1] - first).days // length + 1
    begins = [
        (first + max(on - first, timedelta()) // timedelta(days=length) * timedelta(days=length), words) for on, words in phases
    ]
    axis = date_axis((first, first + timedelta(days=count * length - 1)), begins)
    weeks = tuple(_week(number, count, first + timedelta(days=number * length), length, held, gone) for number in range(count))
    return WeekAxis(replace(axis, gaps=_gaps(weeks)), weeks, length)


def _usual_weeks(days: Sequence[date]) -> int:
    """Return how many weeks lie between two sessions as a rule, one at least."""
    ordered = sorted(set(days))
    between = [(later - earlier).days for earlier, later in pairwise(ordered)]
    return max(1, round(median(between) / 7)) if between else 1


def _week(number: int, count: int, first: date, length: int, held: Sequence[Session], missed: Sequence[Session]) -> Week:
    last = first + timedelta(days=length - 1)
    own = tuple(place for place, each in enumerate(held, 1) if first <= each.date <= last)
    gone = tuple(each for each in missed if first <= each.date <= last)
    is_between = bool(held) and held[0].date <= first <= max(each.date for each in (*held, *missed))
    return Week(first, number / count, (number + 1) / count, own, gone, is_gap=is_between and not own)


def _gaps(weeks: Sequence[Week]) -> tuple[tuple[float, float], ...]:
    return tuple((each.left, each.right) for each in weeks if each.is_gap)


def _day_of(week: Week, length: int) -> date:
    """Return the day of a cancelled session, else the middle of the week, on which sessions are as a rule."""
    return week.missed[0].date if week.is_told else week.first + timedelta(days=length // 2)
