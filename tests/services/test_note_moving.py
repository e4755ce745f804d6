"""A note moves to another client whole: versions, risk and step with it, its people not; and both trails have a row."""

from dataclasses import replace
from datetime import date, time

import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import AuditEntry, Client, Person, Session, SessionMode, now
from ipt_desktop.domain.session_records import Event, RiskEntry, RiskKind, Signature, Step
from ipt_desktop.domain.treatment_records import Goal
from tests.services.test_history import DAY, Notebook
from tests.services.test_history import notebook as notebook


def other_client(notebook: Notebook, *days: date) -> tuple[str, list[Session]]:
    client = notebook.desk.clients.add_client(Client(name="Piotr"))
    course = notebook.desk.courses.begin_course(client.id, notebook.desk.resources.protocols[0], started_on=DAY)
    return client.id, [notebook.desk.sessions.add_session(Session(course_id=course.id, date=day)) for day in days]


def told_note(notebook: Notebook):
    person = Person(client_id=notebook.client_id, name="Elin")
    notebook.desk.store.write(lambda writing: writing.insert(person))
    notebook.write("First.", with_whom=[person.id])
    risk = {"asked": "changed", "words": "passive ideation"}
    return notebook.write("Second.", with_whom=[person.id], between_session_task="Ring Elin", risk=risk)


def test_it_goes_to_the_session_of_that_day_with_versions_step_and_risk(notebook: Notebook):
    note = told_note(notebook)
    client_id, (session,) = other_client(notebook, DAY)
    moved = notebook.desk.note_moving.move_note(note.id, client_id)
    assert (moved.made_session, moved.dropped) == ("", 1)
    assert notebook.desk.documents.notes(notebook.session.course_id) == {}
    stored = notebook.desk.documents.notes(session.course_id)[session.id]
    assert stored.answers == {**note.answers, "with_whom": []}
    assert (stored.client_id, stored.id) == (client_id, note.id)
    assert len(notebook.desk.history.versions(note.id)) == 2
    with notebook.desk.store.read() as reading:
        (step,), (risk,) = reading.all(Step), reading.all(RiskEntry)
        rows = [(each.operation, each.client_id) for each in reading.all(AuditEntry, "number")][-2:]
        told = str([each.detail for each in reading.all(AuditEntry)])
    assert (step.session_id, step.words) == (session.id, "Ring Elin")
    assert (risk.session_id, risk.client_id) == (session.id, client_id)
    assert sorted(rows) == sorted([("move_note", notebook.client_id), ("take_note_in", client_id)])
    assert "Second" not in told


def test_a_session_like_its_own_is_made_where_there_is_none_and_undone_with_it(notebook: Notebook):
    note = told_note(notebook)
    own = replace(notebook.session, starts_at=time(11), ends_at=time(11, 50), mode=SessionMode.VIDEO)
    notebook.desk.sessions.change_session(own)
    client_id, sessions = other_client(notebook)
    course = notebook.desk.courses.courses(client_id)[-1]
    moved = notebook.desk.note_moving.move_note(note.id, client_id)
    (made,) = notebook.desk.sessions.sessions(course.id)
    assert sessions == []
    assert (made.id, made.date, made.starts_at, made.mode) == (moved.made_session, DAY, time(11), SessionMode.VIDEO)
    notebook.desk.note_moving.move_back(moved)
    back = notebook.open()
    assert (back.id, back.answers) == (note.id, note.answers)
    assert notebook.desk.sessions.sessions(course.id) == []
    assert [each.words["with_whom"] for each in notebook.desk.history.versions(note.id)] == ["Elin", "Elin"]
    with notebook.desk.store.read() as reading:
        assert [each.session_id for each in reading.all(Step)] == [own.id]


def test_all_that_the_therapist_put_into_its_records_goes_along_and_comes_back(notebook: Notebook):
    desk = notebook.desk
    goal = desk.goals.add_goal(Goal(course_id=notebook.session.course_id, words="Ring Elin once a week"))
    note = told_note(notebook)
    note = notebook.write("Third.", goals=[goal.id])
    (elin,) = note.answers["with_whom"]
    with desk.store.read() as reading:
        (step,), (risk,) = reading.all(Step), reading.all(RiskEntry)
    due = date(2026, 12, 1)
    step = replace(step, due=due, person_id=elin)
    risk = replace(risk, kind=RiskKind.SELF_HARM, plan="none", told="her GP", told_on=DAY, reviewed_on=DAY)
    desk.store.write(lambda writing: (writing.update(step), writing.update(risk)))
    event = desk.events.add_event(
        Event(client_id=notebook.client_id, session_id=notebook.session.id, on="2026-11", title="Row", person_ids=[elin])
    )
    client_id, (session,) = other_client(notebook, DAY)
    moved = desk.note_moving.move_note(note.id, client_id)
    assert moved.document.answers["goals"] == moved.document.answers["with_whom"] == []
    assert moved.dropped == 2
    with desk.store.read() as reading:
        (their_step,), (their_risk,) = reading.all(Step), reading.all(RiskEntry)
    assert (their_step.words, their_step.due, their_step.person_id) == ("Ring Elin", due, None)
    assert (their_risk.client_id, their_risk.session_id) == (client_id, session.id)
    assert (
        replace(their_risk, id=risk.id, client_id=risk.client_id, course_id=risk.course_id, session_id=risk.session_id) == risk
    )
    assert desk.events.of_client(notebook.client_id) == []
    (theirs,) = desk.events.of_client(client_id)
    assert (theirs.id, theirs.session_id, theirs.person_ids) == (event.id, session.id, [])
    desk.note_moving.move_back(moved)
    with desk.store.read() as reading:
        assert (reading.all(Step), reading.all(RiskEntry)) == ([step], [risk])
    assert desk.events.of_client(notebook.client_id) == [event]
    assert notebook.open().answers == note.answers


def test_a_session_that_has_a_note_keeps_it(notebook: Notebook):
    note = notebook.write("Mine.")
    client_id, (session,) = other_client(notebook, DAY)
    place = {"course_id": session.course_id, "session_id": session.id}
    theirs = notebook.desk.documents.open_document(Purpose.PROGRESS_NOTE, client_id, **place)
    notebook.desk.documents.keep_draft(notebook.desk.documents.begin_writing(theirs), {"mood": 3})
    moved = notebook.desk.note_moving.move_note(note.id, client_id)
    assert moved.made_session
    assert notebook.desk.documents.document(theirs.id).answers == {"mood": 3}


def test_what_can_not_be_moved_says_why(notebook: Notebook):
    note = notebook.write("Mine.")
    moving = notebook.desk.note_moving
    with pytest.raises(Refused, match="already"):
        moving.move_note(note.id, notebook.client_id)
    bare = notebook.desk.clients.add_client(Client(name="New"))
    with pytest.raises(Refused, match="no course"):
        moving.move_note(note.id, bare.id)
    client_id, _sessions = other_client(notebook, DAY)
    moved = moving.move_note(note.id, client_id)
    draft = notebook.desk.documents.begin_writing(moved.document)
    notebook.desk.documents.keep_draft(draft, {"mood": 2})
    with pytest.raises(Refused, match="written on"):
        moving.move_back(moved)
    signature = Signature(document_id=note.id, number=1, at=now(), zone="UTC", signer="A", previous="", mark="m")
    notebook.desk.store.write(lambda writing: writing.insert(signature))
    with pytest.raises(Refused, match="signed"):
        moving.move_note(note.id, notebook.client_id)
