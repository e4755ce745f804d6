"""What goes along with a note that is moved to another client: its risk entry, its task, and the events told in its session."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ipt_desktop.domain.form import FieldKind, Form
from ipt_desktop.domain.note_records import Occasion, unreviewed
from ipt_desktop.domain.records import Document, Person, Session, Tie
from ipt_desktop.domain.session_records import Event, RiskEntry, Step
from ipt_desktop.domain.treatment_records import Goal
from ipt_desktop.storage.store import Reading, Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """The records of a session's note as they are; `reviewed` are earlier tasks that its note reviews."""

    risk: RiskEntry | None
    step: Step | None
    reviewed: tuple[Step, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Who and what a client has: the ids that an answer about them may hold, of people, of goals, of ties and of events."""

    people: frozenset[str]
    goals: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()


def known_of(reading: Reading, client_id: str, course_id: str) -> Known:
    """Return what can be named in a note of this client and course."""
    return Known(
        frozenset(each.id for each in reading.all(Person, client_id=client_id)),
        frozenset(each.id for each in reading.all(Goal, course_id=course_id)),
        frozenset(each.id for each in reading.all(Tie, client_id=client_id)),
        frozenset(each.id for each in reading.all(Event, client_id=client_id)),
    )


def without_strangers(form: Form, answers: Mapping[str, Any], known: Known) -> tuple[dict[str, Any], int]:
    """Return answers without people, goals, ties and events that are not among those known, and how many were dropped."""
    kept, dropped = dict(answers), 0
    sorts = {
        FieldKind.PERSONS: known.people,
        FieldKind.PERSON: known.people,
        FieldKind.GOALS: known.goals,
        FieldKind.TIE: known.ties,
        FieldKind.LIFE_EVENTS: known.events,
    }
    for asked in form.fields:
        own = next((ids for kind, ids in sorts.items() if asked.kind == kind), None)
        named = kept.get(asked.key)
        if own is None or not named:
            continue
        if isinstance(named, list):
            kept[asked.key] = [each for each in named if each in own]
            dropped += len(named) - len(kept[asked.key])
        elif named not in own:
            del kept[asked.key]
            dropped += 1
    return kept, dropped


def belongings_of(reading: Reading, note: Document, session: Session) -> Belongings:
    """Return what hangs on the note of a session."""
    occasion = _occasion(note.client_id, session)
    return Belongings(
        risk=reading.get(RiskEntry, occasion.risk_id),
        step=reading.get(Step, occasion.step_id),
        reviewed=tuple(reading.all(Step, reviewed_in_id=session.id)),
        events=tuple(reading.all(Event, session_id=session.id)),
    )


def take_along(writing: Writing, had: Belongings, note: Document, session: Session, known: Known) -> None:
    """Give the records of a note to the client and session it was moved to; the note is there, its old records are not.

    What the therapist put into them stays. A task is to be reviewed anew: it was reviewed in a session of someone else.
    """
    occasion = _occasion(note.client_id, session)
    place: dict[str, Any] = {"course_id": session.course_id, "session_id": session.id}
    if had.risk is not None:
        writing.upsert(replace(had.risk, id=occasion.risk_id, client_id=note.client_id, on=session.date, **place))
    if had.step is not None:
        person_id = had.step.person_id if had.step.person_id in known.people else None
        step = replace(had.step, id=occasion.step_id, agreed_on=session.date, person_id=person_id, **place)
        writing.upsert(unreviewed(replace(step, mood_effect=None)))
    for event in had.events:
        people = [each for each in event.person_ids if each in known.people]
        writing.upsert(replace(event, client_id=note.client_id, session_id=session.id, person_ids=people))


def bring_back(writing: Writing, had: Belongings, now: Belongings, note: Document, session: Session) -> None:
    """Give them back, as they were but for what was changed about risk meanwhile: `now` is what they had become."""
    if had.risk is not None:
        changed = now.risk or had.risk
        place: dict[str, Any] = {"course_id": session.course_id, "session_id": session.id, "client_id": note.client_id}
        writing.upsert(replace(changed, id=had.risk.id, on=had.risk.on, **place))
    if had.step is not None:
        writing.upsert(had.step)
    for step in had.reviewed:
        present = writing.get(Step, step.id)
        if present is not None and present.done is None:
            writing.update(step)
    there = {each.id: each for each in now.events}
    for event in had.events:
        if event.id in there:
            own = replace(there[event.id], client_id=event.client_id, session_id=event.session_id, person_ids=event.person_ids)
            writing.update(own)


def _occasion(client_id: str, session: Session) -> Occasion:
    return Occasion(client_id, session.course_id, session.id, session.date)
