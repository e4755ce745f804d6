"""The goal of the person chosen: their arrow is made one by keyboard, its way follows them, and all of it is undone."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.circle_time import BEFORE
from ipt_desktop.domain.records import ProblemArea
from ipt_desktop.domain.treatment_records import Goal
from tests.ui.circle.room import WEEK, CircleRoom
from tests.ui.naming import unnamed
from tests.ui.practice_room import open_room
from ui.phases.goal_bar import GoalBar

W = TypeVar("W", bound=QWidget)


class Room(CircleRoom):
    """What the tests ask of the goal part of the panel."""

    qtbot: QtBot

    def child(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    @property
    def goals(self) -> list[Goal]:
        return self.desk.goals.goals(self.course.id)

    @property
    def make(self) -> QAbstractButton:
        return self.child(QAbstractButton, "person_goal_make")

    def key(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(focus(), key)

    def make_goal(self, person_id: str) -> Goal:
        self.page.choose_person(person_id)
        self.make.setFocus()
        self.key(Qt.Key.Key_Return)
        self.key(Qt.Key.Key_Return)
        return self.goals[-1]

    def look_at(self, key: str) -> None:
        """Go to another circle, and let people come to rest there."""
        self.page.back.show(key)
        self.page.canvas.glide.finish()

    def way(self, goal: Goal) -> str:
        return self.child(QLabel, f"goal_{goal.id}_way").text()


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path) as practice:
        room = Room(practice)
        room.qtbot = qtbot
        qtbot.waitExposed(room.frame)
        yield room


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_the_link_is_there_only_where_a_closeness_is_wanted(room: Room) -> None:
    room.page.choose_person("ruth")
    assert room.make.isVisible()
    room.page.choose_person("elin")
    assert not room.make.isVisible()


def test_the_arrow_is_made_a_goal_in_two_keys_and_undone(room: Room) -> None:
    area = room.desk.phases.keep_problem_area(ProblemArea(course_id=room.course.id, area="transition", rank=1))
    goal = room.make_goal("ruth")
    assert (goal.words, goal.person_id, goal.is_closeness, goal.start) == ("More distance to Ruth", "ruth", True, 0.5)
    assert goal.problem_area_id == area.id
    assert room.way(goal) == "no change · from middle, now middle, wanted outer"
    assert room.child(GoalBar, f"goal_{goal.id}_bar").isVisible()
    assert not room.make.isVisible()
    room.frame.stack.undo()
    assert room.goals == []
    assert room.make.isVisible()
    room.frame.stack.redo()
    assert room.goals == [goal]


def test_the_area_that_names_the_person_is_proposed_and_words_can_be_others(room: Room) -> None:
    keep = room.desk.phases.keep_problem_area
    keep(ProblemArea(course_id=room.course.id, area="transition", rank=1))
    dispute = keep(ProblemArea(course_id=room.course.id, area="dispute", rank=2, person_id="ruth"))
    room.page.choose_person("ruth")
    room.make.setFocus()
    room.key(Qt.Key.Key_Return)
    words = focus()
    assert isinstance(words, QLineEdit)
    assert words.text() == words.selectedText() == "More distance to Ruth"
    room.qtbot.keyClicks(words, "Sundays without Ruth")
    assert room.child(QComboBox, "goal_area").currentData() == dispute.id
    room.key(Qt.Key.Key_Return)
    assert [(each.words, each.problem_area_id) for each in room.goals] == [("Sundays without Ruth", dispute.id)]


def test_the_way_follows_the_person(room: Room) -> None:
    goal = room.make_goal("ruth")
    room.page.verbs.move_person("ruth", 0.34, 105.0)
    assert room.way(goal).startswith("a third of the way")
    room.page.verbs.move_person("ruth", 0.9, 105.0)
    assert room.way(goal).startswith("closer than at the start")
    room.page.verbs.move_person("ruth", 0.1, 105.0)
    assert room.way(goal).startswith("reached")
    room.page.verbs.want_person("ruth", None)
    assert room.way(goal).startswith("no closeness is wanted at present")
    assert room.page.findChild(GoalBar, f"goal_{goal.id}_bar") is None
    room.page.verbs.remove_person("ruth")
    room.page.choose_person("choir")
    room.frame.stack.undo()
    room.frame.stack.undo()
    room.page.choose_person("ruth")
    assert room.way(goal).startswith("reached")


def test_a_goal_is_said_otherwise_and_removed_by_keyboard(room: Room) -> None:
    goal = room.make_goal("choir")
    assert goal.words == "Closer to Choir"
    room.child(QAbstractButton, f"goal_edit_{goal.id}").setFocus()
    room.key(Qt.Key.Key_Return)
    room.qtbot.keyClicks(focus(), "Know their names")
    room.key(Qt.Key.Key_Return)
    assert room.goals[0].words == "Know their names"
    assert focus().objectName() == f"goal_edit_{goal.id}"
    room.child(QAbstractButton, f"goal_remove_{goal.id}").setFocus()
    room.key(Qt.Key.Key_Return)
    assert room.goals == []
    assert focus() is room.make
    room.frame.stack.undo()
    room.frame.stack.undo()
    assert room.goals == [goal]


def test_looking_back_the_way_is_told_as_it_was_and_nothing_is_changed(room: Room) -> None:
    early = date.today() - timedelta(10)
    room.desk.goals.add_goal(
        Goal(course_id=room.course.id, words="Old", person_id="choir", is_closeness=True, start=0.05, set_on=early)
    )
    new = room.make_goal("ruth")
    room.page.verbs.move_person("choir", 0.5, 280.0)
    old = room.goals[0]
    room.page.choose_person("choir")
    assert room.way(old).startswith("reached")
    room.look_at(WEEK)
    assert room.way(old).startswith("a third of the way")
    assert room.page.findChild(QAbstractButton, f"goal_remove_{old.id}") is None
    room.page.choose_person("ruth")
    assert room.page.findChild(QLabel, f"goal_{new.id}_way") is None
    assert not room.make.isVisible()
    room.look_at(BEFORE)
    assert not room.page.panel.goal.isVisible()


def test_who_is_chosen_next_does_not_get_the_words_typed(room: Room) -> None:
    room.page.choose_person("ruth")
    room.make.setFocus()
    room.key(Qt.Key.Key_Return)
    room.qtbot.keyClicks(focus(), "Words about Ruth")
    room.page.choose_person("choir")
    assert not room.page.panel.goal.editor.isVisible()
    room.make.setFocus()
    room.key(Qt.Key.Key_Return)
    assert room.child(QLineEdit, "goal_words").text() == "Closer to Choir"


def test_everything_has_a_name_and_nothing_outlives_a_lock(room: Room) -> None:
    room.make_goal("ruth")
    room.page.choose_person("choir")
    room.make.setFocus()
    room.key(Qt.Key.Key_Return)
    assert unnamed(room.page) == []
    room.page.forget()
    part = room.page.panel.goal
    texts = [each.text() for each in part.findChildren(QLabel)] + [each.text() for each in part.findChildren(QLineEdit)]
    assert not any("Ruth" in each or "Choir" in each for each in texts)
