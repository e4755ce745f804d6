"""A document kept saved while it is written: real keys, a real encrypted practice, real failures."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import AuditEntry, Document, Revision, Session
from ipt_desktop.storage.store import Writing
from tests.ui.practice_room import Room, RoomFrame, open_room
from ui import theme
from ui.forms.document_writer import DocumentWriter
from ui.forms.form_view import FormView

FULL = "CREATE TEMP TRIGGER full BEFORE INSERT ON revision BEGIN SELECT RAISE(ABORT, 'disk is full'); END"


class Desk:
    """A note on screen with its writer, and a field beside it to go to."""

    def __init__(self, room: Room) -> None:
        self.room = room
        client = room.client()
        course = room.course(client)
        session = room.desk.sessions.add_session(Session(course_id=course.id, date=date.today()))
        self.note = room.desk.documents.open_document(Purpose.FREE_NOTE, client.id, course_id=course.id, session_id=session.id)
        self.entry = room.desk.documents.open_document(Purpose.FORMULATION, client.id, course_id=course.id)
        self.frame: RoomFrame = room.frame(client)
        column = QVBoxLayout(self.frame)
        self.view = FormView(theme.current(), self.frame)
        self.beside = QLineEdit(self.frame)
        column.addWidget(self.view)
        column.addWidget(self.beside)
        self.writer = DocumentWriter(room.desk, self.frame, self.view, self.frame)
        assert self.writer.open(self.note)
        self.frame.resize(900, 600)
        self.frame.show()

    @property
    def prose(self) -> QWidget:
        """The note's text."""
        form = self.room.desk.documents.form_of(self.note)
        found = self.view.findChild(QWidget, f"field_{next(iter(form.fields)).key}_prose")
        assert found is not None
        return found

    def stored(self) -> str:
        """Return what is on the disk of the note."""
        try:
            return str(self.room.desk.documents.document(self.note.id).answers)
        except RecordGone:
            return ""

    def break_disk(self) -> None:
        self._run(FULL)

    def mend_disk(self) -> None:
        self._run("DROP TRIGGER temp.full")

    def _run(self, statement: str) -> None:
        def run(writing: Writing) -> None:
            writing._connection.exec_driver_sql(statement)

        self.room.desk.store.write(run)


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    with open_room(tmp_path) as room:
        desk = Desk(room)
        qtbot.waitExposed(desk.frame)
        yield desk
        desk.writer.forget()


def test_opening_a_page_writes_nothing(desk: Desk) -> None:
    assert desk.writer.flush()
    assert desk.writer.close()
    assert desk.stored() == ""


