"""The header keeps keys and nothing else; damage, tampering and newer formats are told apart and change no byte."""

import copy
import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ipt_desktop.domain.errors import HeaderDamaged, NewerPractice, WrongPassphrase
from ipt_desktop.services import header as header_file
from ipt_desktop.services import keys
from ipt_desktop.services.header import HEADER_NAME, Header, read_header, sync_folder, write_header

PASSPHRASE = "six random words are easy"  # noqa: S105  (a test's own)
pytestmark = pytest.mark.kdf
KEY = bytes(range(32))
PRACTICE = "9cefd705-6bed-4c68-ae70-cd3ea89057e0"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of one header with a slot for each store."""
    folder = tmp_path_factory.mktemp("header")
    bare = Header(PRACTICE)
    slots = {store: (keys.wrap(KEY, PASSPHRASE, bare.place_of(store)),) for store in keys.STORES}
    write_header(folder, Header(PRACTICE, slots=slots))
    return (folder / HEADER_NAME).read_bytes()


@pytest.fixture
def folder(made: bytes, tmp_path: Path) -> Path:
    (tmp_path / HEADER_NAME).write_bytes(made)
    return tmp_path


def rewrite(folder: Path, change: Callable[[dict[str, Any]], None], *, forge: bool) -> None:
    """Change the header; a forger also mends the checksum, plain damage does not."""
    path = folder / HEADER_NAME
    data = json.loads(path.read_text())
    change(data)
    if forge:
        data.pop("sha256", None)
        body = json.dumps(data, sort_keys=True, separators=(",", ":"))
        data["sha256"] = hashlib.sha256(body.encode()).hexdigest()
    path.write_text(json.dumps(data))


def leaves(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the ways to every single value of the header."""
    if isinstance(value, dict):
        return [leaf for key, part in value.items() for leaf in leaves(part, (*way, key))]
    if isinstance(value, list):
        return [leaf for place, part in enumerate(value) for leaf in leaves(part, (*way, place))]
    return [way]


def put(data: Any, way: tuple[Any, ...], change: Callable[[Any], Any]) -> None:
    for step in way[:-1]:
        data = data[step]
    data[way[-1]] = change(data[way[-1]])


