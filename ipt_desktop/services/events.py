"""The events of a client's life, for the timeline: what happened, when, with whom; each may have been told in a session."""

from dataclasses import replace
from datetime import date

from ipt_desktop.domain.anniversaries import Anniversary, anniversaries
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Client, Course, Person, Session
from ipt_desktop.domain.session_records import Event
from ipt_desktop.domain.text import _
from ipt_desktop.domain.typed_when import is_when
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.storage.store import Reading, Writing


class Events:
    """What can be done with the events of a client's life. Nothing here is rated or added up."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice

    def of_client(self, client_id: str) -> list[Event]:
        """Return a client's events by their dates, the earliest first."""
        with self._practice.read() as reading:
            return reading.all(Event, "on", "created_at", "id", client_id=client_id)

    def of_session(self, session_id: str) -> list[Event]:
        """Return the events told in a session by their dates, the earliest first."""
        with self._practice.read() as reading:
            return reading.all(Event, "on", "created_at", "id", session_id=session_id)

    def near(self, today: date, days: int) -> list[tuple[str, Anniversary]]:
        """Return what comes round again within so many days, for any client, by the client's id; the nearest first."""
        with self._practice.read() as reading:
            events, people = reading.all(Event, recurs=True), reading.all(Person, has_died=True)
        clients = dict.fromkeys([*(each.client_id for each in events), *(each.client_id for each in people)])
        coming = [
            (client_id, each)
            for client_id in clients
            for each in anniversaries(
                [event for event in events if event.client_id == client_id],
                [person for person in people if person.client_id == client_id],
                today,
                days=days,
            )
        ]
        return sorted(coming, key=lambda told: told[1].on)

    def add_event(self, event: Event) -> Event:
        """Add an event. Raises what `_sound` raises."""
        return self._insert("add_event", event)

    def restore_event(self, event: Event) -> Event:
        """Bring back an event taken out, under its own id. Raises what `_sound` raises."""
        return self._insert("restore_event", event)

    def change_event(self, event: Event) -> Event:
        """Keep a changed event. Raises RecordGone where it is no more, and what `_sound` raises."""

        def work(writing: Writing) -> Event:
            found(writing, Event, event.id)
            sound = _sound(writing, event)
            writing.update(sound)
            return sound

        return self._practice.write("change_event", work, about=event.id)

    def remove_event(self, event_id: str) -> Event:
        """Take an event out and return it, for `restore_event`. Raises RecordGone where it is no more."""

        def work(writing: Writing) -> Event:
            event = found(writing, Event, event_id)
            writing.delete(Event, event_id)
            return event

        return self._practice.write("remove_event", work, about=event_id)

    def _insert(self, operation: str, event: Event) -> Event:
        def work(writing: Writing) -> Event:
            sound = _sound(writing, event)
            writing.insert(sound)
            return sound

        return self._practice.write(operation, work, about=event.id)


def _sound(reading: Reading, event: Event) -> Event:
    """Return the event as it is kept, its title tidied, without people who are no more.

    What is told without a place in time ("age 14") has no date. A session that is no more is let go of. Raises Refused without
    a title or a date, and for a session of another client; RecordGone where the client is no more.
    """
    title = " ".join(event.title.split())
    if not title:
        raise Refused(reason=_("An event needs words: what happened?"))
    is_placed = is_when(event.on) or (not event.on and bool(event.told))
    if not is_placed or (event.until and not is_when(event.until)):
        raise Refused(reason=_("An event needs a year, a month or a day."))
    found(reading, Client, event.client_id)
    session = reading.get(Session, event.session_id) if event.session_id else None
    if session is not None and found(reading, Course, session.course_id).client_id != event.client_id:
        raise Refused(reason=_("An event and its session belong to one client."))
    people = [each for each in event.person_ids if _is_of(reading, each, event.client_id)]
    return replace(event, title=title, person_ids=people, session_id=session.id if session else None)


def _is_of(reading: Reading, person_id: str, client_id: str) -> bool:
    person = reading.get(Person, person_id)
    return person is not None and person.client_id == client_id
