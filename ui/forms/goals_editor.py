"""The goals of the course in a note: those touched are chosen, and how far each is can be said beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QApplication, QWidget

from ipt_desktop.domain.text import _
from ui.forms.choices import ChoicesEditor, fit_row, shortened
from ui.forms.editor import Choices, Setting
from ui.widgets.buttons import link
from ui.widgets.chips import chip_link

if TYPE_CHECKING:
    from ipt_desktop.domain.form import Field
    from ui.phases.goal_rater import GoalRater


class GoalsRated(Protocol):
    """How far the goals are, said in the session of the note; `changed` says it is otherwise now."""

    changed: SignalInstance

    def said(self, goal_id: str) -> int | None:
        """Return what was said in this session, or None."""
        ...

    def rater(self, goal_id: str, parent: QWidget, done: Callable[[], None]) -> GoalRater | None:
        """Return what it is said with, None for a goal that is not rated any more; `done` is called once it is."""
        ...


class GoalsEditor(ChoicesEditor):
    """The goals of the course, in the client's words: those touched are chosen.

    A link beside each of these opens eleven buttons that say how far it is; one that is closed is looked at on the Phases tab.
    """

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent, setting)
        self._rated = setting.given.rated if setting.given is not None else None
        self._rater: GoalRater | None = None
        self._parting: list[QWidget] = []
        self._none: QWidget | None = None
        if not self._chips:
            self._row.hide()
            self._none = link(_("No goal is set. Set one in Phases"), self, name=self.name("none"))
            self._none.clicked.connect(self._on_none)
            self.column.insertWidget(0, self._none, 0, Qt.AlignmentFlag.AlignLeft)
        for key, words in self._options.items():
            self._add_far(key, words)
        if self._rated is not None:
            self._rated.changed.connect(self._show_said)

    def _add_far(self, key: str, words: str) -> None:
        made = chip_link("", self._links, name=self.name(f"far_{key}"), spoken=words)
        made.setProperty("is_small", True)
        made.setProperty("goal", key)
        made.clicked.connect(self._on_far)
        self._links.add(made)
        self._sheets[key] = made
        self._chips[key].toggled.connect(self._show_links)
        self._show_said()
        self._show_links()

    def _show_said(self) -> None:
        """Say on each link how far the goal was said to be in this session."""
        for key, made in self._sheets.items():
            words, said = self._options[key], self._rated.said(key) if self._rated is not None else None
            if said is None:
                made.setText(_("How far: {goal}…").format(goal=shortened(words)))
                made.setAccessibleName(_("How far “{goal}” is…").format(goal=words))
            else:
                made.setText(_("{value} of 10: {goal}…").format(value=said, goal=shortened(words)))
                made.setAccessibleName(_("How far “{goal}” is: {value} of 10…").format(goal=words, value=said))
        fit_row(self._links)

    def show_answer(self, answer: Any) -> None:
        """Show which were touched, and how far each is."""
        super().show_answer(answer)
        self._show_said()

    def go_on(self, setting: Setting) -> None:
        """Serve the note of another session."""
        self._on_done()

    def keep(self) -> None:
        """Keep a rating that was chosen and not told yet."""
        if self._rater is not None:
            self._rater.keep()

    def forget(self) -> None:
        """Let go of every word."""
        self._on_done()
        self._rated = None
        super().forget()

    def set_read_only(self, is_read_only: bool) -> None:
        """Lead to no goal from where nothing changes any more."""
        super().set_read_only(is_read_only)
        if is_read_only:
            self._on_done()
        if self._none is not None:
            self._none.setVisible(not is_read_only)

    def options(self, setting: Setting) -> Choices:
        """Return the goals of the course."""
        return setting.given.goals if setting.given else ()

    def _on_none(self) -> None:
        self.asked_for.emit("goals", "")

    def _on_far(self) -> None:
        key = str(self.sender().property("goal"))
        self._on_done()
        made = self._rated.rater(key, self, self._on_done) if self._rated is not None else None
        if made is None:
            self.asked_for.emit("goal", key)
            return
        self._rater = made
        made.setProperty("goal", key)
        self.column.insertWidget(self.column.indexOf(self._links) + 1, made)
        made.show()
        made.take_keyboard()

    def _on_done(self) -> None:
        """Put the buttons away; the keyboard, where it was in them, goes back to the link."""
        rater, self._rater = self._rater, None
        if rater is None:
            return
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and rater.isAncestorOf(focused)
        rater.hide()
        rater.setParent(None)
        rater.deleteLater()
        self._parting = [rater]  # it may be the sender of what led here
        if had_keyboard:
            self._sheets[str(rater.property("goal"))].setFocus(Qt.FocusReason.OtherFocusReason)
