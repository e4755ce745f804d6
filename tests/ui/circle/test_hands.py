"""People named wait in the tray; what the mouse and the keys do with them, with wishes, and with several at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.closeness import OUTSIDE, Ring, middle_of, position, ring_of
from ipt_desktop.domain.records import Placement, Sitting
from tests.ui.circle.room import TODAY, CircleRoom
from tests.ui.practice_room import open_room
from ui.circle.table_columns import NOW, WANTED

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
OFFSCREEN = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
LEFT = Qt.MouseButton.LeftButton


class Room(CircleRoom):
    """What these tests do to the page."""

    def name(self, qtbot: QtBot, *people: str) -> None:
        for each in people:
            qtbot.keyClicks(self.page.add_field, each)
            qtbot.keyClick(self.page.add_field, Qt.Key.Key_Return)

    def id_of(self, name: str) -> str:
        return next(each.id for each in self.people.values() if each.name == name)

    def drag(self, qtbot: QtBot, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier | None = None) -> None:
        port, keys = self.page.canvas.viewport(), modifiers or Qt.KeyboardModifier.NoModifier
        qtbot.mousePress(port, LEFT, keys, pos=start)
        for step in range(1, 6):
            qtbot.mouseMove(port, start + (end - start) * step / 5)
        qtbot.mouseRelease(port, LEFT, keys, pos=end)

    def at(self, felt: float, angle: float) -> QPoint:
        drawing = self.page.canvas.drawing
        assert drawing is not None
        return self.page.canvas.mapFromScene(*position(felt, angle, drawing.geometry))

    def press(self, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(self.page.canvas, key, modifiers)

    def now(self, person_id: str) -> Placement:
        row = self.row(TODAY, person_id)
        assert row is not None
        return row

    def cell(self, person_id: str, column: int) -> str:
        model = self.page.table.people
        return str(model.index(model.row_of(person_id), column).data())


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path) as practice:
        made = Room(practice)
        qtbot.waitExposed(made.frame)
        yield made


# The tray


def test_thirty_names_typed_in_a_row_all_wait_for_a_place(room: Room, qtbot: QtBot):
    room.name(qtbot, *(f"Person {number}, friend" for number in range(30)))
    assert {f"Person {number}" for number in range(30)} <= {each.name for each in room.people.values()}
    assert len(room.page.shown.waiting) == 30
    assert all(room.cell(each.person.id, NOW) == "waiting" for each in room.page.shown.waiting)
    tray = room.page.canvas.drawing.tray if room.page.canvas.drawing else None
    assert tray is not None
    assert len(tray.waiting) + tray.more == 30
    port = room.page.canvas.viewport().rect()
    assert all(port.contains(room.page.canvas.place_of(each.person.id)) for each in tray.waiting)


def test_who_waits_is_dragged_onto_the_circle(room: Room, qtbot: QtBot):
    room.name(qtbot, "Ola, friend")
    ola = room.id_of("Ola")
    room.drag(qtbot, room.page.canvas.place_of(ola), room.at(0.5, 200.0))
    assert ring_of(room.now(ola).felt) is Ring.MIDDLE
    assert abs(room.now(ola).angle - 200.0) < 3.0
    assert room.page.shown.waiting == []
    room.frame.stack.undo()
    assert [each.person.id for each in room.page.shown.waiting] == [ola]


def test_who_waits_is_placed_by_enter_by_a_number_and_from_the_table(room: Room, qtbot: QtBot):
    room.name(qtbot, "Ola, friend", "Pia, sister", "Tom")
    ola, pia, tom = (room.id_of(name) for name in ("Ola", "Pia", "Tom"))
    room.page.choose_person(ola)
    room.press(qtbot, Qt.Key.Key_Return)
    assert ring_of(room.now(ola).felt) is Ring.OUTER
    room.page.choose_person(pia)
    room.press(qtbot, Qt.Key.Key_8)
    assert room.now(pia).felt == 0.8
    assert room.now(pia).angle != room.now(ola).angle
    model = room.page.table.people
    model.setData(model.index(model.row_of(tom), NOW), int(Ring.MIDDLE))
    assert ring_of(room.now(tom).felt) is Ring.MIDDLE


def test_the_panel_tells_who_waits_and_changes_nothing_by_itself(room: Room, qtbot: QtBot):
    room.name(qtbot, "Ola, friend", "Pia, sister")
    assert [room.people[room.id_of(name)].relation for name in ("Ola", "Pia")] == ["friend", "sister"]
    panel = room.page.panel
    assert panel.person_id == room.id_of("Pia")
    panel.slider.setFocus()
    qtbot.keyClick(panel.slider, Qt.Key.Key_Right)
    assert room.cell(room.id_of("Pia"), NOW) != "waiting"


def test_tab_walks_who_waits_first(room: Room, qtbot: QtBot):
    room.name(qtbot, "Ola")
    room.page.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert room.page.canvas.keyboard_id == room.id_of("Ola")
    room.press(qtbot, Qt.Key.Key_Tab)
    assert room.page.canvas.keyboard_id == "elin"


def test_who_waits_can_be_taken_out_again(room: Room, qtbot: QtBot):
    room.name(qtbot, "Ola")
    room.page.choose_person(room.id_of("Ola"))
    room.press(qtbot, Qt.Key.Key_Delete)
    assert room.page.shown.waiting == []
    room.frame.stack.undo()
    assert len(room.page.shown.waiting) == 1


# Keys


def test_plus_minus_and_a_typed_number(room: Room, qtbot: QtBot):
    room.page.choose_person("ruth")
    room.press(qtbot, Qt.Key.Key_Plus)
    assert room.now("ruth").felt == pytest.approx(0.55)
    room.press(qtbot, Qt.Key.Key_Minus)
    room.press(qtbot, Qt.Key.Key_3)
    assert room.now("ruth").felt == 0.3
    room.press(qtbot, Qt.Key.Key_1)
    room.press(qtbot, Qt.Key.Key_0)
    assert room.now("ruth").felt == 1.0
    room.frame.stack.undo()
    assert room.row(TODAY, "ruth") is None, "keys that follow each other are one step"


def test_with_alt_the_keys_speak_of_the_closeness_wanted(room: Room, qtbot: QtBot):
    room.page.choose_person("johan")
    room.press(qtbot, Qt.Key.Key_6, ALT)
    assert (room.now("johan").felt, room.now("johan").desired) == (0.2, 0.6)
    room.press(qtbot, Qt.Key.Key_Up, ALT)
    assert room.now("johan").desired == pytest.approx(0.65)
    room.press(qtbot, Qt.Key.Key_Delete, ALT)
    assert room.now("johan").desired is None
    assert room.now("johan").is_present


# Wishes


def test_the_closeness_wanted_is_dragged_inwards_and_outwards(room: Room, qtbot: QtBot):
    room.drag(qtbot, room.at(0.1, 105.0), room.at(0.9, 105.0))
    assert room.now("ruth").desired == pytest.approx(0.9, abs=0.03)
    assert (room.now("ruth").felt, room.now("ruth").angle) == (0.5, 105.0), "she stands where she stood"
    room.drag(qtbot, room.at(0.9, 105.0), room.at(0.2, 140.0))
    assert room.now("ruth").desired == pytest.approx(0.2, abs=0.03)
    assert room.now("ruth").angle == 105.0, "a direction is nothing that is wanted"
    room.frame.stack.undo()
    assert room.cell("ruth", WANTED) == "inner"


def test_a_wish_to_be_out_of_the_circle_can_be_dragged(room: Room, qtbot: QtBot):
    room.drag(qtbot, room.at(0.1, 105.0), room.at(OUTSIDE, 105.0))
    assert room.now("ruth").desired == OUTSIDE


# Several at once


def test_several_are_chosen_and_move_together_as_one_step(room: Room, qtbot: QtBot):
    canvas = room.page.canvas
    for each in ("ruth", "choir"):
        qtbot.mouseClick(canvas.viewport(), LEFT, CTRL, pos=canvas.place_of(each))
    assert canvas.marked_ids == {"ruth", "choir"}
    before = canvas.place_of("choir")
    start = canvas.place_of("ruth")
    room.drag(qtbot, start, start + QPoint(20, 10))
    moved = canvas.place_of("choir") - before
    assert abs(moved.x() - 20) <= 2
    assert abs(moved.y() - 10) <= 2
    assert room.row(TODAY, "elin") is None
    room.frame.stack.undo()
    assert (room.row(TODAY, "ruth"), room.row(TODAY, "choir")) == (None, None)


def test_in_a_large_window_a_click_moves_nobody_either(room: Room, qtbot: QtBot):
    canvas = room.page.canvas
    room.frame.resize(1900, 1000)
    qtbot.waitUntil(lambda: canvas.transform().m11() > 1.2)
    for keys in (CTRL, Qt.KeyboardModifier.NoModifier):
        for each in ("ruth", "choir"):
            place = canvas.place_of(each)
            qtbot.mouseMove(canvas.viewport(), place)
            qtbot.mouseClick(canvas.viewport(), LEFT, keys, pos=place)
    assert room.frame.stack.count() == 0


def test_the_keys_move_all_who_are_chosen(room: Room, qtbot: QtBot):
    canvas = room.page.canvas
    canvas.setFocus()
    room.press(qtbot, Qt.Key.Key_A, CTRL)
    assert canvas.marked_ids == {"elin", "johan", "ruth", "choir"}
    room.press(qtbot, Qt.Key.Key_Down)
    assert room.now("ruth").felt == pytest.approx(0.45)
    assert room.now("elin").felt == pytest.approx(0.85)
    room.press(qtbot, Qt.Key.Key_Escape)
    assert canvas.marked_ids == frozenset()


def test_a_band_drawn_on_empty_ground_chooses_whom_it_holds(room: Room, qtbot: QtBot):
    canvas = room.page.canvas
    port = canvas.viewport().rect()
    room.drag(qtbot, QPoint(4, 4), QPoint(room.at(1.0, 0.0).x() - 4, port.height() - 4))
    assert canvas.marked_ids == {"elin", "choir"}, "the left half"
    assert room.row(TODAY, "elin") is None


# The menu


def menu_of(room: Room, person_id: str) -> QMenu:
    canvas = room.page.canvas
    place = canvas.place_of(person_id)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(canvas.viewport(), QContextMenuEvent(reason, place, canvas.viewport().mapToGlobal(place)))
    return next(each for each in canvas.findChildren(QMenu, "circle_person_menu") if each.isVisible())


def trigger(menu: QMenu, name: str) -> None:
    action = menu.findChild(QAction, name)
    assert action is not None, name
    action.trigger()
    menu.close()


@OFFSCREEN
def test_the_menu_of_a_person_places_wishes_and_marks_the_focus(room: Room):
    trigger(menu_of(room, "ruth"), f"menu_ring_{int(Ring.INNER)}")
    assert ring_of(room.now("ruth").felt) is Ring.INNER
    trigger(menu_of(room, "ruth"), f"menu_wanted_{int(Ring.OUTSIDE)}")
    assert room.now("ruth").desired == OUTSIDE
    trigger(menu_of(room, "ruth"), "menu_wanted_none")
    assert room.now("ruth").desired is None
    trigger(menu_of(room, "ruth"), "menu_focus")
    assert room.people["ruth"].is_in_focus


@OFFSCREEN
def test_the_menu_of_several_aligns_them_to_a_ring(room: Room, qtbot: QtBot):
    canvas = room.page.canvas
    canvas.mark(frozenset({"ruth", "johan"}))
    trigger(menu_of(room, "ruth"), f"menu_ring_{int(Ring.OUTER)}")
    assert {room.now(each).felt for each in ("ruth", "johan")} == {middle_of(Ring.OUTER)}
    assert (room.now("ruth").angle, room.now("johan").angle) == (105.0, 75.0)
    room.frame.stack.undo()
    assert room.row(TODAY, "ruth") is None
    trigger(menu_of(room, "johan"), "menu_remove")
    assert not room.now("ruth").is_present
    room.frame.stack.undo()
    assert room.row(TODAY, "johan") is None


# Tidy and zoom


def sittings(room: Room) -> list[Sitting]:
    with room.desk.store.read() as reading:
        return reading.all(Sitting, course_id=room.course.id)


def test_tidy_turns_whoever_covers_somebody_and_adds_no_sitting(room: Room, qtbot: QtBot):
    before = {each.person.id: each.felt for each in room.page.shown.here}
    room.page.verbs.move_person("johan", 0.5, 105.0)
    drawn = sittings(room)
    angles = {each.person.id: each.now.angle for each in room.page.shown.here if each.now}
    room.page.tidy()
    tidy = {each.person.id: each.now.angle for each in room.page.shown.here if each.now}
    assert tidy["ruth"] != angles["ruth"]
    assert tidy["johan"] == angles["johan"], "the work is about him: others turn"
    assert {each.person.id: each.felt for each in room.page.shown.here} == before | {"johan": 0.5}
    assert sittings(room) == drawn
    assert room.row(TODAY, "ruth") is None
    room.frame.stack.undo()
    assert {each.person.id: each.now.angle for each in room.page.shown.here if each.now} == angles


def test_the_circle_is_looked_at_from_nearer_and_people_are_still_where_the_mouse_is(room: Room, qtbot: QtBot):
    canvas = room.page.canvas
    apart = (canvas.place_of("elin") - canvas.place_of("johan")).manhattanLength()
    canvas.zoom_in()
    canvas.zoom_in()
    assert (canvas.place_of("elin") - canvas.place_of("johan")).manhattanLength() > apart * 1.4
    canvas.centerOn(canvas.mapToScene(canvas.place_of("ruth")))
    assert canvas.person_at(canvas.place_of("ruth")) == "ruth"
    canvas.fit()
    assert (canvas.place_of("elin") - canvas.place_of("johan")).manhattanLength() == apart


def test_who_is_let_go_in_the_tray_waits_on(room: Room, qtbot: QtBot):
    room.name(qtbot, "Ola, friend")
    start = room.page.canvas.place_of(room.id_of("Ola"))
    room.drag(qtbot, start, start + QPoint(30, 8))
    assert [each.person.name for each in room.page.shown.waiting] == ["Ola"]
    assert room.page.canvas.place_of(room.id_of("Ola")) == start


def test_a_relation_typed_alone_is_name_and_relation(room: Room, qtbot: QtBot):
    room.name(qtbot, "mother", "Boss", "Faith")
    relations = [room.people[room.id_of(name)].relation for name in ("Mother", "Boss", "Faith")]
    assert relations == ["mother", "manager", "other"]
    canvas = room.page.canvas
    room.page.choose_person(room.id_of("Mother"))
    room.press(qtbot, Qt.Key.Key_Return)
    standing = canvas.standing(room.id_of("Mother"))
    assert canvas.drawing is not None
    assert standing is not None
    assert canvas.drawing.label_lines(standing) == [("Mother", "label_strong")]
    assert canvas.spoken(standing) == "Mother, outer"


def double_click(room: Room, qtbot: QtBot, place: QPoint) -> None:
    """Double-click as a hand does: a press and its release come first."""
    viewport = room.page.canvas.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)


def test_a_place_pointed_at_is_asked_for_in_words_and_left_with_the_line(room: Room, qtbot: QtBot):
    field, usual = room.page.add_field, room.page.add_field.accessibleName()
    double_click(room, qtbot, room.at(0.5, 200.0))
    assert "there" in field.placeholderText()
    assert field.accessibleName() != usual
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.accessibleName() == usual
    double_click(room, qtbot, room.at(0.5, 200.0))
    room.page.table.setFocus()
    room.name(qtbot, "Ola, friend")
    assert [each.person.name for each in room.page.shown.waiting] == ["Ola"]
    double_click(room, qtbot, room.at(0.5, 200.0))
    room.name(qtbot, "Pia, friend")
    assert ring_of(room.now(room.id_of("Pia")).felt) is Ring.MIDDLE
    room.name(qtbot, "Tom, friend")
    assert len(room.page.shown.waiting) == 2


def test_in_a_narrow_window_the_line_comes_to_the_front_to_be_typed_in(room: Room, qtbot: QtBot):
    room.frame.resize(1000, 640)
    room.page.choose_person("elin")
    room.page.edit_sectors()
    assert room.page.columns.sectors.isVisible()
    assert not room.page.add_field.isVisible()
    double_click(room, qtbot, room.at(0.5, 200.0))
    assert room.page.add_field.hasFocus()
    assert room.page.add_field.isVisible()


def test_in_a_narrow_window_what_a_key_or_a_tie_asks_for_comes_to_the_front(room: Room, qtbot: QtBot):
    room.frame.resize(1000, 640)
    columns = room.page.columns
    room.page.verbs.join("elin", "ruth")
    assert room.page.panel.ties.isVisible()
    assert not room.page.table.isVisible()
    QApplication.processEvents()  # the tie is told of to all
    room.press(qtbot, Qt.Key.Key_F2)
    assert columns.table.isVisible()
    editor = columns.table.findChild(QLineEdit)
    assert editor is not None
    assert editor.isVisible()
    editor.selectAll()
    qtbot.keyClicks(editor, "Elin B.")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.people["elin"].name == "Elin B.")
