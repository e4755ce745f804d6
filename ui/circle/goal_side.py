"""The goals about the person chosen, read with the circle shown, and what the therapist does with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ipt_desktop.domain.attainment import attainment_of
from ipt_desktop.domain.goal import Way, way_of
from ipt_desktop.domain.records import ProblemArea
from ipt_desktop.domain.treatment_records import Goal
from ui.circle.person_goal import PersonGoal, PersonGoals
from ui.circle.shown import ShownCircle
from ui.phases.goal_commands import AddGoal, ChangeGoal, RemoveGoal
from ui.phases.goal_reading import GoalTold, area_words, arrow_of
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.domain.standing import Standing


class GoalSide(QObject):
    """Joins the goal part of the person panel to the practice. Looking back, the way is told as it was then."""

    def __init__(self, shown: ShownCircle, part: PersonGoal, push: Callable[[Verb], None], refused: Told) -> None:
        super().__init__(part)
        self._shown, self._part = shown, part
        self._push, self._refused = push, refused
        part.goal_kept.connect(self._on_kept)
        part.goal_removed.connect(self._on_removed)

    def show_person(self, chosen: Standing | None) -> None:
        """Show the goals about this person at the occasion shown, or nothing."""
        course_id = self._shown.course_id
        if chosen is None or course_id is None or self._shown.is_before:
            self._part.show_goals("", PersonGoals())
            return
        desk, day = self._shown.desk, self._shown.time.stop.day
        own = [each for each in desk.goals.goals(course_id) if each.person_id == chosen.person.id]
        if self._shown.time.is_past and day is not None:
            own = [each for each in own if each.set_on <= day]
        areas, ratings = desk.phases.problem_areas(course_id), desk.goals.ratings(course_id)
        if self._shown.time.is_past and day is not None:
            ratings = [each for each in ratings if each.on <= day]
        is_read_only = self._shown.time.is_past
        told = PersonGoals(
            tuple(GoalTold(each, self._way(each, chosen), attainment_of(each, ratings)) for each in own),
            None if is_read_only else self._proposed(course_id, chosen, own, areas),
            area_words(areas, desk.courses.wording(desk.courses.course(course_id))),
            self._shown.words,
            is_read_only,
        )
        self._part.show_goals(chosen.person.id, told)

    def forget(self) -> None:
        """Let go of every word."""
        self._part.forget()

    def _way(self, goal: Goal, chosen: Standing) -> Way | None:
        placed = {chosen.person.id: chosen.now} if chosen.now else {}
        return way_of(goal, {chosen.person.id: chosen.person}, placed)

    def _proposed(self, course_id: str, chosen: Standing, own: list[Goal], areas: list[ProblemArea]) -> Goal | None:
        """Return the goal that this person's arrow can be made, or None where there is no arrow or it is a goal already."""
        arrow = arrow_of(chosen.person, chosen.now, self._shown.words)
        if arrow is None or any(each.is_closeness for each in own):
            return None
        return Goal(
            course_id=course_id,
            words=arrow.words,
            problem_area_id=_area_for(chosen.person.id, areas),
            person_id=chosen.person.id,
            is_closeness=True,
            start=arrow.felt,
            set_on=date.today(),
        )

    def _on_kept(self, goal: Goal) -> None:
        goals = self._shown.desk.goals
        old = next((each for each in goals.goals(goal.course_id) if each.id == goal.id), None)
        if old is None:
            self._push(AddGoal(goals, goal, self._refused))
        elif goal != old:
            self._push(ChangeGoal(goals, old, goal, self._refused))

    def _on_removed(self, goal: Goal) -> None:
        self._push(RemoveGoal(self._shown.desk.goals, goal, self._refused))


def _area_for(person_id: str, areas: list[ProblemArea]) -> str | None:
    """Return the problem area a goal about this person belongs to: the one that names them, else the first worked on."""
    lasting = [each for each in areas if each.ended_on is None]
    named = next((each for each in lasting if each.person_id == person_id), None)
    chosen = named or next(iter(lasting), None)
    return chosen.id if chosen else None
