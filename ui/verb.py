"""What the therapist did and can undo: the base of every command on the undo stack."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QUndoCommand

from ipt_desktop.domain.errors import PracticeError

Told = Callable[[str], None]
"""Told in words why a verb could not be done."""


class Verb(QUndoCommand):
    """A verb, by ids and records. One that is refused leaves the stack and says why; `is_done` tells how its last try went."""

    def __init__(self, words: str, refused: Told) -> None:
        super().__init__(words)
        self._refused = refused
        self.is_done = False

    def attempt(self, work: Callable[[], object]) -> None:
        """Do a part of it, or say why not."""
        try:
            work()
        except PracticeError as error:
            self.is_done = False
            self.setObsolete(True)
            self._refused(str(error))
        else:
            self.is_done = True


class Together(Verb):
    """Several steps that are one gesture: done in order, undone backwards. One that is refused takes back those before it."""

    def __init__(self, steps: Sequence[Verb], words: str, refused: Told) -> None:
        super().__init__(words, refused)
        self._steps = tuple(steps)

    def redo(self) -> None:
        """Do each step."""
        for number, step in enumerate(self._steps):
            step.redo()
            if not step.is_done:
                for done in reversed(self._steps[:number]):
                    done.undo()
                self.is_done = False
                self.setObsolete(True)
                return
        self.is_done = True

    def undo(self) -> None:
        """Undo each step, the last one first."""
        for step in reversed(self._steps):
            step.undo()
