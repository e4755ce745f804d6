"""The records of a practice: what is counted, dated, charted or linked. Field names are the table's columns.

Every id is a UUID string. Dates are local calendar dates; instants are aware UTC datetimes. A record is frozen: a change
is a new value from `dataclasses.replace`, stored by a named operation of a service.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, Protocol
from uuid import uuid4

from ipt_desktop.domain.chain_link import account_name


def new_id() -> str:
    """Return a fresh record id."""
    return str(uuid4())


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return datetime.now(UTC)


class Record(Protocol):
    """Anything with an id that has a table of its own."""

    @property
    def id(self) -> str:
        """The record's UUID."""
        ...


class ClientStatus(StrEnum):
    """Where a client stands with the practice."""

    ENQUIRY = "enquiry"
    WAITING = "waiting"
    ACTIVE = "active"
    FINISHED = "finished"


class SessionMode(StrEnum):
    """How a session is held."""

    IN_PERSON = "in_person"
    VIDEO = "video"
    PHONE = "phone"


class SessionKind(StrEnum):
    """What kind of occasion it is. Sessions and joint sessions count; the others stand in the record without a number."""

    SESSION = "session"
    JOINT = "joint"
    INTAKE = "intake"
    PHONE = "phone"
    CRISIS = "crisis"
    SUPERVISION = "supervision"
    LETTER = "letter"
    PARENTS = "parents"


class Attendance(StrEnum):
    """Who came. A session whose attendance is not answered yet has none (`None`)."""

    ATTENDED = "attended"
    LATE = "late"
    CANCELLED_BY_CLIENT = "cancelled_by_client"
    CANCELLED_BY_THERAPIST = "cancelled_by_therapist"
    DID_NOT_COME = "did_not_come"


class EndingKind(StrEnum):
    """How a course of treatment came to its end."""

    PLANNED = "planned"
    EARLY_BY_CLIENT = "early_by_client"
    EARLY_BY_THERAPIST = "early_by_therapist"
    TRANSFER = "transfer"
    LOST_CONTACT = "lost_contact"


class DisputeStage(StrEnum):
    """The stage of a role dispute (Weissman, Markowitz & Klerman)."""

    RENEGOTIATION = "renegotiation"
    IMPASSE = "impasse"
    DISSOLUTION = "dissolution"


class TieKind(StrEnum):
    """What joins two people; drawn by line form."""

    PARTNER = "partner"
    KIN = "kin"
    FRIEND = "friend"
    ALLIANCE = "alliance"
    CONFLICT = "conflict"
    CUTOFF = "cutoff"
    UNKNOWN = "unknown"


