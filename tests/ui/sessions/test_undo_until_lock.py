"""An open note keeps its steps to undo until lock: left and opened again, Ctrl+Z takes back its last words."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from ipt_desktop.domain import rich_text
from tests.ui.sessions.conftest import SessionsRoom
from ui.forms.writing.kept_texts import KeptTexts

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def room(sessions_room: SessionsRoom, qtbot: QtBot) -> SessionsRoom:
    """Two sessions; in the later one's note "Saw Johan." was stored before, and " Then Elin." is typed now."""
    first, second = sessions_room.room.sessions(sessions_room.course, 2)
    sessions_room.write(first, "The first time.")
    sessions_room.write(second, "Saw Johan.")
    sessions_room.show()
    write_on(sessions_room, qtbot, " Then Elin.")
    return sessions_room


def write_on(room: SessionsRoom, qtbot: QtBot, words: str) -> None:
    text = room.text()
    text.setFocus()
    text.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(text, words)


def undo(text: QTextEdit, qtbot: QtBot) -> None:
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Z, CONTROL)


def test_what_was_typed_last_in_a_note_is_taken_back_after_another_note(room: SessionsRoom, qtbot: QtBot):
    first, second = room.sessions()
    assert room.page.choose_session(first.id)
    write_on(room, qtbot, " More.")
    assert room.page.choose_session(second.id)
    assert room.text().toPlainText() == "Saw Johan. Then Elin."
    undo(room.text(), qtbot)
    assert room.text().toPlainText() == "Saw Johan."
    assert room.page.flush()
    assert "Elin" not in room.stored(second)
    qtbot.keyClick(room.text(), Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert room.text().toPlainText() == "Saw Johan. Then Elin."
    assert room.page.choose_session(first.id)
    undo(room.text(), qtbot)
    assert room.text().toPlainText() == "The first time."


def test_it_goes_on_after_another_client(room: SessionsRoom, qtbot: QtBot):
    other = room.room.client("Ewan Drummond")
    room.frame.choose_client(other.id)
    assert room.page.findChild(QTextEdit, "field_what_happened_prose") is None
    room.frame.choose_client(room.client.id)
    undo(room.text(), qtbot)
    assert room.text().toPlainText() == "Saw Johan."


def test_a_note_that_was_written_elsewhere_meanwhile_begins_anew(room: SessionsRoom, qtbot: QtBot):
    first, second = room.sessions()
    assert room.page.choose_session(first.id)
    room.write(second, "Written elsewhere.")
    assert room.page.choose_session(second.id)
    undo(room.text(), qtbot)
    assert room.text().toPlainText() == "Written elsewhere."


def test_a_lock_leaves_no_text_and_no_step_behind(room: SessionsRoom):
    first, _second = room.sessions()
    assert room.page.choose_session(first.id)
    kept = [each for each in room.page.findChildren(QTextDocument) if "Elin" in each.toPlainText()]
    assert kept
    assert room.page.flush()
    room.page.forget()
    for text in [*kept, *room.page.findChildren(QTextDocument)]:
        text.undo()
        assert text.toPlainText() == ""


def test_the_notes_left_longest_ago_are_let_go_of_first(qtbot: QtBot):
    holder = QObject()
    keeper = KeptTexts(holder, most=2)
    for note in ("a", "b", "c"):
        text = QTextDocument()
        QTextCursor(text).insertText(note)
        keeper.keep(note, "told", text)
    given = {note: keeper.give_back(note, "told", rich_text.plain(note)) for note in ("a", "b", "c")}
    assert [note for note, text in given.items() if text is not None] == ["b", "c"]
