"""The client's circle under a real mouse, real fingers and real keys."""

import math

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.closeness import OUTSIDE, Ring, RingWords, ring_of
from ipt_desktop.domain.picture import Label
from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.domain.standing import standings
from tests.ui.turn.room import drag
from ui import theme
from ui.turn.client_circle import ClientCircle

PEOPLE = [
    Person(id="elin", client_id="c", name="Elin", relation="daughter"),
    Person(id="johan", client_id="c", name="Johan", relation="husband", is_in_focus=True),
    Person(id="sven", client_id="c", name="Sven", relation="father", has_died=True),
]


class Hands(QWidget):
    """A field, the circle, and a keeper of what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit(self)
        self.circle = ClientCircle(self)
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.circle)
        self.moved: list[tuple[str, float, float]] = []
        self.wished: list[tuple[str, float]] = []
        self.circle.person_moved.connect(self._on_moved)
        self.circle.person_nudged.connect(self._on_moved)
        self.circle.wish_moved.connect(self._on_wished)
        self.now = {
            "elin": placed("elin", 0.8, 300.0),
            "johan": placed("johan", 0.2, 90.0, desired=0.7),
            "sven": placed("sven", 0.5, 200.0),
        }
        self.show_people()

    def show_people(self) -> None:
        self.circle.show_people(standings(PEOPLE, self.now), RingWords())

    def _on_moved(self, person_id: str, felt: float, angle: float) -> None:
        self.moved.append((person_id, felt, angle))

    def _on_wished(self, person_id: str, felt: float) -> None:
        self.wished.append((person_id, felt))

    def at(self, person_id: str) -> QPoint:
        return self.circle.place_of(person_id).toPoint()

    def wish(self, person_id: str) -> QPoint:
        place = self.circle.wish_place_of(person_id)
        assert place is not None
        return place.toPoint()

    @property
    def middle(self) -> QPoint:
        drawing = self.circle._drawing
        assert drawing is not None
        return (QPointF(*drawing.geometry.center) * self.circle._factor()).toPoint()


def placed(person_id: str, felt: float, angle: float, desired: float | None = None) -> Placement:
    return Placement(id=f"p-{person_id}", person_id=person_id, sitting_id="s", felt=felt, angle=angle, desired=desired)


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    made = Hands()
    qtbot.addWidget(made)
    made.resize(1000, 760)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    return made


@pytest.fixture(scope="session")
def glass() -> QPointingDevice:
    """A touch screen."""
    return QTest.createTouchDevice()


def test_a_person_is_dragged_with_the_mouse_in_one_gesture(hands: Hands):
    drag(hands.circle, hands.at("johan"), hands.middle + QPoint(120, 0))
    assert [(each[0], ring_of(each[1])) for each in hands.moved] == [("johan", Ring.INNER)]
    assert hands.moved[0][2] == pytest.approx(90.0, abs=1.0)


def test_a_person_is_dragged_with_a_finger_in_one_gesture(hands: Hands, glass: QPointingDevice):
    start = hands.at("johan")
    QTest.touchEvent(hands.circle, glass).press(0, start, hands.circle).commit()
    for step in (40, 80, 120):
        QTest.touchEvent(hands.circle, glass).move(0, start + QPoint(0, step), hands.circle).commit()
    QTest.touchEvent(hands.circle, glass).release(0, start + QPoint(0, 120), hands.circle).commit()
    assert [each[0] for each in hands.moved] == ["johan"], "and no mouse is made of the touch"
    assert 90.0 < hands.moved[0][2] < 150.0


def test_another_finger_on_the_glass_does_nothing(hands: Hands, glass: QPointingDevice):
    johan, elin = hands.at("johan"), hands.at("elin")
    QTest.touchEvent(hands.circle, glass).press(0, johan, hands.circle).commit()
    QTest.touchEvent(hands.circle, glass).stationary(0).press(1, elin, hands.circle).commit()
    QTest.touchEvent(hands.circle, glass).move(0, johan + QPoint(30, 60), hands.circle).move(1, elin + QPoint(90, 90)).commit()
    QTest.touchEvent(hands.circle, glass).stationary(0).release(1, elin + QPoint(90, 90), hands.circle).commit()
    assert hands.moved == []
    QTest.touchEvent(hands.circle, glass).release(0, johan + QPoint(30, 60), hands.circle).commit()
    assert [each[0] for each in hands.moved] == ["johan"]


def test_a_trembling_finger_moves_nobody(hands: Hands, glass: QPointingDevice):
    start = hands.at("elin")
    QTest.touchEvent(hands.circle, glass).press(0, start, hands.circle).commit()
    QTest.touchEvent(hands.circle, glass).move(0, start + QPoint(4, 4), hands.circle).commit()
    QTest.touchEvent(hands.circle, glass).release(0, start + QPoint(4, 4), hands.circle).commit()
    assert hands.moved == []
    assert hands.circle.chosen_id == "elin"


def test_a_wish_is_dragged_along_its_ray(hands: Hands):
    drag(hands.circle, hands.wish("johan"), hands.middle + QPoint(700, 40))
    assert hands.wished == [("johan", OUTSIDE)], "more distance is wished as plainly as less"
    drag(hands.circle, hands.wish("johan"), hands.middle + QPoint(90, -60))
    assert ring_of(hands.wished[1][1]) is Ring.INNER
    assert hands.moved == []


def test_a_tap_brings_the_shape_that_a_wish_is_made_with(hands: Hands):
    assert hands.circle.wish_place_of("elin") is None
    QTest.mouseClick(hands.circle, Qt.MouseButton.LeftButton, pos=hands.at("elin"))
    start = hands.wish("elin")
    apart = math.dist((start.x(), start.y()), (hands.at("elin").x(), hands.at("elin").y()))
    assert apart >= 40, "a fingertip finds it beside the token"
    assert any(mark.key == "wanted:elin" for mark in hands.circle.marks)
    drag(hands.circle, start, start + (hands.at("elin") - hands.middle) * 2)
    assert hands.wished[0][0] == "elin"
    assert hands.wished[0][1] < 0.3


def test_a_wish_dropped_on_the_person_is_where_they_are(hands: Hands):
    drag(hands.circle, hands.wish("johan"), hands.at("johan"))
    assert hands.wished == [("johan", 0.2)]


def test_who_died_can_stand_elsewhere_and_is_wished_nowhere(hands: Hands):
    QTest.mouseClick(hands.circle, Qt.MouseButton.LeftButton, pos=hands.at("sven"))
    assert hands.circle.wish_place_of("sven") is None
    drag(hands.circle, hands.at("sven"), hands.at("sven") + QPoint(40, 0))
    assert [each[0] for each in hands.moved] == ["sven"]


def test_a_fingertip_finds_whatever_can_be_dragged(hands: Hands):
    hands.resize(420, 420)
    drag(hands.circle, hands.wish("johan") + QPoint(0, 20), hands.wish("johan") + QPoint(90, 20))
    drag(hands.circle, hands.at("elin") + QPoint(-14, -15), hands.at("elin") + QPoint(-40, -15))
    assert [each[0] for each in hands.wished] == ["johan"]
    assert [each[0] for each in hands.moved] == ["elin"]


def test_what_is_held_is_drawn_under_the_hand_and_put_back_on_escape(hands: Hands):
    start = hands.at("johan")
    QTest.mousePress(hands.circle, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(hands.circle, start + QPoint(0, 90))
    names = [mark for mark in hands.circle._held_marks() if isinstance(mark, Label) and mark.text == "Johan"]
    before = [mark for mark in hands.circle.marks if isinstance(mark, Label) and mark.text == "Johan"]
    assert names[0].at[1] - before[0].at[1] == pytest.approx(90 / hands.circle._factor(), abs=0.5)
    assert not hands.circle.grab().toImage().isNull()
    QTest.keyClick(hands.circle, Qt.Key.Key_Escape)
    QTest.mouseRelease(hands.circle, Qt.MouseButton.LeftButton, pos=start + QPoint(0, 90))
    assert hands.moved == []
    assert hands.circle._held_marks() == ()


def test_tab_walks_people_nearest_first_and_arrows_move_them(hands: Hands):
    QTest.keyClick(hands.field, Qt.Key.Key_Tab)
    QTest.keyClick(hands.circle, Qt.Key.Key_Up)
    QTest.keyClick(hands.circle, Qt.Key.Key_Tab)
    QTest.keyClick(hands.circle, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert "Sven" in hands.circle.accessibleDescription()
    QTest.keyClick(hands.circle, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(hands.circle, Qt.Key.Key_Tab)
    QTest.keyClick(hands.circle, Qt.Key.Key_Right)
    QTest.keyClick(hands.circle, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert [(each[0], ring_of(each[1])) for each in hands.moved] == [
        ("elin", Ring.INNER),
        ("sven", Ring.OUTER),
        ("johan", Ring.OUTER),
    ]
    assert hands.moved[2][2] == pytest.approx(95.0)
    assert hands.wished == [("johan", pytest.approx(0.65))], "none for who died"
    QTest.keyClick(hands.circle, Qt.Key.Key_Tab)
    assert hands.field.hasFocus()


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_tokens_are_large_and_nobody_is_cut_off(hands: Hands, qapp: object, name: str, scale: float):
    theme._current = theme.Theme(name, scale)
    hands.now = {
        "elin": placed("elin", OUTSIDE, 0.0),
        "johan": placed("johan", OUTSIDE, 180.0),
        "sven": placed("sven", OUTSIDE, 90.0),
    }
    hands.show_people()
    for person in PEOPLE:
        at = hands.at(person.id)
        assert hands.circle.rect().adjusted(22, 22, -22, -22).contains(at)
    assert hands.circle._style.token * hands.circle._factor() >= 42
    theme._current = None
