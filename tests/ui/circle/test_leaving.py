"""Deleting a person for good, with a question only where there is text; putting someone back who was taken off."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import (
    Client,
    Course,
    Document,
    Person,
    Placement,
    ProblemArea,
    Record,
    Revision,
    Sitting,
    Tie,
)
from tests.ui.circle.room import THEN, TODAY, WEEK, CircleRoom
from tests.ui.circle.test_hands import OFFSCREEN, menu_of, trigger
from tests.ui.practice_room import open_room

KEPT: tuple[type[Record], ...] = (Person, Placement, Tie, Document, Revision, ProblemArea, Sitting)
LEFT = Qt.MouseButton.LeftButton


class Room(CircleRoom):
    """What these tests ask of the page."""

    def rows(self) -> dict[str, list[Record]]:
        with self.desk.store.read() as reading:
            return {kind.__name__: list(reading.all(kind, "id")) for kind in KEPT}

    def menu(self, name: str) -> QAction:
        return next(each for each in self.page.menus()["Circle"] if each.objectName() == name)

    def asked(self) -> str:
        return self.page.columns.bar.text()

    def press(self, qtbot: QtBot, name: str) -> None:
        qtbot.mouseClick(self.button(name), LEFT)

    def button(self, name: str) -> QPushButton:
        """Return a button of the question; those of one before may still be on their way out."""
        return next(each for each in self.page.columns.bar.findChildren(QPushButton, name) if each.isVisible())

    def prose(self) -> QTextEdit:
        """Return the first field of the inventory entry that is open."""
        field = self.page.entry.findChild(QTextEdit, "field_good_prose")
        assert field is not None
        return field

    def leave_and_come_back(self) -> None:
        """Go to another tab and to no client, and come back."""
        self.page.hide()
        self.page.show_client(None, None)
        self.page.show_client(self.client.id, self.course.id)
        self.page.show()

    def off(self) -> list[str]:
        """Return the names that *Put back on the circle* offers."""
        menu = self.page.leaving.menu_action.menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        return [each.text() for each in menu.actions()]


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path) as practice:
        made = Room(practice)
        qtbot.waitExposed(made.frame)
        yield made


def write(room: Room, person_id: str, words: str = "laughs with her") -> None:
    documents = room.desk.documents
    entry = documents.open_document(Purpose.INVENTORY_ENTRY, room.client.id, course_id=room.course.id, about_id=person_id)
    documents.keep_draft(documents.begin_writing(entry), {"good": words})


def test_without_text_about_them_someone_goes_at_once_and_comes_back(room: Room):
    before = room.rows()
    room.page.choose_person("ruth")
    room.menu("circle_menu_delete").trigger()
    assert room.asked() == ""
    assert "ruth" not in room.people
    assert room.page.panel.person_id == ""
    room.frame.stack.undo()
    assert room.rows() == before
    room.frame.stack.redo()
    assert (room.row(THEN, "ruth"), room.row(WEEK, "ruth")) == (None, None)


@OFFSCREEN
def test_with_text_it_is_asked_in_the_page_and_said_what_goes(room: Room, qtbot: QtBot):
    write(room, "elin")
    room.desk.phases.keep_problem_area(ProblemArea(course_id=room.course.id, area="dispute", person_id="elin"))
    before = room.rows()
    trigger(menu_of(room, "elin"), "menu_delete")
    assert "Delete Elin?" in room.asked()
    assert "1 entry of the inventory" in room.asked()
    assert "their places in 2 circles" in room.asked()
    assert "names nobody then" in room.asked()
    assert room.page.columns.bar.isVisible()
    assert "elin" in room.people
    room.press(qtbot, "circle_delete_not")
    assert (room.asked(), room.rows()) == ("", before)
    room.menu("circle_menu_delete").trigger()
    room.press(qtbot, "circle_delete_now")
    assert room.asked() == ""
    assert "elin" not in room.people
    assert room.rows()["Document"] == []
    room.leave_and_come_back()
    room.frame.stack.undo()
    assert room.rows() == before


def test_the_question_begins_with_what_keeps_everything(room: Room, qtbot: QtBot):
    write(room, "elin")
    room.page.choose_person("elin")
    room.menu("circle_menu_delete").trigger()
    keep = room.button("circle_delete_not")
    assert keep.hasFocus()
    qtbot.keyClick(keep, Qt.Key.Key_Space)
    assert (room.asked(), "elin" in room.people) == ("", True)


def test_the_question_goes_when_somebody_else_is_chosen_or_the_tab_is_left(room: Room):
    write(room, "elin")
    room.page.choose_person("elin")
    room.menu("circle_menu_delete").trigger()
    room.page.choose_person("ruth")
    assert room.asked() == ""
    room.page.choose_person("elin")
    room.menu("circle_menu_delete").trigger()
    room.leave_and_come_back()
    assert room.asked() == ""
    room.page.choose_person("elin")
    room.menu("circle_menu_delete").trigger()
    room.page.forget()
    assert room.asked() == ""


def test_what_is_being_typed_goes_with_them_and_comes_back(room: Room, qtbot: QtBot):
    room.page.choose_person("ruth")
    room.page.entry.open_now()
    field = room.prose()
    field.setFocus()
    qtbot.keyClicks(field, "she never asks")
    own = room.page.panel.findChild(QPlainTextEdit, "person_own_words")
    assert own is not None
    own.setFocus()
    qtbot.keyClicks(own, "a cold wind")
    room.menu("circle_menu_delete").trigger()
    assert "1 entry of the inventory" in room.asked()
    assert "own words in 1 circle" in room.asked()
    room.press(qtbot, "circle_delete_now")
    assert "ruth" not in room.people
    assert room.frame.said == [], "nothing of it failed to be kept"
    room.frame.stack.undo()
    row = room.row(TODAY, "ruth")
    assert row is not None
    assert row.words == "a cold wind"
    (entry,) = room.desk.documents.of_course(room.course.id, Purpose.INVENTORY_ENTRY)
    assert "she never asks" in str(entry.answers)
    room.page.choose_person("ruth")
    room.page.entry.open_now()
    assert "she never asks" in room.prose().toPlainText()


def test_undoing_that_someone_was_added_keeps_what_is_being_typed_about_them(room: Room, qtbot: QtBot):
    room.page.add_person("Ola, friend")
    ola = next(each.id for each in room.people.values() if each.name == "Ola")
    room.page.entry.open_now()
    field = room.prose()
    qtbot.keyClicks(field, "met at the choir")
    room.frame.stack.undo()
    assert ola in room.people
    assert "Something is written about Ola" in room.frame.said[-1][1]
    assert "met at the choir" in str(room.desk.documents.of_course(room.course.id, Purpose.INVENTORY_ENTRY)[0].answers)


def test_typed_about_someone_deleted_in_another_place_it_stays_until_they_are_back(room: Room, qtbot: QtBot):
    room.page.choose_person("ruth")
    room.page.entry.open_now()
    field = room.prose()
    qtbot.keyClicks(field, "she never asks")
    room.desk.circles.delete_person("ruth")
    assert not room.page.flush()
    assert "person is no longer there" in room.frame.said[-1][1]
    assert {"save_retry", "copy_unsaved", "leave_unsaved"} <= room.frame.actions_said.keys()
    room.desk.circles.restore_person("ruth")
    assert room.page.flush()
    assert "she never asks" in str(room.desk.documents.of_course(room.course.id, Purpose.INVENTORY_ENTRY)[0].answers)


def test_an_earlier_circle_that_is_looked_at_deletes_nobody(room: Room):
    room.page.back.show(WEEK)
    room.page.choose_person("ruth")
    room.menu("circle_menu_delete").trigger()
    assert "ruth" in room.people
    assert "only looked at" in room.frame.said[-1][1]


def test_with_nobody_chosen_it_says_so(room: Room):
    room.menu("circle_menu_delete").trigger()
    assert "Choose someone first" in room.frame.said[-1][1]


# Put back on the circle


def test_who_was_taken_off_is_put_back_where_they_stood(room: Room, qtbot: QtBot):
    assert room.off() == ["Nobody was taken off this circle"]
    room.page.choose_person("ruth")
    room.page.remove_person()
    assert room.page.shown.standing("ruth") is None or room.page.shown.standing("ruth").now is None  # type: ignore[union-attr]
    assert room.off() == ["Ruth"]
    before = room.rows()
    menu = room.page.leaving.menu_action.menu()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    row = room.row(TODAY, "ruth")
    assert row is not None
    assert (row.is_present, row.felt, row.angle, row.desired) == (True, 0.5, 105.0, 0.1)
    assert room.off() == ["Nobody was taken off this circle"]
    room.leave_and_come_back()
    room.frame.stack.undo()
    assert room.rows() == before


def test_a_lock_leaves_no_name_in_the_menu(room: Room):
    room.page.choose_person("ruth")
    room.page.remove_person()
    assert room.off() == ["Ruth"]
    room.page.forget()
    menu = room.page.leaving.menu_action.menu()
    assert isinstance(menu, QMenu)
    assert menu.actions() == []


# What went while the tab showed it


def test_a_person_deleted_in_another_place_leaves_table_circle_and_panel(room: Room, qtbot: QtBot):
    room.page.choose_person("ruth")
    name = room.page.panel.findChild(QLineEdit, "person_name")
    assert name is not None
    name.setFocus()
    qtbot.keyClicks(name, "x")
    room.desk.circles.delete_person("ruth")
    qtbot.waitUntil(lambda: room.page.panel.person_id == "")
    assert room.page.table.people.row_of("ruth") < 0
    room.page.canvas.setFocus()
    qtbot.keyClick(room.page.canvas, Qt.Key.Key_Up)
    assert "ruth" not in room.people


def test_a_course_or_a_client_that_is_gone_shows_how_to_go_on(room: Room, qtbot: QtBot):
    room.desk.store.write(lambda writing: writing.delete(Course, room.course.id))
    room.page.refresh()
    assert not room.page.columns.isVisible()
    room.desk.store.write(lambda writing: writing.delete(Client, room.client.id))
    room.page.refresh()
    assert not room.page.columns.isVisible()
    room.page.ask_for_someone()
    room.page.add_person("Ola")
    assert room.people == {}


def test_undo_of_what_another_tab_changed_meanwhile(room: Room):
    room.page.verbs.rename_person("ruth", "Ruth B")
    room.desk.circles.change_person(replace(room.people["ruth"], is_in_focus=True))
    room.frame.stack.undo()
    assert (room.people["ruth"].name, room.people["ruth"].is_in_focus) == ("Ruth", True)
    room.page.verbs.rename_person("ruth", "Ruth B")
    room.desk.circles.change_person(replace(room.people["ruth"], name="Mother-in-law"))
    room.frame.stack.undo()
    assert room.people["ruth"].name == "Mother-in-law"
    assert "was changed in another place" in room.frame.said[-1][1]
