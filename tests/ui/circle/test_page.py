"""The Circle tab: table, circle and panel are one, and every verb can be undone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.circle_time import BEFORE
from ipt_desktop.domain.closeness import OUTSIDE, Ring, ring_of
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Document, Placement
from tests.ui.circle.room import THEN, TODAY, WEEK, CircleRoom
from tests.ui.practice_room import open_room
from ui import theme
from ui.app import make_app, show_look
from ui.circle.table_columns import NOW, PERSON, SINCE, WANTED
from ui.preferences import Preferences


class Room(CircleRoom):
    """What the tests ask of the page."""

    def cell(self, person_id: str, column: int) -> str:
        model = self.page.table.people
        return str(model.index(model.row_of(person_id), column).data())

    def names(self) -> list[str]:
        model = self.page.table.people
        return [str(model.index(row, PERSON).data()) for row in range(model.rowCount())]


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path) as practice:
        room = Room(practice)
        qtbot.waitExposed(room.frame)
        yield room


def stood(room: Room, sitting_id: str, person_id: str) -> Placement:
    """Return someone's row of a sitting, which must be there."""
    row = room.row(sitting_id, person_id)
    assert row is not None
    return row


def entries(room: Room) -> list[Document]:
    """Return the inventory entries stored."""
    return room.desk.documents.of_course(room.course.id, Purpose.INVENTORY_ENTRY)


def test_the_table_says_it_in_ring_words(room: Room) -> None:
    assert room.names() == ["Elin", "Ruth", "Choir", "Johan"]
    assert room.cell("johan", NOW) == "outer"
    assert room.cell("johan", SINCE) == "two rings further"
    assert room.cell("ruth", WANTED) == "outer"
    assert room.cell("choir", SINCE) == "new"
    assert room.cell("elin", SINCE) == "unchanged"


def test_quick_add_by_name_and_relation(room: Room, qtbot: QtBot) -> None:
    field = room.page.add_field
    qtbot.keyClicks(field, "Ingrid, mother")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    added = next(person for person in room.people.values() if person.name == "Ingrid")
    assert added.relation == "mother"
    assert (room.cell(added.id, NOW), room.row(TODAY, added.id)) == ("waiting", None)
    assert "Ingrid" in room.names()
    room.frame.stack.undo()
    assert "Ingrid" not in room.names()
    assert added.id not in room.people
    room.frame.stack.redo()
    assert room.people[added.id].name == "Ingrid"
    assert room.cell(added.id, NOW) == "waiting"


def test_ctrl_z_after_a_quick_add_takes_the_person_back(room: Room, qtbot: QtBot) -> None:
    undo = QShortcut(QKeySequence("Ctrl+Z"), room.frame)
    undo.activated.connect(room.frame.stack.undo)
    field = room.page.add_field
    field.setFocus()
    qtbot.keyClicks(field, "Ingrid, mother")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "Ingrid" in room.names()
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Ingrid" not in room.names()
    assert field.text() == ""
    qtbot.keyClicks(field, "Ola")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "", "what is typed is undone first"


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_in_large_text_nobody_stands_outside_the_view_though_others_wait(room: Room, qtbot: QtBot, scale: float) -> None:
    show_look(make_app(), Preferences(theme="light", scale=scale))
    try:
        room.page.verbs.move_person("elin", OUTSIDE, 180.0)
        room.page.add_person("Karl, father")
        room.page.columns.slider.setFixedHeight(room.page.height() - 440)  # as little room as the strip leaves a laptop
        qtbot.waitUntil(lambda: room.page.canvas.height() < 420)
        canvas = room.page.canvas
        for item in canvas.items_in_order():
            shown = canvas.mapFromScene(item.pos()).y() + item.reach * canvas.transform().m22()
            assert shown <= canvas.viewport().height(), item.person_id
    finally:
        show_look(make_app(), Preferences(theme="light"))


