"""Creating, opening and refusing a practice; each refusal leaves every byte as it was."""

import hashlib
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.domain.errors import (
    DatabaseDamaged,
    DatabaseMissing,
    FolderNotWritable,
    HeaderDamaged,
    NewerPractice,
    PracticeError,
    PracticeExists,
    PracticeInUse,
    PracticeLocked,
    PracticeMissing,
    WeakPassphrase,
    WrongPassphrase,
)
from ipt_desktop.services import keys, vault
from ipt_desktop.services.vault import PracticeState
from ipt_desktop.storage import practice_lock
from ipt_desktop.storage.engine import writing_connection
from ipt_desktop.storage.store import Store

ROOT = Path(__file__).parents[2]
PASSPHRASE = "correct horse battery Ω"  # noqa: S105  (a test's own)
pytestmark = pytest.mark.kdf
SECRET = bytes(range(32))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Create one practice with a passphrase for all tests here, which copy it."""
    folder = tmp_path_factory.mktemp("made") / "practice"
    vault.create_practice(folder, PASSPHRASE, "Quiet Street").close()
    return folder


@pytest.fixture
def practice(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "practice"))


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """Make a practice that its root key opens: no stretching of a passphrase, so it is quick."""
    vault.create_with_key(tmp_path / "bare", SECRET, "Bare").close()
    return tmp_path / "bare"


def prints(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


def prints_of_files(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir()) if file.is_file()}


def practice_of(opened: vault.OpenVault) -> r.Practice:
    with opened.store.read() as reading:
        (found,) = reading.all(r.Practice)
    return found


# Made and opened


def test_a_practice_opens_with_its_passphrase_and_knows_itself(practice: Path):
    assert vault.practice_state(practice) is PracticeState.LOCKED
    opened = vault.unlock(practice, PASSPHRASE)
    found = practice_of(opened)
    assert (found.id, found.name, found.is_demo) == (opened.practice_id, "Quiet Street", False)
    assert (opened.folder, opened.is_demo) == (practice, False)
    opened.store.write(lambda writing: writing.insert(r.Client(name="Ada")))
    opened.close()
    with pytest.raises(PracticeLocked):
        opened.store.write(lambda writing: None)
    again = vault.unlock(practice, PASSPHRASE)
    with again.store.read() as reading:
        assert [client.name for client in reading.all(r.Client)] == ["Ada"]
    again.close()


def test_the_passphrase_is_the_same_however_it_was_typed(practice: Path):
    vault.unlock(practice, PASSPHRASE.replace("Ω", "\u2126")).close()  # the ohm sign is the letter, by NFKC


def test_the_folder_holds_no_more_than_it_needs(practice: Path):
    assert sorted(file.name for file in practice.iterdir()) == ["header.json", "practice.db", "practice.lock"]


@pytest.mark.skipif(sys.platform == "win32", reason="has no such modes: a user's own folders are theirs alone")
def test_the_folder_is_ours_alone(practice: Path, made: Path):
    assert made.stat().st_mode & 0o777 == 0o700
    assert {oct(file.stat().st_mode & 0o777) for file in practice.iterdir()} == {"0o600"}


def test_neither_the_name_nor_a_key_stands_in_the_header(practice: Path):
    assert "Quiet" not in (practice / "header.json").read_text()


def test_no_word_of_the_practice_lies_in_clear_in_its_folder(practice: Path):
    opened = vault.unlock(practice, PASSPHRASE)
    opened.store.write(lambda writing: writing.insert(r.Client(name="Nachtigallenkäfig")))
    while_open = b"".join(file.read_bytes() for file in practice.iterdir())
    opened.close()
    closed = b"".join(file.read_bytes() for file in practice.iterdir())
    for word in ("Nachtigallenkäfig", "Quiet Street", PASSPHRASE):
        for code in ("utf-8", "utf-16-le", "utf-16-be"):
            assert word.encode(code) not in while_open + closed


def test_the_demo_practice_opens_for_anyone_and_says_so(tmp_path: Path):
    folder = tmp_path / "demo"
    made = vault.create_practice(folder, None, "Demo", is_demo=True)
    assert made.is_demo
    assert practice_of(made).is_demo
    made.close()
    assert vault.practice_state(folder) is PracticeState.DEMO
    opened = vault.unlock(folder, None)
    assert opened.is_demo
    opened.close()


def test_the_root_key_alone_opens_a_bare_database(bare: Path):
    (bare / "header.json").unlink()
    opened = vault.open_with_key(bare, SECRET)
    assert practice_of(opened).name == "Bare"
    assert opened.practice_id == keys.practice_id_of(SECRET)
    opened.close()
    with pytest.raises(DatabaseDamaged):
        vault.open_with_key(bare, bytes(32))


def test_the_two_stores_have_keys_of_their_own(practice: Path):
    first, second = (keys.store_key(SECRET, "id", store) for store in keys.STORES)
    assert len({first, second, SECRET, keys.store_key(SECRET, "other", keys.MAIN)}) == 4
    assert len(first) == len(second) == 32


# Refused


def refused(folder: Path, error: type[PracticeError], passphrase: str | None = PASSPHRASE) -> PracticeError:
    """Try to open; require this error, and every byte as it was. Return the error."""
    before = prints(folder)
    with pytest.raises(error) as told:
        vault.unlock(folder, passphrase)
    assert type(told.value) is error
    assert prints(folder) == before
    practice_lock.PracticeLock(folder).release()  # nobody holds the practice after a refusal
    return told.value


@pytest.mark.parametrize("wrong", ["correct horse battery ω", "x", "", None])
def test_a_wrong_passphrase_is_refused(practice: Path, wrong: str | None):
    assert refused(practice, WrongPassphrase, wrong).exit_code == 3


def test_a_missing_database_is_told(practice: Path):
    (practice / "practice.db").unlink()
    assert refused(practice, DatabaseMissing).exit_code == 4


@pytest.mark.parametrize("length", [0, 10, 4096 * 3, -7])
def test_a_truncated_database_is_told(practice: Path, length: int):
    database = practice / "practice.db"
    database.write_bytes(database.read_bytes()[:length])
    assert refused(practice, DatabaseDamaged).exit_code == 4


@pytest.mark.parametrize("content", [b"", b"{", b'{"version": 1}'], ids=["empty", "cut off", "without keys"])
def test_a_damaged_header_is_told(practice: Path, content: bytes):
    (practice / "header.json").write_bytes(content)
    told = refused(practice, HeaderDamaged)
    assert told.exit_code == 4
    assert "your notes are still in the database" in str(told)


def test_a_newer_header_is_told(practice: Path):
    (practice / "header.json").write_text('{"version": 2}')
    assert refused(practice, NewerPractice).exit_code == 4


def test_an_altered_database_is_told(practice: Path):
    altered = bytearray((practice / "practice.db").read_bytes())
    altered[2000] ^= 4
    (practice / "practice.db").write_bytes(altered)
    refused(practice, DatabaseDamaged)


def test_another_practices_database_is_told(practice: Path, bare: Path):
    shutil.copy(bare / "practice.db", practice / "practice.db")
    refused(practice, DatabaseDamaged)


def test_a_newer_practice_is_refused(bare: Path):
    key = keys.store_key(SECRET, keys.practice_id_of(SECRET), keys.MAIN)
    with writing_connection(bare / "practice.db", key) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    before = prints(bare)
    with pytest.raises(NewerPractice):
        vault.open_with_key(bare, SECRET)
    assert prints(bare) == before


def test_an_open_practice_is_in_use(practice: Path):
    opened = vault.unlock(practice, PASSPHRASE)
    with pytest.raises(PracticeInUse) as told:
        vault.unlock(practice, PASSPHRASE)
    assert told.value.exit_code == 5
    opened.close()
    vault.unlock(practice, PASSPHRASE).close()


def test_a_killed_program_leaves_no_lock(bare: Path):
    script = (
        "import sys; from pathlib import Path; from ipt_desktop.services import vault;"
        "opened = vault.open_with_key(Path(sys.argv[1]), bytes(range(32))); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(bare)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(PracticeInUse):
            vault.open_with_key(bare, SECRET)
        other.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        other.wait()
    vault.open_with_key(bare, SECRET).close()


@pytest.mark.parametrize("make", [lambda folder: None, lambda folder: folder.mkdir(), lambda folder: folder.touch()])
def test_a_folder_without_a_practice_says_so_and_stays_as_it_is(tmp_path: Path, make: Callable[[Path], None]):
    folder = tmp_path / "none"
    make(folder)
    assert vault.practice_state(folder) is PracticeState.NONE
    with pytest.raises(PracticeMissing):
        vault.unlock(folder, PASSPHRASE)
    assert not folder.is_dir() or list(folder.iterdir()) == []


# Creation, whole or not at all


@pytest.mark.parametrize("passphrase", ["eleven char", "", None, "ﬃ" * 3])
def test_a_weak_passphrase_makes_nothing(tmp_path: Path, passphrase: str | None):
    with pytest.raises(WeakPassphrase, match="at least 12"):
        vault.create_practice(tmp_path / "new", passphrase, "New")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["header.json", "practice.db"])
def test_where_a_practice_is_none_is_made(practice: Path, name: str):
    (practice / name).unlink()
    before = prints(practice)
    for make in (
        lambda: vault.create_practice(practice, PASSPHRASE, "New"),
        lambda: vault.create_practice(practice, None, "New", is_demo=True),
        lambda: vault.create_with_key(practice, SECRET, "New"),
    ):
        with pytest.raises(PracticeExists):
            make()
    assert prints(practice) == before


@pytest.mark.parametrize("step", ["write_header", "_finish_creation"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_creation_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException):
    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr(vault, step, fail)
    told = FolderNotWritable if isinstance(error, OSError) else KeyboardInterrupt
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("kept")
    for folder in (tmp_path / "new", tmp_path / "mine"):
        with pytest.raises(told):
            vault.create_with_key(folder, SECRET, "New")
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_database_that_can_not_be_filled_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(store: Store, work: object) -> None:
        raise FolderNotWritable(path=store.path, reason="full")

    monkeypatch.setattr(Store, "write", fail)
    with pytest.raises(FolderNotWritable):
        vault.create_with_key(tmp_path / "new", SECRET, "New")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path):
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(FolderNotWritable, match="Choose another folder"):
            vault.create_with_key(folder, SECRET, "New")
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_killed_before_the_header_there_is_no_practice_yet(bare: Path):
    (bare / "header.json").unlink()
    (bare / "practice.db").rename(bare / "practice.db.part")
    assert vault.practice_state(bare) is PracticeState.NONE
    opened = vault.create_with_key(bare, bytes(32), "Second")
    assert practice_of(opened).name == "Second"
    opened.close()
    assert sorted(file.name for file in bare.iterdir()) == ["header.json", "practice.db", "practice.lock"]


def test_killed_after_the_header_the_practice_is_there(practice: Path):
    (practice / "practice.db").rename(practice / "practice.db.part")
    assert vault.practice_state(practice) is PracticeState.LOCKED
    opened = vault.unlock(practice, PASSPHRASE)
    assert practice_of(opened).name == "Quiet Street"
    opened.close()


def test_what_can_not_be_swept_keeps_nobody_out(bare: Path):
    held = bare / "practice.db.9cefd705-6bed-4c68-ae70-cd3ea89057e0.next"
    held.mkdir()  # no file, so it can't be removed as one
    vault.open_with_key(bare, SECRET).close()
    assert held.exists()
    held.rmdir()
    vault.open_with_key(bare, SECRET).close()


def test_what_was_cut_short_and_can_not_be_finished_is_told(bare: Path):
    (bare / f"practice.db.{keys.practice_id_of(SECRET)}.next").mkdir()
    before = prints_of_files(bare)
    with pytest.raises(FolderNotWritable):
        vault.open_with_key(bare, SECRET)
    assert prints_of_files(bare) == before


def test_a_missing_header_is_told_and_the_database_kept(practice: Path):
    (practice / "header.json").unlink()
    assert vault.practice_state(practice) is PracticeState.LOCKED
    assert refused(practice, HeaderDamaged).exit_code == 4


def test_what_is_filled_in_is_part_of_the_creation(tmp_path: Path):
    def fill(store: Store) -> None:
        store.write(lambda writing: writing.insert(r.Client(name="Ada")))

    def fail(store: Store) -> None:
        fill(store)
        raise KeyError

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("kept")
    for folder in (tmp_path / "new", tmp_path / "mine"):
        with pytest.raises(KeyError):
            vault.create_practice(folder, None, "Demo", is_demo=True, fill=fail)
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    made = vault.create_practice(tmp_path / "mine", None, "Demo", is_demo=True, fill=fill)
    with made.store.read() as reading:
        assert [client.name for client in reading.all(r.Client)] == ["Ada"]
    made.close()
