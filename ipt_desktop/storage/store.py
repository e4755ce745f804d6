"""An opened practice: readers on their own threads, and one writer thread that owns the only writable connection.

Records go in and come out as frozen dataclasses; no row, connection or driver error leaves this package.
"""

import queue
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from sqlalchemy import Connection, Select, Table, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.exc import DBAPIError

from ipt_desktop.domain.course import Tally
from ipt_desktop.domain.errors import (
    CheckFailed,
    DatabaseDamaged,
    PracticeGone,
    PracticeLocked,
    PracticeReadOnly,
    RecordGone,
    SaveFailed,
)
from ipt_desktop.domain.records import AuditEntry, Record, Session
from ipt_desktop.domain.text import _
from ipt_desktop.storage import audit_chain, migrations, risk_levels, session_tallies, signed_notes
from ipt_desktop.storage.engine import Access, connect, has_met_altered_page, is_damage, open_engine, reason_of, revision_of
from ipt_desktop.storage.log_check import unread_commits
from ipt_desktop.storage.mapper import fields_of, to_record, to_row
from ipt_desktop.storage.ownership import owner_query
from ipt_desktop.storage.tables import Schema, table_of

if TYPE_CHECKING:
    from ipt_desktop.domain.audit import ChainState, Wanted
    from ipt_desktop.domain.trail_witness import Witness

R = TypeVar("R", bound=Record)
T = TypeVar("T")
LONGEST_WAIT, BETWEEN_CUTS = 5.0, 0.02  # seconds, for a check that is cut short

Done = Callable[[Any, BaseException | None], None]


class Reading:
    """What can be asked inside one transaction: the practice as the last commit left it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, record_type: type[R], record_id: str) -> R | None:
        """Return the record with this id, or None."""
        row = self._connection.execute(_select_one(record_type), {"id_": record_id}).mappings().one_or_none()
        return to_record(record_type, dict(row)) if row else None

    def all(self, record_type: type[R], *order: str, **equals: object) -> list[R]:
        """Return the records whose fields equal the given values, ordered by fields ("-name" is descending).

        A value of None means *not set*; a list, tuple or set means *one of these*.
        """
        statement = _order(_where(select(table_of(record_type)), record_type, equals), table_of(record_type), order)
        return [to_record(record_type, dict(row)) for row in self._connection.execute(statement).mappings()]

    def client_of(self, kind: str, record_id: str) -> str:
        """Return the id of the client a record belongs to; "" where it belongs to none or is not there."""
        query = owner_query(kind)
        row = self._connection.exec_driver_sql(query, (record_id,)).fetchone() if query and record_id else None
        return str(row[0]) if row else ""

    def session_tallies(self, today: date, course_ids: Collection[str]) -> dict[str, Tally]:
        """Return the sessions of these courses, counted on a day; a course without any has none."""
        return session_tallies.find(self._connection.exec_driver_sql, today, course_ids)

    def running_sessions(self) -> list[Session]:
        """Return the sessions that were started and not ended yet, the one begun last first."""
        table = table_of(Session)
        statement = select(table).where(table.c["begun_at"].is_not(None), table.c["closed_at"].is_(None))
        rows = self._connection.execute(statement.order_by(table.c["begun_at"].desc())).mappings()
        return [to_record(Session, dict(row)) for row in rows]

    def risk_entries_that_count(self, client_ids: Collection[str]) -> list[str]:
        """Return the ids of the risk entries that say where each kind of risk stands for these clients (`domain.risk`)."""
        return risk_levels.find(self._connection.exec_driver_sql, client_ids)

    def unsigned_notes(self) -> list[signed_notes.UnsignedRow]:
        """Return notes and addenda of sessions that have words and no signature, those of the latest sessions first."""
        return signed_notes.unsigned(self._connection.exec_driver_sql)

    def signature_head(self) -> tuple[int, str] | None:
        """Return number and mark of the last signature there is."""
        return signed_notes.head(self._connection.exec_driver_sql)

    def signatures(self) -> list[tuple[str, str]]:
        """Return the ids of all signatures and of their documents, in the order they were made."""
        return list(signed_notes.numbered(self._connection.exec_driver_sql))

    def audit_entries(self, wanted: "Wanted", limit: int) -> list[AuditEntry]:
        """Return so many entries of the audit trail, newest first."""
        from ipt_desktop.storage import audit_trail  # a start does without it

        with audit_trail.any_text(self._connection.connection.driver_connection):
            return [audit_trail.entry_of(row) for row in audit_trail.find(self._connection.exec_driver_sql, wanted, limit)]

    def audit_chain(self, tell: Callable[[float], None], witnesses: "Sequence[Witness] | None" = None) -> "ChainState":
        """Return the state of the audit trail's chain; `tell` hears the share done and may raise to stop it."""
        from ipt_desktop.storage import audit_trail

        with audit_trail.any_text(self._connection.connection.driver_connection):
            return audit_trail.look_through(self._connection.exec_driver_sql, tell, witnesses)


