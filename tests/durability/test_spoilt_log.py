"""A log that is not the database's own, or not whole: refused with every byte as it was, or left aside.

What is wrong with the database itself is tried in `tests/services/test_vault.py`.
"""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import DatabaseDamaged
from ipt_desktop.services.practice_check import quick_check
from ipt_desktop.storage.database_check import check_closed
from ipt_desktop.storage.store import Store
from tests.durability.proof import Proof
from tests.durability.typist import DATABASE, KEY, new_practice, require_sound, save, saves_in

FOLDED, LOGGED = 5, 5
LOG = f"{DATABASE}-wal"
OTHER_KEY = bytes(32)


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """Make a practice as a kill leaves it, with saves in its log."""
    return left_by_a_kill(tmp_path / "practice")


def left_by_a_kill(folder: Path, key: bytes = KEY) -> Path:
    practice = new_practice(folder, key)
    store = Store.open(practice, key)
    for number in range(1, FOLDED + 1):
        save(store, number)
    store.close()
    store = Store.open(practice, key)
    for number in range(FOLDED + 1, FOLDED + LOGGED + 1):
        save(store, number)
    left = folder.with_name(f"{folder.name}-killed")
    shutil.copytree(folder, left, ignore=shutil.ignore_patterns("*-shm"))
    store.close()
    return left


def prints(folder: Path) -> dict[str, str]:
    """Return each file with the hash of its bytes, but for the index of the log, which holds nothing."""
    files = (file for file in sorted(folder.iterdir()) if not file.name.endswith("-shm"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def kept_in(folder: Path) -> set[int]:
    store = Store.open(folder / DATABASE, KEY)
    try:
        require_sound(store)
        return saves_in(store)
    finally:
        store.close()


def test_its_own_log_is_read(killed: Path):
    assert kept_in(killed) == set(range(1, FOLDED + LOGGED + 1))


@pytest.mark.proof
@pytest.mark.parametrize("what", ["log", "database"])
def test_files_swapped_with_another_practices_are_refused_untouched(killed: Path, tmp_path: Path, what: str, proof: Proof):
    other = left_by_a_kill(tmp_path / "other", OTHER_KEY)
    name = LOG if what == "log" else DATABASE
    (killed / name).write_bytes((other / name).read_bytes())
    before = prints(killed)
    with pytest.raises(DatabaseDamaged):
        Store.open(killed / DATABASE, KEY)
    assert prints(killed) == before
    proof.tell(f"another practice's {what}, with the same name", "opened with the right key", "refused, every byte as it was")


def test_saves_behind_a_flipped_bit_are_told_by_every_check(killed: Path):
    """The flip lies in the first of the saves in the log; those behind it are whole, and SQLite does not read them."""
    log = bytearray((killed / LOG).read_bytes())
    log[100] ^= 1
    (killed / LOG).write_bytes(log)
    before = prints(killed)
    (told,) = check_closed(killed / DATABASE, KEY).damage
    assert prints(killed) == before  # what may yet be saved of it is not folded in
    store = Store.open(killed / DATABASE, KEY)
    assert saves_in(store) == set(range(1, FOLDED + 1))
    assert store.unread_saves == LOGGED
    assert told == f"{LOGGED} saves in the log cannot be read"
    assert quick_check(store).damage == (told,)
    store.close()
    assert check_closed(killed / DATABASE, KEY).is_sound  # it is over: the program goes on with what there is


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "gone": lambda log: b"",
    "cut in its first page": lambda log: log[:1000],
    "cut in half": lambda log: log[: len(log) // 2],
    "without its last byte": lambda log: log[:-1],
    "zeros": lambda log: bytes(len(log)),
    "no log at all": lambda log: b"Nothing like it. " * 4000,
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_log_that_is_not_whole_gives_an_earlier_state_and_never_a_wrong_one(killed: Path, how: str):
    log = (killed / LOG).read_bytes()
    (killed / LOG).write_bytes(SPOILT[how](log))
    kept = kept_in(killed)
    assert kept == set(range(1, len(kept) + 1))
    assert FOLDED <= len(kept) < FOLDED + LOGGED
