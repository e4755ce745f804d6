"""What are we working on: what the therapist does with problem areas, their stages and strategies, and with goals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import DisputeStage, ProblemArea, StageChange, new_id
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Goal, GoalRating, StrategyWork
from ui.page import Frame
from ui.phases.area_commands import JudgeStage, KeepArea, MarkStrategy, RemoveArea, TakeBackStage, UnmarkStrategy
from ui.phases.area_reading import sessions_so_far
from ui.phases.areas_card import AreasCard
from ui.phases.goal_commands import AddGoal, ChangeGoal, RemoveGoal, TakeBackRating, rating_verb
from ui.phases.reading import CourseReading
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


class WorkingOn(QObject):
    """Shows the problem areas and goals of the course in their card, and does what is asked there."""

    def __init__(self, desk: Desk, frame: Frame, card: AreasCard, push: Callable[[Verb], None], refused: Told) -> None:
        super().__init__(card)
        self._desk, self._frame, self._card, self._push, self._refused = desk, frame, card, push, refused
        self._reading: CourseReading | None = None
        self._is_offering = False
        card.area_kept.connect(self._on_area_kept)
        card.area_removed.connect(self._on_area_removed)
        card.stage_judged.connect(self._on_stage_judged)
        card.stage_dated.connect(self._on_stage_dated)
        card.stage_taken_back.connect(self._on_stage_taken_back)
        card.marked.connect(self._on_marked)
        card.goal_rated.connect(self._on_goal_rated)
        card.rating_taken_back.connect(self._on_rating_taken_back)
        card.goal_kept.connect(self._on_goal_kept)
        card.goal_removed.connect(self._on_goal_removed)

    def show_course(self, reading: CourseReading) -> None:
        """Show the problem areas and goals of a course."""
        self._reading = reading
        if not self._is_offering:
            self._is_offering = True
            forms = self._desk.resources.forms_for(Purpose.WORKSHEET)
            self._card.offer_worksheets([(each.key, _(each.title), each.is_confronting) for each in forms])
        name = self._frame.name_of(self._desk.clients.client(reading.course.client_id))
        self._card.show_course(reading, (name.split() or [name])[0])

    def keep(self) -> None:
        """Keep what was chosen and not told yet."""
        self._card.keep()

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

    def _on_stage_taken_back(self, stage: StageChange) -> None:
        self._push(TakeBackStage(self._desk.phases, stage, self._refused))

    def _on_marked(self, area: ProblemArea, strategy: str, number: int, is_marked: bool) -> None:
        """Mark a strategy as worked on in the session of a number, or take that mark back."""
        if self._reading is None:
            return
        session = sessions_so_far(self._reading).session(number)
        if session is None:
            words = _("No session has been held so far. A strategy is marked in the session that worked on it.")
            self._refused(words)
            return
        place = (area.id, strategy, session.id)
        works = self._reading.works
        known = next((each for each in works if (each.problem_area_id, each.strategy, each.session_id) == place), None)
        if is_marked and known is None:
            mark = StrategyWork(problem_area_id=area.id, strategy=strategy, session_id=session.id, on=session.date)
            self._push(MarkStrategy(self._desk.strategies, mark, self._refused))
        elif known is not None and not is_marked:
            self._push(UnmarkStrategy(self._desk.strategies, known, self._refused))

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

    def _on_goal_rated(self, goal: Goal, value: int | None, number: int) -> None:
        """Keep how far a goal is, in the session of a number or today (0); None takes that back."""
        if self._reading is None:
            return
        session, ratings = sessions_so_far(self._reading).session(number), self._reading.goals.ratings
        verb = rating_verb(self._desk.goals, goal, ratings, session, self._reading.today, value, self._refused)
        if verb is not None:
            self._push(verb)

    def _on_rating_taken_back(self, rating: GoalRating) -> None:
        self._push(TakeBackRating(self._desk.goals, rating, self._refused))
