"""The header of a practice: a small JSON file beside the database that holds the wrapped keys and nothing about anyone."""

import hashlib
import json
import os
import tempfile
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ipt_desktop.domain.errors import HeaderDamaged, NewerPractice
from ipt_desktop.services.keys import STORES, Slot, SlotPlace, slot_from_json, slot_to_json

HEADER_NAME = "header.json"
VERSION = 1
LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Header:
    """What opens a practice: its id, whether it is the demo (whose key is published), and each store's slots."""

    practice_id: str
    is_demo: bool = False
    slots: dict[str, tuple[Slot, ...]] = field(default_factory=lambda: dict.fromkeys(STORES, ()))
    version: int = VERSION

    def place_of(self, store: str) -> SlotPlace:
        """Return what the slots of this store are bound to."""
        return SlotPlace(self.version, self.practice_id, store)


def read_header(folder: Path) -> Header:
    """Return the folder's header.

    Raises HeaderDamaged for one that is missing, unreadable, altered or out of bounds, NewerPractice for a later format.
    """
    path = folder / HEADER_NAME
    try:
        text = path.read_bytes()
        if len(text) > LARGEST:
            raise ValueError("too long")
        return _parse(json.loads(text))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise HeaderDamaged(path=path, reason=_reason(error)) from error


def write_header(folder: Path, header: Header) -> None:
    """Write the header whole or not at all: a new file, on the disk, then put in place of the old one. Mode 0600."""
    body = _body(header)
    text = json.dumps(body | {"sha256": _sum(body)}, indent=2)
    handle, part = tempfile.mkstemp(prefix=HEADER_NAME, suffix=".part", dir=folder)  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(folder / HEADER_NAME)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Put the folder's entries on the disk, where the system can (Windows does so by itself)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _body(header: Header) -> dict[str, Any]:
    return {
        "version": header.version,
        "practice_id": header.practice_id,
        "is_demo": header.is_demo,
        "stores": {store: {"slots": [slot_to_json(slot) for slot in header.slots[store]]} for store in STORES},
    }


def _parse(data: dict[str, Any]) -> Header:
    """Return the header in `data`; raises ValueError, KeyError or TypeError for anything that is not exactly one."""
    version = data["version"]
    if type(version) is not int or version < 1:
        raise ValueError("version")
    if version > VERSION:
        raise NewerPractice(found=version, known=VERSION)
    if data.pop("sha256") != _sum(data):
        raise ValueError("checksum")
    if set(data) != {"version", "practice_id", "is_demo", "stores"} or set(data["stores"]) != set(STORES):
        raise ValueError("fields")
    slots = {store: _slots(data["stores"][store]) for store in STORES}
    if type(data["is_demo"]) is not bool or (data["is_demo"] and any(slots.values())):
        raise ValueError("is_demo")
    return Header(str(uuid.UUID(data["practice_id"])), data["is_demo"], slots, version)


def _slots(data: dict[str, Any]) -> tuple[Slot, ...]:
    """Return the slots of one store."""
    if set(data) != {"slots"} or not isinstance(data["slots"], list):
        raise ValueError("slots")
    return tuple(slot_from_json(slot) for slot in data["slots"])


def _sum(body: dict[str, Any]) -> str:
    """Return a checksum that tells damage from a wrong passphrase; against a forger the slots have their own seal."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _reason(error: Exception) -> str:
    """Return a short reason without any of the file's content."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}"
    return str(error)
