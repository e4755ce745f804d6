"""A session in words: when, how, who came, and how its note begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.course import WITHOUT_CLIENT, is_counted, numbers, phase_of
from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.form import FieldKind, Form, Means, is_blank
from ipt_desktop.domain.new_session import BY_PHONE
from ipt_desktop.domain.records import Attendance, Course, Document, PhaseChange, Session, SessionKind, SessionMode
from ipt_desktop.domain.session_records import Signature
from ipt_desktop.domain.session_words import attended_words, kind_words, mode_words, time_words, title_of
from ipt_desktop.domain.text import _
from ipt_desktop.domain.wording import Wording

MOST_LETTERS = 160  # of a note's beginning; the list cuts it where the column ends
FIRST_READ = (Means.WHAT_HAPPENED, Means.NOTE, Means.SINCE_LAST_TIME)


def day_of(day: date, today: date, *, has_weekday: bool = False) -> str:
    """Return a day as a list names it: "Today", "17 November", "17 November 2025"."""
    if day == today and not has_weekday:
        return _("Today")
    return day_words(day, has_weekday=has_weekday, has_year=day.year != today.year)


def is_held(session: Session) -> bool:
    """Whether a session is held, or will be: one that was cancelled, or that the client did not come to, is not."""
    return is_counted(replace(session, kind=SessionKind.SESSION))


def is_attendance_open(session: Session) -> bool:
    """Whether it is still to be said who came; in supervision, and of a letter, nobody asks."""
    return session.attendance is None and session.kind not in WITHOUT_CLIENT


def first_words(form: Form, answers: Mapping[str, object], most: int = MOST_LETTERS) -> str:
    """Return how a note begins, in `most` letters: what happened before all else, then whatever was written first."""
    wanted = [found for means in FIRST_READ if (found := form.field_that_means(means))]
    told = [each for each in (*wanted, *form.fields) if not each.is_off_record and not each.is_confidential]
    for asked in told:
        answer = answers.get(asked.key)
        if not is_blank(answer) and asked.kind in (FieldKind.PROSE, FieldKind.LINE):
            return _shortened(" ".join(_beginning(answer).split()), most)
    return ""


def _beginning(answer: Any) -> str:
    """Return at least as much of a text as a line shows: of a long one, reading the rest would be felt."""
    if isinstance(answer, str):
        return answer
    words: list[str] = []
    for block in answer:
        words.append(rich_text.as_plain(rich_text.from_json([block])))
        if sum(map(len, words)) > 2 * MOST_LETTERS:
            break
    return "\n".join(words)


def _shortened(text: str, most: int) -> str:
    """Return the words that fit, and a sign that more follow."""
    return text if len(text) <= most else text[:most].rpartition(" ")[0].rstrip(",;:") + "…"


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session as the list shows it: a line, a smaller one below, and all of it for a screen reader."""

    session_id: str
    number: int | None
    title: str
    detail: str
    spoken: str
    phase: str
    is_held: bool
    has_note: bool
    is_signed: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """The note of a session with the form it was written in, and its signature once it has one."""

    document: Document
    form: Form
    signature: Signature | None = None


def session_lines(
    course: Course,
    wording: Wording,
    changes: Iterable[PhaseChange],
    sessions: Sequence[Session],
    notes: Mapping[str, Note],
    today: date,
) -> list[SessionLine]:
    """Return the sessions in words, newest first, each with the phase that was set on its day."""
    counted, set_so_far = numbers(sessions), list(changes)
    lines = []
    for session in reversed(sessions):
        words = wording.phase(phase_of(course, set_so_far, session.date))
        lines.append(_line(session, counted.get(session.id), notes.get(session.id), words, today))
    return lines


def _line(session: Session, number: int | None, note: Note | None, phase: str, today: date) -> SessionLine:
    title = ", ".join(part for part in (day_of(session.date, today), _start_words(session, today)) if part)
    how = mode_words()[session.mode].lower()
    came = attended_words(session.attendance)
    is_over = session.date < today
    written = _note_words(note)
    kind = kind_words()[session.kind]
    shown = [] if session.kind is SessionKind.SESSION else [kind]
    if session.mode is not (SessionMode.PHONE if session.kind in BY_PHONE else SessionMode.IN_PERSON):
        shown.append(how)
    if session.kind in WITHOUT_CLIENT:
        how, came = "" if session.kind is SessionKind.LETTER else how, ""
    elif session.attendance not in (None, Attendance.ATTENDED) or (session.attendance is None and is_over):
        shown.append(came)
    if is_held(session) or note is not None:
        shown += written or [_("no note yet") if session.date <= today else _("planned")]
    name = title_of(session, number)
    begins = first_words(note.form, note.document.answers) if note is not None else ""
    late = [_("signed")] if note is not None and note.signature is not None and note.signature.is_late_entry else []
    told = (name, title, how, came, *(written or [_("no note yet")]), *late, begins)
    spoken = ", ".join(part for part in told if part)
    detail = " · ".join(shown)
    is_signed = note is not None and note.signature is not None
    return SessionLine(
        session.id, number, title, detail, spoken, phase, is_held(session), has_note=bool(written), is_signed=is_signed
    )


def _start_words(session: Session, today: date) -> str:
    return time_words(session.starts_at) if session.date >= today else ""


def _note_words(note: Note | None) -> list[str]:
    """Return what the list tells of a note: the mood, and whether it is signed. How it begins is told with it (`spoken`)."""
    if note is None or is_blank(note.document.answers):
        return []
    mood = note.form.answer(note.document.answers, Means.MOOD)
    words = [] if mood is None else [_("mood {value}").format(value=mood)]
    return [*words, _signed_words(note)]


def _signed_words(note: Note) -> str:
    """Return whether a note is signed; a late entry is named, for that it is signed its lock says, and the spoken words."""
    if note.signature is None:
        return _("to be signed")
    return _("late entry") if note.signature.is_late_entry else _("signed")
