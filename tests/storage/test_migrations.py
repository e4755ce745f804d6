"""From any release to this one, whole or not at all."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event

from ipt_desktop.domain import records as r
from ipt_desktop.domain.errors import DatabaseDamaged, NewerPractice, UpgradeFailed
from ipt_desktop.domain.note_records import Occasion
from ipt_desktop.domain.session_records import RiskEntry, Step, StepDone
from ipt_desktop.storage import engine, migrations
from ipt_desktop.storage.engine import Access, writing_connection
from ipt_desktop.storage.store import Store
from ipt_desktop.storage.tables import TRIGGER_SQL, Schema, metadata_of

ROOT = Path(__file__).parents[2]
RELEASES = sorted((Path(__file__).parent / "releases").glob("*.json"))


def schema_of(connection: Connection) -> dict[str, Any]:
    """Return columns, foreign keys and indexes of every table but Alembic's own."""

    def asked(pragma: str, name: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.exec_driver_sql(f'PRAGMA {pragma}("{name}")')]

    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'alembic_version'")
    schema: dict[str, Any] = {}
    for name in names.scalars().all():
        indexes = {row[1]: (row[2], row[3], asked("index_info", row[1])) for row in asked("index_list", name)}
        schema[name] = (asked("table_info", name), sorted(row[2:] for row in asked("foreign_key_list", name)), indexes)
    connection.rollback()
    return schema


def revision(connection: Connection) -> str | None:
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    connection.rollback()
    return found


@pytest.fixture
def scripts(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that makes a migrations folder with one more revision, whose `upgrade` is the given body."""

    def make(body: str) -> Path:
        folder = tmp_path / "migrations"
        shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
        lines = "\n".join(f"    {line}" for line in body.splitlines())
        head = "import sqlalchemy as sa\nfrom alembic import op\n\nrevision, down_revision = 'next', "
        script = f"{head}{migrations.HEAD!r}\n\n\ndef upgrade():\n{lines}\n"
        (folder / "versions" / "next.py").write_text(script, encoding="utf-8")
        return folder

    return make


# The schema


def test_the_models_schema_is_the_heads(store: Store, path: Path, key: bytes, tmp_path: Path):
    modelled = tmp_path / "modelled.db"
    modelled.touch()
    with writing_connection(modelled, key) as connection, connection.begin():
        metadata_of(Schema.PRACTICE).create_all(connection)
    with writing_connection(modelled, key) as model, writing_connection(path, key) as head:
        assert schema_of(model) == schema_of(head)


def test_a_new_practice_is_what_the_migrations_make(store: Store, path: Path, key: bytes, tmp_path: Path):
    store.close()
    migrated = tmp_path / "migrated.db"
    migrated.touch()
    whole = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    with writing_connection(migrated, key) as old, writing_connection(path, key) as new:
        migrations.migrate(old)
        assert old.exec_driver_sql(whole).fetchall() == new.exec_driver_sql(whole).fetchall()
        assert new.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == [migrations.HEAD]


def test_every_revision_is_known_in_order_and_the_last_is_the_head():
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("path_separator", "os")
    walked = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(walked)) == migrations.REVISIONS


@pytest.mark.parametrize("step", range(len(migrations.REVISIONS)))
def test_each_revision_goes_up_down_and_up(path: Path, key: bytes, step: int):
    before, target = ("base", *migrations.REVISIONS)[step], migrations.REVISIONS[step]
    path.touch()
    with writing_connection(path, key) as connection:
        if before != "base":
            migrations.migrate(connection, before)
        below = schema_of(connection)
        migrations.migrate(connection, target)
        above = schema_of(connection)
        migrations.migrate(connection, before, downwards=True)
        assert schema_of(connection) == below
        migrations.migrate(connection, target)
        assert schema_of(connection) == above != below
        assert revision(connection) == target


def test_the_triggers_are_the_expected_ones(store: Store, path: Path, key: bytes):
    with writing_connection(path, key) as connection:
        found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        assert {row.name: row.sql for row in found} == TRIGGER_SQL  # word for word, as the chain is looked through for them


# Stored practices of every release


def test_there_is_a_stored_practice_of_every_revision():
    assert tuple(release.stem for release in RELEASES) == migrations.REVISIONS


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_a_practice_of_each_release_opens_and_its_rows_survive(release: Path, path: Path):
    """The JSON beside the database holds its raw key and every row, as they were stored."""
    told = json.loads(release.read_text(encoding="utf-8"))
    shutil.copy(release.with_suffix(".db"), path)
    store = Store.open(path, bytes.fromhex(told["key"]))
    with store.read() as reading:
        for table, rows in told["rows"].items():
            for row in rows:
                found = reading._connection.exec_driver_sql(f'SELECT * FROM "{table}" WHERE id = ?', (row["id"],))  # noqa: S608
                assert row.items() <= dict(found.mappings().one()).items()
        assert [client.name for client in reading.all(r.Client)] == ["Ωmega Naïve 名"]
        assert {document.answers["n"] for document in reading.all(r.Document)} == {1.5}
    store.close()


def test_what_notes_told_of_risk_and_steps_has_records_after_the_upgrade(path: Path):
    """As an old practice has it: two sessions with notes, whose form says by its fields' meanings what they tell."""
    old = RELEASES[migrations.REVISIONS.index("0004")]
    shutil.copy(old.with_suffix(".db"), path)
    key = bytes.fromhex(json.loads(old.read_text(encoding="utf-8"))["key"])
    means = {"last": "last_step", "asked": "risk", "task": "between_session_task"}
    body = {"sections": [{"key": "s", "fields": [{"key": key, "means": each} for key, each in means.items()]}]}
    first = {"asked": {"asked": "changed", "words": "ideation", "action": "rang"}, "task": "Ring Johan"}
    second = {"last": {"done": "partly", "words": "engaged"}, "asked": {"asked": "not_asked"}, "task": " "}
    with writing_connection(path, key) as connection, connection.begin():
        run = connection.exec_driver_sql
        run("INSERT INTO definition (id, kind, key, body) VALUES ('note', 'form', 'note', ?)", (json.dumps(body),))
        for name, day, answers in (("a", "2026-03-09", first), ("b", "2026-03-16", second)):
            kept = "course_id, date, mode, created_at"
            run(f"INSERT INTO session (id, {kept}) SELECT ?, {kept} FROM session LIMIT 1", (name,))  # noqa: S608
            run("UPDATE session SET date = ? WHERE id = ?", (day, name))
            kept = "client_id, course_id, purpose, revision, saved_at, created_at"
            run(
                f"INSERT INTO document (id, session_id, form, answers, {kept})"  # noqa: S608
                f" SELECT ?, ?, 'note', ?, {kept} FROM document LIMIT 1",
                (name, name, json.dumps(answers)),
            )
    store = Store.open(path, key)
    with store.read() as reading:
        (risk,) = reading.all(RiskEntry)
        (step,) = reading.all(Step)
    store.close()
    assert (risk.session_id, risk.words, risk.action, risk.on) == ("a", "ideation", "rang", date(2026, 3, 9))
    assert risk.id == Occasion("", "", "a", risk.on).risk_id, "the next save of the note finds it"
    assert (step.words, step.what_happened, step.reviewed_in_id, step.done) == ("Ring Johan", "engaged", "b", StepDone.PARTLY)
    assert step.id == Occasion("", "", "a", step.agreed_on).step_id


# What is refused


def set_revision(path: Path, key: bytes, text: str) -> None:
    with writing_connection(path, key) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (text,))


