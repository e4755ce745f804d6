"""From a note to the worksheet of its technique, on to the circle and back, in the real tabs."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Form, Purpose
from ipt_desktop.domain.records import Attendance, Session, Tie, TieKind
from ipt_desktop.domain.session_records import Step
from tests.ui.practice_room import Room, open_room
from ui.circle.page import CirclePage
from ui.phases.page import PhasesPage
from ui.preferences import Preferences
from ui.sessions.between import named_alone
from ui.sessions.page import SessionsPage
from ui.workspace import Workspace

W = TypeVar("W", bound=QWidget)


class Tabs:
    """The whole desk with a client whose session of a week ago has a note."""

    def __init__(self, qtbot: QtBot, room: Room) -> None:
        self.qtbot, self.desk = qtbot, room.desk
        self.client = room.client()
        self.course = room.course(self.client, date.today() - timedelta(weeks=1))
        (self.session,) = room.sessions(self.course, 1, Attendance.ATTENDED)
        self.johan = self.desk.circles.add_person(self.client.id, "Johan", "partner")
        self.tie = self.desk.circles.add_tie(Tie(client_id=self.client.id, from_person_id=self.johan.id, kind=TieKind.CONFLICT))
        documents = self.desk.documents
        place = {"course_id": self.course.id, "session_id": self.session.id}
        note = documents.open_document(Purpose.PROGRESS_NOTE, self.client.id, **place)
        answers = {"with_whom": [self.johan.id], "intervention": ["communication_analysis"]}
        documents.keep_draft(documents.begin_writing(note), answers)
        self.space = Workspace(self.desk, Preferences(), None)  # type: ignore[arg-type]
        self.space.resize(1280, 800)
        self.space.show()
        self.space.choose_client(self.client.id)
        self.space.show_tab("sessions")

    @property
    def sessions(self) -> SessionsPage:
        page = self.space.page("sessions")
        assert isinstance(page, SessionsPage)
        return page

    @property
    def phases(self) -> PhasesPage:
        page = self.space.page("phases")
        assert isinstance(page, PhasesPage)
        return page

    @property
    def circle(self) -> CirclePage:
        page = self.space.page("circle")
        assert isinstance(page, CirclePage)
        return page

    def press(self, within: QWidget, name: str) -> None:
        button = within.findChild(QPushButton, name)
        assert button is not None, name
        assert button.isVisible(), name
        button.setFocus()
        self.qtbot.keyClick(button, Qt.Key.Key_Return)


@pytest.fixture
def tabs(tmp_path: Path, qtbot: QtBot) -> Iterator[Tabs]:
    with open_room(tmp_path) as room:
        made = Tabs(qtbot, room)
        qtbot.addWidget(made.space)
        qtbot.waitExposed(made.space)
        yield made
        made.space.forget()


def test_a_technique_leads_to_its_worksheet_the_worksheet_to_the_tie_and_that_back(tabs: Tabs, qtbot: QtBot) -> None:
    tabs.sessions.note.unfold_all()
    tabs.press(tabs.sessions, "field_intervention_worksheet_communication_analysis")
    sheet = tabs.phases.between.page
    assert sheet.isVisible()
    assert sheet.view.answers() == {"person": tabs.johan.id}, "the one person the note names"
    tie = sheet.findChild(QWidget, "field_tie_choice")
    assert tie is not None
    qtbot.keyClick(tie, Qt.Key.Key_Down)
    tabs.press(sheet, "sheet_circle")
    assert tabs.circle.isVisible()
    assert tabs.circle.panel.person_id == tabs.johan.id
    assert tabs.circle.panel.ties.editor.tie_id == tabs.tie.id
    (kept,) = tabs.desk.worksheets.of_course(tabs.course.id)
    assert (kept.tie_id, kept.document.session_id, kept.document.about_id) == (tabs.tie.id, tabs.session.id, tabs.johan.id)
    qtbot.waitUntil(lambda: tabs.circle.findChild(QPushButton, f"tie_sheets_{kept.document.id}") is not None)
    tabs.phases.between.leave_sheet()
    tabs.press(tabs.circle, f"tie_sheets_{kept.document.id}")
    assert sheet.isVisible()
    assert sheet.document_id == kept.document.id
    tabs.space.show_tab("sessions")
    tabs.press(tabs.sessions, "field_intervention_worksheet_communication_analysis")
    assert sheet.document_id == kept.document.id, "the session has one already"


def test_the_menu_goes_to_the_tasks_and_begins_a_worksheet(tabs: Tabs) -> None:
    step = tabs.desk.steps.add_step(Step(course_id=tabs.course.id, words="Ring Tess", agreed_on=tabs.session.date))
    actions = {each.objectName(): each for each in tabs.sessions.menus()["Session"]}
    actions["between_session_tasks"].trigger()
    assert tabs.phases.isVisible()
    focused = QApplication.focusWidget()
    assert focused is None or focused.objectName() == f"step_edit_{step.id}"
    tabs.space.show_tab("sessions")
    menu = actions["new_worksheet_menu"].menu()
    assert isinstance(menu, QMenu)
    begin: dict[str, QAction] = {str(each.data()): each for each in menu.actions()}
    begin["role-play"].trigger()
    assert tabs.phases.between.page.isVisible()
    assert tabs.phases.between.page.view.accessibleName() == "Role play"


def test_only_a_person_named_alone_is_taken_over(tabs: Tabs) -> None:
    form: Form = tabs.desk.resources.form_for(Purpose.PROGRESS_NOTE)
    assert named_alone(form, {"with_whom": ["a"]}) == "a"
    assert named_alone(form, {"with_whom": ["a", "b"]}) == named_alone(form, {}) == named_alone(None, {}) == ""


def test_the_menu_goes_to_the_self_check_of_the_session_but_not_while_one_runs(tabs: Tabs, qtbot: QtBot) -> None:
    today = tabs.desk.sessions.add_session(Session(course_id=tabs.course.id, date=date.today()))
    action = next(each for each in tabs.sessions.menus()["Session"] if each.objectName() == "self_check")
    assert tabs.sessions.choose_session(tabs.session.id)
    action.trigger()
    assert tabs.phases.isVisible()
    assert tabs.phases.papers.place() == ("chapter", "selfcheck", tabs.session.id)
    tabs.space.show_tab("sessions")
    assert action.isEnabled()
    tabs.desk.sessions.start_session(today)
    qtbot.waitUntil(lambda: not action.isEnabled())
    tabs.sessions.between.show_self_check()
    assert tabs.sessions.isVisible()
