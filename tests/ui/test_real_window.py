"""The window on a real practice with its real tabs: where a lock leaves off, and keys that work in every tab."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Client, Session
from tests.ui.fakes import FakePractices
from tests.ui.sessions.test_window import PlainKeyPractices, prepared, unlock
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.sessions.note_sight import NotePlace
from ui.sessions.page import SessionsPage
from ui.workspace import Workspace


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return prepared(tmp_path / "practice")[0]


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, client: Client) -> Iterator[MainWindow]:
    made = MainWindow(tmp_path / "practice", PlainKeyPractices(), Preferences())
    with qtbot.waitSignal(made.painted):
        made.show()
    unlock(qtbot, made)
    yield made
    made.close()


def workspace(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def shown(window: MainWindow) -> str:
    page = workspace(window).page(workspace(window).whereabouts().tab)
    assert page is not None
    assert page.isVisible()
    return page.objectName()


def sessions_page(window: MainWindow) -> SessionsPage:
    page = workspace(window).page("sessions")
    assert isinstance(page, SessionsPage)
    return page


def told(window: MainWindow) -> QTextEdit:
    found = sessions_page(window).findChild(QTextEdit, "field_what_happened_prose")
    assert found is not None
    return found


def test_after_a_lock_the_work_goes_on_where_it_was(window: MainWindow, client: Client, qtbot: QtBot):
    workspace(window).choose_client(client.id)
    workspace(window).show_tab("sessions")
    assert window.lock()
    unlock(qtbot, window)
    assert workspace(window).client_id == client.id
    assert shown(window) == "sessions_page"
    name = window.findChild(QLabel, "strip_name")
    assert name is not None
    assert name.text() == client.name


def test_after_a_lock_the_cursor_is_where_it_was_in_the_note_that_was_open(window: MainWindow, client: Client, qtbot: QtBot):
    desk = workspace(window).desk
    course = desk.courses.courses(client.id)[0]
    earlier = desk.sessions.add_session(Session(course_id=course.id, date=date.today() - timedelta(days=7)))
    workspace(window).choose_client(client.id)
    workspace(window).show_tab("sessions")
    sessions_page(window).choose_session(earlier.id)
    text = told(window)
    text.setFocus()
    text.setPlainText("About her husband")
    cursor = text.textCursor()
    cursor.setPosition(6)
    text.setTextCursor(cursor)
    assert window.lock()
    unlock(qtbot, window)
    qtbot.waitUntil(lambda: window.focusWidget() is told(window))
    assert told(window).toPlainText() == "About her husband"
    assert told(window).textCursor().position() == 6


def test_after_a_lock_a_note_that_is_gone_is_not_looked_for(window: MainWindow, client: Client, qtbot: QtBot):
    workspace(window).choose_client(client.id)
    workspace(window).show_tab("sessions")
    gone = ("gone", NotePlace(field="field_what_happened_prose"))
    workspace(window).go_to(workspace(window).whereabouts()._replace(place=gone))
    assert shown(window) == "sessions_page"


def test_a_lock_without_a_client_comes_back_without_one(window: MainWindow, qtbot: QtBot):
    assert window.lock()
    unlock(qtbot, window)
    assert workspace(window).client_id is None
    assert shown(window) == "clients_page"


@pytest.mark.parametrize("key", [Qt.Key.Key_N, Qt.Key.Key_F])
def test_adding_and_filtering_clients_come_to_the_front_from_any_tab(window: MainWindow, key: Qt.Key, qtbot: QtBot):
    workspace(window).show_tab("phases")
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert shown(window) == "clients_page"


def test_no_two_verbs_hear_the_same_key_in_any_tab(window: MainWindow, client: Client):
    """Of two that do, Qt does neither. Every page has been built: each brings its verbs into the menus."""
    workspace(window).choose_client(client.id)
    tabs = [each.key for each in workspace(window).tabs]
    for tab in (*tabs, *tabs):
        workspace(window).show_tab(tab)
        page = workspace(window).page(tab)
        assert page is not None
        heard: dict[str, str] = {}
        for action in window.findChildren(QAction):
            owner = action.parent()
            is_near = isinstance(owner, QWidget) and (owner is page or page.isAncestorOf(owner))
            is_heard = action.shortcutContext() is Qt.ShortcutContext.WindowShortcut or (
                action.shortcutContext() is Qt.ShortcutContext.WidgetWithChildrenShortcut and is_near and owner is page
            )
            for key in action.shortcuts() if is_heard and action.isEnabled() else ():
                assert heard.setdefault(key.toString(), action.objectName()) == action.objectName(), (tab, key.toString())


def test_in_a_note_ctrl_f_finds_in_it_though_the_clients_were_looked_at(window: MainWindow, client: Client, qtbot: QtBot):
    workspace(window).choose_client(client.id)
    workspace(window).show_tab("sessions")
    qtbot.keyClick(told(window), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shown(window) == "sessions_page"
    assert sessions_page(window).note.finding.isVisible()
    workspace(window).show_tab("circle")
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shown(window) == "clients_page"


def test_a_practice_is_not_made_where_the_demo_lies(qtbot: QtBot, tmp_path: Path):
    made = MainWindow(tmp_path / "demo", FakePractices(), Preferences(), is_demo=True, tabs=())
    try:
        field = made.doors.create_page.findChild(QWidget, "practice_folder")
        assert isinstance(field, QLabel)
        assert field.text() == f"In the folder {tmp_path}"
    finally:
        made.close()
        made.deleteLater()
