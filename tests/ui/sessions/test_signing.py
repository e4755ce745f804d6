"""Signing a note in its page, with real keys and mouse: what is missing, what is locked, addenda, and what a lock leaves."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.records import Attendance, Document, Person, Session
from ipt_desktop.domain.rich_text import plain, to_json
from ipt_desktop.domain.session_records import Event, Signature
from ipt_desktop.domain.treatment_records import Goal
from tests.ui.naming import unnamed
from tests.ui.sessions.conftest import SessionsRoom
from ui.sessions.page import SessionsPage

RISK = {"asked": "none", "words": "", "action": ""}


@pytest.fixture
def room(sessions_room: SessionsRoom) -> SessionsRoom:
    desk = sessions_room.desk
    desk.practice.change_details(replace(desk.practice.details(), therapist="Dr Hanna Weiss", registration="PYL 31107"))
    return sessions_room


def a_session(room: SessionsRoom, days_ago: int = 0, **facts: Any) -> Session:
    told = {"starts_at": time(0, 1), "ends_at": time(0, 2), "attendance": Attendance.ATTENDED} | facts
    return room.desk.sessions.add_session(
        Session(course_id=room.course.id, date=date.today() - timedelta(days=days_ago), **told)
    )


def pressed(page: SessionsPage, name: str) -> None:
    next(each for all_ in page.menus().values() for each in all_ if each.objectName() == name).trigger()


def said(room: SessionsRoom, name: str) -> str:
    found = room.page.findChild(QLabel, name)
    assert found is not None
    return found.text()


def click(qtbot: QtBot, room: SessionsRoom, name: str) -> None:
    button = room.page.findChild(QPushButton, name) or room.page.findChild(QCheckBox, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def line(room: SessionsRoom, name: str) -> QLineEdit:
    found = room.page.findChild(QLineEdit, name)
    assert found is not None
    return found


def signature(room: SessionsRoom, note: Document) -> Signature | None:
    return room.desk.signing.signature_of(note.id)


def test_a_note_is_signed_by_keys_alone_and_is_read_only_from_then_on(room: SessionsRoom, qtbot: QtBot):
    session = a_session(room)
    note = room.write(session, "Rang Johan.", risk=RISK, mood=6)
    page = room.show()
    assert said(room, "signature_status") == "· not signed"
    assert room.rows()[1].endswith("mood 6 · to be signed")
    pressed(page, "sign_note")
    qtbot.waitUntil(room.button("signing_sign").hasFocus)  # nothing is missing, so there is nothing to fill in
    assert not line(room, "signing_reason").isVisible()
    qtbot.keyClick(room.button("signing_sign"), Qt.Key.Key_Return)
    kept = signature(room, note)
    assert kept is not None
    assert (kept.signer, kept.licence, kept.is_late_entry) == ("Dr Hanna Weiss", "registration PYL 31107", False)
    assert said(room, "note_save_state_words").startswith("Signed ")
    assert room.frame.save_states[-1] == "signed"
    assert f"content mark {kept.mark[:4].upper()} " in said(room, "signature_status")
    qtbot.waitUntil(lambda: room.rows()[1].endswith("mood 6 · signed"))
    assert said(room, "signature_name") == "Dr Hanna Weiss"
    for offered in ("field_with_whom_add", "field_risk_act", "field_risk_more", "field_goals_none", "field_events_add"):
        assert not room.button(offered).isVisible(), offered
    status = room.widget("signature_status")
    assert status.fontMetrics().horizontalAdvance(said(room, "signature_status")) <= status.width(), "the mark is legible"
    qtbot.keyClicks(room.text(), "and more")
    assert room.text().toPlainText() == "Rang Johan."
    assert not page.note.writer.is_unsaved
    forms = page.findChild(QComboBox, "session_form")
    assert forms is not None
    assert not forms.isEnabled()
    assert not room.button("sign_note_button").isVisible()


def test_what_is_missing_is_told_in_the_foot_and_in_the_panel_and_leads_to_its_field(room: SessionsRoom, qtbot: QtBot):
    note = room.write(a_session(room, attendance=None), "Rang Johan.")
    page = room.show()
    assert said(room, "signature_status") == "· not signed · risk not answered · attendance not answered"
    click(qtbot, room, "sign_note_button")
    qtbot.waitUntil(line(room, "signing_reason").hasFocus)
    click(qtbot, room, "signing_sign")
    assert signature(room, note) is None
    assert "say why" in said(room, "signing_error_words")
    click(qtbot, room, "signing_missing_attendance")
    assert page.note.head.facts.isVisible()
    page.note.fold_later(True)
    click(qtbot, room, "signing_missing_risk")
    risk = page.note.view.editor("risk")
    assert risk.isVisible()
    assert risk.isAncestorOf(page.focusWidget())
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    page.note.writer.flush()
    assert (
        room.page.findChild(QPushButton, "signing_missing_risk") is None or not room.button("signing_missing_risk").isVisible()
    )
    assert said(room, "signature_status") == "· not signed · attendance not answered"


def test_signed_without_what_is_missing_for_a_reason_that_stands_below_it(room: SessionsRoom, qtbot: QtBot):
    note = room.write(a_session(room), "Rang Johan.")
    room.show()
    click(qtbot, room, "sign_note_button")
    qtbot.keyClicks(line(room, "signing_reason"), "She left early.")
    qtbot.keyClick(line(room, "signing_reason"), Qt.Key.Key_Return)
    kept = signature(room, note)
    assert kept is not None
    assert kept.reason == "She left early."
    assert said(room, "signature_reason") == "Signed without: risk not answered. She left early."


def test_esc_leaves_the_panel_and_nothing_was_signed(room: SessionsRoom, qtbot: QtBot):
    note = room.write(a_session(room), "Rang Johan.")
    page = room.show()
    click(qtbot, room, "sign_note_button")
    qtbot.keyClicks(line(room, "signing_reason"), "She left")
    qtbot.keyClick(line(room, "signing_reason"), Qt.Key.Key_Escape)
    assert not page.note.signing.panel.isVisible()
    assert room.button("sign_note_button").isVisible()
    click(qtbot, room, "sign_note_button")
    assert line(room, "signing_reason").text() == "", "it is asked anew"
    assert signature(room, note) is None


def test_words_typed_just_now_are_signed_with_the_rest(room: SessionsRoom, qtbot: QtBot):
    note = room.write(a_session(room), "Rang Johan.", risk=RISK)
    page = room.show()
    page.note.focus_note()
    qtbot.keyClicks(room.text(), " He said yes.")
    pressed(page, "sign_note")
    click(qtbot, room, "signing_sign")
    assert signature(room, note) is not None
    assert "He said yes." in str(room.desk.documents.document(note.id).answers)


def test_a_late_entry_is_suggested_and_never_chosen(room: SessionsRoom, qtbot: QtBot):
    note = room.write(a_session(room, days_ago=9), "Rang Johan.", risk=RISK)
    room.show()
    click(qtbot, room, "sign_note_button")
    late = room.page.findChild(QCheckBox, "signing_late")
    assert late is not None
    assert not late.isChecked()
    assert room.widget("signing_late_hint").isVisible()
    late.setFocus()
    qtbot.keyClick(late, Qt.Key.Key_Space)
    click(qtbot, room, "signing_sign")
    kept = signature(room, note)
    assert kept is not None
    assert kept.is_late_entry
    qtbot.waitUntil(lambda: room.rows()[1].endswith("late entry"))
    assert said(room, "session_line").endswith("late entry")


def test_jottings_are_offered_for_deletion_and_stay_unless_chosen(room: SessionsRoom, qtbot: QtBot):
    jotted = [{"kind": "paragraph", "runs": [{"text": "pear tree"}]}]
    note = room.write(a_session(room), "Rang Johan.", risk=RISK, jottings=jotted)
    room.show()
    click(qtbot, room, "sign_note_button")
    jottings = room.page.findChild(QCheckBox, "signing_jottings")
    assert jottings is not None
    assert jottings.isVisible()
    assert not jottings.isChecked()
    jottings.setFocus()
    qtbot.keyClick(jottings, Qt.Key.Key_Space)
    click(qtbot, room, "signing_sign")
    assert "jottings" not in room.desk.documents.document(note.id).answers
    assert room.text("jottings").toPlainText() == ""


def test_jottings_kept_in_a_signed_note_go_for_good_on_a_second_press(room: SessionsRoom, qtbot: QtBot):
    jotted = [{"kind": "paragraph", "runs": [{"text": "pear tree"}]}]
    note = room.write(a_session(room), "Rang Johan.", risk=RISK, jottings=jotted)
    room.show()
    click(qtbot, room, "sign_note_button")
    click(qtbot, room, "signing_sign")
    signed = signature(room, note)
    assert signed is not None
    assert not room.button("jottings_edit").isVisible()
    click(qtbot, room, "jottings_delete")
    assert room.button("jottings_delete").text() == "Delete for good"
    click(qtbot, room, "jottings_keep")
    click(qtbot, room, "jottings_delete")
    assert "jottings" in room.desk.documents.document(note.id).answers
    click(qtbot, room, "jottings_delete")
    assert "jottings" not in room.desk.documents.document(note.id).answers
    assert room.text("jottings").toPlainText() == ""
    assert not room.widget("jottings_card").isVisible()
    assert signature(room, note) == signed


def test_the_name_is_typed_there_and_then_where_none_is_known(room: SessionsRoom, qtbot: QtBot):
    room.desk.practice.change_details(replace(room.desk.practice.details(), therapist="", registration=""))
    note = room.write(a_session(room), "Rang Johan.", risk=RISK)
    room.show()
    click(qtbot, room, "sign_note_button")
    qtbot.waitUntil(line(room, "signing_therapist").hasFocus)
    click(qtbot, room, "signing_sign")
    assert "needs your name" in said(room, "signing_error_words")
    qtbot.keyClicks(line(room, "signing_therapist"), "Dr Hanna Weiss")
    qtbot.keyClicks(line(room, "signing_registration"), "PYL 31107")
    click(qtbot, room, "signing_sign")
    kept = signature(room, note)
    assert kept is not None
    assert (kept.signer, kept.licence) == ("Dr Hanna Weiss", "registration PYL 31107")
    assert room.desk.practice.details().therapist == "Dr Hanna Weiss"


def test_the_passphrase_is_asked_for_first_where_the_settings_say_so(room: SessionsRoom, qtbot: QtBot):
    note = room.write(a_session(room), "Rang Johan.", risk=RISK)
    room.show()
    waiting: list[Any] = []
    room.frame.when_sure = waiting.append  # type: ignore[method-assign]
    click(qtbot, room, "sign_note_button")
    click(qtbot, room, "signing_sign")
    assert signature(room, note) is None
    waiting[0]()
    assert signature(room, note) is not None


def test_a_signed_note_reads_the_same_when_a_person_is_renamed_and_a_session_put_before_it(room: SessionsRoom):
    johan: Person = room.desk.circles.add_person(room.client.id, "Johan", "partner")
    note = room.write(a_session(room), "Rang.", risk=RISK, with_whom=[johan.id])
    room.desk.signing.sign(note)
    room.desk.circles.change_person(replace(johan, name="Jo Renamed"))
    a_session(room, days_ago=7)
    page = room.show()
    page.choose_session(note.session_id or "")
    shown = [each.text() for each in page.note.view.findChildren(QPushButton)]
    assert "Johan" in shown
    assert "Jo Renamed" not in shown
    assert said(room, "session_title") == "Session 1"


def test_a_signed_note_reads_the_same_whatever_becomes_of_what_it_shows(room: SessionsRoom, qtbot: QtBot):
    """Its people, goals, events, the step and the risk of last time, the sessions left: all of it changes, and it does not."""
    desk = room.desk
    ben = desk.circles.add_person(room.client.id, "Ben", "brother")
    goal = desk.goals.add_goal(Goal(course_id=room.course.id, words="See Ben weekly"))
    desk.goals.add_goal(Goal(course_id=room.course.id, words="Sleep"))
    changed = {"asked": "changed", "words": "passive ideation"}
    room.write(a_session(room, 7), "Before.", between_session_task="Ring Ben", risk=changed)
    session = a_session(room)
    answers = {"with_whom": [ben.id], "goals": [goal.id], "sessions_left": True, "last_step": {"done": "yes"}}
    note = room.write(session, "Rang.", risk={"asked": "unchanged"}, **answers)
    event = desk.events.add_event(
        Event(client_id=room.client.id, session_id=session.id, on="2026-11", title="Ben moved", person_ids=[ben.id])
    )
    desk.signing.sign(note)
    page = room.show()
    page.note.unfold_all()
    shown = note_words(page)
    for words in ("Ben", "See Ben weekly", "Ben moved", "Agreed last time: Ring Ben", "Unchanged would mean: passive ideation"):
        assert any(words in each for each in shown), words
    assert any("14 sessions left" in each for each in shown)
    assert not any("Sleep" in each for each in shown)
    desk.events.change_event(replace(event, title="Ben fell ill"))
    desk.goals.change_goal(replace(goal, words="Another goal"))
    desk.goals.add_goal(Goal(course_id=room.course.id, words="A third"))
    room.write(desk.sessions.sessions(room.course.id)[0], "Before.", between_session_task="Write", risk={"asked": "none"})
    desk.store.write(lambda writing: writing.update(replace(room.course, planned_sessions=12)))
    desk.circles.change_person(replace(ben, name="Benjamin"))
    desk.circles.delete_person(ben.id)
    page.refresh()
    page.note.open_again()
    assert note_words(page) == shown
    page.forget()
    again = room.show()
    again.note.unfold_all()
    assert note_words(again) == shown
    desk.events.remove_event(event.id)
    assert note_words(again) == shown
    again.note.bring_forward()
    assert again.note.bar.title() == "This note is signed"
    assert desk.signature_check.verify().is_sound


def note_words(page: SessionsPage) -> list[str]:
    """Return all that the form of the note shows in words."""
    QApplication.processEvents()
    kinds = (QLabel, QPushButton, QCheckBox, QTextEdit, QLineEdit)
    return [
        each.toPlainText() if isinstance(each, QTextEdit) else each.text()
        for kind in kinds
        for each in page.note.view.findChildren(kind)
        if each.isVisibleTo(page.note.view)
    ]


def test_jottings_of_a_signed_note_go_for_good_by_two_presses_in_the_margin(room: SessionsRoom, qtbot: QtBot):
    note = room.write(a_session(room), "Rang.", risk=RISK, jottings=to_json(plain("pear tree")))
    room.desk.signing.sign(note)
    page = room.show()
    click(qtbot, room, "jottings_delete")
    assert room.button("jottings_delete").text() == "Delete for good"
    assert "pear" in room.stored(page.session or a_session(room))
    click(qtbot, room, "jottings_delete")
    assert not room.widget("jottings_card").isVisible()
    assert page.note.bar.title() == "The jottings are deleted"
    versions = [each.answers for each in room.desk.documents.revisions(note.id)]
    assert "pear" not in str([room.desk.documents.document(note.id).answers, *versions])
    assert room.text("jottings").toPlainText() == ""
    assert page.flush()
    assert room.desk.signature_check.verify().is_sound
    assert room.frame.save_states[-1] == "signed"


def test_jottings_deleted_before_are_still_offered_where_an_earlier_version_has_them(room: SessionsRoom, qtbot: QtBot):
    session = a_session(room)
    room.write(session, "Rang.", risk=RISK, jottings=to_json(plain("pear tree")))
    note = room.write(session, "Rang Johan.", risk=RISK)
    room.show()
    click(qtbot, room, "sign_note_button")
    box = room.page.findChild(QCheckBox, "signing_jottings")
    assert box is not None
    qtbot.keyClick(box, Qt.Key.Key_Space)
    click(qtbot, room, "signing_sign")
    assert signature(room, note) is not None
    assert "pear" not in str([each.answers for each in room.desk.documents.revisions(note.id)])


def test_an_addendum_is_written_saved_signed_and_read_in_line(room: SessionsRoom, qtbot: QtBot):
    note = room.write(a_session(room), "The quarrel was on the 7th.", risk=RISK)
    room.desk.signing.sign(note)
    page = room.show()
    click(qtbot, room, "add_addendum")
    words = page.findChild(QTextEdit, "field_words_prose")
    assert words is not None
    qtbot.waitUntil(words.hasFocus)
    assert not room.button("addendum_sign").isEnabled()
    qtbot.keyClicks(words, "It was on the 8th.")
    assert page.flush()
    (draft,) = room.desk.signing.addenda(note.id)
    assert "It was on the 8th." in str(draft.document.answers)
    assert not room.button("addendum_back").isVisible(), "what has words is not taken back"
    click(qtbot, room, "addendum_sign")
    (kept,) = room.desk.signing.addenda(note.id)
    assert kept.signature is not None
    assert said(room, "addendum_title").startswith("Addendum of ")
    read = page.findChild(QTextEdit, "addendum_words")
    assert read is not None
    assert read.toPlainText() == "It was on the 8th."
    assert read.isReadOnly()
    assert "Dr Hanna Weiss" in said(room, "addendum_signed")
    assert room.text().toPlainText() == "The quarrel was on the 7th."
    assert room.button("add_addendum").isVisible()


def test_an_empty_addendum_is_taken_back_and_a_draft_waits_for_the_next_visit(room: SessionsRoom, qtbot: QtBot):
    other = a_session(room, days_ago=7)
    note = room.write(a_session(room), "Rang.", risk=RISK)
    room.desk.signing.sign(note)
    page = room.show()
    click(qtbot, room, "add_addendum")
    click(qtbot, room, "addendum_back")
    assert room.desk.signing.addenda(note.id) == []
    click(qtbot, room, "add_addendum")
    words = page.findChild(QTextEdit, "field_words_prose")
    assert words is not None
    qtbot.keyClicks(words, "The 8th.")
    assert page.choose_session(other.id)
    assert page.findChild(QTextEdit, "field_words_prose") is None
    assert page.choose_session(note.session_id or "")
    again = page.findChild(QTextEdit, "field_words_prose")
    assert again is not None
    assert again.toPlainText() == "The 8th."


def test_words_of_an_addendum_that_are_not_kept_hold_the_page(room: SessionsRoom, qtbot: QtBot):
    other = a_session(room, days_ago=7)
    note = room.write(a_session(room), "Rang.", risk=RISK)
    room.desk.signing.sign(note)
    page = room.show()
    click(qtbot, room, "add_addendum")
    words = page.findChild(QTextEdit, "field_words_prose")
    assert words is not None
    room.break_disk()
    qtbot.keyClicks(words, "The 8th.")
    assert not page.choose_session(other.id)
    assert words.toPlainText() == "The 8th."
    room.mend_disk()
    assert page.choose_session(other.id)


def test_nothing_of_a_signed_note_or_its_addenda_outlives_a_lock(room: SessionsRoom, qtbot: QtBot):
    note = room.write(a_session(room), "Secretive.", risk=RISK)
    room.desk.signing.sign(note)
    page = room.show()
    click(qtbot, room, "add_addendum")
    words = page.findChild(QTextEdit, "field_words_prose")
    assert words is not None
    qtbot.keyClicks(words, "Hushhush")
    page.forget()
    left = [each.toPlainText() for each in page.findChildren(QTextEdit)] + [each.text() for each in page.findChildren(QLabel)]
    assert not [each for each in left if "Hushhush" in each or "Secretive" in each or "Weiss" in each]
    assert words.toPlainText() == ""


def test_the_date_of_a_signed_session_stays_and_it_is_said_why(room: SessionsRoom):
    session = a_session(room)
    note = room.write(session, "Rang.", risk=RISK)
    page = room.show()
    room.desk.signing.sign(note)
    page.work.change_session(replace(session, attendance=Attendance.LATE))
    assert room.frame.said[-1][0] == "Not done"
    assert "addendum" in room.frame.said[-1][1]
    assert room.desk.sessions.session(session.id).attendance is Attendance.ATTENDED


def test_everything_that_can_be_used_has_a_name(room: SessionsRoom, qtbot: QtBot):
    note = room.write(a_session(room, days_ago=9), "Rang.")
    page = room.show()
    click(qtbot, room, "sign_note_button")
    assert unnamed(page) == []
    room.desk.signing.sign(note, reason="she left")
    page.note.open_again()
    click(qtbot, room, "add_addendum")
    assert unnamed(page) == []


def test_an_empty_note_is_not_asked_about(room: SessionsRoom):
    a_session(room)
    page = room.show()
    action = next(each for each in page.menus()["Session"] if each.objectName() == "sign_note")
    assert isinstance(action, QAction)
    action.trigger()
    assert not page.note.signing.panel.isVisible()
    assert page.note.bar.title() == "There is nothing to sign yet"


def test_one_signed_note_is_verified_from_its_foot(room: SessionsRoom, qtbot: QtBot):
    note = room.write(a_session(room), "Rang Johan.", risk=RISK)
    room.desk.signing.sign(note)
    page = room.show()
    click(qtbot, room, "verify_note")
    assert page.note.bar.text() == "This note is as it was signed This detects changes made outside the program."
    room._run("UPDATE document SET answers = replace(answers, 'Johan', 'Elin')")
    click(qtbot, room, "verify_note")
    assert page.note.bar.title() == "This note is not as it was signed"


def test_a_button_pressed_past_the_mouse_changes_nothing_in_a_signed_note(room: SessionsRoom, qtbot: QtBot):
    note = room.write(a_session(room), "Rang Johan.", risk=RISK, mood=6)
    room.desk.signing.sign(note)
    page = room.show()
    page.note.view.editor("mood").findChildren(QPushButton)[2].click()
    assert not page.note.writer.is_unsaved
    assert page.flush()
    qtbot.waitUntil(lambda: page.note.writer.answers()["mood"] == 6)
    assert room.desk.documents.document(note.id).answers["mood"] == 6


class Reports:
    """Stands where the Reports tab does, and keeps what it is asked to show."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def show_kind(self, kind: str, record_id: str) -> None:
        self.asked.append((kind, record_id))


def test_a_note_is_printed_from_its_page_and_an_empty_one_says_so(
    room: SessionsRoom, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    session, reports = a_session(room), Reports()
    asked = reports.asked
    room.show()
    monkeypatch.setattr(room.frame, "page", lambda _tab: reports)
    click(qtbot, room, "note_print")
    assert (asked, room.frame.tab) == ([], "")
    assert room.page.note.bar.isVisible()
    qtbot.keyClicks(room.text(), "Rang Johan.")
    click(qtbot, room, "note_print")
    assert (asked, room.frame.tab) == ([("session-notes", session.id)], "reports")
    assert "Rang Johan." in room.stored(session), "what was typed last is on the page"
