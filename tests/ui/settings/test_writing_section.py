"""The settings of writing: languages, the dictionary's words, snippets."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, open_room
from ui.settings.writing_section import WritingSection


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


@pytest.fixture
def section(room: Room, qtbot: QtBot) -> Iterator[WritingSection]:
    room.desk.spelling.learn_word("Łukasiewicz")
    frame = room.frame()
    made = WritingSection(room.desk, frame, frame)
    QVBoxLayout(frame).addWidget(made)
    frame.show()
    made.refresh()
    yield made
    made.forget()


def press(section: WritingSection, name: str) -> None:
    found = section.findChild(QPushButton, name)
    assert found is not None
    assert found.isVisible()
    found.click()


def line(section: WritingSection, name: str) -> QLineEdit:
    found = section.findChild(QLineEdit, name)
    assert found is not None
    return found


def test_languages_are_chosen_and_switched_off(room: Room, section: WritingSection):
    assert unnamed(section) == []
    boxes = {name: section.findChild(QCheckBox, f"spelling_{name}") for name in ("en_US", "en_GB")}
    assert [box.isChecked() for box in boxes.values() if box] == [True, False]
    boxes["en_GB"].click()  # type: ignore[union-attr]
    assert set(room.desk.settings.values().spelling) == {"en_US", "en_GB"}
    for box in boxes.values():
        box.click()  # type: ignore[union-attr]
    assert room.desk.settings.values().spelling == ()


def test_a_word_is_taken_out_of_the_dictionary_and_put_back(room: Room, section: WritingSection):
    section.spelling.words.setCurrentRow(0)
    press(section, "spelling_remove")
    assert room.desk.spelling.words() == []
    press(section, "spelling_undo")
    assert [each.id for each in room.desk.spelling.words()] == ["Łukasiewicz"]
    section.forget()
    assert section.spelling.words.count() == 0


def test_a_snippet_is_added_changed_and_removed(room: Room, section: WritingSection, qtbot: QtBot):
    snippets = room.desk.snippets
    qtbot.keyClicks(line(section, "snippet_abbreviation"), "sl")
    qtbot.keyClicks(line(section, "snippet_words"), "slept through")
    qtbot.keyClick(line(section, "snippet_words"), Qt.Key.Key_Return)
    assert snippets.words_of("sl") == "slept through"
    qtbot.keyClicks(line(section, "snippet_words"), "The night: ")
    line(section, "snippet_words").setText("Night:")
    press(section, "snippet_keep")
    assert snippets.words_of("sl") == "Night: "
    press(section, "snippet_remove")
    assert snippets.words_of("sl") is None
    press(section, "snippet_undo")
    assert snippets.words_of("sl") == "Night: "


def test_a_clash_is_said_and_nothing_is_lost(room: Room, section: WritingSection, qtbot: QtBot):
    qtbot.keyClicks(line(section, "snippet_abbreviation"), ";rd")
    qtbot.keyClicks(line(section, "snippet_words"), "Other words")
    press(section, "snippet_keep")
    error = section.findChild(QLabel, "snippet_error_words")
    assert error is not None
    assert "stands for “Role dispute:” already" in error.text()
    assert line(section, "snippet_words").text() == "Other words"
    assert room.desk.snippets.words_of("rd") == "Role dispute: "
