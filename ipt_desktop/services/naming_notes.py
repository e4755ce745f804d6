"""Which notes of a course name someone: the way from a person on the circle to what was told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.form import FieldKind

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Document, Session
    from ipt_desktop.services.documents import Documents
    from ipt_desktop.services.sessions import Sessions


def sessions_naming(documents: Documents, sessions: Sessions, course_id: str, person_id: str) -> list[Session]:
    """Return the sessions of a course whose note names this person, the latest first."""
    naming = {key for key, note in documents.notes(course_id).items() if _names(documents, note, person_id)}
    return [each for each in reversed(sessions.sessions(course_id)) if each.id in naming] if naming else []


def _names(documents: Documents, note: Document, person_id: str) -> bool:
    try:
        form = documents.form_of(note)
    except RecordGone:  # nobody can tell any more what its answers are to
        return False
    fields = (each for each in form.fields if each.kind == FieldKind.PERSONS)
    return any(person_id in (note.answers.get(each.key) or ()) for each in fields)
