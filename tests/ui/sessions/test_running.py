"""A session that runs: the room around its note, the closing strip by keyboard, and the way back."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Means
from ipt_desktop.domain.new_session import session_now
from ipt_desktop.domain.records import Attendance, Session, SessionKind
from ipt_desktop.domain.session_records import RiskEntry
from tests.ui.naming import unnamed
from tests.ui.sessions.conftest import SessionsRoom
from tests.ui.sessions.test_page import TODAY, press
from ui import theme
from ui.sessions.closing_strip import ClosingStrip


def started(room: SessionsRoom, qtbot: QtBot, minutes_ago: int = 52, **more: object) -> Session:
    """Start the session of today, so many minutes ago."""
    if room.page.session is None or not room.page.session.is_running:
        room.page.start_session()
    running = room.desk.sessions.running()
    assert running is not None
    assert running.begun_at is not None
    changed = replace(running, begun_at=running.begun_at - timedelta(minutes=minutes_ago), **more)  # type: ignore[arg-type]
    room.desk.sessions.change_session(changed)
    room.page.refresh()
    return changed


def strip_of(room: SessionsRoom) -> ClosingStrip:
    strip = room.page.running.strip
    assert strip is not None
    return strip


def end(room: SessionsRoom, qtbot: QtBot) -> ClosingStrip:
    room.page.end_session()
    strip = strip_of(room)
    qtbot.waitUntil(strip.start.hasFocus)
    return strip


def words(room: SessionsRoom, name: str) -> str:
    found = room.page.findChild(QLabel, name)
    assert found is not None
    return found.text()


def key(qtbot: QtBot, pressed: Qt.Key, times: int = 1) -> None:
    for _time in range(times):
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, pressed)


def type_here(qtbot: QtBot, text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClicks(focused, text)


# -- starting ------------------------------------------------------------------------------------------------------


def test_starting_stores_that_it_runs_and_undo_calls_it_off(sessions_room: SessionsRoom, qtbot: QtBot):
    planned = sessions_room.desk.sessions.add_session(Session(course_id=sessions_room.course.id, date=TODAY))
    page = sessions_room.show()
    page.start_session()
    assert sessions_room.desk.sessions.session(planned.id).is_running
    qtbot.waitUntil(sessions_room.text().hasFocus)
    sessions_room.frame.stack.undo()
    assert sessions_room.sessions() == [planned]
    qtbot.waitUntil(lambda: not page.note.is_in_room)
    sessions_room.frame.stack.redo()
    assert sessions_room.desk.sessions.session(planned.id).is_running


def test_the_intake_that_is_shown_is_the_one_that_starts(sessions_room: SessionsRoom):
    intake = sessions_room.desk.sessions.add_session(
        Session(course_id=sessions_room.course.id, date=TODAY, kind=SessionKind.INTAKE)
    )
    sessions_room.desk.sessions.add_session(Session(course_id=sessions_room.course.id, date=TODAY))
    page = sessions_room.show()
    page.choose_session(intake.id)
    page.start_session()
    running = sessions_room.desk.sessions.running()
    assert running is not None
    assert running.id == intake.id


def test_while_another_client_s_session_runs_none_begins_and_that_is_said(sessions_room: SessionsRoom):
    other = sessions_room.room.course(sessions_room.room.client("Ben Okafor"))
    sessions_room.desk.sessions.start_session(Session(course_id=other.id, date=TODAY))
    page = sessions_room.show()
    page.start_session()
    assert sessions_room.sessions() == []
    assert "Another session has been running since" in str(sessions_room.frame.said)
    assert "Ben" not in str(sessions_room.frame.said)


# -- in the room ---------------------------------------------------------------------------------------------------


def test_in_the_room_nothing_of_last_time_shows_until_its_key(sessions_room: SessionsRoom, qtbot: QtBot):
    (first,) = sessions_room.room.sessions(sessions_room.course, 1)
    sessions_room.write(
        first,
        "Waited for Johan.",
        mood=4,
        between_session_task="Ring Johan before Friday",
        risk={"asked": "changed", "words": "passive ideation"},
    )
    page = sessions_room.show()
    page.start_session()
    qtbot.waitUntil(sessions_room.text().isVisible)
    shown = " ".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())
    for word in ("Ring Johan", "passive", "Waited", "attendance"):
        assert word not in shown, word
    assert "F4 shows the words agreed last time." in shown
    assert not page.list.isVisible()
    assert not page.columns.last_time.isVisible()
    assert not sessions_room.widget("session_form").isVisible()
    qtbot.keyClicks(sessions_room.text(), "Rang him.")
    assert page.flush()
    assert words(sessions_room, "signature_status") == "", "nor that risk is not answered yet"
    assert words(sessions_room, "note_promise") == "· kept as you type"
    assert not sessions_room.widget("sign_note_button").isVisible()
    press(page, "last_time_shown")
    assert page.columns.last_time.isVisible()
    assert words(sessions_room, "last_time_task") == "Ring Johan before Friday"
    press(page, "last_time_shown")
    rail = sessions_room.widget("session_list_rail")
    qtbot.mouseClick(rail, Qt.MouseButton.LeftButton)
    assert page.list.isVisible()
    assert not rail.isVisible()
    press(page, "session_list_shown")
    assert rail.isVisible()
    assert unnamed(page) == []


def test_the_head_says_only_which_session_when_and_how(sessions_room: SessionsRoom, qtbot: QtBot):
    now = datetime.now().time().replace(second=0, microsecond=0)
    sessions_room.desk.sessions.add_session(Session(course_id=sessions_room.course.id, date=TODAY, starts_at=now))
    page = sessions_room.show()
    page.start_session()
    assert words(sessions_room, "session_title") == "Session 1"
    assert words(sessions_room, "session_line").endswith(f", {now:%H:%M} · in person")


def test_what_was_written_for_later_is_folded_while_the_client_is_there(sessions_room: SessionsRoom, qtbot: QtBot):
    session = sessions_room.desk.sessions.add_session(Session(course_id=sessions_room.course.id, date=TODAY))
    sessions_room.write(session, "Told.", plan="Ask about Tess", between_session_task="Ring Johan")
    page = sessions_room.show()
    page.start_session()
    qtbot.waitUntil(lambda: page.note.is_in_room)
    assert not sessions_room.widget("section_after_body").isVisible()
    press(page, "unfold_note")
    qtbot.waitUntil(sessions_room.widget("section_after_body").isVisible)


# -- the closing strip ---------------------------------------------------------------------------------------------


def test_by_keyboard_alone_from_first_field_to_closed(sessions_room: SessionsRoom, qtbot: QtBot):
    page = sessions_room.show()
    started(sessions_room, qtbot)
    session = sessions_room.sessions()[0]
    strip = end(sessions_room, qtbot)
    type_here(qtbot, "11:00")
    key(qtbot, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is strip.end
    type_here(qtbot, "11:52")
    assert words(sessions_room, "closing_minutes") == "52 min"
    key(qtbot, Qt.Key.Key_Tab)
    key(qtbot, Qt.Key.Key_Space)  # attended
    key(qtbot, Qt.Key.Key_Tab)
    key(qtbot, Qt.Key.Key_Right)
    key(qtbot, Qt.Key.Key_Space)  # asked: none
    key(qtbot, Qt.Key.Key_Tab, 2)  # past the action
    type_here(qtbot, "Say yes to lunch")
    key(qtbot, Qt.Key.Key_Tab, 3)  # past next date and no date
    assert QApplication.focusWidget() is strip.fee
    type_here(qtbot, "Own rate")
    key(qtbot, Qt.Key.Key_Tab)
    key(qtbot, Qt.Key.Key_Return)
    ended, following = sessions_room.sessions()
    assert ended.id == session.id
    assert (ended.starts_at, ended.ends_at, ended.attendance) == (time(11), time(11, 52), Attendance.ATTENDED)
    assert (ended.fee, ended.is_running) == ("Own rate", False)
    assert following.date == TODAY + timedelta(7)
    assert "'asked': 'none'" in sessions_room.stored(ended)
    assert "Say yes to lunch" in sessions_room.stored(ended)
    assert page.running.strip is None
    qtbot.waitUntil(sessions_room.widget("section_after_body").isVisible)
    with sessions_room.desk.store.read() as reading:
        assert [each.asked for each in reading.all(RiskEntry)] == ["none"]


def test_nothing_is_chosen_beforehand_and_empty_is_allowed(sessions_room: SessionsRoom, qtbot: QtBot):
    (earlier,) = sessions_room.room.sessions(sessions_room.course, 1)
    sessions_room.write(earlier, "Then.", risk={"asked": "changed", "words": "passive ideation"})
    page = sessions_room.show()
    started(sessions_room, qtbot)
    strip = end(sessions_room, qtbot)
    pressed = [each.objectName() for each in strip.findChildren(QWidget) if getattr(each, "isChecked", bool)()]
    assert pressed == []
    assert "passive" not in " ".join(each.text() for each in strip.findChildren(QLabel) if each.isVisible())
    qtbot.mouseClick(sessions_room.button("closing_no_date"), Qt.MouseButton.LeftButton)
    for line in (strip.start, strip.end):
        line.clear()
    key(qtbot, Qt.Key.Key_Return)
    assert page.running.strip is None
    _earlier, ended = sessions_room.sessions()
    assert (ended.starts_at, ended.attendance, ended.fee) == (None, None, "")
    assert ended.closed_at is not None


def test_actual_times_weekly_pattern_and_last_fee_are_proposed(sessions_room: SessionsRoom, qtbot: QtBot):
    (earlier,) = sessions_room.room.sessions(sessions_room.course, 1)
    sessions_room.desk.sessions.change_session(replace(earlier, fee="Insurance"))
    sessions_room.show()
    running = started(sessions_room, qtbot, 5, starts_at=time(11), ends_at=time(11, 50))
    strip = end(sessions_room, qtbot)
    assert running.begun_at is not None
    assert strip.start.text() == f"{running.begun_at.astimezone():%H:%M}"
    assert strip.end.text()[:2] in (f"{datetime.now():%H}", "")
    assert strip.next.line.text().endswith(", 11:00")
    assert strip.next.field.count() == 4
    assert strip.fee.currentText() == "Insurance"


def test_escape_goes_back_with_what_was_answered_in_the_note(sessions_room: SessionsRoom, qtbot: QtBot):
    page = sessions_room.show()
    session = started(sessions_room, qtbot)
    end(sessions_room, qtbot)
    task = page.findChild(QLineEdit, "field_closing_between_session_task_words")
    assert task is not None
    task.setFocus()
    qtbot.keyClicks(task, "Ring Johan")
    key(qtbot, Qt.Key.Key_Escape)
    assert page.running.strip is None
    qtbot.waitUntil(sessions_room.text().hasFocus)
    assert sessions_room.desk.sessions.session(session.id).is_running
    assert page.note.form is not None
    assert page.note.form.answer(page.note.view.answers(), Means.BETWEEN_SESSION_TASK) == "Ring Johan"
    qtbot.waitUntil(lambda: "Ring Johan" in sessions_room.stored(session))


def test_tab_goes_round_in_the_strip_and_never_into_the_dimmed_note(sessions_room: SessionsRoom, qtbot: QtBot):
    sessions_room.show()
    started(sessions_room, qtbot)
    strip = end(sessions_room, qtbot)
    seen = []
    for _step in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        assert strip.isAncestorOf(focused)
        seen.append(focused.objectName())
        key(qtbot, Qt.Key.Key_Tab)
    assert seen[:3] == ["closing_start", "closing_end", "closing_attendance_attended"]
    assert "closing_close" in seen
    assert unnamed(strip) == []
    strip.start.setFocus()
    key(qtbot, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is sessions_room.button("closing_close")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("start", "noon", "“noon” is no time of day"),
        ("end", "00:00", "can’t end before it begins"),
        ("next", "someday", "“someday” is no date"),
        ("next", "1 January 2020", "lies before this session"),
    ],
)
def test_what_can_t_be_read_is_said_and_nothing_is_closed(
    sessions_room: SessionsRoom, qtbot: QtBot, field: str, typed: str, said: str
):
    page = sessions_room.show()
    session = started(sessions_room, qtbot)
    strip = end(sessions_room, qtbot)
    strip.start.setText("11:00")
    strip.end.setText("11:50")
    line = {"start": strip.start, "end": strip.end, "next": strip.next.line}[field]
    line.setFocus()
    line.selectAll()
    type_here(qtbot, typed)
    key(qtbot, Qt.Key.Key_Return)
    assert page.running.strip is strip
    assert said in words(sessions_room, "closing_error_words")
    assert sessions_room.desk.sessions.session(session.id).is_running


def test_another_day_and_hour_can_be_typed_and_a_planned_one_is_not_made_twice(sessions_room: SessionsRoom, qtbot: QtBot):
    sessions_room.show()
    started(sessions_room, qtbot)
    strip = end(sessions_room, qtbot)
    wanted = TODAY + timedelta(9)
    strip.next.line.setText(f"{wanted.day}.{wanted.month}.{wanted.year}, 15:30")
    key(qtbot, Qt.Key.Key_Return)
    following = sessions_room.sessions()[1]
    assert (following.date, following.starts_at) == (wanted, time(15, 30))
    sessions_room.page.running.reopen_session()
    end(sessions_room, qtbot)
    assert strip_of(sessions_room).next.line.text().endswith("15:30")
    key(qtbot, Qt.Key.Key_Return)
    assert len(sessions_room.sessions()) == 2


def test_a_form_without_these_fields_leaves_them_out(sessions_room: SessionsRoom, qtbot: QtBot):
    page = sessions_room.show()
    started(sessions_room, qtbot)
    page.note.take_form("free-note")
    strip = end(sessions_room, qtbot)
    assert strip.findChild(QWidget, "field_closing_between_session_task") is None
    assert strip.findChild(QWidget, "field_closing_risk") is not None


def test_supervision_asks_nobody_who_came_what_was_paid_and_when_next(sessions_room: SessionsRoom, qtbot: QtBot):
    supervision = session_now(sessions_room.course, [], datetime.now(), SessionKind.SUPERVISION)
    sessions_room.desk.sessions.add_session(supervision)
    page = sessions_room.show()
    assert page.choose_session(supervision.id)
    started(sessions_room, qtbot, date=TODAY, starts_at=time(11), ends_at=None)
    strip = end(sessions_room, qtbot)
    names = {each.objectName() for each in strip.findChildren(QWidget)}
    assert not {"closing_attendance", "closing_fee", "closing_next"} & names
    assert {"closing_start", "closing_end", "closing_sign"} <= names
    key(qtbot, Qt.Key.Key_Return)
    (ended,) = sessions_room.sessions()
    assert (ended.is_running, ended.attendance) == (False, None), "and no session of the client is made for next week"


# -- afterwards ----------------------------------------------------------------------------------------------------


def test_reopen_brings_it_back_whole_until_the_next_action(sessions_room: SessionsRoom, qtbot: QtBot):
    page = sessions_room.show()
    running = started(sessions_room, qtbot, starts_at=time(0, 1))  # the test may run at any hour
    end(sessions_room, qtbot)
    key(qtbot, Qt.Key.Key_Return)
    assert len(sessions_room.sessions()) == 2
    assert page.note.bar.text().startswith("Session 1 has ended")
    qtbot.mouseClick(sessions_room.button("session_reopen"), Qt.MouseButton.LeftButton)
    assert sessions_room.sessions() == [running]
    assert page.note.is_in_room
    assert page.note.bar.text() == ""
    end(sessions_room, qtbot)
    key(qtbot, Qt.Key.Key_Return)
    page.work.new_session()
    assert page.note.bar.text() == ""


def test_the_menu_reopens_later_and_that_can_be_undone(sessions_room: SessionsRoom, qtbot: QtBot):
    page = sessions_room.show()
    session = started(sessions_room, qtbot)
    end(sessions_room, qtbot)
    key(qtbot, Qt.Key.Key_Return)
    ended = sessions_room.desk.sessions.session(session.id)
    press(page, "reopen_session")
    assert sessions_room.desk.sessions.session(session.id).is_running
    sessions_room.frame.stack.undo()
    assert sessions_room.desk.sessions.session(session.id) == ended


def test_sign_now_opens_the_panel_over_the_unfolded_note_at_the_first_missing_thing(sessions_room: SessionsRoom, qtbot: QtBot):
    page = sessions_room.show()
    session = started(sessions_room, qtbot)
    qtbot.keyClicks(sessions_room.text(), "Rang Johan.")
    press(page, "sign_note")
    assert page.note.bar.title() == "This session is still running"
    assert not page.note.view.editor("risk").isVisible(), "nothing unfolds while the client is there"
    assert not sessions_room.button("sign_note_button").isVisible()
    assert words(sessions_room, "signature_status") == ""
    end(sessions_room, qtbot)
    qtbot.mouseClick(sessions_room.button("closing_sign_now"), Qt.MouseButton.LeftButton)
    key(qtbot, Qt.Key.Key_Return)
    assert sessions_room.button("signing_sign").isVisible()
    risk = page.note.view.editor("risk")
    qtbot.waitUntil(risk.isVisible)
    qtbot.waitUntil(
        lambda: (
            page.note.scroller.viewport()
            .rect()
            .contains(page.focusWidget().mapTo(page.note.scroller.viewport(), page.focusWidget().rect().center()))
        )
    )
    assert risk.isAncestorOf(page.focusWidget())
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    assert page.flush()
    assert "risk" not in words(sessions_room, "signature_status")
    note = page.note.writer.document
    assert note is not None
    sessions_room.desk.practice.change_details(replace(sessions_room.desk.practice.details(), therapist="Dr Weiss"))
    sessions_room.desk.signing.sign(note, reason="attendance is asked about later")
    sessions_room.frame.stack.undo()
    assert not sessions_room.desk.sessions.session(session.id).is_running
    assert "signed" in str(sessions_room.frame.said[-1])
    page.start_session()
    assert [each.is_running for each in sessions_room.sessions() if each.id == session.id] == [False]


def test_a_save_that_fails_keeps_the_strip_and_the_session(sessions_room: SessionsRoom, qtbot: QtBot):
    page = sessions_room.show()
    session = started(sessions_room, qtbot)
    end(sessions_room, qtbot)
    task = page.findChild(QLineEdit, "field_closing_between_session_task_words")
    assert task is not None
    sessions_room.break_disk()
    task.setFocus()
    qtbot.keyClicks(task, "Ring Johan")
    key(qtbot, Qt.Key.Key_Return)
    assert page.running.strip is not None
    assert sessions_room.desk.sessions.session(session.id).is_running
    sessions_room.mend_disk()
    key(qtbot, Qt.Key.Key_Return)
    assert page.running.strip is None
    assert "Ring Johan" in sessions_room.stored(session)


@pytest.mark.parametrize(("scale", "width", "height"), [(1.0, 1024, 700), (1.5, 1024, 700)])
def test_everything_can_be_reached_in_the_smallest_window(
    sessions_room: SessionsRoom, qtbot: QtBot, qapp: QApplication, scale: float, width: int, height: int
):
    theme.apply(qapp, theme.Theme("light", scale))
    try:
        page = sessions_room.show()
        sessions_room.frame.resize(width, height)
        started(sessions_room, qtbot)
        strip = end(sessions_room, qtbot)
        stops = strip._stops()
        for _each in stops:
            focused = QApplication.focusWidget()
            assert focused is not None
            place = focused.mapTo(page, focused.rect().center())
            assert page.rect().contains(place), focused.objectName()
            key(qtbot, Qt.Key.Key_Tab)
    finally:
        theme.apply(qapp, theme.Theme())
