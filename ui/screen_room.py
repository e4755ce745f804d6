"""The room a screen has for windows.

Asked of the program, never of a widget: PySide takes what `QWidget.screen()` returns for the widget's child, and once the
widget is collected the screen is deleted with it; the next window then ends the program.
"""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication


def screen_room(at: QPoint | None = None) -> QRect:
    """Return what windows may take of the screen at a place, or of the first one, in global pixels."""
    screen = QGuiApplication.screenAt(at) if at is not None else None
    return (screen or QGuiApplication.primaryScreen()).availableGeometry()
