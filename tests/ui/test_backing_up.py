"""Backups by themselves, in the real window on a real practice: on closing, in use, and what is said where one fails."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.errors import BackupFailed, Cancelled
from ipt_desktop.domain.records import Client
from ipt_desktop.services import backups as backups_module
from ipt_desktop.services import keys
from ipt_desktop.services.backup_record import BackupRecord
from ipt_desktop.services.backups import backups_in, is_whole
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.header import read_header, write_header
from ipt_desktop.services.place import Danger
from ipt_desktop.services.vault import create_with_key, open_with_key
from tests.ui.practice_room import KEY
from ui.backing_up import BackingUp
from ui.main_window import MainWindow
from ui.opening import RealPractices
from ui.preferences import Preferences


class KeyPractices(RealPractices):
    """Opens the practice with a plain key, which is quick."""

    def unlock(self, folder: Path, passphrase: str) -> Desk:
        return Desk(open_with_key(folder, KEY))


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    folder = tmp_path / "practice"
    vault = create_with_key(folder, KEY, "Willow Lane Practice")
    desk = Desk(vault)
    desk.clients.add_client(Client(name="Marta Lindqvist"))
    desk.backups.own_folder.mkdir()
    desk.backups.make(desk.backups.own_folder)
    desk.close()
    return folder


@pytest.fixture
def windows(qtbot: QtBot) -> Iterator[list[MainWindow]]:
    """Close at the end what a test has opened."""
    opened: list[MainWindow] = []
    yield opened
    for window in opened:
        if window.isVisible():
            window.close()
            qtbot.waitUntil(lambda window=window: window.workspace is None, timeout=30_000)
        window.deleteLater()


def unlocked(qtbot: QtBot, practice: Path, windows: list[MainWindow]) -> MainWindow:
    """Show a window and unlock the practice in it."""
    window = MainWindow(practice, KeyPractices(), Preferences())
    windows.append(window)
    with qtbot.waitSignal(window.painted):
        window.show()
    qtbot.waitUntil(window.doors.unlock_page.isVisible)
    with qtbot.waitSignal(window.opened, timeout=30_000):
        window.doors.unlock_page.unlock_asked.emit("any")
    return window


@pytest.fixture
def start(qtbot: QtBot, practice: Path, windows: list[MainWindow]) -> Callable[[], MainWindow]:
    def show() -> MainWindow:
        window = unlocked(qtbot, practice, windows)
        qtbot.waitUntil(lambda: companion(window) is not None, timeout=30_000)
        return window

    return show


@pytest.fixture
def window(start: Callable[[], MainWindow]) -> MainWindow:
    return start()


def companion(window: MainWindow) -> BackingUp | None:
    return window.findChild(BackingUp)


def desk_of(window: MainWindow) -> Desk:
    assert window.workspace is not None
    return window.workspace.desk


def change(window: MainWindow) -> None:
    """Change a note of the client."""
    desk = desk_of(window)
    (client,) = desk.clients.clients()
    desk.clients.change_client(Client(id=client.id, name=client.name + "x"))


def made(practice: Path) -> list[Path]:
    return [each.path for each in backups_in(practice / "backups")]


def button(window: QWidget, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert found is not None
    return found


def press(qtbot: QtBot, window: QWidget, name: str) -> None:
    qtbot.mouseClick(button(window, name), Qt.MouseButton.LeftButton)


def closed(window: MainWindow) -> Callable[[], bool]:
    return lambda: not window.isVisible() and window.workspace is None


def closing_words(window: MainWindow) -> str:
    return " ".join(each.text() for each in window.findChildren(QWidget, None) if hasattr(each, "text") and each.isVisible())


# On closing


def test_a_change_is_backed_up_before_the_window_closes(qtbot: QtBot, window: MainWindow, practice: Path):
    before = made(practice)
    change(window)
    assert not window.close()
    assert "Making today's backup…" in closing_words(window)
    assert "Marta" not in closing_words(window)
    assert not window.menuBar().isVisible()
    qtbot.waitUntil(closed(window), timeout=30_000)
    (new,) = set(made(practice)) - set(before)
    assert is_whole(new)
    assert not BackupRecord(practice).state.has_changed


def test_a_window_closed_right_after_unlocking_backs_up_too(
    qtbot: QtBot, practice: Path, monkeypatch: pytest.MonkeyPatch, windows: list[MainWindow]
):
    monkeypatch.setattr("ui.main_window.AT_LEISURE_MS", 3_600_000)  # whoever backs up is not there yet
    before = made(practice)
    window = unlocked(qtbot, practice, windows)
    assert companion(window) is None
    change(window)
    assert not window.close()
    qtbot.waitUntil(closed(window), timeout=30_000)
    (new,) = set(made(practice)) - set(before)
    assert is_whole(new)


def test_with_nothing_changed_it_closes_at_once(window: MainWindow, practice: Path):
    before = made(practice)
    assert window.close()
    assert made(practice) == before


def test_nothing_changed_after_a_backup_in_use(qtbot: QtBot, window: MainWindow, practice: Path):
    change(window)
    desk_of(window).backups.make(practice / "backups")
    assert window.close()


class Stuck:
    """A backup that is not done until it is stopped."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.has_begun = self.is_stopped = False
        monkeypatch.setattr(backups_module.Backups, "_make", self._make)

    def _make(self, folder: Path, tell: Callable[[float], None]) -> None:
        self.has_begun = True
        try:
            while True:
                tell(0.4)
        except Cancelled:
            self.is_stopped = True
            raise


