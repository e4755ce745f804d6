"""What a note tells of risk and of steps is in its records with the very save that stores it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Client, Course, Document, Session
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry, Step, StepDone
from ipt_desktop.services.desk import Desk

MONDAY = date(2026, 11, 23)


@pytest.fixture
def course(desk: Desk) -> Course:
    client = desk.clients.add_client(Client(name="Marta"))
    protocol = desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    return desk.courses.begin_course(client.id, protocol, started_on=MONDAY)


def a_note(desk: Desk, course: Course, week: int) -> Document:
    session = desk.sessions.add_session(Session(course_id=course.id, date=MONDAY + timedelta(weeks=week)))
    return desk.documents.open_document(Purpose.PROGRESS_NOTE, course.client_id, course_id=course.id, session_id=session.id)


def save(desk: Desk, note: Document, **answers: object) -> Document:
    return desk.documents.keep_draft(desk.documents.begin_writing(note), answers)


def risks(desk: Desk) -> list[RiskEntry]:
    with desk.store.read() as reading:
        return reading.all(RiskEntry, "on")


def steps(desk: Desk) -> list[Step]:
    with desk.store.read() as reading:
        return reading.all(Step, "agreed_on")


def test_risk_asked_is_one_entry_that_follows_the_note(desk: Desk, course: Course) -> None:
    note = save(desk, a_note(desk, course, 0), risk={"asked": "changed", "words": "passive ideation", "action": "rang Dr Ng"})
    (entry,) = risks(desk)
    assert (entry.asked, entry.words, entry.action, entry.on) == (RiskAsked.CHANGED, "passive ideation", "rang Dr Ng", MONDAY)
    assert (entry.client_id, entry.session_id) == (course.client_id, note.session_id)
    note = save(desk, note, risk={"asked": "none"})
    (entry,) = risks(desk)
    assert (entry.asked, entry.words) == (RiskAsked.NONE, "")
    note = save(desk, note, risk={"asked": "not_asked"})
    assert risks(desk) == []


def test_what_the_therapist_added_to_a_risk_entry_stays(desk: Desk, course: Course) -> None:
    note = save(desk, a_note(desk, course, 0), risk={"asked": "changed", "words": "ideation"})
    (entry,) = risks(desk)
    desk.open_practice.write("keep_risk", lambda writing: writing.update(replace(entry, means="tablets", reviewed_on=MONDAY)))
    note = save(desk, note, risk={"asked": "changed", "words": "ideation"}, plan=[])
    (same,) = risks(desk)
    assert (same.means, same.reviewed_on) == ("tablets", MONDAY), "nothing about risk was written"
    save(desk, note, risk={"asked": "changed", "words": "ideation, daily"})
    (later,) = risks(desk)
    assert (later.means, later.words, later.reviewed_on) == ("tablets", "ideation, daily", None), "what is new is open"


def test_details_of_a_risk_entry_outlive_a_slip_in_the_note(desk: Desk, course: Course) -> None:
    note = save(desk, a_note(desk, course, 0), risk={"asked": "changed", "words": "ideation"})
    (entry,) = risks(desk)
    desk.open_practice.write("keep_risk", lambda writing: writing.update(replace(entry, means="tablets")))
    note = save(desk, note, risk={"asked": "not_asked"})
    assert [(each.asked, each.words, each.means) for each in risks(desk)] == [(RiskAsked.NOT_ASKED, "", "tablets")]
    save(desk, note, risk={"asked": "changed", "words": "ideation"})
    assert [(each.asked, each.words, each.means) for each in risks(desk)] == [(RiskAsked.CHANGED, "ideation", "tablets")]


def test_a_step_agreed_is_reviewed_by_the_next_note(desk: Desk, course: Course) -> None:
    first = save(desk, a_note(desk, course, 0), between_session_task="Ring Johan")
    second = save(desk, a_note(desk, course, 1), last_step={"done": "partly", "words": "engaged"}, between_session_task="Again")
    ring, again = steps(desk)
    assert (ring.words, ring.session_id, ring.agreed_on) == ("Ring Johan", first.session_id, MONDAY)
    assert (ring.done, ring.what_happened, ring.reviewed_in_id) == (StepDone.PARTLY, "engaged", second.session_id)
    assert (again.done, again.reviewed_in_id) == (None, None)
    second = save(desk, second, last_step={}, between_session_task="")
    (ring,) = steps(desk)
    assert (ring.done, ring.what_happened, ring.reviewed_in_id) == (None, "", None)


def test_a_reviewed_step_stays_where_its_words_are_taken_out_of_the_note(desk: Desk, course: Course) -> None:
    first = save(desk, a_note(desk, course, 0), between_session_task="Ring Johan")
    save(desk, a_note(desk, course, 1), last_step={"done": "yes"})
    save(desk, first, between_session_task="")
    (ring,) = steps(desk)
    assert (ring.words, ring.done) == ("Ring Johan", StepDone.YES)
