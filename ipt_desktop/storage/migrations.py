"""Bringing a database to the schema this program knows, whole or not at all.

Alembic is imported only when there is something to migrate; whether there is, the stored revision tells.
"""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from ipt_desktop.domain.errors import DatabaseDamaged, FolderNotWritable, NewerPractice, UpgradeFailed
from ipt_desktop.domain.text import _
from ipt_desktop.storage.engine import revision_of, writing_connection
from ipt_desktop.storage.tables import TRIGGERS, Schema

# Every revision this program knows, oldest first. Anything else was written by a newer one.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
HEAD = REVISIONS[-1]
PRIVATE_REVISIONS = ("private_0001",)


class MigrationFault(Exception):
    """A migration did not leave the database as it must be; its transaction rolls back."""


def create(path: Path, key: bytes, schema: Schema = Schema.PRACTICE) -> None:
    """Make a new database of the tables that every migration from the first on leads to; `path` must be absent or empty."""
    path.touch(mode=0o600)
    try:
        with writing_connection(path, key) as connection, connection.begin():
            for statement in _newest_schema(schema):
                connection.exec_driver_sql(statement)
    except DBAPIError as error:
        raise FolderNotWritable(path=path.parent, reason=error.orig) from error


@cache
def _newest_schema(schema: Schema) -> tuple[str, ...]:
    """Return the statements that make a schema's newest tables: the migrations themselves tell, run once in memory."""
    engine = create_engine("sqlite://", module=dbapi2)
    try:
        with engine.connect() as connection:
            migrate(connection, schema=schema)
            made = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'table' DESC, rowid"
            statements = connection.exec_driver_sql(made).scalars().all()
        return (*statements, f"INSERT INTO alembic_version VALUES ('{head_of(schema)}')")  # noqa: S608 - our own word
    finally:
        engine.dispose()


def bring_up_to_date(
    path: Path, key: bytes, schema: Schema = Schema.PRACTICE, before_upgrade: Callable[[], None] = lambda: None
) -> None:
    """Upgrade a database of an older release, after `before_upgrade`; a current one is only looked at.

    Raises NewerPractice for a revision this program does not know, and whatever `revision_of` raises; then no byte is changed.
    Raises UpgradeFailed where a migration failed and was rolled back whole.
    """
    found, known = revision_of(path, key), _revisions_of(schema)
    if found == known[-1]:
        return
    if found is None:
        raise DatabaseDamaged(path=path, reason=_("no schema revision"))
    if found not in known:
        raise NewerPractice(found=found, known=known[-1])
    before_upgrade()
    try:
        with writing_connection(path, key) as connection:
            migrate(connection, schema=schema)
    except (DBAPIError, MigrationFault) as error:
        raise UpgradeFailed(reason=error.orig if isinstance(error, DBAPIError) else error) from error


def head_of(schema: Schema) -> str:
    """Return the newest revision of a schema."""
    return _revisions_of(schema)[-1]


def _revisions_of(schema: Schema) -> tuple[str, ...]:
    return REVISIONS if schema is Schema.PRACTICE else PRIVATE_REVISIONS


def migrate(
    connection: Connection,
    target: str = "head",
    *,
    schema: Schema = Schema.PRACTICE,
    downwards: bool = False,
    scripts: Path | None = None,
) -> None:
    """Run the migrations up (or down) to `target` in one transaction that a failure rolls back whole.

    Foreign keys are off from before the transaction (a rebuilt table would silently take its children along) and checked
    before the commit; triggers that a rebuild dropped are put back. `scripts` is the folder of the migrations, by default ours.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    place = str(scripts or files("migrations")).replace("%", "%%")
    config.set_main_option("script_location", place)
    config.set_main_option("version_locations", f"{place}/{schema}")
    config.set_main_option("path_separator", "newline")
    config.attributes |= {"connection": connection, "schema": schema}
    _set_foreign_keys(connection, "OFF")
    try:
        with connection.begin():
            before = _triggers(connection)
            (command.downgrade if downwards else command.upgrade)(config, target)
            _restore_triggers(connection, before)
            _check_foreign_keys(connection)
            if target == "head" and scripts is None:
                _check_triggers(connection, TRIGGERS if schema is Schema.PRACTICE else frozenset())
    finally:
        _set_foreign_keys(connection, "ON")


def _set_foreign_keys(connection: Connection, state: str) -> None:
    """Switch foreign keys on the driver's connection: SQLAlchemy would begin a transaction, in which it does nothing."""
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101  (an open connection has one; this tells the type checker)
    driver.execute(f"PRAGMA foreign_keys = {state}")


def _triggers(connection: Connection) -> dict[str, tuple[str, str]]:
    """Return every trigger's table and SQL by name."""
    rows = connection.exec_driver_sql("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {row.name: (row.tbl_name, row.sql) for row in rows}


def _restore_triggers(connection: Connection, before: dict[str, tuple[str, str]]) -> None:
    """Put back the triggers that a batch rebuild dropped silently with the old table."""
    now = _triggers(connection)
    tables = {row.name for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for name, (table, sql) in before.items():
        if name not in now and table in tables:
            connection.exec_driver_sql(sql)


def _check_foreign_keys(connection: Connection) -> None:
    """Raise where a row lost its parent; the caller's transaction then rolls back."""
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        tables = ", ".join(sorted({str(row[0]) for row in orphans}))
        raise MigrationFault(f"the migration left rows without their parent in: {tables}")


def _check_triggers(connection: Connection, expected: frozenset[str]) -> None:
    """Raise where the triggers at the head are not exactly those this program relies on."""
    if found := set(_triggers(connection)) ^ expected:
        raise MigrationFault(f"the migration left other triggers than expected: {', '.join(sorted(found))}")
