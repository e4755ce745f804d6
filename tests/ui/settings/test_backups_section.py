"""The backups in the settings: made, proven, listed, rewritten; whatever fails is said in words."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QProgressBar, QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import Cancelled
from ipt_desktop.domain.records import Client
from ipt_desktop.services import access, attempts, backups, keys, vault
from ipt_desktop.services.backups import backups_in
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.place import Danger
from ipt_desktop.services.restore import restore
from ipt_desktop.services.revocation import revoke
from ipt_desktop.services.secret import Secret
from tests.services.quick_stretching import QuickStretching
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room
from ui.settings.backups_section import BackupsSection

OLD_WORDS, NEW_WORDS = "correct horse battery", "six other words entirely"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)
    monkeypatch.setattr(attempts, "require_patience", lambda _: None)


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    return tmp_path / "practice"


@pytest.fixture
def room(practice: Path) -> Iterator[Room]:
    opened = Room(Desk(vault.create_practice(practice, OLD_WORDS, "Willow Lane Practice")))
    opened.desk.clients.add_client(Client(name="Marta Lindqvist"))
    opened.desk.backups.own_folder.mkdir()
    yield opened
    for frame in opened.frames:
        frame.stop()
        frame.close()
        frame.deleteLater()
    opened.desk.close()


def make_section(qtbot: QtBot, room: Room) -> BackupsSection:
    frame = room.frame()
    section = BackupsSection(room.desk, frame, frame)
    frame.resize(900, 900)
    section.resize(720, 900)
    frame.show()
    section.refresh()
    qtbot.waitUntil(lambda: not section._is_reading, timeout=30_000)
    return section


@pytest.fixture
def section(qtbot: QtBot, room: Room) -> Iterator[BackupsSection]:
    made = make_section(qtbot, room)
    yield made
    made.forget()


def words(section: QWidget, name: str) -> str:
    found = section.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def press(qtbot: QtBot, section: QWidget, name: str) -> None:
    found = section.findChild(QPushButton, name)
    assert found is not None, name
    assert found.isEnabled(), name
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def rest(qtbot: QtBot, section: BackupsSection) -> None:
    """Wait until nothing is under way and all that is known is shown."""
    lines = (section.make, section.prove, section.outdated.work)
    qtbot.waitUntil(lambda: not any(line.is_at_work for line in lines), timeout=30_000)
    qtbot.waitUntil(lambda: not section._is_reading, timeout=30_000)


def table(section: QWidget) -> list[list[str]]:
    found = section.findChild(QTableWidget, "backup_table")
    assert found is not None
    columns = [each for each in range(found.columnCount()) if not found.isColumnHidden(each)]
    return [[found.item(row, column).text() for column in columns] for row in range(found.rowCount())]


def test_every_part_has_a_name(section: BackupsSection):
    assert unnamed(section) == []


def test_one_is_made_now(qtbot: QtBot, section: BackupsSection, room: Room):
    assert words(section, "backup_last") == "There is no backup yet."
    press(qtbot, section, "backup_now")
    rest(qtbot, section)
    assert len(backups_in(room.desk.backups.own_folder)) == 1
    assert words(section, "backup_last").startswith("Made today at")
    assert "0 notes, 1 client" in words(section, "backup_last")
    assert "Nothing has changed since." in words(section, "backup_last")
    assert words(section, "backup_folder_1_path") == "The practice's own folder"
    assert "1 client" in words(section, "backup_folder_1_words")
    ((when, size, clients, notes, folder),) = table(section)
    assert when.startswith("today at")
    assert size.endswith("MB")
    assert (clients, notes, folder) == ("1", "0", "the practice's own")


def test_it_shows_how_far_it_is_and_can_be_cancelled(
    qtbot: QtBot, section: BackupsSection, room: Room, monkeypatch: pytest.MonkeyPatch
):
    stopped: list[bool] = []

    def stuck(_self: object, _folder: Path, tell: backups.Progress) -> None:
        try:
            while True:
                tell(0.4)
        except Cancelled:
            stopped.append(True)
            raise

    monkeypatch.setattr(backups.Backups, "_make", stuck)
    press(qtbot, section, "backup_now")
    meter = section.findChild(QProgressBar, "backup_now_meter")
    assert meter is not None
    qtbot.waitUntil(lambda: meter.value() == 40, timeout=30_000)
    prove = section.findChild(QPushButton, "backup_prove")
    assert prove is not None
    assert not prove.isEnabled(), "one at a time"
    press(qtbot, section, "backup_now_cancel")
    rest(qtbot, section)
    assert stopped
    assert section.bar.text() == "", "what was cancelled has not failed"
    assert backups_in(room.desk.backups.own_folder) == []
    assert room.desk.backups.failing() == {}


def test_a_failure_is_said_in_words(qtbot: QtBot, section: BackupsSection, room: Room, tmp_path: Path):
    section.add_folder(tmp_path / "disk")
    rest(qtbot, section)
    press(qtbot, section, "backup_now")
    rest(qtbot, section)
    assert len(backups_in(room.desk.backups.own_folder)) == 1, "the other folder gets its own all the same"
    assert "its disk may not be plugged in" in section.bar.text()
    assert "not plugged in" in words(section, "backup_folder_2_failure").replace("may not be", "not")
    (tmp_path / "disk").mkdir()
    press(qtbot, section, "backup_now")
    rest(qtbot, section)
    assert section.findChild(QLabel, "backup_folder_2_failure") is None
    assert section.bar.text() == ""


def test_folders_are_added_and_removed(qtbot: QtBot, section: BackupsSection, room: Room, tmp_path: Path):
    own, disk = room.desk.backups.own_folder, tmp_path / "disk"
    disk.mkdir()
    assert section.findChild(QPushButton, "backup_folder_1_remove") is None, "without any they go into the own one"
    press(qtbot, section, "backup_add")
    dialog = section.findChild(QFileDialog, "backup_dialog")
    assert dialog is not None
    dialog.fileSelected.emit(str(disk))
    dialog.close()
    rest(qtbot, section)
    assert room.desk.backups.folders() == [own, disk]
    press(qtbot, section, "backup_folder_1_remove")
    rest(qtbot, section)
    assert room.desk.backups.folders() == [disk]
    press(qtbot, section, "backup_add_own")
    rest(qtbot, section)
    assert room.desk.backups.folders() == [disk, own]
    press(qtbot, section, "backup_folder_1_remove")
    rest(qtbot, section)
    assert room.desk.settings.values().backup_folders == ()


def test_a_folder_within_the_practice_is_refused(section: BackupsSection, room: Room, practice: Path):
    for folder in (practice, practice / "definitions"):
        section.add_folder(folder)
        assert "outside the practice" in section.bar.text()
    assert room.desk.settings.values().backup_folders == ()


def test_the_same_disk_is_hinted_at(qtbot: QtBot, section: BackupsSection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    hint = section.findChild(QLabel, "backup_disk_hint")
    assert hint is not None
    assert not hint.isHidden()
    monkeypatch.setattr("ipt_desktop.services.backup_overview.is_on_disk_of", lambda *_: False)
    section.refresh()
    rest(qtbot, section)
    assert hint.isHidden()


def test_the_hours_are_kept(qtbot: QtBot, section: BackupsSection, room: Room):
    section.folders.hours.setValue(9)
    assert room.desk.settings.values().backup_every_hours == 9


def test_the_newest_is_proven_and_the_date_stays(qtbot: QtBot, section: BackupsSection, room: Room):
    assert "Not proven yet" in words(section, "backup_proof_words")
    press(qtbot, section, "backup_prove")
    rest(qtbot, section)
    assert "no backup" in section.proof_bar.text().lower()
    press(qtbot, section, "backup_now")
    rest(qtbot, section)
    press(qtbot, section, "backup_prove")
    rest(qtbot, section)
    said = f"Proven restorable on {long_date(date.today())}: 0 notes, 1 client."
    assert words(section, "backup_proof_words") == said
    assert section.proof_bar.text() == ""
    other = make_section(qtbot, room)
    assert words(other, "backup_proof_words") == said
    other.forget()


def test_a_damaged_backup_is_not_proven(qtbot: QtBot, section: BackupsSection, room: Room):
    made = room.desk.backups.make(room.desk.backups.own_folder).path
    content = bytearray(made.read_bytes())
    content[len(content) // 2] ^= 1
    made.write_bytes(content)
    press(qtbot, section, "backup_prove")
    rest(qtbot, section)
    assert section.proof_bar.property("tone") == "caution"
    assert "Not proven yet" in words(section, "backup_proof_words")


def test_dangers_of_the_place_are_said(qtbot: QtBot, section: BackupsSection, monkeypatch: pytest.MonkeyPatch):
    assert section.danger.text() == "" or "free" in section.danger.text()
    found = {Danger.SYNCED: "Dropbox", Danger.NETWORK: "/mnt/share", Danger.NEARLY_FULL: "104857600"}
    monkeypatch.setattr("ipt_desktop.services.backup_overview.dangers", lambda _: found)
    section.refresh()
    rest(qtbot, section)
    for part in ("Dropbox", "/mnt/share", "100 MB"):
        assert part in section.danger.text().replace("104.9", "100").replace("105", "100")


def test_what_someone_else_made_is_shown_too(qtbot: QtBot, section: BackupsSection, room: Room):
    room.desk.backups.make(room.desk.backups.own_folder)
    qtbot.waitUntil(lambda: len(table(section)) == 1, timeout=30_000)


# Earlier secrets


def test_those_that_open_with_an_earlier_passphrase_are_marked_and_rewritten(
    qtbot: QtBot, room: Room, tmp_path: Path, section: BackupsSection
):
    own = room.desk.backups.own_folder
    room.desk.backups.make(own)
    section.refresh()
    rest(qtbot, section)
    assert section.outdated.isHidden()
    access.change_passphrase(room.desk.vault, OLD_WORDS, NEW_WORDS)
    section.refresh()
    rest(qtbot, section)
    assert not section.outdated.isHidden()
    assert "1 backup was made before" in words(section, "outdated_words")
    assert table(section)[0][4] == "an earlier passphrase"
    assert section.outdated.field.isHidden()
    assert not section.outdated.remove.isEnabled(), "the only one there is"
    press(qtbot, section, "outdated_rewrite")
    rest(qtbot, section)
    assert section.outdated.isHidden()
    assert room.frames[0].said == [("1 backup is rewritten: only what opens the practice now opens it", "")]
    (made,) = backups_in(own)
    restore(made.path, tmp_path / "again", Secret(passphrase=NEW_WORDS))


def test_those_from_before_a_revocation_ask_for_what_opened_them(qtbot: QtBot, room: Room, practice: Path, tmp_path: Path):
    own = room.desk.backups.own_folder
    room.desk.backups.make(own)
    room.desk.close()
    revoke(practice, OLD_WORDS, lambda _code: None)
    room.desk = Desk(vault.unlock(practice, OLD_WORDS))
    section = make_section(qtbot, room)
    card = section.outdated
    assert table(section)[0][4] == "an earlier sheet and passphrase"
    assert not card.field.isHidden()
    press(qtbot, section, "outdated_rewrite")
    assert "Type what opened" in words(section, "outdated_error_words")
    qtbot.keyClicks(card.field.line, "something else")
    press(qtbot, section, "outdated_rewrite")
    rest(qtbot, section)
    assert "does not open" in words(section, "outdated_error_words")
    card.field.clear()
    qtbot.keyClicks(card.field.line, OLD_WORDS)
    press(qtbot, section, "outdated_rewrite")
    rest(qtbot, section)
    assert card.isHidden()
    assert card.field.text() == "", "the secret is let go of"
    assert len(backups_in(own)) == 1
    section.forget()


def test_they_are_removed_only_after_a_question(qtbot: QtBot, room: Room, section: BackupsSection):
    own = room.desk.backups.own_folder
    room.desk.backups.make(own)
    access.change_passphrase(room.desk.vault, OLD_WORDS, NEW_WORDS)
    new = room.desk.backups.make(own)
    section.refresh()
    rest(qtbot, section)
    press(qtbot, section, "outdated_remove")
    assert len(backups_in(own)) == 2
    press(qtbot, section, "outdated_keep")
    assert section.outdated.bar.text() == ""
    press(qtbot, section, "outdated_remove")
    press(qtbot, section, "outdated_remove_now")
    rest(qtbot, section)
    assert [each.path for each in backups_in(own)] == [new.path]
    assert section.outdated.isHidden()
    assert room.frames[0].said == [("1 backup is removed for good", "")]


def test_what_is_heard_when_the_practice_is_closed_already_reads_nothing(qtbot: QtBot, section: BackupsSection, room: Room):
    section._record_changed.emit()
    rest(qtbot, section)
    section.forget()
    room.desk.close()
    section._record_changed.emit()  # as it comes from a backup's thread: after the closing that the backup was made for
    assert not section._is_reading


def test_the_secret_is_forgotten_when_the_settings_are_left(qtbot: QtBot, section: BackupsSection):
    section.outdated.field.line.setText("quiet lantern")
    section.forget()
    assert section.outdated.field.text() == ""
