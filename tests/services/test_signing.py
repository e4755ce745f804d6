"""Signing on a real encrypted database: what it needs, what it locks, what it lets go of, and addenda."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from ipt_desktop.domain.errors import (
    NoteSigned,
    NothingToSign,
    PartsMissing,
    Refused,
    SaveFailed,
    SignerUnknown,
    TextUnsaved,
)
from ipt_desktop.domain.form import Means, Purpose, form_hash, to_json
from ipt_desktop.domain.records import (
    Attendance,
    AuditEntry,
    Client,
    Course,
    Definition,
    Document,
    Revision,
    Session,
)
from ipt_desktop.domain.session_records import Amendment, Event, RiskEntry, Signature
from ipt_desktop.domain.signing import FIRST, mark_over
from ipt_desktop.domain.treatment_records import Goal
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.note_following import unfollow_note
from ipt_desktop.services.sessions import Ending
from ipt_desktop.storage.store import Writing

MONDAY = date(2026, 11, 23)
RISK = {"asked": "none", "words": ""}
NOTE_FORMS = (
    *("soap-note", "dap-note", "birp-note", "girp-note", "free-note", "intake-note", "telephone-note", "crisis-note"),
    *("joint-session-note", "supervision-note", "letter-note"),
)


@pytest.fixture
def course(desk: Desk) -> Course:
    details = desk.practice.details()
    desk.practice.change_details(
        replace(details, therapist="Dr Hanna Weiss", profession="Clinical psychologist", registration="PYL 31107")
    )
    client = desk.clients.add_client(Client(name="Marta", reference="2026-014"))
    protocol = desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    return desk.courses.begin_course(client.id, protocol, started_on=MONDAY)


def a_session(desk: Desk, course: Course, week: int = 0) -> Session:
    return desk.sessions.add_session(
        Session(
            course_id=course.id,
            date=MONDAY + timedelta(weeks=week),
            starts_at=time(11),
            ends_at=time(11, 50),
            attendance=Attendance.ATTENDED,
        )
    )


def a_note(desk: Desk, course: Course, week: int = 0, **answers: object) -> Document:
    session = a_session(desk, course, week)
    note = desk.documents.open_document(Purpose.PROGRESS_NOTE, course.client_id, course_id=course.id, session_id=session.id)
    return save(desk, note, **{"what_happened": "Rang Johan", "risk": RISK} | answers)


def save(desk: Desk, note: Document, /, **answers: object) -> Document:
    draft = desk.documents.begin_writing(note)
    kept = desk.documents.keep_draft(draft, answers)
    desk.documents.end_writing(draft)
    return kept


def entries(desk: Desk, *operations: str) -> list[AuditEntry]:
    return [each for each in reversed(desk.audit.entries()) if each.operation in operations]


def session_of(desk: Desk, note: Document) -> Session:
    assert note.session_id is not None
    return desk.sessions.session(note.session_id)


# -- signing -----------------------------------------------------------------------------------------------------------


def test_a_signed_note_names_who_signed_when_and_bears_the_mark_over_all_of_it(desk: Desk, course: Course) -> None:
    note = a_note(desk, course)
    signature = desk.signing.sign(note)
    assert (signature.number, signature.previous) == (1, FIRST)
    assert (signature.signer, signature.licence) == ("Dr Hanna Weiss", "Clinical psychologist, registration PYL 31107")
    assert "UTC" in signature.zone
    assert desk.signing.signature_of(note.id) == signature
    stored = desk.documents.document(note.id)
    assert mark_over(signature, stored, desk.documents.form_of(stored)) == signature.mark
    (entry,) = entries(desk, "sign_note")
    assert (entry.record_id, entry.client_id) == (note.id, course.client_id)
    assert entry.detail == {"number": 1, "mark": signature.mark}


def test_each_signature_is_chained_to_the_one_before(desk: Desk, course: Course) -> None:
    first, second = desk.signing.sign(a_note(desk, course, 0)), desk.signing.sign(a_note(desk, course, 1))
    assert (second.number, second.previous) == (2, first.mark)


def test_the_chain_goes_on_from_the_last_mark_there_ever_was(desk: Desk, course: Course) -> None:
    desk.signing.sign(a_note(desk, course, 0))
    second = desk.signing.sign(a_note(desk, course, 1))
    desk.store.write(lambda writing: writing.delete(Signature, second.id))
    third = desk.signing.sign(a_note(desk, course, 2))
    assert (third.number, third.previous) == (3, second.mark)


def test_the_snapshot_holds_what_the_note_shows_as_it_was(desk: Desk, course: Course) -> None:
    johan = desk.circles.add_person(course.client_id, "Johan", "partner")
    other = desk.circles.add_person(course.client_id, "Someone else", "friend")
    a_note(desk, course, 0, between_session_task="Ring Johan")
    note = a_note(
        desk, course, 1, with_whom=[johan.id], risk={"asked": "changed", "words": "ideation"}, last_step={"done": "yes"}
    )
    event = Event(client_id=course.client_id, session_id=note.session_id, on="2026-11", title="Move", person_ids=[johan.id])
    desk.open_practice.write("add_event", lambda writing: writing.insert(event))
    shown = desk.signing.sign(note).snapshot
    assert shown["people"] == {johan.id: "Johan"}
    assert other.id not in str(shown)
    assert (shown["session"]["number"], shown["session"]["planned"], shown["session"]["starts_at"]) == (2, 16, "11:00:00")
    assert shown["risk"][0]["words"] == "ideation"
    assert (shown["step_reviewed"][0]["words"], shown["step_reviewed"][0]["done"]) == ("Ring Johan", "yes")
    assert shown["events"][0]["title"] == "Move"
    assert shown["areas"]["grief"] == "Grief"
    desk.circles.change_person(replace(johan, name="Jo"))
    kept = desk.signing.signature_of(note.id)
    assert kept is not None
    assert kept.snapshot["people"] == {johan.id: "Johan"}
    assert mark_over(kept, note, desk.documents.form_of(note)) == kept.mark


def test_what_is_missing_is_told_and_signing_without_needs_a_reason(desk: Desk, course: Course) -> None:
    note = a_note(desk, course, risk={})
    session = session_of(desk, note)
    desk.sessions.change_session(replace(session, attendance=None, ends_at=None))
    assert [each.key for each in desk.signing.what_is_missing(note)] == ["risk", "attendance", "times"]
    with pytest.raises(PartsMissing, match="risk not answered · attendance not answered · times not given"):
        desk.signing.sign(note)
    assert desk.signing.signature_of(note.id) is None
    assert entries(desk, "sign_note") == []
    signature = desk.signing.sign(note, reason="  she left after five minutes ")
    assert signature.reason == "she left after five minutes"
    assert signature.snapshot["missing"] == ["risk not answered", "attendance not answered", "times not given"]


def test_a_reason_is_kept_only_where_something_was_missing(desk: Desk, course: Course) -> None:
    assert desk.signing.sign(a_note(desk, course), reason="for nothing").reason == ""


def test_what_cannot_be_signed_is_refused_by_its_kind(desk: Desk, course: Course) -> None:
    session = a_session(desk, course)
    fresh = desk.documents.open_document(Purpose.PROGRESS_NOTE, course.client_id, course_id=course.id, session_id=session.id)
    with pytest.raises(NothingToSign):
        desk.signing.sign(fresh)
    note = save(desk, fresh, jottings="pear tree")
    with pytest.raises(NothingToSign):
        desk.signing.sign(note)
    newer = save(desk, note, what_happened="Rang", risk=RISK)
    with pytest.raises(TextUnsaved):
        desk.signing.sign(note)
    desk.signing.sign(newer)
    with pytest.raises(NoteSigned):
        desk.signing.sign(newer)


def test_nobody_signs_without_a_name(desk: Desk, course: Course) -> None:
    note = a_note(desk, course, jottings="pear tree")
    desk.practice.name_therapist("  ")
    with pytest.raises(SignerUnknown):
        desk.signing.sign(note, delete_jottings=True)
    assert "jottings" in desk.documents.document(note.id).answers, "what failed did nothing at all"


def test_signing_is_all_or_nothing(desk: Desk, course: Course) -> None:
    desk.settings.change(keeps_drafts=False)
    note = save(desk, a_note(desk, course, jottings="pear tree"), what_happened="B", risk=RISK, jottings="pear tree")
    fault = "CREATE TEMP TRIGGER full BEFORE INSERT ON signature BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    desk.store.write(lambda writing: writing._connection.exec_driver_sql(fault).close())
    with pytest.raises(SaveFailed):
        desk.signing.sign(note, delete_jottings=True)
    assert desk.documents.document(note.id) == note
    assert len(desk.documents.revisions(note.id)) == 2
    assert entries(desk, "sign_note", "delete_jottings", "discard_drafts") == []


# -- what it locks -----------------------------------------------------------------------------------------------------


def test_no_save_changes_a_signed_note(desk: Desk, course: Course) -> None:
    note = a_note(desk, course)
    draft = desk.documents.begin_writing(note)
    desk.signing.sign(note)
    with pytest.raises(NoteSigned):
        desk.documents.keep_draft(draft, {"what_happened": "something else"})
    assert desk.documents.document(note.id) == note
    with pytest.raises(NoteSigned):
        desk.open_practice.write("move_note", lambda writing: unfollow_note(writing, note))


def test_the_session_of_a_signed_note_keeps_what_the_note_shows(desk: Desk, course: Course) -> None:
    note = a_note(desk, course)
    desk.signing.sign(note)
    session = session_of(desk, note)
    for changed in (
        {"date": MONDAY + timedelta(1)},
        {"starts_at": time(10)},
        {"attendance": Attendance.LATE},
        {"attendees": "her sister"},
    ):
        with pytest.raises(NoteSigned):
            desk.sessions.change_session(replace(session, **changed))
    desk.sessions.change_session(replace(session, fee="paid"))
    with pytest.raises(NoteSigned):
        desk.sessions.remove_session(session.id)
    assert session_of(desk, note).fee == "paid"


def test_the_session_of_an_unsigned_note_changes(desk: Desk, course: Course) -> None:
    session = session_of(desk, a_note(desk, course))
    desk.sessions.change_session(replace(session, date=MONDAY + timedelta(1)))


def test_a_client_can_still_be_erased_with_all_that_was_signed(desk: Desk, course: Course) -> None:
    note = a_note(desk, course)
    desk.signing.sign(note)
    desk.signing.begin_addendum(note.id)
    desk.store.write(lambda writing: writing.delete(Client, course.client_id))
    with desk.store.read() as reading:
        assert [reading.all(kind) for kind in (Document, Signature, Amendment, RiskEntry)] == [[], [], [], []]


# -- what it lets go of ------------------------------------------------------------------------------------------------


def test_jottings_stay_unless_their_deletion_is_chosen_and_no_mark_breaks_either_way(desk: Desk, course: Course) -> None:
    kept = a_note(desk, course, 0, jottings="pear tree")
    assert desk.signing.outlook(kept).has_jottings
    signature = desk.signing.sign(kept)
    assert desk.documents.document(kept.id).answers["jottings"] == "pear tree"
    without = replace(kept, answers={key: each for key, each in kept.answers.items() if key != "jottings"})
    assert mark_over(signature, without, desk.documents.form_of(kept)) == signature.mark


def test_jottings_deleted_on_signing_are_in_no_version_of_the_note(desk: Desk, course: Course) -> None:
    note = a_note(desk, course, jottings="pear tree")
    note = save(desk, note, what_happened="Rang", risk=RISK, jottings="pear tree, planted by her father")
    desk.signing.sign(note, delete_jottings=True)
    with desk.store.read() as reading:
        held = [each.answers for each in reading.all(Document, id=note.id)]
        held += [each.answers for each in reading.all(Revision, document_id=note.id)]
    assert len(held) == 3
    assert "pear tree" not in str(held)
    assert "Rang" in str(held)
    assert [each.operation for each in entries(desk, "delete_jottings", "sign_note")] == ["delete_jottings", "sign_note"]


def test_jottings_of_a_signed_note_can_still_be_deleted(desk: Desk, course: Course) -> None:
    note = a_note(desk, course, jottings="pear tree")
    signature = desk.signing.sign(note)
    left = desk.signing.delete_jottings(note.id)
    assert "jottings" not in left.answers
    assert desk.documents.document(note.id) == left
    assert mark_over(signature, left, desk.documents.form_of(left)) == signature.mark
    assert len(entries(desk, "delete_jottings")) == 1


@pytest.mark.parametrize("keeps_drafts", [True, False])
def test_earlier_drafts_go_or_stay_by_the_rule_of_the_practice(desk: Desk, course: Course, keeps_drafts: bool) -> None:
    desk.settings.change(keeps_drafts=keeps_drafts)
    note = a_note(desk, course)
    for words in ("A", "B"):
        note = save(desk, note, what_happened=words, risk=RISK)
    assert (desk.signing.outlook(note).drafts, desk.signing.outlook(note).keeps_drafts) == (2, keeps_drafts)
    desk.signing.sign(note)
    left = desk.documents.revisions(note.id)
    assert [each.answers["what_happened"] for each in left] == (["B", "A", "Rang Johan"] if keeps_drafts else ["B"])
    assert [each.detail for each in entries(desk, "discard_drafts")] == ([] if keeps_drafts else [{"drafts": 2}])


# -- late --------------------------------------------------------------------------------------------------------------


def test_a_late_entry_is_suggested_and_only_marked_where_it_is_chosen(desk: Desk, course: Course) -> None:
    long_ago = a_note(desk, course, -3)
    assert desk.signing.outlook(long_ago).is_late
    assert not desk.signing.sign(long_ago).is_late_entry
    session = a_session(desk, course)
    desk.sessions.change_session(replace(session, date=date.today()))
    note = desk.documents.open_document(Purpose.PROGRESS_NOTE, course.client_id, course_id=course.id, session_id=session.id)
    note = save(desk, note, what_happened="Rang", risk=RISK)
    assert not desk.signing.outlook(note).is_late
    assert desk.signing.sign(note, is_late_entry=True).is_late_entry


# -- addenda -----------------------------------------------------------------------------------------------------------


def test_an_addendum_is_a_document_of_its_own_signed_by_itself_in_the_same_chain(desk: Desk, course: Course) -> None:
    note = a_note(desk, course)
    with pytest.raises(Refused, match="not signed yet"):
        desk.signing.begin_addendum(note.id)
    signed = desk.signing.sign(note)
    begun = desk.signing.begin_addendum(note.id)
    with pytest.raises(Refused, match="Go on with that one"):
        desk.signing.begin_addendum(note.id)
    with pytest.raises(NothingToSign):
        desk.signing.sign(begun.document)
    written = save(desk, begun.document, words="The quarrel was on the 8th.")
    assert desk.signing.what_is_missing(written) == []
    signature = desk.signing.sign(written)
    assert (signature.number, signature.previous) == (2, signed.mark)
    assert (signature.snapshot["amends"], signature.snapshot["amends_mark"]) == (note.id, signed.mark)
    (kept,) = desk.signing.addenda(note.id)
    assert (kept.document, kept.signature) == (written, signature)
    assert [each.record_id for each in entries(desk, "sign_addendum")] == [written.id]
    assert desk.documents.document(note.id) == note
    with pytest.raises(NoteSigned):
        desk.signing.remove_addendum(written.id)


def test_only_an_empty_addendum_is_taken_back(desk: Desk, course: Course) -> None:
    note = a_note(desk, course)
    desk.signing.sign(note)
    begun = desk.signing.begin_addendum(note.id)
    written = save(desk, begun.document, words="The quarrel")
    with pytest.raises(Refused, match="has words"):
        desk.signing.remove_addendum(begun.document.id)
    save(desk, written, words="")
    desk.signing.remove_addendum(begun.document.id)
    assert desk.signing.addenda(note.id) == []
    desk.signing.begin_addendum(note.id)


# -- what is unsigned --------------------------------------------------------------------------------------------------


def test_unsigned_notes_and_addenda_are_found_and_nothing_else(desk: Desk, course: Course) -> None:
    old, new = a_note(desk, course, 0), a_note(desk, course, 1)
    empty = a_session(desk, course, 2)
    desk.documents.open_document(Purpose.PROGRESS_NOTE, course.client_id, course_id=course.id, session_id=empty.id)
    ending = desk.documents.open_document(Purpose.ENDING, course.client_id, course_id=course.id)
    save(desk, ending, gains="much")
    found = desk.signing.unsigned()
    assert [(each.document_id, each.on) for each in found] == [(new.id, MONDAY + timedelta(weeks=1)), (old.id, MONDAY)]
    assert {(each.client_id, each.course_id) for each in found} == {(course.client_id, course.id)}
    desk.signing.sign(old)
    addendum = desk.signing.begin_addendum(old.id)
    assert [each.document_id for each in desk.signing.unsigned()] == [new.id], "an addendum without a word waits for nobody"
    save(desk, addendum.document, words="The 8th")
    assert {(each.document_id, each.purpose) for each in desk.signing.unsigned()} == {
        (new.id, "progress_note"),
        (addendum.document.id, "addendum"),
    }


def test_what_is_unsigned_is_found_without_reading_the_notes_that_are_signed(desk: Desk) -> None:
    def plan(writing: Writing) -> list[str]:
        from ipt_desktop.storage.signed_notes import _UNSIGNED

        rows = writing._connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN " + _UNSIGNED.format(purposes="?"), (500, "progress_note")
        )
        return [str(row[3]) for row in rows.fetchall()]

    steps = desk.store.write(plan)
    touched = [each for each in steps if "document" in each]
    assert not [each for each in touched if each.startswith("SCAN") and "COVERING INDEX" not in each], steps


# -- what it shows for ever --------------------------------------------------------------------------------------------


def test_the_snapshot_names_worksheets_goals_and_what_was_said_before(desk: Desk, course: Course) -> None:
    ben = desk.circles.add_person(course.client_id, "Ben", "brother")
    goal = desk.goals.add_goal(Goal(course_id=course.id, words="See Ben weekly"))
    a_note(desk, course, 0, between_session_task="Ring Ben", risk={"asked": "changed", "words": "passive ideation"})
    note = a_note(desk, course, 1, goals=[goal.id], risk={"asked": "unchanged", "words": ""}, last_step={"done": "partly"})
    form = next(each for each in desk.resources.forms if each.key == "communication-analysis")
    sheet = desk.worksheets.begun(form, course, session_id=note.session_id, person_id=ben.id)
    save(desk, sheet, **sheet.answers)
    shown = desk.signing.sign(note).snapshot
    (named,) = shown["worksheets"]
    assert (named["title"], named["person"], shown["people"]) == ("Communication analysis", ben.id, {ben.id: "Ben"})
    assert shown["goals"] == {goal.id: "See Ben weekly"}
    assert shown["before"] == {"step": "Ring Ben", "risk": "passive ideation", "risk_on": "2026-11-23"}
    assert (shown["purpose"], shown["course"]) == ("progress_note", course.id)


@pytest.mark.parametrize("key", NOTE_FORMS)
def test_a_note_in_every_form_is_signed_once_its_telling_and_risk_are_there(desk: Desk, course: Course, key: str) -> None:
    form = next(each for each in desk.resources.forms if each.key == key)
    session = a_session(desk, course)
    fresh = desk.documents.open_document(
        Purpose(form.purpose), course.client_id, course_id=course.id, session_id=session.id, form=form
    )
    asked = {each.key for each in form.fields if each.is_required}
    telling = next(each.key for each in form.fields if each.means in (Means.WHAT_HAPPENED, Means.NOTE))
    assert asked == {telling, "risk"} if key not in ("supervision-note", "letter-note") else asked == {telling}
    note = save(desk, fresh, jottings="pear tree", plan="Ring Johan", risk={})
    missing = [each.key for each in desk.signing.what_is_missing(note)]
    assert missing == [each.key for each in form.fields if each.is_required]
    note = save(desk, note, **{telling: "Rang Johan", "risk": RISK})
    assert desk.signing.what_is_missing(note) == []
    desk.signing.sign(note)
    assert desk.signature_check.verify().is_sound


def test_a_signed_note_is_read_in_the_edition_of_its_form_that_it_was_signed_in(desk: Desk, course: Course) -> None:
    note = a_note(desk, course)
    form = desk.documents.form_of(note)
    older = replace(form, title="As it was")
    kept = Definition(id=form_hash(older), kind="form", key=older.key, body=to_json(older))
    desk.store.write(lambda writing: writing.insert(kept))
    desk.store.write(lambda writing: writing.update(replace(note, form=kept.id)))
    desk.signing.sign(desk.documents.document(note.id))
    opened = desk.documents.open_document(
        Purpose.PROGRESS_NOTE, course.client_id, course_id=course.id, session_id=note.session_id
    )
    assert desk.documents.form_of(opened).title == "As it was"


def test_a_running_session_is_ended_before_its_note_is_signed_and_a_signed_one_never_runs_again(
    desk: Desk, course: Course
) -> None:
    note = a_note(desk, course)
    session = desk.sessions.start_session(session_of(desk, note))
    with pytest.raises(Refused, match="still running"):
        desk.signing.sign(note, reason="in a hurry")
    ending = Ending(on=MONDAY, starts_at=time(11), ends_at=time(12), attendance=Attendance.ATTENDED)
    ended = desk.sessions.end_session(session.id, ending)
    desk.signing.sign(note)
    for refused in (
        lambda: desk.sessions.reopen_session(session.id),
        lambda: desk.sessions.reopen_session(session.id, before=session),
        lambda: desk.sessions.start_session(ended),
        lambda: desk.sessions.close_again(replace(ended, attendance=Attendance.LATE)),
    ):
        with pytest.raises(NoteSigned):
            refused()
    assert desk.sessions.session(session.id) == ended
    assert desk.signature_check.verify().is_sound
