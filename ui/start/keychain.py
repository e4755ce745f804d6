"""Asking this computer's keychain for the practice, while the passphrase may be typed and wins."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ipt_desktop.domain.errors import Cancelled
from ui.background import Task
from ui.opening import Practices


class Keychain(QObject):
    """One question at a time: a new one, or `cancel`, makes the answer to the last one worth nothing.

    `offered` tells that the practice is remembered, `asking` whether an answer is waited for (half a minute at most); `opened`
    carries the desk, `failed` why there is none.
    """

    offered = Signal()
    asking = Signal(bool)
    opened = Signal(object)
    failed = Signal(object)

    def __init__(self, practices: Practices, parent: QObject) -> None:
        super().__init__(parent)
        self._practices = practices
        self._turn = 0

    def look(self, folder: Path, *, is_asked_at_once: bool) -> None:
        """Find out whether the keychain was asked to remember the practice, and ask it now only where that is wanted."""
        turn, practices = self._next(), self._practices

        def go_on(found: object) -> None:
            if not found or turn != self._turn:
                return
            self.offered.emit()
            if is_asked_at_once:
                self.ask(folder)

        task = Task(lambda: practices.is_remembered(folder), self)
        task.done.connect(go_on)
        task.start()

    def ask(self, folder: Path) -> None:
        """Ask it. What it gives opens the practice unless `cancel` came first."""
        turn, practices = self._next(), self._practices

        def fail(error: object) -> None:
            if turn == self._turn:
                self.asking.emit(False)
                if not isinstance(error, Cancelled):
                    self.failed.emit(error)

        self.asking.emit(True)
        task = Task(lambda: practices.unlock_from_keychain(folder, lambda: turn == self._turn), self)
        task.done.connect(self.opened)
        task.failed.connect(fail)
        task.start()

    def cancel(self) -> None:
        """Want no answer any more."""
        self._next()
        self.asking.emit(False)

    def _next(self) -> int:
        self._turn += 1
        return self._turn
