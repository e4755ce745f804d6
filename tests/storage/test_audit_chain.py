"""The audit trail's chain: whatever is done to it past the program is seen, and the entry is named."""

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.domain.audit import Break, ChainState, Fault, Wanted
from ipt_desktop.domain.chain_link import FIRST, hash_of
from ipt_desktop.domain.errors import Cancelled, SaveFailed
from ipt_desktop.domain.health import Salvaged
from ipt_desktop.domain.session_records import Bookmark, Snippet, SpellingWord
from ipt_desktop.storage import audit_trail, migrations
from ipt_desktop.storage.engine import Access, connect, writing_connection
from ipt_desktop.storage.mapper import to_row
from ipt_desktop.storage.salvage import salvage_database
from ipt_desktop.storage.store import Store
from ipt_desktop.storage.tables import TRIGGER_SQL, table_of

RELEASES = Path(__file__).parent / "releases"
PAGE = 4096
ENTRIES = 6
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

Tamper = Callable[..., None]


@pytest.fixture
def chain(store: Store) -> Store:
    """A practice with six entries."""
    for turn in range(ENTRIES):
        add(store, operation=f"op_{turn}", client_id="client-1" if turn % 2 else "", at=AT + timedelta(days=turn))
    return store


def add(store: Store, **fields: Any) -> r.AuditEntry:
    return store.write(lambda writing: writing.audit(r.AuditEntry(**fields)))


def state(store: Store) -> ChainState:
    with store.read() as reading:
        return reading.audit_chain(lambda share: None)


@pytest.fixture
def tamper(path: Path, key: bytes) -> Tamper:
    """Run SQL past the program: on a connection of its own, with the guards taken out and put back again."""

    def run(*statements: str, guards_too: bool = True) -> None:
        with closing(connect(path, key, Access.WRITE)) as raw:
            for name in TRIGGER_SQL if guards_too else ():
                raw.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                raw.execute(statement)
            for guard in TRIGGER_SQL.values() if guards_too else ():
                raw.execute(guard)

    return run


def test_each_entry_seals_the_one_before(chain: Store):
    assert state(chain).is_sound
    with chain.read() as reading:
        entries = reading.all(r.AuditEntry, "number")
        (head,) = reading.all(r.AuditHead)
    assert [each.number for each in entries] == list(range(1, ENTRIES + 1))
    assert [each.previous for each in entries[1:]] == [each.hash for each in entries[:-1]]
    assert (head.number, head.hash) == (ENTRIES, entries[-1].hash) == state(chain).head
    assert len({each.hash for each in entries}) == ENTRIES


def test_an_entry_of_a_write_that_fails_is_not_kept(chain: Store):
    def work(writing: Any) -> None:
        writing.audit(r.AuditEntry(operation="failing"))
        raise LookupError

    with pytest.raises(LookupError):
        chain.write(work)
    assert state(chain).entries == ENTRIES
    assert state(chain).is_sound


@pytest.mark.parametrize("number", [1, 3, ENTRIES])
@pytest.mark.parametrize(
    "change",
    [
        "id = 'other'",
        "at = '2020-01-01T00:00:00.000000+00:00'",
        "who = 'nobody'",
        "operation = 'nothing'",
        "kind = 'session'",
        "record_id = 'x'",
        "client_id = 'client-9'",
        "detail = '{ }'",
        "previous = 'f'",
        "hash = 'f'",
    ],
)
def test_an_altered_field_of_any_entry_is_seen_and_the_entry_named(chain: Store, tamper: Tamper, number: int, change: str):
    tamper(f"UPDATE audit_entry SET {change} WHERE number = {number}")  # noqa: S608
    assert state(chain).breaks == (Break(Fault.ALTERED, number, number),)


@pytest.mark.parametrize("number", ["77", "-1", "'three'"])
def test_an_altered_number_is_seen(chain: Store, tamper: Tamper, number: str):
    tamper(f"UPDATE audit_entry SET number = {number} WHERE number = 3")  # noqa: S608
    assert 3 in {each.first for each in state(chain).breaks}


