"""Forms as data: what is written, revised, signed and printed is a document, the answers to a form.

Code never asks for a form or a field by its key: a form has a *purpose* and a field a *means*, both from closed
vocabularies. Answers are JSON, by field key:

=========== =====================================================================
line        text
prose       the blocks of `rich_text.to_json`
choice      an option's key
choices     a list of options' keys, in the order of the form
scale       a whole number from `lowest` to `highest`
date        an ISO date, `2026-11-24`
persons     a list of people's ids
person      one person's id
tie         the id of a tie on the circle
rows        a list of `{column key: text or whole number}` (`form_rows`)
risk        `{"asked": not_asked | none | unchanged | changed, "words": text, "action": text}`
contacts    a list of `{"name": text, "number": text}`, in the order they are rung
step        `{"done": yes | partly | no, "words": text}`; `done` may be left out
goals       a list of the ids of the course's goals
tick        `true`, or nothing
events      nothing: the view shows the events told in the session, which live in a table of their own
life_events a list of the ids of events on the client's timeline
record      nothing: the view shows records that live in tables of their own
=========== =====================================================================
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from ipt_desktop.domain.form_rows import Column


class Purpose(StrEnum):
    """What a form is for."""

    PROGRESS_NOTE = "progress_note"
    FREE_NOTE = "free_note"
    ADDENDUM = "addendum"
    PRIVATE_NOTE = "private_note"
    INVENTORY_ENTRY = "inventory_entry"
    HISTORY = "history"
    EXPLANATION = "explanation"
    FORMULATION = "formulation"
    AGREEMENT = "agreement"
    ENDING = "ending"
    TERMINATION_SUMMARY = "termination_summary"
    SAFETY_PLAN = "safety_plan"
    WORKSHEET = "worksheet"
    SELF_CHECK = "self_check"
    PORTFOLIO = "portfolio"
    AREA_RECORD = "area_record"
    LETTER = "letter"


NOTES = (Purpose.PROGRESS_NOTE, Purpose.FREE_NOTE)
"""What a form may be for, to be a session's note."""


COURSE_PAPERS = (Purpose.HISTORY, Purpose.EXPLANATION, Purpose.FORMULATION, Purpose.AGREEMENT, Purpose.ENDING)
"""What a form may be for, to be a course's own paper: each is written once for a course."""


