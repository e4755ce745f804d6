"""The measures of a session in the head of its note: what they came to, the way to them, and what a signed note told."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.services.measures import Entry
from tests.ui.sessions.conftest import SessionsRoom


def give(room: SessionsRoom, key: str, digit: float, session_id: str) -> str:
    measure = room.desk.measures.measure(key)
    assert measure is not None
    answers = {str(item.number): digit for item in measure.items}
    entry = Entry(room.client.id, measure, date.today(), answers, room.course.id, session_id)
    return room.desk.measures.enter_measure(entry).id


def found(room: SessionsRoom, kind: type[QWidget], name: str) -> QWidget:
    widget = room.page.findChild(kind, name)
    assert widget is not None, name
    return widget


def test_what_the_measures_came_to_stands_in_the_head_and_leads_to_progress(sessions_room: SessionsRoom, qtbot: QtBot):
    room = sessions_room
    session, *_others = room.room.sessions(room.course, 1)
    page = room.show()
    page.choose_session(session.id)
    line = found(room, QWidget, "session_measures")
    assert not line.isVisible()
    give(room, "phq-9", 1.0, session.id)
    give(room, "gad-7", 2.0, session.id)
    qtbot.waitUntil(line.isVisible)
    scores = found(room, QLabel, "session_scores")
    assert isinstance(scores, QLabel)
    assert scores.text() == "PHQ-9 9, mild · GAD-7 14, moderate"
    page.note.head.show_room(True)
    assert not line.isVisible(), "no score in the room"
    page.note.head.show_room(False)
    qtbot.mouseClick(found(room, QPushButton, "session_to_progress"), Qt.MouseButton.LeftButton)
    assert room.frame.tab == "progress"


def test_a_signed_note_keeps_the_score_it_told_beside_the_corrected_one(sessions_room: SessionsRoom, qtbot: QtBot):
    room = sessions_room
    desk = room.desk
    desk.practice.change_details(replace(desk.practice.details(), therapist="Dr Hanna Weiss"))
    session, *_others = room.room.sessions(room.course, 1)
    result = give(room, "phq-9", 1.0, session.id)
    document = room.write(session, "Rang Johan")
    desk.signing.sign(document, reason="in haste")
    answers = {str(number): 2.0 for number in range(1, 10)}
    desk.measures.change_measure(result, answers, date.today(), reason="misread on paper")
    room.show().choose_session(session.id)
    scores = found(room, QLabel, "session_scores")
    assert isinstance(scores, QLabel)
    assert scores.text() == "PHQ-9 9, mild (corrected since: PHQ-9 18, moderately severe)"
