"""Choosing a client and looking at a tab of theirs are in the audit trail."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.practice_room import Room, open_room
from ui.preferences import Preferences
from ui.workspace import Workspace


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


def seen(room: Room, client_id: str) -> list[tuple[str, str]]:
    room.desk.store.write(lambda writing: None)
    entries = reversed(room.desk.audit.entries())
    return [
        (each.operation, each.detail.get("page", ""))
        for each in entries
        if each.client_id == client_id and each.operation in ("open_client", "view")
    ]


def test_what_is_opened_and_looked_at_is_noted(qtbot: QtBot, room: Room):
    marta, other = room.client(), room.client("Other")
    room.course(marta)
    host = QWidget()
    qtbot.addWidget(host)
    workspace = Workspace(room.desk, Preferences(), host)
    workspace.go_to(None)
    workspace.choose_client(marta.id)
    workspace.choose_client(marta.id)
    for tab in ("sessions", "clients", "sessions", "phases"):
        workspace.show_tab(tab)
    workspace.choose_client(other.id)
    workspace.choose_client(None)
    workspace.forget()
    assert seen(room, marta.id) == [("open_client", ""), ("view", "clients"), ("view", "sessions"), ("view", "phases")]
    assert seen(room, other.id) == [("open_client", ""), ("view", "phases")]
