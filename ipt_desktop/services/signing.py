"""Signing notes: what is missing before, signing itself, and addenda to what is signed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ipt_desktop.domain import form as forms
from ipt_desktop.domain.brought_forward import fields_still_brought_forward
from ipt_desktop.domain.errors import (
    NothingToSign,
    PartsMissing,
    RecordGone,
    Refused,
    SignerUnknown,
    TextUnsaved,
)
from ipt_desktop.domain.form import Form, Purpose, is_blank
from ipt_desktop.domain.records import AuditEntry, Definition, Document, Practice, Revision, Session, now
from ipt_desktop.domain.session_records import Amendment, Signature
from ipt_desktop.domain.signing import Missing, as_sentence, is_late, licence_of, off_record, signed_answers, what_is_missing
from ipt_desktop.domain.text import _
from ipt_desktop.services.documents import Documents
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.services.signatures import require_unsigned, signature_of
from ipt_desktop.services.signed_snapshot import stored_form
from ipt_desktop.services.signing_act import Signing, cleaned, entry_of, put_signature, without_off_record
from ipt_desktop.services.time_zone import zone_at
from ipt_desktop.storage.signed_notes import UnsignedRow
from ipt_desktop.storage.store import Reading, Writing


@dataclass(frozen=True, slots=True)
class Outlook:
    """What signing a document would mean: what is missing, what else to choose, and who signs.

    `brought_forward` are the labels of fields that stand as they were brought forward from the note before.
    """

    missing: tuple[Missing, ...]
    brought_forward: tuple[str, ...]
    has_jottings: bool
    is_late: bool
    drafts: int
    keeps_drafts: bool
    practice: Practice


@dataclass(frozen=True, slots=True)
class Addendum:
    """An addendum to a signed document, and its own signature once it has one."""

    document: Document
    amendment: Amendment
    signature: Signature | None = None


class NoteSigning:
    """What can be done about signatures. `keeps_drafts` is the practice's rule; `brought_forward` names unedited fields."""

    def __init__(
        self,
        practice: OpenPractice,
        documents: Documents,
        keeps_drafts: Callable[[], bool],
        brought_forward: Callable[[Document, Form], Sequence[str]] = fields_still_brought_forward,
    ) -> None:
        self._practice = practice
        self._documents = documents
        self._keeps_drafts = keeps_drafts
        self.brought_forward = brought_forward

    # -- what is there ---------------------------------------------------------------------------------------------

    def signature_of(self, document_id: str) -> Signature | None:
        """Return the signature of a document, None while it has none."""
        with self._practice.read() as reading:
            return signature_of(reading, document_id)

    def signatures(self, documents: Sequence[Document]) -> dict[str, Signature]:
        """Return the signatures of these documents, by the document's id."""
        with self._practice.read() as reading:
            kept = reading.all(Signature, "number", document_id=[each.id for each in documents])
        return {each.document_id: each for each in kept}

    def addenda(self, document_id: str) -> list[Addendum]:
        """Return the addenda of a document, the first one first."""
        with self._practice.read() as reading:
            return [
                Addendum(document, each, signature_of(reading, each.id))
                for each in reading.all(Amendment, "created_at", document_id=document_id)
                if (document := reading.get(Document, each.id)) is not None
            ]

    def unsigned(self) -> list[UnsignedRow]:
        """Return the notes and addenda that are to be signed, those of the latest sessions first; no more than 500."""
        with self._practice.read() as reading:
            return reading.unsigned_notes()

    def what_is_missing(self, document: Document) -> list[Missing]:
        """Return the required parts that a document, as it is given, and its session do not have."""
        with self._practice.read() as reading:
            session = _session_of(reading, document)
        return what_is_missing(self._documents.form_of(document), document.answers, session)

    def outlook(self, document: Document) -> Outlook:
        """Return what signing a stored document would mean."""
        form = self._documents.form_of(document)
        with self._practice.read() as reading:
            session = _session_of(reading, document)
            versions = reading.all(Revision, document_id=document.id)
            practice = reading.all(Practice)[0]
        told = [(each.form, each.answers) for each in versions]
        told.append((document.form, document.answers))
        return Outlook(
            missing=tuple(what_is_missing(form, document.answers, session)),
            brought_forward=tuple(self.brought_forward(document, form)),
            has_jottings=any(self._has_jottings(document, *each) for each in told),
            is_late=session is not None and is_late(document.created_at, session),
            drafts=max(len(versions) - 1, 0),
            keeps_drafts=self._keeps_drafts(),
            practice=practice,
        )

    def _has_jottings(self, document: Document, form_hash: str, answers: Mapping[str, Any]) -> bool:
        """Whether a version of a document holds what is off the record; deleting takes it out of each."""
        try:
            form = self._documents.form_of(replace(document, form=form_hash))
        except RecordGone:
            return False
        return bool(off_record(form, answers))

    # -- signing ---------------------------------------------------------------------------------------------------

    def sign(
        self,
        document: Document,
        *,
        reason: str = "",
        is_late_entry: bool = False,
        delete_jottings: bool = False,
        at: datetime | None = None,
        origin: str = "",
    ) -> Signature:
        """Sign a document as it was last saved: nothing can change it from then on. One transaction, with its audit rows.

        What is deleted (jottings, drafts by the practice's rule) goes with it. Raises NoteSigned, TextUnsaved, NothingToSign,
        PartsMissing, SignerUnknown or SaveFailed; then nothing was done.
        """
        form, keeps_drafts, moment = self._documents.form_of(document), self._keeps_drafts(), at or now()

        def work(writing: Writing) -> Signature:
            stored = self._signable(writing, document, form)
            missing = what_is_missing(form, stored.answers, _session_of(writing, stored))
            if missing and not reason.strip():
                raise PartsMissing(parts=as_sentence(each.words for each in missing))
            if delete_jottings:
                stored = _without_jottings(self._practice, writing, stored, form)
            if not keeps_drafts:
                _discard_drafts(self._practice, writing, stored)
            practice = writing.all(Practice)[0]
            if not practice.therapist.strip():
                raise SignerUnknown
            signing = Signing(
                signer=practice.therapist,
                licence=licence_of(practice),
                at=moment,
                zone=zone_at(moment),
                is_late_entry=is_late_entry,
                reason=reason if missing else "",
            )
            signature = put_signature(writing, stored, form, cleaned(signing), missing)
            writing.audit(entry_of(signature, stored))
            return signature

        return self._practice.carry_out_unaudited(work, origin=origin)

    def _signable(self, writing: Writing, document: Document, form: Form) -> Document:
        """Return the document as it is stored; raises where it may not be signed as it is on screen."""
        if not document.revision:
            raise NothingToSign
        stored = found(writing, Document, document.id)
        require_unsigned(writing, document.id)
        if stored.revision != document.revision:
            raise TextUnsaved
        if is_blank(signed_answers(form, stored.answers)):
            raise NothingToSign
        session = _session_of(writing, stored)
        if session is not None and session.is_running:  # its times are not known yet, and signed they could not be given
            raise Refused(reason=_("This session is still running. End it first, then sign its note."))
        if stored.form != document.form:  # it moved to a newer edition of its form when it was opened
            if writing.get(Definition, document.form) is None:
                writing.insert(Definition(id=document.form, kind="form", key=form.key, body=forms.to_json(form)))
            stored = replace(stored, form=document.form, purpose=document.purpose)
            writing.update(stored)
        return stored

    def delete_jottings(self, document_id: str) -> Document:
        """Delete what is off the record from a note and every version of it, signed or not: no mark is over it."""

        def work(writing: Writing) -> Document:
            document = found(writing, Document, document_id)
            form = stored_form(writing, document.form)
            return document if form is None else _without_jottings(self._practice, writing, document, form)

        return self._practice.carry_out_unaudited(work)

    # -- addenda ---------------------------------------------------------------------------------------------------

    def begin_addendum(self, document_id: str) -> Addendum:
        """Begin an addendum to a signed document; raises Refused where that is not signed, or its last one is a draft yet."""
        form = self._documents.form_for(Purpose.ADDENDUM)

        def work(writing: Writing) -> Addendum:
            amended = found(writing, Document, document_id)
            if signature_of(writing, document_id) is None:
                raise Refused(reason=_("This note is not signed yet: write into the note itself."))
            for each in writing.all(Amendment, document_id=document_id):
                if signature_of(writing, each.id) is None:
                    raise Refused(reason=_("There is an addendum that is not signed yet. Go on with that one."))
            if writing.get(Definition, forms.form_hash(form)) is None:
                writing.insert(Definition(id=forms.form_hash(form), kind="form", key=form.key, body=forms.to_json(form)))
            document = Document(
                client_id=amended.client_id,
                course_id=amended.course_id,
                session_id=amended.session_id,
                form=forms.form_hash(form),
                purpose=str(Purpose.ADDENDUM),
                revision=1,
            )
            amendment = Amendment(id=document.id, document_id=document_id)
            writing.insert(document)
            writing.insert(amendment)
            return Addendum(document, amendment)

        return self._practice.write("begin_addendum", work, about=document_id)

    def remove_addendum(self, addendum_id: str) -> None:
        """Take an addendum back that has no word yet; raises NoteSigned for a signed one, Refused for one with words."""

        def work(writing: Writing) -> None:
            document = found(writing, Document, addendum_id)
            require_unsigned(writing, addendum_id)
            if writing.get(Amendment, addendum_id) is None:
                raise RecordGone(kind=_("addendum"))
            if not is_blank(document.answers):
                raise Refused(reason=_("This addendum has words in it. Empty it first, then take it back."))
            writing.delete(Document, addendum_id)

        self._practice.write("remove_addendum", work, about=addendum_id)


