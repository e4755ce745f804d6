"""Run as a program on two screens: turns the demo to a client, to the other screen and back; tells what was where."""

import json
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from ui.app import make_app
from ui.main_window import MainWindow
from ui.opening import RealPractices
from ui.preferences import Preferences
from ui.shots import wait_until
from ui.turn.turning import Turning


def main(folder: Path) -> None:
    app = make_app()
    window = MainWindow(folder, RealPractices(), Preferences(), is_demo=True)
    window.resize(1000, 700)
    window.show()
    wait_until(lambda: window.findChild(Turning) is not None, "Opening the demo practice")
    workspace = window.workspace
    assert workspace is not None
    workspace.choose_client(workspace.desk.clients.overview(date.today())[0].client.id)
    workspace.show_tab("circle")
    told = {"before": where(app, window)}
    workspace.turn_to_client()
    told["turned"] = where(app, window)
    press(window, "turn_screen")
    told["other"] = where(app, window)
    press(window, "turn_screen")
    told["again"] = where(app, window)
    press(window, "turn_screen")
    press(window, "turn_done")
    told["thanks"] = where(app, window)
    press(window, "turn_therapist")
    told["back"] = where(app, window)
    sys.stdout.write(json.dumps(told))
    window.close()
    wait_until(lambda: not window.isVisible(), "Closing")


def where(app: QApplication, window: MainWindow) -> tuple[str, int, int, bool]:
    """Return the screen, the width and height of the window, and whether it fills the screen."""
    for _round in range(3):
        app.processEvents()
    return window.screen().name(), window.width(), window.height(), window.isFullScreen()


def press(window: MainWindow, name: str) -> None:
    button = window.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
