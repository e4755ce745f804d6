"""The history of a note on a real practice: every version is there, in words, and any of them comes back as a new one."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import AuditEntry, Client, Document, Person, Session, now
from ipt_desktop.domain.rich_text import Block, BlockKind, Run, plain, to_json
from ipt_desktop.domain.session_records import Signature, Step
from ipt_desktop.domain.word_difference import Difference
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.history import differences
from ipt_desktop.services.vault import create_with_key, open_with_key

KEY = bytes(range(32))
DAY = date(2026, 11, 24)


class Notebook:
    """A practice with one note, written in several stays."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = Desk(create_with_key(folder, KEY, "Quiet Street"))
        client = self.desk.clients.add_client(Client(name="Marta"))
        course = self.desk.courses.begin_course(client.id, self.desk.resources.protocols[0], started_on=DAY)
        self.session = self.desk.sessions.add_session(Session(course_id=course.id, date=DAY))
        self.client_id = client.id

    def open(self) -> Document:
        place = {"course_id": self.session.course_id, "session_id": self.session.id}
        return self.desk.documents.open_document(Purpose.PROGRESS_NOTE, self.client_id, **place)

    def write(self, words: str, **answers: Any) -> Document:
        documents = self.desk.documents
        note = self.open()
        draft = documents.begin_writing(note)
        kept = documents.keep_draft(draft, {**note.answers, "what_happened": to_json(plain(words)), **answers})
        documents.end_writing(draft)
        return kept

    def restart(self) -> None:
        self.desk.close()
        self.desk = Desk(open_with_key(self.folder, KEY))


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    made = Notebook(tmp_path / "practice")
    yield made
    made.desk.close()


def words_of(notebook: Notebook) -> list[str]:
    return [each.words.get("what_happened", "") for each in notebook.desk.history.versions(notebook.open().id)]


def test_each_stay_is_a_version_with_what_it_changed_also_after_a_restart(notebook: Notebook):
    notebook.write("She rang Johan.")
    notebook.write("She rang Johan twice.", mood=4)
    note = notebook.write("She rang twice.", mood=4)
    notebook.restart()
    versions = notebook.desk.history.versions(note.id)
    assert [(each.added, each.removed, each.is_present) for each in versions] == [
        (0, 1, True),
        (2, 0, False),
        (3, 0, False),
    ]
    told = {each.key: each for each in differences(versions[0], versions[1])}
    assert [
        (each.text, each.difference) for each in told["what_happened"].pieces if each.difference is not Difference.SAME
    ] == [("Johan ", Difference.REMOVED)]
    assert told["mood"].pieces[0].difference is Difference.SAME
    assert [each.key for each in differences(versions[2], None)] == ["what_happened"]


def test_a_version_comes_back_to_the_letter_as_a_new_one(notebook: Notebook):
    rich = to_json((Block((Run("Plan", bold=True), Run(" 😀")), BlockKind.HEADING), Block((Run("one"),), BlockKind.BULLET)))
    first = notebook.write("", what_happened=rich, between_session_task="Ring Elin")
    notebook.write("All new.", between_session_task="Write a letter")
    history = notebook.desk.history
    present, earlier = history.versions(first.id)
    assert history.restore_version(first.id, earlier.id) == present.id
    note = notebook.open()
    assert note.answers == first.answers
    assert note.revision == 3
    assert len(history.versions(first.id)) == 3
    assert history.versions(first.id)[0].is_present
    with notebook.desk.store.read() as reading:
        assert [each.words for each in reading.all(Step)] == ["Ring Elin"]
        assert reading.all(AuditEntry, "number")[-1].operation == "restore_version"
    notebook.restart()
    notebook.desk.history.restore_version(first.id, present.id)
    assert notebook.open().answers["between_session_task"] == "Write a letter"


def test_what_is_present_without_a_version_of_its_own_gets_one_first(notebook: Notebook):
    note = notebook.write("First.")
    notebook.write("Second.")
    unversioned = {**notebook.open().answers, "what_happened": to_json(plain("Third."))}
    document = Document(**{name: getattr(notebook.open(), name) for name in Document.__slots__} | {"answers": unversioned})
    notebook.desk.store.write(lambda writing: writing.upsert(document))
    assert not any(each.is_present for each in notebook.desk.history.versions(note.id))
    first = notebook.desk.history.versions(note.id)[-1]
    notebook.desk.history.restore_version(note.id, first.id)
    assert sorted(words_of(notebook)) == ["First.", "First.", "Second.", "Third."]


def test_refused_words_are_there_beside_it_and_can_be_brought_back(notebook: Notebook):
    documents = notebook.desk.documents
    note = notebook.write("Begun.")
    stale = documents.begin_writing(note)
    notebook.write("Moved on.")
    documents.keep_draft(stale, {"what_happened": to_json(plain("Typed elsewhere."))})
    rescued, present, first = notebook.desk.history.versions(note.id)
    assert (rescued.is_rescue, present.is_present, first.is_rescue) == (True, True, False)
    assert rescued.words["what_happened"] == "Typed elsewhere."
    notebook.desk.history.restore_version(note.id, rescued.id)
    assert notebook.open().answers == {"what_happened": to_json(plain("Typed elsewhere."))}


def test_a_signed_note_stays_as_it_is(notebook: Notebook):
    first = notebook.write("First.")
    notebook.write("Signed so.")
    signature = Signature(document_id=first.id, number=1, at=now(), zone="UTC", signer="A", previous="", mark="m")
    notebook.desk.store.write(lambda writing: writing.insert(signature))
    present, earlier = notebook.desk.history.versions(first.id)
    assert (present.is_signed, earlier.is_signed) == (True, False)
    with pytest.raises(Refused, match="signed"):
        notebook.desk.history.restore_version(first.id, earlier.id)
    assert words_of(notebook)[0] == "Signed so."


def test_people_choices_and_areas_are_told_in_words(notebook: Notebook):
    person = Person(client_id=notebook.client_id, name="Elin")
    notebook.desk.store.write(lambda writing: writing.insert(person))
    answers = {"with_whom": [person.id, "gone"], "risk": {"asked": "unchanged", "words": "as before"}, "odd": "of another form"}
    note = notebook.write("Words.", **answers)
    (version,) = notebook.desk.history.versions(note.id)
    assert version.words["with_whom"] == "Elin, someone who is no longer there"
    assert version.words["risk"] == "Asked: unchanged\nas before"
    assert version.words["odd"] == "of another form"


def test_a_version_of_another_document_or_none_is_refused(notebook: Notebook):
    note = notebook.write("First.")
    with pytest.raises(RecordGone):
        notebook.desk.history.restore_version(note.id, "nothing")
    with pytest.raises(RecordGone):
        notebook.desk.history.restore_version("nothing", notebook.desk.history.versions(note.id)[0].id)
    assert notebook.desk.history.versions("nothing") == []
