"""What of a client has a place in time, read at one moment: for the timeline on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ipt_desktop.domain.change_list import Change, change_list
from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.form import Means
from ipt_desktop.domain.records import Course, PhaseChange
from ipt_desktop.domain.standing import token_initials
from ipt_desktop.domain.text import _
from ipt_desktop.domain.timeline import Move, PhaseSpan, Point, Score, TimelineFacts
from ipt_desktop.domain.told_apart import told_apart
from ipt_desktop.domain.told_when import Days, has_southern_seasons

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Session
    from ipt_desktop.services.desk import Desk


def read_timeline(desk: Desk, client_id: str, course_id: str | None, today: date) -> TimelineFacts:
    """Return everything of a client that has a place in time. Raises RecordGone where the client or the course is no more.

    The course, "" or None where none is shown, says which of its days are looked at; the lanes hold all courses.
    """
    with desk.store.read():  # all that follows sees the same commit
        client = desk.clients.client(client_id)
        people = desk.circles.people(client_id)
        courses = sorted(desk.courses.courses(client_id), key=lambda each: (each.started_on, each.number))
        chosen = next((each for each in courses if each.id == course_id), None)
        read = [_read_course(desk, each, today) for each in courses]
        latest = desk.courses.protocol_of(chosen or courses[-1]).mood if courses else None
        return TimelineFacts(
            today=today,
            born_on=client.born_on,
            is_southern=has_southern_seasons(desk.settings.values().country),
            events=desk.events.of_client(client_id),
            people=people,
            names=told_apart(people),
            initials={each.id: token_initials(each) for each in people},
            diagnoses=[told for each in courses for told in desk.diagnoses.of_course(each.id)],
            medications=desk.medications.of_client(client_id),
            scores=scores_of(desk, client_id),
            mood=[point for each in read for point in each.mood],
            mood_best=(latest.highest if latest.is_high_better else latest.lowest) if latest else 10,
            mood_highest=latest.highest if latest else 10,
            phases=[span for each in read for span in each.phases],
            moves=[move for each in read for move in each.moves],
            course=_days_of(chosen, desk.sessions.sessions(chosen.id), today) if chosen else None,
        )


def scores_of(desk: Desk, client_id: str) -> list[Score]:
    """Return each measure a client was given that has a total, with its results by day."""
    scored = [(each.measure, each.result) for each in desk.measures.measured(client_id) if each.result.total is not None]
    lines: dict[str, list[Point]] = {}
    for _measure, result in scored:
        point = Point(result.on, result.total or 0.0, result.id, result.course_id or "", result.session_id or "")
        lines.setdefault(result.measure, []).append(point)
    known = {result.measure: measure for measure, result in scored}
    return [Score(key, known[key].name, tuple(points), known[key].range_of()[1]) for key, points in lines.items()]


@dataclass(frozen=True, slots=True)
class _Course:
    mood: list[Point]
    phases: list[PhaseSpan]
    moves: list[Move]


def _read_course(desk: Desk, course: Course, today: date) -> _Course:
    sessions = {each.id: each for each in desk.sessions.sessions(course.id)}
    return _Course(
        mood=list(_mood(desk, course, sessions)),
        phases=list(_phases(desk, course, desk.phases.changes(course.id), today)),
        moves=list(_moves(desk, course)),
    )


def _mood(desk: Desk, course: Course, sessions: dict[str, Session]) -> Iterator[Point]:
    """Yield the mood said in each session, as its note has it."""
    for session_id, note in desk.documents.notes(course.id).items():
        value = desk.documents.form_of(note).answer(note.answers, Means.MOOD)
        if session_id in sessions and isinstance(value, int | float) and not isinstance(value, bool):
            yield Point(sessions[session_id].date, float(value), session_id, course.id, session_id)


def _phases(desk: Desk, course: Course, changes: list[PhaseChange], today: date) -> Iterator[PhaseSpan]:
    """Yield the phases as they were set, and until when the rest is agreed."""
    words = desk.courses.wording(course)
    end = course.ended_on or max(today, course.started_on)
    begun = sorted(changes, key=lambda each: (each.on, each.created_at))
    starts = [(course.started_on, course.phases[0].key), *((max(each.on, course.started_on), each.phase) for each in begun)]
    is_first_set = len(starts) > 1 and starts[1][0] <= course.started_on
    starts = [each for each in (starts[1:] if is_first_set else starts) if each[0] <= end]
    for number, (first, key) in enumerate(starts):
        is_last = number + 1 == len(starts)
        last = end if is_last else starts[number + 1][0] - timedelta(days=1)
        is_open = is_last and course.ended_on is None and course.started_on <= today
        if first <= last:
            yield PhaseSpan(f"phase:{course.id}:{number}", words.phase(key), first, last, is_open=is_open)
    if course.ended_on is None and course.planned_end is not None and course.planned_end > end:
        day = day_words(course.planned_end, has_year=course.planned_end.year > today.year + 1)
        planned = _("planned to {day}").format(day=day)
        yield PhaseSpan(f"planned:{course.id}", planned, end + timedelta(days=1), course.planned_end, is_planned=True)


def _moves(desk: Desk, course: Course) -> Iterator[Move]:
    """Yield who stood elsewhere in one circle than in the one before it, who was new and who was gone."""
    circles = desk.circles.course_circles(course.id)
    rings = desk.courses.protocol_of(course).rings
    words = RingWords((rings.inner, rings.middle, rings.outer), rings.outside)
    before = circles.circle_at_first()
    is_at_first = False
    for sitting in circles.sittings:
        now = circles.circle(sitting.id)
        if before.placements:
            changes = change_list(circles.people, before.placements, now.placements, words)
            for each in changes.rows:
                if said := _moved(each, changes.new, changes.gone):
                    initials = token_initials(each.person)
                    yield Move(each.person, initials, said, sitting.date, sitting.id, is_at_first=is_at_first)
        before, is_at_first = now, sitting.is_before


def _moved(change: Change, new: Sequence[Change], gone: Sequence[Change]) -> str:
    if change in new:
        return _("{name}, new").format(name=change.name)
    if change in gone:
        return _("{name}, no longer in the circle").format(name=change.name)
    if change.before == change.after:
        return _("{name}, {change}").format(name=change.name, change=change.change)
    return _("{name}, {before} to {after}").format(name=change.name, before=change.before, after=change.after)


def _days_of(course: Course, sessions: Sequence[Session], today: date) -> Days:
    days = [each.date for each in sessions]
    first = min([course.started_on, *days])
    if course.ended_on is not None:
        return first, max([course.ended_on, *(each for each in days if each <= course.ended_on)])
    return first, max([today, course.planned_end or today, *days])
