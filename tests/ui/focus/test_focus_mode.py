"""Focus mode in the real window with real keys: the same text alone, and back in the form as if it had never been away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.records import Client, Session
from ipt_desktop.services.recovery_code import code_of
from tests.ui.naming import unnamed
from tests.ui.practice_room import KEY
from tests.ui.sessions.conftest import FULL, MENDED
from tests.ui.sessions.test_window import TABS, OpenWindow, PlainKeyPractices, prepared, unlock
from ui import theme
from ui.focus.page import COLUMN, FocusPage
from ui.forms.prose import ProseEdit
from ui.forms.writing.field_notice import FieldNotice
from ui.main_window import PROGRAM, MainWindow
from ui.preferences import Preferences

OTHER = "Zacharias Quellmeister"


class FocusRoom(OpenWindow):
    """The window with a session of today open, and whoever watches over it."""

    @property
    def focus(self) -> FocusPage | None:
        return next((each for each in self.window.findChildren(FocusPage) if each.isVisibleTo(self.window)), None)

    @property
    def prose(self) -> ProseEdit:
        """The telling, wherever it stands now."""
        return next(each for each in self.window.findChildren(ProseEdit) if each.objectName() == "field_what_happened_prose")

    def enter(self, qtbot: QtBot) -> FocusPage:
        qtbot.keyClick(self.prose, Qt.Key.Key_F11)
        page = self.focus
        assert page is not None
        qtbot.waitUntil(self.prose.hasFocus)
        return page

    def words_in_sight(self) -> str:
        seen = [each for each in self.window.findChildren(QWidget) if each.isVisible()]
        words = [each.text() for each in seen if isinstance(each, QLabel | QAbstractButton)]
        words += [each.toPlainText() for each in seen if isinstance(each, QTextEdit)]
        return "\n".join((self.window.windowTitle(), *words, *(each.accessibleName() for each in seen)))


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[FocusRoom]:
    client, session = prepared(tmp_path / "practice")
    window = MainWindow(tmp_path / "practice", PlainKeyPractices(), Preferences(), tabs=TABS)
    with qtbot.waitSignal(window.painted):
        window.show()
    unlock(qtbot, window)
    window._on_leisure()
    window.resize(1280, 800)
    made = FocusRoom(window, session)
    made.workspace.desk.clients.add_client(Client(name=OTHER))
    made.workspace.choose_client(client.id)
    made.workspace.show_tab("sessions")
    window.activateWindow()
    qtbot.waitActive(window)
    made.page.note.focus_note()
    yield made
    if window.workspace is not None:
        made.page.note.writer.forget()
    window.close()


def test_the_same_text_alone_typed_on_stored_and_undone_after_leaving(room: FocusRoom, qtbot: QtBot):
    text = room.prose
    qtbot.keyClicks(text, "He was silent.")
    page = room.enter(qtbot)
    assert room.prose is text
    assert not room.workspace.isVisible()
    assert not room.window.menuBar().isVisible()
    qtbot.keyClicks(text, " Then he agreed.")
    qtbot.waitUntil(lambda: "Then he agreed." in room.stored())
    qtbot.waitUntil(lambda: page.save_state.words().startswith("Saved"))
    qtbot.keyClick(text, Qt.Key.Key_Left)
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert room.focus is None
    assert room.page.isVisible()
    assert room.window.menuBar().isVisible()
    assert room.page.note.view.isAncestorOf(text)
    qtbot.waitUntil(text.hasFocus)
    assert text.textCursor().position() == len("He was silent. Then he agreed.") - 1
    room.window.menus.action("undo").trigger()
    assert "Then he agreed." not in text.toPlainText()
    assert room.page.flush()
    assert "Then he agreed." not in room.stored()
    room.window.menus.action("redo").trigger()
    assert text.toPlainText() == "He was silent. Then he agreed."


def test_no_name_but_the_initials_and_no_other_client_anywhere(room: FocusRoom, qtbot: QtBot):
    room.workspace.desk.clients.change_client(
        replace(room.workspace.desk.clients.client(str(room.workspace.client_id)), initials="M. L.")
    )
    page = room.enter(qtbot)
    seen = room.words_in_sight()
    assert room.window.windowTitle() == PROGRAM
    for name in (OTHER, "Marta", "Lindqvist", "Willow Lane"):
        assert name not in seen
    assert "M. L." in seen
    assert "session 1 of 16" in seen
    assert not page.clock.isVisible()
    assert unnamed(page) == []


def test_larger_type_is_no_step_to_undo_and_changes_nothing_stored(room: FocusRoom, qtbot: QtBot):
    text = room.prose
    qtbot.keyClicks(text, "One line.")
    room.page.flush()
    text.document().clearUndoRedoStacks()
    before, height = text.blocks(), text.height()
    stored = room.workspace.desk.documents.of_session(room.session.id)[0]
    room.enter(qtbot)
    assert not text.document().isUndoAvailable()
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert not text.document().isUndoAvailable()
    assert text.blocks() == before
    qtbot.waitUntil(lambda: text.height() == height)
    assert room.page.flush()
    assert room.workspace.desk.documents.of_session(room.session.id)[0].revision == stored.revision


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_one_column_in_large_type(room: FocusRoom, qtbot: QtBot, qapp: QApplication, scale: float):
    theme.apply(qapp, theme.Theme(scale=scale))
    qtbot.waitUntil(lambda: room.page._scale == scale)
    qtbot.wait(0)  # its note is set anew right after
    room.page.note.focus_note()
    qtbot.keyClicks(room.prose, "many words in a row " * 12)
    room.enter(qtbot)
    qtbot.waitUntil(lambda: room.prose.viewport().width() in (COLUMN, theme.current().px(620)))
    text = room.prose
    lines = text.document().firstBlock().layout()
    assert lines.lineCount() > 2
    pitch = lines.lineAt(2).y() - lines.lineAt(1).y()
    assert pitch == pytest.approx(theme.current().line_height("focus_mode"), abs=1)
    assert text.document().defaultFont().pixelSize() == theme.current().px(18)
    assert room.focus is not None
    left = text.viewport().mapTo(room.focus, text.viewport().rect().center()).x()
    assert abs(left - room.focus.width() / 2) <= 1


def test_the_next_field_and_the_one_before(room: FocusRoom, qtbot: QtBot):
    page = room.enter(qtbot)
    assert page.field.text() == "What happened"
    qtbot.keyClick(room.prose, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)  # there is none before it
    assert page.field.text() == "What happened"
    qtbot.keyClick(room.prose, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert page.field.text() == "Jottings · not part of the record"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    third = QApplication.focusWidget()
    assert isinstance(third, ProseEdit)
    assert room.focus is page
    assert page.editor is not None
    editor = page.editor
    qtbot.keyClicks(third, "A third field.")
    qtbot.keyClick(third, Qt.Key.Key_Escape)
    qtbot.waitUntil(third.hasFocus)
    assert third.isVisible()  # its section was folded
    assert room.page.note.view.isAncestorOf(third)
    assert room.page.note.place().field == third.objectName()
    room.page.flush()
    answers = room.workspace.desk.documents.of_session(room.session.id)[0].answers
    assert rich_text.as_plain(rich_text.from_json(answers[editor.asked.key])) == "A third field."


def test_covered_within_and_back_to_it(room: FocusRoom, qtbot: QtBot):
    page = room.enter(qtbot)
    qtbot.keyClicks(room.prose, "Behind the cover.")
    qtbot.keyClick(room.prose, Qt.Key.Key_F9)
    assert room.window.is_covered
    assert "Behind the cover." not in room.words_in_sight()
    qtbot.keyClick(room.window.cover_page, Qt.Key.Key_Escape)
    assert room.focus is page
    assert not room.window.menuBar().isVisible()
    assert room.window.windowTitle() == PROGRAM
    qtbot.waitUntil(room.prose.hasFocus)
    qtbot.keyClicks(room.prose, " On.")
    assert room.prose.toPlainText() == "Behind the cover. On."


def test_locked_within_no_word_is_left_and_the_cursor_comes_back(room: FocusRoom, qtbot: QtBot):
    page = room.enter(qtbot)
    text = room.prose
    qtbot.keyClicks(text, "In mid-sentence")
    for _step in range(4):
        qtbot.keyClick(text, Qt.Key.Key_Left)
    qtbot.keyClick(text, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert room.window.workspace is None
    assert text.toPlainText() == ""
    assert page.field.text() == ""
    assert "M" not in "".join(each.text() for each in page.findChildren(QLabel))
    assert not room.window.menuBar().isVisible()
    unlock(qtbot, room.window)
    assert "In mid-sentence" in room.stored()
    assert room.text.textCursor().position() == len("In mid-sentence") - 4
    assert room.workspace.bars.parentWidget() is room.workspace


def test_a_save_that_fails_is_told_within_and_the_window_stays(room: FocusRoom, qtbot: QtBot):
    page = room.enter(qtbot)
    room.run(FULL)
    qtbot.keyClicks(room.prose, "The last words.")
    assert not room.window.close()
    bar = room.workspace.bar
    assert bar.isVisible()
    assert page.isAncestorOf(bar)
    assert bar.title() == "The last change could not be saved"
    assert page.save_state.words().startswith("Not saved yet")
    assert room.prose.toPlainText() == "The last words."
    room.run(MENDED)
    retry = bar.findChild(QPushButton, "save_retry")
    assert retry is not None
    qtbot.mouseClick(retry, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "The last words." in room.stored())
    qtbot.waitUntil(lambda: page.save_state.words().startswith("Saved"))
    qtbot.keyClick(room.prose, Qt.Key.Key_Escape)
    assert room.workspace.isAncestorOf(bar)
    column = room.workspace.layout()
    assert column is not None
    assert column.indexOf(room.workspace.bars) == column.indexOf(room.workspace.tab_row) + 1


def test_a_signed_note_says_so_within(room: FocusRoom, qtbot: QtBot):
    qtbot.keyClicks(room.prose, "Said and done.")
    assert room.page.flush()
    document = room.page.note.writer.document
    assert document is not None
    desk = room.workspace.desk
    desk.practice.change_details(replace(desk.practice.details(), therapist="A. Winter"))
    desk.signing.sign(document, reason="test")
    room.page.note.open_again()
    room.prose.setFocus()
    assert room.enter(qtbot).save_state.words().startswith("Signed")


def test_the_clock_of_a_session_that_is_held(room: FocusRoom, qtbot: QtBot):
    desk = room.workspace.desk
    page = room.enter(qtbot)
    begun = datetime.now().astimezone() - timedelta(minutes=31, seconds=40)
    desk.sessions.change_session(replace(desk.sessions.session(room.session.id), begun_at=begun))
    qtbot.waitUntil(page.clock.isVisible)
    seen = room.words_in_sight()
    assert "\n31:4" in seen
    assert "of 50 min" in seen
    begun = datetime.now().astimezone() - timedelta(minutes=46, seconds=20)
    desk.sessions.change_session(replace(desk.sessions.session(room.session.id), begun_at=begun))
    qtbot.waitUntil(lambda: "4 min left" in room.words_in_sight())


def test_find_within_goes_from_field_to_field_and_back_into_the_text(room: FocusRoom, qtbot: QtBot):
    room.page.note.unfold_all()
    plan = room.page.note.view.editor("plan").findChild(ProseEdit)
    assert plan is not None
    qtbot.keyClicks(plan, "Ring Johan.")
    qtbot.keyClicks(room.prose, "Johan was silent.")
    room.prose.setFocus()
    page = room.enter(qtbot)
    qtbot.keyClick(room.prose, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = room.page.note.finding
    assert page.isAncestorOf(bar)
    assert bar.isVisible()
    qtbot.waitUntil(bar.field.hasFocus)
    qtbot.keyClicks(bar.field, "johan")
    assert bar.count.text() == "1 of 2 places"
    assert page.editor is not None
    assert page.editor.prose is room.prose
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert page.editor.prose is plan
    assert plan.textCursor().selectedText() == "Johan"
    assert bar.field.hasFocus()
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert room.focus is page
    qtbot.waitUntil(plan.hasFocus)
    qtbot.keyClick(plan, Qt.Key.Key_Escape)
    assert room.page.note.isAncestorOf(bar)
    assert not bar.isVisible()


def test_what_is_refused_within_is_told_within(room: FocusRoom, qtbot: QtBot):
    page = room.enter(qtbot)
    source = QMimeData()
    source.setText("x" * 300_000)
    room.prose.insertFromMimeData(source)
    notice = page.findChild(FieldNotice)
    assert notice is not None
    assert notice.isVisible()
    assert "300,000" in notice.text()
    qtbot.keyClicks(room.prose, "On.")
    assert not notice.isVisible()
    qtbot.keyClick(room.prose, Qt.Key.Key_Escape)
    editor = room.page.note.view.editor("what_happened")
    assert editor.isAncestorOf(notice)
    column = editor.layout()
    assert column is not None
    assert column.indexOf(room.prose) < column.indexOf(notice)


def test_another_text_size_within_keeps_the_field_and_every_word(room: FocusRoom, qtbot: QtBot, qapp: QApplication):
    page = room.enter(qtbot)
    qtbot.keyClicks(room.prose, "Before it grew.")
    theme.apply(qapp, theme.Theme(scale=1.25))
    qtbot.waitUntil(lambda: page.editor is not None and room.prose.document().defaultFont().pixelSize() == 22)
    qtbot.waitUntil(room.prose.hasFocus)
    room.prose.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(room.prose, " And after.")
    qtbot.keyClick(room.prose, Qt.Key.Key_Escape)
    assert room.page.flush()
    assert "Before it grew. And after." in room.stored()
    assert room.page.note.view.isAncestorOf(room.prose)


def test_a_field_that_goes_away_behind_the_cover_leads_back_to_the_form(room: FocusRoom, qtbot: QtBot):
    room.enter(qtbot)
    room.window.cover()
    room.page.note.forget()
    qtbot.wait(0)
    assert room.window.is_covered
    room.window.uncover()
    qtbot.waitUntil(lambda: room.focus is None)
    assert room.page.isVisible()


def test_the_private_page_is_one_key_away(room: FocusRoom, qtbot: QtBot):
    room.workspace.desk.private.open_with_code(code_of(KEY))
    room.enter(qtbot)
    qtbot.keyClick(room.prose, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert room.focus is None
    assert room.page.columns.side.is_turned


def test_the_button_in_the_head_enters_with_the_cursor_behind_what_is_written(room: FocusRoom, qtbot: QtBot):
    qtbot.keyClicks(room.prose, "Written before.")
    button = room.page.findChild(QPushButton, "session_focus")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert room.focus is not None
    qtbot.waitUntil(room.prose.hasFocus)
    qtbot.keyClicks(room.prose, " On.")
    assert room.prose.toPlainText() == "Written before. On."
    qtbot.keyClick(room.prose, Qt.Key.Key_F11)
    assert room.focus is None


def test_the_note_beside_alone_while_the_keyboard_is_in_it(room: FocusRoom, qtbot: QtBot):
    desk = room.workspace.desk
    before = Session(course_id=room.session.course_id, date=room.session.date - timedelta(weeks=1))
    desk.sessions.add_session(before)
    beside = room.page.columns.beside
    qtbot.waitUntil(lambda: room.page._course is not None and len(room.page._course.sessions) == 2)
    assert beside.open_beside(before.id)
    text = beside.second.view.findChild(ProseEdit, "field_what_happened_prose")
    assert text is not None
    qtbot.waitUntil(text.hasFocus)
    qtbot.keyClick(text, Qt.Key.Key_F11)
    page = room.focus
    assert page is not None
    assert page.isAncestorOf(text)
    assert "session 1 of 16" in room.words_in_sight()
    qtbot.keyClicks(text, "Written beside.")
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert beside.second.view.isAncestorOf(text)
    qtbot.waitUntil(text.hasFocus)
    assert room.page.flush()
    assert "Written beside." in str([each.answers for each in desk.documents.of_session(before.id)])