def test_a_newer_schema_is_refused_and_no_byte_changed(store: Store, path: Path, key: bytes, prints: Any):
    store.close()
    set_revision(path, key, "9999")
    before = prints(path.parent)
    with pytest.raises(NewerPractice, match=f"9999; this one knows {migrations.HEAD}"):
        Store.open(path, key)
    assert prints(path.parent) == before


def test_a_newer_schema_is_seen_in_the_log_that_a_kill_left(store: Store, path: Path, key: bytes, tmp_path: Path, prints: Any):
    set_revision(path, key, "9999")
    left = tmp_path / "left"
    left.mkdir()
    for name in ("practice.db", "practice.db-wal"):
        shutil.copy(path.parent / name, left)
    before = prints(left)
    with pytest.raises(NewerPractice):
        Store.open(left / "practice.db", key)
    after = prints(left)
    after.pop("practice.db-shm", None)  # the index of the log, which holds no data
    assert after == before


def test_a_database_without_a_revision_is_not_ours(path: Path, key: bytes):
    path.touch()
    with writing_connection(path, key) as connection, connection.begin():
        connection.exec_driver_sql("CREATE TABLE other (id TEXT)")
    with pytest.raises(DatabaseDamaged, match="no schema revision"):
        Store.open(path, key)


# The two traps, and failing half-way


REBUILD = """
with op.batch_alter_table("client", recreate="always") as batch:
    batch.add_column(sa.Column("colour", sa.Text()))
"""


def fill(store: Store, records: list[Any]) -> None:
    def work(writing: Any) -> None:
        for record in records:
            writing.insert(record)

    store.write(work)
    store.close()


def count(connection: Connection, table: str) -> int:
    found = connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one()  # noqa: S608
    connection.rollback()
    return int(found)


def test_a_rebuilt_parent_keeps_its_children(store: Store, path: Path, key: bytes, one_of_each: list[Any], scripts: Any):
    fill(store, one_of_each)
    with writing_connection(path, key) as connection:
        migrations.migrate(connection, scripts=scripts(REBUILD))
        assert revision(connection) == "next"
        assert {table: count(connection, table) for table in ("client", "course", "person", "revision")} == {
            "client": 1,
            "course": 1,
            "person": 2,
            "revision": 1,
        }
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_the_trap_is_real(
    store: Store, path: Path, key: bytes, one_of_each: list[Any], scripts: Any, monkeypatch: pytest.MonkeyPatch
):
    """The control: with foreign keys left on, the same rebuild takes every child along."""
    fill(store, one_of_each)
    monkeypatch.setattr(migrations, "_set_foreign_keys", lambda connection, state: None)
    with writing_connection(path, key) as connection:
        migrations.migrate(connection, scripts=scripts(REBUILD))
        assert count(connection, "course") == 0


