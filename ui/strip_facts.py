"""What the client strip says, put in words from what is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.course import after_words, is_withdrawn, of_planned, phase_of, phase_since, review_of, session_count
from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import Client, Course, PhaseChange, ProblemArea, Session, StageChange
from ipt_desktop.domain.risk import KIND_WORDS, RiskLevel, day_of
from ipt_desktop.domain.session_records import RiskKind
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.domain.wording import Wording
from ui.client_strip import CellWords, StripFacts

if TYPE_CHECKING:
    from ipt_desktop.domain.measure_change import RuleSet
    from ipt_desktop.domain.measured import Measured
    from ipt_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class CourseStanding:
    """A course with what the strip counts in it."""

    course: Course
    protocol: Protocol
    changes: Sequence[PhaseChange] = ()
    sessions: Sequence[Session] = ()
    areas: Sequence[ProblemArea] = ()
    stages: Sequence[StageChange] = ()
    earlier: tuple[Protocol, ...] = ()

    @property
    def phase(self) -> str:
        """The key of the phase that is set."""
        return phase_of(self.course, self.changes)

    @property
    def is_after(self) -> bool:
        """Whether that phase comes after the sessions agreed."""
        return self.phase in self.protocol.after_keys

    @property
    def wording(self) -> Wording:
        """What its keys are called."""
        return Wording(self.protocol, self.earlier)


def initials_of(client: Client) -> str:
    """Return the client's initials: their own field, else the first letters of the name."""
    return client.initials or "".join(f"{word[0]}." for word in client.name.split())


def age_on(born_on: date, today: date) -> int:
    """Return someone's age in years."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def strip_words(client: Client, name: str, standing: CourseStanding | None, today: date) -> StripFacts:
    """Put a client and, where there is one, their course into the strip's words."""
    about = [client.pronouns, str(age_on(client.born_on, today)) if client.born_on else ""]
    words = " · ".join(part for part in about if part)
    if standing is None:
        return StripFacts(name, words)
    course, phase = standing.course, standing.phase
    is_begun = not is_withdrawn(course, session_count(course, standing.sessions, today).number)
    keys = [each.key for each in course.phases] if is_begun else []
    return StripFacts(
        name,
        words,
        course=_("course {number}").format(number=course.number),
        is_running=course.ended_on is None,
        phases=len(keys) if phase in keys or standing.is_after else 0,
        phase_at=keys.index(phase) if phase in keys else len(keys) if standing.is_after else None,
        phase=_phase_words(standing, today),
        session=_session_words(standing, today),
        problem_area=_area_words(standing),
    )


def _phase_words(standing: CourseStanding, today: date) -> CellWords:
    if is_withdrawn(standing.course, session_count(standing.course, standing.sessions, today).number):
        return CellWords(_("Withdrawn"), _("before it began"))
    if standing.course.ended_on is not None:
        return CellWords(_("Finished"), day_words(standing.course.ended_on))
    since = phase_since(standing.changes) or standing.course.started_on
    return CellWords(standing.wording.phase(standing.phase), _("since {day}").format(day=day_words(since)))


def _session_words(standing: CourseStanding, today: date) -> CellWords:
    """Say which session it is and how many come after it; where none are counted down, when it is looked at again."""
    count = session_count(standing.course, standing.sessions, today, is_after=standing.is_after)
    review = review_of(standing.course, standing.changes)
    detail = after_words(count)
    if review is not None and (standing.course.is_open or standing.is_after):
        detail = _("review {day}").format(day=day_words(review, has_year=review.year != today.year))
    return CellWords(of_planned(count.number, count.planned), detail)


def _area_words(standing: CourseStanding) -> CellWords:
    """Every area worked on, the primary one first; a dispute with its stage."""
    worked_on = sorted((each for each in standing.areas if each.ended_on is None), key=lambda each: each.rank)
    if not worked_on:
        return CellWords(_("to be agreed"))
    first, *others = [standing.wording.area(each.area) for each in worked_on]
    stage = _stage_label(standing, worked_on[0])
    details = [stage] if stage else []
    details += [
        " · ".join(part for part in (label, _stage_label(standing, area)) if part)
        for label, area in zip(others, worked_on[1:], strict=True)
    ]
    return CellWords(first, "; ".join(details))


