"""A session in words: what kind of occasion it is, when, how it is held, and who came."""

from __future__ import annotations

from datetime import time

from ipt_desktop.domain.course import COUNTED_KINDS
from ipt_desktop.domain.records import Attendance, Session, SessionKind, SessionMode
from ipt_desktop.domain.text import _


def mode_words() -> dict[SessionMode, str]:
    """Return how a session is held, in words."""
    return {SessionMode.IN_PERSON: _("In person"), SessionMode.VIDEO: _("Video"), SessionMode.PHONE: _("Telephone")}


def kind_words() -> dict[SessionKind, str]:
    """Return what kind of occasion it is, in words."""
    return {
        SessionKind.SESSION: _("Session"),
        SessionKind.JOINT: _("Joint session"),
        SessionKind.PARENTS: _("Session with parents"),
        SessionKind.INTAKE: _("Intake"),
        SessionKind.PHONE: _("Telephone contact"),
        SessionKind.CRISIS: _("Crisis contact"),
        SessionKind.SUPERVISION: _("Supervision"),
        SessionKind.LETTER: _("Letter"),
    }


def attendance_words() -> dict[Attendance, str]:
    """Return who came, in the therapist's words."""
    return {
        Attendance.ATTENDED: _("Attended"),
        Attendance.LATE: _("Late"),
        Attendance.CANCELLED_BY_CLIENT: _("Cancelled by client"),
        Attendance.CANCELLED_BY_THERAPIST: _("Cancelled by me"),
        Attendance.DID_NOT_COME: _("Did not come"),
    }


def attended_words(attendance: Attendance | None) -> str:
    """Return what became of a session inside a line of words."""
    return attendance_words()[attendance].lower() if attendance else _("attendance not answered")


def time_words(at: time | None) -> str:
    """Return a time of day, or "" where it isn't known."""
    return f"{at:%H:%M}" if at else ""


def times_words(session: Session) -> str:
    """Return from when to when: "11:00 to 11:50"."""
    start, end = time_words(session.starts_at), time_words(session.ends_at)
    return _("{start} to {end}").format(start=start, end=end) if start and end else start or end


def title_of(session: Session, number: int | str | None) -> str:
    """Return a session's heading: its kind, and its number where it counts."""
    if session.kind not in COUNTED_KINDS:
        return kind_words()[session.kind]
    if number is None:
        return _("Session not held")
    joint = _("Session {number}, joint")
    return (joint if session.kind is SessionKind.JOINT else _("Session {number}")).format(number=number)


def minutes_between(start: time | None, end: time | None) -> int | None:
    """Return the length of a session in minutes, or None where a time is missing or they don't follow each other."""
    if start is None or end is None or end <= start:
        return None
    return (end.hour - start.hour) * 60 + end.minute - start.minute
