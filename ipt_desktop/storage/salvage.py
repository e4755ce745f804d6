"""Copying what can be read of a damaged database into a new one, so that it opens and every note in it can be reached."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from ipt_desktop.domain import records as r
from ipt_desktop.domain.errors import CopyFailed
from ipt_desktop.domain.health import Readable, Salvaged
from ipt_desktop.storage import migrations
from ipt_desktop.storage.audit_chain import append
from ipt_desktop.storage.damaged_database import DamagedDatabase, Row
from ipt_desktop.storage.engine import Access, connect
from ipt_desktop.storage.mapper import to_record, to_row
from ipt_desktop.storage.tables import table_of

NOBODY = "00000000-0000-4000-8000-000000000000"  # the client of notes whose client can't be told any more

UNCHAINED = {"number": 0, "who": "", "client_id": "", "detail": "{}", "previous": "", "hash": ""}

Tell = Callable[[float], None]


def salvage_database(source: Path, target: Path, key: bytes, practice: r.Practice, client_name: str, tell: Tell) -> Salvaged:
    """Copy every readable row into a new database under the same key, and make it hang together.

    `practice` stands in for a lost practice record, and clients called `client_name` for lost clients. Raises DatabaseDamaged
    where nothing can be read, or CopyFailed; the source is never written to, and the target is then the caller's to remove.
    """
    with DamagedDatabase(source, key) as damaged:
        migrations.create(target, key)
        with closing(connect(target, key, Access.COPY)) as new:
            new.execute("PRAGMA foreign_keys = OFF")  # children may come before parents, and some have none any more
            try:
                new.execute("BEGIN IMMEDIATE")
                tables = _copied(damaged, new, tell)
                rebuilt, dropped = _join(new, practice, client_name)
                new.execute("COMMIT")
            except dbapi2.Error as error:
                raise CopyFailed(path=target.parent, reason=str(error)) from error
    return Salvaged(tables | {name: _without(tables[name], ids) for name, ids in dropped.items()}, rebuilt)


def _copied(damaged: DamagedDatabase, new: Any, tell: Tell) -> dict[str, Readable]:
    """Copy the readable rows of each table, and return how many they are and which are lost."""
    known = {str(row[0]) for row in new.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    wanted = [table for table in damaged.tables if table in known]
    tables = {}
    for number, table in enumerate(wanted, 1):
        columns = {str(row[1]) for row in new.execute(f'PRAGMA table_info("{table}")')}
        tables[table] = damaged.read(table, lambda row: _take(new, table, row, columns))  # noqa: B023
        tell(number / len(wanted))
    return tables


def _take(new: Any, table: str, row: Row, columns: Collection[str]) -> bool:
    """Insert a row as it was; an audit entry of a release that did not chain them becomes a link."""
    if table == "audit_entry" and "number" not in row:
        append(lambda statement, values: new.execute(statement, values), to_row(to_record(r.AuditEntry, UNCHAINED | row)))
        return True
    return _insert(new, table, row, columns)


def _without(table: Readable, ids: list[str]) -> Readable:
    """Return a table's account with these rows lost as well."""
    return Readable(table.rows - len(ids), None if table.lost is None else (*table.lost, *ids))


def _insert(new: Any, table: str, row: Row, columns: Collection[str]) -> bool:
    """Insert a row as it was; tell whether the new database could hold it."""
    kept = {name: value for name, value in row.items() if name in columns}
    names, places = ", ".join(f'"{name}"' for name in kept), ", ".join("?" for _ in kept)
    try:
        new.execute(f'INSERT INTO "{table}" ({names}) VALUES ({places})', tuple(kept.values()))  # noqa: S608
    except dbapi2.IntegrityError:
        return False
    return True


def _join(new: Any, practice: r.Practice, client_name: str) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Give each row what it belongs to, a stand-in where that is lost; return the stand-ins' number and the ids dropped."""
    rebuilt: dict[str, int] = defaultdict(int)
    dropped: dict[str, list[str]] = defaultdict(list)
    if not new.execute("SELECT 1 FROM practice").fetchone():
        rebuilt["practice"] += _put(new, practice)
    for (document_id,) in new.execute(_LOST_DOCUMENTS).fetchall():
        rebuilt["document"] += _put(new, _document_of(new, str(document_id)))
    while broken := new.execute("PRAGMA foreign_key_check").fetchall():
        for table, row_number, parent, link in broken:
            column, on_delete = _link(new, table, int(link))
            select = f'SELECT id, "{column}" FROM "{table}" WHERE rowid = ?'  # noqa: S608
            row = new.execute(select, (row_number,)).fetchone()
            if row is None:  # it went just now, with another
                continue
            if parent == "client":
                rebuilt["client"] += _put(new, r.Client(id=row[1], name=client_name))
            elif on_delete == "SET NULL":
                new.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (row_number,))  # noqa: S608
            else:  # nothing in it can be reached without what it belonged to
                new.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row_number,))  # noqa: S608
                dropped[table].append(str(row[0]))
    return dict(rebuilt), dict(dropped)


_LOST_DOCUMENTS = "SELECT DISTINCT document_id FROM revision WHERE document_id NOT IN (SELECT id FROM document)"
_LAST_REVISION = "SELECT form, answers FROM revision WHERE document_id = ? ORDER BY saved_at DESC LIMIT 1"


def _link(new: Any, table: str, link: int) -> tuple[str, str]:
    """Return the column of a reference, and what is done with the row when its parent goes."""
    return next((str(row[3]), str(row[6])) for row in new.execute(f'PRAGMA foreign_key_list("{table}")') if row[0] == link)


def _document_of(new: Any, document_id: str) -> r.Document:
    """Return a lost note as its last readable revision has it; whose it was is lost with it."""
    form, answers = new.execute(_LAST_REVISION, (document_id,)).fetchone()
    return r.Document(id=document_id, client_id=NOBODY, form=form, purpose="free_note", answers=json.loads(answers))


def _put(new: Any, record: r.Record) -> int:
    row = to_row(record)
    return int(_insert(new, table_of(type(record)).name, row, row.keys()))
