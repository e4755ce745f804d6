"""What is written: documents, the answers to forms, kept as they are typed.

Each stay at a document (a *draft*) makes one revision, however often it is saved. A save that has not seen the latest
revision never overwrites it: its words become a rescue revision beside it. The audit trail has one row when an edit begins
and one when it ends.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from ipt_desktop.domain import form as forms
from ipt_desktop.domain.errors import PracticeGone, PracticeReadOnly, RecordGone
from ipt_desktop.domain.form import NOTES, Form, Purpose, form_hash, is_blank
from ipt_desktop.domain.form_check import may_move
from ipt_desktop.domain.records import Definition, Document, Person, Revision, new_id, now
from ipt_desktop.domain.text import _
from ipt_desktop.domain.worksheet import about_person
from ipt_desktop.services.area_links import link_written
from ipt_desktop.services.ending_following import follow_ending
from ipt_desktop.services.note_following import follow_note
from ipt_desktop.services.note_forms import form_of_session
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.services.resources import Resources
from ipt_desktop.services.signatures import require_unsigned, signature_of
from ipt_desktop.storage.store import Writing


@dataclass(frozen=True, slots=True)
class Saved:
    """A save that is on the disk. `is_rescue`: the document had moved on, so the words were kept beside it."""

    document: Document
    is_rescue: bool = False


class Draft:
    """One stay at a document. `document` is what it last saved, or found; it belongs to the writer while saves are queued.

    `is_rescued`: the document had moved on at the last save, so the words are kept beside it.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.revision_id = new_id()
        self.begun_at = now()
        self.is_begun = False
        self.is_rescued = False


