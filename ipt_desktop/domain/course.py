"""A course of treatment counted: which session this is, how many are left, and which phase it is in.

Numbers are derived from date and start, so nothing is ever renumbered by hand. A session, or a joint one, counts once it was
attended, late or not answered yet; a cancelled one, or one the client did not come to, has no number. Intake, contacts by
telephone or in a crisis, supervision and letters stand beside the sessions and count for none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from ipt_desktop.domain.records import AgreedPhase, Attendance, Course, PhaseChange, Session, SessionKind
from ipt_desktop.domain.text import _, ngettext

SEEN = frozenset({Attendance.ATTENDED, Attendance.LATE})
COUNTED = frozenset({None, *SEEN})
COUNTED_KINDS = frozenset({SessionKind.SESSION, SessionKind.JOINT})
WITHOUT_CLIENT = frozenset({SessionKind.SUPERVISION, SessionKind.LETTER})
"""Kinds at which the client is not there: nobody asks who came."""


@dataclass(frozen=True, slots=True)
class SessionCount:
    """*Session `number` of `planned`, `after` after it*: the running session, or the next one.

    `planned` is 0 where no number was agreed.
    """

    number: int
    planned: int
    after: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A course's sessions, counted on a day: those that have a number, and of them those `over`, of today, answered today.

    `last_seen` is the day of the last one the client came to.
    """

    counted: int = 0
    over: int = 0
    of_today: int = 0
    answered: int = 0
    last_seen: date | None = None


def is_counted(session: Session) -> bool:
    """Whether a session has a number."""
    return session.kind in COUNTED_KINDS and session.attendance in COUNTED


def in_order(sessions: Iterable[Session]) -> list[Session]:
    """Return sessions by date and start; without a start a session comes first on its day."""
    return sorted(sessions, key=lambda each: (each.date, each.starts_at or time.min, each.created_at, each.id))


def numbers(sessions: Iterable[Session]) -> dict[str, int]:
    """Return the number of each session that counts, by its id, from 1."""
    counted = (each for each in in_order(sessions) if is_counted(each))
    return {each.id: number for number, each in enumerate(counted, start=1)}


def session_count(course: Course, sessions: Iterable[Session], today: date, *, is_after: bool = False) -> SessionCount:
    """Return the running or next session's number; on the day of a session it stays that session's until the day is over.

    After the last planned session, and in a course that has ended, the number stays the last one's; in a phase that comes after
    the sessions agreed (`is_after`) it goes on.
    """
    return count_of(course, tally_of(sessions, today), is_after=is_after)


def tally_of(sessions: Iterable[Session], today: date) -> Tally:
    """Return the sessions counted; a practice counts those of many courses at once (`Reading.session_tallies`)."""
    every = list(sessions)
    counted = [each for each in every if is_counted(each)]
    of_today = [each for each in counted if each.date == today]
    return Tally(
        counted=len(counted),
        over=sum(each.date < today for each in counted),
        of_today=len(of_today),
        answered=sum(each.attendance is not None for each in of_today),
        last_seen=max((each.date for each in every if each.attendance in SEEN), default=None),
    )


def count_of(course: Course, tally: Tally, *, is_after: bool = False) -> SessionCount:
    """Return what `session_count` does, from sessions that have been counted."""
    if tally.of_today:
        number = tally.over + min(tally.answered + 1, tally.of_today)
    elif course.ended_on is not None:
        number = tally.over
    elif course.is_open or is_after:
        number = tally.over + 1
    else:
        number = min(tally.over + 1, max(course.planned_sessions, tally.counted, 1))
    after = 0 if course.ended_on is not None else max(course.planned_sessions - number, 0)
    return SessionCount(number, course.planned_sessions, after)


def of_planned(number: int, planned: int) -> str:
    """Return "7 of 16"; "7" where no number was agreed, "17 (16 agreed)" after the last one agreed, "none of 16" for 0."""
    if not number:
        return _("none of {planned}").format(planned=planned) if planned else _("none")
    if not planned:
        return str(number)
    words = _("{number} ({planned} agreed)") if number > planned else _("{number} of {planned}")
    return words.format(number=number, planned=planned)


