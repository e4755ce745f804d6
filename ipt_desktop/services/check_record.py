"""What the last checks of a practice came to: a small file beside it, without a word about anyone.

A damaged database is remembered by its size and time, which stay as they are since nothing writes into it. So it is opened only
to be read, until a restored backup lies in its place.
"""

import json
import os
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ipt_desktop.services.practice_folder import DATABASE_NAME

RECORD_NAME = "checks.json"
EVERY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """When a check ended, and whether it found anything."""

    at: datetime
    is_sound: bool


@dataclass(frozen=True, slots=True)
class CheckState:
    """What is remembered: the last check of each kind, and the damage known with the size and time of the damaged file."""

    quick: CheckResult | None = None
    full: CheckResult | None = None
    damage: str = ""
    damaged_file: tuple[int, int] | None = None


class CheckRecord:
    """The record of one practice. What can't be read counts as nothing known; what can't be written is only not remembered."""

    def __init__(self, practice: Path) -> None:
        self._practice = practice
        self._lock = threading.Lock()
        self.state = _read(practice / RECORD_NAME)

    @property
    def known_damage(self) -> str:
        """What is wrong with the database that lies there, or "" where none is known."""
        state = self.state
        return state.damage if state.damage and state.damaged_file == _file_of(self._practice) else ""

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

    def note_damage(self, damage: str) -> None:
        """Remember that the database that lies there is damaged."""
        self._keep(damage=damage, damaged_file=_file_of(self._practice))

    def _keep(self, **changed: Any) -> None:
        with self._lock:
            self.state = replace(self.state, **changed)
            path = self._practice / RECORD_NAME
            part = path.with_name(f"{RECORD_NAME}.part")
            with suppress(OSError):  # a full disk; the state in memory holds until the program ends
                part.unlink(missing_ok=True)
                handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(asdict(self.state), file, indent=2, default=datetime.isoformat)
                part.replace(path)


def known_damage(practice: Path) -> str:
    """Return what is known to be wrong with the database of a practice, or ""."""
    return CheckRecord(practice).known_damage


def _file_of(practice: Path) -> tuple[int, int] | None:
    try:
        found = (practice / DATABASE_NAME).stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _read(path: Path) -> CheckState:
    try:
        data = json.loads(path.read_bytes())
        size_and_time = data["damaged_file"]
        file = (int(size_and_time[0]), int(size_and_time[1])) if size_and_time else None
        return CheckState(_result(data["quick"]), _result(data["full"]), str(data["damage"]), file)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return CheckState()


def _result(data: dict[str, Any] | None) -> CheckResult | None:
    if not data:
        return None
    at = datetime.fromisoformat(data["at"])
    if at.tzinfo is None:
        raise ValueError("at")
    return CheckResult(at, bool(data["is_sound"]))
