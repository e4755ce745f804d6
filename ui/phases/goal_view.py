"""Goals under what they belong to: each in the client's words, an arrow's with the way so far; the link that sets another."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.goal import Way
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Goal
from ui.phases.goal_bar import GoalBar
from ui.phases.goal_reading import GoalReading
from ui.widgets.buttons import icon_button, link
from ui.widgets.labels import label


class GoalView(QWidget):
    """One goal. It says what is wished (`edit_asked`, `removed`) and changes nothing itself."""

    edit_asked = Signal(object)
    removed = Signal(object)

    def __init__(self, goal: Goal, way: Way | None, rings: RingWords, parent: QWidget, *, is_read_only: bool = False) -> None:
        super().__init__(parent)
        self._goal = goal
        self.setObjectName(f"goal_{goal.id}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(self._head(goal, is_read_only=is_read_only))
        if way is not None:
            self._add_way(column, goal, way, rings)

    def _head(self, goal: Goal, *, is_read_only: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        words = label(goal.words, self, name=f"goal_{goal.id}_words", wraps=True)
        words.setMinimumWidth(1)  # a word without an end must not widen the column
        row.addWidget(words, 1)
        if not is_read_only:
            said = _("Change the goal “{words}”…").format(words=goal.words)
            self._edit = icon_button("pencil", self, name=f"goal_edit_{goal.id}", spoken=said)
            self._edit.clicked.connect(self._on_edit)
            said = _("Remove the goal “{words}”").format(words=goal.words)
            remove = icon_button("trash-2", self, name=f"goal_remove_{goal.id}", spoken=said)
            remove.clicked.connect(self._on_remove)
            for button in (self._edit, remove):
                row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _add_way(self, column: QVBoxLayout, goal: Goal, way: Way, rings: RingWords) -> None:
        places = way.places(rings)
        if not way.gone:
            bar = GoalBar(self, name=f"goal_{goal.id}_bar")
            bar.show_way(way, f"{goal.words}: {way.words}. {places}")
            column.addWidget(bar)
        words = " · ".join(each for each in (way.words, places) if each)
        said = label(words, self, kind="caption", tone="text_soft", name=f"goal_{goal.id}_way", wraps=True)
        said.setMinimumWidth(1)
        column.addWidget(said)

    def _on_edit(self) -> None:
        self.edit_asked.emit(self._goal)

    def _on_remove(self) -> None:
        self.removed.emit(self._goal)


class GoalsView(QWidget):
    """The goals of one problem area, or those of none (`area_id` None), and a link that sets another."""

    add_asked = Signal(object)
    edit_asked = Signal(object)
    removed = Signal(object)

    def __init__(self, reading: GoalReading, area_id: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._area_id = area_id
        self.setObjectName(f"goals_{area_id or 'other'}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        goals: Sequence[Goal] = reading.of_area(area_id)
        if goals:
            words = _("Goals") if area_id else _("Goals of no problem area")
            column.addWidget(label(words, self, kind="label", tone="text_soft"))
        for goal in goals:
            view = GoalView(goal, reading.ways.get(goal.id), reading.rings, self)
            view.edit_asked.connect(self.edit_asked)
            view.removed.connect(self._on_removed)
            column.addWidget(view)
        area = reading.area_word(area_id)
        said = _("Set a goal for {area}…").format(area=area) if area else _("Set a goal…")
        self._add = link(_("Goal…"), self, name=f"goal_add_{area_id or 'other'}", icon="plus", spoken=said, is_flush=True)
        self._add.clicked.connect(self._on_add)
        column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_add(self) -> None:
        self.add_asked.emit(self._area_id)

    def _on_removed(self, goal: Goal) -> None:
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)  # what had the keyboard goes
        self.removed.emit(goal)
