"""Measures at the edges: a signed note that tells of one, a file that is gone, and two hundred of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Purpose
from ipt_desktop.services.measures import Entry
from tests.ui.practice_room import Room, open_room
from tests.ui.progress.test_entry import TODAY, Entering


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


def test_a_result_a_signed_note_tells_of_is_corrected_for_a_reason_and_leads_to_an_addendum(qtbot: QtBot, room: Room) -> None:
    desk = room.desk
    desk.practice.change_details(replace(desk.practice.details(), therapist="Dr Hanna Weiss"))
    tab = Entering(qtbot, room)
    tab.page.enter_measure("gad-7")
    tab.type("1111111\n")
    (kept,) = tab.measured
    session_id = tab.sessions[-1].id
    note = desk.documents.open_document(Purpose.PROGRESS_NOTE, tab.client.id, course_id=tab.course.id, session_id=session_id)
    draft = desk.documents.begin_writing(note)
    desk.signing.sign(desk.documents.keep_draft(draft, {"what_happened": "Rang Johan"}), reason="in haste")
    desk.documents.end_writing(draft)
    tab.panel.cancel()
    assert tab.page.open_result(kept.result.id)
    tab.panel.rows.row("1").setFocus()
    tab.type("3")
    tab.find(QPushButton, "entry_keep").click()
    assert "Say why it is corrected" in tab.find(QWidget, "entry_error").text()  # type: ignore[attr-defined]
    reason = tab.find(QLineEdit, "entry_reason")
    assert reason.isVisible()
    reason.setFocus()
    QTest.keyClicks(reason, "misread on paper")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    (now,) = tab.measured
    assert (now.result.total, now.result.corrects_id, now.result.reason) == (9.0, kept.result.id, "misread on paper")
    assert tab.frame.said[-1][0] == "The correction is kept beside it"
    assert "entry_addendum" in tab.frame.actions_said
    tab.frame.stack.undo()
    assert [each.result.total for each in tab.measured] == [7.0]


def test_a_result_whose_file_is_gone_is_still_read_and_changed(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    gad = tab.desk.resources.measure("gad-7")
    assert gad is not None
    gone = replace(gad, key="gone", name="GONE-7")
    result = tab.desk.measures.enter_measure(
        Entry(tab.client.id, gone, TODAY, {str(item): 1.0 for item in range(1, 8)}, tab.course.id)
    )
    assert tab.desk.measures.measure("gone") is None
    assert tab.page.open_result(result.id)
    tab.panel.rows.row("1").setFocus()
    tab.type("3")
    tab.find(QPushButton, "entry_keep").click()
    assert [(each.measure.name, each.result.total) for each in tab.measured] == [("GONE-7", 9.0)]


def test_two_hundred_administrations_are_no_burden_to_the_next(qtbot: QtBot, room: Room) -> None:
    client = room.client()
    gad = room.desk.resources.measure("gad-7")
    assert gad is not None
    answers = {str(item): 1.0 for item in range(1, 8)}
    for back in range(200, 0, -1):
        room.desk.measures.enter_measure(Entry(client.id, gad, TODAY - timedelta(back), answers))
    tab = Entering(qtbot, room, client)
    tab.page.enter_measure("gad-7")
    tab.type("2222222\n")
    assert len(tab.measured) == 201
    assert tab.measured[-1].result.total == 14.0