def _stage_label(standing: CourseStanding, area: ProblemArea) -> str:
    """Return the word of the latest stage of this area, or ""."""
    own = [each for each in standing.stages if each.problem_area_id == area.id]
    latest = max(own, key=lambda each: (each.on, each.created_at), default=None)
    return standing.wording.stage(area.area, latest.stage).lower() if latest is not None else ""


def risk_words(levels: Sequence[RiskLevel], today: date, *, has_plan: bool = False) -> CellWords:
    """Put the level that stands first into words, and whether there is a safety plan; nothing where risk was never asked."""
    if not levels:
        return CellWords()
    first, more = levels[0], sum(each.is_open for each in levels[1:])
    details = [_(KIND_WORDS[first.kind]).lower() if first.kind is not RiskKind.SUICIDE else "", first.asked_words(today)]
    if more:
        details.append(ngettext("{count} more to review", "{count} more to review", more).format(count=more))
    details.append(_("plan") if has_plan else "")
    return CellWords(first.words, " · ".join(each for each in details if each))


def measure_words(measured: Sequence[Measured], planned: Sequence[str], rule_set: RuleSet | None, today: date) -> CellWords:
    """Put the first planned measure that has results into words: first and last total of the course, and when it was given."""
    from ipt_desktop.domain.measured_words import are_alike, change_in_words, from_to, scores_words

    own: dict[str, list[Measured]] = {}
    for each in measured:
        if each.result.total is not None:
            own.setdefault(each.result.measure, []).append(each)
    key = next((each for each in planned if each in own), "")
    if not key:
        return CellWords()
    last = own[key][-1]
    first = next(each for each in own[key] if are_alike(each, last))
    spoken = scores_words(last)
    if first is not last:
        told = _("first {first}, last {last}").format(first=scores_words(first), last=spoken)
        spoken = "; ".join(filter(None, (told, change_in_words(first, last, rule_set))))
    return CellWords(from_to(first, last), day_of(last.result.on, today), last.measure.name, spoken)


def _measure(desk: Desk, course_id: str | None, client_id: str) -> CellWords:
    if course_id is None:
        return CellWords()
    planned = [each.measure for each in desk.measures.plan(course_id)]
    rules = desk.resources.rule_set(desk.settings.values().rule_set)
    return measure_words(desk.measures.measured(client_id, course_id), planned, rules, date.today())


def latest_course_id(desk: Desk, client_id: str | None) -> str | None:
    """Return the client's latest course, or None where there is no client or no course."""
    if client_id is None:
        return None
    courses = desk.courses.courses(client_id)
    return max(courses, key=lambda each: each.number).id if courses else None


def strip_facts(
    desk: Desk, client_id: str | None, course_id: str | None, name_of: Callable[[Client], str]
) -> StripFacts | None:
    """Return what the strip says of this client and course, or None without a client."""
    if client_id is None:
        return None
    client, today = desk.clients.client(client_id), date.today()
    facts = strip_words(client, name_of(client), _standing(desk, course_id), today)
    levels = desk.risk.levels(client_id)
    has_plan = bool(levels) and desk.safety_plans.has_plan(client_id)
    return replace(facts, measure=_measure(desk, course_id, client_id), risk=risk_words(levels, today, has_plan=has_plan))


def _standing(desk: Desk, course_id: str | None) -> CourseStanding | None:
    if course_id is None:
        return None
    course = desk.courses.course(course_id)
    wording = desk.courses.wording(course)
    return CourseStanding(
        course,
        wording.present,
        desk.phases.changes(course_id),
        desk.sessions.sessions(course_id),
        desk.phases.problem_areas(course_id),
        desk.phases.stage_changes(course_id),
        wording.earlier,
    )
