"""Bringing an earlier version back, as it can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.text import _
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.services.history import History


class RestoreVersion(Verb):
    """An earlier version becomes the present one, as a new version; undone, the one that was present does."""

    def __init__(self, history: History, document_id: str, version_id: str, refused: Told) -> None:
        super().__init__(_("Restore a version"), refused)
        self._history, self._document_id = history, document_id
        self._version_id, self._was_id = version_id, ""

    def redo(self) -> None:
        """Bring it back."""
        self.attempt(self._restore)

    def undo(self) -> None:
        """Bring back what was there before it."""
        self.attempt(self._restore_what_was)

    def _restore(self) -> None:
        self._was_id = self._history.restore_version(self._document_id, self._version_id)

    def _restore_what_was(self) -> None:
        self._history.restore_version(self._document_id, self._was_id)
