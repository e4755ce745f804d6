"""What can be undone of problem areas: agreeing on one, removing it, judging its stage, marking where it was worked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.records import ProblemArea, StageChange
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import StrategyWork
from ui.phases.commands import PhasesCommand
from ui.verb import Told

if TYPE_CHECKING:
    from ipt_desktop.services.area_leaving import LeavingArea
    from ipt_desktop.services.phases import Phases
    from ipt_desktop.services.strategies import Strategies


class KeepArea(PhasesCommand):
    """A problem area is agreed (`old` is None) or said otherwise. Agreed again, it has back what was of it."""

    def __init__(self, phases: Phases, old: ProblemArea | None, new: ProblemArea, words: str, refused: Told) -> None:
        super().__init__(words, refused)
        self._phases = phases
        self._old, self._new = old, new
        self._leaving: LeavingArea | None = None

    def _do(self) -> None:
        if self._leaving is not None:
            self._phases.restore_problem_area(self._leaving)
        else:
            self._phases.keep_problem_area(self._new)

    def _take_back(self) -> None:
        if self._old is None:
            self._leaving = self._phases.remove_problem_area(self._new.id)
        else:
            self._phases.keep_problem_area(self._old)


class RemoveArea(PhasesCommand):
    """A problem area is taken out with all that is of it alone; undone, all of it is there again."""

    def __init__(self, phases: Phases, area: ProblemArea, words: str, refused: Told) -> None:
        super().__init__(words, refused)
        self._phases = phases
        self._area = area
        self._leaving: LeavingArea | None = None

    def _do(self) -> None:
        self._leaving = self._phases.remove_problem_area(self._area.id)

    def _take_back(self) -> None:
        if self._leaving is not None:
            self._phases.restore_problem_area(self._leaving)


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


class TakeBackStage(PhasesCommand):
    """A judgement of the stage was a mistake: the one before it holds again."""

    def __init__(self, phases: Phases, stage: StageChange, refused: Told) -> None:
        super().__init__(_("Take back the stage"), refused)
        self._phases = phases
        self._stage = stage

    def _do(self) -> None:
        self._phases.take_back_stage(self._stage.id)

    def _take_back(self) -> None:
        self._phases.bring_back_stage(self._stage)


class MarkStrategy(PhasesCommand):
    """A strategy was worked on in a session. Done again, it is the same mark."""

    def __init__(self, strategies: Strategies, mark: StrategyWork, refused: Told) -> None:
        super().__init__(_("Mark a strategy"), refused)
        self._strategies = strategies
        self._mark = mark
        self._is_known = False

    def _do(self) -> None:
        if self._is_known:
            self._strategies.restore_mark(self._mark)
            return
        asked = self._mark
        self._mark = self._strategies.mark_strategy(asked.problem_area_id, asked.strategy, asked.session_id or "")
        self._is_known = True

    def _take_back(self) -> None:
        self._strategies.unmark_strategy(self._mark.id)


class UnmarkStrategy(PhasesCommand):
    """A mark is taken back."""

    def __init__(self, strategies: Strategies, mark: StrategyWork, refused: Told) -> None:
        super().__init__(_("Take back the mark of a strategy"), refused)
        self._strategies = strategies
        self._mark = mark

    def _do(self) -> None:
        self._strategies.unmark_strategy(self._mark.id)

    def _take_back(self) -> None:
        self._strategies.restore_mark(self._mark)
