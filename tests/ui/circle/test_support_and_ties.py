"""Support, contact and ties in the person panel, overlays and facts on the page: by real keys, and all of it undoable."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QListWidget, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.circle_overlay import Overlay
from ipt_desktop.domain.picture import Label, Polygon
from ipt_desktop.domain.records import ContactHow, Placement, ProblemArea, Support, Tie, TieKind
from tests.ui.circle.room import TODAY, WEEK, CircleRoom
from tests.ui.practice_room import open_room
from ui.circle.level_row import LevelRow
from ui.circle.table_columns import PERSON

W = TypeVar("W", bound=QWidget)


class Room(CircleRoom):
    """What the tests ask of folds and marks."""

    def level(self, name: str) -> LevelRow:
        return self.child(LevelRow, f"person_{name}")

    def child(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def today_row(self, person_id: str) -> Placement:
        row = self.row(TODAY, person_id)
        assert row is not None
        return row

    @property
    def ties(self) -> list[Tie]:
        return self.desk.circles.ties(self.client.id)

    @property
    def tie_list(self) -> QListWidget:
        return self.child(QListWidget, "person_ties_list")

    def tie_rows(self) -> list[str]:
        rows = self.tie_list
        return [str(rows.item(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(rows.count())]

    def join(self, one: str, other: str | None, kind: TieKind, **more: object) -> Tie:
        tie = Tie(client_id=self.client.id, from_person_id=one, to_person_id=other, kind=kind, **more)  # type: ignore[arg-type]
        return self.desk.circles.add_tie(tie)


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path) as practice:
        room = Room(practice)
        qtbot.waitExposed(room.frame)
        yield room


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


# -- support and contact -----------------------------------------------------------------------------------------------


def test_the_folds_are_quiet_at_first(room: Room) -> None:
    room.page.choose_person("ruth")
    assert room.page.panel.support.is_folded
    assert room.page.panel.ties.is_folded
    assert not room.level("conflict").isVisible()
    assert not room.child(QLabel, "person_support_summary").isVisible(), "nothing was asked yet"


def test_one_digit_answers_and_one_undo_takes_it_back(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("ruth")
    fold = room.page.panel.support
    fold.button.setFocus()
    qtbot.keyClick(fold.button, Qt.Key.Key_Return)
    row = room.level("support_emotional")
    row.button(None).setFocus()
    qtbot.keyClick(focus(), Qt.Key.Key_2)
    assert room.today_row("ruth").received == Support(emotional=2)
    assert focus() is row.button(2), "the keyboard stays"
    qtbot.keyClick(focus(), Qt.Key.Key_Delete)
    assert room.today_row("ruth").received == Support()
    before = room.row(WEEK, "ruth")
    assert before is not None
    assert before.received == Support(), "the earlier sitting is as it was"
    room.frame.stack.undo()
    assert room.today_row("ruth").received == Support(emotional=2)
    room.frame.stack.undo()
    assert room.row(TODAY, "ruth") is None


def test_a_row_is_one_stop_of_the_tab_key_and_arrows_walk_it(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("ruth")
    room.page.panel.support.unfold()
    room.level("conflict").button(None).setFocus()
    qtbot.keyClick(focus(), Qt.Key.Key_Right)
    qtbot.keyClick(focus(), Qt.Key.Key_Right)
    assert focus() is room.level("conflict").button(1)
    assert room.row(TODAY, "ruth") is None, "walking chooses nothing"
    qtbot.keyClick(focus(), Qt.Key.Key_Space)
    assert room.today_row("ruth").conflict == 1
    qtbot.keyClick(focus(), Qt.Key.Key_Tab)
    assert focus().objectName() == "person_contact"


def test_wished_is_apart_from_received(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("ruth")
    room.page.panel.support.unfold()
    qtbot.mouseClick(room.level("support_practical").button(1), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(room.child(QPushButton, "person_support_which_wished"), Qt.MouseButton.LeftButton)
    assert room.level("support_practical").level is None
    qtbot.mouseClick(room.level("support_practical").button(3), Qt.MouseButton.LeftButton)
    row = room.today_row("ruth")
    assert (row.received, row.wished) == (Support(practical=1), Support(practical=3))


def test_confidant_given_and_contact(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("elin")
    room.page.panel.support.unfold()
    qtbot.keyClick(room.child(QCheckBox, "person_confidant"), Qt.Key.Key_Space)
    room.level("given").button(None).setFocus()
    qtbot.keyClick(focus(), Qt.Key.Key_0)
    contact = room.child(QComboBox, "person_contact")
    contact.setFocus()
    qtbot.keyClick(contact, Qt.Key.Key_Down)
    row = room.today_row("elin")
    assert (row.is_confidant, row.given, row.contact) == (True, 0, ContactHow.DAILY)
    qtbot.mouseClick(room.page.panel.support.button, Qt.MouseButton.LeftButton)
    summary = room.child(QLabel, "person_support_summary")
    assert summary.isVisible()
    assert summary.text() == "A confidant. Given to them: none. Contact: daily."
    for _step in range(3):
        room.frame.stack.undo()
    assert room.row(TODAY, "elin") is None


def test_who_died_is_not_wished_support_of(room: Room) -> None:
    room.page.choose_person("ruth")
    room.page.panel.support.unfold()
    assert room.child(QPushButton, "person_support_which_wished").isVisible()
    room.page.verbs.change_person(replace(room.people["ruth"], has_died=True))
    QApplication.processEvents()
    assert not room.child(QPushButton, "person_support_which_wished").isVisible()


def test_an_earlier_sitting_is_told_and_not_changed(room: Room, qtbot: QtBot) -> None:
    room.page.verbs.change_placement(replace(room.row(WEEK, "ruth"), conflict=2))  # type: ignore[type-var]
    QApplication.processEvents()
    room.frame.preferences.has_less_motion = True
    room.page.back.show(WEEK)
    room.page.choose_person("ruth")
    room.page.panel.support.unfold()
    assert not room.level("conflict").isEnabled()
    assert room.level("conflict").level is None


# -- ties --------------------------------------------------------------------------------------------------------------


def test_a_tie_is_added_by_keys_alone(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("ruth")
    fold = room.page.panel.ties
    fold.button.setFocus()
    qtbot.keyClick(fold.button, Qt.Key.Key_Return)
    add = room.child(QPushButton, "person_ties_add")
    add.setFocus()
    qtbot.keyClick(add, Qt.Key.Key_Return)
    assert focus().objectName() == "tie_whom"
    qtbot.keyClicks(focus(), "Joh")
    kind = room.child(QComboBox, "tie_kind")
    kind.setFocus()
    qtbot.keyClicks(kind, "conf")
    strong = room.child(QPushButton, "tie_strength_3")
    strong.setFocus()
    qtbot.keyClick(strong, Qt.Key.Key_Space)
    keep = room.child(QPushButton, "tie_keep")
    keep.setFocus()
    qtbot.keyClick(keep, Qt.Key.Key_Return)
    (tie,) = room.ties
    assert (tie.from_person_id, tie.to_person_id, tie.kind, tie.strength) == ("ruth", "johan", TieKind.CONFLICT, 3)
    QApplication.processEvents()
    assert room.tie_rows() == [f"conflict with Johan, strong, since {date.today().year}"]
    assert focus() is room.tie_list, "the keyboard goes on with the list"
    room.frame.stack.undo()
    assert room.ties == []
    room.frame.stack.redo()
    assert room.ties == [tie], "it is the same tie again"


def test_a_tie_is_told_from_either_end_and_ended_ones_stand_last(room: Room) -> None:
    room.join("ruth", "johan", TieKind.KIN, since=date(2016, 3, 1))
    room.join("ruth", None, TieKind.CUTOFF, since=date(2010, 1, 1), until=date(2012, 1, 1))
    room.page.refresh()
    room.page.choose_person("ruth")
    assert room.tie_rows() == ["family of Johan, medium, since 2016", "cut off from Marta, medium, 2010 to 2012"]
    assert room.page.panel.ties.button.text() == "Ties (1)"
    room.page.choose_person("johan")
    assert room.tie_rows() == ["family of Ruth, medium, since 2016"]
    room.page.choose_person("elin")
    assert room.tie_rows() == []
    room.page.panel.ties.unfold()
    assert room.child(QLabel, "person_ties_none").isVisible()


def test_change_end_and_remove_a_tie_by_keys(room: Room, qtbot: QtBot) -> None:
    tie = room.join("ruth", "johan", TieKind.KIN, since=date(2016, 3, 1))
    room.page.refresh()
    room.page.choose_person("ruth")
    room.page.panel.ties.unfold()
    room.tie_list.setFocus()
    qtbot.keyClick(room.tie_list, Qt.Key.Key_Return)
    assert focus().objectName() == "tie_kind"
    qtbot.keyClicks(focus(), "alli")
    assert room.ties == [replace(tie, kind=TieKind.ALLIANCE)]
    weak = room.child(QPushButton, "tie_strength_1")
    weak.setFocus()
    qtbot.keyClick(weak, Qt.Key.Key_Space)
    since = room.child(QLineEdit, "tie_since")
    since.setFocus()
    since.selectAll()
    qtbot.keyClicks(since, "2 May 2019")
    qtbot.keyClick(since, Qt.Key.Key_Return)
    end = room.child(QPushButton, "tie_end")
    end.setFocus()
    qtbot.keyClick(end, Qt.Key.Key_Return)
    changed = replace(tie, kind=TieKind.ALLIANCE, strength=1, since=date(2019, 5, 2), until=date.today())
    assert room.ties == [changed]
    QApplication.processEvents()
    assert end.text() == "Goes on again"
    qtbot.keyClick(end, Qt.Key.Key_Escape)
    assert focus() is room.tie_list
    assert not room.page.panel.ties.editor.isVisible()
    qtbot.keyClick(room.tie_list, Qt.Key.Key_Delete)
    assert room.ties == []
    room.frame.stack.undo()
    assert room.ties == [changed], "under its own id"
    for _step in range(4):
        room.frame.stack.undo()
    assert room.ties == [tie]


def test_a_second_tie_of_a_kind_is_refused_in_words_and_stays_to_be_mended(room: Room, qtbot: QtBot) -> None:
    room.join("johan", "ruth", TieKind.KIN)
    room.page.refresh()
    room.page.choose_person("ruth")
    room.page.panel.ties.unfold()
    qtbot.mouseClick(room.child(QPushButton, "person_ties_add"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(room.child(QComboBox, "tie_whom"), "Joh")
    qtbot.keyClicks(room.child(QComboBox, "tie_kind"), "fam")
    qtbot.mouseClick(room.child(QPushButton, "tie_keep"), Qt.MouseButton.LeftButton)
    assert len(room.ties) == 1
    assert any("already" in title + words for title, words in room.frame.said)
    assert room.page.panel.ties.editor.isVisible()
    assert room.frame.stack.count() == 0, "what was refused is no step"


def test_a_refused_change_shows_what_is_kept(room: Room, qtbot: QtBot) -> None:
    room.join("ruth", "johan", TieKind.KIN, since=date(2010, 1, 1))
    other = room.join("ruth", "johan", TieKind.CONFLICT, since=date(2020, 1, 1))
    room.page.refresh()
    room.page.choose_person("ruth")
    room.page.panel.ties.open_tie(other.id)
    qtbot.keyClicks(room.child(QComboBox, "tie_kind"), "fam")
    assert other in room.ties
    qtbot.waitUntil(lambda: room.child(QComboBox, "tie_kind").currentData() == "conflict")


def test_a_date_that_cannot_be_read_is_said(room: Room, qtbot: QtBot) -> None:
    tie = room.join("ruth", "johan", TieKind.KIN)
    room.page.refresh()
    room.page.choose_person("ruth")
    room.page.panel.ties.open_tie(tie.id)
    since = room.child(QLineEdit, "tie_since")
    since.setFocus()
    since.selectAll()
    qtbot.keyClicks(since, "when we met")
    qtbot.keyClick(since, Qt.Key.Key_Return)
    assert room.child(QLabel, "tie_error_words").isVisible()
    assert room.ties == [tie]


def test_joined_on_the_canvas_the_fold_opens_on_the_new_tie(room: Room) -> None:
    room.page.verbs.join("ruth", "elin")
    (tie,) = room.ties
    assert tie.kind is TieKind.UNKNOWN
    QApplication.processEvents()
    assert room.page.panel.person_id == "ruth"
    assert not room.page.panel.ties.is_folded
    assert room.page.panel.ties.editor.tie_id == tie.id
    assert focus().objectName() == "tie_kind"
    room.page.verbs.join("elin", "ruth")
    assert room.ties == [tie], "the one there is opens again"
    room.page.verbs.join("elin", None)
    assert len(room.ties) == 2
    room.frame.stack.undo()
    room.frame.stack.undo()
    assert room.ties == []


def test_a_tie_drawn_on_the_canvas_is_joined(room: Room) -> None:
    room.page.canvas.tie_drawn.emit("ruth", "")
    (tie,) = room.ties
    assert (tie.from_person_id, tie.to_person_id, tie.kind) == ("ruth", None, TieKind.UNKNOWN)
    QApplication.processEvents()
    assert room.page.panel.ties.editor.tie_id == tie.id


def test_a_tie_is_drawn_with_the_mouse_from_the_handle(room: Room, qtbot: QtBot) -> None:
    room.child(QCheckBox, "circle_ties").click()
    room.page.choose_person("ruth")
    canvas = room.page.canvas
    start, end = canvas.mapFromScene(canvas._hands._handle.pos()), canvas.place_of("elin")
    qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 5):
        qtbot.mouseMove(canvas.viewport(), start + (end - start) * step / 4)
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert [(tie.from_person_id, tie.to_person_id) for tie in room.ties] == [("ruth", "elin")]
    QApplication.processEvents()
    assert room.page.panel.ties.editor.isVisible()


def test_of_who_waits_for_a_place_only_ties_are_told(room: Room) -> None:
    ingrid = room.desk.circles.add_person(room.client.id, "Ingrid", "mother")
    room.join(ingrid.id, "elin", TieKind.KIN)
    room.page.refresh()
    room.page.choose_person(ingrid.id)
    assert not room.page.panel.support.isVisible(), "nothing of this sitting is kept without a place in it"
    assert room.page.panel.ties.isVisible()
    assert room.tie_rows() == [f"family of Elin, medium, since {date.today().year}"]


def test_joined_with_oneself_is_refused_in_words(room: Room) -> None:
    room.page.verbs.join("ruth", "ruth")
    assert room.ties == []
    assert any("two people" in title + words for title, words in room.frame.said)


def test_a_tie_taken_out_by_another_tab_closes(room: Room) -> None:
    tie = room.join("ruth", "johan", TieKind.KIN)
    room.page.refresh()
    room.page.choose_person("ruth")
    room.page.panel.ties.open_tie(tie.id)
    room.desk.circles.remove_tie(tie.id)
    QApplication.processEvents()
    assert not room.page.panel.ties.editor.isVisible()
    assert room.tie_rows() == []


# -- overlays ----------------------------------------------------------------------------------------------------------


def told(room: Room, **asked: object) -> None:
    """Let Johan have been asked about."""
    row = room.row(WEEK, "johan")
    assert row is not None
    room.page.verbs.change_placement(replace(row, **asked))  # type: ignore[arg-type]
    QApplication.processEvents()


def key_words(room: Room) -> set[str]:
    return {mark.text for mark in room.page.canvas.picture.marks if isinstance(mark, Label) and mark.key == "key"}


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # of a menu, on a screen that isn't there
def test_an_overlay_is_chosen_in_the_menu_by_keys(room: Room, qtbot: QtBot) -> None:
    told(room, conflict=3)
    room.frame.resize(1500, 660)
    button = room.child(QPushButton, "circle_overlay")
    qtbot.waitUntil(button.isVisible)
    assert not button.isChecked()
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    menu = room.child(QMenu, "menu_circle_overlay")
    assert menu.isVisible()
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert room.page.toolbar.overlay_choice.overlay is Overlay.CONFLICT
    assert button.isChecked()
    assert button.accessibleName() == "Show also: conflict"
    assert "conflict: much" in key_words(room)
    assert "Johan: Conflict: much." in room.page.canvas.accessibleDescription()
    cell = room.page.table.people.index(room.page.table.people.row_of("johan"), PERSON)
    assert "Conflict: much." in str(cell.data(Qt.ItemDataRole.ToolTipRole))
    assert "Conflict: much." in str(cell.data(Qt.ItemDataRole.AccessibleDescriptionRole))


def test_the_small_button_goes_first_where_there_is_no_room(room: Room, qtbot: QtBot) -> None:
    button = room.child(QPushButton, "circle_overlay")
    widths = {}
    for width in (1500, 1000, 1500):
        room.frame.resize(width, 660)
        qtbot.waitUntil(lambda width=width: room.frame.width() == width)
        QApplication.processEvents()
        widths.setdefault(width, set()).add((button.isVisible(), room.page.toolbar.width()))
    assert {is_visible for is_visible, _width in widths[1500]} == {True}
    assert not room.page.toolbar.width() < room.page.toolbar.minimumSizeHint().width()
    room.page.toolbar.resize(room.page.toolbar.minimumSizeHint().width() + 4, 48)
    assert not button.isVisible()


def test_one_overlay_at_a_time_and_none_again(room: Room) -> None:
    told(room, conflict=3, contact=ContactHow.DAILY)
    actions = {each.objectName(): each for each in room.child(QMenu, "menu_circle_overlay").findChildren(QAction)}
    actions["circle_overlay_conflict"].trigger()
    actions["circle_overlay_contact"].trigger()
    assert [name for name, each in actions.items() if each.isChecked()] == ["circle_overlay_contact"]
    assert {"daily"} <= key_words(room)
    assert "conflict: much" not in key_words(room)
    actions["circle_overlay_nothing"].trigger()
    assert "daily" not in key_words(room)
    assert not room.child(QPushButton, "circle_overlay").isChecked()


def test_it_is_off_again_for_another_client(room: Room) -> None:
    room.page.toolbar.overlay_choice.choose(Overlay.CONFLICT)
    room.page.show_client(room.client.id, room.course.id)
    assert room.page.toolbar.overlay_choice.overlay is Overlay.CONFLICT, "the same client came back"
    room.page.show_client(None, None)
    assert room.page.toolbar.overlay_choice.overlay is Overlay.NOTHING
    assert not room.child(QPushButton, "circle_overlay").isChecked()


def test_the_choice_is_in_the_view_menu(room: Room) -> None:
    action = room.page.menus()["View"][0]
    assert action.menu() is room.child(QMenu, "menu_circle_overlay")


def test_a_problem_area_agreed_elsewhere_shows_at_once(room: Room) -> None:
    room.page.toolbar.overlay_choice.choose(Overlay.AREA)
    area = ProblemArea(course_id=room.course.id, area="dispute", person_id="johan")
    room.desk.store.write(lambda writing: writing.insert(area))
    room.page.refresh()
    assert "Role dispute" in key_words(room)
    assert "Johan: Problem area: Role dispute." in room.page.canvas.accessibleDescription()


def test_confidant_and_conflict_are_on_the_token_in_the_key_and_in_words(room: Room) -> None:
    told(room, conflict=3, is_confidant=True)
    canvas = room.page.canvas
    marks = [mark for mark in canvas.picture.marks if mark.key == "person:johan"]
    assert sum(isinstance(mark, Polygon) and len(mark.points) in (6, 7) for mark in marks) == 2
    assert {"confidant", "conflict"} <= key_words(room)
    johan = next(each for each in room.page.shown.standings if each.person.id == "johan")
    assert canvas.spoken(johan) == "Johan, husband, outer. a confidant, conflict"


# -- facts -------------------------------------------------------------------------------------------------------------


def test_facts_unfold_under_the_table_and_are_copied(room: Room, qtbot: QtBot) -> None:
    told(room, is_confidant=True, received=Support(practical=2))
    facts = room.page.columns.facts
    assert facts.is_folded
    facts.button.setFocus()
    qtbot.keyClick(facts.button, Qt.Key.Key_Return)
    copy = room.child(QPushButton, "circle_facts_copy")
    copy.setFocus()
    qtbot.keyClick(copy, Qt.Key.Key_Return)
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[:3] == ["Inner: 1 person", "Middle: 1 person", "Outer: 1 person and 1 group"]
    assert "Confidants: Johan (1)" in text
    assert "New since before this began: Choir (1)" in text
    assert "Support, practical: Johan (1)" in text


# -- what a lock leaves ------------------------------------------------------------------------------------------------


def test_forgetting_leaves_no_word_in_folds_or_facts(room: Room) -> None:
    tie = room.join("ruth", "johan", TieKind.KIN)
    told(room, conflict=3)
    room.page.toolbar.overlay_choice.choose(Overlay.CONFLICT)
    room.page.choose_person("johan")
    room.page.panel.ties.open_tie(tie.id)
    room.page.panel.ties._on_add_asked()
    room.page.forget()
    QApplication.processEvents()
    left = []
    for widget in room.page.findChildren(QWidget):
        for text in (getattr(widget, "text", None), widget.toolTip, widget.accessibleName, widget.accessibleDescription):
            said = text() if callable(text) else ""
            left += [(widget.objectName(), said)] if any(name in str(said) for name in ("Johan", "Ruth", "Marta")) else []
    combos = [combo.itemText(at) for combo in room.page.findChildren(QComboBox) for at in range(combo.count())]
    assert left == []
    assert not any(name in text for text in combos for name in ("Johan", "Ruth", "Marta"))
    assert room.tie_rows() == []
