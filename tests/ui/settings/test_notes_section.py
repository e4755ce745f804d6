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
