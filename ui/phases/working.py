"""What are we working on: what the therapist does with problem areas, their stages and strategies, and with goals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ipt_desktop.domain.records import DisputeStage, ProblemArea, StageChange, new_id
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Goal
from ui.phases.area_commands import JudgeStage, KeepArea, RemoveArea
from ui.phases.areas_card import AreasCard
from ui.phases.goal_commands import AddGoal, ChangeGoal, RemoveGoal
from ui.phases.reading import CourseReading
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class WorkingOn(QObject):
    """Shows the problem areas and goals of the course in their card, and does what is asked there."""

    def __init__(self, desk: Desk, card: AreasCard, push: Callable[[Verb], None], refused: Told) -> None:
        super().__init__(card)
        self._desk, self._card, self._push, self._refused = desk, card, push, refused
        self._reading: CourseReading | None = None
        card.area_kept.connect(self._on_area_kept)
        card.area_removed.connect(self._on_area_removed)
        card.stage_judged.connect(self._on_stage_judged)
        card.stage_dated.connect(self._on_stage_dated)
        card.goal_kept.connect(self._on_goal_kept)
        card.goal_removed.connect(self._on_goal_removed)

    def show_course(self, reading: CourseReading) -> None:
        """Show the problem areas and goals of a course."""
        self._reading = reading
        self._card.show_course(reading)

    def forget(self) -> None:
        """Let go of every word."""
        self._reading = None
        self._card.forget()

    # -- problem areas ---------------------------------------------------------------------------------------------

    def _on_area_kept(self, area: ProblemArea) -> None:
        if self._reading is None:
            return
        old = next((each for each in self._reading.areas if each.id == area.id), None)
        if area != old:
            words = _("Change {area}") if old else _("Agree on {area}")
            words = words.format(area=self._reading.area_label(area.area))
            self._push(KeepArea(self._desk.phases, old, area, words, self._refused))

    def _on_area_removed(self, area: ProblemArea) -> None:
        if self._reading is not None:
            words = _("Remove {area}").format(area=self._reading.area_label(area.area))
            self._push(RemoveArea(self._desk.phases, area, words, self._refused))

    def _on_stage_judged(self, area: ProblemArea, stage: DisputeStage) -> None:
        """Judge a stage today; a second judgement of the same day corrects the first."""
        if self._reading is None:
            return
        latest = next(iter(self._reading.stages_of(area)), None)
        if latest is not None and latest.stage == stage:
            return
        new = StageChange(problem_area_id=area.id, stage=stage, on=self._reading.today)
        same_day = latest if latest is not None and latest.on == new.on else None
        self._push(JudgeStage(self._desk.phases, new, _("Judge the stage"), self._refused, instead_of=same_day))

    def _on_stage_dated(self, stage: StageChange, day: date) -> None:
        new = replace(stage, id=new_id(), on=day)
        self._push(JudgeStage(self._desk.phases, new, _("Change the date of the stage"), self._refused, instead_of=stage))

    # -- goals -----------------------------------------------------------------------------------------------------

    def _on_goal_kept(self, goal: Goal) -> None:
        if self._reading is None:
            return
        old = next((each for each in self._reading.goals.goals if each.id == goal.id), None)
        if old is None:
            self._push(AddGoal(self._desk.goals, goal, self._refused))
        elif goal != old:
            self._push(ChangeGoal(self._desk.goals, old, goal, self._refused))

    def _on_goal_removed(self, goal: Goal) -> None:
        self._push(RemoveGoal(self._desk.goals, goal, self._refused))
