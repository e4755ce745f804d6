"""The Reports tab on a finished course, for every test of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.summary_case import Case, fill, open_case
from tests.ui.practice_room import RoomFrame
from ui.reports.page import ReportsPage


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    case = open_case(tmp_path)
    fill(case)
    yield case
    case.desk.close()


@pytest.fixture
def frame(case: Case, qtbot: QtBot) -> Iterator[RoomFrame]:
    frame = RoomFrame(case.desk)
    yield frame
    if frame.shown is not None:
        frame.shown.forget()
    frame.stop()
    frame.close()


@pytest.fixture
def page(case: Case, frame: RoomFrame, qtbot: QtBot) -> ReportsPage:
    """The tab with the finished course, its first pages on screen."""
    frame.client_id, frame.course_id = case.client.id, case.course.id
    page = ReportsPage(case.desk, frame)
    frame.hold(page)
    with qtbot.waitSignal(page.preview.shown, timeout=20_000):
        page.show_kind("termination-summary")
    return page
