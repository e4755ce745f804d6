"""The card above the clients: what waits today, how old it is, and the way there; it leaves the table its rows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.dates import day_words, short_date
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Attendance, ClientStatus, Document, Session
from ipt_desktop.domain.rich_text import plain, to_json
from ipt_desktop.domain.session_records import Event, EventKind, RiskAsked, RiskEntry, StepDone
from tests.ui.clients.conftest import Tab, a_task, lines
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room
from ui import theme as look
from ui.clients.today_card import TodayCard
from ui.clients.today_parts import TodayPart, TodayPlace
from ui.theme import Theme

TODAY = date.today()


@pytest.fixture(autouse=True)
def _no_measures(room: Room) -> None:
    """Let the practice give no measure: here they would be due for everyone."""
    room.desk.settings.change(measures=[])


def a_note(room: Room, name: str, days_ago: int) -> Document:
    client = next((each for each in room.desk.clients.clients() if each.name == name), None) or room.client(name)
    courses = room.desk.courses.courses(client.id)
    course = courses[-1] if courses else room.course(client, started_on=TODAY - timedelta(weeks=9))
    session = room.desk.sessions.add_session(
        Session(
            course_id=course.id,
            date=TODAY - timedelta(days_ago),
            starts_at=time(11),
            ends_at=time(12),
            attendance=Attendance.ATTENDED,
        )
    )
    documents = room.desk.documents
    note = documents.open_document(Purpose.PROGRESS_NOTE, client.id, course_id=course.id, session_id=session.id)
    answers = {"what_happened": to_json(plain("Rang.")), "risk": {"asked": "none"}}
    return documents.keep_draft(documents.begin_writing(note), answers)


def card(tab: Tab) -> TodayCard:
    return tab.find(TodayCard, "today")


def menu_of(tab: Tab) -> dict[str, QAction]:
    menu = tab.find(QMenu, "today_menu")
    tab.settle(menu.isVisible)
    return {each.text(): each for each in menu.actions()}


def test_without_anything_to_do_there_is_no_card(tab_of: Callable[..., Tab], room: Room):
    a_task(room, room.client(), "agreed today", days_ago=0)
    assert not card(tab_of()).isVisible()


def test_unsigned_notes_are_named_with_their_age_the_oldest_first(tab_of: Callable[..., Tab], room: Room):
    a_note(room, "Zofia", 0)
    a_note(room, "Tomás Okoro", 5)
    tab = tab_of()
    assert tab.find(QLabel, "today_date").text() == day_words(TODAY, has_weekday=True)
    assert tab.find(QLabel, "today_to_sign_title").text() == "To finish"
    assert lines(tab, "to_sign") == ["Tomás Okoro", "Zofia"]
    day = short_date(TODAY - timedelta(5))
    assert tab.find(QLabel, "today_to_sign_0_detail").text() == f"note of {day}, 5 days old"
    assert tab.find(QLabel, "today_to_sign_1_detail").text() == "note of today"
    assert tab.page.findChild(QWidget, "today_tasks") is None, "a column of nothing"
    assert unnamed(tab.page) == []


def test_a_line_goes_to_the_note_and_leaves_once_it_is_signed(tab_of: Callable[..., Tab], room: Room, qtbot: QtBot):
    note = a_note(room, "Tomás Okoro", 5)
    tab = tab_of()
    asked: list[str] = []

    class Sessions:
        def go_to_session(self, session_id: str) -> None:
            asked.append(session_id)

    tab.frame.page = lambda _tab: Sessions()  # type: ignore[assignment, method-assign, return-value]
    qtbot.mouseClick(tab.find(QPushButton, "today_to_sign_0"), Qt.MouseButton.LeftButton)
    assert asked == [note.session_id]
    assert (tab.frame.tab, tab.frame.client_id, tab.frame.course_id) == ("sessions", note.client_id, note.course_id)
    room.desk.practice.name_therapist("Dr Hanna Weiss")
    room.desk.signing.sign(note)
    qtbot.waitUntil(lambda: not card(tab).isVisible())


def test_a_task_stands_there_with_its_name_and_leads_to_it(tab_of: Callable[..., Tab], room: Room, qtbot: QtBot):
    client = room.client("Tomás Okoro")
    course, step = a_task(room, client, "Ring the brother")
    tab = tab_of()
    shown: list[bool] = []

    class Phases:
        def show_tasks(self) -> None:
            shown.append(True)

    tab.frame.page = lambda _tab: Phases()  # type: ignore[assignment, method-assign, return-value]
    assert (lines(tab, "tasks"), tab.find(QLabel, "today_tasks_0_detail").text()) == (["Tomás Okoro"], "Ring the brother")
    button = tab.find(QPushButton, "today_tasks_0")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert (shown, tab.frame.client_id, tab.frame.course_id, tab.frame.tab) == ([True], client.id, course.id, "phases")
    room.desk.steps.review_step(replace(step, done=StepDone.YES, reviewed_on=TODAY))
    qtbot.waitUntil(lambda: not card(tab).isVisible())


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)  # of a menu, on a screen that isn't there
def test_what_is_too_much_is_counted_and_found_in_a_menu(tab_of: Callable[..., Tab], room: Room, qtbot: QtBot):
    for place, name in enumerate(("Ada & Ben", "Ben", "Cleo", "Dov", "Eva")):
        words = "Go out again" if name != "Eva" else "Go out " + "again " * 40
        a_task(room, room.client(name), words, days_ago=20 - place)
    away = room.client("Zed")
    a_task(room, away, "never mind", days_ago=21)
    room.desk.clients.archive_client(away.id)
    tab = tab_of()
    assert lines(tab, "tasks") == ["Ada && Ben", "Ben"]
    more = tab.find(QPushButton, "today_tasks_more")
    assert more.text() == "and 3 more"
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    offered = menu_of(tab)
    assert next(iter(offered)) == "Ada && Ben, Go out again"
    assert len(offered) == 5
    assert max(len(each) for each in offered) <= 90
    offered["Dov, Go out again"].trigger()
    dov = next(each for each in room.desk.clients.clients() if each.name == "Dov")
    assert tab.frame.client_id == dov.id
    tab.page.forget()
    menu = tab.find(QMenu, "today_menu")
    assert (menu.actions(), menu.isVisible()) == ([], False)
    assert not [each for each in card(tab).findChildren(QPushButton) if "Ben" in each.text()]


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_in_the_smallest_window_the_table_keeps_four_rows(
    tab_of: Callable[..., Tab], room: Room, qtbot: QtBot, qapp: QApplication, scale: float
):
    for number in range(6):
        note = a_note(room, f"Client {number}", number + 1)
        a_task(room, room.desk.clients.client(note.client_id), "Go out again")
        entry = RiskEntry(client_id=note.client_id, on=TODAY, asked=RiskAsked.CHANGED, words="Passive ideation")
        room.desk.risk.keep_risk(entry)
    look.apply(qapp, Theme("light", scale))
    tab = tab_of()
    tab.frame.layout().setContentsMargins(0, 0, 0, 0)
    tab.frame.resize(1024, 700 - round(139 * scale))  # what menus, strip and tabs leave

    def rows() -> float:
        table = tab.page.list.table
        return table.viewport().height() / table.rowHeight(0)

    tab.settle(lambda: rows() >= 4)
    if scale == 1.0:
        assert lines(tab, "tasks")
        assert lines(tab, "risk")
        return
    assert not lines(tab, "tasks")
    risk = tab.find(QPushButton, "today_risk_all")
    assert risk.text() == "Risk to review: 6"
    qtbot.mouseClick(risk, Qt.MouseButton.LeftButton)
    assert len(menu_of(tab)) == 6
    tab.find(QMenu, "today_menu").close()
    tab.frame.resize(1024, 1200)
    tab.settle(lambda: bool(lines(tab, "tasks") and lines(tab, "risk")))
    assert not risk.isVisible()


def test_days_that_come_round_within_a_fortnight_lead_to_what_is_next(tab_of: Callable[..., Tab], room: Room):
    client, other = room.client("Marta Lindqvist"), room.client("Zofia Finished")
    room.course(client, started_on=TODAY - timedelta(weeks=9))
    sven = room.desk.circles.add_person(client.id, "Sven", "father")
    died = (TODAY + timedelta(3)).replace(year=TODAY.year - 8)
    room.desk.circles.change_person(replace(sven, has_died=True, died=died.isoformat()))
    for whose, days, title in ((client, 1, "The move"), (client, 15, "Too far off"), (other, 2, "Of a client who is finished")):
        on = (TODAY + timedelta(days)).isoformat()
        event = Event(client_id=whose.id, on=on, title=title, kind=EventKind.ANNIVERSARY, recurs=True)
        room.desk.events.add_event(event)
    room.desk.clients.change_client(replace(other, status=ClientStatus.FINISHED))
    tab = tab_of()
    assert lines(tab, "coming") == ["Marta Lindqvist", "Marta Lindqvist"]
    years = (TODAY + timedelta(3)).year - died.year
    told = [tab.find(QLabel, f"today_coming_{number}_detail").text() for number in range(2)]
    assert told == [
        f"{short_date(TODAY + timedelta(1))}: The move",
        f"{short_date(TODAY + timedelta(3))}: {years} years since Sven died",
    ]
    tab.qtbot.mouseClick(tab.find(QPushButton, "today_coming_0"), Qt.MouseButton.LeftButton)
    assert tab.frame.client_id == client.id
    tab.frame.is_in_room = True
    tab.page.refresh()
    assert tab.page.findChild(QWidget, "today_coming_0") is None, "nothing of it while a client may look"


def test_the_few_words_of_a_low_card_wrap_and_none_is_cut(qtbot: QtBot, qapp: QApplication):
    look.apply(qapp, Theme("light", 1.5))
    page = QWidget()
    qtbot.addWidget(page)
    today = TodayCard(page)
    place = TodayPlace("Marta", "a note", "client")
    keys = ("risk", "to_sign", "tasks", "measures", "coming")
    today.show_today(TODAY, [TodayPart(key, "Title", "pen-line", "measures due for 3 clients", (place,)) for key in keys])
    page.resize(900, 600)
    today.resize(900, 300)
    page.show()
    today.fit(60)
    buttons = [each for each in today.findChildren(QPushButton) if each.objectName().endswith("_all")]

    def are_whole() -> bool:
        rects = [QRect(each.mapTo(today, QPoint()), each.size()) for each in buttons]
        return all(
            today.rect().contains(rect) and rect.width() >= each.sizeHint().width()
            for rect, each in zip(rects, buttons, strict=True)
        )

    qtbot.waitUntil(are_whole)
    assert len({each.mapTo(today, QPoint()).y() // 10 for each in buttons}) > 1, "in several lines"
