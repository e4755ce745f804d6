"""Where the mouse lets go is where someone stands, at any zoom: within a pixel, and what that says of closeness comes back."""

import math

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.circle_picture import CircleView
from ipt_desktop.domain.closeness import OUTSIDE, closeness_at, position
from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.domain.standing import Standing
from ui.circle.canvas import CircleCanvas

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
OFFSCREEN = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
FELT = st.one_of(st.sampled_from((OUTSIDE, 0.0, 1.0 / 3, 2.0 / 3, 1.0)), st.floats(0.0, 1.0))
ANGLE = st.one_of(st.sampled_from((0.0, 90.0, 180.0, 270.0)), st.floats(0.0, 360.0, exclude_max=True))
DELTA = st.integers(-400, 400)
ZOOMS = st.integers(0, 7)


class Hand:
    """A canvas with one person on it, and what it told of them."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.canvas = CircleCanvas(None)  # type: ignore[arg-type]
        qtbot.addWidget(self.canvas)
        self.canvas.resize(620, 580)
        self.canvas.show()
        self.told: list[tuple[float, float]] = []
        self.canvas.person_moved.connect(self._on_moved)
        self.canvas.placed_at.connect(self._on_placed_at)

    def _on_moved(self, _person_id: str, felt: float, angle: float) -> None:
        self.told.append((felt, angle))

    def _on_placed_at(self, felt: float, angle: float) -> None:
        self.told.append((felt, angle))

    def show(self, felt: float, angle: float, zooms: int) -> QPoint:
        """Show someone there, so many steps nearer; return where in the viewport they are, which is in sight."""
        canvas = self.canvas
        person = Person(id="p", client_id="c", name="Elin", relation="friend")
        place = Placement(person_id="p", sitting_id="s", felt=felt, angle=angle)
        canvas.fit()
        canvas.show_circle([Standing(person, place)], (), CircleView(client_label="Marta"))
        for _number in range(zooms):
            canvas.zoom_in()
        canvas.centerOn(canvas._people["p"])
        self.told.clear()
        return canvas.place_of("p")

    def drag(self, start: QPoint, end: QPoint) -> None:
        port = self.canvas.viewport()
        self.qtbot.mousePress(port, LEFT, PLAIN, start)
        for step in range(1, 4):
            self.qtbot.mouseMove(port, start + (end - start) * step / 3)
        self.qtbot.mouseRelease(port, LEFT, PLAIN, end)

    def check(self, mouse: QPoint) -> None:
        """What was told stands under the mouse; where closeness ends (the client's edge, outside) in its direction."""
        canvas = self.canvas
        assert canvas.drawing is not None
        geometry, scale = canvas.drawing.geometry, canvas.transform().m11()
        ((felt, angle),) = self.told
        at = canvas.mapToScene(mouse)
        away = math.hypot(at.x() - geometry.center[0], at.y() - geometry.center[1])
        pixel = 1.0 / scale
        edge = geometry.distance(0.0)
        border = edge - (geometry.radius - geometry.nearest) * geometry.outside_at / 2
        if felt == 1.0:
            assert away <= geometry.nearest + pixel
        elif felt == OUTSIDE:
            assert away >= border - pixel
        elif felt == 0.0:
            assert edge - pixel <= away <= border + pixel
        told = away if felt in (0.0, 1.0, OUTSIDE) else geometry.distance(felt)
        turn = math.radians(angle)
        place = geometry.center[0] + told * math.sin(turn), geometry.center[1] - told * math.cos(turn)
        off = (QPointF(*place) - at) * scale
        assert math.hypot(off.x(), off.y()) <= 1.0


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return Hand(qtbot)


WITH_ONE_CANVAS = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@OFFSCREEN
@WITH_ONE_CANVAS
@example(felt=1.0, angle=0.0, zooms=0, across=0, down=300)
@example(felt=OUTSIDE, angle=90.0, zooms=0, across=-500, down=0)
@example(felt=0.0, angle=180.0, zooms=7, across=40, down=-40)
@given(felt=FELT, angle=ANGLE, zooms=ZOOMS, across=DELTA, down=DELTA)
def test_someone_stands_where_the_mouse_let_go(hand: Hand, felt: float, angle: float, zooms: int, across: int, down: int):
    start = hand.show(felt, angle, zooms)
    end = start + QPoint(across, down)
    assume(abs(across) + abs(down) > 12 and hand.canvas.viewport().rect().contains(end))
    hand.drag(start, end)
    hand.check(end)


@OFFSCREEN
@WITH_ONE_CANVAS
@given(felt=FELT, angle=ANGLE, zooms=ZOOMS)
def test_who_is_on_the_screen_is_found_under_the_mouse_and_so_is_their_closeness(
    hand: Hand, felt: float, angle: float, zooms: int
):
    at, canvas = hand.show(felt, angle, zooms), hand.canvas
    assert canvas.drawing is not None
    assert canvas.person_at(at) == "p"
    place = canvas._people["p"].place
    assert place == pytest.approx(position(felt, angle, canvas.drawing.geometry), abs=1e-9)
    found, turn = closeness_at(place, canvas.drawing.geometry)
    assert found == pytest.approx(felt, abs=1e-9)
    assert math.cos(math.radians(turn - angle)) == pytest.approx(1.0, abs=1e-9)


@OFFSCREEN
@WITH_ONE_CANVAS
@given(zooms=ZOOMS, across=st.integers(1, 619), down=st.integers(1, 579))
def test_a_double_click_on_empty_ground_means_that_place(hand: Hand, zooms: int, across: int, down: int):
    hand.show(0.5, 90.0, zooms)
    at = QPoint(across, down)  # never (0, 0), which QTest takes for the middle
    port = hand.canvas.viewport()
    assume(port.rect().contains(at) and not hand.canvas.person_at(at))
    hand.qtbot.mouseDClick(port, LEFT, PLAIN, at)
    hand.check(at)
