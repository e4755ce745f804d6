"""What the computer tells of: sleep, a locked screen, another user, the end of its session."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from ui.lock.cause import Cause

Tell = Callable[[Cause], None]
HOOKS = {
    "linux": ("ui.lock.linux", "LinuxListening"),
    "win32": ("ui.lock.windows", "WindowsListening"),
    "darwin": ("ui.lock.macos", "MacListening"),
}


class Listening(Protocol):
    """How one system is listened to."""

    def let_go(self) -> None:
        """Hold nothing up any more: the practice is locked."""
        ...

    def leave(self) -> None:
        """Hear nothing any more."""
        ...


class SystemEvents(QObject):
    """`locked_by` carries the `Cause` as the system told it. What a system does not tell, the guard sees from its clocks."""

    locked_by = Signal(str)

    def __init__(self, parent: QObject, listen: Callable[[QObject, Tell], Listening] | None = None) -> None:
        super().__init__(parent)
        self._listening: Listening | None = None
        try:
            if (begin := listen or listening_here()) is not None:
                self._listening = begin(self, self._on_told)
        except Exception as error:  # it is told as any fault is; hands and clocks are watched all the same
            sys.excepthook(type(error), error, error.__traceback__)

    def _on_told(self, cause: Cause) -> None:
        self.locked_by.emit(cause.value)
        if self._listening is not None:
            self._listening.let_go()  # whoever locks has done it by now, or covered everything

    def leave(self) -> None:
        """Hear nothing any more."""
        if self._listening is not None:
            self._listening.leave()
            self._listening = None


def listening_here() -> Callable[[QObject, Tell], Listening] | None:
    """Return how this system is listened to, imported now and not before; None where nothing is known of it."""
    if sys.platform not in HOOKS:
        return None
    module, name = HOOKS[sys.platform]
    listen: Callable[[QObject, Tell], Listening] = getattr(import_module(module), name)
    return listen
