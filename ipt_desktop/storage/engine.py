"""Connections to an encrypted practice database, each with every safeguard set before its first statement.

The order is not free: the log is silenced first, the driver must prove that it encrypts (plain SQLite ignores `PRAGMA key` and
would keep notes in clear), the key is the first statement that touches the file, and reading the schema proves the key.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from ipt_desktop.domain.errors import (
    DatabaseDamaged,
    DatabaseMissing,
    DiskFull,
    FolderNotWritable,
    PracticeError,
    PracticeInUse,
    UnsafeDriver,
)
from ipt_desktop.domain.text import _

KEY_BYTES = 32
# Below it the write-ahead log can be reset under a second connection, which loses commits (sqlite.org/wal.html, 2026).
LOWEST_SQLITE = (3, 51, 3)
BUSY_SECONDS = 10.0
NOT_A_DATABASE = "file is not a database"  # what the driver says of a key that does not open a file, or of its first page
LEAST_ROOM = 1024 * 1024  # bytes
SALT_BYTES = 16  # an encrypted file begins with its salt; anything shorter holds no database

_SAFEGUARDS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "cache_size = -16384",
)


class Access(StrEnum):
    """What a connection may do: the one writer, a reader, a look that leaves every byte as it is, or the filling of a copy.

    To watch is to look at a database that others have open: closed as the last one, it folds no log in. To salvage is to look
    at one that may even be cut short, which SQLite refuses else.
    """

    WRITE = "write"
    READ = "read"
    LOOK = "look"
    WATCH = "watch"
    SALVAGE = "salvage"
    COPY = "copy"  # a new file that nobody else has open, so it needs no write-ahead log


_LOOKING = (Access.LOOK, Access.WATCH, Access.SALVAGE)


def open_engine(path: Path, key: bytes, access: Access) -> Engine:
    """Return an engine whose every connection is keyed and safeguarded; it connects at first use.

    `key` is the raw 256-bit key. Connections are not pooled: the store keeps one for each thread.
    """
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key, access),
        poolclass=NullPool,
        hide_parameters=True,
        echo=False,
    )
    # The driver's own transactions are off (isolation_level None); a reader that began IMMEDIATE would lock the writer out,
    # and a writer that began deferred would fail at its first write, whatever the timeout.
    begin = "BEGIN IMMEDIATE" if access is Access.WRITE else "BEGIN"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def connect(path: Path, key: bytes, access: Access) -> Any:
    """Return a keyed driver connection with all safeguards on.

    Raises UnsafeDriver, DatabaseMissing or DatabaseDamaged; the file is never created and, on an error, never changed.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a raw key has {KEY_BYTES} bytes")
    _require_sound_sqlite()
    if not path.exists():
        raise DatabaseMissing(path=path)
    try:
        raw = dbapi2.connect(
            f"{path.absolute().as_uri()}?{_mode(path, access)}",
            uri=True,
            isolation_level=None,
            timeout=BUSY_SECONDS,
            check_same_thread=False,  # the store closes the connections of threads that are gone
        )
    except dbapi2.DatabaseError as error:
        raise _told(path, error) from error
    try:
        _unlock(raw, key, access)
        _safeguard(raw, access)
    except dbapi2.DatabaseError as error:
        raw.close()
        raise _told(path, error) from error
    except BaseException:
        raw.close()
        raise
    return raw


def _mode(path: Path, access: Access) -> str:
    """Return how SQLite opens the file. A look leaves no `-wal` and `-shm` behind where no log waits to be read."""
    if access is Access.WATCH and _log_of(path).exists():  # whoever writes has one, if only an empty one
        return "mode=ro"
    if access not in _LOOKING:
        return "mode=rw"
    return "mode=ro" if has_log(path) else "mode=ro&immutable=1"


