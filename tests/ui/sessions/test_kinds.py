"""Sessions of other kinds: made from the menu beside *New*, told in words, changed with who attends, and undone."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Attendance, Session, SessionKind, SessionMode
from tests.ui.naming import unnamed
from tests.ui.sessions.conftest import SessionsRoom

TODAY = date.today()
ATTENDING = ("session_attendance", "session_attending")


def make(room: SessionsRoom, kind: SessionKind) -> Session:
    """Make one from the menu behind the arrow beside *New*."""
    menu = room.page.findChild(QMenu, "list_new_kind")
    assert menu is not None
    known = {each.id for each in room.sessions()}
    menu.findChild(QAction, f"list_new_kind_{kind}").trigger()  # type: ignore[union-attr]
    (made,) = [each for each in room.sessions() if each.id not in known]
    return made


def title(room: SessionsRoom) -> str:
    found = room.page.findChild(QLabel, "session_title")
    assert found is not None
    return found.text()


@pytest.mark.parametrize(
    ("kind", "words", "mode"),
    [
        (SessionKind.INTAKE, "Intake", SessionMode.VIDEO),
        (SessionKind.JOINT, "Session 2, joint", SessionMode.VIDEO),
        (SessionKind.PHONE, "Telephone contact", SessionMode.PHONE),
        (SessionKind.CRISIS, "Crisis contact", SessionMode.PHONE),
        (SessionKind.SUPERVISION, "Supervision", SessionMode.VIDEO),
        (SessionKind.LETTER, "Letter", SessionMode.IN_PERSON),
    ],
)
def test_each_kind_is_made_and_told_in_words(
    sessions_room: SessionsRoom, qtbot: QtBot, kind: SessionKind, words: str, mode: SessionMode
):
    before = Session(course_id=sessions_room.course.id, date=sessions_room.course.started_on, mode=SessionMode.VIDEO)
    sessions_room.desk.sessions.add_session(before)
    page = sessions_room.show()
    made = make(sessions_room, kind)
    assert (made.kind, made.mode, made.attendance, made.date) == (kind, mode, None, TODAY)
    assert title(sessions_room) == words
    assert page.list.chosen_id() == made.id
    row = next(each for each in sessions_room.rows() if "Today" in each)
    assert words.split(" ")[0].split(",")[0] in row or "Joint session" in row
    qtbot.waitUntil(sessions_room.text().hasFocus)
    sessions_room.frame.stack.undo()
    assert sessions_room.sessions() == [before]


def test_a_letter_has_no_hour_and_nobody_attends_it(sessions_room: SessionsRoom):
    sessions_room.show()
    letter = make(sessions_room, SessionKind.LETTER)
    assert (letter.starts_at, letter.ends_at) == (None, None)
    line = sessions_room.page.findChild(QLabel, "session_line")
    assert line is not None
    assert "attendance" not in line.text()
    assert "in person" not in line.text()
    sessions_room.page.ask_for_change()
    assert not any(sessions_room.widget(name).isVisible() for name in (*ATTENDING, "session_start", "session_mode"))
    assert sessions_room.widget("session_date").isVisible()


def test_nobody_asks_who_came_to_supervision(sessions_room: SessionsRoom, qtbot: QtBot):
    (attended,) = sessions_room.room.sessions(sessions_room.course, 1, attendance=Attendance.ATTENDED)
    sessions_room.write(attended, "Rang him.")
    page = sessions_room.show()
    page.ask_for_change()
    assert sessions_room.widget("session_attendance").isVisible()
    qtbot.mouseClick(sessions_room.button("session_kind_supervision"), Qt.MouseButton.LeftButton)
    assert not sessions_room.widget("session_attendance").isVisible()
    assert sessions_room.widget("session_mode").isVisible()
    assert sessions_room.sessions()[0].attendance is None
    line = page.findChild(QLabel, "session_line")
    assert line is not None
    assert "attend" not in line.text()
    assert "attend" not in " ".join(sessions_room.rows())
    page.refresh()
    assert page.choose_session(attended.id)
    sessions_room.frame.stack.undo()
    assert sessions_room.sessions()[0].attendance is Attendance.ATTENDED
    qtbot.waitUntil(sessions_room.widget("session_attendance").isVisible)


def test_the_kind_can_be_changed_and_never_be_none(sessions_room: SessionsRoom, qtbot: QtBot):
    sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    page.ask_for_change()
    qtbot.mouseClick(sessions_room.button("session_kind_intake"), Qt.MouseButton.LeftButton)
    assert sessions_room.sessions()[0].kind is SessionKind.INTAKE
    assert title(sessions_room) == "Intake"
    qtbot.mouseClick(sessions_room.button("session_kind_intake"), Qt.MouseButton.LeftButton)
    assert sessions_room.sessions()[0].kind is SessionKind.INTAKE
    pressed = page.findChild(QAbstractButton, "session_kind_intake")
    assert pressed is not None
    assert pressed.isChecked()
    sessions_room.frame.stack.undo()
    assert sessions_room.sessions()[0].kind is SessionKind.SESSION


def test_who_attends_is_people_and_words_and_undone(sessions_room: SessionsRoom, qtbot: QtBot):
    johan = sessions_room.desk.circles.add_person(sessions_room.client.id, "Johan", "husband")
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    page.ask_for_change()
    qtbot.mouseClick(sessions_room.button("field_attendees_add"), Qt.MouseButton.LeftButton)
    menu = page.findChild(QMenu, "field_attendees_menu")
    assert menu is not None
    menu.actions()[0].trigger()
    menu.close()
    assert sessions_room.sessions()[0].attendee_ids == [johan.id]
    words = page.findChild(QLineEdit, "session_attendees")
    assert words is not None
    words.setFocus()
    qtbot.keyClicks(words, "an interpreter")
    qtbot.keyClick(words, Qt.Key.Key_Return)
    assert sessions_room.sessions()[0].attendees == "an interpreter"
    assert unnamed(page) == []
    sessions_room.frame.stack.undo()
    sessions_room.frame.stack.undo()
    assert sessions_room.sessions() == [session]
    qtbot.waitUntil(lambda: not words.text())


def test_what_is_typed_of_who_attends_is_kept_when_the_note_is_left(sessions_room: SessionsRoom, qtbot: QtBot):
    first, second = sessions_room.room.sessions(sessions_room.course, 2)
    page = sessions_room.show()
    page.ask_for_change()
    words = page.findChild(QLineEdit, "session_attendees")
    assert words is not None
    words.setFocus()
    qtbot.keyClicks(words, "her sister")
    assert page.choose_session(first.id)
    assert sessions_room.desk.sessions.session(second.id).attendees == "her sister"
    assert words.text() == ""


def test_one_that_stands_beside_the_sessions_is_not_shown_as_missed(sessions_room: SessionsRoom):
    sessions_room.desk.sessions.add_session(
        Session(course_id=sessions_room.course.id, date=TODAY, kind=SessionKind.INTAKE, attendance=Attendance.ATTENDED)
    )
    page = sessions_room.show()
    line = page.list.lines.line_in(page.list.currentIndex().row())
    assert line is not None
    assert line.is_held
    assert line.number is None
