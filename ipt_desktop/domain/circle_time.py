"""The occasions of a course on which the circle was drawn or may be: before this began, each session, other days, now.

What is shown now stands at today's session, at another day's sitting of today, or at a place of its own called *today*.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ipt_desktop.domain.course import in_order, is_counted
from ipt_desktop.domain.course_band import CourseBand
from ipt_desktop.domain.dates import day_words, short_date
from ipt_desktop.domain.records import Course, Session, Sitting
from ipt_desktop.domain.text import _

NOW = ""
BEFORE = "before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One occasion. `key` is `BEFORE`, `NOW`, a sitting's id, or a session's place ("session:4") where nothing was drawn.

    `sitting_id` is that of the circle drawn then, "" where none was. `number` is that of a counted session, `day` None where no
    date is known yet.
    """

    key: str
    sitting_id: str = ""
    day: date | None = None
    number: int | None = None
    name: str = ""
    is_before: bool = False
    is_now: bool = False
    is_planned: bool = False

    @property
    def is_placed(self) -> bool:
        """Whether the circle was drawn then."""
        return bool(self.sitting_id)

    @property
    def can_be_shown(self) -> bool:
        """Whether there is a circle to look at: of the present, of a sitting, or *before this began*, which can be drawn."""
        return self.is_now or self.is_placed or self.is_before

    @property
    def label(self) -> str:
        """What stands under it: "before", a session's number, or a short date."""
        if self.is_before:
            return _("before")
        if self.number is not None:
            return str(self.number)
        if self.is_now:
            return _("today")
        return short_date(self.day) if self.day else ""

    @property
    def title(self) -> str:
        """How a sentence calls it: "session 3", "27 October", "before this began", "today"."""
        if self.is_before:
            return _("before this began")
        if self.number is not None:
            return _("session {number}").format(number=self.number)
        return day_words(self.day) if self.day and not self.is_now else _("today")

    @property
    def spoken(self) -> str:
        """All of it in words: "Session 3, 27 October, mid"."""
        return self.spoken_inside[:1].upper() + self.spoken_inside[1:]

    @property
    def spoken_inside(self) -> str:
        """All of it inside a sentence: "session 3, 27 October, mid"."""
        day = day_words(self.day) if self.day and self.number is not None else ""
        now = _("today") if self.is_now and self.number is not None else ""
        return ", ".join(part for part in (self.title, day, now, self.name) if part)


@dataclass(frozen=True, slots=True)
class CourseTime:
    """All occasions in order, and where each phase begins: (the place of its first session among the stops, its key)."""

    stops: tuple[Stop, ...]
    phases: tuple[tuple[int, str], ...] = ()

    def stop(self, key: str) -> Stop | None:
        """Return the stop of this key."""
        return next((each for each in self.stops if each.key == key), None)

    def earlier_than(self, key: str) -> list[Stop]:
        """Return the drawn occasions before this one, the first one first."""
        stop = self.stop(key)
        place = self.stops.index(stop) if stop else 0
        return [each for each in self.stops[:place] if each.is_placed]

    def later_than(self, key: str) -> list[Stop]:
        """Return the occasions after this one at which there is a circle to look at, up to now."""
        stop = self.stop(key)
        place = self.stops.index(stop) if stop else len(self.stops)
        return [each for each in self.stops[place + 1 :] if each.is_placed or each.is_now]

    def step(self, key: str, by: int) -> str:
        """Return the key of the next occasion with a circle, earlier (-1) or later (1); the same where there is none."""
        keys = [each.key for each in self.stops if each.can_be_shown]
        stop = self.stop(key)
        if stop is None or stop.key not in keys:
            return NOW
        return keys[min(max(keys.index(stop.key) + by, 0), len(keys) - 1)]


def course_time(
    course: Course, sessions: Iterable[Session], sittings: Sequence[Sitting], band: CourseBand, today: date
) -> CourseTime:
    """Lay out a course's occasions in order of their dates; planned sessions without a date come last."""
    counted = [each for each in in_order(sessions) if is_counted(each)]
    of_session: dict[str, Sitting] = {}
    others: list[Sitting] = []
    before = next((each for each in sittings if each.is_before), None)
    known = {each.id for each in counted}
    for sitting in (each for each in sittings if not each.is_before):
        if sitting.session_id in known and sitting.session_id not in of_session:
            of_session[sitting.session_id or ""] = sitting
        else:
            others.append(sitting)
    dated = [_of_session(number, each, of_session.get(each.id), today) for number, each in enumerate(counted, start=1)]
    dated += [Stop(key=each.id, sitting_id=each.id, day=each.date, name=each.name) for each in others]
    dated.sort(key=lambda each: (each.day or date.max, each.number is None))
    dated = _with_now(dated, today)
    planned = [] if course.ended_on else [_planned(slot.number) for slot in band.slots if slot.session is None]
    first = Stop(key=BEFORE, sitting_id=before.id if before else "", day=before.date if before else None, is_before=True)
    stops = (first, *dated, *planned)
    return CourseTime(stops, _phases(stops, band))


def _of_session(number: int, session: Session, sitting: Sitting | None, today: date) -> Stop:
    return Stop(
        key=sitting.id if sitting else f"session:{number}",
        sitting_id=sitting.id if sitting else "",
        day=session.date,
        number=number,
        name=sitting.name if sitting else "",
        is_planned=session.date > today,
    )


def _planned(number: int) -> Stop:
    return Stop(key=f"session:{number}", number=number, is_planned=True)


def _with_now(dated: list[Stop], today: date) -> list[Stop]:
    """Let the last occasion of today be the present one, or put one there."""
    place = sum((each.day or date.max) <= today for each in dated)
    last = dated[place - 1] if place else None
    if last is not None and last.day == today:
        now = replace(last, key=NOW, is_now=True)
        return [*dated[: place - 1], now, *dated[place:]]
    return [*dated[:place], Stop(key=NOW, day=today, is_now=True), *dated[place:]]


def _phases(stops: Sequence[Stop], band: CourseBand) -> tuple[tuple[int, str], ...]:
    """Return where phases begin; neighbouring spans of one phase are one."""
    places = {each.number: place for place, each in enumerate(stops) if each.number is not None}
    begun: list[tuple[int, str]] = []
    for span in band.spans:
        if span.first in places and (not begun or begun[-1][1] != span.phase):
            begun.append((places[span.first], span.phase))
    return tuple(begun)
