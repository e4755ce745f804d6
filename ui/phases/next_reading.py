"""What the card *What next* shows of a course, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.coming import ANNIVERSARY_DAYS, Coming, coming
from ipt_desktop.domain.suggestions import Suggested, reminder, words_of
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import SuggestionAnswer
from ui.phases.reading import CourseReading, day_words

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Said:
    """A line: its words, and what stands below them."""

    words: str
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextReading:
    """The groups of the card. `session` is the first one's title; `drawn` the day its circle was drawn.

    The reminders of the phase that say something of this very session stand in sight, the `others` in a fold. `put_aside`
    holds what is never suggested for this client any more, with its words.
    """

    session: str = ""
    drawn: str = ""
    reminders: tuple[Said, ...] = ()
    others: tuple[str, ...] = ()
    suggested: tuple[Suggested, ...] = ()
    put_aside: tuple[tuple[SuggestionAnswer, str], ...] = ()
    coming: tuple[Coming, ...] = ()

    def in_room(self) -> NextReading:
        """Return what may be read along by the client: nothing of what the protocol suggests to the therapist."""
        return replace(self, suggested=(), put_aside=())


def read_next(desk: Desk, reading: CourseReading) -> NextReading:
    """Read what is next in a course; raises RecordGone where it is no longer there."""
    from ipt_desktop.domain.anniversaries import anniversaries

    course, today = reading.course, reading.today
    with desk.store.read():  # all that follows sees the same commit
        told = desk.suggestions.read(course.id, today)
        if course.ended_on is not None:
            return NextReading()
        events = desk.events.of_client(course.client_id)
        people = desk.circles.people(course.client_id)
    near = anniversaries(events, people, today, days=ANNIVERSARY_DAYS)
    session = _session_words(reading, len(told.facts.held))
    in_sight, others = _reminders(reading) if session else ((), ())
    is_drawn = reading.band.is_today and told.facts.drawn_on == today
    aside = ((each, words_of(reading.protocol, each.suggestion)) for each in told.never)
    return NextReading(
        session=session,
        drawn=day_words(today, today) if is_drawn else "",
        reminders=in_sight,
        others=others,
        suggested=told.suggested,
        put_aside=tuple((answer, words) for answer, words in aside if words),
        coming=tuple(coming(course, reading.protocol, reading.changes, reading.sessions, told.facts.ticked, near, today)),
    )


def _session_words(reading: CourseReading, held: int) -> str:
    """Return "For today, session 7", or the next session; "" once the last one agreed has been held."""
    band = reading.band
    if band.now is None or (held >= band.now and not band.is_today):
        return ""
    if band.is_today:
        return _("For today, session {number}").format(number=band.now)
    session = band.slots[band.now - 1].session
    if session is None:
        return _("For session {number}").format(number=band.now)
    return _("For session {number}, {day}").format(number=band.now, day=day_words(session.date, reading.today))


def _reminders(reading: CourseReading) -> tuple[tuple[Said, ...], tuple[str, ...]]:
    """Return what the phase reminds of: what says something of this session, and the rest in a few words each."""
    phase = reading.protocol.phase(reading.phase)
    count = reading.count
    told = [(task, reminder(task, count.number, count.planned)) for task in (phase.every_session if phase else ())]
    in_sight = tuple(Said(_(task.text), hint) for task, hint in told if hint)
    return in_sight, tuple(_(task.text) for task, hint in told if not hint)
