"""A real desk on a real encrypted practice, for the tests of the tabs; opened with a plain key, so that it is quick."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.records import Attendance, Client, Course, Session
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key
from ui.change_bus import ChangeBus
from ui.key_choices import KeyChoices
from ui.page import BarAction, Page
from ui.preferences import Preferences

KEY = bytes(range(32))


class RoomFrame(QWidget):
    """The window round one page: it remembers what it was told."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.changes = ChangeBus(self)
        self.preferences = Preferences()
        self.keys = KeyChoices(self.preferences, self)
        self.stop = desk.changes.subscribe(self.changes.tell)
        self.stack = QUndoStack(self)
        self.client_id: str | None = None
        self.course_id: str | None = None
        self.has_initials = False
        self.is_in_room = False
        self.said: list[tuple[str, str]] = []
        self.actions_said: dict[str, Any] = {}
        self.unsaid: list[str] = []
        self.save_states: list[str] = []
        self.tab = ""
        self.settings_shown: str | None = None
        self.has_turned = False
        self.turned_measures: list[tuple[str, str, str]] = []
        self.revoked: list[tuple[str, str | None]] = []
        self.shown: Page | None = None

    def hold(self, page: Page, width: int = 1280, height: int = 700) -> None:
        """Show a page in this frame."""
        self.shown = page
        QVBoxLayout(self).addWidget(page)
        self.resize(width, height)
        self.show()
        page.show_client(self.client_id, self.course_id)

    def choose_client(self, client_id: str | None, course_id: str | None = None) -> bool:
        if self.shown is not None and not self.shown.flush():
            return False
        courses = self.desk.courses.courses(client_id) if client_id else []
        self.client_id = client_id
        self.course_id = course_id or (courses[-1].id if courses else None)
        if self.shown is not None:
            self.shown.show_client(self.client_id, self.course_id)
        return True

    def show_tab(self, tab: str) -> bool:
        self.tab = tab
        return True

    def show_settings(self, section: str = "") -> bool:
        self.settings_shown = section
        return True

    def turn_to_client(self, *, measure: str = "", session_id: str = "", result_id: str = "", about_id: str = "") -> None:
        self.has_turned = True
        self.turned_measures.append((measure, session_id, result_id))

    def revoke(self, passphrase: str, private_passphrase: str | None) -> None:
        self.revoked.append((passphrase, private_passphrase))

    def page(self, tab: str) -> Page | None:
        return None

    def show_save_state(self, state: str, at: datetime | None = None, detail: str = "") -> None:
        self.save_states.append(state)

    def say(
        self, title: str, words: str = "", *, tone: str = "note", actions: tuple[BarAction, ...] = (), can_close: bool = True
    ) -> None:
        self.said.append((title, words))
        self.actions_said = {name: act for name, _words, act in actions}

    def unsay(self, title: str) -> None:
        self.unsaid.append(title)

    def undo_stack(self) -> QUndoStack:
        return self.stack

    def when_sure(self, act: Callable[[], None]) -> None:
        act()

    def name_of(self, client: Client) -> str:
        return client.initials or client.name[:1] if self.has_initials else client.name


@dataclass
class Room:
    """An open practice with a frame; the sample verbs return what they stored."""

    desk: Desk
    frames: list[RoomFrame] = field(default_factory=list)

    def frame(self, client: Client | None = None) -> RoomFrame:
        """Return a frame in which this client is chosen."""
        frame = RoomFrame(self.desk)
        self.frames.append(frame)
        if client is not None:
            frame.choose_client(client.id)
        return frame

    def client(self, name: str = "Marta Lindqvist") -> Client:
        """Add a client."""
        return self.desk.clients.add_client(Client(name=name))

    def course(self, client: Client, started_on: date | None = None, **terms: Any) -> Course:
        """Begin a course of sixteen sessions (Weissman, Markowitz, Klerman)."""
        protocol = self.desk.resources.protocol("weissman-markowitz-klerman")
        assert protocol is not None
        return self.desk.courses.begin_course(client.id, protocol, started_on=started_on or date.today(), **terms)

    def sessions(self, course: Course, count: int, attendance: Attendance | None = Attendance.ATTENDED) -> list[Session]:
        """Add weekly sessions from the course's first day on."""
        days = [course.started_on + timedelta(weeks=number) for number in range(count)]
        return [self.desk.sessions.add_session(Session(course_id=course.id, date=day, attendance=attendance)) for day in days]


@contextmanager
def open_room(folder: Path) -> Iterator[Room]:
    """Make a practice in the folder and open it; close frames and practice afterwards."""
    room = Room(Desk(create_with_key(folder / "practice", KEY, "Willow Lane Practice")))
    try:
        yield room
    finally:
        for frame in room.frames:
            frame.stop()
            if frame.shown is not None:
                frame.shown.forget()
            frame.close()
            frame.deleteLater()
        room.desk.close()
