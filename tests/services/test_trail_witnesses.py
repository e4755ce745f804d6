"""The audit trail held against the backups: one made anew with the practice’s own key is told; a restore is no fault."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.domain.audit import ChainState
from ipt_desktop.domain.chain_link import FIRST, hash_of
from ipt_desktop.domain.trail_witness import Fork, Witness
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.practice_check import check_closed
from ipt_desktop.services.recovery_code import code_of
from ipt_desktop.services.restore import restore
from ipt_desktop.services.secret import Secret
from ipt_desktop.services.vault import open_with_key
from ipt_desktop.storage import backup_file
from ipt_desktop.storage.audit_chain import COLUMNS, HEAD_ID
from ipt_desktop.storage.engine import Access, connect

ROOT_KEY = bytes(range(32))
SECRET = Secret(recovery_code=code_of(ROOT_KEY))
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def make_anew(path: Path, key: bytes, *, below: int) -> None:
    """Drop what was done before entry `below` and make the rest of the chain anew, as whoever holds the key can."""
    with closing(connect(path, key, Access.WRITE)) as raw:
        triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        guards = [(name, sql) for name, sql in triggers if name.startswith("audit_entry_")]
        for name, _sql in guards:
            raw.execute(f"DROP TRIGGER {name}")
        rows = raw.execute(f"SELECT {', '.join(COLUMNS)} FROM audit_entry WHERE number >= {below} ORDER BY number").fetchall()  # noqa: S608
        raw.execute("DELETE FROM audit_entry")
        previous = FIRST
        for number, values in enumerate(rows, 1):
            row = dict(zip(COLUMNS, values, strict=True)) | {"number": number, "previous": previous}
            row["hash"] = previous = hash_of(row)
            raw.execute(f"INSERT INTO audit_entry VALUES ({', '.join(f':{name}' for name in COLUMNS)})", row)  # noqa: S608
        raw.execute("UPDATE audit_head SET number = ?, hash = ? WHERE id = ?", (len(rows), previous, HEAD_ID))
        for _name, sql in guards:
            raw.execute(sql)
        raw.commit()


def backed_up(desk: Desk, *names: str) -> Path:
    """Add clients of these names, then make a backup in the practice's own folder."""
    for name in names:
        desk.clients.add_client(r.Client(name=name))
    (made,) = desk.backups.back_up([desk.backups.own_folder])
    assert made.made is not None
    return made.made.path


def checked(desk: Desk) -> ChainState:
    """Return what the command line finds in the closed practice."""
    desk.close()
    found = check_closed(desk.folder, SECRET)["practice.db"].trail
    assert found is not None
    return found


def test_backups_that_agree_are_counted(desk: Desk):
    assert desk.audit.verify().in_words().endswith("There was no backup to hold it against.")
    backed_up(desk, "A")
    backed_up(desk, "B")
    state = desk.audit.verify()
    assert state.is_sound
    assert "2 backups agree with it, the newest of " in state.in_words()
    assert checked(desk).is_sound


def test_a_trail_made_anew_is_told_by_the_backups(desk: Desk):
    backed_up(desk, "A", "B")
    backed_up(desk, "C")
    path, key = desk.store.path, desk.store.key
    desk.close()
    make_anew(path, key, below=3)
    again = Desk(open_with_key(desk.folder, ROOT_KEY))
    state = again.audit.verify()
    assert not state.breaks
    assert state.is_guarded, "the database by itself shows nothing"
    assert not state.is_sound
    assert "was replaced since the backup of " in state.in_words()
    assert "its entry 3 is not the one that the backup names" in state.in_words()
    assert state.in_words().endswith("1 later backup says so, too.")
    again.store.write(lambda writing: None)
    assert again.audit.entries()[0].detail["broken"] == 2
    assert not checked(again).is_sound


def test_a_trail_cut_short_and_gone_on_is_told_by_the_backup(desk: Desk):
    backed_up(desk, "A", "B")
    path, key = desk.store.path, desk.store.key
    desk.close()
    make_anew(path, key, below=100)
    again = Desk(open_with_key(desk.folder, ROOT_KEY))
    assert again.audit.verify().faults == 1
    again.close()