@pytest.mark.parametrize(
    ("where", "missing"),
    [
        ("number = 1", (1, 1)),
        ("number = 3", (3, 3)),
        ("number IN (3, 4)", (3, 4)),
        (f"number = {ENTRIES}", (6, 6)),
        ("1", (1, 6)),
    ],
    ids=["first", "middle", "two", "last", "all"],
)
def test_removed_entries_are_missed_wherever_they_stood(chain: Store, tamper: Tamper, where: str, missing: tuple[int, int]):
    tamper(f"DELETE FROM audit_entry WHERE {where}")  # noqa: S608
    assert state(chain).breaks == (Break(Fault.MISSING, *missing),)
    assert state(chain).first_broken == missing[0]


def test_a_trail_removed_with_its_head_is_missed(chain: Store, tamper: Tamper):
    tamper("DELETE FROM audit_entry", "DELETE FROM audit_head")
    assert state(chain).breaks == (Break(Fault.MISSING, 1, 1),)


@pytest.mark.parametrize(
    ("statements", "missing"),
    [
        (("DROP TABLE audit_entry",), (1, 6)),
        (("DROP TABLE audit_head",), (6, 6)),
        (("DROP TABLE audit_entry", "DROP TABLE audit_head"), (1, 1)),
        (("ALTER TABLE audit_entry RENAME COLUMN hash TO sum",), (1, 6)),
    ],
)
def test_a_trail_whose_tables_were_taken_out_is_missed(
    chain: Store, tamper: Tamper, path: Path, key: bytes, statements: tuple[str, ...], missing: tuple[int, int]
):
    chain.close()
    tamper(*(f"DROP TRIGGER {name}" for name in TRIGGER_SQL), *statements, guards_too=False)
    found = audit_trail.check_chain(path, key, Access.LOOK)
    assert found is not None, "it is not taken for an older practice"
    assert not found.is_guarded
    (break_,) = found.breaks
    assert (break_.first, break_.last) == missing


@pytest.mark.parametrize(
    "change",
    ["detail = x'00ff'", "detail = '[]'", "detail = 'no JSON'", "at = 'yesterday'", "at = x'00'", "who = 7.5", "who = x'ff'"],
)
def test_what_no_entry_could_hold_is_told_and_hides_no_other(chain: Store, tamper: Tamper, change: str):
    tamper(f"UPDATE audit_entry SET {change} WHERE number = 3")  # noqa: S608
    assert state(chain).breaks == (Break(Fault.ALTERED, 3, 3),)
    with chain.read() as reading:
        entries = reading.audit_entries(Wanted(), 100)
    assert [each.number for each in entries] == [6, 5, 4, 3, 2, 1]
    assert entries[3].operation in ("unreadable", "op_2"), "a number among the words is read as words"


@pytest.mark.parametrize("column", ["id", "at", "who", "operation", "client_id", "detail", "previous", "hash"])
def test_bytes_that_are_no_text_are_told_and_hide_no_other(chain: Store, tamper: Tamper, path: Path, key: bytes, column: str):
    tamper(f"UPDATE audit_entry SET {column} = CAST(x'ff' AS TEXT) WHERE number = 3")  # noqa: S608
    assert state(chain).breaks == (Break(Fault.ALTERED, 3, 3),)
    with chain.read() as reading:
        entries = reading.audit_entries(Wanted(), 100)
    assert [each.number for each in entries] == [6, 5, 4, 3, 2, 1]
    assert "\udcff" not in "".join(f"{each.who}{each.operation}{each.client_id}{each.detail}" for each in entries)
    chain.close()
    found = audit_trail.check_chain(path, key, Access.LOOK)
    assert found is not None
    assert found.breaks == (Break(Fault.ALTERED, 3, 3),)


