"""The circle under a real mouse and real keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.circle_picture import CircleMode, CircleView
from ipt_desktop.domain.closeness import OUTSIDE, Ring, ring_of
from ipt_desktop.domain.records import Person, Placement, Tie, TieKind
from ipt_desktop.domain.standing import Standing, standings
from ui.circle.canvas import CircleCanvas

PEOPLE = [
    Person(id="elin", client_id="c", name="Elin", relation="daughter"),
    Person(id="johan", client_id="c", name="Johan", relation="husband", is_in_focus=True),
    Person(id="petra", client_id="c", name="Petra", relation="friend"),
]
TIES = [Tie(id="t", client_id="c", from_person_id="elin", to_person_id="johan", kind=TieKind.KIN)]


def placed(person_id: str, felt: float, angle: float, desired: float | None = None) -> Placement:
    return Placement(id=f"p-{person_id}", person_id=person_id, sitting_id="s", felt=felt, angle=angle, desired=desired)


def people() -> list[Standing]:
    now = {
        "elin": placed("elin", 0.9, 300.0),
        "johan": placed("johan", 0.5, 90.0, desired=0.9),
        "petra": placed("petra", OUTSIDE, 200.0),
    }
    return standings(PEOPLE, now, {"johan": placed("johan", 0.8, 90.0)})


class Room(QWidget):
    """A field before the circle, the circle, and a keeper of what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit(self)
        self.canvas = CircleCanvas(self)
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.canvas)
        self.view = CircleView(client_label="Marta", mode=CircleMode.WANTED, are_ties_shown=True)
        self.people = people()
        self.canvas.person_moved.connect(self.keep)
        self.show_people()

    def show_people(self) -> None:
        self.canvas.show_circle(self.people, TIES, self.view)

    def keep(self, person_id: str, felt: float, angle: float) -> None:
        self.people = [
            replace(each, now=replace(each.now, felt=felt, angle=angle)) if each.person.id == person_id and each.now else each
            for each in self.people
        ]
        self.show_people()

    def felt(self, person_id: str) -> float:
        return next(each.now.felt for each in self.people if each.person.id == person_id and each.now)


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    made = Room()
    qtbot.addWidget(made)
    made.resize(620, 620)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    return made


def drag(qtbot: QtBot, canvas: CircleCanvas, start: QPoint, end: QPoint) -> None:
    port = canvas.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(port, start + (end - start) * step / 5)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


def center(canvas: CircleCanvas) -> QPoint:
    mark = next(mark for mark in canvas.picture.marks if mark.key == "client")
    return canvas.mapFromScene(*mark.center)


def test_dragging_nearer_and_further(room: Room, qtbot: QtBot) -> None:
    start, middle = room.canvas.place_of("johan"), center(room.canvas)
    drag(qtbot, room.canvas, start, middle + (start - middle) * 0.4)
    assert ring_of(room.felt("johan")) is Ring.INNER
    assert room.canvas.place_of("johan").x() < start.x()
    far = QPoint(room.canvas.viewport().width() - 4, start.y())
    drag(qtbot, room.canvas, room.canvas.place_of("johan"), far)
    assert room.felt("johan") == OUTSIDE


def test_a_gesture_is_one_move(room: Room, qtbot: QtBot) -> None:
    moves: list[tuple[object, ...]] = []
    room.canvas.person_moved.connect(lambda *move: moves.append(move))
    start = room.canvas.place_of("elin")
    drag(qtbot, room.canvas, start, start + QPoint(30, 60))
    assert [move[0] for move in moves] == ["elin"]


def test_a_click_chooses_and_moves_nobody(room: Room, qtbot: QtBot) -> None:
    moves: list[object] = []
    room.canvas.person_moved.connect(lambda *move: moves.append(move))
    with qtbot.waitSignal(room.canvas.person_chosen) as chosen:
        qtbot.mouseClick(room.canvas.viewport(), Qt.MouseButton.LeftButton, pos=room.canvas.place_of("petra"))
    assert chosen.args == ["petra"]
    assert moves == []


def test_ties_and_wants_follow_the_drag(room: Room, qtbot: QtBot) -> None:
    port, start = room.canvas.viewport(), room.canvas.place_of("johan")
    tie, want = room.canvas.lines["tie:t"], room.canvas.lines["wanted:johan"]
    before = tie.boundingRect(), want.boundingRect()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(port, start + QPoint(0, 60))
    qtbot.mouseMove(port, start + QPoint(0, 90))
    assert tie.boundingRect() != before[0]
    assert want.boundingRect() != before[1]
    assert tie.boundingRect().bottom() > before[0].bottom() + 40
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start + QPoint(0, 90))


