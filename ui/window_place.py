"""Where the window stands: at first in the room there is, then where it was left."""

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QMainWindow

from ui.screen_room import screen_room

FIRST_SIZE, SMALLEST_SIZE = QSize(1280, 800), QSize(800, 600)
TITLE_BAR = QSize(0, 32)


def place(window: QMainWindow, geometry: str) -> None:
    """Put a window where `geometry` says (Qt's own, in hexadecimal), or with "" where its last lines can be seen."""
    window.setMinimumSize(SMALLEST_SIZE)
    window.resize(FIRST_SIZE.boundedTo(screen_room().size() - TITLE_BAR))
    kept = QByteArray.fromHex(QByteArray(geometry.encode("ascii", "ignore")))
    if not kept.isEmpty():
        window.restoreGeometry(kept)


def place_of(window: QMainWindow) -> str:
    """Return where a window stands, for `place`."""
    return bytes(window.saveGeometry().toHex().data()).decode()
