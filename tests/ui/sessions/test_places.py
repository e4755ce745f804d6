"""The window opens exactly where one was: after a lock, after a start, after kill -9; and each note at its own caret."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QTextEdit
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Session
from ipt_desktop.services.recovery_code import code_of
from tests.ui.practice_room import KEY
from tests.ui.sessions.conftest import SessionsRoom
from tests.ui.sessions.test_window import TABS, OpenWindow, PlainKeyPractices, prepared, unlock
from ui import theme
from ui.bookmarking import Bookmarking, as_kept, whereabouts_from
from ui.focus.page import FocusPage
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.sessions.note_sight import NotePlace
from ui.workspace import Whereabouts

Opens = Callable[[Path, Session], OpenWindow]
LONG = "Silent at first, then angry. " * 60


@pytest.fixture
def opens(qtbot: QtBot) -> Iterator[Opens]:
    made: list[OpenWindow] = []

    def open_window(folder: Path, session: Session) -> OpenWindow:
        window = MainWindow(folder, PlainKeyPractices(), Preferences(), tabs=TABS)
        window.resize(1280, 800)
        with qtbot.waitSignal(window.painted):
            window.show()
        unlock(qtbot, window)
        window._on_leisure()
        made.append(OpenWindow(window, session))
        return made[-1]

    yield open_window
    for each in made:
        if each.window.workspace is not None:
            each.window._close_practice()
        each.window.close()


def killed(folder: Path) -> Path:
    """Return the practice as a kill at this moment leaves it."""
    return Path(shutil.copytree(folder, folder.with_name(f"{folder.name}-killed"), ignore=shutil.ignore_patterns("*-shm")))


def write_long(opened: OpenWindow, qtbot: QtBot) -> QTextEdit:
    """Write more than the page holds, and go back to a place in its middle."""
    text = opened.text
    text.setFocus()
    text.insertPlainText(LONG)
    cursor = text.textCursor()
    cursor.setPosition(700)
    text.setTextCursor(cursor)
    qtbot.keyClicks(text, "HERE")
    assert opened.page.note.writer.flush()
    return text


def scroll(area: QScrollArea, to: int, qtbot: QtBot) -> None:
    """Scroll, once the fields have their heights."""
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > to)
    bar.setValue(to)


def require_there(opened: OpenWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: opened.page.isVisible() and opened.text.hasFocus())
    assert opened.text.textCursor().position() == 704
    qtbot.keyClicks(opened.text, "!")
    assert opened.text.toPlainText()[700:705] == "HERE!"


def keeper(window: MainWindow) -> Bookmarking:
    return next(each for each in window._companions if isinstance(each, Bookmarking))


def test_after_a_kill_it_opens_exactly_where_one_was(opens: Opens, qtbot: QtBot, tmp_path: Path):
    client, session = prepared(tmp_path / "practice")
    opened = opens(tmp_path / "practice", session)
    assert opened.workspace.client_id is None  # nothing was ever chosen
    opened.workspace.choose_client(client.id)
    opened.workspace.show_tab("sessions")
    write_long(opened, qtbot)
    scroll(opened.page.note.scroller, 40, qtbot)
    keeper(opened.window)._timer.timeout.emit()
    opened.workspace.desk.store.write(lambda writing: None)
    again = opens(killed(tmp_path / "practice"), session)
    assert again.workspace.client_id == client.id
    qtbot.waitUntil(lambda: again.page.note.scroller.verticalScrollBar().value() == 40)
    require_there(again, qtbot)


def test_after_closing_and_starting_again_too(opens: Opens, qtbot: QtBot, tmp_path: Path):
    client, session = prepared(tmp_path / "practice")
    opened = opens(tmp_path / "practice", session)
    opened.workspace.choose_client(client.id)
    opened.workspace.show_tab("sessions")
    write_long(opened, qtbot)
    opened.window._close_practice()
    opened.window.close()
    require_there(opens(tmp_path / "practice", session), qtbot)


def test_two_notes_beside_each_other_and_focus_mode_come_again_after_a_kill(opens: Opens, qtbot: QtBot, tmp_path: Path):
    client, session = prepared(tmp_path / "practice")
    opened = opens(tmp_path / "practice", session)
    desk = opened.workspace.desk
    earlier = desk.sessions.add_session(Session(course_id=session.course_id, date=date.today() - timedelta(days=7)))
    opened.workspace.choose_client(client.id)
    opened.workspace.show_tab("sessions")
    assert opened.page.choose_session(session.id)
    assert opened.page.columns.beside.open_beside(earlier.id)
    text = opened.page.columns.beside.second.findChild(QTextEdit, opened.text.objectName())
    assert text is not None
    qtbot.waitUntil(text.hasFocus)
    qtbot.keyClicks(text, "Beside.")
    qtbot.keyClick(text, Qt.Key.Key_Left)
    qtbot.keyClick(text, Qt.Key.Key_F11)
    assert opened.window.findChild(FocusPage) is not None
    assert opened.page.flush()
    keeper(opened.window)._timer.timeout.emit()
    desk.store.write(lambda writing: None)
    again = opens(killed(tmp_path / "practice"), session)
    focus = again.window.findChild(FocusPage)
    assert focus is not None
    assert focus.editor is not None
    assert focus.editor.prose.toPlainText() == "Beside."
    qtbot.waitUntil(focus.editor.prose.hasFocus)
    assert focus.editor.prose.textCursor().position() == len("Beside")
    qtbot.keyClick(focus.editor.prose, Qt.Key.Key_Escape)
    beside = again.page.columns.beside
    assert beside.is_open
    assert beside.second.isVisible()
    assert not any(each.isVisible() for each in again.window.findChildren(FocusPage))


def test_the_private_page_comes_again_after_a_kill(opens: Opens, qtbot: QtBot, tmp_path: Path):
    client, session = prepared(tmp_path / "practice")
    opened = opens(tmp_path / "practice", session)
    opened.workspace.choose_client(client.id)
    opened.workspace.show_tab("sessions")
    opened.page.columns.side.turn_to_private()
    assert opened.page.columns.side.is_turned
    keeper(opened.window)._timer.timeout.emit()
    opened.workspace.desk.store.write(lambda writing: None)
    again = opens(killed(tmp_path / "practice"), session)
    assert again.page.columns.side.is_turned
    place = again.page.place()
    assert again.page.columns.side.turn_back()
    again.page.note.show_room(True)
    again.page.return_to(place)
    assert not again.page.columns.side.is_turned  # the client is in the room: it waits for its key


def test_a_place_that_is_gone_leads_to_what_is_left_of_it(opens: Opens, tmp_path: Path):
    client, session = prepared(tmp_path / "practice")
    opened = opens(tmp_path / "practice", session)
    workspace = opened.workspace
    workspace.go_to(Whereabouts(client.id, "no course", "no tab", ("no session", NotePlace(3, "x", 4))))
    assert (workspace.client_id, workspace.course_id) == (client.id, session.course_id)
    assert workspace.whereabouts().tab == TABS[0].key
    workspace.go_to(Whereabouts("nobody", None, "sessions"))
    assert workspace.client_id is None
    assert workspace.whereabouts().tab == "sessions"


def test_whereabouts_are_kept_as_ids_and_numbers_and_read_back():
    for where in (
        Whereabouts("c", "k", "sessions", ("s", NotePlace(12, "field_plan_line", 3))),
        Whereabouts(None, None, "clients"),
        Whereabouts("c", None, "circle", 4),
    ):
        assert whereabouts_from(as_kept(where)) == where
    assert whereabouts_from({}) is None
    assert whereabouts_from({"client": 3, "course": None, "tab": "circle"}) is None


def test_each_note_has_its_own_caret_and_scroll(sessions_room: SessionsRoom, qtbot: QtBot):
    first, second = sessions_room.room.sessions(sessions_room.course, 2)
    sessions_room.desk.sessions.change_session(replace(second, date=date.today() - timedelta(1)))
    sessions_room.write(first, LONG)
    sessions_room.write(second, "Short.")
    page = sessions_room.show()
    page.choose_session(first.id)
    text = sessions_room.text()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    for _step in range(9):
        qtbot.keyClick(text, Qt.Key.Key_Right)
    scroll(page.note.scroller, 30, qtbot)
    place = page.note.place()
    page.choose_session(second.id)
    assert page.note.place().scrolled == 0
    page.choose_session(first.id)
    assert sessions_room.text().textCursor().position() == 9
    qtbot.waitUntil(lambda: page.note.scroller.verticalScrollBar().value() == 30)
    page.choose_session(second.id)
    document = sessions_room.desk.documents.notes(sessions_room.course.id)[first.id]
    assert sessions_room.desk.bookmarks.place(document.id) == {"scrolled": 30, "field": place.field, "cursor": 9}


def test_at_another_text_size_one_types_on_where_one_was(sessions_room: SessionsRoom, qtbot: QtBot, qapp: QApplication):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    text = sessions_room.text()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    qtbot.keyClicks(text, "Beforeafter")
    for _step in range(5):
        qtbot.keyClick(text, Qt.Key.Key_Left)
    theme.apply(qapp, theme.Theme("light", 1.25))
    qtbot.waitUntil(lambda: sessions_room.text() is not text and sessions_room.text().hasFocus())
    qtbot.keyClicks(QApplication.focusWidget(), " and ")
    assert page.flush()
    assert "Before and after" in sessions_room.stored(session)
    page.columns.side.turn_to_private()
    private = page.columns.side.page.view
    page.columns.side.page.lock.code_given.emit(code_of(KEY))
    qtbot.waitUntil(lambda: private.findChild(QTextEdit) is not None)
    apart = private.findChild(QTextEdit)
    assert apart is not None
    apart.setFocus()
    qtbot.waitUntil(apart.hasFocus)
    qtbot.keyClicks(apart, "Mine")
    theme.apply(qapp, theme.Theme("light", 1.0))
    qtbot.waitUntil(lambda: private.findChild(QTextEdit) is not apart and private.isAncestorOf(QApplication.focusWidget()))
    qtbot.keyClicks(QApplication.focusWidget(), "!")
    again = private.findChild(QTextEdit)
    assert again is not None
    assert again.toPlainText() == "Mine!"
