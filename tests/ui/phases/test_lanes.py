"""Lanes and marks under the band: what they show, and that a click or a key goes there."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Attendance, ProblemArea, Session
from ipt_desktop.services.measures import Entry
from tests.ui.practice_room import Room, open_room
from ui.phases.course_lanes import CourseLanesView, Target
from ui.phases.page import PhasesPage

TODAY = date.today()
WEEK = timedelta(weeks=1)


class Lanes:
    """A client in the fourth week of a course, with the Phases tab in a window."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room, self.qtbot = room, qtbot
        self.client = room.client()
        self.course = room.course(self.client, TODAY - 3 * WEEK)
        self.sessions = room.sessions(self.course, 3)
        self.frame = room.frame(self.client)
        self.page = PhasesPage(room.desk, self.frame)
        self.frame.hold(self.page, 1280, 760)

    @property
    def view(self) -> CourseLanesView:
        return self.page.course_card.lanes

    def agree(self, area: str, weeks: int | None = None) -> ProblemArea:
        on = None if weeks is None else TODAY - weeks * WEEK
        return self.room.desk.phases.keep_problem_area(ProblemArea(course_id=self.course.id, area=area, agreed_on=on, rank=99))

    def target(self, beginning: str) -> Target:
        self.page.refresh()
        return next(each for each in self.view.targets() if each.words.startswith(beginning))

    def click(self, target: Target) -> None:
        point = target.box.center().toPoint()
        self.qtbot.mouseClick(self.view, Qt.MouseButton.LeftButton, pos=point)


@pytest.fixture
def lanes(tmp_path: Path, qtbot: QtBot) -> Iterator[Lanes]:
    with open_room(tmp_path) as opened:
        made = Lanes(opened, qtbot)
        yield made
        made.page.forget()


def test_a_lane_stands_under_the_sessions_it_was_worked_in(lanes: Lanes):
    lanes.agree("grief", 2)
    target = lanes.target("Grief · agreed")
    band = lanes.page.course_card.band
    assert target.box.left() == pytest.approx(band.place_of(2).x() - band._column() / 2, abs=2)
    lanes.click(target)
    assert lanes.frame.focusWidget().objectName() == "edit_grief"


def test_forty_areas_leave_room_for_the_rest(lanes: Lanes):
    for _each in range(40):
        lanes.agree("grief", 1)
    assert lanes.target("37 more problem areas").box.bottom() < 140
    assert lanes.view.height() < 200


def test_a_mark_leads_to_its_paper(lanes: Lanes):
    chapter = lanes.page.papers
    assert lanes.page.open_chapter("formulation")
    lanes.qtbot.keyClicks(lanes.frame.focusWidget(), "Low since August.")
    lanes.page.leave_pages()
    lanes.click(lanes.target("formulation, session 3"))
    assert chapter.key == "formulation"


def test_a_mark_of_what_is_to_come_leads_to_its_task(lanes: Lanes):
    lanes.click(lanes.target("raise the ending, session 13, to come"))
    assert lanes.frame.focusWidget().objectName() == "tick_termination_announce"


def test_a_review_that_was_ticked_leads_to_its_session(lanes: Lanes):
    session = lanes.room.desk.sessions.add_session(
        Session(course_id=lanes.course.id, date=TODAY, attendance=Attendance.ATTENDED)
    )
    lanes.room.desk.phases.tick_task(lanes.course.id, "middle.mid_review", TODAY, session.id)
    lanes.click(lanes.target("review, session 4"))
    assert lanes.frame.tab == "sessions"


def test_keys_go_through_lanes_and_marks(lanes: Lanes):
    lanes.agree("grief", 2)
    lanes.page.refresh()
    lanes.view.setFocus()
    lanes.qtbot.keyClick(lanes.view, Qt.Key.Key_End)
    assert lanes.view.accessibleDescription() == "circle, session 16, to come"
    lanes.qtbot.keyClick(lanes.view, Qt.Key.Key_Home)
    assert lanes.view.accessibleDescription().startswith("Grief · agreed")
    lanes.qtbot.keyClick(lanes.view, Qt.Key.Key_Return)
    assert lanes.frame.focusWidget().objectName() == "edit_grief"


def test_forgetting_leaves_no_word(lanes: Lanes):
    lanes.agree("grief", 2)
    lanes.page.refresh()
    lanes.page.forget()
    assert lanes.view.targets() == []
    assert lanes.view.accessibleDescription() == ""


def test_marks_of_one_session_stand_side_by_side_where_there_is_room(lanes: Lanes):
    documents = lanes.room.desk.documents
    for purpose in (Purpose.FORMULATION, Purpose.AGREEMENT, Purpose.HISTORY):
        made = documents.open_document(purpose, lanes.client.id, course_id=lanes.course.id)
        documents.keep_draft(documents.begin_writing(made), {"crisis": "x"})
    lanes.page.refresh()
    lanes.frame.resize(900, 760)
    boxes = sorted((each.box for each in lanes.view.targets() if "session 3" in each.words), key=QRectF.left)
    assert len(boxes) == 3
    icon = boxes[0].width() - 8  # a target is somewhat wider than its icon
    assert all(later.left() - earlier.left() >= icon for earlier, later in pairwise(boxes))


def test_a_measure_has_a_mark_that_leads_to_progress(lanes: Lanes):
    measures = lanes.room.desk.measures
    phq = measures.measure("phq-9")
    assert phq is not None
    session = lanes.sessions[1]
    answers = {str(item.number): 1.0 for item in phq.items}
    measures.enter_measure(Entry(lanes.client.id, phq, session.date, answers, lanes.course.id, session.id))
    target = lanes.target("measure PHQ-9, session 2")
    lanes.click(target)
    assert lanes.frame.tab == "progress"
