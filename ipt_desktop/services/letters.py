"""The letters of a course: the draft over each template, a document, and those that were signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.form import Form, Purpose, form_hash
from ipt_desktop.domain.records import Document

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


def letter_draft(desk: Desk, form: Form, client_id: str, course_id: str) -> Document:
    """Return the letter of this form that is being written in a course, else a fresh one, stored with its first save."""
    kept = letters_of(desk, form, course_id)
    signed = desk.signing.signatures(kept)
    unsigned = [each for each in kept if each.id not in signed]
    if unsigned:
        return desk.documents.with_present_form(unsigned[-1])
    return Document(client_id=client_id, course_id=course_id, form=form_hash(form), purpose=str(Purpose.LETTER))


def letters_of(desk: Desk, form: Form, course_id: str) -> list[Document]:
    """Return the letters of a form in a course, the first one first; an earlier edition of the form is the same form."""
    kept = desk.documents.of_course(course_id, Purpose.LETTER)
    return [each for each in kept if desk.documents.form_of(each).key == form.key]
