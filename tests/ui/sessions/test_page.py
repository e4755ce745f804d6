"""The Sessions tab with real keys on a real practice: nothing typed is lost, and every verb can be undone."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QSplitter
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.records import Attendance, Session, SessionMode
from tests.ui.naming import unnamed
from tests.ui.sessions.conftest import SessionsRoom
from ui import theme
from ui.sessions.page import SessionsPage

TODAY = date.today()


def press(page: SessionsPage, name: str) -> None:
    action = next(each for actions in page.menus().values() for each in actions if each.objectName() == name)
    assert isinstance(action, QAction)
    action.trigger()


def line(room: SessionsRoom, name: str) -> QLineEdit:
    found = room.page.findChild(QLineEdit, name)
    assert found is not None
    return found


def retype(qtbot: QtBot, field: QLineEdit, words: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Return)


# -- the list ------------------------------------------------------------------------------------------------------


def test_newest_first_and_a_cancelled_one_has_no_number(sessions_room: SessionsRoom):
    first, second, third = sessions_room.room.sessions(sessions_room.course, 3)
    sessions_room.desk.sessions.change_session(
        Session(id=second.id, course_id=second.course_id, date=second.date, attendance=Attendance.CANCELLED_BY_CLIENT)
    )
    sessions_room.write(third, "Rang Johan on Saturday.", mood=4)
    sessions_room.show()
    heading, *rows = sessions_room.rows()
    assert heading == "Initial phase"
    assert rows[0].startswith("2  ")
    assert rows[0].endswith("mood 4 · to be signed")
    told = sessions_room.page.list.lines.index(1).data(Qt.ItemDataRole.ToolTipRole)
    assert "to be signed, Rang Johan on Saturday." in told
    assert rows[1].startswith("–  ")
    assert "cancelled by client" in rows[1]
    assert rows[2].startswith("1  ")
    assert "no note yet" in rows[2]
    assert sessions_room.page.list.chosen_id() == third.id
    assert first.id != third.id


def test_up_and_down_choose_and_return_goes_into_the_note(sessions_room: SessionsRoom, qtbot: QtBot):
    first, second = sessions_room.room.sessions(sessions_room.course, 2)
    sessions_room.write(first, "The first time.")
    page = sessions_room.show()
    assert page.list.chosen_id() == second.id
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.chosen_id() == first.id
    assert sessions_room.text().toPlainText() == "The first time."
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(sessions_room.text().hasFocus)
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    assert page.list.chosen_id() == second.id
    assert sessions_room.text().toPlainText() == ""


# -- a new session -------------------------------------------------------------------------------------------------


def test_a_new_session_is_todays_as_long_as_agreed_and_nothing_is_answered(sessions_room: SessionsRoom, qtbot: QtBot):
    earlier = Session(course_id=sessions_room.course.id, date=TODAY - timedelta(7), mode=SessionMode.VIDEO)
    sessions_room.desk.sessions.add_session(earlier)
    page = sessions_room.show()
    qtbot.mouseClick(sessions_room.button("session_new"), Qt.MouseButton.LeftButton)
    _old, made = sessions_room.sessions()
    assert made.date == TODAY
    assert made.mode is SessionMode.VIDEO
    assert made.attendance is None
    assert made.starts_at is not None
    assert made.starts_at.minute % 5 == 0
    if made.ends_at is not None:  # within fifty minutes of midnight the end is left open
        length = datetime.combine(TODAY, made.ends_at) - datetime.combine(TODAY, made.starts_at)
        assert length == timedelta(minutes=sessions_room.course.minutes)
    title = page.findChild(QLabel, "session_title")
    assert title is not None
    assert title.text() == "Session 2"
    qtbot.waitUntil(sessions_room.text().hasFocus)
    sessions_room.frame.stack.undo()
    assert sessions_room.sessions() == [earlier]
    sessions_room.frame.stack.redo()
    assert [each.id for each in sessions_room.sessions()] == [earlier.id, made.id]


def test_start_session_twice_is_one_session(sessions_room: SessionsRoom, qtbot: QtBot):
    page = sessions_room.show()
    page.start_session()
    (made,) = sessions_room.sessions()
    qtbot.waitUntil(sessions_room.text().hasFocus)
    qtbot.keyClicks(sessions_room.text(), "Hello")
    page.start_session()
    assert sessions_room.sessions() == [made]
    assert sessions_room.text().toPlainText() == "Hello"


def test_undoing_a_new_session_never_takes_its_words(sessions_room: SessionsRoom, qtbot: QtBot):
    page = sessions_room.show()
    page.start_session()
    qtbot.mouseClick(sessions_room.button("field_mood_row_7"), Qt.MouseButton.LeftButton)
    sessions_room.frame.stack.undo()
    (kept,) = sessions_room.sessions()
    assert "'mood': 7" in sessions_room.stored(kept)
    assert "has words in it" in str(sessions_room.frame.said)


# -- the note ------------------------------------------------------------------------------------------------------


def test_typing_saves_itself_and_says_so(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    qtbot.keyClicks(sessions_room.text(), "He was silent, then agreed.")
    qtbot.waitUntil(lambda: "He was silent, then agreed." in sessions_room.stored(session))
    qtbot.waitUntil(lambda: page.note.save_state.words().startswith("Saved"))
    assert any("to be signed" in row for row in sessions_room.rows())
    sessions_room.text().undo()
    assert sessions_room.text().toPlainText() != "He was silent, then agreed."


def test_another_session_another_client_and_flush_keep_it_first(sessions_room: SessionsRoom, qtbot: QtBot):
    first, second = sessions_room.room.sessions(sessions_room.course, 2)
    other = sessions_room.room.client("Ben Okafor")
    page = sessions_room.show()
    qtbot.keyClicks(sessions_room.text(), "one")
    assert page.choose_session(first.id)
    assert "one" in sessions_room.stored(second)
    qtbot.keyClicks(sessions_room.text(), "two")
    assert sessions_room.frame.choose_client(other.id)
    assert "two" in sessions_room.stored(first)
    assert "two" not in str(page.note.writer.answers())
    assert sessions_room.frame.choose_client(sessions_room.client.id)
    assert page.list.chosen_id() == first.id  # where the therapist was
    qtbot.keyClicks(sessions_room.text(), "three ")
    assert page.flush()
    assert "three" in sessions_room.stored(first)


def test_coming_back_to_a_client_finds_the_place_in_the_note(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    sessions_room.write(session, "\n".join(f"Line {number}" for number in range(60)))
    other = sessions_room.room.client("Ben Okafor")
    page = sessions_room.show()
    text = sessions_room.text()
    text.setFocus()
    qtbot.waitUntil(text.hasFocus)
    text.moveCursor(text.textCursor().MoveOperation.End)
    bar = page.note.scroller.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 500)  # the page follows the cursor
    cursor, scrolled = text.textCursor().position(), bar.value()
    assert sessions_room.frame.choose_client(other.id)
    assert sessions_room.frame.choose_client(sessions_room.client.id)
    assert sessions_room.text().textCursor().position() == cursor
    qtbot.waitUntil(lambda: bar.value() == scrolled)


def test_leaving_the_field_keeps_it(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    sessions_room.text().setFocus()
    qtbot.waitUntil(sessions_room.text().hasFocus)
    qtbot.keyClicks(sessions_room.text(), "left")
    page.list.setFocus()
    with qtbot.waitSignal(page.note.note_saved):
        assert page.note.writer.document is not None
    assert "left" in sessions_room.stored(session)


def test_a_failing_save_keeps_the_words_stays_and_mends_itself(sessions_room: SessionsRoom, qtbot: QtBot):
    first, second = sessions_room.room.sessions(sessions_room.course, 2)
    page = sessions_room.show()
    sessions_room.break_disk()
    qtbot.keyClicks(sessions_room.text(), "She cried.")
    assert not page.flush()
    assert page.note.save_state.words().startswith("Not saved yet")
    assert "disk is full" in str(sessions_room.frame.said[-1])
    assert not page.choose_session(first.id)
    assert page.list.chosen_id() == second.id
    assert not sessions_room.frame.choose_client(None)
    assert sessions_room.text().toPlainText() == "She cried."
    assert "She cried." not in sessions_room.stored(second)
    sessions_room.mend_disk()
    qtbot.waitUntil(lambda: "She cried." in sessions_room.stored(second))  # no key was pressed
    qtbot.waitUntil(lambda: page.note.save_state.words().startswith("Saved"))
    assert "The last change could not be saved" in sessions_room.frame.unsaid
    assert page.choose_session(first.id)


def test_retry_saves_at_once(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    sessions_room.break_disk()
    qtbot.keyClicks(sessions_room.text(), "Again.")
    assert not page.flush()
    sessions_room.mend_disk()
    with qtbot.waitSignal(page.note.note_saved):
        sessions_room.frame.actions_said["save_retry"]()
    assert "Again." in sessions_room.stored(session)


def test_a_note_changed_elsewhere_is_never_overwritten_and_that_is_said(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    note = sessions_room.write(session, "Before.")
    page = sessions_room.show()
    sessions_room.write(session, "Written elsewhere.")
    sessions_room.text().moveCursor(sessions_room.text().textCursor().MoveOperation.End)
    qtbot.keyClicks(sessions_room.text(), " Typed here.")
    assert page.flush()
    assert "changed in another place" in str(sessions_room.frame.said)
    assert "Written elsewhere." in sessions_room.stored(session)
    rescued = [each for each in sessions_room.desk.documents.revisions(note.id) if each.is_rescue]
    assert "Typed here." in str(rescued[0].answers)


def test_in_the_room_the_later_part_is_folded_and_ctrl_down_unfolds_it(sessions_room: SessionsRoom, qtbot: QtBot):
    page = sessions_room.show()
    page.start_session()
    (made,) = sessions_room.sessions()
    later = sessions_room.widget("section_after_body")
    qtbot.waitUntil(sessions_room.text().isVisible)
    if made.ends_at is not None and made.ends_at > datetime.now().time():
        assert not later.isVisible()
    page.note.fold_later(True)
    assert not later.isVisible()
    press(page, "unfold_note")
    assert later.isVisible()
    qtbot.waitUntil(sessions_room.text("since_last_time").hasFocus)


def test_what_is_written_later_on_is_never_folded_away(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    sessions_room.write(session, "Told.", between_session_task="Ring Johan")
    page = sessions_room.show()
    page.note.fold_later(True)
    qtbot.waitUntil(sessions_room.widget("section_after_body").isVisible)


def test_last_time_is_beside_the_note(sessions_room: SessionsRoom):
    first, second = sessions_room.room.sessions(sessions_room.course, 2)
    sessions_room.write(first, "Waited for Johan.", mood=4, between_session_task="Ring Johan before Friday")
    page = sessions_room.show()
    assert page.list.chosen_id() == second.id
    said = [each.text() for each in page.columns.last_time.findChildren(QLabel) if each.isVisible()]
    assert "Mood 4. Waited for Johan." in said
    assert "Ring Johan before Friday" in said
    hint = page.note.view.findChild(QLabel, "hint_last_step")
    assert hint is not None
    assert "Agreed last time: Ring Johan before Friday" in hint.text()


def test_what_unchanged_would_mean_is_said_below_risk(sessions_room: SessionsRoom):
    held = sessions_room.room.sessions(sessions_room.course, 4)
    sessions_room.write(held[0], "Came in.", risk={"asked": "changed", "words": "Passive ideation. No plan, no intent."})
    sessions_room.write(held[1], "Went on.", risk={"asked": "unchanged"})
    sessions_room.write(held[2], "Went on again.", risk={"asked": "not_asked"})
    page = sessions_room.show()
    hint = page.note.view.findChild(QLabel, "hint_risk")
    assert hint is not None
    assert hint.text() == f"Nothing is chosen for you. Unchanged would mean: passive ideation, {short_date(held[1].date)}."
    editor = page.note.view.editor("risk")
    assert not any(each.isChecked() for each in editor.findChildren(QAbstractButton))


def test_nothing_is_said_of_risk_where_it_was_never_asked(sessions_room: SessionsRoom):
    first, _second = sessions_room.room.sessions(sessions_room.course, 2)
    sessions_room.write(first, "Came in.")
    page = sessions_room.show()
    hint = page.note.view.findChild(QLabel, "hint_risk")
    assert hint is not None
    assert hint.text() == "Nothing is chosen for you."
    assert page.choose_session(first.id)
    assert "Ring Johan" not in str([each.text() for each in page.columns.last_time.findChildren(QLabel)])


def test_someone_new_on_the_circle_can_be_named_without_losing_a_word(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    assert not sessions_room.button("field_with_whom_add").isEnabled()
    qtbot.keyClicks(sessions_room.text(), "With Tess.")
    page.hide()
    with qtbot.waitSignal(sessions_room.frame.changes.changed):
        sessions_room.desk.circles.add_person(sessions_room.client.id, "Tess", "friend")
    page.show()
    assert sessions_room.button("field_with_whom_add").isEnabled()
    assert sessions_room.text().toPlainText() == "With Tess."
    assert "With Tess." in sessions_room.stored(session)


# -- the form of the note ------------------------------------------------------------------------------------------


def choose_form(room: SessionsRoom, words: str) -> None:
    combo = room.page.findChild(QComboBox, "session_form")
    assert combo is not None
    combo.setCurrentIndex(combo.findText(words))
    combo.activated.emit(combo.currentIndex())


def test_another_form_keeps_the_words_or_says_which_have_no_place(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    qtbot.keyClicks(sessions_room.text(), "A telephone call.")
    qtbot.mouseClick(sessions_room.button("field_mood_row_3"), Qt.MouseButton.LeftButton)
    choose_form(sessions_room, "Free note")
    assert sessions_room.text("note").toPlainText() == "A telephone call."
    assert "Mood, as said" in page.note.bar.text()
    assert "'mood': 3" in sessions_room.stored(session)
    choose_form(sessions_room, "IPT session note")
    assert sessions_room.text().toPlainText() == "A telephone call."
    assert page.note.writer.answers()["mood"] == 3
    assert page.note.bar.text() == ""
    assert len(sessions_room.desk.documents.of_session(session.id)) == 1


def test_an_empty_note_takes_another_form_and_stores_nothing(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    sessions_room.show()
    choose_form(sessions_room, "Free note")
    qtbot.waitUntil(sessions_room.text("note").isVisible)
    assert sessions_room.desk.documents.of_session(session.id) == []


# -- the session itself --------------------------------------------------------------------------------------------


def test_date_and_times_are_typed_and_undone(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    page.note.head.unfold_facts()
    retype(qtbot, line(sessions_room, "session_date"), f"{TODAY:%d.%m.%Y}")
    assert sessions_room.sessions()[0].date == TODAY
    retype(qtbot, line(sessions_room, "session_start"), "11")
    retype(qtbot, line(sessions_room, "session_end"), "1150")
    changed = sessions_room.sessions()[0]
    assert (changed.starts_at, changed.ends_at) == (time(11), time(11, 50))
    minutes = page.findChild(QLabel, "session_minutes")
    assert minutes is not None
    assert minutes.text() == "50 min"
    retype(qtbot, line(sessions_room, "session_start"), "14:00")  # behind the end: the session moves as a whole
    assert sessions_room.sessions()[0].ends_at == time(14, 50)
    for _step in range(4):
        sessions_room.frame.stack.undo()
    assert sessions_room.sessions() == [session]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("session_date", "31.2.2026", "February has no 31."),
        ("session_date", "soon", "“soon” is no date"),
        ("session_date", " ", "A session has a date"),
        ("session_start", "25:00", "“25:00” is no time of day"),
    ],
)
def test_what_is_no_date_or_time_is_said_and_not_kept(
    sessions_room: SessionsRoom, qtbot: QtBot, field: str, typed: str, said: str
):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    page.note.head.unfold_facts()
    retype(qtbot, line(sessions_room, field), typed)
    error = page.findChild(QLabel, "session_error_words")
    assert error is not None
    assert said in error.text()
    assert line(sessions_room, field).text() == typed
    assert sessions_room.sessions() == [session]


def test_what_is_being_typed_survives_a_refresh(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    page.note.head.unfold_facts()
    start = line(sessions_room, "session_start")
    start.setFocus()
    qtbot.waitUntil(start.hasFocus)
    qtbot.keyClicks(start, "9:")
    with qtbot.waitSignal(sessions_room.frame.changes.changed):
        sessions_room.desk.sessions.change_session(replace(session, mode=SessionMode.PHONE))
    assert "telephone" in page.note.head.line.text()
    qtbot.keyClicks(start, "30")
    qtbot.keyClick(start, Qt.Key.Key_Return)
    kept = sessions_room.sessions()[0]
    assert (kept.starts_at, kept.mode) == (time(9, 30), SessionMode.PHONE)
    assert start.text() == "09:30"


def test_a_time_still_being_typed_is_kept_on_leaving(sessions_room: SessionsRoom, qtbot: QtBot):
    sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    page.note.head.unfold_facts()
    qtbot.keyClicks(line(sessions_room, "session_start"), "9:30")
    assert page.flush()
    assert sessions_room.sessions()[0].starts_at == time(9, 30)


def test_attendance_is_answered_by_hand_and_changes_the_number(sessions_room: SessionsRoom, qtbot: QtBot):
    first, second = sessions_room.room.sessions(sessions_room.course, 2, attendance=None)
    page = sessions_room.show()
    assert page.note.head.facts.isVisible()  # the session is over and the question open
    assert "attendance not answered" in page.note.head.line.text()
    page.choose_session(first.id)
    qtbot.mouseClick(sessions_room.button("session_attendance_did_not_come"), Qt.MouseButton.LeftButton)
    assert sessions_room.sessions()[0].attendance is Attendance.DID_NOT_COME
    assert page.note.head.title.text() == "Session not held"
    assert page.choose_session(second.id)
    assert page.note.head.title.text() == "Session 1"
    sessions_room.frame.stack.undo()
    assert sessions_room.sessions()[0].attendance is None


def test_only_an_empty_session_is_removed_and_comes_back(sessions_room: SessionsRoom, qtbot: QtBot):
    first, second = sessions_room.room.sessions(sessions_room.course, 2)
    sessions_room.write(first, "Words.")
    page = sessions_room.show()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert [each.id for each in sessions_room.sessions()] == [first.id]
    assert page.list.chosen_id() == first.id
    qtbot.mouseClick(sessions_room.button("session_undo"), Qt.MouseButton.LeftButton)
    assert sessions_room.sessions() == [first, second]
    assert page.note.bar.text() == ""
    press(page, "remove_session")
    assert sessions_room.sessions() == [first, second]
    assert "has words in it" in str(sessions_room.frame.said[-1])


def test_the_offer_to_undo_goes_with_the_next_verb(sessions_room: SessionsRoom, qtbot: QtBot):
    first, second = sessions_room.room.sessions(sessions_room.course, 2)
    page = sessions_room.show()
    page.work.remove_session()
    assert f"{second.date.day} {second.date:%B} was removed" in page.note.bar.text()
    qtbot.mouseClick(sessions_room.button("session_change"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sessions_room.button("session_attendance_late"), Qt.MouseButton.LeftButton)
    assert page.note.bar.text() == ""
    sessions_room.frame.stack.undo()
    sessions_room.frame.stack.undo()
    assert sessions_room.sessions() == [first, second]


def test_nothing_is_removed_while_the_note_is_not_kept(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    sessions_room.break_disk()
    qtbot.keyClicks(sessions_room.text(), "Still here.")
    page.work.remove_session()
    assert sessions_room.sessions() == [session]
    assert sessions_room.text().toPlainText() == "Still here."
    sessions_room.mend_disk()


def test_removing_the_only_session_leaves_what_to_do(sessions_room: SessionsRoom, qtbot: QtBot):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    page.work.remove_session()
    assert sessions_room.widget("no_session").isVisible()
    undo = page.columns.empty_bar.findChild(type(sessions_room.button("session_new")), "session_undo")
    assert undo is not None
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert sessions_room.sessions() == [session]
    assert page.list.chosen_id() == session.id


# -- the tab -------------------------------------------------------------------------------------------------------


def test_what_stands_where_there_is_nothing(sessions_room: SessionsRoom, qtbot: QtBot):
    page = sessions_room.show()
    assert sessions_room.widget("no_session").isVisible()
    qtbot.mouseClick(sessions_room.button("no_session_action"), Qt.MouseButton.LeftButton)
    assert len(sessions_room.sessions()) == 1
    new = sessions_room.room.client("Ben Okafor")
    sessions_room.frame.choose_client(new.id)
    assert sessions_room.widget("no_course").isVisible()
    page.start_session()
    assert sessions_room.widget("no_course").isVisible()
    sessions_room.frame.choose_client(None)
    assert sessions_room.widget("no_client").isVisible()
    qtbot.mouseClick(sessions_room.button("no_client_action"), Qt.MouseButton.LeftButton)
    assert sessions_room.frame.tab == "clients"


def test_a_course_begun_meanwhile_is_shown(sessions_room: SessionsRoom, qtbot: QtBot):
    new = sessions_room.room.client("Ben Okafor")
    page = sessions_room.show(new)
    course = sessions_room.room.course(new)
    sessions_room.frame.course_id = course.id
    qtbot.waitUntil(sessions_room.widget("no_session").isVisible)
    page.start_session()
    assert len(sessions_room.desk.sessions.sessions(course.id)) == 1


def test_columns_fold_come_back_and_keep_their_widths(sessions_room: SessionsRoom, qtbot: QtBot):
    sessions_room.room.sessions(sessions_room.course, 2)
    page = sessions_room.show()
    press(page, "session_list_shown")
    assert not page.list.isVisible()
    qtbot.mouseClick(sessions_room.button("unfold_session_list"), Qt.MouseButton.LeftButton)
    assert page.list.isVisible()
    press(page, "last_time_shown")
    assert not page.columns.last_time.isVisible()
    qtbot.mouseClick(sessions_room.button("unfold_last_time"), Qt.MouseButton.LeftButton)
    assert page.columns.last_time.isVisible()
    splitter = page.findChild(QSplitter, "session_splitter")
    assert splitter is not None
    qtbot.waitUntil(lambda: splitter.handle(1).x() > 200)  # the handle follows when the layout has been
    start = splitter.handle(1).rect().center()
    qtbot.mousePress(splitter.handle(1), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(splitter.handle(1), start + QPoint(60, 0))
    qtbot.mouseRelease(splitter.handle(1), Qt.MouseButton.LeftButton, pos=start)
    drawn = splitter.sizes()[0]
    assert drawn > 240
    assert sessions_room.frame.preferences.widths["session_splitter"][0] == drawn
    press(page, "session_list_shown")
    press(page, "session_list_shown")
    assert abs(splitter.sizes()[0] - drawn) <= 1


def test_larger_text_sets_the_note_anew_and_keeps_it(sessions_room: SessionsRoom, qtbot: QtBot, qapp: QApplication):
    (session,) = sessions_room.room.sessions(sessions_room.course, 1)
    page = sessions_room.show()
    page.note.head.unfold_facts()
    qtbot.keyClicks(sessions_room.text(), "Typed before.")
    small = sessions_room.text().fontMetrics().height()
    theme.apply(qapp, theme.Theme("dark", 1.5))
    qtbot.waitUntil(lambda: sessions_room.text().fontMetrics().height() > small)
    assert sessions_room.text().toPlainText() == "Typed before."
    assert "Typed before." in sessions_room.stored(session)
    assert page.note.head.facts.isVisible()
    assert line(sessions_room, "session_date").text().startswith(f"{session.date:%A}")


def test_forget_lets_go_of_every_word(sessions_room: SessionsRoom, qtbot: QtBot):
    first, _second = sessions_room.room.sessions(sessions_room.course, 2)
    sessions_room.write(first, "Secret words.", between_session_task="Secret step")
    page = sessions_room.show()
    qtbot.keyClicks(sessions_room.text(), "Secret too.")
    assert page.flush()
    page.forget()
    shown = [each.text() for each in page.findChildren(QLabel)] + [each.text() for each in page.findChildren(QLineEdit)]
    shown += [each.toPlainText() for each in page.findChildren(type(sessions_room.text()))] if page.note.form else []
    assert "Secret" not in str(shown)
    assert "Secret" not in str(page.note.writer.answers())
    assert sessions_room.rows() == []


def test_everything_usable_is_named(sessions_room: SessionsRoom):
    sessions_room.room.sessions(sessions_room.course, 2)
    assert unnamed(sessions_room.show()) == []
