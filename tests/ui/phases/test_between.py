"""Between sessions on the Phases tab: tasks agreed and reviewed, worksheets written, all by keyboard and back by undo."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Document, Tie, TieKind
from ipt_desktop.domain.session_records import MoodEffect, Step, StepDone
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, open_room
from ui import theme
from ui.phases.page import PhasesPage

W = TypeVar("W", bound=QWidget)
TODAY = date.today()
WEEK = timedelta(weeks=1)


class Between:
    """A course of three sessions; Tess is a friend, and there is a conflict with Johan."""

    def __init__(self, qtbot: QtBot, room: Room) -> None:
        self.qtbot, self.room, self.desk = qtbot, room, room.desk
        self.client = room.client()
        self.course = room.course(self.client, TODAY - 2 * WEEK)
        self.sessions = room.sessions(self.course, 3)
        self.tess = self.desk.circles.add_person(self.client.id, "Tess", "friend")
        self.johan = self.desk.circles.add_person(self.client.id, "Johan", "partner")
        conflict = Tie(client_id=self.client.id, from_person_id=self.johan.id, kind=TieKind.CONFLICT, strength=3)
        self.tie = self.desk.circles.add_tie(conflict)
        self.step = self.desk.steps.add_step(
            Step(course_id=self.course.id, words="Ring Tess", person_id=self.tess.id, agreed_on=TODAY - WEEK)
        )
        self.frame = room.frame(self.client)
        self.page = PhasesPage(self.desk, self.frame)
        self.frame.hold(self.page, 1280, 760)

    @property
    def steps(self) -> list[Step]:
        return self.desk.steps.of_course(self.course.id)

    @property
    def sheets(self) -> list[Document]:
        return [each.document for each in self.desk.worksheets.of_course(self.course.id)]

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def press(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        button.setFocus()
        self.qtbot.keyClick(button, Qt.Key.Key_Return)

    def type(self, words: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClicks(focused, words)

    def key(self, key: Qt.Key) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key)

    def choose(self, choice: QComboBox, words: str) -> None:
        """Go down a list to these words."""
        self.qtbot.keyClick(choice, Qt.Key.Key_Home)
        while choice.currentText() != words:
            assert choice.currentIndex() < choice.count() - 1, words
            self.qtbot.keyClick(choice, Qt.Key.Key_Down)

    def words(self, name: str) -> str:
        return self.find(QLabel, name).text()

    def begin(self, key: str = "communication-analysis") -> None:
        """Begin a worksheet from the menu of the list."""
        assert self.page.between.begin_sheet(key)


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[Between]:
    with open_room(tmp_path) as opened:
        room = Between(qtbot, opened)
        qtbot.waitExposed(room.frame)
        yield room
        room.page.forget()


# -- tasks -------------------------------------------------------------------------------------------------------------


def test_an_open_task_stands_in_sight_with_whom_and_since_when(room: Between) -> None:
    assert room.find(QAbstractButton, "steps_fold").text() == "Between-session tasks (1 open)"
    assert room.find(QWidget, f"step_{room.step.id}").isVisible()
    assert room.words(f"step_{room.step.id}_agreed").startswith("with Tess · agreed ")
    assert unnamed(room.page.between.steps) == []


def test_a_task_is_agreed_by_keyboard_and_undone(room: Between) -> None:
    room.press("steps_add")
    room.type("Say yes to lunch")
    people = room.find(QComboBox, "step_person")
    room.qtbot.keyClick(people, Qt.Key.Key_T)
    due = room.find(QLineEdit, "step_due")
    due.setFocus()
    room.type("tomorrow")
    room.key(Qt.Key.Key_Return)
    added = room.steps[0]
    assert (added.words, added.person_id, added.due) == ("Say yes to lunch", room.tess.id, TODAY + timedelta(1))
    assert (added.agreed_on, added.session_id) == (TODAY, room.sessions[2].id)
    assert "for " in room.words(f"step_{added.id}_agreed")
    room.frame.stack.undo()
    assert [each.words for each in room.steps] == ["Ring Tess"]
    room.frame.stack.redo()
    assert room.steps[0] == added


def test_a_task_without_words_or_with_no_day_is_said_to_lack_them(room: Between) -> None:
    room.press("steps_add")
    room.key(Qt.Key.Key_Return)
    assert "Say in a few words" in room.words("step_error_words")
    room.type("x")
    due = room.find(QLineEdit, "step_due")
    due.setFocus()
    room.type("someday")
    room.key(Qt.Key.Key_Return)
    assert room.find(QWidget, "step_error").isVisible()
    assert len(room.steps) == 1


def test_reviewing_takes_two_keys_and_what_happened_may_follow(room: Between) -> None:
    edit = room.find(QAbstractButton, f"step_remove_{room.step.id}")
    edit.setFocus()
    room.key(Qt.Key.Key_Tab)
    room.key(Qt.Key.Key_Space)
    (reviewed,) = room.steps
    assert (reviewed.done, reviewed.reviewed_on) == (StepDone.YES, TODAY)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "step_what_happened"
    room.type("They had coffee")
    room.find(QAbstractButton, "step_mood_better").click()
    room.find(QLineEdit, "step_what_happened").setFocus()
    room.key(Qt.Key.Key_Return)
    (reviewed,) = room.steps
    assert (reviewed.what_happened, reviewed.mood_effect) == ("They had coffee", MoodEffect.BETTER)
    assert room.words(f"step_{reviewed.id}_went").startswith("done · They had coffee · mood better · asked ")
    assert room.find(QAbstractButton, "steps_fold").text() == "Between-session tasks"
    room.frame.stack.undo()
    room.frame.stack.undo()
    assert room.steps == [room.step]


def test_a_review_is_taken_back_in_the_editor(room: Between) -> None:
    room.desk.steps.review_step(replace(room.step, done=StepDone.NO, what_happened="no time", reviewed_on=TODAY))
    room.page.refresh()
    room.press("steps_reviewed_fold")
    room.press(f"step_edit_{room.step.id}")
    room.qtbot.keyClick(room.find(QAbstractButton, "step_done_no"), Qt.Key.Key_Space)
    room.find(QLineEdit, "step_what_happened").clear()
    room.press("step_editor_keep")
    assert room.steps == [room.step]


def test_removing_a_task_can_be_undone(room: Between) -> None:
    room.press(f"step_remove_{room.step.id}")
    assert room.steps == []
    room.frame.stack.undo()
    assert room.steps == [room.step]
    assert room.find(QWidget, f"step_{room.step.id}").isVisible()


def test_what_a_note_tells_is_shown_and_changed_there(room: Between) -> None:
    place = {"course_id": room.course.id, "session_id": room.sessions[1].id}
    note = room.desk.documents.open_document(Purpose.PROGRESS_NOTE, room.client.id, **place)
    room.desk.documents.keep_draft(room.desk.documents.begin_writing(note), {"between_session_task": "Write to Karin"})
    room.page.refresh()
    told = next(each for each in room.steps if each.words == "Write to Karin")
    assert room.page.findChild(QWidget, f"step_remove_{told.id}") is None
    room.press(f"step_edit_{told.id}")
    assert room.find(QLineEdit, "step_words").isReadOnly()
    assert "stand in the note of" in room.words("step_words_hint")
    room.qtbot.keyClick(room.find(QComboBox, "step_person"), Qt.Key.Key_T)
    room.press("step_editor_keep")
    kept = next(each for each in room.steps if each.id == told.id)
    assert (kept.words, kept.person_id) == ("Write to Karin", room.tess.id)


def test_escape_keeps_what_was_typed_and_cancel_does_not(room: Between) -> None:
    room.press("steps_add")
    room.type("half a tho")
    room.key(Qt.Key.Key_Escape)
    assert not room.page.between.steps.editor.isVisible()
    room.press("steps_add")
    assert room.find(QLineEdit, "step_words").text() == "half a tho"
    room.press("step_editor_cancel")
    room.press("steps_add")
    assert room.find(QLineEdit, "step_words").text() == ""


# -- worksheets --------------------------------------------------------------------------------------------------------


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_a_worksheet_is_begun_from_the_menu_written_and_listed(room: Between) -> None:
    room.press("sheets_add")
    menu = QApplication.activePopupWidget()
    assert menu is not None
    room.qtbot.keyClick(menu, Qt.Key.Key_Down)
    room.qtbot.keyClick(menu, Qt.Key.Key_Return)
    sheet = room.page.between.page
    assert sheet.isVisible()
    assert room.words("sheet_title") == "Communication analysis"
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "field_person_choice"
    room.key(Qt.Key.Key_J)
    room.find(QWidget, "field_turns_0_said_prose").setFocus()
    room.type("You never ask me")
    room.key(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    (kept,) = room.sheets
    assert (kept.about_id, kept.session_id) == (room.johan.id, room.sessions[2].id)
    assert kept.answers["turns"] == [{"said": "You never ask me"}]
    line = room.find(QLabel, f"sheet_under_{kept.id}")
    assert line.text() == "with Johan · You never ask me"
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == f"sheet_open_{kept.id}"
    room.key(Qt.Key.Key_Return)
    assert sheet.isVisible()
    assert sheet.view.answers() == kept.answers
    assert unnamed(sheet) == []


def test_a_worksheet_is_printed_with_what_was_typed_last_and_an_empty_one_says_so(room: Between) -> None:
    asked: list[tuple[str, str]] = []
    room.page.between.page.print_asked.connect(lambda kind, sheet: asked.append((kind, sheet)))
    room.begin("decision-analysis")
    room.press("sheet_print")
    assert (asked, room.sheets, room.frame.said[-1][0]) == ([], [], "Nothing to print")
    room.find(QWidget, "field_problem_prose").setFocus()
    room.type("Whether to call")
    room.press("sheet_print")
    (kept,) = room.sheets
    assert asked == [("worksheet", kept.id)]
    assert room.frame.tab == "reports"
    assert "Whether to call" in str(kept.answers["problem"])


def test_a_worksheet_is_written_with_snippets_and_grows_with_the_text(room: Between, qapp: QApplication) -> None:
    room.begin("decision-analysis")
    problem = room.find(QTextEdit, "field_problem_prose")
    problem.setFocus()
    room.type(";rd move?")
    assert problem.toPlainText() == "Role dispute: move?"
    small = problem.fontMetrics().height()
    theme.apply(qapp, theme.Theme("light", 1.5))

    def height(found: QTextEdit | None) -> int:
        return found.fontMetrics().height() if found is not None else 0

    room.qtbot.waitUntil(lambda: height(room.page.findChild(QTextEdit, "field_problem_prose")) > small)
    again = room.find(QTextEdit, "field_problem_prose")
    assert again.toPlainText() == "Role dispute: move?"
    room.qtbot.waitUntil(again.hasFocus)


def test_one_that_nothing_was_written_into_is_not_kept(room: Between) -> None:
    room.begin()
    room.press("sheet_back")
    assert room.sheets == []
    room.begin()
    room.press("sheet_remove")
    assert room.sheets == []
    assert not room.frame.stack.canUndo()


def test_removing_one_can_be_undone(room: Between) -> None:
    room.begin()
    room.find(QWidget, "field_setting_words").setFocus()
    room.type("In the hall")
    room.press("sheet_remove")
    assert room.sheets == []
    assert room.page.columns.isVisible()
    room.frame.stack.undo()
    (back,) = room.sheets
    assert back.answers["setting"] == "In the hall"
    assert room.find(QAbstractButton, "sheets_fold").text() == "Worksheets (1)"
    room.page.between.open_sheet(back.id)
    room.frame.stack.redo()
    assert room.page.columns.isVisible(), "a worksheet that went is not shown any more"


def test_the_tie_is_offered_of_the_person_and_leads_to_the_circle(room: Between) -> None:
    room.begin()
    ties = room.find(QComboBox, "field_tie_choice")
    people = room.find(QComboBox, "field_person_choice")
    assert not room.find(QAbstractButton, "sheet_circle").isVisible()
    room.choose(people, "Tess")
    assert ties.count() == 1, "there is no tie with Tess"
    room.choose(people, "Johan")
    assert ties.itemText(1).startswith("conflict with the client, strong")
    room.qtbot.keyClick(ties, Qt.Key.Key_Down)
    room.press("sheet_circle")
    assert room.frame.tab == "circle"
    room.page.flush()
    (sheet,) = room.desk.worksheets.of_course(room.course.id)
    assert (sheet.person_id, sheet.tie_id) == (room.johan.id, room.tie.id)
    room.desk.circles.remove_tie(room.tie.id)
    room.qtbot.waitUntil(lambda: ties_now().currentText() == "this tie is no longer on the circle")
    assert room.page.between.page.view.answers()["tie"] == room.tie.id


def ties_now() -> QComboBox:
    found = [each for each in QApplication.allWidgets() if each.objectName() == "field_tie_choice" and each.isVisible()]
    assert found
    assert isinstance(found[0], QComboBox)
    return found[0]


def test_another_client_closes_it_and_a_lock_leaves_no_word(room: Between) -> None:
    room.begin()
    room.find(QWidget, "field_setting_words").setFocus()
    room.type("In the hall")
    place = room.page.place()
    other = room.room.client("Olga")
    room.room.course(other)
    room.frame.choose_client(other.id)
    assert not room.page.between.page.isVisible()
    room.frame.choose_client(room.client.id)
    assert room.sheets[0].answers["setting"] == "In the hall"
    room.page.return_to(place)
    assert room.page.between.page.isVisible()
    room.page.forget()
    said = [each.text() for kind in (QLabel, QLineEdit, QAbstractButton) for each in room.page.findChildren(kind)]
    assert not [each for each in said if "hall" in each or "Tess" in each or "Johan" in each]
    assert not [each for each in room.page.findChildren(QWidget) if "Tess" in each.accessibleName()]


def test_the_worksheet_of_a_session_is_opened_once_it_is_there(room: Between) -> None:
    between = room.page.between
    between.sheet_of_session("role-play", room.sessions[0].id, room.johan.id)
    room.find(QWidget, "field_roles_words").setFocus()
    room.type("Marta as Johan")
    between.leave_sheet()
    between.sheet_of_session("role-play", room.sessions[0].id)
    assert between.page.view.answers()["roles"] == "Marta as Johan"
    assert room.words("sheet_when").endswith("session 1")
    assert room.sheets[0].about_id == room.johan.id