def other(value: Any) -> Any:
    """Return another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return ("0" if value[0] != "0" else "1") + value[1:]


def test_a_header_comes_back_whole_and_opens_each_store(folder: Path):
    read = read_header(folder)
    assert (read.practice_id, read.is_demo, read.version) == (PRACTICE, False, 1)
    for store in keys.STORES:
        assert keys.unwrap(read.slots[store], PASSPHRASE, read.place_of(store)) == KEY


def test_a_slot_opens_neither_another_store_nor_another_practice(folder: Path):
    read = read_header(folder)
    for place in (read.place_of(keys.PRIVATE), Header("0" * 8 + PRACTICE[8:]).place_of(keys.MAIN)):
        with pytest.raises(WrongPassphrase):
            keys.unwrap(read.slots[keys.MAIN], PASSPHRASE, place)


def test_the_stretching_is_what_was_promised(folder: Path):
    for store in keys.STORES:
        (slot,) = read_header(folder).slots[store]
        assert (slot.stretching.memory_kib, slot.stretching.passes, slot.stretching.lanes) == (262144, 3, 4)


def test_every_wrapping_has_its_own_salt_nonce_and_id(folder: Path):
    (main,), (private,) = read_header(folder).slots.values()
    assert main.salt != private.salt
    assert main.nonce != private.nonce
    assert main.id != private.id


def test_damage_to_any_value_is_told_as_damage(folder: Path, made: bytes):
    ways = leaves(json.loads(made))
    assert len(ways) == 22
    for way in ways:
        (folder / HEADER_NAME).write_bytes(made)
        rewrite(folder, lambda data, way=way: put(data, way, other), forge=False)
        spoilt = (folder / HEADER_NAME).read_bytes()
        with pytest.raises(NewerPractice if way == ("version",) else HeaderDamaged):
            read_header(folder)
        assert (folder / HEADER_NAME).read_bytes() == spoilt


MAIN_SLOT = ("stores", "main", "slots", 0)


@pytest.mark.parametrize(
    "way",
    [
        ("practice_id",),
        (*MAIN_SLOT, "id"),
        (*MAIN_SLOT, "parameters", "memory_kib"),
        (*MAIN_SLOT, "parameters", "passes"),
        (*MAIN_SLOT, "parameters", "lanes"),
        (*MAIN_SLOT, "parameters", "salt"),
        (*MAIN_SLOT, "nonce"),
        (*MAIN_SLOT, "wrapped"),
    ],
    ids=lambda way: str(way[-1]),
)
def test_a_forged_value_makes_the_slot_useless(folder: Path, way: tuple[Any, ...]):
    rewrite(folder, lambda data: put(data, way, other), forge=True)
    read = read_header(folder)
    with pytest.raises(WrongPassphrase):
        keys.unwrap(read.slots[keys.MAIN], PASSPHRASE, read.place_of(keys.MAIN))


OUT_OF_BOUNDS: list[tuple[tuple[Any, ...], Any]] = [
    (("version",), 0),
    (("version",), True),
    (("version",), "1"),
    (("practice_id",), "not an id"),
    (("practice_id",), 7),
    (("is_demo",), True),
    (("is_demo",), 0),
    (("stores",), []),
    (("stores",), {}),
    ((*MAIN_SLOT[:-1],), {}),
    ((*MAIN_SLOT[:-1],), None),
    (MAIN_SLOT, "slot"),
    ((*MAIN_SLOT, "id"), "x"),
    ((*MAIN_SLOT, "type"), "keyring"),
    ((*MAIN_SLOT, "parameters", "kdf"), "argon2d"),
    ((*MAIN_SLOT, "parameters", "memory_kib"), 8),
    ((*MAIN_SLOT, "parameters", "memory_kib"), 262143),
    ((*MAIN_SLOT, "parameters", "memory_kib"), 64 * 1024 * 1024),
    ((*MAIN_SLOT, "parameters", "memory_kib"), 262144.0),
    ((*MAIN_SLOT, "parameters", "passes"), 2),
    ((*MAIN_SLOT, "parameters", "passes"), 10**9),
    ((*MAIN_SLOT, "parameters", "lanes"), 1),
    ((*MAIN_SLOT, "parameters", "lanes"), 2**20),
    ((*MAIN_SLOT, "parameters", "salt"), "AAAA"),
    ((*MAIN_SLOT, "parameters", "salt"), "*" * 24),
    ((*MAIN_SLOT, "nonce"), ""),
    ((*MAIN_SLOT, "wrapped"), None),
]


@pytest.mark.parametrize(("way", "value"), OUT_OF_BOUNDS, ids=lambda part: str(part)[-24:])
def test_a_forged_value_out_of_bounds_is_refused_before_it_is_used(folder: Path, way: tuple[Any, ...], value: Any):
    rewrite(folder, lambda data: put(data, way, lambda _old: copy.copy(value)), forge=True)
    with pytest.raises(HeaderDamaged):
        read_header(folder)


def test_an_added_field_is_refused(folder: Path):
    rewrite(folder, lambda data: data.update(name="Quiet Street"), forge=True)
    with pytest.raises(HeaderDamaged):
        read_header(folder)


def test_a_later_format_is_told_as_such_whatever_else_it_holds(folder: Path):
    (folder / HEADER_NAME).write_text('{"version": 2, "something": "else"}')
    with pytest.raises(NewerPractice, match="2; this one knows 1"):
        read_header(folder)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"null", b"[]", b"{}", b"\xff\xfe\0", b"[" * 100_000, b" " * 70_000], ids=lambda part: repr(part[:4])
)
def test_what_is_no_header_is_told(folder: Path, content: bytes):
    (folder / HEADER_NAME).write_bytes(content)
    with pytest.raises(HeaderDamaged, match="Nothing was changed"):
        read_header(folder)
    assert (folder / HEADER_NAME).read_bytes() == content


@pytest.mark.skipif(sys.platform == "win32", reason="a file with a hole takes its whole size there")
def test_a_header_larger_than_any_memory_is_told_and_not_read(folder: Path):
    os.truncate(folder / HEADER_NAME, 1 << 43)
    with pytest.raises(HeaderDamaged, match="too long"):
        read_header(folder)


def test_a_truncated_header_is_told(folder: Path, made: bytes):
    for length in range(0, len(made) - 1, 97):
        (folder / HEADER_NAME).write_bytes(made[:length])
        with pytest.raises(HeaderDamaged):
            read_header(folder)


def test_a_failed_write_keeps_the_old_header_and_leaves_no_part(folder: Path, made: bytes, monkeypatch: pytest.MonkeyPatch):
    def fail(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(header_file.os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_header(folder, Header(PRACTICE))
    assert [file.name for file in folder.iterdir()] == [HEADER_NAME]
    assert (folder / HEADER_NAME).read_bytes() == made


def test_file_and_folder_are_on_the_disk_before_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The order is what survives a power cut: the new file's bytes, its name, the folder's entry."""
    done: list[str] = []
    sync, rename = header_file.os.fsync, Path.replace
    monkeypatch.setattr(header_file.os, "fsync", lambda handle: (done.append("fsync"), sync(handle))[1])
    monkeypatch.setattr(Path, "replace", lambda part, target: (done.append("replace"), rename(part, target))[1])
    write_header(tmp_path, Header(PRACTICE))
    is_posix = os.name == "posix"  # elsewhere a folder can't be synchronised, and files have no such modes
    assert done == ["fsync", "replace", *(["fsync"] if is_posix else [])]
    assert not is_posix or oct((tmp_path / HEADER_NAME).stat().st_mode & 0o777) == "0o600"


@pytest.mark.skipif(sys.platform != "linux", reason="only there is a folder at hand that can't be synchronised")
def test_a_folder_of_a_share_that_cannot_be_synchronised_is_no_failure(tmp_path: Path):
    with pytest.raises(OSError, match="Invalid argument"):
        sync("/proc")
    sync_folder(Path("/proc"))
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "absent")


def sync(folder: str) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
