"""The records of a course beside its sessions: goals and how far they are, terms changed, strategies worked.

And what was said to suggestions, and what is known of the illness: diagnoses and medication.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from ipt_desktop.domain.records import AgreedPhase, new_id, now


class GoalStatus(StrEnum):
    """What became of a goal, as therapist and client judge it."""

    OPEN = "open"
    MET = "met"
    PARTLY = "partly"
    DROPPED = "dropped"


class SuggestionReply(StrEnum):
    """What the therapist said to a suggestion: not in this session, or never for this client."""

    NOT_NOW = "not_now"
    NEVER = "never"


class DiagnosisAt(StrEnum):
    """At which end of the treatment a diagnosis was made."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsChange:
    """That what a course agreed was changed, on a date and for a reason; all else is how it was agreed *before*."""

    id: str = field(default_factory=new_id)
    course_id: str
    on: date
    reason: str = ""
    protocol: str
    planned_sessions: int
    minutes: int
    frequency: str
    phases: tuple[AgreedPhase, ...]
    planned_end: date | None = None
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyWork:
    """That a strategy of a problem area was worked on, on a day, in a session where it was one. `strategy` is its key."""

    id: str = field(default_factory=new_id)
    problem_area_id: str
    strategy: str
    on: date
    session_id: str | None = None
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the client wants to reach in a course, in their words; of a problem area or a person where it is about one.

    With `is_closeness` it points at the arrow of that person: from `start`, the closeness felt when it was set, to where the
    client wants them (`domain.goal`). `baseline` and `target` say how far it is at first and how far it shall be, 0–10 as the
    client says it; how far it is at a session is a `GoalRating`. `evidence` says by what one sees it.
    """

    id: str = field(default_factory=new_id)
    course_id: str
    words: str
    problem_area_id: str | None = None
    person_id: str | None = None
    is_closeness: bool = False
    start: float | None = None
    set_on: date = field(default_factory=date.today)
    created_at: datetime = field(default_factory=now)
    baseline: int | None = None
    target: int | None = None
    status: GoalStatus = GoalStatus.OPEN
    closed_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRating:
    """How far a goal is on a day, 0–10 as the client says it; in a session where it was asked in one."""

    id: str = field(default_factory=new_id)
    goal_id: str
    value: int
    on: date
    session_id: str | None = None
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionAnswer:
    """What was said to a suggestion of the protocol. *Never* is for the client, *not now* until the next session."""

    id: str = field(default_factory=new_id)
    client_id: str
    course_id: str
    suggestion: str
    reply: SuggestionReply
    on: date
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaDocument:
    """That a document is the record of a problem area. Its `id` is the document's own."""

    id: str
    problem_area_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """A diagnosis at the start or at the end of a course: a code of a system ("ICD-10-CM 2026"), or words alone."""

    id: str = field(default_factory=new_id)
    course_id: str
    at: DiagnosisAt
    system: str = ""
    code: str = ""
    words: str
    made_on: date
    rank: int = 1
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Medication:
    """A medicine the client takes or took. `begun` and `ended` are "" or ISO dates of any precision."""

    id: str = field(default_factory=new_id)
    client_id: str
    name: str
    dose: str = ""
    prescriber: str = ""
    begun: str = ""
    ended: str = ""
    note: str = ""
    created_at: datetime = field(default_factory=now)
