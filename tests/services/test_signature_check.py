"""Verifying names what was altered behind the program's back, with statements run past it on a real encrypted database."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import Cancelled
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Attendance, AuditEntry, Client, Course, Document, Session
from ipt_desktop.domain.session_records import Signature
from ipt_desktop.domain.signature_state import SignatureFault, SignatureState
from ipt_desktop.services.backup_writing import name_at
from ipt_desktop.services.backups import Backups, describe
from ipt_desktop.services.demo import create_demo
from ipt_desktop.services.desk import Desk
from ipt_desktop.storage import backup_file
from ipt_desktop.storage.engine import Access, connect
from ipt_desktop.storage.signed_notes import TO_SIGN

MONDAY = date(2026, 11, 23)
RISK = {"asked": "none", "words": ""}


class Signed:
    """A desk with three signed notes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.practice.change_details(replace(desk.practice.details(), therapist="Dr Hanna Weiss"))
        self.client = desk.clients.add_client(Client(name="Marta"))
        protocol = desk.resources.protocol("weissman-markowitz-klerman")
        assert protocol is not None
        self.course: Course = desk.courses.begin_course(self.client.id, protocol, started_on=MONDAY)
        self.notes = [self.write(week) for week in range(3)]
        self.marks = [desk.signing.sign(each).mark for each in self.notes]

    def write(self, week: int) -> Document:
        session = self.desk.sessions.add_session(
            Session(
                course_id=self.course.id,
                date=MONDAY + timedelta(weeks=week),
                starts_at=time(11),
                ends_at=time(12),
                attendance=Attendance.ATTENDED,
            )
        )
        documents, course_id = self.desk.documents, self.course.id
        note = documents.open_document(Purpose.PROGRESS_NOTE, self.client.id, course_id=course_id, session_id=session.id)
        answers = {"what_happened": f"Week {week}", "risk": RISK, "jottings": "pear tree"}
        return self.desk.documents.keep_draft(self.desk.documents.begin_writing(note), answers)

    def run(self, statement: str, *values: object) -> None:
        """Change the database past the program."""
        self.desk.store.write(lambda writing: writing._connection.exec_driver_sql(statement, values).close())

    def faults(self) -> list[tuple[SignatureFault, int, date | None]]:
        state = self.desk.signature_check.verify()
        return [(each.fault, each.number, each.on) for each in state.findings]


@pytest.fixture
def signed(desk: Desk) -> Signed:
    return Signed(desk)


def day(week: int) -> date:
    return MONDAY + timedelta(weeks=week)


def test_what_nobody_altered_is_sound_and_that_it_was_verified_is_noted(signed: Signed) -> None:
    state = signed.desk.signature_check.verify()
    assert (state.is_sound, state.signed) == (True, 3)
    words = state.in_words(str)
    assert words == "All 3 signed notes are as they were signed. This detects changes made outside the program."
    signed.desk.store.write(lambda _writing: None)
    (entry,) = (each for each in signed.desk.audit.entries() if each.operation == "verify_signatures")
    assert entry.detail == {"signed": 3, "broken": 0}


ALTERATIONS: dict[str, Callable[[Signed], None]] = {
    "text": lambda each: each.run(
        "UPDATE document SET answers = replace(answers, 'Week 1', 'Week 9') WHERE id = ?", each.notes[1].id
    ),
    "signer": lambda each: each.run("UPDATE signature SET signer = 'Dr Other' WHERE number = 2"),
    "reason": lambda each: each.run("UPDATE signature SET reason = 'she left' WHERE number = 2"),
    "late": lambda each: each.run("UPDATE signature SET is_late_entry = 1 WHERE number = 2"),
    "snapshot": lambda each: each.run("UPDATE signature SET snapshot = replace(snapshot, 'Marta', 'Maria') WHERE number = 2"),
    "session": lambda each: each.run("UPDATE session SET attendance = 'late' WHERE id = ?", each.notes[1].session_id),
    "course": lambda each: each.run("UPDATE document SET course_id = NULL WHERE id = ?", each.notes[1].id),
    "purpose": lambda each: each.run("UPDATE document SET purpose = 'worksheet' WHERE id = ?", each.notes[1].id),
    "session's course": lambda each: each.run(
        "UPDATE session SET course_id = ? WHERE id = ?", another_course(each), each.notes[1].session_id
    ),
    "client": lambda each: each.run("UPDATE document SET client_id = ? WHERE id = ?", another(each), each.notes[1].id),
}


