"""Three hundred people: the tab opens with each thing done once, so that the window does not stand still; all can be used."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from types import FrameType

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.circle_picture import CircleDrawing
from ipt_desktop.domain.closeness import OUTSIDE
from ipt_desktop.domain.records import Client, Course, Person, Placement, Sitting, Tie, TieKind
from ipt_desktop.domain.relation import RELATIONS
from ipt_desktop.storage.store import Reading, Writing
from tests.ui.practice_room import Room, RoomFrame, open_room
from ui.circle.canvas import CircleCanvas
from ui.circle.page import CirclePage
from ui.painting import PaintedMarks

MANY, FEW = 300, 60


class Crowded:
    """The Circle tab of a practice with a client of sixty people and one of three hundred; nobody is shown yet."""

    def __init__(self, room: Room) -> None:
        self.desk = room.desk
        self.clients: dict[int, Client] = {}
        self.courses: dict[int, Course] = {}
        for count in (FEW, MANY):
            client = self.clients[count] = room.client(f"Marta {count}")
            course = self.courses[count] = room.course(client, date.today() - timedelta(weeks=4))
            self.desk.store.write(partial(self._draw, course, count))
        self.frame: RoomFrame = room.frame()
        self.page = CirclePage(self.desk, self.frame)
        self.frame.hold(self.page, 1280, 660)
        QApplication.processEvents()

    def _draw(self, course: Course, count: int, writing: Writing) -> None:
        sitting = Sitting(course_id=course.id, date=date.today() - timedelta(7))
        writing.insert(sitting)
        ids = [f"{count}-{index}" for index in range(count)]
        for index, person_id in enumerate(ids):
            relation = RELATIONS[index % len(RELATIONS)].key
            writing.insert(Person(id=person_id, client_id=course.client_id, name=f"Person {index}", relation=relation))
            felt = OUTSIDE if index % 25 == 0 else (index * 37 % count) / count
            writing.insert(
                Placement(
                    person_id=person_id,
                    sitting_id=sitting.id,
                    felt=felt,
                    angle=index * 137.5 % 360.0,  # as a sunflower's seeds stand
                    desired=0.9 if index % 3 == 0 else None,
                )
            )
        for one, other in zip(ids[::2], ids[1::2], strict=True):
            kind = TieKind.KIN
            writing.insert(Tie(client_id=course.client_id, from_person_id=one, to_person_id=other, kind=kind))

    def open(self, count: int) -> None:
        """Choose a client and paint their circle."""
        self.frame.choose_client(self.clients[count].id)
        QApplication.processEvents()
        QApplication.processEvents()


@pytest.fixture
def crowded(tmp_path: Path, qtbot: QtBot) -> Iterator[Crowded]:
    with open_room(tmp_path) as opened:
        yield Crowded(opened)


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch, *methods: tuple[type, str]) -> Iterator[Counter[str]]:
    """Count how often these are called; they do what they do."""
    calls: Counter[str] = Counter()

    def count(name: str, whole: Callable[..., object], *given: object, **named: object) -> object:
        calls[name] += 1
        return whole(*given, **named)

    with monkeypatch.context() as patch:
        for owner, name in methods:
            whole = getattr(owner, name)
            said = f"{owner.__name__}.{name}"
            patch.setattr(owner, name, lambda *given, _a=said, _b=whole, **named: count(_a, _b, *given, **named))
        yield calls


def steps_of(work: Callable[[], object]) -> int:
    """Return how many lines of Python a piece of work runs through: a measure that no other program's work changes."""
    steps = 0

    def at_line(_frame: FrameType, event: str, _value: object) -> Callable[..., object]:
        nonlocal steps
        steps += event == "line"
        return at_line

    before = sys.gettrace()
    sys.settrace(at_line)
    try:
        work()
    finally:
        sys.settrace(before)
    return steps


def test_each_thing_is_done_once_however_many_there_are(crowded: Crowded, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ((CircleCanvas, "lay_out"), (CircleDrawing, "picture"), (Reading, "all"), (PaintedMarks, "__init__"))
    told = {}
    for count in (FEW, MANY):
        crowded.open(count)
        crowded.frame.choose_client(None)
        with counted(monkeypatch, *asked) as calls:
            crowded.open(count)
        assert calls["CircleCanvas.lay_out"] == calls["CircleDrawing.picture"] == 1
        told[count] = calls
    assert told[MANY]["Reading.all"] == told[FEW]["Reading.all"] <= 30, "something is read for each person"
    for count in (FEW, MANY):  # for each person a token with a label, and for every third a wish with its grip
        assert told[count]["PaintedMarks.__init__"] <= count * 2 + 40


def test_five_times_the_people_take_about_five_times_the_steps(crowded: Crowded) -> None:
    for count in (FEW, MANY):
        crowded.open(count)  # what is made once for all is made now
    few, many = (steps_of(lambda count=count: crowded.open(count)) for count in (FEW, MANY))  # type: ignore[misc]
    assert many < few * 9, (few, many)
    assert many < 2_000_000, many


def test_of_two_who_cover_each_other_the_menu_speaks_of_the_one_that_a_press_takes_hold_of(
    crowded: Crowded, qtbot: QtBot
) -> None:
    crowded.open(MANY)
    canvas = crowded.page.canvas
    places = [(canvas.place_of(each.person_id), each.person_id) for each in canvas.items_in_order()]
    covered = next(at for at, person_id in places if canvas.person_at(at) != person_id)
    asked: list[str] = []
    canvas.person_chosen.connect(asked.append)
    qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=covered)
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=covered)
    assert asked == [canvas.person_at(covered)]


def test_nobody_of_three_hundred_is_lost_and_anyone_can_be_dragged(crowded: Crowded, qtbot: QtBot) -> None:
    crowded.open(MANY)
    canvas, table = crowded.page.canvas, crowded.page.table
    items = canvas.items_in_order()
    assert len(items) == table.people.rowCount() == MANY
    assert all(canvas.sceneRect().contains(item.pos()) for item in items)
    on_top = [each.person_id for each in items if canvas.person_at(canvas.place_of(each.person_id)) == each.person_id]
    person_id = on_top[len(on_top) // 2]
    start, end = canvas.place_of(person_id), canvas.viewport().rect().center() + QPoint(90, 0)
    before = canvas.standing(person_id)
    qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 4):
        qtbot.mouseMove(canvas.viewport(), start + (end - start) * step / 3)
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert (canvas.place_of(person_id) - end).manhattanLength() <= 2
    after = canvas.standing(person_id)
    assert before is not None
    assert after is not None
    assert after.felt != before.felt
    circle = crowded.desk.circles.circle(crowded.courses[MANY].id)
    assert circle.placements[person_id].felt == after.felt
