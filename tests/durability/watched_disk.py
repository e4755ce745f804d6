"""The disk as the database driver sees it: every write, sync, truncation and removal is told, and may be made to fail.

SQLite reaches files through a table of functions, its VFS. A copy of the driver's own table becomes the default one, in which
the functions that change a file are ours and call the original. Nothing is compiled, no right of root is needed, and the driver
is the one that ships. It must export SQLite's functions, as the Linux builds do.
"""

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3._sqlite3 as driver

IS_REACHABLE = sys.platform.startswith("linux") and hasattr(ctypes.CDLL(driver.__file__), "sqlite3_vfs_register")
WHY_NOT = "the driver's file functions can be reached in its Linux build only"

SQLITE_OK = 0
IO_ERROR_WRITE, IO_ERROR_SYNC, DISK_FULL = 10 | 3 << 8, 10 | 4 << 8, 13  # sqlite.org/rescode.html


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes put at an offset of a file."""

    file: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """A file cut, or stretched, to a size."""

    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """Everything done to a file before is on the disk from here on, and so is its name."""

    file: str


@dataclass(frozen=True, slots=True)
class Create:
    """A file that was not there before."""

    file: str


@dataclass(frozen=True, slots=True)
class Remove:
    """A name taken away: on the disk with the next sync of its folder, or at once if `is_lasting`."""

    file: str
    is_lasting: bool


Step = Write | Truncate | Sync | Create | Remove
# Is asked before each step, and answers SQLITE_OK, or the SQLite error with which the step fails.
Watcher = Callable[[Step], int]

_pointer, _int, _int64 = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
_OPEN = ctypes.CFUNCTYPE(_int, _pointer, _pointer, _pointer, _int, _pointer)
_DELETE = ctypes.CFUNCTYPE(_int, _pointer, _pointer, _int)
_WRITE = ctypes.CFUNCTYPE(_int, _pointer, _pointer, _int, _int64)
_TRUNCATE = ctypes.CFUNCTYPE(_int, _pointer, _int64)
_SYNC = ctypes.CFUNCTYPE(_int, _pointer, _int)


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs` of sqlite3.h, version 3; the functions that stay as they are have no name here."""

    _fields_ = (
        ("version", _int),
        ("file_size", _int),
        ("longest_path", _int),
        ("next", _pointer),
        ("name", ctypes.c_char_p),
        ("data", _pointer),
        ("open", _pointer),
        ("delete", _pointer),
        ("rest", _pointer * 14),
    )


class _Methods(ctypes.Structure):
    """`sqlite3_io_methods` of sqlite3.h, version 3."""

    _fields_ = (
        ("version", _int),
        ("close", _pointer),
        ("read", _pointer),
        ("write", _pointer),
        ("truncate", _pointer),
        ("sync", _pointer),
        ("rest", _pointer * 13),
    )


class _WatchedDisk:
    """The functions in front of the driver's own, for as long as it is kept."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._sqlite = ctypes.CDLL(driver.__file__)
        self._sqlite.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        self._original: _Vfs = self._sqlite.sqlite3_vfs_find(None).contents
        self._names: dict[int, str] = {}  # by the address of the open file
        self._tables: dict[int, _Methods] = {}  # ours, by the address of the driver's
        self._originals: dict[int, _Methods] = {}  # the driver's, by the address of the open file
        self._open, self._delete = _OPEN(self._original.open), _DELETE(self._original.delete)
        self._ours = (_OPEN(self._on_open), _DELETE(self._on_delete))
        self._our_methods = (_WRITE(self._on_write), _TRUNCATE(self._on_truncate), _SYNC(self._on_sync))
        self._vfs = _Vfs.from_buffer_copy(self._original)
        self._vfs.name, self._vfs.next = b"watched", None
        self._vfs.open, self._vfs.delete = (_address(each) for each in self._ours)

    def begin(self) -> None:
        self._sqlite.sqlite3_vfs_register(ctypes.byref(self._vfs), 1)

    def end(self) -> None:
        self._sqlite.sqlite3_vfs_unregister(ctypes.byref(self._vfs))
        self._sqlite.sqlite3_vfs_register(ctypes.byref(self._original), 1)

    def _on_open(self, vfs: int, name: int | None, file: int, flags: int, told: int | None) -> int:
        path = os.fsdecode(ctypes.string_at(name)) if name else ""
        is_new = bool(path) and not Path(path).exists()
        code = int(self._open(vfs, name, file, flags, told))
        if code != SQLITE_OK:
            return code
        if is_new:
            self._watcher(Create(path))
        slot = ctypes.cast(file, ctypes.POINTER(_pointer))
        table = int(slot.contents.value or 0)
        self._names[file], self._originals[file] = path, _Methods.from_address(table)
        if table not in self._tables:
            ours = _Methods.from_address(table)
            ours = _Methods.from_buffer_copy(ours)
            ours.write, ours.truncate, ours.sync = (_address(each) for each in self._our_methods)
            self._tables[table] = ours
        slot[0] = ctypes.addressof(self._tables[table])
        return code

    def _on_write(self, file: int, data: int, size: int, offset: int) -> int:
        content = ctypes.string_at(data, size)
        code = self._watcher(Write(self._names[file], offset, content))
        if code != SQLITE_OK:  # what a full disk does: the first part of it is there
            _WRITE(self._originals[file].write)(file, data, size // 2, offset)
            return code
        return int(_WRITE(self._originals[file].write)(file, data, size, offset))

    def _on_truncate(self, file: int, size: int) -> int:
        code = self._watcher(Truncate(self._names[file], size))
        return code or int(_TRUNCATE(self._originals[file].truncate)(file, size))

    def _on_sync(self, file: int, flags: int) -> int:
        code = self._watcher(Sync(self._names[file]))
        return code or int(_SYNC(self._originals[file].sync)(file, flags))

    def _on_delete(self, vfs: int, name: int, sync_folder: int) -> int:
        path = os.fsdecode(ctypes.string_at(name))
        code = self._watcher(Remove(path, bool(sync_folder))) if Path(path).exists() else SQLITE_OK
        return code or int(self._delete(vfs, name, sync_folder))


def _address(function: Any) -> int | None:
    return ctypes.cast(function, _pointer).value


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Let `watcher` see and decide every change to the files of databases that are opened, and closed again, inside."""
    disk = _WatchedDisk(watcher)
    disk.begin()
    try:
        yield
    finally:
        disk.end()
