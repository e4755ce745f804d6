"""Opening practices for the window: what is imported here waits until the first window is painted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ui.start.create_page import NewPractice

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

NONE, LOCKED, DEMO = "none", "locked", "demo"


class Practices(Protocol):
    """How the window comes by an open practice. Each call may take a second and is made off the window's thread."""

    def state(self, folder: Path) -> str:
        """Return what is in a folder: "none", "locked" or "demo"."""
        ...

    def unlock(self, folder: Path, passphrase: str) -> Desk:
        """Open the practice in a folder."""
        ...

    def create(self, wanted: NewPractice) -> Desk:
        """Make a practice and open it."""
        ...

    def demo(self, folder: Path) -> Desk:
        """Open the demo practice in a folder, made first if it is not there."""
        ...

    def reset_demo(self, folder: Path) -> Desk:
        """Make the demo practice in a folder anew (it is closed) and open it."""
        ...
