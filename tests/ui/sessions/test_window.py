"""The note inside the real window: whatever ends it (tab, lock, closing, the computer's session) keeps every word first."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.records import Client, Session
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key, open_with_key
from ipt_desktop.storage.store import Writing
from tests.ui.fakes import FakePractices
from tests.ui.practice_room import KEY, Room
from tests.ui.sessions.conftest import FULL, MENDED
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.sessions.page import SessionsPage
from ui.tabs import ALL_TABS
from ui.workspace import Workspace

TABS = tuple(tab for tab in ALL_TABS if tab.key in ("clients", "circle", "sessions"))


class PlainKeyPractices(FakePractices):
    """Opens a real practice, without the second that a passphrase takes."""

    def unlock(self, folder: Path, passphrase: str) -> Any:
        return Desk(open_with_key(folder, KEY))


class EndingSession:
    """The computer's session while it ends, as Qt hands it over."""

    is_cancelled = False

    def cancel(self) -> None:
        self.is_cancelled = True


class OpenWindow:
    """The window with a session of today open."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        self.window, self.session = window, session

    @property
    def workspace(self) -> Workspace:
        assert self.window.workspace is not None
        return self.window.workspace

    @property
    def page(self) -> SessionsPage:
        page = self.workspace.page("sessions")
        assert isinstance(page, SessionsPage)
        return page

    @property
    def text(self) -> QTextEdit:
        found = self.page.findChild(QTextEdit, "field_what_happened_prose")
        assert found is not None
        return found

    def stored(self) -> str:
        return str([each.answers for each in self.workspace.desk.documents.of_session(self.session.id)])

    def run(self, statement: str) -> None:
        def run(writing: Writing) -> None:
            writing._connection.exec_driver_sql(statement)

        self.workspace.desk.store.write(run)


def prepared(folder: Path) -> tuple[Client, Session]:
    """Make a practice with a client whose session is today."""
    room = Room(Desk(create_with_key(folder, KEY, "Willow Lane Practice")))
    client = room.client()
    session = Session(course_id=room.course(client).id, date=date.today())
    room.desk.sessions.add_session(session)
    room.desk.settings.change(has_recovery_sheet=True)  # or a bar reminds of it, a moment after the practice is open
    room.desk.close()
    return client, session


@contextmanager
def open_window(qtbot: QtBot, folder: Path) -> Iterator[OpenWindow]:
    """Open the program's window on the session of a practice made there."""
    client, session = prepared(folder)
    window = MainWindow(folder, PlainKeyPractices(), Preferences(), tabs=TABS)
    with qtbot.waitSignal(window.painted):
        window.show()
    unlock(qtbot, window)
    made = OpenWindow(window, session)
    made.workspace.choose_client(client.id)
    made.workspace.show_tab("sessions")
    yield made
    if window.workspace is not None:
        made.page.note.writer.forget()
    window.close()


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    with open_window(qtbot, tmp_path / "practice") as made:
        yield made


def unlock(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.doors.unlock_page.isVisible() and window.doors.unlock_page.field.line.isEnabled())
    with qtbot.waitSignal(window.opened):
        qtbot.keyClicks(window.doors.unlock_page.field.line, "any")
        qtbot.keyClick(window.doors.unlock_page.field.line, Qt.Key.Key_Return)


def test_another_tab_keeps_it_first(opened: OpenWindow, qtbot: QtBot):
    qtbot.keyClicks(opened.text, "Leaving for the circle.")
    assert opened.workspace.show_tab("circle")
    assert "Leaving for the circle." in opened.stored()


def test_when_words_were_saved_is_said_of_their_own_client_alone(opened: OpenWindow, qtbot: QtBot):
    qtbot.keyClicks(opened.text, "Kept.")
    other = opened.workspace.desk.clients.add_client(Client(name="Ewan Drummond"))
    assert opened.workspace.show_tab("clients")
    assert opened.workspace.strip.save_state.words().startswith("Saved")
    assert opened.workspace.choose_client(other.id)
    assert opened.workspace.strip.save_state.words() == ""


def test_lock_keeps_it_and_it_is_there_again(opened: OpenWindow, qtbot: QtBot):
    qtbot.keyClicks(opened.text, "In mid-sen")
    assert opened.window.lock()
    assert opened.window.workspace is None
    unlock(qtbot, opened.window)
    assert "In mid-sen" in opened.stored()


def test_the_window_stays_while_a_note_is_not_kept_and_closes_once_it_is(opened: OpenWindow, qtbot: QtBot):
    opened.run(FULL)
    qtbot.keyClicks(opened.text, "The last words.")
    assert not opened.window.close()
    assert opened.window.isVisible()
    assert opened.text.toPlainText() == "The last words."
    assert opened.workspace.bar.title() == "The last change could not be saved"
    assert "disk is full" in opened.workspace.bar.text()
    assert opened.workspace.strip.save_state.words().startswith("Not saved yet")
    assert not opened.workspace.show_tab("circle")
    opened.run(MENDED)
    retry = opened.workspace.bar.findChild(QPushButton, "save_retry")
    assert retry is not None
    qtbot.mouseClick(retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "The last words." in opened.stored())
    qtbot.waitUntil(lambda: opened.workspace.bar.title() == "")
    qtbot.waitUntil(lambda: opened.workspace.strip.save_state.words().startswith("Saved"))
    opened.window.close()
    qtbot.waitUntil(lambda: not opened.window.isVisible(), timeout=15_000)  # a backup may come first


