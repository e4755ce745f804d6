"""The Clients tab on a real desk."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Client, Course
from ipt_desktop.domain.session_records import Step
from tests.ui.practice_room import Room, RoomFrame, open_room
from ui.clients.page import ClientsPage

W = TypeVar("W", bound=QWidget)


class Tab:
    """The page shown in its frame, with short ways to what stands on it."""

    def __init__(self, qtbot: QtBot, room: Room, client: Client | None = None, width: int = 1280) -> None:
        self.qtbot, self.room, self.desk = qtbot, room, room.desk
        self.frame: RoomFrame = room.frame(client)
        self.page = ClientsPage(room.desk, self.frame)
        self.frame.hold(self.page, width)
        qtbot.waitExposed(self.frame)
        self.frame.activateWindow()
        qtbot.waitUntil(self.frame.isActiveWindow)
        self.page.setFocus()

    def names(self) -> list[str]:
        model = self.page.list.table.clients
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def row(self, name: str) -> list[str]:
        model = self.page.list.table.clients
        return [str(model.index(self.names().index(name), column).data()) for column in range(model.columnCount())]

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def settle(self, until: Callable[[], Any]) -> None:
        self.qtbot.waitUntil(until)


def lines(tab: Tab, key: str) -> list[str]:
    """Return the names in sight in a part of the card above the clients."""
    found = [each for each in tab.page.list.today.findChildren(QPushButton) if each.isVisible()]
    return [each.text() for each in found if each.objectName() in [f"today_{key}_{place}" for place in range(9)]]


def a_task(room: Room, client: Client, words: str, days_ago: int = 7) -> tuple[Course, Step]:
    """Agree a task with a client, in the course that runs."""
    courses = room.desk.courses.courses(client.id)
    course = courses[-1] if courses else room.course(client, date.today() - timedelta(21))
    step = Step(course_id=course.id, words=words, agreed_on=date.today() - timedelta(days_ago))
    return course, room.desk.steps.add_step(step)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


@pytest.fixture
def tab_of(qtbot: QtBot, room: Room) -> Callable[..., Tab]:
    def show(client: Client | None = None, width: int = 1280) -> Tab:
        return Tab(qtbot, room, client, width)

    return show
