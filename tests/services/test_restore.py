"""Restoring: whole or not at all, proven before anything moves, and never over what is there."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.domain.errors import (
    BackupDamaged,
    BackupUnreadable,
    Cancelled,
    DatabaseDamaged,
    NewerBackup,
    NotABackup,
    PracticeError,
    PracticeExists,
    PracticeInUse,
    RecoveryCodeWrong,
    WrongPassphrase,
)
from ipt_desktop.services import restore as restores
from ipt_desktop.services import vault as vaults
from ipt_desktop.services.backups import Backups
from ipt_desktop.services.header import read_header
from ipt_desktop.services.recovery_code import code_of
from ipt_desktop.services.restore import known_backups, restore
from ipt_desktop.services.restoring import finish_restore
from ipt_desktop.services.secret import Secret
from ipt_desktop.services.vault import (
    OpenVault,
    PracticeState,
    create_practice,
    create_with_key,
    open_with_key,
    practice_state,
    unlock,
)
from ipt_desktop.storage import backup_file
from ipt_desktop.storage.store import Store
from ipt_desktop.storage.tables import Schema

ROOT = Path(__file__).parents[2]
SECRET = bytes(range(32))
CODE = Secret(recovery_code=code_of(SECRET))
PASSPHRASE = "correct horse battery Ω"  # noqa: S105  (a test's own)


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """Make a practice with one client, and close it."""
    with opened(create_with_key(tmp_path / "practice", SECRET, "Quiet Street")) as vault:
        vault.store.write(lambda writing: writing.insert(r.Client(id="ada", name="Ada")))
    return tmp_path / "practice"


@pytest.fixture
def backup(practice: Path, tmp_path: Path) -> Path:
    """Back the practice up; then it goes on to have a second client."""
    (tmp_path / "backups").mkdir()
    with opened(open_with_key(practice, SECRET)) as vault:
        made = Backups(vault).make(tmp_path / "backups")
        vault.store.write(lambda writing: writing.insert(r.Client(id="ben", name="Ben")))
    return made.path


@contextmanager
def opened(vault: OpenVault) -> Iterator[OpenVault]:
    try:
        yield vault
    finally:
        vault.close()


def clients(folder: Path, key: bytes = SECRET) -> list[str]:
    with opened(open_with_key(folder, key)) as vault, vault.store.read() as reading:
        return [client.name for client in reading.all(r.Client, "name")]


def prints(folder: Path) -> dict[str, str]:
    """Return every file's hash, and the modes of the folders."""
    return {
        str(each.relative_to(folder)): hashlib.sha256(each.read_bytes()).hexdigest() if each.is_file() else "folder"
        for each in sorted(folder.rglob("*"))
    }


# Done


def test_the_present_practice_moves_aside_whole(practice: Path, backup: Path):
    before = prints(practice)
    done = restore(backup, practice, CODE)
    assert done.aside is not None
    assert prints(done.aside) == {
        name: print_ for name, print_ in before.items() if name not in ("practice.lock", "backups.json")
    }
    assert (done.aside.stat().st_mode & 0o777, done.aside.parent) == (0o700, practice)
    assert clients(practice) == ["Ada"]
    assert clients(done.aside) == ["Ada", "Ben"]
    assert not (practice / "restoring").exists()


def test_two_in_one_second_move_into_two_folders(practice: Path, backup: Path):
    begun = datetime.now().astimezone()
    taken = [practice / f"before-restore-{begun + timedelta(seconds=later):%Y-%m-%d-%H%M%S}" for later in range(120)]
    for folder in taken:
        folder.mkdir()
        (folder / "practice.db").write_bytes(b"from a restore before")
    done = restore(backup, practice, CODE)
    assert done.aside is not None
    assert done.aside not in taken
    assert clients(done.aside) == ["Ada", "Ben"]
    assert {(folder / "practice.db").read_bytes() for folder in taken} == {b"from a restore before"}


def test_what_was_restored_is_in_no_newest_backup_yet(practice: Path, backup: Path, tmp_path: Path):
    with opened(open_with_key(practice, SECRET)) as vault:
        Backups(vault).make(tmp_path / "backups")
        assert not Backups(vault).has_changed()
    restore(backup, practice, CODE)
    with opened(open_with_key(practice, SECRET)) as vault:
        assert Backups(vault).has_changed()


