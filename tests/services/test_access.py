"""Who may open a practice: each secret right, wrong and tampered with; changes touch the header and no byte of a database."""

import hashlib
import json
import os
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from ipt_desktop.domain.errors import (
    DatabaseMissing,
    FolderNotWritable,
    HeaderDamaged,
    KeychainFailed,
    PracticeMissing,
    RecoveryCodeWrong,
    Refused,
    TooManyAttempts,
    WeakPassphrase,
    WrongPassphrase,
)
from ipt_desktop.services import access, attempts, keychain, keys, private_access, vault
from ipt_desktop.services import header as header_file
from ipt_desktop.services.header import read_header
from ipt_desktop.services.recovery_code import code_of, groups_of
from ipt_desktop.storage.store import Store
from ipt_desktop.storage.tables import Schema
from tests.services import keychains
from tests.services.quick_stretching import QuickStretching

PASSPHRASE, OTHER = "correct horse battery", "staple of the trade"
FILES = ["header.json", "practice.db", "practice.lock", "private.db"]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)
    # That an unlock is in the audit trail is proven elsewhere; here it would hide that nothing else was written.
    monkeypatch.setattr(vault, "_note_unlock", lambda _opened, _how: None)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Make a practice with private notes; return its folder and the code of its sheet."""
    folder = tmp_path_factory.mktemp("made") / "practice"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "Argon2id", QuickStretching)
        opened = vault.create_practice(folder, PASSPHRASE, "Quiet Street")
        code = opened.recovery_code
        opened.close()
        read = read_header(folder)
        key = keys.unwrap(read.slots[keys.PRIVATE], PASSPHRASE, read.place_of(keys.PRIVATE))
        Store.create(folder / "private.db", key, Schema.PRIVATE).close()
    assert code is not None
    return folder, code


@pytest.fixture
def practice(made: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / "practice"))


@pytest.fixture
def code(made: tuple[Path, str]) -> str:
    return made[1]


@pytest.fixture
def working() -> Iterator[keychains.Working]:
    backend = keychains.Working()
    with keychains.used(backend):
        yield backend


def prints(folder: Path, *left_out: str) -> dict[str, str]:
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.iterdir())
        if file.name not in left_out
    }


def during(folder: Path, work: Callable[[vault.OpenVault], Any], passphrase: str = PASSPHRASE) -> Any:
    """Open the practice, do the work and close it."""
    opened = vault.unlock(folder, passphrase)
    try:
        return work(opened)
    finally:
        opened.close()


def opens(folder: Path, passphrase: str) -> bool:
    try:
        vault.unlock(folder, passphrase).close()
    except WrongPassphrase:
        return False
    return True


def private_opens(folder: Path, main: str, passphrase: str) -> bool:
    try:
        during(folder, lambda opened: private_access.open_private(opened, passphrase).close(), main)
    except WrongPassphrase:
        return False
    return True


# The sheet


def test_the_code_is_handed_out_at_the_creation_alone(tmp_path: Path):
    made = vault.create_practice(tmp_path / "new", PASSPHRASE, "New")
    assert made.recovery_code is not None
    assert len(groups_of(made.recovery_code)) == 14
    made.close()
    assert during(tmp_path / "new", lambda opened: opened.recovery_code) is None
    demo = vault.create_practice(tmp_path / "demo", None, "Demo", is_demo=True)
    assert demo.recovery_code is None
    demo.close()


def test_the_code_is_forgotten_once_a_group_was_typed_back(tmp_path: Path):
    made = vault.create_practice(tmp_path / "new", PASSPHRASE, "New")
    code = made.recovery_code
    assert code is not None
    for number, group in enumerate(groups_of(code), 1):
        made.recovery_code = code
        for wrong in ("", "U" + group[1:], group[:3], group[::-1] + "0", code):
            assert not made.confirm_recovery_code(number, wrong)
            assert made.recovery_code == code
        assert made.confirm_recovery_code(number, f" {group.lower()}\n")
        assert made.recovery_code is None
        assert not made.confirm_recovery_code(number, group)
    made.close()


def test_the_sheet_opens_the_practice_with_and_without_its_header(practice: Path, code: str):
    for remove in (False, True):
        if remove:
            (practice / "header.json").unlink()
        opened = vault.open_with_code(practice, code.lower().replace("-", " "))
        private_access.open_private_with_code(opened, code).close()
        opened.close()


def test_another_practices_sheet_is_told_as_such(practice: Path):
    before = prints(practice)
    with pytest.raises(RecoveryCodeWrong, match="belongs to another practice"):
        vault.open_with_code(practice, code_of(secrets.token_bytes(32)))
    assert prints(practice) == before


def test_without_a_header_another_sheet_is_not_told_as_damage_alone(practice: Path, code: str):
    (practice / "header.json").unlink()
    with pytest.raises(
        RecoveryCodeWrong, match="another practice, or to a sheet that a newer one has replaced, or the database"
    ):
        vault.open_with_code(practice, code_of(secrets.token_bytes(32)))
    vault.open_with_code(practice, code).close()


def test_the_sheet_opens_beside_a_foreign_header(practice: Path, code: str, tmp_path: Path):
    vault.create_practice(tmp_path / "other", PASSPHRASE, "Other").close()
    shutil.copy(tmp_path / "other" / "header.json", practice)
    vault.open_with_code(practice, code).close()


def test_a_misspelt_code_names_its_group_and_changes_nothing(practice: Path, code: str):
    before = prints(practice)
    wrong = code[:10] + ("0" if code[10] != "0" else "1") + code[11:]
    with pytest.raises(RecoveryCodeWrong, match="group 3 "):
        vault.open_with_code(practice, wrong)
    assert prints(practice) == before


def test_where_there_is_no_practice_a_code_opens_nothing(tmp_path: Path, code: str):
    with pytest.raises(PracticeMissing):
        vault.open_with_code(tmp_path / "none", code)
    assert not (tmp_path / "none").exists()


def test_private_notes_that_are_not_there_are_told(practice: Path, code: str):
    (practice / "private.db").unlink()
    for ask in (
        lambda opened: private_access.open_private(opened, PASSPHRASE),
        lambda opened: private_access.open_private_with_code(opened, code),
    ):
        with pytest.raises(DatabaseMissing):
            during(practice, ask)
    assert not (practice / "private.db").exists()


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_text("{"), lambda path: None])
def test_with_the_sheet_a_new_header_is_written(practice: Path, code: str, spoil: Callable[[Path], None]):
    spoil(practice / "header.json")
    before = prints(practice, "header.json")
    opened = vault.open_with_code(practice, code)
    access.renew_header(opened, code, OTHER)
    opened.close()
    assert prints(practice, "header.json") == before
    assert opens(practice, OTHER)
    assert not opens(practice, PASSPHRASE)
    assert private_opens(practice, OTHER, OTHER)
    vault.open_with_code(practice, code).close()


def test_a_header_is_not_renewed_with_another_sheet_or_a_weak_passphrase(practice: Path, code: str):
    before = prints(practice)
    opened = vault.open_with_code(practice, code)
    with pytest.raises(RecoveryCodeWrong):
        access.renew_header(opened, code_of(bytes(32)), OTHER)
    with pytest.raises(WeakPassphrase):
        access.renew_header(opened, code, "short")
    opened.close()
    assert prints(practice) == before


# Passphrases


def test_a_change_of_the_passphrase_touches_no_byte_of_the_databases(practice: Path, code: str):
    before = prints(practice, "header.json")
    during(practice, lambda opened: access.change_passphrase(opened, PASSPHRASE, OTHER))
    assert prints(practice, "header.json") == before
    assert sorted(file.name for file in practice.iterdir()) == FILES
    assert opens(practice, OTHER)
    assert not opens(practice, PASSPHRASE)
    assert private_opens(practice, OTHER, OTHER)  # they opened along, and still do
    assert not private_opens(practice, OTHER, PASSPHRASE)
    vault.open_with_code(practice, code).close()


def test_private_notes_of_their_own_open_with_theirs_alone(practice: Path):
    before = prints(practice, "header.json")
    during(practice, lambda opened: access.change_private_passphrase(opened, PASSPHRASE, OTHER))
    assert opens(practice, PASSPHRASE)
    assert not opens(practice, OTHER)
    assert private_opens(practice, PASSPHRASE, OTHER)
    assert not private_opens(practice, PASSPHRASE, PASSPHRASE)
    during(practice, lambda opened: access.change_passphrase(opened, PASSPHRASE, "a third one, long"))
    assert private_opens(practice, "a third one, long", OTHER)
    assert not private_opens(practice, "a third one, long", "a third one, long")
    assert prints(practice, "header.json") == before


def test_a_change_tells_whether_the_private_notes_go_along(practice: Path):
    assert during(practice, lambda opened: access.change_passphrase(opened, PASSPHRASE, OTHER))
    assert during(practice, lambda opened: access.opens_private_along(opened, OTHER), OTHER)
    during(practice, lambda opened: access.change_private_passphrase(opened, OTHER, "a third one, long"), OTHER)
    assert not during(practice, lambda opened: access.opens_private_along(opened, OTHER), OTHER)
    during(practice, lambda opened: access.require_private_passphrase(opened, "a third one, long"), OTHER)
    assert not during(practice, lambda opened: access.change_passphrase(opened, OTHER, PASSPHRASE), OTHER)
    for ask in (access.opens_private_along, access.require_private_passphrase):
        with pytest.raises(WrongPassphrase):
            during(practice, lambda opened, ask=ask: ask(opened, "wrong passphrase"))


def test_a_guesser_at_an_open_practice_has_to_wait(practice: Path):
    opened = vault.unlock(practice, PASSPHRASE)
    for _each in range(attempts.FREE):
        with pytest.raises(WrongPassphrase):
            access.change_passphrase(opened, "wrong passphrase", OTHER)
    with pytest.raises(TooManyAttempts):
        access.change_passphrase(opened, PASSPHRASE, OTHER)
    opened.close()


def test_a_keychain_that_answers_after_a_change_undoes_none(
    practice: Path, working: keychains.Working, monkeypatch: pytest.MonkeyPatch
):
    """It answered half a minute late: meanwhile the practice was locked, opened again and given another passphrase."""
    opened = vault.unlock(practice, PASSPHRASE)

    def slowly(practice_id: str, secret: bytes) -> None:
        keep(practice_id, secret)
        access.change_passphrase(opened, PASSPHRASE, OTHER)

    keep = keychain.keep
    monkeypatch.setattr(keychain, "keep", slowly)
    with pytest.raises(Refused, match="changed meanwhile"):
        access.remember_here(opened, PASSPHRASE)
    opened.close()
    assert opens(practice, OTHER)
    assert not opens(practice, PASSPHRASE)
    assert working.kept == {}


@pytest.mark.parametrize("change", [access.change_passphrase, access.change_private_passphrase])
@pytest.mark.parametrize(("old", "new", "error"), [("wrong", OTHER, WrongPassphrase), (PASSPHRASE, "short", WeakPassphrase)])
def test_a_refused_change_changes_nothing(
    practice: Path, change: Callable[..., None], old: str, new: str, error: type[Exception]
):
    before = prints(practice)
    with pytest.raises(error):
        during(practice, lambda opened: change(opened, old, new))
    assert prints(practice) == before


def test_a_full_disk_leaves_the_old_passphrase(practice: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    before = prints(practice)
    opened = vault.unlock(practice, PASSPHRASE)
    with monkeypatch.context() as patch:
        patch.setattr(header_file.os, "fsync", full)
        with pytest.raises(FolderNotWritable):
            access.change_passphrase(opened, PASSPHRASE, OTHER)
    opened.close()
    assert prints(practice) == before


@pytest.mark.parametrize("failing", range(1, 5))
def test_whatever_the_disk_refuses_what_is_told_of_a_change_holds(
    practice: Path, monkeypatch: pytest.MonkeyPatch, failing: int
):
    """Told as not done, the old passphrase opens it; told as done, the new one does."""
    left, sync = failing, os.fsync

    def refuse(handle: int) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise OSError(5, "Input/output error")
        sync(handle)

    opened, is_done = vault.unlock(practice, PASSPHRASE), True
    with monkeypatch.context() as patch:
        patch.setattr(header_file.os, "fsync", refuse)
        try:
            access.change_passphrase(opened, PASSPHRASE, OTHER)
        except FolderNotWritable:
            is_done = False
    opened.close()
    assert is_done is (failing > 1)
    assert (opens(practice, PASSPHRASE), opens(practice, OTHER)) == (not is_done, is_done)
    assert sorted(file.name for file in practice.iterdir()) == FILES


def test_a_header_that_comes_back_wrong_from_the_disk_is_not_taken(practice: Path, monkeypatch: pytest.MonkeyPatch):
    def spoilt(folder: Path, header: header_file.Header) -> Path:
        slot = header.slots[keys.MAIN][0]
        other = keys.wrap(bytes(32), OTHER, header.place_of(keys.MAIN))
        return write(folder, header.with_slots(keys.MAIN, other if slot else slot))

    write = header_file._write_part
    monkeypatch.setattr(header_file, "_write_part", spoilt)
    before = prints(practice)
    with pytest.raises(Exception, match="damaged"):  # it opens, and the key in it does not open the database
        during(practice, lambda opened: access.change_passphrase(opened, PASSPHRASE, OTHER))
    assert prints(practice) == before


@pytest.mark.skipif(sys.platform == "win32", reason="an open file can't be replaced there")
def test_the_old_header_is_overwritten_on_the_disk(practice: Path):
    with (practice / "header.json").open("rb") as old:
        before = old.read()
        during(practice, lambda opened: access.change_passphrase(opened, PASSPHRASE, OTHER))
        old.seek(0)
        assert old.read() == bytes(len(before))


def test_an_old_header_left_by_a_killed_program_goes_with_the_next_opening(practice: Path):
    old = (practice / "header.json").read_bytes()
    (practice / "header.json.previous").write_bytes(old)
    (practice / "header.jsonab12.part").write_bytes(old)
    vault.unlock(practice, PASSPHRASE).close()
    assert sorted(file.name for file in practice.iterdir()) == FILES
    assert (practice / "header.json").read_bytes() == old
    os.link(practice / "header.json", practice / "header.json.previous")  # killed before the new one took its place
    vault.unlock(practice, PASSPHRASE).close()
    assert sorted(file.name for file in practice.iterdir()) == FILES
    assert (practice / "header.json").read_bytes() == old


def test_the_demo_has_nothing_to_change(tmp_path: Path, working: keychains.Working):
    opened = vault.create_practice(tmp_path / "demo", None, "Demo", is_demo=True)
    for change in (
        lambda: access.change_passphrase(opened, "", OTHER),
        lambda: access.change_private_passphrase(opened, "", OTHER),
        lambda: access.renew_header(opened, code_of(keys.DEMO_ROOT), OTHER),
        lambda: access.remember_here(opened, ""),
        lambda: access.forget_here(opened),
    ):
        with pytest.raises(Refused, match="opens for anyone"):
            change()
    opened.close()
    assert working.kept == {}


def test_the_fourth_wrong_passphrase_has_to_wait_even_if_it_is_right(practice: Path):
    for _each in range(attempts.FREE):
        assert not opens(practice, "wrong passphrase")
    before = prints(practice)
    with pytest.raises(TooManyAttempts):
        vault.unlock(practice, PASSPHRASE)
    assert prints(practice) == before
    attempts.note_success(read_header(practice).practice_id)
    assert opens(practice, PASSPHRASE)
    for _each in range(attempts.FREE - 1):
        assert not opens(practice, "wrong passphrase")
    assert opens(practice, PASSPHRASE)
    assert not opens(practice, "wrong passphrase")  # counted anew


# The keychain


def test_a_computer_that_remembers_opens_the_practice_until_it_forgets(practice: Path, working: keychains.Working):
    before = prints(practice, "header.json")
    assert not vault.is_remembered(practice)
    during(practice, lambda opened: access.remember_here(opened, PASSPHRASE))
    assert vault.is_remembered(practice)
    vault.unlock_from_keychain(practice).close()
    assert opens(practice, PASSPHRASE)  # the keychain is never the only holder
    assert read_header(practice).slots_of(keys.PRIVATE, keys.KEYRING) == ()
    assert during(practice, access.forget_here)
    assert working.kept == {}
    assert prints(practice, "header.json") == before
    with pytest.raises(KeychainFailed, match="was not asked"):
        vault.unlock_from_keychain(practice)
    assert during(practice, access.forget_here)


def test_a_changed_passphrase_leaves_the_keychain_and_a_second_asking_replaces_the_first(
    practice: Path, working: keychains.Working
):
    during(practice, lambda opened: access.remember_here(opened, PASSPHRASE))
    first = dict(working.kept)
    during(practice, lambda opened: access.change_passphrase(opened, PASSPHRASE, OTHER))
    vault.unlock_from_keychain(practice).close()
    during(practice, lambda opened: access.remember_here(opened, OTHER), OTHER)
    vault.unlock_from_keychain(practice).close()
    assert working.kept.keys() == first.keys()
    assert working.kept != first
    working.kept.update(first)
    with pytest.raises(KeychainFailed, match="does not open this practice"):
        vault.unlock_from_keychain(practice)


def test_remembering_asks_for_the_passphrase(practice: Path, working: keychains.Working):
    before = prints(practice)
    with pytest.raises(WrongPassphrase):
        during(practice, lambda opened: access.remember_here(opened, OTHER))
    assert (prints(practice), working.kept) == (before, {})


FAILING = [
    fail.Keyring(),
    null.Keyring(),
    keychains.Forgetful(),
    keychains.Locked(),
    keychains.Broken(),
    keychains.InTheClear(),
]


@pytest.mark.parametrize("backend", FAILING, ids=lambda backend: f"{type(backend).__module__}.{type(backend).__name__}")
def test_however_the_keychain_fails_the_passphrase_opens(practice: Path, backend: KeyringBackend):
    before = prints(practice)
    with keychains.used(backend), pytest.raises(KeychainFailed):
        during(practice, lambda opened: access.remember_here(opened, PASSPHRASE))
    assert prints(practice) == before
    with keychains.used(keychains.Working()):
        during(practice, lambda opened: access.remember_here(opened, PASSPHRASE))
    with keychains.used(backend):
        before = prints(practice)
        with pytest.raises(KeychainFailed):
            vault.unlock_from_keychain(practice)
        assert prints(practice) == before
        assert opens(practice, PASSPHRASE)
        assert not during(practice, access.forget_here) or isinstance(backend, null.Keyring)
        assert not vault.is_remembered(practice)  # what it may still keep opens nothing


def test_a_prompt_nobody_answers_leaves_the_passphrase(practice: Path, monkeypatch: pytest.MonkeyPatch):
    with keychains.used(keychains.Working()):
        during(practice, lambda opened: access.remember_here(opened, PASSPHRASE))
    monkeypatch.setattr(keychain, "SECONDS", 0.01)
    hanging = keychains.Hanging()
    with keychains.used(hanging):
        with pytest.raises(KeychainFailed, match="gave no answer"):
            vault.unlock_from_keychain(practice)
        assert opens(practice, PASSPHRASE)
    hanging.let_go.set()


def test_a_header_that_can_not_be_written_leaves_nothing_in_the_keychain(
    practice: Path, working: keychains.Working, monkeypatch: pytest.MonkeyPatch
):
    def full(*_anything: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(access, "replace_header", full)
    with pytest.raises(FolderNotWritable):
        during(practice, lambda opened: access.remember_here(opened, PASSPHRASE))
    assert working.kept == {}


# Each slot: tampered with


def forge(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the header as someone would who also mends its checksum."""
    path = folder / "header.json"
    data = json.loads(path.read_text())
    change(data)
    data.pop("sha256")
    data["sha256"] = hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    path.write_text(json.dumps(data))


