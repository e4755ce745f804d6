"""A note written in the wrong client's file moves to the right one's, with its versions; both trails say so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.course import in_order
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import NOTES, Form
from ipt_desktop.domain.records import AuditEntry, Course, Document, Revision, Session, now
from ipt_desktop.domain.text import _
from ipt_desktop.services.note_belongings import (
    Belongings,
    belongings_of,
    bring_back,
    known_of,
    take_along,
    without_strangers,
)
from ipt_desktop.services.note_following import follow_note, unfollow_note
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.services.signatures import require_unsigned

if TYPE_CHECKING:
    from ipt_desktop.services.documents import Documents
    from ipt_desktop.storage.store import Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A note that was moved: from whose session to whose; `was` is the note before. `dropped` counts what it named there.

    `made_session` is the session that was made for it, "" where there was one; `revisions` are its versions as they were,
    `had` the records that hung on it.
    """

    was: Document
    document: Document
    revisions: tuple[Revision, ...]
    had: Belongings
    made_session: str = ""
    dropped: int = 0


class NoteMoving:
    """Moves notes, and moves them back."""

    def __init__(self, practice: OpenPractice, documents: "Documents") -> None:
        self._practice, self._documents = practice, documents

    def move_note(self, document_id: str, client_id: str) -> Moved:
        """Move a note to a client's session of that day without a note; one like its own is made where there is none.

        Its risk entry, its task and the events told in its session go along. People, goals and ties that are not the other
        client's are dropped from its answers. Raises Refused for a signed note, without a course
        to move to, or to the client it is of; RecordGone where something is gone.
        """
        document = self._documents.document(document_id)
        if document.client_id == client_id:
            raise Refused(reason=_("This note is that client’s already."))
        if document.session_id is None or document.purpose not in NOTES:
            raise Refused(reason=_("Only the note of a session can be moved."))
        with self._practice.read() as reading:
            forms = {each.form for each in reading.all(Revision, document_id=document_id)} | {document.form}
        by_hash = {each: self._documents.form_of(replace(document, form=each)) for each in forms}

        def work(writing: "Writing") -> Moved:
            require_unsigned(writing, document_id)
            moved = _move(writing, document_id, client_id, by_hash)
            writing.audit(_entry("move_note", document_id, document.client_id))
            return moved

        return self._practice.carry_out(_entry("take_note_in", document_id, client_id), work)

    def move_back(self, moved: Moved) -> None:
        """Take a move back: the note is as it was, in its own session. Raises Refused where it was changed or signed since."""
        was = moved.was
        form = self._documents.form_of(was)

        def work(writing: "Writing") -> None:
            require_unsigned(writing, was.id)
            present = found(writing, Document, was.id)
            if present.revision != moved.document.revision:
                raise Refused(reason=_("The note was written on since. Move it from there."))
            if was.session_id is None or _note_of(writing, was.session_id):
                raise Refused(reason=_("Another note was written in its session meanwhile."))
            own = found(writing, Session, was.session_id)
            hung = belongings_of(writing, present, found(writing, Session, present.session_id or ""))
            unfollow_note(writing, present)
            back = replace(was, revision=present.revision + 1, saved_at=now())
            writing.upsert(back)
            for each in moved.revisions:
                writing.upsert(each)
            bring_back(writing, moved.had, hung, back, own)
            follow_note(writing, form, back, {})
            if moved.made_session and not writing.all(Document, session_id=moved.made_session):
                writing.delete(Session, moved.made_session)
            writing.audit(_entry("move_note", was.id, present.client_id))

        self._practice.carry_out(_entry("take_note_in", was.id, was.client_id), work)


def _move(writing: "Writing", document_id: str, client_id: str, forms: Mapping[str, Form]) -> Moved:
    was = found(writing, Document, document_id)
    session = found(writing, Session, was.session_id or "")
    courses = writing.all(Course, "number", client_id=client_id)
    if not courses:
        raise Refused(reason=_("This client has no course of treatment yet: a note belongs to a session of one."))
    target, is_made = _session_for(writing, courses[-1].id, session)
    known = known_of(writing, client_id, target.course_id)
    had = belongings_of(writing, was, session)
    unfollow_note(writing, was)
    answers, dropped = without_strangers(forms[was.form], was.answers, known)
    moved = replace(
        was,
        client_id=client_id,
        course_id=target.course_id,
        session_id=target.id,
        answers=answers,
        revision=was.revision + 1,
        saved_at=now(),
    )
    revisions = tuple(writing.all(Revision, document_id=document_id))
    writing.upsert(moved)
    for each in revisions:
        writing.upsert(replace(each, answers=without_strangers(forms[each.form], each.answers, known)[0]))
    take_along(writing, had, moved, target, known)
    follow_note(writing, forms[was.form], moved, {})
    made_session = target.id if is_made else ""
    return Moved(was=was, document=moved, revisions=revisions, had=had, made_session=made_session, dropped=dropped)


def _session_for(writing: "Writing", course_id: str, like: Session) -> tuple[Session, bool]:
    """Return the other client's session of that day without a note, and whether it had to be made."""
    for each in in_order(writing.all(Session, course_id=course_id, date=like.date)):
        if not _note_of(writing, each.id):
            return each, False
    made = Session(
        course_id=course_id, date=like.date, starts_at=like.starts_at, ends_at=like.ends_at, mode=like.mode, kind=like.kind
    )
    writing.insert(made)
    return made, True


def _note_of(writing: "Writing", session_id: str) -> list[Document]:
    return writing.all(Document, session_id=session_id, purpose=[str(each) for each in NOTES])


def _entry(operation: str, document_id: str, client_id: str) -> AuditEntry:
    return AuditEntry(operation=operation, kind="document", record_id=document_id, client_id=client_id)
