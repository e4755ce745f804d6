"""A creation is taken back whole, or not at all; never a practice that is in use."""

from pathlib import Path

import pytest

from ipt_desktop.domain.errors import PracticeMissing, Refused
from ipt_desktop.domain.records import Client
from ipt_desktop.services.header import HEADER_NAME
from ipt_desktop.services.recovery_code import groups_of
from ipt_desktop.services.unfinished_practice import take_back_creation
from ipt_desktop.services.vault import OpenVault, PracticeState, create_practice, practice_state, unlock

PASSPHRASE = "correct horse battery staple"  # noqa: S105 - of a practice that goes at once


@pytest.fixture
def made(tmp_path: Path) -> OpenVault:
    return create_practice(tmp_path / "practice", PASSPHRASE, "Willow Lane Practice")


def test_nothing_is_left_of_it(made: OpenVault):
    take_back_creation(made)
    assert not made.folder.exists()
    with pytest.raises(PracticeMissing):
        unlock(made.folder, PASSPHRASE)
    create_practice(made.folder, PASSPHRASE, "Another").close()


def test_what_else_lies_in_the_folder_stays(made: OpenVault):
    (made.folder / "letter.txt").write_text("mine")
    take_back_creation(made)
    assert [each.name for each in made.folder.iterdir()] == ["letter.txt"]


def test_killed_before_the_header_is_gone_the_practice_is_there(made: OpenVault, monkeypatch: pytest.MonkeyPatch):
    remove = Path.unlink

    def killed(path: Path, missing_ok: bool = False) -> None:
        if path.name == HEADER_NAME:
            raise KeyboardInterrupt
        remove(path, missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            take_back_creation(made)
    unlock(made.folder, PASSPHRASE).close()


def test_killed_after_the_header_is_gone_there_is_none(made: OpenVault, monkeypatch: pytest.MonkeyPatch):
    remove = Path.unlink

    def killed(path: Path, missing_ok: bool = False) -> None:
        remove(path, missing_ok)
        if path.name == HEADER_NAME:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            take_back_creation(made)
    assert practice_state(made.folder) is PracticeState.NONE
    create_practice(made.folder, PASSPHRASE, "Another").close()


def test_a_practice_in_use_is_not_removed(made: OpenVault):
    made.store.write(lambda writing: writing.insert(Client(id="c", name="Alma Example")))
    with pytest.raises(Refused):
        take_back_creation(made)
    made.close()
    unlock(made.folder, PASSPHRASE).close()


def test_a_practice_whose_sheet_is_at_hand_is_not_removed(made: OpenVault):
    assert made.recovery_code is not None
    assert made.confirm_recovery_code(3, groups_of(made.recovery_code)[2])
    with pytest.raises(Refused):
        take_back_creation(made)
    made.close()
