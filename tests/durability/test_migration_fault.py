"""A migration that is broken off, by an error or by a kill at any step, has not happened; begun again, it comes through."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from ipt_desktop.storage import migrations
from ipt_desktop.storage.engine import writing_connection
from ipt_desktop.storage.tables import Schema
from tests.durability.proof import Proof
from tests.durability.watched_disk import IS_REACHABLE, WHY_NOT
from tests.storage.test_migrations import schema_of

ROOT = Path(__file__).parents[2]
RELEASES = ROOT / "tests" / "storage" / "releases"
# What is hardest to do whole: a table with children built anew, rows changed, a table made and one filled.
NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "next", "HEAD"


def upgrade():
    with op.batch_alter_table("client", recreate="always") as batch:
        batch.add_column(sa.Column("colour", sa.Text()))
    op.execute("UPDATE client SET colour = 'blue'")
    op.create_table("later", sa.Column("id", sa.Text(), primary_key=True), sa.Column("words", sa.Text()))
    op.execute("INSERT INTO later SELECT id, hex(zeroblob(50000)) FROM person")
    op.execute("CREATE INDEX later_words ON later (words)")
"""
PRACTICE_STEPS = (*migrations.REVISIONS, "next")
STEPS = (*PRACTICE_STEPS, *migrations.PRIVATE_REVISIONS)
EACH_STEP = pytest.mark.parametrize("target", STEPS)
SHORT_AND_LONG = pytest.mark.parametrize("points", [5, pytest.param(20, marks=pytest.mark.soak)])


class Broken(Exception):
    """Raised midway."""


@dataclass
class Step:
    """One migration: the database it begins with, its key, the scripts, and the revision it leads to."""

    template: Path
    key: bytes
    scripts: Path
    target: str
    schema: Schema

    def run(self, connection: Connection) -> None:
        migrations.migrate(connection, self.target, schema=self.schema, scripts=self.scripts)


@pytest.fixture
def step(tmp_path: Path, target: str) -> Step:
    """Take the stored practice of the revision before, or for the first revision an empty file."""
    scripts = Path(shutil.copytree(ROOT / "migrations", tmp_path / "scripts", ignore=shutil.ignore_patterns("__pycache__")))
    (scripts / "versions" / "next.py").write_text(NEXT.replace("HEAD", migrations.HEAD), encoding="utf-8")
    schema = Schema.PRACTICE if target in PRACTICE_STEPS else Schema.PRIVATE
    before = STEPS.index(target) - 1
    if target in (PRACTICE_STEPS[0], migrations.PRIVATE_REVISIONS[0]):
        (tmp_path / "empty.db").touch()
        return Step(tmp_path / "empty.db", bytes(range(32)), scripts, target, schema)
    release = RELEASES / f"{STEPS[before]}.json"
    key = bytes.fromhex(json.loads(release.read_text(encoding="utf-8"))["key"])
    return Step(release.with_suffix(".db"), key, scripts, target, schema)


def state_of(connection: Connection) -> dict[str, Any]:
    """Return the schema and every row, Alembic's own among them."""
    schema = schema_of(connection)
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").scalars().all()
    rows = {name: sorted(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr) for name in tables}  # noqa: S608
    connection.rollback()
    return {"schema": schema, "rows": rows}


def require_sound(connection: Connection) -> None:
    found = [*connection.exec_driver_sql("PRAGMA integrity_check").scalars()]
    found += connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    connection.rollback()
    assert found == ["ok"]


def before_and_after(step: Step, folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what is there before the migration, and what nobody disturbed makes of it."""
    database = shutil.copy(step.template, folder / "undisturbed.db")
    with writing_connection(Path(database), step.key) as connection:
        before = state_of(connection)
        step.run(connection)
        after = state_of(connection)
    assert before != after
    return before, after


@EACH_STEP
@SHORT_AND_LONG
def test_a_migration_that_raises_midway_has_not_happened(step: Step, tmp_path: Path, points: int, proof: Proof):
    before, after = before_and_after(step, tmp_path)
    database = Path(shutil.copy(step.template, tmp_path / "practice.db"))
    with writing_connection(database, step.key) as connection:
        statements = run_until(step, connection, 10**9, database)
        chosen = sorted({2 + (statements - 2) * turn // (points - 1) for turn in range(points)})
    for k in chosen:
        shutil.copy(step.template, database)
        with writing_connection(database, step.key) as connection:
            run_until(step, connection, k, database)
            assert state_of(connection) == before
            require_sound(connection)
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            connection.rollback()
            step.run(connection)
            assert state_of(connection) == after
    proof.tell(
        f"migration to {named(step)} raises midway",
        f"at {len(chosen)} of its {statements} statements",
        "rolled back whole each time, and came through when begun again",
    )


def run_until(step: Step, connection: Connection, k: int, database: Path) -> int:
    """Migrate, and raise in place of the k-th statement; return how many there were."""
    count = 0

    def watch(*_told: object) -> None:
        nonlocal count
        count += 1
        if count == k:
            raise Broken

    event.listen(connection, "before_cursor_execute", watch)
    try:
        step.run(connection)
        assert k > count, "it was to be broken off"
    except Broken:
        pass
    finally:
        event.remove(connection, "before_cursor_execute", watch)
    return count


@pytest.mark.skipif(not IS_REACHABLE, reason=WHY_NOT)
@EACH_STEP
@SHORT_AND_LONG
def test_a_migration_that_is_killed_has_happened_or_not(step: Step, tmp_path: Path, points: int, proof: Proof):
    before, after = before_and_after(step, tmp_path)
    told = killed(step, tmp_path, points)
    assert len(told["points"]) == points
    came_through = 0
    for k in told["points"]:
        with writing_connection(tmp_path / "killed" / str(k) / "practice.db", step.key) as connection:
            found = state_of(connection)
            assert found in (before, after)
            require_sound(connection)
            came_through += found == after
            if found == before:
                step.run(connection)
            assert state_of(connection) == after
    assert came_through < points
    proof.tell(
        f"migration to {named(step)} killed",
        f"at {points} of its {told['steps']} steps on the disk",
        f"{points - came_through} times as before, {came_through} times as after, never between; came through when begun again",
    )


def killed(step: Step, tmp_path: Path, points: int) -> dict[str, Any]:
    """Let another process migrate, and be killed, so many times."""
    (tmp_path / "killed").mkdir()
    work = {
        "template": str(step.template),
        "key": step.key.hex(),
        "scripts": str(step.scripts),
        "schema": str(step.schema),
        "target": step.target,
        "folder": str(tmp_path / "killed"),
        "kills": points,
    }
    (tmp_path / "work.json").write_text(json.dumps(work), encoding="utf-8")
    words = [sys.executable, "-m", "tests.durability.migrator", str(tmp_path / "work.json")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def named(step: Step) -> str:
    if step.schema is Schema.PRIVATE:
        return f"{step.target.removeprefix('private_')} of the private notes"
    return "a later revision (a table built anew)" if step.target == "next" else step.target
