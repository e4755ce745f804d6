"""The client's own copy on the Reports tab: chosen from elsewhere, and what it holds is said as it is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.treatment_records import GoalStatus
from tests.services.summary_case import END, Case, fill, open_case
from tests.ui.practice_room import RoomFrame
from ui.reports.page import ReportsPage

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    case = open_case(tmp_path)
    fill(case)
    (goal,) = case.desk.goals.goals(case.course.id)
    case.desk.goals.change_goal(replace(goal, target=7, status=GoalStatus.MET, closed_on=END))
    case.desk.goals.rate_goal(goal.id, 8, END)
    yield case
    case.desk.close()


def test_what_it_holds_and_leaves_out_is_said_in_words(case: Case, qtbot: QtBot) -> None:
    frame = RoomFrame(case.desk)
    frame.client_id, frame.course_id = case.client.id, case.course.id
    page = ReportsPage(case.desk, frame)
    with qtbot.waitSignal(page.preview.shown):
        frame.hold(page)
    with qtbot.waitSignal(page.preview.shown):
        page.show_kind("client-copy")
    told = page.choices.foot.sentence.text()
    assert "goals reached, how far each goal is, 0 to 10" in told.partition("Leaves out")[0]
    assert "scores, diagnosis, risk entries" in told.partition("Leaves out")[2]
    assert "how far" not in told.partition("Nothing is written yet")[2]
    numbers = page.choices.findChild(QCheckBox, "include_numbers")
    assert numbers is not None
    with qtbot.waitSignal(page.typesetter.made, timeout=10_000):
        numbers.click()
    qtbot.waitUntil(lambda: "how far each goal is" in page.choices.foot.sentence.text().partition("Leaves out")[2])
    page.forget()
    frame.stop()
    frame.close()
