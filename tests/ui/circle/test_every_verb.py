"""Every verb of the circle is undone and done again after the tab was left and opened anew: the stored rows are the same."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.circle_time import BEFORE
from ipt_desktop.domain.closeness import Ring, position
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import (
    Document,
    Person,
    Placement,
    ProblemArea,
    Record,
    Revision,
    Sector,
    Sitting,
    Support,
    Tie,
    TieKind,
)
from ipt_desktop.domain.treatment_records import Goal
from tests.ui.circle.room import WEEK, CircleRoom
from tests.ui.practice_room import open_room
from ui.circle.people_table import NOW, PERSON, SECTOR, WANTED

KEPT: tuple[type[Record], ...] = (Person, Placement, Tie, Sector, Document, Revision, ProblemArea, Goal, Sitting)
ALT, CTRL, PLAIN = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Room(CircleRoom):
    """Marta's people with two ties, two sectors, someone taken off, and words written about Elin."""

    def furnish(self) -> None:
        """Store what the verbs are about."""
        circles, client_id = self.desk.circles, self.client.id
        self.tie = circles.add_tie(Tie(client_id=client_id, from_person_id="ruth", kind=TieKind.CONFLICT))
        circles.add_tie(Tie(client_id=client_id, from_person_id="johan", to_person_id="elin", kind=TieKind.KIN))
        self.sectors = [
            Sector(client_id=client_id, name=name, start=start) for name, start in (("Family", 0.0), ("Rest", 180.0))
        ]
        circles.keep_sectors(client_id, self.sectors, {"elin": self.sectors[1].id, "ruth": self.sectors[0].id})
        tess = circles.add_person(client_id, "Tess", "friend")
        self.tess = tess.id
        circles.put_back(WEEK, tess.id, Placement(person_id=tess.id, sitting_id=WEEK, felt=0.4, angle=20.0, is_present=False))
        documents = self.desk.documents
        entry = documents.open_document(Purpose.INVENTORY_ENTRY, client_id, course_id=self.course.id, about_id="elin")
        documents.keep_draft(documents.begin_writing(entry), {"good": "laughs with her"})
        self.desk.phases.keep_problem_area(ProblemArea(course_id=self.course.id, area="dispute", person_id="elin"))
        self.page.refresh()

    def rows(self) -> dict[str, list[Record]]:
        """Return what is stored; a sitting in which nobody stands and that has no name is nowhere seen."""
        with self.desk.store.read() as reading:
            rows = {kind.__name__: list(reading.all(kind, "id")) for kind in KEPT}
            drawn = {each.sitting_id for each in reading.all(Placement)}
        rows["Sitting"] = [each for each in reading_sittings(rows["Sitting"]) if each.id in drawn or each.name]
        return rows

    def leave_and_come_back(self) -> None:
        """Go to another tab, another client and back; the tab is on the present circle again."""
        self.page.flush()
        self.page.hide()
        self.page.show_client(None, None)
        self.page.show_client(self.client.id, self.course.id)
        self.page.show()

    def at(self, felt: float, angle: float) -> QPoint:
        assert self.page.canvas.drawing is not None
        return self.page.canvas.mapFromScene(*position(felt, angle, self.page.canvas.drawing.geometry))

    def drag(self, qtbot: QtBot, start: QPoint, end: QPoint) -> None:
        port = self.page.canvas.viewport()
        qtbot.mousePress(port, LEFT, PLAIN, pos=start)
        for step in range(1, 6):
            qtbot.mouseMove(port, start + (end - start) * step / 5)
        qtbot.mouseRelease(port, LEFT, PLAIN, pos=end)

    def key(self, qtbot: QtBot, person_id: str, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        self.page.choose_person(person_id)
        qtbot.keyClick(self.page.canvas, key, modifiers)

    def cell(self, person_id: str, column: int, value: object) -> None:
        model = self.page.table.people
        model.setData(model.index(model.row_of(person_id), column), value)

    def typed(self, qtbot: QtBot, person_id: str, field: str, words: str) -> None:
        """Type into a field of the panel and leave it."""
        self.page.choose_person(person_id)
        widget = self.page.panel.findChild(QLineEdit, field) or self.page.panel.findChild(QPlainTextEdit, field)
        assert widget is not None
        widget.setFocus()
        widget.selectAll()
        qtbot.keyClicks(widget, words)
        self.page.panel.flush()

    def person(self, person_id: str, **changed: object) -> None:
        standing = self.page.shown.standing(person_id)
        assert standing is not None
        self.page.verbs.change_person(replace(standing.person, **changed))  # type: ignore[arg-type]

    def answer(self, person_id: str, **changed: object) -> None:
        standing = self.page.shown.standing(person_id)
        assert standing is not None
        assert standing.now is not None
        self.page.verbs.change_placement(replace(standing.now, **changed))  # type: ignore[arg-type]

    def name_circle(self, name: str) -> None:
        self.page.back.ask_for_name()
        self.page.columns.naming.named_as.emit(name)

    def edit(self, key: str) -> None:
        """Turn to an earlier circle and let it be changed."""
        self.page.shown.time.show(key)
        self.page.refresh()
        self.page.back.edit()


def reading_sittings(rows: list[Record]) -> list[Sitting]:
    return [each for each in rows if isinstance(each, Sitting)]


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path) as practice:
        made = Room(practice)
        qtbot.waitExposed(made.frame)
        made.furnish()
        yield made


