"""What are we working on: the problem areas of the course, and agreeing on one."""

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.records import ProblemArea
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Goal
from ui.phases.area_editor import AreaEditor
from ui.phases.area_view import AreaView
from ui.phases.goal_editor import GoalEditor
from ui.phases.goal_view import GoalsView
from ui.phases.parting import let_go
from ui.phases.reading import CourseReading
from ui.phases.scrolling_card import ScrollingCard
from ui.widgets.buttons import link
from ui.widgets.card import hairline
from ui.widgets.labels import label


class AreasCard(ScrollingCard):
    """The problem areas, the primary one first. It changes nothing itself."""

    area_kept = Signal(object)
    area_removed = Signal(object)
    stage_judged = Signal(object, object)
    stage_dated = Signal(object, object)
    goal_kept = Signal(object)
    goal_removed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="areas_card", title=_("What are we working on"))
        self._reading: CourseReading | None = None
        self._shown: object = None
        self._parting: list[QWidget] = []
        self._add = link(_("Problem area…"), self, name="area_add", icon="plus", spoken=_("Add a problem area…"))
        self._add.clicked.connect(self.ask_for_area)
        self.head.addWidget(self._add)
        self.editor = AreaEditor(self.paper, self._add)
        self.editor.area_kept.connect(self.area_kept)
        self.inner.addWidget(self.editor)
        self.goal_editor = GoalEditor(self.paper, self._add)
        self.goal_editor.goal_kept.connect(self.goal_kept)
        self._goal_opener = ""
        self.inner.addWidget(self.goal_editor)
        words = _(
            "No focus has been agreed. Choose one problem area with the client, two at most; the one the onset points to."
        )
        self._empty = label(words, self.paper, tone="text_soft", name="areas_empty", wraps=True)
        self.inner.addWidget(self._empty)
        self._areas = QVBoxLayout()
        self._areas.setSpacing(10)
        self.inner.addLayout(self._areas)
        self.inner.addStretch(1)

    def show_course(self, reading: CourseReading) -> None:
        """Show the problem areas of a course."""
        if self._reading is not None and self._reading.course.id != reading.course.id:
            self.editor.forget()
            self.goal_editor.forget()
        self._reading = reading
        shown = (reading.course.id, reading.areas, reading.stages, reading.people, reading.goals, reading.today)
        if shown == self._shown:
            return
        self._shown = shown
        focused = cast("QWidget | None", self.focusWidget())
        name = focused.objectName() if focused is not None and self._is_in_views(focused) else ""
        self._clear()
        self._empty.setVisible(not reading.areas)
        for place, area in enumerate(reading.areas):
            if place:
                self._areas.addWidget(hairline(self.paper))
            self._add_view(reading, area)
        if reading.goals.of_area(None) or not reading.areas:
            if reading.areas:
                self._areas.addWidget(hairline(self.paper))
            self._add_goals(reading, None)
        self.goal_editor.give_back_to(self.paper.findChild(QWidget, self._goal_opener) or self._add)
        if name and (again := self.paper.findChild(QWidget, name)) is not None:
            again.setFocus()

    def ask_for_area(self) -> None:
        """Open the editor for a new problem area."""
        if self._reading is not None:
            self.editor.open(self._reading)
            self.scroller.verticalScrollBar().setValue(0)

    def show_area(self, area_id: str) -> None:
        """Bring a problem area into sight, the last of them where none is meant, with the keyboard in it."""
        if self._reading is None or not self._reading.areas:
            return
        meant = next((each for each in self._reading.areas if each.id == area_id), self._reading.areas[-1])
        view = self.paper.findChild(QWidget, f"area_{meant.area}")
        if view is not None:
            self.scroller.ensureWidgetVisible(view, 0, self.scroller.viewport().height() // 2)
            if (edit := view.findChild(QWidget, f"edit_{meant.area}")) is not None:
                edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let go of every word."""
        self._reading = self._shown = None
        self.editor.forget()
        self.goal_editor.forget()
        self._clear()

    def _add_view(self, reading: CourseReading, area: ProblemArea) -> None:
        view = AreaView(reading, area, self.paper)
        view.edit_asked.connect(self._on_edit_asked)
        view.removed.connect(self.area_removed)
        view.stage_judged.connect(self.stage_judged)
        view.stage_dated.connect(self.stage_dated)
        self._areas.addWidget(view)
        view.show()  # now, and not when the layout comes to it: the keyboard goes on in it
        self._add_goals(reading, area.id)

    def _add_goals(self, reading: CourseReading, area_id: str | None) -> None:
        view = GoalsView(reading.goals, area_id, self.paper)
        view.add_asked.connect(self._on_goal_asked)
        view.edit_asked.connect(self._on_goal_edit_asked)
        view.removed.connect(self.goal_removed)
        self._areas.addWidget(view)
        view.show()

    def _is_in_views(self, widget: QWidget) -> bool:
        editors = (self.editor, self.goal_editor)
        return not any(each.isAncestorOf(widget) for each in editors) and self.paper.isAncestorOf(widget)

    def _clear(self) -> None:
        self._parting = let_go(self._areas)

    def _on_edit_asked(self, area: ProblemArea) -> None:
        if self._reading is not None:
            self.editor.open(self._reading, area)
            self.scroller.verticalScrollBar().setValue(0)

    def _on_goal_asked(self, area_id: str | None) -> None:
        if self._reading is not None:
            day = self._reading.today
            self._open_goal(Goal(course_id=self._reading.course.id, words="", problem_area_id=area_id, set_on=day), is_new=True)

    def _on_goal_edit_asked(self, goal: Goal) -> None:
        self._open_goal(goal)

    def _open_goal(self, goal: Goal, *, is_new: bool = False) -> None:
        """Open the editor of a goal; closed, it gives the keyboard back to what asked for it."""
        if self._reading is None:
            return
        self._goal_opener = f"goal_add_{goal.problem_area_id or 'other'}" if is_new else f"goal_edit_{goal.id}"
        self.goal_editor.give_back_to(self.paper.findChild(QWidget, self._goal_opener) or self._add)
        goals = self._reading.goals
        self.goal_editor.open(goal, goals.areas, goals.arrows if is_new else (), is_new=is_new)
        self.scroller.verticalScrollBar().setValue(0)
