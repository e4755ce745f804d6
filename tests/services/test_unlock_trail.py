"""Each unlock is in the audit trail with how it was done, and with the wrong passphrases that came before it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import RecoveryCodeWrong, WrongPassphrase
from ipt_desktop.domain.records import AuditEntry
from ipt_desktop.services import access, attempts, keys, vault
from ipt_desktop.services.practice_check import check_closed
from ipt_desktop.services.recovery_code import code_of
from ipt_desktop.services.secret import Secret
from ipt_desktop.services.vault import OpenVault
from tests.services import keychains
from tests.services.quick_stretching import QuickStretching

WORDS = "correct horse battery"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    vault.create_practice(tmp_path / "practice", WORDS, "Quiet Street").close()
    return tmp_path / "practice"


def trail(opened: OpenVault) -> list[AuditEntry]:
    """Close the practice, and return its trail as the next reader finds it."""
    opened.store.write(lambda writing: None)
    with opened.store.read() as reading:
        found = reading.all(AuditEntry, "number")
        assert reading.audit_chain(lambda share: None).is_sound
    opened.close()
    return found


def with_keychain(practice: Path) -> OpenVault:
    with keychains.used(keychains.Working()):
        opened = vault.unlock(practice, WORDS)
        access.remember_here(opened, WORDS)
        opened.close()
        return vault.unlock_from_keychain(practice)


def with_sheet(practice: Path) -> OpenVault:
    opened = vault.create_practice(practice.parent / "other", WORDS, "Other")
    opened.close()
    assert opened.recovery_code is not None
    return vault.open_with_code(practice.parent / "other", opened.recovery_code)


@pytest.mark.parametrize(
    ("unlock", "how"),
    [
        (lambda practice: vault.unlock(practice, WORDS), "passphrase"),
        (with_keychain, "keychain"),
        (with_sheet, "recovery_code"),
    ],
)
def test_an_unlock_says_how(practice: Path, unlock: Callable[[Path], OpenVault], how: str):
    entries = trail(unlock(practice))
    assert entries[0].operation == "create_practice"
    assert (entries[-1].operation, entries[-1].kind, entries[-1].detail) == ("unlock", "practice", {"how": how})


def test_the_demo_says_that_it_opened_for_anyone(tmp_path: Path):
    vault.create_practice(tmp_path / "demo", None, "Demo", is_demo=True).close()
    assert trail(vault.unlock(tmp_path / "demo", None))[-1].detail == {"how": "demo"}


def test_wrong_passphrases_become_entries_with_their_own_times(practice: Path, monkeypatch: pytest.MonkeyPatch):
    for at in (1_770_000_000.0, 1_770_000_007.5):
        with monkeypatch.context() as patch:
            patch.setattr(attempts.time, "time", lambda at=at: at)
            with pytest.raises(WrongPassphrase):
                vault.unlock(practice, "wrong passphrase")
    entries = trail(vault.unlock(practice, WORDS))
    assert [(each.operation, each.detail) for each in entries[1:]] == [
        ("fail_to_unlock", {"at": "2026-02-02T02:40:00+00:00"}),
        ("fail_to_unlock", {"at": "2026-02-02T02:40:07+00:00"}),
        ("unlock", {"how": "passphrase"}),
    ]
    assert attempts.failures(entries[0].id) == []
    again = trail(vault.unlock(practice, WORDS))
    assert [each.operation for each in again].count("fail_to_unlock") == 2, "each is told once"


def test_wrong_recovery_codes_become_entries_in_their_turn(practice: Path, monkeypatch: pytest.MonkeyPatch):
    code = code_of(bytes(range(32)))
    tries = [
        (lambda: vault.open_with_code(practice, "AAAA"), 1_770_000_000.0),
        (lambda: vault.unlock(practice, "wrong passphrase"), 1_770_000_010.0),
        (lambda: vault.open_with_code(practice, code), 1_770_000_020.0),  # another practice's
        (lambda: check_closed(practice, Secret(recovery_code=code)), 1_770_000_030.0),
    ]
    for attempt, at in tries:
        with monkeypatch.context() as patch:
            patch.setattr(attempts.time, "time", lambda at=at: at)
            with pytest.raises((WrongPassphrase, RecoveryCodeWrong)):
                attempt()
    entries = trail(vault.unlock(practice, WORDS))
    assert [(each.operation, each.detail.get("at", "")[-8:-6]) for each in entries[1:]] == [
        ("fail_to_unlock_with_code", "00"),
        ("fail_to_unlock", "10"),
        ("fail_to_unlock_with_code", "20"),
        ("fail_to_unlock_with_code", "30"),
        ("unlock", ""),
    ]
    assert [each.operation for each in trail(vault.unlock(practice, WORDS))].count("fail_to_unlock_with_code") == 3


def test_wrong_recovery_codes_make_no_passphrase_wait(practice: Path):
    for _turn in range(9):
        with pytest.raises(RecoveryCodeWrong):
            vault.open_with_code(practice, "AAAA")
    vault.unlock(practice, WORDS).close()


def test_a_wrong_passphrase_changes_no_byte_of_the_practice(practice: Path):
    before = {file.name: file.read_bytes() for file in practice.iterdir()}
    with pytest.raises(WrongPassphrase):
        vault.unlock(practice, "wrong passphrase")
    assert {file.name: file.read_bytes() for file in practice.iterdir()} == before


def test_entries_name_the_account_of_this_computer(practice: Path):
    import getpass

    entries = trail(vault.unlock(practice, WORDS))
    assert {each.who for each in entries} == {getpass.getuser()}
