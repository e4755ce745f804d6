"""The window comes back to where it was left, and starts in the room there is."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from ui.screen_room import screen_room
from ui.window_place import FIRST_SIZE, place, place_of


def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


def test_a_window_comes_back_to_where_it_was_left(qtbot: QtBot):
    left, again = window(qtbot), window(qtbot)
    place(left, "")
    left.resize(800, 605)
    place(again, place_of(left))
    assert again.size() == left.size() == QSize(800, 605)


def test_the_first_window_fits_the_screen_and_a_broken_place_counts_for_nothing(qtbot: QtBot):
    for geometry in ("", "zz", "ж", "00ff"):
        made = window(qtbot)
        place(made, geometry)
        assert made.size() == FIRST_SIZE.boundedTo(made.size())
        assert made.height() < screen_room().height() or made.height() == made.minimumHeight()
