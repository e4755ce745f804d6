"""On a real screen: the keys and moves of a real keyboard and mouse, another program's window, a clipboard others can read."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.lock.clock import HandClock
from tests.ui.lock.conftest import guard_of, note_of
from ui.main_window import MainWindow

pytestmark = pytest.mark.window

OTHER = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("another program")
label.setWindowTitle("another program")
label.show()
print("shown", flush=True)
app.exec()
"""
READ = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication([])
QTimer.singleShot(0, lambda: (print(repr(app.clipboard().text()), flush=True), app.quit()))
app.exec()
"""


def xdotool(*arguments: str) -> None:
    subprocess.run([shutil.which("xdotool") or "xdotool", *arguments], check=True, capture_output=True)


def read_elsewhere(qtbot: QtBot) -> str:
    """Return what another program finds on the clipboard."""
    with subprocess.Popen([sys.executable, "-c", READ], stdout=subprocess.PIPE, text=True) as reader:
        qtbot.waitUntil(lambda: reader.poll() is not None, timeout=15_000)  # we answer it meanwhile
        assert reader.stdout is not None
        return reader.stdout.read().strip()


@contextmanager
def another_program() -> Iterator[None]:
    with subprocess.Popen([sys.executable, "-c", OTHER], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "shown\n"
        try:
            yield
        finally:
            other.terminate()


def focus(qtbot: QtBot, window: QWidget) -> None:
    xdotool("windowactivate", "--sync", str(int(window.winId())))
    qtbot.waitUntil(window.isActiveWindow)


def test_a_real_key_and_a_real_move_hold_it_off(qtbot: QtBot, window: MainWindow, clock: HandClock):
    focus(qtbot, window)
    note_of(window).text.setFocus()
    rest = guard_of(window).rest
    for action in (("key", "a"), ("mousemove", "--window", str(int(window.winId())), "300", "300"), ("click", "4")):
        clock.pass_by(minutes=3)
        assert rest.seconds >= 180
        xdotool(*action)
        qtbot.waitUntil(lambda: rest.seconds == 0)


def test_another_programs_window_in_front_blurs_ours(qtbot: QtBot, window: MainWindow):
    focus(qtbot, window)
    assert window.workspace is not None
    with qtbot.waitSignal(window.workspace.changes.changed):
        window.workspace.desk.settings.change(blurs_when_inactive=True)
    veil = guard_of(window).sight.veil
    with another_program():
        xdotool("search", "--sync", "--name", "another program", "windowactivate", "--sync")
        qtbot.waitUntil(veil.isVisible)
        focus(qtbot, window)
        qtbot.waitUntil(lambda: not veil.isVisible())


def test_what_was_copied_is_gone_for_other_programs_too(qtbot: QtBot, window: MainWindow):
    focus(qtbot, window)
    text = note_of(window).text
    text.setPlainText("About her husband")
    text.selectAll()
    text.copy()
    assert read_elsewhere(qtbot) == repr("About her husband")
    assert window.lock()
    assert read_elsewhere(qtbot) == repr("")
