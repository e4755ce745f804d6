"""What can be undone of goals: setting, changing and removing one, by the goal itself, so that it comes back as it was."""

from typing import Protocol

from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Goal
from ui.verb import Told, Verb


class Goals(Protocol):
    """The operations of goals a command stands on (`services.goals`)."""

    def add_goal(self, goal: Goal) -> Goal:
        """Set a goal."""
        ...

    def change_goal(self, goal: Goal) -> Goal:
        """Keep a changed goal."""
        ...

    def remove_goal(self, goal_id: str) -> object:
        """Take a goal out."""
        ...

    def restore_goal(self, goal: Goal) -> object:
        """Bring back a goal taken out, under its own id."""
        ...


class AddGoal(Verb):
    """A goal is set. Undone, it is gone; done again, it is the same goal."""

    def __init__(self, goals: Goals, goal: Goal, refused: Told) -> None:
        super().__init__(_("Set a goal"), refused)
        self._goals = goals
        self._goal = goal
        self._is_known = False

    def redo(self) -> None:
        """Set it."""
        self.attempt(self._add)

    def _add(self) -> None:
        if self._is_known:
            self._goals.restore_goal(self._goal)
        else:
            self._goal = self._goals.add_goal(self._goal)
            self._is_known = True

    def undo(self) -> None:
        """Take it out again."""
        self.attempt(lambda: self._goals.remove_goal(self._goal.id))


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
    """A goal is taken out."""

    def __init__(self, goals: Goals, goal: Goal, refused: Told) -> None:
        super().__init__(_("Remove a goal"), refused)
        self._goals = goals
        self._goal = goal

    def redo(self) -> None:
        """Take it out."""
        self.attempt(lambda: self._goals.remove_goal(self._goal.id))

    def undo(self) -> None:
        """Bring it back under its own id."""
        self.attempt(lambda: self._goals.restore_goal(self._goal))
