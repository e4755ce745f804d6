"""The between-session tasks of a course: the open ones in sight, those reviewed folded below them."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.session_records import Step
from ipt_desktop.domain.step_words import is_open
from ipt_desktop.domain.text import _
from ipt_desktop.services.steps import ToldStep
from ui.phases.fold import Fold
from ui.phases.headed_fold import HeadedFold
from ui.phases.parting import let_go
from ui.phases.step_editor import StepEditor
from ui.phases.step_view import StepView
from ui.widgets.labels import label


class StepsPart(HeadedFold):
    """Tasks. It says what is wished (`step_kept`, `step_reviewed`, `step_removed`) and changes nothing itself."""

    step_kept = Signal(object)
    step_reviewed = Signal(object)
    step_removed = Signal(object)
    add_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        words = _("Between-session tasks")
        super().__init__(words, parent, name="steps", more=_("Task…"), spoken=_("Agree on a between-session task…"))
        self._told: Sequence[ToldStep] = ()
        self._people: Sequence[tuple[str, str]] = ()
        self._today = date.today()
        self._shown: object = None
        self._course_id = self._review_id = ""
        self._letting_go: list[QWidget] = []
        self.more.clicked.connect(self.add_asked)
        self.editor = StepEditor(self, self.more)
        self.editor.step_kept.connect(self.step_kept)
        self.add(self.editor)
        words = _("None is open. One step with a person, small enough to happen.")
        self._none = label(words, self, tone="text_soft", name="steps_none", wraps=True)
        self.add(self._none)
        holder = QWidget(self)
        self._views = QVBoxLayout(holder)
        self._views.setContentsMargins(0, 0, 0, 0)
        self._views.setSpacing(6)
        self.add(holder)
        self._done = Fold(_("Reviewed"), self, name="steps_reviewed")
        self.add(self._done)

    def show_steps(self, course_id: str, told: Sequence[ToldStep], people: Sequence[tuple[str, str]], today: date) -> None:
        """Show the tasks of a course; of one that is shown already, what changed."""
        is_same = course_id == self._course_id
        if not is_same:
            self.editor.forget()
        self._course_id, self._told, self._people, self._today = course_id, told, people, today
        shown = (course_id, tuple(told), tuple(people), today)
        if shown == self._shown:
            return
        self._shown = shown
        focused = cast("QWidget | None", self.focusWidget())
        name = focused.objectName() if focused is not None and not self.editor.isAncestorOf(focused) else ""
        self._draw()
        if not is_same:
            self._show(is_folded=not any(is_open(each.step) for each in told))
        if name and (again := self.findChild(QWidget, name)) is not None:
            again.setFocus()
        self._go_on_reviewing()

    def _draw(self) -> None:
        waiting = [each for each in self._told if is_open(each.step)]
        count = len(waiting)
        words = _("Between-session tasks ({count} open)").format(count=count) if count else _("Between-session tasks")
        self.set_words(words)
        self._none.setVisible(not waiting)
        self._letting_go = let_go(self._views)
        self._done.clear()
        for each in waiting:
            view = self._view(each)
            self._views.addWidget(view)
            view.show()  # now, and not when the layout comes to it: the keyboard goes on in it
        reviewed = [each for each in self._told if not is_open(each.step)]
        for each in reviewed:
            view = self._view(each)
            self._done.add(view)
            view.show()
        self._done.set_words(_("Reviewed ({count})").format(count=len(reviewed)))
        self._done.setVisible(bool(reviewed))

    def _view(self, told: ToldStep) -> StepView:
        person = dict(self._people).get(told.step.person_id or "", "")
        view = StepView(told, person, self._today, self)
        view.edit_asked.connect(self._on_edit_asked)
        view.removed.connect(self._on_removed)
        view.reviewed.connect(self._on_reviewed)
        return view

    def ask_for_step(self, step: Step) -> None:
        """Open the editor for a new task."""
        self.unfold()
        self.editor.give_back_to(self.more)
        self.editor.open(ToldStep(step=step), self._people, self._today, is_new=True)

    def take_keyboard(self) -> None:
        """Unfold, and go to the first task that is open, or to what adds one."""
        self.unfold()
        first = next((each.step.id for each in self._told if is_open(each.step)), "")
        target = self.findChild(QWidget, f"step_edit_{first}") if first else None
        (target or self.more).setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Let go of every word."""
        self.editor.forget()
        self._told, self._people, self._shown = (), (), None
        self._course_id = self._review_id = ""
        self._draw()

    def _on_edit_asked(self, told: ToldStep) -> None:
        self._open(told)

    def _open(self, told: ToldStep, *, is_review: bool = False) -> None:
        opener = self.findChild(QWidget, f"step_edit_{told.step.id}")
        self.editor.give_back_to(opener if opener is not None and opener.isVisibleTo(self) else self.more)
        self.editor.open(told, self._people, self._today, is_review=is_review)

    def _on_reviewed(self, step: Step) -> None:
        """Keep the answer at once; what happened may be told after it."""
        self._review_id = step.id
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)  # what had the keyboard goes
        self.step_reviewed.emit(step)

    def _go_on_reviewing(self) -> None:
        told = next((each for each in self._told if each.step.id == self._review_id and not is_open(each.step)), None)
        if told is not None:
            self._review_id = ""
            self._open(told, is_review=True)

    def _on_removed(self, step: Step) -> None:
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)  # what had the keyboard goes
        self.step_removed.emit(step)
