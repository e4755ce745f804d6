"""Verifying signed notes from the settings: what was altered is named, and the rule about drafts is the practice's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Attendance, Document, Session
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, RoomFrame, open_room
from ui.settings.checks_section import ChecksSection


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


def a_signed_note(room: Room) -> Document:
    desk = room.desk
    desk.practice.change_details(replace(desk.practice.details(), therapist="Dr Hanna Weiss"))
    client = room.client("Marta Lindqvist")
    course = room.course(client)
    session = desk.sessions.add_session(
        Session(course_id=course.id, date=date.today(), starts_at=time(11), ends_at=time(12), attendance=Attendance.ATTENDED)
    )
    note = desk.documents.open_document(Purpose.PROGRESS_NOTE, client.id, course_id=course.id, session_id=session.id)
    answers = {"what_happened": "Rang Johan", "risk": {"asked": "none"}}
    note = desk.documents.keep_draft(desk.documents.begin_writing(note), answers)
    desk.signing.sign(note)
    return note


def shown(room: Room, qtbot: QtBot) -> ChecksSection:
    frame: RoomFrame = room.frame()
    section = ChecksSection(room.desk, frame, frame)
    frame.resize(900, 700)
    frame.show()
    section.refresh()
    section.show()
    qtbot.waitExposed(frame)
    return section


def verify(section: ChecksSection, qtbot: QtBot) -> str:
    button = section.findChild(QPushButton, "verify_signed")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: section.signed.bar.title() != "")
    return section.signed.bar.text()


def test_what_is_as_it_was_signed_is_said_in_plain_words_and_no_more(room: Room, qtbot: QtBot):
    a_signed_note(room)
    section = shown(room, qtbot)
    words = verify(section, qtbot)
    assert words.startswith("Signed notes are sound")
    assert words.endswith("This detects changes made outside the program.")
    assert unnamed(section) == []


def test_a_note_altered_past_the_program_is_named_and_nobody_after_a_lock(room: Room, qtbot: QtBot):
    note = a_signed_note(room)
    statement = "UPDATE document SET answers = replace(answers, 'Johan', 'Elin') WHERE id = ?"
    room.desk.store.write(lambda writing: writing._connection.exec_driver_sql(statement, (note.id,)).close())
    section = shown(room, qtbot)
    assert "The note of Marta Lindqvist of " in verify(section, qtbot)
    section.forget()
    assert section.signed.bar.text() == ""


def test_the_rule_about_drafts_is_kept_with_the_practice(room: Room, qtbot: QtBot):
    section = shown(room, qtbot)
    box = section.findChild(QCheckBox, "keep_drafts")
    assert box is not None
    assert box.isChecked()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not room.desk.settings.values().keeps_drafts