class Writing(Reading):
    """What can be done inside the one writing transaction.

    `changed` names what was touched: table name → ids. Rows that went along with a deleted parent are not listed.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.changed: dict[str, set[str]] = defaultdict(set)
        self._owners: dict[tuple[str, str], str] = {}

    def audit(self, entry: AuditEntry) -> AuditEntry:
        """Add an entry to the end of the audit trail, chained to the one before, and return it as it was stored."""
        return to_record(AuditEntry, audit_chain.append(self._connection.exec_driver_sql, to_row(entry)))

    def client_of(self, kind: str, record_id: str) -> str:
        """Return the client of a record, also of one that was deleted just now."""
        return self._owners.get((kind, record_id)) or super().client_of(kind, record_id)

    def insert(self, record: Record) -> None:
        """Add a record; an audit entry goes to the end of the chain, whatever links it has."""
        if isinstance(record, AuditEntry):
            self.audit(record)
            return
        self._connection.execute(insert(table_of(type(record))), to_row(record))
        self._note(record)

    def update(self, record: Record) -> None:
        """Replace a record that is there; raises RecordGone where it is not."""
        row = to_row(record)
        if self._connection.execute(_update(type(record)), row | {"id_": row["id"]}).rowcount == 0:
            raise RecordGone(kind=table_of(type(record)).name.replace("_", " "))
        self._note(record)

    def upsert(self, record: Record) -> None:
        """Add a record, or replace the one with its id (its children stay)."""
        self._connection.execute(_upsert(type(record)), to_row(record))
        self._note(record)

    def delete(self, record_type: type[Record], record_id: str) -> None:
        """Delete a record and what cannot exist without it; nothing happens where there is none."""
        table = table_of(record_type)
        self._owners[table.name, record_id] = self.client_of(table.name, record_id)
        self._connection.execute(delete(table).where(table.c.id == record_id))
        self.changed[table.name].add(record_id)

    def _note(self, record: Record) -> None:
        self.changed[table_of(type(record)).name].add(record.id)


class Store:
    """An opened, encrypted practice database.

    Safe to use from any thread: `read` opens a connection for each thread, `write` and `post` hand over to the writer thread.
    Once damage is known, told on opening or met while working, nothing is written any more, not even on closing: the database
    and its log stay as they are. `on_damage` is called the first time, on whichever thread has met it.
    """

    def __init__(self, path: Path, key: bytes, damage: str = "") -> None:
        self.path = path
        self.damage = damage  # what is wrong with the file, or "": with it, it is only read
        self.on_damage: Callable[[], None] = lambda: None
        self.unread_saves = 0  # that lie in a damaged log and were lost: more than none is to be told
        self.key = key  # for copies and checks, which open the database once more
        self._writer_engine = open_engine(path, key, Access.WRITE)
        self._reader_engine = open_engine(path, key, Access.LOOK if damage else Access.READ)
        self._readers: dict[int, _Reader] = {}
        self._gate = threading.RLock()
        self._transacting = threading.RLock()
        self._watching: list[Any] = []
        self._unwatched = threading.Condition(self._gate)
        self._is_open = True
        self._queue: queue.SimpleQueue[tuple[Callable[[Writing], Any], Done] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="practice-writer", daemon=True)
        self._guard: Any = None
        self._lay = _file_at(path)
        if not damage:
            self._writer = self._writer_engine.connect()
            # Closed as the last one, a connection that only watches lets no log be folded into a damaged file.
            self._guard = connect(path, key, Access.WATCH)
            self._thread.start()

    @classmethod
    def create(cls, path: Path, key: bytes, schema: Schema = Schema.PRACTICE) -> Self:
        """Make a new database from an absent or empty file by running every migration, and open it."""
        migrations.create(path, key, schema)
        return cls(path, key)

    @classmethod
    def open(
        cls, path: Path, key: bytes, schema: Schema = Schema.PRACTICE, before_upgrade: Callable[[], None] = lambda: None
    ) -> Self:
        """Open an existing database, upgrading an older schema first; what `before_upgrade` raises leaves it as it was.

        Raises DatabaseMissing, DatabaseDamaged (also for a wrong key), NewerPractice or UnsafeDriver; then no byte is changed.
        """
        unread_saves = unread_commits(path, key)  # before a writer goes on where SQLite's reading of the log ends
        migrations.bring_up_to_date(path, key, schema, before_upgrade)
        store = cls(path, key)
        store.unread_saves = unread_saves
        return store

    @classmethod
    def open_damaged(cls, path: Path, key: bytes, damage: str, schema: Schema = Schema.PRACTICE) -> Self:
        """Open a database that is known to be damaged, only to be read; no byte of it, or of its log, is changed.

        Raises DatabaseMissing or DatabaseDamaged where nothing can be read, or not by this version of the program.
        """
        unread_saves = unread_commits(path, key)
        if revision_of(path, key) != migrations.head_of(schema):
            raise DatabaseDamaged(path=path, reason=damage)
        store = cls(path, key, damage)
        store.unread_saves = unread_saves
        return store

    @contextmanager
    def watching(self) -> Iterator[Any]:
        """Yield a driver connection that only looks, for a long check; `close` cuts it short and waits for its end.

        Raises PracticeLocked where that happened, whatever came of it.
        """
        with self._gate:
            if not self._is_open:
                raise PracticeLocked
            raw = connect(self.path, self.key, Access.WATCH)
            self._watching.append(raw)
        try:
            yield raw
        except CheckFailed:
            if self._is_open:
                raise
        finally:
            with self._unwatched:
                self._watching.remove(raw)
                raw.close()
                self._unwatched.notify_all()
        if not self._is_open:
            raise PracticeLocked

    def stop_writing(self, damage: str) -> None:
        """Write nothing any more, for the file is damaged in the way told; what is queued fails with PracticeReadOnly.

        Once this returns nothing is under way either.
        """
        with self._gate:
            if self.damage or not self._is_open:
                return
            self.damage = damage
        with self._transacting:
            self.on_damage()

    @property
    def is_gone(self) -> bool:
        """Whether the file was moved, deleted or replaced since: what is written then no program ever finds again.

        The system writes on into a file without a name, and gives it up once it is closed.
        """
        return _file_at(self.path) != self._lay

    def read(self) -> AbstractContextManager[Reading]:
        """Begin a reading transaction on this thread's own connection; nested uses share the outer one."""
        return self._reading()

    @contextmanager
    def _reading(self) -> Iterator[Reading]:
        reader = self._reader()
        with reader.lock, self._told_as_damage():
            if reader.connection.closed:
                raise PracticeLocked
            if reader.connection.in_transaction():
                with _whole_pages(reader.connection):
                    yield Reading(reader.connection)
            else:
                with self._put_away_if_broken(reader), reader.connection.begin(), _whole_pages(reader.connection):
                    yield Reading(reader.connection)

    def write(self, work: Callable[[Writing], T]) -> T:
        """Run `work` in one transaction on the writer thread, wait for the commit and return its result.

        Raises what `work` raised, SaveFailed where the database refused, PracticeReadOnly where it is damaged, PracticeGone
        where its file is no longer in its place, PracticeLocked after `close`; then nothing was kept.
        """
        if threading.current_thread() is self._thread:
            raise RuntimeError("a write inside a write would wait for itself")
        waiting: Future[T] = Future()

        def settle(result: T | None, error: BaseException | None) -> None:
            if error is None:
                waiting.set_result(cast(T, result))
            else:
                waiting.set_exception(error)

        self.post(work, settle)
        return waiting.result()

    def post(self, work: Callable[[Writing], T], done: Callable[[T | None, BaseException | None], None]) -> None:
        """Queue `work`; `done(result, error)` is called on the writer thread after the commit or the failure."""
        with self._gate:
            if not self._is_open:
                raise PracticeLocked
            if self.damage:
                raise PracticeReadOnly
            self._queue.put((work, done))

    def close(self) -> None:
        """Wait for everything queued, then close every connection; the last one folds the log in, if all is sound."""
        with self._gate:
            if not self._is_open:
                return
            self._is_open = False
            self._queue.put(None)
            self._end_watching()
        if self._guard is not None:
            self._thread.join()
            if not self.damage:
                self._guard.close()
        for reader in self._readers.values():
            with reader.lock:
                reader.connection.close()
        self._readers.clear()
        if self._guard is not None:
            self._writer.close()
            self._guard.close()
        self._reader_engine.dispose()
        self._writer_engine.dispose()

    def _end_watching(self) -> None:
        """Cut every check short, which can't be done between two of its statements, and wait for it."""
        until = monotonic() + LONGEST_WAIT
        while self._watching and monotonic() < until:
            for raw in self._watching:
                raw.interrupt()
            self._unwatched.wait(BETWEEN_CUTS)

    def _reader(self) -> "_Reader":
        """Return this thread's reader, made at its first use; one of a finished thread is simply taken over."""
        with self._gate:
            if not self._is_open:
                raise PracticeLocked
            reader = self._readers.get(threading.get_ident())
            if reader is None:
                with self._told_as_damage():
                    reader = _Reader(self._reader_engine.connect())
                self._readers[threading.get_ident()] = reader
            return reader

    @contextmanager
    def _put_away_if_broken(self, reader: "_Reader") -> Iterator[None]:
        """Let this thread's next reading have a new connection: one that met an altered page reads nothing any more."""
        try:
            yield
        except (DBAPIError, _AlteredPage):
            with self._gate:
                self._readers = {thread: each for thread, each in self._readers.items() if each is not reader}
            reader.connection.close()
            raise

    def _run(self) -> None:
        """Do what is queued, one transaction each, until told to stop."""
        while (job := self._queue.get()) is not None:
            work, done = job
            result, error = self._transact(work)
            try:
                done(result, error)
            except Exception:  # a listener's fault must not end the writer; it is reported as any thread's is
                threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), self._thread)))

    def _transact(self, work: Callable[[Writing], T]) -> tuple[T | None, BaseException | None]:
        """Run one transaction; return its result, or the error that rolled it back."""
        try:
            with self._transacting, self._writer.begin(), _whole_pages(self._writer):
                result = work(Writing(self._writer))
                if self.damage:
                    raise PracticeReadOnly
                if self.is_gone:
                    raise PracticeGone(path=self.path)
                return result, None
        except (DBAPIError, _AlteredPage) as error:
            self._note_damage(error)
            failure = PracticeReadOnly() if self.damage else SaveFailed(reason=_told(error))
            failure.__cause__ = error
            return None, failure
        except BaseException as error:
            return None, error

    @contextmanager
    def _told_as_damage(self) -> Iterator[None]:
        """Tell what the driver finds wrong while reading in our own words."""
        try:
            yield
        except (DBAPIError, _AlteredPage) as error:
            self._note_damage(error)
            raise DatabaseDamaged(path=self.path, reason=_told(error)) from error

    def _note_damage(self, error: "DBAPIError | _AlteredPage") -> None:
        """Stop writing if what went wrong is the file's own fault."""
        if isinstance(error, _AlteredPage) or is_damage(error):
            self.stop_writing(_told(error))


