"""Copying a database while it is written to, and proving that a copy is whole.

The copy is SQLite's online backup, page by page through the cipher, out of one reading transaction: it is the practice as one
commit left it, the write-ahead log included, whatever is saved meanwhile.
"""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from ipt_desktop.domain.errors import CopyFailed, DatabaseDamaged
from ipt_desktop.domain.text import _
from ipt_desktop.storage.engine import Access, connect, has_met_altered_page

PAGES_AT_ONCE = 512  # 2 MB: some 20 ms, after which a cancel is heard
NOTES = ("progress_note", "free_note")

Tell = Callable[[float], None]


def copy_database(source: Path, key: bytes, target: Path, tell: Tell) -> None:
    """Copy a database that may be in use into a new file under the same key, without a log of its own. Mode 0600.

    `tell` hears the share done, 0 to 1; what it raises stops the copy. Raises CopyFailed, DatabaseDamaged or DatabaseMissing;
    the target is then the caller's to remove.
    """
    target.touch(mode=0o600, exist_ok=False)
    with closing(connect(source, key, Access.WATCH)) as live, closing(connect(target, key, Access.COPY)) as copy:
        try:
            copy.execute("PRAGMA synchronous = OFF")  # it is read back before it counts
            # An open reading transaction holds the copy to one commit; without it every save would make it begin anew.
            live.execute("BEGIN")
            live.execute("SELECT count(*) FROM sqlite_master").fetchone()
            live.backup(copy, pages=PAGES_AT_ONCE, progress=lambda _status, left, pages: tell(1 - left / max(pages, 1)))
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()
            if has_met_altered_page(live):  # it came as zeros, which the copy would seal as if they had been written
                raise DatabaseDamaged(path=source, reason=_("a page was altered"))
        except dbapi2.DatabaseError as error:
            if not isinstance(error, dbapi2.OperationalError):
                raise DatabaseDamaged(path=source, reason=str(error)) from error
            raise CopyFailed(path=target.parent, reason=str(error)) from error


def prove_database(path: Path, key: bytes) -> dict[str, int]:
    """Check a database that nobody else has open, its structure, every page and every reference; return its rows by table.

    Under "note" are the session notes and free notes. Raises DatabaseDamaged; no byte of the file is changed.
    """
    prove_pages(path, key)
    counts = prove_rows(path, key)
    _require(path, key, "PRAGMA foreign_key_check")
    _require(path, key, "PRAGMA quick_check")
    return counts


def prove_pages(path: Path, key: bytes) -> None:
    """Check every page of a database that nobody else has open against its seal; raises DatabaseDamaged."""
    _require(path, key, "PRAGMA cipher_integrity_check")


def prove_rows(path: Path, key: bytes) -> dict[str, int]:
    """Check every reference of a database that nobody else has open, and return its rows by table; raises DatabaseDamaged.

    The references are looked up in their indexes, which is twenty times as quick as SQLite's own check of every row: that one,
    and whether index and row agree, belong to `prove_database`.
    """
    with closing(connect(path, key, Access.LOOK)) as raw:
        try:
            _require_references(path, raw)
            return count_rows(raw)
        except dbapi2.DatabaseError as error:
            raise DatabaseDamaged(path=path, reason=str(error)) from error


def _require_references(path: Path, raw: Any) -> None:
    """Raise DatabaseDamaged for the first table with a row whose other row is missing."""
    for table in _tables(raw):
        for _number, at, parent, column, to, *_rules in raw.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
            if at or to is None:  # of several columns, or to a key without a name: there is none in our tables
                _require_none(path, raw, f'PRAGMA foreign_key_check("{table}")')
                continue
            absent = f'NOT EXISTS (SELECT 1 FROM "{parent}" AS there WHERE there."{to}" = here."{column}")'  # noqa: S608
            query = f'SELECT 1 FROM "{table}" AS here WHERE here."{column}" IS NOT NULL AND {absent} LIMIT 1'  # noqa: S608
            if raw.execute(query).fetchone() is not None:
                raise DatabaseDamaged(path=path, reason=table)


def _require(path: Path, key: bytes, check: str) -> None:
    with closing(connect(path, key, Access.LOOK)) as raw:
        _require_none(path, raw, check)


def _require_none(path: Path, raw: Any, check: str) -> None:
    """Raise DatabaseDamaged with the first thing that a check complains of."""
    try:
        problem = next((row[0] for row in raw.execute(check) if row[0] != "ok"), None)
    except dbapi2.DatabaseError as error:
        raise DatabaseDamaged(path=path, reason=str(error)) from error
    if problem is not None:
        raise DatabaseDamaged(path=path, reason=problem)


def _tables(raw: Any) -> list[str]:
    """Return the names of our tables."""
    names = [str(row[0]) for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return [name for name in names if name != "alembic_version" and not name.startswith("sqlite_")]


def count_rows(raw: Any) -> dict[str, int]:
    """Return how many rows each table has, by name; "note" counts the documents that are notes."""
    counts = {name: int(raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in _tables(raw)}  # noqa: S608
    if "document" in counts:
        counts["note"] = int(raw.execute("SELECT count(*) FROM document WHERE purpose IN (?, ?)", NOTES).fetchone()[0])
    return counts
