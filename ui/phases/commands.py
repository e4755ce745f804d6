"""What can be undone on the Phases tab: one command for each act of the therapist, by ids and records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.records import Course, PhaseChange, ProblemArea, StageChange, TaskTick
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.services.courses import Courses
    from ipt_desktop.services.phases import Phases


class PhasesCommand(Verb):
    """An act of the therapist: what it does, and what takes it back."""

    def redo(self) -> None:
        """Do it, or do it again."""
        self.attempt(self._do)

    def undo(self) -> None:
        """Make it as it was before."""
        self.attempt(self._take_back)

    def _do(self) -> None:
        raise NotImplementedError

    def _take_back(self) -> None:
        raise NotImplementedError


class EnterPhase(PhasesCommand):
    """The therapist sets a phase, on a date, for a reason. Done again, it is the same change."""

    def __init__(self, phases: Phases, change: PhaseChange, words: str, refused: Told) -> None:
        super().__init__(words, refused)
        self._phases = phases
        self._change = change
        self._is_known = False

    def _do(self) -> None:
        if self._is_known:
            self._phases.bring_back_phase(self._change)
            return
        asked = self._change
        self._change = self._phases.enter_phase(asked.course_id, asked.phase, asked.on, asked.reason)
        self._is_known = True

    def _take_back(self) -> None:
        self._phases.take_back_phase(self._change.id)


class TakeBackPhase(PhasesCommand):
    """A phase change was a mistake: the one before it holds again."""

    def __init__(self, phases: Phases, change: PhaseChange, words: str, refused: Told) -> None:
        super().__init__(words, refused)
        self._phases = phases
        self._change = change

    def _do(self) -> None:
        self._phases.take_back_phase(self._change.id)

    def _take_back(self) -> None:
        self._phases.bring_back_phase(self._change)


class ChangeTick(PhasesCommand):
    """A task is ticked, ticked on another date, or open again; `old` and `new` are None where it is open."""

    def __init__(self, phases: Phases, old: TaskTick | None, new: TaskTick | None, words: str, refused: Told) -> None:
        super().__init__(words, refused)
        self._phases = phases
        self._old, self._new = old, new

    def _do(self) -> None:
        self._make(self._new, self._old)

    def _take_back(self) -> None:
        self._make(self._old, self._new)

    def _make(self, tick: TaskTick | None, other: TaskTick | None) -> None:
        if tick is not None:
            self._phases.tick_task(tick.course_id, tick.task, tick.on, tick.session_id)
        elif other is not None:
            self._phases.untick_task(other.course_id, other.task)


class KeepArea(PhasesCommand):
    """A problem area is agreed (`old` is None) or said otherwise."""

    def __init__(self, phases: Phases, old: ProblemArea | None, new: ProblemArea, words: str, refused: Told) -> None:
        super().__init__(words, refused)
        self._phases = phases
        self._old, self._new = old, new

    def _do(self) -> None:
        self._phases.keep_problem_area(self._new)

    def _take_back(self) -> None:
        if self._old is None:
            self._phases.remove_problem_area(self._new.id)
        else:
            self._phases.keep_problem_area(self._old)


class RemoveArea(PhasesCommand):
    """A problem area is taken out with the stages judged of it; undone, all of them are there again."""

    def __init__(self, phases: Phases, area: ProblemArea, stages: Sequence[StageChange], words: str, refused: Told) -> None:
        super().__init__(words, refused)
        self._phases = phases
        self._area, self._stages = area, tuple(stages)

    def _do(self) -> None:
        self._phases.remove_problem_area(self._area.id)

    def _take_back(self) -> None:
        self._phases.keep_problem_area(self._area)
        for stage in self._stages:
            self._phases.bring_back_stage(stage)


class JudgeStage(PhasesCommand):
    """A dispute's stage is judged; with `instead_of`, that judgement is the one corrected."""

    def __init__(
        self,
        phases: Phases,
        stage: StageChange,
        words: str,
        refused: Told,
        *,
        instead_of: StageChange | None = None,
    ) -> None:
        super().__init__(words, refused)
        self._phases = phases
        self._stage, self._instead_of = stage, instead_of

    def _do(self) -> None:
        if self._instead_of is not None:
            self._phases.take_back_stage(self._instead_of.id)
        self._phases.bring_back_stage(self._stage)

    def _take_back(self) -> None:
        self._phases.take_back_stage(self._stage.id)
        if self._instead_of is not None:
            self._phases.bring_back_stage(self._instead_of)


class ChangeTerms(PhasesCommand):
    """The course is agreed longer or shorter, or its phases otherwise. Undone, nothing but the terms is put back."""

    def __init__(self, courses: Courses, old: Course, new: Course, words: str, refused: Told) -> None:
        super().__init__(words, refused)
        self._courses = courses
        self._old, self._new = old, new

    def _do(self) -> None:
        self._keep(self._new)

    def _take_back(self) -> None:
        self._keep(self._old)

    def _keep(self, terms: Course) -> None:
        present = self._courses.course(terms.id)
        self._courses.change_course(
            replace(present, planned_sessions=terms.planned_sessions, phases=terms.phases, planned_end=terms.planned_end)
        )
