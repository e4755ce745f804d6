"""What can be undone of measures: one command for each act, by ids and records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.text import _
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.domain.measure_records import MeasureResult, PlannedMeasure
    from ipt_desktop.services.measures import Entry, Measures


class EnterMeasure(Verb):
    """A measure was entered; what had been kept of it half answered (`draft_id`) goes with it, and comes back with undo."""

    def __init__(self, measures: Measures, entry: Entry, draft_id: str, refused: Told) -> None:
        super().__init__(_("Enter the {measure}").format(measure=entry.measure.name), refused)
        self._measures, self._entry, self._draft_id = measures, entry, draft_id
        self.result: MeasureResult | None = None
        self._draft: MeasureResult | None = None

    def redo(self) -> None:
        """Keep it, or put it back as it was."""
        self.attempt(self._enter)

    def undo(self) -> None:
        """Take it out."""
        self.attempt(self._take_out)

    def _enter(self) -> None:
        if self.result is None:
            self.result = self._measures.enter_measure(self._entry)
        else:
            self.result = self._measures.put_back_measure(self.result)
        if self._draft_id:
            self._draft = self._measures.remove_measure(self._draft_id)

    def _take_out(self) -> None:
        if self.result is not None:
            self.result = self._measures.remove_measure(self.result.id)
        if self._draft is not None:
            self._measures.put_back_measure(self._draft)


class BeginMeasure(Verb):
    """What was typed of a measure is kept, without counting yet."""

    def __init__(self, measures: Measures, entry: Entry, refused: Told) -> None:
        super().__init__(_("Keep what was typed of the {measure}").format(measure=entry.measure.name), refused)
        self._measures, self._entry = measures, entry
        self.result: MeasureResult | None = None

    def redo(self) -> None:
        """Keep it."""
        self.attempt(self._begin)

    def undo(self) -> None:
        """Let go of it."""
        self.attempt(self._let_go)

    def _begin(self) -> None:
        put_back, result = self._measures.put_back_measure, self.result
        self.result = put_back(result) if result is not None else self._measures.begin_measure(self._entry)

    def _let_go(self) -> None:
        if self.result is not None:
            self.result = self._measures.remove_measure(self.result.id)


class RemoveMeasure(Verb):
    """A result, or what was half answered, was taken out."""

    def __init__(self, measures: Measures, result: MeasureResult, name: str, refused: Told) -> None:
        super().__init__(_("Remove the {measure}").format(measure=name), refused)
        self._measures, self._result = measures, result

    def redo(self) -> None:
        """Take it out."""
        self.attempt(self._take_out)

    def undo(self) -> None:
        """Put it back."""
        self.attempt(lambda: self._measures.put_back_measure(self._result))

    def _take_out(self) -> None:
        self._result = self._measures.remove_measure(self._result.id)


class ChangeMeasure(Verb):
    """Other answers, or another day; where a signed note tells of the result, a correction beside it."""

    def __init__(
        self, measures: Measures, before: MeasureResult, answers: Mapping[str, float], on: date, reason: str, refused: Told
    ) -> None:
        super().__init__(_("Change the answers"), refused)
        self._measures, self._before = measures, before
        self._answers, self._on, self._reason = dict(answers), on, reason
        self.after: MeasureResult | None = None

    @property
    def is_correction(self) -> bool:
        """Whether the result stays as it was and another one stands in its place."""
        return self.after is not None and self.after.id != self._before.id

    def redo(self) -> None:
        """Keep what was changed."""
        self.attempt(self._change)

    def undo(self) -> None:
        """Let the result be as it was."""
        self.attempt(self._change_back)

    def _change(self) -> None:
        if self.after is None:
            self.after = self._measures.change_measure(self._before.id, self._answers, self._on, self._reason)
        else:
            self._measures.put_back_measure(self.after)

    def _change_back(self) -> None:
        if self.after is not None and self.is_correction:
            self._measures.remove_measure(self.after.id)
        else:
            self._measures.put_back_measure(self._before)


class PlanMeasures(Verb):
    """Which measures a course gives, and when, was settled; None is as the practice usually does."""

    def __init__(self, measures: Measures, course_id: str, plan: tuple[PlannedMeasure, ...] | None, refused: Told) -> None:
        super().__init__(_("Plan the measures"), refused)
        self._measures, self._course_id, self._plan = measures, course_id, plan
        self._before: tuple[PlannedMeasure, ...] | None = None

    def redo(self) -> None:
        """Settle it."""
        self.attempt(self._settle)

    def undo(self) -> None:
        """Let it be as it was."""
        self.attempt(lambda: self._measures.plan_measures(self._course_id, self._before))

    def _settle(self) -> None:
        before = self._measures.plan_measures(self._course_id, self._plan)
        self._before = before.measures if before is not None else None
