"""What the last checks came to stands in the settings, and a check can be made there and then."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.health import Health, Readable
from ipt_desktop.storage.engine import Access, connect
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, open_room
from ui.settings.checks_section import ChecksSection, found_words

PAGE = 4096


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


@pytest.fixture
def section(room: Room, qtbot: QtBot) -> Iterator[ChecksSection]:
    frame = room.frame()
    made = ChecksSection(room.desk, frame, frame)
    QVBoxLayout(frame).addWidget(made)
    frame.show()
    made.refresh()
    yield made
    made.forget()


def shown(section: ChecksSection, name: str) -> str:
    found = section.findChild(QLabel, name)
    assert found is not None
    return found.text() if found.isVisible() else ""


def test_it_is_said_when_and_with_what_result_the_practice_was_checked(qtbot: QtBot, room: Room, section: ChecksSection):
    room.client()
    assert unnamed(section) == []
    assert shown(section, "checks_quick") == "Last quick check: none yet"
    assert shown(section, "checks_full") == "Last full check: none yet"
    button, meter = section.findChild(QPushButton, "check_now"), section.findChild(QProgressBar, "checks_meter")
    assert button is not None
    assert meter is not None
    assert not meter.isVisible()
    button.click()
    assert meter.isVisible()
    assert not button.isEnabled()
    qtbot.waitUntil(button.isEnabled)
    assert not meter.isVisible()
    assert shown(section, "checks_found") == "Everything is sound: 1 client, 0 sessions, 0 notes and forms."
    assert shown(section, "checks_full").startswith("Last full check: today at ")
    assert shown(section, "checks_full").endswith(", sound")


def test_damage_is_said_with_what_is_lost(qtbot: QtBot, room: Room, section: ChecksSection):
    room.client()
    room.desk.checks.full()  # folds the log in
    path = room.desk.store.path
    raw = connect(path, room.desk.store.key, Access.WATCH)
    page = int(raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'client'").fetchone()[0])
    raw.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE + 100] ^= 1
    path.write_bytes(content)
    section.check_now()
    qtbot.waitUntil(lambda: "Damage was found" in shown(section, "checks_found"))
    assert "1 of 1 client cannot be read" in shown(section, "checks_found")
    assert shown(section, "checks_damage") == "This practice is damaged and is only read now."
    assert shown(section, "checks_full").endswith("something was found")
    assert room.desk.is_read_only


def test_leaving_the_settings_lets_go_of_a_check_that_is_under_way(qtbot: QtBot, room: Room, section: ChecksSection):
    section.check_now()
    section.forget()
    button = section.findChild(QPushButton, "check_now")
    assert button is not None
    assert button.isEnabled()
    qtbot.waitUntil(lambda: room.desk.checks.record.state.full is not None)
    assert shown(section, "checks_found") == ""


def test_records_without_what_they_belong_to_are_told_apart_from_damage():
    assert "2 records have lost what they belonged to" in found_words(Health(orphans=("tie: person", "tie: person")))
    damaged = Health(damage=("page 3",), readable={"document": Readable(3, ("a",)), "client": Readable(2)})
    assert found_words(damaged) == "Damage was found. 1 of 4 notes and forms cannot be read."
