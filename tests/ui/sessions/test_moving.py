"""A note moves to another client, a session to another course: with real keys, nothing chosen beforehand, told and undone."""

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Course, EndingKind, Session
from tests.ui.naming import unnamed
from tests.ui.sessions.conftest import SessionsRoom
from tests.ui.sessions.test_page import press
from ui.sessions.note_mover import MovePanel


def asked(room: SessionsRoom) -> MovePanel:
    press(room.page, "move_note")
    panel = room.page.columns.moving.panel
    assert panel is not None
    return panel


def test_a_note_is_moved_told_and_undone(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    other = sessions_room.room.client("Piotr Zalewski")
    course = sessions_room.room.course(other)
    theirs = sessions_room.desk.sessions.add_session(Session(course_id=course.id, date=session.date))
    sessions_room.show()
    qtbot.keyClicks(sessions_room.text(), "About Piotr in truth.")
    panel = asked(sessions_room)
    assert "About Piotr" in sessions_room.stored(session)
    assert not panel.go.isEnabled()
    assert unnamed(panel) == []
    qtbot.keyClick(panel.clients, Qt.Key.Key_Down)
    assert panel.clients.currentText() == "Piotr Zalewski"
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    assert "About Piotr" in sessions_room.stored(theirs)
    assert sessions_room.stored(session) == "[]"
    assert not panel.isVisible()
    assert panel.clients.count() == 0
    qtbot.waitUntil(lambda: sessions_room.text().toPlainText() == "")
    assert "P.Z." in sessions_room.page.note.bar.text()
    assert "Zalewski" not in sessions_room.page.note.bar.text()
    undo = sessions_room.page.note.bar.findChild(QPushButton, "move_note_undo")
    assert undo is not None
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert "About Piotr" in sessions_room.stored(session)
    qtbot.waitUntil(lambda: sessions_room.text().toPlainText() == "About Piotr in truth.")
    qtbot.keyClicks(sessions_room.text(), "No. ")
    assert sessions_room.page.flush()
    assert "No. About Piotr" in sessions_room.stored(session)


def test_initials_where_privacy_asks_for_them_and_esc_keeps_it(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    sessions_room.write(session, "Here.")
    sessions_room.room.client("Piotr Zalewski")
    sessions_room.show()
    sessions_room.frame.has_initials = True
    panel = asked(sessions_room)
    assert "Piotr" not in str([panel.clients.itemText(at) for at in range(panel.clients.count())])
    qtbot.keyClick(panel.clients, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert "Here." in sessions_room.stored(session)


def test_a_client_without_a_course_is_refused_in_words(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    sessions_room.write(session, "Here.")
    sessions_room.room.client("Piotr Zalewski")
    sessions_room.show()
    panel = asked(sessions_room)
    panel.clients.setCurrentIndex(1)
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    assert "no course of treatment" in str(sessions_room.frame.said)
    assert sessions_room.text().toPlainText() == "Here."


def test_another_note_puts_the_question_away(sessions_room: SessionsRoom):
    first, second = sessions_room.room.sessions(sessions_room.course, 2)
    for each in (first, second):
        sessions_room.write(each, "Here.")
    sessions_room.room.client("Piotr Zalewski")
    sessions_room.show()
    panel = asked(sessions_room)
    sessions_room.page.choose_session(first.id)
    assert not panel.isVisible()
    assert panel.clients.count() == 0


# -- a session to another course of the client -------------------------------------------------------------------------


def second_course(room: SessionsRoom) -> Course:
    """End the course and begin another one, which is shown then."""
    room.desk.courses.end_course(room.course.id, date.today(), EndingKind.PLANNED)
    return room.room.course(room.client)


def the_action(room: SessionsRoom) -> QAction:
    return next(each for each in room.page.menus()["Session"] if each.objectName() == "move_session")


def test_with_one_course_no_move_is_offered(sessions_room: SessionsRoom):
    sessions_room.room.sessions(sessions_room.course, 1)
    sessions_room.show()
    assert not the_action(sessions_room).isVisible()


def test_a_session_is_moved_to_another_course_told_and_undone(sessions_room: SessionsRoom, qtbot: QtBot):
    course = second_course(sessions_room)
    desk = sessions_room.desk
    wrong = desk.sessions.add_session(Session(course_id=course.id, date=date.today()))
    stays = desk.sessions.add_session(Session(course_id=course.id, date=date.today() + timedelta(weeks=1)))
    sessions_room.show()
    assert sessions_room.page.session == wrong
    qtbot.keyClicks(sessions_room.text(), "Of the first course.")
    action = the_action(sessions_room)
    assert action.isVisible()
    action.trigger()
    panel = sessions_room.page.columns.session_moving.panel
    assert panel is not None
    assert unnamed(panel) == []
    assert not panel.go.isEnabled()
    assert [panel.courses.itemText(at).split(" · ")[0] for at in range(panel.courses.count())] == [
        "Choose a course",
        "Course 1",
    ]
    qtbot.keyClick(panel.courses, Qt.Key.Key_Down)
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    assert desk.sessions.session(wrong.id).course_id == sessions_room.course.id
    assert "Of the first course." in sessions_room.stored(wrong)
    assert sessions_room.page.session == stays
    assert not panel.isVisible()
    focused = sessions_room.page.window().focusWidget()
    assert focused is not None
    assert sessions_room.page.note.isAncestorOf(focused)
    title, _words = sessions_room.frame.said[-1]
    assert title.endswith("was moved to course 1")
    sessions_room.frame.actions_said["move_session_undo"]()
    assert desk.sessions.session(wrong.id) == wrong
    assert title in sessions_room.frame.unsaid
    assert sessions_room.page.choose_session(wrong.id)
    assert sessions_room.text().toPlainText() == "Of the first course."
    qtbot.keyClicks(sessions_room.text(), "No. ")
    assert sessions_room.page.flush()
    assert "No. Of the first course." in sessions_room.stored(wrong)
    sessions_room.frame.stack.redo()
    assert desk.sessions.session(wrong.id).course_id == sessions_room.course.id


def test_the_way_there_shows_it_in_its_course(sessions_room: SessionsRoom, qtbot: QtBot):
    course = second_course(sessions_room)
    wrong = sessions_room.desk.sessions.add_session(Session(course_id=course.id, date=date.today()))
    sessions_room.show()
    the_action(sessions_room).trigger()
    panel = sessions_room.page.columns.session_moving.panel
    assert panel is not None
    qtbot.keyClick(panel.courses, Qt.Key.Key_Down)
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    assert sessions_room.page.session is None
    focused = sessions_room.page.window().focusWidget()
    assert focused is not None
    assert sessions_room.page.isAncestorOf(focused)
    sessions_room.frame.actions_said["move_session_there"]()
    assert sessions_room.frame.course_id == sessions_room.course.id
    assert sessions_room.page.session is not None
    assert sessions_room.page.session.id == wrong.id


def test_the_session_that_runs_is_not_moved_and_says_why(sessions_room: SessionsRoom, qtbot: QtBot):
    course = second_course(sessions_room)
    running = sessions_room.desk.sessions.start_session(Session(course_id=course.id, date=date.today()))
    sessions_room.show()
    the_action(sessions_room).trigger()
    panel = sessions_room.page.columns.session_moving.panel
    assert panel is not None
    qtbot.keyClick(panel.courses, Qt.Key.Key_Down)
    qtbot.mouseClick(panel.go, Qt.MouseButton.LeftButton)
    assert sessions_room.desk.sessions.session(running.id).course_id == course.id
    assert "is running" in sessions_room.frame.said[-1][1]


def test_esc_keeps_the_session_where_it_is(sessions_room: SessionsRoom, qtbot: QtBot):
    course = second_course(sessions_room)
    sessions_room.desk.sessions.add_session(Session(course_id=course.id, date=date.today()))
    sessions_room.show()
    the_action(sessions_room).trigger()
    panel = sessions_room.page.columns.session_moving.panel
    assert panel is not None
    qtbot.keyClick(panel.courses, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert not sessions_room.frame.stack.canUndo()
