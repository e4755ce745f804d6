"""The Phases tab on a real practice: what the therapist does with keys and mouse is stored, shown and undone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Attendance, Client, Course, DisputeStage, EndingKind, ProblemArea, Session
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, RoomFrame, open_room
from ui import theme
from ui.phases.document_chapter import DocumentChapter
from ui.phases.page import PhasesPage
from ui.phases.reading import long_day_words

W = TypeVar("W", bound=QWidget)
TODAY = date.today()
WEEK = timedelta(weeks=1)


@dataclass
class PhasesRoom:
    """A client in the fourth week of a course: three sessions held, the fourth one is today's."""

    qtbot: QtBot
    room: Room
    client: Client
    course: Course
    sessions: list[Session]
    frame: RoomFrame
    page: PhasesPage

    @property
    def phases(self):
        return self.room.desk.phases

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def click(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def text(self, name: str) -> str:
        return self.find(QLabel, name).text()

    def chapter(self, key: str) -> DocumentChapter:
        """Open one of the course's papers."""
        if self.page.papers.key != key:
            assert self.page.open_chapter(key)
        chapter = self.page.papers.chapter
        assert isinstance(chapter, DocumentChapter)
        return chapter

    def retype(self, name: str, words: str) -> QLineEdit:
        """Type over what stands in a line, as with Ctrl+A first."""
        field = self.find(QLineEdit, name)
        field.setFocus()
        self.qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClicks(field, words)
        return field

    def type(self, name: str, words: str) -> None:
        field = self.find(QLineEdit, name)
        field.setFocus()
        self.qtbot.keyClicks(field, words)


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[PhasesRoom]:
    with open_room(tmp_path) as opened:
        client = opened.client()
        course = opened.course(client, TODAY - 3 * WEEK)
        sessions = opened.sessions(course, 3)
        sessions.append(opened.desk.sessions.add_session(Session(course_id=course.id, date=TODAY)))
        frame = opened.frame(client)
        page = PhasesPage(opened.desk, frame)
        frame.hold(page, 1280, 760)
        yield PhasesRoom(qtbot, opened, client, course, sessions, frame, page)
        page.forget()


def test_a_task_is_ticked_with_its_date_and_undone(room: PhasesRoom):
    room.click("tick_initial_consent")
    tick = room.phases.ticks(room.course.id)[0]
    assert (tick.task, tick.on, tick.session_id) == ("initial.consent", TODAY, room.sessions[3].id)
    assert "session 4" in room.find(QAbstractButton, "date_initial_consent").text()
    room.frame.stack.undo()
    assert room.phases.ticks(room.course.id) == []
    assert not room.find(QAbstractButton, "tick_initial_consent").isChecked()
    room.frame.stack.redo()
    assert [each.task for each in room.phases.ticks(room.course.id)] == ["initial.consent"]


def test_the_space_bar_ticks_and_opens_again(room: PhasesRoom):
    box = room.find(QAbstractButton, "tick_initial_inventory")
    box.setFocus()
    room.qtbot.keyClick(box, Qt.Key.Key_Space)
    assert [each.task for each in room.phases.ticks(room.course.id)] == ["initial.inventory"]
    room.qtbot.keyClick(box, Qt.Key.Key_Space)
    assert room.phases.ticks(room.course.id) == []
    room.frame.stack.undo()
    assert [each.task for each in room.phases.ticks(room.course.id)] == ["initial.inventory"]


def test_the_date_of_a_tick_can_be_changed(room: PhasesRoom):
    room.click("tick_initial_consent")
    room.click("date_initial_consent")
    first = room.sessions[0]
    field = room.retype("date_initial_consent_field", first.date.isoformat())
    room.qtbot.keyClick(field, Qt.Key.Key_Return)
    tick = room.phases.ticks(room.course.id)[0]
    assert (tick.on, tick.session_id) == (first.date, first.id)
    room.frame.stack.undo()
    assert room.phases.ticks(room.course.id)[0].on == TODAY
    room.click("date_initial_consent")
    room.retype("date_initial_consent_field", first.date.isoformat())
    room.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert room.phases.ticks(room.course.id)[0].on == TODAY
    assert not field.isVisible()


def test_a_date_of_a_tick_that_can_not_be_is_said_and_stays(room: PhasesRoom):
    room.click("tick_initial_consent")
    room.click("date_initial_consent")
    field = room.retype("date_initial_consent_field", "tomorrow")
    room.qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.isVisible()
    assert room.text("date_initial_consent_error_words") == "This day is still to come."
    assert room.phases.ticks(room.course.id)[0].on == TODAY
    room.retype("date_initial_consent_field", (TODAY - WEEK).isoformat())
    room.qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert not field.isVisible()
    assert room.phases.ticks(room.course.id)[0].on == TODAY - WEEK


def test_nothing_ticks_itself_and_reminders_can_not_be_ticked(room: PhasesRoom):
    room.page.set_phase("middle", TODAY)
    assert room.phases.ticks(room.course.id) == []
    reminders = room.find(QWidget, "next_every_session")
    assert len([each for each in reminders.findChildren(QLabel) if each.text()]) == 10
    assert room.text("next_reminder_0_caption") == "Session 4 of 16; after it: 12 sessions."
    assert [each.objectName() for each in reminders.findChildren(QAbstractButton)] == ["next_every_session_fold"]


def test_tasks_of_the_other_phases_can_be_seen_and_ticked(room: PhasesRoom):
    assert room.find(QAbstractButton, "fold_middle_fold").text() == "Middle phase · 4 open"
    room.click("fold_middle_fold")
    room.click("tick_middle_mid_review")
    assert room.find(QAbstractButton, "fold_middle_fold").text() == "Middle phase · 3 open"


def test_hints_show_on_demand(room: PhasesRoom):
    hint = room.find(QLabel, "hint_initial_consent")
    assert not hint.isVisible()
    room.click("task_hints")
    assert hint.isVisible()
    assert hint.text() == "Limits of confidentiality and the keeping of notes explained."


def test_the_suggestion_is_shown_in_words_and_taken(room: PhasesRoom):
    assert room.text("phase_suggestion_words") == "Session 4: as agreed, Middle begins here."
    assert room.phases.changes(room.course.id) == []
    room.click("take_suggestion")
    assert [(each.phase, each.on) for each in room.phases.changes(room.course.id)] == [("middle", TODAY)]
    assert not room.find(QWidget, "phase_suggestion").isVisible()
    assert room.text("phase_now") == "Middle phase"
    room.frame.stack.undo()
    assert room.phases.changes(room.course.id) == []
    assert room.find(QWidget, "phase_suggestion").isVisible()


def test_a_phase_is_set_forwards_and_backwards_with_a_reason(room: PhasesRoom):
    room.click("phase_move")
    room.click("phase_choice_middle")
    field = room.retype("phase_date", "soon")
    room.click("phase_editor_keep")
    assert "“soon” is no date" in room.text("phase_error_words")
    room.retype("phase_date", (TODAY - WEEK).isoformat())
    room.qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.text() == long_date(TODAY - WEEK)
    room.type("phase_reason", "focus agreed")
    room.click("phase_editor_keep")
    change = room.phases.changes(room.course.id)[0]
    assert (change.phase, change.on, change.reason) == ("middle", TODAY - WEEK, "focus agreed")
    assert not room.page.course_card.phase_editor.isVisible()
    room.click("phase_move")
    assert room.find(QLineEdit, "phase_reason").text() == ""
    room.click("phase_choice_initial")
    room.type("phase_reason", "a new loss")
    room.qtbot.keyClick(room.find(QLineEdit, "phase_reason"), Qt.Key.Key_Return)
    assert [each.phase for each in room.phases.changes(room.course.id)] == ["middle", "initial"]
    assert room.text("phase_now") == "Initial phase"
    assert "a new loss" in room.text("phase_since")
    assert not room.find(QWidget, "phase_suggestion").isVisible()  # decided on purpose: not asked again
    room.click("phase_history_fold")
    told = [each.text() for each in room.find(QWidget, "phase_history").findChildren(QLabel) if each.isVisible()]
    assert [("a new loss" in each, "focus agreed" in each) for each in told] == [(True, False), (False, True)]
    room.frame.stack.undo()
    assert room.text("phase_now") == "Middle phase"
    room.frame.stack.redo()
    assert room.text("phase_now") == "Initial phase"


def test_no_phase_holds_before_the_course_began_or_from_after_its_end(room: PhasesRoom):
    room.click("phase_move")
    room.click("phase_choice_termination")
    room.retype("phase_date", (room.course.started_on - WEEK).isoformat())
    room.click("phase_editor_keep")
    assert room.text("phase_error_words").startswith("The course begins on ")
    assert room.phases.changes(room.course.id) == []
    room.click("phase_editor_cancel")
    room.room.desk.courses.end_course(room.course.id, TODAY - WEEK, EndingKind.EARLY_BY_CLIENT)
    room.qtbot.waitUntil(lambda: room.text("phase_now") == "Finished")
    room.click("phase_move")
    assert room.find(QLineEdit, "phase_date").text() == long_date(TODAY - WEEK)
    room.click("phase_choice_termination")
    room.retype("phase_date", TODAY.isoformat())
    room.click("phase_editor_keep")
    assert room.text("phase_error_words") == f"The latest day here is {long_date(TODAY - WEEK)}."
    assert room.phases.changes(room.course.id) == []


def test_a_phase_change_can_be_taken_back_later(room: PhasesRoom):
    room.page.set_phase("middle", TODAY)
    change = room.phases.changes(room.course.id)[0]
    room.click("phase_history_fold")
    room.click(f"take_back_{change.id}")
    assert room.phases.changes(room.course.id) == []
    room.frame.stack.undo()
    assert room.phases.changes(room.course.id) == [change]


def test_escape_leaves_the_editor_and_keeps_the_words(room: PhasesRoom):
    room.click("phase_move")
    room.type("phase_reason", "half a thought")
    room.qtbot.keyClick(room.find(QLineEdit, "phase_reason"), Qt.Key.Key_Escape)
    assert not room.page.course_card.phase_editor.isVisible()
    room.click("phase_move")
    assert room.find(QLineEdit, "phase_reason").text() == "half a thought"
    room.click("phase_editor_keep")
    assert room.text("phase_error_words") == "Choose the phase."
    assert room.phases.changes(room.course.id) == []


@pytest.mark.parametrize(
    ("opener", "field"), [("phase_move", "phase_reason"), ("course_terms", "terms_sessions"), ("area_add", "area_about")]
)
def test_an_editor_gives_the_keyboard_back_to_where_it_was_opened(room: PhasesRoom, opener: str, field: str):
    for leave in (Qt.Key.Key_Escape, None):
        room.click(opener)
        inside = room.find(QWidget, field)
        inside.setFocus()
        if leave is not None:
            room.qtbot.keyClick(inside, leave)
        else:
            room.click(
                {"phase_move": "phase_editor_cancel", "course_terms": "terms_editor_cancel"}.get(opener, "area_editor_cancel")
            )
        assert room.find(QWidget, opener).hasFocus()


@pytest.mark.parametrize(
    ("opener", "after"),
    [
        ("phase_move", ["phase_choice_termination", "phase_choice_maintenance", "phase_date", "phase_review", "phase_reason"]),
        (
            "course_terms",
            ["terms_start_middle", "terms_start_termination", "terms_end", "terms_without_number", "terms_reason"],
        ),
    ],
)
def test_tab_goes_through_an_editor_as_it_stands_each_time_it_is_opened(room: PhasesRoom, opener: str, after: list[str]):
    for _time in range(2):
        room.click(opener)
        editor = next(each for each in room.page.course_card.editors.all if each.isVisible())
        if opener == "phase_move":
            room.find(QAbstractButton, "phase_choice_middle").setFocus()
        gone = []
        for _step in range(len(after) + 2):
            room.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            gone.append(QApplication.focusWidget().objectName())
        assert gone == [*after, editor.keep.objectName(), editor.cancel.objectName()]
        editor.cancel.click()


def test_enter_presses_the_button_the_keyboard_is_at(room: PhasesRoom):
    room.click("phase_move")
    middle = room.find(QAbstractButton, "phase_choice_middle")
    middle.setFocus()
    room.qtbot.keyClick(middle, Qt.Key.Key_Return)
    assert middle.isChecked()
    cancel = room.find(QAbstractButton, "phase_editor_cancel")
    cancel.setFocus()
    room.qtbot.keyClick(cancel, Qt.Key.Key_Return)
    assert room.phases.changes(room.course.id) == []
    assert not room.page.course_card.phase_editor.isVisible()


def test_a_half_written_area_waits_for_the_therapist(room: PhasesRoom):
    room.click("area_add")
    room.type("area_about", "since the move")
    room.qtbot.keyClick(room.find(QLineEdit, "area_about"), Qt.Key.Key_Escape)
    assert not room.page.areas.editor.isVisible()
    room.click("area_add")
    assert room.find(QLineEdit, "area_about").text() == "since the move"


def test_sessions_left_leave_out_a_cancelled_one(room: PhasesRoom):
    assert room.text("session_count") == "Session 4 of 16 · 12 after"
    assert room.text("sessions_left") == "13 sessions left to hold"
    cancelled = replace(room.sessions[1], attendance=Attendance.CANCELLED_BY_CLIENT)
    room.room.desk.sessions.change_session(cancelled)
    room.qtbot.waitUntil(lambda: room.text("session_count") == "Session 3 of 16 · 13 after")
    assert room.text("sessions_left") == "14 sessions left to hold · 1 did not take place"
    assert "cancelled by client" in room.page.course_card.band.accessibleDescription()


def test_a_problem_area_is_agreed_changed_and_removed(room: PhasesRoom):
    johan = room.room.desk.circles.add_person(room.client.id, "Johan", "husband")
    room.qtbot.waitUntil(lambda: bool(room.page._reading and room.page._reading.people))
    room.click("area_add")
    assert room.text("choose_when_grief").startswith("Symptoms began or stayed")
    room.click("area_editor_keep")
    assert room.text("area_error_words") == "Choose the problem area."
    room.click("choose_dispute")
    room.type("area_about", "Elin's weekends")
    person = room.find(QComboBox, "area_person")
    person.setCurrentIndex(person.findData(johan.id))
    room.click("area_editor_keep")
    area = room.phases.problem_areas(room.course.id)[0]
    assert (area.area, area.rank, area.person_id, area.about, area.agreed_on) == (
        "dispute", 1, johan.id, "Elin's weekends", TODAY,
    )  # fmt: skip
    assert "with Johan" in room.text("facts_dispute")
    room.click("edit_dispute")
    room.qtbot.keyClick(room.retype("area_date", "tomorrow"), Qt.Key.Key_Tab)
    assert room.text("area_error_words") == "This day is still to come."
    room.click("area_editor_keep")
    assert room.phases.problem_areas(room.course.id)[0].agreed_on == TODAY
    room.qtbot.keyClick(room.retype("area_date", (TODAY - WEEK).isoformat()), Qt.Key.Key_Tab)
    room.click("area_editor_keep")
    assert room.phases.problem_areas(room.course.id)[0].agreed_on == TODAY - WEEK
    room.click("edit_dispute")
    room.click("area_is_agreed")
    room.click("area_editor_keep")
    assert room.phases.problem_areas(room.course.id)[0].agreed_on is None
    room.click("remove_dispute")
    assert room.phases.problem_areas(room.course.id) == []
    room.frame.stack.undo()
    assert room.phases.problem_areas(room.course.id)[0].id == area.id


def test_a_third_area_is_advised_against_and_not_forbidden(room: PhasesRoom):
    for rank, key in enumerate(("grief", "dispute"), start=1):
        room.phases.keep_problem_area(ProblemArea(course_id=room.course.id, area=key, rank=rank))
    room.page.refresh()
    room.click("area_add")
    assert "two at most" in room.text("area_third")
    room.click("choose_transition")
    room.click("area_editor_keep")
    assert [each.area for each in room.phases.problem_areas(room.course.id)] == ["grief", "dispute", "transition"]


def test_the_stage_of_a_dispute_is_judged_with_its_history(room: PhasesRoom):
    area = room.phases.keep_problem_area(ProblemArea(course_id=room.course.id, area="dispute"))
    room.page.refresh()
    assert room.find(QAbstractButton, "stage_dispute_part_fold").text() == "Stage not judged so far"
    assert "Impasse: Talk has stopped" in room.text("sign_dispute")
    room.phases.judge_stage(area.id, DisputeStage.RENEGOTIATION, TODAY - 2 * WEEK)
    room.page.refresh()
    room.click("stage_dispute_impasse")
    assert [each.stage for each in room.phases.stage_changes(room.course.id)] == ["renegotiation", "impasse"]
    assert room.text("chip_dispute") == "Role dispute · impasse"
    room.click("stage_dispute_dissolution")  # of the same day: the judgement is corrected, not added to
    assert [each.stage for each in room.phases.stage_changes(room.course.id)] == ["renegotiation", "dissolution"]
    room.click("remove_dispute")
    room.frame.stack.undo()
    assert [each.stage for each in room.phases.stage_changes(room.course.id)] == ["renegotiation", "dissolution"]
    room.frame.stack.undo()
    assert [each.stage for each in room.phases.stage_changes(room.course.id)] == ["renegotiation", "impasse"]
    room.frame.stack.undo()
    assert [each.stage for each in room.phases.stage_changes(room.course.id)] == ["renegotiation"]


def test_every_stage_so_far_is_told_folded_and_any_can_be_dated_or_taken_back(room: PhasesRoom):
    area = room.phases.keep_problem_area(ProblemArea(course_id=room.course.id, area="dispute"))
    stages = (DisputeStage.IMPASSE, DisputeStage.RENEGOTIATION, DisputeStage.IMPASSE, DisputeStage.RENEGOTIATION)
    judged = [room.phases.judge_stage(area.id, each, TODAY - WEEK * (3 - at)) for at, each in enumerate(stages)]
    room.page.forget()
    room.page.show_client(room.client.id, room.course.id)
    fold = room.find(QAbstractButton, "stage_dispute_part_fold")
    assert fold.text().startswith("Stage: renegotiation, since ")
    assert not room.find(QAbstractButton, "stage_dispute_impasse").isVisible(), "folded at first"
    room.qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    assert [room.text(f"stage_word_{each.id}") for each in judged] == ["impasse", "renegotiation", "impasse", "renegotiation"]
    room.click(f"stage_take_back_{judged[1].id}")
    assert [each.id for each in room.phases.stage_changes(room.course.id)] == [judged[0].id, judged[2].id, judged[3].id]
    assert room.find(QAbstractButton, f"stage_take_back_{judged[0].id}").isVisible(), "it stays unfolded"
    room.click(f"stage_date_{judged[0].id}")
    field = room.retype(f"stage_date_{judged[0].id}_field", (TODAY - 4 * WEEK).isoformat())
    room.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert room.phases.stage_changes(room.course.id)[0].on == TODAY - 4 * WEEK
    room.frame.stack.undo()
    room.frame.stack.undo()
    assert room.phases.stage_changes(room.course.id) == judged


def test_the_formulation_is_stored_as_it_is_typed(room: PhasesRoom):
    field = room.chapter("formulation").view.editor("why_now").findChild(QTextEdit)
    assert field is not None
    field.setFocus()
    room.qtbot.keyClicks(field, "Moved out in August.")
    assert room.page.flush()
    stored = room.room.desk.documents.of_course(room.course.id, Purpose.FORMULATION)[0]
    assert "Moved out in August." in str(stored.answers)
    room.page.refresh()
    assert field.toPlainText() == "Moved out in August."


def test_the_formulation_is_kept_within_a_second_of_the_last_key(room: PhasesRoom):
    field = room.chapter("formulation").view.editor("why_now").findChild(QTextEdit)
    assert field is not None
    with room.qtbot.waitSignal(room.chapter("formulation").writer.saved, timeout=5000):
        room.qtbot.keyClicks(field, "By itself.")
    stored = room.room.desk.documents.of_course(room.course.id, Purpose.FORMULATION)[0]
    assert "By itself." in str(stored.answers)


def test_changing_to_the_ending_keeps_the_formulation(room: PhasesRoom):
    field = room.chapter("formulation").view.editor("why_now").findChild(QTextEdit)
    assert field is not None
    room.qtbot.keyClicks(field, "Said at once.")
    room.click("paper_ending")
    gains = room.chapter("ending").view.editor("gains").findChild(QTextEdit)
    assert gains is not None
    room.qtbot.keyClicks(gains, "She asks.")
    assert room.page.flush()
    kept = {each.purpose: str(each.answers) for each in room.room.desk.documents.of_course(room.course.id)}
    assert "Said at once." in kept["formulation"]
    assert "She asks." in kept["ending"]
    room.click("papers_back")
    assert room.page.areas.isVisible()
    room.click("papers_ending")
    assert "She asks." in room.chapter("ending").view.editor("gains").findChild(QTextEdit).toPlainText()


def test_choosing_again_what_is_being_written_keeps_it_one_document(room: PhasesRoom):
    documents = room.room.desk.documents
    for words in ("She asks.", " He pulls back."):
        field = room.chapter("formulation").view.editor("why_now").findChild(QTextEdit)
        assert field is not None
        room.qtbot.keyClick(field, Qt.Key.Key_End)
        room.qtbot.keyClicks(field, words)
        room.click("paper_formulation")
    assert room.page.flush()
    (formulation,) = documents.of_course(room.course.id, Purpose.FORMULATION)
    assert "She asks. He pulls back." in str(formulation.answers)
    assert not any(each.is_rescue for each in documents.revisions(formulation.id))


def test_a_chapter_is_left_with_esc_and_found_again_by_its_place(room: PhasesRoom):
    room.click("papers_formulation")
    field = room.chapter("formulation").view.editor("why_now").findChild(QTextEdit)
    assert field is not None
    field.setFocus()
    room.qtbot.keyClicks(field, "Moved out.")
    place = room.page.place()
    room.qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert room.page.columns.isVisible()
    assert "Moved out." in str(room.room.desk.documents.of_course(room.course.id, Purpose.FORMULATION)[0].answers)
    assert "Moved out" not in str(place)
    room.page.return_to(place)
    assert room.chapter("formulation").isVisible()


def test_each_paper_comes_with_the_keyboard_in_its_first_field(room: PhasesRoom):
    room.click("papers_formulation")
    assert room.frame.focusWidget() is room.chapter("formulation").view.editor("presenting").findChild(QTextEdit)
    room.click("paper_history")
    room.click("paper_formulation")
    assert room.frame.focusWidget() is room.chapter("formulation").view.editor("presenting").findChild(QTextEdit)
    room.click("paper_agreement")
    assert room.frame.focusWidget() is room.chapter("agreement").view.editor("fee").findChild(QLineEdit)


def test_an_earlier_version_of_a_paper_is_read_and_brought_back(room: PhasesRoom):
    for words in ("First thought.", "Second."):
        field = room.chapter("formulation").view.editor("why_now").findChild(QTextEdit)
        assert field is not None
        field.selectAll()
        room.qtbot.keyClicks(field, words)
        room.click("papers_back")
    chapter = room.chapter("formulation")
    room.click("formulation_history")
    room.qtbot.keyClick(room.find(QWidget, "history_timeline"), Qt.Key.Key_Down)
    room.click("history_restore")
    room.click("history_back")
    assert room.page.papers.chapter is chapter
    room.qtbot.waitUntil(lambda: "First thought." in str(room.chapter("formulation").view.answers()))
    room.frame.stack.undo()
    room.qtbot.waitUntil(lambda: "Second." in str(room.chapter("formulation").view.answers()))


def test_the_course_is_agreed_longer(room: PhasesRoom):
    room.click("course_terms")
    room.find(QSpinBox, "terms_sessions").setValue(20)
    assert room.find(QSpinBox, "terms_start_termination").value() == 18
    room.click("terms_editor_keep")
    course = room.room.desk.courses.course(room.course.id)
    assert (course.planned_sessions, course.phases[-1].first, course.phases[-1].last) == (20, 18, 20)
    assert course.planned_end == room.course.started_on + 19 * WEEK
    assert room.text("session_count") == "Session 4 of 20 · 16 after"
    room.frame.stack.undo()
    assert room.room.desk.courses.course(room.course.id) == room.course


def test_the_agreed_end_moves_with_the_sessions_and_keeps_the_weeks_left_out(room: PhasesRoom):
    later = replace(room.course, planned_end=room.course.started_on + 16 * WEEK)  # sixteen sessions, and a week without
    room.room.desk.courses.change_course(later)
    room.page.refresh()
    room.click("course_terms")
    room.find(QSpinBox, "terms_sessions").setValue(20)
    assert room.find(QLineEdit, "terms_end").text() == long_date(room.course.started_on + 20 * WEEK)
    room.click("terms_editor_keep")
    room.room.desk.courses.change_course(replace(later, frequency="fortnightly"))
    room.page.refresh()
    room.click("course_terms")
    room.find(QSpinBox, "terms_sessions").setValue(18)
    assert room.find(QLineEdit, "terms_end").text() == long_date(room.course.started_on + 16 * WEEK)


def test_terms_that_do_not_fit_are_said_and_not_kept(room: PhasesRoom):
    room.click("course_terms")
    room.find(QSpinBox, "terms_start_middle").setValue(15)
    room.click("terms_editor_keep")
    assert room.text("terms_error_words").startswith("Each phase begins after the one before")
    assert room.room.desk.courses.course(room.course.id) == room.course


def test_the_agreed_end_is_typed_and_lies_behind_the_first_session(room: PhasesRoom):
    room.click("course_terms")
    field = room.retype("terms_end", (room.course.started_on - WEEK).isoformat())
    room.qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert room.text("terms_error_words") == "The last session can’t be planned before the first."
    room.click("terms_editor_keep")
    assert room.room.desk.courses.course(room.course.id) == room.course
    end = room.course.started_on + 30 * WEEK
    room.qtbot.keyClick(room.retype("terms_end", end.isoformat()), Qt.Key.Key_Tab)
    assert not room.find(QWidget, "terms_error").isVisible()
    room.click("terms_editor_keep")
    assert room.room.desk.courses.course(room.course.id).planned_end == end


def test_a_session_of_the_band_leads_to_the_sessions_tab(room: PhasesRoom):
    band = room.page.course_card.band
    chosen: list[str] = []
    band.session_chosen.connect(chosen.append)
    room.qtbot.mouseClick(band, Qt.MouseButton.LeftButton, pos=band.place_of(2).toPoint())
    assert chosen == [room.sessions[1].id]
    assert room.frame.tab == "sessions"
    band.setFocus()
    room.qtbot.keyClick(band, Qt.Key.Key_Left)
    assert band.accessibleDescription().startswith("Session 1, ")
    room.qtbot.keyClick(band, Qt.Key.Key_Return)
    assert chosen[-1] == room.sessions[0].id


def test_the_band_says_itself_in_words(room: PhasesRoom):
    words = room.page.course_card.band.accessibleDescription()
    assert words.startswith("Initial · since")
    assert "3 sessions held, session 4 is today" in words
    assert "Agreed end" in words


def test_everything_that_can_be_used_has_a_name(room: PhasesRoom):
    room.phases.keep_problem_area(ProblemArea(course_id=room.course.id, area="dispute"))
    room.page.set_phase("middle", TODAY, "as agreed")
    room.page.course_card.ask_for_phase()
    room.page.course_card.ask_for_terms()
    room.page.areas.ask_for_area()
    assert unnamed(room.page) == []


@pytest.mark.parametrize(("width", "height"), [(1024, 560), (1280, 660)])
def test_nothing_is_wider_than_the_window(room: PhasesRoom, width: int, height: int):
    room.phases.keep_problem_area(ProblemArea(course_id=room.course.id, area="dispute"))
    room.page.refresh()
    room.frame.resize(width, height)
    for card in (room.page.standing, room.page.areas, room.page.next):
        if card.isVisible():
            assert card.paper.width() <= card.scroller.viewport().width()
    assert room.page.columns.widget().width() <= room.page.columns.viewport().width()


def test_without_a_client_or_a_course_it_says_what_to_do(room: PhasesRoom):
    room.page.show_client(None, None)
    assert room.find(QWidget, "phases_no_client").isVisible()
    room.click("phases_no_client_action")
    assert room.frame.tab == "clients"
    other = room.room.client("Noor Haddad")
    room.frame.choose_client(other.id)
    assert room.find(QWidget, "phases_no_course").isVisible()


def test_a_course_taken_back_elsewhere_leaves_the_page_standing(room: PhasesRoom):
    other = room.room.client("Noor Haddad")
    course = room.room.course(other)
    room.frame.choose_client(other.id)
    assert room.text("session_count") == "Session 1 of 16 · 15 after"
    room.room.desk.courses.remove_course(course.id)
    room.qtbot.waitUntil(lambda: room.find(QWidget, "phases_no_course").isVisible())
    room.frame.course_id = None


def test_a_finished_course_says_when_it_ended(room: PhasesRoom):
    room.room.desk.courses.end_course(room.course.id, TODAY, EndingKind.PLANNED)
    room.qtbot.waitUntil(lambda: room.text("phase_now") == "Finished")
    assert room.text("sessions_left").startswith("ended ")
    assert not room.find(QWidget, "phase_suggestion").isVisible()
    said = room.page.course_card.band.accessibleDescription()
    assert "is next" not in said
    assert "Agreed end" not in said
    assert said.endswith(f"Ended {long_day_words(TODAY)}.")


def test_large_text_takes_the_narrow_layout(room: PhasesRoom, qapp: QApplication):
    assert not room.find(QWidget, "phases_switch").isVisible()
    theme.apply(qapp, theme.Theme("light", 1.5))
    room.qtbot.waitUntil(lambda: room.find(QWidget, "phases_switch").isVisible())
    assert room.page.next.isVisible()
    room.click("phases_switch_standing")
    assert room.page.standing.isVisible()
    assert not room.page.next.isVisible()
    assert room.page.areas.isVisible()


def test_the_largest_text_has_its_cards_below_one_another(room: PhasesRoom, qapp: QApplication):
    theme.apply(qapp, theme.Theme("light", 2.0))
    room.qtbot.waitUntil(lambda: room.page.areas.y() > room.page.next.mapTo(room.page.columns.widget(), QPoint()).y())
    for card in (room.page.next, room.page.areas):
        assert card.paper.width() <= card.scroller.viewport().width()


def test_what_was_changed_elsewhere_shows_when_the_tab_is_seen_again(room: PhasesRoom):
    room.page.hide()
    room.phases.tick_task(room.course.id, "initial.consent", TODAY)
    room.qtbot.waitUntil(lambda: room.page._is_behind)
    room.page.show()
    assert room.find(QAbstractButton, "tick_initial_consent").isChecked()


def test_forgetting_leaves_no_clinical_word(room: PhasesRoom):
    person = room.room.desk.circles.add_person(room.client.id, "Johan Secretname", "husband")
    room.phases.keep_problem_area(
        ProblemArea(course_id=room.course.id, area="dispute", about="secret weekends", person_id=person.id)
    )
    room.page.set_phase("middle", TODAY, "secret reason")
    room.page.refresh()
    field = room.chapter("formulation").view.editor("why_now").findChild(QTextEdit)
    assert field is not None
    room.qtbot.keyClicks(field, "secret words")
    room.page.course_card.ask_for_phase()
    room.type("phase_reason", "secret thought")
    room.page.areas.ask_for_area()
    assert "secret" in held_words(room.page)
    assert room.page.flush()
    room.page.forget()
    assert "secret" not in held_words(room.page).casefold()
    assert room.page.course_card.band.accessibleDescription() == ""


def held_words(page: QWidget) -> str:
    """Return every text a widget of the page holds."""
    words: list[str] = []
    for each in page.findChildren(QWidget):
        words += [each.accessibleName(), each.accessibleDescription(), each.toolTip()]
        if isinstance(each, QLabel | QLineEdit | QAbstractButton):
            words.append(each.text())
        elif isinstance(each, QTextEdit):
            words.append(each.toPlainText())
        elif isinstance(each, QComboBox):
            words += [each.itemText(row) for row in range(each.count())]
    return "\n".join(words)


def test_the_band_tells_what_lies_under_the_mouse(room: PhasesRoom):
    band = room.page.course_card.band
    assert band.words_at(band.place_of(4)).endswith(", today")
    assert band.words_at(band.place_of(9)) == "Session 9, planned"
    room.room.desk.sessions.change_session(replace(room.sessions[1], attendance=Attendance.DID_NOT_COME))
    room.qtbot.waitUntil(lambda: "did not come" in band.accessibleDescription())
    between = (band.place_of(1) + band.place_of(2)) / 2
    assert band.words_at(between).endswith(": did not come")
    assert band.words_at(band.place_of(3)).endswith(", today")
