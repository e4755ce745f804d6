"""What was agreed on the course's own page: sessions with a reason, another protocol, reviews, the end; each with its undo."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLabel, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import Attendance, Course, EndingKind, ProblemArea, Session
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry
from tests.ui.naming import unnamed
from tests.ui.phases.test_open_course import Opened, open_protocol, with_after
from tests.ui.phases.test_page import PhasesRoom
from tests.ui.practice_room import Room, open_room
from ui.phases.page import PhasesPage
from ui.phases.reading import day_words

TODAY = date.today()
WEEK = timedelta(weeks=1)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


@pytest.fixture
def room(practice: Room, qtbot: QtBot) -> PhasesRoom:
    """Three sessions held under a protocol with phases after its sessions."""
    return Opened(practice, qtbot, with_after(practice), held=3).room


def terms(room: PhasesRoom) -> list[tuple[str, int]]:
    return [(each.reason, each.planned_sessions) for each in room.room.desk.courses.terms_changes(room.course.id)]


def course(room: PhasesRoom) -> Course:
    return room.room.desk.courses.course(room.course.id)


def lines(room: PhasesRoom) -> list[str]:
    """The history of the course, unfolded."""
    fold = room.page.standing._history
    if fold.is_folded:
        room.click("phase_history_fold")
    return [each.text() for each in fold.findChildren(QLabel) if each.objectName().startswith("change_") and each.isVisible()]


def today() -> str:
    return day_words(TODAY, TODAY)


# -- sessions ----------------------------------------------------------------------------------------------------------


def test_a_longer_agreement_is_kept_with_its_reason_and_told_in_the_history(room: PhasesRoom):
    room.click("course_terms")
    room.find(QSpinBox, "terms_sessions").setValue(20)
    room.type("terms_reason", "A slow start")
    room.click("terms_editor_keep")
    assert terms(room) == [("A slow start", 16)]
    assert room.find(QAbstractButton, "phase_history_fold").text() == "1 change so far"
    assert lines(room) == [f"{today()}: 20 instead of 16 sessions. A slow start"]
    room.frame.stack.undo()
    assert (terms(room), course(room)) == ([], room.course)
    assert not room.find(QWidget, "phase_history").isVisible()
    room.frame.stack.redo()
    assert terms(room) == [("A slow start", 16)]


def test_the_reason_may_be_left_out_and_is_empty_the_next_time(room: PhasesRoom):
    room.click("course_terms")
    room.find(QSpinBox, "terms_sessions").setValue(12)
    room.click("terms_editor_keep")
    assert terms(room) == [("", 16)]
    room.click("course_terms")
    assert room.find(QLineEdit, "terms_reason").text() == ""


def test_kept_unchanged_nothing_is_recorded(room: PhasesRoom):
    room.click("course_terms")
    room.type("terms_reason", "looked at it")
    room.click("terms_editor_keep")
    assert terms(room) == []
    assert not room.frame.stack.canUndo()


def test_the_latest_change_can_be_taken_back_and_comes_back_by_undo(room: PhasesRoom):
    room.click("course_terms")
    room.find(QSpinBox, "terms_sessions").setValue(20)
    room.click("terms_editor_keep")
    room.click("course_terms")
    room.find(QSpinBox, "terms_sessions").setValue(12)
    room.click("terms_editor_keep")
    first, second = room.room.desk.courses.terms_changes(room.course.id)
    room.click("phase_history_fold")
    assert room.page.findChild(QAbstractButton, f"take_back_{first.id}") is None
    button = room.find(QAbstractButton, f"take_back_{second.id}")
    room.qtbot.waitUntil(button.isVisible)
    room.click(f"take_back_{second.id}")
    assert course(room).planned_sessions == 20
    assert room.room.desk.courses.terms_changes(room.course.id) == [first]
    room.frame.stack.undo()
    assert room.room.desk.courses.terms_changes(room.course.id) == [first, second]
    assert course(room).planned_sessions == 12


def test_phases_and_terms_stand_together_the_latest_first(room: PhasesRoom):
    room.page.set_phase("middle", TODAY - WEEK, "focus agreed")
    room.click("course_terms")
    room.find(QSpinBox, "terms_start_termination").setValue(12)
    room.click("terms_editor_keep")
    assert lines(room) == [
        f"{today()}: Termination from session 12 instead of 14",
        f"{day_words(TODAY - WEEK, TODAY)}: Middle. focus agreed",
    ]


def test_no_number_of_sessions_is_agreed_and_a_number_again(room: PhasesRoom):
    room.click("course_terms")
    room.find(QCheckBox, "terms_without_number").click()
    assert not room.find(QSpinBox, "terms_sessions").isEnabled()
    assert room.find(QLineEdit, "terms_end").text() == ""
    room.click("terms_editor_keep")
    assert (course(room).planned_sessions, course(room).planned_end, course(room).phases[-1].last) == (0, None, 0)
    assert room.text("session_count") == "Session 4 · no number agreed"
    assert lines(room) == [f"{today()}: no number of sessions instead of 16"]
    room.click("course_terms")
    assert room.find(QCheckBox, "terms_without_number").isChecked()
    room.find(QCheckBox, "terms_without_number").click()
    assert room.find(QLineEdit, "terms_end").text() == long_date(room.course.started_on + 15 * WEEK)
    room.find(QSpinBox, "terms_sessions").setValue(18)
    room.click("terms_editor_keep")
    assert [(each.first, each.last) for each in course(room).phases] == [(1, 3), (4, 13), (14, 18)]
    for _step in range(2):
        room.frame.stack.undo()
    assert course(room) == room.course


def test_an_agreed_end_may_stand_without_a_number(room: PhasesRoom):
    room.click("course_terms")
    room.find(QCheckBox, "terms_without_number").click()
    end = TODAY + 40 * WEEK
    room.qtbot.keyClick(room.retype("terms_end", end.isoformat()), Qt.Key.Key_Tab)
    room.click("terms_editor_keep")
    assert (course(room).planned_sessions, course(room).planned_end) == (0, end)
    assert "Agreed end" in room.page.course_card.band.accessibleDescription()


# -- another protocol --------------------------------------------------------------------------------------------------


def other(room: PhasesRoom) -> Protocol:
    """A protocol with another last phase and one problem area."""
    known = room.room.desk.courses.protocol(room.course.id)
    numbered = [each for each in known.phases if not each.is_after]
    phases = (*numbered[:2], replace(numbered[2], key="conclusion", label="Conclusion"))
    return replace(known, key="other", name="Another way", about="For some.", areas=known.areas[:1], phases=phases)


def offer(room: PhasesRoom, *protocols: Protocol) -> None:
    """Open the editor with these protocols, as if their files were there."""
    room.page.course_card.editors.make_way(room.page.course_card.editors.protocol)
    assert room.page._reading is not None
    room.page.course_card.editors.protocol.offer(protocols, room.page._reading)


def choose(room: PhasesRoom, place: int) -> None:
    box = room.find(QComboBox, "protocol_choice")
    box.setFocus()
    box.setCurrentIndex(place)
    box.activated.emit(place)


def test_before_the_protocol_is_changed_it_is_said_what_has_no_place(room: PhasesRoom):
    room.page.set_phase("termination", TODAY - WEEK)
    room.phases.keep_problem_area(ProblemArea(course_id=room.course.id, area="deficits", agreed_on=TODAY))
    offer(room, other(room))
    room.click("protocol_editor_keep")
    assert room.text("protocol_error_words") == "Choose the protocol."
    choose(room, 1)
    assert room.text("protocol_about") == "For some."
    assert room.text("protocol_stays").startswith("The sessions agreed stay: Initial 1–3 · Middle 4–13 · Conclusion 14–16.")
    assert "1 phase set: Termination" in room.text("protocol_fit")
    assert "1 problem area: Interpersonal deficits" in room.text("protocol_fit")
    assert terms(room) == []


def test_the_protocol_is_changed_what_has_no_place_stays_to_be_read_and_undo_brings_all_back(room: PhasesRoom):
    room.page.set_phase("termination", TODAY - WEEK)
    room.phases.keep_problem_area(ProblemArea(course_id=room.course.id, area="deficits", agreed_on=TODAY))
    assert not room.find(QWidget, "misfits").isVisible()
    offer(room, other(room))
    choose(room, 1)
    room.type("protocol_reason", "Trained otherwise")
    room.click("protocol_editor_keep")
    assert room.room.desk.courses.protocol(room.course.id) == other(room)
    assert room.text("phase_now") == "Termination phase"
    assert lines(room)[0] == f"{today()}: Another way instead of IPT with maintenance. Trained otherwise"
    fold = room.find(QAbstractButton, "misfits_fold")
    assert fold.text() == "Recorded under another protocol · 2"
    room.click("misfits_fold")
    told = [room.text(f"misfit_{place}") for place in range(2)]
    assert told == [
        f"Phase: Termination, {day_words(TODAY - WEEK, TODAY)}",
        f"Problem area: Interpersonal deficits, {today()}",
    ]
    assert any(each.text() == "Interpersonal deficits" for each in room.page.areas.findChildren(QLabel))
    room.frame.stack.undo()
    assert course(room) == room.course
    assert not room.find(QWidget, "misfits").isVisible()


def test_the_formulation_keeps_the_area_of_the_earlier_protocol(room: PhasesRoom):
    desk = room.room.desk
    room.phases.keep_problem_area(ProblemArea(course_id=room.course.id, area="deficits", agreed_on=TODAY))
    document = desk.documents.open_document(Purpose.FORMULATION, room.client.id, course_id=room.course.id)
    asked = desk.documents.form_of(document).field_that_means(Means.FOCUS)
    key = asked.key if asked is not None else "problem_area"
    draft = desk.documents.begin_writing(document)
    desk.documents.keep_draft(draft, {key: ["deficits"]})
    desk.documents.end_writing(draft)
    offer(room, other(room))
    choose(room, 1)
    room.click("protocol_editor_keep")
    assert room.page.open_chapter("formulation")
    chip = room.find(QAbstractButton, f"field_{key}_deficits")
    assert (chip.text(), chip.isChecked()) == ("Interpersonal deficits", True)


def test_the_editor_offers_what_the_practice_has_but_not_the_present_protocol(room: PhasesRoom):
    room.click("course_terms")
    room.click("terms_protocol")
    assert not room.page.course_card.terms_editor.isVisible()
    box = room.find(QComboBox, "protocol_choice")
    offered = [box.itemText(place) for place in range(1, box.count())]
    assert offered == [each.name for each in room.room.desk.resources.protocols]
    room.qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not room.page.course_card.editors.protocol.isVisible()


# -- phases after the sessions, and reviews ----------------------------------------------------------------------------


def test_a_phase_after_the_sessions_is_set_with_a_review_that_is_proposed(room: PhasesRoom):
    room.click("phase_move")
    room.click("phase_choice_tapering")
    assert room.find(QLineEdit, "phase_review").text() == long_date(TODAY + 6 * WEEK)
    room.click("phase_choice_middle")
    assert room.find(QLineEdit, "phase_review").text() == ""
    room.click("phase_choice_maintenance")
    assert room.find(QLineEdit, "phase_review").text() == long_date(TODAY + 12 * WEEK)
    room.qtbot.keyClick(room.retype("phase_date", (TODAY - WEEK).isoformat()), Qt.Key.Key_Tab)
    assert room.find(QLineEdit, "phase_review").text() == long_date(TODAY + 11 * WEEK)
    room.click("phase_editor_keep")
    change = room.phases.changes(room.course.id)[0]
    assert (change.phase, change.review_on) == ("maintenance", TODAY + 11 * WEEK)
    assert room.text("phase_since").endswith(f"review on {day_words(TODAY + 11 * WEEK, TODAY)}")
    room.frame.stack.undo()
    assert room.phases.changes(room.course.id) == []


def test_any_phase_may_have_a_review_and_one_that_is_typed_stays(room: PhasesRoom):
    room.click("phase_move")
    room.click("phase_choice_middle")
    room.qtbot.keyClick(room.retype("phase_review", (TODAY + 3 * WEEK).isoformat()), Qt.Key.Key_Tab)
    room.click("phase_choice_tapering")
    room.click("phase_choice_middle")
    room.click("phase_editor_keep")
    assert room.phases.changes(room.course.id)[0].review_on == TODAY + 3 * WEEK


def test_a_review_that_can_not_be_is_said_and_nothing_is_set(room: PhasesRoom):
    room.click("phase_move")
    room.click("phase_choice_middle")
    room.retype("phase_review", (TODAY - WEEK).isoformat())
    room.click("phase_editor_keep")
    assert room.text("phase_error_words") == "The review comes after the day from which the phase holds."
    room.retype("phase_review", "someday")
    room.click("phase_editor_keep")
    assert "no date" in room.text("phase_error_words")
    assert room.phases.changes(room.course.id) == []


def test_a_review_that_has_come_is_said_calmly_and_moved(room: PhasesRoom):
    room.phases.enter_phase(room.course.id, "maintenance", TODAY - 3 * WEEK, "", TODAY)
    room.page.refresh()
    assert room.text("phase_review_words").startswith("Today is the day agreed for the review")
    room.phases.move_review(room.phases.changes(room.course.id)[0].id, TODAY - WEEK)
    room.page.refresh()
    words = room.text("phase_review_words")
    assert words.startswith(f"The review was agreed for {day_words(TODAY - WEEK, TODAY)}")
    assert "overdue" not in words
    room.qtbot.waitUntil(room.find(QAbstractButton, "phase_review_move").isVisible)
    room.click("phase_review_move")
    field = room.retype("phase_review_field", (TODAY - 4 * WEEK).isoformat())
    room.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert room.text("phase_review_error_words") == "The review comes after the day from which the phase holds."
    room.retype("phase_review_field", (TODAY + 4 * WEEK).isoformat())
    room.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert room.phases.changes(room.course.id)[0].review_on == TODAY + 4 * WEEK
    assert room.text("phase_review_words") == ""
    room.frame.stack.undo()
    assert room.phases.changes(room.course.id)[0].review_on == TODAY - WEEK


def test_esc_leaves_the_review_and_an_empty_field_takes_it_away(room: PhasesRoom):
    room.phases.enter_phase(room.course.id, "maintenance", TODAY - 3 * WEEK, "", TODAY)
    room.page.refresh()
    room.qtbot.waitUntil(room.find(QAbstractButton, "phase_review_move").isVisible)
    room.click("phase_review_move")
    field = room.retype("phase_review_field", "soon")
    room.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert room.phases.changes(room.course.id)[0].review_on == TODAY
    room.click("phase_review_move")
    field.clear()
    room.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert room.phases.changes(room.course.id)[0].review_on is None
    assert room.find(QAbstractButton, "phase_review_move").text() == "Agree on a review…"


def test_a_course_without_a_number_can_have_a_review_before_any_phase_was_set(practice: Room, qtbot: QtBot):
    room = Opened(practice, qtbot, open_protocol(practice), held=3).room
    assert room.find(QAbstractButton, "phase_review_move").text() == "Agree on a review…"
    room.click("phase_review_move")
    room.qtbot.keyClick(room.retype("phase_review_field", (TODAY + 9 * WEEK).isoformat()), Qt.Key.Key_Return)
    change = room.phases.changes(room.course.id)[0]
    assert (change.phase, change.on, change.review_on) == ("maintenance", room.course.started_on, TODAY + 9 * WEEK)
    room.frame.stack.undo()
    assert room.phases.changes(room.course.id) == []


def test_a_course_with_a_number_is_not_asked_for_a_review(room: PhasesRoom):
    assert not room.find(QWidget, "phase_review_line").isVisible()


# -- the end -----------------------------------------------------------------------------------------------------------


def end(room: PhasesRoom, kind: str, reason: str = "") -> None:
    room.page.ask_for_ending()
    room.click(f"course_ending_kind_{kind}")
    if reason:
        room.type("course_ending_reason", reason)
    room.click("course_ending_editor_keep")


def test_the_course_is_ended_with_its_reason_and_leads_to_the_pages_of_the_ending(room: PhasesRoom):
    desk = room.room.desk
    end(room, "lost_contact", "Two letters stayed unanswered.")
    assert (course(room).ended_on, course(room).ending) == (TODAY, EndingKind.LOST_CONTACT)
    assert desk.endings.reason(course(room)) == "Two letters stayed unanswered."
    assert room.page.papers.key == "ending"
    title, _words = room.frame.said[-1]
    assert title == f"The course ended on {long_date(TODAY)}"
    room.frame.actions_said["ended_summary"]()
    assert room.frame.tab == "reports"
    room.page.leave_pages()
    assert room.text("sessions_left") == f"ended {today()}: contact was lost"
    room.frame.stack.undo()
    assert course(room) == room.course
    assert desk.documents.of_course(room.course.id, Purpose.ENDING) == []


def test_nothing_is_chosen_for_the_therapist_and_the_day_is_checked(room: PhasesRoom):
    room.page.ask_for_ending()
    room.click("course_ending_editor_keep")
    assert room.text("course_ending_error_words") == "Choose how it ended."
    room.click("course_ending_kind_transfer")
    room.retype("course_ending_on", (room.course.started_on - WEEK).isoformat())
    room.click("course_ending_editor_keep")
    assert room.text("course_ending_error_words") == "A course can’t end before it began."
    assert course(room) == room.course


def test_risk_is_said_as_it_was_last_asked_but_not_while_the_client_may_look(room: PhasesRoom):
    entry = RiskEntry(client_id=room.client.id, on=TODAY - WEEK, asked=RiskAsked.CHANGED, words="passive ideation")
    room.room.desk.risk.keep_risk(entry)
    room.page.ask_for_ending()
    assert room.text("course_ending_risk").startswith("Passive ideation")
    room.frame.is_in_room = True
    room.page.ask_for_ending()
    assert room.text("course_ending_risk") == ""
    assert not room.find(QLabel, "course_ending_risk").isVisible()


def test_a_finished_course_is_not_ended_again(room: PhasesRoom):
    end(room, "planned")
    room.page.leave_pages()
    room.page.ask_for_ending()
    room.page.ask_for_protocol()
    assert not room.page.course_card.editors.ending.isVisible()
    assert not room.page.course_card.editors.protocol.isVisible()


# -- several courses ---------------------------------------------------------------------------------------------------


def test_three_courses_of_one_client_each_show_their_own(practice: Room, qtbot: QtBot):
    desk, client = practice.desk, practice.client()
    protocols = (with_after(practice), open_protocol(practice), with_after(practice))
    begun = []
    for number, protocol in enumerate(protocols):
        started_on = TODAY - (30 - 10 * number) * WEEK
        one = desk.courses.begin_course(client.id, protocol, started_on=started_on)
        for week in range(number + 1):
            session = Session(course_id=one.id, date=started_on + week * WEEK, attendance=Attendance.ATTENDED)
            desk.sessions.add_session(session)
        begun.append(one)
        if number < 2:
            desk.endings.end_course(one.id, started_on + 5 * WEEK, EndingKind.PLANNED, f"Reason {number}")
    frame = practice.frame(client)
    page = PhasesPage(desk, frame)
    frame.hold(page, 1280, 760)
    room = PhasesRoom(qtbot, practice, client, begun[2], [], frame, page)
    assert room.text("session_count") == "Session 4 of 16 · 12 after"
    room.page.ask_for_ending()
    frame.choose_client(client.id, begun[0].id)
    assert not room.page.course_card.editors.ending.isVisible()
    assert (room.text("course_card_title"), room.text("phase_now")) == ("Course 1", "Finished")
    assert room.text("session_count") == "Session 1 of 16 · 0 after"
    frame.choose_client(client.id, begun[1].id)
    assert room.text("course_card_title") == "Course 2"
    assert "no number agreed" in room.text("course_words")
    assert desk.endings.reason(desk.courses.course(begun[1].id)) == "Reason 1"
    frame.choose_client(client.id, begun[2].id)
    assert (room.text("course_card_title"), room.text("phase_now")) == ("Course 3", "Initial phase")
    qtbot.waitUntil(room.find(QAbstractButton, "tick_initial_consent").isVisible)
    room.click("tick_initial_consent")
    assert [desk.phases.ticks(each.id) != [] for each in begun] == [False, False, True]


def test_everything_that_can_be_used_has_a_name(room: PhasesRoom):
    room.page.set_phase("maintenance", TODAY - WEEK)
    room.page.course_card.ask_for_phase()
    assert unnamed(room.page) == []
    room.page.course_card.ask_for_terms()
    assert unnamed(room.page) == []
    offer(room, other(room))
    choose(room, 1)
    assert unnamed(room.page) == []
    room.page.ask_for_ending()
    assert unnamed(room.page) == []


def test_no_title_makes_the_card_wider_than_its_place(practice: Room, qtbot: QtBot):
    """A phase with a long name wraps in its fold and stands as it is called."""
    known = with_after(practice)
    long = "Follow-up and maintenance from then on"
    phases = tuple(replace(each, label=long) if each.is_after else each for each in known.phases)
    room = Opened(practice, qtbot, replace(known, phases=phases), held=3).room
    standing = room.page.standing
    qtbot.waitUntil(lambda: standing.paper.width() <= standing.scroller.viewport().width())
    fold = room.find(QAbstractButton, "fold_maintenance_fold")
    qtbot.waitUntil(lambda: "\n" in fold.text())
    assert fold.accessibleName() == "Follow-up and maintenance from then on · 1 open"
    room.page.set_phase("maintenance", TODAY)
    assert room.text("phase_now") == "Follow-up and maintenance from then on"


def test_an_editor_that_opens_comes_into_sight(room: PhasesRoom):
    room.frame.resize(1024, 420)
    room.page.ask_for_ending()
    editor, columns = room.page.course_card.editors.ending, room.page.columns
    button = room.find(QAbstractButton, "course_ending_editor_keep")

    def is_in_sight() -> bool:
        place = button.mapTo(columns.viewport(), button.rect().bottomLeft())
        return editor.isVisible() and 0 < place.y() <= columns.viewport().height()

    room.qtbot.waitUntil(is_in_sight)
