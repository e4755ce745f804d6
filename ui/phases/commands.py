"""What can be undone on the Phases tab: one command for each act of the therapist, by ids and records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.records import Course, PhaseChange, TaskTick
from ipt_desktop.domain.text import _
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.domain.protocol import Protocol
    from ipt_desktop.domain.treatment_records import TermsChange
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
        self._change = self._phases.enter_phase(asked.course_id, asked.phase, asked.on, asked.reason, asked.review_on)
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


class MoveReview(PhasesCommand):
    """Another day was agreed to look again at the present phase, or none."""

    def __init__(self, phases: Phases, change: PhaseChange, review_on: date | None, refused: Told) -> None:
        super().__init__(_("Move the review") if review_on else _("Agree on no review"), refused)
        self._phases, self._change, self._review_on = phases, change, review_on

    def _do(self) -> None:
        self._phases.move_review(self._change.id, self._review_on)

    def _take_back(self) -> None:
        self._phases.move_review(self._change.id, self._change.review_on)


class ChangeProtocol(PhasesCommand):
    """The course goes on under another protocol. Undone, it has its own again, and the terms it had."""

    def __init__(self, courses: Courses, course_id: str, protocol: Protocol, on: date, reason: str, refused: Told) -> None:
        super().__init__(_("Change the protocol"), refused)
        self._courses, self._course_id, self._protocol, self._on, self._reason = courses, course_id, protocol, on, reason
        self._change: TermsChange | None = None

    def _do(self) -> None:
        self._change = self._courses.change_protocol(self._course_id, self._protocol, self._on, self._reason)

    def _take_back(self) -> None:
        if self._change is not None:
            self._courses.take_back_terms(self._change)


class TakeBackTerms(PhasesCommand):
    """The latest change of what was agreed was a mistake: what was agreed before holds again."""

    def __init__(self, courses: Courses, course: Course, change: TermsChange, refused: Told) -> None:
        super().__init__(_("Take back what was agreed"), refused)
        self._courses, self._course, self._change = courses, course, change

    def _do(self) -> None:
        self._courses.take_back_terms(self._change)

    def _take_back(self) -> None:
        self._courses.bring_back_terms(self._course, self._change)
