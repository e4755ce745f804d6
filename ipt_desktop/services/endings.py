"""How a course ended: the day, the kind of ending, and the reason, which stands in the document about the ending."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Form, Means, Purpose
from ipt_desktop.domain.records import Course, Document, EndingKind, now
from ipt_desktop.domain.text import _
from ipt_desktop.services.courses import end_within, reopen_within
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.services.signatures import require_unsigned

if TYPE_CHECKING:
    from ipt_desktop.services.documents import Documents
    from ipt_desktop.storage.store import Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A course that was ended, and what that made of the document about its ending; None where that was left as it was.

    `was` is None where the document was begun with it.
    """

    course: Course
    was: Document | None = None
    document: Document | None = None


class Endings:
    """Ends courses, with the reason, and takes that back."""

    def __init__(self, practice: OpenPractice, documents: "Documents") -> None:
        self._practice, self._documents = practice, documents

    def reason(self, course: Course) -> str:
        """Return the reason that stands in the document about a course's ending, as plain text; "" for none."""
        document = self._document(course)
        form = self._documents.form_of(document)
        return rich_text.as_plain(rich_text.from_json(form.answer(document.answers, Means.ENDING_REASON) or [])).strip()

    def end_course(self, course_id: str, on: date, ending: EndingKind, reason: str = "") -> Ended:
        """End a course; the client's status follows. A reason goes into the document about the ending, with the kind.

        Raises Refused for a day before the course began, NoteSigned where the reason is another and that document is signed.
        """
        with self._practice.read() as reading:
            course = found(reading, Course, course_id)
        document = self._document(course)
        draft = self._documents.begin_writing(document)
        answers = self._told(course, document, ending, reason)

        def work(writing: "Writing") -> Ended:
            ended = end_within(writing, course_id, on, ending)
            if answers == document.answers:
                return Ended(course=ended)
            saved = self._documents.keep_within(writing, draft, answers)
            if saved.is_rescue:
                raise Refused(reason=_("What is written about the ending was changed meanwhile. Try again."))
            return Ended(course=ended, was=document if document.revision else None, document=saved.document)

        ended = self._practice.write("end_course", work, about=course_id)
        if ended.document is not None:
            draft.document, draft.is_begun = ended.document, True
            self._documents.end_writing(draft)
        return ended

    def take_back(self, ended: Ended) -> Course:
        """Reopen a course as if it had not been ended; what was written about the ending since then stays.

        Raises Refused while another course of the client is running.
        """

        def work(writing: "Writing") -> Course:
            course = reopen_within(writing, ended.course.id)
            made = ended.document
            present = writing.get(Document, made.id) if made is not None else None
            if made is not None and present is not None and present.revision == made.revision:
                require_unsigned(writing, made.id)
                if ended.was is None:
                    writing.delete(Document, made.id)
                else:
                    writing.update(replace(ended.was, revision=present.revision + 1, saved_at=now()))
            return course

        return self._practice.write("reopen_course", work, about=ended.course.id)

    def _document(self, course: Course) -> Document:
        return self._documents.open_document(Purpose.ENDING, course.client_id, course_id=course.id)

    def _told(self, course: Course, document: Document, ending: EndingKind, reason: str) -> dict[str, Any]:
        """Return the answers of the document with the kind of ending and the reason, where there is anything to tell."""
        form, answers = self._documents.form_of(document), dict(document.answers)
        words = reason.strip()
        if words.split() != self.reason(course).split():  # as it may have been written at more length before
            _put(form, answers, Means.ENDING_REASON, rich_text.to_json(rich_text.plain(words)) if words else None)
        if answers:
            _put(form, answers, Means.ENDING_KIND, str(ending))
        return answers


def _put(form: Form, answers: dict[str, Any], means: Means, answer: Any) -> None:
    """Answer the field of this meaning, where the form has one; None empties it."""
    asked = form.field_that_means(means)
    if asked is not None and answer is not None:
        answers[asked.key] = answer
    elif asked is not None:
        answers.pop(asked.key, None)
