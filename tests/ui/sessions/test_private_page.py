"""The private page with real keys on a real practice: one key there and back, kept as it is typed, gone when out of sight."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.records import Session
from ipt_desktop.services.private_notes import PrivateState
from ipt_desktop.services.recovery_code import code_of
from tests.ui.naming import unnamed
from tests.ui.practice_room import KEY
from tests.ui.sessions.conftest import SessionsRoom
from ui import theme
from ui.sessions.page import SessionsPage
from ui.sessions.private_release import PrivateRelease

CODE = code_of(KEY)
CANARY = "Zwielichtquirl"


def press_private(page: SessionsPage) -> None:
    action = page.findChild(QAction, "private_page")
    assert action is not None
    assert action.shortcut().toString() == "Ctrl+Shift+P"
    action.trigger()


def private_text(page: SessionsPage) -> QTextEdit:
    found = page.findChild(QTextEdit, "field_private_prose")
    assert found is not None
    return found


def stored(room: SessionsRoom, session: Session) -> str:
    answers = room.desk.private.note(room.client.id, session.id).answers
    return rich_text.as_plain(rich_text.from_json(answers["private"])) if answers else ""


def words_in(widget: QWidget) -> str:
    """Return every word that any widget holds, in sight or not."""
    found = []
    for part in [widget, *widget.findChildren(QWidget)]:
        if isinstance(part, QLabel | QLineEdit | QAbstractButton):
            found.append(part.text())
        elif isinstance(part, QTextEdit):
            found.append(part.toPlainText())
        elif isinstance(part, QComboBox):
            found += [part.itemText(row) for row in range(part.count())]
        found += [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
    return "\n".join(found)


@pytest.fixture
def opened(sessions_room: SessionsRoom) -> SessionsRoom:
    """Two sessions, private notes open, the page shown."""
    sessions_room.room.sessions(sessions_room.course, 2)
    sessions_room.desk.private.open_with_code(CODE)
    sessions_room.show()
    return sessions_room


def test_one_key_there_and_back_with_the_cursor_where_it_was(opened: SessionsRoom, qtbot: QtBot):
    page = opened.page
    note = opened.text()
    note.setFocus()
    qtbot.keyClicks(note, "He was silent.")
    for _step in range(4):
        qtbot.keyClick(note, Qt.Key.Key_Left)
    press_private(page)
    text = private_text(page)
    qtbot.waitUntil(text.hasFocus)
    qtbot.keyClicks(text, CANARY)
    press_private(page)
    assert not page.columns.side.is_turned
    qtbot.waitUntil(opened.text().hasFocus)
    assert opened.text() is note
    assert note.textCursor().position() == len("He was silent.") - 4
    assert stored(opened, opened.sessions()[-1]) == CANARY
    assert CANARY not in opened.stored(opened.sessions()[-1])
    press_private(page)
    qtbot.waitUntil(private_text(page).hasFocus)
    assert private_text(page).toPlainText() == CANARY
    assert private_text(page).textCursor().atEnd()
    qtbot.keyClick(private_text(page), Qt.Key.Key_Escape)
    assert not page.columns.side.is_turned
    qtbot.waitUntil(opened.text().hasFocus)


def test_the_control_in_the_notes_head_is_the_same_for_every_note(opened: SessionsRoom, qtbot: QtBot):
    page = opened.page
    before = opened.rows()
    opened.button("session_private").click()
    qtbot.keyClicks(private_text(page), CANARY)
    page.columns.side.turn_back()
    with_words = opened.button("session_private").grab().toImage()
    page.choose_session(opened.sessions()[0].id)
    assert opened.button("session_private").grab().toImage() == with_words
    assert opened.rows() == before
    assert CANARY not in words_in(page)


def test_what_is_typed_is_kept_without_asking_and_the_page_says_so(opened: SessionsRoom, qtbot: QtBot):
    press_private(opened.page)
    qtbot.keyClicks(private_text(opened.page), CANARY)
    session = opened.sessions()[-1]
    qtbot.waitUntil(lambda: stored(opened, session) == CANARY)
    qtbot.waitUntil(lambda: opened.frame.save_states[-1] == "saved")
    assert "Saved" in opened.page.columns.side.page.save_state.accessibleName()


def test_another_session_has_another_private_page(opened: SessionsRoom, qtbot: QtBot):
    page = opened.page
    first, second = opened.sessions()
    press_private(page)
    qtbot.keyClicks(private_text(page), CANARY)
    assert page.choose_session(first.id)
    assert page.columns.side.is_turned
    assert private_text(page).toPlainText() == ""
    qtbot.keyClicks(private_text(page), "of the first")
    assert page.choose_session(second.id)
    assert private_text(page).toPlainText() == CANARY
    assert (stored(opened, first), stored(opened, second)) == ("of the first", CANARY)


def out_of_sight(page: SessionsPage) -> None:
    page.hide()


def locked(page: SessionsPage) -> None:
    page.flush()
    page.forget()


def without_client(page: SessionsPage) -> None:
    page.show_client(None, None)


@pytest.mark.parametrize("leave", [out_of_sight, locked, without_client])
def test_out_of_sight_no_widget_holds_a_private_word(opened: SessionsRoom, qtbot: QtBot, leave: Callable[[SessionsPage], None]):
    page = opened.page
    session = opened.sessions()[-1]
    press_private(page)
    qtbot.keyClicks(private_text(page), CANARY)
    assert CANARY in words_in(page)
    leave(page)
    assert not page.columns.side.is_turned
    assert CANARY not in words_in(page)
    assert not [each for each in QApplication.allWidgets() if isinstance(each, QTextEdit) and CANARY in each.toPlainText()]
    assert stored(opened, session) == CANARY
    page.show()
    assert not page.columns.side.is_turned


def test_words_that_can_not_be_kept_stay_in_sight(opened: SessionsRoom, qtbot: QtBot):
    page = opened.page
    store = opened.desk.private.store
    assert store is not None
    press_private(page)
    full = "CREATE TEMP TRIGGER full BEFORE INSERT ON revision BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    store.write(lambda writing: writing._connection.exec_driver_sql(full) and None)
    qtbot.keyClicks(private_text(page), CANARY)
    assert not page.columns.side.turn_back()
    assert not page.flush()
    assert page.columns.side.is_turned
    assert private_text(page).toPlainText() == CANARY
    assert "disk is full" in opened.frame.said[-1][1]
    assert CANARY not in str(opened.frame.said)
    store.write(lambda writing: writing._connection.exec_driver_sql("DROP TRIGGER temp.full") and None)
    assert page.flush()
    assert page.columns.side.turn_back()
    assert stored(opened, opened.sessions()[-1]) == CANARY


# -- locked --------------------------------------------------------------------------------------------------------


def test_locked_they_ask_and_the_sheet_opens_them(sessions_room: SessionsRoom, qtbot: QtBot):
    sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    press_private(page)
    line = page.findChild(QLineEdit, "private_passphrase")
    assert line is not None
    qtbot.waitUntil(line.hasFocus)
    assert line.echoMode() is QLineEdit.EchoMode.Password
    assert sessions_room.desk.private.state is PrivateState.ABSENT  # looking makes nothing
    sessions_room.button("private_with_code").click()
    qtbot.keyClicks(line, CODE[:-1] + ("0" if CODE[-1] != "0" else "1"))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    bar = page.columns.side.page.lock.bar
    qtbot.waitUntil(lambda: bar.text() != "")
    assert bar.property("tone") == "caution"
    assert sessions_room.desk.private.state is PrivateState.ABSENT
    line.clear()
    qtbot.keyClicks(line, CODE)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sessions_room.desk.private.state is PrivateState.OPEN)
    qtbot.waitUntil(lambda: page.findChild(QTextEdit, "field_private_prose") is not None)
    qtbot.waitUntil(lambda: private_text(page).hasFocus())
    assert line.text() == ""
    qtbot.keyClicks(private_text(page), CANARY)
    sessions_room.button("private_lock_now").click()
    assert sessions_room.desk.private.state is PrivateState.LOCKED
    assert CANARY not in words_in(page)
    assert page.columns.side.is_turned
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert not page.columns.side.is_turned


def test_a_wrong_passphrase_is_told_in_words_and_can_be_typed_again(sessions_room: SessionsRoom, qtbot: QtBot):
    sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    press_private(page)
    line = page.findChild(QLineEdit, "private_passphrase")
    assert line is not None
    qtbot.keyClicks(line, "not their passphrase")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    bar = page.columns.side.page.lock.bar
    qtbot.waitUntil(lambda: bar.text() != "")
    assert bar.text().startswith("This passphrase does not open the private notes. Nothing was changed.")
    qtbot.waitUntil(lambda: line.isEnabled() and line.selectedText() == "not their passphrase")
    page.columns.side.turn_back()
    assert "not their passphrase" not in words_in(page)


def test_a_session_with_private_words_is_not_removed(opened: SessionsRoom, qtbot: QtBot):
    press_private(opened.page)
    qtbot.keyClicks(private_text(opened.page), CANARY)
    opened.page.work.remove_session()
    assert len(opened.sessions()) == 2
    assert "private page" in opened.frame.said[-1][1].lower()


# -- how it stands beside the note ---------------------------------------------------------------------------------


def test_it_is_on_other_paper_beside_the_note_and_remembers_its_width(opened: SessionsRoom, qtbot: QtBot):
    page = opened.page
    assert page.columns.last_time.isVisibleTo(page)
    press_private(page)
    side = page.columns.side
    assert not page.columns.last_time.isVisibleTo(page)  # the margin makes room
    assert side.note.isVisible()
    assert side.page.isVisible()
    ink = side.page.grab().toImage().pixelColor(40, side.page.height() // 2)
    assert theme.current().color("private") != theme.current().color("surface")
    assert ink == theme.current().color("private")
    side.moveSplitter(side.width() - 420, 1)
    width = side.page.width()
    press_private(page)
    assert page.columns.last_time.isVisibleTo(page)
    press_private(page)
    assert side.page.width() == pytest.approx(width, abs=2)
    assert opened.frame.preferences.widths["private_splitter"]


@pytest.mark.parametrize(("width", "scale", "has_both"), [(1046, 1.0, True), (1046, 1.5, False), (1280, 1.0, True)])
def test_where_there_is_no_room_for_both_the_private_page_stands_in_the_notes_place(
    opened: SessionsRoom, qapp: QApplication, width: int, scale: float, has_both: bool
):
    theme.apply(qapp, theme.Theme("light", scale))
    opened.frame.resize(width, 700)
    QApplication.processEvents()
    press_private(opened.page)
    side = opened.page.columns.side
    assert side.page.isVisible()
    assert side.note.isVisible() is has_both
    assert side.page.visibleRegion().boundingRect().width() >= side.page.minimumSizeHint().width()
    side.turn_back()
    assert side.note.isVisible()


def test_everything_is_named(opened: SessionsRoom):
    press_private(opened.page)
    assert unnamed(opened.page) == []
    opened.button("private_lock_now").click()
    assert unnamed(opened.page) == []


# -- releasing -----------------------------------------------------------------------------------------------------


def fill(room: SessionsRoom, qtbot: QtBot, **words: str) -> None:
    for name, text in words.items():
        line = room.page.findChild(QLineEdit, f"release_{name}")
        assert line is not None
        assert line.isVisible()
        line.clear()
        qtbot.keyClicks(line, text)


def begin_release(room: SessionsRoom, qtbot: QtBot, words: str = CANARY) -> PrivateRelease:
    press_private(room.page)
    qtbot.keyClicks(private_text(room.page), words)
    room.button("private_release").click()
    panel = room.page.findChild(PrivateRelease)
    assert panel is not None
    assert panel.isVisible()
    return panel


def test_a_note_is_released_only_with_an_authorisation(opened: SessionsRoom, qtbot: QtBot, tmp_path: Path):
    panel = begin_release(opened, qtbot)
    assert "authorise" in words_in(panel)
    for name, text in (("by", "Marta Lindqvist"), ("on", "2 March 2026"), ("recipient", "Dr Hart"), ("purpose", "Opinion")):
        opened.button("release_save").click()
        assert panel.error.text()
        assert panel.findChild(QLineEdit, f"release_{name}").property("is_wrong")
        assert panel.findChild(QFileDialog) is None
        fill(opened, qtbot, **{name: text})
    opened.button("release_save").click()
    dialog = panel.findChild(QFileDialog, "release_dialog")
    assert dialog is not None
    assert CANARY not in words_in(dialog)
    dialog.reject()
    target = tmp_path / "released.pdf"
    panel.save_to(target)
    page = opened.page.columns.side.page
    qtbot.waitUntil(lambda: str(target) in page.bar.text(), timeout=20_000)
    assert target.read_bytes().startswith(b"%PDF")
    assert private_text(opened.page).toPlainText() == CANARY
    (disclosure,) = opened.desk.disclosures.of_client(opened.client.id)
    assert disclosure.recipient == "Dr Hart"
    assert "Dr Hart" not in words_in(panel)


def test_a_place_that_takes_no_file_is_told_and_nothing_is_recorded(opened: SessionsRoom, qtbot: QtBot, tmp_path: Path):
    panel = begin_release(opened, qtbot)
    fill(opened, qtbot, by="Marta Lindqvist", on="2 March 2026", recipient="Dr Hart", purpose="Opinion")
    panel.save_to(tmp_path / "nowhere" / "released.pdf")
    qtbot.waitUntil(lambda: panel.bar.title() != "", timeout=20_000)
    assert panel.bar.property("tone") == "caution"
    assert opened.button("release_save").isEnabled()
    assert opened.desk.disclosures.of_client(opened.client.id) == []


def test_esc_leaves_the_release_first_and_nothing_was_released(opened: SessionsRoom, qtbot: QtBot):
    panel = begin_release(opened, qtbot)
    fill(opened, qtbot, by="Marta Lindqvist")
    line = panel.findChild(QLineEdit, "release_by")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    qtbot.waitUntil(private_text(opened.page).hasFocus)
    assert line.text() == ""
    qtbot.keyClick(private_text(opened.page), Qt.Key.Key_Escape)
    assert not opened.page.columns.side.is_turned
    assert opened.desk.disclosures.of_client(opened.client.id) == []


@pytest.mark.parametrize(("law", "told"), [("us", "45 CFR 164.508"), ("uk", "other people"), ("eu", "other people")])
def test_the_law_in_force_is_told_and_who_is_named(opened: SessionsRoom, qtbot: QtBot, law: str, told: str):
    opened.desk.settings.change(jurisdiction=law)
    opened.desk.circles.add_person(opened.client.id, "Johan Berg", "partner")
    panel = begin_release(opened, qtbot, "Johan Berg said nothing.")
    assert told in words_in(panel)
    assert "Johan Berg" in panel.caution.text()
    assert unnamed(opened.page) == []


@pytest.mark.parametrize(("law", "named"), [("us", True), ("uk", False), ("eu", False)])
def test_where_the_law_gives_them_rights_other_people_are_initials_unless_they_are_left_in(
    opened: SessionsRoom, qtbot: QtBot, tmp_path: Path, law: str, named: bool
):
    opened.desk.settings.change(jurisdiction=law)
    opened.desk.circles.add_person(opened.client.id, "Johan Berg", "partner")
    panel = begin_release(opened, qtbot, "Johan Berg said nothing.")
    initials = panel.findChild(QCheckBox, "release_initials")
    assert initials.isVisible()
    for is_named in (named, not named):
        if not panel.isVisible():
            opened.button("private_release").click()
        fill(opened, qtbot, by="Marta Lindqvist", on="2 March 2026", recipient="Dr Hart", purpose="Opinion")
        if is_named is not named:
            initials.click()
        target = tmp_path / f"{is_named}.pdf"
        with qtbot.waitSignal(panel.released, timeout=10_000):
            panel.save_to(target)
        text = " ".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(target.read_bytes()))
        assert ("Johan Berg said nothing" in text) is is_named


def test_where_nobody_else_is_named_no_initials_are_offered(opened: SessionsRoom, qtbot: QtBot):
    panel = begin_release(opened, qtbot)
    assert not panel.findChild(QCheckBox, "release_initials").isVisible()


def test_of_an_empty_page_nothing_can_be_released(opened: SessionsRoom):
    press_private(opened.page)
    opened.button("private_release").click()
    assert opened.page.findChild(PrivateRelease) is None
    assert "Nothing is written" in opened.page.columns.side.page.bar.text()