def test_without_a_course_the_tab_leads_to_the_clients(room: Room, qtbot: QtBot) -> None:
    for client_id, name in ((None, "circle_no_client"), (room.client.id, "circle_no_course")):
        room.page.show_client(client_id, None)
        go = next(each for each in room.page.findChildren(QPushButton, f"{name}_action") if each.isVisible())
        assert not room.page.columns.isVisible()
        room.frame.tab = ""
        qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
        assert room.frame.tab == "clients"
    room.page.show_client(room.client.id, room.course.id)
    assert room.page.columns.isVisible()


def test_an_empty_circle_says_how_to_begin(room: Room) -> None:
    teaching = room.page.findChild(QLabel, "circle_teaching")
    nobody = room.page.findChild(QLabel, "circle_nobody")
    assert teaching is not None
    assert nobody is not None
    assert not teaching.isVisible()
    assert nobody.isVisible()
    for each in list(room.people):
        room.page.verbs.remove_person(each)
    assert teaching.isVisible()


def test_a_long_name_does_not_widen_the_panel(room: Room) -> None:
    room.page.verbs.rename_person("johan", "Bartholomew Featherstonehaugh-Cholmondeley of the Upper Valley")
    room.page.choose_person("johan")
    body = room.page.panel.widget()
    assert body.minimumSizeHint().width() <= room.page.panel.viewport().width()


def test_a_drag_is_one_step_and_undo_leaves_no_row(room: Room, qtbot: QtBot) -> None:
    canvas = room.page.canvas
    start = canvas.place_of("johan")
    end = canvas.place_of("ruth") + QPoint(-40, 20)
    qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 5):
        qtbot.mouseMove(canvas.viewport(), start + (end - start) * step / 4)
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert ring_of(room.today("johan") or 0.0) is not Ring.OUTER
    assert room.cell("johan", NOW) != "outer"
    assert room.frame.stack.count() == 1
    room.frame.stack.undo()
    assert room.row(TODAY, "johan") is None
    assert room.cell("johan", NOW) == "outer"
    assert canvas.place_of("johan") == start


