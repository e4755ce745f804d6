"""The history of a document: what each stay at it made of it, and any of that brought back as a new version."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ipt_desktop.domain.answer_words import Names, answer_words
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.event_words import dated_event
from ipt_desktop.domain.form import Form
from ipt_desktop.domain.records import Course, Document, Person, Revision, now
from ipt_desktop.domain.self_check import every_session_of
from ipt_desktop.domain.session_records import Event
from ipt_desktop.domain.signing import areas_in, goals_in, people_in
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Goal
from ipt_desktop.domain.word_difference import Piece, count_words, word_differences
from ipt_desktop.services.note_following import follow_note
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.services.signatures import require_unsigned, signature_of

if TYPE_CHECKING:
    from ipt_desktop.services.courses import Courses
    from ipt_desktop.services.documents import Documents
    from ipt_desktop.storage.store import Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A revision in words. `added` and `removed` count its words against the version before; a rescued one's, against the same.

    `is_present` is the one the document shows now, `is_rescue` one that was refused and is kept beside it. `is_signed`: the
    document was signed with these words.
    """

    id: str
    begun_at: datetime
    saved_at: datetime
    words: Mapping[str, str]
    form: Form
    added: int = 0
    removed: int = 0
    is_present: bool = False
    is_rescue: bool = False
    is_signed: bool = False


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """What a field says in a version, in pieces against another one."""

    key: str
    label: str
    pieces: tuple[Piece, ...]


class History:
    """What can be asked of earlier versions, and done with them."""

    def __init__(self, practice: OpenPractice, documents: "Documents", courses: "Courses") -> None:
        self._practice, self._documents, self._courses = practice, documents, courses

    def is_signed(self, document_id: str) -> bool:
        """Whether a document was signed: then it never changes again."""
        with self._practice.read() as reading:
            return signature_of(reading, document_id) is not None

    def versions(self, document_id: str) -> list[Version]:
        """Return the versions of a document, the latest first; none of one that was never saved."""
        with self._practice.read() as reading:
            document = reading.get(Document, document_id)
            kept = reading.all(Revision, "saved_at", document_id=document_id)
            is_signed = signature_of(reading, document_id) is not None
        if document is None:
            return []
        names = self._names(document)
        present = _present(document, kept)
        versions: list[Version] = []
        before: Mapping[str, str] = {}
        for revision in kept:
            is_present = present is not None and revision.id == present.id
            version = self._version(document, revision, names, before)
            versions.append(replace(version, is_present=is_present, is_signed=is_present and is_signed))
            if not revision.is_rescue:
                before = version.words
        return versions[::-1]

    def _version(self, document: Document, revision: Revision, names: Names, before: Mapping[str, str]) -> Version:
        form = self._documents.form_of(replace(document, form=revision.form))
        words = answer_words(form, revision.answers, names)
        counts = [count_words(word_differences(before.get(key, ""), words.get(key, ""))) for key in {**before, **words}]
        return Version(
            id=revision.id,
            begun_at=revision.begun_at,
            saved_at=revision.saved_at,
            words=words,
            form=form,
            added=sum(added for added, _removed in counts),
            removed=sum(removed for _added, removed in counts),
            is_rescue=revision.is_rescue,
        )

    def _names(self, document: Document) -> Names:
        """Return what the document's keys and ids stand for."""
        with self._practice.read() as reading:
            people = {each.id: each.name for each in reading.all(Person, client_id=document.client_id)}
            course = reading.get(Course, document.course_id) if document.course_id else None
            goals = {each.id: each.words for each in reading.all(Goal, course_id=course.id)} if course is not None else {}
            events = {each.id: dated_event(each) for each in reading.all(Event, client_id=document.client_id)}
            signature = signature_of(reading, document.id)
        wording = self._courses.wording(course) if course is not None else None
        areas = {key: _(words) for key, words in wording.areas()} if wording is not None else {}
        tasks = {each.key: _(each.text) for each in every_session_of(wording.present)} if wording is not None else {}
        if signature is not None:  # as they were called then
            people |= dict(people_in(signature.snapshot))
            areas |= dict(areas_in(signature.snapshot))
            goals |= dict(goals_in(signature.snapshot))
        return Names(people, areas, goals, tasks, events)

    # -- bringing one back -----------------------------------------------------------------------------------------

    def restore_version(self, document_id: str, revision_id: str) -> str:
        """Make an earlier version the present one, as a new version; return the id of the version that was present.

        Nothing is overwritten: what is present without a version of its own gets one first. Raises NoteSigned for a signed
        document, RecordGone where document, version or form is gone.
        """
        document = self._documents.document(document_id)
        with self._practice.read() as reading:
            revision = found(reading, Revision, revision_id)
        if revision.document_id != document_id:
            raise RecordGone(kind=_("version"))
        form = self._documents.form_of(replace(document, form=revision.form))

        def work(writing: "Writing") -> str:
            return _restore(writing, document_id, revision, form)

        return self._practice.write("restore_version", work, about=document_id)


def differences(version: Version, against: Version | None) -> list[FieldDifference]:
    """Return what each field says in a version, against another one (None: against nothing), in the order of its form."""
    before: Mapping[str, str] = against.words if against is not None else {}
    older = against.form if against is not None else version.form
    keys = [each.key for each in version.form.fields]
    keys += [key for key in (*version.words, *before) if key not in keys]
    labels = {each.key: _(each.label) for form in (older, version.form) for each in form.fields}
    told = []
    for key in dict.fromkeys(keys):
        pieces = word_differences(before.get(key, ""), version.words.get(key, ""))
        if pieces:
            told.append(FieldDifference(key, labels.get(key, _("Without a place in this form")), pieces))
    return told


def _present(document: Document, kept: list[Revision]) -> Revision | None:
    """Return the version the document shows now."""
    own = [each for each in kept if not each.is_rescue]
    return own[-1] if own and own[-1].answers == document.answers else None


def _restore(writing: "Writing", document_id: str, revision: Revision, form: Form) -> str:
    document = found(writing, Document, document_id)
    require_unsigned(writing, document_id)
    present = _present(document, writing.all(Revision, "saved_at", document_id=document_id))
    if present is None:
        present = _revision_of(document, document.saved_at)
        writing.insert(present)
    answers: dict[str, Any] = dict(revision.answers)
    restored = replace(
        document,
        form=revision.form,
        purpose=form.purpose,
        answers=answers,
        revision=document.revision + 1,
        saved_at=now(),
    )
    writing.upsert(restored)
    writing.insert(_revision_of(restored, restored.saved_at))
    follow_note(writing, form, restored, document.answers)
    return present.id


def _revision_of(document: Document, at: datetime) -> Revision:
    return Revision(document_id=document.id, form=document.form, answers=document.answers, begun_at=at, saved_at=at)
