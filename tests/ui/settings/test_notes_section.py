"""Settings ▸ Notes: the form a new note begins with is chosen by the keyboard and kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.naming import unnamed
from tests.ui.practice_room import RoomFrame, open_room
from ui.settings.notes_section import NotesSection
from ui.settings.page import SettingsPage
from ui.settings.sections import ALL_SECTIONS


@pytest.fixture
def section(tmp_path: Path, qtbot: QtBot) -> Iterator[NotesSection]:
    with open_room(tmp_path) as room:
        frame = RoomFrame(room.desk)
        qtbot.addWidget(frame)
        page = SettingsPage(room.desk, frame, tuple(each for each in ALL_SECTIONS if each.key == "notes"))
        frame.hold(page)
        shown = page.show_section("notes")
        assert isinstance(shown, NotesSection)
        yield shown
        frame.stop()


def test_a_form_is_chosen_and_kept(section: NotesSection, qtbot: QtBot) -> None:
    assert section.forms.currentText() == "IPT session note"
    section.forms.setFocus()
    qtbot.keyClick(section.forms, Qt.Key.Key_Down)
    assert section.forms.currentText() == "SOAP note"
    assert section.desk.settings.values().note_form == section.forms.currentData()
    section.refresh()
    assert section.forms.currentText() == "SOAP note"
    assert not unnamed(section)


def test_forms_for_one_kind_of_session_are_not_offered(section: NotesSection) -> None:
    offered = [section.forms.itemText(row) for row in range(section.forms.count())]
    assert offered == ["IPT session note", "SOAP note", "DAP note", "BIRP note", "GIRP note", "Free note"]


def type_system(section: NotesSection, qtbot: QtBot, words: str) -> None:
    line = section.codes.system.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, words)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_codes_are_of_the_system_that_is_typed(section: NotesSection, qtbot: QtBot) -> None:
    hint = section.codes._hint
    assert "ICD-10-CM, April 2026 release" in hint.text()
    type_system(section, qtbot, "ICD-11 of my country")
    assert section.desk.settings.values().code_system == "ICD-11 of my country"
    assert "typed" in hint.text()
    section.codes.system.lineEdit().selectAll()
    qtbot.keyClick(section.codes.system.lineEdit(), Qt.Key.Key_Delete)
    qtbot.keyClick(section.codes.system.lineEdit(), Qt.Key.Key_Return)
    assert section.desk.settings.values().code_system == "ICD-10-CM"
    assert section.codes.system.currentText() == "ICD-10-CM"


def test_a_common_system_is_chosen_from_the_list(section: NotesSection, qtbot: QtBot) -> None:
    section.codes.system.setFocus()
    qtbot.keyClick(section.codes.system, Qt.Key.Key_Down)
    assert section.desk.settings.values().code_system == "ICD-10"
    section.refresh()
    assert section.codes.system.currentText() == "ICD-10"
