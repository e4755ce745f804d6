"""What others can see of the window: blurred while another program is in front, left out of pictures where that can be."""

import sys
from typing import cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget

from ipt_desktop.domain.practice_settings import PracticeSettings
from ui.lock.veil import Veil


def leave_out_of_pictures(window: QWidget, *, is_left_out: bool = True) -> None:
    """Leave a window out of screenshots and shared screens, or let it in again, where the system can do that."""
    if sys.platform == "win32":
        from ui.lock.windows import keep_out_of_pictures

        keep_out_of_pictures(int(window.winId()), is_kept_out=is_left_out)


class Sight(QObject):
    """Follows the settings while the practice is open; afterwards nothing is blurred any more.

    A window that was left out of pictures stays so: at the lock, what it has shown may stand on the screen a moment longer.
    """

    def __init__(self, window: QMainWindow, settings: PracticeSettings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._is_shown = False
        self.veil = Veil(cast("QWidget", window.centralWidget()))
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_state_changed)
        self.follow(settings)

    def follow(self, settings: PracticeSettings) -> None:
        """Do as the settings now say."""
        self._settings = settings
        leave_out_of_pictures(self._window, is_left_out=settings.hides_from_capture and not self._is_shown)
        if not settings.blurs_when_inactive:
            self.veil.lift()
        else:
            self._on_state_changed(QGuiApplication.applicationState())  # it may have been opened behind another program

    def show_in_pictures(self, *, is_shown: bool) -> None:
        """Let the window be seen whatever the settings say, while it is turned to the client: theirs may be shared."""
        self._is_shown = is_shown
        self.follow(self._settings)

    def _on_state_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self.veil.lift()
        elif self._settings.blurs_when_inactive and not self.veil.isVisible():
            self.veil.draw()

    def leave(self) -> None:
        """Blur nothing any more: the practice is locked."""
        self._settings = PracticeSettings()
        self.veil.lift()
        self.veil.deleteLater()
        self.deleteLater()