@pytest.mark.parametrize(
    "change", ["at = '0001-01-01T00:00:00+00:00'", "at = '9999-12-31T23:59:59+00:00'", """detail = '{"report": "\\udcff"}'"""]
)
@pytest.mark.skipif(sys.platform == "win32", reason="the time zone of a process can't be set there")
@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
def test_what_no_screen_could_show_is_shown_as_unreadable(
    chain: Store, tamper: Tamper, monkeypatch: pytest.MonkeyPatch, zone: str, change: str
):
    tamper(f"UPDATE audit_entry SET {change} WHERE number = 3")  # noqa: S608
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        with chain.read() as reading:
            entries = reading.audit_entries(Wanted(), 100)
        assert [f"{each.at.astimezone():%Y}{each.detail}".encode() for each in entries]
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET number = 9223372036854775807 WHERE number = 3",
        "UPDATE audit_entry SET number = 9223372036854775806 WHERE number = 3",
        "UPDATE audit_head SET number = 9223372036854775807",
        "UPDATE audit_head SET number = 9223372036854775806",
        "UPDATE audit_head SET hash = CAST(x'ff' AS TEXT)",
        f"UPDATE audit_entry SET hash = CAST(x'ff' AS TEXT) WHERE number = {ENTRIES}",  # noqa: S608
    ],
)
def test_nothing_done_to_its_end_holds_up_work(chain: Store, tamper: Tamper, change: str):
    tamper(change)
    assert not state(chain).is_sound
    numbers = [add(chain, operation="later").number for _turn in range(4)]
    assert len(set(numbers)) == 4
    assert numbers[-1] == numbers[-2] + 1


def test_a_number_that_is_none_holds_up_no_work(chain: Store, tamper: Tamper):
    tamper("UPDATE audit_entry SET number = '3x' WHERE number = 3", "UPDATE audit_head SET number = 'x'")
    assert add(chain, operation="later").number == ENTRIES + 1
    assert state(chain).first_broken == 3
    with chain.read() as reading:
        assert [each.number for each in reading.audit_entries(Wanted(), 100)] == [7, 6, 5, 4, 2, 1]


def test_two_entries_that_changed_places_are_seen(chain: Store, tamper: Tamper):
    tamper(
        "UPDATE audit_entry SET number = 99 WHERE number = 2",
        "UPDATE audit_entry SET number = 2 WHERE number = 4",
        "UPDATE audit_entry SET number = 4 WHERE number = 99",
    )
    assert state(chain).breaks == (Break(Fault.ALTERED, 2, 2), Break(Fault.ALTERED, 4, 4))


def test_an_entry_written_anew_with_a_sum_of_its_own_does_not_fit(chain: Store, tamper: Tamper):
    with chain.read() as reading:
        third = reading.all(r.AuditEntry, number=3)[0]
    row = to_row(third) | {"operation": "nothing"}
    tamper(f"UPDATE audit_entry SET operation = 'nothing', hash = '{hash_of(row)}' WHERE number = 3")  # noqa: S608
    assert state(chain).breaks == (Break(Fault.UNLINKED, 4, 4),)


@pytest.mark.parametrize("change", ["number = 2", "hash = 'f'"])
def test_an_altered_head_is_seen(chain: Store, tamper: Tamper, change: str):
    tamper(f"UPDATE audit_head SET {change}")  # noqa: S608
    assert state(chain).breaks == (Break(Fault.END_ALTERED, ENTRIES, ENTRIES),)


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET who = ''", "DELETE FROM audit_entry WHERE number = 2"])
def test_the_database_itself_refuses(chain: Store, tamper: Tamper, statement: str):
    with pytest.raises(Exception, match="only ever added to"):
        tamper(statement, guards_too=False)
    with pytest.raises(SaveFailed, match="only ever added to"):
        chain.write(lambda writing: writing.delete(r.AuditEntry, entry_of(chain, 2).id))
    with pytest.raises(SaveFailed, match="only ever added to"):
        chain.write(lambda writing: writing.update(entry_of(chain, 2)))
    assert state(chain).is_sound


def entry_of(store: Store, number: int) -> r.AuditEntry:
    with store.read() as reading:
        return reading.all(r.AuditEntry, number=number)[0]


