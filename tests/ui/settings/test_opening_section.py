"""Settings ▸ Opening the practice: who may open it is changed off the window's thread, told in words, and leaves no secret."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, Qt, QThreadPool
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.errors import WrongPassphrase
from ipt_desktop.services import access, attempts, keys, vault
from ipt_desktop.services.desk import Desk
from tests.services import keychains
from tests.services.quick_stretching import QuickStretching
from tests.ui.practice_room import RoomFrame
from ui.settings.opening_section import OpeningSection
from ui.settings.page import SettingsPage
from ui.settings.sections import ALL_SECTIONS
from ui.widgets.caps_lock_note import CapsLockNote

PASSPHRASE, OTHER, OWN, WRONG = "correct horse battery", "staple of the trade", "kept apart for good", "wrong passphrase"
OPENING = tuple(each for each in ALL_SECTIONS if each.key == "opening")


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
def frame(desk: Desk, qtbot: QtBot) -> Iterator[RoomFrame]:
    made = RoomFrame(desk)
    qtbot.addWidget(made)
    made.hold(SettingsPage(desk, made, OPENING))
    yield made
    made.stop()


@pytest.fixture
def section(frame: RoomFrame) -> OpeningSection:
    page = frame.shown
    assert isinstance(page, SettingsPage)
    shown = page.show_section("opening")
    assert isinstance(shown, OpeningSection)
    return shown


def settle() -> None:
    QThreadPool.globalInstance().waitForDone(QDeadlineTimer(30_000))
    QApplication.processEvents()


def press(section: OpeningSection, name: str) -> None:
    button = section.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    button.click()


def typed(section: OpeningSection, qtbot: QtBot, **words: str) -> None:
    for name, text in words.items():
        line = section.findChild(QLineEdit, name)
        assert line.isVisible()
        line.clear()
        qtbot.keyClicks(line, text)


def text_of(section: OpeningSection, name: str) -> str:
    return str(section.findChild(QLabel, name).text())


def no_secret_in(section: OpeningSection, *secrets: str) -> None:
    lines = section.findChildren(QLineEdit)
    assert [line.text() for line in lines] == [""] * len(lines)
    for line in lines:
        assert not line.isUndoAvailable()
        assert line.echoMode() is QLineEdit.EchoMode.Password
    said = " ".join(each.text() for each in section.findChildren(QLabel))
    assert not any(secret in said for secret in secrets)


def opens(desk: Desk, passphrase: str) -> bool:
    try:
        access.opens_private_along(desk.vault, passphrase)
    except WrongPassphrase:
        return False
    finally:
        attempts.note_success(desk.vault.practice_id)
    return True


def prints(desk: Desk) -> str:
    return hashlib.sha256((desk.folder / "header.json").read_bytes()).hexdigest()


def begin_change(section: OpeningSection, qtbot: QtBot, old: str, new: str, again: str) -> None:
    press(section, "change_passphrase_begin")
    typed(section, qtbot, old_passphrase=old, passphrase=new, passphrase_again=again)


# The passphrase


def test_a_change_is_made_told_and_forgotten(section: OpeningSection, frame: RoomFrame, desk: Desk, qtbot: QtBot):
    begin_change(section, qtbot, PASSPHRASE, OTHER, OTHER)
    press(section, "change_passphrase_go")
    assert section.change.go.text() == "Changing…"
    assert not section.change.go.isEnabled()
    settle()
    assert opens(desk, OTHER)
    assert not opens(desk, PASSPHRASE)
    assert "The new passphrase opens the practice" in section.change.bar.text()
    assert "Private notes that opened with the old one open with the new one, too." in section.change.bar.text()
    assert "Backups made before still open with the old passphrase" in section.change.bar.text()
    no_secret_in(section, PASSPHRASE, OTHER)
    press(section, "see_backups")
    assert frame.settings_shown == "backups"


def test_private_notes_of_their_own_are_told_to_keep_theirs(section: OpeningSection, desk: Desk, qtbot: QtBot):
    access.change_private_passphrase(desk.vault, PASSPHRASE, OWN)
    begin_change(section, qtbot, PASSPHRASE, OTHER, OTHER)
    section.change.submit()
    settle()
    assert "The private notes keep the passphrase of their own." in section.change.bar.text()


@pytest.mark.parametrize(
    ("old", "new", "again", "words", "field"),
    [
        ("", OTHER, OTHER, "present passphrase", "old_passphrase"),
        (PASSPHRASE, "eleven char", "eleven char", "at least 12", "passphrase"),
        (PASSPHRASE, PASSPHRASE, PASSPHRASE, "you have", "passphrase"),
        (PASSPHRASE, OTHER, "", "once more", "passphrase_again"),
        (PASSPHRASE, OTHER, OTHER + "x", "not the same", "passphrase_again"),
    ],
)
def test_what_can_not_be_is_refused_at_its_field(
    section: OpeningSection, desk: Desk, qtbot: QtBot, old: str, new: str, again: str, words: str, field: str
):
    before = prints(desk)
    begin_change(section, qtbot, old, new, again)
    press(section, "change_passphrase_go")
    assert not section.change.is_busy
    assert words in section.change.error.text()
    assert section.change.error.isVisible()
    assert section.findChild(QLineEdit, field).hasFocus()
    qtbot.keyClicks(section.findChild(QLineEdit, field), "x")
    assert not section.change.error.isVisible()
    assert prints(desk) == before


def test_a_wrong_passphrase_is_told_and_may_be_typed_again(section: OpeningSection, desk: Desk, qtbot: QtBot):
    before = prints(desk)
    begin_change(section, qtbot, "wrong passphrase", OTHER, OTHER)
    press(section, "change_passphrase_go")
    settle()
    assert "does not open the practice" in section.change.bar.text()
    assert section.change.bar.property("tone") == "caution"
    assert section.change.form.isVisible()
    assert section.findChild(QLineEdit, "old_passphrase").hasFocus()
    assert prints(desk) == before

    typed(section, qtbot, old_passphrase=PASSPHRASE)
    press(section, "change_passphrase_go")
    assert not section.change.bar.isVisible(), "what went wrong before is no word on what goes on now"
    settle()


def test_strength_is_said_in_words_and_six_words_suggested(section: OpeningSection, qtbot: QtBot):
    press(section, "change_passphrase_begin")
    typed(section, qtbot, passphrase=WRONG[:5])
    assert text_of(section, "passphrase_strength") == "Too short: 5 of at least 12 characters"
    press(section, "suggest_passphrase")
    first = section.findChild(QLineEdit, "passphrase")
    assert len(first.text().split()) == 6
    assert first.echoMode() is QLineEdit.EchoMode.Normal
    assert section.findChild(QLineEdit, "passphrase_again").text() == first.text()
    assert text_of(section, "passphrase_strength") == "Strong"
    assert "Write these six words down" in text_of(section, "passphrase_hint")


def test_caps_lock_is_noticed(section: OpeningSection, qtbot: QtBot):
    press(section, "change_passphrase_begin")
    note = section.findChild(CapsLockNote, "change_passphrase_caps_lock")
    typed(section, qtbot, old_passphrase="a")  # noqa: S106 - typed, opens nothing
    assert not note.isVisible()
    typed(section, qtbot, old_passphrase="A")  # noqa: S106 - without Shift: Caps Lock did it
    assert note.isVisible()


@pytest.mark.parametrize("way", ["cancel", "escape", "forget"])
def test_what_was_typed_goes(section: OpeningSection, qtbot: QtBot, way: str):
    begin_change(section, qtbot, PASSPHRASE, OTHER, OTHER)
    press(section, "suggest_passphrase")
    suggested = section.change.pair.first.text()
    if way == "cancel":
        press(section, "change_passphrase_cancel")
    elif way == "escape":
        qtbot.keyClick(section.findChild(QLineEdit, "passphrase"), Qt.Key.Key_Escape)
    else:
        section.forget()
    assert not section.change.form.isVisible()
    assert section.change.begin.isVisible()
    no_secret_in(section, PASSPHRASE, OTHER, suggested)


# The computer


def test_the_computer_may_open_it_and_forgets(section: OpeningSection, desk: Desk, qtbot: QtBot):
    with keychains.used(keychains.Working()):
        section.remember.switch.click()
        typed(section, qtbot, remember_passphrase=PASSPHRASE)
        qtbot.keyClick(section.findChild(QLineEdit, "remember_passphrase"), Qt.Key.Key_Return)
        assert section.remember.go.text() == "Asking the keychain…"
        settle()
        assert section.remember.switch.isChecked()
        assert vault.is_remembered(desk.folder)
        assert "This computer may open the practice" in section.remember.bar.text()
        no_secret_in(section, PASSPHRASE)
        section.remember.switch.click()
        settle()
    assert not section.remember.switch.isChecked()
    assert not vault.is_remembered(desk.folder)
    assert "has forgotten it, too" in section.remember.bar.text()


@pytest.mark.parametrize(
    ("backend", "words"),
    [(keychains.Forgetful(), "does not come back"), (keychains.Locked(), "it is locked"), (keychains.Broken(), "refused")],
)
def test_a_keychain_that_fails_is_told_in_its_words(
    section: OpeningSection, desk: Desk, qtbot: QtBot, backend: keychains.Working, words: str
):
    with keychains.used(backend):
        section.remember.switch.click()
        typed(section, qtbot, remember_passphrase=PASSPHRASE)
        section.remember.submit()
        settle()
    assert words in section.remember.bar.text()
    assert "the passphrase opens the practice" in section.remember.bar.text()
    assert not vault.is_remembered(desk.folder)
    press(section, "remember_here_cancel")
    assert not section.remember.switch.isChecked()
    no_secret_in(section, PASSPHRASE)


def test_a_keychain_that_can_not_be_asked_opens_nothing_any_more(section: OpeningSection, desk: Desk):
    with keychains.used(keychains.Working()):
        access.remember_here(desk.vault, PASSPHRASE)
    section.refresh()
    assert section.remember.switch.isChecked()
    with keychains.used(keychains.Locked()):
        section.remember.switch.click()
        settle()
    assert "opens nothing now" in section.remember.bar.text()
    assert not vault.is_remembered(desk.folder)


def test_turned_off_again_before_the_passphrase_asks_nothing(section: OpeningSection):
    section.remember.switch.click()
    assert section.remember.form.isVisible()
    section.remember.switch.click()
    assert not section.remember.form.isVisible()
    assert not section.remember.switch.isChecked()
    assert not section.remember.is_busy


# The sheet


def test_a_sheet_that_was_never_confirmed_is_a_caution(section: OpeningSection, desk: Desk):
    assert "No recovery sheet has been confirmed" in section.recovery.caution.text()
    desk.settings.change(has_recovery_sheet=True)
    section.refresh()
    assert not section.recovery.caution.isVisible()
    assert text_of(section, "recovery_standing").startswith("The sheet in force was confirmed on ")


def test_a_new_key_is_asked_of_the_window_once_the_passphrase_is_right(
    section: OpeningSection, frame: RoomFrame, desk: Desk, qtbot: QtBot
):
    press(section, "revoke_begin")
    assert [text_of(section, f"revoke_line_{number}")[:2] for number in (1, 2, 3)] == ["1.", "2.", "3."]
    press(section, "recovery_sheet_go")
    assert "Type the passphrase" in section.recovery.error.text()
    typed(section, qtbot, revoke_passphrase=WRONG)
    press(section, "recovery_sheet_go")
    settle()
    assert "does not open the practice" in section.recovery.bar.text()
    assert frame.revoked == []
    typed(section, qtbot, revoke_passphrase=PASSPHRASE)
    press(section, "recovery_sheet_go")
    settle()
    assert frame.revoked == [(PASSPHRASE, None)]


def test_where_to_type_and_what_was_said_are_brought_into_sight(section: OpeningSection, frame: RoomFrame, qtbot: QtBot):
    def is_in_sight(part: QWidget) -> bool:
        return part.isVisible() and part.visibleRegion().boundingRect() == part.rect()

    frame.resize(1024, 480)
    QApplication.processEvents()
    press(section, "revoke_begin")
    field = section.recovery.field
    qtbot.waitUntil(lambda: is_in_sight(field) and is_in_sight(section.recovery.go))
    typed(section, qtbot, revoke_passphrase=WRONG)
    press(section, "recovery_sheet_go")
    settle()
    qtbot.waitUntil(lambda: is_in_sight(section.recovery.bar) and field.line.hasFocus())


def test_private_notes_of_their_own_need_theirs(section: OpeningSection, frame: RoomFrame, desk: Desk, qtbot: QtBot):
    access.change_private_passphrase(desk.vault, PASSPHRASE, OWN)
    press(section, "revoke_begin")
    assert not section.recovery.private.isVisible()
    typed(section, qtbot, revoke_passphrase=PASSPHRASE)
    section.recovery.submit()
    settle()
    assert section.recovery.private.isVisible()
    section.recovery.submit()
    assert "private notes" in section.recovery.error.text()
    typed(section, qtbot, revoke_private_passphrase=WRONG)
    section.recovery.submit()
    settle()
    assert frame.revoked == []
    typed(section, qtbot, revoke_private_passphrase=OWN)
    section.recovery.submit()
    settle()
    assert frame.revoked == [(PASSPHRASE, OWN)]
    section.forget()
    assert not section.recovery.private.isVisible()
    no_secret_in(section, PASSPHRASE, OWN)


def test_the_settings_left_while_it_is_checked_nothing_is_revoked(section: OpeningSection, frame: RoomFrame, qtbot: QtBot):
    press(section, "revoke_begin")
    typed(section, qtbot, revoke_passphrase=PASSPHRASE)
    section.recovery.submit()
    section.forget()
    settle()
    assert frame.revoked == []
