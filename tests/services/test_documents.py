"""Documents on a real encrypted database: drafts, revisions, rescue, forms."""

from dataclasses import replace
from datetime import date
from queue import SimpleQueue

import pytest

from ipt_desktop.domain.errors import RecordGone, SaveFailed
from ipt_desktop.domain.form import Purpose, form_hash
from ipt_desktop.domain.records import AuditEntry, Client, Definition, Document, Revision, Session
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.documents import Saved
from ipt_desktop.storage.store import Writing

TODAY = date(2026, 11, 24)


@pytest.fixture
def note(desk: Desk) -> Document:
    client = desk.clients.add_client(Client(name="Marta"))
    protocol = desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    course = desk.courses.begin_course(client.id, protocol, started_on=TODAY)
    session = desk.sessions.add_session(Session(course_id=course.id, date=TODAY))
    return desk.documents.open_document(Purpose.PROGRESS_NOTE, client.id, course_id=course.id, session_id=session.id)


def opened(desk: Desk, note: Document) -> Document:
    """Return what opening the note's place gives."""
    return desk.documents.open_document(
        Purpose.PROGRESS_NOTE, note.client_id, course_id=note.course_id, session_id=note.session_id
    )


def run_sql(desk: Desk, statement: str) -> None:
    """Run a statement on the one writable connection: a fault only a database can have."""

    def run(writing: Writing) -> None:
        writing._connection.exec_driver_sql(statement)

    desk.store.write(run)


def operations(desk: Desk) -> list[str]:
    with desk.store.read() as reading:
        return [each.operation for each in reading.all(AuditEntry, "at") if each.operation.endswith("_edit")]


def test_opening_stores_nothing_and_the_first_save_stores_the_form_with_it(desk: Desk, note: Document) -> None:
    with pytest.raises(RecordGone):
        desk.documents.document(note.id)
    saved = desk.documents.keep_draft(desk.documents.begin_writing(note), {"plan": "call the sister"})
    assert desk.documents.document(note.id) == saved
    assert (saved.revision, saved.answers) == (1, {"plan": "call the sister"})
    with desk.store.read() as reading:
        assert reading.get(Definition, saved.form) is not None
    assert opened(desk, note) == saved


def test_a_stay_makes_one_revision_however_often_it_is_saved(desk: Desk, note: Document) -> None:
    draft = desk.documents.begin_writing(note)
    for words in ("c", "ca", "call"):
        desk.documents.keep_draft(draft, {"plan": words})
    desk.documents.end_writing(draft)
    second = desk.documents.begin_writing(desk.documents.document(note.id))
    desk.documents.keep_draft(second, {"plan": "call her"})
    desk.documents.end_writing(second)
    assert [each.answers["plan"] for each in desk.documents.revisions(note.id)] == ["call her", "call"]
    assert operations(desk) == ["begin_edit", "end_edit", "begin_edit", "end_edit"]
    assert desk.documents.document(note.id).revision == 4


def test_a_stay_without_a_save_leaves_no_trace(desk: Desk, note: Document) -> None:
    desk.documents.end_writing(desk.documents.begin_writing(note))
    assert operations(desk) == []


def test_queued_saves_of_one_draft_follow_one_another(desk: Desk, note: Document) -> None:
    draft = desk.documents.begin_writing(note)
    outcomes: SimpleQueue[tuple[Saved | None, BaseException | None]] = SimpleQueue()
    for number in range(20):
        desk.documents.save_draft(draft, {"plan": str(number)}, lambda *outcome: outcomes.put(outcome))
    settled = [outcomes.get(timeout=20) for _number in range(20)]
    assert [saved.document.revision for saved, _error in settled if saved] == list(range(1, 21))
    assert not any(saved.is_rescue for saved, _error in settled if saved)
    assert desk.documents.document(note.id).answers == {"plan": "19"}


