"""The real window on a real practice: private notes open along behind it, and a lock takes every word of them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.records import Client, Session
from ipt_desktop.services import keys
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.private_notes import PrivateState
from ipt_desktop.services.secret import Secret
from ipt_desktop.services.vault import create_practice, unlock
from tests.services.quick_stretching import QuickStretching
from tests.ui.sessions.test_private_page import private_text, words_in
from ui.main_window import MainWindow
from ui.opening import RealPractices
from ui.preferences import Preferences
from ui.sessions.page import SessionsPage

PASSPHRASE, OWN = "correct horse battery staple", "my own words, for these alone"
CANARY = "Zwielichtquirl"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "Argon2id", QuickStretching)


@pytest.fixture
def client(tmp_path: Path) -> Client:
    desk = Desk(create_practice(tmp_path / "practice", PASSPHRASE, "Quiet Street"))
    client = desk.clients.add_client(Client(name="Ada"))
    course = desk.courses.begin_course(client.id, desk.resources.protocols[0], started_on=date.today())
    session = desk.sessions.add_session(Session(course_id=course.id, date=date.today()))
    desk.private.open(PASSPHRASE)
    documents = desk.private.documents
    draft = documents.begin_writing(desk.private.note(client.id, session.id))
    documents.keep_draft(draft, {"private": rich_text.to_json(rich_text.plain(CANARY))})
    desk.close()
    return client


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, client: Client) -> Iterator[MainWindow]:
    made = MainWindow(tmp_path / "practice", RealPractices(), Preferences())
    with qtbot.waitSignal(made.painted):
        made.show()
    yield made
    made.close()
    qtbot.waitUntil(lambda: made.workspace is None, timeout=10_000)


def enter(window: MainWindow, qtbot: QtBot) -> Desk:
    qtbot.waitUntil(window.doors.unlock_page.isVisible)
    with qtbot.waitSignal(window.opened):
        window.doors.unlock_page.unlock_asked.emit(PASSPHRASE)
    assert window.workspace is not None
    return window.workspace.desk


def sessions_page(window: MainWindow, client: Client) -> SessionsPage:
    assert window.workspace is not None
    window.workspace.choose_client(client.id)
    window.workspace.show_tab("sessions")
    page = window.workspace.page("sessions")
    assert isinstance(page, SessionsPage)
    return page


def test_they_open_along_behind_the_window_and_a_lock_takes_every_word(window: MainWindow, client: Client, qtbot: QtBot):
    desk = enter(window, qtbot)
    qtbot.waitUntil(lambda: desk.private.state is PrivateState.OPEN)
    assert not [value for part in (desk, desk.private) for value in vars(part).values() if isinstance(value, Secret)]
    page = sessions_page(window, client)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(private_text(page).isVisible)
    assert private_text(page).toPlainText() == CANARY
    window.cover()
    assert not [each for each in QApplication.allWidgets() if CANARY in words_in(each)]
    window.uncover()
    qtbot.waitUntil(lambda: page.note.isAncestorOf(QApplication.focusWidget()))  # the keyboard is not left in the dark
    page.columns.side.toggle()
    assert private_text(page).toPlainText() == CANARY
    window.lock()
    qtbot.waitUntil(lambda: window.workspace is None)
    assert desk.private.store is None
    assert not [each for each in QApplication.allWidgets() if CANARY in words_in(each)]


def test_with_a_passphrase_of_their_own_the_page_asks_for_it(window: MainWindow, client: Client, qtbot: QtBot, tmp_path: Path):
    opened = Desk(unlock(tmp_path / "practice", PASSPHRASE))
    opened.private.give_own_passphrase(PASSPHRASE, OWN)
    opened.close()
    desk = enter(window, qtbot)
    qtbot.waitUntil(lambda: desk.private.has_own_passphrase is True)
    page = sessions_page(window, client)
    page.columns.side.toggle()
    line = page.findChild(QLineEdit, "private_passphrase")
    assert line is not None
    assert page.findChild(QTextEdit, "field_private_prose") is None
    line.setText(OWN)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.findChild(QTextEdit, "field_private_prose") is not None)
    assert private_text(page).toPlainText() == CANARY


def test_turned_to_before_they_are_open_the_page_waits_for_them(window: MainWindow, client: Client, qtbot: QtBot):
    """The window has not come to rest yet: what opened the practice is still at hand, and nothing is asked for."""
    desk = enter(window, qtbot)
    page = sessions_page(window, client)
    assert desk.private.may_open_along
    page.columns.side.toggle()
    qtbot.waitUntil(lambda: page.findChild(QTextEdit, "field_private_prose") is not None)
    assert private_text(page).toPlainText() == CANARY
