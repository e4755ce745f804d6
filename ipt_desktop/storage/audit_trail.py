"""The audit trail, read back as it is stored: entries that are asked for, and the state of the whole chain.

Each function is given `execute`, which runs a statement with its values on whichever connection is at hand.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ipt_desktop.domain.audit import ChainState, Wanted, chain_state
from ipt_desktop.domain.records import AuditEntry
from ipt_desktop.domain.trail_witness import Witness
from ipt_desktop.storage.audit_chain import COLUMNS, HEAD, NAMES, Execute
from ipt_desktop.storage.engine import Access, connect
from ipt_desktop.storage.mapper import fields_of, to_record
from ipt_desktop.storage.migrations import REVISIONS
from ipt_desktop.storage.tables import TRIGGER_SQL

CHAINED = REVISIONS[REVISIONS.index("0003") :]  # the schemas that have a chain
TEXTS = ("id", "who", "operation", "kind", "record_id", "client_id")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
ROWS_BETWEEN_TELLING = 2_000
_ALL = f"SELECT {NAMES} FROM audit_entry ORDER BY number"  # noqa: S608  (our own names)


def find(execute: Execute, wanted: Wanted, limit: int) -> list[dict[str, Any]]:
    """Return the rows of so many entries, newest first."""
    instant = fields_of(AuditEntry)["at"].to_column
    conditions: dict[str, object] = {
        "client_id = ?": wanted.client_id,
        "at >= ?": instant(wanted.since),
        "at < ?": instant(wanted.until),
        "number < ?": wanted.before,
        "typeof(number) = ?": "integer",  # what is none was altered, and is told as missing
    }
    where = [words for words, value in conditions.items() if value is not None]
    values = [value for value in conditions.values() if value is not None]
    if wanted.operations is not None:
        where.append(f"operation IN ({', '.join('?' for _ in wanted.operations)})")
        values += sorted(wanted.operations)
    clause = f" WHERE {' AND '.join(where)}" if where else ""
    statement = f"SELECT {NAMES} FROM audit_entry{clause} ORDER BY number DESC LIMIT ?"  # noqa: S608  (our own words)
    return [dict(zip(COLUMNS, row, strict=True)) for row in execute(statement, (*values, limit)).fetchall()]


def entry_of(row: dict[str, Any]) -> AuditEntry:
    """Return the entry that a row holds; one that was altered past the program may hold anything, and then says just that."""
    try:
        entry = to_record(AuditEntry, row)
        held: dict[str, Any] = {each.name: getattr(entry, each.name) for each in fields(entry)}
        if isinstance(held["detail"], dict) and entry.at.tzinfo and all(isinstance(held[name], str) for name in TEXTS):
            entry.at.astimezone()  # what no clock can show
            json.dumps([held[name] for name in (*TEXTS, "detail")], ensure_ascii=False).encode("utf-8")  # what is no text
            return entry
    except (ValueError, TypeError, AttributeError, OverflowError):
        pass
    return AuditEntry(id=str(row["id"]), number=row["number"], at=NEVER, who="", operation="unreadable")


def head_of(path: Path, key: bytes) -> tuple[int, str] | None:
    """Return number and sum of the last entry of a database that nobody writes to; None where it has no chain."""
    with closing(connect(path, key, Access.LOOK)) as raw:
        row = _head(raw.execute)
        return (row[0], str(row[1])) if row and isinstance(row[0], int) else None


def has_chain(execute: Execute) -> bool:
    """Tell whether the database keeps a chain at all: older practices and private notes do not.

    Its schema says so, too: a chain is missed where its tables were taken out.
    """
    if _columns(execute, "audit_head") or "hash" in _columns(execute, "audit_entry"):
        return True
    if not _columns(execute, "alembic_version"):
        return False
    return any(row[0] in CHAINED for row in execute("SELECT version_num FROM alembic_version", ()))


def _columns(execute: Execute, table: str) -> set[str]:
    """Return the names of a table's columns, none where there is no such table."""
    return {row[1] for row in execute(f"PRAGMA table_info({table})", ())}


def _head(execute: Execute) -> Any:
    """Return the row of the chain's head, None where there is none."""
    return execute(HEAD, ()).fetchone() if {"number", "hash"} <= _columns(execute, "audit_head") else None


def look_through(
    execute: Execute, tell: Callable[[float], None] = lambda share: None, witnesses: Sequence[Witness] | None = None
) -> ChainState:
    """Return the state of the whole chain, read row by row; `tell` hears the share done and may raise to stop it."""
    head = _head(execute)
    stored = execute(_ALL, ()) if set(COLUMNS) <= _columns(execute, "audit_entry") else ()
    rows = _told(stored, head[0] if head else 0, tell)
    end = (head[0], head[1]) if head else None
    state = chain_state(rows, end, is_guarded=_is_guarded(execute), witnesses=witnesses)
    tell(1)
    return state


def check_chain(path: Path, key: bytes, access: Access, witnesses: Sequence[Witness] | None = None) -> ChainState | None:
    """Return the state of the chain of a database, open or closed; None where it keeps none."""
    with closing(connect(path, key, access)) as raw, any_text(raw):
        return look_through(raw.execute, witnesses=witnesses) if has_chain(raw.execute) else None


@contextmanager
def any_text(raw: Any) -> Iterator[None]:
    """Let a driver's connection read what is no text, too: it was altered, is told, and hides no other entry."""
    usual = raw.text_factory
    raw.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = usual


def _told(cursor: Any, expected: object, tell: Callable[[float], None]) -> Iterator[dict[str, Any]]:
    of = expected if isinstance(expected, int) and expected > 0 else 1
    for count, values in enumerate(cursor):
        if count % ROWS_BETWEEN_TELLING == 0:
            tell(min(count / of, 0.99))
        yield dict(zip(COLUMNS, values, strict=True))


def _is_guarded(execute: Execute) -> bool:
    """Tell whether the triggers that refuse to alter and remove entries are there, word for word."""
    rows: Sequence[Any] = execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'", ()).fetchall()
    found = {row[0]: row[1] for row in rows}
    return all(found.get(name) == sql for name, sql in TRIGGER_SQL.items() if name.startswith("audit_entry_"))