class ContactHow(StrEnum):
    """How often the client is in touch with someone."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    RARELY = "rarely"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Support by kind, 0 (none) to 3 (much) each; None where it was not asked."""

    emotional: int | None = None
    practical: int | None = None
    informational: int | None = None
    companionship: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The practice itself: one row; what a letterhead prints. Fields left empty are not printed."""

    id: str
    name: str
    therapist: str = ""
    profession: str = ""
    registration: str = ""
    address: str = ""
    contact: str = ""
    paper: str = "A4"
    is_demo: bool = False
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client's file. `name` is how the therapist calls them; `own_words` is the problem as they said it."""

    id: str = field(default_factory=new_id)
    name: str
    initials: str = ""
    reference: str = ""
    pronouns: str = ""
    born_on: date | None = None
    status: ClientStatus = ClientStatus.ACTIVE
    since: date = field(default_factory=date.today)
    phone: str = ""
    email: str = ""
    address: str = ""
    emergency_name: str = ""
    emergency_phone: str = ""
    referred_by: str = ""
    referred_on: date | None = None
    presenting_problem: str = ""
    own_words: str = ""
    is_archived: bool = False
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedPhase:
    """A phase as this course agreed it: its sessions, first and last, counted from 1; `last` 0 where no number was agreed."""

    key: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A course of treatment: the copy of what was agreed, so that a later edition of the protocol changes nothing.

    `protocol` is the SHA-256 of the stored definition. `number` counts the client's courses from 1. `planned_sessions` is 0
    where no number was agreed: a maintenance course goes on from one review to the next.
    """

    id: str = field(default_factory=new_id)
    client_id: str
    number: int
    protocol: str
    planned_sessions: int
    minutes: int
    frequency: str
    phases: tuple[AgreedPhase, ...]
    started_on: date
    planned_end: date | None = None
    ended_on: date | None = None
    ending: EndingKind | None = None
    created_at: datetime = field(default_factory=now)

    @property
    def is_open(self) -> bool:
        """Whether no number of sessions was agreed."""
        return not self.planned_sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One appointment of a course. Its number is derived (see `domain.course`), so nothing is ever renumbered by hand.

    `starts_at` and `ends_at` are local times: as planned, and as they were once it is closed. From *Start session* to *End
    session* it has a `begun_at` and no `closed_at`: it is running, also after a crash. Beside the client there attended
    the people of `attendee_ids`, and whoever `attendees` names in words. `fee` is what was said about it, in words.
    """

    id: str = field(default_factory=new_id)
    course_id: str
    date: date
    starts_at: time | None = None
    ends_at: time | None = None
    mode: SessionMode = SessionMode.IN_PERSON
    attendance: Attendance | None = None
    created_at: datetime = field(default_factory=now)
    kind: SessionKind = SessionKind.SESSION
    attendee_ids: list[str] = field(default_factory=list)
    attendees: str = ""
    fee: str = ""
    begun_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        """Whether it was started and not ended yet."""
        return self.begun_at is not None and self.closed_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseChange:
    """The therapist set a phase, on a date, for a reason; backwards too. The latest one holds.

    `review_on` is the day agreed to look again at a phase that has no number of sessions: tapering, maintenance.
    """

    id: str = field(default_factory=new_id)
    course_id: str
    phase: str
    on: date
    reason: str = ""
    created_at: datetime = field(default_factory=now)
    review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTick:
    """A task of a phase, ticked by the therapist on a date. `task` is `phase_key.task_key`."""

    id: str = field(default_factory=new_id)
    course_id: str
    task: str
    on: date
    session_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemArea:
    """A problem area the course works on. `rank` 1 is the primary one. `about` says it in a few words."""

    id: str = field(default_factory=new_id)
    course_id: str
    area: str
    rank: int = 1
    person_id: str | None = None
    about: str = ""
    agreed_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChange:
    """The stage of a role dispute, as judged on a date. The latest one holds."""

    id: str = field(default_factory=new_id)
    problem_area_id: str
    stage: DisputeStage
    on: date
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone in the client's life. `relation` is a key of `domain.relation`; `relation_words` is what stands under the name.

    `initials` are the person's own field: what is printed instead of the name. `died` is "" or an ISO date of any
    precision ("2019", "2019-12", "2019-12-02").
    """

    id: str = field(default_factory=new_id)
    client_id: str
    name: str
    initials: str = ""
    relation: str = "other"
    relation_words: str = ""
    is_group: bool = False
    is_in_focus: bool = False
    has_died: bool = False
    died: str = ""
    created_at: datetime = field(default_factory=now)
    sector_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A part of the circle that the client gives to some of their people: family, work. Angle means nothing beyond that.

    It begins at `start`, in degrees clockwise from twelve o'clock, and ends where the client's next sector begins.
    """

    id: str = field(default_factory=new_id)
    client_id: str
    name: str
    start: float
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One occasion on which the circle was drawn: a session's, a day's, or `is_before`: as it was before this began."""

    id: str = field(default_factory=new_id)
    course_id: str
    session_id: str | None = None
    date: date
    name: str = ""
    is_before: bool = False
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a person stood in a sitting: one row for each person and sitting.

    `felt` and `desired` are closeness (`domain.closeness`): 1 at the client's edge, 0 at the edge of the outer ring, below 0
    *outside*; `desired` is None where it was not asked. `angle` is in degrees clockwise from twelve o'clock and has no
    clinical meaning. `is_present` False says the person was taken off the circle. `words` are the client's own.

    What the person gives and how it is between them belongs to the sitting, too: whether the client confides in them, support
    `received` from them and `wished` of them, support `given` to them, `conflict` (0 none to 3 much, None not asked) and
    `contact`.
    """

    id: str = field(default_factory=new_id)
    person_id: str
    sitting_id: str
    is_present: bool = True
    felt: float = 0.0
    desired: float | None = None
    angle: float = 0.0
    words: str = ""
    is_confidant: bool = False
    received: Support = field(default_factory=Support)
    wished: Support = field(default_factory=Support)
    given: int | None = None
    conflict: int | None = None
    contact: ContactHow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What joins two people, or a person and the client (`to_person_id` None), from a date on. `strength` is 1–3."""

    id: str = field(default_factory=new_id)
    client_id: str
    from_person_id: str
    to_person_id: str | None = None
    kind: TieKind = TieKind.UNKNOWN
    strength: int = 2
    since: date = field(default_factory=date.today)
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How the practice is kept, one row a setting: `id` is its name, `value` its JSON text (see `domain.practice_settings`)."""

    id: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A form or protocol the practice has used, kept under the SHA-256 of its canonical JSON."""

    id: str
    kind: str
    key: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The answers to a form. `revision` counts its saves: a save that has not seen the latest one never overwrites it.

    `form` is the hash of the definition it was written with; `about_id` is the person an inventory entry is about.
    """

    id: str = field(default_factory=new_id)
    client_id: str
    course_id: str | None = None
    session_id: str | None = None
    about_id: str | None = None
    form: str
    purpose: str
    answers: dict[str, Any] = field(default_factory=dict)
    revision: int = 0
    saved_at: datetime = field(default_factory=now)
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What one writing sitting made of a document: one row a sitting, however often it was saved.

    `is_rescue` marks text that was refused because the document had moved on; it is kept beside it.
    """

    id: str = field(default_factory=new_id)
    document_id: str
    form: str
    answers: dict[str, Any]
    is_rescue: bool = False
    begun_at: datetime = field(default_factory=now)
    saved_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """That an operation was done, on which record of which client, when and by whom; never a clinical word.

    `detail` holds plain facts such as a report's kind or the name of a setting. Storing it gives it `number`, `previous` and
    `hash`, which chain it to the entry before (`domain.audit`). It outlives the record and the client that it names.
    """

    id: str = field(default_factory=new_id)
    number: int = 0
    at: datetime = field(default_factory=now)
    who: str = field(default_factory=account_name)
    operation: str
    kind: str = ""
    record_id: str = ""
    client_id: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    previous: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditHead:
    """The audit trail's last entry, kept apart: without it nobody would miss entries that were removed at the end."""

    id: str = "chain"
    number: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """That something about a client left the practice: what, to whom, and for what. Never changed, only added.

    `what` is the kind of report, `how` the way it left ("pdf", "paper"). Without a recipient it would be no disclosure.
    """

    id: str = field(default_factory=new_id)
    client_id: str
    course_id: str | None = None
    at: datetime = field(default_factory=now)
    what: str
    pages: int
    recipient: str
    purpose: str = ""
    authorised_on: date | None = None
    how: str = "pdf"
