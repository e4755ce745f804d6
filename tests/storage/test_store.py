"""Records in and out, one transaction at a time, from any thread."""

import threading
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from ipt_desktop.domain import measure_records, session_records, treatment_records
from ipt_desktop.domain import records as r
from ipt_desktop.domain.errors import PracticeLocked, RecordGone, SaveFailed
from ipt_desktop.storage.mapper import fields_of, to_row
from ipt_desktop.storage.store import Store, Writing
from ipt_desktop.storage.tables import TABLES, table_of


def insert_all(store: Store, records: list[Any]) -> dict[str, set[str]]:
    def work(writing: Writing) -> dict[str, set[str]]:
        for record in records:
            writing.insert(record)
        return dict(writing.changed)

    return store.write(work)


# Records


def test_every_record_has_a_table_whose_columns_are_its_fields():
    kinds = {
        kind
        for module in (r, session_records, treatment_records, measure_records)
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__
    }
    with_id = {kind for kind in kinds if "id" in {field.name for field in getattr(kind, "__dataclass_fields__", {}).values()}}
    assert set(TABLES) == with_id
    for kind, table in TABLES.items():
        assert [column.name for column in table.columns] == [field.name for field in fields(kind)]


def test_the_sample_fills_every_field(one_of_each: list[Any]):
    assert {type(record) for record in one_of_each} == set(TABLES) - {r.AuditHead}, "it comes with the first entry"


def test_each_record_comes_back_equal(store: Store, one_of_each: list[Any]):
    insert_all(store, one_of_each)
    with store.read() as reading:
        for record in one_of_each:
            assert reading.get(type(record), record.id) == record


def test_each_record_comes_back_with_its_own_types(store: Store, one_of_each: list[Any]):
    insert_all(store, one_of_each)
    with store.read() as reading:
        for record in one_of_each:
            back = reading.get(type(record), record.id)
            for field in fields(record):
                assert type(getattr(back, field.name)) is type(getattr(record, field.name)), field.name


