"""Prose: what is typed is what is stored, to the letter, with its bold, italic and kinds of block."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.rich_text import Block, BlockKind, RichText, Run
from ui.forms.prose import ProseEdit
from ui.theme import Theme

# What a keyboard or an import can bring: no controls, no lone surrogates, no noncharacters, no ends of lines.
LETTERS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"), exclude_characters="\ufffc"), min_size=1, max_size=12
)


def _merged(runs: list[Run]) -> tuple[Run, ...]:
    merged: list[Run] = []
    for run in runs:
        if merged and (merged[-1].bold, merged[-1].italic) == (run.bold, run.italic):
            merged[-1] = Run(merged[-1].text + run.text, run.bold, run.italic)
        else:
            merged.append(run)
    return tuple(merged)


RUNS = st.lists(st.builds(Run, LETTERS, st.booleans(), st.booleans()), max_size=4).map(_merged)
TEXTS = st.lists(st.builds(Block, RUNS, st.sampled_from(BlockKind)), max_size=6).map(tuple)


@pytest.fixture
def page(qtbot: QtBot, themed: Theme) -> QWidget:
    page = QWidget()
    page.resize(400, 600)
    qtbot.addWidget(page)
    return page


@pytest.fixture
def prose(page: QWidget) -> ProseEdit:
    edit = ProseEdit(page, name="words", spoken="Words")
    edit.setFixedWidth(360)
    page.show()
    edit.setFocus()
    return edit


@given(blocks=TEXTS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_stored_is_read_back_to_the_letter(prose: ProseEdit, blocks: RichText):
    prose.fill(blocks)
    assert prose.blocks() == (() if blocks == (Block(),) else blocks)
    assert rich_text.from_json(rich_text.to_json(prose.blocks())) == prose.blocks()


@given(lines=st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20), min_size=1, max_size=5))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_typed_is_what_is_stored(prose: ProseEdit, qtbot: QtBot, lines: list[str]):
    prose.fill(())
    for number, line in enumerate(lines):
        if number:
            qtbot.keyClick(prose, Qt.Key.Key_Return)
        qtbot.keyClicks(prose, line)
    assert rich_text.as_plain(prose.blocks()) == "\n".join(lines)
    assert {block.kind for block in prose.blocks()} <= {BlockKind.PARAGRAPH}


def test_markup_is_only_letters(prose: ProseEdit, qtbot: QtBot):
    qtbot.keyClicks(prose, "* <b>not</b> ~~x~~ > # 1. _a_")
    assert prose.blocks() == rich_text.plain("* <b>not</b> ~~x~~ > # 1. _a_")


def test_bold_and_italic_by_key(prose: ProseEdit, qtbot: QtBot):
    qtbot.keyClicks(prose, "a ")
    qtbot.keyClick(prose, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(prose, "b")
    qtbot.keyClick(prose, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(prose, "c")
    qtbot.keyClick(prose, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(prose, "d")
    assert prose.blocks()[0].runs == (
        Run("a "), Run("b", bold=True), Run("c", bold=True, italic=True), Run("d", italic=True)
    )  # fmt: skip


@pytest.mark.parametrize("kind", [BlockKind.HEADING, BlockKind.BULLET, BlockKind.NUMBERED, BlockKind.QUOTE])
def test_a_kind_is_put_on_and_taken_off_and_keeps_the_emphasis(prose: ProseEdit, kind: BlockKind):
    runs = (Run("one "), Run("two\U0001f600", bold=True), Run(" three", italic=True))
    prose.fill((Block(runs), Block(runs)))
    prose.selectAll()
    prose.make(kind)
    assert prose.blocks() == (Block(runs, kind), Block(runs, kind))
    prose.make(kind)
    assert prose.blocks() == (Block(runs), Block(runs))


def test_enter_ends_a_heading_and_an_empty_item_ends_its_list(prose: ProseEdit, qtbot: QtBot):
    prose.make(BlockKind.HEADING)
    qtbot.keyClicks(prose, "Head")
    qtbot.keyClick(prose, Qt.Key.Key_Return)
    qtbot.keyClicks(prose, "text")
    qtbot.keyClick(prose, Qt.Key.Key_Return)
    prose.make(BlockKind.BULLET)
    qtbot.keyClicks(prose, "one")
    qtbot.keyClick(prose, Qt.Key.Key_Return)
    qtbot.keyClicks(prose, "two")
    qtbot.keyClick(prose, Qt.Key.Key_Return)
    qtbot.keyClick(prose, Qt.Key.Key_Return)
    qtbot.keyClicks(prose, "after")
    assert prose.blocks() == (
        Block((Run("Head"),), BlockKind.HEADING),
        Block((Run("text"),)),
        Block((Run("one"),), BlockKind.BULLET),
        Block((Run("two"),), BlockKind.BULLET),
        Block((Run("after"),)),
    )


def test_pasting_brings_plain_text_with_its_lines(prose: ProseEdit):
    mime = QMimeData()
    mime.setHtml("<h1>Big</h1><b>bold</b>")
    mime.setText("Big\r\nbold\u2028soft\x07")
    prose.insertFromMimeData(mime)
    assert prose.blocks() == rich_text.plain("Big\nbold\nsoft")


def test_tab_leaves_the_field(prose: ProseEdit, qtbot: QtBot):
    other = ProseEdit(prose.parentWidget(), name="other", spoken="Other")
    other.show()
    qtbot.keyClick(prose, Qt.Key.Key_Tab)
    assert other.hasFocus()
    assert prose.blocks() == ()


def test_edited_is_said_of_typing_and_not_of_filling(prose: ProseEdit, qtbot: QtBot):
    heard: list[str] = []
    prose.edited.connect(lambda: heard.append(rich_text.as_plain(prose.blocks())))
    prose.fill(rich_text.plain("stored"))
    assert heard == []
    prose.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(prose, "!")
    assert heard == ["stored!"]


def test_undo_does_not_reach_before_what_was_stored(prose: ProseEdit, qtbot: QtBot):
    prose.fill(rich_text.plain("stored"))
    qtbot.keyClicks(prose, "x")
    for _again in range(3):
        qtbot.keyClick(prose, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert prose.blocks() == rich_text.plain("stored")


def test_the_field_grows_with_its_text_without_a_scroll_bar(prose: ProseEdit):
    low = prose.height()
    prose.fill(rich_text.plain("\n".join(["line"] * 10)))
    assert prose.height() > low + 100
    assert not prose.verticalScrollBar().isVisible()
    prose.fill(rich_text.plain("\n".join(["line"] * 100)))
    assert prose.verticalScrollBar().isVisible()
    prose.fill(())
    assert prose.height() == low
