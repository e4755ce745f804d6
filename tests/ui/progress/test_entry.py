"""Entering a measure by keys alone, with what it comes to in view, and nothing half typed lost."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.measure_records import Given
from ipt_desktop.domain.measured import Measured
from ipt_desktop.domain.records import Client
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, open_room
from ui.progress.answer_rows import AnswerRow, ScoreRow
from ui.progress.entry_panel import EntryPanel
from ui.progress.page import ProgressPage

W = TypeVar("W", bound=QWidget)
TODAY = date.today()
KEYS = {"-": Qt.Key.Key_Minus, "<": Qt.Key.Key_Backspace, "\n": Qt.Key.Key_Return, "^": Qt.Key.Key_Up}


class Entering:
    """A client with three sessions, the last of them today, on the Progress tab."""

    def __init__(self, qtbot: QtBot, room: Room, client: Client | None = None) -> None:
        self.room, self.desk = room, room.desk
        self.client = client or room.client()
        self.course = room.course(self.client, TODAY - timedelta(weeks=2))
        self.sessions = room.sessions(self.course, 3)
        self.frame = room.frame(self.client)
        self.page = ProgressPage(self.desk, self.frame)
        self.frame.hold(self.page, 1280, 800)
        qtbot.waitExposed(self.frame)
        self.frame.activateWindow()
        qtbot.waitUntil(self.frame.isActiveWindow)

    @property
    def panel(self) -> EntryPanel:
        return self.page.entry

    @property
    def measured(self) -> list[Measured]:
        return self.desk.measures.measured(self.client.id)

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def says(self, name: str) -> str:
        return self.find(QLabel, name).text()

    def type(self, keys: str) -> None:
        """Type where the keyboard is."""
        for key in keys:
            focused = QApplication.focusWidget()
            assert focused is not None
            QTest.keyClick(focused, KEYS.get(key) or key)

    def give_only(self, *keys: str) -> None:
        """Let only these be due."""
        self.desk.settings.change(measures=list(keys))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


def test_a_phq_9_takes_ten_digits_and_enter(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.give_only("phq-9")
    assert tab.page.enter_measure()
    tab.type("111111110")
    assert tab.says("entry_total") == "Total 8 · mild"
    tab.type("1")  # the question on difficulty, asked once there is a total above 0
    assert QApplication.focusWidget() is tab.find(QPushButton, "entry_keep")
    tab.type("\n")
    (kept,) = tab.measured
    assert (kept.result.total, kept.result.answers["difficulty"], kept.result.on) == (8.0, 1.0, TODAY)
    assert (kept.result.session_id, kept.result.given) == (tab.sessions[-1].id, Given.PAPER)
    assert tab.panel.isHidden()
    tab.frame.stack.undo()
    assert tab.measured == []
    tab.frame.stack.redo()
    assert [each.result.total for each in tab.measured] == [8.0]


def test_the_words_of_an_answer_are_shown_and_one_that_can_not_be_is_said(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.page.enter_measure("phq-9")
    tab.type("2")
    first, second = tab.panel.rows.row("1"), tab.panel.rows.row("2")
    assert isinstance(first, AnswerRow)
    assert isinstance(second, AnswerRow)
    assert first.words == "More than half the days"
    assert "2, More than half the days" in first.accessibleName()
    tab.type("7")
    assert second.words == "0, 1, 2, 3 can be answered here"
    assert second.value() is None
    tab.type("<")  # nothing to take away here: back
    tab.type("3")
    assert first.value() == 3


def test_a_blank_is_left_by_a_key_and_said_by_the_rule_of_the_measure(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.page.enter_measure("phq-9")
    tab.type("11-111111")
    assert tab.says("entry_total") == ""
    assert tab.says("entry_missing") == "Item 3 is missing: there is no total unless every item is answered."
    assert tab.find(AnswerRow, "answer_difficulty").isHidden()
    tab.type("\n")
    (kept,) = tab.measured
    assert kept.result.total is None
    assert "3" not in kept.result.answers


def test_of_a_measure_with_its_total_alone_the_flagged_item_is_asked_too(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.page.enter_measure("phq-9")
    tab.find(QCheckBox, "entry_only_total").click()
    tab.type("12\n")
    tab.type("1\n")
    tab.find(QPushButton, "entry_keep").click()
    (kept,) = tab.measured
    assert (kept.result.total, kept.result.flagged, kept.result.given) == (12.0, ["9"], Given.SCORES)


def test_scores_alone_are_entered_where_the_text_is_not_to_be_had(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.page.enter_measure("epds")
    assert [type(each) for each in tab.panel.rows.rows] == [ScoreRow, ScoreRow]
    tab.type("99\n")
    assert "0 to 30" in tab.panel.findChild(QWidget, "entry_error").text()  # type: ignore[union-attr]
    tab.type("^")
    tab.type("<<14\n2")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (kept,) = tab.measured
    assert (kept.result.total, kept.result.flagged) == (14.0, ["10"])


def test_a_day_to_come_is_refused_and_a_past_one_finds_its_session(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.page.enter_measure("gad-7")
    day = tab.panel._head.day_field
    day.setText((TODAY + timedelta(1)).isoformat())
    tab.type("1111111")
    tab.find(QPushButton, "entry_keep").click()
    assert tab.measured == []
    assert tab.panel.findChild(QWidget, "entry_error").text()  # type: ignore[union-attr]
    day.setFocus()
    day.setText((TODAY - timedelta(weeks=1)).isoformat())
    tab.type("\n")
    tab.find(QPushButton, "entry_keep").click()
    (kept,) = tab.measured
    assert (kept.result.on, kept.result.session_id) == (TODAY - timedelta(weeks=1), tab.sessions[1].id)


def test_the_second_of_a_day_is_kept_and_said(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    for _time in range(2):
        tab.page.enter_measure("gad-7")
        if tab.measured:
            assert "this is the second" in tab.says("entry_notice")
        tab.type("1111111")
        tab.type("1\n" if not tab.find(QPushButton, "entry_keep").hasFocus() else "\n")
    assert len(tab.measured) == 2


def test_a_measure_made_for_another_age_is_said_and_can_be_given(qtbot: QtBot, room: Room) -> None:
    child = room.desk.clients.add_client(Client(name="Ada", born_on=TODAY.replace(year=TODAY.year - 9, day=1)))
    tab = Entering(qtbot, room, child)
    tab.page.enter_measure("phq-9")
    assert "of 12 and older" in tab.says("entry_notice")
    tab.type("000000000\n")
    assert [each.result.total for each in tab.measured] == [0.0]


def test_what_is_half_typed_is_kept_when_the_client_is_left_and_is_gone_on_with(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.page.enter_measure("phq-9")
    tab.type("123")
    assert tab.page.flush_all()
    other = room.client("Nikos Papadakis")
    tab.frame.choose_client(other.id)
    assert tab.panel.isHidden()
    tab.frame.choose_client(tab.client.id)
    assert tab.measured == []
    tab.page.enter_measure("gad-7")
    assert "PHQ-9" in tab.page.unfinished.title()
    tab.find(QPushButton, "unfinished_rest").click()
    tab.type("111111")
    tab.type("1\n")
    (kept,) = tab.measured
    assert kept.result.total == 12.0
    assert tab.desk.measures.unfinished(tab.client.id) == []
    tab.frame.stack.undo()
    assert [each.answers for each in tab.desk.measures.unfinished(tab.client.id)] == [{"1": 1.0, "2": 2.0, "3": 3.0}]


def test_escape_keeps_and_cancel_lets_go(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.page.enter_measure("phq-9")
    tab.type("12")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert tab.panel.isHidden()
    (begun,) = tab.desk.measures.unfinished(tab.client.id)
    tab.panel.open_draft(begun.id)
    tab.find(QPushButton, "entry_cancel").click()
    assert tab.desk.measures.unfinished(tab.client.id) == []


def test_an_answer_is_changed_and_undone(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.page.enter_measure("phq-9")
    tab.type("1111111101\n")
    (kept,) = tab.measured
    assert tab.page.open_result(kept.result.id)
    row = tab.panel.rows.row("9")
    row.setFocus()
    tab.type("2")
    tab.find(QPushButton, "entry_keep").click()
    assert [(each.result.total, each.result.flagged) for each in tab.measured] == [(10.0, ["9"])]
    tab.frame.stack.undo()
    assert [each.result.total for each in tab.measured] == [8.0]


def test_the_next_measure_due_follows(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.give_only("phq-9", "gad-7")
    tab.page.enter_measure()
    tab.type("000000000\n")
    assert tab.panel.measure is not None
    assert tab.panel.measure.key == "gad-7"
    assert "PHQ-9 is kept" in tab.says("entry_notice")
    assert "Spitzer" in tab.says("entry_licence")


def test_every_part_has_a_name(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.page.enter_measure("phq-9")
    assert unnamed(tab.panel) == []


def test_a_lock_leaves_no_word(qtbot: QtBot, room: Room) -> None:
    tab = Entering(qtbot, room)
    tab.page.enter_measure("phq-9")
    tab.type("123")
    tab.page.forget()
    assert tab.panel.rows.rows == []
    assert tab.says("entry_instructions") == ""
