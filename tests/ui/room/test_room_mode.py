"""Room mode on a real practice: the strip, the clock, who is called by initials, and what a crash leaves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Client, Session
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry
from ipt_desktop.services.sessions import Ending
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, open_room
from ui.clients.client_table import ClientTable
from ui.preferences import Preferences
from ui.room.clock import SessionClock
from ui.workspace import Workspace

TODAY = date.today()


class RoomDesk:
    """A workspace on a practice with two clients."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room, self.desk, self._qtbot = room, room.desk, qtbot
        self.marta = room.client("Marta Lindqvist")
        self.ben = room.client("Ben Okafor")
        self.course = room.course(self.marta)
        room.course(self.ben)
        self.opened: list[Workspace] = []
        self._hosts: list[QWidget] = []

    def open(self) -> Workspace:
        """Open the desk as after an unlock, where nothing is known of where the therapist was."""
        host = QWidget()
        self._qtbot.addWidget(host)
        self._hosts.append(host)
        self.workspace = Workspace(self.desk, Preferences(), host)
        self.opened.append(self.workspace)
        QVBoxLayout(host).addWidget(self.workspace)
        host.resize(1280, 800)
        host.show()
        self._qtbot.waitExposed(host)
        self.workspace.go_to(None)
        return self.workspace

    def start(self, client: Client) -> Session:
        """Start a session of this client from the strip."""
        self.workspace.choose_client(client.id)
        self.button("start_session").click()
        self._qtbot.waitUntil(lambda: self.workspace.room.is_on)
        running = self.desk.sessions.running()
        assert running is not None
        return running

    def button(self, name: str) -> QPushButton:
        found = self.workspace.findChild(QPushButton, name)
        assert found is not None
        return found

    def shown(self) -> str:
        """Return the words in sight."""
        return " ".join(each.text() for each in self.workspace.findChildren(QLabel) if each.isVisible())

    def rows(self) -> str:
        """Return what the table of clients says, also to a screen reader."""
        table = self.workspace.findChild(ClientTable)
        assert table is not None
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        model = table.clients
        places = [model.index(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
        return str([model.data(place, role) for place in places for role in roles])


@pytest.fixture
def desk_room(tmp_path: Path, qtbot: QtBot) -> Iterator[RoomDesk]:
    with open_room(tmp_path) as room:
        made = RoomDesk(room, qtbot)
        yield made
        for workspace in made.opened:
            workspace.forget()


def test_start_session_turns_it_on_and_end_session_off(desk_room: RoomDesk, qtbot: QtBot):
    workspace = desk_room.open()
    session = desk_room.start(desk_room.marta)
    strip = workspace.findChild(QWidget, "room_strip")
    assert strip is not None
    qtbot.waitUntil(strip.isVisible)
    assert not workspace.strip.isVisible()
    assert "M. L." in desk_room.shown()
    assert "Session 1 of 16" in desk_room.shown()
    assert "Marta" not in desk_room.shown()
    assert unnamed(strip) == []
    desk_room.button("end_session").click()
    desk_room.button("closing_close").click()
    qtbot.waitUntil(lambda: not workspace.room.is_on)
    assert workspace.strip.isVisible()
    assert not strip.isVisible()
    assert desk_room.desk.sessions.session(session.id).closed_at is not None
    assert "Marta Lindqvist" in desk_room.shown()


def test_every_client_goes_by_initials_while_it_runs(desk_room: RoomDesk, qtbot: QtBot):
    for client in desk_room.desk.clients.clients():
        found = RiskEntry(client_id=client.id, on=TODAY, asked=RiskAsked.CHANGED, words="Passive ideation")
        desk_room.desk.risk.keep_risk(found)
    workspace = desk_room.open()
    assert "Ben Okafor" in desk_room.rows()
    assert "Risk to review" in desk_room.shown()
    session = desk_room.start(desk_room.marta)
    workspace.show_tab("clients")
    assert not {"Risk", "ideation"} & set(desk_room.shown().replace(",", " ").split())
    assert "Ben" not in desk_room.rows()
    assert "B.O." in desk_room.rows()
    desk_room.desk.sessions.end_session(session.id, Ending(on=TODAY))
    qtbot.waitUntil(lambda: "Ben Okafor" in desk_room.rows())
    assert "Risk to review" in desk_room.shown()


def test_with_another_client_open_the_strip_is_theirs_and_starting_leads_back(desk_room: RoomDesk, qtbot: QtBot):
    workspace = desk_room.open()
    desk_room.start(desk_room.marta)
    workspace.choose_client(desk_room.ben.id)
    assert workspace.strip.isVisible()
    assert "B.O." in desk_room.shown()
    desk_room.button("start_session").click()
    assert "Another session is running" in workspace.bar.text()
    assert "Marta" not in workspace.bar.text()
    assert len(desk_room.desk.sessions.sessions(desk_room.course.id)) == 1
    desk_room.button("go_to_running").click()
    assert workspace.client_id == desk_room.marta.id
    assert not workspace.strip.isVisible()


def test_after_a_crash_the_room_comes_back_with_its_clock(desk_room: RoomDesk, qtbot: QtBot):
    desk_room.open()
    session = desk_room.start(desk_room.marta)
    assert session.begun_at is not None
    desk_room.desk.sessions.change_session(replace(session, begun_at=session.begun_at - timedelta(minutes=31)))
    workspace = desk_room.open()  # the first one never heard of an end
    assert workspace.client_id == desk_room.marta.id
    page = workspace.page("sessions")
    assert page is not None
    assert page.isVisible()
    clock = workspace.findChild(SessionClock)
    assert clock is not None
    assert clock.words().startswith("31:")
    assert clock.is_ticking
    assert workspace.running_session.is_running


def test_the_settings_show_no_strip(desk_room: RoomDesk):
    workspace = desk_room.open()
    desk_room.start(desk_room.marta)
    workspace.show_settings()
    strip = workspace.findChild(QWidget, "room_strip")
    assert strip is not None
    assert not strip.isVisible()
    assert not workspace.strip.isVisible()
    workspace.show_tab("sessions")
    assert strip.isVisible()


def test_the_clock_ticks_only_in_sight_and_marks_the_last_minutes_with_a_word(qtbot: QtBot):
    now = datetime(2026, 11, 24, 11, 31, 40, 900_000, tzinfo=UTC)
    host = QWidget()
    clock = SessionClock(host, now=lambda: now)
    qtbot.addWidget(host)
    clock.show_session(datetime(2026, 11, 24, 11, tzinfo=UTC), 50)
    assert clock.words() == "31:40 of 50 min"
    assert not clock.is_ticking
    host.show()
    qtbot.waitExposed(host)
    assert clock.is_ticking
    assert clock.accessibleName() == "31 of 50 minutes"
    now = datetime(2026, 11, 24, 11, 46, 0, 990_000, tzinfo=UTC)
    qtbot.waitUntil(lambda: clock.accessibleName() == "46 of 50 minutes, 4 min left")  # at the next full second
    assert clock.words() == "46:00 4 min left"
    host.hide()
    assert not clock.is_ticking
    clock.show_session(None, 0)
    assert clock.words().strip() == ""
