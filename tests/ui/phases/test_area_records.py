"""The record of a problem area, opened from it: kept as it is typed, found again, its stages told, violence asked first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QMenu, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.records import DisputeStage, ProblemArea
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, open_room
from ui.phases.area_chapter import AreaRecordsChapter
from ui.phases.page import PhasesPage

W = TypeVar("W", bound=QWidget)
TODAY = date.today()
WEEK = timedelta(weeks=1)


class RecordRoom:
    """A course with a transition and a dispute with Johan."""

    def __init__(self, qtbot: QtBot, room: Room) -> None:
        self.qtbot, self.desk = qtbot, room.desk
        self.client = room.client()
        self.course = room.course(self.client, TODAY - 3 * WEEK)
        self.johan = self.desk.circles.add_person(self.client.id, "Johan", "husband")
        keep = self.desk.phases.keep_problem_area
        self.transition = keep(ProblemArea(course_id=self.course.id, area="transition", rank=1))
        self.dispute = keep(ProblemArea(course_id=self.course.id, area="dispute", rank=2, person_id=self.johan.id))
        self.frame = room.frame(self.client)
        self.page = PhasesPage(self.desk, self.frame)
        self.frame.hold(self.page, 1280, 760)

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def press(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        button.setFocus()
        self.qtbot.keyClick(button, Qt.Key.Key_Return)

    @property
    def chapter(self) -> AreaRecordsChapter:
        chapter = self.page.papers.chapter
        assert isinstance(chapter, AreaRecordsChapter)
        return chapter

    def write(self, field: str, words: str) -> None:
        edit = self.find(QTextEdit, f"field_{field}_prose")
        edit.setFocus()
        self.qtbot.keyClicks(edit, words)
        assert self.page.flush()

    def stored(self, area: ProblemArea, field: str) -> str:
        answers = self.desk.area_records.document(area.id).answers
        return rich_text.as_plain(rich_text.from_json(answers.get(field, [])))


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[RecordRoom]:
    with open_room(tmp_path) as opened:
        room = RecordRoom(qtbot, opened)
        qtbot.waitExposed(room.frame)
        yield room
        room.page.forget()


def test_it_is_opened_from_its_area_and_kept_as_it_is_typed(room: RecordRoom) -> None:
    assert room.find(QLabel, "record_begins_dispute").text() == "nothing written yet"
    room.press("record_dispute")
    assert room.chapter.area == room.dispute
    assert room.find(QLabel, "area_record_title").text() == "Record of the dispute"
    assert room.find(QComboBox, "field_person_choice").currentText() == "Johan"
    assert room.find(QLabel, "field_stages_text").text() == "nothing yet"
    room.write("issue", "The weekends")
    assert room.stored(room.dispute, "issue") == "The weekends"
    room.press("papers_back")
    assert room.find(QLabel, "record_begins_dispute").text() == "The weekends"
    assert "The weekends" in room.find(QAbstractButton, "record_dispute").accessibleName()


def test_the_keyboard_begins_with_the_first_question(room: RecordRoom) -> None:
    room.press("record_dispute")
    room.qtbot.waitUntil(lambda: (f := QApplication.focusWidget()) is not None and f.objectName().startswith("field_violence"))


def test_another_area_is_chosen_above_and_what_was_typed_is_kept(room: RecordRoom) -> None:
    room.press("record_dispute")
    edit = room.find(QTextEdit, "field_issue_prose")
    edit.setFocus()
    room.qtbot.keyClicks(edit, "Weekends")
    choice = room.find(QComboBox, "area_record_choice")
    assert [choice.itemText(place) for place in range(choice.count())] == ["Role transition", "Role dispute · with Johan"]
    choice.setFocus()
    room.qtbot.keyClick(choice, Qt.Key.Key_Up)
    assert room.chapter.area == room.transition
    assert room.stored(room.dispute, "issue") == "Weekends"
    assert room.find(QLabel, "area_record_title").text() == "Record of the transition"


def test_every_stage_is_told_in_the_record(room: RecordRoom) -> None:
    room.desk.phases.judge_stage(room.dispute.id, DisputeStage.IMPASSE, TODAY - WEEK)
    room.page.refresh()
    room.press("record_dispute")
    assert room.find(QLabel, "field_stages_text").text().endswith(": impasse")
    room.desk.phases.judge_stage(room.dispute.id, DisputeStage.RENEGOTIATION, TODAY)
    room.qtbot.waitUntil(lambda: room.find(QLabel, "field_stages_text").text().count("\n") == 1)
    first, second = room.find(QLabel, "field_stages_text").text().split("\n")
    assert (first.endswith(": renegotiation"), second.endswith(": impasse")) == (True, True)


def test_a_record_whose_area_is_removed_waits_and_is_linked_again_by_undo(room: RecordRoom) -> None:
    room.press("record_dispute")
    room.write("issue", "Weekends")
    room.press("papers_back")
    room.press("remove_dispute")
    assert room.desk.area_records.of_areas(room.desk.phases.problem_areas(room.course.id))[room.transition.id].words == ""
    room.frame.stack.undo()
    assert room.find(QLabel, "record_begins_dispute").text() == "Weekends"


def test_an_area_taken_out_while_its_record_is_open_makes_room_for_another(room: RecordRoom) -> None:
    room.press("record_dispute")
    room.write("issue", "Weekends")
    room.desk.phases.remove_problem_area(room.dispute.id)
    room.qtbot.waitUntil(lambda: room.chapter.area == room.transition)
    assert room.page.flush()
    assert room.find(QLabel, "area_record_title").text() == "Record of the transition"
    room.desk.phases.remove_problem_area(room.transition.id)
    room.qtbot.waitUntil(lambda: room.find(QLabel, "area_record_none").isVisible())
    assert room.page.findChild(QTextEdit, "field_issue_prose") is None


def test_an_area_changed_to_another_kind_shows_the_record_of_that_kind(room: RecordRoom) -> None:
    room.press("record_dispute")
    room.write("issue", "Weekends")
    room.desk.phases.keep_problem_area(replace(room.dispute, area="grief"))
    room.qtbot.waitUntil(lambda: room.find(QLabel, "area_record_title").text() == "Record of the grief")
    room.desk.phases.keep_problem_area(room.dispute)
    room.qtbot.waitUntil(lambda: room.find(QLabel, "area_record_title").text() == "Record of the dispute")
    assert room.find(QTextEdit, "field_issue_prose").toPlainText() == "Weekends"


def test_the_place_in_it_comes_back(room: RecordRoom) -> None:
    room.press("record_dispute")
    place = room.page.place()
    room.press("papers_back")
    room.page.return_to(place)
    assert room.chapter.area == room.dispute


def test_of_another_client_nothing_is_left(room: RecordRoom) -> None:
    room.press("record_dispute")
    room.write("issue", "Weekends")
    other = room.desk.clients.add_client(replace(room.client, id="other", name="Olga"))
    course = room.desk.courses.begin_course(other.id, room.desk.resources.protocols[0], started_on=TODAY)
    room.page.show_client(other.id, course.id)
    assert room.page.open_chapter("areas")
    assert room.find(QLabel, "area_record_none").isVisible()
    assert not any("Weekends" in each.toPlainText() for each in room.page.findChildren(QTextEdit))
    room.page.forget()
    assert not any(each.toPlainText() for each in room.page.findChildren(QTextEdit))


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # of a menu, on a screen that isn't there
def test_worksheets_of_the_area_are_begun_about_its_person(room: RecordRoom) -> None:
    offered = room.desk.courses.protocol(room.course.id).area("dispute")
    assert offered is not None
    if not offered.worksheets:
        pytest.skip("the protocol names none")
    room.press("worksheets_dispute")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    titles = [each.text() for each in menu.actions()]
    assert any(each.endswith("(violence is asked about first)") for each in titles)
    menu.actions()[0].trigger()
    menu.close()
    document = room.page.between.page.writer.document
    assert document is not None
    assert document.about_id == room.johan.id


def test_a_worksheet_that_rehearses_says_what_is_asked_before_and_leads_there(room: RecordRoom) -> None:
    assert room.page.between.begin_sheet("role-play", person_id=room.johan.id)
    line = room.find(QWidget, "sheet_caution")
    assert line.isVisible()
    assert "ask the client alone" in room.find(QLabel, "sheet_caution").text()
    room.press("sheet_screen")
    assert room.chapter.area == room.dispute
    none_told = room.find(QAbstractButton, "field_violence_choice_none")
    room.qtbot.mouseClick(none_told, Qt.MouseButton.LeftButton)
    assert room.page.flush()
    assert room.page.between.begin_sheet("role-play", person_id=room.johan.id)
    assert not line.isVisible()
    assert room.page.between.begin_sheet("decision-analysis", person_id="")
    assert not line.isVisible(), "nothing is rehearsed there"


def test_of_someone_no_dispute_is_with_the_inventory_says_whether_it_was_asked(room: RecordRoom) -> None:
    ruth = room.desk.circles.add_person(room.client.id, "Ruth", "mother_in_law")
    assert room.page.between.begin_sheet("role-play", person_id=ruth.id)
    assert room.find(QLabel, "sheet_caution").isVisible()
    assert not room.find(QAbstractButton, "sheet_screen").isVisible()


def test_everything_has_a_name(room: RecordRoom) -> None:
    room.press("record_dispute")
    assert unnamed(room.page) == []


def test_the_record_in_sight_is_the_one_that_is_printed(room: RecordRoom) -> None:
    asked: list[tuple[str, str]] = []
    room.page.papers.print_asked.connect(lambda kind, record: asked.append((kind, record)))
    room.press("record_dispute")
    edit = room.find(QTextEdit, "field_issue_prose")
    edit.setFocus()
    room.qtbot.keyClicks(edit, "The weekends")
    room.press("area_record_print")
    assert asked == [("area-record", room.dispute.id)]
    assert room.frame.tab == "reports"
    assert room.stored(room.dispute, "issue") == "The weekends", "what was typed is kept first"
