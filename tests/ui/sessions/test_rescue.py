"""Words that can't be saved: what is wrong and what is safe is said, a copy goes elsewhere and comes back beside the note."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.sessions.conftest import FULL, MENDED
from tests.ui.sessions.test_window import TABS, OpenWindow, PlainKeyPractices, prepared, unlock
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.rescue_reading import show_rescue_copy


@pytest.fixture
def full(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    """The window on a note with words that a full disk refuses."""
    client, session = prepared(tmp_path / "practice")
    window = MainWindow(tmp_path / "practice", PlainKeyPractices(), Preferences(), tabs=TABS)
    with qtbot.waitSignal(window.painted):
        window.show()
    unlock(qtbot, window)
    made = OpenWindow(window, session)
    made.workspace.choose_client(client.id)
    made.workspace.show_tab("sessions")
    made.run(FULL)
    made.text.setFocus()
    qtbot.keyClicks(made.text, "The last words.")
    assert not made.workspace.flush()
    yield made
    if window.workspace is not None:
        made.page.note.writer.forget()
    window.close()


def press(opened: OpenWindow, name: str, qtbot: QtBot) -> None:
    def buttons() -> list[QPushButton]:
        return [each for each in opened.workspace.bar.findChildren(QPushButton, name) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(buttons()))
    qtbot.mouseClick(buttons()[-1], Qt.MouseButton.LeftButton)


def test_a_copy_goes_elsewhere_and_comes_back_beside_the_note(full: OpenWindow, qtbot: QtBot, tmp_path: Path):
    press(full, "rescue_copy", qtbot)
    dialog = full.window.findChild(QFileDialog, "rescue_dialog")
    assert dialog is not None
    assert "Marta" not in dialog.selectedFiles()[0]
    dialog.reject()
    rescue = full.page.note.writer.rescue
    assert rescue is not None
    rescue.save_to(str(tmp_path / "no folder" / "copy"))
    assert "cannot be written" in full.workspace.bar.text()
    press(full, "rescue_copy", qtbot)  # it keeps asking
    for dialog in full.window.findChildren(QFileDialog):
        dialog.reject()
    full.window.activateWindow()
    rescue.save_to(str(tmp_path / "copy"))
    qtbot.waitUntil(lambda: "copy.ipt-rescue" in full.workspace.bar.text())  # once a save under way has failed again
    assert "full" in full.workspace.bar.text()
    qtbot.waitUntil(full.text.hasFocus)  # one writes on: no key goes to what stands beside the bar
    press(full, "leave_asked", qtbot)
    assert "The last words." in full.text.toPlainText()
    press(full, "leave_unsaved", qtbot)
    assert full.text.toPlainText() == ""
    full.run(MENDED)
    qtbot.keyClicks(full.text, "Something else since.")
    assert full.workspace.flush()
    show_rescue_copy(full.workspace, str(tmp_path / "copy.ipt-rescue"))
    assert "Rescue copy of" in full.workspace.bar.text()
    assert "Marta" not in full.workspace.bar.text()
    press(full, "rescue_put", qtbot)
    assert "Something else since." in full.stored()
    history = full.page.columns.history.page
    assert history is not None
    chosen = history.chosen()
    assert chosen is not None
    assert chosen.words == {"what_happened": "The last words."}
    history.restore_chosen()
    assert "The last words." in full.stored()


def test_closing_is_refused_until_it_is_let_go_of_twice_on_purpose(full: OpenWindow, qtbot: QtBot):
    assert not full.window.close()
    press(full, "leave_asked", qtbot)
    assert "is lost then" in full.workspace.bar.text()
    assert not full.window.close()
    press(full, "leave_not", qtbot)
    qtbot.waitUntil(full.text.hasFocus)
    assert full.workspace.bar.findChild(QPushButton, "leave_asked") is not None
    press(full, "leave_asked", qtbot)
    press(full, "leave_unsaved", qtbot)
    assert full.text.toPlainText() == ""
    full.run(MENDED)
    full.window.close()
    qtbot.waitUntil(lambda: not full.window.isVisible(), timeout=15_000)


def test_tried_again_by_hand_one_writes_on_in_the_text(full: OpenWindow, qtbot: QtBot):
    retry = full.workspace.bar.findChild(QPushButton, "save_retry")
    assert retry is not None
    retry.setFocus()
    qtbot.waitUntil(retry.hasFocus)
    assert not full.page.note.writer.flush()  # it is tried by itself, and the bar said again
    again = QApplication.focusWidget()
    assert again is not None
    assert again is not retry
    assert again.objectName() == "save_retry"
    full.run(MENDED)
    qtbot.keyClick(again, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "The last words." in full.stored())
    qtbot.waitUntil(full.text.hasFocus)


def test_a_strange_file_is_told_and_nothing_changes(full: OpenWindow, qtbot: QtBot, tmp_path: Path):
    full.run(MENDED)
    assert full.workspace.flush()
    (tmp_path / "odd.ipt-rescue").write_bytes(b"no rescue copy")
    show_rescue_copy(full.workspace, str(tmp_path / "odd.ipt-rescue"))
    assert "no whole rescue copy" in full.workspace.bar.text()
    action = full.window.menus.action("read_rescue_copy")
    action.trigger()
    dialog = full.window.findChild(QFileDialog, "read_rescue_dialog")
    assert dialog is not None
    dialog.reject()