def test_a_log_that_was_left_goes_along(practice: Path, backup: Path):
    store = Store(practice / "practice.db", vaults.keys.store_key(SECRET, vaults.keys.practice_id_of(SECRET), "main"))
    store.write(lambda writing: writing.insert(r.Client(name="Cleo")))
    log = (practice / "practice.db-wal").read_bytes()
    store.close()
    (practice / "practice.db-wal").write_bytes(log)
    done = restore(backup, practice, CODE)
    assert done.aside is not None
    assert (done.aside / "practice.db-wal").read_bytes() == log
    assert not (practice / "practice.db-wal").exists()
    assert clients(practice) == ["Ada"]


def test_a_new_folder_becomes_the_practice(backup: Path, tmp_path: Path):
    done = restore(backup, tmp_path / "new" / "home", CODE)
    assert (done.aside, done.manifest.clients) == (None, 1)
    assert clients(tmp_path / "new" / "home") == ["Ada"]
    assert (tmp_path / "new" / "home").stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "new" / "home").glob("*.*")} == {0o600}


@pytest.mark.kdf
def test_the_passphrase_of_the_backup_restores_it_and_opens_it_again(tmp_path: Path):
    with opened(create_practice(tmp_path / "practice", PASSPHRASE, "Quiet Street")) as vault:
        made = Backups(vault).make(tmp_path)
    with pytest.raises(WrongPassphrase):
        restore(made.path, tmp_path / "new", Secret(passphrase="something else entirely"))  # noqa: S106
    assert not (tmp_path / "new").exists()
    told: list[float] = []
    restore(made.path, tmp_path / "new", Secret(passphrase=PASSPHRASE), told.append)
    assert (told, told[-1]) == (sorted(told), 1)
    unlock(tmp_path / "new", PASSPHRASE).close()


def test_the_demo_practice_needs_no_secret(tmp_path: Path):
    with opened(create_practice(tmp_path / "practice", None, "Demo", is_demo=True)) as vault:
        made = Backups(vault).make(tmp_path)
    restore(made.path, tmp_path / "new", Secret())
    with opened(unlock(tmp_path / "new", None)) as vault:
        assert vault.is_demo


def test_the_restore_is_in_the_audit_trail(practice: Path, backup: Path):
    restore(backup, practice, CODE)
    with opened(open_with_key(practice, SECRET)) as vault:
        vault.store.write(lambda writing: None)  # behind the entry of this opening, for which nobody waits
        with vault.store.read() as reading:
            assert [each.operation for each in reading.all(r.AuditEntry, "-number")][:2] == ["unlock", "restore"]


def test_private_notes_come_back_too(practice: Path, tmp_path: Path):
    key = vaults.keys.store_key(SECRET, vaults.keys.practice_id_of(SECRET), "private")
    Store.create(practice / "private.db", key, Schema.PRIVATE).close()
    with opened(open_with_key(practice, SECRET)) as vault:
        made = Backups(vault).make(tmp_path)
    restore(made.path, tmp_path / "new", CODE)
    Store.open(tmp_path / "new" / "private.db", key, Schema.PRIVATE).close()


def own_form(practice: Path, words: str, name: str = "mine.toml") -> Path:
    """Put a form of the therapist's own into a practice."""
    path = practice / "definitions" / "forms" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
    return path


def test_the_therapist_s_own_forms_come_back_and_the_present_ones_move_aside(practice: Path, tmp_path: Path):
    own_form(practice, "as it was")
    own_form(practice, "x" * 1_000_001, "too large to be one.toml")
    own_form(practice, "no form", "notes.txt")
    (practice / "definitions" / "forms" / "link.toml").symlink_to(practice / "header.json")
    (tmp_path / "backups").mkdir()
    with opened(open_with_key(practice, SECRET)) as vault:
        made = Backups(vault).make(tmp_path / "backups")
    assert [name for name in made.manifest.files if "/" in name] == ["definitions/forms/mine.toml"]
    assert made.manifest.format == 2, "an older program says that it is too old, and not that the backup is damaged"
    own_form(practice, "changed since")
    own_form(practice, "new since", "later.toml")
    done = restore(made.path, practice, CODE)
    assert [each.name for each in (practice / "definitions" / "forms").iterdir()] == ["mine.toml"]
    assert (practice / "definitions" / "forms" / "mine.toml").read_text() == "as it was"
    assert done.aside is not None
    assert (done.aside / "definitions" / "forms" / "mine.toml").read_text() == "changed since"
    assert (done.aside / "definitions" / "forms" / "later.toml").read_text() == "new since"
    assert clients(practice) == ["Ada"]


