"""The goals of a demo case: set in a session, an arrow's from where the person stood by then; how far each was said to be."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ipt_desktop.domain import records as r
from ipt_desktop.domain.attainment import HIGHEST, LOWEST
from ipt_desktop.domain.closeness import kept
from ipt_desktop.domain.course import numbers
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Goal, GoalRating, GoalStatus
from ipt_desktop.services.definition_source import Source
from ipt_desktop.services.demo_case import CaseCourse, CaseGoal
from ipt_desktop.services.toml_lines import Place


def goals(
    course: CaseCourse,
    course_id: str,
    sessions: Sequence[r.Session],
    source: Source,
    place: Place,
    id_of: Callable[..., str],
) -> Iterator[Goal]:
    """Yield the goals of a course; `sessions` are those it tells, `id_of` names what is told of.

    The case refuses what does not fit its sessions, areas and circles.
    """
    by_id = {each.id: each for each in sessions}
    numbered = {count: by_id[session_id] for session_id, count in numbers(sessions).items()}
    number = place[-1] + 1 if isinstance(place[-1], int) else 0
    areas = {each.area for each in course.areas}
    for at, told in enumerate(course.goals):
        here: Place = (*place, "goals", at)
        session = numbered.get(told.session)
        if session is None:
            source.refuse((*here, "session"), _("there is no session with this number"))
        if told.area and told.area not in areas:
            source.refuse((*here, "area"), _("the course has no problem area “{area}”").format(area=told.area))
        start = _felt_by(course, sessions, session.date, told.person) if told.person else None
        if told.person and start is None:
            source.refuse((*here, "person"), _("this person does not stand on the circle yet"))
        yield Goal(
            id=id_of("goal", number, at),
            course_id=course_id,
            words=told.words,
            problem_area_id=id_of("area", number, told.area) if told.area else None,
            person_id=id_of("person", told.person) if told.person else None,
            is_closeness=bool(told.person),
            start=start,
            set_on=session.date,
            created_at=datetime.combine(session.date, time(8)).astimezone(UTC) + timedelta(minutes=at),
            baseline=told.baseline if told.baseline >= 0 else None,
            target=told.target if told.target >= 0 else None,
            evidence=told.evidence,
            **_closed(told, numbered, source, here),
        )


def _closed(told: CaseGoal, numbered: Mapping[int, r.Session], source: Source, place: Place) -> dict[str, Any]:
    """Return what became of a goal, and when."""
    if told.status not in set(GoalStatus):
        names = ", ".join(GoalStatus)
        source.refuse((*place, "status"), _("“{value}” is not known; known are {names}").format(value=told.status, names=names))
    status = GoalStatus(told.status)
    if status is GoalStatus.OPEN:
        return {}
    if told.closed not in numbered:
        source.refuse((*place, "closed"), _("there is no session with this number"))
    return {"status": status, "closed_on": numbered[told.closed].date}


def ratings(
    course: CaseCourse, sessions: Sequence[r.Session], source: Source, place: Place, id_of: Callable[..., str]
) -> Iterator[GoalRating]:
    """Yield how far the goals were said to be. The case refuses a goal it does not have and a value off the scale."""
    number = place[-1] + 1 if isinstance(place[-1], int) else 0
    for at, (told, session) in enumerate(zip(course.sessions, sessions, strict=True)):
        for goal, value in told.rates.items():
            here: Place = (*place, "sessions", at, "rates", goal)
            if not goal.isdecimal() or not 1 <= int(goal) <= len(course.goals):
                source.refuse(here, _("the course has no goal {number}").format(number=goal))
            if type(value) is not int or not LOWEST <= value <= HIGHEST:
                reason = _("{value} is not between {lowest} and {highest}.")
                source.refuse(here, reason.format(value=value, lowest=LOWEST, highest=HIGHEST))
            yield GoalRating(
                id=id_of("rating", number, goal, told.week),
                goal_id=id_of("goal", number, int(goal) - 1),
                value=value,
                on=session.date,
                session_id=session.id,
                created_at=session.created_at,
            )


def _felt_by(course: CaseCourse, sessions: Sequence[r.Session], on: date, person: str) -> float | None:
    """Return how close someone stood in the latest circle up to a day, None where they stood in none."""
    drawn = [
        told.circle[person]
        for told, each in zip(course.sessions, sessions, strict=True)
        if person in told.circle and each.date <= on
    ]
    latest = drawn[-1] if drawn else None
    felt = latest[0] if isinstance(latest, list) else latest
    return kept(felt / 100) if isinstance(felt, int) else None
