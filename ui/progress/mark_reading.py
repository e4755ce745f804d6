"""What a mark of the timeline is of: the session's note and who was discussed, the move on the circle, the medicine."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.form import Means
from ipt_desktop.domain.text import _
from ipt_desktop.domain.told_apart import told_apart
from ui.sessions.session_words import first_words

if TYPE_CHECKING:
    from ipt_desktop.domain.timeline import Entry, TimelineFacts
    from ipt_desktop.services.desk import Desk

MOST_LETTERS = 600


@dataclass(frozen=True, slots=True)
class Way:
    """A way from a mark to where more of it is: `place` is "session", "circle", "history", "phases", or a "person"."""

    place: str
    words: str
    record_id: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class MarkTold:
    """What is shown of a mark: a line, what is written of it, whom it is about (and how so), and where more is."""

    title: str
    words: str = ""
    whom: str = ""
    people: Sequence[Way] = ()
    ways: Sequence[Way] = ()


def read_mark(desk: Desk, client_id: str, facts: TimelineFacts, entry: Entry) -> MarkTold:
    """Return what is shown of a mark."""
    kind, _colon, ref = entry.key.partition(":")
    if kind == "mood":
        return _of_session(desk, client_id, entry, ref)
    if kind == "measure":
        points = (point for score in facts.scores for point in score.points)
        session_id = next((point.session_id for point in points if point.ref == ref), "")
        return _of_session(desk, client_id, entry, session_id or _session_on(desk, client_id, entry.first))
    if kind in ("move", "died"):
        return _of_person(entry, ref)
    if kind in ("medication", "diagnosis"):
        return MarkTold(entry.spoken, ways=(Way("history", _("Open illness and history"), icon="clipboard-list"),))
    return MarkTold(entry.spoken, ways=(Way("phases", _("Open the course"), icon="route"),))


def _of_session(desk: Desk, client_id: str, entry: Entry, session_id: str) -> MarkTold:
    if not session_id:
        return MarkTold(entry.spoken, _("No session of that day has a note."))
    with suppress(RecordGone):
        session = desk.sessions.session(session_id)
        note = desk.documents.notes(session.course_id).get(session_id)
        way = Way("session", _("Open the note of {day}").format(day=long_date(session.date)), session_id, "notebook")
        if note is None:
            return MarkTold(entry.spoken, _("This session has no note."), ways=(way,))
        form = desk.documents.form_of(note)
        names = told_apart(desk.circles.people(client_id))
        whom = form.answer(note.answers, Means.WITH_WHOM)
        named = [each for each in whom if each in names] if isinstance(whom, list) else []
        people = [Way("person", names[each], each, "user") for each in named]
        return MarkTold(
            entry.spoken, first_words(form, note.answers, MOST_LETTERS), _("Who was discussed"), people=people, ways=(way,)
        )
    return MarkTold(entry.spoken)


def _session_on(desk: Desk, client_id: str, day: date) -> str:
    """Return the session of a day, "" where there was none."""
    courses = desk.courses.courses(client_id)
    sessions = (each for course in courses for each in desk.sessions.sessions(course.id))
    return next((each.id for each in sessions if each.date == day), "")


def _of_person(entry: Entry, ref: str) -> MarkTold:
    people = [Way("person", entry.person.name, entry.person.id, "user")] if entry.person is not None else []
    sitting_id = ref.partition(":")[0] if entry.key.startswith("move:") else ""
    ways = [Way("circle", _("Show this circle"), sitting_id, "circle-dot")] if sitting_id else []
    return MarkTold(entry.spoken, whom=_("Person"), people=people, ways=ways)
