"""A revoked practice opens with its passphrase and its new sheet alone; killed anywhere, exactly one sheet opens it."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.domain.errors import (
    Cancelled,
    DatabaseDamaged,
    FolderNotWritable,
    PracticeError,
    PracticeInUse,
    PracticeMissing,
    RecoveryCodeWrong,
    Refused,
    WrongPassphrase,
)
from ipt_desktop.services import access, keys, private_access, revocation, vault
from ipt_desktop.services.header import Header, read_header, write_header
from ipt_desktop.services.practice_check import check_closed
from ipt_desktop.services.recovery_code import code_of, root_of
from ipt_desktop.services.revocation import revoke
from ipt_desktop.services.secret import Secret
from ipt_desktop.storage.store import Store
from ipt_desktop.storage.tables import Schema
from tests.services import keychains
from tests.services.quick_stretching import QuickStretching

ROOT = Path(__file__).parents[2]
PASSPHRASE, PRIVATE_PASSPHRASE = "correct horse battery", "quite another one"
OLD, NEW = bytes(range(32)), bytes(range(32, 64))
FILES = ["header.json", "practice.db", "practice.lock", "private.db"]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a practice with a client, private notes with a passphrase of their own, and a known root key."""
    folder = tmp_path_factory.mktemp("made") / "practice"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "Argon2id", QuickStretching)
        opened = vault.create_with_key(folder, OLD, "Quiet Street")
        opened.store.write(lambda writing: [writing.insert(r.Client(name=f"Ada {number}")) for number in range(50)])
        opened.close()
        now = Header(keys.practice_id_of(OLD))
        for store, words in ((keys.MAIN, PASSPHRASE), (keys.PRIVATE, PRIVATE_PASSPHRASE)):
            now = now.with_slots(store, keys.wrap(keys.store_key(OLD, now.practice_id, store), words, now.place_of(store)))
        write_header(folder, now)
        private = Store.create(folder / "private.db", keys.store_key(OLD, now.practice_id, keys.PRIVATE), Schema.PRIVATE)
        private.write(lambda writing: writing.insert(r.Document(client_id="kept apart", form="f", purpose="private_note")))
        private.close()
    return folder


@pytest.fixture
def practice(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "practice"))


