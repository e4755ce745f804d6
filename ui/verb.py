"""What the therapist did and can undo: the base of every command on the undo stack."""

from collections.abc import Callable

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
