"""The window's start: paint first, import and open the practice behind it."""

from __future__ import annotations

import gc
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QThreadPool, QTimer
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.main_window import AT_LEISURE_MS, MainWindow
from ui.opening import Practices
from ui.preferences import SYSTEM, Preferences, load_preferences

if TYPE_CHECKING:
    from ui.faults import Faults
    from ui.garbage import GarbageCollector

STARTED_MS = 3000  # by then a start is over
LEAST_THREADS = 4  # a keychain may keep one waiting for half a minute, also where the computer can do only one thing at a time


def make_app() -> QApplication:
    """Return the application, named so that its settings have a place of their own."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication([*sys.argv[:1], *theme.STYLE])
    app.setApplicationName("ipt-desktop")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("ipt-desktop")
    pool = QThreadPool.globalInstance()
    pool.setMaxThreadCount(max(pool.maxThreadCount(), LEAST_THREADS))
    return app


def show_look(app: QApplication, preferences: Preferences) -> None:
    """Apply the theme and text size the preferences ask for."""
    name = theme.system_name(app) if preferences.theme == SYSTEM else preferences.theme
    theme.apply(app, theme.Theme(name, preferences.scale))


def make_window(app: QApplication, folder: Path, practices: Practices, *, is_demo: bool = False) -> MainWindow:
    """Return the window, with nothing opened yet; it puts on the look asked for once its empty frame is painted."""
    preferences = load_preferences()
    theme.colour_frame(app, preferences.theme)
    window = MainWindow(folder, practices, preferences, is_demo=is_demo)

    def _on_look_changed() -> None:
        show_look(app, preferences)

    def _show_icon() -> None:
        from PySide6.QtGui import QIcon

        from ui import icons

        window.setWindowIcon(QIcon(icons.mark(64)))

    def _on_painted() -> None:
        show_look(app, preferences)
        QTimer.singleShot(AT_LEISURE_MS, window, _show_icon)
        app.styleHints().colorSchemeChanged.connect(_on_look_changed)

    window.look_changed.connect(_on_look_changed)
    window.painted.connect(_on_painted)
    return window


def run(data_dir: Path, is_demo: bool = False, *, version: str = "") -> int:
    """Show the window on the practice in `data_dir` and return the exit code when it is closed.

    A display must be there: the caller has checked. With `is_demo` the folder holds, or will hold, the demo practice. The
    caller has stopped Python's collector of garbage; ours begins once the start is over. Where a window is open on that folder
    already, it comes forward and this start ends.
    """
    from ui.opening import RealPractices
    from ui.second_start import raise_first

    if raise_first(data_dir):
        return 0
    app = make_app()
    app.setApplicationVersion(version)
    window = make_window(app, data_dir, RealPractices(), is_demo=is_demo)
    window.painted.connect(partial(hear_faults, window))
    listen = partial(hear_second_starts, window, data_dir)
    (window.opened if is_demo else window.painted).connect(lambda: QTimer.singleShot(AT_LEISURE_MS, window, listen))
    window.show()
    QTimer.singleShot(STARTED_MS, app, partial(collect_from_now, app))
    return app.exec()


def hear_faults(window: MainWindow) -> Faults:
    """Tell in the window, from now on, what no one catches."""
    from ui.faults import Faults

    faults = Faults(window)
    faults.fell.connect(window.show_fault)
    faults.listen()
    return faults


def hear_second_starts(window: MainWindow, data_dir: Path) -> None:
    """Let the window come forward whenever someone starts the program once more on its folder."""
    from ui.first_window import FirstWindow, bring_forward

    if window.findChild(FirstWindow) is None:
        first = FirstWindow(data_dir, window)
        first.asked.connect(partial(bring_forward, window))
        first.listen()


def collect_from_now(app: QApplication) -> GarbageCollector:
    """Let garbage be collected again, on this thread, without ever looking through what the start has made."""
    from ui.garbage import GarbageCollector

    gc.freeze()
    return GarbageCollector(app)
