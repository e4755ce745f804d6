"""The time slider with what hangs on it: looking back changes nothing, editing the past is asked for, all can be undone."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.circle_picture import CircleMode
from ipt_desktop.domain.circle_time import BEFORE, NOW
from ipt_desktop.domain.closeness import Ring, ring_of
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.picture import Label
from ipt_desktop.domain.records import Person, Placement, Session, Sitting
from ipt_desktop.storage.store import Writing
from tests.ui.circle.room import THEN, TODAY, WEEK, CircleRoom
from tests.ui.practice_room import open_room
from ui.circle.shown_time import NOTHING, UNTIL
from ui.page import Page
from ui.sessions.page import SessionsPage


class Room(CircleRoom):
    """What the tests ask of the page: three circles, *before*, a fortnight and a week ago, and now."""

    def _draw(self, writing: Writing) -> None:
        super()._draw(writing)
        writing.insert(Sitting(id="fortnight", course_id=self.course.id, date=date.today() - timedelta(14)))
        writing.insert(Placement(person_id="elin", sitting_id="fortnight", felt=0.5, angle=310.0))
        writing.insert(Placement(person_id="johan", sitting_id="fortnight", felt=0.5, angle=75.0))

    def felt(self) -> dict[str, str]:
        """Return the ring of everyone in the table, by name."""
        model = self.page.table.people
        return {str(model.index(row, 0).data()): str(model.index(row, 1).data()) for row in range(model.rowCount())}

    def part(self, name: str) -> QPushButton:
        """Return a button of the page by its name."""
        found = self.page.findChild(QPushButton, name)
        assert found is not None
        return found

    def text(self, name: str) -> str:
        """Return what a label of the page says."""
        found = self.page.findChild(QLabel, name)
        assert found is not None
        return found.text()

    def rows(self) -> list[Placement]:
        """Return every placement stored."""
        with self.desk.store.read() as reading:
            return reading.all(Placement, "sitting_id", "person_id")

    def compare(self, choice: str) -> None:
        """Choose what to compare with, as the mouse does."""
        combo = self.page.findChild(QComboBox, "circle_since")
        assert combo is not None
        assert combo.findData(choice) >= 0
        combo.setCurrentIndex(combo.findData(choice))
        combo.activated.emit(combo.currentIndex())


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path) as practice:
        room = Room(practice)
        room.frame.preferences.has_less_motion = True
        qtbot.waitExposed(room.frame)
        yield room


def test_keys_step_through_the_circles_drawn(room: Room, qtbot: QtBot) -> None:
    slider = room.page.columns.slider
    slider.setFocus()
    shown = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End):
        qtbot.keyClick(slider, key)
        shown.append(room.page.shown.time.key)
    assert shown == [WEEK, "fortnight", BEFORE, BEFORE, "fortnight", NOW]
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert room.felt() == {"Elin": "inner", "Johan": "inner", "Ruth": "middle"}
    assert slider.accessibleDescription() == "Before this began"


def test_the_two_buttons_step_as_well(room: Room, qtbot: QtBot) -> None:
    assert not room.part("circle_later").isEnabled()
    qtbot.mouseClick(room.part("circle_earlier"), Qt.MouseButton.LeftButton)
    assert room.page.shown.time.key == WEEK
    qtbot.mouseClick(room.part("circle_later"), Qt.MouseButton.LeftButton)
    assert room.page.shown.time.key == NOW


def test_a_drag_scrubs_and_looking_changes_nothing(room: Room, qtbot: QtBot) -> None:
    rows, slider = room.rows(), room.page.columns.slider
    start = slider.place_of(NOW)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    seen = []
    for step in range(21):
        qtbot.mouseMove(slider, start + (slider.place_of(BEFORE) - start) * step / 20)
        seen.append(room.page.shown.time.key)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=slider.place_of(BEFORE))
    assert list(dict.fromkeys(seen)) == [NOW, WEEK, "fortnight", BEFORE]
    assert room.rows() == rows
    assert room.frame.stack.count() == 0


def test_people_glide_and_come_to_rest_where_they_stood(room: Room, qtbot: QtBot) -> None:
    room.frame.preferences.has_less_motion = False
    canvas, slider = room.page.canvas, room.page.columns.slider
    start = canvas.place_of("johan")
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    glide = canvas.glide
    assert glide.is_moving
    glide.pause()
    glide.go_to(160)
    middle, choir = canvas.place_of("johan"), canvas._people["choir"]
    assert 0.0 < choir.opacity() < 1.0, "who leaves fades"
    qtbot.keyClick(canvas, Qt.Key.Key_Up)  # comes to rest first, and *before* is read only
    assert not glide.is_moving
    end = canvas.place_of("johan")
    assert (middle - start).manhattanLength() > 3
    assert (middle - end).manhattanLength() > 3
    assert room.felt()["Johan"] == "inner"
    assert "choir" not in canvas._people
    qtbot.keyClick(slider, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: "Choir" in room.felt())
    assert canvas._people["choir"].opacity() == 1.0
    assert canvas.place_of("johan") == start


def test_while_people_glide_nothing_can_be_changed(room: Room, qtbot: QtBot) -> None:
    room.page.choose_person("johan")
    slider = room.page.columns.slider
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    room.frame.preferences.has_less_motion = False
    rows = room.rows()
    qtbot.keyClick(slider, Qt.Key.Key_End)
    qtbot.keyClick(room.page.panel.slider, Qt.Key.Key_PageUp)
    room.page.table.rename("johan")
    assert room.rows() == rows
    qtbot.waitUntil(lambda: room.page.panel.isEnabled())
    assert not room.page.table.people.is_read_only


def test_an_earlier_circle_says_so_and_leads_back(room: Room, qtbot: QtBot) -> None:
    slider = room.page.columns.slider
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.place_of("fortnight"))
    assert room.text("circle_past_title").endswith("read only.")
    assert not room.page.add_field.isEnabled()
    qtbot.mouseClick(room.part("circle_back"), Qt.MouseButton.LeftButton)
    assert room.page.columns.past.isHidden()
    assert room.felt()["Johan"] == "outer"


def test_editing_an_earlier_date_is_asked_for_goes_into_it_and_can_be_undone(room: Room, qtbot: QtBot) -> None:
    slider, canvas = room.page.columns.slider, room.page.canvas
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.place_of("fortnight"))
    rows = room.rows()
    qtbot.mouseClick(room.part("circle_edit_date"), Qt.MouseButton.LeftButton)
    assert "You are changing an earlier circle" in room.page.columns.past.title()
    room.page.choose_person("johan")
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    start, end = canvas.place_of("elin"), canvas.place_of("elin") + QPoint(-40, -40)
    qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 4):
        qtbot.mouseMove(canvas.viewport(), start + (end - start) * step / 3)
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=end)
    people = room.page.table.people
    room.page.choose_person("johan")
    assert people.setData(people.index(people.row_of("johan"), 1), int(Ring.OUTSIDE))
    qtbot.keyClick(room.page.panel.slider, Qt.Key.Key_PageUp)
    words = room.page.panel.findChild(QPlainTextEdit, "person_own_words")
    assert words is not None
    qtbot.keyClicks(words, "At the door.")
    room.page.flush()
    qtbot.keyClicks(room.page.add_field, "Karl, father")
    qtbot.keyClick(room.page.add_field, Qt.Key.Key_Return)
    assert room.frame.stack.text(0).startswith("Move Johan (")
    changed = {each.sitting_id for each in room.rows() if each not in rows}
    assert changed == {"fortnight"}
    johan = room.row("fortnight", "johan")
    assert johan is not None
    assert (ring_of(johan.felt), johan.words) == (Ring.OUTER, "At the door.")
    assert room.row(TODAY, "johan") is None
    while room.frame.stack.canUndo():
        room.frame.stack.undo()
    assert room.rows() == rows
    qtbot.mouseClick(room.part("circle_stop_editing"), Qt.MouseButton.LeftButton)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert room.rows() == rows


def test_going_elsewhere_ends_the_editing(room: Room, qtbot: QtBot) -> None:
    slider = room.page.columns.slider
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    room.page.back.edit()
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert room.page.shown.is_read_only
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert room.page.shown.is_read_only


def test_looking_at_what_was_before_makes_no_sitting(room: Room, qtbot: QtBot) -> None:
    with room.desk.store.read() as reading:
        for row in reading.all(Placement, sitting_id=THEN):
            room.desk.circles.put_back(THEN, row.person_id, None)
    room.desk.store.write(lambda writing: writing.delete(Sitting, THEN))
    room.page.refresh()
    qtbot.keyClick(room.page.columns.slider, Qt.Key.Key_Home)
    assert room.felt() == {}
    assert room.part("circle_edit_date").text() == "Draw it"
    with room.desk.store.read() as reading:
        assert reading.all(Sitting, is_before=True) == []


def test_any_earlier_circle_is_compared_with_and_a_later_one_trades_places(room: Room, qtbot: QtBot) -> None:
    since = room.page.table.people
    assert since.since == "Since before"
    room.compare("fortnight")
    assert room.page.table.people.since.startswith("Since ")
    assert room.felt()["Johan"] == "outer"
    assert str(since.index(since.row_of("johan"), 3).data()) == "one ring further"
    room.compare(NOTHING)
    assert since.since == ""
    room.compare("fortnight")
    qtbot.keyClick(room.page.columns.slider, Qt.Key.Key_Home)
    room.compare(UNTIL + WEEK)
    assert room.page.shown.time.key == WEEK
    assert room.page.shown.time.choice == BEFORE
    assert str(since.index(since.row_of("johan"), 3).data()) == "two rings further"


def test_a_name_is_kept_written_and_undone(room: Room, qtbot: QtBot) -> None:
    name = next(each for each in room.page.menus()["Circle"] if each.objectName() == "circle_menu_name")
    qtbot.keyClick(room.page.columns.slider, Qt.Key.Key_Left)
    name.trigger()
    qtbot.mouseClick(room.part("circle_name_mid"), Qt.MouseButton.LeftButton)
    field = room.page.findChild(QLineEdit, "circle_name_field")
    assert field is not None
    assert field.text() == "mid"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert room.page.columns.naming.isHidden()
    assert [each.name for each in room.desk.circles.sittings(room.course.id)] == ["", "", "mid"]
    assert room.page.columns.slider.words.startswith(tuple("123456789"))
    assert ", mid" in room.page.columns.slider.words
    room.frame.stack.undo()
    assert [each.name for each in room.desk.circles.sittings(room.course.id)] == ["", "", ""]
    name.trigger()
    qtbot.keyClicks(field, "nothing of it")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert room.page.columns.naming.isHidden()
    assert room.frame.stack.index() == 0


def test_now_can_be_named_though_nobody_was_moved_today(room: Room, qtbot: QtBot) -> None:
    room.page.back.ask_for_name()
    room.page.columns.naming.field.setText("final")
    qtbot.mouseClick(room.part("circle_name_keep"), Qt.MouseButton.LeftButton)
    stop = room.page.shown.time.stop
    assert (stop.is_now, stop.name) == (True, "final")
    assert room.felt()["Johan"] == "outer"


def change_mode(room: Room, qtbot: QtBot) -> None:
    qtbot.mouseClick(room.part("circle_mode_change"), Qt.MouseButton.LeftButton)


def test_two_circles_side_by_side(room: Room, qtbot: QtBot) -> None:
    change_mode(room, qtbot)
    both = room.page.findChild(QCheckBox, "change_side_by_side")
    assert both is not None
    both.click()
    circles = room.page.columns.circles
    assert circles.earlier.isVisible()
    assert set(circles.earlier._people) == {"elin", "johan", "ruth"}
    assert "Choir" not in circles.earlier.picture.description
    assert room.text("circle_when_earlier") == "Before this began"
    qtbot.keyClick(circles.earlier, Qt.Key.Key_Down)
    assert room.frame.stack.count() == 0
    qtbot.mouseClick(room.part("circle_show_one"), Qt.MouseButton.LeftButton)
    assert not both.isChecked()
    assert not circles.earlier.isVisible()
    assert circles.earlier.picture.description == ""


def test_the_list_says_who_came_and_is_copied_with_its_dates(room: Room, qtbot: QtBot) -> None:
    change_mode(room, qtbot)
    assert room.text("change_wishes") == "Ruth: still closer than wanted\nChoir: further than wanted"
    assert room.text("change_choir") == "Choir"
    room.part("change_copy").click()
    copied = QGuiApplication.clipboard().text().split("\n")
    assert copied[0].startswith("Since before this began (as told on ")
    assert "Choir joined." in copied
    assert "Johan: Two rings further, inner to outer." in copied


class WithSessions:
    """Gives the frame a Sessions tab."""

    def __init__(self, room: Room) -> None:
        self.page = SessionsPage(room.desk, room.frame)
        self.page.setParent(room.frame)
        self.page.show_client(room.client.id, room.course.id)

    def __call__(self, tab: str) -> Page | None:
        return self.page if tab == "sessions" else None


def note_words(room: Room, session: Session) -> str:
    note = room.desk.documents.open_document(
        Purpose.PROGRESS_NOTE, room.client.id, course_id=room.course.id, session_id=session.id
    )
    answer = room.desk.documents.form_of(note).answer(note.answers, Means.WHAT_HAPPENED)
    return rich_text.as_plain(rich_text.from_json(answer))


def test_the_list_is_put_below_what_is_typed_in_the_open_note(
    room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = room.desk.sessions.add_session(Session(course_id=room.course.id, date=date.today()))
    sessions = WithSessions(room)
    monkeypatch.setattr(room.frame, "page", sessions)
    told = sessions.page.findChild(QWidget, "field_what_happened")
    prose = told if isinstance(told, QTextEdit) else sessions.page.note.view.editor("what_happened").findChild(QTextEdit)
    assert prose is not None
    qtbot.keyClicks(prose, "She called him.")
    change_mode(room, qtbot)
    room.part("change_put").click()
    assert note_words(room, session).startswith("She called him.\nSince before this began")
    assert "Choir joined." in note_words(room, session)
    sessions.page.refresh()
    again = sessions.page.note.view.editor("what_happened").findChild(QTextEdit)
    assert again is not None
    qtbot.keyClicks(again, "And ")
    assert sessions.page.flush()
    assert not sessions.page.note.writer.is_rescued
    assert "And She called him." in note_words(room, session)
    assert "Choir joined." in note_words(room, session)
    room.frame.stack.undo()
    assert note_words(room, session) == "And She called him."
    assert room.page.changes.bar.text() == ""
    sessions.page.forget()
    sessions.page.deleteLater()


def test_without_a_session_or_a_note_it_is_said(room: Room, qtbot: QtBot) -> None:
    change_mode(room, qtbot)
    room.part("change_put").click()
    assert room.page.changes.bar.title() == "There is no session yet"
    session = room.desk.sessions.add_session(Session(course_id=room.course.id, date=date.today() - timedelta(days=3)))
    room.part("change_put").click()
    assert "has no note yet" in room.page.changes.bar.title()
    assert note_words(room, session) == ""
    room.part("change_begin_note").click()
    assert "Choir joined." in note_words(room, session)
    assert room.page.changes.bar.title().startswith("Put in the note of")


def test_a_course_gone_or_a_lock_leaves_no_word(room: Room, qtbot: QtBot) -> None:
    room.page.back.ask_for_name()
    room.page.columns.naming.field.setText("mid")
    qtbot.keyClick(room.page.columns.slider, Qt.Key.Key_Left)
    change_mode(room, qtbot)
    both = room.page.findChild(QCheckBox, "change_side_by_side")
    assert both is not None
    both.click()
    room.page.forget()
    held = [each.text() for each in room.page.findChildren(QLabel)]
    assert not any("Johan" in text or "Choir" in text for text in held)
    assert room.page.columns.naming.field.text() == ""
    assert room.page.columns.circles.earlier.picture.description == ""
    assert room.page.changes.text == ""


def test_another_client_begins_with_today(room: Room, qtbot: QtBot) -> None:
    qtbot.keyClick(room.page.columns.slider, Qt.Key.Key_Home)
    room.page.back.edit()
    room.page.show_client(room.client.id, room.course.id)
    assert room.page.shown.time.key == NOW
    assert not room.page.shown.is_read_only
    assert isinstance(room.people["johan"], Person)


def test_who_waits_is_there_again_after_a_glide_from_an_edited_circle(room: Room, qtbot: QtBot) -> None:
    """They fade on the way, as everyone who is not in the circle that is gone to; nobody stays unseen."""
    room.page.add_person("Karl, father")
    karl = room.page.shown.waiting[0].person.id
    slider, canvas = room.page.columns.slider, room.page.canvas
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    room.page.back.edit()
    room.frame.preferences.has_less_motion = False
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert canvas.glide.is_moving
    canvas.glide.finish()
    assert [each.person.id for each in room.page.shown.waiting] == [karl]
    assert canvas._people[karl].opacity() == 1.0


def test_the_bar_of_an_edited_circle_covers_nobody_in_the_tray(room: Room, qtbot: QtBot) -> None:
    room.page.add_person("Karl, father")
    karl = room.page.shown.waiting[0].person.id
    canvas, past = room.page.canvas, room.page.columns.past
    qtbot.keyClick(room.page.columns.slider, Qt.Key.Key_Left)
    looked_at = past.geometry()
    room.page.back.edit()
    bar = QRect(past.mapToGlobal(QPoint(0, 0)), past.size())
    view = QRect(canvas.viewport().mapToGlobal(QPoint(0, 0)), canvas.viewport().size())
    assert not bar.intersects(view)
    start, end = canvas.place_of(karl), canvas.place_of("elin") + QPoint(0, 60)
    qtbot.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 4):
        qtbot.mouseMove(canvas.viewport(), start + (end - start) * step / 3)
    qtbot.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert room.row(WEEK, karl) is not None
    room.page.back.stop_editing()
    assert (past.geometry(), canvas.viewportMargins().top()) == (looked_at, 0)
    room.page.back.show_now()
    assert canvas.viewport().height() == canvas.height()


def test_the_bar_of_an_earlier_circle_looks_at_who_stands_there_then(room: Room, qtbot: QtBot) -> None:
    """Who stood outside at the foot a week ago, and stands at the top now, is covered in neither."""
    room.desk.store.write(
        lambda writing: writing.insert(Placement(person_id="ruth", sitting_id="fortnight", felt=-0.14, angle=180.0))
    )
    room.page.refresh()
    room.page.verbs.move_person("ruth", -0.14, 0.0)
    past, canvas, slider = room.page.columns.past, room.page.canvas, room.page.columns.slider
    places = []
    for _step in range(2):
        qtbot.keyClick(slider, Qt.Key.Key_Left)
        assert not canvas.stands_in(past.geometry())
        places.append(past.y())
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert room.page.shown.time.key == NOW
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert past.y() == places[0]


def test_the_bar_of_an_earlier_circle_does_not_cover_the_key_of_the_ties(room: Room, qtbot: QtBot) -> None:
    room.page.verbs.join("elin", None)
    room.page.toolbar.findChild(QCheckBox, "circle_ties").setChecked(True)
    qtbot.keyClick(room.page.columns.slider, Qt.Key.Key_Left)
    past, drawing = room.page.columns.past, room.page.canvas.drawing
    assert drawing is not None
    scale = room.page.canvas.transform().m22()
    words = [mark for mark in drawing.picture().marks if isinstance(mark, Label) and mark.text == "not known"]
    assert words
    assert past.y() < 20
    assert all(mark.at[1] * scale - 12 > past.geometry().bottom() for mark in words)


def test_the_bar_keeps_its_place_when_who_waited_has_left(room: Room, qtbot: QtBot) -> None:
    """A tray that goes with the glide is nothing to keep clear of: the bar's buttons do not jump from under the mouse."""
    room.page.add_person("Karl, father")
    room.frame.preferences.has_less_motion = False
    past, canvas = room.page.columns.past, room.page.canvas
    qtbot.keyClick(room.page.columns.slider, Qt.Key.Key_Left)
    assert canvas.glide.is_moving
    on_the_way = past.y()
    canvas.glide.finish()
    assert past.y() == on_the_way


def test_another_tab_can_ask_for_who_moved_since_the_first_circle(room: Room) -> None:
    room.page.columns.slider.chosen.emit("fortnight")
    room.compare(NOTHING)
    room.page.show_change()
    assert room.page.shown.time.key == NOW
    assert room.page.columns.toolbar.mode is CircleMode.CHANGE
    compared = room.page.shown.time.compared
    assert compared is not None
    assert compared.key == BEFORE
