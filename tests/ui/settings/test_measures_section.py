"""Settings ▸ Measures: what is usually given, by whose rules, what there is, and one's own with what is wrong by line."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.measure import MeasureKind
from tests.ui.naming import unnamed
from tests.ui.practice_room import RoomFrame, open_room
from tests.ui.settings.test_protocols_section import Opener, opener
from ui.settings.measures_section import MeasuresSection
from ui.settings.page import SettingsPage
from ui.settings.sections import ALL_SECTIONS

__all__ = ["opener"]


@pytest.fixture
def section(tmp_path: Path, qtbot: QtBot, opener: Opener) -> Iterator[MeasuresSection]:
    with open_room(tmp_path) as room:
        frame = RoomFrame(room.desk)
        qtbot.addWidget(frame)
        page = SettingsPage(room.desk, frame, tuple(each for each in ALL_SECTIONS if each.key == "measures"))
        frame.hold(page)
        shown = page.show_section("measures")
        assert isinstance(shown, MeasuresSection)
        yield shown
        frame.stop()


def press(section: MeasuresSection, name: str) -> None:
    button = section.findChild(QAbstractButton, name)
    assert button is not None, name
    button.click()


def text(section: MeasuresSection, name: str) -> str:
    found = section.findChild(QLabel, name)
    return found.text() if found is not None else ""


def test_what_is_usual_is_chosen_here(section: MeasuresSection) -> None:
    press(section, "usual_pcl-5")
    press(section, "usual_gad-7")
    section.every.setValue(1)
    usual = section.desk.measures_due.usual_plan()
    assert [(each.measure, each.every) for each in usual] == [("phq-9", 1), ("pcl-5", 1)]
    rules = section.findChild(QComboBox, "rule_set")
    assert rules is not None
    rules.setCurrentIndex(rules.count() - 1)
    rules.activated.emit(rules.count() - 1)
    assert section.desk.settings.values().rule_set == section.desk.resources.rule_sets[-1].key
    box = section.findChild(QCheckBox, "usual_phq-9")
    assert box is not None
    assert unnamed(section) == []


def test_a_copy_is_offered_at_once_and_one_with_the_same_key_replaces(section: MeasuresSection, opener: Opener) -> None:
    press(section, "copy_gad-7")
    copied = section.desk.resources.measure("gad-7-2")
    assert copied is not None
    assert (copied.name, copied.kind) == ("GAD-7, own copy", MeasureKind.USER_SUPPLIED)
    assert "yours: gad-7-2.toml" in text(section, "measure_gad-7-2_terms")
    assert opener.opened == [section.folder]
    file = section.folder / "gad-7-2.toml"
    file.write_text(file.read_text("utf-8").replace('key = "gad-7-2"', 'key = "gad-7"', 1), "utf-8")
    press(section, "read_measures")
    assert text(section, "measure_gad-7_replaces") == "Replaces the one that came with the program."


def test_a_file_with_an_error_is_named_with_its_line_and_the_others_load(section: MeasuresSection) -> None:
    press(section, "copy_gad-7")
    file = section.folder / "gad-7-2.toml"
    file.write_text(file.read_text("utf-8").replace("highest = 21", "highest = 22", 1), "utf-8")
    press(section, "read_measures")
    assert "gad-7-2.toml" in section.problems.text()
    assert "line" in section.problems.text()
    assert section.desk.resources.measure("gad-7-2") is None
    assert section.desk.resources.measure("gad-7") is not None
