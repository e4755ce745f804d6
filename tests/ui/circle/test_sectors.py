"""Sectors of the circle: made, renamed, evened, taken away, and who belongs to which, each undone in one step."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.circle_sectors import sector_at
from ipt_desktop.domain.closeness import position
from ipt_desktop.domain.picture import ArcLabel, Line
from ipt_desktop.domain.records import Sector
from tests.ui.circle.room import TODAY, CircleRoom
from tests.ui.practice_room import open_room
from ui.circle.table_columns import SECTOR


class Room(CircleRoom):
    """What these tests do to the page."""

    def press(self, qtbot: QtBot, name: str) -> None:
        button = next(each for each in self.page.findChildren(QPushButton, name) if each.isVisible())
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    @property
    def sectors(self) -> list[Sector]:
        return self.desk.circles.sectors(self.client.id)

    def sector(self, name: str) -> Sector:
        return next(each for each in self.sectors if each.name == name)

    def widget(self, kind: type[QWidget], name: str) -> QWidget:
        return next(each for each in self.page.findChildren(kind, name) if each.isVisible())

    def spokes(self) -> list[Line]:
        return [mark for mark in self.page.canvas.picture.marks if isinstance(mark, Line) and mark.key.startswith("sector:")]

    def names(self) -> list[str]:
        marks = self.page.canvas.picture.marks
        return [mark.text for mark in marks if isinstance(mark, ArcLabel) and mark.key.startswith("sector:")]


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path) as practice:
        made = Room(practice)
        qtbot.waitExposed(made.frame)
        yield made


@pytest.fixture
def divided(room: Room, qtbot: QtBot) -> Room:
    room.page.edit_sectors()
    room.press(qtbot, "sectors_begin")
    return room


def test_off_at_first_and_divided_with_one_press_undone_in_one(room: Room, qtbot: QtBot):
    assert (room.sectors, room.spokes()) == ([], [])
    room.page.edit_sectors()
    room.press(qtbot, "sectors_begin")
    assert [each.name for each in room.sectors] == ["Friends", "Work", "Community", "Family"]
    assert len(room.spokes()) == 4
    assert sorted(room.names()) == ["Community", "Family", "Friends", "Work"]
    assert all(each.sector_id is None for each in room.people.values()), "nobody is put anywhere unasked"
    room.frame.stack.undo()
    assert room.sectors == []
    room.frame.stack.redo()
    assert len(room.sectors) == 4


def test_the_box_in_the_toolbar_hides_them(divided: Room):
    box = divided.widget(QCheckBox, "circle_sectors")
    assert isinstance(box, QCheckBox)
    assert box.isChecked()
    box.click()
    assert divided.spokes() == []
    assert len(divided.sectors) == 4


def test_added_renamed_turned_evened_and_removed(divided: Room, qtbot: QtBot):
    field = divided.widget(QLineEdit, "sector_add")
    qtbot.keyClicks(field, "Choir")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(divided.sectors) == 5
    row = divided.page.columns.sectors.findChild(QWidget, f"sector_{divided.sector('Work').id}")
    assert row is not None
    name, start = row.findChild(QLineEdit, "sector_name"), row.findChild(QSpinBox, "sector_start")
    assert name is not None
    assert start is not None
    name.selectAll()
    qtbot.keyClicks(name, "School")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert divided.sector("School").start == 165.0
    start.setValue(180)
    assert divided.sector("School").start == 180.0
    divided.press(qtbot, "sectors_even")
    starts = [each.start for each in divided.sectors]
    assert {round((after - before) % 360.0) for before, after in pairwise(starts)} == {72}
    before = len(divided.sectors)
    remove = row.findChild(QPushButton, "sector_remove")
    assert remove is not None
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert len(divided.sectors) == before - 1
    divided.frame.stack.undo()
    assert len(divided.sectors) == before


def test_who_is_dropped_in_a_sector_belongs_to_it(divided: Room, qtbot: QtBot):
    canvas, work = divided.page.canvas, divided.sector("Work")
    drawing = canvas.drawing
    assert drawing is not None
    start, end = canvas.place_of("ruth"), canvas.mapFromScene(*position(0.5, 200.0, drawing.geometry))
    qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(canvas.viewport(), start + QPoint((end - start) * step / 5))
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert divided.people["ruth"].sector_id == work.id
    row = divided.row(TODAY, "ruth")
    assert row is not None
    assert sector_at(divided.sectors, row.angle) == work
    divided.frame.stack.undo()
    assert divided.people["ruth"].sector_id is None
    assert divided.row(TODAY, "ruth") is None, "one gesture, one step"


def test_a_sector_chosen_in_the_panel_turns_the_person_into_it_at_their_closeness(divided: Room, qtbot: QtBot):
    divided.page.choose_person("johan")
    divided.press(qtbot, "person_details_shown")
    choice = divided.widget(QComboBox, "person_sector")
    assert isinstance(choice, QComboBox)
    community = divided.sector("Community")
    choice.setCurrentIndex(choice.findData(community.id))
    choice.activated.emit(choice.currentIndex())
    assert divided.people["johan"].sector_id == community.id
    row = divided.row(TODAY, "johan")
    assert row is not None
    assert sector_at(divided.sectors, row.angle) == community
    assert row.felt == 0.2
    model = divided.page.table.people
    assert model.index(model.row_of("johan"), SECTOR).data() == "Community"
    model.setData(model.index(model.row_of("johan"), SECTOR), None)
    assert divided.people["johan"].sector_id is None


def test_a_sector_that_goes_and_comes_back_has_its_people_again(divided: Room):
    community = divided.sector("Community")
    divided.page.sector_verbs.join("choir", community.id)
    divided.page.sector_verbs.remove(community.id)
    assert divided.people["choir"].sector_id is None
    divided.frame.stack.undo()
    assert divided.people["choir"].sector_id == community.id


def test_asked_for_where_there_are_none_they_can_be_made_at_once(room: Room, qtbot: QtBot):
    box = room.widget(QCheckBox, "circle_sectors")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    room.press(qtbot, "sectors_begin")
    assert len(room.names()) == len(room.sectors) > 2
    room.press(qtbot, "sectors_done")
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert room.names() == []
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not room.page.columns.sectors.isVisible(), "where there are some, they are only shown"
