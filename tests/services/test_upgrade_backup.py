"""Before a practice of an older release is changed, a verified backup of it lies beside it."""

import hashlib
from pathlib import Path

import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.domain.errors import BackupFailed
from ipt_desktop.services import keys, vault
from ipt_desktop.services.backups import backups_in
from ipt_desktop.services.practice_folder import BACKUPS_NAME, DATABASE_NAME
from ipt_desktop.services.recovery_code import code_of
from ipt_desktop.services.restore import restore
from ipt_desktop.services.secret import Secret
from ipt_desktop.storage import migrations
from ipt_desktop.storage.engine import revision_of, writing_connection

ROOT_KEY = bytes(range(32))
KEY = keys.store_key(ROOT_KEY, keys.practice_id_of(ROOT_KEY), keys.MAIN)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """Make a practice with one client, and take its tables back to those of the first release."""
    opened = vault.create_with_key(tmp_path / "practice", ROOT_KEY, "Quiet Street")
    opened.store.write(lambda writing: writing.insert(r.Client(name="Tova Ekdahl")))
    opened.close()
    database = tmp_path / "practice" / DATABASE_NAME
    with writing_connection(database, KEY) as connection:
        migrations.migrate(connection, "0001", downwards=True)
    return tmp_path / "practice"


def test_it_is_backed_up_before_it_is_upgraded(older: Path, tmp_path: Path):
    vault.open_with_key(older, ROOT_KEY).close()
    assert revision_of(older / DATABASE_NAME, KEY) == migrations.REVISIONS[-1]
    (backup,) = backups_in(older / BACKUPS_NAME)
    assert (backup.manifest.schema, backup.manifest.clients) == ("0001", 1)
    done = restore(backup.path, tmp_path / "back", Secret(recovery_code=code_of(ROOT_KEY)))
    assert done.aside is None
    again = vault.open_with_key(tmp_path / "back", ROOT_KEY)
    with again.store.read() as reading:
        assert [client.name for client in reading.all(r.Client)] == ["Tova Ekdahl"]
    again.close()


def test_one_of_this_release_is_not(older: Path):
    vault.open_with_key(older, ROOT_KEY).close()
    vault.open_with_key(older, ROOT_KEY).close()
    assert len(backups_in(older / BACKUPS_NAME)) == 1


def test_without_a_backup_nothing_is_changed(older: Path):
    (older / BACKUPS_NAME).write_text("in the way of the folder")
    before = hashlib.sha256((older / DATABASE_NAME).read_bytes()).hexdigest()
    with pytest.raises(BackupFailed):
        vault.open_with_key(older, ROOT_KEY)
    assert hashlib.sha256((older / DATABASE_NAME).read_bytes()).hexdigest() == before
    (older / BACKUPS_NAME).unlink()
    vault.open_with_key(older, ROOT_KEY).close()  # the lock was let go of
