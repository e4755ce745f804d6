"""What can be undone on the Phases tab: one command for each act of the therapist, by ids and records."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.records import Course, PhaseChange, TaskTick
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
