"""Windows tells its windows of sleep, locked screens and other users by messages; and it can keep a window out of pictures."""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, QTimer
from PySide6.QtGui import QGuiApplication

from ui.lock.cause import Cause
from ui.lock.system import Tell

# winuser.h, wtsapi32.h
WM_QUERYENDSESSION = 0x0011
WM_POWERBROADCAST, PBT_APMSUSPEND = 0x0218, 0x0004
WM_WTSSESSION_CHANGE = 0x02B1
WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK = 0x2, 0x4, 0x6, 0x7
NOTIFY_FOR_THIS_SESSION = 0
WDA_NONE, WDA_EXCLUDEFROMCAPTURE = 0x00, 0x11

CAUSES = {
    (WM_POWERBROADCAST, PBT_APMSUSPEND): Cause.SLEEP,
    (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK): Cause.SCREEN,
    (WM_WTSSESSION_CHANGE, WTS_CONSOLE_DISCONNECT): Cause.SWITCH,
    (WM_WTSSESSION_CHANGE, WTS_REMOTE_DISCONNECT): Cause.SWITCH,
    (WM_WTSSESSION_CHANGE, WTS_SESSION_LOGOFF): Cause.END,
}


def cause_of(message: int, wparam: int) -> Cause | None:
    """Return what a window's message tells of, or None; of the end of the session it tells whatever `wparam` is."""
    return Cause.END if message == WM_QUERYENDSESSION else CAUSES.get((message, wparam))


def lasting_window() -> int:
    """Return the program's own window, 0 for none: a dialog or a list above it goes, and would take the messages along."""
    windows = QGuiApplication.topLevelWindows()
    return next((int(each.winId()) for each in windows if each.isVisible() and each.transientParent() is None), 0)


class WindowsListening(QAbstractNativeEventFilter):
    """Looks at every message of the program's windows and lets all of them pass."""

    def __init__(self, _parent: QObject, tell: Tell) -> None:
        super().__init__()
        self._tell = tell
        self._told_window = 0
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self)
        self._ask_for_session_changes()

    def nativeEventFilter(self, _kind: QByteArray | bytes | bytearray | memoryview, message: Any) -> object:  # noqa: N802 - Qt's name
        """Read a message (a pointer to MSG)."""
        told = wintypes.MSG.from_address(int(message))
        cause = cause_of(told.message, told.wParam)
        if cause is not None:
            self._tell(cause)
        return False, 0

    def _ask_for_session_changes(self) -> None:
        """Have one window told of the session's changes; the others' messages come without asking."""
        if sys.platform == "win32" and (window_id := lasting_window()):
            self._told_window = window_id
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(wintypes.HWND(self._told_window), NOTIFY_FOR_THIS_SESSION)

    def let_go(self) -> None:
        """Do nothing: the message waits until it has been looked at, and the lock is done in there."""

    def leave(self) -> None:
        """Hear nothing any more. It may be a message that led here: Qt comes back to this very filter once more."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self)
            QTimer.singleShot(0, app, self.let_go)
        if sys.platform == "win32" and self._told_window:
            ctypes.windll.wtsapi32.WTSUnRegisterSessionNotification(wintypes.HWND(self._told_window))
            self._told_window = 0


def keep_out_of_pictures(window_id: int, *, is_kept_out: bool) -> bool:
    """Leave a window out of screenshots and shared screens, or let it in again; False where the system can't: Windows can."""
    if sys.platform == "win32":
        affinity = WDA_EXCLUDEFROMCAPTURE if is_kept_out else WDA_NONE
        is_done = bool(ctypes.windll.user32.SetWindowDisplayAffinity(wintypes.HWND(window_id), affinity))
    else:
        is_done = False
    return is_done
