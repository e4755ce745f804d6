"""What was backed up when, and what last went wrong: a small file beside the practice, without a word about anyone."""

import json
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.records import now

RECORD_NAME = "backups.json"


@dataclass(frozen=True, slots=True)
class FolderRecord:
    """One folder's last good backup, and the last failure since, which is "" once one worked again."""

    made_at: datetime | None = None
    failed_at: datetime | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class ProofRecord:
    """When a backup was last proven restorable, and what it held."""

    at: datetime
    notes: int
    clients: int


@dataclass(frozen=True, slots=True)
class BackupState:
    """What is remembered: by folder, the last proof, whether anything changed since the last backup, and how long it was used.

    `used_minutes` counts the minutes of use since the last backup; `beside` is a sum
    of the files beside the databases as it holds them.
    """

    folders: dict[str, FolderRecord] = field(default_factory=dict)
    proof: ProofRecord | None = None
    has_changed: bool = True
    used_minutes: int = 0
    beside: str = ""

    @property
    def last_made_at(self) -> datetime | None:
        """When the last good backup was made, in whichever folder."""
        return max((each.made_at for each in self.folders.values() if each.made_at), default=None)

    @property
    def failing(self) -> dict[str, FolderRecord]:
        """The folders where the last backup failed."""
        return {folder: each for folder, each in self.folders.items() if each.failure}


class BackupRecord:
    """The record of one practice. What can't be read counts as nothing known; what can't be written is only not remembered."""

    def __init__(self, practice: Path) -> None:
        self._path = practice / RECORD_NAME
        self._lock = threading.Lock()
        self._changes = 0
        self._listeners: list[Callable[[], None]] = []
        self.state = _read(self._path)

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener`, on whichever thread, after what is remembered has changed, until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def note_change(self) -> None:
        """Remember that something changed; a file is written the first time alone."""
        self._changes += 1
        if not self.state.has_changed:
            self._keep(has_changed=True)

    def note_use(self, minutes: int) -> None:
        """Count minutes of use; they are written with whatever is remembered next, or by `keep`."""
        with self._lock:
            self.state = replace(self.state, used_minutes=self.state.used_minutes + minutes)

    def keep(self) -> None:
        """Write what is known, if there was use to count."""
        if self.state.used_minutes:
            self._keep()

    def begin(self) -> int:
        """Return what tells, at the end of a backup that begins now, whether anything has changed meanwhile."""
        return self._changes

    def note_success(self, folder: Path, made_at: datetime, begun: int, beside: str) -> None:
        """Remember a good backup that was `begun` then; an earlier failure in its folder is over."""
        folders = {**self.state.folders, str(folder): FolderRecord(made_at=made_at)}
        self._keep(folders=folders, has_changed=self._changes != begun, used_minutes=0, beside=beside)

    def note_failure(self, folder: Path, error: PracticeError) -> None:
        """Remember that no backup could be made in this folder, and why."""
        before = self.state.folders.get(str(folder), FolderRecord())
        failed = replace(before, failed_at=now(), failure=str(error))
        self._keep(folders={**self.state.folders, str(folder): failed})

    def note_proof(self, at: datetime, *, notes: int, clients: int) -> None:
        """Remember that a backup was opened and found whole."""
        self._keep(proof=ProofRecord(at, notes, clients))

    def _keep(self, **changed: Any) -> None:
        with self._lock:
            self.state = replace(self.state, **changed)
            part = self._path.with_name(f"{RECORD_NAME}.part")
            with suppress(OSError):  # a full disk; the state in memory holds until the program ends
                part.unlink(missing_ok=True)
                handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(asdict(self.state), file, indent=2, default=datetime.isoformat)
                part.replace(self._path)
        for listener in tuple(self._listeners):
            listener()


def _read(path: Path) -> BackupState:
    try:
        data = json.loads(path.read_bytes())
        folders = {
            str(folder): FolderRecord(_time(each["made_at"]), _time(each["failed_at"]), str(each["failure"]))
            for folder, each in data["folders"].items()
        }
        proof = data["proof"]
        known = ProofRecord(datetime.fromisoformat(proof["at"]), int(proof["notes"]), int(proof["clients"])) if proof else None
        return BackupState(
            folders, known, bool(data["has_changed"]), int(data.get("used_minutes", 0)), str(data.get("beside", ""))
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return BackupState()


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
