"""Looks by what a line begins with and by the row at the foot; the date and the time by their keys."""

import re
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.rich_text import Block, BlockKind, Run
from tests.ui.writing.conftest import CONTROL, SHIFT, Desk


@pytest.mark.parametrize(("start", "kind"), [
    ("- ", BlockKind.BULLET), ("1. ", BlockKind.NUMBERED), ("> ", BlockKind.QUOTE), ("# ", BlockKind.HEADING),
])  # fmt: skip
def test_what_a_line_begins_with_makes_its_look_and_undo_gives_it_back(
    writing: Desk, qtbot: QtBot, start: str, kind: BlockKind
):
    prose = writing.sit_down()
    qtbot.keyClicks(prose, start)
    assert writing.undo(prose) == start
    assert {block.kind for block in prose.blocks()} == {BlockKind.PARAGRAPH}
    prose.clear()
    qtbot.keyClicks(prose, f"{start}one")
    assert prose.blocks() == (Block((Run("one"),), kind),)


@pytest.mark.parametrize("typed", ["a - b", "-one", "2. two", "## x", "#9 x", "-- x"])
def test_anything_else_is_only_letters(writing: Desk, qtbot: QtBot, typed: str):
    prose = writing.sit_down()
    qtbot.keyClicks(prose, typed)
    assert prose.blocks() == (Block((Run(typed),)),)


def test_the_row_shows_what_holds_and_leaves_the_keyboard_in_the_text(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down()
    assert writing.page.note.formats.isVisible()
    assert writing.button("format_bold").toolTip() == "Bold (Ctrl+B)"
    qtbot.mouseClick(writing.button("format_bold"), Qt.MouseButton.LeftButton)
    assert prose.hasFocus()
    qtbot.keyClicks(prose, "loud")
    assert writing.button("format_bold").isChecked()
    qtbot.keyClick(prose, Qt.Key.Key_B, CONTROL)
    assert not writing.button("format_bold").isChecked()
    qtbot.mouseClick(writing.button("format_bullet"), Qt.MouseButton.LeftButton)
    assert prose.blocks() == (Block((Run("loud", bold=True),), BlockKind.BULLET),)
    assert writing.button("format_bullet").isChecked()
    writing.page.list.setFocus()
    qtbot.waitUntil(lambda: not writing.page.note.formats.isVisible())


def test_the_date_in_words_and_the_time_by_their_keys(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down()
    qtbot.keyClick(prose, Qt.Key.Key_Semicolon, CONTROL)
    assert prose.toPlainText() == long_date(date.today())
    qtbot.keyClicks(prose, " ")
    qtbot.keyClick(prose, Qt.Key.Key_Semicolon, CONTROL | SHIFT)
    assert re.fullmatch(rf"{long_date(date.today())} \d\d:\d\d", prose.toPlainText())
    for action in prose.actions():  # where the colon is Shift and the semicolon, Qt would do neither of these two
        assert {each.toString() for each in action.shortcuts()} != {"Ctrl+Shift+;", "Ctrl+:"}
    qtbot.keyClicks(prose, " ")
    qtbot.keyClick(prose, Qt.Key.Key_Colon, CONTROL | SHIFT)
    assert re.fullmatch(rf"{long_date(date.today())} \d\d:\d\d \d\d:\d\d", prose.toPlainText())