def _session_of(reading: Reading, document: Document) -> Session | None:
    """Return the session whose facts a document needs; an addendum needs none."""
    if document.session_id is None or document.purpose == Purpose.ADDENDUM:
        return None
    return reading.get(Session, document.session_id)


def _without_jottings(practice: OpenPractice, writing: Writing, document: Document, form: Form) -> Document:
    """Delete what is off the record from a document and from every version of it."""
    kept = without_off_record(form, document.answers)
    has_any = kept != document.answers
    document = replace(document, answers=kept)
    for revision in writing.all(Revision, document_id=document.id):
        known = form if revision.form == document.form else stored_form(writing, revision.form)
        left = without_off_record(known, revision.answers)
        if left != revision.answers:
            has_any = True
            writing.update(replace(revision, answers=left))
    if has_any:
        writing.update(document)
        practice.note(writing, "delete_jottings", "document", document.id)
    return document


def _discard_drafts(practice: OpenPractice, writing: Writing, document: Document) -> None:
    """Discard every version of a document but the one that is signed."""
    versions = writing.all(Revision, "-saved_at", document_id=document.id)
    signed = next((each.id for each in versions if not each.is_rescue), "")
    earlier = [each for each in versions if each.id != signed]
    for each in earlier:
        writing.delete(Revision, each.id)
    if earlier:
        entry = AuditEntry(operation="discard_drafts", kind="document", record_id=document.id, client_id=document.client_id)
        writing.audit(replace(entry, detail={"drafts": len(earlier)}))
