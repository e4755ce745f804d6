"""Worksheets of a course: each is a document, begun in a session or between two, about a person where it says so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.form import Form, Means, Purpose, form_hash
from ipt_desktop.domain.records import Client, Course, Document, Person, Record, Revision, Session
from ipt_desktop.domain.worksheet import about_person, about_tie, day_of, first_words
from ipt_desktop.services.documents import Documents
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.storage.store import Reading, Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet:
    """A worksheet as a list tells it: its form, its day, whom and which tie it is about, and how it begins."""

    document: Document
    form: Form
    day: date
    person_id: str | None = None
    tie_id: str | None = None
    words: str = ""


class Worksheets:
    """What can be done with worksheets beside writing them, which `Documents` does."""

    def __init__(self, practice: OpenPractice, documents: Documents) -> None:
        self._practice = practice
        self._documents = documents
        self._let_go: dict[str, tuple[Document, Sequence[Revision]]] = {}

    def of_course(self, course_id: str) -> list[Worksheet]:
        """Return the worksheets of a course, the latest first; one whose form nobody holds any more is left out."""
        return self._told(course_id=course_id)

    def of_client(self, client_id: str) -> list[Worksheet]:
        """Return the worksheets of all courses of a client, the latest first."""
        return self._told(client_id=client_id)

    def begun(
        self,
        form: Form,
        course: Course,
        *,
        session_id: str | None = None,
        person_id: str | None = None,
        tie_id: str | None = None,
    ) -> Document:
        """Return a fresh worksheet; nothing of it is stored before its first save."""
        about = ((Means.ABOUT_PERSON, person_id), (Means.ABOUT_TIE, tie_id))
        answers: dict[str, Any] = {}
        for means, key in about:
            field = form.field_that_means(means)
            if field is not None and key:
                answers[field.key] = key
        return Document(
            client_id=course.client_id,
            course_id=course.id,
            session_id=session_id,
            about_id=person_id if Means.ABOUT_PERSON in {each.means for each in form.fields} else None,
            form=form_hash(form),
            purpose=str(Purpose.WORKSHEET),
            answers=answers,
        )

    def remove(self, document_id: str) -> Document:
        """Take a worksheet out with its earlier versions; `restore` brings it back. Raises RecordGone."""

        def work(writing: Writing) -> tuple[Document, Sequence[Revision]]:
            document = found(writing, Document, document_id)
            revisions = writing.all(Revision, "begun_at", document_id=document_id)
            writing.delete(Document, document_id)
            return document, revisions

        gone = self._practice.write("remove_worksheet", work, about=document_id)
        self._let_go[document_id] = gone
        return gone[0]

    def restore(self, document_id: str) -> Document:
        """Bring back a worksheet taken out, with its earlier versions; what it named and is gone by now it names no more.

        Raises RecordGone for any other.
        """
        gone = self._let_go.get(document_id)
        if gone is None:
            raise RecordGone(kind="document")
        document, revisions = gone

        def work(writing: Writing) -> Document:
            found(writing, Client, document.client_id)
            back = replace(
                document,
                course_id=_there(writing, Course, document.course_id),
                session_id=_there(writing, Session, document.session_id),
                about_id=_there(writing, Person, document.about_id),
            )
            writing.insert(back)
            for revision in revisions:
                writing.insert(revision)
            return back

        back = self._practice.write("restore_worksheet", work, about=document_id)
        self._let_go.pop(document_id, None)  # only now: a failed attempt is made again
        return back

    def _told(self, **whose: str) -> list[Worksheet]:
        with self._practice.read() as reading:
            documents = reading.all(Document, "-created_at", "id", purpose=str(Purpose.WORKSHEET), **whose)
            ids = {each.session_id for each in documents if each.session_id}
            sessions = reading.all(Session, id=ids) if ids else []
            told = [sheet for each in documents if (sheet := self._sheet(each, sessions))]
        return sorted(told, key=lambda each: each.day, reverse=True)

    def _sheet(self, document: Document, sessions: Sequence[Session]) -> Worksheet | None:
        try:
            form = self._documents.form_of(document)
        except RecordGone:
            return None
        return Worksheet(
            document=document,
            form=form,
            day=day_of(document, sessions),
            person_id=about_person(form, document.answers),
            tie_id=about_tie(form, document.answers),
            words=first_words(form, document.answers),
        )


def _there(reading: Reading, record_type: type[Record], record_id: str | None) -> str | None:
    return record_id if record_id is not None and reading.get(record_type, record_id) is not None else None
