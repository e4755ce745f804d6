"""The Clients tab on a real desk."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Client
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


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


@pytest.fixture
def tab_of(qtbot: QtBot, room: Room) -> Callable[..., Tab]:
    def show(client: Client | None = None, width: int = 1280) -> Tab:
        return Tab(qtbot, room, client, width)

    return show
