"""A practice found damaged is remembered as such and only read, until another database lies in its place."""

import hashlib
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from ipt_desktop.domain import records as r
from ipt_desktop.domain.errors import CheckFailed, DatabaseDamaged, PracticeLocked, PracticeReadOnly
from ipt_desktop.domain.records import now
from ipt_desktop.services.check_record import RECORD_NAME, CheckRecord, open_store
from ipt_desktop.services.checks import Checks
from ipt_desktop.services.recovery_code import code_of
from ipt_desktop.services.secret import Secret
from ipt_desktop.services.vault import OpenVault, create_with_key, open_with_key, open_with_secret
from ipt_desktop.storage import database_check
from ipt_desktop.storage.engine import Access, connect
from ipt_desktop.storage.store import Store
from ipt_desktop.storage.tables import Schema

SECRET = bytes(range(32))
PAGE = 4096


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[OpenVault]:
    opened = create_with_key(tmp_path / "practice", SECRET, "Quiet Street")
    opened.store.write(lambda writing: writing.insert(r.Client(id="ada", name="Ada")))
    yield opened
    opened.close()


def damage(vault: OpenVault, table: str = "course") -> None:
    """Flip a bit in the first page of a table of a closed practice."""
    flip(vault.folder / "practice.db", vault.store.key, table)


def flip(path: Path, key: bytes, table: str) -> None:
    raw = connect(path, key, Access.LOOK)
    page = int(raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0])
    raw.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE + 100] ^= 1
    path.write_bytes(content)


def prints(folder: Path) -> dict[str, str]:
    """Return the files of a practice with their hashes, but for the index of a log and what is only remembered."""
    files = [each for each in sorted(folder.iterdir()) if each.is_file() and not each.name.endswith("-shm")]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.name != RECORD_NAME}


def test_what_is_sound_is_remembered_with_its_date(vault: OpenVault):
    checks = Checks(vault)
    assert checks.is_full_due()
    assert checks.quick().is_sound
    assert checks.is_full_due()
    assert checks.full().is_sound
    state = CheckRecord(vault.folder).state
    assert state.quick is not None
    assert state.full is not None
    assert (state.quick.is_sound, state.full.is_sound, state.damaged) == (True, True, {})
    assert now() - state.full.at < timedelta(minutes=1)
    assert (vault.folder / RECORD_NAME).stat().st_mode & 0o777 == 0o600


def test_the_full_check_is_made_once_a_day_and_after_a_clock_was_set_back(vault: OpenVault):
    checks = Checks(vault)
    checks.full()
    assert not checks.is_full_due(now() + timedelta(hours=23))
    assert checks.is_full_due(now() + timedelta(hours=25))
    assert checks.is_full_due(now() - timedelta(hours=1))


@pytest.mark.parametrize("check", [Checks.quick, Checks.full])
def test_damage_found_by_a_check_ends_all_writing_before_the_check_returns(vault: OpenVault, check: object):
    vault.close()
    damage(vault)
    opened = open_with_key(vault.folder, SECRET)
    checks, heard = Checks(opened), []
    checks.heard_damage = lambda: heard.append(checks.damage)
    found = checks.quick() if check is Checks.quick else checks.full()
    assert (found.has_damaged_pages, len(heard)) == (True, 1)
    assert found.readable["client"].rows == 1
    before = prints(opened.folder)
    with pytest.raises(PracticeReadOnly):
        opened.store.write(lambda writing: writing.insert(r.Client(name="Ben")))
    opened.close()
    assert prints(opened.folder) == before
    assert CheckRecord(opened.folder).known_damage() == heard[0]


def test_a_practice_known_to_be_damaged_is_opened_checked_and_closed_without_a_byte_changed(vault: OpenVault):
    vault.close()
    damage(vault)
    found = open_with_key(vault.folder, SECRET)
    Checks(found)
    with pytest.raises(DatabaseDamaged), found.store.read() as reading:
        reading.all(r.Course)
    found.close()
    before = prints(vault.folder)
    again = open_with_secret(vault.folder, Secret(recovery_code=code_of(SECRET)))
    assert Checks(again).damage
    assert Checks(again).quick().has_damaged_pages
    assert Checks(again).full().has_damaged_pages
    with again.store.read() as reading:
        assert [client.name for client in reading.all(r.Client)] == ["Ada"]
    with pytest.raises(PracticeReadOnly):
        again.store.write(lambda writing: writing.insert(r.Client(name="Ben")))
    again.close()
    assert prints(vault.folder) == before