@pytest.mark.parametrize("name", TRIGGER_SQL)
def test_a_guard_that_is_gone_or_tamed_is_told(chain: Store, tamper: Tamper, name: str):
    tamper(f"DROP TRIGGER {name}", guards_too=False)
    assert (state(chain).is_sound, state(chain).is_guarded, state(chain).breaks) == (False, False, ())
    assert "safeguards were taken out" in state(chain).in_words()
    tamper(f"CREATE TRIGGER {name} BEFORE UPDATE ON audit_entry BEGIN SELECT 1; END", guards_too=False)
    assert not state(chain).is_guarded


def test_what_was_done_stays_visible_behind_new_entries(chain: Store, tamper: Tamper):
    tamper("DELETE FROM audit_entry WHERE number >= 5")
    assert add(chain, operation="later").number == ENTRIES + 1
    assert state(chain).breaks == (Break(Fault.MISSING, 5, ENTRIES),)
    tamper("UPDATE audit_head SET number = 2")
    assert add(chain, operation="later still").number == ENTRIES + 2
    assert state(chain).breaks == (Break(Fault.MISSING, 5, ENTRIES),)


def test_many_breaks_are_counted_and_twenty_told(store: Store, tamper: Tamper):
    for turn in range(60):
        add(store, operation=str(turn))
    tamper("DELETE FROM audit_entry WHERE number % 2 = 0")
    found = state(store)
    assert (found.entries, len(found.breaks), found.more) == (30, 20, 10)
    assert found.in_words().count("is missing") == 20
    assert "10 more places are broken" in found.in_words()


def test_many_who_write_at_once_make_one_chain(store: Store):
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda turn: add(store, operation=str(turn)).number, range(200)))
    assert sorted(numbers) == list(range(1, 201))
    assert state(store).is_sound


def test_looking_through_tells_how_far_it_is_and_can_be_stopped(chain: Store):
    shares: list[float] = []
    with chain.read() as reading:
        reading.audit_chain(shares.append)
    assert shares == [0, 1]

    def stop(_share: float) -> None:
        raise Cancelled

    with chain.read() as reading, pytest.raises(Cancelled):
        reading.audit_chain(stop)


# Pages of it


def test_entries_come_newest_first_a_page_at_a_time(chain: Store):
    with chain.read() as reading:
        first = reading.audit_entries(Wanted(), 4)
        rest = reading.audit_entries(Wanted(before=first[-1].number), 4)
    assert [each.number for each in first + rest] == [6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Wanted(client_id="client-1"), [6, 4, 2]),
        (Wanted(operations=frozenset({"op_0", "op_5"})), [6, 1]),
        (Wanted(operations=frozenset()), []),
        (Wanted(since=AT + timedelta(days=4)), [6, 5]),
        (Wanted(until=AT + timedelta(days=2)), [2, 1]),
        (Wanted(client_id="client-1", since=AT + timedelta(days=1), until=AT + timedelta(days=5)), [4, 2]),
    ],
)
def test_entries_are_found_by_client_act_and_time(chain: Store, wanted: Wanted, numbers: list[int]):
    with chain.read() as reading:
        assert [each.number for each in reading.audit_entries(wanted, 10)] == numbers


# Whose a record is


def test_every_record_of_a_client_leads_to_the_client(store: Store, one_of_each: list[Any]):
    def fill(writing: Any) -> None:
        for record in one_of_each:
            writing.insert(record)

    store.write(fill)
    nobodys = {r.Practice, r.Setting, r.Definition, r.AuditEntry, SpellingWord, Snippet, Bookmark}
    with store.read() as reading:
        for record in one_of_each:
            kind = table_of(type(record)).name
            assert reading.client_of(kind, record.id) == ("" if type(record) in nobodys else "client-1"), kind
        assert (reading.client_of("session", "gone"), reading.client_of("nothing", "x"), reading.client_of("", "")) == (
            "",
            "",
            "",
        )


def test_a_deleted_records_client_is_still_known_in_the_same_write(store: Store, one_of_each: list[Any]):
    def work(writing: Any) -> str:
        for record in one_of_each:
            writing.insert(record)
        writing.delete(r.Session, "session-1")
        return str(writing.client_of("session", "session-1"))

    assert store.write(work) == "client-1"


# Entries from before the chain


