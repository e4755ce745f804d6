"""Settings ▸ Keyboard in the real window: a new key counts at once and everywhere, a conflict is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.naming import unnamed
from tests.ui.sessions.test_window import PlainKeyPractices, prepared, unlock
from ui.key_choices import COVER
from ui.main_window import MainWindow
from ui.preferences import Preferences, load_preferences
from ui.tabs import ALL_TABS


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    client, _session = prepared(tmp_path / "practice")
    made = MainWindow(tmp_path / "practice", PlainKeyPractices(), Preferences(), tabs=ALL_TABS)
    with qtbot.waitSignal(made.painted):
        made.show()
    unlock(qtbot, made)
    made.resize(1280, 800)  # in a narrow window the tabs take the room of the keys
    assert made.workspace is not None
    made.workspace.choose_client(client.id)
    made.workspace.show_settings("keyboard")
    yield made
    made.close()


def button(window: MainWindow, name: str) -> QPushButton:
    found = window.findChild(QPushButton, name)
    assert found is not None
    return found


def press_new(
    qtbot: QtBot, window: MainWindow, name: str, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> str:
    """Press a key for a command; return why it was not taken, or ""."""
    qtbot.mouseClick(button(window, f"key_{name}"), Qt.MouseButton.LeftButton)
    assert button(window, f"key_{name}").text() == "Press the new key…"
    qtbot.keyClick(button(window, f"key_{name}"), key, held)
    said = window.findChild(QLabel, f"key_{name}_error_words")
    assert said is not None
    return said.text()


def test_focus_mode_comes_and_goes_by_its_new_key(qtbot: QtBot, window: MainWindow):
    assert window.workspace is not None
    window._on_leisure()
    assert press_new(qtbot, window, "focus_mode", Qt.Key.Key_F12) == ""
    window.workspace.show_tab("sessions")
    assert button(window, "session_focus").toolTip() == "Focus mode (F12)"
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.findChild(QWidget, "focus_page") is None
    qtbot.keyClick(window, Qt.Key.Key_F12)
    page = window.findChild(QWidget, "focus_page")
    assert page is not None
    qtbot.keyClick(window.focusWidget() or page, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: window.workspace is not None and window.workspace.isVisible())
    window.workspace.show_settings("keyboard")
    qtbot.mouseClick(button(window, "key_focus_mode_usual"), Qt.MouseButton.LeftButton)
    assert button(window, "session_focus").toolTip() == "Focus mode (F11)"


def test_a_new_key_counts_at_once_everywhere(qtbot: QtBot, window: MainWindow):
    assert window.workspace is not None
    cover = button(window, "cover")
    assert cover.text() == "Cover  F9"
    assert press_new(qtbot, window, "cover", Qt.Key.Key_F12) == ""
    assert cover.text() == "Cover  F12"
    assert window.menus.action("cover_screen").shortcut() == QKeySequence("F12")
    assert load_preferences().keys == {"cover": "F12"}
    window.workspace.show_tab("sessions")
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not window.is_covered
    qtbot.keyClick(window, Qt.Key.Key_F12)
    assert window.is_covered
    hint = window.findChild(QLabel, "cover_hint")
    assert hint is not None
    assert hint.text() == "F12, Esc or a click goes back"
    qtbot.keyClick(window.cover_page, Qt.Key.Key_F12)
    assert not window.is_covered


def test_back_to_the_usual_key(qtbot: QtBot, window: MainWindow):
    back = button(window, "key_start_session_usual")
    assert not back.isVisible()
    assert press_new(qtbot, window, "start_session", Qt.Key.Key_F3, Qt.KeyboardModifier.ControlModifier) == ""
    assert window.menus.action("session_start").shortcut() == QKeySequence("Ctrl+F3")
    assert button(window, "start_session").toolTip() == "Start session (Ctrl+F3)"
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert window.menus.action("session_start").shortcut() == QKeySequence("F8")
    assert load_preferences().keys == {}
    assert not back.isVisible()


@pytest.mark.parametrize(
    ("key", "held", "said"),
    [
        (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier, "already the key of “Cover”"),
        (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier, "already the key of “Last time”"),  # of a page not visited yet
        (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier, "already the key of “Lock”"),
        (Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, "needed for writing"),
        (Qt.Key.Key_K, Qt.KeyboardModifier.NoModifier, "needed for writing"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "needed for writing"),
    ],
)
def test_a_key_that_is_taken_is_said_and_the_old_one_stays(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier, said: str
):
    assert said in press_new(qtbot, window, "end_session", key, held)
    assert window.menus.action("session_end").shortcut() == QKeySequence("Shift+F8")
    assert "end_session" not in load_preferences().keys


def test_escape_keeps_the_key(qtbot: QtBot, window: MainWindow):
    assert press_new(qtbot, window, "cover", Qt.Key.Key_Escape) == ""
    assert button(window, "key_cover").text() == "F9"
    section = window.findChild(QWidget, "keyboard_section")
    assert section is not None
    assert section.isVisible(), "Esc did not leave the settings either"
    assert unnamed(section) == []


def test_the_keys_start_and_end_a_session(qtbot: QtBot, window: MainWindow):
    workspace = window.workspace
    assert workspace is not None
    assert not window.menus.action("session_end").isEnabled()
    workspace.show_tab("circle")
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert workspace.desk.sessions.running() is not None
    qtbot.waitUntil(window.menus.action("session_end").isEnabled)
    qtbot.keyClick(window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert button(window, "closing_close").isVisible()
    qtbot.keyClick(button(window, "closing_close"), Qt.Key.Key_Return)
    assert workspace.desk.sessions.running() is None


def test_a_key_kept_before_holds_at_the_next_start_and_what_is_broken_does_not(home: Path):
    preferences = Preferences(keys={COVER: "F12"})
    from ui.key_choices import key_of

    assert key_of(preferences, COVER) == QKeySequence("F12")
    assert key_of(Preferences(), COVER) == QKeySequence("F9")
