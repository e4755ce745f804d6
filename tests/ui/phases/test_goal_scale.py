"""How far a goal is, on the Phases tab: baseline and aim, a rating in a session by key or click, what became of it, undone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.attainment import Attainment, Point
from ipt_desktop.domain.records import ProblemArea
from ipt_desktop.domain.treatment_records import Goal, GoalStatus
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, open_room
from ui.phases.attainment_line import AttainmentLine
from ui.phases.goal_bar import GoalBar
from ui.phases.goal_rater import GoalRater
from ui.phases.page import PhasesPage

W = TypeVar("W", bound=QWidget)
TODAY = date.today()
WEEK = timedelta(weeks=1)


class ScaleRoom:
    """A course in its fourth week with one goal, "Ask plainly", from 2 with the aim 8."""

    def __init__(self, qtbot: QtBot, room: Room) -> None:
        self.qtbot, self.desk = qtbot, room.desk
        self.client = room.client()
        self.course = room.course(self.client, TODAY - 3 * WEEK)
        self.sessions = room.sessions(self.course, 4)
        self.area = self.desk.phases.keep_problem_area(ProblemArea(course_id=self.course.id, area="dispute"))
        goal = Goal(course_id=self.course.id, words="Ask plainly", problem_area_id=self.area.id, baseline=2, target=8)
        self.goal = self.desk.goals.add_goal(replace(goal, set_on=TODAY - 2 * WEEK))
        self.frame = room.frame(self.client)
        self.page = PhasesPage(self.desk, self.frame)
        self.frame.hold(self.page, 1280, 760)

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def press(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        button.setFocus()
        self.qtbot.keyClick(button, Qt.Key.Key_Return)

    def key(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key)

    @property
    def figures(self) -> str:
        return self.find(QAbstractButton, f"goal_figures_{self.goal.id}").text()

    @property
    def stored(self) -> Goal:
        (goal,) = self.desk.goals.goals(self.course.id)
        return goal

    @property
    def ratings(self) -> list[tuple[int, date, bool]]:
        told = self.desk.goals.ratings(self.course.id)
        return [(each.value, each.on, each.session_id is not None) for each in told]


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[ScaleRoom]:
    with open_room(tmp_path) as opened:
        room = ScaleRoom(qtbot, opened)
        qtbot.waitExposed(room.frame)
        yield room
        room.page.forget()


def test_the_bar_and_the_scale_are_in_words(room: ScaleRoom) -> None:
    assert room.figures == "from 2, aim 8"
    bar = room.find(GoalBar, f"goal_{room.goal.id}_scale")
    assert bar.accessibleName() == "Ask plainly: from 2, aim 8"
    assert room.page.findChild(AttainmentLine, f"goal_{room.goal.id}_line") is None, "one point is no line"
    assert room.find(QLabel, "goals_scale").text() == "Goals: how far, 0–10, as Marta says it"


def test_a_rating_is_typed_in_todays_session_and_undone(room: ScaleRoom) -> None:
    room.press(f"goal_figures_{room.goal.id}")
    room.key(Qt.Key.Key_6)
    room.key(Qt.Key.Key_Return)
    assert room.ratings == [(6, TODAY, True)]
    assert room.figures == "from 2, now 6, aim 8"
    line = room.find(AttainmentLine, f"goal_{room.goal.id}_line")
    assert line.accessibleName().startswith("Over time: 2 on ")
    assert room.page.findChild(GoalRater) is None, "it is put away"
    room.frame.stack.undo()
    assert room.ratings == []
    assert room.figures == "from 2, aim 8"
    room.frame.stack.redo()
    assert room.ratings == [(6, TODAY, True)]


def test_ten_is_typed_with_two_digits(room: ScaleRoom) -> None:
    room.press(f"goal_figures_{room.goal.id}")
    room.key(Qt.Key.Key_1)
    assert room.ratings == [], "a 1 waits for what follows"
    room.key(Qt.Key.Key_0)
    room.key(Qt.Key.Key_Return)
    assert room.ratings == [(10, TODAY, True)]


def test_a_click_rates_at_once_and_a_second_time_corrects(room: ScaleRoom) -> None:
    for value in (4, 5):
        room.press(f"goal_figures_{room.goal.id}")
        button = room.find(QAbstractButton, f"goal_rate_{room.goal.id}_row_{value}")
        room.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert room.ratings == [(value, TODAY, True)]
    room.frame.stack.undo()
    assert room.ratings == [(4, TODAY, True)]


def test_it_can_be_said_of_another_session_or_of_today_alone(room: ScaleRoom) -> None:
    room.press(f"goal_figures_{room.goal.id}")
    choice = room.find(QComboBox, f"goal_rate_{room.goal.id}_session")
    assert choice.currentText() == "Session 4, today"
    choice.setFocus()
    room.qtbot.keyClick(choice, Qt.Key.Key_Down)
    room.qtbot.mouseClick(room.find(QAbstractButton, f"goal_rate_{room.goal.id}_row_3"), Qt.MouseButton.LeftButton)
    assert room.ratings == [(3, TODAY - WEEK, True)]
    room.press(f"goal_figures_{room.goal.id}")
    choice = room.find(QComboBox, f"goal_rate_{room.goal.id}_session")
    choice.setCurrentIndex(choice.count() - 1)
    room.qtbot.mouseClick(room.find(QAbstractButton, f"goal_rate_{room.goal.id}_row_7"), Qt.MouseButton.LeftButton)
    assert room.ratings == [(3, TODAY - WEEK, True), (7, TODAY, False)]


def test_esc_says_nothing_and_leaving_the_page_keeps_what_was_chosen(room: ScaleRoom) -> None:
    room.press(f"goal_figures_{room.goal.id}")
    room.key(Qt.Key.Key_6)
    room.key(Qt.Key.Key_Escape)
    assert room.ratings == []
    assert room.find(QAbstractButton, f"goal_figures_{room.goal.id}").hasFocus()
    room.press(f"goal_figures_{room.goal.id}")
    room.key(Qt.Key.Key_7)
    assert room.page.flush()
    assert room.ratings == [(7, TODAY, True)]


def test_asked_for_from_a_note_it_is_that_sessions(room: ScaleRoom) -> None:
    assert room.page.ask_how_far(room.goal.id, room.sessions[1].id)
    choice = room.find(QComboBox, f"goal_rate_{room.goal.id}_session")
    assert choice.currentText().startswith("Session 2, ")
    room.key(Qt.Key.Key_3)
    room.key(Qt.Key.Key_Return)
    assert room.ratings == [(3, room.sessions[1].date, True)]
    assert not room.page.ask_how_far("gone", "")


def test_the_value_said_pressed_again_is_taken_back(room: ScaleRoom) -> None:
    room.desk.goals.rate_goal(room.goal.id, 5, TODAY, room.sessions[3].id)
    room.page.refresh()
    room.press(f"goal_figures_{room.goal.id}")
    room.qtbot.mouseClick(room.find(QAbstractButton, f"goal_rate_{room.goal.id}_row_5"), Qt.MouseButton.LeftButton)
    assert room.ratings == []
    room.frame.stack.undo()
    assert room.ratings == [(5, TODAY, True)]


def test_a_goal_is_set_with_its_scale_and_its_evidence(room: ScaleRoom) -> None:
    room.desk.circles.add_person(room.client.id, "Johan", "husband")
    room.page.refresh()
    room.press(f"goal_add_{room.area.id}")
    room.qtbot.keyClicks(room.find(QLineEdit, "goal_words"), "Two evenings a month")
    person = room.find(QComboBox, "goal_person")
    person.setFocus()
    room.qtbot.keyClick(person, Qt.Key.Key_Down)
    for row, value in (("goal_baseline", 0), ("goal_target", 6)):
        room.qtbot.mouseClick(room.find(QAbstractButton, f"{row}_{value}"), Qt.MouseButton.LeftButton)
    room.qtbot.keyClicks(room.find(QLineEdit, "goal_evidence"), "two dates in the calendar")
    room.press("goal_editor_keep")
    goal = room.desk.goals.goals(room.course.id)[-1]
    assert (goal.baseline, goal.target, goal.evidence) == (0, 6, "two dates in the calendar")
    assert goal.person_id is not None
    became = room.find(QLabel, f"goal_{goal.id}_became").text()
    assert became == "with Johan · seen by: two dates in the calendar"


def test_a_goal_is_met_since_a_day_and_stands_below_the_open_ones(room: ScaleRoom) -> None:
    other = room.desk.goals.add_goal(Goal(course_id=room.course.id, words="Sleep", problem_area_id=room.area.id))
    room.page.refresh()
    room.press(f"goal_edit_{room.goal.id}")
    room.qtbot.mouseClick(room.find(QAbstractButton, "goal_status_met"), Qt.MouseButton.LeftButton)
    room.press("goal_editor_keep")
    kept = next(each for each in room.desk.goals.goals(room.course.id) if each.id == room.goal.id)
    assert (kept.status, kept.closed_on) == (GoalStatus.MET, TODAY)
    assert room.find(QLabel, f"goal_{room.goal.id}_became").text().startswith("met, ")
    assert room.page.findChild(QAbstractButton, f"goal_figures_{room.goal.id}") is None, "no longer rated"
    shown = [each.objectName() for each in room.find(QWidget, f"goals_{room.area.id}").findChildren(QLabel)]
    places = [shown.index(f"goal_{each}_words") for each in (other.id, room.goal.id)]
    assert places == sorted(places)
    room.frame.stack.undo()
    assert next(each for each in room.desk.goals.goals(room.course.id) if each.id == room.goal.id) == room.goal


def test_a_day_before_the_goal_was_set_is_said_and_nothing_kept(room: ScaleRoom) -> None:
    room.press(f"goal_edit_{room.goal.id}")
    room.qtbot.mouseClick(room.find(QAbstractButton, "goal_status_dropped"), Qt.MouseButton.LeftButton)
    field = room.find(QLineEdit, "goal_closed_on")
    field.setFocus()
    field.selectAll()
    room.qtbot.keyClicks(field, (TODAY - 3 * WEEK).isoformat())
    room.press("goal_editor_keep")
    assert room.find(QLabel, "goal_error_words").text() == "On this day the goal had not been set yet."
    assert room.stored == room.goal


def test_ratings_are_listed_with_the_goal_and_one_can_be_taken_back(room: ScaleRoom) -> None:
    early = room.desk.goals.rate_goal(room.goal.id, 1, TODAY - 3 * WEEK)
    late = room.desk.goals.rate_goal(room.goal.id, 5, TODAY, room.sessions[3].id)
    room.page.refresh()
    room.press(f"goal_edit_{room.goal.id}")
    assert room.find(QLabel, f"rating_{early.id}").text().endswith("before it was set")
    room.press(f"rating_take_back_{late.id}")
    assert room.desk.goals.ratings(room.course.id) == [early]
    assert room.page.findChild(QLabel, f"rating_{late.id}") is None
    assert room.find(QLineEdit, "goal_words").text() == "Ask plainly", "the editor stays open"
    room.frame.stack.undo()
    assert room.page.findChild(QLabel, f"rating_{late.id}") is not None


def test_a_fourth_goal_is_possible_and_a_quiet_hint_says_what_is_usual(room: ScaleRoom) -> None:
    room.press(f"goal_add_{room.area.id}")
    assert room.page.findChild(QLabel, "goal_usual") is None
    room.press("goal_editor_cancel")
    for words in ("Sleep", "Eat"):
        room.desk.goals.add_goal(Goal(course_id=room.course.id, words=words))
    room.page.refresh()
    room.press(f"goal_add_{room.area.id}")
    assert room.find(QLabel, "goal_usual").text() == "Two or three goals are usual."
    room.qtbot.keyClicks(room.find(QLineEdit, "goal_words"), "A fourth")
    room.press("goal_editor_keep")
    assert len(room.desk.goals.goals(room.course.id)) == 4


def test_everything_of_it_has_a_name(room: ScaleRoom) -> None:
    room.desk.goals.rate_goal(room.goal.id, 5, TODAY, room.sessions[3].id)
    room.page.refresh()
    room.press(f"goal_figures_{room.goal.id}")
    room.press(f"goal_edit_{room.goal.id}")
    assert unnamed(room.page) == []


def test_the_line_goes_by_days_and_up_with_the_value(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    line = AttainmentLine(parent, name="line")
    line.resize(line.sizeHint())
    days = (TODAY, TODAY + WEEK, TODAY + 3 * WEEK)
    line.show_attainment(Attainment(2, 6, 8, tuple(Point(day, value) for day, value in zip(days, (2, 4, 6), strict=True))), "x")
    one, two, three = line.points()
    assert three.x() - two.x() == pytest.approx(2 * (two.x() - one.x()))
    assert one.y() > two.y() > three.y()
    assert all(0 < each.x() < line.width() and 0 < each.y() < line.height() for each in (one, two, three))
