"""Who gets in and who does not: each way in with the right, a wrong and a tampered secret; keychains that fail; spoilt files.

Whatever is refused leaves every byte as it was.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ipt_desktop.domain.errors import (
    DatabaseDamaged,
    HeaderDamaged,
    KeychainFailed,
    NewerPractice,
    PracticeError,
    RecoveryCodeWrong,
    WrongPassphrase,
)
from ipt_desktop.services import access, keychain, keys, private_access, vault
from ipt_desktop.services.header import read_header
from ipt_desktop.services.recovery_code import groups_of
from ipt_desktop.storage.store import Store
from ipt_desktop.storage.tables import Schema
from tests.durability.proof import Proof
from tests.services import keychains
from tests.services.quick_stretching import QuickStretching
from tests.services.test_access import FAILING, alter, forge, leaves, prints

pytestmark = pytest.mark.proof
PASSPHRASE, OWN, WRONG = "correct horse battery", "kept apart for good", "staple of the trade"
REFUSED = (WrongPassphrase, KeychainFailed, HeaderDamaged)
MAIN_DB, PRIVATE_DB, HEADER = "practice.db", "private.db", "header.json"


@dataclass
class Made:
    """A practice with private notes of their own passphrase, which a computer remembers; and its code."""

    folder: Path
    code: str


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)
    monkeypatch.setattr("ipt_desktop.services.attempts.FREE", 10**6)  # the wait has tests of its own


@pytest.fixture
def working() -> Any:
    backend = keychains.Working()
    with keychains.used(backend):
        yield backend


@pytest.fixture
def made(tmp_path: Path, working: keychains.Working) -> Made:
    folder = tmp_path / "practice"
    opened = vault.create_practice(folder, PASSPHRASE, "Quiet Street")
    code = opened.recovery_code or ""
    access.change_private_passphrase(opened, PASSPHRASE, OWN)
    access.remember_here(opened, PASSPHRASE)
    header = read_header(folder)
    key = keys.unwrap(header.slots[keys.PRIVATE], OWN, header.place_of(keys.PRIVATE))
    Store.create(folder / PRIVATE_DB, key, Schema.PRIVATE).close()
    opened.close()
    return Made(folder, code)


@contextmanager
def opened_with_code(made: Made) -> Iterator[vault.OpenVault]:
    """Open the practice, whatever its header is like."""
    opened = vault.open_with_code(made.folder, made.code)
    try:
        opened.store.write(lambda _writing: None)  # that it was opened is written down by now
        yield opened
    finally:
        opened.close()


def refused(folder: Path, error: type[PracticeError] | tuple[type[PracticeError], ...], work: Callable[[], object]) -> None:
    """Require that the work is refused in words that say what is safe, and that no byte changes."""
    before = prints(folder)
    with pytest.raises(error) as told:
        work()
    assert "Nothing was changed" in str(told.value)
    assert prints(folder) == before


def tamper(made: Made, store: str, slot: int, way: Callable[[], object]) -> int:
    """Alter each value of a slot, sealed anew, and require that it opens nothing; return how many there are."""
    whole = (made.folder / HEADER).read_bytes()
    found = list(leaves(json.loads(whole)["stores"][store]["slots"][slot]))
    for leaf in found:
        forge(made.folder, lambda data, leaf=leaf: alter(data["stores"][store]["slots"][slot], leaf))
        refused(made.folder, REFUSED, way)
        (made.folder / HEADER).write_bytes(whole)
    way()
    return len(found)


def test_each_way_in_right_wrong_and_tampered(made: Made, working: keychains.Working, proof: Proof):
    def unlock() -> None:
        vault.unlock(made.folder, PASSPHRASE).close()

    def unlock_from_keychain() -> None:
        vault.unlock_from_keychain(made.folder).close()

    unlock()
    for wrong in (WRONG, OWN):
        refused(made.folder, WrongPassphrase, lambda wrong=wrong: vault.unlock(made.folder, wrong))
    tampered = tamper(made, keys.MAIN, 0, unlock)
    unlock_from_keychain()
    ((place, secret),) = working.kept.items()
    keychain.keep(place[1], bytes(32))
    refused(made.folder, KeychainFailed, unlock_from_keychain)
    working.kept[place] = secret
    tampered += tamper(made, keys.MAIN, 1, unlock_from_keychain)
    with opened_with_code(made) as opened:
        private_access.open_private(opened, OWN).close()
        for wrong in (WRONG, PASSPHRASE):  # the practice's own opens no private notes that have another
            refused(made.folder, WrongPassphrase, lambda wrong=wrong: private_access.open_private(opened, wrong))
        tampered += tamper(made, keys.PRIVATE, 0, lambda: private_access.open_private(opened, OWN).close())
    assert tampered == 24
    proof.tell(
        "a wrong or tampered secret",
        f"passphrase, private passphrase, keychain: right, wrong, and {tampered} values of their slots altered and sealed anew",
        "only the right and untouched ones open; every byte as it was",
    )


def test_each_slip_in_the_recovery_code(made: Made, proof: Proof):
    vault.open_with_code(made.folder, made.code).close()
    characters = "".join(groups_of(made.code))
    for place, character in enumerate(characters):
        typed = characters[:place] + ("0" if character != "0" else "1") + characters[place + 1 :]
        before = prints(made.folder)
        with pytest.raises(RecoveryCodeWrong, match=f"group {place // 4 + 1} "):
            vault.open_with_code(made.folder, typed)
        assert prints(made.folder) == before
    proof.tell("a slip in the recovery code", f"each of its {len(characters)} characters", "refused, and the group named")


def test_each_value_of_the_header(made: Made, proof: Proof):
    whole = (made.folder / HEADER).read_bytes()
    ways = list(leaves(json.loads(whole)))
    for way in ways:
        data = json.loads(whole)
        alter(data, way)
        (made.folder / HEADER).write_text(json.dumps(data), encoding="utf-8")
        error = NewerPractice if way == ("version",) else HeaderDamaged
        refused(made.folder, error, lambda: vault.unlock(made.folder, PASSPHRASE))
    assert len(ways) == 28
    proof.tell("a value of the header altered", f"each of its {len(ways)} values", "told as damage; every byte as it was")


def spoilt(content: bytes, other: bytes) -> dict[str, bytes]:
    """Return what may be found in place of a file."""
    return {
        "nothing": b"",
        "sixteen bytes": content[:16],
        "half": content[: len(content) // 2],
        "all but the end": content[:-7],
        "another practice's": other,
        "something else": b"not a practice " * 1000,
    }


def test_files_that_are_not_whole_or_not_ours(made: Made, tmp_path: Path, proof: Proof):
    """Each of the three, and the two databases in each other's place."""
    shutil.copytree(made.folder, tmp_path / "whole")
    other = vault.create_practice(tmp_path / "other", PASSPHRASE, "Other")
    Store.create(tmp_path / "other" / PRIVATE_DB, bytes(range(32)), Schema.PRIVATE).close()
    other.close()
    whole = {name: (made.folder / name).read_bytes() for name in (MAIN_DB, PRIVATE_DB, HEADER)}
    tried = 0
    for name, content in whole.items():
        found = spoilt(content, (tmp_path / "other" / name).read_bytes())
        if name != HEADER:
            found["the other database"] = whole[PRIVATE_DB if name == MAIN_DB else MAIN_DB]
        for kind, instead in found.items():
            shutil.rmtree(made.folder)
            shutil.copytree(tmp_path / "whole", made.folder)
            (made.folder / name).write_bytes(instead)
            if name == PRIVATE_DB:
                with opened_with_code(made) as opened:
                    refused(made.folder, DatabaseDamaged, lambda opened=opened: private_access.open_private(opened, OWN))
            else:
                error = HeaderDamaged if name == HEADER and kind != "another practice's" else DatabaseDamaged
                refused(made.folder, error, lambda: vault.unlock(made.folder, PASSPHRASE))
            tried += 1
    proof.tell(
        "a file that is not whole, or not this practice's",
        f"{tried} times: database, private notes and header empty, cut short, swapped, or something else",
        "refused in words; every byte as it was",
    )


