"""Removing a worksheet, by its id: it comes back by undo with all its earlier versions."""

from typing import Protocol

from ipt_desktop.domain.text import _
from ui.verb import Told, Verb


class Worksheets(Protocol):
    """The operations of worksheets a command stands on (`services.worksheets`)."""

    def remove(self, document_id: str) -> object:
        """Take a worksheet out."""
        ...

    def restore(self, document_id: str) -> object:
        """Bring back a worksheet taken out."""
        ...


class RemoveSheet(Verb):
    """A worksheet is taken out."""

    def __init__(self, sheets: Worksheets, document_id: str, refused: Told) -> None:
        super().__init__(_("Remove a worksheet"), refused)
        self._sheets, self._id = sheets, document_id

    def redo(self) -> None:
        """Take it out."""
        self.attempt(lambda: self._sheets.remove(self._id))

    def undo(self) -> None:
        """Bring it back."""
        self.attempt(lambda: self._sheets.restore(self._id))
