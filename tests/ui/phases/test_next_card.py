"""The card What next: what is said of the session, what is suggested and put aside, what is coming, and the way there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Client, Course, EndingKind, ProblemArea, Session
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry
from ipt_desktop.domain.treatment_records import SuggestionReply
from tests.ui.fitting import misfits, settle
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room, RoomFrame, open_room
from ui import theme
from ui.phases.fold import Fold
from ui.phases.next_line import SuggestionLine
from ui.phases.page import PhasesPage

W = TypeVar("W", bound=QWidget)
TODAY = date.today()
WEEK = timedelta(weeks=1)


@dataclass
class NextRoom:
    """A client in the fifth week of a course: four sessions held, the fifth one is today's. Nothing is recorded of them."""

    qtbot: QtBot
    room: Room
    client: Client
    course: Course
    frame: RoomFrame
    page: PhasesPage

    def find(self, kind: type[W], name: str) -> W:
        found = self.page.next.findChild(kind, name)
        assert found is not None, name
        return found

    def has(self, name: str) -> bool:
        return self.page.next.findChild(QWidget, name) is not None

    def text(self, name: str) -> str:
        return self.find(QLabel, name).text()

    def press(self, name: str) -> None:
        """Press a button with the keyboard, which brings it into sight."""
        button = self.find(QAbstractButton, name)
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self.qtbot.keyClick(button, Qt.Key.Key_Space)

    def suggested(self) -> list[str]:
        return [each.objectName().removeprefix("suggestion_") for each in self.page.next.findChildren(SuggestionLine)]

    def coming(self) -> list[tuple[str, str]]:
        lines = [each for each in self.page.next.findChildren(QWidget) if each.objectName().startswith("next_coming_")]
        names = [each.objectName() for each in lines if each.objectName().count("_") == 2]
        return [(self.text(f"{name}_words"), self.text(f"{name}_caption")) for name in names]


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot) -> Iterator[NextRoom]:
    with open_room(tmp_path) as opened:
        client = opened.client()
        course = opened.course(client, TODAY - 4 * WEEK)
        opened.sessions(course, 4)
        opened.desk.sessions.add_session(Session(course_id=course.id, date=TODAY))
        frame = opened.frame(client)
        page = PhasesPage(opened.desk, frame)
        frame.hold(page, 1280, 760)
        yield NextRoom(qtbot, opened, client, course, frame, page)
        page.forget()


def test_it_says_what_belongs_to_todays_session(room: NextRoom):
    assert room.text("next_session") == "For today, session 5"
    assert room.text("next_reminder_0_words") == "Say which session this is and how many remain"
    assert room.text("next_reminder_0_caption") == "Session 5 of 16; after it: 11 sessions."
    assert not room.page.next.findChildren(QCheckBox)  # nothing here is ticked
    assert unnamed(room.page.next) == []


def test_a_suggestion_has_its_reason_and_is_put_aside_for_now(room: NextRoom):
    assert room.suggested() == ["no_circle", "no_focus", "formulation_not_shared", "no_measure"]
    assert room.text("suggestion_no_focus_words") == "Agree on a problem area"
    assert room.text("suggestion_no_focus_caption") == "Session 5, and no problem area has been agreed."
    room.press("not_now_no_focus")
    assert room.suggested() == ["no_circle", "formulation_not_shared", "no_measure"]
    assert room.page.focusWidget().objectName() == "not_now_no_circle"  # on the next thing to be said
    room.frame.stack.undo()
    assert room.suggested() == ["no_circle", "no_focus", "formulation_not_shared", "no_measure"]
    room.frame.stack.redo()
    assert room.suggested() == ["no_circle", "formulation_not_shared", "no_measure"]


def test_never_is_for_the_client_and_can_be_taken_back_long_after(room: NextRoom):
    room.press("never_no_focus")
    assert "no_focus" not in room.suggested()
    (answer,) = room.room.desk.suggestions.read(room.course.id, TODAY).never
    assert (answer.reply, answer.client_id) == (SuggestionReply.NEVER, room.client.id)
    assert room.find(QAbstractButton, "next_put_aside_fold").text() == "Never suggested (1)"
    room.press("next_put_aside_fold")
    room.frame.stack.clear()  # as after the practice was opened again
    room.press(f"again_{answer.id}")
    assert "no_focus" in room.suggested()
    assert not room.has("next_put_aside")
    room.frame.stack.undo()
    assert "no_focus" not in room.suggested()