def quick_add(room: Room, qtbot: QtBot) -> None:
    qtbot.keyClicks(room.page.add_field, "Ola, boss")
    qtbot.keyClick(room.page.add_field, Qt.Key.Key_Return)


def place_new(room: Room, qtbot: QtBot) -> None:
    qtbot.mouseDClick(room.page.canvas.viewport(), LEFT, pos=room.at(0.5, 190.0))
    quick_add(room, qtbot)


def place_who_waits(room: Room, qtbot: QtBot) -> None:
    quick_add(room, qtbot)
    qtbot.keyClick(room.page.canvas, Qt.Key.Key_Return)


def mark_and_move(room: Room, qtbot: QtBot) -> None:
    room.page.canvas.mark(frozenset({"ruth", "choir"}))
    qtbot.keyClick(room.page.canvas, Qt.Key.Key_Up)


def mark_and_remove(room: Room, qtbot: QtBot) -> None:
    room.page.canvas.mark(frozenset({"ruth", "choir"}))
    room.key(qtbot, "ruth", Qt.Key.Key_Delete)


def tidy(room: Room, _qtbot: QtBot) -> None:
    room.page.verbs.move_person("johan", 0.5, 105.0)
    room.page.tidy()


def add_tie(room: Room, _qtbot: QtBot) -> None:
    room.page.verbs.join("ruth", "johan")


def change_tie(room: Room, _qtbot: QtBot) -> None:
    room.page.verbs.change_tie(replace(room.tie, strength=3, kind=TieKind.KIN))


def end_tie(room: Room, _qtbot: QtBot) -> None:
    room.page.verbs.change_tie(replace(room.tie, until=date.today()))


def drop_in_another_sector(room: Room, qtbot: QtBot) -> None:
    room.page.toolbar.show_sectors()
    room.drag(qtbot, room.page.canvas.place_of("ruth"), room.at(0.5, 250.0))


def even_the_sectors(room: Room, _qtbot: QtBot) -> None:
    room.page.sector_verbs.add("Work")
    room.page.sector_verbs.even_out()


def delete_asked(room: Room, _qtbot: QtBot) -> None:
    room.page.delete_person("elin")
    room.page.leaving._on_sure()


def edit_earlier(room: Room, qtbot: QtBot) -> None:
    room.edit(WEEK)
    room.key(qtbot, "ruth", Qt.Key.Key_Up)


def draw_before(room: Room, _qtbot: QtBot) -> None:
    room.edit(BEFORE)
    room.page.verbs.place_person("choir", 0.3)
    room.page.verbs.remove_person("ruth")


