"""Goals under what they belong to: each in the client's words, how far it is, an arrow's way; the link that sets another."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ipt_desktop.domain.attainment import status_words
from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.goal import Way
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Goal
from ui.phases.area_reading import SessionsSoFar
from ui.phases.attainment_line import AttainmentLine
from ui.phases.goal_bar import GoalBar
from ui.phases.goal_rater import GoalRater
from ui.phases.goal_reading import GoalTold
from ui.phases.task_list import LINK_PADDING
from ui.widgets.buttons import Button, icon_button, link
from ui.widgets.labels import label


class GoalView(QWidget):
    """One goal. It says what is wished (`edit_asked`, `removed`, `rated`) and changes nothing itself; what opens has `grown`.

    It can be rated where `sessions` are given. `rated` carries goal, value and session's number as `GoalRater.rated`.
    """

    edit_asked = Signal(object)
    removed = Signal(object)
    rated = Signal(object, object, int)
    grown = Signal(QWidget)

    def __init__(
        self,
        told: GoalTold,
        rings: RingWords,
        parent: QWidget,
        *,
        is_read_only: bool = False,
        sessions: SessionsSoFar | None = None,
    ) -> None:
        super().__init__(parent)
        self._told, self._goal, self._sessions = told, told.goal, sessions
        self._rater: GoalRater | None = None
        self._figures: Button | None = None
        self.setObjectName(f"goal_{told.goal.id}")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._column.addLayout(self._head(told.goal, is_read_only=is_read_only))
        if told.way is not None:
            self._add_way(told.goal, told.way, rings)
        if told.attainment or (sessions is not None and told.is_open and told.way is None):
            self._add_attainment()
        self._add_line(self._what_became(), "became")

    def _head(self, goal: Goal, *, is_read_only: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        tone = "text" if self._told.is_open else "text_soft"
        words = label(goal.words, self, tone=tone, name=f"goal_{goal.id}_words", wraps=True)
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

    def _add_line(self, words: str, name: str) -> None:
        if words:
            line = self._caption(words, name)
            line.setMinimumWidth(1)
            self._column.addWidget(line)

    def _caption(self, words: str, name: str, *, wraps: bool = True) -> QLabel:
        said = f"goal_{self._goal.id}_{name}"
        return label(words, self, kind="caption", tone="text_soft", name=said, wraps=wraps)

    def _add_way(self, goal: Goal, way: Way, rings: RingWords) -> None:
        places = way.places(rings)
        if not way.gone:
            bar = GoalBar(self, name=f"goal_{goal.id}_bar")
            bar.show_way(way, f"{goal.words}: {way.words}. {places}")
            self._column.addWidget(bar)
        self._add_line(" · ".join(each for each in (way.words, places) if each), "way")

    # -- how far, as the client says -------------------------------------------------------------------------------

    def _add_attainment(self) -> None:
        """Put bar, small line and figures in one row; a press on the figures says how far it is today."""
        told = self._told.attainment
        row = QHBoxLayout()
        row.setSpacing(10)
        today = self._sessions.today if self._sessions is not None else self._goal.set_on
        over_time = told.over_time(today)
        if told:
            bar = GoalBar(self, name=f"goal_{self._goal.id}_scale")
            bar.show_attainment(told, f"{self._goal.words}: {told.words}")
            row.addWidget(bar, 1)
        if over_time:
            line = AttainmentLine(self, name=f"goal_{self._goal.id}_line")
            line.show_attainment(told, _("Over time: {points}").format(points=over_time))
            row.addWidget(line)
        if self._sessions is not None and self._told.is_open:
            row.addWidget(self._make_figures(told.words))
        else:
            row.addWidget(self._caption(told.words, "figures", wraps=False))
        if not told:
            row.setContentsMargins(-LINK_PADDING, 0, 0, 0)  # the link's words stand in line with those above
            row.addStretch(1)
        self._column.addLayout(row)

    def _make_figures(self, words: str) -> Button:
        said = _("{goal}: {figures}. Say how far it is…").format(goal=self._goal.words, figures=words or _("not rated so far"))
        self._figures = link(
            words or _("How far is it?"), self, name=f"goal_figures_{self._goal.id}", spoken=said, is_flush=True
        )
        self._figures.setProperty("is_small", True)
        self._figures.setToolTip(_("Say how far it is…"))
        self._figures.clicked.connect(self._on_figures)
        return self._figures

    def _on_figures(self) -> None:
        """Show the eleven buttons, or put them away again."""
        if self._rater is not None:
            self._on_rater_left()
        else:
            self.ask_how_far()

    def ask_how_far(self, session_id: str = "") -> bool:
        """Show the eleven buttons, of a session or of the one meant; False where the goal is not rated any more."""
        if self._sessions is None or not self._told.is_open:
            return False
        self.keep()
        self._on_rater_left()
        self._rater = GoalRater(self._told, self._sessions, self, session_id)
        self._rater.rated.connect(self._on_rated)
        self._rater.left.connect(self._on_rater_left)
        self._column.addWidget(self._rater)
        self._rater.show()
        self._rater.take_keyboard()
        self.grown.emit(self._rater)
        return True

    def _on_rater_left(self) -> None:
        if self._rater is not None:
            self._column.removeWidget(self._rater)
            self._rater.hide()
            self._rater.deleteLater()
            self._rater = None
        if self._figures is not None:
            self._figures.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_rated(self, value: int | None, number: int) -> None:
        goal = self._goal
        self._on_rater_left()
        self.rated.emit(goal, value, number)

    def keep(self) -> None:
        """Keep a rating that was chosen and not told yet."""
        if self._rater is not None:
            self._rater.keep()

    def _what_became(self) -> str:
        """Return what stands below: whom it is about, what became of it, and by what one sees it."""
        about = _("with {name}").format(name=self._told.person) if self._told.person and self._told.way is None else ""
        seen = _("seen by: {words}").format(words=self._goal.evidence) if self._goal.evidence else ""
        return " · ".join(each for each in (about, status_words(self._goal), seen) if each)

    def _on_edit(self) -> None:
        self.edit_asked.emit(self._goal)

    def _on_remove(self) -> None:
        self.removed.emit(self._goal)


class GoalsView(QWidget):
    """The goals of one problem area, or those of none (`area_id` None), and a link that sets another."""

    add_asked = Signal(object)
    edit_asked = Signal(object)
    removed = Signal(object)
    rated = Signal(object, object, int)
    grown = Signal(QWidget)

    def __init__(
        self,
        goals: Sequence[GoalTold],
        rings: RingWords,
        sessions: SessionsSoFar,
        parent: QWidget,
        *,
        area_id: str | None,
        area: str = "",
    ) -> None:
        super().__init__(parent)
        self._area_id = area_id
        self.setObjectName(f"goals_{area_id or 'other'}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(6)
        if goals and area_id is None:
            column.addWidget(label(_("Goals of no problem area"), self, kind="label", tone="text_soft"))
        for told in goals:
            view = GoalView(told, rings, self, sessions=sessions)
            view.edit_asked.connect(self.edit_asked)
            view.removed.connect(self._on_removed)
            view.rated.connect(self.rated)
            view.grown.connect(self.grown)
            column.addWidget(view)
        said = _("Set a goal for {area}…").format(area=area) if area else _("Set a goal…")
        self.add = link(_("Goal…"), self, name=f"goal_add_{area_id or 'other'}", icon="plus", spoken=said, is_flush=True)
        self.add.clicked.connect(self._on_add)
        if area_id is None:  # a problem area puts it into its foot
            column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_add(self) -> None:
        self.add_asked.emit(self._area_id)

    def _on_removed(self, goal: Goal) -> None:
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)  # what had the keyboard goes
        self.removed.emit(goal)
