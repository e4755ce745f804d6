"""Who was named and has no place yet is in the client's view too, to be placed by hand or by key."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from ipt_desktop.domain.closeness import Ring, ring_of
from ipt_desktop.domain.picture import AnyMark, Label
from ipt_desktop.domain.records import Placement
from tests.ui.turn.room import WEEK, TurnRoom


@pytest.fixture
def name(room: TurnRoom) -> Callable[[str], str]:
    """Return how the therapist names someone, who waits then: by their id."""

    def named(text: str) -> str:
        room.tab.add_person(text)
        return next(each.id for each in room.desk.circles.people(room.client.id) if each.name == text.partition(",")[0])

    return named


def words(room: TurnRoom) -> list[str]:
    """Return every word of the client's circle."""
    return [mark.text for mark in room.page.circle.marks if isinstance(mark, Label)]


def token(room: TurnRoom, person_id: str) -> list[type[AnyMark]]:
    """Return what someone's token is drawn of in the client's circle."""
    return [type(mark) for mark in room.page.circle.marks if mark.key == f"person:{person_id}"]


def placed_today(room: TurnRoom, person_id: str) -> Placement:
    """Return someone's row of today, who must have one."""
    row = room.today(person_id)
    assert row is not None
    return row


def test_the_client_drags_who_waits_onto_the_circle_and_takes_it_back(room: TurnRoom, name: Callable[[str], str]) -> None:
    ola = name("Ola, friend")
    circle = room.turn().circle
    assert "Ola" in words(room)
    assert "friend" not in words(room)
    assert "Ola" in circle.accessibleDescription()
    start = circle.place_of(ola).toPoint()
    room.drag(start, start + QPoint(12, 10))
    assert room.today(ola) is None, "let go where they wait, they wait on"
    room.drag(start, circle.place_of("elin").toPoint() + QPoint(0, 60))
    assert ring_of(placed_today(room, ola).felt) is Ring.INNER
    room.press("turn_undo")
    assert room.today(ola) is None
    assert circle.place_of(ola).toPoint() == start


def test_a_key_places_who_waits(room: TurnRoom, name: Callable[[str], str]) -> None:
    ola = name("Ola, friend")
    circle = room.turn().circle
    room.page.done.setFocus()
    circle.setFocus(Qt.FocusReason.TabFocusReason)
    assert circle.accessibleDescription() == "Ola: waiting for a place"
    QTest.keyClick(circle, Qt.Key.Key_Return)
    assert ring_of(placed_today(room, ola).felt) is Ring.OUTER


def test_who_waits_lies_under_nothing_else(room: TurnRoom, name: Callable[[str], str]) -> None:
    waiting = [name(f"Person {number}") for number in range(20)]
    page = room.turn()
    page.show_screens(2)
    room.window.resize(1024, 700)
    title = page.findChild(QLabel, "turn_title")
    assert title is not None
    tray = page.circle._drawing.tray if page.circle._drawing else None
    assert tray is not None
    assert (len(tray.waiting) + tray.more, tray.more > 0) == (len(waiting), True)
    others = [QRect(each.mapTo(page, QPoint(0, 0)), each.size()) for each in (title, page.to_screen)]
    factor = page.circle._factor()
    for each in tray.waiting:
        at = page.circle.mapTo(page, page.circle.place_of(each.person.id).toPoint())
        token = QRect(at, at).adjusted(*(round(by * 20 * factor) for by in (-1, -1, 1, 1)))
        assert page.rect().contains(token)
        assert not any(token.intersects(other) for other in others)


def test_the_hint_says_what_to_do_with_those_who_wait(room: TurnRoom, name: Callable[[str], str]) -> None:
    name("Ola")
    page = room.turn()
    assert "Drag those who wait" in page.hint.text()
    room.drag(page.circle.place_of(page._shown.waiting[0].person.id).toPoint(), QPoint(page.circle.rect().center().x(), 300))
    assert "Drag those who wait" not in page.hint.text()


def test_the_client_is_not_shown_who_is_marked_as_a_confidant(room: TurnRoom) -> None:
    room.turn()
    unmarked = token(room, "elin")
    room.turning.come_back()
    row = room.desk.circles.placement(WEEK, "elin")
    assert row is not None
    room.desk.circles.put_back(WEEK, "elin", replace(row, is_confidant=True))
    room.turn()
    assert token(room, "elin") == unmarked