class Means(StrEnum):
    """What a field's answer means to the rest of the program; a field nothing else reads has none ("")."""

    # the session note
    LAST_STEP = "last_step"
    MOOD = "mood"
    WHAT_HAPPENED = "what_happened"
    WITH_WHOM = "with_whom"
    JOTTINGS = "jottings"
    SINCE_LAST_TIME = "since_last_time"
    FOCUS = "focus"
    INTERVENTION = "intervention"
    RESPONSE = "response"
    RISK = "risk"
    BETWEEN_SESSION_TASK = "between_session_task"
    PLAN = "plan"
    NOTE = "note"
    EVENTS = "events"
    GOALS = "goals"
    SESSIONS_LEFT = "sessions_left"
    # the interpersonal inventory
    CONTACT = "contact"
    GOOD = "good"
    HARD = "hard"
    EXPECTATIONS = "expectations"
    CHANGE_NEAR_ONSET = "change_near_onset"
    WANTED_CHANGE = "wanted_change"
    # the formulation
    PRESENTING = "presenting"
    WHY_NOW = "why_now"
    STRESSORS = "stressors"
    PROBLEM_AREA = "problem_area"
    WHY_THIS_FOCUS = "why_this_focus"
    WHY_IT_PERSISTS = "why_it_persists"
    WHAT_COULD_CHANGE = "what_could_change"
    NARRATIVE = "narrative"
    AGREEMENT = "agreement"
    AGREED_ON = "agreed_on"
    CLIENT_WORDS = "client_words"
    PROGNOSIS = "prognosis"
    STRENGTHS = "strengths"
    DIAGNOSIS = "diagnosis"
    # the agreement
    FEE = "fee"
    GUARDIAN = "guardian"
    # the ending
    ENDING_KIND = "ending_kind"
    ENDING_REASON = "ending_reason"
    GAINS = "gains"
    SKILLS = "skills"
    REMAINING = "remaining"
    WARNING_SIGNS = "warning_signs"
    TRIGGERS = "triggers"
    RELAPSE_PLAN = "relapse_plan"
    FUNCTIONING_START = "functioning_start"
    FUNCTIONING_END = "functioning_end"
    FEELINGS_ABOUT_ENDING = "feelings_about_ending"
    MAINTENANCE = "maintenance"
    MAINTENANCE_WORDS = "maintenance_words"
    SADNESS = "sadness"
    CREDIT = "credit"
    SKILLS_ELSEWHERE = "skills_elsewhere"
    WORDS_THAT_WORKED = "words_that_worked"
    ALTERNATIVES = "alternatives"
    TRIGGER_DATES = "trigger_dates"
    PEOPLE_TO_CALL = "people_to_call"
    COMING_BACK = "coming_back"
    OFFERED = "offered"
    MAINTENANCE_FREQUENCY = "maintenance_frequency"
    MAINTENANCE_REVIEW = "maintenance_review"
    REFERRALS = "referrals"
    OWN_STORY = "own_story"
    # the termination summary
    IN_BRIEF = "in_brief"
    COURSE_INITIAL = "course_initial"
    COURSE_MIDDLE = "course_middle"
    COURSE_TERMINATION = "course_termination"
    CIRCLE_CHANGE = "circle_change"
    # the safety plan; its first step is `WARNING_SIGNS`
    EMERGENCY_NUMBERS = "emergency_numbers"
    ALONE = "alone"
    PEOPLE_AND_PLACES = "people_and_places"
    PEOPLE_I_ASK = "people_i_ask"
    WHAT_I_SAY = "what_i_say"
    PROFESSIONALS = "professionals"
    NOBODY_ANSWERS = "nobody_answers"
    MAKING_SAFE = "making_safe"
    REASONS_TO_LIVE = "reasons_to_live"
    WHERE_KEPT = "where_kept"
    SAFE_AT_HOME = "safe_at_home"
    KEPT_WITH = "kept_with"
    WHO_MAY_SEE = "who_may_see"
    MADE_ON = "made_on"
    READ_AGAIN_ON = "read_again_on"
    NUMBERS_CHECKED_ON = "numbers_checked_on"
    # a worksheet
    ABOUT_PERSON = "about_person"
    ABOUT_TIE = "about_tie"
    # the record of a problem area; of a person of the inventory, too, whether there was violence
    VIOLENCE = "violence"
    STAGE_HISTORY = "stage_history"
    # the self-check
    FIDELITY = "fidelity"
    REFLECTION = "reflection"
    SUPERVISION_QUESTION = "supervision_question"
    OUTSIDE_SCALE = "outside_scale"
    OUTSIDE_TOTAL = "outside_total"
    # the portfolio
    REPLACED_WORDS = "replaced_words"
    # a letter
    ADDRESSEE = "addressee"
    SUBJECT = "subject"
    SALUTATION = "salutation"
    OPENING = "opening"
    SCORES = "scores"
    CLOSING = "closing"
    BELOW_NAME = "below_name"


EVERY_SESSION = "every_session"
OPTIONS_FROM = ("areas", EVERY_SESSION)
"""What of the protocol can stand for a field's own options: its problem areas, and what it asks in every session of a phase."""


