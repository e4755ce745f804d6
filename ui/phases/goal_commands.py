"""What can be undone of goals: setting, changing, rating and removing one, by records, so that all comes back as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Goal, GoalRating
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ipt_desktop.domain.records import Session
    from ipt_desktop.services.goals import Goals, LeavingGoal


class AddGoal(Verb):
    """A goal is set. Undone, it is gone; done again, it is the same goal."""

    def __init__(self, goals: Goals, goal: Goal, refused: Told) -> None:
        super().__init__(_("Set a goal"), refused)
        self._goals = goals
        self._goal = goal
        self._leaving: LeavingGoal | None = None

    def redo(self) -> None:
        """Set it."""
        self.attempt(self._add)

    def _add(self) -> None:
        if self._leaving is not None:
            self._goals.restore_goal(self._leaving)
        else:
            self._goal = self._goals.add_goal(self._goal)

    def undo(self) -> None:
        """Take it out again."""
        self.attempt(self._remove)

    def _remove(self) -> None:
        self._leaving = self._goals.remove_goal(self._goal.id)


class ChangeGoal(Verb):
    """A goal is said otherwise, or belongs to another problem area."""

    def __init__(self, goals: Goals, old: Goal, new: Goal, refused: Told) -> None:
        super().__init__(_("Change a goal"), refused)
        self._goals = goals
        self._old, self._new = old, new

    def redo(self) -> None:
        """Keep the change."""
        self.attempt(lambda: self._goals.change_goal(self._new))

    def undo(self) -> None:
        """Keep what was before."""
        self.attempt(lambda: self._goals.change_goal(self._old))


class RemoveGoal(Verb):
    """A goal is taken out with its ratings."""

    def __init__(self, goals: Goals, goal: Goal, refused: Told) -> None:
        super().__init__(_("Remove a goal"), refused)
        self._goals = goals
        self._goal = goal
        self._leaving: LeavingGoal | None = None

    def redo(self) -> None:
        """Take it out."""
        self.attempt(self._remove)

    def _remove(self) -> None:
        self._leaving = self._goals.remove_goal(self._goal.id)

    def undo(self) -> None:
        """Bring it back under its own id."""
        if (leaving := self._leaving) is not None:
            self.attempt(lambda: self._goals.restore_goal(leaving))


class RateGoal(Verb):
    """How far a goal is, is said; `old` is what was said in the same session or on the same day, or None."""

    def __init__(self, goals: Goals, old: GoalRating | None, new: GoalRating, refused: Told) -> None:
        super().__init__(_("Rate a goal"), refused)
        self._goals = goals
        self._old, self._new = old, new

    def redo(self) -> None:
        """Keep the rating."""
        self.attempt(self._rate)

    def _rate(self) -> None:
        new = self._new
        self._new = self._goals.rate_goal(new.goal_id, new.value, new.on, new.session_id)

    def undo(self) -> None:
        """Keep what was said before, or nothing."""
        old = self._old
        if old is not None:
            self.attempt(lambda: self._goals.bring_back_rating(old))
        else:
            self.attempt(lambda: self._goals.take_back_rating(self._new.id))


class TakeBackRating(Verb):
    """A rating was a mistake."""

    def __init__(self, goals: Goals, rating: GoalRating, refused: Told) -> None:
        super().__init__(_("Take back a rating"), refused)
        self._goals = goals
        self._rating = rating

    def redo(self) -> None:
        """Take it out."""
        self.attempt(lambda: self._goals.take_back_rating(self._rating.id))

    def undo(self) -> None:
        """Bring it back."""
        self.attempt(lambda: self._goals.bring_back_rating(self._rating))


def rating_verb(
    goals: Goals,
    goal: Goal,
    ratings: Sequence[GoalRating],
    session: Session | None,
    today: date,
    value: int | None,
    refused: Told,
) -> Verb | None:
    """Return what keeps how far a goal is, in a session or today; a `value` of None takes that back. None where all stays.

    `ratings` are those there are, also of other goals.
    """
    day, session_id = (session.date, session.id) if session is not None else (today, None)
    own = [each for each in ratings if each.goal_id == goal.id and each.session_id == session_id]
    old = next((each for each in own if session_id is not None or each.on == day), None)
    if value is None:
        return TakeBackRating(goals, old, refused) if old is not None else None
    if old is not None and old.value == value:
        return None
    return RateGoal(goals, old, GoalRating(goal_id=goal.id, value=value, on=day, session_id=session_id), refused)
