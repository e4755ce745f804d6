"""Notes of sessions on paper, read back as text: as they were signed, with their addenda; a draft says that it is one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Field, Form, Means, Purpose, Section, form_hash
from ipt_desktop.domain.records import Attendance, Document, Person, ProblemArea, Session
from ipt_desktop.domain.report import Panel, Report, Signature, as_text
from ipt_desktop.domain.rich_text import Block, Run, plain, to_json
from ipt_desktop.domain.session_records import Event, Step, step_id_of
from ipt_desktop.domain.signing import mark_words
from ipt_desktop.domain.treatment_records import Medication
from tests.services.summary_case import START, TODAY, Case, open_case

DAYS = (START, date(2026, 3, 19), date(2026, 3, 26))


class Notes:
    """A course of three sessions with two people in it."""

    def __init__(self, case: Case) -> None:
        self.case, self.desk = case, case.desk
        self.husband = self.person("Tomasz Nowak", "husband")
        self.sister = self.person("Anna Kowalska", "sister")
        self.desk.phases.keep_problem_area(
            ProblemArea(course_id=case.course.id, area="dispute", person_id=self.husband.id, agreed_on=START)
        )
        self.sessions = [
            self.desk.sessions.add_session(
                Session(
                    course_id=case.course.id,
                    date=day,
                    starts_at=time(14),
                    ends_at=time(14, 50),
                    attendance=Attendance.ATTENDED,
                )
            )
            for day in DAYS
        ]

    def person(self, name: str, relation: str) -> Person:
        return self.desk.circles.add_person(self.case.client.id, name, relation)

    def write(self, number: int, **said: Any) -> Document:
        session = self.sessions[number - 1]
        place = {"course_id": self.case.course.id, "session_id": session.id}
        document = self.desk.documents.open_document(Purpose.PROGRESS_NOTE, self.case.client.id, **place)
        return self.desk.documents.keep_draft(self.desk.documents.begin_writing(document), said)

    def printed(self, record: str = "", **more: Any) -> Report:
        return self.desk.reporting.assemble("session-notes", self.case.course.id, today=TODAY, record_id=record, **more)

    def text(self, number: int) -> str:
        return as_text(self.printed(self.sessions[number - 1].id))


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[Notes]:
    case = open_case(tmp_path)
    yield Notes(case)
    case.desk.close()


def prose(words: str) -> list[dict[str, Any]]:
    return to_json(plain(words))


def first_two(notes: Notes) -> Document:
    """Write the notes of two sessions, the second one with everything that records tell, and sign it."""
    desk, client_id = notes.desk, notes.case.client.id
    notes.write(
        1,
        risk={"asked": "changed", "words": "Passive ideation; Tomasz keeps the tablets"},
        between_session_task="Ask Anna to come along",
        what_happened=prose("Told of the quarrel."),
    )
    desk.medications.add_medication(Medication(client_id=client_id, name="Sertraline", dose="50 mg", begun="2026-02-24"))
    second = notes.sessions[1]
    desk.events.add_event(
        Event(client_id=client_id, session_id=second.id, on="2026-03-17", title="Anna moved", person_ids=[notes.sister.id])
    )
    note = notes.write(
        2,
        last_step={"done": "partly", "words": "Anna was away."},
        mood=4,
        with_whom=[notes.husband.id, notes.sister.id],
        what_happened=prose("Spoke to Tomasz on Sunday."),
        jottings=prose("PURPLE ELEPHANT"),
        focus=["dispute"],
        intervention=["link", "role_play"],
        response=prose("Relieved."),
        risk={"asked": "unchanged", "words": "One night", "action": "Read the safety plan with her"},
        between_session_task="One evening with Tomasz",
        plan=prose("Hear how it went."),
        sessions_left=True,
    )
    entry = next(each for each in desk.risk.entries(client_id) if each.session_id == second.id)
    desk.risk.keep_risk(replace(entry, means="tablets", restricted_by="Tomasz", told="Dr S. Grant", told_on=second.date))
    desk.signing.sign(note)
    return note


def test_a_note_says_all_that_its_page_does_with_initials_for_names(notes: Notes):
    note = first_two(notes)
    text = notes.text(2)
    said = [
        "Session 2 of 16\nZofia Łukasiewicz · ref. 2026-014 · Initial · IPT session note",
        "Date: Thursday 19 March 2026",
        "Time: 14:00 to 14:50 (50 minutes)",
        "Attendance: Attended",
        "Present: Client, therapist",
        "Sessions: 2 of 16; 14 after",
        "Mood, as said: 4 (0 worst, 10 best)",
        "Medication: Sertraline 50 mg, since 24 February 2026",
        "Last step\nAsk A.K. to come along: partly.\nA.K. was away.",
        "What happened, with whom\nT.N., husband; A.K., sister\nSpoke to T.N. on Sunday.",
        "Events\n– A.K. moved: 17 March · A.K., sister",
        "Focus\nRole dispute",
        "Intervention\nLinking mood and event, role play",
        "Risk\nSuicide. Asked: unchanged (passive ideation; T.N. keeps the tablets, 12 March 2026). One night. "
        "Means: tablets; restricted by T.N.\n"
        "Action taken by me: Read the safety plan with her. Told: Dr S. Grant, 19 March 2026.",
        "Between-session task\nOne evening with T.N.",
        "Plan\nHear how it went.",
        "Sessions left\n14 after this one, said to the client.",
        "Dr Hanna Weiss\nClinical psychologist, registration PYL 31107\nSigned on screen ",
    ]
    places = [text.find(each) for each in said]
    assert [each for each, place in zip(said, places, strict=True) if place < 0] == []
    assert places == sorted(places)
    signature = notes.desk.signing.signature_of(note.id)
    assert signature is not None
    assert f"content mark {mark_words(signature.mark)}" in text.replace("\u00a0", " ")
    for kept_back in ("ELEPHANT", "Jottings", "Tomasz", "Anna", "private", "draft"):
        assert kept_back not in text
    assert "Other people are named by initials only" in notes.printed(notes.sessions[1].id).footer


def test_a_signed_note_stays_as_it_was_signed_and_names_nobody_by_a_name_of_then(notes: Notes):
    first_two(notes)
    before = notes.text(2)
    desk = notes.desk
    desk.circles.change_person(replace(notes.husband, name="Bogdan Zych", initials="T.N."))
    desk.circles.remove_person(notes.sister.id)
    for event in desk.events.of_client(notes.case.client.id):
        desk.events.remove_event(event.id)
    after = notes.text(2)
    assert "Tomasz" not in after
    assert "Anna" not in after
    assert "Bogdan" not in after
    assert after.replace("T.N.1", "T.N.").replace("T.N.2", "T.N.") == before.replace("A.K., sister", "A.K.")


def test_a_draft_says_that_it_is_one_and_bears_no_signature(notes: Notes):
    notes.write(1, what_happened=prose("Told of the quarrel."))
    report = notes.printed()
    text = as_text(report)
    assert "IPT session note · draft" in text
    assert "Draft\nAs it stood on" in text
    assert not any(isinstance(block, Signature) for each in report.sections for block in each.blocks)
    assert "content mark" not in text


def test_addenda_stand_after_the_signature_each_with_its_own(notes: Notes):
    note = first_two(notes)
    desk = notes.desk
    for words, is_signed in (("It was the 8th, said Anna.", True), ("Not signed yet.", False)):
        addendum = desk.signing.begin_addendum(note.id)
        form = desk.documents.form_of(addendum.document)
        field = form.field_that_means(Means.NOTE)
        assert field is not None
        draft = desk.documents.begin_writing(addendum.document)
        told = Block((Run(words[:7]), Run(words[7:], bold=True)))
        kept = desk.documents.keep_draft(draft, {field.key: to_json((told,))})
        if is_signed:
            desk.signing.sign(kept)
    report = notes.printed(notes.sessions[1].id)
    kinds = [type(block) for each in report.sections for block in each.blocks if isinstance(block, Signature | Panel)]
    assert kinds == [Signature, Panel, Panel]
    first, second = [block for each in report.sections for block in each.blocks if isinstance(block, Panel)]
    assert first.title.startswith("Addendum of ")
    assert first.text == (Block((Run("It was "), Run("the 8th, said A.K.", bold=True))),)
    assert first.note.startswith("Dr Hanna Weiss · signed on screen ")
    assert second.note == "Draft: this addendum is not signed."


def test_all_notes_of_a_course_stand_in_order_each_under_its_head(notes: Notes):
    first_two(notes)
    notes.write(3, what_happened=prose("A quiet week."))
    session_ids = [each.id for each in notes.sessions]
    records = notes.desk.reporting.records("session-notes", notes.case.course.id)
    assert [each for each, _words in records] == [*reversed(session_ids), "all"]
    assert records[0][1] == "Session 3 of 16, 26 March 2026, draft"
    report = notes.printed("all")
    text = as_text(report)
    heads = [f"Session {number} of 16, {day} March 2026" for number, day in ((1, 12), (2, 19), (3, 26))]
    assert [text.find(each) for each in heads] == sorted(text.find(each) for each in heads)
    assert "3 notes · 12 to 26 March 2026" in text or "3 notes · 12 March to 26 March 2026" in text
    assert len({each.key for each in report.sections}) == len(report.sections)
    assert notes.desk.reporting.named_people(notes.case.course.id, report) == []
    chosen = as_text(notes.printed(f"{session_ids[0]} {session_ids[2]}"))
    assert [each in chosen for each in heads] == [True, False, True]


def test_what_is_not_there_is_refused_with_the_reason(notes: Notes):
    why = notes.desk.reporting.missing("session-notes", notes.case.client.id, notes.case.course.id)
    assert why == "No note has been written yet. Notes are written under Sessions."
    with pytest.raises(Refused, match="No note"):
        notes.printed()
    notes.write(1, what_happened=prose("Told of the quarrel."))
    with pytest.raises(Refused, match="nothing in the note of this session"):
        notes.printed(notes.sessions[2].id)


def test_a_form_of_ones_own_prints_its_heads_and_keeps_back_what_is_confidential(notes: Notes):
    fields = (
        Field(key="seen", label="Seen", kind="prose"),
        Field(key="harm", label="Harm", kind="line", is_confidential=True),
        Field(key="aside", label="Aside", kind="line", is_off_record=True),
    )
    seen = Section(key="s", fields=fields, title="What I saw")
    own = Form(key="own", version=1, purpose="progress_note", title="My own note", sections=(seen,))
    desk, session = notes.desk, notes.sessions[0]
    place = {"course_id": notes.case.course.id, "session_id": session.id}
    notes.write(1, what_happened=prose("x"))
    document = desk.documents.open_document(Purpose.PROGRESS_NOTE, notes.case.client.id, **place)
    desk.documents._forms[form_hash(own)] = own
    changed = desk.documents.change_form(document, own)
    told = {"seen": prose("Tears & <b>laughter</b>."), "harm": "PUSHED", "aside": "ASIDE"}
    desk.documents.keep_draft(desk.documents.begin_writing(changed), told)
    text = notes.text(1)
    assert "My own note" in text
    assert "What I saw\nSeen\nTears & <b>laughter</b>." in text
    assert "PUSHED" not in text
    assert "ASIDE" not in text


def test_a_session_that_was_cancelled_says_by_whom(notes: Notes):
    desk, session = notes.desk, notes.sessions[0]
    desk.sessions.change_session(replace(session, attendance=Attendance.CANCELLED_BY_THERAPIST, starts_at=None, ends_at=None))
    notes.write(1, what_happened=prose("Rang to cancel."))
    text = notes.text(1)
    assert "Session not held" in text
    assert "Attendance: Cancelled by the therapist" in text
    assert "Present" not in text


def test_a_task_says_with_whom_and_for_when(notes: Notes):
    notes.write(1, between_session_task="Ring home", what_happened=prose("x"))
    step = next(each for each in notes.desk.steps.of_course(notes.case.course.id))
    assert step.id == step_id_of(notes.sessions[0].id)
    notes.desk.steps.change_step(replace(step, person_id=notes.husband.id, due=date(2026, 3, 18)))
    assert "Ring home (with T.N., husband; for 18 March)" in notes.text(1)
    assert isinstance(step, Step)


def test_what_a_note_was_signed_without_is_told_with_its_reason(notes: Notes):
    note = notes.write(1, what_happened=prose("Told of the quarrel."))
    notes.desk.signing.sign(note, reason="Tomasz rang in between")
    text = notes.text(1)
    assert "Signed without: risk not answered. T.N. rang in between" in text
