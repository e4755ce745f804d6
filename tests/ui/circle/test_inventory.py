"""The inventory guide: one key leads to it from the circle, Enter to the next prompt, and it knows where one was."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import ProblemArea, Session
from tests.ui.circle.room import CircleRoom
from tests.ui.practice_room import open_room
from ui.page import Page

SIX = ("contact", "good", "hard", "expectations", "change_near_onset", "wanted_change")
DISPUTE = ("dispute_issue", "dispute_mine", "dispute_theirs", "dispute_tried")


class Room(CircleRoom):
    """The page with the actions of its menu at hand, as in the real window."""

    qtbot: QtBot

    def with_menu(self) -> None:
        for action in self.page.menus()["Circle"]:
            if isinstance(action, QAction):
                self.frame.addAction(action)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(focus(), key, modifier)

    def open(self, person_id: str) -> None:
        """Speak to someone on the circle and press the one key."""
        self.page.canvas.setFocus()
        self.page.canvas.speak_to(person_id)
        self.key(Qt.Key.Key_F7)

    @property
    def at(self) -> str:
        return focus().objectName().removeprefix("field_").removesuffix("_prose")

    def answers(self, person_id: str) -> str:
        assert self.page.flush()
        documents = self.desk.documents.of_course(self.course.id, Purpose.INVENTORY_ENTRY)
        return "".join(str(each.answers) for each in documents if each.about_id == person_id)


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    with open_room(tmp_path) as practice:
        room = Room(practice)
        room.qtbot = qtbot
        room.with_menu()
        qtbot.waitExposed(room.frame)
        room.frame.activateWindow()
        qtbot.waitUntil(room.frame.isActiveWindow)
        yield room


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_one_key_leads_from_the_circle_to_the_first_prompt(room: Room) -> None:
    room.open("johan")
    assert room.page.panel.person_id == "johan"
    assert room.at == "contact"


def test_enter_walks_the_six_then_those_of_the_area_and_more_stays_folded(room: Room) -> None:
    room.desk.phases.keep_problem_area(ProblemArea(course_id=room.course.id, area="dispute", rank=1))
    room.open("johan")
    seen = []
    for _prompt in (*SIX, *DISPUTE):
        seen.append(room.at)
        room.qtbot.keyClicks(focus(), f"said of {room.at}")
        room.key(Qt.Key.Key_Return)
    assert tuple(seen) == (*SIX, *DISPUTE)
    assert focus() is room.page.canvas, "past the last one, with none skipped, the keyboard is on the circle again"
    assert "said of dispute_tried" in room.answers("johan")


def test_tab_leads_on_through_the_six_and_shift_enter_is_a_new_line(room: Room) -> None:
    room.open("johan")
    seen = [room.at]
    for _prompt in SIX[1:]:
        room.key(Qt.Key.Key_Tab)
        seen.append(room.at)
    assert tuple(seen) == SIX
    room.qtbot.keyClicks(focus(), "to ask")
    room.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    room.qtbot.keyClicks(focus(), "to be answered")
    field = focus()
    assert isinstance(field, QTextEdit)
    assert field.toPlainText() == "to ask\nto be answered"


def test_what_was_skipped_is_named_and_come_back_to(room: Room) -> None:
    room.open("johan")
    room.qtbot.keyClicks(focus(), "Fridays at the door")
    room.key(Qt.Key.Key_Return)
    room.key(Qt.Key.Key_Return)  # what is good is skipped
    link = room.page.findChild(QAbstractButton, "prompt_walk_skipped")
    assert link is not None
    assert link.isVisible()
    assert link.text() == "Skipped: What is good"
    assert link.accessibleName() == "Come back to the prompt skipped: What is good"
    room.qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert room.at == "good"
    room.qtbot.keyClicks(focus(), "Kind to Elin")
    room.key(Qt.Key.Key_Return)
    assert room.at == "hard"
    assert not link.isVisible()


def test_past_the_last_prompt_enter_leads_to_the_first_one_skipped(room: Room) -> None:
    room.open("johan")
    for prompt in SIX:
        if prompt != "good":
            room.qtbot.keyClicks(focus(), "said")
        room.key(Qt.Key.Key_Return)
    assert room.at == "good"


def test_where_one_was_is_remembered_for_each_person(room: Room) -> None:
    room.open("johan")
    room.key(Qt.Key.Key_Return)
    room.key(Qt.Key.Key_Return)
    assert room.at == "hard"
    room.key(Qt.Key.Key_Escape)
    assert focus() is room.page.canvas
    room.open("ruth")
    assert room.at == "contact"
    room.key(Qt.Key.Key_Return)
    room.key(Qt.Key.Key_Escape)
    room.open("johan")
    assert room.at == "hard"
    room.open("ruth")
    assert room.at == "good"


def test_who_was_asked_before_goes_on_with_the_first_prompt_without_an_answer(room: Room) -> None:
    room.open("johan")
    room.qtbot.keyClicks(focus(), "Fridays")
    assert room.page.flush()
    room.page.forget()
    room.page.show_client(room.client.id, room.course.id)
    room.open("johan")
    assert room.at == "good"


def test_the_prompt_reached_is_in_sight(room: Room) -> None:
    room.open("johan")
    for _prompt in SIX[1:]:
        room.key(Qt.Key.Key_Return)
    panel, field = room.page.panel, focus()

    def is_in_sight() -> bool:
        top = field.mapTo(panel.viewport(), field.rect().topLeft()).y()
        return top >= 0 and top + field.height() <= panel.viewport().height()

    room.qtbot.waitUntil(is_in_sight)


def test_in_a_narrow_window_the_panel_comes_into_sight(room: Room) -> None:
    room.frame.resize(1000, 660)
    room.qtbot.waitUntil(lambda: room.page.columns.switch.isVisible())
    room.open("ruth")
    assert room.at == "contact"
    assert focus().isVisible()


def test_the_key_stands_in_the_menu_and_nothing_is_remembered_past_a_lock(room: Room) -> None:
    action = next(each for each in room.page.menus()["Circle"] if each.objectName() == "circle_menu_inventory")
    assert action.shortcut() == QKeySequence("F7")
    room.open("johan")
    room.key(Qt.Key.Key_Return)
    room.page.forget()
    assert room.page.entry.walk._where == {}


def test_a_long_prompt_that_was_skipped_does_not_widen_the_panel(room: Room) -> None:
    room.open("johan")
    for prompt in SIX[:-1]:
        if prompt != "change_near_onset":
            room.qtbot.keyClicks(focus(), "said")
        room.key(Qt.Key.Key_Return)
    panel = room.page.panel
    link = room.page.findChild(QAbstractButton, "prompt_walk_skipped")
    assert link is not None
    assert link.toolTip() == "Skipped: What changed near the onset"
    room.qtbot.waitUntil(link.isVisible)
    assert panel.widget().width() <= panel.viewport().width()


def test_the_notes_that_name_someone_are_one_press_away(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Sessions(Page):
        def choose_session(self, session_id: str) -> bool:
            asked.append(session_id)
            return True

    documents = room.desk.documents
    held = [room.desk.sessions.add_session(Session(course_id=room.course.id, date=date(2026, 3, day))) for day in (2, 9, 16)]
    for session, named in zip(held, (["johan"], ["elin", "johan"], ["elin"]), strict=True):
        place = {"course_id": room.course.id, "session_id": session.id}
        note = documents.open_document(Purpose.PROGRESS_NOTE, room.client.id, **place)
        documents.keep_draft(documents.begin_writing(note), {"with_whom": named})
    line = room.page.entry.named_in
    room.page.choose_person("johan")
    room.page.entry.open_now()
    days = [each for each in line.findChildren(QAbstractButton) if each.isVisibleTo(line)]
    assert [each.text() for each in days] == ["9 Mar", "2 Mar"]
    monkeypatch.setattr(room.frame, "page", {"sessions": Sessions(room.desk, room.frame)}.get)
    room.qtbot.mouseClick(days[0], Qt.MouseButton.LeftButton)
    assert (room.frame.tab, asked) == ("sessions", [held[1].id])
    room.page.choose_person("ruth")
    room.page.entry.open_now()
    assert not line.isVisibleTo(room.page.entry)
