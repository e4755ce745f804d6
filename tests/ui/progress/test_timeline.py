"""The timeline in the window: what it shows, by mouse and by keys, with undo, and that a lock leaves nothing of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.session_records import Event, EventKind
from ipt_desktop.domain.treatment_records import Medication
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, open_room
from ui import theme
from ui.progress.page import ProgressPage
from ui.progress.timeline_card import TimelineCard
from ui.progress.timeline_view import TimelineView

W = TypeVar("W", bound=QWidget)
TODAY = date.today()


class Progress:
    """A course of seven sessions with two people, and the Progress tab."""

    def __init__(self, qtbot: QtBot, room: Room, width: int = 1280) -> None:
        self.qtbot, self.room, self.desk = qtbot, room, room.desk
        self.client = room.client()
        self.course = room.course(self.client, TODAY - timedelta(weeks=6))
        self.sessions = room.sessions(self.course, 7)
        self.johan = self.desk.circles.add_person(self.client.id, "Johan", "ex_partner")
        self.frame = room.frame(self.client)
        self.page = ProgressPage(self.desk, self.frame)
        self.frame.hold(self.page, width, 800)

    @property
    def card(self) -> TimelineCard:
        return self.page.timeline

    @property
    def view(self) -> TimelineView:
        return self.card.view

    @property
    def events(self) -> list[Event]:
        return self.desk.events.of_client(self.client.id)

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(QAbstractButton, name), Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def type(self, name: str, words: str) -> QLineEdit:
        line = self.find(QLineEdit, name)
        line.selectAll()
        self.qtbot.keyClicks(line, words)
        return line

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key, held)
        QApplication.processEvents()

    def words(self, name: str) -> str:
        return self.find(QLabel, name).text()

    def click(self, key: str) -> None:
        at = self.view.place_of(key).toPoint()
        self.qtbot.mouseClick(self.view, Qt.MouseButton.LeftButton, pos=at)

    def add(self, title: str, on: str, kind: EventKind = EventKind.OTHER, **more: object) -> str:
        told = {"client_id": self.client.id, "title": title, "on": on, "kind": kind, **more}
        added = self.desk.events.add_event(Event(**told))  # type: ignore[arg-type]
        QApplication.processEvents()
        return f"event:{added.id}"

    def write_note(self, number: int, mood: int, words: str) -> str:
        session = self.sessions[number]
        document = self.desk.documents.open_document(
            Purpose.PROGRESS_NOTE, self.client.id, course_id=self.course.id, session_id=session.id
        )
        answers = {"mood": mood, "with_whom": [self.johan.id], "what_happened": words}
        self.desk.documents.keep_draft(self.desk.documents.begin_writing(document), answers)
        key = f"mood:{session.id}"
        self.qtbot.waitUntil(lambda: self.card.shown.entry(key) is not None)
        return key


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Progress]:
    with open_room(tmp_path) as opened:
        yield Progress(qtbot, opened)


def days_ago(count: int) -> str:
    return (TODAY - timedelta(days=count)).isoformat()


# -- what it shows -----------------------------------------------------------------------------------------------------


def test_without_a_client_it_says_what_to_do(qtbot: QtBot, tmp_path: Path):
    with open_room(tmp_path) as opened:
        frame = opened.frame()
        page = ProgressPage(opened.desk, frame)
        frame.hold(page)
        button = page.findChild(QPushButton, "progress_no_client_action")
        assert button is not None
        assert button.isVisible()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert frame.tab == "clients"


def test_a_client_without_a_course_begins_with_an_empty_one(qtbot: QtBot, tmp_path: Path):
    with open_room(tmp_path) as opened:
        frame = opened.frame(opened.client())
        page = ProgressPage(opened.desk, frame)
        frame.hold(page)
        empty = page.findChild(QPushButton, "timeline_empty_action")
        assert empty is not None
        assert empty.isVisible()
        assert not page.timeline.head_row.windows.button("course").isEnabled()
        qtbot.mouseClick(empty, Qt.MouseButton.LeftButton)
        title = page.findChild(QLineEdit, "timeline_event_title")
        assert title is not None
        assert frame.focusWidget() is title


def test_it_says_that_it_shows_coincidence_alone(room: Progress):
    assert room.words("timeline_quiet") == "Beside one another in time. That does not say that one caused the other."


def test_what_is_written_elsewhere_shows_here(room: Progress):
    room.add("Johan moved out", days_ago(120), EventKind.SEPARATION)
    room.desk.medications.add_medication(Medication(client_id=room.client.id, name="Sertraline", begun=days_ago(60)))
    room.write_note(0, 2, "Nobody rang.")
    QApplication.processEvents()
    lanes = {lane.title: [each.words for each in lane.entries] for lane in room.card.shown.lanes}
    assert lanes["Events"] == ["Johan moved out"]
    assert lanes["Mood, 10 best"] == ["2"]
    assert lanes["Treatment"][0] == "Initial"
    assert lanes["Treatment"][-1] == "Sertraline"


def test_every_widget_has_a_name(room: Progress):
    room.click(room.add("Johan moved out", days_ago(20)))
    assert unnamed(room.page) == []


# -- events ------------------------------------------------------------------------------------------------------------


def test_an_event_is_added_by_keyboard_as_the_client_dates_it(room: Progress):
    room.view.setFocus()
    room.key(Qt.Key.Key_Insert)
    room.type("timeline_event_title", "Moved to Gothenburg")
    room.type("timeline_event_when", "summer 2019")
    room.key(Qt.Key.Key_Return)
    (told,) = room.events
    assert (told.title, told.on, told.told) == ("Moved to Gothenburg", "2019", "summer 2019")
    shown = room.card.shown.entry(f"event:{told.id}")
    assert shown is not None
    assert (shown.first, shown.last, shown.when) == (date(2019, 6, 1), date(2019, 8, 31), "summer 2019")
    room.frame.stack.undo()
    assert room.events == []
    room.frame.stack.redo()
    assert room.events == [told]


def test_an_age_without_a_date_of_birth_waits_beside_the_line(room: Progress):
    room.press("timeline_add")
    assert room.find(QLabel, "timeline_event_no_birth").isVisible()
    room.type("timeline_event_title", "First panic")
    room.type("timeline_event_when", "age 14")
    room.key(Qt.Key.Key_Return)
    line = room.find(QPushButton, "timeline_unplaced_0")
    assert line.text() == "Without a place in time: First panic, age 14"
    room.qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    room.type("timeline_event_when", "age 14, 1998")
    room.key(Qt.Key.Key_Return)
    (told,) = room.events
    assert (told.on, told.told) == ("1998", "age 14")
    assert room.card.shown.unplaced == ()


def test_a_date_that_can_not_be_read_is_told_what_can_be_written(room: Progress):
    room.press("timeline_add")
    room.type("timeline_event_title", "First panic")
    room.type("timeline_event_when", "long ago")
    room.key(Qt.Key.Key_Return)
    assert room.events == []
    assert "summer 2019, late 2018, about 2019, age 14" in room.words("timeline_event_error_words")
    room.key(Qt.Key.Key_Escape)  # what has words is kept, and what could not be read stays in its note
    (told,) = room.events
    assert told.note == "long ago"


def test_an_event_is_changed_where_it_stands_and_removed_with_undo(room: Progress):
    key = room.add("Johan left", days_ago(30), EventKind.SEPARATION)
    room.click(key)
    room.type("timeline_event_title", "Johan moved out")
    room.type("timeline_event_note", "Told on the stairs")
    room.key(Qt.Key.Key_Return)
    (told,) = room.events
    assert (told.title, told.note) == ("Johan moved out", "Told on the stairs")
    assert room.view.hasFocus()
    room.click(key)
    room.press("timeline_event_remove")
    assert room.events == []
    room.frame.stack.undo()
    assert room.events == [told]
    room.frame.stack.undo()
    assert room.events[0].title == "Johan left"


def test_delete_takes_out_the_event_under_the_keys_and_nothing_else(room: Progress):
    key = room.add("Johan left", days_ago(1))
    room.view.setFocus()
    room.view.choose(key)
    room.key(Qt.Key.Key_Delete)
    assert room.events == []
    room.view.choose(room.card.shown.lanes[0].entries[0].key)
    room.key(Qt.Key.Key_Delete)
    assert room.card.shown.lanes[0].entries


def test_a_day_to_remember_is_one_of_todays(room: Progress):
    room.press("timeline_add")
    room.type("timeline_event_title", "The death of Sven")
    room.type("timeline_event_when", (TODAY + timedelta(days=9)).replace(year=TODAY.year - 7).isoformat())
    room.press("timeline_event_recurs")
    room.press("timeline_event_keep")
    (_client_id, near) = room.desk.events.near(TODAY, 30)[0]
    assert near.event == room.events[0]


# -- marks -------------------------------------------------------------------------------------------------------------


def test_an_event_leads_to_the_people_it_is_about(room: Progress):
    room.page.timeline.open_mark(room.add("The trip", days_ago(5), person_ids=[room.johan.id]))
    person = room.find(QPushButton, "timeline_event_person_0")
    assert person.text() == "Show Johan"
    with room.qtbot.waitSignal(room.page.timeline.asked) as asked:
        room.qtbot.mouseClick(person, Qt.MouseButton.LeftButton)
    assert asked.args == ["person", room.johan.id]
    room.page.timeline.open_mark(room.add("A walk", days_ago(4)))
    assert room.page.findChild(QPushButton, "timeline_event_person_0") is None


def test_a_dip_shows_the_note_and_who_was_discussed(room: Progress):
    room.write_note(0, 4, "The choir sang.")
    dip = room.write_note(2, 1, "Johan did not ring. Nobody slept.")
    room.card.choose_window(room.card._windows[room.client.id])
    room.click(dip)
    assert room.words("timeline_mark_title").startswith("Mood 1, ")
    assert room.words("timeline_mark_words") == "Johan did not ring. Nobody slept."
    person = room.find(QPushButton, "timeline_mark_people_0")
    assert person.text() == "Johan"
    with room.qtbot.waitSignal(room.card.asked) as asked:
        room.qtbot.mouseClick(person, Qt.MouseButton.LeftButton)
    assert asked.args == ["person", room.johan.id]
    assert room.frame.tab == "circle"
    room.press("timeline_mark_ways_0")
    assert room.frame.tab == "sessions"
    room.press("timeline_mark_close")
    assert not room.find(QWidget, "timeline_mark").isVisible()


def test_a_session_without_a_note_says_so(room: Progress):
    medicine = room.desk.medications.add_medication(Medication(client_id=room.client.id, name="Sertraline", begun=days_ago(60)))
    QApplication.processEvents()
    room.click(f"medication:{medicine.id}")
    assert room.words("timeline_mark_title").startswith("Sertraline, since")
    room.press("timeline_mark_ways_0")
    assert room.frame.tab == "phases"


# -- keys, wheel, windows ----------------------------------------------------------------------------------------------


def test_every_mark_is_reached_by_arrows_and_says_what_it_is(room: Progress):
    keys = {room.add(f"Event {number}", days_ago(10 * number)) for number in range(1, 5)}
    keys |= {room.write_note(number, number + 2, "Words.") for number in range(3)}
    room.view.setFocus()
    seen = set()
    for _lane in range(6):
        room.key(Qt.Key.Key_Up)
    for _lane in room.card.shown.lanes:
        room.key(Qt.Key.Key_Home)
        for _mark in range(8):
            seen.add(room.view.at)
            spoken = room.card.shown.entry(room.view.at)
            assert spoken is not None
            assert room.view.accessibleDescription().startswith(spoken.spoken)
            room.key(Qt.Key.Key_Right)
        room.key(Qt.Key.Key_Down)
    assert keys <= seen
    assert seen == {each.key for lane in room.card.shown.lanes for each in lane.entries}


def test_enter_opens_what_the_keys_are_at(room: Progress):
    key = room.add("Johan left", days_ago(1))
    room.view.choose(key)
    room.view.setFocus()
    room.key(Qt.Key.Key_Return)
    assert room.find(QLineEdit, "timeline_event_title").text() == "Johan left"


def wheel(view: TimelineView, turned: QPoint, held: Qt.KeyboardModifier) -> None:
    at = QPointF(400.0, 60.0)
    event = QWheelEvent(
        *(at, view.mapToGlobal(at), QPoint(), turned, Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False)
    )
    QApplication.sendEvent(view, event)


def test_wheel_and_keys_move_along_and_nearer_and_the_window_is_left(room: Progress):
    room.add("Long ago", "2011")
    room.press("timeline_window_life")
    first = room.view.sight.shown
    wheel(room.view, QPoint(0, 480), Qt.KeyboardModifier.ControlModifier)
    near = room.view.sight.shown
    assert near[1] - near[0] < first[1] - first[0]
    assert room.card.head_row.windows.choice() is None
    wheel(room.view, QPoint(0, 240), Qt.KeyboardModifier.ShiftModifier)
    assert room.view.sight.shown[0] < near[0]
    room.view.setFocus()
    moved = room.view.sight.shown
    room.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert room.view.sight.shown[0] > moved[0]
    room.qtbot.keyClicks(room.view, "---")
    assert room.view.sight.shown[1] - room.view.sight.shown[0] > near[1] - near[0]
    room.press("timeline_window_year")
    assert room.view.sight.shown[0] <= date(TODAY.year, 1, 1)


def test_the_mouse_drags_the_axis_along_and_opens_nothing(room: Progress):
    room.add("Long ago", "2011")
    room.press("timeline_window_two_years")
    before = room.view.sight.shown
    at = QPoint(500, 120)
    room.qtbot.mousePress(room.view, Qt.MouseButton.LeftButton, pos=at)
    for step in range(1, 6):
        room.qtbot.mouseMove(room.view, at + QPoint(40 * step, 0))
    room.qtbot.mouseRelease(room.view, Qt.MouseButton.LeftButton, pos=at + QPoint(200, 0))
    assert room.view.sight.shown[0] < before[0]
    assert not room.find(QWidget, "timeline_mark").isVisible()


def test_the_table_has_the_same_marks_in_the_order_of_time(room: Progress):
    key = room.add("Johan moved out", "2019", told="late 2018")
    room.add("Choir", days_ago(3))
    room.press("timeline_as_table")
    table = room.card.table
    assert table.isVisible()
    assert not room.view.isVisible()
    model = table.marks
    rows = [[model.data(model.index(row, column)) for column in range(3)] for row in range(model.rowCount())]
    assert rows[0] == ["late 2018", "(a)  Johan moved out", "Events"]
    assert len(rows) == sum(len(lane.entries) for lane in room.card.shown.lanes)
    table.setFocus()
    table.setCurrentIndex(model.index(model.row_of(key), 1))
    room.key(Qt.Key.Key_Return)
    assert room.find(QLineEdit, "timeline_event_title").text() == "Johan moved out"
    room.key(Qt.Key.Key_Escape)
    assert table.hasFocus()


@pytest.mark.parametrize("text", [1.0, 1.5])
def test_it_scrolls_where_there_is_little_room(room: Progress, qapp: QApplication, text: float):
    theme.apply(qapp, theme.Theme("light", text))
    for number in range(12):
        room.add(f"Event {number}", days_ago(number))
    room.frame.resize(640, 420)
    QApplication.processEvents()
    assert room.view.height() >= room.view.sizeHint().height()
    choices = room.find(QWidget, "timeline_choices")
    assert choices.geometry().right() <= room.card.width()
    theme.apply(qapp, theme.Theme())


# -- edges -------------------------------------------------------------------------------------------------------------


def test_a_person_who_is_taken_out_leaves_their_events(room: Progress):
    key = room.add("The trip", days_ago(5), person_ids=[room.johan.id])
    room.desk.circles.remove_person(room.johan.id)
    QApplication.processEvents()
    shown = room.card.shown.entry(key)
    assert shown is not None
    assert "Johan" not in shown.spoken
    room.click(key)
    room.type("timeline_event_title", "The long trip")
    room.key(Qt.Key.Key_Return)
    assert [(each.title, each.person_ids) for each in room.events] == [("The long trip", [])]


def test_what_is_typed_is_kept_as_the_client_is_left(room: Progress):
    room.press("timeline_add")
    room.type("timeline_event_title", "The call")
    assert room.page.flush_all()
    assert [each.title for each in room.events] == ["The call"]


def test_a_lock_leaves_nothing(room: Progress):
    room.add("Johan moved out", days_ago(5))
    dip = room.write_note(2, 1, "Johan did not ring.")
    room.click(dip)
    room.page.forget()
    QApplication.processEvents()
    said = [each.text() for each in room.page.findChildren(QLabel)] + [
        f"{each.accessibleName()} {each.accessibleDescription()} {each.toolTip()}" for each in room.page.findChildren(QWidget)
    ]
    assert not any("Johan" in each for each in said)
    assert room.card.table.marks.rowCount() == 0
    assert room.view.strip is None
