"""Whoever watches over an open practice without being on screen: each is made once it has been painted, and leaves with it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.main_window import MainWindow

# Module and class of each.
ALL_COMPANIONS: tuple[tuple[str, str], ...] = (
    ("ui.turn.turning", "Turning"),  # first: while the window is turned to the client it must not even begin to close
    ("ui.focus.focusing", "Focusing"),  # before whoever shows a page of its own when the window is to close
    ("ui.private_opener", "PrivateOpener"),
    ("ui.lock.guard", "Guard"),
    ("ui.risk.flag_watch", "FlagWatch"),
    ("ui.health", "HealthWatch"),
    ("ui.backing_up", "BackingUp"),
    ("ui.sheet_reminder", "SheetReminder"),
    ("ui.bookmarking", "Bookmarking"),
)


class Companion(QObject):
    """Subclasses are made with (desk, window) while the practice is open."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self.desk = desk
        self.window = window

    def holds_close(self) -> bool:
        """Whether the window has to stay for something that is not done; it is closed by the companion afterwards."""
        return False

    def leave(self) -> None:
        """End: the practice is being locked or closed. Nothing of it is touched any more."""
        self.deleteLater()


def companions_of(desk: Desk, window: MainWindow) -> list[Companion]:
    """Make them all."""
    return [getattr(import_module(module), name)(desk, window) for module, name in ALL_COMPANIONS]
