"""Snippets in a note: by real keys, in one step, and only where an abbreviation stands."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.writing.conftest import Desk


@pytest.mark.parametrize(("typed", "key", "shown"), [
    (";rd", Qt.Key.Key_Space, "Role dispute: "),
    ("then ;RD", Qt.Key.Key_Tab, "then Role dispute: "),
    (";sl", Qt.Key.Key_Space, "slept "),
    (";sl", Qt.Key.Key_Tab, "slept"),
])  # fmt: skip
def test_an_abbreviation_becomes_its_words_and_comes_back_in_one_step(
    writing: Desk, qtbot: QtBot, typed: str, key: Qt.Key, shown: str
):
    writing.desk.snippets.keep_snippet("sl", "slept")
    prose = writing.sit_down()
    qtbot.keyClicks(prose, typed)
    qtbot.keyClick(prose, key)
    assert prose.toPlainText() == shown
    assert prose.hasFocus()
    assert writing.undo(prose) == typed
    assert writing.page.flush()


@pytest.mark.parametrize("typed", ["; ", ";zz ", "one;rd ", "said: ; rd ", ";rd, ", "a;"])
def test_anything_else_is_just_typed(writing: Desk, qtbot: QtBot, typed: str):
    prose = writing.sit_down()
    qtbot.keyClicks(prose, typed)
    assert prose.toPlainText() == typed


def test_tab_still_leaves_the_field(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down()
    qtbot.keyClicks(prose, "word")
    qtbot.keyClick(prose, Qt.Key.Key_Tab)
    assert not prose.hasFocus()
    assert prose.toPlainText() == "word"
