"""The problem areas of every protocol at every text size: no word is cut off, and nothing asks for more than its column."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import ProblemArea
from ipt_desktop.domain.treatment_records import Goal
from ipt_desktop.services.resources import Resources
from tests.ui.practice_room import Room, open_room
from ui import theme
from ui.phases.areas_card import AreasCard
from ui.phases.fold import Fold
from ui.phases.reading import read_course
from ui.phases.strategy_row import StrategyRow
from ui.widgets.labels import ElidedLabel

TODAY = date.today()
PROTOCOLS = {each.key: each for each in Resources().protocols}
# The width of the middle column: in a window of 1280 as one of three, above 130 % text as one of two.
WIDTHS = {0.8: 460, 1.0: 460, 2.0: 650}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


def shown(qtbot: QtBot, qapp: QApplication, room: Room, key: str, scale: float) -> AreasCard:
    """Show every problem area of a protocol with a goal, its folds and what the protocol says of it unfolded."""
    theme.apply(qapp, theme.Theme("light", scale))
    client = room.client()
    course = room.desk.courses.begin_course(client.id, PROTOCOLS[key], started_on=TODAY - timedelta(weeks=6))
    sessions = room.sessions(course, 6)
    for rank, each in enumerate(PROTOCOLS[key].areas, start=1):
        words = "two parents in a house to one in a flat"
        area = room.desk.phases.keep_problem_area(ProblemArea(course_id=course.id, area=each.key, rank=rank, about=words))
        goal = Goal(course_id=course.id, words="Two evenings a month", problem_area_id=area.id, baseline=0, target=6)
        kept = room.desk.goals.add_goal(replace(goal, set_on=sessions[0].date, evidence="two dates in the calendar"))
        room.desk.goals.rate_goal(kept.id, 3, TODAY, sessions[3].id)
        for strategy in each.strategies[:2]:
            room.desk.strategies.mark_strategy(area.id, strategy.key, sessions[2].id)
    parent = QWidget()
    qtbot.addWidget(parent)
    card = AreasCard(parent)
    card.parent_of_test = parent  # type: ignore[attr-defined]
    parent.resize(WIDTHS[scale], 2000)
    card.resize(parent.size())
    forms = room.desk.resources.forms
    card.offer_worksheets([(each.key, each.title, each.is_confronting) for each in forms])
    card.show_course(read_course(room.desk, client.id, course.id, TODAY), "Marta")
    parent.show()
    for fold in card.findChildren(Fold):
        fold.unfold()
    for button in card.findChildren(QPushButton):
        if button.objectName().startswith("about_"):
            button.click()
    qapp.processEvents()
    return card


def check(card: QWidget) -> None:
    for words in card.findChildren(QLabel):
        if not words.isVisible() or not words.text() or isinstance(words, ElidedLabel):
            continue
        margins = words.contentsMargins()
        room = words.width() - margins.left() - margins.right()
        if words.wordWrap():
            assert words.height() >= words.heightForWidth(words.width()), words.text()
            longest = max(words.text().split(), key=words.fontMetrics().horizontalAdvance)
            assert words.fontMetrics().horizontalAdvance(longest) <= room, words.text()
        else:
            assert words.fontMetrics().horizontalAdvance(words.text()) <= room, words.text()
    for button in card.findChildren(QPushButton):
        if button.isVisible() and button.text():
            assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width() - 2, button.text()
    for row in card.findChildren(StrategyRow):
        if row.isVisible():
            assert row.height() >= row.heightForWidth(row.width()), row.text()


@pytest.mark.parametrize(
    "scale", [each if each == max(WIDTHS) else pytest.param(each, marks=pytest.mark.soak) for each in WIDTHS]
)
@pytest.mark.parametrize("key", PROTOCOLS)
def test_no_word_of_any_problem_area_is_cut(qtbot: QtBot, qapp: QApplication, room: Room, key: str, scale: float) -> None:
    card = shown(qtbot, qapp, room, key, scale)
    assert card.paper.minimumSizeHint().width() <= card.scroller.viewport().width()
    check(card)


@pytest.mark.parametrize("scale", list(WIDTHS))
def test_no_word_of_the_editors_is_cut(qtbot: QtBot, qapp: QApplication, room: Room, scale: float) -> None:
    card = shown(qtbot, qapp, room, "weissman-markowitz-klerman", scale)
    edit = next(each for each in card.findChildren(QPushButton) if each.objectName().startswith("goal_edit_"))
    edit.click()
    card.ask_for_area()
    status = card.findChild(QWidget, "goal_status_met")
    assert isinstance(status, QPushButton)
    status.click()
    figures = next(each for each in card.findChildren(QPushButton) if each.objectName().startswith("goal_figures_"))
    figures.click()
    qapp.processEvents()
    check(card)
    assert card.scroller.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert card.paper.minimumSizeHint().width() <= card.scroller.viewport().width()
