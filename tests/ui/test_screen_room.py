"""The screen outlives every window that asked for its room."""

import gc
import re
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.screen_room import screen_room


class AskingWindow(QWidget):
    """A window in a cycle of references, as every real one is: only the collector takes it."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(screen_room().size())
        self.move(screen_room(QPoint(5, 5)).topLeft())
        self.itself = self


def test_the_screen_outlives_the_window_that_asked(qtbot: QtBot):
    for _time in range(3):
        AskingWindow()
        gc.collect()
    assert QGuiApplication.primaryScreen().availableGeometry() == screen_room()
    assert screen_room(QPoint(-100_000, 0)) == screen_room()


def test_no_widget_is_asked_for_its_screen():
    sources = Path(__file__).parents[2].joinpath("ui").rglob("*.py")
    asking = [each.name for each in sources if re.search(r"^(?!.*`).*\.screen\(\)", each.read_text("utf-8"), re.MULTILINE)]
    assert asking == []