def test_a_backup_without_forms_leaves_those_there_are(practice: Path, backup: Path):
    own_form(practice, "mine")
    assert backup_file.describe(backup).format == 1
    restore(backup, practice, CODE)
    assert (practice / "definitions" / "forms" / "mine.toml").read_text() == "mine"


def test_a_changed_form_wants_a_backup(practice: Path, tmp_path: Path):
    (tmp_path / "backups").mkdir()
    with opened(open_with_key(practice, SECRET)) as vault:
        ours = Backups(vault)
        own_form(practice, "mine")
        ours.make(tmp_path / "backups")
        assert not ours.has_changed()
        own_form(practice, "mine, longer")
        assert ours.has_changed()


def backed_up(folder: Path, passphrase: str) -> Path:
    """Make a practice that this passphrase opens, with a backup; return the backup."""
    (folder / "backups").mkdir(parents=True)
    with opened(create_practice(folder / "practice", passphrase, "Willow Lane")) as vault:
        return Backups(vault).make(folder / "backups").path


def cut_short(backup: Path, practice: Path, passphrase: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Restore, and be killed when all is ready and nothing has moved yet."""
    calls = iter(range(10))

    def die(folder: Path) -> None:
        if next(calls):
            os._exit(9)
        finish_restore(folder)

    with monkeypatch.context() as patch:
        patch.setattr(restores, "finish_restore", die)
        process = os.fork()
        if not process:
            restore(backup, practice, Secret(passphrase))
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 9


@pytest.mark.kdf
@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_after_a_restore_cut_short_the_passphrase_of_the_backup_opens_it_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    backup = backed_up(tmp_path / "one", PASSPHRASE)
    create_practice(tmp_path / "two", "another passphrase altogether", "Quiet Street").close()
    cut_short(backup, tmp_path / "two", PASSPHRASE, monkeypatch)
    with opened(unlock(tmp_path / "two", PASSPHRASE)) as vault:
        assert vault.practice_id == read_header(tmp_path / "one" / "practice").practice_id


@pytest.mark.kdf
@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_a_restore_into_a_new_folder_that_was_cut_short_is_a_practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    backup = backed_up(tmp_path / "one", PASSPHRASE)
    cut_short(backup, tmp_path / "two", PASSPHRASE, monkeypatch)
    assert practice_state(tmp_path / "two") is PracticeState.LOCKED
    with pytest.raises(PracticeExists):
        create_practice(tmp_path / "two", PASSPHRASE, "Over it")
    unlock(tmp_path / "two", PASSPHRASE).close()


@pytest.mark.parametrize("step", range(4))
def test_cut_short_between_its_forms_and_the_rest_the_next_opening_finishes(
    practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
):
    own_form(practice, "as it was")
    (tmp_path / "backups").mkdir()
    with opened(open_with_key(practice, SECRET)) as vault:
        made = Backups(vault).make(tmp_path / "backups")
    own_form(practice, "changed since")
    real, done = Path.rename, []

    def rename(self: Path, target: Path) -> Path:
        if "definitions" in (self.name, target.name) or self.name == "ready.part":
            done.append(self)
            if len(done) > step:
                raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    if step < 3:
        with pytest.raises(KeyboardInterrupt):
            restore(made.path, practice, CODE)
    else:
        restore(made.path, practice, CODE)
    monkeypatch.undo()
    finish_restore(practice)
    expected = "changed since" if step == 0 else "as it was"
    assert (practice / "definitions" / "forms" / "mine.toml").read_text() == expected
    asides = list(practice.glob("before-restore-*/definitions/forms/mine.toml"))
    assert [each.read_text() for each in asides] == ([] if step == 0 else ["changed since"])
    assert clients(practice) == ["Ada"]


def test_the_backups_known_for_a_practice_are_its_own_wherever_they_went(practice: Path, backup: Path, tmp_path: Path):
    (practice / "backups").mkdir()
    with opened(open_with_key(practice, SECRET)) as vault:
        second = Backups(vault).make(practice / "backups").path
    with opened(create_with_key(tmp_path / "other", bytes(32), "Another")) as vault:
        foreign = Backups(vault).make(tmp_path / "backups").path
    assert {each.path for each in known_backups(practice)} == {backup, second}
    (practice / "practice.db").write_bytes(b"")
    (practice / "header.json").unlink()
    assert {each.path for each in known_backups(practice)} == {backup, second, foreign}
    assert known_backups(tmp_path / "nowhere") == []


# Refused


def refused(backup: Path, practice: Path, error: type[PracticeError], secret: Secret = CODE) -> None:
    """Require that it is refused, here and in a new folder, with every byte as it was."""
    before, new = prints(practice), practice.with_name("new")
    for folder in (practice, new):
        with pytest.raises(error):
            restore(backup, folder, secret)
    assert prints(practice) == before
    assert not new.exists()


def test_a_damaged_backup_is_refused(practice: Path, backup: Path):
    content = backup.read_bytes()
    middle = len(content) // 2
    backup.write_bytes(content[:middle] + bytes([content[middle] ^ 4]) + content[middle + 1 :])
    refused(backup, practice, BackupDamaged)
    backup.write_bytes(content[:middle])
    refused(backup, practice, BackupDamaged)
    backup.write_bytes(b"")
    refused(backup, practice, BackupDamaged)


def test_another_kind_of_file_is_refused(practice: Path, backup: Path):
    refused(practice / "practice.db", practice, NotABackup)
    refused(practice / "absent", practice, NotABackup)


@pytest.mark.skipif(sys.platform != "linux", reason="only there is a file that opens and can't be read")
def test_a_file_that_the_disk_does_not_give_out_is_told_as_that(practice: Path):
    refused(Path("/proc/self/mem"), practice, BackupUnreadable)


def test_another_practice_s_code_is_refused(practice: Path, backup: Path):
    refused(backup, practice, RecoveryCodeWrong, Secret(recovery_code=code_of(bytes(32))))
    refused(backup, practice, RecoveryCodeWrong, Secret(recovery_code="nonsense"))


def test_a_newer_backup_is_refused(practice: Path, backup: Path, tmp_path: Path):
    rewrite(backup, tmp_path, schema="9999")
    refused(backup, practice, NewerBackup)


def test_a_manifest_that_was_changed_is_refused(practice: Path, backup: Path, tmp_path: Path):
    rewrite(backup, tmp_path, counts={"client": 99})
    refused(backup, practice, BackupDamaged)


def test_a_database_that_was_changed_is_refused(practice: Path, backup: Path, tmp_path: Path):
    def flip(folder: Path) -> None:
        content = bytearray((folder / "practice.db").read_bytes())
        content[4096 * 10 + 5] ^= 1
        (folder / "practice.db").write_bytes(content)

    rewrite(backup, tmp_path, change=flip)
    refused(backup, practice, DatabaseDamaged)


def rewrite(backup: Path, tmp_path: Path, change: Callable[[Path], None] = lambda folder: None, **changed: object) -> None:
    """Seal a changed backup anew, as someone without the key could."""
    manifest, folder = backup_file.describe(backup), tmp_path / "unpacked"
    folder.mkdir()
    backup_file.unpack(backup, manifest, folder, lambda _: None)
    change(folder)
    backup.unlink()
    files = {name: folder / name for name in manifest.files}
    backup_file.write_backup(backup, lambda: replace(manifest, **changed), files, bytes(32), lambda _: None)


def test_an_open_practice_is_not_touched(practice: Path, backup: Path):
    with opened(open_with_key(practice, SECRET)) as vault, pytest.raises(PracticeInUse):
        restore(backup, practice, CODE)
    assert vault.folder == practice
    assert clients(practice) == ["Ada", "Ben"]


def test_stopped_anywhere_nothing_is_changed(practice: Path, backup: Path):
    told: list[float] = []
    restore(backup, practice.with_name("new"), CODE, told.append)
    before = prints(practice)
    for stop in range(len(told) - 1):  # the last is told when all is done
        left = iter(range(stop))

        def tell(share: float, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise Cancelled

        with pytest.raises(Cancelled):
            restore(backup, practice, CODE, tell)
        assert prints(practice) == before


# Killed

# Restores and dies, as by kill -9, at the n-th change to a name; prints nothing. Ends with 0 once there is no n-th.
DYING = """
import os, sys
from pathlib import Path
from ipt_desktop.services.restore import known_backups, restore
from ipt_desktop.services.secret import Secret

left = int(sys.argv[4])

def dying(plain):
    def change(*arguments, **named):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return plain(*arguments, **named)
    return change

for name in ("rename", "replace", "unlink", "hardlink_to", "mkdir"):
    setattr(Path, name, dying(getattr(Path, name)))
os.rmdir, os.unlink = dying(os.rmdir), dying(os.unlink)
if len(sys.argv) > 5:
    def refuse(*arguments):
        raise OSError("no second names here")
    Path.hardlink_to = refuse
restore(Path(sys.argv[1]), Path(sys.argv[2]), Secret(recovery_code=sys.argv[3]))
"""


@pytest.mark.proof
@pytest.mark.parametrize("second_names", [True, False])
def test_killed_at_any_step_it_is_the_old_or_the_new_and_nothing_is_lost(
    practice: Path, backup: Path, tmp_path: Path, second_names: bool, record_property: Callable[[str, object], None]
):
    seen: list[list[str]] = []
    arguments = [] if second_names else ["x"]
    for step in range(200):
        died = subprocess.run(
            [sys.executable, "-c", DYING, str(backup), str(practice), code_of(SECRET), str(step), *arguments], cwd=ROOT
        )
        assert practice_state(practice) is PracticeState.LOCKED, "nobody is offered to make a practice there"
        seen.append(clients(practice))
        asides = [folder for folder in practice.glob("before-restore-*") if any(folder.iterdir())]
        assert seen[-1] in (["Ada", "Ben"], ["Ada"])
        if seen[-1] == ["Ada"]:
            (aside,) = asides
            assert clients(aside) == ["Ada", "Ben"]
            make_present_again(practice, aside)
        assert clients(practice) == ["Ada", "Ben"]
        if died.returncode == 0:
            break
        assert died.returncode == 9
    assert seen == sorted(seen, key=len, reverse=True)  # from some step on it is the new one
    assert seen[0] == ["Ada", "Ben"]
    assert seen[-2] == ["Ada"]
    assert step > 10
    disk = "a disk that knows second names for a file" if second_names else "a disk that knows none"
    outcome = "the old practice or the new one, the old one whole beside it"
    record_property("proof", (f"kill -9 while a backup is restored, {disk}", f"before each of {step} changes", outcome))


@pytest.mark.skipif(os.name != "posix", reason="a folder can't be synchronised there")
def test_what_waits_is_on_the_disk_before_anything_moves(practice: Path, backup: Path, monkeypatch: pytest.MonkeyPatch):
    synced: set[int] = set()
    lacking: list[list[str]] = []
    sync, link = os.fsync, Path.hardlink_to

    def note_sync(handle: int) -> None:
        sync(handle)
        synced.add(os.fstat(handle).st_ino)

    def note_link(second: Path, path: Path) -> None:
        if not lacking:  # the first thing that is done to the practice that is there
            waiting = practice / "restoring"
            needed = [practice, waiting, *waiting.rglob("*")]
            lacking.append(
                [each.name for each in needed if each.stat().st_ino not in synced and not each.name.endswith("-shm")]
            )
        link(second, path)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "hardlink_to", note_link)
    restore(backup, practice, Secret(recovery_code=code_of(SECRET)))
    assert lacking == [[]]


def make_present_again(practice: Path, aside: Path) -> None:
    for name in ("practice.db", "header.json"):
        (aside / name).replace(practice / name)
    for left in aside.iterdir():
        left.unlink()
    aside.rmdir()


def test_what_waits_unready_is_swept_at_the_next_opening(practice: Path):
    (practice / "restoring").mkdir()
    (practice / "restoring" / "practice.db").write_bytes(b"half")
    assert clients(practice) == ["Ada"]
    assert not (practice / "restoring").exists()
    finish_restore(practice)
