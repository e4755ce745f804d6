"""What is worth knowing before a session begins: what was agreed, what happened since, what is open and what is near."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ipt_desktop.domain.anniversaries import Anniversary, anniversaries
from ipt_desktop.domain.course import in_order
from ipt_desktop.domain.note_records import step_to_review
from ipt_desktop.domain.records import Course, Person, Session, TaskTick
from ipt_desktop.domain.risk import levels
from ipt_desktop.domain.session_records import Event, RiskEntry, RiskKind, Step
from ipt_desktop.domain.step_words import is_open
from ipt_desktop.services.practice import OpenPractice, found


@dataclass(frozen=True, slots=True)
class OpenRisk:
    """A risk that was found and not found gone since: its kind, how it was last worded, and when it was last asked about."""

    kind: RiskKind
    words: str
    asked_on: date


@dataclass(frozen=True, slots=True)
class Recalled:
    """What belongs to the time before a session.

    `step` is the between-session task this session reviews or has reviewed, `other_steps` are those still open beside it.
    `since` are the events dated between the session before and this one; those told in this very session stand in its note.
    `ticked` are the tasks (`phase.task`) done so far.
    """

    step: Step | None = None
    other_steps: tuple[Step, ...] = ()
    since: tuple[Event, ...] = ()
    risks: tuple[OpenRisk, ...] = ()
    near: tuple[Anniversary, ...] = ()
    ticked: frozenset[str] = frozenset()


def recall(practice: OpenPractice, session: Session, before: Session | None) -> Recalled:
    """Return what belongs to the time before a session; `before` is the one last written of. Raises RecordGone."""
    with practice.read() as reading:
        client_id = found(reading, Course, session.course_id).client_id
        events = reading.all(Event, "on", "created_at", client_id=client_id)
        people = reading.all(Person, "created_at", client_id=client_id, has_died=True)
        risks = reading.all(RiskEntry, "on", "created_at", client_id=client_id)
        steps = reading.all(Step, "created_at", course_id=session.course_id)
        ticks = reading.all(TaskTick, course_id=session.course_id)
        sessions = in_order(reading.all(Session, course_id=session.course_id))
    since = [each for each in events if before is not None and _is_between(each, before, session)]
    earlier = [each for each in risks if each.session_id != session.id and each.on <= session.date]
    step = step_to_review(steps, sessions, session)
    return Recalled(
        step=step,
        other_steps=tuple(each for each in steps if each != step and _is_open_before(each, session)),
        since=tuple(since),
        risks=tuple(open_risks(earlier)),
        near=tuple(anniversaries(events, people, session.date)),
        ticked=frozenset(each.task for each in ticks),
    )


def open_risks(entries: Iterable[RiskEntry]) -> list[OpenRisk]:
    """Return the risks that were found and not found gone since, by kind."""
    told = {each.kind: each.found for each in levels(entries) if each.found is not None and each.is_found}
    return [OpenRisk(kind, told[kind].words, told[kind].on) for kind in RiskKind if kind in told]


def _is_open_before(step: Step, session: Session) -> bool:
    """Whether a task agreed before a session, in a note or on Phases, still waits to be asked about."""
    return is_open(step) and step.session_id != session.id and step.agreed_on <= session.date


def _is_between(event: Event, before: Session, session: Session) -> bool:
    """Whether a day lies behind the session before and not behind this one; a month or a year can't be told apart so finely."""
    is_day = len(event.on) == len("2026-11-24")
    return is_day and event.session_id != session.id and before.date.isoformat() < event.on <= session.date.isoformat()
