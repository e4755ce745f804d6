"""The chapters of the agreement and of the explanation: what they begin with, what the course says, and where they lead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QTextEdit
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Course, Document, ProblemArea
from ipt_desktop.domain.treatment_records import Goal
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, RoomFrame, open_room
from ui.phases.document_chapter import DocumentChapter
from ui.phases.page import PhasesPage

TODAY = date.today()


@dataclass
class Papers:
    """A client in the third week of a course, with the Phases tab in a window."""

    qtbot: QtBot
    room: Room
    course: Course
    frame: RoomFrame
    page: PhasesPage

    def open(self, key: str) -> DocumentChapter:
        assert self.page.open_chapter(key)
        chapter = self.page.papers.chapter
        assert isinstance(chapter, DocumentChapter)
        return chapter

    def field(self, chapter: DocumentChapter, key: str) -> QTextEdit:
        found = chapter.view.editor(key).findChild(QTextEdit)
        assert found is not None
        return found

    def click(self, name: str) -> None:
        button = self.page.findChild(QAbstractButton, name)
        assert button is not None, name
        assert button.isVisible(), name
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def text(self, name: str) -> str:
        found = self.page.findChild(QLabel, name)
        assert found is not None, name
        return found.text()

    def kept(self, purpose: Purpose) -> list[Document]:
        return self.room.desk.documents.of_course(self.course.id, purpose)


@pytest.fixture
def papers(tmp_path: Path, qtbot: QtBot) -> Iterator[Papers]:
    with open_room(tmp_path) as room:
        client = room.client()
        course = room.course(client, TODAY - timedelta(weeks=2))
        room.sessions(course, 2)
        frame = room.frame(client)
        page = PhasesPage(room.desk, frame)
        frame.hold(page, 1280, 760)
        yield Papers(qtbot, room, course, frame, page)
        page.forget()


def test_the_explanation_stands_there_in_the_words_of_the_course_and_nothing_of_it_is_stored(papers: Papers) -> None:
    chapter = papers.open("explanation")
    assert "16 weekly sessions of 50 minutes" in papers.field(chapter, "how_long").toPlainText()
    assert papers.page.flush()
    assert papers.kept(Purpose.EXPLANATION) == []
    assert papers.text("explanation_when") == "nothing written yet"


def test_a_text_is_changed_for_this_client_and_given_back(papers: Papers) -> None:
    chapter = papers.open("explanation")
    field = papers.field(chapter, "your_part")
    began = field.toPlainText()
    field.setFocus()
    field.selectAll()
    papers.qtbot.keyClicks(field, "Come on Thursdays.")
    assert papers.page.flush()
    (document,) = papers.kept(Purpose.EXPLANATION)
    assert list(document.answers) == ["your_part"], "the others stay those of the form"
    papers.click("restore_your_part")
    again = papers.field(papers.open("explanation"), "your_part")
    assert again.toPlainText() == began
    back = papers.page.findChild(QAbstractButton, "restore_your_part")
    assert back is not None
    assert not back.isVisible()
    other = papers.page.findChild(QAbstractButton, "restore_my_part")
    assert other is not None
    assert not other.isVisible()


def test_the_agreement_shows_what_the_course_says_and_follows_it(papers: Papers) -> None:
    papers.open("agreement")
    assert papers.text("fact_sessions").startswith("16 weekly sessions of 50 minutes, ")
    assert papers.text("fact_focus") == "none agreed on yet"
    desk = papers.room.desk
    johan = desk.circles.add_person(papers.course.client_id, "Johan", "husband")
    area = ProblemArea(course_id=papers.course.id, area="dispute", person_id=johan.id, agreed_on=TODAY)
    desk.phases.keep_problem_area(area)
    desk.goals.add_goal(Goal(course_id=papers.course.id, words="Ask him plainly", problem_area_id=area.id))
    papers.page.refresh()
    assert papers.text("fact_focus") == "Role dispute, Johan"
    assert papers.text("fact_goals") == "Ask him plainly"


def test_what_is_typed_is_kept_on_the_way_to_the_terms(papers: Papers) -> None:
    chapter = papers.open("agreement")
    field = papers.field(chapter, "missed")
    field.setFocus()
    papers.qtbot.keyClicks(field, "Two days ahead.")
    papers.click("fact_sessions_change")
    assert papers.page.columns.isVisible()
    assert papers.page.course_card.isAncestorOf(papers.page.focusWidget())
    (document,) = papers.kept(Purpose.AGREEMENT)
    assert "Two days ahead." in str(document.answers)


@pytest.mark.parametrize("key", ["explanation", "agreement"])
def test_it_is_printed_on_the_reports_tab(papers: Papers, key: str) -> None:
    asked: list[str] = []
    papers.page.papers.print_asked.connect(lambda kind, _record: asked.append(kind))
    papers.open(key)
    papers.click(f"{key}_print")
    assert asked == [key]
    assert papers.frame.tab == "reports"


@pytest.mark.parametrize("key", ["explanation", "agreement"])
def test_everything_can_be_named_and_nothing_is_kept_in_mind(papers: Papers, key: str) -> None:
    chapter = papers.open(key)
    assert unnamed(chapter) == []
    papers.page.forget()
    assert chapter.writer.document is None
    assert all(not each.text() for each in chapter.findChildren(QLabel) if each.objectName().startswith("fact_sessions"))