def test_ten_thousand_entries_of_an_older_practice_are_chained_in_their_order(path: Path, key: bytes):
    path.touch()
    with writing_connection(path, key) as connection:
        migrations.migrate(connection, "0002")
        rows = [
            (str(turn), f"2026-03-02T09:30:15.{turn // 2:06}+00:00", "add_person", "person", f"ü{turn}")
            for turn in range(10_000)
        ]
        with connection.begin():
            connection.exec_driver_sql(
                "INSERT INTO audit_entry (id, at, operation, kind, record_id) VALUES (?, ?, ?, ?, ?)", rows
            )
    with closing(Store.open(path, key)) as store:
        found = state(store)
        assert (found.is_sound, found.entries) == (True, 10_000)
        assert entry_of(store, 10_000).record_id == "ü9999"
        assert [entry_of(store, 5).id, entry_of(store, 6).id] == ["4", "5"], "of one instant: as they were written"
        assert add(store, operation="later").number == 10_001
        assert state(store).is_sound


def test_the_migration_seals_as_the_program_does():
    assert migrations_script()["BEFORE_THE_FIRST"] == FIRST
    assert migrations_script()["GUARDS"] == TRIGGER_SQL
    row = to_row(r.AuditEntry(operation="ö", detail={"b": 1, "a": ["é"]}))
    row.pop("hash")
    assert migrations_script()["_sum_of"](row) == hash_of(row)
    assert json.loads(row["detail"]) == {"a": ["é"], "b": 1}


def migrations_script() -> dict[str, Any]:
    import importlib

    return vars(importlib.import_module("migrations.versions.0003_audit_chain"))


def test_a_practice_without_a_chain_is_no_practice_with_a_broken_one(tmp_path: Path, key: bytes):
    older = tmp_path / "older.db"
    older.touch()
    with writing_connection(older, key) as connection:
        migrations.migrate(connection, "0002")
    assert audit_trail.head_of(older, key) is None
    assert audit_trail.check_chain(older, key, Access.LOOK) is None


def test_the_head_is_told_of_a_closed_practice(chain: Store, path: Path, key: bytes):
    expected = state(chain).head
    chain.close()
    assert audit_trail.head_of(path, key) == expected
    found = audit_trail.check_chain(path, key, Access.LOOK)
    assert found is not None
    assert found.is_sound


# Salvaged


def salvaged(source: Path, target: Path, key: bytes) -> tuple[Salvaged, Store]:
    done = salvage_database(source, target, key, r.Practice(id="practice-1", name="P"), "Somebody", lambda share: None)
    return done, Store.open(target, key)


def test_entries_that_could_not_be_read_are_gaps(store: Store, path: Path, key: bytes, tmp_path: Path):
    for turn in range(300):
        add(store, operation=str(turn))
    store.close()
    whole = path.read_bytes()
    for page in range(len(whole) // PAGE - 1, 1, -1):  # until one holds entries
        path.write_bytes(whole[: page * PAGE + 100] + bytes([whole[page * PAGE + 100] ^ 1]) + whole[page * PAGE + 101 :])
        done, new = salvaged(path, tmp_path / f"{page}.db", key)
        with closing(new):
            if done.tables["audit_entry"].rows < 300:
                break
    found = state(new_store := Store.open(tmp_path / f"{page}.db", key))
    lost = 300 - done.tables["audit_entry"].rows
    assert {each.fault for each in found.breaks} == {Fault.MISSING}
    assert sum(each.last - each.first + 1 for each in found.breaks) == lost > 0
    assert add(new_store, operation="later").number == 301
    assert state(new_store).breaks == found.breaks, "the gap stays told"
    new_store.close()


def test_entries_of_a_release_that_chained_none_become_links(tmp_path: Path):
    told = json.loads((RELEASES / "0002.json").read_text(encoding="utf-8"))
    done, new = salvaged(RELEASES / "0002.db", tmp_path / "new.db", bytes.fromhex(told["key"]))
    with closing(new):
        assert done.tables["audit_entry"].is_whole
        assert (state(new).is_sound, state(new).entries) == (True, 1)
        assert entry_of(new, 1).operation == "sign_note"
