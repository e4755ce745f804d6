"""A measure turned to the client: nothing else in sight, each answer kept at once, and a flag that waits for the therapist."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.measure_records import Given
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry
from tests.ui.naming import unnamed
from tests.ui.turn.room import PIN, TurnRoom
from tests.ui.turn.test_turning import in_sight, type_key
from ui.risk.flag_watch import FlagWatch
from ui.risk.safety_bar import SafetyBar
from ui.turn.measure_page import MeasurePage

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def turn(room: TurnRoom, *keys: str) -> MeasurePage:
    """Let these be due, and turn them to the client by the key of the menu."""
    room.set_pin()
    room.desk.settings.change(measures=list(keys))
    room.window.menus.action("turn_measure").trigger()
    return page_of(room)


def page_of(room: TurnRoom) -> MeasurePage:
    page = room.turning.page
    assert isinstance(page, MeasurePage)
    return page


def answer(digits: str) -> None:
    for digit in digits:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, digit)


def press(page: MeasurePage, name: str) -> None:
    button = page.findChild(QAbstractButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def hand_back(room: TurnRoom, qtbot: QtBot) -> None:
    """Type the PIN on the page of thanks."""
    type_key(room, PIN)
    qtbot.waitUntil(lambda: room.turning.page is None)


def bar_of(room: TurnRoom) -> SafetyBar:
    return room.workspace.bars.safety_bar


def totals(room: TurnRoom) -> list[float | None]:
    return [each.result.total for each in room.desk.measures.measured(room.client.id)]


def test_nothing_else_is_in_sight_and_it_ends_on_the_thanks(room: TurnRoom, qtbot: QtBot) -> None:
    page = turn(room, "phq-9")
    assert room.window.isFullScreen()
    assert not room.window.menuBar().isVisible()
    seen = " ".join(in_sight(room))
    assert "Little interest or pleasure" in seen
    assert "1 of 9" in seen
    for hidden in ("Marta", "Nikos", "Risk", "mild"):
        assert hidden not in seen
    assert unnamed(page) == []
    answer("111111110")
    answer("0")  # how difficult it made things
    press(page, "measure_done")
    assert page.is_finished
    assert "Thank you." in in_sight(room)
    QTest.keyClick(page.thanks, Qt.Key.Key_Escape)
    assert room.turning.page is not None
    hand_back(room, qtbot)
    assert room.turning.page is None
    (kept,) = room.desk.measures.measured(room.client.id)
    assert (kept.result.total, kept.result.given) == (8.0, Given.SCREEN)
    room.workspace.undo_stack().undo()
    assert totals(room) == []


def test_by_touch_one_question_after_the_other_and_back(room: TurnRoom, qtbot: QtBot) -> None:
    page = turn(room, "gad-7")
    press(page, "answer_1_2")
    press(page, "measure_back")
    chosen = page.findChild(QPushButton, "answer_1_2")
    assert chosen is not None
    assert chosen.isChecked()
    press(page, "answer_1_3")
    for item in range(2, 8):
        press(page, f"answer_{item}_0")
    press(page, "measure_done")
    hand_back(room, qtbot)
    assert totals(room) == [3.0]


def test_all_on_one_page_is_remembered(room: TurnRoom, qtbot: QtBot) -> None:
    page = turn(room, "gad-7")
    press(page, "measure_way")
    assert len(page._views) == 7
    assert room.window.preferences.has_whole_measure
    answer("1111111")
    press(page, "measure_done")
    hand_back(room, qtbot)
    assert totals(room) == [7.0]
    page = turn(room, "gad-7", "phq-9")
    assert len(page._views) == 9


def test_what_is_left_open_is_said_once_and_may_be_left(room: TurnRoom, qtbot: QtBot) -> None:
    page = turn(room, "phq-9")
    answer("11")
    press(page, "measure_next")
    answer("111111")
    press(page, "measure_done")
    assert not page.is_finished
    place = page.findChild(QLabel, "measure_place")
    assert place is not None
    assert "One question is still open" in place.text()
    press(page, "measure_done")
    assert page.is_finished
    hand_back(room, qtbot)
    assert totals(room) == [None]


def test_several_due_follow_one_another(room: TurnRoom, qtbot: QtBot) -> None:
    page = turn(room, "phq-9", "gad-7")
    answer("000000000")
    press(page, "measure_done")
    assert not page.is_finished
    answer("0000000")
    press(page, "measure_done")
    assert page.is_finished
    hand_back(room, qtbot)
    assert totals(room) == [0.0, 0.0]


def test_a_flag_waits_for_the_therapist_and_is_answered_by_two_keys(room: TurnRoom, qtbot: QtBot) -> None:
    entry = RiskEntry(
        client_id=room.client.id, on=date.today().replace(day=1), asked=RiskAsked.CHANGED, words="passive ideation"
    )
    room.desk.risk.keep_risk(entry)
    page = turn(room, "phq-9")
    answer("000000001")
    answer("0")
    press(page, "measure_done")
    assert not any("safety" in each for each in in_sight(room))
    hand_back(room, qtbot)
    bar = bar_of(room)
    assert bar.isVisible()
    assert "item 9" in bar.text()
    assert bar.hasFocus()
    QTest.keyClick(bar, Qt.Key.Key_U)
    assert "Enter keeps it" in bar.text()
    QTest.keyClick(bar, Qt.Key.Key_Return)
    assert room.desk.measures.unasked(room.client.id) == []
    qtbot.waitUntil(bar.isHidden)
    latest = room.desk.risk.entries(room.client.id)[0]
    assert (latest.asked, latest.words, latest.on) == (RiskAsked.UNCHANGED, "passive ideation", date.today())
    room.workspace.undo_stack().undo()
    qtbot.waitUntil(bar.isVisible)


def test_the_bar_can_not_be_closed_goes_with_the_client_and_comes_back(room: TurnRoom, qtbot: QtBot) -> None:
    page = turn(room, "phq-9")
    answer("000000002")
    press(page, "measure_done")
    press(page, "measure_done")
    hand_back(room, qtbot)
    bar = bar_of(room)
    assert bar.isVisible()
    cross = bar.findChild(QAbstractButton, "safety_bar_close")
    assert cross is not None
    assert not cross.isVisible()
    assert bar.findChild(QAbstractButton, "asked_unchanged") is None, "risk was never asked: there is nothing unchanged"
    nikos = next(each for each in room.desk.clients.clients() if each.name.startswith("Nikos"))
    room.workspace.choose_client(nikos.id)
    qtbot.waitUntil(bar.isHidden)
    room.workspace.choose_client(room.client.id)
    assert bar.isVisible()
    press_in_bar = bar.findChild(QAbstractButton, "record_asked")
    assert press_in_bar is not None
    press_in_bar.click()
    clients = room.workspace.page("clients")
    assert clients is not None
    assert clients.isVisible()
    none = clients.findChild(QAbstractButton, "risk_asked_none")
    assert none is not None
    none.click()
    assert room.desk.measures.unasked(room.client.id) == []
    qtbot.waitUntil(bar.isHidden)


def test_in_the_room_nothing_of_it_is_shown_until_a_key_brings_it(room: TurnRoom, qtbot: QtBot) -> None:
    room.window.menus.action("session_start").trigger()
    qtbot.waitUntil(lambda: room.workspace.is_in_room)
    page = turn(room, "phq-9")
    answer("000000001")
    press(page, "measure_done")
    press(page, "measure_done")
    hand_back(room, qtbot)
    bar = bar_of(room)
    assert bar.isVisible()
    assert "item 9" not in bar.text()
    assert "safety" not in bar.text()
    watch = room.window.findChild(FlagWatch)
    assert watch is not None
    room.window.menus.action("ask_about_answer").trigger()
    assert "item 9" in bar.text()
    room.window.menus.action("ask_about_answer").trigger()
    assert "item 9" not in bar.text()


@pytest.mark.parametrize("key", ["epds", "gone"])
def test_without_its_text_no_measure_is_turned(room: TurnRoom, key: str) -> None:
    room.workspace.turn_to_client(measure=key)
    assert room.turning.page is None
    assert "no measure" in room.workspace.bar.title()