def test_what_is_typed_is_kept_without_being_asked(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(desk.prose, "Slept badly since Tuesday")
    qtbot.waitUntil(lambda: "Slept badly since Tuesday" in desk.stored())
    qtbot.waitUntil(lambda: desk.frame.save_states[-1] == "saved")
    assert desk.frame.save_states[0] == "clean"
    assert not desk.writer.is_unsaved


def test_typing_on_does_not_put_saving_off(desk: Desk, qtbot: QtBot) -> None:
    def is_kept_though_keys_keep_coming() -> bool:
        qtbot.keyClicks(desk.prose, "x")
        return "x" in desk.stored()

    qtbot.waitUntil(is_kept_though_keys_keep_coming, timeout=10_000)


def test_flushing_waits_for_the_disk(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(desk.prose, "in mid-sen")
    assert desk.writer.flush()
    assert "in mid-sen" in desk.stored()


def test_leaving_the_page_s_fields_keeps_them_at_once(desk: Desk, qtbot: QtBot) -> None:
    desk.frame.activateWindow()
    desk.prose.setFocus()
    qtbot.waitUntil(desk.prose.hasFocus)
    qtbot.keyClicks(desk.prose, "then the phone rang")
    assert desk.frame.save_states[-1] == "pending"
    desk.beside.setFocus()
    assert desk.frame.save_states[-1] == "saving", "the save is under way before the pause that autosave waits for"
    qtbot.waitUntil(lambda: "then the phone rang" in desk.stored())


def test_one_stay_one_revision(desk: Desk, qtbot: QtBot) -> None:
    for words in ("One. ", "Two. ", "Three."):
        qtbot.keyClicks(desk.prose, words)
        assert desk.writer.flush()
    assert desk.writer.close()
    with desk.room.desk.store.read() as reading:
        (revision,) = reading.all(Revision)
    assert "Three." in str(revision.answers)


def test_a_failing_save_keeps_the_words_says_so_and_is_tried_again(desk: Desk, qtbot: QtBot) -> None:
    desk.break_disk()
    qtbot.keyClicks(desk.prose, "must not be lost")
    qtbot.waitUntil(lambda: bool(desk.frame.said))
    title, words = desk.frame.said[-1]
    assert (title, "disk is full" in words, desk.frame.save_states[-1]) == (
        "The last change could not be saved",
        True,
        "failed",
    )
    assert desk.writer.flush() is False
    assert desk.writer.close() is False
    assert desk.writer.open(desk.entry) is False, "another page must not take the place of words that are not kept"
    assert "must not be lost" in str(desk.writer.answers())
    desk.mend_disk()
    qtbot.waitUntil(lambda: "must not be lost" in desk.stored(), timeout=15_000)
    qtbot.waitUntil(lambda: desk.frame.save_states[-1] == "saved")
    assert title in desk.frame.unsaid


def test_a_failing_save_can_be_tried_again_by_hand(desk: Desk, qtbot: QtBot) -> None:
    desk.break_disk()
    qtbot.keyClicks(desk.prose, "once more")
    assert desk.writer.flush() is False
    desk.mend_disk()
    desk.frame.actions_said["save_retry"]()
    qtbot.waitUntil(lambda: "once more" in desk.stored())


def test_words_typed_while_a_save_is_under_way_are_kept_too(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(desk.prose, "first")
    desk.writer.save_now()
    qtbot.keyClicks(desk.prose, " and second")
    qtbot.waitUntil(lambda: "first and second" in desk.stored())


def test_a_page_changed_elsewhere_is_never_overwritten(desk: Desk, qtbot: QtBot) -> None:
    documents = desk.room.desk.documents
    key = next(iter(documents.form_of(desk.note).fields)).key
    elsewhere = [{"kind": "paragraph", "runs": [{"text": "typed elsewhere"}]}]
    documents.keep_draft(documents.begin_writing(desk.note), {key: elsewhere})
    qtbot.keyClicks(desk.prose, "typed here")
    desk.writer.save_now()
    qtbot.waitUntil(lambda: "changed in another place" in str(desk.frame.said))
    assert "typed elsewhere" in desk.stored()
    with desk.room.desk.store.read() as reading:
        assert ["typed here" in str(each.answers) for each in reading.all(Revision, is_rescue=True)] == [True]
    desk.frame.actions_said["show_newer"]()
    assert "typed elsewhere" in str(desk.writer.answers())
    qtbot.keyClick(desk.prose, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(desk.prose, ", then here")
    assert desk.writer.flush()
    assert "typed elsewhere, then here" in desk.stored()


def test_leaving_a_page_changed_elsewhere_says_so_and_frees_the_view(desk: Desk, qtbot: QtBot) -> None:
    documents = desk.room.desk.documents
    documents.keep_draft(documents.begin_writing(desk.note), {"risk": {"asked": "none"}})
    qtbot.keyClicks(desk.prose, "typed here")
    assert desk.writer.open(desk.entry)  # the words are safe beside the page, so it can be left
    assert "changed in another place" in str(desk.frame.said)
    assert ["typed here" in str(each.answers) for each in documents.revisions(desk.note.id) if each.is_rescue] == [True]
    line = desk.view.findChild(QTextEdit)
    assert line is not None
    qtbot.keyClicks(line, "can be written in")
    assert "can be written in" in str(desk.writer.answers())


def test_forgetting_leaves_no_word(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(desk.prose, "clinical words")
    assert desk.writer.flush()
    desk.writer.forget()
    assert "clinical" not in str(desk.writer.answers())
    held: list[Document | None] = [desk.writer.document]
    assert held == [None]
    with desk.room.desk.store.read() as reading:
        edits = [each.operation for each in reading.all(AuditEntry, "at") if each.operation.endswith("_edit")]
    assert edits == ["begin_edit", "end_edit"]


@pytest.mark.parametrize("is_waiting", [True, False], ids=["waiting", "queued"])
def test_a_save_that_fails_unforeseen_is_said_and_tried_again_like_any_other(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, is_waiting: bool
) -> None:
    def fail(*_save: object, **_more: object) -> None:
        raise KeyError("slept badly")

    qtbot.keyClicks(desk.prose, "slept badly")
    with monkeypatch.context() as broken:
        broken.setattr(desk.room.desk.documents, "save_draft", fail)
        if is_waiting:
            assert not desk.writer.flush()
        else:
            desk.writer.save_now()
        assert desk.frame.save_states[-1] == "failed"
        assert desk.writer.is_unsaved
        title, words = desk.frame.said[-1]
        assert title == "The last change could not be saved"
        assert "KeyError in test_document_writer.py" in words
        assert "slept badly" not in words
    qtbot.waitUntil(lambda: "slept badly" in desk.stored(), timeout=10_000)
    qtbot.waitUntil(lambda: desk.frame.save_states[-1] == "saved")


def test_half_a_character_holds_no_note_up(desk: Desk) -> None:
    half = "at ease \ud83d again"
    draft = desk.room.desk.documents.begin_writing(desk.note)
    kept = desk.room.desk.documents.keep_draft(draft, {"text": half})
    assert desk.room.desk.documents.document(kept.id).answers == {"text": "at ease \ufffd again"}


def test_in_a_damaged_practice_the_words_stay_can_be_copied_and_can_be_left(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(desk.prose, "Kept before.")
    assert desk.writer.flush()
    desk.room.desk.store.stop_writing("page 7")
    qtbot.keyClicks(desk.prose, " Not kept.")
    assert not desk.writer.flush()
    assert desk.writer._timer.isActive() is False, "trying again would change nothing"
    assert "damaged and is only read" in desk.frame.said[-1][1]
    assert desk.frame.save_states[-1] == "failed"
    assert "only read" in desk.writer.failure
    desk.frame.actions_said["copy_unsaved"]()
    assert "Kept before. Not kept." in QGuiApplication.clipboard().text()
    assert "Not kept" in str(desk.writer.answers())
    desk.frame.actions_said["leave_unsaved"]()
    assert not desk.writer.is_unsaved
    assert "Not kept" not in str(desk.writer.answers())
    assert "Kept before." in str(desk.writer.answers())
    assert desk.writer.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the folder of an open file can't be moved there")
def test_where_the_practice_was_moved_away_the_words_stay_and_are_saved_once_it_is_back(desk: Desk, qtbot: QtBot) -> None:
    practice = desk.room.desk.folder
    practice.rename(practice.with_name("elsewhere"))
    qtbot.keyClicks(desk.prose, "Kept later.")
    assert not desk.writer.flush()
    assert "moved, deleted or replaced" in desk.frame.said[-1][1]
    assert set(desk.frame.actions_said) >= {"save_retry", "copy_unsaved", "leave_unsaved"}, "it may never come back"
    practice.with_name("elsewhere").rename(practice)
    desk.frame.actions_said["save_retry"]()
    qtbot.waitUntil(lambda: not desk.writer.is_unsaved)
    assert "Kept later." in desk.stored()
    practice.rename(practice.with_name("elsewhere"))
    qtbot.keyClicks(desk.prose, " Let go of.")
    assert not desk.writer.flush()
    desk.frame.actions_said["leave_unsaved"]()
    assert desk.writer.close(), "the end of the stay can't be noted either"
    practice.with_name("elsewhere").rename(practice)
    assert "Let go of." not in desk.stored()
