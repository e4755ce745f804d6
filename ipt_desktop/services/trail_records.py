"""Which record an entry of the audit trail is about, in words that say no more than what it is and of which day."""

from collections.abc import Iterable

from ipt_desktop.domain.audit_words import kind_words
from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import AuditEntry, Course, Document, Session
from ipt_desktop.domain.text import _, marked
from ipt_desktop.storage.store import Reading

_PURPOSES: dict[str, str] = {
    Purpose.PROGRESS_NOTE: marked("Note"),
    Purpose.FREE_NOTE: marked("Note"),
    Purpose.INVENTORY_ENTRY: marked("Inventory entry"),
    Purpose.HISTORY: marked("History of the illness"),
    Purpose.EXPLANATION: marked("What this therapy is"),
    Purpose.FORMULATION: marked("Formulation"),
    Purpose.AGREEMENT: marked("Treatment agreement"),
    Purpose.AREA_RECORD: marked("Record of a problem area"),
    Purpose.ENDING: marked("Ending"),
    Purpose.TERMINATION_SUMMARY: marked("Summary’s texts"),
    Purpose.SELF_CHECK: marked("Self-check"),
    Purpose.PORTFOLIO: marked("Portfolio’s texts"),
    Purpose.LETTER: marked("Letter"),
}


def records_in_words(reading: Reading, entries: Iterable[AuditEntry]) -> dict[str, str]:
    """Return the words for the record of each entry, by its id; what is gone or not told apart is called by its kind."""
    kinds = {each.record_id: each.kind for each in entries if each.record_id}
    return {record_id: _words(reading, kind, record_id) or kind_words(kind) for record_id, kind in kinds.items()}


def _words(reading: Reading, kind: str, record_id: str) -> str:
    if kind == "session":
        return _of_session(reading, kind_words(kind), record_id)
    if kind == "course":
        course = reading.get(Course, record_id)
        return _("Course {number}").format(number=course.number) if course else ""
    document = reading.get(Document, record_id) if kind == "document" else None
    if document is None or document.purpose not in _PURPOSES:
        return ""
    what = _(_PURPOSES[document.purpose])
    return _of_session(reading, what, document.session_id) if document.session_id else what


def _of_session(reading: Reading, what: str, session_id: str) -> str:
    session = reading.get(Session, session_id)
    if session is None:
        return what
    return _("{what}, {day}").format(what=what, day=f"{short_date(session.date)} {session.date:%Y}")
