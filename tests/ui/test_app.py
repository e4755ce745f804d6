"""The start: what is imported before the first paint, and that the look asked for is shown."""

import gc
import subprocess
import sys
import threading
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.ui.fakes import FakePractices
from ui import theme
from ui.app import collect_from_now, make_window
from ui.garbage import collect_what_is_due
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


class Node:
    """Part of a ring, which only a collector frees; tells the thread it was freed on."""

    def __init__(self, freed_on: list[threading.Thread]) -> None:
        self.ring, self.freed_on = self, freed_on

    def __del__(self) -> None:
        self.freed_on.append(threading.current_thread())


def test_garbage_is_collected_on_this_thread_alone_once_the_start_is_over(qapp: QApplication, qtbot: QtBot):
    freed_on: list[threading.Thread] = []
    collector = collect_from_now(qapp)
    try:
        assert gc.get_freeze_count() > 0
        other = threading.Thread(target=lambda: [Node(freed_on) for _turn in range(10_000)])
        other.start()
        other.join()
        assert freed_on == []
        qtbot.waitUntil(lambda: bool(freed_on), timeout=20_000)
        assert set(freed_on) == {threading.current_thread()}
    finally:
        collector.setParent(None)
        collector.deleteLater()
        gc.unfreeze()


def test_a_widget_that_was_let_go_is_deleted_before_python_takes_its_parts_away(qapp: QApplication):
    parent = QWidget()
    child = QWidget(parent)
    young: list[object] = []
    parent.deleteLater()
    while gc.get_count()[0] <= gc.get_threshold()[0]:
        young.append([young])
    collect_what_is_due()
    assert not isValid(child)
    assert not isValid(parent)