def test_a_save_that_has_not_seen_the_latest_one_is_kept_beside_it(desk: Desk, note: Document) -> None:
    desk.documents.keep_draft(desk.documents.begin_writing(note), {"plan": "first"})
    stored = desk.documents.document(note.id)
    here, there = desk.documents.begin_writing(stored), desk.documents.begin_writing(stored)
    desk.documents.keep_draft(here, {"plan": "typed here"})
    desk.documents.keep_draft(there, {"plan": "typed there"})
    assert desk.documents.document(note.id).answers == {"plan": "typed here"}
    rescued = [each for each in desk.documents.revisions(note.id) if each.is_rescue]
    assert [each.answers for each in rescued] == [{"plan": "typed there"}]
    assert desk.documents.take_over(there).answers == {"plan": "typed here"}
    assert desk.documents.keep_draft(there, {"plan": "both"}).answers == {"plan": "both"}
    assert [each.answers for each in desk.documents.revisions(note.id) if each.is_rescue] == [{"plan": "typed there"}]


def test_a_save_the_database_refuses_keeps_the_old_words_and_can_be_repeated(desk: Desk, note: Document) -> None:
    draft = desk.documents.begin_writing(note)
    desk.documents.keep_draft(draft, {"plan": "old"})
    refuse = "CREATE TEMP TRIGGER full BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    run_sql(desk, refuse)
    with pytest.raises(SaveFailed, match="disk is full"):
        desk.documents.keep_draft(draft, {"plan": "new"})
    assert desk.documents.document(note.id).answers == {"plan": "old"}
    assert [each.answers for each in desk.documents.revisions(note.id)] == [{"plan": "old"}]
    run_sql(desk, "DROP TRIGGER temp.full")
    assert desk.documents.keep_draft(draft, {"plan": "new"}).revision == 2


def test_a_session_has_one_note_whatever_its_form(desk: Desk, note: Document) -> None:
    free = desk.resources.form_for(Purpose.FREE_NOTE)
    saved = desk.documents.keep_draft(desk.documents.begin_writing(note), {"plan": "kept"})
    changed = desk.documents.change_form(saved, free)
    stored = desk.documents.keep_draft(desk.documents.begin_writing(changed), saved.answers)
    assert (stored.id, stored.purpose, stored.form, stored.answers["plan"]) == (saved.id, "free_note", form_hash(free), "kept")
    assert opened(desk, note).id == saved.id
    assert list(desk.documents.notes(note.course_id or "")) == [note.session_id]


def test_an_older_edition_moves_on_only_when_no_answer_is_lost(desk: Desk, note: Document) -> None:
    present = desk.resources.form_for(Purpose.PROGRESS_NOTE)
    asked = next(each for each in present.fields if each.means == "plan")
    section = replace(present.sections[0], fields=(asked, replace(asked, key="gone_since", means="", label="Gone since")))
    older = replace(present, version=1, sections=(section,), title="Earlier edition")
    desk.documents._forms[form_hash(older)] = older
    draft = desk.documents.begin_writing(replace(note, form=form_hash(older)))
    desk.documents.keep_draft(draft, {asked.key: [], "gone_since": ""})
    assert opened(desk, note).form == form_hash(present)
    words = [{"kind": "paragraph", "runs": [{"text": "said under the old question"}]}]
    desk.documents.keep_draft(draft, {"gone_since": words})
    reopened = Desk.__new__(Desk)  # another reader, with nothing of the older edition in memory
    reopened.documents = type(desk.documents)(desk.open_practice, desk.resources)
    kept = opened(reopened, note)
    assert kept.form == form_hash(older)
    assert reopened.documents.form_of(kept) == older


def test_documents_of_a_course_by_purpose(desk: Desk, note: Document) -> None:
    course_id = note.course_id or ""
    formulation = desk.documents.open_document(Purpose.FORMULATION, note.client_id, course_id=course_id)
    for each in (note, formulation):
        desk.documents.keep_draft(desk.documents.begin_writing(each), {})
    assert {each.id for each in desk.documents.of_course(course_id)} == {note.id, formulation.id}
    assert [each.id for each in desk.documents.of_course(course_id, Purpose.FORMULATION)] == [formulation.id]
    with desk.store.read() as reading:
        assert len(reading.all(Revision)) == 2
