"""The chapter *Self-check* on a real practice: which sessions, what was ticked of each, and the course looked back on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Attendance, Course, Document, Session
from ipt_desktop.domain.self_check import read_self_check
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, RoomFrame, open_room
from ui.phases.page import PhasesPage
from ui.phases.selfcheck.chapter import SelfCheckChapter

TODAY = date.today()
WEEK = timedelta(weeks=1)


@dataclass
class CheckRoom:
    """A course in its fifth week: three sessions held, one cancelled, today's; the middle phase begun with the third."""

    qtbot: QtBot
    room: Room
    course: Course
    sessions: list[Session]
    frame: RoomFrame
    page: PhasesPage

    def open(self, session_id: str = "") -> SelfCheckChapter:
        assert self.page.open_chapter("selfcheck", session_id)
        chapter = self.page.papers.chapter
        assert isinstance(chapter, SelfCheckChapter)
        return chapter

    def tick(self, key: str) -> None:
        box = self.page.findChild(QAbstractButton, f"field_done_{key}")
        assert box is not None, key
        self.qtbot.mouseClick(box, Qt.MouseButton.LeftButton)

    def text(self, name: str) -> str:
        found = self.page.findChild(QLabel, name)
        assert found is not None, name
        return found.text() if found.isVisibleTo(self.page) else ""

    def written(self) -> list[Document]:
        return self.room.desk.documents.of_course(self.course.id, Purpose.SELF_CHECK)


@pytest.fixture
def checks(tmp_path: Path, qtbot: QtBot) -> Iterator[CheckRoom]:
    with open_room(tmp_path) as opened:
        client = opened.client()
        course = opened.course(client, TODAY - 4 * WEEK)
        sessions = opened.sessions(course, 3)
        for attendance, day in ((Attendance.CANCELLED_BY_CLIENT, TODAY - WEEK), (None, TODAY), (None, TODAY + WEEK)):
            sessions.append(opened.desk.sessions.add_session(Session(course_id=course.id, date=day, attendance=attendance)))
        opened.desk.phases.enter_phase(course.id, "middle", sessions[2].date)
        opened.desk.phases.tick_task(course.id, "initial.consent", sessions[0].date, sessions[0].id)
        frame = opened.frame(client)
        page = PhasesPage(opened.desk, frame)
        frame.hold(page, 1280, 760)
        yield CheckRoom(qtbot, opened, course, sessions, frame, page)
        page.forget()


def test_the_sessions_so_far_are_there_to_be_looked_back_on(checks: CheckRoom):
    chapter = checks.open()
    model = chapter.list.lines
    rows = [model.line_in(row) for row in range(model.rowCount())]
    assert [each.number for each in rows if each] == [4, 3, 2, 1]
    assert {each.detail for each in rows if each} == {"nothing written"}
    assert unnamed(checks.page) == []


def test_what_is_ticked_is_kept_for_its_session_and_said_in_the_list(checks: CheckRoom):
    chapter = checks.open(checks.sessions[2].id)
    checks.tick("mood")
    checks.tick("close")
    total = checks.page.findChild(QLineEdit, "field_total_words")
    assert total is not None
    checks.qtbot.keyClicks(total, "3.4")
    assert chapter.flush()
    kept = checks.written()
    assert [(each.session_id, each.purpose) for each in kept] == [(checks.sessions[2].id, "self_check")]
    read = read_self_check(checks.room.desk.documents.form_of(kept[0]), kept[0].answers)
    assert (read.done, read.total) == ({"mood", "close"}, "3.4")
    line = chapter.list.lines.line_in(chapter.list.lines.row_of(checks.sessions[2].id))
    assert line is not None
    assert line.has_note
    assert line.detail == "2 ticked · total 3.4"


