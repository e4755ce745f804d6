"""The private notes' own database: its tables are the model's, with no key into the practice."""

import json
import shutil
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from ipt_desktop.domain import records as r
from ipt_desktop.domain.errors import NewerPractice
from ipt_desktop.storage import migrations
from ipt_desktop.storage.engine import revision_of, writing_connection
from ipt_desktop.storage.store import Store
from ipt_desktop.storage.tables import PRIVATE_TABLES, Schema, metadata_of, table_of
from tests.storage.test_migrations import ROOT, revision, schema_of

RELEASES = sorted((Path(__file__).parent / "private_releases").glob("*.json"))


@pytest.fixture
def private(path: Path, key: bytes) -> Store:
    return Store.create(path, key, Schema.PRIVATE)


def test_the_models_schema_is_the_heads(private: Store, path: Path, key: bytes, tmp_path: Path):
    private.close()
    modelled = tmp_path / "modelled.db"
    modelled.touch()
    with writing_connection(modelled, key) as connection, connection.begin():
        metadata_of(Schema.PRIVATE).create_all(connection)
    with writing_connection(modelled, key) as model, writing_connection(path, key) as head:
        assert schema_of(model) == schema_of(head)


def test_what_serves_the_practices_tables_serves_these():
    for record_type, table in PRIVATE_TABLES.items():
        twin = table_of(record_type)
        assert [(each.name, str(each.type), each.nullable) for each in table.columns] == [
            (each.name, str(each.type), each.nullable) for each in twin.columns
        ]
        assert table.name == twin.name


def test_every_revision_is_known_in_order_and_the_last_is_the_head():
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("version_locations", str(ROOT / "migrations" / "private"))
    config.set_main_option("path_separator", "newline")
    walked = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(walked)) == migrations.PRIVATE_REVISIONS


@pytest.mark.parametrize("step", range(len(migrations.PRIVATE_REVISIONS)))
def test_each_revision_goes_up_down_and_up(path: Path, key: bytes, step: int):
    before, target = ("base", *migrations.PRIVATE_REVISIONS)[step], migrations.PRIVATE_REVISIONS[step]
    path.touch()
    with writing_connection(path, key) as connection:
        if before != "base":
            migrations.migrate(connection, before, schema=Schema.PRIVATE)
        below = schema_of(connection)
        migrations.migrate(connection, target, schema=Schema.PRIVATE)
        above = schema_of(connection)
        migrations.migrate(connection, before, schema=Schema.PRIVATE, downwards=True)
        assert schema_of(connection) == below
        migrations.migrate(connection, target, schema=Schema.PRIVATE)
        assert schema_of(connection) == above != below
        assert revision(connection) == target


def test_it_keeps_what_is_written_of_a_client_who_is_not_in_it(private: Store, path: Path, key: bytes):
    written = r.Document(client_id="somebody", session_id="some", form="f", purpose="private_note", answers={"note": "x"})
    private.write(lambda writing: writing.insert(written))
    private.write(lambda writing: writing.insert(r.Revision(document_id=written.id, form="f", answers={})))
    private.close()
    again = Store.open(path, key, Schema.PRIVATE)
    with again.read() as reading:
        assert reading.all(r.Document) == [written]
    again.write(lambda writing: writing.delete(r.Document, written.id))
    with again.read() as reading:
        assert reading.all(r.Revision) == []
    again.close()
    assert revision_of(path, key) == migrations.PRIVATE_REVISIONS[-1]


def test_neither_database_is_taken_for_the_other(private: Store, path: Path, key: bytes, tmp_path: Path):
    private.close()
    before = path.read_bytes()
    with pytest.raises(NewerPractice):
        Store.open(path, key)
    assert path.read_bytes() == before
    other = tmp_path / "other.db"
    Store.create(other, key).close()
    shutil.copy(other, path)
    with pytest.raises(NewerPractice):
        Store.open(path, key, Schema.PRIVATE)


def test_there_are_stored_private_notes_of_every_revision():
    assert tuple(release.stem for release in RELEASES) == migrations.PRIVATE_REVISIONS


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.stem)
def test_private_notes_of_each_release_open_and_their_rows_survive(release: Path, path: Path):
    """The JSON beside the database holds its raw key and every row, as they were stored."""
    told = json.loads(release.read_text(encoding="utf-8"))
    shutil.copy(release.with_suffix(".db"), path)
    store = Store.open(path, bytes.fromhex(told["key"]), Schema.PRIVATE)
    with store.read() as reading:
        for table, rows in told["rows"].items():
            for row in rows:
                found = reading._connection.exec_driver_sql(f'SELECT * FROM "{table}" WHERE id = ?', (row["id"],))  # noqa: S608
                assert row.items() <= dict(found.mappings().one()).items()
        assert [document.purpose for document in reading.all(r.Document)] == ["private_note"]
    store.close()
