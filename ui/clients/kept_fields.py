"""Fields of a record that are kept as they are typed: when one is left, or after a second of quiet."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from ipt_desktop.domain.errors import Refused
from ui.clients.file_field import FieldRow

QUIET_MS, RETRY_MS = 1000, 5000
_visits = count(1)


class KeptFields(QObject):
    """`kept` carries (fields changed, number of the visit): whoever hears it stores them; `is_waiting` tells of what was not.

    `record` returns what is stored now, None while no record is in the fields. `require` raises Refused for a value (by its
    key) that can't be kept; it is said at its field, and the others are kept. What is in the fields of a key that `is_fixed`
    is only read.
    """

    kept = Signal(object, int)

    def __init__(
        self,
        record: Callable[[], object | None],
        parent: QObject,
        *,
        require: Callable[[str, Any], None] = lambda key, value: None,
        is_fixed: Callable[[str], bool] = lambda key: False,
    ) -> None:
        super().__init__(parent)
        self.rows: dict[str, FieldRow] = {}
        self.is_waiting = False
        self._record, self._require, self._is_fixed = record, require, is_fixed
        self._visit = 0
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._on_quiet)

    def add(self, row: FieldRow) -> None:
        """Keep what is typed into this field, too."""
        row.edited.connect(self._on_edited)
        row.left.connect(self._on_left)
        self.rows[row.asked.key] = row

    def show_record(self, record: object) -> None:
        """Show what a record says."""
        for key, row in self.rows.items():
            row.show_value(getattr(record, key))

    def follow(self, before: object, record: object) -> None:
        """Show what was stored elsewhere (undo), unless something else is being typed there."""
        for key, row in self.rows.items():
            if getattr(before, key) != getattr(record, key) and _is_still(row, getattr(before, key)):
                row.show_value(getattr(record, key))

    def keep(self, *, is_patient: bool = False) -> None:
        """Tell what differs from the record; `is_patient`: typing goes on, so nothing is called wrong yet."""
        self._quiet.stop()
        self.is_waiting = False
        record = self._record()
        if record is None:
            return
        changed: dict[str, Any] = {}
        for key, row in self.rows.items():
            if self._is_fixed(key):
                continue
            try:
                value = row.value()
                self._require(key, value)
            except Refused as wrong:
                if not is_patient:
                    row.show_error(str(wrong))
                continue
            row.show_error("")
            if value != getattr(record, key):
                changed[key] = value
        if changed:
            self.kept.emit(changed, self._visit)
        stored = self._record()
        self.is_waiting = stored is not None and any(getattr(stored, key) != value for key, value in changed.items())
        if self.is_waiting:
            self._quiet.start(RETRY_MS)  # it could not be kept: the words stay and are tried again

    def forget(self) -> None:
        """Let go of what is in the fields."""
        self._quiet.stop()
        self._visit, self.is_waiting = 0, False
        for row in self.rows.values():
            row.forget()

    def _on_edited(self) -> None:
        self._visit = self._visit or next(_visits)
        self._quiet.start(QUIET_MS)

    def _on_quiet(self) -> None:
        self.keep(is_patient=True)

    def _on_left(self) -> None:
        self.keep()
        self._visit = 0


def _is_still(row: FieldRow, value: object) -> bool:
    try:
        return bool(row.value() == value)
    except Refused:
        return False
