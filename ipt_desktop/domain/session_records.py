"""The records that sessions leave behind: steps agreed, risk asked about, events told, notes signed; and what helps writing.

What a note itself tells (the step agreed, how the last one went, what was asked about risk) is put into its records by the save
of that note (`domain.note_records`); the rest of these records is the therapist's own.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ipt_desktop.domain.records import new_id, now


class RiskAsked(StrEnum):
    """What was asked about risk in a session. Nothing is ever chosen beforehand."""

    NOT_ASKED = "not_asked"
    NONE = "none"
    UNCHANGED = "unchanged"
    CHANGED = "changed"


class StepDone(StrEnum):
    """Whether the step agreed last time was done."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class EventKind(StrEnum):
    """What kind of event it is on the client's timeline."""

    LOSS = "loss"
    DISPUTE = "dispute"
    TRANSITION = "transition"
    SEPARATION = "separation"
    MOVE = "move"
    ILLNESS = "illness"
    BIRTH = "birth"
    WORK = "work"
    ACHIEVEMENT = "achievement"
    ANNIVERSARY = "anniversary"
    SYMPTOM_ONSET = "symptom_onset"
    SYMPTOM_CHANGE = "symptom_change"
    MEDICATION = "medication"
    TREATMENT = "treatment"
    OTHER = "other"


class RiskKind(StrEnum):
    """What a risk entry is about."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    HARM_TO_OTHERS = "harm_to_others"
    SAFEGUARDING_CHILD = "safeguarding_child"
    SAFEGUARDING_ADULT = "safeguarding_adult"
    DOMESTIC_ABUSE = "domestic_abuse"
    DUTY_TO_REPORT = "duty_to_report"


class MoodEffect(StrEnum):
    """What a between-session task did to the mood, as the client says it."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in the client's life, for the timeline; `session_id` is where it was told.

    `on` and `until` are ISO dates of any precision ("2019", "2019-12", "2019-12-02"), `until` "" where it has no end.
    `told` is how the client dates it, where that is no date ("summer 2019", "age 14"). `mood` is 0–10, None where it was not
    asked. One that `recurs` comes back every year, as an anniversary of a death does.
    """

    id: str = field(default_factory=new_id)
    client_id: str
    session_id: str | None = None
    on: str
    until: str = ""
    title: str
    kind: EventKind = EventKind.OTHER
    person_ids: list[str] = field(default_factory=list)
    mood: int | None = None
    note: str = ""
    recurs: bool = False
    created_at: datetime = field(default_factory=now)
    told: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A between-session task: what was agreed in which session, and how it went once it was reviewed."""

    id: str = field(default_factory=new_id)
    course_id: str
    session_id: str | None = None
    words: str
    person_id: str | None = None
    agreed_on: date
    due: date | None = None
    done: StepDone | None = None
    what_happened: str = ""
    mood_effect: MoodEffect | None = None
    reviewed_on: date | None = None
    reviewed_in_id: str | None = None
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskEntry:
    """What was asked about a risk on a day, what was found, and what the therapist did. Nothing of it is sent anywhere.

    `words` say the level as the strip repeats it ("passive ideation"). `means` is what there is access to, `restricted_by` who
    restricted it; `told` whom the therapist told, on `told_on`. It is open until it was `reviewed_on`.
    """

    id: str = field(default_factory=new_id)
    client_id: str
    course_id: str | None = None
    session_id: str | None = None
    on: date
    kind: RiskKind = RiskKind.SUICIDE
    asked: RiskAsked
    words: str = ""
    ideation: str = ""
    plan: str = ""
    intent: str = ""
    protective: str = ""
    means: str = ""
    restricted_by: str = ""
    told: str = ""
    told_on: date | None = None
    action: str = ""
    reviewed_on: date | None = None
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """That a document was signed: it never changes again. `mark` is what `domain.signing` computes over all of it.

    `number` counts the practice's signatures; `previous` is the mark of the one before. `at` is the instant, `zone` the
    signer's time zone then ("Europe/London, UTC+00:00"). `reason` says why it was signed although something was missing.
    `snapshot` holds the records the document shows, as they were.
    """

    id: str = field(default_factory=new_id)
    document_id: str
    number: int
    at: datetime
    zone: str
    signer: str
    licence: str = ""
    is_late_entry: bool = False
    reason: str = ""
    snapshot: dict[str, Any] = field(default_factory=dict)
    previous: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """That a document is an addendum to another, which was signed before. Its `id` is the addendum's own document's."""

    id: str
    document_id: str
    created_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellingWord:
    """A word the therapist taught the spell-check: `id` is the word itself. Names are clinical data, so it lies in here."""

    id: str
    added_at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Words that an abbreviation stands for: `id` is what is typed after the semicolon."""

    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """Where the therapist was, to come back after a crash too: in a document (`id` is its own), or at the desk ("desk").

    Ids and numbers alone, no word of a client.
    """

    id: str
    place: dict[str, Any] = field(default_factory=dict)


def risk_id_of(session_id: str) -> str:
    """Return the id of the risk entry that the note of a session makes."""
    return str(uuid5(NAMESPACE_URL, f"ipt-desktop/{session_id}/risk"))


def step_id_of(session_id: str) -> str:
    """Return the id of the step that the note of a session agrees."""
    return str(uuid5(NAMESPACE_URL, f"ipt-desktop/{session_id}/step"))
