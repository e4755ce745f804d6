"""What the records say beside the pages of an ending: goals, circle, dates, plan, risk. Facts in words, nothing concluded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from ipt_desktop.domain.anniversaries import anniversaries
from ipt_desktop.domain.attainment import attainment_of, status_words
from ipt_desktop.domain.change_list import ChangeList, change_list
from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.course import numbers, of_planned
from ipt_desktop.domain.dates import day_words, long_date
from ipt_desktop.domain.form import Means
from ipt_desktop.domain.goal import way_of
from ipt_desktop.domain.illness_words import has_ended, medication_words
from ipt_desktop.domain.records import Course, Session, Sitting
from ipt_desktop.domain.risk import KIND_WORDS
from ipt_desktop.domain.strategy_work import numbered_so_far, strategies_worked
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.domain.treatment_records import Goal, GoalStatus
from ipt_desktop.services.ending_texts import in_sentence
from ipt_desktop.services.summary_circle import sitting_caption, start_and_end
from ipt_desktop.services.termination_summary import ENDINGS

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

A_YEAR = 366
FACTS = frozenset(
    {
        *(Means.GAINS, Means.CIRCLE_CHANGE, Means.SKILLS, Means.REMAINING),
        *(Means.TRIGGER_DATES, Means.PEOPLE_TO_CALL, Means.MAINTENANCE, Means.ENDING_KIND),
    }
)
"""The meanings beside which there are facts."""


class Place(StrEnum):
    """Where a link beside the facts leads."""

    CIRCLE_CHANGE = "circle_change"
    RISK = "risk"
    SAFETY_PLAN = "safety_plan"
    TAKE_PEOPLE = "take_people"


@dataclass(frozen=True, slots=True)
class Fact:
    """A line, and what stands softer below it."""

    words: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactGroup:
    """Facts of one kind under a heading; `goes_to` is where more of it is.

    `is_for_therapist`: it stays away while the client may look at the screen.
    """

    title: str
    facts: tuple[Fact, ...]
    goes_to: Place | None = None
    is_for_therapist: bool = False


def ending_facts(
    desk: Desk, course_id: str, today: date, wanted: Collection[str] = frozenset(Means)
) -> dict[Means, tuple[FactGroup, ...]]:
    """Return the facts by the meaning of the field they stand beside, of the `wanted` meanings.

    Raises RecordGone where the course is no more.
    """
    if not FACTS.intersection(wanted):
        return {}
    with desk.store.read():  # all that follows sees the same commit
        reading = _Reading(desk, desk.courses.course(course_id), today)
        told: Mapping[Means, Callable[[], Iterator[FactGroup]]] = {
            Means.GAINS: reading.gains,
            Means.CIRCLE_CHANGE: reading.circle,
            Means.SKILLS: reading.strategies,
            Means.REMAINING: reading.remaining,
            Means.TRIGGER_DATES: reading.dates,
            Means.PEOPLE_TO_CALL: reading.people,
            Means.MAINTENANCE: reading.afterwards,
            Means.ENDING_KIND: reading.course_and_risk,
        }
        return {means: tuple(each for each in tell() if each.facts) for means, tell in told.items() if means in wanted}


class _Reading:
    """A course, asked for what belongs beside each page."""

    def __init__(self, desk: Desk, course: Course, today: date) -> None:
        self._desk, self._course, self._today = desk, course, today
        self._wording = desk.courses.wording(course)
        self._sessions = desk.sessions.sessions(course.id)
        self._goals = desk.goals.goals(course.id)
        self._circle = desk.circles.circle(course.id)
        rings = self._wording.present.rings
        self._rings = RingWords((rings.inner, rings.middle, rings.outer), rings.outside)

    def gains(self) -> Iterator[FactGroup]:
        """Yield the goals with how far they are, and the stages of a dispute."""
        yield FactGroup(title=_("Goals"), facts=tuple(map(self._goal, self._goals)))
        yield FactGroup(title=_("Stage of the dispute"), facts=tuple(self._stages()))

    def _goal(self, goal: Goal) -> Fact:
        way = way_of(goal, {each.id: each for each in self._circle.people}, self._circle.placements)
        rated = attainment_of(goal, self._desk.goals.ratings(self._course.id)).words
        far = [f"{way.places(self._rings)}: {way.words}"] if way and way.words else []
        return Fact(goal.words, " · ".join(each for each in (*far, rated, status_words(goal)) if each))

    def _stages(self) -> Iterator[Fact]:
        stages = self._desk.phases.stage_changes(self._course.id)
        for area in self._desk.phases.problem_areas(self._course.id):
            judged = sorted(
                (each for each in stages if each.problem_area_id == area.id), key=lambda each: (each.on, each.created_at)
            )
            told = [
                _("{stage}, {day}").format(stage=self._wording.stage(area.area, each.stage), day=day_words(each.on))
                for each in judged
            ]
            if told:
                yield Fact("; ".join(told), area.about)

    def circle(self) -> Iterator[FactGroup]:
        """Yield who moved between the first circle and the last, the client's own words first."""
        compared = self._compared()
        if compared is None:
            words = _("There is nothing to compare so far: the circle was not drawn twice. Draw it again in a session.")
            yield FactGroup(title=_("On the circle"), facts=(Fact(words),), goes_to=Place.CIRCLE_CHANGE)
            return
        changes, since = compared
        lines = [Fact(each.name, each.sentence) for each in changes.moved]
        lines += [Fact(each.name, _("joined")) for each in changes.new]
        lines += [Fact(each.name, _("is no longer in the circle")) for each in changes.gone]
        lines += [Fact(each) for each in changes.confidants]
        lines += [Fact(changes.unchanged_line)] if changes.unchanged else []
        title = _("Since {sitting}").format(sitting=since)
        yield FactGroup(title=title, facts=tuple(lines), goes_to=Place.CIRCLE_CHANGE)

    def _compared(self) -> tuple[ChangeList, str] | None:
        sittings = self._desk.circles.sittings(self._course.id)
        shown = start_and_end(self._desk.circles.circle(self._course.id, each.id) for each in sittings)
        if len(shown) < 2:
            return None
        first, last = shown
        changes = change_list(last.people, first.placements, last.placements, self._rings)
        return changes, _called(first.sitting, self._sessions)

    def strategies(self) -> Iterator[FactGroup]:
        """Yield the strategies that were worked on, under the word of their problem area."""
        works = self._desk.strategies.of_course(self._course.id)
        so_far = numbered_so_far(self._sessions, self._today)
        for area in self._desk.phases.problem_areas(self._course.id):
            known = self._wording.known_area(area.area)
            own = [each for each in works if each.problem_area_id == area.id]
            worked = strategies_worked(known.strategies if known else (), own, so_far)
            lines = tuple(Fact(each.text, each.words(self._today)) for each in worked if each.numbers or each.days)
            yield FactGroup(title=self._wording.area(area.area), facts=lines)

    def remaining(self) -> Iterator[FactGroup]:
        """Yield the goals that were not met, and who does not stand where the client wants them."""
        left = [each for each in self._goals if each.status in (GoalStatus.OPEN, GoalStatus.PARTLY)]
        yield FactGroup(title=_("Goals that are open or partly met"), facts=tuple(map(self._goal, left)))
        compared = self._compared()
        wishes = compared[0].wishes if compared else ()
        yield FactGroup(
            title=_("On the circle"),
            facts=tuple(Fact(name, said) for _person, name, said in wishes),
            goes_to=Place.CIRCLE_CHANGE,
        )

    def dates(self) -> Iterator[FactGroup]:
        """Yield the days that come round again within a year, those of this page among them."""
        client_id = self._course.client_id
        people, events = self._desk.circles.people(client_id), self._desk.events.of_client(client_id)
        coming = anniversaries(events, people, self._today, days=A_YEAR)
        yield FactGroup(title=_("Comes back every year"), facts=tuple(Fact(each.when, each.words) for each in coming))

    def people(self) -> Iterator[FactGroup]:
        """Yield whom the client confides in, and the safety plan."""
        placed = self._circle.placements
        trusted = [each.name for each in self._circle.people if each.id in placed and placed[each.id].is_confidant]
        yield FactGroup(title=_("The client confides in"), facts=tuple(map(Fact, trusted)))
        known = people_of_plan(self._desk, self._course.client_id)
        asked = tuple(Fact(each["name"], each.get("number", "")) for each in known)
        yield FactGroup(title=_("Asked in the safety plan"), facts=asked, goes_to=Place.TAKE_PEOPLE)
        plan = self._desk.safety_plans.latest(self._course.client_id)
        if plan is not None:
            told = (Fact(plan.words),)
            yield FactGroup(title=_("Safety plan"), facts=told, goes_to=Place.SAFETY_PLAN, is_for_therapist=True)

    def afterwards(self) -> Iterator[FactGroup]:
        """Yield the appointments to come and the medication, as it is known."""
        ahead = [each for each in self._sessions if each.date >= self._today and each.attendance is None]
        days = tuple(Fact(long_date(each.date)) for each in ahead)
        yield FactGroup(title=_("Appointments to come"), facts=days)
        yield FactGroup(title=_("Phase"), facts=tuple(self._phase()))
        taken = [each for each in self._desk.medications.of_client(self._course.client_id) if not has_ended(each, self._today)]
        told = tuple(Fact(medication_words(each, self._today)) for each in taken)
        yield FactGroup(title=_("Medication"), facts=told, is_for_therapist=True)

    def _phase(self) -> Iterator[Fact]:
        """Yield the phase that holds, where a day was agreed to look at it again."""
        changes = self._desk.phases.changes(self._course.id)
        latest = max(changes, key=lambda each: (each.on, each.created_at), default=None)
        if latest is not None and latest.review_on is not None:
            phase = self._wording.phase(latest.phase)
            yield Fact(phase, _("to be looked at again on {day}").format(day=long_date(latest.review_on)))

    def course_and_risk(self) -> Iterator[FactGroup]:
        """Yield how far the course went, and risk as it was last asked."""
        course, counted = self._course, numbers(self._sessions)
        held = sum(each.id in counted and (each.attendance is not None or each.date < self._today) for each in self._sessions)
        sessions = ngettext("{count} session held", "{count} sessions held", held).format(
            count=of_planned(held, course.planned_sessions)
        )
        when = _("ended on {day}") if course.ended_on else _("begun on {day}, not ended so far")
        said = when.format(day=long_date(course.ended_on or course.started_on))
        how = in_sentence(_(ENDINGS[course.ending])) if course.ended_on and course.ending else ""
        yield FactGroup(title=_("The course"), facts=(Fact(sessions, ", ".join(each for each in (said, how) if each)),))
        levels = self._desk.risk.levels(course.client_id)
        told = [Fact(f"{_(KIND_WORDS[each.kind])}: {each.words}", each.asked_words(self._today)) for each in levels]
        unasked = Fact(_("Nothing was written down about risk."))
        yield FactGroup(
            title=_("Risk, as it was last asked"),
            facts=tuple(told) or (unasked,),
            goes_to=Place.RISK,
            is_for_therapist=True,
        )


def people_of_plan(desk: Desk, client_id: str) -> list[dict[str, str]]:
    """Return whom the latest safety plan asks and rings, as the answer to a field of contacts; nothing without a plan."""
    plans = desk.safety_plans.plans(client_id)
    if not plans:
        return []
    form = desk.safety_plans.form_of(plans[0])
    told = [form.answer(plans[0].answers, means) or () for means in (Means.PEOPLE_I_ASK, Means.PROFESSIONALS)]
    return [each for several in told for each in several if each.get("name")]


def _called(sitting: Sitting | None, sessions: Sequence[Session]) -> str:
    """Return how the circle compared with is called: "session 2, 19 March 2026", "before this began"."""
    return _("before this began") if sitting is not None and sitting.is_before else sitting_caption(sitting, sessions)
