"""The common axis of the charts of measures: the sessions of a course, or dates.

By sessions each has as much room as any other, planned ones too; what was no part of one lies between those it fell between.
What was measured before the first session, and after the last one of a course that has ended, has room of its own. Places are
from 0, the left end, to 1.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from ipt_desktop.domain.course import in_order, is_counted
from ipt_desktop.domain.course_band import CourseBand, Missed
from ipt_desktop.domain.records import Session
from ipt_desktop.domain.text import _
from ipt_desktop.domain.timeline_axis import Axis
from ipt_desktop.domain.timeline_axis import ticks as date_ticks

MOST_BESIDE = 4
"""What was measured before the sessions, and after them, has so much of the room that they have at most: a fourth."""


class AxisKind(StrEnum):
    """What the charts are laid out by."""

    SESSIONS = "sessions"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class Occasion:
    """When something was measured: on a day, and in which session, if in one."""

    on: date
    session_id: str | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """Words below the axis at a place. Where there is no room for all, those with `is_kept` stay; the present one is strong."""

    place: float
    words: str
    is_strong: bool = False
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Begin:
    """Where a phase begins, and what it is called."""

    place: float
    words: str


@dataclass(frozen=True, slots=True)
class AbsentMark:
    """Where a session was to be that did not take place."""

    place: float
    session: Session


@dataclass(frozen=True, slots=True)
class ChartAxis:
    """An axis laid out; `step` is the room of one session, or of one day."""

    kind: AxisKind
    step: float
    phases: tuple[Begin, ...] = ()
    absent: tuple[AbsentMark, ...] = ()
    slots: tuple[Tick, ...] = ()
    days: tuple[date, date] | None = None
    gaps: tuple[tuple[float, float], ...] = ()
    """From where to where there was no session, as paper tells it."""
    _sessions: dict[str, float] = field(default_factory=dict)
    _dated: tuple[tuple[date, float], ...] = ()
    _ends: tuple[tuple[date, ...], tuple[date, ...]] = ((), ())
    _room: tuple[float, float] = (0.0, 0.0)
    """How much of the axis is before the first session, and after the last one."""

    def ticks(self, width: float) -> tuple[Tick, ...]:
        """Return the words below the axis, as fine as a width has room for."""
        if self.days is None:
            return self.slots
        first, last = self.days
        axis = Axis(first, width / ((last - first).days + 1))
        found = (Tick(each.words_x / width, each.words, each.is_strong) for each in date_ticks(axis, self.days))
        return tuple(each for each in found if 0.0 <= each.place <= 1.0)

    def place(self, on: date, session_id: str | None = None) -> float | None:
        """Return where something lies; None where that is beyond the axis."""
        if self.days is not None:
            first, last = self.days
            inside = first <= on <= last
            return ((on - first).days + 0.5) / ((last - first).days + 1) if inside else None
        if session_id is not None and session_id in self._sessions:
            return self._sessions[session_id]
        before, after = self._ends
        lead, tail = self._room
        if on in before:
            return (before.index(on) + 0.5) / len(before) * lead
        if on in after:
            return 1.0 - (len(after) - after.index(on) - 0.5) / len(after) * tail
        return self._between(on)

    def _between(self, on: date) -> float | None:
        if not self._dated:
            return None
        number = bisect_left([each for each, _place in self._dated], on)
        if number < len(self._dated) and self._dated[number][0] == on:
            return self._dated[number][1]
        if number == 0:
            return None
        earlier, left = self._dated[number - 1]
        if number == len(self._dated):
            there = left + self.step / 2
            return there if there < 1.0 else None
        later, right = self._dated[number]
        return left + (right - left) * ((on - earlier).days / (later - earlier).days)


def session_axis(
    band: CourseBand, sessions: Iterable[Session], names: dict[str, str], occasions: Iterable[Occasion], *, has_ended: bool
) -> ChartAxis:
    """Lay out a course by its sessions; `names` are those of its phases by key, `occasions` when anything was measured."""
    held = [each for each in in_order(sessions) if is_counted(each)]
    before, after = _beyond(held, occasions, has_ended)
    count = len(band.slots)
    most = max(count // MOST_BESIDE, 2) if count else len(before)
    lead, tail = min(len(before), most), min(len(after), most)
    step = 1.0 / max(lead + count + tail, 1)

    def middle(number: int) -> float:
        return (lead + number - 0.5) * step

    return ChartAxis(
        kind=AxisKind.SESSIONS,
        step=step,
        phases=tuple(_begins(band, names, lambda first: (lead + first - 1) * step)),
        absent=tuple(_absent(band.missed, lead, step)),
        slots=tuple(_slot_ticks(band, middle, (lead, tail), step)),
        _sessions={each.id: middle(number) for number, each in enumerate(held, 1)},
        _dated=tuple((each.date, middle(number)) for number, each in enumerate(held, 1)),
        _ends=(before, after),
        _room=(lead * step, tail * step),
    )


def date_axis(days: tuple[date, date], starts: Iterable[tuple[date, str]] = (), missed: Iterable[Missed] = ()) -> ChartAxis:
    """Lay out the time from one day to another; `starts` are when phases began, by name, those before it at its beginning."""
    first, last = days
    plain = ChartAxis(kind=AxisKind.DATES, step=1.0 / ((last - first).days + 1), days=days)
    begun = [(max(on, first), words) for on, words in starts if on <= last]
    latest = dict(begun)  # of several that began on a day, or before the axis, the last
    phases = tuple(Begin((on - first).days * plain.step, words) for on, words in sorted(latest.items()))
    absent = [(plain.place(each.session.date), each.session) for each in missed]
    return ChartAxis(
        kind=AxisKind.DATES,
        step=plain.step,
        days=days,
        phases=phases,
        absent=tuple(AbsentMark(place, session) for place, session in absent if place is not None),
    )


def days_of(occasions: Iterable[date], more: Iterable[date | None] = ()) -> tuple[date, date]:
    """Return the first and the last of some days, a week apart at least. Raises ValueError without any."""
    known = [*occasions, *(each for each in more if each is not None)]
    first, last = min(known), max(known)
    return first, max(last, first + timedelta(days=7))


def _beyond(
    held: Sequence[Session], occasions: Iterable[Occasion], has_ended: bool
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Return the days of what was measured before the first session, and after the last one of a course that has ended."""
    known = {each.id for each in held}
    free = {each.on for each in occasions if each.session_id not in known}
    if not held:
        return tuple(sorted(free)), ()
    first, last = held[0].date, held[-1].date
    after = sorted(each for each in free if each > last) if has_ended else []
    return tuple(sorted(each for each in free if each < first)), tuple(after)


