"""Every connection carries every safeguard, and what can't be opened safely is refused untouched."""

import shutil
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from ipt_desktop.domain import records as r
from ipt_desktop.domain.errors import DatabaseDamaged, DatabaseMissing, UnsafeDriver
from ipt_desktop.storage import engine
from ipt_desktop.storage.engine import Access
from ipt_desktop.storage.store import Store

EXPECTED = {
    "cipher_log_level": "NONE",
    "cipher_memory_security": "0",
    "journal_mode": "wal",
    "synchronous": 2,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
    "foreign_keys": 1,
    "secure_delete": 1,
    "temp_store": 2,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "cache_size": -16384,
}


def pragmas_of(raw: Any) -> dict[str, Any]:
    return {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in EXPECTED}


@pytest.mark.parametrize("access", Access)
def test_every_kind_of_connection_reads_back_every_pragma(store: Store, path: Path, key: bytes, access: Access):
    raw = engine.connect(path, key, access)
    expected = EXPECTED | (
        {"journal_mode": "delete"} if access in (Access.LOOK, Access.SALVAGE) else {}
    )  # a look never writes a journal
    assert pragmas_of(raw) == expected
    assert raw.execute("PRAGMA query_only").fetchone()[0] == (access not in (Access.WRITE, Access.COPY))
    assert raw.execute("PRAGMA cipher_version").fetchone()
    assert raw.isolation_level is None
    raw.close()


@pytest.mark.proof
def test_the_stores_own_connections_read_back_every_pragma(store: Store):
    seen = [store._writer.connection.driver_connection]

    def look() -> None:
        with store.read() as reading:
            seen.append(reading._connection.connection.driver_connection)

    look()
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert len(set(map(id, seen))) == 3
    assert [pragmas_of(raw) for raw in seen] == [EXPECTED] * 3


def test_a_migrations_connection_reads_back_every_pragma(store: Store, path: Path, key: bytes):
    with engine.writing_connection(path, key) as connection:
        assert pragmas_of(connection.connection.driver_connection) == EXPECTED


@pytest.mark.parametrize("access", Access)
def test_nothing_comes_before_the_proof_of_encryption_and_the_key(
    store: Store, path: Path, key: bytes, access: Access, monkeypatch: pytest.MonkeyPatch
):
    """The order of every connection: the log silenced, the driver proven, the key, the schema read; safeguards after that."""
    said: list[str] = []

    class Spoken:
        def __init__(self, raw: Any) -> None:
            self._raw = raw

        def execute(self, statement: str) -> Any:
            said.append(statement.split(" =")[0])
            return self._raw.execute(statement)

    driver = SimpleNamespace(**vars(dbapi2))
    driver.connect = lambda *places, **settings: Spoken(dbapi2.connect(*places, **settings))
    monkeypatch.setattr(engine, "dbapi2", driver)
    spoken = engine.connect(path, key, access)
    spoken._raw.close()
    if access is Access.SALVAGE:  # what lets a file be read that is cut short, once the key is given
        said.remove("PRAGMA writable_schema")
    assert said[:4] == ["PRAGMA cipher_log_level", "PRAGMA cipher_version", "PRAGMA key", "SELECT count(*) FROM sqlite_master"]
    safeguards = ["synchronous", "fullfsync", "checkpoint_fullfsync", "foreign_keys", "secure_delete", "temp_store"]
    assert set(said[4:]) >= {f"PRAGMA {name}" for name in (*safeguards, "trusted_schema", "cell_size_check", "cache_size")}


