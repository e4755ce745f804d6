"""Backups of a real practice: whole, private, thinned out, and proven to hold what was saved."""

import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.domain.backup import FORMAT
from ipt_desktop.domain.chain_link import PROGRAM, account_name
from ipt_desktop.domain.errors import (
    BackupDamaged,
    BackupFailed,
    Cancelled,
    CopyForBackupFailed,
    DatabaseDamaged,
    NewerBackup,
    NoBackup,
    NotABackup,
)
from ipt_desktop.services import backups, keys
from ipt_desktop.services.backup_record import BackupRecord
from ipt_desktop.services.backups import Backups, backups_in, describe, is_whole
from ipt_desktop.services.header import HEADER_NAME, Header
from ipt_desktop.services.restore import known_backups
from ipt_desktop.services.vault import OpenVault, create_with_key
from ipt_desktop.storage import backup_file
from ipt_desktop.storage.database_copy import prove_database
from ipt_desktop.storage.engine import Access, connect
from ipt_desktop.storage.store import Store
from ipt_desktop.storage.tables import Schema

SECRET = bytes(range(32))
CANARY = "Canary Ωmega"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[OpenVault]:
    opened = create_with_key(tmp_path / "practice", SECRET, "Quiet Street")
    opened.store.write(lambda writing: writing.insert(r.Client(id="ada", name=CANARY)))
    for number in range(20):
        opened.store.write(lambda writing, number=number: writing.insert(note(f"note {number}")))
    yield opened
    opened.close()


