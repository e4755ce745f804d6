"""Which measures a course gives when: settled, undone, and due on Today and on the card of the last session."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.measure_records import PlannedMeasure
from ipt_desktop.domain.records import EndingKind
from tests.ui.practice_room import Room, open_room
from tests.ui.progress.test_entry import Entering
from ui.clients.today_parts import MEASURES, today_parts
from ui.phases.page import PhasesPage
from ui.sessions.last_time_words import tell_last_time
from ui.sessions.page import SessionsPage

TODAY = date.today()


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


def pressed(tab: Entering, name: str) -> None:
    tab.find(QAbstractButton, name).click()


def test_a_course_gets_a_plan_of_its_own_and_undo_takes_it_back(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.give_only("phq-9")
    tab.page.refresh()
    assert "PHQ-9 at intake and every 4 sessions" in tab.says("plan_words")
    assert "Due now: PHQ-9" in tab.says("plan_words")
    pressed(tab, "plan_change")
    whose = tab.find(QComboBox, "plan_whose")
    whose.setCurrentIndex(1)
    when = tab.find(QComboBox, "plan_phq-9_when")
    when.setCurrentIndex(when.findData("at"))
    tab.find(QLineEdit, "plan_phq-9_number").setText("")
    pressed(tab, "plan_editor_keep")
    error = tab.page.findChild(QWidget, "plan_error")
    assert error is not None
    assert "1, 8, 16" in error.text()  # type: ignore[attr-defined]
    QTest.keyClicks(tab.find(QLineEdit, "plan_phq-9_number"), "1, 8, 16")
    QTest.keyClick(tab.find(QLineEdit, "plan_phq-9_number"), Qt.Key.Key_Return)
    assert tab.desk.measures.plan(tab.course.id) == (PlannedMeasure("phq-9", 0, [1, 8, 16]),)
    tab.page.refresh()
    assert "PHQ-9 at sessions 1, 8, 16" in tab.says("plan_words")
    tab.frame.stack.undo()
    assert tab.desk.measures.plan(tab.course.id) == (PlannedMeasure("phq-9", 4),)


def test_a_course_may_give_none_or_others(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.give_only("phq-9")
    pressed(tab, "plan_change")
    tab.find(QComboBox, "plan_whose").setCurrentIndex(1)
    pressed(tab, "plan_phq-9_remove")
    pressed(tab, "plan_editor_keep")
    assert tab.desk.measures.due(tab.course.id, TODAY) == []
    pressed(tab, "plan_change")
    add = tab.find(QComboBox, "plan_add")
    add.setCurrentIndex(add.findData("gad-7"))
    add.activated.emit(add.currentIndex())
    when = tab.find(QComboBox, "plan_gad-7_when")
    when.setCurrentIndex(when.findData("each"))
    pressed(tab, "plan_editor_keep")
    assert tab.desk.measures.plan(tab.course.id) == (PlannedMeasure("gad-7", 1),)


def test_phases_says_the_plan_beside_the_sessions_agreed_and_leads_to_it(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    frame = room.frame(tab.client)
    frame.page = lambda tab_key: tab.page if tab_key == "progress" else None  # type: ignore[method-assign]
    phases = PhasesPage(room.desk, frame)
    frame.hold(phases)
    qtbot.waitExposed(frame)
    said = phases.findChild(QLabel, "course_measures_words")
    change = phases.findChild(QAbstractButton, "course_measures_plan")
    assert said is not None
    assert change is not None
    assert said.text() == "Measures: PHQ-9, GAD-7 at intake and every 4 sessions."
    change.click()
    assert frame.tab == "progress"
    assert tab.page.plan.editor.isVisible()
    room.desk.measures.plan_measures(tab.course.id, (PlannedMeasure("phq-9", 1), PlannedMeasure("gad-7", 0, [1, 8])))
    qtbot.waitUntil(lambda: said.text() == "Measures: PHQ-9 at every session · GAD-7 at sessions 1, 8.")
    room.desk.courses.end_course(tab.course.id, TODAY, EndingKind.PLANNED)
    qtbot.waitUntil(lambda: not change.isVisible())


def test_what_is_due_stands_on_today_but_not_in_the_room(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.give_only("phq-9", "gad-7")
    standings = tab.desk.clients.overview(TODAY)
    parts = today_parts(tab.desk, tab.frame.name_of, standings, TODAY, is_in_room=False)
    (due,) = [each for each in parts if each.key == MEASURES]
    (place,) = due.places
    assert (place.name, place.detail, place.course_id) == ("Marta Lindqvist", "PHQ-9, GAD-7", tab.course.id)
    in_room = today_parts(tab.desk, tab.frame.name_of, standings, TODAY, is_in_room=True)
    assert MEASURES not in [each.key for each in in_room]
    tab.page.enter_measure()
    tab.type("000000000\n")
    tab.type("0000000\n")
    assert tab.desk.measures_due.everywhere(TODAY) == []


def test_the_card_of_the_last_session_leads_to_entering_and_turning(qtbot: QtBot, room: Room) -> None:
    client = room.client()
    course = room.course(client)
    room.sessions(course, 1)
    room.desk.settings.change(measures=["phq-9"])
    frame = room.frame(client)
    page = SessionsPage(room.desk, frame)
    frame.hold(page, 1400)
    assert tell_last_time(room.desk, page._course, page.session).measures == "PHQ-9"  # type: ignore[arg-type]
    words = page.findChild(QLabel, "last_time_measures")
    assert words is not None
    assert words.text() == "PHQ-9"
    turn = page.findChild(QAbstractButton, "last_time_turn")
    assert turn is not None
    turn.click()
    assert frame.turned_measures == [("*", page.session.id if page.session else "", "")]
    enter = page.findChild(QAbstractButton, "last_time_enter")
    assert enter is not None
    enter.click()
    assert frame.tab == "progress"
