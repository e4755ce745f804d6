"""Before something leaves, the passphrase once more, if it was last typed a while ago."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.fakes import PASSPHRASE
from tests.ui.lock.clock import HandClock
from tests.ui.lock.conftest import guard_of
from ui.lock.ask_again import AskAgain
from ui.main_window import MainWindow
from ui.settings.page import SettingsPage


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def panel(window: MainWindow, clock: HandClock) -> AskAgain:
    assert window.workspace is not None
    made = window.workspace.ask_again
    made.clock = clock
    made.note_known()
    return made


def ask(window: MainWindow, done: list[str]) -> None:
    assert window.workspace is not None
    window.workspace.when_sure(lambda: done.append("done"))


def test_soon_after_the_unlock_nobody_is_asked(window: MainWindow, panel: AskAgain, clock: HandClock, done: list[str]):
    clock.pass_by(minutes=14.9)
    ask(window, done)
    assert done == ["done"]
    assert panel.isHidden()


def test_later_the_passphrase_is_asked_and_then_for_a_while_no_more(
    qtbot: QtBot, window: MainWindow, panel: AskAgain, clock: HandClock, done: list[str]
):
    clock.pass_by(minutes=15)
    ask(window, done)
    assert done == []
    assert panel.isVisible()
    assert panel.field.line.hasFocus()
    qtbot.keyClicks(panel.field.line, "wrong horse")
    qtbot.keyClick(panel.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "does not open" in panel.error.text())
    assert done == []
    qtbot.keyClicks(panel.field.line, PASSPHRASE)  # over the wrong one, which is selected
    qtbot.keyClick(panel.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: done == ["done"])
    assert panel.isHidden()
    assert panel.field.text() == ""
    ask(window, done)
    assert done == ["done", "done"]


def test_wrong_ones_have_to_wait_as_at_the_door(
    qtbot: QtBot, window: MainWindow, panel: AskAgain, clock: HandClock, done: list[str]
):
    clock.pass_by(minutes=15)
    ask(window, done)
    for _try in range(3):
        qtbot.keyClicks(panel.field.line, "wrong horse")
        qtbot.keyClick(panel.field.line, Qt.Key.Key_Return)
        qtbot.waitUntil(panel.field.isEnabled)
    assert "Try again in 2 seconds" in panel.error.text(), "said with the one that begins the wait"
    qtbot.keyClicks(panel.field.line, PASSPHRASE)
    qtbot.keyClick(panel.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.field.isEnabled)
    assert "second" in panel.error.text()
    assert done == []


@pytest.mark.parametrize("way", ["escape", "button", "tab", "settings"])
def test_who_gives_up_or_goes_elsewhere_does_nothing(
    qtbot: QtBot, window: MainWindow, panel: AskAgain, clock: HandClock, done: list[str], way: str
):
    assert window.workspace is not None
    clock.pass_by(minutes=15)
    ask(window, done)
    qtbot.keyClicks(panel.field.line, PASSPHRASE[:5])
    if way == "escape":
        qtbot.keyClick(panel.field.line, Qt.Key.Key_Escape)
    elif way == "button":
        cancel = panel.findChild(QPushButton, "ask_again_cancel")
        assert cancel is not None
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    elif way == "settings":
        window.workspace.show_settings()
    else:
        window.workspace.show_tab("circle")
    assert panel.isHidden()
    assert panel.field.text() == ""
    assert done == []


@pytest.mark.parametrize("way", ["escape", "tab", "section"])
def test_what_was_asked_for_in_the_settings_is_dropped_with_them(
    qtbot: QtBot, window: MainWindow, panel: AskAgain, clock: HandClock, done: list[str], way: str
):
    assert window.workspace is not None
    window.workspace.show_settings("locking")
    clock.pass_by(minutes=15)
    ask(window, done)
    if way == "escape":
        page = window.workspace.findChild(SettingsPage)
        assert page is not None
        qtbot.keyClick(page, Qt.Key.Key_Escape)
    elif way == "tab":
        window.workspace.show_tab("clients")
    else:
        sections = window.findChild(QListWidget, "settings_list")
        assert sections is not None
        qtbot.keyClick(sections, Qt.Key.Key_Down)
    assert panel.isHidden(), "it does not say what for, and that is out of sight"
    assert done == []


def test_the_minutes_are_the_practices_own(window: MainWindow, panel: AskAgain, clock: HandClock, done: list[str]):
    assert window.workspace is not None
    window.workspace.desk.settings.change(ask_again_after=1)
    clock.pass_by(minutes=1)
    ask(window, done)
    assert done == []


def test_the_demo_asks_nobody(window: MainWindow, panel: AskAgain, clock: HandClock, done: list[str]):
    assert window.workspace is not None
    window.workspace.desk.is_demo = True
    clock.pass_by(minutes=600)
    ask(window, done)
    assert done == ["done"]


def test_a_lock_drops_the_wish(qtbot: QtBot, window: MainWindow, panel: AskAgain, clock: HandClock, done: list[str]):
    clock.pass_by(minutes=15)
    ask(window, done)
    qtbot.keyClicks(panel.field.line, PASSPHRASE)
    qtbot.keyClick(panel.field.line, Qt.Key.Key_Return)
    assert window.lock()
    qtbot.wait(1)
    assert done == []


def test_covered_while_the_passphrase_is_looked_at_nothing_opens_over_the_cover(
    qtbot: QtBot, window: MainWindow, panel: AskAgain, clock: HandClock, done: list[str]
):
    clock.pass_by(minutes=15)
    ask(window, done)
    qtbot.keyClicks(panel.field.line, PASSPHRASE)
    qtbot.keyClick(panel.field.line, Qt.Key.Key_Return)
    window.cover()
    qtbot.waitUntil(panel.isHidden)
    assert done == []
    window.uncover()
    ask(window, done)
    assert done == ["done"], "it was typed, and is asked for no more"


def test_typed_at_the_cover_it_is_asked_for_no_more_and_nothing_happens_unasked(
    qtbot: QtBot, window: MainWindow, panel: AskAgain, clock: HandClock, done: list[str]
):
    clock.pass_by(minutes=15)
    ask(window, done)
    guard_of(window).cover()
    way_back = window.cover_page.way_back
    assert way_back is not None
    qtbot.keyClicks(way_back.field.line, PASSPHRASE)
    qtbot.keyClick(way_back.field.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.is_covered)
    assert panel.isHidden()
    assert done == [], "it was typed to come back"
    focused = window.focusWidget()
    assert focused is not None
    assert focused.isVisible(), "the keyboard is somewhere"
    ask(window, done)
    assert done == ["done"]


def test_one_minute_is_one_minute(window: MainWindow, panel: AskAgain, clock: HandClock, done: list[str]):
    window.workspace.desk.settings.change(ask_again_after=1)
    clock.pass_by(minutes=1)
    ask(window, done)
    words = panel.findChild(QLabel, "ask_again_words")
    assert words.text().startswith("It was last asked for more than 1 minute ago")