class FieldKind(StrEnum):
    """How a field is asked and stored."""

    LINE = "line"
    PROSE = "prose"
    CHOICE = "choice"
    CHOICES = "choices"
    SCALE = "scale"
    DATE = "date"
    RISK = "risk"
    PERSONS = "persons"
    PERSON = "person"
    TIE = "tie"
    ROWS = "rows"
    STEP = "step"
    GOALS = "goals"
    TICK = "tick"
    EVENTS = "events"
    LIFE_EVENTS = "life_events"
    CONTACTS = "contacts"
    RECORD = "record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing that can be chosen. `is_common` options are in sight, the others behind *More*.

    `worksheet` is the key of the form it is worked out on, where there is one: it is offered beside the choice.
    """

    key: str
    label: str
    is_common: bool = True
    worksheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing asked. `kind` is a `FieldKind`, or a later version's: such a field is read-only text here.

    `means` is a `Means` or "". `options_from` (`OPTIONS_FROM`) lets the protocol's own replace `options`. `max_length`
    counts characters; `lines` is how much room prose has at first. `low` and `high` say a scale's ends in words. An
    `is_off_record` answer is not part of the record: it is never printed, and its deletion is offered on signing. A field that
    `is_joined` stands with the one before it, under that one's label. One that `is_required` is missed on signing while it is
    empty; the note can be signed without it for a reason. One that `is_confidential` (violence, coercion) is part of the record
    and is never printed unless it is asked for. `columns` are what each of its rows asks, `row_label` what one row is
    called ("Turn"); `has_row_ids` says that records follow its rows, which keep an id for them. `prefill` is what a line or
    prose says until something else is written, with words of the course in braces (`prefill.PLACES`).
    """

    key: str
    label: str
    kind: str
    hint: str = ""
    means: str = ""
    max_length: int | None = None
    lines: int = 1
    options: tuple[Option, ...] = ()
    options_from: str = ""
    lowest: int = 0
    highest: int = 10
    low: str = ""
    high: str = ""
    is_off_record: bool = False
    is_joined: bool = False
    is_required: bool = False
    is_confidential: bool = False
    columns: tuple[Column, ...] = ()
    row_label: str = ""
    has_row_ids: bool = False
    prefill: str = ""

    @property
    def is_known(self) -> bool:
        """Whether this version can ask it."""
        return self.kind in set(FieldKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Fields that belong together; an `is_in_room` section is asked in the session, the others afterwards.

    `area` shows it only while that problem area is worked on; `is_folded` says it starts closed. One whose `title_from` is
    "sick_role" goes under the protocol's own word for that, and is left out where the protocol has none.
    """

    key: str
    fields: tuple[Field, ...]
    title: str = ""
    title_from: str = ""
    hint: str = ""
    area: str = ""
    is_in_room: bool = False
    is_folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A definition: sections of fields. Field keys are unique in the whole form.

    Of several forms with one purpose the one of the lowest `order` is taken unless another is chosen. `for_kind` is a
    `SessionKind` whose notes begin with this form, or "". `for_area` is the key of the problem area whose record it is; one for
    any other area has none. What `is_confronting` rehearses a confrontation: violence is asked about before.
    """

    key: str
    version: int
    purpose: str
    title: str
    sections: tuple[Section, ...]
    hint: str = ""
    order: int = 0
    for_kind: str = ""
    for_area: str = ""
    is_confronting: bool = False

    @property
    def fields(self) -> Iterator[Field]:
        """Every field, in order."""
        return (each for section in self.sections for each in section.fields)

    def field(self, key: str) -> Field | None:
        """Return the field stored under `key`."""
        return next((each for each in self.fields if each.key == key), None)

    def field_that_means(self, means: Means) -> Field | None:
        """Return the first field with this meaning, or None where the form has none."""
        return next((each for each in self.fields if each.means == means), None)

    def answer(self, answers: Mapping[str, Any], means: Means) -> Any:
        """Return what was answered to the field with this meaning, or None."""
        found = self.field_that_means(means)
        return answers.get(found.key) if found else None


def is_blank(answer: Any) -> bool:
    """Whether an answer, or all answers of a document, say nothing. A number is always an answer, 0 too; no tick is none."""
    if isinstance(answer, Mapping):
        said = [run["text"] for run in answer["runs"]] if "runs" in answer else list(answer.values())
        return all(is_blank(each) for each in said)
    if isinstance(answer, list | tuple):
        return all(is_blank(each) for each in answer)
    return not answer.strip() if isinstance(answer, str) else answer is None or answer is False


def canonical_json(value: Any) -> str:
    """Return JSON that is the same for the same value: sorted keys, no spaces (RFC 8785, for text and whole numbers)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def definition_hash(body: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of a definition's canonical JSON: the id it is stored under."""
    return hashlib.sha256(canonical_json(body).encode("utf-8")).hexdigest()


def to_json(form: Form) -> dict[str, Any]:
    """Return a form's definition as JSON; what has its usual value is left out."""
    return {**_told(form, "sections"), "sections": [_section_json(section) for section in form.sections]}


def from_json(body: Mapping[str, Any]) -> Form:
    """Read a stored definition; what a later version added is passed over."""
    return Form(**{**_known(Form, body), "sections": tuple(_section(each) for each in body["sections"])})


def form_hash(form: Form) -> str:
    """Return the id a form is stored under."""
    return definition_hash(to_json(form))


def _told(record: Any, *but: str) -> dict[str, Any]:
    values = {each.name: (getattr(record, each.name), each.default) for each in fields(record) if each.name not in but}
    return {name: value for name, (value, usual) in values.items() if value != usual}


def _known(record: type, body: Mapping[str, Any]) -> dict[str, Any]:
    return {each.name: body[each.name] for each in fields(record) if each.name in body}


def _section_json(section: Section) -> dict[str, Any]:
    return {**_told(section, "fields"), "fields": [_field_json(each) for each in section.fields]}


def _field_json(asked: Field) -> dict[str, Any]:
    lists = {"options": asked.options, "columns": asked.columns}
    told = {name: [_told(each) for each in listed] for name, listed in lists.items() if listed}
    return {**_told(asked, *lists), **told}


def _section(body: Mapping[str, Any]) -> Section:
    return Section(**{**_known(Section, body), "fields": tuple(_field(each) for each in body["fields"])})


def _field(body: Mapping[str, Any]) -> Field:
    options = tuple(Option(**_known(Option, each)) for each in body.get("options", ()))
    columns = tuple(Column(**_known(Column, each)) for each in body.get("columns", ()))
    return Field(**{**_known(Field, body), "options": options, "columns": columns})