def test_a_rebuild_keeps_the_tables_triggers(store: Store, path: Path, key: bytes, scripts: Any):
    store.close()
    trigger = "CREATE TRIGGER client_index AFTER INSERT ON client BEGIN SELECT 1; END"
    with writing_connection(path, key) as connection:
        with connection.begin():
            connection.exec_driver_sql(trigger)
        migrations.migrate(connection, scripts=scripts(REBUILD))
        found = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'").scalars()
        assert set(found) == {trigger, *TRIGGER_SQL.values()}


def test_triggers_other_than_the_expected_are_told(store: Store, path: Path, key: bytes):
    store.close()
    with writing_connection(path, key) as connection:
        with connection.begin():
            connection.exec_driver_sql("CREATE TRIGGER odd AFTER INSERT ON client BEGIN SELECT 1; END")
        with pytest.raises(migrations.MigrationFault, match="odd"):
            migrations.migrate(connection)


@pytest.mark.parametrize("fault", ["raise RuntimeError('midway')", "op.execute('INSERT INTO nowhere VALUES (1)')"])
def test_a_migration_that_fails_midway_rolls_back_whole(
    store: Store, path: Path, key: bytes, one_of_each: list[Any], scripts: Any, fault: str
):
    fill(store, one_of_each)
    with writing_connection(path, key) as connection:
        before = schema_of(connection)
        steps = [REBUILD, "op.create_table('half', sa.Column('id', sa.Text()))", "op.execute('DELETE FROM course')", fault]
        with pytest.raises(Exception, match=r"midway|nowhere"):
            migrations.migrate(connection, scripts=scripts("\n".join(steps)))
        assert schema_of(connection) == before
        assert revision(connection) == migrations.HEAD
        assert count(connection, "course") == 1
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_migration_that_orphans_rows_rolls_back_whole(
    store: Store, path: Path, key: bytes, one_of_each: list[Any], scripts: Any
):
    fill(store, one_of_each)
    with writing_connection(path, key) as connection:
        with pytest.raises(migrations.MigrationFault, match="course"):
            migrations.migrate(connection, scripts=scripts("op.execute('DELETE FROM client')"))
        assert count(connection, "client") == 1


@pytest.fixture
def later(scripts: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that makes this program one revision later, whose `upgrade` is the given body."""

    def become(body: str) -> None:
        folder = scripts(body)
        monkeypatch.setattr(migrations, "REVISIONS", (*migrations.REVISIONS, "next"))
        monkeypatch.setattr(migrations, "HEAD", "next")
        monkeypatch.setattr(migrations, "files", lambda package: folder)

    return become


def test_an_older_practice_is_upgraded_on_opening(store: Store, path: Path, key: bytes, later: Callable[[str], None]):
    fill(store, [r.Client(name="Ada")])
    later("op.create_table('later', sa.Column('id', sa.Text()))")
    upgraded = Store.open(path, key)
    with upgraded.read() as reading:
        assert [client.name for client in reading.all(r.Client)] == ["Ada"]
    upgraded.close()
    assert engine.revision_of(path, key) == "next"


def test_an_upgrade_that_fails_is_told_and_leaves_the_older_practice(
    store: Store, path: Path, key: bytes, later: Callable[[str], None]
):
    fill(store, [r.Client(name="Ada")])
    older = migrations.HEAD
    later("op.execute('INSERT INTO nowhere VALUES (1)')")
    with pytest.raises(UpgradeFailed, match="nowhere"):
        Store.open(path, key)
    assert engine.revision_of(path, key) == older


def test_a_current_practice_opens_without_alembic(store: Store, path: Path, key: bytes):
    store.close()
    script = (
        "import sys; from pathlib import Path; from ipt_desktop.storage.store import Store;"
        "Store.open(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])).close(); sys.exit('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path), key.hex()], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_no_statement_runs_before_our_own_begin(path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch):
    """The whole migration is one BEGIN IMMEDIATE … COMMIT; the switch of foreign keys lies outside it."""
    path.touch()
    seen: list[str] = []
    opened = engine.open_engine(path, key, Access.WRITE)
    event.listen(opened, "before_cursor_execute", lambda c, cursor, statement, *rest: seen.append(statement.split("\n")[0]))
    with opened.connect() as connection:
        migrations.migrate(connection)
    assert seen[0] == "BEGIN IMMEDIATE"
    assert seen.count("BEGIN IMMEDIATE") == 1
    opened.dispose()
