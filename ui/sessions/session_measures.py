"""What the measures of a session came to, in a line under its title; a signed note keeps what it tells of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.text import _

if TYPE_CHECKING:
    from ipt_desktop.domain.measured import Measured
    from ipt_desktop.domain.records import Session
    from ipt_desktop.services.desk import Desk
    from ui.sessions.course_notes import CourseNotes


def measures_words(desk: Desk, course: CourseNotes, session: Session) -> str:
    """Return "PHQ-9 11, moderate · GAD-7 9, mild"; what was corrected after signing says both."""
    from ipt_desktop.domain.measured_words import in_short

    found = desk.measures.measured(course.course.client_id, course.course.id)
    own = [each for each in found if each.result.session_id == session.id]
    signature = course.signature(session.id)
    signed = {str(each["id"]) for each in signature.snapshot.get("measures", ())} if signature is not None else set()
    told = []
    for each in own:
        words, before = in_short([each]), _as_signed(desk, each, signed)
        if before is not None:
            words = _("{before} (corrected since: {now})").format(before=in_short([before]), now=words)
        told.append(words)
    return " · ".join(told)


def _as_signed(desk: Desk, measured: Measured, signed: set[str]) -> Measured | None:
    """Return the result as a signed note tells of it, where it was corrected after that."""
    if not measured.result.corrects_id or measured.result.id in signed:
        return None
    earlier = desk.measures.earlier_versions(measured.result.id)
    found = next((each for each in earlier if each.id in signed), None)
    return replace(measured, result=found) if found is not None else None