def another(signed: Signed) -> str:
    return signed.desk.clients.add_client(Client(name="Ben")).id


def another_course(signed: Signed) -> str:
    protocol = signed.desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    return signed.desk.courses.begin_course(another(signed), protocol, started_on=MONDAY).id


@pytest.mark.parametrize("what", ALTERATIONS)
def test_a_note_altered_past_the_program_is_named_and_no_other(signed: Signed, what: str) -> None:
    ALTERATIONS[what](signed)
    assert signed.faults() == [(SignatureFault.ALTERED, 2, day(1))]
    words = signed.desk.signature_check.verify().in_words(lambda _id: "Marta")
    assert words.startswith("The note of Marta of 30 November 2026 is not as it was signed")
    one = signed.desk.signature_check.verify_one
    assert (one(signed.notes[0].id).is_sound, one(signed.notes[1].id).is_sound) == (True, False)


def test_a_note_or_an_addendum_taken_out_or_unhooked_past_the_program_is_named(signed: Signed) -> None:
    """Another program does not know that a signature goes along with its note."""
    signing = signed.desk.signing
    added = [signing.begin_addendum(each.id).document for each in signed.notes[:2]]
    documents = signed.desk.documents
    for each in added:
        signing.sign(documents.keep_draft(documents.begin_writing(each), {"words": "later"}))
    path, key = signed.desk.vault.folder / "practice.db", signed.desk.store.key
    with closing(connect(path, key, Access.WRITE)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM document WHERE id = ?", (signed.notes[2].id,))
        raw.execute("DELETE FROM amendment WHERE id = ?", (added[0].id,))
        raw.execute("UPDATE amendment SET document_id = ? WHERE id = ?", (signed.notes[0].id, added[1].id))
    gone, altered = SignatureFault.DOCUMENT_GONE, SignatureFault.ALTERED
    assert [each[:2] for each in signed.faults()] == [(gone, 3), (altered, 4), (altered, 5)]
    words = signed.desk.signature_check.verify().in_words(lambda _id: "Marta")
    assert words.startswith("The note of Marta of 7 December 2026 was signed, and its text is gone.")


def test_an_altered_form_is_told(signed: Signed) -> None:
    signed.run("UPDATE definition SET body = replace(body, 'What happened', 'Nothing') WHERE id = ?", signed.notes[0].form)
    assert [each[0] for each in signed.faults()] == [SignatureFault.FORM_ALTERED] * 3


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_signature_that_was_taken_out_is_missed_wherever_it_stood(signed: Signed, number: int) -> None:
    signed.run("DELETE FROM signature WHERE number = ?", number)
    assert signed.faults() == [(SignatureFault.MISSING, number, day(number - 1))]
    words = signed.desk.signature_check.verify().in_words(lambda _id: "Marta")
    assert "was signed, and its signature is gone" in words


def test_a_note_that_was_signed_anew_past_the_program_is_named(signed: Signed) -> None:
    """Whoever makes the mark of one note anew leaves the next one, and the audit trail, behind."""
    signed.run("UPDATE document SET answers = replace(answers, 'Week 1', 'Week 9') WHERE id = ?", signed.notes[1].id)
    with signed.desk.store.read() as reading:
        (kept,) = reading.all(Signature, number=2)
        document = reading.get(Document, signed.notes[1].id)
    assert document is not None
    from ipt_desktop.domain.signing import mark_over

    anew = mark_over(kept, document, signed.desk.documents.form_of(document))
    signed.run("UPDATE signature SET mark = ? WHERE number = 2", anew)
    assert signed.faults() == [(SignatureFault.ALTERED, 2, day(1)), (SignatureFault.UNLINKED, 3, day(2))]


def test_a_signature_nobody_told_of_is_named(signed: Signed) -> None:
    note = signed.write(3)
    with signed.desk.store.read() as reading:
        (last,) = reading.all(Signature, number=3)
    form = signed.desk.documents.form_of(note)
    from ipt_desktop.domain.signing import mark_over

    forged = replace(last, id="forged", document_id=note.id, number=4, previous=last.mark)
    shown = json.loads(json.dumps(last.snapshot))
    shown["document"], shown["session"]["id"] = note.id, note.session_id
    shown["session"]["date"] = (MONDAY + timedelta(weeks=3)).isoformat()
    forged = replace(forged, snapshot=shown)
    forged = replace(forged, mark=mark_over(forged, note, form))
    signed.desk.store.write(lambda writing: writing.insert(forged))
    assert signed.faults() == [(SignatureFault.UNTOLD, 4, day(3))]


def test_what_went_with_an_erased_client_is_no_fault(signed: Signed) -> None:
    entry = AuditEntry(operation="erase_client", kind="client", record_id=signed.client.id, client_id=signed.client.id)
    signed.desk.open_practice.carry_out(entry, lambda writing: writing.delete(Client, signed.client.id))
    state = signed.desk.signature_check.verify()
    assert (state.is_sound, state.signed, state.erased) == (True, 0, 3)


def test_jottings_deleted_later_and_a_fee_are_no_change(signed: Signed) -> None:
    signed.desk.signing.delete_jottings(signed.notes[0].id)
    session = signed.desk.sessions.session(signed.notes[0].session_id or "")
    signed.desk.sessions.change_session(replace(session, fee="paid"))
    assert signed.faults() == []


def test_it_can_be_stopped(signed: Signed) -> None:
    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        signed.desk.signature_check.verify(stop)


def test_a_backup_knows_the_last_signature_and_contradicts_a_chain_made_anew(signed: Signed, tmp_path: Path) -> None:
    folder = signed.desk.folder / "backups"
    folder.mkdir()
    made = Backups(signed.desk.vault).make(folder)
    assert made.manifest.signature_head == (3, signed.marks[2])
    assert describe(made.path).signature_head == (3, signed.marks[2])
    state = signed.desk.signature_check.verify()
    assert (state.is_sound, state.backups) == (True, 1)
    assert "1 backup agrees." in state.in_words(str)
    assert made.manifest.format == 3, "an older program says that it is too old, and not that the backup is damaged"
    later = replace(made.manifest, made_at=made.manifest.made_at + timedelta(seconds=1), signature_head=(3, "f" * 64))
    path = folder / (name_at(later.practice_id, later.made_at) + backup_file.SUFFIX)
    backup_file.write_backup(path, lambda: later, {}, signed.desk.store.key, lambda _done: None)
    state = signed.desk.signature_check.verify()
    assert (state.is_sound, state.backups, state.contradicting) == (False, 1, (3,))
    assert "A backup knows signature 3 with another mark" in state.in_words(str)
    restored = AuditEntry(operation="restore", kind="practice", at=later.made_at + timedelta(seconds=1))
    signed.desk.open_practice.carry_out(restored, lambda writing: None)
    assert signed.desk.signature_check.verify().is_sound, "one from before a restore says nothing"


def test_a_backup_from_before_there_were_signatures_is_read_and_says_nothing(signed: Signed) -> None:
    folder = signed.desk.folder / "backups"
    folder.mkdir()
    made = Backups(signed.desk.vault).make(folder)
    older = replace(made.manifest, signature_head=None, format=1, made_at=made.manifest.made_at - timedelta(days=1))
    path = folder / (name_at(older.practice_id, older.made_at) + backup_file.SUFFIX)
    backup_file.write_backup(path, lambda: older, {}, signed.desk.store.key, lambda _done: None)
    assert b"signature_head" not in path.read_bytes()
    assert (describe(path).signature_head, describe(path).format) == (None, 1)
    state = signed.desk.signature_check.verify()
    assert (state.is_sound, state.backups) == (True, 1)


def test_a_practice_without_a_signature_says_so(desk: Desk) -> None:
    assert desk.signature_check.verify() == SignatureState(0)
    assert "No note is signed yet." in desk.signature_check.verify().in_words(str)


def test_the_demo_is_signed_but_for_the_latest_notes_and_all_of_it_is_sound(tmp_path: Path) -> None:
    opened = Desk(create_demo(tmp_path / "demo", date(2026, 11, 24)))
    state = opened.signature_check.verify()
    unsigned = opened.signing.unsigned()
    opened.close()
    assert (state.is_sound, state.signed >= 50) == (True, True)
    assert 2 <= len(unsigned) <= 8
    assert max(each.on for each in unsigned) == date(2026, 11, 24)


def test_what_is_to_be_signed_are_the_purposes_of_notes_and_addenda() -> None:
    from ipt_desktop.domain.form import NOTES

    assert set(TO_SIGN) == {*map(str, NOTES), str(Purpose.ADDENDUM)}
