"""History over the note with real keys: what each sitting changed, said and not only coloured, and the way back to it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCharFormat
from PySide6.QtWidgets import QLabel, QTextEdit
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Session, now
from ipt_desktop.domain.session_records import Signature
from tests.ui.naming import unnamed
from tests.ui.sessions.conftest import SessionsRoom
from tests.ui.sessions.test_page import press
from ui.history.page import HistoryPage


@pytest.fixture
def session(sessions_room: SessionsRoom) -> Session:
    """A session whose note was written in three sittings."""
    (made,) = sessions_room.room.sessions(sessions_room.course, 1)
    for words in ("She rang Johan.", "She rang Johan twice.", "She rang twice, then slept."):
        sessions_room.write(made, words)
    return made


def history(room: SessionsRoom) -> HistoryPage:
    page = room.page.columns.history.page
    assert page is not None
    return page


def field(room: SessionsRoom, key: str = "what_happened") -> QTextEdit:
    found = history(room).findChild(QTextEdit, f"history_field_{key}")
    assert found is not None
    return found


def looks(text: QTextEdit) -> list[tuple[str, bool, bool]]:
    """Return the fragments with whether each is underlined or struck through."""
    told = []
    iterator = text.document().begin().begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        look: QTextCharFormat = fragment.charFormat()
        told.append((fragment.text(), look.fontUnderline(), look.fontStrikeOut()))
        iterator += 1
    return told


def label_of(room: SessionsRoom, name: str) -> str:
    found = history(room).findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_ctrl_shift_h_shows_what_each_sitting_changed(sessions_room: SessionsRoom, session: Session, qtbot: QtBot):
    page = sessions_room.show()
    action = next(each for each in page.menus()["Session"] if each.objectName() == "note_history")
    assert action.shortcut().toString() == "Ctrl+Shift+H"
    action.trigger()
    shown = history(sessions_room)
    assert shown.isVisible()
    assert shown.timeline.count() == 3
    told = looks(field(sessions_room))
    assert ("Johan ", False, True) in told
    assert (", then slept", True, False) in told
    assert "added: , then slept; " in field(sessions_room).accessibleDescription() + "; "
    assert "removed: Johan" in field(sessions_room).accessibleDescription()
    assert "Struck through: only there" in label_of(sessions_room, "history_about")
    assert field(sessions_room).isReadOnly()
    qtbot.waitUntil(shown.timeline.hasFocus)
    qtbot.keyClick(shown.timeline, Qt.Key.Key_Down)
    qtbot.keyClick(shown.timeline, Qt.Key.Key_Down)
    assert looks(field(sessions_room)) == [("She rang Johan.", True, False)]
    assert "first one" in label_of(sessions_room, "history_about")
    qtbot.mouseClick(shown.against.button("present"), Qt.MouseButton.LeftButton)
    assert ("twice, then slept", False, True) in looks(field(sessions_room))
    spoken = shown.timeline.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert f"{date.today().year}" in spoken
    assert "2 words added, 1 removed, Present version" in spoken
    assert unnamed(shown) == []


def test_a_restored_version_is_a_new_one_and_can_be_undone_by_the_link(
    sessions_room: SessionsRoom, session: Session, qtbot: QtBot
):
    sessions_room.show()
    qtbot.mouseClick(sessions_room.button("note_history_link"), Qt.MouseButton.LeftButton)
    shown = history(sessions_room)
    assert not shown.restore.isVisible()  # it is the present one
    shown.timeline.setCurrentRow(2)
    qtbot.mouseClick(shown.restore, Qt.MouseButton.LeftButton)
    assert "She rang Johan." in sessions_room.stored(session)
    assert shown.timeline.count() == 4
    assert "present one again" in shown.bar.text()
    undo = shown.bar.findChild(type(shown.restore), "history_undo")
    assert undo is not None
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert "then slept" in sessions_room.stored(session)
    assert shown.timeline.count() == 5
    shown.timeline.setCurrentRow(4)
    shown.restore_chosen()
    qtbot.keyClick(shown.timeline, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: sessions_room.text().toPlainText() == "She rang Johan.")
    assert sessions_room.page.columns.history.page is None
    qtbot.keyClicks(sessions_room.text(), "So ")
    assert sessions_room.page.flush()
    assert "So She rang Johan." in sessions_room.stored(session)


def test_what_is_typed_is_kept_first_and_esc_goes_back_to_the_cursor(
    sessions_room: SessionsRoom, session: Session, qtbot: QtBot
):
    sessions_room.show()
    text = sessions_room.text()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    qtbot.keyClicks(text, "Now. ")
    press(sessions_room.page, "note_history")
    assert history(sessions_room).timeline.count() == 4
    qtbot.keyClick(history(sessions_room).timeline, Qt.Key.Key_Escape)
    qtbot.waitUntil(text.hasFocus)
    assert text.textCursor().position() == 5


def test_it_does_not_open_over_words_that_are_not_kept(sessions_room: SessionsRoom, session: Session, qtbot: QtBot):
    sessions_room.show()
    sessions_room.break_disk()
    qtbot.keyClicks(sessions_room.text(), "Not yet. ")
    press(sessions_room.page, "note_history")
    assert sessions_room.page.columns.history.page is None
    qtbot.waitUntil(sessions_room.text().isVisible)
    sessions_room.mend_disk()


def test_refused_words_are_marked_read_copied_and_restored(sessions_room: SessionsRoom, session: Session, qtbot: QtBot):
    documents = sessions_room.desk.documents
    note = documents.notes(sessions_room.course.id)[session.id]
    stale = documents.begin_writing(note)
    sessions_room.write(session, "Moved on.")
    documents.keep_draft(stale, {"what_happened": [{"kind": "paragraph", "runs": [{"text": "Typed elsewhere."}]}]})
    sessions_room.show()
    press(sessions_room.page, "note_history")
    shown = history(sessions_room)
    assert "Kept beside it" in shown.timeline.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    shown.timeline.setCurrentRow(0)
    assert "changed in another place" in label_of(sessions_room, "history_why")
    qtbot.mouseClick(shown.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "What happened\nTyped elsewhere."
    qtbot.mouseClick(shown.restore, Qt.MouseButton.LeftButton)
    assert "Typed elsewhere." in sessions_room.stored(session)


def test_a_signed_note_says_why_it_stays(sessions_room: SessionsRoom, session: Session):
    note = sessions_room.desk.documents.notes(sessions_room.course.id)[session.id]
    signature = Signature(document_id=note.id, number=1, at=now(), zone="UTC", signer="A", previous="", mark="m")
    sessions_room.desk.store.write(lambda writing: writing.insert(signature))
    sessions_room.show()
    press(sessions_room.page, "note_history")
    shown = history(sessions_room)
    shown.timeline.setCurrentRow(2)
    assert not shown.restore.isVisible()
    assert "Signed" in label_of(sessions_room, "history_why")


def test_an_empty_note_says_so_and_another_session_ends_it(sessions_room: SessionsRoom, session: Session, qtbot: QtBot):
    later = Session(course_id=sessions_room.course.id, date=date.today())
    sessions_room.desk.sessions.add_session(later)
    page = sessions_room.show()
    assert page.list.chosen_id() == later.id
    press(page, "note_history")
    assert history(sessions_room)._empty.isVisible()
    page.choose_session(session.id)
    assert page.columns.history.page is None
    qtbot.waitUntil(lambda: sessions_room.text().isVisible())


def test_nothing_of_it_is_left_after_a_lock(sessions_room: SessionsRoom, session: Session):
    page = sessions_room.show()
    press(page, "note_history")
    shown = history(sessions_room)
    page.forget()
    assert page.columns.history.page is None
    assert shown._versions == []
    assert not any("rang" in each.toPlainText() for each in shown.findChildren(QTextEdit))
    assert shown.timeline.count() == 0
