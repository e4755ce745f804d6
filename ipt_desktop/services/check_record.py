"""What the last checks of a practice came to: a small file beside it, without a word about anyone.

A damaged database, the practice's or that of the private notes, is remembered by its size and time, which stay as they are
since nothing writes into it. So it is opened only to be read, until a restored backup lies in its place.
"""

import json
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ipt_desktop.services.practice_folder import DATABASE_NAME
from ipt_desktop.storage.store import Store
from ipt_desktop.storage.tables import Schema

RECORD_NAME = "checks.json"
EVERY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """When a check ended, and whether it found anything."""

    at: datetime
    is_sound: bool


@dataclass(frozen=True, slots=True)
class DamagedFile:
    """What is wrong with a database, and which one it was: its size in bytes, and its time in nanoseconds."""

    damage: str
    size: int
    time: int


@dataclass(frozen=True, slots=True)
class CheckState:
    """What is remembered: the last check of each kind, and the damage known of each file, by its name."""

    quick: CheckResult | None = None
    full: CheckResult | None = None
    damaged: dict[str, DamagedFile] = field(default_factory=dict)


class CheckRecord:
    """The record of one practice. What can't be read counts as nothing known; what can't be written is only not remembered."""

    def __init__(self, practice: Path) -> None:
        self._practice = practice
        self._lock = threading.Lock()
        self.state = _read(practice / RECORD_NAME)

    def known_damage(self, name: str = DATABASE_NAME) -> str:
        """Return what is wrong with the database that lies there under this name, or "" where nothing is known to be."""
        known = self.state.damaged.get(name)
        return known.damage if known is not None and known == _seen(self._practice / name, known.damage) else ""

    def forget_what_is_gone(self) -> None:
        """Forget the damage of a database that lies there no more, and what checks said of it: a backup took its place."""
        gone = {name for name in self.state.damaged if not self.known_damage(name)}
        if gone:
            left = {name: each for name, each in self.state.damaged.items() if name not in gone}
            self._keep(damaged=left, quick=None, full=None)

    def is_full_due(self, now: datetime) -> bool:
        """Whether the last full check is a day old, or seems to come from the future (the clock was set back)."""
        last = self.state.full
        return last is None or last.at > now or now - last.at >= EVERY

    def note_quick(self, at: datetime, *, is_sound: bool) -> None:
        """Remember a quick check."""
        self._keep(quick=CheckResult(at, is_sound))

    def note_full(self, at: datetime, *, is_sound: bool) -> None:
        """Remember a full check."""
        self._keep(full=CheckResult(at, is_sound))

    def note_damage(self, damage: str, name: str = DATABASE_NAME) -> None:
        """Remember that the database that lies there under this name is damaged."""
        seen = _seen(self._practice / name, damage)
        if seen is not None:
            self._keep(damaged={**self.state.damaged, **_read(self._practice / RECORD_NAME).damaged, name: seen})

    def _keep(self, **changed: Any) -> None:
        with self._lock:
            self.state = replace(self.state, **{"damaged": _read(self._practice / RECORD_NAME).damaged, **changed})
            path = self._practice / RECORD_NAME
            part = path.with_name(f"{RECORD_NAME}.part")
            with suppress(OSError):  # a full disk; the state in memory holds until the program ends
                part.unlink(missing_ok=True)
                handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(asdict(self.state), file, indent=2, default=datetime.isoformat)
                part.replace(path)


def open_store(
    path: Path, key: bytes, schema: Schema = Schema.PRACTICE, before_upgrade: Callable[[], None] = lambda: None
) -> Store:
    """Open a database of a practice, and one that is known to be damaged only to be read. Raises as `Store.open`.

    Damage that is met while it is open is remembered.
    """
    damage = CheckRecord(path.parent).known_damage(path.name)
    store = Store.open_damaged(path, key, damage, schema) if damage else Store.open(path, key, schema, before_upgrade)
    store.on_damage = lambda: CheckRecord(path.parent).note_damage(store.damage, path.name)
    return store


def _seen(path: Path, damage: str) -> DamagedFile | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return DamagedFile(damage, found.st_size, found.st_mtime_ns)


def _read(path: Path) -> CheckState:
    try:
        data = json.loads(path.read_bytes())
        damaged = {
            str(name): DamagedFile(str(each["damage"]), int(each["size"]), int(each["time"]))
            for name, each in data["damaged"].items()
        }
        return CheckState(_result(data["quick"]), _result(data["full"]), damaged)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return CheckState()


def _result(data: dict[str, Any] | None) -> CheckResult | None:
    if not data:
        return None
    at = datetime.fromisoformat(data["at"])
    if at.tzinfo is None:
        raise ValueError("at")
    return CheckResult(at, bool(data["is_sound"]))
