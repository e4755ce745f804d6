"""The session a therapist most likely means: what a new one starts from, and which one is today's."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from ipt_desktop.domain.course import in_order, is_counted
from ipt_desktop.domain.records import Course, Session, SessionMode

STEP_MINUTES = 5
NEAR = timedelta(hours=1)


def session_now(course: Course, sessions: Sequence[Session], now: datetime) -> Session:
    """Return a new session of today, as long as the course agreed, in last time's mode; attendance is left to the therapist.

    It starts at the hour of the last session when that is within an hour of `now` (local time), else now, to 5 minutes.
    """
    before = in_order(sessions)
    usual = next((each.starts_at for each in reversed(before) if each.starts_at), None)
    start = _usual_or_now(usual, now)
    return Session(
        course_id=course.id,
        date=now.date(),
        starts_at=start,
        ends_at=end_of(start, course.minutes),
        mode=before[-1].mode if before else SessionMode.IN_PERSON,
    )


def end_of(start: time, minutes: int) -> time | None:
    """Return when a session of this length ends, or None where that is another day."""
    total = start.hour * 60 + start.minute + minutes
    return time(total // 60, total % 60) if total < 24 * 60 else None


def session_of_today(sessions: Sequence[Session], now: datetime) -> Session | None:
    """Return the session of today: of several, the first whose attendance is not answered, else the last one held."""
    of_today = [each for each in in_order(sessions) if each.date == now.date() and is_counted(each)]
    waiting = (each for each in of_today if each.attendance is None)
    return next(waiting, of_today[-1] if of_today else None)


def _usual_or_now(usual: time | None, now: datetime) -> time:
    if usual is not None and abs(datetime.combine(now.date(), usual) - now.replace(tzinfo=None)) <= NEAR:
        return usual
    rounded = round((now.hour * 60 + now.minute) / STEP_MINUTES) * STEP_MINUTES
    latest = 24 * 60 - STEP_MINUTES
    return time(min(rounded, latest) // 60, min(rounded, latest) % 60)