def test_on_a_full_disk_it_is_covered_and_locked_once_the_words_are_kept(opened: OpenWindow, qtbot: QtBot):
    window = opened.window
    window._on_leisure()
    opened.run(FULL)
    qtbot.keyClicks(opened.text, "The last words.")
    assert not window.lock(why="Locked because the screen was locked.")
    assert window.cover_page.isVisible()
    assert window.cover_page.way_back is not None
    opened.run(MENDED)
    with qtbot.waitSignal(window.locked):  # tried again every two seconds
        pass
    unlock(qtbot, window)
    assert "The last words." in opened.stored()


def test_the_end_of_the_computers_session_keeps_it_or_is_asked_to_wait(opened: OpenWindow, qtbot: QtBot, qapp: QApplication):
    assert isinstance(QGuiApplication.instance(), QGuiApplication)
    assert qapp.receivers(SIGNAL("commitDataRequest(QSessionManager&)")) > 0
    qtbot.keyClicks(opened.text, "Shutting down.")
    ending = EndingSession()
    opened.window._on_commit_data_request(ending)  # type: ignore[arg-type]
    assert not ending.is_cancelled
    assert "Shutting down." in opened.stored()
    opened.run(FULL)
    qtbot.keyClicks(opened.text, " Not yet.")
    opened.window._on_commit_data_request(ending)  # type: ignore[arg-type]
    assert ending.is_cancelled
    opened.run(MENDED)


def test_the_program_going_to_the_background_keeps_it(opened: OpenWindow, qtbot: QtBot, qapp: QApplication):
    qtbot.keyClicks(opened.text, "The lid is shut.")
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationSuspended)
    assert "The lid is shut." in opened.stored()


def test_start_session_in_the_strip_goes_on_with_todays(opened: OpenWindow, qtbot: QtBot):
    start = opened.workspace.strip.findChild(QPushButton, "start_session")
    assert start is not None
    opened.workspace.show_tab("circle")
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    assert opened.page.isVisible()
    qtbot.waitUntil(opened.text.hasFocus)
    qtbot.keyClicks(opened.text, "Begun.")
    qtbot.mouseClick(start, Qt.MouseButton.LeftButton)
    assert len(opened.workspace.desk.sessions.sessions(opened.session.course_id)) == 1
    assert "Begun." in opened.text.toPlainText()


def test_the_verbs_are_in_the_menus_with_their_keys(opened: OpenWindow):
    menus = opened.window.menus
    assert menus.action("new_session").shortcut().toString() == "Ctrl+Shift+N"
    assert menus.action("last_time_shown").shortcut().toString() == "F4"
    menus.action("new_session").trigger()
    assert len(opened.workspace.desk.sessions.sessions(opened.session.course_id)) == 2
    menus.action("undo").trigger()  # the cursor is in the note: the text's own undo, not the session's
    assert len(opened.workspace.desk.sessions.sessions(opened.session.course_id)) == 2
    opened.page.list.setFocus()
    menus.action("undo").trigger()
    assert len(opened.workspace.desk.sessions.sessions(opened.session.course_id)) == 1


def test_from_another_tab_a_new_session_comes_to_this_one_and_the_other_keys_are_left_alone(opened: OpenWindow):
    menus = opened.window.menus
    assert menus.action("unfold_note").isEnabled()
    opened.workspace.show_tab("circle")
    assert not menus.action("unfold_note").isEnabled()
    assert not menus.action("remove_session").isEnabled()
    menus.action("new_session").trigger()
    assert opened.page.isVisible()
    assert len(opened.workspace.desk.sessions.sessions(opened.session.course_id)) == 2
    assert menus.action("remove_session").isEnabled()


def test_the_whole_entry_about_risk_is_opened_from_the_note_and_leads_back_to_it(opened: OpenWindow, qtbot: QtBot):
    def press(name: str) -> QPushButton:
        button = opened.workspace.findChild(QPushButton, name)
        assert button is not None, name
        qtbot.waitUntil(lambda: button.isVisible() and button.width() > 20)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        return button

    window, desk = opened.workspace, opened.workspace.desk
    qtbot.keyClicks(opened.text, "Told me at the door.")
    opened.page.note.unfold_all()
    press("field_risk_asked_changed")
    words = opened.page.findChild(QLineEdit, "field_risk_words")
    assert words is not None
    qtbot.keyClicks(words, "Passive ideation")
    more = press("field_risk_more")
    told = window.findChild(QLineEdit, "risk_told")
    assert told is not None
    qtbot.waitUntil(told.isVisible)
    (entry,) = desk.risk.entries(opened.page.note.writer.document.client_id)
    assert (entry.words, entry.session_id) == ("Passive ideation", opened.session.id)
    qtbot.keyClicks(told, "Dr Weiss")
    assert window.findChild(QPushButton, "risk_done").text() == "Back to the note"
    press("risk_done")
    qtbot.waitUntil(lambda: opened.page.isVisible() and more.hasFocus())
    assert desk.risk.entry(entry.id).told == "Dr Weiss"
    assert opened.text.textCursor().position() == len("Told me at the door.")
    press("field_risk_more")
    day = day_words(opened.session.date)
    assert press("risk_note").text() == f"Written in the note of {day}"
    qtbot.waitUntil(lambda: opened.page.isVisible() and more.hasFocus())
    assert window.strip.isVisible()
    assert window.show_tab("clients")
    assert window.page("clients").open_risk()  # type: ignore[union-attr]
    assert window.findChild(QPushButton, "risk_done").text() == "Done", "nobody came from the note now"
    press("risk_note")
    qtbot.waitUntil(lambda: opened.page.isVisible() and opened.page.note.isAncestorOf(QApplication.focusWidget()))
