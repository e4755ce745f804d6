"""Checking a database: every page against its seal, every reference, every index. Nothing is written into a damaged file."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from ipt_desktop.domain.errors import CheckFailed, DatabaseDamaged
from ipt_desktop.domain.health import Health, Readable
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.domain.trail_witness import Witness
from ipt_desktop.storage.audit_trail import check_chain
from ipt_desktop.storage.damaged_database import DamagedDatabase
from ipt_desktop.storage.database_copy import count_rows
from ipt_desktop.storage.engine import Access, connect, has_log, has_met_altered_page, require_content
from ipt_desktop.storage.log_check import unread_commits
from ipt_desktop.storage.store import Store

Look = Callable[[], AbstractContextManager[Any]]
Tell = Callable[[float], None]

PRIMARY = 0xFF  # of an extended result code
NO_DAMAGE = (
    *(dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED, dbapi2.SQLITE_NOMEM),
    *(dbapi2.SQLITE_INTERRUPT, dbapi2.SQLITE_FULL, dbapi2.SQLITE_CANTOPEN),
)


def quick_check(store: Store) -> Health:
    """Check the structure of an open database, but not its references; what is read on the way is checked against its seal.

    Where pages are damaged, the store stops writing before what can still be read is counted. Raises CheckFailed, or
    PracticeLocked where the store is closed meanwhile.
    """
    with store.watching() as raw:
        damage = _asked(raw, "PRAGMA quick_check(20)")
    if damage:
        store.stop_writing(damage[0])
    return _told(store.path, store.key, damage + _lost(store.unread_saves), [], store.unread_saves, store.watching)


def full_check(store: Store) -> Health:
    """Check all of an open database: the log is folded in first, since the check of the pages does not look at it.

    A save may fold its own part of the log in just while a page is read; so what is found must be found twice. Into a database
    that is damaged already no log is folded. Stops the store's writing, and raises, as the quick check.
    """
    if not store.damage:
        _fold_log(store.path, store.key)
    damage: list[str] = []
    for _turn in range(2):
        with store.watching() as raw:
            damage, orphans = _damage(raw), _orphans(raw)
        if not damage:
            break
    if damage:
        store.stop_writing(damage[0])
    return _told(store.path, store.key, damage, orphans, 0, store.watching)


def check_closed(
    path: Path, key: bytes, witnesses: Sequence[Witness] | None = None, tell: Tell = lambda _share: None
) -> Health:
    """Check a database that nobody has open, and the chain of its audit trail where it keeps one and can be read.

    Only a sound one has its log folded in, and is then checked once more. The `witnesses` of the trail are heard. `tell` hears
    the share done, 0 to 1, after each step.

    Raises DatabaseDamaged where not even its schema can be read.
    """
    require_content(path)
    unread = unread_commits(path, key)

    def look() -> AbstractContextManager[Any]:
        return closing(connect(path, key, Access.LOOK))

    with look() as raw:
        damage, orphans = _damage(raw) + _lost(unread), _orphans(raw)
    tell(0.6)
    if not damage and has_log(path):
        _fold_log(path, key)
        with look() as raw:
            damage, orphans = _damage(raw), _orphans(raw)
    found = _told(path, key, damage, orphans, unread, look)
    tell(0.8)
    return found if found.damage else replace(found, trail=check_chain(path, key, Access.LOOK, witnesses))


def _lost(unread_saves: int) -> list[str]:
    words = ngettext("{count} save in the log cannot be read", "{count} saves in the log cannot be read", unread_saves)
    return [words.format(count=unread_saves)] if unread_saves else []


def _damage(raw: Any) -> list[str]:
    return _asked(raw, "PRAGMA cipher_integrity_check") or _asked(raw, "PRAGMA integrity_check(20)")


def _orphans(raw: Any) -> list[str]:
    try:
        return [f"{row[0]}: {row[2]}" for row in raw.execute("PRAGMA foreign_key_check")]
    except dbapi2.DatabaseError as error:  # a damaged page, which the other checks have told
        _require_damage(error)
        return []


def _asked(raw: Any, check: str) -> list[str]:
    """Return what a check complains of."""
    try:
        told = [str(row[0]) for row in raw.execute(check) if row[0] != "ok"]
        return [*told, _("a page was altered")] if has_met_altered_page(raw) and not told else told
    except dbapi2.DatabaseError as error:
        _require_damage(error)
        return [str(error)]


def _require_damage(error: dbapi2.DatabaseError) -> None:
    """Raise CheckFailed where something else kept the check from being made: a lock, no memory, a full disk."""
    if getattr(error, "sqlite_errorcode", dbapi2.SQLITE_CORRUPT) & PRIMARY in NO_DAMAGE:
        raise CheckFailed(reason=str(error)) from error


def _fold_log(path: Path, key: bytes) -> None:
    with closing(connect(path, key, Access.WRITE)) as raw:
        try:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except dbapi2.DatabaseError as error:  # what is wrong with a page the checks will tell
            _require_damage(error)


def _told(path: Path, key: bytes, damage: list[str], orphans: list[str], unread_saves: int, look: Look) -> Health:
    """Return what was found, with what can still be read where there is damage, and how much there is where there is none."""
    if damage:
        return Health(tuple(damage), tuple(orphans), readable=_readable(path, key), unread_saves=unread_saves)
    with look() as raw:
        return Health((), tuple(orphans), count_rows(raw))


def _readable(path: Path, key: bytes) -> dict[str, Readable]:
    try:
        with DamagedDatabase(path, key) as damaged:
            return {table: damaged.read(table, lambda _: True) for table in damaged.tables}
    except DatabaseDamaged:
        return {}
