"""The Circle tab: table, circle and panel are one, and every verb can be undone."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.closeness import OUTSIDE, Ring, ring_of
from tests.ui.circle.room import MemoryCircles, MemoryFrame, marta, memory_desk
from ui.circle.page import CirclePage
from ui.circle.people_table import NOW, PERSON, SINCE, WANTED


class Room:
    """The page with what stands behind it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.circles: MemoryCircles = marta()
        self.frame = MemoryFrame()
        qtbot.addWidget(self.frame)
        self.page = CirclePage(memory_desk(self.circles), self.frame)
        self.frame.resize(1280, 660)
        self.page.resize(1280, 660)
        self.frame.show()
        qtbot.waitExposed(self.frame)
        self.page.show_client("client", "course")

    def today(self, person_id: str) -> float | None:
        row = self.circles.rows.get(("today", person_id))
        return row.felt if row and row.is_present else None

    def cell(self, person_id: str, column: int) -> str:
        model = self.page.table.people
        return str(model.index(model.row_of(person_id), column).data())

    def names(self) -> list[str]:
        model = self.page.table.people
        return [str(model.index(row, PERSON).data()) for row in range(model.rowCount())]


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


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
    added = next(person for person in room.circles.people.values() if person.name == "Ingrid")
    assert added.relation == "mother"
    assert room.today(added.id) is not None
    assert "Ingrid" in room.names()
    room.frame.stack.undo()
    assert "Ingrid" not in room.names()
    assert added.id not in room.circles.people
    room.frame.stack.redo()
    assert room.circles.people[added.id].name == "Ingrid"
    assert room.today(added.id) is not None


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
    assert ("today", "johan") not in room.circles.rows
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
    qtbot.waitUntil(lambda: room.circles.people["choir"].name == "Church choir")
    assert "Church choir" in room.names()
    room.frame.stack.undo()
    assert room.circles.people["choir"].name == "Choir"


def test_delete_takes_off_today_and_keeps_earlier_sittings(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("ruth")
    qtbot.keyClick(room.page.canvas, Qt.Key.Key_Delete)
    assert "Ruth" not in room.names()
    assert room.circles.rows["week", "ruth"].is_present
    room.frame.stack.undo()
    assert "Ruth" in room.names()


def test_the_panel_edits_the_person(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("ruth")
    focus = room.page.panel.findChild(QCheckBox, "person_focus")
    words = room.page.panel.findChild(QPlainTextEdit, "person_own_words")
    assert focus is not None
    assert words is not None
    focus.click()
    assert room.circles.people["ruth"].is_in_focus
    words.setPlainText("She never asks.")
    room.page.flush()
    assert room.circles.rows["today", "ruth"].words == "She never asks."
    room.frame.stack.undo()
    room.frame.stack.undo()
    assert not room.circles.people["ruth"].is_in_focus


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


def test_an_earlier_sitting_is_read_only(room: Room, qtbot: QtBot) -> None:
    room.circles.sitting_now("course")
    room.page.refresh()
    shown = room.page.toolbar.findChild(QComboBox, "circle_sitting")
    assert shown is not None
    shown.setCurrentIndex(shown.findData("before"))
    shown.activated.emit(shown.currentIndex())
    assert room.cell("johan", NOW) == "inner"
    assert "Choir" not in room.names()
    qtbot.keyClick(room.page.canvas, Qt.Key.Key_Delete)
    room.page.choose_person("johan")
    qtbot.keyClick(room.page.canvas, Qt.Key.Key_Down)
    assert ("today", "johan") not in room.circles.rows


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
    assert line.text() == "“He was the first I told.” Two rings further."
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
