"""The events that the notes of a demo case tell, for the timeline."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from ipt_desktop.domain.records import Session
from ipt_desktop.domain.session_records import Event, EventKind
from ipt_desktop.domain.text import _
from ipt_desktop.services.definition_source import Source
from ipt_desktop.services.demo_case import CaseEvent, CaseSession
from ipt_desktop.services.toml_lines import Place

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def events(
    told: Sequence[CaseEvent],
    session: Session,
    client_id: str,
    source: Source,
    place: Place,
    person_id: Callable[[str, Place], str],
    id_of: Callable[[int], str],
    when: Callable[[str], str],
) -> Iterator[Event]:
    """Yield the events told in a session; `id_of` names them by their place there, `when` reads a date that is counted.

    The case refuses what does not fit.
    """
    for at, each in enumerate(told):
        here: Place = (*place, "events", at)
        if each.kind not in set(EventKind):
            source.refuse((*here, "kind"), _("there is no such kind of event"))
        yield Event(
            id=id_of(at),
            client_id=client_id,
            session_id=session.id,
            on=when(each.on) if each.on else _day_before(session.date, each.weekday, source, here).isoformat(),
            title=each.title,
            kind=EventKind(each.kind),
            person_ids=[person_id(key, (*here, "people")) for key in each.people],
            created_at=session.created_at,
        )


def place_of(title: str, sessions: Sequence[CaseSession]) -> tuple[int, int] | None:
    """Return where an event was told, by its title: the week of the session, and its place there."""
    told = ((each.week, at, event.title) for each in sessions for at, event in enumerate(each.events))
    return next(((week, at) for week, at, known in told if known == title), None)


def _day_before(day: date, weekday: str, source: Source, place: Place) -> date:
    """Return the last such weekday before a day."""
    if weekday not in WEEKDAYS:
        source.refuse((*place, "weekday"), _("there is no such day of the week"))
    back = (day.weekday() - WEEKDAYS.index(weekday)) % len(WEEKDAYS)
    return day - timedelta(back or len(WEEKDAYS))
