"""What is done about who may open a practice stands in its audit trail, and what failed does not."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import KeychainFailed, WrongPassphrase
from ipt_desktop.domain.records import AuditEntry
from ipt_desktop.services import keys, vault
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.opening import Opening
from ipt_desktop.storage.store import Writing
from tests.services import keychains
from tests.services.quick_stretching import QuickStretching

PASSPHRASE, OTHER = "correct horse battery", "staple of the trade"
OPERATIONS = ["change_passphrase", "remember_computer", "forget_computer"]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "practice"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "Argon2id", QuickStretching)
        vault.create_practice(folder, PASSPHRASE, "Quiet Street").close()
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(vault.unlock(Path(shutil.copytree(made, tmp_path / "practice")), PASSPHRASE))
    yield opened
    opened.close()


@pytest.fixture
def opening(desk: Desk) -> Opening:
    return Opening(desk.vault, desk.open_practice)


def noted(desk: Desk) -> list[str]:
    with desk.store.read() as reading:
        return [each.operation for each in reading.all(AuditEntry, "number") if each.operation in OPERATIONS]


def test_each_change_is_noted(desk: Desk, opening: Opening):
    with keychains.used(keychains.Working()):
        assert opening.change_passphrase(PASSPHRASE, OTHER)
        opening.remember_here(OTHER)
        assert opening.openers().is_remembered
        assert opening.forget_here()
    assert not opening.openers().is_remembered
    assert noted(desk) == OPERATIONS


def test_what_failed_is_not(desk: Desk, opening: Opening):
    with keychains.used(keychains.Forgetful()):
        with pytest.raises(KeychainFailed):
            opening.remember_here(PASSPHRASE)
        with pytest.raises(WrongPassphrase):
            opening.change_passphrase("wrong passphrase", OTHER)
    assert noted(desk) == []


def test_the_sheet_and_when_it_was_confirmed(desk: Desk, opening: Opening):
    assert (opening.openers().has_sheet, opening.openers().sheet_at) == (False, None)
    desk.settings.change(lock_after=7)
    opening.confirm_sheet()
    first = opening.openers().sheet_at
    desk.settings.change(lock_after=8)
    assert opening.openers().has_sheet
    assert first is not None
    assert opening.openers().sheet_at == first
    opening.confirm_sheet()
    assert opening.openers().sheet_at > first


def test_an_entry_that_was_altered_hides_no_sheet(desk: Desk, opening: Opening):
    opening.confirm_sheet()
    told = opening.openers().sheet_at

    def tamper(writing: Writing) -> None:
        writing._connection.exec_driver_sql("DROP TRIGGER audit_entry_is_never_altered")
        writing._connection.exec_driver_sql("UPDATE audit_entry SET detail = '[', at = 'yesterday' WHERE number = ?", (number,))

    desk.settings.change(lock_after=7)
    number = desk.audit.entries()[0].number
    desk.store.write(tamper)
    assert opening.openers().sheet_at == told
