"""The header of a practice: a small JSON file beside the database that holds the wrapped keys and nothing about anyone."""

import errno
import hashlib
import json
import os
import tempfile
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ipt_desktop.domain.errors import HeaderDamaged, NewerPractice
from ipt_desktop.services.keys import (
    DEMO_ROOT,
    KEYRING,
    MAIN,
    PASSPHRASE,
    STORES,
    Slot,
    SlotPlace,
    practice_id_of,
    slot_from_json,
    slot_to_json,
)

HEADER_NAME = "header.json"
PREVIOUS_NAME = f"{HEADER_NAME}.previous"
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

    def with_slots(self, store: str, *slots: Slot) -> "Header":
        """Return this header with other slots for one store."""
        return replace(self, slots={**self.slots, store: slots})

    def slots_of(self, store: str, kind: str) -> tuple[Slot, ...]:
        """Return a store's slots of one kind."""
        return tuple(slot for slot in self.slots[store] if slot.type == kind)

    def without_keyring(self) -> "Header":
        """Return this header as another computer or a backup may have it: no keychain opens it."""
        return self.with_slots(MAIN, *self.slots_of(MAIN, PASSPHRASE))


def read_header(folder: Path) -> Header:
    """Return the folder's header.

    Raises HeaderDamaged for one that is missing, unreadable, altered or out of bounds, NewerPractice for a later format.
    """
    return _read(folder / HEADER_NAME)


def header_from(text: bytes, where: Path) -> Header:
    """Return the header in these bytes, which come from `where`; raises as `read_header` does."""
    try:
        if len(text) > LARGEST:
            raise ValueError("too long")
        return _parse(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise HeaderDamaged(path=where, reason=_reason(error)) from error


def write_header(folder: Path, header: Header) -> None:
    """Write the header whole or not at all: a new file, on the disk, then put in place of the old one. Mode 0600."""
    part = _write_part(folder, header)
    try:
        part.replace(folder / HEADER_NAME)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(folder)


def replace_header(folder: Path, header: Header, prove: Callable[[Header], None]) -> None:
    """Put a header in place of the present one, once it has been read back and `prove` has seen it open the practice.

    Whatever is raised, the present header is as it was. Once replaced, it is overwritten before it goes: kept, it would still
    open the practice with the old secret.
    """
    part = _write_part(folder, header)
    try:
        prove(_read(part))
        _forget(folder / PREVIOUS_NAME)
        with suppress(OSError):  # there is none, or its disk knows no second name for a file: then it can't be overwritten
            (folder / PREVIOUS_NAME).hardlink_to(folder / HEADER_NAME)
        part.replace(folder / HEADER_NAME)
    except BaseException:
        part.unlink(missing_ok=True)
        (folder / PREVIOUS_NAME).unlink(missing_ok=True)
        raise
    with suppress(OSError):  # the new one counts already: what can't be done now is done by the next opening
        sync_folder(folder)  # before the old one is overwritten: after a power cut its name could be back
        _forget(folder / PREVIOUS_NAME)


def forget_old_headers(folder: Path) -> None:
    """Overwrite and remove what a killed program left beside the header: one it replaced, or one it had not put in place."""
    for path in [folder / PREVIOUS_NAME, *folder.glob(f"{HEADER_NAME}*.part")]:
        _forget(path)


def _forget(path: Path) -> None:
    """Overwrite a small file on the disk and remove it, if it is there."""
    with suppress(FileNotFoundError):
        if path.stat().st_nlink > 1:  # another name of the header in place: the program was killed before it was replaced
            path.unlink()
            return
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()


def _read(path: Path) -> Header:
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
    except OSError as error:
        raise HeaderDamaged(path=path, reason=_reason(error)) from error
    return header_from(text, path)


def _write_part(folder: Path, header: Header) -> Path:
    """Write a header on the disk under a name of its own."""
    body = _body(header)
    text = json.dumps(body | {"sha256": _sum(body)}, indent=2)
    handle, part = tempfile.mkstemp(prefix=HEADER_NAME, suffix=".part", dir=folder)  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return Path(part)


def sync_folder(folder: Path) -> None:
    """Put the folder's entries on the disk, where the system can (Windows does so by itself, some shares never)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # what else goes wrong, the disk could not do
            raise
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
    slots = {store: _slots(data["stores"][store], store) for store in STORES}
    practice_id = str(uuid.UUID(data["practice_id"]))
    if type(data["is_demo"]) is not bool:
        raise ValueError("is_demo")
    if data["is_demo"] and (any(slots.values()) or practice_id != practice_id_of(DEMO_ROOT)):  # a practice that says so is none
        raise ValueError("is_demo")
    return Header(practice_id, data["is_demo"], slots, version)


def _slots(data: dict[str, Any], store: str) -> tuple[Slot, ...]:
    """Return the slots of one store: one of a kind at most, since each costs time to try; no keychain opens private notes."""
    if set(data) != {"slots"} or not isinstance(data["slots"], list):
        raise ValueError("slots")
    slots = tuple(slot_from_json(slot) for slot in data["slots"])
    kinds = [slot.type for slot in slots]
    if len(set(kinds)) < len(kinds) or (store != MAIN and KEYRING in kinds):
        raise ValueError("kinds of slots")
    return slots


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