@pytest.mark.parametrize("way", ["the button", "closing again"])
def test_it_can_be_closed_without(qtbot: QtBot, window: MainWindow, practice: Path, monkeypatch: pytest.MonkeyPatch, way: str):
    stuck, before = Stuck(monkeypatch), made(practice)
    change(window)
    assert not window.close()
    qtbot.waitUntil(lambda: stuck.has_begun, timeout=30_000)
    if way == "the button":
        press(qtbot, window, "closing_leave")
    else:
        assert not window.close()
    qtbot.waitUntil(closed(window), timeout=30_000)
    assert stuck.is_stopped
    assert made(practice) == before
    assert BackupRecord(practice).state.has_changed, "the next closing makes up for it"
    assert not list((practice / "backups").glob("*.part"))


def test_left_on_purpose_it_closes_also_where_the_backup_fails_just_then(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ui.backing_up.LONGEST_STOP_MS", 3_600_000)
    stuck = Stuck(monkeypatch)

    def unplugged(_backups: object, folder: Path, tell: Callable[[float], None]) -> None:
        with suppress(Cancelled):
            stuck._make(folder, tell)
        raise BackupFailed(path=folder, reason="it was pulled out")

    monkeypatch.setattr(backups_module.Backups, "_make", unplugged)
    change(window)
    assert not window.close()
    qtbot.waitUntil(lambda: stuck.has_begun, timeout=30_000)
    press(qtbot, window, "closing_leave")
    qtbot.waitUntil(closed(window), timeout=30_000)


def test_a_disk_that_does_not_answer_does_not_hold_the_window(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    import threading

    answer = threading.Event()
    monkeypatch.setattr(backups_module.Backups, "_make", lambda *_: answer.wait(60))
    monkeypatch.setattr("ui.backing_up.LONGEST_STOP_MS", 20)
    monkeypatch.setattr(backups_module, "LONGEST_WAIT", 0.02)
    change(window)
    assert not window.close()
    press(qtbot, window, "closing_leave")
    qtbot.waitUntil(closed(window), timeout=30_000)
    answer.set()


def test_a_failure_is_told_and_tried_again(qtbot: QtBot, window: MainWindow, practice: Path, tmp_path: Path):
    folder = tmp_path / "disk"
    desk_of(window).settings.change(backup_folders=(str(folder),))
    assert not window.close()
    qtbot.waitUntil(lambda: button(window, "closing_again").isVisible(), timeout=30_000)
    assert str(folder) in closing_words(window)
    assert "Everything is saved" in closing_words(window)
    folder.mkdir()
    press(qtbot, window, "closing_again")
    qtbot.waitUntil(closed(window), timeout=30_000)
    assert len(backups_in(folder)) == 1


def test_it_closes_anyway(qtbot: QtBot, window: MainWindow, tmp_path: Path, practice: Path):
    desk_of(window).settings.change(backup_folders=(str(tmp_path / "disk"),))
    assert not window.close()
    qtbot.waitUntil(lambda: button(window, "closing_again").isVisible(), timeout=30_000)
    press(qtbot, window, "closing_leave")
    qtbot.waitUntil(closed(window), timeout=30_000)
    assert BackupRecord(practice).state.has_changed


def test_a_disk_known_to_be_away_does_not_hold_the_window_while_another_has_it(
    qtbot: QtBot, start: Callable[[], MainWindow], practice: Path, tmp_path: Path
):
    first = start()
    desk_of(first).settings.change(backup_folders=(str(practice / "backups"), str(tmp_path / "disk")))
    assert not first.close()
    qtbot.waitUntil(lambda: button(first, "closing_again").isVisible(), timeout=30_000)
    press(qtbot, first, "closing_leave")
    qtbot.waitUntil(closed(first), timeout=30_000)
    second = start()
    assert button(second, "strip_backups").isVisible(), "it is told all the while"
    change(second)
    assert not second.close()
    qtbot.waitUntil(closed(second), timeout=30_000)


def test_a_lock_while_it_closes_closes_all_the_same(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, practice: Path
):
    stuck = Stuck(monkeypatch)
    change(window)
    assert not window.close()
    qtbot.waitUntil(lambda: stuck.has_begun, timeout=30_000)
    assert window.lock()
    qtbot.waitUntil(closed(window), timeout=30_000)
    assert stuck.is_stopped
    assert not (practice / "temporary").exists()


# In use


def test_one_is_made_after_so_many_hours_of_use_if_something_changed(qtbot: QtBot, window: MainWindow, practice: Path):
    keeper = companion(window)
    assert keeper is not None
    record, before = desk_of(window).backups.record, made(practice)
    desk_of(window).settings.change(backup_every_hours=1)
    record.note_use(58)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    keeper.note_minute()
    assert record.state.used_minutes == 59
    assert made(practice) == before
    with qtbot.waitSignal(keeper._record_changed, timeout=30_000):
        keeper.note_minute()
    assert len(made(practice)) == len(before) + 1
    assert record.state.used_minutes == 0


def test_closed_while_one_is_made_the_last_words_are_in_the_next(qtbot: QtBot, window: MainWindow, practice: Path):
    keeper, before = companion(window), made(practice)
    assert keeper is not None
    change(window)
    desk_of(window).backups.record.note_use(100 * 60)
    keeper.note_minute()  # begins one
    change(window)
    assert not window.close()
    qtbot.waitUntil(closed(window), timeout=30_000)
    new = [each.manifest for each in backups_in(practice / "backups") if each.path not in before]
    assert new
    assert not BackupRecord(practice).state.has_changed


def test_nothing_changed_needs_none(qtbot: QtBot, window: MainWindow, practice: Path):
    keeper = companion(window)
    assert keeper is not None
    desk_of(window).backups.record.note_use(100 * 60)
    before = made(practice)
    keeper.note_minute()
    assert window.close()
    assert made(practice) == before


def test_another_header_is_in_a_backup_within_a_minute(qtbot: QtBot, window: MainWindow, practice: Path):
    keeper, before = companion(window), made(practice)
    assert keeper is not None
    header = read_header(practice)
    slot = keys.wrap(bytes(32), "six other words entirely", header.place_of(keys.MAIN))
    write_header(practice, header.with_slots(keys.MAIN, slot))
    keeper.note_minute()
    qtbot.waitUntil(lambda: len(made(practice)) == len(before) + 1, timeout=30_000)


def test_the_use_is_counted_over_a_lock(window: MainWindow, practice: Path):
    desk_of(window).backups.record.note_use(30)
    window.lock()
    assert BackupRecord(practice).state.used_minutes == 30


# Told in the strip


def test_a_failure_stands_in_the_strip_until_one_works(qtbot: QtBot, window: MainWindow, practice: Path, tmp_path: Path):
    keeper, folder = companion(window), tmp_path / "disk"
    assert keeper is not None
    assert window.findChild(QPushButton, "strip_backups") is None
    desk_of(window).settings.change(backup_folders=(str(folder),))
    desk_of(window).backups.back_up([folder])
    mark = button(window, "strip_backups")
    assert mark.isVisible()
    assert "No backup since" in mark.text()
    assert str(folder) in mark.toolTip()
    assert str(folder) in mark.accessibleName()
    folder.mkdir()  # plugged in again
    keeper.note_minute()
    qtbot.waitUntil(lambda: not mark.isVisible(), timeout=30_000)
    assert len(backups_in(folder)) == 1


def test_a_share_that_broke_off_does_not_end_the_looking_for_others(
    qtbot: QtBot, window: MainWindow, practice: Path, tmp_path: Path
):
    keeper, folder = companion(window), tmp_path / "disk"
    assert keeper is not None
    broken_off = tmp_path / ("share" * 60)  # to look at it is an error
    desk_of(window).settings.change(backup_folders=(str(broken_off), str(folder)))
    desk_of(window).backups.back_up([broken_off, folder])
    folder.mkdir()  # plugged in again
    keeper.note_minute()
    qtbot.waitUntil(lambda: len(backups_in(folder)) == 1, timeout=30_000)


def test_it_is_told_again_at_the_next_opening(qtbot: QtBot, start: Callable[[], MainWindow], practice: Path, tmp_path: Path):
    desk = Desk(open_with_key(practice, KEY))
    desk.settings.change(backup_folders=(str(tmp_path / "disk"),))
    desk.backups.back_up(desk.backups.folders())
    desk.close()
    window = start()
    assert button(window, "strip_backups").isVisible()
    desk_of(window).settings.change(backup_folders=())
    desk_of(window).backups.record.note_use(0)


def test_a_place_that_may_harm_the_practice_is_told_once(
    qtbot: QtBot, practice: Path, start: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ipt_desktop.services.place.dangers", lambda _: {Danger.SYNCED: "Dropbox"})
    window = start()
    assert window.workspace is not None
    bar = window.workspace.bar
    if "Dropbox" not in bar.text():
        bar.clear()  # what else there was to say comes first
    qtbot.waitUntil(lambda: "Dropbox" in bar.text())
    assert bar.property("tone") == "caution"
    bar.clear()
    window.lock()
    with qtbot.waitSignal(window.opened, timeout=30_000):
        window.doors.unlock_page.unlock_asked.emit("any")
    qtbot.waitUntil(lambda: companion(window) is not None, timeout=30_000)
    assert "Dropbox" not in window.workspace.bar.text()


def test_the_demo_practice_makes_none(qtbot: QtBot, tmp_path: Path):
    window = MainWindow(tmp_path / "demo", RealPractices(), Preferences(), is_demo=True)
    with qtbot.waitSignal(window.opened, timeout=20_000):
        window.show()
    qtbot.waitUntil(lambda: companion(window) is not None, timeout=30_000)
    keeper = companion(window)
    assert keeper is not None
    desk = desk_of(window)
    desk.clients.change_client(desk.clients.clients()[0])
    assert window.close()
    assert not list(tmp_path.rglob("*.iptbackup"))
    assert not list(tmp_path.rglob("backups.json"))
    window.deleteLater()


@pytest.mark.skipif(sys.platform == "win32", reason="the folder of an open file can't be moved there")
def test_nothing_is_called_saved_where_the_practice_is_gone(qtbot: QtBot, window: MainWindow, practice: Path):
    change(window)
    practice.rename(practice.with_name("elsewhere"))
    assert not window.close()
    qtbot.waitUntil(lambda: button(window, "closing_again").isVisible(), timeout=30_000)
    assert "Everything is saved" not in closing_words(window)
    assert "no longer where it was opened" in closing_words(window)
    practice.with_name("elsewhere").rename(practice)
    before = made(practice)
    press(qtbot, window, "closing_again")
    qtbot.waitUntil(closed(window), timeout=30_000)
    assert len(made(practice)) == len(before) + 1