def test_choosing_another_session_keeps_what_is_typed_and_shows_the_other_s(checks: CheckRoom):
    chapter = checks.open(checks.sessions[2].id)
    checks.tick("mood")
    assert chapter.choose(checks.sessions[1].id)
    assert [each.session_id for each in checks.written()] == [checks.sessions[2].id]
    assert checks.page.findChild(QAbstractButton, "field_done_mood").isChecked() is False
    assert checks.text("self_check_title").startswith("Session 2")
    assert chapter.choose(checks.sessions[2].id)
    assert checks.page.findChild(QAbstractButton, "field_done_mood").isChecked()


def test_the_course_is_looked_back_on_by_phase_in_counts(checks: CheckRoom):
    chapter = checks.open(checks.sessions[2].id)
    checks.tick("mood")
    checks.page.findChild(QLineEdit, "field_scale_words").setFocus()
    checks.qtbot.keyClicks(checks.page.findChild(QLineEdit, "field_scale_words"), "Q&A")
    checks.qtbot.keyClicks(checks.page.findChild(QLineEdit, "field_total_words"), "3.4")
    assert chapter.choose("")
    assert checks.text("so_far_held_initial") == "sessions 1–2"
    assert checks.text("so_far_tasks_initial").startswith("1 of ")
    assert checks.text("so_far_checks_initial") == "No self-check is written of these sessions."
    assert checks.text("so_far_checks_middle") == "A self-check is written of 1 of 1 session."
    assert checks.text("so_far_held_termination") == "no session yet"
    told = [each.text() for each in chapter.so_far.findChildren(QLabel)]
    assert {"1 of 1", "0 of 1", "Q&A", "3.4"} <= set(told)
    assert not any("%" in each for each in told)


def test_what_was_ticked_of_the_phase_in_the_session_stands_above_the_form(checks: CheckRoom):
    checks.open(checks.sessions[0].id)
    assert checks.text("self_check_ticked").startswith("Ticked in this session: Consent")
    checks.open(checks.sessions[1].id)
    assert checks.text("self_check_ticked") == ""


def test_a_session_still_to_come_can_be_asked_for_and_is_then_listed(checks: CheckRoom):
    chapter = checks.open(checks.sessions[5].id)
    assert chapter.list.chosen_id() == checks.sessions[5].id
    assert chapter.place() == checks.sessions[5].id


def test_while_a_session_runs_it_stays_away(checks: CheckRoom):
    chapter = checks.open(checks.sessions[2].id)
    checks.tick("mood")
    assert chapter.flush()
    checks.frame.is_in_room = True
    assert checks.page.open_chapter("selfcheck")
    assert checks.text("self_check_away_title")
    assert not chapter.list.isVisible()
    checks.frame.is_in_room = False
    assert checks.page.open_chapter("selfcheck")
    assert chapter.check.isVisible()


def test_a_session_taken_out_leaves_its_place_to_the_course(checks: CheckRoom):
    chapter = checks.open(checks.sessions[1].id)
    checks.room.desk.sessions.remove_session(checks.sessions[1].id)
    checks.page.refresh()
    assert chapter.place() == ""
    assert chapter.so_far.isVisible()


def test_the_portfolio_is_a_press_away(checks: CheckRoom):
    chapter = checks.open()
    with checks.qtbot.waitSignal(chapter.print_asked) as asked:
        checks.qtbot.mouseClick(checks.page.findChild(QAbstractButton, "so_far_portfolio"), Qt.MouseButton.LeftButton)
    assert asked.args == ["portfolio", ""]


def test_in_a_narrow_window_the_sessions_are_a_choice_above(checks: CheckRoom):
    chapter = checks.open(checks.sessions[1].id)
    checks.frame.resize(700, 700)
    assert not chapter.list.isVisible()
    field = checks.page.findChild(QAbstractButton, "self_check_course")
    assert field is not None
    choice = chapter._choice
    assert choice.isVisible()
    assert choice.currentText().startswith("Session 2")
    choice.activated.emit(0)
    assert chapter.so_far.isVisible()


def test_every_word_goes_with_the_practice(checks: CheckRoom):
    chapter = checks.open(checks.sessions[2].id)
    checks.tick("mood")
    assert chapter.flush()
    checks.page.forget()
    assert chapter.list.lines.rowCount() == 0
    assert chapter.place() == ""