def after_words(count: SessionCount) -> str:
    """Return "9 after", or that no number was agreed; "" where a course ended before any session: none comes after."""
    if not count.number:
        return ""
    return _("{count} after").format(count=count.after) if count.planned else _("no number agreed")


def is_withdrawn(course: Course, held: int) -> bool:
    """Whether a course ended on the day it was to begin, with no session held: it was given up before it began."""
    return course.ended_on == course.started_on and not held


def planned_words(planned: int) -> str:
    """Return "16 sessions", or that no number was agreed."""
    if not planned:
        return _("no number of sessions agreed")
    return ngettext("{count} session", "{count} sessions", planned).format(count=planned)


def left_after(number: int | None, planned: int) -> int | None:
    """Return how many of the sessions planned come after the one of this number.

    None for one that has no number or is not among them: where none was agreed, and in tapering or maintenance.
    """
    return planned - number if number is not None and number <= planned else None


def sessions_left(course: Course, sessions: Iterable[Session], today: date) -> int:
    """Return how many planned sessions are still to be held: a session of today is left until its attendance is answered."""
    held = sum(is_counted(each) and (each.date < today or _was_held_on(each, today)) for each in sessions)
    return 0 if course.ended_on is not None else max(course.planned_sessions - held, 0)


def phase_of(course: Course, changes: Iterable[PhaseChange], on: date | None = None) -> str:
    """Return the phase the therapist has set, `on` a date or now; before any change it is the first one agreed."""
    latest = latest_change(each for each in changes if on is None or each.on <= on)
    return latest.phase if latest else course.phases[0].key


def booked_after(sessions: Iterable[Session], day: date) -> list[Session]:
    """Return what is booked with the client after a day, in order: sessions whose attendance nobody has answered."""
    later = (each for each in sessions if each.date > day and each.attendance is None)
    return in_order(each for each in later if each.kind not in WITHOUT_CLIENT)


def latest_change(changes: Iterable[PhaseChange]) -> PhaseChange | None:
    """Return the change of phase that holds, or None where none was set yet."""
    return max(changes, key=lambda each: (each.on, each.created_at), default=None)


def phase_since(changes: Iterable[PhaseChange]) -> date | None:
    """Return since when the present phase holds, or None where none was set yet."""
    latest = latest_change(changes)
    return latest.on if latest else None


def review_of(course: Course, changes: Iterable[PhaseChange]) -> date | None:
    """Return the day agreed to look again at the present phase; None where none was, or where the course has ended."""
    latest = latest_change(changes)
    return latest.review_on if latest is not None and course.ended_on is None else None


def suggested_phase(course: Course, number: int) -> AgreedPhase:
    """Return the phase the agreement has for a session number; beyond the last one it is the last phase."""
    begun = [each for each in course.phases if each.first <= number]
    return begun[-1] if begun else course.phases[0]


def sessions_by_phase(
    course: Course, changes: Iterable[PhaseChange], sessions: Iterable[Session]
) -> Mapping[str, list[Session]]:
    """Return the counted sessions of each phase, in order, by the phase that was set on their day."""
    all_changes = list(changes)
    found: dict[str, list[Session]] = {each.key: [] for each in course.phases}
    for session in in_order(each for each in sessions if is_counted(each)):
        found.setdefault(phase_of(course, all_changes, session.date), []).append(session)
    return found


def _was_held_on(session: Session, today: date) -> bool:
    return session.date == today and session.attendance is not None


def scaled_phases(phases: Sequence[AgreedPhase], planned: int) -> tuple[AgreedPhase, ...]:
    """Return the phases of an agreement stretched or shortened to `planned` sessions, each in proportion.

    Every phase keeps at least one session as long as there are enough; with fewer sessions than phases the last ones go.
    Without a number (0) the last phase has no end. One that had none takes what the others leave.
    """
    if not planned:
        return (*phases[:-1], *(replace(each, last=0) for each in phases[-1:]))
    total = (phases[-1].last or planned) if phases else 0
    kept = phases[: min(len(phases), planned)]
    scaled, first = [], 1
    for number, phase in enumerate(kept, start=1):
        to_come = len(kept) - number
        last = planned if not to_come else min(max(round(phase.last * planned / total), first), planned - to_come)
        scaled.append(AgreedPhase(key=phase.key, first=first, last=last))
        first = last + 1
    return tuple(scaled)
