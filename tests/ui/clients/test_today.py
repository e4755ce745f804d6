"""The card above the clients: what is to be signed, how old it is, and the way there."""

from collections.abc import Callable
from datetime import date, time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Attendance, Document, Session
from ipt_desktop.domain.rich_text import plain, to_json
from tests.ui.clients.conftest import Tab
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room
from ui.clients.today_card import TodayCard, TodayLine, TodayPlace

TODAY = date.today()


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


def test_without_anything_to_finish_there_is_no_card(tab_of: Callable[..., Tab], room: Room):
    room.client()
    assert not card(tab_of()).isVisible()


def test_unsigned_notes_are_named_with_their_age_the_oldest_first(tab_of: Callable[..., Tab], room: Room):
    a_note(room, "Zofia", 0)
    a_note(room, "Tomás Okoro", 5)
    tab = tab_of()
    assert tab.find(QLabel, "today_to_sign_words").text() == "2 notes to sign"
    day = short_date(TODAY - timedelta(5))
    assert tab.find(QPushButton, "today_to_sign_0").text() == f"Tomás Okoro, {day} (5 days)"
    assert tab.find(QPushButton, "today_to_sign_1").text() == "Zofia, today"
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


def test_more_than_four_wait_to_be_asked_for_and_initials_stand_for_names(tab_of: Callable[..., Tab], room: Room, qtbot: QtBot):
    for number in range(6):
        a_note(room, f"Client {number}", number + 1)
    tab = tab_of()
    more = tab.find(QPushButton, "today_to_sign_more")
    assert more.text() == "and 2 more"
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    tab.frame.has_initials = True
    tab.page.refresh()

    def shown() -> list[str]:
        return [each.text() for each in card(tab).findChildren(QPushButton) if each.isVisible()]

    tab.settle(lambda: len(shown()) == 6)
    assert not [each for each in shown() if "Client" in each]


def test_nobodys_name_outlives_a_lock(tab_of: Callable[..., Tab], room: Room):
    a_note(room, "Tomás Okoro", 5)
    tab = tab_of()
    tab.page.forget()
    assert not [each for each in card(tab).findChildren(QPushButton) if "Tomás" in each.text()]
    assert not card(tab).isVisible()


def test_other_lines_have_their_place_across_and_in_columns(qtbot: QtBot):
    made = TodayCard(None)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    first = TodayLine("risk", "flag", "Risk to review", (TodayPlace("Marta", "m"),))
    made.show_lines((first,), (("To finish", ()), ("To decide", (TodayLine("focus", "signpost", "focus"),))))
    made.show()
    assert [each.text() for each in made.findChildren(QLabel) if each.objectName() == "today_column"] == ["To decide"]
    with qtbot.waitSignal(made.asked) as asked:
        qtbot.mouseClick(made.findChild(QPushButton, "today_risk_0"), Qt.MouseButton.LeftButton)
    assert asked.args == [TodayPlace("Marta", "m")]
    made.show_lines((), ())
    assert not made.isVisible()
