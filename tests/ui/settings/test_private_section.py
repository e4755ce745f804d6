"""Settings ▸ Private notes: who opens them is changed off the window's thread, told in words, and leaves no secret."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QThreadPool
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.errors import WrongPassphrase
from ipt_desktop.domain.practice_settings import Jurisdiction
from ipt_desktop.services import keys, vault
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.private_notes import PrivateState
from ipt_desktop.services.secret import Secret
from tests.services.quick_stretching import QuickStretching
from tests.ui.naming import unnamed
from tests.ui.practice_room import RoomFrame
from ui.settings.page import SettingsPage
from ui.settings.private_section import PrivateSection
from ui.settings.sections import ALL_SECTIONS

PASSPHRASE, OWN, WRONG = "correct horse battery", "kept apart for good", "not the passphrase"
PRIVATE = tuple(each for each in ALL_SECTIONS if each.key == "private")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(vault.create_practice(tmp_path / "practice", PASSPHRASE, "Quiet Street"), Secret(PASSPHRASE))
    opened.private.open_along(is_needed=True)
    yield opened
    opened.close()


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> Iterator[PrivateSection]:
    frame = RoomFrame(desk)
    qtbot.addWidget(frame)
    page = SettingsPage(desk, frame, PRIVATE)
    frame.hold(page)
    shown = page.show_section("private")
    assert isinstance(shown, PrivateSection)
    yield shown
    frame.stop()


def settle() -> None:
    QThreadPool.globalInstance().waitForDone(QDeadlineTimer(30_000))
    QApplication.processEvents()


def press(section: PrivateSection, name: str) -> None:
    button = section.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    button.click()


def typed(section: PrivateSection, qtbot: QtBot, **words: str) -> None:
    for name, text in words.items():
        line = section.findChild(QLineEdit, name)
        assert line is not None
        assert line.isVisible()
        line.clear()
        qtbot.keyClicks(line, text)


def no_secret_in(section: PrivateSection) -> None:
    assert {line.text() for line in section.findChildren(QLineEdit)} == {""}
    said = " ".join(each.text() for each in section.findChildren(QLabel))
    assert PASSPHRASE not in said
    assert OWN not in said


def test_a_passphrase_of_their_own_and_back(section: PrivateSection, desk: Desk, qtbot: QtBot):
    assert "along" in section.state.text()
    assert not section.along.isVisible()
    press(section, "private_own_begin")
    typed(section, qtbot, private_present=PASSPHRASE, private_new=OWN, private_new_again=OWN)
    press(section, "private_own_go")
    settle()
    assert "own" in section.own.bar.title()
    assert "of their own" in section.state.text()
    no_secret_in(section)
    desk.private.lock()
    with pytest.raises(WrongPassphrase):
        desk.private.open(PASSPHRASE)
    desk.private.open(OWN)
    press(section, "private_along_begin")
    typed(section, qtbot, private_own_passphrase=OWN, private_practice_passphrase=WRONG)
    press(section, "private_along_go")
    settle()
    assert section.along.bar.property("tone") == "caution"
    typed(section, qtbot, private_own_passphrase=OWN, private_practice_passphrase=PASSPHRASE)
    press(section, "private_along_go")
    settle()
    assert "along" in section.along.bar.title()
    assert section.along.isVisible()
    no_secret_in(section)
    desk.private.lock()
    desk.private.open(PASSPHRASE)
    assert desk.private.state is PrivateState.OPEN


@pytest.mark.parametrize(
    ("present", "new", "again", "told"),
    [
        ("", OWN, OWN, "opens them now"),
        (PASSPHRASE, "short", "short", "at least 12"),
        (PASSPHRASE, PASSPHRASE, PASSPHRASE, "Choose another"),
        (PASSPHRASE, OWN, "", "once more"),
        (PASSPHRASE, OWN, OWN + "x", "not the same"),
    ],
)
def test_what_can_not_be_is_said_before_anything_is_done(
    section: PrivateSection, desk: Desk, qtbot: QtBot, present: str, new: str, again: str, told: str
):
    before = (desk.folder / "header.json").read_bytes()
    press(section, "private_own_begin")
    typed(section, qtbot, private_present=present, private_new=new, private_new_again=again)
    press(section, "private_own_go")
    settle()
    assert told in section.own.error.text()
    assert (desk.folder / "header.json").read_bytes() == before


def test_a_wrong_passphrase_changes_nothing(section: PrivateSection, desk: Desk, qtbot: QtBot):
    before = (desk.folder / "header.json").read_bytes()
    press(section, "private_own_begin")
    typed(section, qtbot, private_present="not it, not at all", private_new=OWN, private_new_again=OWN)
    press(section, "private_own_go")
    settle()
    assert section.own.bar.property("tone") == "caution"
    assert (desk.folder / "header.json").read_bytes() == before
    section.forget()
    no_secret_in(section)


def test_six_words_are_suggested(section: PrivateSection):
    press(section, "private_own_begin")
    press(section, "private_suggest")
    line = section.findChild(QLineEdit, "private_new")
    assert line is not None
    assert len(line.text().split()) == 6
    section.forget()
    no_secret_in(section)


def test_whose_law_holds_is_kept(section: PrivateSection, desk: Desk):
    assert desk.settings.values().jurisdiction is Jurisdiction.US
    for law in (Jurisdiction.UK, Jurisdiction.EU, Jurisdiction.US):
        choice = section.findChild(QRadioButton, f"jurisdiction_{law}")
        assert choice is not None
        choice.click()
        assert desk.settings.values().jurisdiction is law
        section.refresh()
        assert choice.isChecked()


def test_the_demo_has_no_passphrase_to_change(tmp_path: Path, qtbot: QtBot):
    desk = Desk(vault.create_practice(tmp_path / "demo", None, "Demo", is_demo=True))
    frame = RoomFrame(desk)
    qtbot.addWidget(frame)
    page = SettingsPage(desk, frame, PRIVATE)
    frame.hold(page)
    shown = page.show_section("private")
    assert isinstance(shown, PrivateSection)
    assert not shown.own.isVisible()
    assert not shown.along.isVisible()
    frame.stop()
    desk.close()


def test_everything_is_named(section: PrivateSection):
    press(section, "private_own_begin")
    assert unnamed(section) == []
