"""One bit of a file turns over, as on an ageing disk: it is noticed, or harmless, and never another text."""

import shutil
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from ipt_desktop.domain.errors import DatabaseDamaged, PracticeError, SaveFailed
from ipt_desktop.domain.records import Revision, Setting
from ipt_desktop.storage.store import Store
from tests.durability.proof import Proof
from tests.durability.typist import DATABASE, KEY, damaged_pages, new_practice, save, saves_in, text

SHORT_AND_LONG = pytest.mark.parametrize("flips", [15, pytest.param(150, marks=pytest.mark.soak)])
PAGE = 4096
LAST = 2
FOLDED, LOGGED = 40, 20  # saves that lie in the database itself, and behind them in its log


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a practice as a kill leaves it: some saves in the database, the latest in the log beside it."""
    folder = tmp_path_factory.mktemp("made")
    practice = new_practice(folder / "practice")
    store = Store.open(practice, KEY)
    for number in range(1, FOLDED + 1):
        save(store, number)
    store.close()
    store = Store.open(practice, KEY)
    for number in range(FOLDED + 1, FOLDED + LOGGED + 1):
        save(store, number)
    shutil.copytree(practice.parent, folder / "killed", ignore=shutil.ignore_patterns("*-shm"))
    store.close()
    return folder / "killed"


def flip(file: Path, place: int) -> None:
    """Turn one bit over; places count bits."""
    content = bytearray(file.read_bytes())
    content[place // 8] ^= 1 << place % 8
    file.write_bytes(content)


def came_out(folder: Path) -> str:
    """Open a copy, read everything and run the full check; say what came of it. Raises Damage for another text."""
    store = None
    try:
        store = Store.open(folder / DATABASE, KEY)
        found = saves_in(store)
        if damaged_pages(store):
            return "noticed by the full check"
        assert found == set(range(1, len(found) + 1))
        if store.unread_saves:
            assert len(found) < FOLDED + LOGGED
            return "noticed on opening"
        # The last save can't be told from one that was cut short, nor the one before it by its last page.
        assert len(found) >= FOLDED + LOGGED - LAST
        return "harmless" if len(found) == FOLDED + LOGGED else "taken for a save cut short at the very end"
    except PracticeError:
        return "noticed on reading"
    finally:
        if store is not None:
            store.close()


def flipped(made: Path, tmp_path: Path, name: str, flips: int) -> Counter[str]:
    chance = Random(300)  # noqa: S311 - which bit, not a secret
    outcomes: Counter[str] = Counter()
    for turn in range(flips):
        folder = Path(shutil.copytree(made, tmp_path / str(turn)))
        size = (folder / name).stat().st_size * 8
        flip(folder / name, int((turn + chance.random()) * size / flips))  # all over the file
        outcomes[came_out(folder)] += 1
        shutil.rmtree(folder)
    return outcomes


@SHORT_AND_LONG
def test_every_bit_of_the_database_counts(made: Path, tmp_path: Path, flips: int, proof: Proof):
    """Of a file that is at rest, each flip is noticed."""
    folder = Path(shutil.copytree(made, tmp_path / "closed"))
    store = Store.open(folder / DATABASE, KEY)
    damaged_pages(store)  # folds the log in
    store.close()
    assert [file.name for file in folder.iterdir()] == [DATABASE]
    outcomes = flipped(folder, tmp_path, DATABASE, flips)
    proof.tell("one bit flipped in the database", f"{flips} flips", told(outcomes))
    assert outcomes["noticed on reading"] + outcomes["noticed by the full check"] == flips


@SHORT_AND_LONG
def test_a_flip_in_the_log_is_never_another_text(made: Path, tmp_path: Path, flips: int, proof: Proof):
    outcomes = flipped(made, tmp_path, f"{DATABASE}-wal", flips)
    proof.tell("one bit flipped in the log that a kill left", f"{flips} flips", told(outcomes))
    assert outcomes["noticed on opening"] > flips * 0.8


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.soak)])
def test_no_save_is_read_from_an_altered_page(made: Path, tmp_path: Path, every: int):
    """The cipher gives zeros for the last page of a long text, and no error: the store must tell, reader and writer alike."""
    Store.open(Path(shutil.copytree(made, tmp_path / "closed")) / DATABASE, KEY).close()
    pages = (tmp_path / "closed" / DATABASE).stat().st_size // PAGE
    holding_saves = pages - new_practice(tmp_path / "empty").stat().st_size // PAGE
    assert holding_saves > 40, "else there is little to alter"
    noticed = 0
    for page in range(1, pages, every):
        folder = Path(shutil.copytree(tmp_path / "closed", tmp_path / "flipped"))
        flip(folder / DATABASE, (page * PAGE + 2000) * 8)
        noticed += is_told_at_one_of_the_saves(folder / DATABASE)
        shutil.rmtree(folder)
    assert noticed > 0.9 * holding_saves / every


def test_no_plain_text_is_read_with_zeros_in_it(tmp_path: Path):
    """A text that ends its row and is no JSON can be read with zeros in it: nothing but the cipher can tell."""
    database = new_practice(tmp_path / "made")
    words = "".join(f"{number} words, " for number in range(1000))
    store = Store.open(database, KEY)
    store.write(lambda writing: writing.insert(Setting(id="told", value=words)))
    store.close()
    noticed = 0
    for page in range(1, database.stat().st_size // PAGE):
        folder = Path(shutil.copytree(database.parent, tmp_path / "flipped"))
        flip(folder / DATABASE, (page * PAGE + 2000) * 8)
        noticed += is_told_at_the_setting(folder / DATABASE, words)
        shutil.rmtree(folder)
    assert noticed > len(words) // PAGE


def is_told_at_the_setting(database: Path, words: str) -> bool:
    """Read the setting; whatever is read must be what was written."""
    try:
        store = Store.open(database, KEY)
    except DatabaseDamaged:
        return True
    try:
        with store.read() as reading:
            found = reading.get(Setting, "told")
        assert found is not None
        assert found.value == words
    except DatabaseDamaged:
        return True
    finally:
        store.close()
    return False


def is_told_at_one_of_the_saves(database: Path) -> bool:
    """Read save after save until the damage is told; each one before that must be what was written."""
    try:
        store = Store.open(database, KEY)
    except DatabaseDamaged:
        return True
    try:
        for number in range(1, FOLDED + LOGGED + 1):
            with store.read() as reading:
                found = reading.get(Revision, str(number))
            assert found is not None
            assert found.answers["text"] == text(number)
    except DatabaseDamaged:
        with pytest.raises(SaveFailed):
            store.write(lambda writing: writing.get(Revision, str(number)))
        return True
    finally:
        store.close()
    return False


def told(outcomes: Counter[str]) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items())) + "; never another text"
