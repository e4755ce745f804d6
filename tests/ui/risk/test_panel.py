"""The risk entries of a client: written, asked again in two keys, reviewed, removed; by keys and mouse, and undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Client, Session
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry, RiskKind
from tests.ui.clients.conftest import Tab
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room

Opening = Callable[..., Tab]
LEFT = Qt.MouseButton.LeftButton
TODAY = date.today()


def asked(room: Room, client: Client, days_ago: int, how: RiskAsked, words: str = "") -> RiskEntry:
    entry = RiskEntry(client_id=client.id, on=TODAY - timedelta(days=days_ago), asked=how, words=words)
    return room.desk.risk.keep_risk(entry)


def client_of(room: Room) -> Client:
    return room.desk.clients.add_client(Client(name="Marta Lindqvist"))


def press(tab: Tab, name: str) -> None:
    button = tab.find(QPushButton, name)
    tab.settle(lambda: button.isVisible() and button.width() > 20)
    tab.qtbot.mouseClick(button, LEFT)


def entries(tab: Tab) -> list[RiskEntry]:
    assert tab.frame.client_id is not None
    return tab.desk.risk.entries(tab.frame.client_id)


def test_an_entry_of_a_telephone_call_is_begun_from_the_file_with_nothing_chosen(tab_of: Opening, room: Room, qtbot: QtBot):
    tab = tab_of(client_of(room))
    assert tab.find(QLabel, "file_risk_1").text() == "Not asked yet"
    press(tab, "open_risk_entries")
    form = tab.page.risk.panel.form
    assert (form.kind.choice(), form.asked.choice()) == (None, None)
    assert not tab.find(QPlainTextEdit, "risk_words").isVisible()
    press(tab, "risk_kind_self_harm")
    assert entries(tab) == []
    press(tab, "risk_asked_changed")
    words = tab.find(QPlainTextEdit, "risk_words")
    tab.settle(words.hasFocus)
    qtbot.keyClicks(words, "Self-harm, past")
    qtbot.keyClick(words, Qt.Key.Key_Tab)
    qtbot.keyClicks(tab.find(QLineEdit, "risk_told"), "Dr Weiss")
    qtbot.keyClick(tab.find(QLineEdit, "risk_told"), Qt.Key.Key_Tab)
    (kept,) = entries(tab)
    assert (kept.kind, kept.asked, kept.words, kept.told, kept.on) == (
        RiskKind.SELF_HARM,
        RiskAsked.CHANGED,
        "Self-harm, past",
        "Dr Weiss",
        TODAY,
    )
    assert "Nothing written here is sent to anyone" in tab.page.risk.panel.under.text()
    press(tab, "risk_done")
    assert tab.find(QLabel, "file_risk_1").text() == "Self-harm, past"
    assert "to review" in tab.find(QLabel, "file_risk_1_detail").text()
    for _step in range(3):
        tab.frame.stack.undo()
    assert entries(tab) == []
    for _step in range(3):
        tab.frame.stack.redo()
    assert entries(tab) == [kept]


def test_every_kind_that_is_to_be_reviewed_stands_in_the_file(tab_of: Opening, room: Room):
    client = client_of(room)
    for kind in RiskKind:
        words = f"Something about {kind.value}"
        room.desk.risk.keep_risk(RiskEntry(client_id=client.id, on=TODAY, kind=kind, asked=RiskAsked.CHANGED, words=words))
    tab = tab_of(client)
    shown = [tab.find(QLabel, f"file_risk_{place + 1}_detail") for place in range(len(RiskKind))]
    assert all(each.isVisible() and "to review" in each.text() for each in shown)


def test_asked_again_and_unchanged_is_two_keys(tab_of: Opening, room: Room, qtbot: QtBot):
    client = client_of(room)
    asked(room, client, 7, RiskAsked.UNCHANGED)
    asked(room, client, 14, RiskAsked.CHANGED, "Passive ideation. No plan.")
    tab = tab_of(client)
    assert tab.page.open_risk()
    line = tab.find(QListWidget, "risk_timeline")
    tab.settle(line.hasFocus)
    qtbot.keyClick(line, Qt.Key.Key_U)
    assert "Enter keeps it" in tab.find(QLabel, "risk_timeline_hint").text()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    newest = entries(tab)[0]
    assert (newest.on, newest.asked, newest.words) == (TODAY, RiskAsked.UNCHANGED, "Passive ideation. No plan.")
    assert tab.page.risk.panel.form.entry_id == newest.id
    tab.frame.stack.undo()
    assert len(entries(tab)) == 2


def test_a_day_to_come_is_said_at_its_field_and_holds_nobody(tab_of: Opening, room: Room, qtbot: QtBot):
    entry = asked(room, client_of(room), 7, RiskAsked.CHANGED, "Passive ideation")
    tab = tab_of(room.desk.clients.client(entry.client_id))
    assert tab.page.open_risk()
    day = tab.find(QLineEdit, "risk_on")
    tab.settle(day.isVisible)
    day.setFocus()
    day.selectAll()
    qtbot.keyClicks(day, (TODAY + timedelta(days=2)).isoformat())
    qtbot.keyClick(day, Qt.Key.Key_Tab)
    told = [each.text() for each in tab.page.risk.panel.form.findChildren(QLabel) if each.isVisible()]
    assert any("still to come" in each for each in told)
    assert tab.page.flush(), "the entry is as it was, and other clients can be gone to"
    assert entries(tab) == [entry]


def test_a_u_alone_makes_nothing(tab_of: Opening, room: Room, qtbot: QtBot):
    client = client_of(room)
    asked(room, client, 7, RiskAsked.CHANGED, "Passive ideation")
    tab = tab_of(client)
    tab.page.open_risk()
    line = tab.find(QListWidget, "risk_timeline")
    for keys in ((Qt.Key.Key_U, Qt.Key.Key_Escape), (Qt.Key.Key_U, Qt.Key.Key_Down, Qt.Key.Key_Return)):
        for key in keys:
            qtbot.keyClick(line, key)
    assert len(entries(tab)) == 1
    assert line.isVisible()


def test_a_review_closes_it_and_is_taken_back(tab_of: Opening, room: Room):
    client = client_of(room)
    asked(room, client, 7, RiskAsked.CHANGED, "Passive ideation")
    tab = tab_of(client)
    tab.page.open_risk()
    press(tab, "review_risk")
    assert entries(tab)[0].reviewed_on == TODAY
    assert not room.desk.risk.levels(client.id)[0].is_open
    assert tab.find(QLabel, "risk_when").text().startswith("Reviewed on")
    tab.frame.stack.undo()
    assert entries(tab)[0].reviewed_on is None
    tab.frame.stack.redo()
    press(tab, "unreview_risk")
    assert entries(tab)[0].reviewed_on is None


def test_a_removed_entry_comes_back_by_the_link(tab_of: Opening, room: Room):
    client = client_of(room)
    first = asked(room, client, 7, RiskAsked.CHANGED, "Passive ideation")
    second = asked(room, client, 2, RiskAsked.NONE)
    tab = tab_of(client)
    tab.page.open_risk(first.id)
    assert tab.page.risk.panel.form.entry_id == first.id
    press(tab, "remove_risk")
    assert entries(tab) == [second]
    press(tab, "undo_remove_risk")
    assert entries(tab) == [second, first]


def test_what_a_note_says_is_only_read_here(tab_of: Opening, room: Room, qtbot: QtBot):
    client = client_of(room)
    course = room.desk.courses.begin_course(client.id, room.desk.resources.protocols[0], started_on=TODAY)
    session = room.desk.sessions.add_session(Session(course_id=course.id, date=TODAY))
    note = room.desk.documents.open_document(Purpose.PROGRESS_NOTE, client.id, course_id=course.id, session_id=session.id)
    draft = room.desk.documents.begin_writing(note)
    room.desk.documents.keep_draft(draft, {"risk": {"asked": "changed", "words": "Passive ideation"}})
    tab = tab_of(client)
    tab.page.open_risk()
    assert tab.find(QPushButton, "risk_note").text() == f"Written in the note of {day_words(TODAY)}"
    assert tab.find(QPlainTextEdit, "risk_words").isReadOnly()
    assert not tab.find(QPushButton, "risk_asked_none").isEnabled()
    assert not tab.find(QPushButton, "remove_risk").isVisible()
    means = tab.find(QLineEdit, "risk_means")
    means.setFocus()
    qtbot.keyClicks(means, "Tablets")
    qtbot.keyClick(means, Qt.Key.Key_Tab)
    assert entries(tab)[0].means == "Tablets"
    room.desk.documents.keep_draft(draft, {"risk": {"asked": "changed", "words": "Passive ideation, daily"}})
    tab.settle(lambda: tab.find(QPlainTextEdit, "risk_words").toPlainText() == "Passive ideation, daily")
    assert means.text() == "Tablets"


def test_what_is_typed_is_kept_before_another_client_is_chosen(tab_of: Opening, room: Room, qtbot: QtBot):
    client, other = client_of(room), room.desk.clients.add_client(Client(name="Zofia Wójcik"))
    entry = asked(room, client, 7, RiskAsked.CHANGED, "Passive ideation")
    tab = tab_of(client)
    tab.page.open_risk()
    qtbot.keyClicks(tab.find(QLineEdit, "risk_plan"), "none told")
    tab.page.choose_client(other.id)
    assert room.desk.risk.entry(entry.id).plan == "none told"
    assert not tab.page.risk.panel.isVisible()
    assert tab.find(QPlainTextEdit, "risk_words").toPlainText() == ""
    assert tab.find(QListWidget, "risk_timeline").count() == 0


def test_an_entry_changed_elsewhere_leaves_what_is_being_typed(tab_of: Opening, room: Room, qtbot: QtBot):
    client = client_of(room)
    entry = asked(room, client, 7, RiskAsked.CHANGED, "Passive ideation")
    tab = tab_of(client)
    tab.page.open_risk()
    plan = tab.find(QLineEdit, "risk_plan")
    qtbot.keyClicks(plan, "none")
    room.desk.risk.keep_risk(replace(entry, told="Dr Weiss"))
    tab.settle(lambda: tab.find(QLineEdit, "risk_told").text() == "Dr Weiss")
    assert plan.text() == "none"


def test_a_lock_leaves_no_word_and_everything_has_a_name(tab_of: Opening, room: Room):
    client = client_of(room)
    asked(room, client, 7, RiskAsked.CHANGED, "Better off dead")
    tab = tab_of(client)
    tab.page.open_risk()
    assert unnamed(tab.page.risk.panel) == []
    tab.page.forget()
    panel = tab.page.risk.panel
    assert panel.timeline.count() == 0
    said = [each.text() for kind in (QLabel, QLineEdit) for each in panel.findChildren(kind)]
    said += [each.toPlainText() for each in panel.findChildren(QPlainTextEdit)]
    assert not any("Better" in each for each in said)
