"""Opening the Circle tab of a client: from `show_client` until all of it is painted, against its display list painted once.

The client is one at the end of a course: people with wishes, marks and ties; all of them were placed in four circles, and a few
were moved in each session between. The tab is built already, and shows another client of as many people, whom it has to let go.
"""

import random
import tempfile
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.measuring import ratio, rounds, seconds
from ipt_desktop.domain.records import Attendance, Client, Course, Person, Placement, Session, Sitting, Tie, TieKind
from ipt_desktop.domain.relation import RELATIONS
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key
from ipt_desktop.storage.store import Writing
from ui import theme
from ui.circle.canvas import CircleCanvas
from ui.circle.page import CirclePage
from ui.painting import paint_marks, theme_inks
from ui.preferences import Preferences
from ui.workspace import Workspace

ROUNDS = 40
SESSIONS = 12
DRAWN_ANEW = (0, 1, 6, 12)  # before this began, and in the first session, the middle and the last
MOVED_OF = 6  # in the sessions between, one in so many is moved


class OpeningRoom:
    """Two clients of so many people in a real practice, and the Circle tab in the real window."""

    def __init__(self, folder: Path, count: int) -> None:
        self.desk = Desk(create_with_key(folder / "practice", bytes(range(32)), "Willow Lane Practice"))
        self.courses = [self._course(name, count) for name in ("Marta", "Ines")]
        self.window = QWidget()
        self.frame = Workspace(self.desk, Preferences(), self.window)
        self.frame.resize(1280, 772)
        self.window.resize(1280, 772)
        self.window.show()
        self.frame.show_tab("circle")
        page = self.frame.page("circle")
        assert isinstance(page, CirclePage)
        self.page = page
        settle()

    def _course(self, name: str, count: int) -> Course:
        client = self.desk.clients.add_client(Client(name=name))
        protocol = next(each for each in self.desk.resources.protocols if len(each.phases) > 1)
        course = self.desk.courses.begin_course(client.id, protocol, started_on=date.today() - timedelta(weeks=SESSIONS))
        self.desk.store.write(lambda writing: fill(writing, course, count))
        return course

    def open(self, course: Course) -> None:
        """Open the tab of a course's client, until it is painted."""
        self.page.show_client(course.client_id, course.id)
        settle()

    def close(self) -> None:
        """Close window and practice."""
        self.frame.forget()
        self.window.close()
        self.desk.close()


def fill(writing: Writing, course: Course, count: int) -> None:
    """Give a course its people, twelve sessions and what was drawn in them; it is the same for every course."""
    dice = random.Random(7)  # noqa: S311 - places, not secrets
    ids = [f"{course.id[:8]}-p{index}" for index in range(count)]
    for index, person_id in enumerate(ids):
        relation, is_in_focus = RELATIONS[index % len(RELATIONS)].key, index % 20 == 1
        name = f"Person {index}"
        writing.insert(Person(id=person_id, client_id=course.client_id, name=name, relation=relation, is_in_focus=is_in_focus))
    sittings = [Sitting(course_id=course.id, date=course.started_on, is_before=True)]
    for number in range(SESSIONS):
        day = course.started_on + timedelta(weeks=number)
        session = Session(course_id=course.id, date=day, attendance=Attendance.ATTENDED)
        writing.insert(session)
        sittings.append(Sitting(course_id=course.id, session_id=session.id, date=day))
    for number, sitting in enumerate(sittings):
        writing.insert(sitting)
        is_drawn_anew = number in DRAWN_ANEW
        for index, person_id in enumerate(ids):
            if not is_drawn_anew and (index + number) % MOVED_OF:
                continue
            placement = Placement(
                person_id=person_id,
                sitting_id=sitting.id,
                felt=dice.random(),
                angle=dice.uniform(0.0, 360.0),
                desired=dice.random() if index % 3 == 0 else None,
                is_confidant=index % 7 == 0,
                conflict=index % 4,
            )
            writing.insert(placement)
    kinds = list(TieKind)
    for number in range(count):
        one, other = dice.sample(ids, 2)
        kind = kinds[number % len(kinds)]
        writing.insert(Tie(client_id=course.client_id, from_person_id=one, to_person_id=other, kind=kind))


def settle() -> None:
    """Let everything be done and painted that is due."""
    QApplication.processEvents()
    QApplication.processEvents()


def open_ratio(count: int, details: list[str]) -> float:
    """Return the ratio for so many people."""
    with tempfile.TemporaryDirectory() as place:
        room = OpeningRoom(Path(place), count)
        try:
            return _measured(room, count, details)
        finally:
            room.close()


def _measured(room: OpeningRoom, count: int, details: list[str]) -> float:
    canvas = room.page.canvas
    for course in room.courses:
        room.open(course)
    opened, painted = [], []
    for number in range(rounds(ROUNDS)):
        opened.append(seconds(partial(room.open, room.courses[number % 2])))
        assert len(canvas.items_in_order()) == count
        painted.append(seconds(BarePaint(canvas)))
    details.append(f"open {count}: {median(opened) * 1000:.1f} ms, painted once {median(painted) * 1000:.1f} ms")
    return ratio(opened, painted)


class BarePaint:
    """Paints what a canvas shows as a bare QPainter does: its display list, once, into an image as large as the canvas."""

    def __init__(self, canvas: CircleCanvas) -> None:
        self._marks, self._inks = canvas.picture.marks, theme_inks(theme.current())
        self._scale = canvas.transform().m11()
        self._image = QImage(canvas.viewport().size(), QImage.Format.Format_ARGB32_Premultiplied)

    def __call__(self) -> None:
        """Paint it once."""
        painter = QPainter(self._image)
        painter.scale(self._scale, self._scale)
        painter.fillRect(self._image.rect(), self._inks.color("surface"))
        paint_marks(painter, self._marks, self._inks)
        painter.end()
