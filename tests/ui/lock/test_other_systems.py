"""What Windows and macOS tell of, with messages and notifications made here; the hooks around it are thin."""

import ctypes
from collections.abc import Iterator
from ctypes import wintypes

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow
from pytestqt.qtbot import QtBot

from ui.lock import macos, windows
from ui.lock.cause import Cause
from ui.lock.macos import MacListening
from ui.lock.system import SystemEvents, Tell
from ui.lock.windows import WindowsListening, cause_of


@pytest.mark.parametrize(
    ("message", "wparam", "cause"),
    [
        (0x0218, 4, Cause.SLEEP),  # WM_POWERBROADCAST, PBT_APMSUSPEND
        (0x0218, 7, None),  # resumed
        (0x02B1, 7, Cause.SCREEN),  # WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK
        (0x02B1, 8, None),  # unlocked
        (0x02B1, 2, Cause.SWITCH),  # WTS_CONSOLE_DISCONNECT
        (0x02B1, 4, Cause.SWITCH),  # WTS_REMOTE_DISCONNECT
        (0x02B1, 6, Cause.END),  # WTS_SESSION_LOGOFF
        (0x0011, 0, Cause.END),  # WM_QUERYENDSESSION
        (0x0200, 4, None),  # the mouse
    ],
)
def test_each_message_of_windows(message: int, wparam: int, cause: Cause | None):
    assert cause_of(message, wparam) is cause


def test_a_message_is_read_where_windows_puts_it_and_passes_on(qapp: QApplication):
    told: list[Cause] = []
    parent = QObject()
    listening = WindowsListening(parent, told.append)
    message = wintypes.MSG()
    message.message, message.wParam = windows.WM_WTSSESSION_CHANGE, windows.WTS_SESSION_LOCK
    assert listening.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message)) == (False, 0)
    listening.leave()
    assert told == [Cause.SCREEN]


def test_the_sessions_changes_are_told_to_the_window_that_stays(qtbot: QtBot):
    assert windows.lasting_window() == 0
    dialog_first = QDialog()
    window = QMainWindow()
    dialog_first.setParent(window, dialog_first.windowFlags())
    for each in (window, dialog_first):
        qtbot.addWidget(each)
    dialog_first.winId()
    window.show()
    dialog_first.show()
    assert windows.lasting_window() == int(window.winId())


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("NSWorkspaceWillSleepNotification", Cause.SLEEP),
        ("NSWorkspaceScreensDidSleepNotification", Cause.SCREEN),
        ("NSWorkspaceSessionDidResignActiveNotification", Cause.SWITCH),
        ("NSWorkspaceWillPowerOffNotification", Cause.END),
        ("com.apple.screenIsLocked", Cause.SCREEN),
        ("com.apple.screensaver.didstart", Cause.SCREEN),
        ("com.apple.screenIsUnlocked", None),
        ("NSWorkspaceDidWakeNotification", None),
    ],
)
def test_each_notification_of_macos(name: str, cause: Cause | None):
    assert macos.cause_of(name) is cause


@pytest.fixture
def _heard_already(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(MacListening, "_listener", 1)  # as if the runtime had been asked
    yield
    macos._listening.clear()


@pytest.mark.usefixtures("_heard_already")
def test_a_notification_reaches_whoever_listens_and_no_one_who_left(qapp: QApplication):
    parent = QObject()
    events = SystemEvents(parent, MacListening)
    told: list[str] = []
    events.locked_by.connect(told.append)
    macos.hear("com.apple.screenIsLocked")
    macos.hear("com.apple.screenIsUnlocked")
    events.leave()
    macos.hear("com.apple.screenIsLocked")
    assert told == ["screen"]


def test_a_system_that_cannot_be_listened_to_is_told_of_and_stops_nothing(qtbot: QtBot):
    def fail(_parent: QObject, _tell: Tell) -> MacListening:
        raise OSError("no such library")

    parent = QObject()
    with qtbot.captureExceptions() as told:
        events = SystemEvents(parent, fail)
    assert [kind for kind, _error, _trace in told] == [OSError]
    events.leave()


def test_only_windows_keeps_a_window_out_of_pictures():
    if windows.sys.platform != "win32":
        assert not windows.keep_out_of_pictures(0, is_kept_out=True)
