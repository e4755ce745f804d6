"""A second start on the same folder brings the first window forward and ends.

It is a courtesy: what keeps two programs off one practice is its lock, which the system frees whatever happens.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QDir, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket
    from PySide6.QtWidgets import QWidget

RAISE, RAISED = b"raise", b"raised\n"
SECONDS = 2.0  # a first window that is too busy to answer by then is left alone
LONGEST = 4096
TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - what Wayland asks of a window that wants to come forward


def raise_first(folder: Path) -> bool:
    """Ask the window that is open on the folder to come forward; False where there is none. Takes no time, then."""
    return _tell(address(folder), RAISE + b" " + os.environ.get(TOKEN, "").encode() + b"\n")


def address(folder: Path) -> str:
    """Return where the first window on a folder listens: a socket of this user's alone, or a pipe on Windows."""
    user, place = _whereabouts()
    named = os.fsencode(os.path.realpath(folder)) + user.encode()
    mark = bytes(QCryptographicHash.hash(named, QCryptographicHash.Algorithm.Sha256).toHex().data())[:16].decode("ascii")
    return f"{place}ipt-desktop-{mark}"


if sys.platform == "win32":

    def _whereabouts() -> tuple[str, str]:
        """Return who the user is, and what the address of a pipe begins with."""
        return os.environ.get("USERNAME", ""), "\\\\.\\pipe\\"

    def _tell(place: str, words: bytes, *, is_answered: bool = True) -> bool:
        """Give someone who listens there these words; False where nobody does."""
        import ctypes

        try:
            with open(place, "r+b", buffering=0) as pipe:  # noqa: PTH123 - a pipe is no path
                ctypes.windll.user32.AllowSetForegroundWindow(-1)  # Windows lets only the program in front do that
                pipe.write(words)
        except OSError:
            return False
        return True
else:

    def _whereabouts() -> tuple[str, str]:
        """Return who the user is, and the folder of their sockets."""
        return str(os.getuid()), f"{os.environ.get('XDG_RUNTIME_DIR') or QDir.tempPath()}/"

    def _tell(place: str, words: bytes, *, is_answered: bool = True) -> bool:
        """Give someone who listens there these words and hear that they were understood; False where nobody does."""
        try:
            if os.stat(place).st_uid != os.getuid():  # noqa: PTH116 - before the window is there each import counts
                return False
        except OSError:
            return False
        import socket

        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(SECONDS)
            try:
                caller.connect(place)
                caller.sendall(words)
                return not is_answered or caller.recv(len(RAISED)) == RAISED
            except OSError:
                return False


def _is_alive(place: str) -> bool:
    """Tell whether whoever left a socket there still lives, however busy."""
    return _tell(place, b"\n", is_answered=False)


class FirstWindow(QObject):
    """Listens, once `listen` was called, for second starts on its folder: `asked` when one has come."""

    asked = Signal()

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        self._server: QLocalServer | None = None

    def listen(self) -> bool:
        """Listen, in place of one that was killed too; False where another window does, or the system lets nobody."""
        if self._server is not None:
            return True
        from PySide6.QtNetwork import QLocalServer

        place = address(self._folder)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not server.listen(place) and (_is_alive(place) or not QLocalServer.removeServer(place) or not server.listen(place)):
            server.deleteLater()
            return False
        server.newConnection.connect(self._on_connected)
        self._server = server
        return True

    def _on_connected(self) -> None:
        if self._server is not None and (caller := self._server.nextPendingConnection()) is not None:
            caller.readyRead.connect(partial(self._on_spoken, caller))
            caller.disconnected.connect(caller.deleteLater)
            self._on_spoken(caller)  # it may have been quick

    def _on_spoken(self, caller: QLocalSocket) -> None:
        if not caller.canReadLine():
            if caller.bytesAvailable() > LONGEST:
                caller.abort()
            return
        asked, _space, token = bytes(caller.readLine().data()).strip().partition(b" ")
        caller.write(RAISED)
        caller.flush()
        caller.disconnectFromServer()
        if asked == RAISE:
            if token:
                os.environ[TOKEN] = token.decode("ascii", "ignore")
            self.asked.emit()


def bring_forward(window: QWidget) -> None:
    """Put a window in front of all others, out of the task bar if it is there."""
    from PySide6.QtCore import Qt

    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    with suppress(KeyError):
        del os.environ[TOKEN]  # it serves once
