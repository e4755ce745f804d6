"""Settings ▸ Locking: minutes within their bounds, a PIN typed twice, and what others can see."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QSpinBox
from pytestqt.qtbot import QtBot

from ipt_desktop.services import cover_pin
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, RoomFrame, open_room
from ui.settings.locking_section import LockingSection


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


@pytest.fixture
def frame(room: Room) -> RoomFrame:
    return room.frame()


@pytest.fixture
def section(qtbot: QtBot, room: Room, frame: RoomFrame) -> Iterator[LockingSection]:
    made = LockingSection(room.desk, frame, frame)
    frame.resize(760, 900)
    made.resize(760, 900)
    frame.show()
    made.refresh()
    yield made
    made.forget()


def minutes(section: LockingSection, name: str) -> QSpinBox:
    found = section.findChild(QSpinBox, name)
    assert found is not None
    return found


def test_minutes_show_what_holds_and_are_kept_a_moment_later(qtbot: QtBot, section: LockingSection, room: Room):
    assert [minutes(section, name).value() for name in section._minutes] == [5, 20, 15]
    minutes(section, "lock_after").setValue(12)
    assert room.desk.settings.values().lock_after == 5
    qtbot.waitUntil(lambda: room.desk.settings.values().lock_after == 12)


def test_leaving_keeps_them_at_once(section: LockingSection, room: Room):
    minutes(section, "ask_again_after").setValue(1)
    assert section.flush()
    assert room.desk.settings.values().ask_again_after == 1


def test_to_be_asked_less_often_takes_whoever_knows_the_passphrase(
    section: LockingSection, frame: RoomFrame, room: Room, monkeypatch: pytest.MonkeyPatch
):
    wishes: list[Callable[[], None]] = []
    monkeypatch.setattr(frame, "when_sure", wishes.append)
    minutes(section, "ask_again_after").setValue(240)
    minutes(section, "lock_after").setValue(7)
    assert section.flush()
    kept = room.desk.settings.values()
    assert (kept.ask_again_after, kept.lock_after) == (15, 7)
    assert minutes(section, "ask_again_after").value() == 15, "what is shown is what holds"
    (wish,) = wishes
    wish()
    assert room.desk.settings.values().ask_again_after == 240
    assert minutes(section, "ask_again_after").value() == 240


def test_minutes_stay_within_their_bounds(section: LockingSection):
    minutes(section, "lock_after").setValue(0)
    assert minutes(section, "lock_after").value() == 1
    minutes(section, "lock_after").setValue(10_000)
    assert minutes(section, "lock_after").value() == 240


def test_a_box_counts_at_once(qtbot: QtBot, section: LockingSection, room: Room):
    box = section.findChild(QCheckBox, "blurs_when_inactive")
    assert box is not None
    box.click()
    assert room.desk.settings.values().blurs_when_inactive


def type_pin(qtbot: QtBot, section: LockingSection, first: str, second: str) -> None:
    section.pin.first.clear()
    section.pin.second.clear()
    qtbot.keyClicks(section.pin.first.line, first)
    qtbot.keyClicks(section.pin.second.line, second)
    qtbot.keyClick(section.pin.second.line, Qt.Key.Key_Return)


def test_a_pin_is_set_changed_and_removed(qtbot: QtBot, section: LockingSection, room: Room):
    assert "asks for the passphrase" in section.pin.state.text()
    for pin in ("2468", "13579"):
        qtbot.mouseClick(section.pin.set, Qt.MouseButton.LeftButton)
        type_pin(qtbot, section, pin, pin)
        qtbot.waitUntil(section.pin.form.isHidden)
        assert cover_pin.is_pin(room.desk.settings.values().cover_pin, pin)
        assert section.pin.first.text() == section.pin.second.text() == ""
        assert section.pin.state.text() == "A PIN is set."
        assert section.window().focusWidget() is section.pin.set
    qtbot.mouseClick(section.pin.remove, Qt.MouseButton.LeftButton)
    assert room.desk.settings.values().cover_pin == ""


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [("123", "123", "four to eight digits"), ("12ab", "12ab", "four to eight digits"), ("1234", "1235", "not the same")],
)
def test_what_is_no_pin_is_not_kept(qtbot: QtBot, section: LockingSection, room: Room, first: str, second: str, words: str):
    qtbot.mouseClick(section.pin.set, Qt.MouseButton.LeftButton)
    type_pin(qtbot, section, first, second)
    assert words in section.pin.error.text()
    assert room.desk.settings.values().cover_pin == ""


def test_the_fields_of_a_pin_take_only_digits_and_say_so(qtbot: QtBot, section: LockingSection):
    qtbot.mouseClick(section.pin.set, Qt.MouseButton.LeftButton)
    for field in (section.pin.first, section.pin.second):
        qtbot.keyClicks(field.line, "12a")
        assert field.text() == "12"
        assert section.pin.error.text() == "A PIN has four to eight digits."
        qtbot.keyClicks(field.line, "345678")
        assert section.pin.error.text() == "", "it was heard"
        qtbot.keyClicks(field.line, "9")
        assert field.text() == "12345678"
        assert section.pin.error.text() == "A PIN has four to eight digits."


def test_each_change_of_the_pin_asks_who_is_there(
    qtbot: QtBot, section: LockingSection, frame: RoomFrame, room: Room, monkeypatch: pytest.MonkeyPatch
):
    room.desk.settings.change(cover_pin=cover_pin.hash_of("2468"))
    section.refresh()
    asked: list[object] = []
    monkeypatch.setattr(frame, "when_sure", asked.append)
    qtbot.mouseClick(section.pin.set, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(section.pin.remove, Qt.MouseButton.LeftButton)
    assert len(asked) == 2
    assert section.pin.form.isHidden()
    assert room.desk.settings.values().cover_pin


def test_leaving_forgets_a_pin_half_typed(qtbot: QtBot, section: LockingSection):
    qtbot.mouseClick(section.pin.set, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(section.pin.first.line, "24")
    section.forget()
    assert section.pin.first.text() == ""
    assert section.pin.form.isHidden()


def test_everything_usable_is_named(qapp: QApplication, section: LockingSection):
    assert unnamed(section) == []
