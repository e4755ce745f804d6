"""A database found damaged is written to no more: not by what is queued, not on closing, not when it is opened again."""

import hashlib
from concurrent.futures import Future
from pathlib import Path

import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.domain.errors import DatabaseDamaged, PracticeLocked, PracticeReadOnly
from ipt_desktop.storage import migrations
from ipt_desktop.storage.engine import Access, connect
from ipt_desktop.storage.store import Store, Writing

PAGE = 4096


def prints(path: Path) -> dict[str, str]:
    """Return the hash of the database and of its log; the index of the log holds nothing."""
    files = (path, path.with_name(f"{path.name}-wal"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.exists()}


def damage(path: Path, key: bytes, table: str) -> None:
    """Flip a bit in the first page of a table."""
    raw = connect(path, key, Access.WATCH)
    page = int(raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0])
    raw.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE + 100)
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ 1]))


@pytest.fixture
def damaged(path: Path, key: bytes) -> Path:
    """Make a database with a client in it, of which the treatments can't be read."""
    store = Store.create(path, key)
    store.write(lambda writing: writing.insert(r.Client(id="ada", name="Ada")))
    store.close()
    damage(path, key, "course")
    return path


def test_damage_met_while_reading_ends_all_writing(damaged: Path, key: bytes):
    store = Store.open(damaged, key)
    store.write(lambda writing: writing.insert(r.Client(name="Ben")))
    before, heard = prints(damaged), []
    store.on_damage = lambda: heard.append(store.damage)
    assert f"{damaged.name}-wal" in before
    with pytest.raises(DatabaseDamaged), store.read() as reading:
        reading.all(r.Course)
    with pytest.raises(PracticeReadOnly):
        store.write(lambda writing: writing.insert(r.Client(name="Cleo")))
    with store.read() as reading:  # what is whole is still read
        assert [client.name for client in reading.all(r.Client, "name")] == ["Ada", "Ben"]
    with pytest.raises(DatabaseDamaged), store.read() as reading:
        reading.all(r.Course)
    assert (len(heard), heard) == (1, [store.damage])
    store.close()
    assert prints(damaged) == before


def test_damage_met_while_writing_keeps_nothing_of_it(damaged: Path, key: bytes):
    store = Store.open(damaged, key)

    def work(writing: Writing) -> None:
        writing.insert(r.Client(name="Ben"))
        writing.all(r.Course)

    with pytest.raises(PracticeReadOnly):
        store.write(work)
    with store.read() as reading:
        assert [client.name for client in reading.all(r.Client)] == ["Ada"]
    store.close()


def test_what_is_queued_when_damage_is_found_is_refused_in_words(path: Path, key: bytes):
    store = Store.create(path, key)
    ended: list[Future[object]] = [Future(), Future()]
    store.post(lambda _writing: store.stop_writing("page 7"), lambda _result, error: ended[0].set_result(error))
    try:
        store.post(lambda writing: writing.insert(r.Client(name="Ben")), lambda _result, error: ended[1].set_result(error))
    except PracticeReadOnly as error:  # the writer was quicker
        ended[1].set_result(error)
    assert all(isinstance(each.result(10), PracticeReadOnly) for each in ended)
    with store.read() as reading:
        assert reading.all(r.Client) == []
    store.close()


def test_a_file_known_to_be_damaged_is_opened_without_changing_a_byte(damaged: Path, key: bytes):
    left = Store.open(damaged, key)  # leaves a log behind, as a kill does
    left.write(lambda writing: writing.insert(r.Client(name="Ben")))
    left.stop_writing("page 12")
    left.close()
    before = prints(damaged)
    assert f"{damaged.name}-wal" in before
    store = Store.open_damaged(damaged, key, "page 12")
    with store.read() as reading:
        assert [client.name for client in reading.all(r.Client, "name")] == ["Ada", "Ben"]
    with pytest.raises(PracticeReadOnly):
        store.write(lambda writing: writing.insert(r.Client(name="Cleo")))
    store.close()
    store.close()
    with pytest.raises(PracticeLocked):
        store.read().__enter__()
    assert prints(damaged) == before


def test_a_damaged_file_of_an_older_program_is_refused_and_not_brought_up_to_date(path: Path, key: bytes):
    store = Store.create(path, key)
    store.close()
    raw = connect(path, key, Access.WRITE)
    raw.execute("UPDATE alembic_version SET version_num = ?", (migrations.REVISIONS[0],))
    raw.close()
    before = prints(path)
    with pytest.raises(DatabaseDamaged):
        Store.open_damaged(path, key, "page 12")
    assert prints(path) == before


def test_a_sound_database_still_folds_its_log_in_on_closing(path: Path, key: bytes):
    store = Store.create(path, key)
    store.write(lambda writing: writing.insert(r.Client(name="Ada")))
    store.close()
    assert list(prints(path)) == [path.name]
