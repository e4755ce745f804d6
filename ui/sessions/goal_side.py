"""How far the goals are, said in the session whose note is open, joined to the practice; it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ipt_desktop.domain.strategy_work import numbered_so_far
from ipt_desktop.domain.treatment_records import GoalRating
from ui.page import Frame
from ui.verb import Told

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ipt_desktop.domain.records import Document
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk
    from ui.phases.area_reading import SessionsSoFar
    from ui.phases.goal_rater import GoalRater


class GoalSide(QObject):
    """The goals of one note at a time. `changed`: one was rated, here or elsewhere."""

    changed = Signal()

    def __init__(self, desk: Desk, frame: Frame, refused: Told, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._frame, self._refused = desk, frame, refused
        self._session_id = self._course_id = ""
        frame.changes.changed.connect(self._on_changed)

    def belong_to(self, document: Document) -> None:
        """Belong to the session of a note."""
        self._session_id, self._course_id = document.session_id or "", document.course_id or ""

    def forget(self) -> None:
        """Belong to no session."""
        self._session_id = self._course_id = ""

    def said(self, goal_id: str) -> int | None:
        """Return how far a goal was said to be in this session, or None."""
        said = [each.value for each in self._ratings(goal_id) if self._session_id and each.session_id == self._session_id]
        return said[-1] if said else None

    def _ratings(self, goal_id: str) -> list[GoalRating]:
        return (
            [each for each in self._desk.goals.ratings(self._course_id) if each.goal_id == goal_id] if self._course_id else []
        )

    def rater(self, goal_id: str, parent: QWidget, done: Callable[[], None]) -> GoalRater | None:
        """Return what it is said with, None for a goal that is not rated any more; `done` is called once it is."""
        from ui.phases.area_reading import SessionsSoFar
        from ui.phases.goal_commands import rating_verb
        from ui.phases.goal_rater import GoalRater
        from ui.phases.goal_reading import GoalTold

        goal = next((each for each in self._desk.goals.goals(self._course_id) if each.id == goal_id), None)
        told = GoalTold(goal, ratings=tuple(self._ratings(goal_id))) if goal is not None else None
        if goal is None or told is None or not told.is_open:
            return None
        sessions = self._sessions(SessionsSoFar)
        made = GoalRater(told, sessions, parent, self._session_id)

        def rated(value: int | None, number: int) -> None:
            done()
            verb = rating_verb(
                self._desk.goals, goal, self._ratings(goal_id), sessions.session(number), sessions.today, value, self._refused
            )
            if verb is not None:
                self._frame.undo_stack().push(verb)

        made.rated.connect(rated)
        made.left.connect(done)
        return made

    def _sessions(self, made: type[SessionsSoFar]) -> SessionsSoFar:
        """Return the sessions it can be said in; the note's own is the one meant."""
        today = date.today()
        so_far = numbered_so_far(self._desk.sessions.sessions(self._course_id), today)
        meant = next((number for number, each in so_far.items() if each.id == self._session_id), 0)
        return made(tuple(sorted(so_far.items())), meant, today)

    def _on_changed(self, change: Changed) -> None:
        if self._session_id and change.touches("goal_rating"):
            self.changed.emit()