def note(name: str) -> r.Document:
    return r.Document(
        id=name, client_id="ada", form="f", purpose="progress_note", answers={"text": f"{CANARY} " + "words " * 400}
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups"


def test_a_proof_is_noted_with_the_backup_that_was_proven(vault: OpenVault, folder: Path):
    backups = Backups(vault)
    made = backups.make(folder)
    backups.prove(folder)
    vault.store.write(lambda writing: None)
    with vault.store.read() as reading:
        (entry,) = reading.all(r.AuditEntry, operation="prove_backup")
    assert entry.detail == {"made_at": made.manifest.made_at.isoformat()}


# Made


def test_a_backup_is_one_private_file_that_says_what_is_in_it(vault: OpenVault, folder: Path):
    made = Backups(vault).make(folder)
    assert list(folder.iterdir()) == [made.path]
    assert made.path.stat().st_mode & 0o777 == 0o600
    found = describe(made.path)
    assert found == made.manifest
    assert (found.practice_id, found.clients, found.notes, found.is_demo) == (vault.practice_id, 1, 20, False)
    assert set(found.files) == {"practice.db", "header.json"}


def test_it_is_a_plain_archive_whose_database_is_encrypted_without_a_log(vault: OpenVault, folder: Path, tmp_path: Path):
    made = Backups(vault).make(folder)
    assert CANARY.encode() not in made.path.read_bytes()
    assert CANARY.encode("utf-16-le") not in made.path.read_bytes()
    with ZipFile(made.path) as archive:
        assert archive.testzip() is None
        assert {entry.compress_type for entry in archive.infolist()} == {ZIP_STORED}
        archive.extractall(tmp_path / "out")
    database = tmp_path / "out" / "practice.db"
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(database).execute("SELECT * FROM sqlite_master")
    with Store.open(database, vault.store.key).read() as reading:
        assert len(reading.all(r.Document)) == 20
    assert sorted(file.name for file in (tmp_path / "out").iterdir() if not file.name.startswith("practice.db-")) == [
        *("header.json", "manifest.json", "mimetype", "practice.db")
    ]


def test_what_still_waits_in_the_log_is_in_the_backup(vault: OpenVault, folder: Path):
    log = vault.folder / "practice.db-wal"
    assert log.stat().st_size > 0
    assert Backups(vault).make(folder).manifest.notes == 20


def test_the_keychain_slot_stays_behind(vault: OpenVault, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    slot = keys.Slot(
        "00000000-0000-4000-8000-000000000000", keys.PASSPHRASE, keys.Stretching(), b"s" * 16, b"n" * 12, b"w" * 48
    )
    header = Header(
        vault.practice_id, slots={keys.MAIN: (slot, replace(slot, type=keys.KEYRING, stretching=None)), keys.PRIVATE: (slot,)}
    )
    monkeypatch.setattr(backups, "read_header", lambda _: header)
    made = Backups(vault).make(folder)
    with ZipFile(made.path) as archive:
        kept = json.loads(archive.read(HEADER_NAME))
    assert [each["type"] for each in kept["stores"]["main"]["slots"]] == [keys.PASSPHRASE]


def test_the_private_notes_go_along_open_or_locked(vault: OpenVault, folder: Path, tmp_path: Path):
    key = bytes(reversed(range(32)))
    private = Store.create(vault.folder / "private.db", key, Schema.PRIVATE)
    private.write(lambda writing: writing.insert(r.Document(client_id="B", form="f", purpose="private_note")))
    opened = Backups(vault, lambda: private).make(folder)
    private.close()
    locked = Backups(vault).make(folder)
    for made, file in ((opened, "opened"), (locked, "locked")):
        (tmp_path / file).mkdir()
        backup_file.unpack(made.path, made.manifest, tmp_path / file, lambda _: None)
        assert prove_database(tmp_path / file / "private.db", key)["document"] == 1


def test_a_backup_leaves_nothing_else_in_the_practice(vault: OpenVault, folder: Path):
    before = {file.name for file in vault.folder.iterdir()}
    Backups(vault).make(folder)
    assert {file.name for file in vault.folder.iterdir()} - before == {"backups.json"}
    assert CANARY not in (vault.folder / "backups.json").read_text()


def test_two_in_one_second_have_two_names(vault: OpenVault, folder: Path):
    made = {Backups(vault).make(folder).path for _ in range(3)}
    assert len(made) == 3 == len(list(folder.iterdir()))


# Not made


def test_stopped_anywhere_nothing_is_left_and_it_still_counts_as_changed(vault: OpenVault, folder: Path):
    ours, told = Backups(vault), []
    ours.make(folder, told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)
    before = sorted(folder.iterdir())
    ours.record.note_change()
    for stop in range(len(told)):
        left = iter(range(stop))

        def tell(share: float, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise Cancelled

        with pytest.raises(Cancelled):
            ours.make(folder, tell)
        assert sorted(folder.iterdir()) == before
        assert not (vault.folder / "temporary").exists()
    assert ours.record.state.has_changed
    assert ours.record.state.failing == {}


def test_a_disk_that_keeps_other_bytes_than_were_written_makes_no_backup(vault: OpenVault, folder: Path):
    """One bit turns over while the rest is still being written: nothing but reading it back can tell."""
    turned: list[Path] = []

    def tell(_share: float) -> None:
        for part in [] if turned else folder.glob("*.part"):
            if part.stat().st_size > 100_000:
                with part.open("r+b") as file:
                    file.seek(50_000)
                    (byte,) = file.read(1)
                    file.seek(50_000)
                    file.write(bytes([byte ^ 1]))
                turned.append(part)

    with pytest.raises(BackupDamaged):
        Backups(vault).make(folder, tell)
    assert turned
    assert list(folder.iterdir()) == []


def test_a_backup_is_on_the_disk_before_it_bears_its_name(vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch):
    """The order is what survives a power cut: all of its bytes, its name, the folder's entry."""
    synced: list[bytes | None] = []
    sync, rename = os.fsync, Path.rename

    def note_sync(handle: int) -> None:
        sync(handle)
        parts = [part for part in folder.glob("*.part") if os.path.samestat(part.stat(), os.fstat(handle))]
        if parts:
            synced.append(parts[0].read_bytes())
        elif os.path.samestat(folder.stat(), os.fstat(handle)):
            synced.append(None)

    def note_rename(part: Path, target: Path) -> Path:
        if part.parent == folder:
            assert synced[-1] == part.read_bytes()
            synced.clear()
        return rename(part, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "rename", note_rename)
    Backups(vault).make(folder)
    assert synced == ([None] if os.name == "posix" else [])


def test_the_audit_trail_tells_those_that_were_asked_for_from_the_others(vault: OpenVault, folder: Path):
    backups = Backups(vault)
    backups.back_up([folder])
    backups.back_up([folder], is_asked=False)
    with vault.store.read() as reading:
        asked, automatic = reading.all(r.AuditEntry, "number", operation="back_up")
    assert (asked.who, automatic.who) == (account_name(), PROGRAM)
    assert asked.who != PROGRAM


def test_a_folder_that_is_not_there_is_not_made(vault: OpenVault, tmp_path: Path):
    ours = Backups(vault)
    with pytest.raises(BackupFailed):
        ours.make(tmp_path / "unplugged")
    assert not (tmp_path / "unplugged").exists()
    (failed,) = BackupRecord(vault.folder).state.failing.values()
    assert "unplugged" in failed.failure


def test_a_folder_that_the_system_cannot_even_look_at_keeps_no_other_from_its_backup(vault: OpenVault, folder: Path):
    broken_off = folder / ("share" * 60)  # no system has such long names: it answers with an error, not that nothing is there
    ours = Backups(vault, chosen=lambda: [str(broken_off), str(folder)])
    failed, made = ours.back_up(ours.folders())
    assert isinstance(failed.error, BackupFailed)
    assert not failed.was_there
    assert made.made is not None
    assert list(ours.failing()) == [broken_off]
    assert [each.path for each in ours.backups(*ours.folders())] == [made.made.path]
    assert [each.path for each in known_backups(vault.folder)] == [made.made.path]


def test_where_the_practice_s_own_disk_takes_no_copy_that_disk_is_named(vault: OpenVault, folder: Path):
    (vault.folder / "temporary").touch()  # so no copy can be kept beside the practice
    with pytest.raises(CopyForBackupFailed) as failed:
        Backups(vault).make(folder)
    assert f"the disk of the practice itself, {vault.folder}" in str(failed.value)
    assert str(folder) in BackupRecord(vault.folder).state.failing
    (vault.folder / "temporary").unlink()
    Backups(vault).make(folder)
    assert BackupRecord(vault.folder).state.failing == {}


def test_a_failure_is_told_until_one_works(vault: OpenVault, tmp_path: Path):
    ours, folder = Backups(vault), tmp_path / "later"
    with pytest.raises(BackupFailed):
        ours.make(folder)
    folder.mkdir()
    ours.make(folder)
    state = BackupRecord(vault.folder).state
    assert (state.failing, state.has_changed) == ({}, False)
    assert state.last_made_at is not None
    ours.record.note_change()
    assert BackupRecord(vault.folder).state.has_changed


def back_up_anew(vault: OpenVault, folder: Path) -> None:
    """Open the store again, as after a start, and make a backup."""
    vault.store = Store(vault.folder / "practice.db", vault.store.key)
    Backups(vault).make(folder)


def test_whatever_page_is_damaged_makes_no_backup(vault: OpenVault, folder: Path):
    vault.store.write(lambda writing: writing.insert(replace(note("long"), answers={"text": "words " * 5000})))
    vault.store.close()
    path = vault.folder / "practice.db"
    pages = path.stat().st_size // 4096
    for page in range(34, pages):  # those of long texts, and the last, would be copied as zeros and without an error
        damage(path, 4096 * page + 7)
        with pytest.raises(DatabaseDamaged):
            back_up_anew(vault, folder)
        vault.store.close()
        damage(path, 4096 * page + 7)
    assert list(folder.iterdir()) == []
    vault.store = Store(path, vault.store.key)
    Backups(vault).make(folder)


def test_a_row_without_what_it_belongs_to_makes_no_backup(vault: OpenVault, folder: Path):
    vault.store.write(lambda writing: writing.insert(r.Revision(document_id="note 3", form="f", answers={})))
    vault.store.close()
    with closing(connect(vault.folder / "practice.db", vault.store.key, Access.COPY)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM document WHERE id = 'note 3'")
    with pytest.raises(DatabaseDamaged, match="revision"):
        back_up_anew(vault, folder)
    assert list(folder.iterdir()) == []


# Refused


def damage(path: Path, place: int, bit: int = 0) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 1 << bit]))


def test_every_flipped_bit_is_found(vault: OpenVault, folder: Path):
    path = Backups(vault).make(folder).path
    size = path.stat().st_size
    places = [*range(80), *range(80, size - 1500, size // 60), *range(size - 1500, size, 23), size - 1]
    for place in places:
        damage(path, place, place % 8)
        with pytest.raises((BackupDamaged, NotABackup, NewerBackup)):
            describe(path)
        damage(path, place, place % 8)
    assert is_whole(path)


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.999])
def test_a_missing_end_is_found(vault: OpenVault, folder: Path, share: float):
    path = Backups(vault).make(folder).path
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(BackupDamaged):
        describe(path)
    path.write_bytes(content + b"0")
    with pytest.raises(BackupDamaged):
        describe(path)


def test_other_files_are_told_from_backups(vault: OpenVault, folder: Path, tmp_path: Path):
    with ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a", "b")
    for path in (tmp_path / "other.zip", vault.folder / "practice.db", tmp_path / "absent", tmp_path):
        with pytest.raises(NotABackup):
            describe(path)


def test_a_later_format_or_schema_is_refused(vault: OpenVault, folder: Path, tmp_path: Path):
    made = Backups(vault).make(folder)
    for newer in (replace(made.manifest, format=FORMAT + 1), replace(made.manifest, schema="9999")):
        path = tmp_path / f"{newer.format}-{newer.schema}"
        backup_file.write_backup(path, lambda newer=newer: newer, {}, SECRET, lambda _: None)
        with pytest.raises(NewerBackup):
            describe(path)


STRANGE = [
    *("../practice.db", "/tmp/x", "..", "a\\b", ".hidden", "C:x", "elsewhere/forms/a.toml", "definitions/a.toml"),  # noqa: S108
    *("definitions/../a.toml", "definitions/forms/../../a.toml", "definitions//a.toml", "definitions/forms/a.exe"),
]


@pytest.mark.parametrize("name", STRANGE)
def test_a_name_that_leads_elsewhere_is_refused(name: str, vault: OpenVault, folder: Path, tmp_path: Path):
    made = Backups(vault).make(folder)
    backup_file.write_backup(
        tmp_path / "forged", lambda: made.manifest, {name: vault.folder / HEADER_NAME}, SECRET, lambda _: None
    )
    with pytest.raises(BackupDamaged):
        describe(tmp_path / "forged")


# Listed and thinned out


def test_the_list_holds_only_this_practice_s_backups(vault: OpenVault, folder: Path, tmp_path: Path):
    ours = Backups(vault)
    made = [ours.make(folder).path for _ in range(2)]
    other = create_with_key(tmp_path / "other", bytes(32), "Other")
    foreign = Backups(other).make(folder).path
    other.close()
    (folder / f"{made[0].stem}.iptbackup.part").write_bytes(made[0].read_bytes())
    (folder / "broken.iptbackup").write_bytes(b"PK")
    assert [each.path for each in ours.backups(folder)] == made[::-1]
    assert {each.path for each in backups_in(folder)} == {*made, foreign}
    ours.make(folder)
    assert not list(folder.glob("*.part"))


def age(vault: OpenVault, made: backups.Backup, days: int) -> Path:
    """Write the backup once more as if it were so many days old."""
    older = replace(made.manifest, made_at=made.manifest.made_at - timedelta(days=days))
    path = made.path.with_name(f"old-{days}.iptbackup")
    backup_file.write_backup(path, lambda: older, {HEADER_NAME: vault.folder / HEADER_NAME}, vault.store.key, lambda _: None)
    return path


def test_a_new_backup_lets_old_ones_go_by_day_week_and_month(vault: OpenVault, folder: Path):
    ours = Backups(vault)
    made = ours.make(folder)
    for days in range(1, 120):
        age(vault, made, days)
    ours.make(folder)
    assert 9 <= len(list(folder.iterdir())) <= 24
    assert made.path.exists()


def test_one_just_made_stays_even_if_a_clock_that_lost_its_time_makes_it_the_oldest(vault: OpenVault, folder: Path):
    ours = Backups(vault)
    made = ours.make(folder)
    for months in range(1, 15):
        age(vault, made, -31 * months)
    made.path.unlink()
    latest = ours.make(folder)
    assert ours.backups(folder)[-1].path == latest.path
    assert latest.path.exists()


def test_nothing_goes_while_the_newest_is_not_whole(vault: OpenVault, folder: Path):
    ours = Backups(vault)
    made = ours.make(folder)
    old = [age(vault, made, days) for days in range(1, 120)]
    damage(made.path, made.path.stat().st_size // 2)
    assert ours.thin(folder) == []
    assert all(path.exists() for path in old)


# Proven


def test_the_newest_backup_is_proven_restorable(vault: OpenVault, folder: Path):
    ours = Backups(vault)
    ours.make(folder)
    made = ours.make(folder)
    proof = ours.prove(folder)
    assert (proof.backup, proof.backup.manifest.notes, proof.backup.manifest.clients) == (made, 20, 1)
    kept = BackupRecord(vault.folder).state.proof
    assert kept is not None
    assert (kept.at, kept.notes, kept.clients) == (proof.proven_at, 20, 1)
    assert not (vault.folder / "temporary").exists()


def test_what_a_killed_proof_left_is_swept(vault: OpenVault, folder: Path):
    (vault.folder / "temporary" / "x").mkdir(parents=True)
    ours = Backups(vault)
    ours.make(folder)
    assert not (vault.folder / "temporary").exists()


def test_a_damaged_or_forged_backup_is_not_proven(vault: OpenVault, folder: Path):
    ours = Backups(vault)
    with pytest.raises(NoBackup):
        ours.prove(folder)
    made = ours.make(folder)
    damage(made.path, made.path.stat().st_size // 2)
    with pytest.raises(BackupDamaged):
        ours.prove(folder)
    made.path.unlink()
    files = {"practice.db": vault.folder / "header.json"}
    backup_file.write_backup(made.path, lambda: made.manifest, files, vault.store.key, lambda _: None)
    with pytest.raises(DatabaseDamaged):
        ours.prove(folder)
    assert BackupRecord(vault.folder).state.proof is None


def test_a_manifest_sealed_by_someone_without_the_key_is_refused(vault: OpenVault, folder: Path, tmp_path: Path):
    ours = Backups(vault)
    made = ours.make(folder)
    backup_file.unpack(made.path, made.manifest, tmp_path, lambda _: None)
    made.path.unlink()
    files = {name: tmp_path / name for name in made.manifest.files}
    later = replace(made.manifest, made_at=made.manifest.made_at + timedelta(days=1))
    backup_file.write_backup(made.path, lambda: later, files, bytes(32), lambda _: None)
    assert is_whole(made.path)
    with pytest.raises(BackupDamaged):
        ours.prove(folder)


# While it is written to


def saves_while_backing_up(vault: OpenVault, folder: Path, rounds: int) -> None:
    """Make backups while notes are saved; each holds every note that was acknowledged before it began."""
    acknowledged, stop = [20], threading.Event()

    def write() -> None:
        while not stop.is_set():
            number = acknowledged[0]
            vault.store.write(lambda writing, number=number: writing.insert(note(f"note {number}")))
            acknowledged[0] = number + 1

    writer = threading.Thread(target=write)
    writer.start()
    ours = Backups(vault)
    try:
        for _ in range(rounds):
            before = acknowledged[0]
            made = ours.make(folder)
            assert before <= made.manifest.notes <= acknowledged[0] + 1
            assert ours.prove(folder).backup == made
    finally:
        stop.set()
        writer.join()


def test_backups_during_saves_hold_all_that_was_saved(vault: OpenVault, folder: Path):
    saves_while_backing_up(vault, folder, 8)


@pytest.mark.soak
def test_fifty_backups_during_saves_hold_all_that_was_saved(vault: OpenVault, folder: Path):
    saves_while_backing_up(vault, folder, 50)


def test_copying_the_database_without_its_log_would_lose_notes(vault: OpenVault, tmp_path: Path):
    """The control: what we never do, and why."""
    shutil.copy(vault.folder / "practice.db", tmp_path / "bare.db")
    bare = Store(tmp_path / "bare.db", vault.store.key)
    with bare.read() as reading:
        assert len(reading.all(r.Document)) < 20
    bare.close()
