"""The circle for assistive technology: a named canvas with a child for each person, in words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from pytestqt.qtbot import QtBot

from tests.ui.circle.room import CircleRoom
from tests.ui.practice_room import open_room
from ui.circle import spoken


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[CircleRoom]:
    with open_room(tmp_path) as practice:
        made = CircleRoom(practice)
        qtbot.waitExposed(made.frame)
        yield made


def circle(room: CircleRoom) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(room.page.canvas)
    assert found is not None
    return found


def names(room: CircleRoom) -> list[str]:
    canvas = circle(room)
    return [canvas.child(number).text(QAccessible.Text.Name) for number in range(canvas.childCount())]


def test_it_is_a_canvas_with_a_child_for_each_person_nearest_first(room: CircleRoom):
    assert circle(room).role() is QAccessible.Role.Canvas
    assert circle(room).text(QAccessible.Text.Name) == "Circle"
    assert "inner: Elin" in circle(room).text(QAccessible.Text.Description)
    assert names(room) == [
        "Elin, daughter, inner",
        "Ruth, mother-in-law, middle, wanted further",
        "Choir, club, outer, wanted closer",
        "Johan, husband, outer",
    ]


def test_it_says_what_changes(room: CircleRoom, qtbot: QtBot):
    room.page.choose_person("ruth")
    qtbot.keyClick(room.page.canvas, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier)
    assert "Ruth, mother-in-law, outer, as wanted" in names(room)
    qtbot.keyClicks(room.page.add_field, "Ola, friend")
    qtbot.keyClick(room.page.add_field, Qt.Key.Key_Return)
    assert names(room)[0] == "Ola, friend, waiting for a place"


def test_a_person_is_where_the_token_is_and_says_whether_the_keys_speak_to_them(room: CircleRoom, qtbot: QtBot):
    canvas = room.page.canvas
    room.page.choose_person("ruth")
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    ruth = circle(room).focusChild()
    assert ruth.text(QAccessible.Text.Name).startswith("Ruth")
    assert ruth.state().focused
    assert ruth.state().selected
    place = canvas.viewport().mapToGlobal(canvas.place_of("ruth"))
    assert ruth.rect().contains(place)
    found = circle(room).childAt(place.x(), place.y())
    assert found.object() is ruth.object()
    assert circle(room).indexOfChild(ruth) == 1
    assert ruth.parent().object() is canvas


def test_who_is_gone_leaves_nothing_behind(room: CircleRoom):
    names(room)
    item = next(each for each in room.page.canvas.items_in_order() if each.person_id == "ruth")
    key = id(item)
    assert key in spoken._kept
    room.page.verbs.remove_person("ruth")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not any(name.startswith("Ruth") for name in names(room))
    assert key not in spoken._kept
