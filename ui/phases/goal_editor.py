"""Setting a goal or saying one otherwise: its words, the problem area it belongs to, and the arrow it points at."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Goal
from ui.phases.goal_reading import Arrow
from ui.phases.record_editor import RecordEditor, add_hint, add_row, captions_above
from ui.widgets.choice_field import ChoiceField
from ui.widgets.naming import named

_NO_TIME = datetime.min.replace(tzinfo=UTC)


class GoalEditor(RecordEditor):
    """One goal. `goal_kept` carries it; who hears it knows whether it is new."""

    goal_kept = Signal(object)

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent, opener, name="goal_editor", spoken=_("Goal"))
        self._goal: Goal | None = None
        self._meant: Goal | None = None
        self.arrow: ChoiceField | None = None
        self._arrows: Sequence[Arrow] = ()

    @property
    def goal(self) -> Goal | None:
        """The goal in the fields, or None."""
        return self._goal

    @property
    def goal_id(self) -> str:
        """The goal in the fields, or ""."""
        return self._goal.id if self._goal else ""

    def open(self, goal: Goal, areas: Sequence[tuple[str, str]], arrows: Sequence[Arrow] = (), *, is_new: bool = False) -> None:
        """Show a goal; `arrows` are those that a new one may point at. What was typed before Esc is still there."""
        meant = replace(goal, id="", created_at=_NO_TIME) if is_new else goal
        if self.body is None or self._meant != meant:
            self.drop_body()
            self._goal, self._meant, self._arrows = goal, meant, arrows
            self._build(goal, areas)
        self.show()
        self._words.setFocus(Qt.FocusReason.OtherFocusReason)
        self._words.selectAll()

    def _build(self, goal: Goal, areas: Sequence[tuple[str, str]]) -> None:
        body, column = self.begin_body()
        self.add_first(column, body)
        form = captions_above()
        self._words = named(QLineEdit(goal.words, body), "goal_words", _("Goal, in the client’s words"))
        add_row(form, _("Goal, in the client’s words"), self._words, self)
        self._area = ChoiceField(body, name="goal_area", spoken=_("Problem area"))
        for area_id, word in (*areas, (None, _("none"))):
            self._area.addItem(word, area_id)
        known = goal.problem_area_id if goal.problem_area_id in {key for key, _word in areas} else None
        self._area.setCurrentIndex(self._area.findData(known) if known else self._area.count() - 1)
        add_row(form, _("Problem area"), self._area, self)
        self._add_arrows(form)
        self.add_more(form, body, goal)
        column.addLayout(form)
        self.add_last(column, body)
        self.error = self.end_body(body, column)

    def _add_arrows(self, form: QFormLayout) -> None:
        assert self.body is not None  # noqa: S101 - `_build`, the only caller, has made it
        self.arrow = None
        if not self._arrows:
            return
        self.arrow = ChoiceField(self.body, name="goal_arrow", spoken=_("Arrow of the circle"))
        self.arrow.addItem(_("none, in words alone"), "")
        for each in self._arrows:
            self.arrow.addItem(each.line, each.person_id)
        self.arrow.activated.connect(self._on_arrow)
        add_row(form, _("Arrow of the circle"), self.arrow, self)
        add_hint(form, _("Then the way so far is told from the circle, in ring words."), self.body, name="goal_arrow_hint")

    def add_first(self, column: QVBoxLayout, body: QWidget) -> None:
        """Put what stands above the fields."""

    def add_more(self, form: QFormLayout, body: QWidget, goal: Goal) -> None:
        """Add further fields."""

    def add_last(self, column: QVBoxLayout, body: QWidget) -> None:
        """Put what stands below the fields."""

    def with_more(self, goal: Goal) -> Goal | None:
        """Return the goal with what stands in the further fields, None where that can't be: it is said there."""
        return goal

    def _chosen_arrow(self) -> Arrow | None:
        chosen = self.arrow.currentData() if self.arrow is not None else ""
        return next((each for each in self._arrows if each.person_id == chosen), None)

    def _on_arrow(self) -> None:
        """Propose words for the arrow, unless others were typed."""
        arrow, typed = self._chosen_arrow(), self._words.text().strip()
        if not typed or typed in {each.words for each in self._arrows}:
            self._words.setText(arrow.words if arrow else "")

    def on_keep(self) -> None:
        """Keep the goal, once it has words."""
        if self._goal is None or self.body is None:
            return
        words = " ".join(self._words.text().split())
        if not words:
            self.error.show_error(_("Say in a few words what the client wants to reach."), self._words)
            self._words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        goal, arrow = self._goal, self._chosen_arrow()
        if arrow is not None:
            goal = replace(goal, person_id=arrow.person_id, is_closeness=True, start=arrow.felt)
        told = self.with_more(replace(goal, words=words, problem_area_id=self._area.currentData()))
        if told is None:
            return
        self.forget()
        self.goal_kept.emit(told)

    def drop_body(self) -> None:
        """Empty the fields, and let go of the record."""
        self._goal, self._meant, self._arrows = None, None, ()
        if self.body is not None:
            self._words.clear()
            for field in (self._area, self.arrow):
                if field is not None:
                    field.clear()
            self.arrow = None
            self.part_with_body()
