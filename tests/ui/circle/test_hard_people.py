"""People as they come: long, odd and shared names, none and three hundred of them, on the real tab."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.circle_picture import CircleMode
from ipt_desktop.domain.person_name import characters
from ipt_desktop.domain.picture import Label
from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.storage.store import Writing
from tests.ui.circle.room import THEN, WEEK, CircleRoom
from tests.ui.practice_room import open_room
from ui.circle.people_table import PERSON
from ui.circle.spoken import SpokenCircle

LEFT = Qt.MouseButton.LeftButton
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
LONG = ("Bartholomew Featherstonehaugh " * 8)[:200]
NAMES = [
    LONG,
    "W" * 200,
    f"{FAMILY} Berg",
    "\U0001f1f8\U0001f1ea",
    FAMILY * 20,
    "رامي نور",
    "רות לוי",
    "Ruth רות رامي",
    "王芳",
    "A&B <b>bold</b>",
    "e\u0301lodie",
]


class Room(CircleRoom):
    """What these tests ask of the page."""

    def id_of(self, name: str) -> str:
        return next(each.id for each in self.people.values() if each.name == name)

    def table(self) -> list[str]:
        model = self.page.table.people
        return [str(model.index(row, PERSON).data()) for row in range(model.rowCount())]

    def labels(self, person_id: str) -> list[str]:
        marks = self.page.canvas.picture.marks
        return [each.text for each in marks if isinstance(each, Label) and each.key == f"label:{person_id}"]

    def paste(self, qtbot: QtBot, text: str) -> None:
        """Paste into the line that adds people, as from another program, and press Return."""
        clipboard = QGuiApplication.clipboard()
        clipboard.setText(text)
        self.page.add_field.setFocus()
        qtbot.keyClick(self.page.add_field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(self.page.add_field, Qt.Key.Key_Return)

    def crowd(self, count: int, *, waiting: int) -> None:
        """Add people, of whom so many wait for a place."""

        def add(writing: Writing) -> None:
            for number in range(count):
                person = Person(id=f"p{number}", client_id=self.client.id, name=f"Person {number}", relation="friend")
                writing.insert(person)
                if number >= waiting:
                    felt, angle = (number * 37 % 100) / 100, number * 47.0 % 360.0
                    writing.insert(Placement(person_id=person.id, sitting_id=WEEK, felt=felt, angle=angle))

        self.desk.store.write(add)
        self.page.refresh()

    def delete_everyone(self) -> None:
        for each in list(self.people):
            self.desk.circles.delete_person(each)
        self.page.refresh()


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path) as practice:
        made = Room(practice)
        qtbot.waitExposed(made.frame)
        yield made


# Names


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_added_placed_chosen_renamed_and_undone(room: Room, qtbot: QtBot, name: str):
    width = room.page.columns.minimumSizeHint().width()
    room.page.add_person(name)
    person_id = room.id_of(name)
    assert name in room.table(), "the table holds the whole of it"
    assert name in room.page.canvas.spoken(room.page.canvas.standing(person_id)), "and so do the words"  # type: ignore[arg-type]
    room.page.verbs.move_person(person_id, 0.5, 200.0)
    (label, *_more) = room.labels(person_id)
    assert len(characters(label)) <= 30
    assert name.startswith(label.removesuffix("…"))
    for mode in CircleMode:
        room.page.canvas.show_circle(room.page.shown.standings, (), replace(room.page._view("before"), mode=mode))
    assert room.page.panel.findChild(QLineEdit, "person_name").text() == name  # type: ignore[union-attr]
    assert room.page.columns.minimumSizeHint().width() == width, "no name widens the window"
    room.page.verbs.rename_person(person_id, name[::-1] if name.isascii() else f"{name} x")
    room.frame.stack.undo()
    assert room.people[person_id].name == name
    QApplication.processEvents()
    assert room.frame.said == []


@pytest.mark.parametrize(
    ("pasted", "name", "relation"),
    [
        ("Ola\nBerg, friend", "Ola Berg", "friend"),
        ("Ola\tBerg,\tsister\r\n", "Ola Berg", "sister"),
        ("Ola\x00 Berg\x07, friend", "Ola Berg", "friend"),
        ("\u202eOla\u202c, friend", "Ola", "friend"),
        ("Ola\u2028Berg", "Ola Berg", "other"),
    ],
)
def test_what_is_pasted_is_cleaned(room: Room, qtbot: QtBot, pasted: str, name: str, relation: str):
    room.paste(qtbot, pasted)
    assert name in room.table()
    assert room.people[room.id_of(name)].relation == relation


@pytest.mark.parametrize("name", ["Ola\ud83d", "\ud83d\udc4b Ola", "O\0la"])
def test_half_characters_are_no_part_of_a_name(room: Room, name: str):
    room.page.add_person(name)
    added = next(each for each in room.people.values() if "la" in each.name)
    assert added.name in ("Ola", "\U0001f44b Ola")
    room.page.verbs.rename_person(added.id, "\ud800")
    assert room.people[added.id].name == added.name
    assert "needs a name" in room.frame.said[-1][1]


def test_a_name_without_anything_to_see_is_refused_and_stays_in_the_line(room: Room, qtbot: QtBot):
    count = len(room.people)
    room.paste(qtbot, "\u200b\u200d")
    assert len(room.people) == count
    assert "needs a name" in room.frame.said[-1][1]
    room.paste(qtbot, "x" * 201)
    assert len(room.people) == count
    assert "200 characters" in room.frame.said[-1][1]
    assert "x" * 201 in room.page.add_field.text(), "what was typed is there to be shortened"


def test_names_read_from_an_older_practice_are_drawn_whatever_they_hold(room: Room, qtbot: QtBot):
    names = ["a\nb\tc\0d", "\u202eabc", "\u200d", " ", "x" * 5000]

    def add(writing: Writing) -> None:
        for number, name in enumerate(names):
            writing.insert(Person(id=f"odd{number}", client_id=room.client.id, name=name))
            writing.insert(Placement(person_id=f"odd{number}", sitting_id=WEEK, felt=0.5, angle=number * 60.0))

    room.desk.store.write(add)
    room.page.refresh()
    for number in range(len(names)):
        room.page.choose_person(f"odd{number}")
        QApplication.processEvents()
    assert len(room.table()) == 4 + len(names)


# Two of one name


def test_two_of_one_name_are_told_apart_all_over_the_tab(room: Room, qtbot: QtBot):
    for relation in ("sister", "friend"):
        room.page.add_person(f"Anna, {relation}")
        room.page.verbs.move_person(room.page._selected_id, 0.5, 200.0 if relation == "sister" else 250.0)
    sister, friend = (next(each.id for each in room.people.values() if each.relation == what) for what in ("sister", "friend"))
    assert {"Anna (sister)", "Anna (friend)"} <= set(room.table())
    assert room.labels(sister) == ["Anna", "sister"], "the word under the name tells her"
    canvas = room.page.canvas
    assert canvas.spoken(canvas.standing(friend)).startswith("Anna, friend")  # type: ignore[arg-type]
    room.page.verbs.join(sister, friend)
    assert "Anna (friend)" in room.page.panel.ties._names.values()
    description = room.page.canvas.picture.description
    assert "Anna (sister)" in description
    assert "Anna (friend)" in description
    room.page.table.rename(sister)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "Anna", "what is typed is the name alone"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert room.people[sister].name == "Anna"


def test_two_of_one_name_and_relation_are_numbered_and_stay_so(room: Room):
    for angle in (200.0, 250.0):
        room.page.add_person("Anna, friend")
        room.page.verbs.move_person(room.page._selected_id, 0.5, angle)
    first, second = (each.id for each in room.desk.circles.people(room.client.id) if each.name == "Anna")
    assert room.page.shown.called[first] == "Anna (friend) (1)"
    room.page.verbs.move_person(second, 0.9, 10.0)
    assert room.page.shown.called[second] == "Anna (friend) (2)"
    assert room.labels(first)[0] != room.labels(second)[0]


# Nobody


def test_with_nobody_every_part_of_the_tab_still_works(room: Room, qtbot: QtBot):
    room.delete_everyone()
    page = room.page
    assert page.findChild(QLabel, "circle_teaching").isVisible()  # type: ignore[union-attr]
    for action in page.menus()["Circle"]:
        if action.objectName() not in ("circle_menu_export", "circle_menu_turn"):
            action.trigger()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_5):
        qtbot.keyClick(page.canvas, key)
    assert page.canvas.picture.description == ""
    assert SpokenCircle(page.canvas).childCount() == 0


def test_the_slider_and_comparing_outlive_everyone_who_was_drawn(room: Room):
    room.page.shown.time.compare(THEN)
    room.desk.circles.name_sitting(WEEK, "baseline")
    room.page.refresh()
    room.delete_everyone()
    for stop in list(room.page.shown.time.time.stops):
        room.page.back.show(stop.key)
        assert room.page.shown.here == []
        for each in list(room.page.shown.time.choices()):
            room.page.shown.time.compare(each[1])
            room.page.refresh()
    assert room.page.shown.time.time.stop(WEEK) is not None, "what has a name is still there"
    assert room.frame.said == []


# Three hundred


@pytest.mark.parametrize("waiting", [150, *(pytest.param(each, marks=pytest.mark.soak) for each in (0, 300))])
def test_three_hundred_people_are_all_reached_by_table_tab_and_tray(room: Room, qtbot: QtBot, waiting: int):
    room.crowd(300, waiting=waiting)
    canvas, port = room.page.canvas, room.page.canvas.viewport().rect()
    assert len(room.table()) == 304
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert canvas.drawing is not None
    order, walked = canvas.drawing.order, []
    assert sorted(order) == sorted(room.people)
    for number in range(304):
        walked.append(canvas.keyboard_id)
        if number % 23 == 0 or number < 20:
            assert canvas.standing(canvas.keyboard_id) is not None
            assert port.contains(canvas.place_of(canvas.keyboard_id)), "whom the keys speak to is in sight"
        if number < 303:
            following = canvas._keys.next_one(is_next=True)
            assert following
            if number < 20 or number % 23 == 22:
                qtbot.keyClick(canvas, Qt.Key.Key_Tab)
            else:
                canvas.speak_to(following)
    assert walked == order
    assert canvas._keys.next_one(is_next=True) == "", "then the keyboard goes on"


def test_whoever_is_chosen_in_the_table_comes_into_the_tray(room: Room, qtbot: QtBot):
    room.crowd(300, waiting=300)
    canvas = room.page.canvas
    for row in (0, 150, 299):
        standing = room.page.table.people.person_in(row)
        assert standing is not None
        room.page.table.setCurrentIndex(room.page.table.people.index(row, PERSON))
        assert canvas.viewport().rect().contains(canvas.place_of(standing.person.id))
        qtbot.keyClick(canvas, Qt.Key.Key_5)
        row_now = next(each for each in room.page.shown.here if each.person.id == standing.person.id)
        assert row_now.felt == 0.5
        room.frame.stack.undo()


def test_a_step_on_the_circle_is_drawn_once(room: Room, qtbot: QtBot):
    QApplication.processEvents()
    drawn: list[int] = []
    read = room.page._read
    room.page._read = lambda: (drawn.append(1), read())[1]  # type: ignore[method-assign]
    room.page.verbs.move_person("ruth", 0.7, 10.0)
    QApplication.processEvents()
    assert len(drawn) == 1, "what the page did itself it does not read again"
    room.desk.circles.change_person(replace(room.people["ruth"], name="Ruth B"))
    qtbot.waitUntil(lambda: "Ruth B" in room.table())
    assert len(drawn) == 2
