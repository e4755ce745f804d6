"""Setting a goal or saying one otherwise: its words, the problem area it belongs to, and the arrow it points at."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.records import Goal
from ipt_desktop.domain.text import _
from ui.phases.goal_reading import Arrow
from ui.phases.parting import part_with
from ui.phases.phase_editor import InlineEditor
from ui.widgets.card import hairline
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import FieldError, HintLabel, label
from ui.widgets.naming import named

_NO_TIME = datetime.min.replace(tzinfo=UTC)


class GoalEditor(InlineEditor):
    """One goal. `goal_kept` carries it; who hears it knows whether it is new."""

    goal_kept = Signal(object)

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent, opener, name="goal_editor", spoken=_("Goal"))
        self._goal: Goal | None = None
        self._meant: Goal | None = None
        self._body: QWidget | None = None
        self._parting: QWidget | None = None
        self._arrow: ChoiceField | None = None
        self._arrows: Sequence[Arrow] = ()

    @property
    def goal_id(self) -> str:
        """The goal in the fields, or ""."""
        return self._goal.id if self._goal else ""

    def give_back_to(self, opener: QWidget) -> None:
        """Let the keyboard go there once it closes."""
        self._opener = opener

    def open(self, goal: Goal, areas: Sequence[tuple[str, str]], arrows: Sequence[Arrow] = (), *, is_new: bool = False) -> None:
        """Show a goal; `arrows` are those that a new one may point at. What was typed before Esc is still there."""
        meant = replace(goal, id="", created_at=_NO_TIME) if is_new else goal
        if self._body is None or self._meant != meant:
            self._drop_body()
            self._goal, self._meant, self._arrows = goal, meant, arrows
            self._build(goal, areas)
        self.show()
        self._words.setFocus(Qt.FocusReason.OtherFocusReason)
        self._words.selectAll()

    def _build(self, goal: Goal, areas: Sequence[tuple[str, str]]) -> None:
        self._body = QWidget(self)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(4)
        self._words = named(QLineEdit(goal.words, self._body), "goal_words", _("Goal, in the client’s words"))
        self._add_row(form, _("Goal, in the client’s words"), self._words)
        self._area = ChoiceField(self._body, name="goal_area", spoken=_("Problem area"))
        for area_id, word in (*areas, (None, _("none"))):
            self._area.addItem(word, area_id)
        known = goal.problem_area_id if goal.problem_area_id in {key for key, _word in areas} else None
        self._area.setCurrentIndex(self._area.findData(known) if known else self._area.count() - 1)
        self._add_row(form, _("Problem area"), self._area)
        self._add_arrows(form)
        column.addLayout(form)
        self._error = FieldError(self._body, name="goal_error")
        column.addWidget(self._error)
        line = self.add_buttons(_("Keep"), self._body)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(hairline(self._body))
        self.column.addWidget(self._body)

    def _add_arrows(self, form: QFormLayout) -> None:
        assert self._body is not None  # noqa: S101 - `_build`, the only caller, has made it
        self._arrow = None
        if not self._arrows:
            return
        self._arrow = ChoiceField(self._body, name="goal_arrow", spoken=_("Arrow of the circle"))
        self._arrow.addItem(_("none, in words alone"), "")
        for each in self._arrows:
            self._arrow.addItem(each.line, each.person_id)
        self._arrow.activated.connect(self._on_arrow)
        self._add_row(form, _("Arrow of the circle"), self._arrow)
        hint = HintLabel(_("Then the way so far is told from the circle, in ring words."), self._body, name="goal_arrow_hint")
        form.addRow(hint)

    def _add_row(self, form: QFormLayout, words: str, field: QWidget) -> None:
        form.addRow(label(words, self, kind="label", tone="text_soft"), field)

    def _chosen_arrow(self) -> Arrow | None:
        chosen = self._arrow.currentData() if self._arrow is not None else ""
        return next((each for each in self._arrows if each.person_id == chosen), None)

    def _on_arrow(self) -> None:
        """Propose words for the arrow, unless others were typed."""
        arrow, typed = self._chosen_arrow(), self._words.text().strip()
        if not typed or typed in {each.words for each in self._arrows}:
            self._words.setText(arrow.words if arrow else "")

    def on_keep(self) -> None:
        """Keep the goal, once it has words."""
        if self._goal is None or self._body is None:
            return
        words = " ".join(self._words.text().split())
        if not words:
            self._error.show_error(_("Say in a few words what the client wants to reach."), self._words)
            self._words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        goal, arrow = self._goal, self._chosen_arrow()
        if arrow is not None:
            goal = replace(goal, person_id=arrow.person_id, is_closeness=True, start=arrow.felt)
        goal = replace(goal, words=words, problem_area_id=self._area.currentData())
        self.forget()
        self.goal_kept.emit(goal)

    def forget(self) -> None:
        """Close, and let go of what was typed."""
        self.close_editor()
        self._drop_body()

    def _drop_body(self) -> None:
        self._goal, self._meant, self._arrows = None, None, ()
        if self._body is not None:
            self._words.clear()
            for field in (self._area, self._arrow):
                if field is not None:
                    field.clear()
            part_with(self._body)
            self._parting, self._body, self._arrow = self._body, None, None  # its button may be the sender of what led here
