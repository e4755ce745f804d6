"""The real window on a real practice, watched over by a guard whose clocks the test moves."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ipt_desktop.services import keys
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_practice, unlock
from tests.services.quick_stretching import QuickStretching
from tests.ui.fakes import PASSPHRASE, TABS, FakePractices, NotePage
from tests.ui.lock.clock import HandClock
from ui.lock import guard as guards
from ui.lock.guard import Clocks, Guard
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.tabs import Tab

Opening = Callable[..., MainWindow]


class RealFiles(FakePractices):
    """Opens a real practice, with its real passphrase."""

    def unlock(self, folder: Path, passphrase: str) -> Any:
        return Desk(unlock(folder, passphrase))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def wall() -> HandClock:
    return HandClock(5_000_000)


@pytest.fixture(autouse=True)
def _clocks(clock: HandClock, wall: HandClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "Clocks", lambda: Clocks(clock, wall))


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opening]:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)
    monkeypatch.setattr("ui.main_window.AT_LEISURE_MS", 3_600_000)  # the test says when
    windows: list[MainWindow] = []

    def show(tabs: tuple[Tab, ...] | None = TABS) -> MainWindow:
        folder = tmp_path / "practice"
        if not folder.exists():
            create_practice(folder, PASSPHRASE, "Willow Lane Practice").close()
        window = MainWindow(folder, RealFiles(), Preferences(), tabs=tabs)
        windows.append(window)
        window.resize(1280, 800)
        with qtbot.waitSignal(window.painted):
            window.show()
        open_up(qtbot, window)
        return window

    yield show
    for window in windows:
        if window.workspace is not None:
            for page in window.workspace.findChildren(NotePage):
                page.disk_is_full = False
        window.close()
        qtbot.waitUntil(lambda window=window: window.workspace is None)  # a backup is made first
        window.deleteLater()
    QApplication.processEvents()


def open_up(qtbot: QtBot, window: MainWindow) -> None:
    """Unlock the practice at its door."""
    qtbot.waitUntil(window.doors.unlock_page.isVisible)
    with qtbot.waitSignal(window.opened):
        window.doors.unlock_page.unlock_asked.emit(PASSPHRASE)
    window._on_leisure()


@pytest.fixture
def window(open_window: Opening) -> MainWindow:
    return open_window()


def guard_of(window: MainWindow) -> Guard:
    """Return who watches over the open practice."""
    return next(each for each in window._companions if isinstance(each, Guard))


def note_of(window: MainWindow) -> NotePage:
    """Return the page that is shown."""
    assert window.workspace is not None
    page = window.workspace.page("clients")
    assert isinstance(page, NotePage)
    return page
