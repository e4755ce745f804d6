"""The card beside a token: whoever is under the mouse, or has the keys and no whole label, is told in words; and it goes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.storage.store import Writing
from tests.ui.circle.room import WEEK, CircleRoom
from tests.ui.practice_room import open_room


class Room(CircleRoom):
    """What these tests do on the canvas."""

    @property
    def card(self) -> list[str]:
        """The lines of the card, or none while it is out of sight."""
        card = self.page.canvas.card
        return [line for each in card.findChildren(QLabel) for line in each.text().split("\n")] if card.isVisible() else []

    def point(self, at: QPoint) -> None:
        """Move the mouse there, with no button held."""
        port = self.page.canvas.viewport()
        none = Qt.MouseButton.NoButton
        place = QPointF(port.mapToGlobal(at))
        event = QMouseEvent(QEvent.Type.MouseMove, QPointF(at), place, none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(port, event)

    def crowd(self, count: int) -> None:
        """Let so many more people stand on the circle."""

        def draw(writing: Writing) -> None:
            for number in range(count):
                name = f"Somebody {number}"
                writing.insert(Person(id=f"x{number}", client_id=self.client.id, name=name, relation="friend"))
                felt = (number % 20) / 21
                writing.insert(Placement(person_id=f"x{number}", sitting_id=WEEK, felt=felt, angle=number * 137.5 % 360))

        self.desk.store.write(draw)
        self.page.refresh()


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path) as practice:
        made = Room(practice)
        with qtbot.waitActive(made.frame):
            made.frame.activateWindow()
        yield made


def test_after_a_moment_the_card_tells_who_it_is_in_words(room: Room, qtbot: QtBot) -> None:
    room.point(room.page.canvas.place_of("johan"))
    assert room.card == [], "only after a moment"
    qtbot.waitUntil(lambda: bool(room.card))
    assert room.card == ["Johan", "husband", "outer", "Since before: two rings further", "Focus of the work"]
    room.point(room.page.canvas.place_of("ruth"))
    qtbot.waitUntil(lambda: bool(room.card))
    assert room.card == ["Ruth", "mother-in-law", "middle", "Wanted further: outer", "Since before: unchanged"]
    room.point(QPoint(3, 200))
    assert room.card == []


def test_it_covers_neither_the_token_nor_the_edge(room: Room) -> None:
    canvas = room.page.canvas
    for person_id in ("elin", "johan", "ruth", "choir"):
        canvas.card.show_person(person_id)
        box = canvas.card.geometry()
        assert canvas.rect().contains(box)
        assert not box.contains(canvas.viewport().mapTo(canvas, canvas.place_of(person_id)))


def test_it_goes_at_a_press_when_the_mouse_leaves_and_when_the_circle_changes(room: Room) -> None:
    canvas = room.page.canvas
    canvas.card.show_person("johan")
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 200))
    assert room.card == []
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 200))
    canvas.card.show_person("johan")
    QApplication.sendEvent(canvas.viewport(), QEvent(QEvent.Type.Leave))
    assert room.card == []
    canvas.card.show_person("johan")
    room.page.verbs.place_person("johan", 0.9)
    assert room.card == []


def test_by_keys_it_comes_where_the_label_is_not_whole(room: Room, qtbot: QtBot) -> None:
    canvas = room.page.canvas
    canvas.setFocus()
    canvas.speak_to("johan")
    assert room.card == [], "his label is whole"
    room.crowd(90)
    drawing = canvas.drawing
    assert drawing is not None
    assert len(drawing.elided) > 80
    canvas.speak_to("x5")
    assert room.card[0] == "Somebody 5"
    assert canvas.card.accessibleDescription().startswith("Somebody 5\nfriend")
    room.page.add_field.setFocus()
    assert room.card == []


def test_above_eighty_people_the_card_comes_at_once_and_the_chosen_one_has_a_label(room: Room, qtbot: QtBot) -> None:
    room.crowd(90)
    room.page.choose_person("x7")
    labels = {mark.key for mark in room.page.canvas.picture.marks if mark.key.startswith("label:")}
    assert labels == {"label:x7"}
    canvas = room.page.canvas
    at = canvas.place_of("x11")
    room.point(at)
    qtbot.waitUntil(lambda: bool(room.card), timeout=300)
    assert room.card[0].startswith("Somebody")


def test_nothing_of_it_remains_after_a_lock(room: Room) -> None:
    room.page.canvas.card.show_person("johan")
    room.page.forget()
    card = room.page.canvas.card
    assert not card.isVisible()
    assert [each.text() for each in card.findChildren(QLabel)] == ["", ""]
    assert (card.person_id, card.accessibleDescription()) == ("", "")


def test_a_long_name_is_broken_and_stays_on_the_circle(room: Room) -> None:
    room.page.verbs.rename_person("johan", "Bartholomew Featherstonehaugh-Cholmondeley of the Upper Valley " * 3)
    canvas = room.page.canvas
    canvas.card.show_person("johan")
    assert canvas.rect().contains(canvas.card.geometry())
