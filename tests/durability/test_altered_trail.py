"""Each entry of the audit trail, altered in each of its fields or removed past the program: seen, and the entry named."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from ipt_desktop.domain.audit import Break, ChainState, Fault
from ipt_desktop.domain.records import AuditEntry
from ipt_desktop.storage import audit_trail
from ipt_desktop.storage.engine import writing_connection
from ipt_desktop.storage.store import Store
from ipt_desktop.storage.tables import TRIGGER_SQL
from tests.durability.proof import Proof

KEY = bytes(range(32))
ENTRIES = 40
FIELDS = ("id", "at", "who", "operation", "kind", "record_id", "client_id", "detail", "previous", "hash")


@contextmanager
def tried(connection: Connection) -> Iterator[None]:
    """Undo everything afterwards."""
    with connection.begin() as transaction:
        for name in TRIGGER_SQL:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield
        transaction.rollback()


def state(connection: Connection) -> ChainState:
    return audit_trail.look_through(connection.exec_driver_sql, lambda _share: None)


@pytest.mark.proof
def test_each_entry_altered_or_removed_is_named(tmp_path: Path, proof: Proof):
    store = Store.create(tmp_path / "practice.db", KEY)
    for turn in range(ENTRIES):
        store.write(
            lambda writing, turn=turn: writing.audit(AuditEntry(operation=f"op_{turn}", client_id=f"client-{turn % 3}"))
        )
    store.close()
    altered = removed = 0
    with writing_connection(tmp_path / "practice.db", KEY) as connection:
        for number in range(1, ENTRIES + 1):
            for field in FIELDS:
                with tried(connection):
                    connection.exec_driver_sql(f"UPDATE audit_entry SET {field} = {field} || ' ' WHERE number = {number}")  # noqa: S608
                    assert state(connection).breaks == (Break(Fault.ALTERED, number, number),)
                altered += 1
            with tried(connection):
                connection.exec_driver_sql(f"DELETE FROM audit_entry WHERE number = {number}")  # noqa: S608
                assert state(connection).breaks == (Break(Fault.MISSING, number, number),)
            removed += 1
        with connection.begin():
            assert state(connection).is_sound
    proof.tell(
        "the audit trail changed by SQL",
        f"{altered} fields altered and {removed} entries removed, one at a time, with the database's own guards taken out",
        "each seen, and the entry named",
    )
