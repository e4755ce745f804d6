"""How far a goal is, 0–10 as the client says it: from where it was, now, and the aim; and the way there over time.

Nothing is added up over goals, and there is no word of what is to come. (Goal attainment as the client rates it, reviewed with
them in the middle and at the end.)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ipt_desktop.domain.dates import day_words, long_date
from ipt_desktop.domain.text import _, marked
from ipt_desktop.domain.treatment_records import Goal, GoalRating, GoalStatus

LOWEST, HIGHEST = 0, 10

STATUS_WORDS = {
    GoalStatus.OPEN: marked("open"),
    GoalStatus.MET: marked("met"),
    GoalStatus.PARTLY: marked("partly met"),
    GoalStatus.DROPPED: marked("dropped"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """What was said on a day."""

    on: date
    value: int


@dataclass(frozen=True, slots=True)
class Attainment:
    """How far a goal was at first (`start`), is `now` and shall be (`aim`), each 0–10 or None; `points` are told in order."""

    start: int | None = None
    now: int | None = None
    aim: int | None = None
    points: tuple[Point, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything was said on the scale."""
        return any(each is not None for each in (self.start, self.now, self.aim))

    @property
    def words(self) -> str:
        """Say what is known of the three: "from 2, now 6, aim 8"."""
        told = ((_("from {value}"), self.start), (_("now {value}"), self.now), (_("aim {value}"), self.aim))
        return ", ".join(said.format(value=value) for said, value in told if value is not None)

    def over_time(self, today: date) -> str:
        """Say the way: "2 on 3 November, 4 on 17 November, 6 on 24 November"; "" for fewer than two."""
        if len(self.points) < 2:
            return ""
        told = ((each.value, day_words(each.on, has_year=each.on.year != today.year)) for each in self.points)
        return ", ".join(_("{value} on {day}").format(value=value, day=day) for value, day in told)


def attainment_of(goal: Goal, ratings: Iterable[GoalRating]) -> Attainment:
    """Return how far a goal is by its own ratings, which may be of other goals, too; its baseline is of the day it was set.

    Rated on the day it was set as well, the rating is what holds for the line. A rating from before that day stands where it
    belongs in time and is not what is so now.
    """
    own = sorted((each for each in ratings if each.goal_id == goal.id), key=lambda each: (each.on, each.created_at))
    points = [Point(each.on, each.value) for each in own]
    if goal.baseline is not None and all(each.on != goal.set_on for each in own):
        points = sorted([*points, Point(goal.set_on, goal.baseline)], key=lambda each: each.on)
    since = [each.value for each in own if each.on >= goal.set_on]
    return Attainment(goal.baseline, since[-1] if since else None, goal.target, tuple(points))


def status_words(goal: Goal) -> str:
    """Say what became of a goal: "met, 24 November 2026"; "" while it is open."""
    if goal.status is GoalStatus.OPEN:
        return ""
    words = _(STATUS_WORDS[goal.status])
    return _("{status}, {day}").format(status=words, day=long_date(goal.closed_on)) if goal.closed_on else words