def test_an_instant_is_kept_in_utc_and_a_naive_one_refused(store: Store):
    there = datetime(2026, 5, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    client = r.Client(name="A", created_at=there)
    insert_all(store, [client])
    assert to_row(client)["created_at"] == "2026-04-30T22:30:00.000000+00:00"
    with store.read() as reading:
        back = reading.get(r.Client, client.id)
    assert back is not None
    assert back.created_at == there
    assert back.created_at.tzinfo is UTC
    with pytest.raises(ValueError, match="time zone"):
        insert_all(store, [replace(client, id="other", created_at=datetime(2026, 5, 1))])


@pytest.mark.parametrize(("typed", "kept"), [("a\ud83db", "a\ufffdb"), ("\ud83d\ude00", "😀"), ("😀\0ß", "😀\0ß")])
def test_half_a_character_is_replaced_and_two_halves_joined(store: Store, typed: str, kept: str):
    client = r.Client(name=typed)
    insert_all(store, [client])
    with store.read() as reading:
        assert [each.name for each in reading.all(r.Client)] == [kept]


def test_an_unknown_kind_of_field_is_noticed():
    @dataclass(frozen=True)
    class Odd:
        id: str
        shape: complex

    with pytest.raises(TypeError, match="complex"):
        fields_of(Odd)


# Asking


def test_nothing_is_none(store: Store):
    with store.read() as reading:
        assert reading.get(r.Client, "nobody") is None
        assert reading.all(r.Client) == []


def test_all_filters_by_value_absence_and_choice_and_orders(store: Store):
    ada, ben, eva = (
        r.Client(name=name, born_on=born) for name, born in (("Ada", None), ("Ben", date(1990, 1, 1)), ("Eva", None))
    )
    insert_all(store, [ben, eva, ada])
    with store.read() as reading:
        assert reading.all(r.Client, "name") == [ada, ben, eva]
        assert reading.all(r.Client, "-name") == [eva, ben, ada]
        assert reading.all(r.Client, "-is_archived", "name", born_on=None) == [ada, eva]
        assert reading.all(r.Client, born_on=date(1990, 1, 1)) == [ben]
        assert reading.all(r.Client, "name", id=[ada.id, eva.id]) == [ada, eva]
        assert reading.all(r.Client, id=set()) == []
        assert reading.all(r.Client, is_archived=True) == []


# Changing


def test_update_replaces_and_tells_of_a_record_that_is_gone(store: Store):
    client = r.Client(name="Ada")
    insert_all(store, [client])
    store.write(lambda writing: writing.update(replace(client, name="Ada B.", is_archived=True)))
    with store.read() as reading:
        assert reading.all(r.Client) == [replace(client, name="Ada B.", is_archived=True)]
    with pytest.raises(RecordGone, match="client"):
        store.write(lambda writing: writing.update(replace(client, id="gone")))


def test_upsert_adds_then_replaces_and_keeps_the_children(store: Store, one_of_each: list[Any]):
    insert_all(store, one_of_each)
    client = next(record for record in one_of_each if isinstance(record, r.Client))
    store.write(lambda writing: writing.upsert(replace(client, name="New")))
    store.write(lambda writing: writing.upsert(replace(client, id="second")))
    with store.read() as reading:
        assert {found.name for found in reading.all(r.Client)} == {"New", client.name}
        assert len(reading.all(r.Course, client_id=client.id)) == 1


def test_deleting_takes_what_cannot_exist_alone(store: Store, one_of_each: list[Any]):
    insert_all(store, one_of_each)
    store.write(lambda writing: writing.delete(r.Client, "client-1"))
    with store.read() as reading:
        left = {kind for kind in TABLES if reading.all(kind)}
    practice = {r.Practice, r.Definition, r.Setting, r.AuditEntry, r.AuditHead}
    assert left == practice | {session_records.SpellingWord, session_records.Snippet, session_records.Bookmark}


def test_deleting_a_session_or_person_never_takes_words_along(store: Store, one_of_each: list[Any]):
    insert_all(store, one_of_each)

    def work(writing: Writing) -> None:
        writing.delete(r.Session, "session-1")
        writing.delete(r.Person, "person-Ada")

    store.write(work)
    with store.read() as reading:
        document = reading.get(r.Document, "document-1")
        assert document is not None
        assert (document.session_id, document.about_id) == (None, None)
        assert reading.all(r.Sitting)[0].session_id is None
        assert reading.all(r.Tie) == []


def test_one_placement_for_each_person_and_sitting(store: Store, one_of_each: list[Any]):
    insert_all(store, one_of_each)
    placement = next(record for record in one_of_each if isinstance(record, r.Placement))
    with pytest.raises(SaveFailed, match="UNIQUE"):
        store.write(lambda writing: writing.insert(replace(placement, id="another")))


def test_a_child_without_its_parent_is_refused(store: Store):
    with pytest.raises(SaveFailed, match="FOREIGN KEY"):
        store.write(lambda writing: writing.insert(r.Person(client_id="nobody", name="Ada")))


def test_what_changed_is_named(store: Store, one_of_each: list[Any]):
    changed = insert_all(store, one_of_each)
    assert changed["person"] == {"person-Ada", "person-Ben"}
    assert set(changed) == {table_of(kind).name for kind in TABLES} - {"audit_entry", "audit_head"}


def test_a_failing_operation_leaves_nothing(store: Store):
    def work(writing: Writing) -> None:
        writing.insert(r.Client(name="Ada"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(work)
    with store.read() as reading:
        assert reading.all(r.Client) == []
    insert_all(store, [r.Client(name="Ben")])  # and the writer goes on


def test_a_full_disk_is_told_and_the_next_save_after_it_is_kept(store: Store):
    raw = store._writer.connection.driver_connection
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    raw.execute(f"PRAGMA max_page_count = {pages}")
    long = r.Client(name="Ada", own_words="word " * 50_000)
    with pytest.raises(SaveFailed, match="full"):
        store.write(lambda writing: writing.insert(long))
    with store.read() as reading:
        assert reading.all(r.Client) == []
    raw.execute("PRAGMA max_page_count = 1000000")
    store.write(lambda writing: writing.insert(long))
    with store.read() as reading:
        assert reading.all(r.Client) == [long]


def test_a_failure_tells_no_value(store: Store, one_of_each: list[Any]):
    insert_all(store, one_of_each)
    placement = next(record for record in one_of_each if isinstance(record, r.Placement))
    with pytest.raises(SaveFailed) as told:
        store.write(lambda writing: writing.insert(replace(placement, id="another", words="CANARY")))
    assert "CANARY" not in f"{told.value}{told.value.__cause__}"


# Threads


def test_all_writes_run_on_one_thread_and_are_seen_by_readers(store: Store):
    names = set()

    def work(writing: Writing) -> None:
        names.add(threading.current_thread().name)
        writing.insert(r.Client(name="Ada"))

    threads = [threading.Thread(target=store.write, args=(work,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names == {"practice-writer"}
    with store.read() as reading:
        assert len(reading.all(r.Client)) == 8


def test_a_reader_sees_the_last_commit_and_keeps_its_view(store: Store):
    with store.read() as reading:
        assert reading.all(r.Client) == []
        store.write(lambda writing: writing.insert(r.Client(name="Ada")))
        assert reading.all(r.Client) == []
        with store.read() as inner:
            assert inner.all(r.Client) == []
    with store.read() as reading:
        assert len(reading.all(r.Client)) == 1


def test_each_thread_reads_on_its_own_connection(store: Store):
    seen = []

    def look() -> None:
        with store.read() as reading:
            seen.append(reading._connection.connection.driver_connection)

    look()
    look()
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen[0] is seen[1]
    assert seen[0] is not seen[2]


def test_posted_work_reports_after_the_commit_in_order(store: Store):
    seen: list[Any] = []
    arrived = threading.Event()

    def done(result: Any, error: BaseException | None) -> None:
        with store.read() as reading:  # what is acknowledged is there for everyone
            seen.append((result, type(error), len(reading.all(r.Client))))
        if len(seen) == 3:
            arrived.set()

    store.post(lambda writing: writing.insert(r.Client(name="Ada")) or "first", done)
    store.post(lambda writing: writing.update(r.Client(name="gone")), done)
    store.post(lambda writing: writing.insert(r.Client(name="Ben")) or "third", done)
    assert arrived.wait(10)
    assert seen == [("first", type(None), 1), (None, RecordGone, 1), ("third", type(None), 2)]


def test_a_write_inside_a_write_is_refused_at_once(store: Store):
    with pytest.raises(RuntimeError, match="wait for itself"):
        store.write(lambda _writing: store.write(lambda inner: inner.insert(r.Client(name="Ada"))))


def test_a_listener_that_fails_does_not_end_the_writer(store: Store, monkeypatch: pytest.MonkeyPatch):
    reported = []
    monkeypatch.setattr(threading, "excepthook", lambda args: reported.append(args.exc_type))

    def done(result: Any, error: BaseException | None) -> None:
        raise ZeroDivisionError

    store.post(lambda _writing: None, done)
    assert store.write(lambda _writing: "still here") == "still here"
    assert reported == [ZeroDivisionError]


def test_close_waits_for_what_is_queued_then_refuses(path: Any, key: bytes):
    store = Store.create(path, key)
    for number in range(50):
        store.post(lambda writing, n=number: writing.insert(r.Client(name=str(n))), lambda result, error: None)
    store.close()
    store.close()
    with pytest.raises(PracticeLocked):
        store.write(lambda writing: None)
    with pytest.raises(PracticeLocked), store.read():
        pass
    assert sorted(file.name for file in path.parent.iterdir()) == ["practice.db"]
    again = Store.open(path, key)
    with again.read() as reading:
        assert len(reading.all(r.Client)) == 50
    again.close()
