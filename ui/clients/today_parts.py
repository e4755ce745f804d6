"""What the card above the clients says: risk to be reviewed, what is to be signed, asked, measured, and days that come round.

While a session runs a client may see the screen: then nothing of risk, measures or such days is said, and of a task only the
day it was agreed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.records import Client, ClientStatus
from ipt_desktop.domain.text import _, ngettext

if TYPE_CHECKING:
    from ipt_desktop.domain.risk import RiskLevel
    from ipt_desktop.services.clients import ClientStanding
    from ipt_desktop.services.desk import Desk

RISK, TO_SIGN, TASKS, MEASURES, COMING = "risk", "to_sign", "tasks", "measures", "coming"
NEAR_DAYS = 14
MOST = 500  # notes are counted


@dataclass(frozen=True, slots=True)
class TodayPlace:
    """Where one line goes: whose it is, what is to be known of it, and the ids it leads to (or "")."""

    name: str
    detail: str
    client_id: str
    course_id: str = ""
    session_id: str = ""
    entry_id: str = ""
    measure: str = ""

    @property
    def words(self) -> str:
        """The line in one piece: "Tomás Okoro, note of 19 Nov, 5 days old"."""
        return _("{name}, {detail}").format(name=self.name, detail=self.detail)


@dataclass(frozen=True, slots=True)
class TodayPart:
    """One kind of thing to be done: its key, title and icon, all of it in a few words, and the places to do it at."""

    key: str
    title: str
    icon: str
    counted: str
    places: Sequence[TodayPlace]


def today_parts(
    desk: Desk, name_of: Callable[[Client], str], standings: Sequence[ClientStanding], today: date, *, is_in_room: bool
) -> list[TodayPart]:
    """Return what there is something to say of: risk first, then the notes to sign, the tasks, and the days that come round."""
    parts = (
        None if is_in_room else _risk(name_of, standings, today),
        _to_sign(desk, name_of, [each.client for each in standings], today),
        _tasks(desk, name_of, [each.client for each in standings], today, is_in_room=is_in_room),
        None if is_in_room else _measures(desk, name_of, [each.client for each in standings], today),
        None if is_in_room else _coming(desk, name_of, [each.client for each in standings], today),
    )
    return [each for each in parts if each is not None and each.places]


def _risk(name_of: Callable[[Client], str], standings: Iterable[ClientStanding], today: date) -> TodayPart:
    """Name those whose risk is to be reviewed, who was asked about it last first."""
    known = [each for each in standings if each.risk and each.risk[0].is_open]
    latest_first = sorted(known, key=lambda each: each.risk[0].entry.on, reverse=True)
    places = [
        TodayPlace(name_of(each.client), _risk_words(each.risk[0], today), each.client.id, entry_id=each.risk[0].entry.id)
        for each in latest_first
    ]
    return TodayPart(RISK, _("Risk to review"), "", _("Risk to review: {count}").format(count=len(places)), places)


def _risk_words(level: RiskLevel, today: date) -> str:
    said = _("{level}, {asked}").format(level=_inside(level.words), asked=level.asked_words(today))
    return said if level.is_asked else level.asked_words(today)


def _inside(words: str) -> str:
    """Return a level as it stands within a sentence; an abbreviation stays as it is."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _to_sign(desk: Desk, name_of: Callable[[Client], str], clients: Sequence[Client], today: date) -> TodayPart | None:
    """Return the notes and addenda to sign, the oldest first; those of clients who are not among these (the archive's) too."""
    unsigned = desk.clients.notes_to_sign()
    if not unsigned:
        return None
    if not {each.client_id for each in unsigned} <= {each.id for each in clients}:
        clients = desk.clients.clients(with_archived=True)
    names = {each.id: name_of(each) for each in clients}
    places = [
        TodayPlace(
            names.get(each.client_id, ""),
            _age(each.on, today, is_addendum=each.is_addendum),
            each.client_id,
            each.course_id,
            each.session_id,
        )
        for each in reversed(unsigned)
    ]
    count = len(unsigned)
    words = ngettext("{count} note to sign", "{count} notes to sign", count)
    counted = words.format(count=count if count < MOST else _("{count} or more").format(count=MOST))
    return TodayPart(TO_SIGN, _("To finish"), "pen-line", counted, places)


def _age(on: date, today: date, *, is_addendum: bool) -> str:
    """Return what waits, and how old it is: "note of 19 Nov, 5 days old"."""
    days = (today - on).days
    if days <= 0:
        return _("addendum to today’s note") if is_addendum else _("note of today")
    age = ngettext("{count} day old", "{count} days old", days).format(count=days)
    words = _("addendum of {day}, {age}") if is_addendum else _("note of {day}, {age}")
    return words.format(day=short_date(on), age=age)


def _tasks(
    desk: Desk, name_of: Callable[[Client], str], clients: Iterable[Client], today: date, *, is_in_room: bool
) -> TodayPart:
    """Return the tasks of these clients that wait to be asked about, the earliest first."""
    by_id = {each.id: each for each in clients}
    places = [
        TodayPlace(
            name_of(by_id[client_id]),
            _("agreed {day}").format(day=short_date(step.agreed_on)) if is_in_room else " ".join(step.words.split()),
            client_id,
            course_id,
        )
        for client_id, course_id, step in desk.steps.open_steps(today)
        if client_id in by_id
    ]
    counted = ngettext("{count} task to review", "{count} tasks to review", len(places)).format(count=len(places))
    return TodayPart(TASKS, _("Tasks to review"), "clipboard-list", counted, places)


def _measures(desk: Desk, name_of: Callable[[Client], str], clients: Iterable[Client], today: date) -> TodayPart:
    """Return what is to be measured at the next session of clients who are in treatment."""
    by_id = {each.id: each for each in clients if each.status is ClientStatus.ACTIVE}
    places = [
        TodayPlace(
            name_of(by_id[client_id]),
            ", ".join(desk.measures_due.name_of(each.measure) or each.measure.upper() for each in due),
            client_id,
            course_id,
            measure=due[0].measure,
        )
        for client_id, course_id, due in desk.measures_due.everywhere(today)
        if client_id in by_id
    ]
    counted = ngettext("measures due for {count} client", "measures due for {count} clients", len(places))
    return TodayPart(MEASURES, _("Measures due"), "list-ordered", counted.format(count=len(places)), places)


def _coming(desk: Desk, name_of: Callable[[Client], str], clients: Iterable[Client], today: date) -> TodayPart:
    """Return the days that come round again for clients who are not finished, the nearest first."""
    by_id = {each.id: each for each in clients if each.status is not ClientStatus.FINISHED}
    places = [
        TodayPlace(
            name_of(by_id[client_id]),
            _("{day}: {what}").format(day=coming.short_when, what=coming.words),
            client_id,
        )
        for client_id, coming in desk.events.near(today, NEAR_DAYS)
        if client_id in by_id
    ]
    counted = ngettext("{count} day to remember", "{count} days to remember", len(places)).format(count=len(places))
    return TodayPart(COMING, _("Days to remember"), "calendar", counted, places)