class Documents:
    """What can be done with documents."""

    def __init__(self, practice: OpenPractice, resources: Resources) -> None:
        self._practice = practice
        self._resources = resources
        self._forms: dict[str, Form] = {}

    # -- what is there ---------------------------------------------------------------------------------------------

    def document(self, document_id: str) -> Document:
        """Return a stored document; raises RecordGone where there is none."""
        with self._practice.read() as reading:
            return found(reading, Document, document_id)

    def of_session(self, session_id: str) -> list[Document]:
        """Return what was written of a session, the first one first."""
        with self._practice.read() as reading:
            return reading.all(Document, "created_at", session_id=session_id)

    def of_course(self, course_id: str, *purposes: Purpose) -> list[Document]:
        """Return a course's documents of these purposes, all if none is named, the first one first."""
        with self._practice.read() as reading:
            if purposes:
                return reading.all(Document, "created_at", course_id=course_id, purpose=[str(each) for each in purposes])
            return reading.all(Document, "created_at", course_id=course_id)

    def of_client(self, client_id: str, purpose: Purpose) -> list[Document]:
        """Return a client's documents of a purpose, the first one first."""
        with self._practice.read() as reading:
            return reading.all(Document, "created_at", client_id=client_id, purpose=str(purpose))

    def notes(self, course_id: str) -> dict[str, Document]:
        """Return the note of each session of a course that has one, by the session's id."""
        return {each.session_id: each for each in self.of_course(course_id, *NOTES) if each.session_id}

    def has_notes(self, course_id: str) -> bool:
        """Whether anything is written in a note of a course."""
        return any(not is_blank(each.answers) for each in self.notes(course_id).values())

    def revisions(self, document_id: str) -> list[Revision]:
        """Return what each stay made of a document, the latest first."""
        with self._practice.read() as reading:
            return reading.all(Revision, "-saved_at", document_id=document_id)

    def form_of(self, document: Document) -> Form:
        """Return the form a document answers, as it read then; raises RecordGone where nobody holds it any more."""
        if document.form not in self._forms:
            self._forms[document.form] = self._find_form(document.form)
        return self._forms[document.form]

    def form_for(self, purpose: Purpose) -> Form:
        """Return the form that a new document of this purpose takes."""
        return self._resources.form_for(purpose)

    def _find_form(self, hash_: str) -> Form:
        shipped = next((each for each in self._resources.forms if form_hash(each) == hash_), None)
        if shipped is not None:
            return shipped
        with self._practice.read() as reading:
            definition = reading.get(Definition, hash_)
        if definition is None:
            raise RecordGone(kind=_("form"))
        return forms.from_json(definition.body)

    def open_document(
        self,
        purpose: Purpose,
        client_id: str,
        *,
        course_id: str | None = None,
        session_id: str | None = None,
        about_id: str | None = None,
        form: Form | None = None,
    ) -> Document:
        """Return the document of this purpose in this place, else a fresh one that is stored with its first save.

        A session has one note, whichever form of note it took. One that was written with an earlier edition of its form
        moves to the present one if no answer would be lost.
        """
        purposes = NOTES if purpose in NOTES and session_id else (purpose,)
        place = {"course_id": course_id, "session_id": session_id, "about_id": about_id}
        with self._practice.read() as reading:
            known = reading.all(Document, "created_at", client_id=client_id, purpose=[str(each) for each in purposes], **place)
            if not known and form is None and session_id and purpose is Purpose.PROGRESS_NOTE:
                form = form_of_session(reading, self._resources, session_id)
        if known:
            return self.with_present_form(known[0])
        return Document(
            client_id=client_id,
            course_id=course_id,
            session_id=session_id,
            about_id=about_id,
            form=form_hash(form or self._resources.form_for(purpose)),
            purpose=form.purpose if form else str(purpose),
        )

    def with_present_form(self, document: Document) -> Document:
        """Return a stored document under the present edition of its form, where no answer would be lost by it."""
        if document.purpose != Purpose.PRIVATE_NOTE and self._is_signed(document.id):
            return document  # it is read as it was signed
        old = self.form_of(document)
        present = next((each for each in self._resources.forms if each.key == old.key), old)
        return replace(document, form=form_hash(present)) if may_move(old, present, document.answers) else document

    def _is_signed(self, document_id: str) -> bool:
        with self._practice.read() as reading:
            return signature_of(reading, document_id) is not None

    def change_form(self, document: Document, form: Form) -> Document:
        """Return the document under another form; nothing is stored until its next save.

        Answers to fields the form does not have stay with the document.
        """
        return replace(document, form=form_hash(form), purpose=form.purpose)

    # -- writing ---------------------------------------------------------------------------------------------------

    def begin_writing(self, document: Document) -> Draft:
        """Begin a stay at a document; raises RecordGone where nobody holds its form."""
        self.form_of(document)  # at hand for the writer, which must not read while it writes
        return Draft(document)

    def save_draft(
        self,
        draft: Draft,
        answers: Mapping[str, Any],
        done: Callable[[Saved | None, BaseException | None], None],
        *,
        origin: str = "",
    ) -> None:
        """Queue a save; `done(saved, error)` is called on the writer thread once the words are on the disk, or failed."""

        def settle(saved: Saved | None, error: BaseException | None) -> None:
            if saved is not None:
                draft.document, draft.is_begun, draft.is_rescued = saved.document, True, saved.is_rescue
            done(saved, error)

        kept = dict(answers)
        self._practice.post(lambda writing: self.keep_within(writing, draft, kept), settle, origin=origin)

    def keep_draft(self, draft: Draft, answers: Mapping[str, Any], *, origin: str = "") -> Document:
        """Save and wait for the disk. Raises SaveFailed or RecordGone; then the words are still with you."""
        waiting: Future[Saved] = Future()

        def settle(saved: Saved | None, error: BaseException | None) -> None:
            if saved is not None:
                waiting.set_result(saved)
            else:
                waiting.set_exception(error or RecordGone(kind=_("document")))

        self.save_draft(draft, answers, settle, origin=origin)
        return waiting.result().document

    def end_writing(self, draft: Draft) -> None:
        """End a stay: an audit row, if anything was saved in it."""
        if draft.is_begun:
            draft.is_begun = False
            with suppress(PracticeReadOnly, PracticeGone):  # what was saved of it is noted with its beginning
                self._practice.write("end_edit", lambda writing: None, about=draft.document.id)

    def take_over(self, draft: Draft) -> Document:
        """Let a draft whose document has moved on go on from what is stored now."""
        draft.document = self.document(draft.document.id)
        draft.revision_id = new_id()
        draft.is_rescued = False
        return draft.document

    def keep_within(self, writing: Writing, draft: Draft, answers: dict[str, Any]) -> Saved:
        """Save within another write, which tells the draft what was saved once it is on the disk."""
        saved = self._stored(writing, draft, answers)
        if not draft.is_begun:  # once the document is there, which tells whose it is
            self._practice.note(writing, "begin_edit", "document", saved.document.id)
        return saved

    def _stored(self, writing: Writing, draft: Draft, answers: dict[str, Any]) -> Saved:
        seen = draft.document
        stored = writing.get(Document, seen.id)
        about_id = _about_whom(writing, self._forms[seen.form], seen, answers)
        if stored is None and seen.revision:
            raise RecordGone(kind=_("document"))
        if stored is not None and seen.purpose != Purpose.PRIVATE_NOTE:  # those lie apart, and nobody signs them
            require_unsigned(writing, seen.id)
        if stored is not None and stored.revision != seen.revision:
            writing.upsert(self._revision(draft, seen, answers, is_rescue=True))
            return Saved(seen, is_rescue=True)
        self._keep_definition(writing, seen.form)
        saved = replace(seen, about_id=about_id, answers=answers, revision=seen.revision + 1, saved_at=now())
        writing.upsert(saved)
        writing.upsert(self._revision(draft, saved, answers))
        if saved.purpose == Purpose.SAFETY_PLAN:
            writing.changed[str(Purpose.SAFETY_PLAN)].add(saved.id)  # the strip says whether there is one
        if saved.purpose in NOTES:
            follow_note(writing, self._forms[saved.form], saved, stored.answers if stored else {})
        if saved.purpose == Purpose.AREA_RECORD:
            link_written(writing, saved)
        if saved.purpose == Purpose.ENDING:
            follow_ending(writing, self._forms[saved.form], saved, stored.answers if stored else {})
        return Saved(saved)

    def _revision(self, draft: Draft, document: Document, answers: dict[str, Any], *, is_rescue: bool = False) -> Revision:
        return Revision(
            id=draft.revision_id,
            document_id=document.id,
            form=document.form,
            answers=answers,
            is_rescue=is_rescue,
            begun_at=draft.begun_at,
            saved_at=document.saved_at if not is_rescue else now(),
        )

    def _keep_definition(self, writing: Writing, hash_: str) -> None:
        """Keep the form beside what answers it: without it the answers have no questions."""
        if writing.get(Definition, hash_) is None:
            form = self._forms[hash_]
            writing.insert(Definition(id=hash_, kind="form", key=form.key, body=forms.to_json(form)))


def _about_whom(writing: Writing, form: Form, document: Document, answers: Mapping[str, Any]) -> str | None:
    """Return whom a document is about as it is saved.

    A worksheet and the record of a problem area say so in their answers; any other was opened for someone.
    Raises RecordGone for an inventory entry of somebody deleted, who may come back by undo, and the words with them.
    """
    if document.purpose not in (Purpose.WORKSHEET, Purpose.AREA_RECORD):
        return found(writing, Person, document.about_id).id if document.about_id is not None else None
    person = writing.get(Person, about_person(form, answers) or "")
    return person.id if person is not None and person.client_id == document.client_id else None