class _Reader:
    """A thread's reading connection, and the lock that keeps `close` from cutting a read short."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.lock = threading.RLock()


class _AlteredPage(Exception):
    """A page of the file is not what was written there."""


def _file_at(path: Path) -> tuple[int, int] | None:
    """Return what tells the file that lies there from another, or None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _told(error: DBAPIError | _AlteredPage) -> str:
    return reason_of(error) if isinstance(error, DBAPIError) else str(error)


@contextmanager
def _whole_pages(connection: Connection) -> Iterator[None]:
    """Let nothing pass that was read from an altered page: raises _AlteredPage in its place.

    Where it was the last one of a long text, the row arrives without an error, and with zeros in it.
    """
    try:
        yield
    except DBAPIError:
        raise
    except BaseException as error:  # what could not be made of the zeros is not the fault to be told
        if has_met_altered_page(connection.connection.driver_connection):
            raise _AlteredPage(_("a page was altered")) from error
        raise
    if has_met_altered_page(connection.connection.driver_connection):
        raise _AlteredPage(_("a page was altered"))


@cache
def _select_one(record_type: type[Record]) -> Select[Any]:
    table = table_of(record_type)
    return select(table).where(table.c.id == bindparam("id_"))


@cache
def _update(record_type: type[Record]) -> Any:
    table = table_of(record_type)
    values: dict[str, Any] = {name: bindparam(name) for name in fields_of(record_type) if name != "id"}
    return update(table).where(table.c.id == bindparam("id_")).values(values)


@cache
def _upsert(record_type: type[Record]) -> Insert:
    """Return an upsert that updates in place: INSERT OR REPLACE would delete the row, and its children with it."""
    statement = insert(table_of(record_type))
    values = {name: statement.excluded[name] for name in fields_of(record_type) if name != "id"}
    return statement.on_conflict_do_update(index_elements=["id"], set_=values)


def _where(statement: Select[Any], record_type: type[Record], equals: dict[str, object]) -> Select[Any]:
    table, kept = table_of(record_type), fields_of(record_type)
    for name, value in equals.items():
        if isinstance(value, list | tuple | set | frozenset):
            statement = statement.where(table.c[name].in_([kept[name].to_column(one) for one in value]))
        else:
            statement = statement.where(table.c[name] == kept[name].to_column(value))
    return statement


def _order(statement: Select[Any], table: Table, order: tuple[str, ...]) -> Select[Any]:
    for name in order:
        column = table.c[name.removeprefix("-")]
        statement = statement.order_by(column.desc() if name.startswith("-") else column)
    return statement
