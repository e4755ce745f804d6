"""The first window on a folder: it hears of second starts, and comes forward."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

from ui.second_start import RAISE, RAISED, TOKEN, address, is_alive

LONGEST = 4096


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
        place = address(self._folder)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        if not server.listen(place) and (is_alive(place) or not QLocalServer.removeServer(place) or not server.listen(place)):
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
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    with suppress(KeyError):
        del os.environ[TOKEN]  # it serves once
