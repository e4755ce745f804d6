"""The chapter of the formulation: the picture above it follows what is typed, what is agreed and what is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Client, Course, ProblemArea
from ipt_desktop.domain.session_records import Event
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, RoomFrame, open_room
from ui import theme
from ui.phases.formulation_chapter import FormulationChapter
from ui.phases.page import PhasesPage

TODAY = date.today()


@dataclass
class Chapter:
    """A client in the third week, with an event told and a person on the circle; the formulation is open."""

    qtbot: QtBot
    room: Room
    client: Client
    course: Course
    event: Event
    frame: RoomFrame
    page: PhasesPage

    @property
    def chapter(self) -> FormulationChapter:
        found = self.page.papers.chapter
        assert isinstance(found, FormulationChapter)
        return found

    @property
    def said(self) -> str:
        """What the picture says to who hears it."""
        return self.chapter.picture.accessibleDescription()

    def click(self, name: str) -> None:
        button = self.page.findChild(QAbstractButton, name)
        assert button is not None, name
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def type(self, key: str, words: str) -> None:
        field = self.chapter.view.editor(key).findChild(QTextEdit)
        assert field is not None
        field.setFocus()
        self.qtbot.keyClicks(field, words)

    def agree(self, area: str, **more: object) -> ProblemArea:
        made = ProblemArea(course_id=self.course.id, area=area, agreed_on=TODAY, **more)  # type: ignore[arg-type]
        self.room.desk.phases.keep_problem_area(made)
        return made


@pytest.fixture
def opened(tmp_path: Path, qtbot: QtBot) -> Iterator[Chapter]:
    with open_room(tmp_path) as room:
        client = room.client()
        course = room.course(client, TODAY - timedelta(weeks=2))
        room.sessions(course, 2)
        event = room.desk.events.add_event(Event(client_id=client.id, on="2026-02", title="Johan moved out"))
        frame = room.frame(client)
        page = PhasesPage(room.desk, frame)
        frame.hold(page, 1280, 760)
        assert page.open_chapter("formulation")
        yield Chapter(qtbot, room, client, course, event, frame, page)
        page.forget()


def test_the_picture_shows_what_is_still_to_be_found_out_and_follows_the_words(opened: Chapter) -> None:
    assert opened.said.count("nothing written yet") == 3
    opened.type("presenting", "Waking at four. Nothing else.")
    opened.qtbot.waitUntil(lambda: "Waking at four." in opened.said)
    assert "Nothing else" not in opened.said


def test_what_happened_is_chosen_from_the_events_told(opened: Chapter) -> None:
    opened.click("field_stressors_add")
    menu = QApplication.activePopupWidget()
    assert menu is not None
    opened.qtbot.keyClick(menu, Qt.Key.Key_Down)
    opened.qtbot.keyClick(menu, Qt.Key.Key_Return)
    opened.qtbot.waitUntil(lambda: "Since: Johan moved out, February 2026." in opened.said)
    assert opened.page.flush()
    (document,) = opened.room.desk.documents.of_course(opened.course.id, Purpose.FORMULATION)
    assert document.answers["stressors"] == [opened.event.id]
    opened.click(f"field_stressors_{opened.event.id}")
    opened.qtbot.waitUntil(lambda: "Johan" not in opened.said)


def test_an_event_told_meanwhile_can_be_chosen_and_one_taken_out_is_gone(opened: Chapter) -> None:
    opened.room.desk.events.add_event(Event(client_id=opened.client.id, on="2026-05", title="The move"))
    opened.page.refresh()
    opened.chapter.view.editor("stressors").show_answer([opened.event.id])
    row = opened.chapter.view.editor("stressors")
    opened.click("field_stressors_add")
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["The move, May 2026"]
    menu.close()
    opened.room.desk.events.remove_event(opened.event.id)
    opened.page.refresh()
    row = opened.chapter.view.editor("stressors")
    assert row.findChild(QAbstractButton, f"field_stressors_{opened.event.id}") is None


def test_the_areas_agreed_on_stand_in_the_picture_with_the_person_and_are_offered_in_the_form(opened: Chapter) -> None:
    johan = opened.room.desk.circles.add_person(opened.client.id, "Johan", "husband")
    opened.agree("dispute", person_id=johan.id, about="weekends")
    opened.page.refresh()
    assert "Worked on as: Role dispute, Johan, weekends." in opened.said
    assert opened.chapter.view.editor("problem_area").answer() == ["dispute"]
    assert not opened.chapter.view.is_touched(), "shown, not written"
    assert opened.room.desk.documents.of_course(opened.course.id, Purpose.FORMULATION) == []


def test_printing_keeps_what_is_typed_and_leads_to_the_report(opened: Chapter) -> None:
    asked: list[str] = []
    opened.page.papers.print_asked.connect(lambda kind, _record: asked.append(kind))
    opened.type("narrative", "You are not weak.")
    opened.click("formulation_print_narrative")
    opened.click("formulation_print")
    assert asked == ["formulation-narrative", "formulation"]
    assert opened.frame.tab == "reports"
    (document,) = opened.room.desk.documents.of_course(opened.course.id, Purpose.FORMULATION)
    assert "You are not weak." in str(document.answers)


def test_what_is_not_written_is_not_printed_and_no_other_document_comes_in_its_place(opened: Chapter) -> None:
    opened.click("formulation_print_narrative")
    assert opened.frame.tab != "reports"
    assert opened.frame.said[-1] == (
        "Nothing to print",
        "Nothing is written yet under “Said to the client” in the formulation.",
    )


def test_another_client_s_formulation_begins_at_its_top(opened: Chapter) -> None:
    bar = opened.chapter.scroller.verticalScrollBar()
    opened.qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    other = opened.room.client("Ewan Drummond")
    opened.room.course(other, TODAY)
    assert opened.frame.choose_client(other.id)
    assert opened.page.open_chapter("formulation")
    assert bar.value() == 0


@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_no_link_above_it_is_cut_at_large_text_in_the_smallest_window(
    opened: Chapter, qapp: QApplication, scale: float
) -> None:
    opened.type("presenting", "Waking at four.")
    assert opened.page.flush()
    theme.apply(qapp, theme.Theme(scale=scale))
    opened.frame.setFixedSize(1024, 560)
    QApplication.processEvents()
    links = [opened.page.findChild(QAbstractButton, f"formulation_{key}") for key in ("print_narrative", "history", "print")]
    for each in links:
        assert each is not None
        assert each.isVisible()
        assert each.width() >= each.sizeHint().width(), each.text()
        assert each.mapTo(opened.page, each.rect().topRight()).x() < opened.page.width(), each.text()


def test_leaving_forgets_every_word_of_the_picture(opened: Chapter) -> None:
    opened.type("presenting", "Waking at four.")
    opened.qtbot.waitUntil(lambda: "Waking" in opened.said)
    chapter = opened.chapter
    opened.page.forget()
    assert "Waking" not in chapter.picture.accessibleDescription()


@pytest.mark.parametrize("width", [1024, 1280, 1900])
def test_the_picture_is_as_wide_as_the_form_and_as_high_as_it_needs(opened: Chapter, width: int) -> None:
    opened.frame.resize(width, 760)
    view = opened.chapter.picture
    opened.qtbot.waitUntil(lambda: view.width() == opened.chapter.view.width())
    assert abs(view.height() - view.picture.height) <= 2
    assert view.picture.width == pytest.approx(view.width(), abs=1)


def test_everything_can_be_named(opened: Chapter) -> None:
    assert unnamed(opened.chapter) == []
    title = opened.page.findChild(QLabel, "formulation_title")
    assert title is not None
    assert opened.page.findChild(QWidget, "formulation_picture").accessibleName()


def test_an_event_is_added_while_writing_named_at_once_and_taken_back_by_undo(opened: Chapter) -> None:
    opened.type("why_now", "He left")
    opened.click("field_stressors_new")
    title = opened.page.findChild(QLineEdit, "field_stressors_panel_title")
    assert title is not None
    assert title.hasFocus()
    opened.qtbot.keyClicks(title, "Ruth moved in")
    when = opened.page.findChild(QLineEdit, "field_stressors_panel_when")
    assert when is not None
    when.setFocus()
    opened.qtbot.keyClicks(when, "February 2026")
    opened.qtbot.keyClick(when, Qt.Key.Key_Return)
    desk = opened.room.desk
    (added,) = (each for each in desk.events.of_client(opened.client.id) if each.title == "Ruth moved in")
    assert (added.on, added.session_id) == ("2026-02", None)
    assert opened.page.flush()
    (document,) = desk.documents.of_course(opened.course.id, Purpose.FORMULATION)
    assert document.answers["stressors"] == [added.id]
    assert "He left" in str(document.answers["why_now"]), "what was typed stays"
    QApplication.processEvents()
    chip = opened.page.findChild(QAbstractButton, f"field_stressors_{added.id}")
    assert chip is not None
    assert chip.text() == "Ruth moved in, February 2026"
    assert "Ruth moved in" in opened.said
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "field_stressors_new"
    opened.frame.undo_stack().undo()
    assert added not in desk.events.of_client(opened.client.id)
    opened.frame.undo_stack().redo()
    assert added.id in [each.id for each in desk.events.of_client(opened.client.id)]


def test_an_event_that_was_not_added_yet_is_kept_when_the_chapter_is_left(opened: Chapter) -> None:
    opened.click("field_stressors_new")
    title = opened.page.findChild(QLineEdit, "field_stressors_panel_title")
    assert title is not None
    opened.qtbot.keyClicks(title, "Ruth fell ill")
    assert opened.page.papers.close()
    desk = opened.room.desk
    (added,) = (each for each in desk.events.of_client(opened.client.id) if each.title == "Ruth fell ill")
    (document,) = desk.documents.of_course(opened.course.id, Purpose.FORMULATION)
    assert document.answers["stressors"] == [added.id]
