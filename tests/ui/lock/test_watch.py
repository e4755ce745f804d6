"""What keeps watch: hands at rest, clocks that jump, a session that is being held."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.lock.clock import HandClock
from ui.lock.cause import Cause, why
from ui.lock.clock_gap import ClockGap
from ui.lock.rest import Rest
from ui.lock.running_session import RunningSession


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def text(qtbot: QtBot) -> QPlainTextEdit:
    made = QPlainTextEdit()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_keys_moves_and_the_wheel_end_it(qtbot: QtBot, text: QPlainTextEdit, clock: HandClock):
    window = text.windowHandle()
    QTest.mouseMove(window, QPoint(1, 1))  # wherever the test before has left it
    rest = Rest(text, clock)
    hands = (
        lambda: QTest.keyClick(window, Qt.Key.Key_A),
        lambda: QTest.mouseMove(window, QPoint(30, 40)),
        lambda: QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(31, 41)),
        lambda: QTest.wheelEvent(window, QPoint(30, 40), QPoint(0, -120)),
    )
    for use in hands:
        clock.pass_by(minutes=3)
        assert rest.seconds == 180
        use()
        assert rest.seconds == 0


def test_a_move_that_moves_nothing_is_no_hand(text: QPlainTextEdit, clock: HandClock):
    QTest.mouseMove(text.windowHandle(), QPoint(1, 1))
    rest = Rest(text, clock)
    QTest.mouseMove(text.windowHandle(), QPoint(30, 40))
    clock.pass_by(minutes=1)
    QTest.mouseMove(text.windowHandle(), QPoint(30, 40))
    assert rest.seconds == 60


def test_what_an_input_method_writes_ends_it(text: QPlainTextEdit, clock: HandClock):
    rest = Rest(text, clock)
    clock.pass_by(minutes=1)
    text.insertPlainText("日本")  # as a composed character comes: past the window, straight into the text
    assert rest.seconds == 0


def test_a_dialog_opened_later_is_listened_to_as_well(qtbot: QtBot, text: QPlainTextEdit, clock: HandClock):
    rest = Rest(text, clock)
    dialog = QDialog(text)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    clock.pass_by(minutes=1)
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Tab)
    assert rest.seconds == 0
    dialog.reject()


def test_while_it_is_held_no_hand_counts(text: QPlainTextEdit, clock: HandClock):
    rest = Rest(text, clock)
    rest.is_held = True
    clock.pass_by(minutes=1)
    QTest.keyClick(text.windowHandle(), Qt.Key.Key_A)
    assert rest.seconds == 60


@pytest.mark.parametrize(
    ("steady", "wall", "cause"),
    [
        (2, 2, None),
        (60, 60, None),
        (2, 3600, Cause.SLEEP),  # Linux, macOS: the steady clock slept along
        (3600, 3600, Cause.SLEEP),  # Windows
        (2, -3600, Cause.CLOCK),
        (2, -30, None),
    ],
)
def test_a_gap_of_more_than_a_minute_tells_of_sleep(steady: float, wall: float, cause: Cause | None):
    steadily, on_the_wall = HandClock(), HandClock(5_000_000)
    gap = ClockGap(steadily, on_the_wall)
    steadily.pass_by(seconds=steady)
    on_the_wall.pass_by(seconds=wall)
    assert gap.look() is cause
    assert gap.look() is None, "a gap is told of once"


def test_a_session_runs_ten_minutes_longer_than_agreed(clock: HandClock):
    session = RunningSession(clock)
    assert not session.is_running
    session.begin(50)
    clock.pass_by(minutes=59)
    assert session.is_running
    clock.pass_by(minutes=1)
    assert not session.is_running


def test_a_session_taken_up_after_a_crash_runs_as_long_as_is_left_of_it(clock: HandClock):
    session = RunningSession(clock)
    session.begin(50, seconds_ago=55 * 60)
    clock.pass_by(minutes=4)
    assert session.is_running
    session.end()
    assert not session.is_running


@pytest.mark.parametrize("cause", Cause)
def test_each_cause_is_a_sentence(cause: Cause):
    assert why(cause, 5).startswith("Locked ")
    assert why(cause, 5).endswith(".")


def test_minutes_are_counted_in_words():
    assert why(Cause.REST, 5) == "Locked after 5 minutes at rest."
    assert why(Cause.REST, 1) == "Locked after 1 minute at rest."
