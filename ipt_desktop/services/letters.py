"""The letters of a course: drafts over the templates, each a document, and those that were signed."""

from typing import TYPE_CHECKING

from ipt_desktop.domain.form import Form, Purpose, form_hash
from ipt_desktop.domain.records import Document

if TYPE_CHECKING:
    from ipt_desktop.services.documents import Documents
    from ipt_desktop.services.signing import NoteSigning


class Letters:
    """What can be asked about letters; they are written as any document is (`Documents`)."""

    def __init__(self, documents: "Documents", signing: "NoteSigning") -> None:
        self._documents, self._signing = documents, signing

    def draft(self, form: Form, client_id: str, course_id: str) -> Document:
        """Return the letter of this form that is being written in a course, else a fresh one, stored with its first save."""
        kept = self._of_form(form, course_id)
        signed = self._signing.signatures(kept)
        unsigned = [each for each in kept if each.id not in signed]
        if unsigned:
            return self._documents.with_present_form(unsigned[-1])
        return Document(client_id=client_id, course_id=course_id, form=form_hash(form), purpose=str(Purpose.LETTER))

    def _of_form(self, form: Form, course_id: str) -> list[Document]:
        """Return the letters of a form in a course, the first one first; an earlier edition of the form is the same form."""
        kept = self._documents.of_course(course_id, Purpose.LETTER)
        return [each for each in kept if self._documents.form_of(each).key == form.key]
