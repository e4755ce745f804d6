"""Checking a database: every page against its seal, every reference, every index. Nothing is written into a damaged file."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from ipt_desktop.domain.errors import DatabaseDamaged
from ipt_desktop.domain.health import Health, Readable
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.storage.audit_chain import check_chain
from ipt_desktop.storage.damaged_database import DamagedDatabase
from ipt_desktop.storage.database_copy import count_rows
from ipt_desktop.storage.engine import Access, connect, has_met_altered_page
from ipt_desktop.storage.log_check import unread_commits

Alarm = Callable[[str], None]


def _silent(damage: str) -> None:
    """Hear of damage, and let it be."""


def quick_check(path: Path, key: bytes, unread_saves: int = 0, alarm: Alarm = _silent) -> Health:
    """Check the structure of an open database, but not its references; what is read on the way is checked against its seal.

    `unread_saves` is what its store found lost in the log. `alarm` hears of damaged pages at once, before what can still be
    read is counted.
    """
    with closing(connect(path, key, Access.WATCH)) as raw:
        damage = _asked(raw, "PRAGMA quick_check(20)")
    if damage:
        alarm(damage[0])
    return _told(path, key, damage + _lost(unread_saves), [], Access.WATCH, unread_saves)


def full_check(path: Path, key: bytes, alarm: Alarm = _silent, *, folds_log: bool = True) -> Health:
    """Check all of an open database: the log is folded in first, since the check of the pages does not look at it.

    A save may fold its own part of the log in just while a page is read; so what is found must be found twice. `alarm` is as
    with the quick check; into a database that is damaged already no log is folded.
    """
    if folds_log:
        with closing(connect(path, key, Access.WRITE)) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    damage: list[str] = []
    for _turn in range(2):
        with closing(connect(path, key, Access.WATCH)) as raw:
            damage, orphans = _damage(raw), _orphans(raw)
        if not damage:
            break
    if damage:
        alarm(damage[0])
    return _told(path, key, damage, orphans, Access.WATCH)


def check_closed(path: Path, key: bytes) -> Health:
    """Check a database that nobody has open, and the chain of its audit trail where it keeps one and can be read.

    Only a sound one has its log folded in, and is then checked once more.

    Raises DatabaseDamaged where not even its schema can be read.
    """
    unread = unread_commits(path, key)
    with closing(connect(path, key, Access.LOOK)) as raw:
        damage, orphans = _damage(raw) + _lost(unread), _orphans(raw)
    log = path.with_name(f"{path.name}-wal")
    if damage or not (log.exists() and log.stat().st_size):
        found = _told(path, key, damage, orphans, Access.LOOK, unread)
    else:
        found = full_check(path, key)
    return found if found.damage else replace(found, trail=check_chain(path, key, Access.LOOK))


def _lost(unread_saves: int) -> list[str]:
    words = ngettext("{count} save in the log cannot be read", "{count} saves in the log cannot be read", unread_saves)
    return [words.format(count=unread_saves)] if unread_saves else []


def _damage(raw: Any) -> list[str]:
    return _asked(raw, "PRAGMA cipher_integrity_check") or _asked(raw, "PRAGMA integrity_check(20)")


def _orphans(raw: Any) -> list[str]:
    try:
        return [f"{row[0]}: {row[2]}" for row in raw.execute("PRAGMA foreign_key_check")]
    except dbapi2.DatabaseError:  # a damaged page, which the other checks have told
        return []


def _asked(raw: Any, check: str) -> list[str]:
    """Return what a check complains of."""
    try:
        told = [str(row[0]) for row in raw.execute(check) if row[0] != "ok"]
    except dbapi2.DatabaseError as error:
        return [str(error)]
    return [*told, _("a page was altered")] if has_met_altered_page(raw) and not told else told


def _told(path: Path, key: bytes, damage: list[str], orphans: list[str], access: Access, unread_saves: int = 0) -> Health:
    """Return what was found, with what can still be read where there is damage, and how much there is where there is none."""
    if damage:
        return Health(tuple(damage), tuple(orphans), readable=_readable(path, key), unread_saves=unread_saves)
    with closing(connect(path, key, access)) as raw:
        return Health((), tuple(orphans), count_rows(raw))


def _readable(path: Path, key: bytes) -> dict[str, Readable]:
    try:
        with DamagedDatabase(path, key) as damaged:
            return {table: damaged.read(table, lambda _: True) for table in damaged.tables}
    except DatabaseDamaged:
        return {}
