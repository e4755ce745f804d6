"""The ending on the Phases tab, page by page: any order, one document, beside each page what the records say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Course, Document, EndingKind, Placement
from ipt_desktop.domain.treatment_records import Goal
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, open_room
from ui import theme
from ui.phases.ending_chapter import EndingChapter
from ui.phases.page import PhasesPage
from ui.theme import Theme

W = TypeVar("W", bound=QWidget)
TODAY = date.today()
WEEK = timedelta(weeks=1)


class EndingRoom:
    """A course in its last weeks, with a goal."""

    def __init__(self, qtbot: QtBot, room: Room, width: int = 1280) -> None:
        self.qtbot, self.room, self.desk = qtbot, room, room.desk
        self.client = room.client()
        self.course: Course = room.course(self.client, TODAY - 14 * WEEK)
        self.sessions = room.sessions(self.course, 14)
        self.desk.goals.add_goal(Goal(course_id=self.course.id, words="See one friend a week"))
        self.frame = room.frame(self.client)
        self.page = PhasesPage(self.desk, self.frame)
        self.frame.hold(self.page, width, 760)

    @property
    def chapter(self) -> EndingChapter:
        if self.page.papers.key != "ending":
            assert self.page.open_chapter("ending")
        found = self.page.papers.chapter
        assert isinstance(found, EndingChapter)
        return found

    @property
    def document(self) -> Document:
        (found,) = self.desk.documents.of_course(self.course.id, Purpose.ENDING)
        return found

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.findChild(kind, name)
        assert found is not None, name
        return found

    def click(self, name: str) -> None:
        button = self.find(QAbstractButton, name)
        assert button.isVisible(), name
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def type(self, key: str, words: str) -> None:
        field = self.chapter.view.editor(key).findChild(QTextEdit)
        assert field is not None
        assert field.isVisible(), key
        self.qtbot.keyClicks(field, words)

    def facts(self) -> str:
        panel = self.chapter.facts
        return "\n".join(each.text() for each in panel.findChildren(QLabel)) if panel.isVisible() else ""

    def entries(self) -> list[str]:
        rail = self.chapter.rail
        return [each.property("page") for each in rail.findChildren(QAbstractButton) if each.property("page")]


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[EndingRoom]:
    with open_room(tmp_path) as opened:
        made = EndingRoom(qtbot, opened)
        yield made
        made.page.forget()


def test_one_page_at_a_time_with_what_is_written_and_the_next_by_key(room: EndingRoom) -> None:
    chapter = room.chapter
    assert chapter.page == "feelings"
    room.type("feelings_about_ending", "Sad and proud.")
    assert not chapter.view.editor("gains").isVisible()
    assert room.find(QAbstractButton, "page_feelings").accessibleName() == "Feelings about ending, written"
    assert room.find(QAbstractButton, "page_gains").accessibleName() == "What changed, nothing written yet"
    focused = QApplication.focusWidget()
    assert focused is not None
    room.qtbot.keyClick(focused, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert chapter.page == "gains"
    assert chapter.view.editor("gains").isAncestorOf(QApplication.focusWidget())
    assert chapter.view.editor("gains").isVisible()
    assert not chapter.view.editor("feelings_about_ending").isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    room.qtbot.keyClick(focused, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert chapter.page == "feelings"
    assert unnamed(room.page) == []


def test_any_order_and_all_of_it_one_document_with_one_version(room: EndingRoom) -> None:
    room.chapter.show_page("skills")
    room.type("skills", "I say it on the day.")
    room.click("ending_next")
    room.type("remaining", "Sundays.")
    room.click("page_feelings")
    room.type("feelings_about_ending", "Proud.")
    assert room.page.flush()
    told = str(room.document.answers)
    assert all(words in told for words in ("I say it on the day.", "Sundays.", "Proud."))
    assert len(room.desk.documents.revisions(room.document.id)) == 1
    room.click("papers_back")
    assert room.chapter.page == "feelings"


def test_back_on_the_page_one_was_on_and_else_on_the_first_that_is_empty(room: EndingRoom) -> None:
    room.chapter.show_page("plan")
    place = room.page.place()
    room.click("papers_back")
    room.page.return_to(place)
    assert room.chapter.page == "plan"
    room.chapter.show_page("feelings")
    room.type("feelings_about_ending", "Proud.")
    assert room.page.flush()
    room.page.forget()
    room.page.show_client(room.client.id, room.course.id)
    assert room.chapter.page == "gains"


def test_beside_each_page_stands_what_the_records_say(room: EndingRoom) -> None:
    room.chapter.show_page("gains")
    assert "See one friend a week" in room.facts()
    (goal,) = room.desk.goals.goals(room.course.id)
    room.desk.goals.rate_goal(goal.id, 7, TODAY)
    room.qtbot.waitUntil(lambda: "now 7" in room.facts())
    room.chapter.show_page("copy")
    assert room.facts() == ""


def test_risk_stays_away_while_the_client_may_look(room: EndingRoom) -> None:
    room.chapter.show_page("how")
    assert "Risk, as it was last asked" in room.facts()
    room.frame.is_in_room = True
    room.chapter.show_page("copy")
    room.chapter.show_page("how")
    assert "Risk" not in room.facts()
    assert "14 of 16 sessions held" in room.facts()


def test_the_circle_compared_leads_to_the_circle(room: EndingRoom) -> None:
    desk = room.desk
    anna = desk.circles.add_person(room.client.id, "Anna", "sister")
    for session, felt in ((room.sessions[1], 0.2), (room.sessions[13], 0.5)):
        sitting = desk.circles.sitting_now(room.course.id)
        sitting = replace(sitting, session_id=session.id, date=session.date)
        desk.store.write(lambda writing, made=sitting: writing.upsert(made))
        placement = Placement(person_id=anna.id, sitting_id=sitting.id, felt=felt, words="I picked up.")
        desk.store.write(lambda writing, made=placement: writing.upsert(made))
    room.page.refresh()
    room.chapter.show_page("circle")
    assert "Anna" in room.facts()
    assert "“I picked up.” One ring closer." in room.facts()
    room.click("facts_0_circle_change")
    assert room.frame.tab == "circle"


def test_an_early_ending_needs_few_pages_and_the_others_are_one_press_away(room: EndingRoom) -> None:
    room.desk.courses.end_course(room.course.id, TODAY, EndingKind.LOST_CONTACT)
    room.page.refresh()
    chapter = room.chapter
    assert chapter.page == "how"
    assert room.entries()[:4] == ["how", "gains", "remains", "return"]
    assert not room.find(QAbstractButton, "page_skills").isVisible()
    room.click("page_rail_more")
    assert room.find(QAbstractButton, "page_skills").isVisible()
    room.click("page_rail_more")
    chapter.show_page("skills")
    assert room.find(QAbstractButton, "page_skills").isVisible(), "the page that is open is in sight"


def test_saying_that_it_was_planned_brings_every_page_back(room: EndingRoom) -> None:
    room.chapter.show_page("how")
    room.click("field_ending_kind_choice_early_by_client")
    assert room.entries()[:4] == ["how", "gains", "remains", "return"]
    assert room.chapter.page == "how"
    room.click("field_ending_kind_choice_planned")
    assert room.entries()[0] == "feelings"
    assert not room.find(QAbstractButton, "page_rail_more").isVisible()


def test_a_date_that_comes_back_every_year_is_on_the_timeline_at_once(room: EndingRoom) -> None:
    room.chapter.show_page("signs")
    words = room.find(QTextEdit, "field_trigger_dates_0_words_prose")
    room.qtbot.keyClicks(words, "All Saints, at the grave")
    room.qtbot.keyClicks(room.find(QLineEdit, "field_trigger_dates_0_when_when"), "1 November")
    room.click("field_trigger_dates_0_yearly_box")
    assert room.page.flush()
    (event,) = room.desk.events.of_client(room.client.id)
    assert (event.title, event.on[4:], event.recurs) == ("All Saints, at the grave", "-11-01", True)
    room.qtbot.waitUntil(lambda: "1 November" in room.facts())


def test_the_people_of_the_safety_plan_are_put_on_the_list_once(room: EndingRoom) -> None:
    plan = room.desk.safety_plans.new_plan(room.client.id)
    people = [{"name": "Tomasz", "number": "at home"}, {"name": "Anna", "number": "07700 900 461"}]
    room.desk.documents.keep_draft(room.desk.documents.begin_writing(plan), {**plan.answers, "people_i_ask": people})
    room.chapter.show_page("plan")
    assert "Asked in the safety plan" in room.facts()
    editor = room.chapter.view.editor("people_to_call")
    name = editor.findChild(QLineEdit, "field_people_to_call_1_name")
    assert name is not None
    room.qtbot.keyClicks(name, "Anna")
    for _press in range(2):
        room.click("facts_0_take_people")
    assert room.page.flush()
    assert room.document.answers["people_to_call"] == [{"name": "Anna", "number": ""}, people[0]]


def test_the_clients_copy_and_the_summary_are_a_press_away(room: EndingRoom) -> None:
    asked: list[str] = []
    room.chapter.print_asked.connect(lambda kind, _record: asked.append(kind))
    room.type("feelings_about_ending", "Proud.")
    room.click("ending_client-copy")
    room.click("ending_termination-summary")
    assert asked == ["client-copy", "termination-summary"]
    assert "Proud." in str(room.document.answers), "what is printed is what was typed"
    assert room.frame.tab == "reports"


def test_in_a_narrow_window_the_pages_are_a_list_to_choose_from(tmp_path: Path, qtbot: QtBot) -> None:
    with open_room(tmp_path) as opened:
        room = EndingRoom(qtbot, opened, width=700)
        chapter = room.chapter
        choice = room.find(QWidget, "ending_page_choice")
        assert choice.isVisible()
        assert not chapter.rail.isVisible()
        chapter.show_page("gains")
        assert chapter.facts.mapTo(chapter, chapter.facts.rect().topLeft()).y() > chapter.view.y()
        assert chapter.facts.x() <= chapter.view.x(), "facts stand below the fields"
        room.page.forget()


@pytest.mark.parametrize("scale", [0.8, 2.0])
def test_no_page_is_cut_in_the_list_at_any_text_size(tmp_path: Path, qtbot: QtBot, qapp: QApplication, scale: float) -> None:
    theme.apply(qapp, Theme("light", scale))
    try:
        with open_room(tmp_path) as opened:
            room = EndingRoom(qtbot, opened, width=1900)
            for key in room.entries():
                room.chapter.show_page(key)
                entry = room.find(QAbstractButton, f"page_{key}")
                assert entry.sizeHint().width() <= entry.width(), key
            room.page.forget()
    finally:
        theme.apply(qapp, Theme("light", 1.0))


def test_nothing_of_it_stays_in_memory(room: EndingRoom) -> None:
    room.chapter.show_page("gains")
    room.type("gains", "Secret words.")
    assert room.page.flush()
    chapter = room.chapter
    room.page.forget()
    assert "Secret" not in str([each.toPlainText() for each in chapter.findChildren(QTextEdit)])
    assert "See one friend" not in str([each.text() for each in chapter.findChildren(QLabel)])
