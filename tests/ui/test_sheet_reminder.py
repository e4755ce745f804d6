"""While nobody has shown that the recovery sheet is at hand, the window says so, and leads to a new one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.fakes import PASSPHRASE, TABS, FakePractices
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.sheet_reminder import SheetReminder

SAID = "The recovery sheet was never confirmed."


@pytest.fixture
def practices() -> FakePractices:
    return FakePractices()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, practices: FakePractices) -> Iterator[MainWindow]:
    made = MainWindow(tmp_path, practices, Preferences(), tabs=TABS)
    with qtbot.waitSignal(made.painted):
        made.show()
    qtbot.waitUntil(made.doors.unlock_page.isVisible)
    yield made
    made.close()


def unlock(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.opened):
        window.doors.unlock_page.unlock_asked.emit(PASSPHRASE)


def bar_of(window: MainWindow) -> str:
    assert window.workspace is not None
    return window.workspace.bar.title()


def test_it_is_said_and_leads_to_the_settings(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    unlock(qtbot, window)
    qtbot.waitUntil(lambda: bar_of(window) == SAID)
    assert window.workspace is not None
    assert window.workspace.bar.property("tone") == "caution"
    shown: list[str] = []
    monkeypatch.setattr(window.workspace, "show_settings", shown.append)
    button = window.findChild(QPushButton, "new_recovery_sheet")
    assert button is not None
    button.click()
    assert shown == ["opening"]


def test_it_is_not_said_of_a_practice_whose_sheet_is_at_hand_nor_over_something_else(
    qtbot: QtBot, window: MainWindow, practices: FakePractices
) -> None:
    unlock(qtbot, window)
    qtbot.waitUntil(lambda: bar_of(window) == SAID)
    assert window.workspace is not None
    desk = practices.desks[-1]
    window.workspace.bar.clear()
    window.workspace.say("Something else")
    SheetReminder(desk, window)  # type: ignore[arg-type]
    assert bar_of(window) == "Something else"
    window.workspace.bar.clear()
    desk.settings.change(has_recovery_sheet=True)
    SheetReminder(desk, window)  # type: ignore[arg-type]
    assert bar_of(window) == ""
    desk.settings.change(has_recovery_sheet=False)
    desk.is_demo = True
    SheetReminder(desk, window)  # type: ignore[arg-type]
    assert bar_of(window) == ""
