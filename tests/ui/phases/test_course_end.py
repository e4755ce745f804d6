"""The edges of a course: what is booked beyond its end, terms shorter than what was held, one that has not begun."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QLineEdit, QSpinBox, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Attendance, Course, EndingKind, Session
from tests.ui.naming import unnamed
from tests.ui.phases.test_page import PhasesRoom
from tests.ui.practice_room import Room, open_room
from ui import theme
from ui.phases.course_band import band_words, closing_number
from ui.phases.ending_chapter import EndingChapter
from ui.phases.page import PhasesPage
from ui.phases.reading import day_words
from ui.theme import Theme

TODAY = date.today()
WEEK = timedelta(weeks=1)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


def shown(practice: Room, qtbot: QtBot, course: Course) -> PhasesRoom:
    client = practice.desk.clients.client(course.client_id)
    frame = practice.frame(client)
    page = PhasesPage(practice.desk, frame)
    frame.hold(page, 1280, 760)
    return PhasesRoom(qtbot, practice, client, course, [], frame, page)


def running(practice: Room, held: int, booked: int = 0, **terms: int) -> Course:
    """A course with sessions held up to yesterday and others booked from next week on."""
    course = practice.course(practice.client(), TODAY - held * WEEK, **terms)
    practice.sessions(course, held)
    for week in range(1, booked + 1):
        practice.desk.sessions.add_session(Session(course_id=course.id, date=TODAY + week * WEEK))
    return course


def to_come(practice: Room) -> Course:
    course = practice.course(practice.client(), TODAY + 2 * WEEK)
    practice.desk.sessions.add_session(Session(course_id=course.id, date=TODAY + 2 * WEEK))
    return course


def stored(room: PhasesRoom) -> Course:
    return room.room.desk.courses.course(room.course.id)


def sessions(room: PhasesRoom) -> list[Session]:
    return room.room.desk.sessions.sessions(room.course.id)


def said(day: date) -> str:
    return day_words(day, TODAY)


# -- what is booked beyond the end -------------------------------------------------------------------------------------


def test_what_is_booked_beyond_is_said_stays_and_is_named_by_the_ended_course(practice: Room, qtbot: QtBot):
    room = shown(practice, qtbot, running(practice, 4, booked=2))
    room.page.ask_for_ending()
    words = room.text("course_ending_beyond_words")
    assert words.startswith("2 sessions are booked after that day: ")
    assert said(TODAY + WEEK).split("\u00a0")[0] in words
    assert not room.find(QCheckBox, "course_ending_beyond_remove").isChecked()
    assert unnamed(room.page) == []
    room.click("course_ending_kind_early_by_client")
    room.click("course_ending_editor_keep")
    assert len(sessions(room)) == 6
    room.page.leave_pages()
    assert room.text("sessions_left").endswith(f"still booked: {said(TODAY + WEEK)}, {said(TODAY + 2 * WEEK)}")


def test_taken_out_by_choice_with_the_ending_and_undone_with_it(practice: Room, qtbot: QtBot):
    room = shown(practice, qtbot, running(practice, 4, booked=2))
    before = sessions(room)
    room.page.ask_for_ending()
    room.click("course_ending_kind_early_by_client")
    room.find(QCheckBox, "course_ending_beyond_remove").click()
    room.click("course_ending_editor_keep")
    assert [each.attendance for each in sessions(room)] == [Attendance.ATTENDED] * 4
    room.page.leave_pages()
    assert "still booked" not in room.text("sessions_left")
    room.frame.stack.undo()
    assert (stored(room), sessions(room)) == (room.course, before)
    room.frame.stack.redo()
    assert (stored(room).ending, len(sessions(room))) == (EndingKind.EARLY_BY_CLIENT, 4)


def test_another_day_means_other_sessions_and_a_tick_for_those_before_does_not_hold(practice: Room, qtbot: QtBot):
    course = running(practice, 4, booked=1)
    practice.desk.sessions.add_session(Session(course_id=course.id, date=TODAY))
    room = shown(practice, qtbot, course)
    room.page.ask_for_ending()
    box = room.find(QCheckBox, "course_ending_beyond_remove")
    box.click()
    field = room.retype("course_ending_on", (TODAY - timedelta(days=1)).isoformat())
    field.editingFinished.emit()
    assert room.text("course_ending_beyond_words").startswith("2 sessions are booked")
    assert not box.isChecked()


def test_where_nothing_is_booked_nothing_is_said_of_it(practice: Room, qtbot: QtBot):
    room = shown(practice, qtbot, running(practice, 4))
    room.page.ask_for_ending()
    assert not room.find(QWidget, "course_ending_beyond").isVisible()


def test_what_was_said_of_the_ending_goes_with_the_next_step_and_with_the_tab(practice: Room, qtbot: QtBot):
    room = shown(practice, qtbot, running(practice, 4))
    for leave in (lambda: room.page.set_phase("termination", TODAY), room.page.hide):
        room.page.show()
        room.page.ask_for_ending()
        room.click("course_ending_kind_planned")
        room.click("course_ending_editor_keep")
        title, _words = room.frame.said[-1]
        assert title not in room.frame.unsaid
        leave()
        assert title in room.frame.unsaid
        room.frame.unsaid.clear()
        while room.frame.stack.canUndo():
            room.frame.stack.undo()


# -- terms ------------------------------------------------------------------------------------------------------------


def test_fewer_sessions_than_were_held_are_said_before_and_drawn_where_the_course_is(practice: Room, qtbot: QtBot):
    room = shown(practice, qtbot, running(practice, 12, booked=1))
    room.click("course_terms")
    room.find(QSpinBox, "terms_sessions").setValue(12)
    assert not room.find(QLabel, "terms_beyond").isVisible()
    room.find(QSpinBox, "terms_sessions").setValue(10)
    assert room.text("terms_beyond").startswith("12 sessions were held already.")
    assert room.find(QLabel, "terms_beyond").isVisible()
    room.click("terms_editor_keep")
    reading = room.page._reading
    assert reading is not None
    ahead = [(each.ref.rpartition(".")[2], each.number) for each in reading.marks if each.is_ahead]
    assert "review" not in [key for key, _number in ahead]
    assert {number for _key, number in ahead} == {12}
    assert closing_number(reading, reading.band) == 10


def test_an_ended_course_offers_no_other_sessions(practice: Room, qtbot: QtBot):
    course = running(practice, 3)
    practice.desk.endings.end_course(course.id, TODAY, EndingKind.PLANNED)
    room = shown(practice, qtbot, course)
    assert not room.find(QAbstractButton, "course_terms").isVisible()
    room.page.ask_for_terms()
    assert not room.page.course_card.terms_editor.isVisible()
    assert [each.isEnabled() for each in actions(room, "menu_terms", "menu_protocol", "menu_set_phase")] == [False, False, True]
    room.page.open_chapter("agreement")
    assert room.page.findChild(QAbstractButton, "fact_sessions_change") is None
    practice.desk.courses.reopen_course(course.id)
    room.page.leave_pages()
    assert room.find(QAbstractButton, "course_terms").isVisible()
    assert actions(room, "menu_terms")[0].isEnabled()


def actions(room: PhasesRoom, *names: str) -> list[QAction]:
    every = {each.objectName(): each for each in room.page.menus()["Client"]}
    return [every[name] for name in names]


def test_one_session_and_none_are_said_well(practice: Room, qtbot: QtBot):
    course = practice.course(practice.client(), TODAY, planned_sessions=1)
    room = shown(practice, qtbot, course)
    assert "1 weekly session of 50 minutes" in room.text("course_words")
    practice.desk.endings.end_course(course.id, TODAY, EndingKind.LOST_CONTACT)
    room.page.refresh()
    assert room.text("session_count") == "No session held · 1 agreed"


# -- a course that has not begun ---------------------------------------------------------------------------------------


def test_a_course_to_come_is_withdrawn_and_brought_back(practice: Room, qtbot: QtBot):
    room = shown(practice, qtbot, to_come(practice))
    room.page.ask_for_ending()
    words = room.text("course_ending_beyond_words")
    assert words.startswith("The course has not begun.")
    assert "1 session is booked: " in words
    assert not room.find(QLineEdit, "course_ending_on").isVisible()
    assert room.find(QAbstractButton, "course_ending_editor_keep").text() == "Withdraw the course"
    room.click("course_ending_kind_early_by_client")
    room.click("course_ending_editor_keep")
    assert room.frame.said[-1][0] == "The course was withdrawn before it began"
    assert stored(room).ended_on == room.course.started_on
    room.page.leave_pages()
    assert room.text("sessions_left").startswith("ended before it began: early, the client’s decision · still booked: ")
    reading = room.page._reading
    assert reading is not None
    assert "Ended before it began" in band_words(reading)
    room.frame.stack.undo()
    assert stored(room) == room.course


def test_a_course_to_come_can_have_its_phase_set_from_its_first_day(practice: Room, qtbot: QtBot):
    room = shown(practice, qtbot, to_come(practice))
    room.click("phase_move")
    room.click("phase_choice_middle")
    room.click("phase_editor_keep")
    (change,) = practice.desk.phases.changes(room.course.id)
    assert (change.phase, change.on) == ("middle", room.course.started_on)


# -- the pages of the ending -------------------------------------------------------------------------------------------


def test_a_task_of_the_ending_leads_to_its_page(practice: Room, qtbot: QtBot):
    room = shown(practice, qtbot, running(practice, 14))
    room.page.set_phase("termination", TODAY)
    pages = {"feelings": "feelings", "warning_signs": "signs", "relapse_plan": "plan", "maintenance": "afterwards"}
    for task, page in pages.items():
        room.find(QAbstractButton, f"go_termination_{task}").click()
        chapter = room.page.papers.chapter
        assert isinstance(chapter, EndingChapter)
        assert chapter.page == page, task
        room.page.leave_pages()


@pytest.mark.parametrize("width", [1024, 1120, 1280])
def test_the_head_of_the_ending_is_whole_in_large_text(practice: Room, qtbot: QtBot, qapp: QApplication, width: int):
    room = shown(practice, qtbot, running(practice, 14))
    try:
        theme.apply(qapp, Theme("light", 1.5))
        room.frame.resize(width, 700)
        room.page.open_chapter("ending")
        field = room.page.papers.findChild(QTextEdit, "field_feelings_about_ending") or room.page.papers.findChild(QTextEdit)
        assert field is not None
        qtbot.keyClicks(field, "Sad.")
        assert room.page.flush()
        links = [room.find(QAbstractButton, f"ending_{each}") for each in ("client-copy", "termination-summary", "history")]
        qtbot.waitUntil(lambda: all(each.width() >= each.sizeHint().width() for each in links))
        room.frame.grab()
        for each in links:
            right = each.mapTo(room.page, each.rect().topRight()).x()
            assert each.width() >= each.sizeHint().width(), each.objectName()
            assert right <= room.page.width(), each.objectName()
    finally:
        theme.apply(qapp, Theme("light", 1.0))
