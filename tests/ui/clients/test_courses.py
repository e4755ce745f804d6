"""Courses of treatment in the client's file: begin, change, end, reopen, begin another; each can be undone."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QRadioButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.records import AgreedPhase, ClientStatus, EndingKind, Session
from tests.ui.clients.conftest import Tab
from tests.ui.clients.test_clients import press
from tests.ui.practice_room import Room
from ui.clients.client_table import PHASE
from ui.widgets.date_field import DateField

Opening = Callable[..., Tab]
TODAY = date.today()


def spans(phases: tuple[AgreedPhase, ...]) -> list[tuple[int, int]]:
    return [(each.first, each.last) for each in phases]


def begin(tab: Tab) -> None:
    press(tab, "begin_course")
    press(tab, "course_done")


def test_a_course_of_sixteen_sessions_is_begun_and_leads_to_the_circle(tab_of: Opening, room: Room):
    marta = room.client("Marta")
    tab = tab_of(marta)
    press(tab, "begin_course")
    assert tab.find(QSpinBox, "course_sessions").value() == 16
    assert tab.find(DateField, "course_start").day() == TODAY
    assert tab.find(DateField, "course_end").day() == TODAY + timedelta(weeks=15)
    assert "Initial 1–3 · Middle 4–13 · Termination 14–16" in tab.find(QLabel, "course_agreement").text()
    press(tab, "course_done")
    course = tab.desk.courses.courses(marta.id)[0]
    assert (course.planned_sessions, course.minutes, course.frequency) == (16, 50, "weekly")
    assert spans(course.phases) == [(1, 3), (4, 13), (14, 16)]
    assert course.planned_end == TODAY + timedelta(weeks=15)
    assert tab.frame.course_id == course.id
    assert "Course 1 has begun" in tab.page.bar.text()
    press(tab, "begun_draw_circle")
    assert tab.frame.tab == "circle"


def test_a_course_is_begun_without_the_mouse(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    tab = tab_of(marta)
    tab.page.file.courses.ask_to_begin()
    qtbot.keyClick(tab.page.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClick(tab.page.focusWidget(), Qt.Key.Key_Tab)
    sessions = tab.find(QSpinBox, "course_sessions")
    assert sessions.hasFocus()
    qtbot.keyClicks(sessions, "8")
    qtbot.keyClick(sessions, Qt.Key.Key_Return)
    course = tab.desk.courses.courses(marta.id)[0]
    assert course.planned_sessions == 8
    assert tab.page.columns.right.currentWidget() is tab.page.file


def test_other_terms_scale_the_phases_and_count_the_end(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    tab = tab_of(marta)
    press(tab, "begin_course")
    sessions = tab.find(QSpinBox, "course_sessions")
    sessions.selectAll()
    qtbot.keyClicks(sessions, "12")
    assert [tab.find(QSpinBox, f"phase_{row}_last").value() for row in (1, 2, 3)] == [2, 10, 12]
    assert tab.find(DateField, "course_end").day() == TODAY + timedelta(weeks=11)
    first = tab.find(QSpinBox, "phase_1_last")
    qtbot.keyClick(first, Qt.Key.Key_Up)
    assert tab.find(QLabel, "phase_2_span").text() == "sessions 4 to"
    end = tab.find(QLineEdit, "course_end")
    end.clear()
    qtbot.keyClicks(end, "1 July 2199")
    press(tab, "course_done")
    course = tab.desk.courses.courses(marta.id)[0]
    assert spans(course.phases) == [(1, 3), (4, 10), (11, 12)]
    assert course.planned_end == date(2199, 7, 1)


def test_a_course_without_a_number_of_sessions_has_no_end(tab_of: Opening, room: Room):
    marta = room.client("Marta")
    tab = tab_of(marta)
    press(tab, "begin_course")
    protocols = tab.find(QComboBox, "course_protocol")
    names = [protocols.itemText(each) for each in range(protocols.count())]
    assert names[0] == "IPT (Weissman, Markowitz, Klerman)"
    place = names.index("Maintenance IPT")
    protocols.setCurrentIndex(place)
    protocols.activated.emit(place)
    assert tab.find(QLabel, "course_protocol_about").text().startswith("Monthly sessions after a treatment that helped")
    assert tab.find(QSpinBox, "course_sessions").text() == "no number"
    assert tab.find(QLabel, "phase_1_span").text() == "from session 1 on"
    assert tab.find(QLineEdit, "course_end").text() == ""
    press(tab, "course_done")
    course = tab.desk.courses.courses(marta.id)[0]
    assert (course.is_open, course.frequency, course.planned_end) == (True, "monthly", None)
    assert spans(course.phases) == [(1, 0)]
    press(tab, "change_course")
    assert tab.find(QSpinBox, "course_sessions").text() == "no number"
    tab.find(QSpinBox, "course_sessions").setValue(6)
    press(tab, "course_done")
    assert spans(tab.desk.courses.course(course.id).phases) == [(1, 6)]


def test_a_wrong_date_is_said_below_it_and_begins_nothing(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    tab = tab_of(marta)
    press(tab, "begin_course")
    start = tab.find(QLineEdit, "course_start")
    start.clear()
    qtbot.keyClicks(start, "30/02/2026")
    press(tab, "course_done")
    assert "February has no 30" in tab.page.courses.course_panel.start_error.text()
    assert tab.desk.courses.courses(marta.id) == []
    start.clear()
    qtbot.keyClicks(start, "2 March 2026")
    press(tab, "course_done")
    assert tab.desk.courses.courses(marta.id)[0].started_on == date(2026, 3, 2)


def test_a_second_course_waits_for_the_end_of_the_first(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    tab = tab_of(marta)
    begin(tab)
    press(tab, "begin_another")
    assert "Course 1 is still running" in tab.page.bar.text()
    press(tab, "end_course")
    press(tab, "ending_done")
    assert "Choose how it ended" in tab.page.courses.ending_panel.error.text()
    button = tab.find(QRadioButton, "ending_lost_contact")
    qtbot.keyClick(button, Qt.Key.Key_Space)
    press(tab, "ending_done")
    first = tab.desk.courses.courses(marta.id)[0]
    assert (first.ended_on, first.ending) == (TODAY, EndingKind.LOST_CONTACT)
    assert tab.desk.clients.client(marta.id).status is ClientStatus.FINISHED
    press(tab, "begin_another")
    press(tab, "course_done")
    second = tab.desk.courses.courses(marta.id)[1]
    assert (second.number, tab.frame.course_id) == (2, second.id)
    press(tab, "course_entry_2")
    assert tab.frame.course_id == first.id
    assert tab.find(QPushButton, "course_entry_2").isChecked()
    assert not tab.find(QPushButton, "course_entry_1").isChecked()


def test_a_course_cannot_end_before_it_began(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    room.course(marta)
    tab = tab_of(marta)
    press(tab, "end_course")
    on = tab.find(QLineEdit, "ending_on")
    on.clear()
    qtbot.keyClicks(on, "1 January 2020")
    qtbot.keyClick(tab.find(QRadioButton, "ending_planned"), Qt.Key.Key_Space)
    press(tab, "ending_done")
    assert "before it began" in tab.page.courses.ending_panel.on_error.text()
    assert tab.desk.courses.courses(marta.id)[0].ended_on is None


def test_the_table_tells_a_course_withdrawn_and_a_phase_that_has_no_place_in_the_course(tab_of: Opening, room: Room):
    marta, zofia = room.client("Marta"), room.client("Zofia")
    later = TODAY + timedelta(days=10)
    room.desk.courses.end_course(room.course(marta, later).id, later, EndingKind.EARLY_BY_CLIENT)
    room.desk.phases.enter_phase(room.course(zofia).id, "of another protocol", TODAY)
    tab = tab_of()
    assert tab.row("Marta")[PHASE] == "Withdrawn"
    model = tab.page.list.table.clients
    pills = [model.index(row, PHASE).data(Qt.ItemDataRole.UserRole) for row in range(2)]
    assert pills == [(0, None), (0, None)], "no row of hollow pills, as if it had not begun"


def test_a_course_is_reopened(tab_of: Opening, room: Room):
    marta = room.client("Marta")
    course = room.course(marta)
    room.desk.courses.end_course(course.id, TODAY, EndingKind.TRANSFER)
    tab = tab_of(marta)
    press(tab, "reopen_course")
    assert tab.desk.courses.course(course.id).ended_on is None
    tab.frame.stack.undo()
    again = tab.desk.courses.course(course.id)
    assert (again.ended_on, again.ending) == (TODAY, EndingKind.TRANSFER)


def test_terms_are_changed_and_put_back(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    course = room.course(marta)
    tab = tab_of(marta)
    press(tab, "change_course")
    minutes = tab.find(QSpinBox, "course_minutes")
    minutes.selectAll()
    qtbot.keyClicks(minutes, "45")
    press(tab, "course_done")
    assert tab.desk.courses.course(course.id).minutes == 45
    assert "45 minutes" in tab.find(QLabel, "course_terms").text()
    tab.frame.stack.undo()
    assert tab.desk.courses.course(course.id) == course


def test_a_shorter_course_scales_what_was_agreed_and_counts_its_end_again(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    agreed = (("initial", 1, 8), ("middle", 9, 12), ("termination", 13, 16))
    phases = tuple(AgreedPhase(key=key, first=first, last=last) for key, first, last in agreed)
    course = room.course(marta, phases=phases)
    tab = tab_of(marta)
    press(tab, "change_course")
    sessions = tab.find(QSpinBox, "course_sessions")
    sessions.selectAll()
    qtbot.keyClicks(sessions, "8")
    press(tab, "course_done")
    changed = tab.desk.courses.course(course.id)
    assert spans(changed.phases) == [(1, 4), (5, 6), (7, 8)]
    assert changed.planned_end == TODAY + timedelta(weeks=7)


def test_beginning_and_ending_are_undone_and_redone_by_the_same_course(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    tab = tab_of(marta)
    begin(tab)
    course = tab.desk.courses.courses(marta.id)[0]
    press(tab, "end_course")
    qtbot.keyClick(tab.find(QRadioButton, "ending_planned"), Qt.Key.Key_Space)
    press(tab, "ending_done")
    stack = tab.frame.stack
    stack.undo()
    assert tab.desk.courses.course(course.id).ended_on is None
    stack.undo()
    assert tab.desk.courses.courses(marta.id) == []
    assert tab.frame.course_id is None
    stack.redo()
    stack.redo()
    assert tab.desk.courses.course(course.id).ending is EndingKind.PLANNED


def test_a_course_with_something_recorded_in_it_is_not_taken_back(tab_of: Opening, room: Room):
    marta = room.client("Marta")
    tab = tab_of(marta)
    begin(tab)
    course = tab.desk.courses.courses(marta.id)[0]
    room.sessions(course, 1)
    tab.frame.stack.undo()
    assert tab.desk.courses.courses(marta.id) == [course]
    assert "recorded in this course" in tab.page.bar.text()


def test_esc_leaves_a_form_for_the_file(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    tab = tab_of(marta)
    press(tab, "begin_course")
    qtbot.keyClick(tab.find(QLineEdit, "course_start"), Qt.Key.Key_Escape)
    assert tab.page.columns.right.currentWidget() is tab.page.file
    assert tab.desk.courses.courses(marta.id) == []


def test_a_change_is_kept_with_its_reason_and_undone_with_its_record(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    course = room.course(marta)
    tab = tab_of(marta)
    press(tab, "change_course")
    sessions = tab.find(QSpinBox, "course_sessions")
    sessions.selectAll()
    qtbot.keyClicks(sessions, "12")
    qtbot.keyClicks(tab.find(QLineEdit, "course_reason"), "Money is short")
    press(tab, "course_done")
    (change,) = tab.desk.courses.terms_changes(course.id)
    assert (change.reason, change.planned_sessions, change.on) == ("Money is short", 16, TODAY)
    press(tab, "change_course")
    assert tab.find(QLineEdit, "course_reason").text() == ""
    tab.frame.stack.undo()
    assert tab.desk.courses.terms_changes(course.id) == []
    assert tab.desk.courses.course(course.id) == course


def test_a_course_is_begun_without_a_number_of_sessions(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    tab = tab_of(marta)
    press(tab, "begin_course")
    assert not tab.find(QLineEdit, "course_reason").isVisible()
    tab.find(QCheckBox, "course_without_number").click()
    assert tab.find(QSpinBox, "course_sessions").text() == "no number"
    assert tab.find(QLineEdit, "course_end").text() == ""
    assert tab.find(QLabel, "phase_3_span").text() == "from session 14 on"
    assert not tab.find(QSpinBox, "phase_3_last").isVisible()
    sentence = tab.find(QLabel, "course_agreement").text()
    assert sentence.startswith("Agreed: sessions of 50 minutes, weekly, no number agreed, from ")
    assert "Termination from 14" in sentence
    press(tab, "course_done")
    course = tab.desk.courses.courses(marta.id)[0]
    assert (course.planned_sessions, course.planned_end) == (0, None)
    assert spans(course.phases) == [(1, 3), (4, 13), (14, 0)]
    assert tab.find(QLabel, "course_terms").text() == "Sessions of 50 minutes, weekly, no number agreed"
    assert tab.find(QLabel, "course_phases_words").text() == "Initial 1–3 · Middle 4–13 · Termination from 14"
    assert not tab.find(QLabel, "course_ends").isVisible()


def test_the_day_of_the_review_stands_with_the_terms(tab_of: Opening, room: Room):
    marta = room.client("Marta")
    phases = (AgreedPhase(key="middle", first=1, last=0),)
    course = room.course(marta, planned_sessions=0, phases=phases)
    room.desk.phases.enter_phase(course.id, "middle", TODAY, "", TODAY + timedelta(weeks=12))
    tab = tab_of(marta)
    assert tab.find(QLabel, "course_ends").text() == f"Review on {long_date(TODAY + timedelta(weeks=12))}"
    change = room.desk.phases.changes(course.id)[0]
    room.desk.phases.move_review(change.id, None)
    tab.page.refresh()
    assert not tab.find(QLabel, "course_ends").isVisible()


def test_a_course_gets_a_number_again(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    phases = (AgreedPhase(key="initial", first=1, last=3), AgreedPhase(key="middle", first=4, last=0))
    course = room.course(marta, planned_sessions=0, phases=phases)
    tab = tab_of(marta)
    press(tab, "change_course")
    assert tab.find(QCheckBox, "course_without_number").isChecked()
    tab.find(QCheckBox, "course_without_number").click()
    sessions = tab.find(QSpinBox, "course_sessions")
    assert sessions.value() == 16
    sessions.selectAll()
    qtbot.keyClicks(sessions, "10")
    press(tab, "course_done")
    changed = tab.desk.courses.course(course.id)
    assert (changed.planned_sessions, spans(changed.phases)) == (10, [(1, 3), (4, 10)])
    assert changed.planned_end == TODAY + timedelta(weeks=9)


def test_the_protocol_is_changed_on_the_course_s_own_page(tab_of: Opening, room: Room):
    marta = room.client("Marta")
    room.course(marta)
    tab = tab_of(marta)
    press(tab, "change_course")
    assert not tab.find(QWidget, "course_protocol").isVisible()
    press(tab, "course_other_protocol")
    assert tab.page.columns.right.currentWidget() is tab.page.file


def test_a_course_is_ended_with_a_reason_and_leads_to_its_pages(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    course = room.course(marta)
    tab = tab_of(marta)
    press(tab, "end_course")
    qtbot.keyClick(tab.find(QRadioButton, "ending_early_by_client"), Qt.Key.Key_Space)
    qtbot.keyClicks(tab.find(QLineEdit, "ending_reason"), "Moved away")
    press(tab, "ending_done")
    assert tab.desk.endings.reason(course) == "Moved away"
    press(tab, "ended_write")
    assert tab.frame.tab == "phases"
    press(tab, "ended_summary")
    assert tab.frame.tab == "reports"
    tab.frame.stack.undo()
    assert tab.desk.courses.course(course.id) == course
    assert tab.desk.endings.reason(course) == ""


def test_what_is_booked_beyond_the_end_is_said_and_taken_out_by_choice(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    course = room.course(marta)
    booked = room.desk.sessions.add_session(Session(course_id=course.id, date=TODAY + timedelta(weeks=1)))
    tab = tab_of(marta)
    press(tab, "end_course")
    assert tab.find(QLabel, "ending_beyond_words").text().startswith("1 session is booked after that day: ")
    tab.find(QCheckBox, "ending_beyond_remove").click()
    qtbot.keyClick(tab.find(QRadioButton, "ending_early_by_client"), Qt.Key.Key_Space)
    press(tab, "ending_done")
    assert tab.desk.sessions.sessions(course.id) == []
    tab.frame.stack.undo()
    assert tab.desk.courses.course(course.id) == course
    assert tab.desk.sessions.sessions(course.id) == [booked]


def test_the_menu_knows_of_an_end_that_came_while_another_tab_was_shown(tab_of: Opening, room: Room, qtbot: QtBot):
    marta = room.client("Marta")
    course = room.course(marta)
    tab = tab_of(marta)
    actions = {each.objectName(): each for each in tab.page.menus()["Client"]}
    assert actions["end_course_action"].isEnabled()
    tab.page.hide()
    tab.desk.endings.end_course(course.id, TODAY, EndingKind.PLANNED)
    qtbot.waitUntil(lambda: not actions["end_course_action"].isEnabled())
    assert actions["reopen_course_action"].isEnabled()