def test_of_a_gap_nobody_is_accused_of_more_than_that(desk: Desk):
    backed_up(desk, "A")
    backed_up(desk, "B")
    path, key = desk.store.path, desk.store.key
    desk.close()
    with closing(connect(path, key, Access.WRITE)) as raw:  # as a salvage leaves it where a page could not be read
        raw.execute("DROP TRIGGER audit_entry_is_never_removed")
        raw.execute("DELETE FROM audit_entry WHERE number = 2")
        raw.commit()
    again = Desk(open_with_key(desk.folder, ROOT_KEY))
    state = again.audit.verify()
    again.close()
    assert "Entry 2 is missing." in state.in_words()
    assert "was replaced" not in state.in_words()


def test_what_came_after_a_restored_backup_is_no_fault(desk: Desk):
    first = backed_up(desk, "A")
    backed_up(desk, "B")
    desk.close()
    restore(first, desk.folder, SECRET)
    again = Desk(open_with_key(desk.folder, ROOT_KEY))
    third = backed_up(again, "D")
    state = again.audit.verify()
    assert state.is_sound, state.in_words()
    assert "2 backups agree with it" in state.in_words()
    assert "What 1 backup saw is not in this trail since the restore of " in state.in_words()
    again.close()
    restore(third, desk.folder, SECRET)  # and once more, to a backup of the newer trail
    last = Desk(open_with_key(desk.folder, ROOT_KEY))
    assert last.audit.verify().is_sound
    assert checked(last).is_sound


def test_a_restore_forward_again_is_no_fault(desk: Desk):
    first = backed_up(desk, "A")
    second = backed_up(desk, "B", "C", "D", "E")
    desk.close()
    restore(first, desk.folder, SECRET)
    between = Desk(open_with_key(desk.folder, ROOT_KEY))
    backed_up(between)
    between.close()
    restore(second, desk.folder, SECRET)
    again = Desk(open_with_key(desk.folder, ROOT_KEY))
    state = again.audit.verify()
    assert state.is_sound, state.in_words()
    again.close()


def test_a_trail_made_anew_below_a_restore_is_told(desk: Desk):
    first = backed_up(desk, "A", "B")
    desk.close()
    restore(first, desk.folder, SECRET)
    again = Desk(open_with_key(desk.folder, ROOT_KEY))
    path, key = again.store.path, again.store.key
    again.close()
    make_anew(path, key, below=3)
    assert not check_closed(desk.folder, SECRET)["practice.db"].trail.is_sound  # type: ignore[union-attr]


def test_a_backup_that_the_key_did_not_mark_accuses_nobody(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    backed_up(desk, "A")
    real = backup_file.glance
    monkeypatch.setattr(backup_file, "glance", lambda path: replace(real(path), audit_head=(2, "f" * 64)))
    assert desk.audit.verify().is_sound


def test_the_demo_asks_no_backups(desk: Desk):
    backed_up(desk, "A")
    desk.vault.is_demo = True
    assert desk.audit.verify().testimony is None


@pytest.mark.parametrize(
    ("witness", "is_excused"),
    [
        (Witness(NOON - timedelta(days=1), 9, "x"), False),  # from before the backup that was restored
        (Witness(NOON, 9, "x"), False),  # the one that was restored itself
        (Witness(NOON + timedelta(milliseconds=1), 11, "x"), True),
        (Witness(NOON + timedelta(hours=1), 5, "x"), True),  # of another trail, left for this one
        (Witness(NOON + timedelta(days=2), 99, "x"), False),  # from after the restore
    ],
)
def test_a_restore_excuses_what_was_made_between(witness: Witness, is_excused: bool):
    assert Fork(10, NOON + timedelta(days=1), NOON).excuses(witness) is is_excused


def test_a_recovery_excuses_what_lies_beyond_it_alone():
    fork = Fork(10, NOON)
    assert fork.excuses(Witness(NOON - timedelta(days=1), 12, "x"))
    assert not fork.excuses(Witness(NOON - timedelta(days=1), 9, "x"))