def leaves(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for step, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(part, (*way, step))
    else:
        yield way


def altered(value: Any) -> Any:
    return value + 1 if isinstance(value, int) else ("0" if value[0] != "0" else "1") + value[1:]


def alter(data: Any, way: tuple[Any, ...]) -> None:
    for step in way[:-1]:
        data = data[step]
    data[way[-1]] = altered(data[way[-1]])


OPENERS: dict[tuple[str, int], Callable[[Path], Any]] = {
    (keys.MAIN, 0): lambda folder: vault.unlock(folder, PASSPHRASE).close(),
    (keys.MAIN, 1): lambda folder: vault.unlock_from_keychain(folder).close(),
    (keys.PRIVATE, 0): lambda folder: during(folder, lambda opened: private_access.open_private(opened, PASSPHRASE).close()),
}


@pytest.mark.parametrize("slot", OPENERS, ids=str)
def test_each_value_of_each_slot_tampered_with_opens_nothing_and_changes_nothing(
    practice: Path, working: keychains.Working, code: str, slot: tuple[str, int]
):
    during(practice, lambda opened: access.remember_here(opened, PASSPHRASE))
    whole = (practice / "header.json").read_bytes()
    store, place = slot
    OPENERS[slot](practice)  # right
    ways = list(leaves(json.loads(whole)["stores"][store]["slots"][place]))
    assert len(ways) == (6 if slot == (keys.MAIN, 1) else 9)
    for way in ways:
        (practice / "header.json").write_bytes(whole)
        forge(practice, lambda data, way=way: alter(data["stores"][store]["slots"][place], way))
        before = prints(practice)
        with pytest.raises((WrongPassphrase, KeychainFailed, HeaderDamaged)) as told:
            OPENERS[slot](practice)
        assert "Nothing was changed" in str(told.value), way
        assert prints(practice) == before, way
        vault.open_with_code(practice, code).close()
        for counted in ("", ":private"):
            attempts.note_success(f"{json.loads(whole)['practice_id']}{counted}")


def swap_stores(data: dict[str, Any]) -> None:
    data["stores"] = {"main": {"slots": data["stores"]["private"]["slots"]}, "private": {"slots": []}}


def add(store: str, source: int) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["stores"][store]["slots"].append(data["stores"]["main"]["slots"][source])


FORGERIES = [
    swap_stores,
    add("main", 0),
    add("main", 1),
    add("private", 1),
    lambda data: data["stores"]["main"]["slots"][1].update(hint="x"),
    lambda data: data["stores"]["main"]["slots"][1]["parameters"].update(passes=3),
    lambda data: data["stores"]["main"]["slots"][0].update(type="keyring"),
    lambda data: data["stores"]["main"]["slots"].clear(),
    lambda data: data.update(is_demo=True),
    lambda data: data.update(is_demo=True, stores={"main": {"slots": []}, "private": {"slots": []}}),
    lambda data: data.update(practice_id="9cefd705-6bed-4c68-ae70-cd3ea89057e0"),
]


@pytest.mark.parametrize("forgery", FORGERIES, ids=range(len(FORGERIES)))
def test_a_header_put_together_anew_is_refused(
    practice: Path, working: keychains.Working, forgery: Callable[[dict[str, Any]], None]
):
    during(practice, lambda opened: access.remember_here(opened, PASSPHRASE))
    forge(practice, forgery)
    before = prints(practice)
    for opener in (OPENERS[keys.MAIN, 0], OPENERS[keys.MAIN, 1]):
        with pytest.raises((WrongPassphrase, KeychainFailed, HeaderDamaged), match="Nothing was changed"):
            opener(practice)
    assert prints(practice) == before
