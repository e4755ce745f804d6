"""Hostile pastes are cleaned or refused, with a word at the field; what is typed stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.pasted import MOST_LETTERS, clean
from tests.ui.writing.conftest import CONTROL, SHIFT, Desk
from ui.forms.prose import ProseEdit


def paste(qtbot: QtBot, prose: ProseEdit, mime: QMimeData, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
    QGuiApplication.clipboard().setMimeData(mime)
    qtbot.keyClick(prose, Qt.Key.Key_V, modifiers)
    QGuiApplication.clipboard().clear()


def of_text(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    return mime


@given(st.text(st.characters(), max_size=60))
def test_whatever_is_taken_can_be_stored_and_read(text: str):
    taken = clean(text).text
    assert taken.encode("utf-8").decode("utf-8") == taken
    assert not any(each in taken for each in "\x00\x1b\x7f\ufffc\u202e\u2066\r\u2028")
    assert clean(taken).text == taken


def test_a_pair_of_surrogates_is_the_letter_it_stands_for():
    assert clean("a\ud83d\ude00b\ud800c").text == "a\U0001f600bc"


@pytest.mark.parametrize("modifiers", [CONTROL, CONTROL | SHIFT])
def test_html_with_pictures_and_scripts_brings_its_plain_text(writing: Desk, qtbot: QtBot, modifiers: Qt.KeyboardModifier):
    prose = writing.sit_down("Before: ")
    mime = of_text("Big\r\nbold")
    mime.setHtml("<h1>Big</h1><b>bold</b><img src='file:///etc/passwd'><script>alert(1)</script>")
    paste(qtbot, prose, mime, modifiers)
    assert prose.blocks() == rich_text.plain("Before: Big\nbold")
    assert writing.notice() == ""


def test_html_alone_brings_its_words_and_nothing_else(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down()
    mime = QMimeData()
    mime.setHtml("<p>One <b>two</b></p><img src='http://x.test/y.png'><script>alert(1)</script><p>three</p>")
    paste(qtbot, prose, mime)
    assert [line for line in prose.toPlainText().split("\n") if line] == ["One two", "three"]
    assert all(not run.bold for block in prose.blocks() for run in block.runs)


def test_controls_are_left_out_and_hidden_turns_are_told(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down()
    paste(qtbot, prose, of_text("a\x00b\x1b[31mc\x7f"))
    assert prose.toPlainText() == "ab[31mc"
    assert writing.notice() == ""
    paste(qtbot, prose, of_text(" \u202egnp.exe\u202c \u2066x\u2069"))
    assert prose.toPlainText() == "ab[31mc gnp.exe x"
    assert "turn the direction of writing were left out" in writing.notice()
    qtbot.keyClicks(prose, "!")
    assert writing.notice() == ""


def test_ten_megabytes_are_refused_with_a_word_and_nothing_changes(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down("Stays.")
    paste(qtbot, prose, of_text("x" * 10_000_000))
    assert prose.toPlainText() == "Stays."
    assert "10,000,000 characters" in writing.notice()
    assert "Nothing was changed" in writing.notice()
    mime = QMimeData()
    mime.setHtml("<p>x</p>" * 1_250_000)
    paste(qtbot, prose, mime)
    assert prose.toPlainText() == "Stays."
    assert not writing.page.note.view.is_touched()


def test_the_most_that_is_taken_is_stored_to_the_letter(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down()
    text = ("a line of a long report\n" * (MOST_LETTERS // 24))[:MOST_LETTERS].strip()
    paste(qtbot, prose, of_text(text))
    assert prose.toPlainText() == text
    assert writing.undo(prose) == ""


def test_a_picture_is_refused_with_a_word(writing: Desk, qtbot: QtBot):
    prose = writing.sit_down()
    mime = QMimeData()
    mime.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    paste(qtbot, prose, mime)
    assert prose.toPlainText() == ""
    assert "A picture" in writing.notice()


def test_a_dropped_file_is_its_address_and_not_its_words(writing: Desk):
    prose = writing.sit_down()
    mime = QMimeData()
    mime.setUrls([QUrl("file:///etc/passwd")])
    prose.insertFromMimeData(mime)
    assert prose.toPlainText() == "file:///etc/passwd"
