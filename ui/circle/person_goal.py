"""The goals about the person chosen: a link that makes their arrow one, then its way so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Goal
from ui.phases.goal_editor import GoalEditor
from ui.phases.goal_reading import GoalTold
from ui.phases.goal_view import GoalView
from ui.phases.parting import let_go
from ui.widgets.buttons import link


@dataclass(frozen=True, slots=True)
class PersonGoals:
    """What there is to show: goals with what is told of them, and the one `proposed`, or None.

    `areas` are (id, word) of the course's problem areas.
    """

    goals: Sequence[GoalTold] = ()
    proposed: Goal | None = None
    areas: Sequence[tuple[str, str]] = ()
    rings: RingWords = field(default_factory=RingWords)
    is_read_only: bool = False


class PersonGoal(QWidget):
    """It says what is wished (`goal_kept`, `goal_removed`) and changes nothing itself."""

    goal_kept = Signal(object)
    goal_removed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("person_goal")
        self._person_id = ""
        self._shown = PersonGoals()
        self._parting: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._goals = QVBoxLayout()
        self._goals.setSpacing(6)
        column.addLayout(self._goals)
        self._make = link(_("Make this a goal"), self, name="person_goal_make", icon="flag", is_flush=True)
        self._make.clicked.connect(self._on_make)
        column.addWidget(self._make, 0, Qt.AlignmentFlag.AlignLeft)
        self.editor = GoalEditor(self, self._make)
        self.editor.goal_kept.connect(self.goal_kept)
        column.addWidget(self.editor)
        self.hide()

    def show_goals(self, person_id: str, shown: PersonGoals) -> None:
        """Show the goals about a person ("" for nobody), and whether their arrow can be made one."""
        if person_id != self._person_id or (self.editor.goal_id and shown.is_read_only):
            self.editor.forget()
        self._make.setVisible(shown.proposed is not None)
        self.setVisible(bool(shown.goals) or shown.proposed is not None)
        if (person_id, shown.goals, shown.is_read_only) == (self._person_id, self._shown.goals, self._shown.is_read_only):
            self._shown = shown
            return
        self._person_id, self._shown = person_id, shown
        focused = cast("QWidget | None", self.focusWidget())
        name = focused.objectName() if focused is not None and not self.editor.isAncestorOf(focused) else ""
        self._parting = let_go(self._goals)
        for told in shown.goals:
            view = GoalView(told, shown.rings, self, is_read_only=shown.is_read_only)
            view.edit_asked.connect(self._on_edit)
            view.removed.connect(self._on_removed)
            self._goals.addWidget(view)
            view.show()
        again = self.findChild(QWidget, name) if name else None
        if again is not None and again.isVisibleTo(self):
            again.setFocus(Qt.FocusReason.OtherFocusReason)
        self._follow_editor()

    def forget(self) -> None:
        """Let go of every word."""
        self.editor.forget()
        self.show_goals("", PersonGoals())

    def _follow_editor(self) -> None:
        """Let the editor give the keyboard back to what stands here now."""
        opener = self.findChild(QWidget, f"goal_edit_{self.editor.goal_id}") if self.editor.goal_id else None
        self.editor.give_back_to(opener or self._make)

    def _on_make(self) -> None:
        if self._shown.proposed is not None:
            self.editor.give_back_to(self._make)
            self.editor.open(self._shown.proposed, self._shown.areas, is_new=True)

    def _on_edit(self, goal: Goal) -> None:
        self.editor.open(goal, self._shown.areas)
        self._follow_editor()

    def _on_removed(self, goal: Goal) -> None:
        self.goal_removed.emit(goal)
        if self._make.isVisible():
            self._make.setFocus(Qt.FocusReason.OtherFocusReason)