def test_the_writer_begins_immediate_and_a_reader_does_not(store: Store, path: Path, key: bytes):
    other = engine.connect(path, key, Access.WRITE)
    other.execute("PRAGMA busy_timeout = 0")
    with store.read():
        other.execute("BEGIN IMMEDIATE")  # a reader does not lock the writer out
        other.execute("ROLLBACK")

    def work(_writing: Any) -> None:
        with pytest.raises(dbapi2.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")

    store.write(work)
    other.close()


def test_a_reader_can_not_write(store: Store):
    with store.read() as reading, pytest.raises(DatabaseDamaged), store._told_as_damage():
        reading._connection.exec_driver_sql("DELETE FROM client")


def test_no_value_can_reach_a_log(path: Path, key: bytes):
    opened = engine.open_engine(path, key, Access.READ)
    assert opened.hide_parameters
    assert not opened.echo
    assert "key" not in str(opened.url)


# Drivers


def test_a_driver_without_encryption_is_refused_and_writes_nothing(path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch):
    path.touch()
    plain = SimpleNamespace(**vars(sqlite3))
    plain.sqlite_version_info = engine.LOWEST_SQLITE
    monkeypatch.setattr(engine, "dbapi2", plain)
    with pytest.raises(UnsafeDriver, match="no encryption"):
        engine.connect(path, key, Access.WRITE)
    assert path.read_bytes() == b""


def test_an_sqlite_that_loses_commits_is_refused(path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch):
    old = SimpleNamespace(**vars(dbapi2))
    old.sqlite_version_info, old.sqlite_version = (3, 51, 2), "3.51.2"
    monkeypatch.setattr(engine, "dbapi2", old)
    path.touch()
    with pytest.raises(UnsafeDriver, match=r"3\.51\.2 < 3\.51\.3"):
        engine.connect(path, key, Access.WRITE)


def test_a_key_has_32_bytes(path: Path):
    with pytest.raises(ValueError, match="32"):
        engine.connect(path, b"short", Access.WRITE)


# Files that can't be opened


@pytest.fixture
def closed(path: Path, key: bytes, one_of_each: list[Any]) -> Path:
    """Return a database with a record of each kind, closed."""
    store = Store.create(path, key)
    for record in one_of_each:
        store.write(lambda writing, record=record: writing.insert(record))
    store.close()
    return path


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def truncate_unevenly(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def flip_first_page(path: Path) -> None:
    altered = bytearray(path.read_bytes())
    altered[100] ^= 1
    path.write_bytes(altered)


def swap(path: Path) -> None:
    other = path.parent / "other.db"
    Store.create(other, bytes(32)).close()
    other.replace(path)


@pytest.mark.parametrize(
    "spoil",
    [
        truncate,
        truncate_unevenly,
        flip_first_page,
        swap,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"SQLite format 3\0"),
        lambda path: path.write_bytes(b"not a database " * 1000),
    ],
    ids=["half", "uneven", "altered", "swapped", "empty", "sixteen bytes", "text"],
)
def test_a_spoilt_database_is_told_and_left_as_it_is(
    closed: Path, key: bytes, spoil: Callable[[Path], None], prints: Callable[[Path], dict[str, str]]
):
    spoil(closed)
    before = prints(closed.parent)
    with pytest.raises(DatabaseDamaged, match="damaged or incomplete"):
        Store.open(closed, key)
    assert prints(closed.parent) == before


def test_a_wrong_key_leaves_every_byte(closed: Path, prints: Callable[[Path], dict[str, str]]):
    before = prints(closed.parent)
    with pytest.raises(DatabaseDamaged):
        Store.open(closed, bytes(32))
    assert prints(closed.parent) == before


def test_a_missing_database_is_not_made(path: Path, key: bytes):
    with pytest.raises(DatabaseMissing, match=r"practice\.db"):
        Store.open(path, key)
    assert list(path.parent.iterdir()) == []


def test_a_plaintext_database_is_refused(path: Path, key: bytes):
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE client (id TEXT)")
    plain.close()
    with pytest.raises(DatabaseDamaged):
        Store.open(path, key)


def test_a_flipped_bit_is_found_or_harmless_never_another_text(closed: Path, key: bytes, one_of_each: list[Any]):
    """The cipher's seal on each page: over the whole file, a flip is told as damage or lies in a page that holds nothing."""
    whole = closed.read_bytes()
    spoilt = closed.parent / "spoilt.db"
    found = 0
    for place in range(7, len(whole), len(whole) // 60):
        altered = bytearray(whole)
        altered[place] ^= 1 << (place % 8)
        spoilt.write_bytes(altered)
        try:
            store = Store.open(spoilt, key)
        except DatabaseDamaged:
            found += 1
            continue
        try:
            with store.read() as reading:
                for record in one_of_each:
                    assert reading.all(type(record), id=record.id) == [record]
        except DatabaseDamaged:
            found += 1
        finally:
            store.close()
    assert found > 15


# At rest


CANARY = "Nachtigallenkäfig"


def places_of(folder: Path, word: str) -> list[str]:
    """Return the files of a folder that hold the word as UTF-8 or UTF-16, composed as typed."""
    forms = [word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return [file.name for file in folder.rglob("*") if file.is_file() and any(form in file.read_bytes() for form in forms)]


def test_no_word_lies_in_clear_while_open_or_closed(path: Path, key: bytes):
    store = Store.create(path, key)
    client = r.Client(name=CANARY, own_words=CANARY * 2000)
    store.write(lambda writing: writing.insert(client))
    open_files = {file.name for file in path.parent.iterdir()}
    assert open_files == {"practice.db", "practice.db-wal", "practice.db-shm"}
    assert places_of(path.parent, CANARY) == []
    store.write(lambda writing: writing.delete(r.Client, client.id))
    store.close()
    assert places_of(path.parent, CANARY) == []


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
def test_the_scan_sees_a_word_in_clear(tmp_path: Path, code: str):
    (tmp_path / "leak").write_bytes(b"\0" + CANARY.encode(code))
    assert places_of(tmp_path, CANARY) == ["leak"]


@pytest.mark.skipif(sys.platform == "win32", reason="has no such modes: a user's own folders are theirs alone")
def test_only_the_owner_may_read_the_files(store: Store, path: Path):
    store.write(lambda writing: writing.insert(r.Client(name="Ada")))
    assert {oct(file.stat().st_mode & 0o777) for file in path.parent.iterdir()} == {"0o600"}


def test_a_copy_with_its_log_opens_with_everything(store: Store, path: Path, key: bytes, tmp_path: Path):
    store.write(lambda writing: writing.insert(r.Client(name="Ada")))
    there = tmp_path / "copy"
    there.mkdir()
    for name in ("practice.db", "practice.db-wal"):
        shutil.copy(path.parent / name, there)
    copy = Store.open(there / "practice.db", key)
    with copy.read() as reading:
        assert [client.name for client in reading.all(r.Client)] == ["Ada"]
    copy.close()
