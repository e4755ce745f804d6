"""A course as the Sessions tab reads it: its sessions in order, and the note of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from ipt_desktop.domain.course import COUNTED_KINDS, WITHOUT_CLIENT, left_after, numbers
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.form import is_blank
from ipt_desktop.domain.note_records import step_to_review
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import Course, Document, PhaseChange, Session
from ipt_desktop.domain.session_records import Signature
from ipt_desktop.domain.signing import number_in
from ipt_desktop.domain.wording import Wording
from ui.sessions.last_time import risk_found
from ui.sessions.note_page import Offered
from ui.sessions.session_words import Note, SessionLine, session_lines

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


@dataclass
class CourseNotes:
    """Sessions by date and start; `notes` by the session's id."""

    course: Course
    wording: Wording
    changes: list[PhaseChange] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)

    @property
    def protocol(self) -> Protocol:
        """The protocol of the course."""
        return self.wording.present

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return numbers(self.sessions)

    def session(self, session_id: str) -> Session | None:
        """Return a session of this course."""
        return next((each for each in self.sessions if each.id == session_id), None)

    def number(self, session_id: str) -> int | None:
        """Return a session's number; one that does not count has none. A signed note keeps the one it was signed with."""
        signature = self.signature(session_id)
        return number_in(signature.snapshot) if signature is not None else self._numbers.get(session_id)

    def signature(self, session_id: str) -> Signature | None:
        """Return the signature of a session's note."""
        note = self.notes.get(session_id)
        return note.signature if note is not None else None

    def before(self, session: Session) -> tuple[Session | None, Note | None]:
        """Return the latest earlier occasion with the client something was written of, with its note.

        Supervision and letters lie between: what was said and agreed last time is not in them.
        """
        place = self.sessions.index(session)
        for earlier in reversed(self.sessions[:place]):
            note = self.notes.get(earlier.id)
            if earlier.kind not in WITHOUT_CLIENT and note is not None and not is_blank(note.document.answers):
                return earlier, note
        return None, None

    def beside_since(self, session: Session) -> list[tuple[Session, Note]]:
        """Return what may hold a plan for a session beside last time's note, the earliest first.

        That is the supervision and letters since then and, where last time was a call, the session before it and what followed.
        """
        told = [each for each in self.sessions[: self.sessions.index(session)] if each.id in self.notes]
        held = [place for place, each in enumerate(told) if each.kind in COUNTED_KINDS and not self._is_blank(each)]
        last_time, _note_then = self.before(session)
        since = told[held[-1] :] if held else told
        return [(each, self.notes[each.id]) for each in since if each != last_time]

    def _is_blank(self, session: Session) -> bool:
        return is_blank(self.notes[session.id].document.answers)

    def lines(self, today: date) -> list[SessionLine]:
        """Return the sessions in words, newest first."""
        return session_lines(self.course, self.wording, self.changes, self.sessions, self.notes, today)

    def offered(self, desk: Desk, session: Session) -> Offered:
        """Return what the note of a session of this course may name."""
        earlier = reversed(self.sessions[: self.sessions.index(session)])
        notes = ((each.date, self.notes[each.id]) for each in earlier if each.id in self.notes)
        areas = desk.phases.problem_areas(self.course.id)
        return Offered(
            people=[(each.id, each.name) for each in desk.circles.people(self.course.client_id)],
            areas=self.wording.areas_to_choose({each.area for each in areas}),
            worked_on=[each.area for each in areas if each.ended_on is None],
            risk_found=risk_found(notes),
            step=step.words if (step := step_to_review(desk.steps.of_course(self.course.id), self.sessions, session)) else "",
            goals=[(each.id, each.words) for each in desk.goals.goals(self.course.id)],
            sessions_left=self.left_after(session),
        )

    def left_after(self, session: Session) -> int | None:
        """Return how many planned sessions come after this one; None where it has no number, or none was agreed for it."""
        return left_after(self.number(session.id), self.course.planned_sessions)


def read_course(desk: Desk, course_id: str) -> CourseNotes | None:
    """Read a course; None where it is gone."""
    try:
        course = desk.courses.course(course_id)
    except RecordGone:
        return None
    written = desk.documents.notes(course_id)
    signed = desk.signing.signatures(list(written.values()))
    notes = {key: note for key, each in written.items() if (note := _note(desk, each, signed.get(each.id)))}
    return CourseNotes(
        course, desk.courses.wording(course), desk.phases.changes(course_id), desk.sessions.sessions(course_id), notes
    )


def _note(desk: Desk, document: Document, signature: Signature | None) -> Note | None:
    """Return a note with its form; without one it can't be told in the list, and opening it says why."""
    try:
        return Note(document, desk.documents.form_of(document), signature)
    except RecordGone:
        return None
