"""The keychain: what it keeps comes back, and each way in which it can fail ends soon and in one clear sentence."""

import secrets

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from ipt_desktop.domain.errors import KeychainFailed
from ipt_desktop.services import keychain
from tests.services import keychains

ID = "9cefd705-6bed-4c68-ae70-cd3ea89057e0"


def test_what_is_kept_comes_back_until_it_is_forgotten():
    secret = secrets.token_bytes(32)
    with keychains.used(keychains.Working()):
        keychain.keep(ID, secret)
        assert keychain.secret_of(ID) == secret
        keychain.forget(ID)
        with pytest.raises(KeychainFailed, match="keeps nothing"):
            keychain.secret_of(ID)
        with pytest.raises(KeychainFailed, match="keeps nothing"):
            keychain.forget(ID)


def test_windows_is_told_to_keep_it_on_this_computer():
    windows = keychains.Windows()
    with keychains.used(windows):
        keychain.keep(ID, bytes(32))
    assert windows.persist == "local_machine"


def test_what_is_kept_fits_the_smallest_keychain():
    working = keychains.Working()
    with keychains.used(working):
        keychain.keep(ID, bytes(32))
    ((place, value),) = working.kept.items()
    assert place == ("IPT Desktop", ID)
    assert len(value) < 1280  # what Windows holds


FAILING = [
    (fail.Keyring(), "this computer has none"),
    (null.Keyring(), "does not come back"),
    (keychains.Forgetful(), "does not come back"),
    (keychains.Locked(), "it is locked"),
    (keychains.Broken(), r"it refused \(ConnectionRefusedError\)"),
    (keychains.InTheClear(), "where anyone can read it"),
]


@pytest.mark.parametrize(("backend", "words"), FAILING, ids=lambda part: type(part).__module__ if part else "")
def test_a_keychain_that_can_not_keep_says_why(backend: KeyringBackend, words: str):
    with keychains.used(backend), pytest.raises(KeychainFailed, match=words) as told:
        keychain.keep(ID, bytes(32))
    assert "the passphrase opens the practice" in str(told.value)
    assert ID not in str(told.value)


def test_a_prompt_that_nobody_answers_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keychain, "SECONDS", 0.01)
    hanging = keychains.Hanging()
    with keychains.used(hanging):
        for ask in (lambda: keychain.keep(ID, bytes(32)), lambda: keychain.secret_of(ID), lambda: keychain.forget(ID)):
            with pytest.raises(KeychainFailed, match="gave no answer"):
                ask()
    hanging.let_go.set()


def test_half_a_minute_is_the_longest_wait():
    assert keychain.SECONDS == 30


@pytest.mark.parametrize("value", ["", "hunter2", "IPTK1:", "IPTK1:AAAA", "IPTK1:" + "*" * 44, "A" * 43 + "=", "IPTK1:é"])
def test_a_foreign_value_is_refused(value: str):
    working = keychains.Working()
    working.kept["IPT Desktop", ID] = value
    with keychains.used(working), pytest.raises(KeychainFailed, match="is not ours"):
        keychain.secret_of(ID)
    assert working.kept["IPT Desktop", ID] == value
