"""Backups that an earlier secret opens are told from the others, and once rewritten only the present one opens them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.domain.errors import BackupDamaged, Cancelled, RecoveryCodeWrong, Refused, WrongPassphrase
from ipt_desktop.services import access, attempts, keys, private_access, vault
from ipt_desktop.services.backup_overview import overview
from ipt_desktop.services.backups import backups_in, is_whole
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.outdated_backups import ListedBackup, OpenedBy, list_backups, remove, rewrite
from ipt_desktop.services.recovery_code import root_of
from ipt_desktop.services.restore import restore
from ipt_desktop.services.revocation import revoke
from ipt_desktop.services.secret import Secret
from ipt_desktop.storage import backup_file
from tests.services.quick_stretching import QuickStretching

OLD_WORDS, NEW_WORDS = "correct horse battery", "six other words entirely"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)
    monkeypatch.setattr(attempts, "require_patience", lambda _: None)


class Practice:
    """A practice with one client and a folder of backups; it is opened and closed as a therapist would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "practice"
        self.kept = folder / "backups"
        self.kept.mkdir()
        opened = vault.create_practice(self.folder, OLD_WORDS, "Quiet Street")
        self.code = opened.recovery_code or ""
        self.desk = Desk(opened)
        self.desk.clients.add_client(r.Client(name="Ada"))

    def open(self, words: str = OLD_WORDS) -> Desk:
        self.desk = Desk(vault.unlock(self.folder, words))
        return self.desk

    def back_up(self) -> Path:
        return self.desk.backups.make(self.kept).path

    def listed(self) -> list[ListedBackup]:
        return list_backups(self.desk.backups, self.kept)

    def revoke(self) -> str:
        self.desk.close()
        codes: list[str] = []
        revoke(self.folder, OLD_WORDS, codes.append)
        self.open()
        return codes[0]


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    made = Practice(tmp_path)
    yield made
    made.desk.close()


def opens(path: Path, tmp_path: Path, secret: Secret) -> list[str]:
    """Restore a backup with a secret and return its clients; raises what a restore raises."""
    folder = tmp_path / f"restored {len(list(tmp_path.iterdir()))}"
    restore(path, folder, secret)
    key = (
        vault.open_with_code(folder, secret.recovery_code) if secret.recovery_code else vault.unlock(folder, secret.passphrase)
    )
    try:
        with key.store.read() as reading:
            return [each.name for each in reading.all(r.Client)]
    finally:
        key.close()


def header_in(path: Path) -> bytes:
    text = backup_file.read_held(path, "header.json", 100_000)
    assert text is not None
    return text


def wrapped_keys(header: bytes) -> list[bytes]:
    """Return the parts of a header that only its own secret's slots have."""
    return [line.strip() for line in header.splitlines() if b'"wrapped"' in line or b'"salt"' in line]


# After a change of passphrase


def test_backups_with_the_earlier_passphrase_are_told(practice: Practice):
    old = practice.back_up()
    assert [each.opened_by for each in practice.listed()] == [OpenedBy.PRESENT]
    access.change_passphrase(practice.desk.vault, OLD_WORDS, NEW_WORDS)
    new = practice.back_up()
    assert [(each.backup.path, each.opened_by) for each in practice.listed()] == [
        (new, OpenedBy.PRESENT),
        (old, OpenedBy.EARLIER_WORDS),
    ]


def test_those_in_a_folder_that_takes_none_any_more_are_told_too(practice: Practice):
    old = practice.back_up()
    assert practice.kept not in practice.desk.backups.folders()
    access.change_passphrase(practice.desk.vault, OLD_WORDS, NEW_WORDS)
    assert [each.backup.path for each in overview(practice.desk.backups).outdated] == [old]
    practice.kept.rename(practice.kept.with_name("unplugged"))
    assert overview(practice.desk.backups).listed == ()


def test_a_change_of_passphrase_wants_a_backup_of_its_own(practice: Practice):
    practice.back_up()
    assert not practice.desk.backups.has_changed()
    access.change_passphrase(practice.desk.vault, OLD_WORDS, NEW_WORDS)
    assert practice.desk.backups.has_changed()
    practice.back_up()
    assert not practice.desk.backups.has_changed()


def test_a_rewritten_backup_opens_with_the_new_passphrase_alone(practice: Practice, tmp_path: Path):
    old = practice.back_up()
    manifest, secrets = practice.listed()[0].backup.manifest, wrapped_keys(header_in(old))
    assert secrets
    access.change_passphrase(practice.desk.vault, OLD_WORDS, NEW_WORDS)
    (listed,) = practice.listed()
    told: list[float] = []
    made = rewrite(practice.desk.backups, listed, tell=told.append)
    assert told == sorted(told)
    assert not old.exists()
    assert is_whole(made.path)
    assert (made.manifest.made_at, made.manifest.counts) == (manifest.made_at, manifest.counts)
    assert [each.opened_by for each in practice.listed()] == [OpenedBy.PRESENT]
    assert opens(made.path, tmp_path, Secret(passphrase=NEW_WORDS)) == ["Ada"]
    assert opens(made.path, tmp_path, Secret(recovery_code=practice.code)) == ["Ada"]
    with pytest.raises(WrongPassphrase):
        opens(made.path, tmp_path, Secret(passphrase=OLD_WORDS))
    everything = b"".join(path.read_bytes() for path in practice.kept.iterdir())
    assert not any(secret in everything for secret in secrets)


