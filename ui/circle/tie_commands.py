"""What can be undone of ties: adding, changing and removing one, by the tie itself, so that it comes back as it was."""

from typing import Protocol

from ipt_desktop.domain.records import Tie
from ipt_desktop.domain.text import _
from ui.verb import Told, Verb


class Ties(Protocol):
    """The operations of ties a command stands on (`services.circles`)."""

    def add_tie(self, tie: Tie) -> Tie:
        """Join two people, or a person and the client."""
        ...

    def change_tie(self, tie: Tie, seen: Tie | None = None) -> Tie:
        """Keep what was changed of a tie since it was seen."""
        ...

    def remove_tie(self, tie_id: str) -> object:
        """Take a tie out."""
        ...

    def restore_tie(self, tie: Tie) -> object:
        """Bring back a tie taken out, under its own id."""
        ...


class AddTie(Verb):
    """Two are joined. Undone, the tie is gone; done again, it is the same tie."""

    def __init__(self, ties: Ties, tie: Tie, refused: Told) -> None:
        super().__init__(_("Add a tie"), refused)
        self._ties = ties
        self._tie = tie
        self._is_known = False

    def redo(self) -> None:
        """Join them."""
        self.attempt(self._add)

    def _add(self) -> None:
        if self._is_known:
            self._ties.restore_tie(self._tie)
        else:
            self._ties.add_tie(self._tie)
            self._is_known = True

    def undo(self) -> None:
        """Take the tie out again."""
        self.attempt(lambda: self._ties.remove_tie(self._tie.id))


class ChangeTie(Verb):
    """A tie's kind, strength or dates were changed; ending it is such a change."""

    def __init__(self, ties: Ties, old: Tie, new: Tie, refused: Told) -> None:
        super().__init__(_("End a tie") if old.until is None and new.until is not None else _("Change a tie"), refused)
        self._ties = ties
        self._old = old
        self._new = new

    def redo(self) -> None:
        """Keep the change."""
        self.attempt(lambda: self._ties.change_tie(self._new, self._old))

    def undo(self) -> None:
        """Keep what was before."""
        self.attempt(lambda: self._ties.change_tie(self._old, self._new))


class RemoveTie(Verb):
    """A tie was taken out, as if it had never been."""

    def __init__(self, ties: Ties, tie: Tie, refused: Told) -> None:
        super().__init__(_("Remove a tie"), refused)
        self._ties = ties
        self._tie = tie

    def redo(self) -> None:
        """Take it out."""
        self.attempt(lambda: self._ties.remove_tie(self._tie.id))

    def undo(self) -> None:
        """Bring it back under its own id."""
        self.attempt(lambda: self._ties.restore_tie(self._tie))
