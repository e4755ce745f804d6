"""Two notes at once with real keys on a real practice: each kept by itself, none open twice, and no word left by a lock."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Session
from ipt_desktop.services.recovery_code import code_of
from tests.ui.naming import unnamed
from tests.ui.practice_room import KEY
from tests.ui.sessions.conftest import SessionsRoom
from tests.ui.sessions.test_window import OpenWindow, open_window, unlock
from ui.sessions.page import SessionsPage


def press(page: SessionsPage, name: str) -> None:
    action = page.findChild(QAction, name)
    assert action is not None
    action.trigger()


def second_text(page: SessionsPage, field: str = "what_happened") -> QTextEdit:
    found = page.columns.beside.second.findChild(QTextEdit, f"field_{field}_prose")
    assert found is not None
    return found


def row_of(page: SessionsPage, session: Session) -> QPoint:
    model = page.list.lines
    return page.list.visualRect(model.index(model.row_of(session.id))).center()


@pytest.fixture
def beside(sessions_room: SessionsRoom) -> tuple[SessionsRoom, list[Session]]:
    """Three sessions, something written in the second, the third open."""
    sessions = sessions_room.room.sessions(sessions_room.course, 3)
    sessions_room.write(sessions[1], "He cancelled by text.")
    sessions_room.show()
    assert sessions_room.page.list.chosen_id() == sessions[2].id
    return sessions_room, sessions


def test_what_leads_out_of_a_note_leads_out_of_the_one_beside_too(beside: tuple[SessionsRoom, list[Session]], qtbot: QtBot):
    page = beside[0].page
    press(page, "note_beside")
    second = page.columns.beside.second
    second.unfold_all()
    goals = second.findChild(QPushButton, "field_goals_none")
    assert goals is not None
    qtbot.waitUntil(goals.isVisible)
    qtbot.mouseClick(goals, Qt.MouseButton.LeftButton)
    assert beside[0].frame.tab == "phases"


def test_the_last_note_beside_this_one_and_both_are_kept_typed_in_turn(
    beside: tuple[SessionsRoom, list[Session]], qtbot: QtBot
):
    room, (first, second, third) = beside
    page = room.page
    page.note.focus_note()
    qtbot.keyClicks(room.text(), "Rang him. ")
    action = page.findChild(QAction, "note_beside")
    assert action is not None
    assert action.shortcut().toString() == "Ctrl+Shift+L"
    action.trigger()
    there = second_text(page)
    assert there.toPlainText() == "He cancelled by text."
    qtbot.waitUntil(there.hasFocus)
    qtbot.keyClicks(there, " Anger came late.")
    room.text().setFocus()
    qtbot.keyClicks(room.text(), "He agreed.")
    there.setFocus()
    qtbot.keyClicks(there, " As tears.")
    qtbot.waitUntil(lambda: "Anger came late. As tears." in room.stored(second))
    qtbot.waitUntil(lambda: "Rang him. He agreed." in room.stored(third))
    assert room.stored(first) == "[]"
    assert "Anger" not in room.stored(third)
    assert "He agreed" not in room.stored(second)
    lines = page.list.lines
    told = lines.index(lines.row_of(second.id))
    qtbot.waitUntil(lambda: "Anger came late" in told.data(Qt.ItemDataRole.AccessibleTextRole))
    qtbot.waitUntil(lambda: page.columns.beside.second.save_state.words().startswith("Saved"))
    assert unnamed(page) == []


def test_its_own_saves_don_t_set_either_note_anew(beside: tuple[SessionsRoom, list[Session]], qtbot: QtBot):
    room, (_first, second, _third) = beside
    press(room.page, "note_beside")
    here, there = room.text(), second_text(room.page)
    qtbot.keyClicks(there, "One. ")
    qtbot.keyClicks(here, "Two. ")
    assert room.page.flush()
    qtbot.waitUntil(lambda: "One. " in room.stored(second))
    qtbot.wait(0)
    assert (room.text(), second_text(room.page)) == (here, there)
    assert there.document().isUndoAvailable()


def test_esc_and_the_key_close_it_with_every_word_kept(beside: tuple[SessionsRoom, list[Session]], qtbot: QtBot):
    room, (_first, second, _third) = beside
    page = room.page
    press(page, "note_beside")
    qtbot.keyClicks(second_text(page), "Before Esc. ")
    qtbot.keyClick(second_text(page), Qt.Key.Key_Escape)
    assert not page.columns.beside.is_open
    assert "Before Esc. " in room.stored(second)
    assert not page.columns.beside.second.isVisible()
    assert page.columns.beside.second.title.text() == ""
    press(page, "note_beside")
    assert page.columns.beside.is_open
    press(page, "note_beside")
    assert not page.columns.beside.is_open


def test_from_the_list_with_ctrl_and_by_its_menu(beside: tuple[SessionsRoom, list[Session]], qtbot: QtBot):
    room, (first, second, third) = beside
    page = room.page
    port = page.list.viewport()
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, row_of(page, first))
    assert page.columns.beside.is_open
    assert page.columns.beside.second.title.text() == "Session 1"
    assert page.list.chosen_id() == third.id
    qtbot.mouseClick(port, Qt.MouseButton.RightButton, pos=row_of(page, second))
    assert page.list.chosen_id() == third.id
    press_menu(page, row_of(page, second))
    assert page.columns.beside.second.title.text() == "Session 2"


def press_menu(page: SessionsPage, place: QPoint) -> None:
    from PySide6.QtGui import QContextMenuEvent
    from PySide6.QtWidgets import QApplication

    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, page.list.viewport().mapToGlobal(place))
    QApplication.sendEvent(page.list.viewport(), event)
    menu = page.list.findChild(QMenu, "session_list_menu")
    assert menu is not None
    menu.actions()[0].trigger()
    menu.close()


def test_no_note_is_open_twice(beside: tuple[SessionsRoom, list[Session]], qtbot: QtBot):
    room, (_first, second, third) = beside
    page = room.page
    assert not page.columns.beside.open_beside(third.id)
    assert not page.columns.beside.is_open
    qtbot.waitUntil(room.text().hasFocus)
    press(page, "note_beside")
    qtbot.keyClicks(second_text(page), "Typed beside. ")
    qtbot.keyClicks(room.text(), "Typed here.")
    assert page.choose_session(second.id)  # the two change places
    assert page.note.writer.document is not None
    assert page.note.writer.document.session_id == second.id
    assert "Typed beside. " in room.text().toPlainText()
    assert page.columns.beside.second.title.text() == "Session 3"
    assert second_text(page).toPlainText() == "Typed here."


def test_the_list_changes_the_first_and_leaves_the_second(beside: tuple[SessionsRoom, list[Session]], qtbot: QtBot):
    room, (first, second, _third) = beside
    page = room.page
    press(page, "note_beside")
    there = second_text(page)
    qtbot.keyClicks(there, "Not saved yet. ")
    assert page.choose_session(first.id)
    assert page.columns.beside.is_open
    assert second_text(page) is there
    assert "Not saved yet. " in room.stored(second)


@pytest.mark.parametrize("typed_in", ["first", "second"])
def test_a_save_that_fails_in_either_keeps_both_in_sight(
    beside: tuple[SessionsRoom, list[Session]], qtbot: QtBot, typed_in: str
):
    room, (first, second, third) = beside
    page = room.page
    press(page, "note_beside")
    text = room.text() if typed_in == "first" else second_text(page)
    room.break_disk()
    qtbot.keyClicks(text, "The last words. ")
    assert not page.flush()
    assert not page.choose_session(first.id)
    if typed_in == "second":
        press(page, "note_beside")
        assert page.columns.beside.is_open
    assert "The last words. " in text.toPlainText()
    assert room.frame.said[-1][0] == "The last change could not be saved"
    room.mend_disk()
    assert page.flush()
    assert "The last words. " in room.stored(third if typed_in == "first" else second)


def test_what_succeeds_in_one_does_not_hide_what_fails_in_the_other(beside: tuple[SessionsRoom, list[Session]], qtbot: QtBot):
    room, (_first, second, _third) = beside
    page = room.page
    press(page, "note_beside")
    document = page.columns.beside.second.writer.document
    assert document is not None
    trigger = (
        f"CREATE TEMP TRIGGER full BEFORE INSERT ON revision WHEN NEW.document_id = '{document.id}' "
        "BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    )
    room._run(trigger)
    qtbot.keyClicks(second_text(page), "Not kept. ")
    assert not page.columns.beside.second.writer.flush()
    said = len(room.frame.said)
    qtbot.keyClicks(room.text(), "Kept.")
    assert page.note.writer.flush()
    qtbot.waitUntil(lambda: len(room.frame.said) > said)  # said once more
    room.mend_disk()
    qtbot.waitUntil(lambda: "Not kept. " in room.stored(second), timeout=10_000)


def test_the_private_page_and_the_second_note_give_each_other_room(beside: tuple[SessionsRoom, list[Session]], qtbot: QtBot):
    room, (_first, second, _third) = beside
    page = room.page
    room.desk.private.open_with_code(code_of(KEY))
    press(page, "note_beside")
    qtbot.keyClicks(second_text(page), "Kept on the way. ")
    press(page, "private_page")
    assert page.columns.side.is_turned
    assert not page.columns.beside.is_open
    assert "Kept on the way. " in room.stored(second)
    press(page, "note_beside")
    assert not page.columns.side.is_turned
    assert page.columns.beside.is_open


def test_another_client_and_back_it_is_beside_again_and_lock_forgets_it(
    beside: tuple[SessionsRoom, list[Session]], qtbot: QtBot
):
    room, (_first, second, _third) = beside
    page = room.page
    press(page, "note_beside")
    qtbot.keyClicks(second_text(page), "Canary. ")
    other = room.room.client("Ingrid Other")
    room.room.sessions(room.room.course(other), 1)
    room.frame.choose_client(other.id)
    assert not page.columns.beside.is_open
    assert "Canary" not in "".join(each.toPlainText() for each in page.findChildren(QTextEdit))
    room.frame.choose_client(room.client.id)
    assert page.columns.beside.is_open
    assert "Canary. " in second_text(page).toPlainText()
    page.forget()
    assert "Canary" not in "".join(each.toPlainText() for each in page.findChildren(QTextEdit))
    page.show_client(room.client.id, room.course.id)
    assert not page.columns.beside.is_open
    assert "Canary. " in room.stored(second)


def test_what_is_written_elsewhere_shows_and_a_session_that_goes_closes(
    beside: tuple[SessionsRoom, list[Session]], qtbot: QtBot
):
    room, (first, second, _third) = beside
    page = room.page
    press(page, "note_beside")
    room.write(second, "From another place.")
    qtbot.waitUntil(lambda: second_text(page).toPlainText() == "From another place.")
    page.columns.beside.open_beside(first.id)
    room.desk.sessions.remove_session(first.id)
    qtbot.waitUntil(lambda: not page.columns.beside.is_open)


@pytest.mark.parametrize(("width", "is_across"), [(1280, True), (1000, False)])
def test_both_have_room_or_stand_one_above_the_other(
    beside: tuple[SessionsRoom, list[Session]], qtbot: QtBot, width: int, is_across: bool
):
    room, _sessions = beside
    page = room.page
    room.frame.resize(width, 800)
    press(page, "note_beside")
    across = page.columns.beside.orientation() is Qt.Orientation.Horizontal
    assert across is is_across
    notes = (page.note, page.columns.beside.second)
    assert all(note.isVisible() for note in notes)
    qtbot.waitUntil(lambda: all(note.scroller.horizontalScrollBar().maximum() == 0 for note in notes))

    def left(part: QWidget) -> int:
        return part.mapTo(room.frame, QPoint()).x()

    there, title = second_text(page), page.columns.beside.second.title
    qtbot.waitUntil(lambda: left(there) == left(title) and (across or left(there) == left(room.text())))
    if across:
        assert not page.list.isVisible()
        page.columns.toggle_list()
        assert page.list.isVisible()


def test_change_comes_back_with_the_room_where_it_is_of_use_and_not_in_a_running_session(
    beside: tuple[SessionsRoom, list[Session]], qtbot: QtBot
):
    room, _sessions = beside
    change = room.button("session_change")
    press(room.page, "note_beside")
    assert not change.isVisible()
    press(room.page, "note_beside")
    assert change.isVisible()
    room.page.start_session()
    press(room.page, "note_beside")
    press(room.page, "note_beside")
    assert not change.isVisible()


def test_without_an_earlier_note_it_says_so(sessions_room: SessionsRoom):
    sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    press(page, "note_beside")
    assert not page.columns.beside.is_open
    assert page.note.bar.title() == "There is no earlier note in this course"


@pytest.fixture
def window_room(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, tmp_path / "practice") as made:
        yield made


def test_a_lock_keeps_both_and_comes_back_to_both(window_room: OpenWindow, qtbot: QtBot):
    opened = window_room
    desk = opened.workspace.desk
    before = Session(course_id=opened.session.course_id, date=opened.session.date - timedelta(weeks=1))
    desk.sessions.add_session(before)
    qtbot.waitUntil(lambda: len(opened.page.list.lines._entries) > 2)
    assert opened.page.columns.beside.open_beside(before.id)
    qtbot.keyClicks(second_text(opened.page), "Typed beside")
    qtbot.keyClicks(opened.text, "Typed here")
    second = opened.page.columns.beside.second
    assert opened.window.lock()
    assert "Typed" not in second.title.text() + "".join(each.toPlainText() for each in second.findChildren(QTextEdit))
    unlock(qtbot, opened.window)
    assert "Typed here" in opened.stored()
    assert opened.page.columns.beside.is_open
    assert second_text(opened.page).toPlainText() == "Typed beside"
    close = opened.page.findChild(QPushButton, "second_close")
    assert close is not None
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not opened.page.columns.beside.is_open


def test_what_is_asked_for_by_key_is_meant_for_the_note_the_keyboard_is_in(
    beside: tuple[SessionsRoom, list[Session]], qtbot: QtBot
):
    room, (_first, second, third) = beside
    page = room.page
    room.write(third, "Rang him.")
    page.refresh()
    assert page.columns.beside.open_beside(second.id)
    text, other = second_text(page), page.columns.beside.second
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    press(page, "find_in_note")
    assert other.finding.isVisible()
    assert not page.note.finding.isVisible()
    qtbot.keyClicks(other.finding.field, "by text")
    assert other.finding.count.text() == "the only place"
    qtbot.keyClick(other.finding.field, Qt.Key.Key_Escape)
    press(page, "sign_note")
    assert other.signing.panel.isVisible()
    assert not page.note.signing.panel.isVisible()
    other.signing.leave()
    link = other.findChild(QPushButton, "note_history_link")
    assert link is not None
    link.click()
    shown = page.columns.history.page
    assert shown is not None
    assert shown.isVisible()
    assert [shown.document_id] == [each.id for each in room.desk.documents.of_session(second.id)]
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    qtbot.waitUntil(text.hasFocus)