def test_the_old_file_is_overwritten_before_it_goes(practice: Practice, tmp_path: Path):
    old = practice.back_up()
    secrets = wrapped_keys(header_in(old))
    other_name = tmp_path / "still there"  # a second name of the same file, to look at what is left of it
    other_name.hardlink_to(old)
    access.change_passphrase(practice.desk.vault, OLD_WORDS, NEW_WORDS)
    rewrite(practice.desk.backups, practice.listed()[0])
    assert not any(secret in other_name.read_bytes() for secret in secrets)


def test_a_rewriting_that_is_stopped_or_finds_damage_changes_nothing(practice: Practice):
    old = practice.back_up()
    access.change_passphrase(practice.desk.vault, OLD_WORDS, NEW_WORDS)
    (listed,) = practice.listed()
    whole = old.read_bytes()

    def stop(share: float) -> None:
        if share > 0.7:
            raise Cancelled

    with pytest.raises(Cancelled):
        rewrite(practice.desk.backups, listed, tell=stop)
    assert [path.name for path in practice.kept.iterdir()] == [old.name]
    assert old.read_bytes() == whole
    old.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    with pytest.raises(BackupDamaged):
        rewrite(practice.desk.backups, listed)
    assert [path.name for path in practice.kept.iterdir()] == [old.name]
    assert not (practice.folder / "temporary").exists()


def test_one_is_removed_for_good(practice: Practice, tmp_path: Path):
    old = practice.back_up()
    secrets = wrapped_keys(header_in(old))
    (tmp_path / "still there").hardlink_to(old)
    remove(practice.listed()[0])
    assert list(practice.kept.iterdir()) == []
    assert not any(secret in (tmp_path / "still there").read_bytes() for secret in secrets)


# After a revocation


def test_backups_from_before_a_revocation_are_still_known_as_this_practice_s(practice: Practice, tmp_path: Path):
    old = practice.back_up()
    practice.revoke()
    new = practice.back_up()
    practice.revoke()
    assert [(each.backup.path, each.opened_by) for each in practice.listed()] == [
        (new, OpenedBy.EARLIER_KEY),
        (old, OpenedBy.EARLIER_KEY),
    ]
    other = vault.create_with_key(tmp_path / "other", bytes(32), "Other")
    Desk(other).backups.make(practice.kept)
    other.close()
    assert len(practice.listed()) == 2
    assert len(backups_in(practice.kept)) == 3


@pytest.mark.parametrize("by", ["passphrase", "code"])
def test_one_from_before_a_revocation_is_rewritten_with_its_own_secret(practice: Practice, tmp_path: Path, by: str):
    old = practice.back_up()
    made_at, secrets = practice.listed()[0].backup.manifest.made_at, wrapped_keys(header_in(old))
    before = old.read_bytes()
    code = practice.revoke()
    (listed,) = practice.listed()
    secret = Secret(passphrase=OLD_WORDS) if by == "passphrase" else Secret(recovery_code=practice.code)
    made = rewrite(practice.desk.backups, listed, secret)
    assert not old.exists()
    assert made.manifest.practice_id == practice.desk.vault.practice_id
    assert (made.manifest.made_at, made.manifest.clients) == (made_at, 1)
    assert [each.opened_by for each in practice.listed()] == [OpenedBy.PRESENT]
    assert practice.desk.backups.prove(practice.kept).backup.path == made.path
    assert opens(made.path, tmp_path, Secret(recovery_code=code)) == ["Ada"]
    assert opens(made.path, tmp_path, Secret(passphrase=OLD_WORDS)) == ["Ada"]
    with pytest.raises(RecoveryCodeWrong):
        opens(made.path, tmp_path, Secret(recovery_code=practice.code))
    old_key = keys.store_key(root_of(practice.code), listed.backup.manifest.practice_id, keys.MAIN)
    with pytest.raises(BackupDamaged):
        backup_file.require_mark(made.path, made.manifest, old_key)
    after = made.path.read_bytes()
    assert not any(each in after for each in secrets)
    assert before[8000:8064] not in after, "the pages are under another key"


def test_the_private_notes_go_along_or_it_is_refused(practice: Practice, tmp_path: Path):
    practice.desk.private.open(OLD_WORDS)
    client = practice.desk.clients.clients()[0]
    practice.desk.private.note(client.id, "s")
    practice.desk.private.lock()
    old = practice.back_up()
    code = practice.revoke()
    (listed,) = practice.listed()
    assert "private.db" in listed.backup.manifest.files
    with pytest.raises(Refused):
        rewrite(practice.desk.backups, listed, Secret(recovery_code=practice.code))
    assert old.exists()
    made = rewrite(practice.desk.backups, listed, Secret(passphrase=OLD_WORDS))
    assert set(made.manifest.files) == {"practice.db", "header.json", "private.db"}
    folder = tmp_path / "again"
    restore(made.path, folder, Secret(passphrase=OLD_WORDS))
    opened = vault.unlock(folder, OLD_WORDS)
    private_access.open_private_with_code(opened, code).close()
    opened.close()


def test_what_a_killed_rewriting_left_of_an_earlier_key_is_swept(practice: Practice):
    old = practice.back_up()
    practice.revoke()
    old.rename(old.with_name(f"{old.name}.part"))
    made = practice.back_up()
    assert list(practice.kept.iterdir()) == [made]


def test_a_wrong_secret_changes_nothing(practice: Practice):
    old = practice.back_up()
    practice.revoke()
    (listed,) = practice.listed()
    whole = old.read_bytes()
    for secret in (None, Secret(passphrase=NEW_WORDS)):
        with pytest.raises(WrongPassphrase):
            rewrite(practice.desk.backups, listed, secret)
    assert [path.name for path in practice.kept.iterdir()] == [old.name]
    assert old.read_bytes() == whole
