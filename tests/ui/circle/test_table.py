"""The table twin: put in order, edited in place, its columns chosen, and all of it by keys and in words to be heard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Placement
from tests.ui.circle.room import TODAY, CircleRoom
from tests.ui.practice_room import open_room
from ui.circle.people_model import BY_CLOSENESS
from ui.circle.table_columns import (
    CONFIDANT,
    COUNT,
    GROUP,
    KEYS,
    NOW,
    PERSON,
    RELATION,
    SECTOR,
    SINCE,
    SUPPORT,
    WANTED,
)
from ui.preferences import load_preferences

KEY = Qt.Key
LEFT, CTRL_SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Room(CircleRoom):
    """What these tests do to the table."""

    def cell(self, person_id: str, column: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> str:
        model = self.page.table.people
        return str(model.index(model.row_of(person_id), column).data(role))

    def names(self) -> list[str]:
        model = self.page.table.people
        return [str(model.index(row, PERSON).data()) for row in range(model.rowCount())]

    def go(self, person_id: str, column: int) -> None:
        table = self.page.table
        table.setFocus()
        table.setCurrentIndex(table.people.index(table.people.row_of(person_id), column))

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys where the keyboard is, as a hand does."""
        for key in keys:
            QTest.keyClick(self.listening, key, modifiers)

    def write(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(self.listening, letter)
            QApplication.processEvents()  # a list that opens comes to rest

    @property
    def listening(self) -> QWidget:
        """What the keys go to: a list that is open, else what has the keyboard."""
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.page.table

    def choose(self, person_id: str, column: int, words: str, open_by: Qt.Key = KEY.Key_F2) -> None:
        """Open a cell, walk to a word by the arrow keys and take it with Return."""
        self.go(person_id, column)
        self.press(open_by)
        choice = next(each for each in self.page.table.findChildren(QComboBox) if each.isVisible())
        wanted = choice.findText(words)
        assert wanted >= 0, words
        step = KEY.Key_Down if wanted > choice.currentIndex() else KEY.Key_Up
        self.press(*[step] * abs(wanted - choice.currentIndex()))
        self.press(KEY.Key_Return)
        QApplication.processEvents()

    def now(self, person_id: str) -> Placement:
        row = self.row(TODAY, person_id)
        assert row is not None
        return row

    def action(self, name: str) -> QAction:
        found = self.page.findChild(QAction, name)
        assert found is not None
        return found

    def click_head(self, column: int) -> None:
        head = self.page.table.horizontalHeader()
        at = QPoint(head.sectionViewportPosition(column) + 8, head.height() // 2)
        QTest.mouseClick(head.viewport(), LEFT, pos=at)


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path) as practice:
        made = Room(practice)
        with qtbot.waitActive(made.frame):
            made.frame.activateWindow()
        yield made


def test_qt_finds_no_fault_with_the_model_while_people_come_move_and_go(room: Room, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(room.page.table.people)
    room.page.table.sort_by(PERSON)
    room.page.verbs.place_person("johan", 0.9)
    room.page.add_person("Ola, friend")
    room.page.table.sort_by(NOW, Qt.SortOrder.DescendingOrder)
    room.page.verbs.remove_person("elin")
    room.frame.stack.undo()
    qtmodeltester.check(room.page.table.people)


# Order


def test_a_click_on_a_head_puts_in_order_once_more_the_other_way_and_then_by_closeness(room: Room) -> None:
    assert room.names() == ["Elin", "Ruth", "Choir", "Johan"]
    room.click_head(PERSON)
    assert room.names() == ["Choir", "Elin", "Johan", "Ruth"]
    assert "Person" in room.page.table.accessibleDescription()
    room.click_head(PERSON)
    assert room.names() == ["Ruth", "Johan", "Elin", "Choir"]
    room.click_head(PERSON)
    assert room.names() == ["Elin", "Ruth", "Choir", "Johan"]
    assert not room.page.table.horizontalHeader().isSortIndicatorShown()


def test_the_keys_put_in_order_by_the_column_they_are_in(room: Room) -> None:
    room.go("ruth", PERSON)
    room.press(KEY.Key_Up, modifiers=CTRL_SHIFT)
    assert room.names() == ["Choir", "Elin", "Johan", "Ruth"]
    room.press(KEY.Key_Down, modifiers=CTRL_SHIFT)
    assert room.names() == ["Ruth", "Johan", "Elin", "Choir"]
    room.press(KEY.Key_Home, modifiers=CTRL_SHIFT)
    assert room.names() == ["Elin", "Ruth", "Choir", "Johan"]
    assert room.page.table.people.order[0] == BY_CLOSENESS


@pytest.mark.parametrize("column", range(COUNT))
def test_every_column_puts_in_order_and_who_has_nothing_there_comes_last(room: Room, column: int) -> None:
    for order in Qt.SortOrder:
        room.page.table.sort_by(column, order)
        assert sorted(room.names()) == ["Choir", "Elin", "Johan", "Ruth"]
        told = [room.cell(person_id, column) for person_id in (name.lower() for name in room.names())]
        assert told == sorted(told, key=lambda words: not words), "nobody without words stands above one with"


def test_an_order_stays_while_people_change_and_so_does_who_is_chosen(room: Room) -> None:
    room.go("ruth", NOW)
    room.page.table.sort_by(PERSON)
    room.page.verbs.place_person("ruth", 0.95)
    room.page.add_person("Anna, friend")
    room.page.choose_person("ruth")
    room.page.verbs.rename_person("choir", "Zion choir")
    assert room.names() == ["Anna", "Elin", "Johan", "Ruth", "Zion choir"]
    current = room.page.table.currentIndex()
    assert (current.siblingAtColumn(PERSON).data(), current.column()) == ("Ruth", NOW)
    assert room.page._selected_id == "ruth"


def test_wanted_and_support_go_from_most_to_least(room: Room) -> None:
    for person_id, level in (("elin", "a little"), ("ruth", "much"), ("johan", "none")):
        room.page.door.columns.show_keys(["person", "support_emotional"])
        room.choose(person_id, SUPPORT, level)
    room.page.table.sort_by(SUPPORT)
    assert room.names() == ["Ruth", "Elin", "Johan", "Choir"]
    room.page.table.sort_by(WANTED)
    assert room.names()[:2] == ["Choir", "Ruth"]


# Editing by keys


def test_a_ring_is_chosen_by_keys_and_undone(room: Room) -> None:
    room.choose("elin", NOW, "outer", KEY.Key_Return)
    assert (room.cell("elin", NOW), room.names()[-1]) == ("outer", "Elin")
    assert room.page.table.currentIndex().siblingAtColumn(PERSON).data() == "Elin"
    room.frame.stack.undo()
    assert room.cell("elin", NOW) == "inner"
    assert room.row(TODAY, "elin") is None


def test_opening_a_cell_and_leaving_it_changes_nothing(room: Room) -> None:
    room.page.door.columns.show_keys(list(KEYS))
    room.page.add_person("Ola, friend")
    people = [*room.people]
    for person_id in people:
        for column in range(COUNT):
            for leave in (KEY.Key_Return, KEY.Key_Escape):
                room.go(person_id, column)
                room.press(KEY.Key_F2)
                room.press(leave)
                QApplication.processEvents()
    assert room.frame.stack.count() == 1, "the one who was added"


def test_closeness_wanted_is_chosen_and_taken_back_to_not_asked(room: Room) -> None:
    room.choose("elin", WANTED, "outside")
    assert room.cell("elin", WANTED) == "outside"
    room.choose("elin", WANTED, "not asked")
    assert (room.cell("elin", WANTED), room.now("elin").desired) == ("", None)
    room.frame.stack.undo()
    room.frame.stack.undo()
    assert room.row(TODAY, "elin") is None


def test_a_relation_is_typed_in_words_of_one_s_own_or_chosen(room: Room) -> None:
    room.page.door.columns.show_keys(["person", "relation"])
    for typed, relation, words in (("GP", "doctor", "GP"), ("old flame", "other", "old flame"), ("Sister", "sister", "")):
        room.go("ruth", RELATION)
        room.press(KEY.Key_F2)
        room.press(KEY.Key_A, modifiers=Qt.KeyboardModifier.ControlModifier)
        room.write(typed)
        room.press(KEY.Key_Return)
        QApplication.processEvents()
        assert (room.people["ruth"].relation, room.people["ruth"].relation_words) == (relation, words)
    assert room.cell("ruth", RELATION) == "sister"
    for _step in range(3):
        room.frame.stack.undo()
    assert room.cell("ruth", RELATION) == "mother-in-law"
    room.choose("ruth", RELATION, "aunt")
    assert room.people["ruth"].relation == "aunt"


def test_a_beginning_is_not_taken_for_the_relation_it_might_become(room: Room) -> None:
    room.page.door.columns.show_keys(["person", "relation"])
    room.go("ruth", RELATION)
    room.press(KEY.Key_F2)
    room.press(KEY.Key_A, modifiers=Qt.KeyboardModifier.ControlModifier)
    room.write("mo")
    room.press(KEY.Key_Return)
    QApplication.processEvents()
    assert (room.people["ruth"].relation, room.people["ruth"].relation_words) == ("other", "mo")


@pytest.mark.parametrize(("column", "field"), [(GROUP, "is_group"), (CONFIDANT, "is_confidant")])
def test_yes_and_no_are_chosen_and_undone(room: Room, column: int, field: str) -> None:
    room.page.door.columns.show_keys(["person", KEYS[column]])
    room.choose("elin", column, "yes")
    kept = room.people["elin"] if column == GROUP else room.now("elin")
    assert getattr(kept, field) is True
    assert room.cell("elin", column) == "yes"
    room.frame.stack.undo()
    assert room.cell("elin", column) == ""


@pytest.mark.parametrize("kind", ["emotional", "practical", "informational", "companionship"])
def test_support_received_is_answered_by_kind_and_undone(room: Room, kind: str) -> None:
    column = KEYS.index(f"support_{kind}")
    room.page.door.columns.show_keys(["person", KEYS[column]])
    assert room.cell("ruth", column) == ""
    for words, level in (("much", 3), ("none", 0), ("not asked", None)):
        room.choose("ruth", column, words)
        assert getattr(room.now("ruth").received, kind) == level
    for _step in range(3):
        room.frame.stack.undo()
    assert room.row(TODAY, "ruth") is None


def test_a_sector_is_chosen_and_undone(room: Room) -> None:
    room.page.sector_verbs.begin()
    room.page.door.columns.show_keys(["person", "sector"])
    sector = room.desk.circles.sectors(room.client.id)[0]
    room.choose("elin", SECTOR, sector.name)
    assert room.people["elin"].sector_id == sector.id
    room.frame.stack.undo()
    assert room.people["elin"].sector_id is None


def test_who_waits_or_died_is_asked_nothing_that_cannot_be(room: Room) -> None:
    person_id = room.page.verbs.add_person("Ola, friend")
    model = room.page.table.people
    editable = Qt.ItemFlag.ItemIsEditable
    flags = [bool(model.index(model.row_of(person_id), column).flags() & editable) for column in range(COUNT)]
    assert [KEYS[column] for column in range(COUNT) if flags[column]] == ["person", "now", "sector", "relation", "group"]
    room.page.table.people.is_read_only = True
    assert not any(model.index(0, column).flags() & editable for column in range(COUNT))
    room.page.table.people.is_read_only = False
    room.choose(person_id, NOW, "middle")
    assert room.now(person_id).is_present


def test_what_is_typed_stays_while_the_circle_changes_meanwhile(room: Room) -> None:
    room.go("ruth", PERSON)
    room.press(KEY.Key_F2)
    room.press(KEY.Key_A, modifiers=Qt.KeyboardModifier.ControlModifier)
    room.write("Ruth Mar")
    room.page.refresh()
    room.write("ia")
    room.press(KEY.Key_Return)
    QApplication.processEvents()
    assert room.people["ruth"].name == "Ruth Maria"


# Numbers


def test_numbers_are_off_at_first_and_stand_beside_ring_words_when_asked_for(room: Room) -> None:
    assert room.cell("ruth", NOW) == "middle"
    room.action("circle_numbers").trigger()
    assert (room.cell("ruth", NOW), room.cell("ruth", WANTED), room.cell("choir", WANTED)) == (
        "middle 5",
        "outer 1",
        "middle 5",
    )
    assert "middle 5" in room.page.canvas.spoken(room.page.shown.here[1])
    assert load_preferences().has_numbers
    room.action("circle_numbers").trigger()
    assert room.cell("ruth", NOW) == "middle"


def test_a_typed_number_sets_closeness(room: Room) -> None:
    room.action("circle_numbers").trigger()
    for column, typed in ((NOW, "6.5"), (WANTED, "9,5")):
        room.go("ruth", column)
        room.press(KEY.Key_F2)
        room.press(KEY.Key_A, modifiers=Qt.KeyboardModifier.ControlModifier)
        room.write(typed)
        room.press(KEY.Key_Return)
        QApplication.processEvents()
    assert (room.now("ruth").felt, room.now("ruth").desired) == (0.65, 0.95)
    assert room.cell("ruth", NOW) == "middle 6.5"
    room.frame.stack.undo()
    assert (room.now("ruth").felt, room.now("ruth").desired) == (0.65, 0.1)
    room.frame.stack.undo()
    assert room.row(TODAY, "ruth") is None


def test_what_is_no_closeness_is_refused_in_words(room: Room) -> None:
    room.action("circle_numbers").trigger()
    room.go("ruth", NOW)
    room.press(KEY.Key_F2)
    room.press(KEY.Key_A, modifiers=Qt.KeyboardModifier.ControlModifier)
    room.write("65")
    room.press(KEY.Key_Return)
    QApplication.processEvents()
    assert room.row(TODAY, "ruth") is None
    assert room.frame.said[-1][1] == "Closeness is a number from 0 to 10, such as 6.5, or the word of a ring."


# Columns


def test_columns_are_chosen_and_kept_by_plain_names_and_the_table_scrolls(room: Room) -> None:
    table = room.page.table
    usual = table.columns_shown
    assert usual == ["person", "now", "wanted", "since"]
    for name in ("relation", "confidant", "support_emotional", "support_practical"):
        room.action(f"circle_column_{name}").trigger()
    assert table.columns_shown == [*usual, "relation", "confidant", "support_emotional", "support_practical"]
    assert load_preferences().circle_columns == table.columns_shown
    QApplication.processEvents()
    assert table.horizontalScrollBar().maximum() > 0
    room.go("ruth", table.people.columnCount() - 3)
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    room.action("circle_columns_usual").trigger()
    assert (table.columns_shown, load_preferences().circle_columns) == (usual, [])
    QApplication.processEvents()
    assert table.horizontalScrollBar().maximum() == 0


def test_the_head_s_menu_speaks_of_the_column_under_the_mouse(room: Room) -> None:
    head = room.page.table.horizontalHeader()
    head.customContextMenuRequested.emit(QPoint(head.sectionViewportPosition(WANTED) + 5, 5))
    menu = room.page.table.findChild(QMenu, "menu_circle_columns")
    assert menu is not None
    assert menu.isVisible()
    assert "Closeness wanted" in room.action("circle_sort").text()
    room.action("circle_sort").trigger()
    menu.close()
    assert room.page.table.people.order[0] == WANTED


def test_a_long_name_is_read_whole_in_the_tooltip(room: Room) -> None:
    name = "Bartholomew Featherstonehaugh-Cholmondeley of the Upper Valley"
    room.page.verbs.rename_person("johan", name)
    table = room.page.table
    assert table.columnWidth(PERSON) < table.fontMetrics().horizontalAdvance(name)
    assert name in room.cell("johan", PERSON, Qt.ItemDataRole.ToolTipRole)
    assert sum(table.columnWidth(column) for column in range(COUNT)) <= table.viewport().width()


# To be heard


def test_every_cell_is_heard_with_its_head(room: Room) -> None:
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert room.cell("johan", PERSON, spoken) == "Person: Johan"
    assert room.cell("johan", NOW, spoken) == "Now: outer"
    assert room.cell("johan", WANTED, spoken) == "Closeness wanted: not asked"
    assert room.cell("johan", SINCE, spoken).startswith("Since ")
    assert room.cell("choir", GROUP, spoken) == "A group: yes"
    assert room.cell("johan", SUPPORT, spoken) == "Support received: emotional: not asked"
    for person_id in room.people:
        for column in range(COUNT):
            head, _colon, value = room.cell(person_id, column, spoken).rpartition(": ")
            assert head
            assert value
    table = QAccessible.queryAccessibleInterface(room.page.table)
    assert table is not None
    heard = [table.child(number).text(QAccessible.Text.Name) for number in range(table.childCount()) if table.child(number)]
    assert "Now: outer" in heard


def test_the_menu_key_opens_the_menu_of_the_canvas(room: Room) -> None:
    room.go("ruth", NOW)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(room.page.table, event)
    menu = room.page.findChild(QMenu, "circle_person_menu")
    assert menu is not None
    assert menu.actions()[0].text() == "Ruth"
    focus = menu.findChild(QAction, "menu_focus")
    assert focus is not None
    focus.trigger()
    menu.close()
    assert room.people["ruth"].is_in_focus


def test_insert_and_delete(room: Room) -> None:
    room.go("ruth", NOW)
    room.press(KEY.Key_Delete)
    assert "Ruth" not in room.names()
    room.frame.stack.undo()
    room.go("elin", NOW)
    room.press(KEY.Key_Insert)
    assert room.page.add_field.hasFocus()


def test_forgetting_leaves_no_name_in_the_table(room: Room) -> None:
    room.go("ruth", PERSON)
    room.press(KEY.Key_F2)
    room.page.forget()
    QApplication.processEvents()
    assert room.names() == []
    assert not any("Ruth" in each.text() for each in room.page.findChildren(QLineEdit) if each.isVisible())
    assert room.page.table.people.told.beside == {}


# Quick add


def test_a_relation_s_word_alone_takes_on_someone_called_by_it(room: Room) -> None:
    for typed in ("mother", "Ingrid (aunt)", "Karl - uncle"):
        room.page.add_field.setFocus()
        room.write(typed)
        room.press(KEY.Key_Return)
    found = {each.name: each.relation for each in room.people.values()}
    assert (found["Mother"], found["Ingrid"], found["Karl"]) == ("mother", "aunt", "uncle")


def test_relation_words_are_offered_after_the_comma_and_taken_only_on_purpose(room: Room) -> None:
    field = room.page.add_field
    field.setFocus()
    popup = field.completer().popup()
    room.write("mo")
    assert not popup.isVisible()
    field.clear()
    room.write("Ingrid, mo")
    assert popup.isVisible()
    offered = [str(popup.model().index(row, 0).data()) for row in range(popup.model().rowCount())]
    assert offered == ["mother", "mother-in-law"]
    QTest.keyClick(popup, KEY.Key_Down)
    QTest.keyClick(popup, KEY.Key_Return)
    assert not popup.isVisible()
    QTest.keyClick(field, KEY.Key_Return)
    assert next(each for each in room.people.values() if each.name == "Ingrid").relation == "mother"
    room.write("Ola, fr")
    QTest.keyClick(popup if popup.isVisible() else field, KEY.Key_Return)
    ola = next(each for each in room.people.values() if each.name == "Ola")
    assert (ola.relation, ola.relation_words) == ("other", "fr")
    assert not popup.isVisible()
    assert field.text() == ""


def test_thirty_names_typed_in_one_go_lose_no_key(room: Room) -> None:
    """Every key goes to whatever has the keyboard, a list of words that is offered, too, without a pause."""
    room.page.add_field.setFocus()
    typed = [f"Person{number}, {('friend', 'mother', 'colleague')[number % 3]}" for number in range(30)]
    for letter in "".join(f"{each}\r" for each in typed):
        if letter == "\r":
            room.press(KEY.Key_Return)
        else:
            room.write(letter)
    found = [f"{each.name}, {each.relation}" for each in room.people.values() if each.name.startswith("Person")]
    assert found == typed
