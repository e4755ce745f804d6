"""Goals on the Phases tab: set, said otherwise and removed by keyboard, each a step that can be undone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Placement, ProblemArea
from ipt_desktop.domain.treatment_records import Goal
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, open_room
from ui.phases.goal_bar import GoalBar
from ui.phases.page import PhasesPage

W = TypeVar("W", bound=QWidget)
TODAY = date.today()


class GoalsRoom:
    """A course with two problem areas; Karin stands in the outer ring and is wanted in the middle one."""

    def __init__(self, qtbot: QtBot, room: Room) -> None:
        self.qtbot, self.desk = qtbot, room.desk
        self.client = room.client()
        self.course = room.course(self.client, TODAY - timedelta(weeks=3))
        keep = self.desk.phases.keep_problem_area
        self.transition = keep(ProblemArea(course_id=self.course.id, area="transition", rank=1))
        self.dispute = keep(ProblemArea(course_id=self.course.id, area="dispute", rank=2))
        self.karin = self.desk.circles.add_person(self.client.id, "Karin", "sister")
        self.sitting = self.desk.circles.sitting_now(self.course.id)
        self.place(0.2, 0.5)
        self.frame = room.frame(self.client)
        self.page = PhasesPage(self.desk, self.frame)
        self.frame.hold(self.page, 1280, 760)

    def place(self, felt: float, desired: float | None) -> None:
        row = self.desk.circles.placement(self.sitting.id, self.karin.id)
        fresh = row or Placement(person_id=self.karin.id, sitting_id=self.sitting.id)
        self.desk.circles.put_back(self.sitting.id, self.karin.id, replace(fresh, felt=felt, desired=desired))

    @property
    def goals(self) -> list[Goal]:
        return self.desk.goals.goals(self.course.id)

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def press(self, name: str) -> None:
        """Go to a button and press it with the keyboard."""
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        button.setFocus()
        self.qtbot.keyClick(button, Qt.Key.Key_Return)

    def type(self, words: str) -> None:
        focused = QApplication.focusWidget()
        assert isinstance(focused, QLineEdit)
        self.qtbot.keyClicks(focused, words)

    def key(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key)

    def set_arrow_goal(self) -> Goal:
        self.press(f"goal_add_{self.transition.id}")
        arrows = self.find(QComboBox, "goal_arrow")
        arrows.setFocus()
        self.qtbot.keyClick(arrows, Qt.Key.Key_Down)
        self.find(QLineEdit, "goal_words").setFocus()
        self.key(Qt.Key.Key_Return)
        return self.goals[0]


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[GoalsRoom]:
    with open_room(tmp_path) as opened:
        room = GoalsRoom(qtbot, opened)
        qtbot.waitExposed(room.frame)
        yield room
        room.page.forget()


def shown_under(room: GoalsRoom, area: ProblemArea | None) -> list[str]:
    view = room.find(QWidget, f"goals_{area.id if area else 'other'}")
    return [each.text() for each in view.findChildren(QLabel) if each.objectName().endswith("_words")]


def test_a_goal_half_typed_is_kept_when_the_client_is_left_and_undone(room: GoalsRoom) -> None:
    room.press(f"goal_add_{room.dispute.id}")
    assert room.page.flush_all()
    assert room.goals == []  # nothing was typed
    room.type("Ask Johan pla")
    assert room.page.flush()  # another tab is looked at: the editor stays as it is
    assert room.goals == []
    assert room.page.flush_all()
    assert [each.words for each in room.goals] == ["Ask Johan pla"]
    room.frame.stack.undo()
    assert room.goals == []


def test_a_goal_is_set_under_its_area_by_keyboard_and_undone(room: GoalsRoom) -> None:
    room.press(f"goal_add_{room.dispute.id}")
    room.type("Ask Johan plainly")
    room.key(Qt.Key.Key_Return)
    goal = room.goals[0]
    assert (goal.words, goal.problem_area_id, goal.is_closeness) == ("Ask Johan plainly", room.dispute.id, False)
    assert shown_under(room, room.dispute) == ["Ask Johan plainly"]
    assert shown_under(room, room.transition) == []
    assert room.page.findChild(GoalBar, f"goal_{goal.id}_bar") is None
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == f"goal_add_{room.dispute.id}"
    room.frame.stack.undo()
    assert room.goals == []
    room.frame.stack.redo()
    assert room.goals == [goal]


def test_without_words_nothing_is_kept_and_that_is_said(room: GoalsRoom) -> None:
    room.press(f"goal_add_{room.dispute.id}")
    room.key(Qt.Key.Key_Return)
    assert room.goals == []
    assert "in a few words" in room.find(QLabel, "goal_error_words").text()


def test_an_arrow_proposes_its_words_and_shows_the_way(room: GoalsRoom) -> None:
    goal = room.set_arrow_goal()
    assert (goal.words, goal.person_id, goal.is_closeness, goal.start) == ("Closer to Karin", room.karin.id, True, 0.2)
    assert room.find(QLabel, f"goal_{goal.id}_way").text() == "no change · from outer, now outer, wanted middle"
    room.place(0.31, 0.5)
    room.qtbot.waitUntil(lambda: "a third of the way" in room.find(QLabel, f"goal_{goal.id}_way").text())
    bar = room.find(GoalBar, f"goal_{goal.id}_bar")
    assert bar.accessibleName() == "Closer to Karin: a third of the way. from outer, now outer, wanted middle"
    assert bar.x_of(0.2) < bar.x_of(0.31) < bar.x_of(0.5) < bar.width()


def test_a_wish_that_is_gone_is_said_and_no_bar_drawn(room: GoalsRoom) -> None:
    goal = room.set_arrow_goal()
    room.place(0.3, None)
    way = f"goal_{goal.id}_way"
    room.qtbot.waitUntil(lambda: "no closeness is wanted at present" in room.find(QLabel, way).text())
    assert room.page.findChild(GoalBar, f"goal_{goal.id}_bar") is None


def test_the_arrow_of_a_goal_is_offered_once(room: GoalsRoom) -> None:
    room.set_arrow_goal()
    room.press(f"goal_add_{room.transition.id}")
    assert room.page.findChild(QComboBox, "goal_arrow") is None


def test_a_goal_is_said_otherwise_and_moved_to_another_area(room: GoalsRoom) -> None:
    goal = room.set_arrow_goal()
    room.press(f"goal_edit_{goal.id}")
    room.type("Ring Karin first")
    area = room.find(QComboBox, "goal_area")
    area.setFocus()
    room.qtbot.keyClick(area, Qt.Key.Key_Down)
    room.press("goal_editor_keep")
    assert room.goals == [replace(goal, words="Ring Karin first", problem_area_id=room.dispute.id)]
    assert shown_under(room, room.dispute) == ["Ring Karin first"]
    room.frame.stack.undo()
    assert room.goals == [goal]


def test_esc_keeps_what_was_typed_and_sets_nothing(room: GoalsRoom) -> None:
    room.press(f"goal_add_{room.dispute.id}")
    room.type("Ask")
    room.key(Qt.Key.Key_Escape)
    assert room.goals == []
    assert QApplication.focusWidget() is room.find(QAbstractButton, f"goal_add_{room.dispute.id}")
    room.press(f"goal_add_{room.dispute.id}")
    assert room.find(QLineEdit, "goal_words").text() == "Ask"


def test_a_goal_is_removed_by_keyboard_and_comes_back_with_its_id(room: GoalsRoom) -> None:
    goal = room.set_arrow_goal()
    room.press(f"goal_remove_{goal.id}")
    assert room.goals == []
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == f"goal_add_{room.transition.id}"
    room.frame.stack.undo()
    assert room.goals == [goal]
    assert shown_under(room, room.transition) == ["Closer to Karin"]


def test_goals_of_an_area_that_is_removed_stay_and_come_back_under_it(room: GoalsRoom) -> None:
    goal = room.set_arrow_goal()
    room.press("remove_transition")
    assert room.goals == [replace(goal, problem_area_id=None)]
    assert shown_under(room, None) == ["Closer to Karin"]
    room.frame.stack.undo()
    assert room.goals == [goal]
    assert shown_under(room, room.transition) == ["Closer to Karin"]


def test_the_editor_outlives_what_changes_beside_it(room: GoalsRoom) -> None:
    room.press(f"goal_add_{room.dispute.id}")
    room.type("Ask")
    room.desk.goals.add_goal(Goal(course_id=room.course.id, words="Another", problem_area_id=room.dispute.id))
    room.qtbot.waitUntil(lambda: shown_under(room, room.dispute) == ["Another"])
    room.type(" Johan")
    room.key(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is room.find(QAbstractButton, f"goal_add_{room.dispute.id}")


def test_everything_has_a_name_and_nothing_outlives_a_lock(room: GoalsRoom) -> None:
    room.set_arrow_goal()
    room.press(f"goal_add_{room.dispute.id}")
    room.type("Ask Johan")
    assert unnamed(room.page) == []
    room.page.forget()
    texts = [each.text() for each in room.page.findChildren(QLabel)] + [e.text() for e in room.page.findChildren(QLineEdit)]
    assert not any("Karin" in each or "Johan" in each for each in texts)
