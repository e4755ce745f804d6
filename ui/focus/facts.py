"""What the line above the text says of the note it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipt_desktop.domain.course import numbers
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.session_words import title_of
from ipt_desktop.domain.text import _
from ui.focus.clock import Held
from ui.focus.page import FocusFacts
from ui.strip_facts import initials_of

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Document
    from ipt_desktop.services.desk import Desk


def focus_facts(desk: Desk, document: Document) -> FocusFacts:
    """Return what the line above the text says of a note: initials, session, clock; what is gone is left out."""
    initials = initials_of(desk.clients.client(document.client_id))
    if document.course_id is None or document.session_id is None:
        return FocusFacts(initials)
    try:
        course = desk.courses.course(document.course_id)
    except RecordGone:
        return FocusFacts(initials)
    sessions = desk.sessions.sessions(course.id)
    session = next((each for each in sessions if each.id == document.session_id), None)
    if session is None:
        return FocusFacts(initials)
    number = numbers(sessions).get(session.id)
    said = title_of(session, number).lower()
    if number is not None and number <= course.planned_sessions:
        said = _("session {number} of {planned}").format(number=number, planned=course.planned_sessions)
    held = Held(session.begun_at, course.minutes) if session.begun_at is not None and session.is_running else None
    return FocusFacts(initials, said, held)