def _begins(band: CourseBand, names: dict[str, str], start: Callable[[int], float]) -> Iterator[Begin]:
    before = ""
    for span in band.spans:
        if span.phase != before:
            yield Begin(start(span.first), names.get(span.phase, span.phase))
        before = span.phase


def _absent(missed: Sequence[Missed], lead: int, step: float) -> Iterator[AbsentMark]:
    """Yield the sessions that did not take place, those between the same two side by side."""
    gaps: dict[int, list[Session]] = {}
    for each in missed:
        gaps.setdefault(each.after, []).append(each.session)
    for after, sessions in gaps.items():
        for number, session in enumerate(sessions, 1):
            place = (lead + after - 0.5 + number / (len(sessions) + 1)) * step
            yield AbsentMark(min(max(place, 0.0), 1.0), session)


def _slot_ticks(band: CourseBand, middle: Callable[[int], float], ends: tuple[int, int], step: float) -> Iterator[Tick]:
    lead, tail = ends
    if lead:
        yield Tick(lead * step / 2, _("before"), is_kept=True)
    for slot in band.slots:
        is_kept = slot.number in (1, len(band.slots))
        is_now = slot.number == band.now
        yield Tick(middle(slot.number), str(slot.number), is_now, is_now or is_kept)
    if tail:
        yield Tick(1.0 - tail * step / 2, _("after"), is_kept=True)
