"""Dragging the time slider of a real practice through its circles, offscreen: how long each frame takes in the window's thread.

A frame is what happens between two paintings: the mouse comes to another circle, people are a sixtieth of a second further on
their way, or all come to rest. The clock of the glide is turned by hand, so that every frame is measured and none is skipped.
"""

import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.measuring import at_95_of_100, rounds, seconds
from ipt_desktop.domain.circle_time import BEFORE, NOW
from ipt_desktop.domain.records import Attendance, Client, Person, Placement, Session, Sitting
from ipt_desktop.domain.relation import RELATIONS
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key
from ipt_desktop.storage.store import Writing
from ui.circle.page import CirclePage
from ui.preferences import Preferences
from ui.workspace import Workspace

SWEEPS = 6
SESSIONS = 12
FRAME_MS = 16
FRAMES_A_STEP = 8  # a hand goes from one session to the next in an eighth of a second


class Room:
    """A client with so many people who stand elsewhere in each of twelve sessions, on the Circle tab of the real window."""

    def __init__(self, folder: Path, count: int) -> None:
        self.desk = Desk(create_with_key(folder / "practice", bytes(range(32)), "Willow Lane Practice"))
        client = self.desk.clients.add_client(Client(name="Marta"))
        protocol = next(each for each in self.desk.resources.protocols if len(each.phases) > 1)
        begun = date.today() - timedelta(weeks=SESSIONS)
        course = self.desk.courses.begin_course(client.id, protocol, started_on=begun)
        for number in range(SESSIONS):
            day = begun + timedelta(weeks=number)
            self.desk.sessions.add_session(
                Session(id=f"s{number}", course_id=course.id, date=day, attendance=Attendance.ATTENDED)
            )
        self._draw = (client.id, course.id, begun, count)
        self.desk.store.write(self._place)
        self.window = QWidget()
        self.frame = Workspace(self.desk, Preferences(), self.window)
        self.frame.resize(1280, 772)
        self.window.resize(1280, 772)
        self.window.show()
        self.frame.choose_client(client.id)
        self.frame.show_tab("circle")
        page = self.frame.page("circle")
        assert isinstance(page, CirclePage)
        self.page = page
        QApplication.processEvents()

    def _place(self, writing: Writing) -> None:
        client_id, course_id, begun, count = self._draw
        dice = random.Random(7)  # noqa: S311 - places, not secrets
        for index in range(count):
            relation = RELATIONS[index % len(RELATIONS)].key
            writing.insert(Person(id=f"p{index}", client_id=client_id, name=f"Person {index}", relation=relation))
        writing.insert(Sitting(id="then", course_id=course_id, date=begun, is_before=True))
        sittings = [("then", 0), *((f"at{number}", number) for number in range(SESSIONS))]
        for sitting_id, number in sittings:
            if sitting_id != "then":
                day = begun + timedelta(weeks=number)
                writing.insert(Sitting(id=sitting_id, course_id=course_id, session_id=f"s{number}", date=day))
            for index in range(count - 4 if sitting_id == "then" else count):
                writing.insert(
                    Placement(person_id=f"p{index}", sitting_id=sitting_id, felt=dice.random(), angle=dice.uniform(0.0, 360.0))
                )

    def close(self) -> None:
        """Close window and practice."""
        self.frame.forget()
        self.window.close()
        self.desk.close()


def _mouse(room: Room, kind: QEvent.Type, at: QPointF) -> None:
    slider = room.page.columns.slider
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, at, QPointF(slider.mapToGlobal(at)), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(slider, event)


def _frame(work: object) -> None:
    """Do what a frame does and paint what that touched."""
    if callable(work):
        work()
    QApplication.processEvents()
    QApplication.processEvents()


def _sweep(room: Room, keys: list[str]) -> Iterator[float]:
    """Drag from circle to circle, and let all come to rest at the last one; yield how long each frame took."""
    slider, glide = room.page.columns.slider, room.page.canvas.glide
    places = [QPointF(slider.place_of(key)) for key in keys]
    _mouse(room, QEvent.Type.MouseButtonPress, places[0])
    for place in places[1:]:
        yield seconds(lambda at=place: _frame(lambda: _mouse(room, QEvent.Type.MouseMove, at)))  # type: ignore[misc]
        glide.pause()
        for number in range(1, FRAMES_A_STEP + 1):
            yield seconds(lambda ms=number * FRAME_MS: _frame(lambda: glide.go_to(ms)))  # type: ignore[misc]
    _mouse(room, QEvent.Type.MouseButtonRelease, places[-1])
    yield seconds(lambda: _frame(glide.finish))


def scrub_ms(count: int, details: list[str]) -> float:
    """Return the 95th hundredth of all frames, in milliseconds, with so many people."""
    with tempfile.TemporaryDirectory() as place:
        room = Room(Path(place), count)
        try:
            keys = [each.key for each in room.page.shown.time.time.stops if each.can_be_shown]
            assert (keys[0], keys[-1], len(keys)) == (BEFORE, NOW, SESSIONS + 2)
            frames = [frame for number in range(rounds(SWEEPS)) for frame in _sweep(room, keys if number % 2 else keys[::-1])]
        finally:
            room.close()
    frames.sort()
    at = time.strftime("%H:%M")
    details.append(f"scrub {count} at {at}: {len(frames)} frames, median {frames[len(frames) // 2] * 1000:.2f} ms")
    details.append(f"longest {frames[-1] * 1000:.2f} ms")
    return at_95_of_100(frames) * 1000
