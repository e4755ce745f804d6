"""The course as a band: what phase each session belongs to, which were held or missed, and where today is.

Up to now the phases are the ones the therapist set; from now on they are the ones agreed, never earlier than the present one.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipt_desktop.domain.course import (
    COUNTED_KINDS,
    in_order,
    is_counted,
    latest_change,
    phase_of,
    session_count,
    suggested_phase,
)
from ipt_desktop.domain.records import AgreedPhase, Attendance, Course, PhaseChange, Session


class Place(StrEnum):
    """Where something lies in time."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


class SlotState(StrEnum):
    """What is known of a numbered session."""

    HELD = "held"
    UNANSWERED = "unanswered"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring sessions of one phase, first and last, counted from 1."""

    phase: str
    first: int
    last: int
    place: Place


@dataclass(frozen=True, slots=True)
class Slot:
    """A session of the band; `session` is None where none has been entered for this number."""

    number: int
    state: SlotState
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """A session that did not take place, after `after` numbered ones."""

    after: int
    session: Session


@dataclass(frozen=True, slots=True)
class CourseBand:
    """What the band shows. `now` is the running or next session's number, None once the course has ended."""

    spans: tuple[Span, ...]
    slots: tuple[Slot, ...]
    missed: tuple[Missed, ...]
    now: int | None
    is_today: bool

    @property
    def held(self) -> int:
        """How many sessions took place."""
        return sum(each.state is SlotState.HELD for each in self.slots)

    @property
    def last_over(self) -> int:
        """The number of the last session that is over, 1 where none is."""
        return max((each.number for each in self.slots if each.state is not SlotState.PLANNED), default=1)


def course_band(
    course: Course,
    changes: Iterable[PhaseChange],
    sessions: Iterable[Session],
    today: date,
    after: Collection[str] = (),
) -> CourseBand:
    """Lay a course out by session number, with a slot for every session it has, and in an open one for the next.

    `after` are the keys of the phases that come after the sessions agreed: once in one, no agreed phase is to come.
    """
    changes, ordered = list(changes), in_order(sessions)
    counted = [each for each in ordered if is_counted(each)]
    is_after = phase_of(course, changes) in after
    now = None if course.ended_on is not None else session_count(course, ordered, today, is_after=is_after).number
    count = max(course.planned_sessions, len(counted), now or 0)
    slots = tuple(_slot(number, counted, today) for number in range(1, count + 1))
    is_today = now is not None and now <= len(counted) and counted[now - 1].date == today
    return CourseBand(_spans(course, changes, slots, now, after), slots, _missed(ordered), now, is_today)


def suggestion(
    course: Course,
    changes: Iterable[PhaseChange],
    sessions: Iterable[Session],
    today: date,
    after: Collection[str] = (),
) -> AgreedPhase | None:
    """Return the phase the agreement has for the present session, where the one set is another.

    None once the course has ended, in one of the phases that come `after` the sessions agreed, and while the therapist's last
    word fell when the agreement already said the same: what was decided on purpose is not asked again. A phase that the
    agreement does not know, as after a change of protocol, was decided under another one.
    """
    changes, sessions = list(changes), list(sessions)
    present = phase_of(course, changes)
    if course.ended_on is not None or present in after:
        return None
    agreed = suggested_phase(course, session_count(course, sessions, today).number)
    if agreed.key == present:
        return None
    last = latest_change(changes)
    if last is not None and any(each.key == present for each in course.phases):
        then = suggested_phase(course, session_count(course, sessions, last.on).number)
        if then.key == agreed.key:
            return None
    return agreed


def terms_with(course: Course, planned: int, starts: Sequence[int]) -> tuple[AgreedPhase, ...]:
    """Return the phases of `planned` sessions, each phase after the first beginning at the number given in `starts`."""
    firsts = [1, *starts]
    lasts = [*(each - 1 for each in starts), planned]
    return tuple(
        AgreedPhase(key=phase.key, first=first, last=last)
        for phase, first, last in zip(course.phases, firsts, lasts, strict=True)
    )


def starts_for(course: Course, planned: int) -> list[int]:
    """Return where the later phases begin with `planned` sessions: the last keeps its length, the ones before give.

    Without a number (0), before or afterwards, they begin where they began, as far as there are sessions.
    """
    starts = [each.first for each in course.phases[1:]]
    if not planned:
        return starts
    if starts and not course.is_open:
        starts[-1] += planned - course.planned_sessions
    latest = planned
    for place in reversed(range(len(starts))):
        starts[place] = max(place + 2, min(starts[place], latest))
        latest = starts[place] - 1
    return starts


def _slot(number: int, counted: Sequence[Session], today: date) -> Slot:
    session = counted[number - 1] if number <= len(counted) else None
    if session is None:
        state = SlotState.PLANNED
    elif session.attendance in (Attendance.ATTENDED, Attendance.LATE):
        state = SlotState.HELD
    else:
        state = SlotState.UNANSWERED if session.date < today else SlotState.PLANNED
    return Slot(number, state, session)


def _missed(ordered: Iterable[Session]) -> tuple[Missed, ...]:
    found, after = [], 0
    for session in ordered:
        if is_counted(session):
            after += 1
        elif session.kind in COUNTED_KINDS:  # a call or a letter stands beside the sessions, and was not missed
            found.append(Missed(after, session))
    return tuple(found)


def _spans(
    course: Course, changes: list[PhaseChange], slots: Sequence[Slot], now: int | None, after: Collection[str]
) -> tuple[Span, ...]:
    present = phase_of(course, changes)
    keys = [each.key for each in course.phases]
    spans: list[Span] = []
    for slot in slots:
        key, place = _phase_at(slot, course, changes, now)
        is_behind = key in keys and present in keys and keys.index(key) < keys.index(present)
        if place is Place.FUTURE and (is_behind or present in after):
            key = present
        if place is Place.FUTURE and spans and spans[-1].place is Place.PRESENT and key == present:
            place = Place.PRESENT
        if spans and spans[-1].phase == key and (spans[-1].place is place or place is Place.PRESENT):
            spans[-1] = Span(key, spans[-1].first, slot.number, place)
        else:
            spans.append(Span(key, slot.number, slot.number, place))
    return tuple(spans)


def _phase_at(slot: Slot, course: Course, changes: list[PhaseChange], now: int | None) -> tuple[str, Place]:
    """Return the phase of a session and whether it lies before, at or after the present one."""
    if now is not None and slot.number == now:
        return phase_of(course, changes), Place.PRESENT
    if slot.session is not None and (now is None or slot.number < now):
        return phase_of(course, changes, slot.session.date), Place.PAST
    return suggested_phase(course, slot.number).key, Place.FUTURE