def prints(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


def clients(store: Store) -> list[str]:
    with store.read() as reading:
        return [client.name for client in reading.all(r.Client, "name")]


def kept_apart(store: Store) -> list[str]:
    with store.read() as reading:
        return [document.client_id for document in reading.all(r.Document)]


def held_by(opened: vault.OpenVault) -> tuple[list[str], str]:
    """Close an opened practice; return its clients and its id as its own record has it."""
    with opened.store.read() as reading:
        (itself,) = reading.all(r.Practice)
    assert itself.id == opened.practice_id
    found = clients(opened.store)
    opened.close()
    return found, itself.id


def opens_with(folder: Path, root: bytes) -> bool:
    try:
        held_by(vault.open_with_code(folder, code_of(root)))
    except RecoveryCodeWrong:
        return False
    return True


def test_only_the_passphrase_and_the_new_sheet_open_a_revoked_practice(practice: Path):
    with keychains.used(keychains.Working()):
        opened = vault.unlock(practice, PASSPHRASE)
        before = clients(opened.store)
        access.remember_here(opened, PASSPHRASE)
        opened.close()
        sheets: list[str] = []
        revoke(practice, PASSPHRASE, sheets.append, private_passphrase=PRIVATE_PASSPHRASE)
        assert not vault.is_remembered(practice)
    assert sorted(file.name for file in practice.iterdir()) == FILES
    (sheet,) = sheets
    new_id = keys.practice_id_of(root_of(sheet))
    assert new_id != keys.practice_id_of(OLD)
    assert held_by(vault.unlock(practice, PASSPHRASE)) == (before, new_id)
    assert not opens_with(practice, OLD)
    for take in ("header.json", None):
        if take:
            (practice / take).unlink()
        opened = vault.open_with_code(practice, sheet)
        private = private_access.open_private_with_code(opened, sheet)
        assert kept_apart(private) == ["kept apart"]
        private.close()
        assert held_by(opened) == (before, new_id)
    with pytest.raises(RecoveryCodeWrong, match="or the database is damaged"):  # nothing tells whose sheet it is
        vault.open_with_code(practice, code_of(OLD))


def test_the_private_notes_keep_their_own_passphrase(practice: Path):
    revoke(practice, PASSPHRASE, lambda _code: None, private_passphrase=PRIVATE_PASSPHRASE)
    opened = vault.unlock(practice, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        private_access.open_private(opened, PASSPHRASE)
    private = private_access.open_private(opened, PRIVATE_PASSPHRASE)
    assert kept_apart(private) == ["kept apart"]
    private.close()
    opened.close()


def test_no_page_of_the_old_database_is_left(practice: Path):
    old = {(practice / name).read_bytes()[4096:8192] for name in ("practice.db", "private.db")}
    revoke(practice, PASSPHRASE, lambda _code: None, private_passphrase=PRIVATE_PASSPHRASE)
    after = b"".join(file.read_bytes() for file in practice.iterdir())
    assert not any(page in after for page in old)


@pytest.mark.parametrize(
    ("passphrase", "private"), [("wrong", PRIVATE_PASSPHRASE), (PASSPHRASE, "wrong"), (PASSPHRASE, None), ("", None)]
)
def test_both_passphrases_are_needed(practice: Path, passphrase: str, private: str | None):
    before = prints(practice)
    with pytest.raises(WrongPassphrase):
        revoke(practice, passphrase, lambda _code: None, private_passphrase=private)
    assert prints(practice) == before


def test_an_open_practice_is_not_revoked(practice: Path):
    opened = vault.unlock(practice, PASSPHRASE)
    with pytest.raises(PracticeInUse):
        revoke(practice, PASSPHRASE, lambda _code: None, private_passphrase=PRIVATE_PASSPHRASE)
    opened.close()


def test_where_there_is_none_or_only_the_demo_nothing_is_revoked(tmp_path: Path):
    with pytest.raises(PracticeMissing):
        revoke(tmp_path / "none", PASSPHRASE, lambda _code: None)
    vault.create_practice(tmp_path / "demo", None, "Demo", is_demo=True).close()
    with pytest.raises(Refused):
        revoke(tmp_path / "demo", PASSPHRASE, lambda _code: None)


def stop(*_anything: object) -> None:
    raise Cancelled


def fill_disk(*_anything: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("place", ["hand_out", "tell", "put_on_disk", "prove_same", "replace_header"])
def test_stopped_before_it_counts_everything_is_as_it_was(practice: Path, monkeypatch: pytest.MonkeyPatch, place: str):
    before = prints(practice)
    given = {"hand_out": lambda _code: None, "tell": lambda _share: None}
    if place in given:
        given[place] = stop
    else:
        monkeypatch.setattr(revocation, place, fill_disk)
    with pytest.raises((Cancelled, FolderNotWritable)):
        revoke(practice, PASSPHRASE, given["hand_out"], private_passphrase=PRIVATE_PASSPHRASE, tell=given["tell"])
    assert prints(practice) == before


def test_a_copy_that_lacks_a_row_is_not_taken(practice: Path, monkeypatch: pytest.MonkeyPatch):
    def lossy(source: Path, key: bytes, target: Path, new_key: bytes, tell: object) -> None:
        copy(source, key, target, new_key, tell)
        store = Store.open(target, new_key)
        store.write(lambda writing: writing.delete(r.Client, writing.all(r.Client)[0].id))
        store.close()

    copy = revocation.rekeyed_copy
    monkeypatch.setattr(revocation, "rekeyed_copy", lossy)
    before = prints(practice)
    with pytest.raises(DatabaseDamaged, match="rows of client"):
        revoke(practice, PASSPHRASE, lambda _code: None, private_passphrase=PRIVATE_PASSPHRASE)
    assert prints(practice) == before


def test_what_can_not_be_finished_now_is_finished_by_the_next_opening(practice: Path, monkeypatch: pytest.MonkeyPatch):
    sheets: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(
            revocation, "finish_revocation", lambda folder: None if "next" not in str(list(folder.iterdir())) else fill_disk()
        )
        revoke(practice, PASSPHRASE, sheets.append, private_passphrase=PRIVATE_PASSPHRASE)
    assert any(file.name.endswith(".next") for file in practice.iterdir())
    assert len(held_by(vault.unlock(practice, PASSPHRASE))[0]) == 50
    assert sorted(file.name for file in practice.iterdir()) == FILES


def test_a_check_finishes_it_before_it_looks(practice: Path, monkeypatch: pytest.MonkeyPatch):
    """What waits is no damage."""
    with monkeypatch.context() as patch:
        patch.setattr(
            revocation, "finish_revocation", lambda folder: None if "next" not in str(list(folder.iterdir())) else fill_disk()
        )
        revoke(practice, PASSPHRASE, lambda _code: None, private_passphrase=PRIVATE_PASSPHRASE)
    (health,) = check_closed(practice, Secret(PASSPHRASE)).values()
    assert (health.is_sound, health.counts["client"]) == (True, 50)
    assert sorted(file.name for file in practice.iterdir()) == FILES


# Revokes, and kills itself before the n-th thing it does to a file. Prints what it was about to do, or "done".
REVOKER = """
import os, signal, sys
from pathlib import Path
from ipt_desktop.services import header, keys, practice_folder, revocation
from ipt_desktop.storage import rekey
from tests.services.quick_stretching import make_quick

folder, last = Path(sys.argv[1]), int(sys.argv[2])
make_quick()
keys.new_root = lambda: bytes(range(32, 64))
count = 0

def at(name, work):
    def do(*arguments, **named):
        global count
        count += 1
        if count == last:
            print(name, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        return work(*arguments, **named)
    return do

header.os.fsync = at("fsync", os.fsync)
Path.replace = at("replace", Path.replace)
Path.hardlink_to = at("hardlink", Path.hardlink_to)
Path.unlink = at("unlink", Path.unlink)
revocation.rekeyed_copy = at("copy", revocation.rekeyed_copy)
revocation.prove_same = at("prove", revocation.prove_same)
revocation._rename_practice = at("rename practice", revocation._rename_practice)
revocation.replace_header = at("replace header", revocation.replace_header)
rekey.copy_database = at("copy database", rekey.copy_database)
rekey.put_on_disk = at("put on disk", rekey.put_on_disk)
revocation.Store.close = at("close", revocation.Store.close)
revocation.revoke(folder, sys.argv[3], lambda code: None, private_passphrase=sys.argv[4])
print("done", flush=True)
"""


def revoke_until(folder: Path, step: int) -> str:
    """Let another process revoke and kill itself before its n-th step; return the step's name."""
    arguments = [sys.executable, "-c", REVOKER, str(folder), str(step), PASSPHRASE, PRIVATE_PASSPHRASE]
    done = subprocess.run(arguments, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert done.returncode in (0, -9), done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="counts the steps of a POSIX file system")
@pytest.mark.proof
def test_killed_at_any_step_exactly_one_sheet_opens_the_practice(
    made: Path, tmp_path: Path, record_property: Callable[[str, object], None]
):
    """The passphrase opens it too, every client and private note is there, and nothing else is left in the folder."""
    step, names, told = 0, [], []
    while not names or names[-1] != "done":
        step += 1
        folder = Path(shutil.copytree(made, tmp_path / f"practice{step}"))
        names.append(revoke_until(folder, step))
        sheets = [opens_with(folder, root) for root in ((OLD, NEW) if step % 2 else (NEW, OLD))]
        is_new = sheets[1] if step % 2 else sheets[0]
        told.append(is_new)
        assert sum(sheets) == 1, (step, names[-1])
        opened = vault.unlock(folder, PASSPHRASE)
        private = private_access.open_private(opened, PRIVATE_PASSPHRASE)
        assert kept_apart(private) == ["kept apart"]
        private.close()
        assert len(held_by(opened)[0]) == 50
        assert sorted(file.name for file in folder.iterdir()) == FILES, (step, names[-1])
    assert told == sorted(told)  # one moment decides
    assert told[0] is False
    assert told[-1] is True
    assert {"copy", "prove", "fsync", "replace", "hardlink", "replace header", "close"} <= set(names)
    assert told.count(True) > 3  # killed after the moment, too
    kills = f"before each of the {step - 1} things it does to files"
    outcome = "one sheet, old or new, opens it, never both; every client and private note is there"
    record_property("proof", ("kill -9 while the practice gets a new key", kills, outcome))


def test_two_sheets_never_open_even_before_the_practice_is_opened_once(practice: Path, monkeypatch: pytest.MonkeyPatch):
    """Right after the moment the old databases still lie there: the old sheet must not open them."""
    monkeypatch.setattr(keys, "new_root", lambda: NEW)
    with monkeypatch.context() as patch:
        patch.setattr(revocation, "finish_revocation", lambda folder: None)
        patch.setattr(revocation, "forget_leftovers", lambda folder: None)
        revoke(practice, PASSPHRASE, lambda _code: None, private_passphrase=PRIVATE_PASSPHRASE)
    assert read_header(practice).practice_id == keys.practice_id_of(NEW)
    with pytest.raises(PracticeError):
        vault.open_with_key(practice, OLD)
    assert opens_with(practice, NEW)
