"""Lines put into a session's note from elsewhere in the program, below what is written there; and taken out again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.course import is_counted
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.new_session import session_of_today
from ipt_desktop.domain.records import Document, Session
from ipt_desktop.domain.text import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ipt_desktop.domain.rich_text import RichText
    from ipt_desktop.services.documents import Documents

PLACES = (Means.WHAT_HAPPENED, Means.NOTE)
"""Which field of a note takes them: where the telling is written."""


@dataclass(frozen=True, slots=True)
class Put:
    """Lines that stand in a note now: in which document and field."""

    document_id: str
    field: str
    lines: RichText


def session_to_note(sessions: Sequence[Session], now: datetime) -> Session | None:
    """Return the session whose note is meant: today's, else the latest one held or to be answered; None without one."""
    so_far = [each for each in sessions if each.date <= now.date() and is_counted(each)]
    return session_of_today(sessions, now) or (so_far[-1] if so_far else None)


def note_of(documents: Documents, client_id: str, session: Session) -> Document:
    """Return a session's note, a fresh one (revision 0) where nothing is written yet."""
    return documents.open_document(Purpose.PROGRESS_NOTE, client_id, course_id=session.course_id, session_id=session.id)


def put_lines(documents: Documents, note: Document, text: str) -> Put:
    """Write a text below what stands in a note. Raises Refused where its form has no place, SaveFailed where it isn't kept."""
    form = documents.form_of(note)
    field = next((found for means in PLACES if (found := form.field_that_means(means))), None)
    if field is None:
        raise Refused(reason=_("The form of this note has no place for it. Copy the text instead."))
    lines = rich_text.plain(text)
    written = rich_text.from_json(note.answers.get(field.key))
    _keep(documents, note, field.key, (*written, *lines))
    return Put(note.id, field.key, lines)


def take_out(documents: Documents, put: Put) -> None:
    """Take lines out again that were put in. Raises Refused where they were rewritten since, RecordGone without the note."""
    note = documents.document(put.document_id)
    written = rich_text.from_json(note.answers.get(put.field))
    count = len(put.lines)
    places = [at for at in range(len(written) - count + 1) if written[at : at + count] == put.lines]
    if not places:
        raise Refused(reason=_("The lines in the note were changed since. Take them out there."))
    _keep(documents, note, put.field, written[: places[-1]] + written[places[-1] + count :])


def _keep(documents: Documents, note: Document, field: str, written: RichText) -> None:
    draft = documents.begin_writing(note)
    documents.keep_draft(draft, {**note.answers, field: rich_text.to_json(written)})
    documents.end_writing(draft)
    if draft.is_rescued:
        raise Refused(reason=_("The note was changed in another place meanwhile. Try again."))