def test_nudges_merge_into_one_step(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("ruth")
    room.page.canvas.setFocus()
    for _press in range(5):
        qtbot.keyClick(room.page.canvas, Qt.Key.Key_Up)
    assert room.today("ruth") == pytest.approx(0.75)
    assert room.frame.stack.count() == 1
    room.frame.stack.undo()
    assert room.today("ruth") is None
    assert room.cell("ruth", NOW) == "middle"


def test_the_table_moves_the_token(room: Room, qtbot: QtBot) -> None:
    table = room.page.table
    before = room.page.canvas.place_of("elin")
    index = table.people.index(table.people.row_of("elin"), NOW)
    table.setCurrentIndex(index)
    table.edit(index)
    combo = table.findChild(QComboBox, "ring_choice")
    assert combo is not None
    combo.setCurrentIndex(combo.findData(int(Ring.OUTSIDE)))
    combo.activated.emit(combo.currentIndex())
    assert room.today("elin") == OUTSIDE
    assert room.page.canvas.place_of("elin") != before
    assert room.names()[-1] == "Elin"


def test_rename_in_the_table(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("choir")
    qtbot.keyClick(room.page.canvas, Qt.Key.Key_F2)
    editor = room.page.table.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    qtbot.keyClicks(editor, "Church choir")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.people["choir"].name == "Church choir")
    assert "Church choir" in room.names()
    room.frame.stack.undo()
    assert room.people["choir"].name == "Choir"


def test_delete_takes_off_today_and_keeps_earlier_sittings(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("ruth")
    qtbot.keyClick(room.page.canvas, Qt.Key.Key_Delete)
    assert "Ruth" not in room.names()
    assert stood(room, WEEK, "ruth").is_present
    room.frame.stack.undo()
    assert "Ruth" in room.names()


def test_the_panel_edits_the_person(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("ruth")
    focus = room.page.panel.findChild(QCheckBox, "person_focus")
    words = room.page.panel.findChild(QPlainTextEdit, "person_own_words")
    assert focus is not None
    assert words is not None
    focus.click()
    assert room.people["ruth"].is_in_focus
    words.setPlainText("She never asks.")
    room.page.flush()
    assert stood(room, TODAY, "ruth").words == "She never asks."
    room.frame.stack.undo()
    room.frame.stack.undo()
    assert not room.people["ruth"].is_in_focus


def test_the_slider_speaks_in_rings(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("ruth")
    slider = room.page.panel.slider
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert ring_of(room.today("ruth") or 0.0) is Ring.INNER
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert room.today("ruth") == OUTSIDE
    assert slider.accessibleDescription() == "outside"


def test_who_died_is_not_wished_anywhere(room: Room) -> None:
    room.page.choose_person("ruth")
    died = room.page.panel.findChild(QCheckBox, "person_died")
    assert died is not None
    died.click()
    assert room.cell("ruth", WANTED) == ""
    assert not any(mark.key == "wanted:ruth" for mark in room.page.canvas.picture.marks)


def show_sitting(room: Room, key: str) -> None:
    """Choose a sitting on the time slider, as a click does; with less motion it is there at once."""
    room.frame.preferences.has_less_motion = True
    slider = room.page.columns.slider
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.place_of(key))


def test_an_earlier_sitting_is_read_only(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("elin")
    qtbot.keyClick(room.page.canvas, Qt.Key.Key_Down)
    moved = room.today("elin")
    show_sitting(room, WEEK)
    assert room.cell("elin", NOW) == "inner"
    room.page.choose_person("johan")
    qtbot.keyClick(room.page.canvas, Qt.Key.Key_Down)
    qtbot.keyClick(room.page.canvas, Qt.Key.Key_Delete)
    assert (room.row(TODAY, "johan"), room.today("elin")) == (None, moved)
    assert stood(room, WEEK, "johan").is_present


def test_the_circle_before_this_began_can_be_drawn_at_any_time(room: Room, qtbot: QtBot) -> None:
    show_sitting(room, BEFORE)
    assert room.cell("johan", NOW) == "inner"
    assert "Choir" not in room.names()
    edit = room.page.findChild(QPushButton, "circle_edit_date")
    assert edit is not None
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    assert room.cell("choir", NOW) == "not then"
    room.page.choose_person("johan")
    qtbot.keyClick(room.page.canvas, Qt.Key.Key_Down)
    assert stood(room, THEN, "johan").felt < 0.8
    assert room.row(TODAY, "johan") is None
    room.frame.stack.undo()
    assert stood(room, THEN, "johan").felt == 0.8
    qtbot.keyClicks(room.page.add_field, "Karl, father")
    qtbot.keyClick(room.page.add_field, Qt.Key.Key_Return)
    karl = next(each for each in room.people.values() if each.name == "Karl")
    qtbot.keyClick(room.page.canvas, Qt.Key.Key_Return)
    assert stood(room, THEN, karl.id).is_present
    assert room.row(TODAY, karl.id) is None
    back = room.page.findChild(QPushButton, "circle_back")
    assert back is not None
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert room.cell("johan", NOW) == "outer"


def test_the_inventory_of_the_person_chosen_is_kept_as_it_is_typed(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("ruth")
    room.page.entry.open_now()
    prompt = room.page.entry.findChild(QWidget, "field_good_prose")
    assert prompt is not None
    qtbot.keyClicks(prompt, "Cooks for them on Sundays")
    qtbot.waitUntil(lambda: "Cooks for them" in str(entries(room)))
    qtbot.keyClicks(prompt, ", brings soup")
    room.page.choose_person("elin")
    assert [(each.about_id, "brings soup" in str(each.answers)) for each in entries(room)] == [("ruth", True)]
    room.page.entry.open_now()
    assert not room.page.entry.view.is_touched()
    assert "soup" not in str(room.page.entry.view.answers())


def test_the_client_s_own_words_are_kept_while_they_are_typed(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("ruth")
    words = room.page.panel.findChild(QPlainTextEdit, "person_own_words")
    assert words is not None
    words.setFocus()
    qtbot.keyClicks(words, "She never asks")
    qtbot.waitUntil(lambda: room.row(TODAY, "ruth") is not None and stood(room, TODAY, "ruth").words == "She never asks")
    qtbot.keyClicks(words, " how I am.")
    qtbot.waitUntil(lambda: stood(room, TODAY, "ruth").words == "She never asks how I am.")
    room.frame.stack.undo()
    assert room.row(TODAY, "ruth") is None, "what was typed in one go is one step"


def test_coming_back_to_the_tab_shows_what_was_stored_meanwhile(room: Room, qtbot: QtBot) -> None:
    room.page.hide()
    room.desk.circles.change_person(replace(room.people["elin"], name="Elin Marie"))
    qtbot.waitUntil(lambda: room.page._is_behind)
    assert "Elin" in room.names()
    room.page.show()
    assert "Elin Marie" in room.names()


def test_forgetting_leaves_no_name(room: Room) -> None:
    room.page.choose_person("johan")
    room.page.forget()
    assert room.names() == []
    held = [field.text() for field in room.page.findChildren(QLineEdit)] + [
        each.text() for each in room.page.findChildren(QLabel)
    ]
    assert not any("Johan" in text for text in held)
    assert room.page.canvas.picture.description == ""


def test_change_says_what_changed_in_words(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("johan")
    words = room.page.panel.findChild(QPlainTextEdit, "person_own_words")
    assert words is not None
    words.setPlainText("He was the first I told.")
    room.page.flush()
    change = room.page.toolbar.findChild(QPushButton, "circle_mode_change")
    assert change is not None
    qtbot.mouseClick(change, Qt.MouseButton.LeftButton)
    line = room.page.changes.findChild(QLabel, "change_johan")
    assert line is not None
    assert line.text() == "two rings further, inner to outer"
    said = room.page.changes.findChild(QLabel, "words_johan")
    assert said is not None
    assert said.text() == "“He was the first I told.”"
    copy = room.page.changes.findChild(QPushButton, "change_copy")
    assert copy is not None
    copy.click()
    assert "Two rings further" in QGuiApplication.clipboard().text()


def test_in_a_narrow_window_table_and_panel_share_a_column(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("johan")
    room.page.resize(1024, 560)
    assert room.page.table.isVisible()
    assert not room.page.panel.isVisible()
    switch = room.page.findChild(QPushButton, "circle_switch_person")
    assert switch is not None
    assert switch.text() == "Johan"
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert room.page.panel.isVisible()
    assert not room.page.table.isVisible()
    room.page.resize(1280, 660)
    assert room.page.table.isVisible()
    assert room.page.panel.isVisible()


def test_larger_text_while_the_tab_is_open_cuts_nothing_off(room: Room, qtbot: QtBot, qapp: QApplication) -> None:
    before = room.page.toolbar.height()
    try:
        theme.apply(qapp, theme.Theme("light", 1.5))
        qapp.processEvents()
        assert room.page.toolbar.height() == round(before * 1.5)
        assert room.page.toolbar.minimumSizeHint().height() <= room.page.toolbar.height()
        qtbot.waitUntil(room.page.columns.switch.isVisible)  # in large text table and panel share a column
    finally:
        theme.apply(qapp, theme.Theme())


def test_return_where_nothing_can_be_typed_opens_nothing(room: Room, qtbot: QtBot) -> None:
    table = room.page.table
    table.setFocus()
    table.setCurrentIndex(table.people.index(0, SINCE))
    qtbot.keyClick(table, Qt.Key.Key_Return)  # Qt would warn of it
    table.rename("elin")
    table.rename("elin")
    assert table.state() is QAbstractItemView.State.EditingState
