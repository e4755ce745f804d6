"""The clients of a practice: their files, and where each of them stands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from ipt_desktop.domain.course import SessionCount, Tally, count_of, phase_of
from ipt_desktop.domain.errors import DemoPracticeOnly, Refused
from ipt_desktop.domain.records import Client, Course, PhaseChange, ProblemArea
from ipt_desktop.domain.risk import RiskLevel
from ipt_desktop.domain.text import _
from ipt_desktop.domain.wording import Wording
from ipt_desktop.services.courses import Courses
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.services.risk import levels_of
from ipt_desktop.storage.store import Writing

if TYPE_CHECKING:
    from ipt_desktop.storage.signed_notes import UnsignedRow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ClientStanding:
    """A client and their latest course at a glance.

    `phase` and `areas` (the primary one first) are words; a phase that `is_after` comes after the sessions agreed. `last_seen`
    is the day of the last session they came to. `risk` is where each kind of it stands that was ever told of, what is to be
    reviewed first.
    """

    client: Client
    course: Course | None = None
    courses: int = 0
    phase_key: str = ""
    phase: str = ""
    is_after: bool = False
    count: SessionCount | None = None
    areas: tuple[str, ...] = ()
    last_seen: date | None = None
    risk: tuple[RiskLevel, ...] = ()


class Clients:
    """What can be done with the clients of a practice."""

    def __init__(self, practice: OpenPractice, courses: Courses, *, is_demo: bool) -> None:
        self._practice = practice
        self._courses = courses
        self._is_demo = is_demo

    def clients(self, *, with_archived: bool = False) -> list[Client]:
        """Return the clients by name; archived ones only when asked for."""
        with self._practice.read() as reading:
            kept = reading.all(Client) if with_archived else reading.all(Client, is_archived=False)
        return sorted(kept, key=lambda each: (each.name.casefold(), each.id))

    def client(self, client_id: str) -> Client:
        """Return a client; raises RecordGone where there is none."""
        with self._practice.read() as reading:
            return found(reading, Client, client_id)

    def add_client(self, client: Client) -> Client:
        """Add a client. Raises Refused without a name, DemoPracticeOnly in the demo practice: its key is published."""
        if self._is_demo:
            raise DemoPracticeOnly
        named = _named(client)
        self._practice.write("add_client", lambda writing: writing.insert(named), about=named.id)
        return named

    def change_client(self, client: Client) -> Client:
        """Keep a changed file. Raises Refused without a name, RecordGone where the client is no longer there."""
        named = _named(client)
        self._practice.write("change_client", lambda writing: writing.update(named), about=named.id)
        return named

    def archive_client(self, client_id: str) -> Client:
        """Put a file away: it leaves the list, and nothing of it is lost."""
        return self._archive(client_id, "archive_client", is_archived=True)

    def bring_back_client(self, client_id: str) -> Client:
        """Take a file out of the archive."""
        return self._archive(client_id, "bring_back_client", is_archived=False)

    def _archive(self, client_id: str, operation: str, *, is_archived: bool) -> Client:
        def work(writing: Writing) -> Client:
            client = replace(found(writing, Client, client_id), is_archived=is_archived)
            writing.update(client)
            return client

        return self._practice.write(operation, work, about=client_id)

    def overview(self, today: date, *, with_archived: bool = False) -> list[ClientStanding]:
        """Return where each client stands, by name: one reading, of no more than concerns those who are listed."""
        with self._practice.read() as reading:
            clients = self.clients(with_archived=with_archived)
            courses = _by("client_id", reading.all(Course, "number", client_id=[each.id for each in clients]))
            newest = [own[-1].id for own in courses.values()]
            changes = _by("course_id", reading.all(PhaseChange, course_id=newest))
            areas = _by("course_id", reading.all(ProblemArea, "rank", course_id=newest))
            tallies = reading.session_tallies(today, [each.id for own in courses.values() for each in own])
            risk = levels_of(reading, [each.id for each in clients])
        standings = []
        for client in clients:
            own, levels = courses[client.id], tuple(risk.get(client.id, ()))
            if not own:
                standings.append(ClientStanding(client, risk=levels))
                continue
            latest = own[-1]
            seen = [tally.last_seen for course in own if (tally := tallies.get(course.id)) and tally.last_seen]
            standing = self._standing(client, latest, changes[latest.id], areas[latest.id], tallies.get(latest.id, Tally()))
            standings.append(replace(standing, courses=len(own), last_seen=max(seen, default=None), risk=levels))
        return standings

    def notes_to_sign(self) -> "list[UnsignedRow]":
        """Return notes and addenda that are not signed yet, those of the latest sessions first; no more than 500."""
        with self._practice.read() as reading:
            return reading.unsigned_notes()

    def _standing(
        self,
        client: Client,
        course: Course,
        changes: Sequence[PhaseChange],
        areas: Sequence[ProblemArea],
        tally: Tally,
    ) -> ClientStanding:
        key = phase_of(course, changes)
        worked_on = [each.area for each in areas if each.ended_on is None]
        wording = Wording(self._courses.protocol_of(course))
        phase = wording.known_phase(key)
        if phase is None or any(wording.known_area(each) is None for each in worked_on):  # the protocol was changed
            wording = self._courses.wording(course)
        is_after = phase is not None and phase.is_after
        return ClientStanding(
            client,
            course,
            phase_key=key,
            phase=wording.phase(key),
            is_after=is_after,
            count=count_of(course, tally, is_after=is_after),
            areas=tuple(map(wording.area, worked_on)),
        )


def _named(client: Client) -> Client:
    name = client.name.strip()
    if not name:
        raise Refused(reason=_("A client needs a name, or whatever you call them in your notes."))
    return replace(client, name=name)


def _by(field: str, records: Iterable[T]) -> defaultdict[str, list[T]]:
    sorted_out: defaultdict[str, list[T]] = defaultdict(list)
    for record in records:
        sorted_out[getattr(record, field)].append(record)
    return sorted_out
