"""The goals of a course as a page shows them: each with its way, and the arrows that a goal can point at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ipt_desktop.domain.attainment import Attainment, attainment_of
from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.goal import Way, can_point, proposed_words, wanted_line, way_of
from ipt_desktop.domain.records import Person, Placement, ProblemArea
from ipt_desktop.domain.told_apart import told_apart
from ipt_desktop.domain.treatment_records import Goal, GoalRating, GoalStatus

if TYPE_CHECKING:
    from ipt_desktop.domain.protocol import Protocol
    from ipt_desktop.domain.wording import Wording
    from ipt_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow of the circle that a goal can point at: whose, from where, how it reads, and the words proposed for the goal."""

    person_id: str
    felt: float
    line: str
    words: str


@dataclass(frozen=True, slots=True)
class GoalTold:
    """A goal with all that is told of it: its `way` on the circle, how far it is as the client says, and whom it is about."""

    goal: Goal
    way: Way | None = None
    attainment: Attainment = field(default_factory=Attainment)
    ratings: tuple[GoalRating, ...] = ()
    person: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is still worked on."""
        return self.goal.status is GoalStatus.OPEN


@dataclass(frozen=True, slots=True)
class GoalReading:
    """Goals in the order they were set; `ways` by goal id of those that point at an arrow; `areas` as (id, word).

    `people` are the names of whom they are about.
    """

    goals: Sequence[Goal] = ()
    ways: Mapping[str, Way] = field(default_factory=dict)
    rings: RingWords = field(default_factory=RingWords)
    areas: Sequence[tuple[str, str]] = ()
    arrows: Sequence[Arrow] = ()
    ratings: Sequence[GoalRating] = ()
    people: Mapping[str, str] = field(default_factory=dict)

    @property
    def open_goals(self) -> list[Goal]:
        """The goals that are still worked on."""
        return [each for each in self.goals if each.status is GoalStatus.OPEN]

    def of_area(self, area_id: str | None) -> list[Goal]:
        """Return the goals of a problem area, or those of none."""
        known = {key for key, _word in self.areas}
        return [each for each in self.goals if (each.problem_area_id if each.problem_area_id in known else None) == area_id]

    def told_of(self, area_id: str | None) -> list[GoalTold]:
        """Return what is told of the goals of a problem area, or of none: those still open first."""
        told = [self._told(each) for each in self.of_area(area_id)]
        return sorted(told, key=lambda each: not each.is_open)

    def _told(self, goal: Goal) -> GoalTold:
        own = tuple(each for each in self.ratings if each.goal_id == goal.id)
        return GoalTold(goal, self.ways.get(goal.id), attainment_of(goal, own), own, self.people.get(goal.person_id or "", ""))

    def area_word(self, area_id: str | None) -> str:
        """Return what the problem area is called, "" for none."""
        return next((word for key, word in self.areas if key == area_id), "")


def ring_words(protocol: Protocol) -> RingWords:
    """Return what the protocol calls the rings."""
    rings = protocol.rings
    return RingWords((rings.inner, rings.middle, rings.outer), rings.outside)


def area_words(areas: Sequence[ProblemArea], wording: Wording) -> list[tuple[str, str]]:
    """Return (id, word) of problem areas."""
    return [(each.id, wording.area(each.area)) for each in areas]


def arrow_of(person: Person, placement: Placement | None, words: RingWords) -> Arrow | None:
    """Return the arrow from where someone stands to where they are wanted, or None where there is none to point at."""
    if placement is None or placement.desired is None or not can_point(person, placement):
        return None
    line = f"{person.name}: {wanted_line(placement.felt, placement.desired, words)}"
    return Arrow(person.id, placement.felt, line, proposed_words(person.name, placement.felt, placement.desired))


def read_goals(desk: Desk, course_id: str, areas: Sequence[ProblemArea]) -> GoalReading:
    """Read the goals of a course with the circle as it stands now. Raises RecordGone."""
    course, circle = desk.courses.course(course_id), desk.circles.circle(course_id)
    protocol = desk.courses.protocol_of(course)
    goals, words = desk.goals.goals(course_id), ring_words(protocol)
    people = {each.id: each for each in circle.people}
    ways = {each.id: way_of(each, people, circle.placements) for each in goals}
    taken = {each.person_id for each in goals if each.is_closeness}
    free = [each for each in circle.people if each.id not in taken]
    arrows = [arrow_of(each, circle.placements.get(each.id), words) for each in free]
    return GoalReading(
        goals,
        {key: way for key, way in ways.items() if way is not None},
        words,
        area_words(areas, desk.courses.wording(course)),
        [each for each in arrows if each is not None],
        desk.goals.ratings(course_id),
        told_apart(circle.people),
    )
