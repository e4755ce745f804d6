"""The start: what is imported before the first paint, and that the look asked for is shown."""

import gc
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.fakes import FakePractices
from ui import theme
from ui.app import collect_from_now, make_window
from ui.preferences import Preferences, save_preferences

HEAVY = ("sqlalchemy", "sqlcipher3", "cryptography", "alembic", "reportlab", "keyring", "pikepdf", "pypdfium2", "uharfbuzz")
DRAWN_LATER = ("PySide6.QtSvg", "ui.icons", "ui.start.entrance", "ui.workspace", "tomllib")


def test_nothing_heavy_is_imported_before_the_first_paint():
    words = f"import sys, ui.app; print([name for name in {HEAVY + DRAWN_LATER} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout.strip() == "[]"


def test_the_look_asked_for_is_shown_and_changes(qapp: QApplication, qtbot: QtBot, tmp_path: Path):
    save_preferences(Preferences(theme="dark", scale=1.25))
    window = make_window(qapp, tmp_path, FakePractices("none"))
    with qtbot.waitSignal(window.painted):
        window.show()
    assert (theme.current().name, theme.current().scale) == ("dark", 1.25)
    window.preferences.theme = "high_contrast"
    window.look_changed.emit()
    assert theme.current().name == "high_contrast"
    window.close()


def test_garbage_is_collected_once_the_start_is_over():
    gc.disable()
    try:
        collect_from_now()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        gc.enable()
