"""The Sessions tab on a real practice, with a client in the middle of a course."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Client, Course, Document, Session
from ipt_desktop.domain.rich_text import plain, to_json
from ipt_desktop.storage.store import Writing
from tests.ui.practice_room import Room, RoomFrame, open_room
from ui.sessions.page import SessionsPage

FULL = "CREATE TEMP TRIGGER full BEFORE INSERT ON revision BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
MENDED = "DROP TRIGGER temp.full"


class SessionsRoom:
    """The page in a frame; what is stored is read back from the practice."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room, self.desk, self._qtbot = room, room.desk, qtbot
        self.client: Client = room.client()
        self.course: Course = room.course(self.client, started_on=date.today() - timedelta(weeks=3))

    def show(self, client: Client | None = None) -> SessionsPage:
        """Show the tab for a client."""
        self.frame: RoomFrame = self.room.frame(client or self.client)
        self.page = SessionsPage(self.desk, self.frame)
        self.frame.hold(self.page, 1280, 800)
        self.frame.activateWindow()
        self._qtbot.waitExposed(self.frame)
        return self.page

    def sessions(self) -> list[Session]:
        return self.desk.sessions.sessions(self.course.id)

    def write(self, session: Session, words: str, **answers: Any) -> Document:
        """Store a note as if it had been written before."""
        documents = self.desk.documents
        document = documents.open_document(
            Purpose.PROGRESS_NOTE, self.client.id, course_id=session.course_id, session_id=session.id
        )
        told = {"what_happened": to_json(plain(words)), **answers}
        return documents.keep_draft(documents.begin_writing(document), told)

    def stored(self, session: Session) -> str:
        """Return all that is on the disk of a session's notes."""
        return str([each.answers for each in self.desk.documents.of_session(session.id)])

    def text(self, field: str = "what_happened") -> QTextEdit:
        found = self.page.findChild(QTextEdit, f"field_{field}_prose")
        assert found is not None
        return found

    def button(self, name: str) -> QPushButton:
        found = self.page.findChild(QPushButton, name)
        assert found is not None
        return found

    def widget(self, name: str) -> QWidget:
        found = self.page.findChild(QWidget, name)
        assert found is not None
        return found

    def rows(self) -> list[str]:
        """Return the list's rows as they are read, headings too."""
        model = self.page.list.lines
        return [str(model.index(row).data()) for row in range(model.rowCount())]

    def break_disk(self) -> None:
        self._run(FULL)

    def mend_disk(self) -> None:
        self._run(MENDED)

    def _run(self, statement: str) -> None:
        def run(writing: Writing) -> None:
            writing._connection.exec_driver_sql(statement)

        self.desk.store.write(run)


@pytest.fixture
def sessions_room(tmp_path: Path, qtbot: QtBot) -> Iterator[SessionsRoom]:
    with open_room(tmp_path) as room:
        made = SessionsRoom(room, qtbot)
        yield made
        if hasattr(made, "page"):
            made.page.forget()
