"""What entering a measure stands on: the client, the sessions, what is due, and what was answered before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.course import in_order, numbers
from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.measure_entry import age_on, age_words
from ipt_desktop.domain.measure_json import measure_hash
from ipt_desktop.domain.measured import Measured
from ipt_desktop.domain.records import Client, Person, Session
from ipt_desktop.domain.text import _, ngettext

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class EntryReading:
    """As things stand when a measure is entered. `due` are keys; `measures` have the due ones first, the rest in order."""

    client: Client
    course_id: str | None
    sessions: Sequence[Session]
    due: Sequence[str]
    measures: Sequence[Measure]
    measured: Sequence[Measured]
    people: Sequence[Person]

    @property
    def proposed(self) -> Measure | None:
        """The measure that is meant where none was chosen: the first that is due, else the one given last."""
        last = self.measured[-1].measure.key if self.measured and not self.due else ""
        given = next((each for each in self.measures if each.key == last), None)
        return given or next(iter(self.measures), None)

    def session_on(self, day: date) -> Session | None:
        """Return the latest session of a day."""
        return next((each for each in reversed(self.sessions) if each.date == day), None)

    def session_words(self) -> list[tuple[str, str]]:
        """Return (id, words) of the sessions, the latest first: “Session 7, 24 November”."""
        counted, this_year = numbers(self.sessions), date.today().year
        told = []
        for each in reversed(self.sessions):
            day = day_words(each.date, has_year=each.date.year != this_year)
            number = counted.get(each.id)
            words = (
                _("Session {number}, {day}").format(number=number, day=day) if number else _("Session of {day}").format(day=day)
            )
            told.append((each.id, words))
        return told

    def notices(self, measure: Measure, on: date, about_id: str | None) -> list[str]:
        """Say what is worth knowing and hinders nothing: another age, twice a day, another version."""
        same = [each for each in self.measured if (each.measure.key, each.result.about_id) == (measure.key, about_id)]
        said = [age_words(measure, age_on(self.client.born_on, on))]
        same_day = sum(each.result.on == on for each in same)
        if same_day:
            words = ngettext(
                "It was given once on this day already; this is the second. Both are kept.",
                "It was given {count} times on this day already. All are kept.",
                same_day,
            )
            said.append(words.format(count=same_day))
        if same and same[-1].result.definition != measure_hash(measure):
            said.append(_("It was last answered with another version; the earlier results keep theirs."))
        return [each for each in said if each]


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """Where a measure belongs: the day it was filled in, the session it is for, the person it is about."""

    on: date
    session_id: str | None = None
    about_id: str | None = None


def one_of(desk: Desk, result_id: str) -> Measured | None:
    """Return a result with its measure, None where it is no more."""
    try:
        return desk.measures.one(result_id)
    except RecordGone:
        return None


def read_entry(desk: Desk, client_id: str, course_id: str | None) -> EntryReading:
    """Read it. Raises RecordGone where client or course is no more."""
    measures = desk.measures.offered()
    due = [each.measure for each in desk.measures.due(course_id, date.today())] if course_id else []
    first = [each for key in due for each in measures if each.key == key]
    return EntryReading(
        client=desk.clients.client(client_id),
        course_id=course_id,
        sessions=in_order(desk.sessions.sessions(course_id)) if course_id else (),
        due=due,
        measures=[*first, *(each for each in measures if each.key not in due)],
        measured=desk.measures.measured(client_id),
        people=desk.circles.people(client_id),
    )
