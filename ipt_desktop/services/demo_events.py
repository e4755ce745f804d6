"""The events that the notes of a demo case tell, for the timeline."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from ipt_desktop.domain.records import Session
from ipt_desktop.domain.session_records import Event, EventKind
from ipt_desktop.domain.text import _
from ipt_desktop.domain.told_when import read_told
from ipt_desktop.services.definition_source import Source
from ipt_desktop.services.demo_case import CaseEvent, CaseSession
from ipt_desktop.services.toml_lines import Place

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def events(
    told: Sequence[CaseEvent],
    session: Session,
    whose: tuple[str, date],
    source: Source,
    place: Place,
    person_id: Callable[[str, Place], str],
    id_of: Callable[[int], str],
    when: Callable[[str], str],
) -> Iterator[Event]:
    """Yield the events told in a session; `whose` is the client's id and date of birth.

    `id_of` names them by their place there, `when` reads a date that is counted. The case refuses what does not fit.
    """
    for at, each in enumerate(told):
        here: Place = (*place, "events", at)
        if each.kind not in set(EventKind):
            source.refuse((*here, "kind"), _("there is no such kind of event"))
        yield Event(
            id=id_of(at),
            client_id=whose[0],
            session_id=session.id,
            on=_on(each, session, whose[1], source, here, when),
            until=when(each.until) if each.until else "",
            told=each.told or None,
            title=each.title,
            kind=EventKind(each.kind),
            person_ids=[person_id(key, (*here, "people")) for key in each.people],
            created_at=session.created_at,
        )


def place_of(title: str, sessions: Sequence[CaseSession]) -> tuple[int, int] | None:
    """Return where an event was told, by its title: the week of the session, and its place there."""
    told = ((each.week, at, event.title) for each in sessions for at, event in enumerate(each.events))
    return next(((week, at) for week, at, known in told if known == title), None)


def _on(told: CaseEvent, session: Session, born_on: date, source: Source, place: Place, when: Callable[[str], str]) -> str:
    if told.told:
        return read_told(told.told, session.date, born_on).on
    return when(told.on) if told.on else _day_before(session.date, told.weekday, source, place).isoformat()


def _day_before(day: date, weekday: str, source: Source, place: Place) -> date:
    """Return the last such weekday before a day."""
    if weekday not in WEEKDAYS:
        source.refuse((*place, "weekday"), _("there is no such day of the week"))
    back = (day.weekday() - WEEKDAYS.index(weekday)) % len(WEEKDAYS)
    return day - timedelta(back or len(WEEKDAYS))
