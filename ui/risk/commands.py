"""What can be undone of risk entries: one command for each verb, by ids and records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QUndoCommand

from ipt_desktop.domain.session_records import RiskEntry
from ipt_desktop.domain.text import _
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.services.risk import Risk

_EDIT = 31  # tells these from other commands that merge


class AddRisk(Verb):
    """An entry was made."""

    def __init__(self, risk: Risk, entry: RiskEntry, refused: Told) -> None:
        super().__init__(_("Add a risk entry"), refused)
        self._risk, self._entry, self._is_back = risk, entry, False

    def redo(self) -> None:
        """Make it, or put it back as it was when it was taken out."""
        self.attempt(lambda: (self._risk.restore_risk if self._is_back else self._risk.keep_risk)(self._entry))

    def undo(self) -> None:
        """Take it out."""
        self.attempt(self._take_out)

    def _take_out(self) -> None:
        self._entry, self._is_back = self._risk.remove_risk(self._entry.id), True


class RemoveRisk(AddRisk):
    """An entry was taken out."""

    def __init__(self, risk: Risk, entry: RiskEntry, refused: Told) -> None:
        super().__init__(risk, entry, refused)
        self.setText(_("Remove the risk entry"))

    def redo(self) -> None:
        """Take it out."""
        super().undo()

    def undo(self) -> None:
        """Put it back."""
        super().redo()


class ChangeRisk(Verb):
    """Fields of an entry changed; only those are put back. `visit` numbers one stay at one field: its saves are one step."""

    def __init__(
        self, risk: Risk, entry_id: str, before: Mapping[str, Any], after: Mapping[str, Any], refused: Told, *, visit: int
    ) -> None:
        super().__init__(_("Change the risk entry"), refused)
        self._risk, self._entry_id = risk, entry_id
        self._before, self.after = dict(before), dict(after)
        self.visit = (visit, entry_id, frozenset(after))

    def redo(self) -> None:
        """Keep what was typed or chosen."""
        self.attempt(lambda: self._keep(self.after))

    def undo(self) -> None:
        """Put back what stood there."""
        self.attempt(lambda: self._keep(self._before))

    def _keep(self, fields: Mapping[str, Any]) -> None:
        self._risk.keep_risk(replace(self._risk.entry(self._entry_id), **fields))

    def id(self) -> int:
        """Let saves of one visit to a field merge."""
        return _EDIT if self.visit[0] else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take a later save of the same visit to the same field into this step."""
        if not isinstance(other, ChangeRisk) or other.isObsolete() or other.visit != self.visit:
            return False
        self.after = other.after
        return True


class ReviewRisk(Verb):
    """An entry was reviewed on a day, or (None) is to be reviewed again."""

    def __init__(self, risk: Risk, entry: RiskEntry, on: date | None, refused: Told) -> None:
        super().__init__(_("Review the risk") if on else _("Review the risk again"), refused)
        self._risk, self._entry_id, self._before, self._on = risk, entry.id, entry.reviewed_on, on

    def redo(self) -> None:
        """Note it."""
        self.attempt(lambda: self._risk.review_risk(self._entry_id, self._on))

    def undo(self) -> None:
        """Let it be as it was before."""
        self.attempt(lambda: self._risk.review_risk(self._entry_id, self._before))
