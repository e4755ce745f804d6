"""A measure turned to the client that is broken off, locked over, ruled out in part, or has nowhere to be kept."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.measure_records import Given
from ipt_desktop.domain.records import Session
from tests.ui.lock.clock import HandClock
from tests.ui.lock.conftest import open_up
from tests.ui.turn.room import TurnRoom
from tests.ui.turn.test_measure_turned import answer, hand_back, page_of, press, totals, turn
from tests.ui.turn.test_turning import in_sight
from ui import theme
from ui.turn.measure_page import MeasurePage


@pytest.fixture
def large_text(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, theme.Theme("dark", 1.5))
    yield
    theme.apply(qapp, theme.Theme())


def words_in(page: MeasurePage, name: str) -> str:
    label = page.findChild(QLabel, name)
    assert label is not None
    return label.text()


def hidden(page: MeasurePage) -> list[str]:
    """Return what of the question that is shown is not all in sight."""
    view, port = page._views[0], page._scroll.viewport()
    parts = [view._asked, *view.buttons.values()]
    places = [(each.text(), QRect(each.mapTo(port, QPoint(0, 0)), each.size())) for each in parts]
    return [words for words, place in places if not port.rect().contains(place)]


def test_a_lock_in_the_middle_loses_nothing_and_the_same_key_goes_on_with_it(room: TurnRoom, qtbot: QtBot) -> None:
    window = room.window
    turn(room, "phq-9", "gad-7")
    answer("123")
    assert window.lock()
    assert window.doors.unlock_page.isVisible()
    assert not window.isFullScreen()
    seen = " ".join(in_sight(room))
    for hidden_words in ("Marta", "Nikos", "Trouble", "PHQ-9"):
        assert hidden_words not in seen
    open_up(qtbot, window)
    assert room.workspace.client_id == room.client.id
    assert room.workspace.show_tab("progress")
    page = room.workspace.page("progress")
    assert page is not None
    assert "PHQ-9" in page.unfinished.title(), "it says so by itself"  # type: ignore[attr-defined]
    window.menus.action("turn_measure").trigger()
    assert words_in(page_of(room), "measure_place") == "4 of 9"
    answer("111111")
    answer("0")
    press(page_of(room), "measure_done")
    answer("0000000")
    press(page_of(room), "measure_done")
    hand_back(room, qtbot)
    assert totals(room) == [12.0, 0.0]
    assert room.desk.measures.unfinished(room.client.id) == []
    assert page.unfinished.isHidden()  # type: ignore[attr-defined]


def test_rest_locks_over_the_client_s_page_as_over_any_other(room: TurnRoom, clock: HandClock, qtbot: QtBot) -> None:
    turn(room, "phq-9")
    answer("12")
    guard = room.turning._guard
    clock.pass_by(minutes=60)
    guard.look()
    qtbot.waitUntil(room.window.doors.unlock_page.isVisible)
    open_up(qtbot, room.window)
    (begun,) = room.desk.measures.unfinished(room.client.id)
    assert (begun.answers, begun.given) == ({"1": 1.0, "2": 2.0}, Given.SCREEN)


def test_what_a_later_answer_rules_out_does_not_count(room: TurnRoom, qtbot: QtBot) -> None:
    page = turn(room, "audit-c")
    answer("42")
    press(page, "measure_back")
    press(page, "measure_back")
    assert words_in(page, "measure_place") == "1 of 3"
    answer("0")
    press(page, "measure_done")
    assert page.is_finished
    hand_back(room, qtbot)
    (kept,) = room.desk.measures.measured(room.client.id)
    assert (kept.result.total, kept.result.answers) == (0.0, {"1": 0.0})


def test_a_session_that_is_gone_meanwhile_takes_no_answer_along(room: TurnRoom, qtbot: QtBot) -> None:
    session = room.desk.sessions.add_session(Session(course_id=room.course.id, date=room.course.started_on))
    room.set_pin()
    room.workspace.turn_to_client(measure="gad-7", session_id=session.id)
    room.desk.sessions.remove_session(session.id)
    answer("1111111")
    press(page_of(room), "measure_done")
    hand_back(room, qtbot)
    (kept,) = room.desk.measures.measured(room.client.id)
    assert (kept.result.total, kept.result.session_id) == (7.0, None)


def test_answers_that_can_not_be_kept_are_told_to_the_therapist(
    room: TurnRoom, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = turn(room, "phq-4")
    answer("1")

    def is_full(*_asked: object) -> None:
        raise Refused(reason="The disk is full.")

    monkeypatch.setattr(room.desk.measures, "keep_answers", is_full)
    answer("3")
    assert words_in(page, "measure_place") == "That could not be kept. Please tell your therapist."
    assert "disk" not in " ".join(in_sight(room)), "that is the therapist's to know"
    answer("20")
    press(page, "measure_done")
    assert page.is_finished
    hand_back(room, qtbot)
    assert "The disk is full." in room.workspace.bar.text()
    assert "1: 1, 2: 3, 3: 2, 4: 0" in room.workspace.bar.text()
    (begun,) = room.desk.measures.unfinished(room.client.id)
    assert begun.answers == {"1": 1.0}


@pytest.mark.usefixtures("large_text")
def test_a_question_and_all_its_answers_are_in_sight_with_large_text(room: TurnRoom) -> None:
    page = turn(room, "csi-4")
    room.window.showNormal()
    room.window.resize(1024, 700)
    QApplication.processEvents()
    assert hidden(page) == []
    assert page._scroll.verticalScrollBar().maximum() == 0
    room.window.resize(700, 420)
    QApplication.processEvents()
    assert page._views[0]._asked.text() not in hidden(page), "where it has to scroll, it does from its words on"


def test_all_on_one_page_has_the_answers_side_by_side_where_there_is_room(room: TurnRoom) -> None:
    page = turn(room, "phq-9")
    room.window.showNormal()
    room.window.resize(1280, 800)
    press(page, "measure_way")
    QApplication.processEvents()
    assert len({each.y() for each in page._views[0].buttons.values()}) == 1
    room.window.resize(640, 800)
    QApplication.processEvents()
    assert len({each.y() for each in page._views[0].buttons.values()}) == 4
    press(page, "measure_way")


def test_a_press_far_down_the_page_keeps_what_comes_next_in_sight(room: TurnRoom) -> None:
    page = turn(room, "pcl-5")
    press(page, "measure_way")
    for item in range(1, 15):
        button = page.findChild(QAbstractButton, f"answer_{item}_2")
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    port = page._scroll.viewport()
    asked = page._views[14]._asked
    assert port.rect().contains(asked.mapTo(port, QPoint(0, 0)))
    press(page, "measure_way")


def test_no_answer_is_proposed_and_enter_alone_answers_nothing(room: TurnRoom) -> None:
    page = turn(room, "gad-7")
    view = page._views[0]
    assert view.hasFocus()
    assert not any(each.hasFocus() or each.isChecked() for each in view.buttons.values())
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert words_in(page, "measure_place") == "1 of 7"
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view.buttons[0], Qt.Key.Key_Down)
    assert view.buttons[1].hasFocus()
    QTest.keyClick(view.buttons[1], Qt.Key.Key_Return)
    assert words_in(page, "measure_place") == "2 of 7"
    (begun,) = room.desk.measures.unfinished(room.client.id)
    assert begun.answers == {"1": 1.0}
