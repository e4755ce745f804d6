"""What are we working on: the problem areas of the course with their strategies and goals, and agreeing on another."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.records import ProblemArea
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.domain.treatment_records import Goal
from ui.phases.area_editor import AreaEditor
from ui.phases.area_reading import AreaReading, read_areas, sessions_so_far
from ui.phases.area_view import AreaView
from ui.phases.areas_fold import AreasFold
from ui.phases.course_goal_editor import CourseGoalEditor
from ui.phases.goal_view import GoalsView, GoalView
from ui.phases.parting import let_go, part_with
from ui.phases.reading import CourseReading
from ui.phases.scrolling_card import ScrollingCard
from ui.widgets.buttons import icon_button
from ui.widgets.card import hairline
from ui.widgets.labels import ElidedLabel, label

IN_SIGHT = 4  # problem areas; two are the usual focus

Sheets = Sequence[tuple[str, str, bool]]
"""Worksheets that can be begun: key, title, and whether one rehearses a confrontation."""


class AreasCard(ScrollingCard):
    """The problem areas, the primary one first. It says what is wished and changes nothing itself."""

    area_kept = Signal(object)
    area_removed = Signal(object)
    stage_judged = Signal(object, object)
    stage_dated = Signal(object, object)
    stage_taken_back = Signal(object)
    marked = Signal(object, str, int, bool)
    record_asked = Signal(object)
    worksheet_asked = Signal(object, str)
    goal_kept = Signal(object)
    goal_removed = Signal(object)
    goal_rated = Signal(object, object, int)
    rating_taken_back = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="areas_card", title=_("What are we working on"))
        self._reading: CourseReading | None = None
        self._sheets: Sheets = ()
        self._views: dict[str, tuple[object, AreaView]] = {}
        self._others: tuple[object, GoalsView] | None = None
        self._parting: list[QWidget] = []
        self._add_head()
        self.editor = AreaEditor(self.paper, self._add)
        self.editor.area_kept.connect(self.area_kept)
        self.inner.addWidget(self.editor)
        self.goal_editor = CourseGoalEditor(self.paper, self._add)
        self.goal_editor.goal_kept.connect(self.goal_kept)
        self.goal_editor.rating_taken_back.connect(self.rating_taken_back)
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
        self._further = AreasFold(self.paper, self._make_view, name="areas_further")
        self._ended = AreasFold(self.paper, self._make_view, name="areas_ended")
        self._scale = label("", self.paper, kind="caption", tone="text_soft", name="goals_scale", wraps=True)
        for part in (self._further, self._ended, self._scale):
            self.inner.addWidget(part)
        self.inner.addStretch(1)

    def _add_head(self) -> None:
        self._bars = ElidedLabel(_("bars: sessions that used it"), self)
        self._bars.setObjectName("areas_bars")
        self._bars.setProperty("kind", "caption")
        self._bars.setProperty("tone", "text_soft")
        self._add = icon_button("plus", self, name="area_add", spoken=_("Add a problem area…"))
        self._add.clicked.connect(self.ask_for_area)
        self.head.addWidget(self._bars)
        self.head.addWidget(self._add)

    def offer_worksheets(self, sheets: Sheets) -> None:
        """Offer these worksheets with the problem areas that name them."""
        self._sheets = sheets

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_course(self, reading: CourseReading, called: str) -> None:
        """Show the problem areas of a course, and whose words the goals' scale is (`called`); what is as it was stays."""
        if self._reading is not None and self._reading.course.id != reading.course.id:
            self.editor.forget()
            self.goal_editor.forget()
        self._reading = reading
        focused = cast("QWidget | None", self.focusWidget())
        name = focused.objectName() if focused is not None and self._is_in_views(focused) else ""
        told = [self._with_sheets(each) for each in read_areas(reading)]
        running = [each for each in told if each.area.ended_on is None]
        ended = [each for each in told if each.area.ended_on is not None]
        self._show_areas(running[:IN_SIGHT], reading)
        further = running[IN_SIGHT:]
        words = ngettext("{count} further problem area", "{count} further problem areas", len(further))
        self._further.show_areas(words.format(count=len(further)), further)
        words = ngettext("{count} no longer worked on", "{count} no longer worked on", len(ended))
        self._ended.show_areas(words.format(count=len(ended)), ended)
        self._empty.setVisible(not told)
        self._bars.setVisible(bool(told) and bool(sessions_so_far(reading).last))
        self._show_scale(reading, called)
        self.goal_editor.give_back_to(self.paper.findChild(QWidget, self._goal_opener) or self._add)
        self.goal_editor.follow(reading.goals)
        if name and (again := self.paper.findChild(QWidget, name)) is not None and not again.hasFocus():
            again.setFocus()

    def _with_sheets(self, told: AreaReading) -> AreaReading:
        offered = told.known.worksheets if told.known is not None else ()
        by_key = {each[0]: each for each in self._sheets}
        return replace(told, worksheets=tuple(by_key[key] for key in offered if key in by_key))

    def _show_areas(self, told: Sequence[AreaReading], reading: CourseReading) -> None:
        """Set the views in order: those whose problem area is as it was stay, with the keyboard in them."""
        rings, before = reading.goals.rings, self._views
        self._views = {}
        for each in told:
            shown = (each, rings)
            known = before.pop(each.area.id, None)
            if known is not None and known[0] == shown:
                self._views[each.area.id] = known
            else:
                view = self._make_view(each, self.paper)
                if known is not None:
                    view.unfold_as(known[1])
                    self._part(known[1])
                self._views[each.area.id] = (shown, view)
        for _shown, view in before.values():
            self._part(view)
        self._set_in_order(self._goals_of_none(reading))

    def _goals_of_none(self, reading: CourseReading) -> GoalsView | None:
        """Return the view of the goals of no problem area, where there are any, or no area they could be of."""
        told, sessions = reading.goals.told_of(None), sessions_so_far(reading)
        shown = (told, sessions, reading.goals.rings)
        if self._others is not None and self._others[0] == shown and (told or not reading.areas):
            return self._others[1]
        if self._others is not None:
            self._part(self._others[1])
            self._others = None
        if not told and reading.areas:
            return None
        view = GoalsView(told, reading.goals.rings, sessions, self.paper, area_id=None)
        self._listen_to_goals(view)
        self._others = (shown, view)
        return view

    def _set_in_order(self, others: GoalsView | None) -> None:
        items = [self._areas.itemAt(place) for place in range(self._areas.count())]
        for part in [each for item in items if item is not None and (each := item.widget()) is not None]:
            # Not `takeAt`: while its old place lives on, a widget never tells the new one that it needs another height.
            self._areas.removeWidget(part)
            if part.property("role") == "line":
                self._part(part)
        views: list[QWidget] = [view for _shown, view in self._views.values()]
        for place, view in enumerate([*views, *([others] if others is not None else [])]):
            if place:
                self._areas.addWidget(hairline(self.paper))
            self._areas.addWidget(view)
            view.show()  # now, and not when the layout comes to it: the keyboard goes on in it

    def _show_scale(self, reading: CourseReading, called: str) -> None:
        """Name the goals' scale once."""
        is_rated = any(reading.goals.ratings) or any(each.baseline is not None for each in reading.goals.goals)
        self._scale.setText(_("Goals: how far, 0–10, as {name} says it").format(name=called))
        self._scale.setVisible(is_rated)

    def _make_view(self, told: AreaReading, parent: QWidget) -> AreaView:
        rings = self._reading.goals.rings if self._reading is not None else None
        assert rings is not None  # noqa: S101 - nothing is shown of no course
        view = AreaView(told, rings, parent)
        view.edit_asked.connect(self._on_edit_asked)
        view.removed.connect(self.area_removed)
        view.stage_judged.connect(self.stage_judged)
        view.stage_dated.connect(self.stage_dated)
        view.stage_taken_back.connect(self.stage_taken_back)
        view.marked.connect(self.marked)
        view.record_asked.connect(self.record_asked)
        view.worksheet_asked.connect(self.worksheet_asked)
        self._listen_to_goals(view.goals)
        return view

    def _listen_to_goals(self, view: GoalsView) -> None:
        view.add_asked.connect(self._on_goal_asked)
        view.edit_asked.connect(self._on_goal_edit_asked)
        view.removed.connect(self.goal_removed)
        view.rated.connect(self.goal_rated)
        view.grown.connect(self._on_grown)

    def _on_grown(self, part: QWidget) -> None:
        """Bring what has opened into sight, once it has its place."""
        self.inner.activate()
        self.paper.adjustSize()
        self.scroller.ensureWidgetVisible(part)

    def _part(self, widget: QWidget) -> None:
        part_with(widget)
        self._parting = [*self._parting[-20:], widget]  # one of its buttons may be the sender of what led here

    def _is_in_views(self, widget: QWidget) -> bool:
        editors = (self.editor, self.goal_editor)
        return not any(each.isAncestorOf(widget) for each in editors) and self.paper.isAncestorOf(widget)

    def keep(self) -> None:
        """Keep a rating that was chosen and not told yet."""
        for view in self.paper.findChildren(GoalView):
            view.keep()

    def forget(self) -> None:
        """Let go of every word."""
        self._reading = None
        self.editor.forget()
        self.goal_editor.forget()
        self._further.forget()
        self._ended.forget()
        self._scale.clear()
        self._views, self._others = {}, None
        self._parting = let_go(self._areas)

    def show_area(self, area_id: str) -> None:
        """Bring a problem area into sight, the last of them where none is meant, with the keyboard in it."""
        if self._reading is None or not self._reading.areas:
            return
        meant = next((each for each in self._reading.areas if each.id == area_id), self._reading.areas[-1])
        if meant.id not in self._views:
            for fold in (self._further, self._ended):
                fold.unfold()
        view = self.paper.findChild(AreaView, f"area_{meant.id}")
        if isinstance(view, AreaView):
            self.scroller.ensureWidgetVisible(view, 0, self.scroller.viewport().height() // 2)
            view.take_keyboard()

    # -- what was asked --------------------------------------------------------------------------------------------

    def ask_for_area(self) -> None:
        """Open the editor for a new problem area."""
        if self._reading is not None:
            self.editor.open(self._reading)
            self.scroller.verticalScrollBar().setValue(0)

    def ask_how_far(self, goal_id: str, session_id: str = "") -> bool:
        """Show where it is said how far a goal is, in a session or the one meant; False where it can't be said."""
        view = self.paper.findChild(GoalView, f"goal_{goal_id}")
        return isinstance(view, GoalView) and view.ask_how_far(session_id)

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
        self.goal_editor.open_goal(goal, self._reading.goals, self._reading.people, is_new=is_new)
        self.scroller.verticalScrollBar().setValue(0)