def has_log(path: Path) -> bool:
    """Tell whether commits wait in a write-ahead log beside the database."""
    log = _log_of(path)
    return log.exists() and log.stat().st_size > 0


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _told(path: Path, error: Exception) -> PracticeError:
    """Return what the driver found wrong with the file in our own words."""
    reason = str(error)
    if _code_of(error) in (dbapi2.SQLITE_IOERR, dbapi2.SQLITE_FULL) and _is_full(path.parent):
        return DiskFull(path=path.parent)
    if "unable to open" in reason or "readonly" in reason:
        return FolderNotWritable(path=path.parent, reason=reason)
    if "locked" in reason:
        return PracticeInUse()
    return DatabaseDamaged(path=path, reason=reason)


def _is_full(folder: Path) -> bool:
    """Tell whether a disk has no room for the index of the log, without which no database is opened."""
    try:
        return shutil.disk_usage(folder).free < LEAST_ROOM
    except OSError:
        return False


def _require_sound_sqlite() -> None:
    """Refuse an SQLite with the fault that loses commits."""
    if tuple(dbapi2.sqlite_version_info) < LOWEST_SQLITE:
        lowest = ".".join(str(part) for part in LOWEST_SQLITE)
        raise UnsafeDriver(reason=f"SQLite {dbapi2.sqlite_version} < {lowest}")


def _unlock(raw: Any, key: bytes, access: Access) -> None:
    """Prove that the driver encrypts, give it the key, and read the schema, which proves the key."""
    raw.execute("PRAGMA cipher_log_level = NONE")
    if not raw.execute("PRAGMA cipher_version").fetchone():
        raise UnsafeDriver(reason=_("no encryption"))
    raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if access is Access.SALVAGE:
        raw.execute("PRAGMA writable_schema = ON")  # only so does SQLite read a file shorter than its header says
    raw.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _safeguard(raw: Any, access: Access) -> None:
    """Set every pragma; the journal mode is the writer's to set and is only read back elsewhere."""
    for safeguard in _SAFEGUARDS:
        if access in (*_LOOKING, Access.COPY) and safeguard.startswith("journal_mode"):
            continue
        raw.execute(f"PRAGMA {safeguard}").fetchall()
    if access in (*_LOOKING, Access.READ):
        raw.execute("PRAGMA query_only = ON")


def require_content(path: Path) -> int | None:
    """Return the size of a database in bytes, None where there is none; raises DatabaseDamaged for an empty one.

    SQLite would take it for a new database, in which nothing is wrong.
    """
    size = path.stat().st_size if path.exists() else None
    if size is not None and size <= SALT_BYTES:
        raise DatabaseDamaged(path=path, reason=_("{size} bytes").format(size=size))
    return size


def revision_of(path: Path, key: bytes) -> str | None:
    """Return the schema revision of a practice database without changing a byte of it; None where there is none.

    Raises DatabaseMissing or DatabaseDamaged.
    """
    size = require_content(path)
    raw = connect(path, key, Access.LOOK)
    try:
        page = int(raw.execute("PRAGMA page_size").fetchone()[0])  # SQLCipher answers in text
        if not has_log(path) and size is not None and size % page:
            raise DatabaseDamaged(
                path=path, reason=_("{size} bytes").format(size=size)
            )  # SQLite would notice only on reading the last page
        if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            return None
        row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None
    except dbapi2.DatabaseError as error:
        raise _told(path, error) from error
    finally:
        raw.close()


@contextmanager
def writing_connection(path: Path, key: bytes) -> Iterator[Connection]:
    """Open one writing connection by itself, for work that needs no store (creating, upgrading)."""
    engine = open_engine(path, key, Access.WRITE)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def has_met_altered_page(raw: Any) -> bool:
    """Tell whether a driver connection has read a page that is not what was written there; ask after every reading.

    The cipher hands such a page out as zeros, without an error, and refuses only the next one that it reads from the file.
    """
    status = raw.execute("PRAGMA cipher_status").fetchone()  # takes two microseconds
    return status is not None and status[0] != "1"


def is_damage(error: DBAPIError) -> bool:
    """Tell whether the database itself is at fault, and not the disk it lies on."""
    return _code_of(error.orig) in (dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB)


def _code_of(error: BaseException | None) -> int:
    """Return the driver's code for what went wrong, without what makes it an extended one."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def reason_of(error: DBAPIError) -> str:
    """Return what the database itself said, without the statement and without any value."""
    return str(error.orig)
