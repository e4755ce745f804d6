"""*Move this note to another client* with real keys: nobody is chosen beforehand, it is told, and undone by a link."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Session
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