def test_tab_walks_nearest_first_and_leaves(room: Room, qtbot: QtBot) -> None:
    qtbot.keyClick(room.field, Qt.Key.Key_Tab)
    walked = [room.canvas.keyboard_id]
    for _step in range(2):
        qtbot.keyClick(room.canvas, Qt.Key.Key_Tab)
        walked.append(room.canvas.keyboard_id)
    assert walked == ["elin", "johan", "petra"]
    qtbot.keyClick(room.canvas, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is room.field


def test_the_keyboard_has_a_ring_of_its_own(room: Room, qtbot: QtBot) -> None:
    qtbot.keyClick(room.field, Qt.Key.Key_Tab)
    assert "Elin" in room.canvas.accessibleDescription()
    assert "inner" in room.canvas.accessibleDescription()


def test_arrows_move_and_turn(room: Room, qtbot: QtBot) -> None:
    room.canvas.setFocus()
    room.canvas.choose("johan")
    qtbot.keyClick(room.canvas, Qt.Key.Key_Up)
    assert room.felt("johan") == pytest.approx(0.55)
    qtbot.keyClick(room.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert room.felt("johan") == pytest.approx(0.54)
    qtbot.keyClick(room.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert ring_of(room.felt("johan")) is Ring.OUTER
    qtbot.keyClick(room.canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert room.felt("johan") == OUTSIDE
    with qtbot.waitSignal(room.canvas.person_moved) as moved:
        qtbot.keyClick(room.canvas, Qt.Key.Key_Right)
    assert moved.args is not None
    assert moved.args[2] == pytest.approx(95.0)


def test_keys_ask_to_remove_rename_and_add(room: Room, qtbot: QtBot) -> None:
    room.canvas.setFocus()
    room.canvas.choose("petra")
    with qtbot.waitSignal(room.canvas.person_removed) as removed:
        qtbot.keyClick(room.canvas, Qt.Key.Key_Delete)
    with qtbot.waitSignal(room.canvas.rename_asked) as renamed:
        qtbot.keyClick(room.canvas, Qt.Key.Key_F2)
    with qtbot.waitSignal(room.canvas.add_asked):
        qtbot.keyClick(room.canvas, Qt.Key.Key_Insert)
    assert removed.args == renamed.args == ["petra"]


def test_an_earlier_circle_can_be_read_and_not_moved(room: Room, qtbot: QtBot) -> None:
    room.canvas.is_read_only = True
    room.show_people()
    start = room.canvas.place_of("johan")
    drag(qtbot, room.canvas, start, start + QPoint(-60, 0))
    qtbot.keyClick(room.canvas, Qt.Key.Key_Up)
    assert room.felt("johan") == 0.5
    assert room.canvas.place_of("johan") == start


def test_empty_ground_asks_for_someone_new_there(room: Room, qtbot: QtBot) -> None:
    middle = center(room.canvas)
    with qtbot.waitSignal(room.canvas.placed_at) as placed_at:
        qtbot.mouseDClick(room.canvas.viewport(), Qt.MouseButton.LeftButton, pos=middle + QPoint(0, -120))
    assert placed_at.args is not None
    assert placed_at.args[1] == pytest.approx(0.0, abs=1.0) or placed_at.args[1] == pytest.approx(360.0, abs=1.0)


def test_who_left_the_circle_leaves_the_picture(room: Room) -> None:
    room.people = room.people[:2]
    room.show_people()
    assert room.canvas.person_at(center(room.canvas) + QPoint(0, 0)) == ""
    assert "petra" not in room.canvas._people


def farthest(one: QImage, other: QImage) -> int:
    """Return by how much the two differ at most in any part of any colour."""
    pixels = [(one.pixelColor(x, y), other.pixelColor(x, y)) for x in range(one.width()) for y in range(one.height())]
    return max(abs(mine - theirs) for a, b in pixels for mine, theirs in zip(a.getRgb(), b.getRgb(), strict=True))


def test_what_stands_still_during_a_drag_looks_as_before_and_stands_for_itself_again(room: Room, qtbot: QtBot) -> None:
    canvas, port = room.canvas, room.canvas.viewport()
    still = canvas.lines["tie:t"]
    assert still.isVisible()
    middle = canvas.mapFromScene(still.boundingRect().center())
    around = QRect(middle - QPoint(12, 12), middle + QPoint(12, 12))
    before = canvas.grab(around).toImage()
    start = canvas.place_of("petra")
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 4):
        qtbot.mouseMove(port, start + QPoint(-4, 3) * step)
    assert not still.isVisible(), "it is painted once, with all that doesn't move"
    assert farthest(canvas.grab(around).toImage(), before) <= 3, "but for rounding"
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start + QPoint(-12, 9))
    assert still.isVisible()
    assert canvas.grab(around).toImage() == before
