"""A database that is moved or deleted while it is open: nothing is called kept that no program would find again."""

import sys
from pathlib import Path

import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.domain.errors import PracticeGone
from ipt_desktop.storage.store import Store, Writing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an open file can be neither moved nor deleted there")


def add(name: str) -> r.Client:
    return r.Client(id=name.lower(), name=name)


def names(store: Store) -> list[str]:
    with store.read() as reading:
        return [client.name for client in reading.all(r.Client, "name")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "practice"
    folder.mkdir()
    return folder


def test_moved_away_nothing_is_kept_until_it_is_back(folder: Path, key: bytes):
    store = Store.create(folder / "practice.db", key)
    store.write(lambda writing: writing.insert(add("Ada")))
    assert names(store) == ["Ada"]
    folder.rename(folder.with_name("elsewhere"))
    assert store.is_gone
    with pytest.raises(PracticeGone, match="Put the practice's folder back"):
        store.write(lambda writing: writing.insert(add("Ben")))
    assert names(store) == ["Ada"]
    folder.with_name("elsewhere").rename(folder)
    store.write(lambda writing: writing.insert(add("Ben")))
    store.close()
    again = Store.open(folder / "practice.db", key)
    assert names(again) == ["Ada", "Ben"]
    again.close()


def test_deleted_or_replaced_nothing_is_kept(folder: Path, key: bytes):
    store = Store.create(folder / "practice.db", key)
    copy = (folder / "practice.db").read_bytes()
    (folder / "practice.db").rename(folder / "kept.db")  # so that no other file is given its number
    with pytest.raises(PracticeGone):
        store.write(lambda writing: writing.insert(add("Ada")))
    (folder / "practice.db").write_bytes(copy)
    with pytest.raises(PracticeGone):
        store.write(lambda writing: writing.insert(add("Ada")))
    store.close()
    assert (folder / "practice.db").read_bytes() == copy


def test_deleted_in_the_middle_of_a_change_it_is_not_kept(folder: Path, key: bytes):
    store = Store.create(folder / "practice.db", key)

    def work(writing: Writing) -> None:
        writing.insert(add("Ada"))
        (folder / "practice.db").unlink()

    with pytest.raises(PracticeGone):
        store.write(work)
    store.close()
