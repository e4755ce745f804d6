"""What is coming in a course: tasks that belong to a session of their own, reviews, anniversaries, the last session agreed."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ipt_desktop.domain.anniversaries import Anniversary
from ipt_desktop.domain.course import is_counted, latest_change, phase_of, session_count
from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.protocol import Protocol, Task, TaskMark, task_id
from ipt_desktop.domain.records import Course, PhaseChange, Session
from ipt_desktop.domain.text import _
from ipt_desktop.domain.wording import Wording

ANNIVERSARY_DAYS, END_DAYS = 14, 42
WEEK = timedelta(weeks=1)


class ComingKind(StrEnum):
    """What kind of thing is coming."""

    HALF = "half"
    ENDING = "ending"
    CIRCLE = "circle"
    REVIEW = "review"
    ANNIVERSARY = "anniversary"
    LAST_SESSION = "last_session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Something that is coming: its words, when that is in words, and the day by which it stands in order."""

    kind: ComingKind
    words: str
    when: str
    by: date


def coming(
    course: Course,
    protocol: Protocol,
    changes: Iterable[PhaseChange],
    sessions: Sequence[Session],
    ticked: Collection[str],
    near: Iterable[Anniversary],
    today: date,
) -> list[Coming]:
    """Return what is coming, the nearest first; nothing for a course that has ended.

    A session that is not entered yet counts as so many weeks ahead, for its place in the list alone: no day is foretold.
    `near` are the anniversaries within `ANNIVERSARY_DAYS`.
    """
    if course.ended_on is not None:
        return []
    changes = list(changes)
    is_after = phase_of(course, changes) in protocol.after_keys
    found = [
        *(() if is_after else _tasks(course, protocol, sessions, ticked, today)),
        *_reviews(protocol, changes, today),
        *(_anniversary(each) for each in near),
        *_last_session(course, today),
    ]
    return sorted(found, key=lambda each: each.by)


def _tasks(
    course: Course, protocol: Protocol, sessions: Sequence[Session], ticked: Collection[str], today: date
) -> Iterator[Coming]:
    now = session_count(course, sessions, today).number
    counted = sorted(each.date for each in sessions if is_counted(each))
    agreed = {each.key for each in course.phases}
    for phase in protocol.phases:
        for task in phase.tasks if phase.key in agreed else ():
            number = task.session(course.planned_sessions)
            if number is None or number < now or task_id(phase, task) in ticked:
                continue
            day = counted[number - 1] if number <= len(counted) else None
            yield Coming(
                kind=_kind(task),
                words=_(task.text),
                when=_when(task, number, day, today),
                by=day or today + WEEK * (number - now),
            )


def _kind(task: Task) -> ComingKind:
    if task.mark == TaskMark.CIRCLE:
        return ComingKind.CIRCLE
    return ComingKind.HALF if task.is_at_half else ComingKind.ENDING


def _when(task: Task, number: int, day: date | None, today: date) -> str:
    words = _("session {number}") if task.is_at_half else _("by session {number}")
    said = words.format(number=number)
    return said if day is None else _("{session}, {day}").format(session=said, day=_day(day, today))


def _reviews(protocol: Protocol, changes: Iterable[PhaseChange], today: date) -> Iterator[Coming]:
    """Yield the review of the phase that is set, also one whose day has passed: it waits until the phase is set anew."""
    latest = latest_change(changes)
    if latest is None or latest.review_on is None:
        return
    words = _("Review: {phase}").format(phase=Wording(protocol).phase(latest.phase))
    yield Coming(kind=ComingKind.REVIEW, words=words, when=_agreed_for(latest.review_on, today), by=latest.review_on)


def _anniversary(each: Anniversary) -> Coming:
    words = _("{day}: {what}").format(day=each.when, what=each.words)
    when = _("anniversary") if each.died is not None else _("every year")
    return Coming(kind=ComingKind.ANNIVERSARY, words=words, when=when, by=each.on)


def _last_session(course: Course, today: date) -> Iterator[Coming]:
    end = course.planned_end
    if end is not None and not course.is_open and end <= today + timedelta(days=END_DAYS):
        when = _agreed_for(end, today)
        yield Coming(kind=ComingKind.LAST_SESSION, words=_("Last session"), when=when, by=end)


def _agreed_for(day: date, today: date) -> str:
    return (_("agreed for {day}") if day >= today else _("was agreed for {day}")).format(day=_day(day, today))


def _day(day: date, today: date) -> str:
    return day_words(day, has_year=day.year != today.year)