Do = Callable[[Room, QtBot], None]
VERBS: dict[str, Do] = {
    "add": quick_add,
    "add at a place": place_new,
    "place who waits": place_who_waits,
    "move by mouse": lambda room, qtbot: room.drag(qtbot, room.page.canvas.place_of("ruth"), room.at(0.8, 140.0)),
    "move by key": lambda room, qtbot: room.key(qtbot, "ruth", Qt.Key.Key_Up),
    "move by number": lambda room, qtbot: room.key(qtbot, "ruth", Qt.Key.Key_3),
    "turn by key": lambda room, qtbot: room.key(qtbot, "ruth", Qt.Key.Key_Left),
    "move in the table": lambda room, _qtbot: room.cell("ruth", NOW, int(Ring.INNER)),
    "move several": mark_and_move,
    "align": lambda room, _qtbot: room.page.verbs.align(("ruth", "johan"), int(Ring.OUTER)),
    "tidy": tidy,
    "wish by mouse": lambda room, qtbot: room.drag(qtbot, room.at(0.1, 105.0), room.at(0.9, 105.0)),
    "wish by key": lambda room, qtbot: room.key(qtbot, "johan", Qt.Key.Key_6, ALT),
    "wish no more": lambda room, qtbot: room.key(qtbot, "ruth", Qt.Key.Key_Delete, ALT),
    "wish in the table": lambda room, _qtbot: room.cell("ruth", WANTED, int(Ring.OUTSIDE)),
    "support": lambda room, _qtbot: room.answer("ruth", received=Support(emotional=2), conflict=3),
    "confidant": lambda room, _qtbot: room.answer("ruth", is_confidant=True),
    "own words": lambda room, qtbot: room.typed(qtbot, "ruth", "person_own_words", "a cold wind"),
    "add a tie": add_tie,
    "change a tie": change_tie,
    "end a tie": end_tie,
    "remove a tie": lambda room, _qtbot: room.page.verbs.remove_tie(room.tie.id),
    "add a sector": lambda room, _qtbot: room.page.sector_verbs.add("Work"),
    "rename a sector": lambda room, _qtbot: room.page.sector_verbs.rename(room.sectors[0].id, "Kin"),
    "turn a sector": lambda room, _qtbot: room.page.sector_verbs.turn(room.sectors[0].id, 40.0),
    "remove a sector": lambda room, _qtbot: room.page.sector_verbs.remove(room.sectors[0].id),
    "even the sectors": even_the_sectors,
    "join a sector": lambda room, _qtbot: room.cell("johan", SECTOR, room.sectors[0].id),
    "drop in another sector": drop_in_another_sector,
    "rename": lambda room, _qtbot: room.cell("ruth", PERSON, "Ruth Berg"),
    "rename in the panel": lambda room, qtbot: room.typed(qtbot, "ruth", "person_name", "Ruth Berg"),
    "relation": lambda room, _qtbot: room.person("ruth", relation="neighbour"),
    "relation in words": lambda room, qtbot: room.typed(qtbot, "ruth", "person_relation_words", "his mother"),
    "focus": lambda room, _qtbot: room.person("ruth", is_in_focus=True),
    "group": lambda room, _qtbot: room.person("ruth", is_group=True),
    "died": lambda room, _qtbot: room.person("ruth", has_died=True, died="2024"),
    "take off": lambda room, qtbot: room.key(qtbot, "ruth", Qt.Key.Key_Delete),
    "take several off": mark_and_remove,
    "put back on": lambda room, _qtbot: room.page.verbs.put_on_again(room.tess),
    "delete": lambda room, _qtbot: room.page.delete_person("ruth"),
    "delete with text": delete_asked,
    "name a sitting": lambda room, _qtbot: room.name_circle("final"),
    "edit an earlier date": edit_earlier,
    "draw before this began": draw_before,
}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_undone_and_done_again_after_the_tab_was_left(room: Room, qtbot: QtBot, verb: str):
    before, stack = room.rows(), room.frame.stack
    VERBS[verb](room, qtbot)
    assert room.frame.said == []
    after = room.rows()
    assert after != before
    done = stack.index()
    assert done
    room.leave_and_come_back()
    assert room.rows() == after, "leaving the tab changes nothing"
    while stack.canUndo():
        stack.undo()
    assert room.rows() == before
    room.leave_and_come_back()
    while stack.canRedo():
        stack.redo()
    assert room.rows() == after
    assert (stack.index(), stack.count()) == (done, done), "no step was lost on the way"
    room.leave_and_come_back()
    while stack.canUndo():
        stack.undo()
    assert room.rows() == before
    assert room.frame.said == []


def test_all_of_them_one_after_the_other_are_undone_to_the_first_row(room: Room, qtbot: QtBot):
    before, stack = room.rows(), room.frame.stack
    for name, verb in VERBS.items():
        if not any(each in name for each in ("by mouse", "drop", "a tie")):  # by then people stand elsewhere, and a tie is gone
            verb(room, qtbot)
            room.leave_and_come_back()
    last = room.rows()
    while stack.canUndo():
        stack.undo()
    assert room.rows() == before
    room.leave_and_come_back()
    while stack.canRedo():
        stack.redo()
    assert room.rows() == last