def test_what_is_done_elsewhere_is_not_suggested_any_more(room: NextRoom):
    area = ProblemArea(course_id=room.course.id, area="dispute", agreed_on=TODAY)
    room.room.desk.phases.keep_problem_area(area)
    room.qtbot.waitUntil(lambda: "no_focus" not in room.suggested())
    told = RiskEntry(client_id=room.client.id, on=TODAY - 2 * WEEK, asked=RiskAsked.CHANGED, words="Passive ideation")
    risk = room.room.desk.risk.keep_risk(told)
    room.qtbot.waitUntil(lambda: "risk_not_reviewed" in room.suggested())
    room.room.desk.risk.review_risk(risk.id, TODAY)
    room.qtbot.waitUntil(lambda: "risk_not_reviewed" not in room.suggested())


def test_the_way_there(room: NextRoom):
    room.press("way_no_circle")
    assert room.frame.tab == "circle"
    room.press("way_no_measure")
    assert room.frame.tab == "progress"
    room.press("way_no_focus")
    assert room.frame.tab == "phases"
    assert room.page.areas.editor.isVisible()
    room.press("way_formulation_not_shared")
    assert room.page.papers.isVisible()


def test_nothing_is_suggested_while_the_client_may_look(room: NextRoom):
    room.press("never_no_focus")
    room.frame.is_in_room = True
    room.page.refresh()
    assert room.suggested() == []
    assert not room.has("next_put_aside")
    assert room.has("next_session")


def test_what_is_coming_stands_in_order(room: NextRoom):
    sven = room.room.desk.circles.add_person(room.client.id, "Sven", "father")
    day = TODAY + timedelta(days=3)
    died = day.replace(year=day.year - 7) if (day.month, day.day) != (2, 29) else date(day.year - 8, 2, 29)
    room.room.desk.circles.change_person(replace(sven, has_died=True, died=died.isoformat()))
    room.page.refresh()
    words = [each for each, _caption in room.coming()]
    assert words[0].endswith("since Sven died")
    assert room.coming()[1:] == [
        ("Mid-course review and circle", "session 8"),
        ("Raise the ending", "by session 13"),
        ("Circle drawn again and compared", "by session 16"),
    ]
    room.room.desk.phases.tick_task(room.course.id, "termination.announce", TODAY)
    room.page.refresh()
    assert len(room.coming()) == 3


def test_a_course_that_has_ended_is_left_alone(room: NextRoom):
    room.room.desk.courses.end_course(room.course.id, TODAY, EndingKind.PLANNED)
    room.page.refresh()
    assert (room.suggested(), room.coming(), room.has("next_session")) == ([], [], False)


def test_forgetting_leaves_no_word(room: NextRoom):
    room.page.forget()
    assert (room.suggested(), room.coming(), room.has("next_session")) == ([], [], False)


# -- every protocol, at any size ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [pytest.param(0.8, marks=pytest.mark.soak), 2.0])
def test_no_word_of_a_protocol_or_suggestion_is_cut(room: NextRoom, qapp: QApplication, scale: float):
    desk, course = room.room.desk, room.course
    theme.apply(qapp, theme.Theme(scale=scale))
    for protocol in desk.resources.protocols:
        desk.courses.end_course(course.id, TODAY, EndingKind.PLANNED)
        planned = min(protocol.planned_sessions, 6)
        begun = TODAY - 5 * WEEK
        course = desk.courses.begin_course(room.client.id, protocol, started_on=begun, planned_sessions=planned)
        room.room.sessions(course, 5)
        for area in protocol.areas:
            desk.phases.keep_problem_area(ProblemArea(course_id=course.id, area=area.key, agreed_on=begun - WEEK))
        room.page.show_client(room.client.id, course.id)
        shown: set[str] = set()
        for phase in protocol.phases:
            room.page.set_phase(phase.key, TODAY)
            for fold in room.page.next.findChildren(Fold):
                fold.unfold()
            settle()
            cut = [each for card in (room.page.next, room.page.standing) for each in misfits(card)]
            assert cut == [], (protocol.key, phase.key)
            shown |= {each.partition("_untouched")[0] for each in room.suggested()}
        assert shown >= {"no_circle", "formulation_not_shared", "area"}, protocol.key
        assert ("ending_not_raised" in shown) is bool(planned), protocol.key
