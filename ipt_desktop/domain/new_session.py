"""The session a therapist most likely means: what a new one starts from, and which one is today's."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from ipt_desktop.domain.course import COUNTED, COUNTED_KINDS, in_order, is_counted
from ipt_desktop.domain.records import Course, Session, SessionKind, SessionMode

STEP_MINUTES = 5
NEAR = timedelta(hours=1)
WEEK = timedelta(weeks=1)  # IPT is weekly in its acute phase (Weissman, Markowitz, Klerman 2018)
WITHOUT_CLOCK = frozenset({SessionKind.LETTER})
BY_PHONE = frozenset({SessionKind.PHONE, SessionKind.CRISIS})


def session_now(course: Course, sessions: Sequence[Session], now: datetime, kind: SessionKind = SessionKind.SESSION) -> Session:
    """Return a new session of today, as long as the course agreed, in last time's mode; attendance is left to the therapist.

    It starts at the hour of the last session when that is within an hour of `now` (local time), else now, to 5 minutes. A
    contact by telephone begins now, and how long it will be nobody knows; a letter has no times.
    """
    if kind in WITHOUT_CLOCK:
        return Session(course_id=course.id, date=now.date(), kind=kind)
    if kind in BY_PHONE:
        return Session(
            course_id=course.id, date=now.date(), starts_at=_usual_or_now(None, now), mode=SessionMode.PHONE, kind=kind
        )
    before = in_order(sessions)
    usual = next((each.starts_at for each in reversed(before) if each.starts_at and is_counted(each)), None)
    start = _usual_or_now(usual, now)
    return Session(
        course_id=course.id,
        date=now.date(),
        starts_at=start,
        ends_at=end_of(start, course.minutes),
        mode=_usual_mode(before),
        kind=kind,
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


def to_start(sessions: Sequence[Session], shown: Session | None, now: datetime) -> Session | None:
    """Return the session of today that *Start session* means, or None where a new one has to be made.

    It is the one `shown`, if it is of today and was not held yet, of whatever kind; else the first of today that counts and was
    not held, one whose attendance is not answered before the others.
    """
    if shown is not None and _can_start(shown, now):
        return shown
    waiting = [each for each in in_order(sessions) if is_counted(each) and _can_start(each, now)]
    return next((each for each in waiting if each.attendance is None), waiting[0] if waiting else None)


def next_after(course: Course, sessions: Sequence[Session], session: Session) -> Session:
    """Return the session that follows another: the one that is planned already, else a new one a week on at the same hour."""
    later = [each for each in in_order(sessions) if each.date > session.date and is_counted(each) and each.attendance is None]
    if later:
        return later[0]
    pattern = pattern_of(sessions, session)
    planned = [each for each in in_order(sessions) if each.starts_at and is_counted(each)]
    usual = pattern.starts_at or (planned[-1].starts_at if planned else None)
    weeks = (session.date - pattern.date) // WEEK + 1
    return following(course, pattern, pattern.date + weeks * WEEK, usual)


def pattern_of(sessions: Sequence[Session], session: Session) -> Session:
    """Return the session whose weekday, hour and mode the next one takes: this one, or the one before a call beside them.

    A crisis call on Friday evening does not move the weekly Tuesday at eleven, nor make it a call.
    """
    if session.kind in COUNTED_KINDS:
        return session
    before = [each for each in in_order(sessions) if is_counted(each) and each.date <= session.date]
    return before[-1] if before else session


def following(course: Course, session: Session, on: date, at: time | None) -> Session:
    """Return a new session on a day and at an hour, as long as the course agreed, in the mode of the one before."""
    ends_at = end_of(at, course.minutes) if at else None
    return Session(course_id=course.id, date=on, starts_at=at, ends_at=ends_at, mode=session.mode)


def fees_of(sessions: Sequence[Session]) -> list[str]:
    """Return what was said about fees, each once, the latest first."""
    return list(dict.fromkeys(each.fee for each in reversed(in_order(sessions)) if each.fee))


def actual_times(session: Session, minutes: int, now: datetime) -> Session:
    """Return a running session with its actual times, to the minute, in the zone of `now`.

    One that was begun on another day and forgotten is taken to have lasted as long as agreed.
    """
    begun = (session.begun_at or now).astimezone(now.tzinfo)
    start = begun.time().replace(second=0, microsecond=0, tzinfo=None)
    end = now.time().replace(second=0, microsecond=0, tzinfo=None) if now.date() == begun.date() else end_of(start, minutes)
    return replace(session, date=begun.date(), starts_at=start, ends_at=end if end and end > start else None)


def _can_start(session: Session, now: datetime) -> bool:
    is_open = session.closed_at is None and session.attendance in COUNTED
    return session.date == now.date() and is_open and session.kind not in WITHOUT_CLOCK


def _usual_mode(before: Sequence[Session]) -> SessionMode:
    held = [each for each in before if is_counted(each)]
    return held[-1].mode if held else SessionMode.IN_PERSON


def _usual_or_now(usual: time | None, now: datetime) -> time:
    if usual is not None and abs(datetime.combine(now.date(), usual) - now.replace(tzinfo=None)) <= NEAR:
        return usual
    rounded = round((now.hour * 60 + now.minute) / STEP_MINUTES) * STEP_MINUTES
    latest = 24 * 60 - STEP_MINUTES
    return time(min(rounded, latest) // 60, min(rounded, latest) % 60)