def test_each_way_in_which_a_keychain_fails(
    made: Made, working: keychains.Working, proof: Proof, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(keychain, "SECONDS", 0.05)
    hanging = keychains.Hanging()
    backends = [*FAILING, hanging]
    for backend in backends:
        with keychains.used(backend):
            refused(made.folder, KeychainFailed, lambda: vault.unlock_from_keychain(made.folder))
            opened = vault.unlock(made.folder, PASSPHRASE)  # the passphrase opens it all the same
            before = (made.folder / HEADER).read_bytes()
            with pytest.raises(KeychainFailed):
                access.remember_here(opened, PASSPHRASE)
            assert (made.folder / HEADER).read_bytes() == before
            opened.close()
    hanging.let_go.set()
    ((place, secret),) = working.kept.items()
    foreign = ("", "IPTK1:", "IPTK1:AAAA", secret.removeprefix("IPTK1:"))
    for value in foreign:
        working.kept[place] = value
        refused(made.folder, KeychainFailed, lambda: vault.unlock_from_keychain(made.folder))
    working.kept[place] = secret
    vault.unlock_from_keychain(made.folder).close()
    proof.tell(
        "a keychain that fails",
        f"{len(backends)} that are missing, null, forgetful, locked, gone, in the clear or without an answer; {len(foreign)} "
        "values that are not ours",
        "told in a line; the passphrase opens, the header as it was",
    )