def test_another_database_in_its_place_is_opened_as_any(vault: OpenVault):
    vault.close()
    sound = (vault.folder / "practice.db").read_bytes()
    damage(vault)
    found = open_with_key(vault.folder, SECRET)
    Checks(found).quick()
    found.close()
    (vault.folder / "practice.db").write_bytes(sound)
    again = open_with_key(vault.folder, SECRET)
    checks = Checks(again)
    assert (checks.damage, checks.record.state.quick, checks.is_full_due()) == ("", None, True)
    assert CheckRecord(vault.folder).state.damaged == {}
    again.store.write(lambda writing: writing.insert(r.Client(name="Ben")))
    again.close()


def test_private_notes_are_checked_while_they_are_open_and_remembered_apart(vault: OpenVault):
    key = bytes(range(1, 33))
    path = vault.folder / "private.db"
    Store.create(path, key, Schema.PRIVATE).close()
    flip(path, key, "document")
    private = open_store(path, key, Schema.PRIVATE)
    checks = Checks(vault, lambda: private)
    assert checks.full().is_sound
    assert checks.private_damage
    assert checks.damage == ""
    state = CheckRecord(vault.folder).state
    assert state.full is not None
    assert not state.full.is_sound
    private.close()
    before = prints(vault.folder)["private.db"]
    private = open_store(path, key, Schema.PRIVATE)
    with pytest.raises(PracticeReadOnly):
        private.write(lambda writing: writing.all(r.Document))
    private.close()
    assert prints(vault.folder)["private.db"] == before
    checks.quick()
    assert CheckRecord(vault.folder).known_damage("private.db"), "what is remembered by one is not forgotten by another"
    assert CheckRecord(vault.folder).known_damage() == ""


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'{"quick": 3}', b'{"quick": null, "full": null, "damaged": [1]}', b"\xff", b"[" * 9000]
)
def test_a_record_that_cannot_be_read_counts_as_nothing_known(tmp_path: Path, content: bytes):
    (tmp_path / RECORD_NAME).write_bytes(content)
    assert CheckRecord(tmp_path).state == CheckRecord(tmp_path / "absent").state
    assert CheckRecord(tmp_path).known_damage() == ""


def test_closing_cuts_a_check_short_and_waits_for_its_end(vault: OpenVault):
    begun, told = threading.Event(), []

    def count_for_ever() -> None:
        with vault.store.watching() as raw:
            begun.set()
            try:
                raw.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
            except dbapi2.OperationalError as error:
                told.append(str(error))

    def check() -> None:
        try:
            count_for_ever()
        except PracticeLocked as error:
            told.append(str(error))

    thread = threading.Thread(target=check)
    thread.start()
    assert begun.wait(10)
    vault.close()
    assert told[0] == "interrupted"
    thread.join(10)
    assert told[1:] == [str(PracticeLocked())]
    with pytest.raises(PracticeLocked):
        Checks(vault).quick()
    assert CheckRecord(vault.folder).state.quick is None


def test_a_database_that_is_locked_is_not_taken_for_a_damaged_one(vault: OpenVault, monkeypatch: pytest.MonkeyPatch):
    class Locked(dbapi2.OperationalError):
        sqlite_errorcode = dbapi2.SQLITE_BUSY

    def refuse(_raw: object) -> list[str]:
        raise Locked("database is locked")

    checks = Checks(vault)
    monkeypatch.setattr(database_check, "has_met_altered_page", refuse)
    with pytest.raises(CheckFailed, match="locked"):
        checks.quick()
    assert checks.damage == ""
    vault.store.write(lambda writing: writing.insert(r.Client(name="Ben")))
