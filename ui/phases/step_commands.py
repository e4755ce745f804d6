"""What can be undone of between-session tasks: agreeing, changing, reviewing and removing one, by the task itself."""

from typing import Protocol

from ipt_desktop.domain.session_records import Step
from ipt_desktop.domain.text import _
from ui.verb import Told, Verb


class Steps(Protocol):
    """The operations of tasks a command stands on (`services.steps`)."""

    def add_step(self, step: Step) -> Step:
        """Agree on a task."""
        ...

    def change_step(self, step: Step) -> Step:
        """Keep what was agreed otherwise."""
        ...

    def review_step(self, step: Step) -> Step:
        """Keep how it went."""
        ...

    def remove_step(self, step_id: str) -> object:
        """Take a task out."""
        ...

    def restore_step(self, step: Step) -> object:
        """Bring back a task taken out, under its own id."""
        ...


class AddStep(Verb):
    """A task is agreed. Undone, it is gone; done again, it is the same task."""

    def __init__(self, steps: Steps, step: Step, refused: Told) -> None:
        super().__init__(_("Agree on a task"), refused)
        self._steps, self._step = steps, step
        self._is_known = False

    def redo(self) -> None:
        """Agree on it."""
        self.attempt(self._add)

    def _add(self) -> None:
        if self._is_known:
            self._steps.restore_step(self._step)
        else:
            self._step = self._steps.add_step(self._step)
            self._is_known = True

    def undo(self) -> None:
        """Take it out again."""
        self.attempt(lambda: self._steps.remove_step(self._step.id))


class ChangeStep(Verb):
    """What was agreed is said otherwise."""

    def __init__(self, steps: Steps, old: Step, new: Step, refused: Told) -> None:
        super().__init__(_("Change a task"), refused)
        self._steps, self._old, self._new = steps, old, new

    def redo(self) -> None:
        """Keep the change."""
        self.attempt(lambda: self._steps.change_step(self._new))

    def undo(self) -> None:
        """Keep what was before."""
        self.attempt(lambda: self._steps.change_step(self._old))


class ReviewStep(Verb):
    """How a task went is told, or told otherwise."""

    def __init__(self, steps: Steps, old: Step, new: Step, refused: Told) -> None:
        super().__init__(_("Review a task"), refused)
        self._steps, self._old, self._new = steps, old, new

    def redo(self) -> None:
        """Keep how it went."""
        self.attempt(lambda: self._steps.review_step(self._new))

    def undo(self) -> None:
        """Keep what was before."""
        self.attempt(lambda: self._steps.review_step(self._old))


class RemoveStep(Verb):
    """A task is taken out."""

    def __init__(self, steps: Steps, step: Step, refused: Told) -> None:
        super().__init__(_("Remove a task"), refused)
        self._steps, self._step = steps, step

    def redo(self) -> None:
        """Take it out."""
        self.attempt(lambda: self._steps.remove_step(self._step.id))

    def undo(self) -> None:
        """Bring it back under its own id."""
        self.attempt(lambda: self._steps.restore_step(self._step))
