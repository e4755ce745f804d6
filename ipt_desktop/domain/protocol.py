"""Protocols as data: a manual's phases, tasks, problem areas and words (Weissman, Markowitz & Klerman and its variants).

The manuals disagree on lengths, words and even on the number of problem areas, so none of it is code. A course keeps a
copy of the phases it agreed (`records.AgreedPhase`), since therapist and client may agree on others.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from ipt_desktop.domain.records import AgreedPhase
from ipt_desktop.domain.text import marked


class TaskMark(StrEnum):
    """How a task is drawn on the band of the course."""

    REVIEW = "review"
    CIRCLE = "circle"
    ENDING = "ending"


class TaskPlace(StrEnum):
    """Where what a task asks for is written down: one of the papers of the course, or another page of the program."""

    HISTORY = "history"
    EXPLANATION = "explanation"
    FORMULATION = "formulation"
    AGREEMENT = "agreement"
    ENDING = "ending"
    CIRCLE = "circle"
    RISK = "risk"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something a phase asks of the therapist, ticked by hand with its date. Nothing ticks itself.

    `done` is how a report tells it once it is done, where that is not how the task itself is worded. With a `mark` (`TaskMark`)
    it stands on the band of the course: where it was ticked, and before that at the half of the sessions agreed (`is_at_half`),
    or where so many `sessions_left` come after it. `place` is a `TaskPlace`, where the program has one for it.
    """

    key: str
    text: str
    hint: str = ""
    done: str = ""
    mark: str = ""
    is_at_half: bool = False
    sessions_left: int | None = None
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase and its sessions, `first` to `last`, counted from 1. `every_session` is a reminder, never ticked off.

    The last phase of a protocol without a number of sessions has no `last` (0). One that `is_after` (tapering, maintenance)
    begins when the sessions agreed are over: it has no numbers, and is looked at again after `review_weeks`.
    """

    key: str
    label: str
    first: int = 0
    last: int = 0
    is_after: bool = False
    review_weeks: int = 0
    hint: str = ""
    tasks: tuple[Task, ...] = ()
    every_session: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of a problem area (of a role dispute): the sign it is known by and what to aim at."""

    key: str
    label: str
    sign: str = ""
    aim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy:
    """Something to work on in a problem area. Its `key` is the same in every protocol that has it."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A problem area. `client_label` is the word for the client's own copy; `worksheets` are keys of forms."""

    key: str
    label: str
    client_label: str
    choose_when: str = ""
    goals: tuple[str, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    stages: tuple[Stage, ...] = ()
    caution: str = ""
    worksheets: tuple[str, ...] = ()

    def strategy(self, key: str) -> Strategy | None:
        """Return the strategy with this key."""
        return next((each for each in self.strategies if each.key == key), None)


class When(StrEnum):
    """What a suggestion waits for."""

    NO_FOCUS = "no_focus"
    TASK_OPEN = "task_open"
    NO_CIRCLE = "no_circle"
    NO_CIRCLE_SINCE_START = "no_circle_since_start"
    NO_MEASURE = "no_measure"
    AREA_UNTOUCHED = "area_untouched"
    STEP_NOT_REVIEWED = "step_not_reviewed"
    RISK_NOT_REVIEWED = "risk_not_reviewed"
    FORMULATION_NOT_SHARED = "formulation_not_shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something the protocol would have the therapist think of, with its `reason`; never more than a suggestion.

    `when` is a `When`. It holds from session `from_session` on, where that is not 0, once only `sessions_left` are left,
    or from the `is_from_half` of the sessions agreed on. `sessions` says for how many sessions something has not been done.
    `task` is the task meant, `phase_key.task_key`.
    """

    key: str
    text: str
    reason: str
    when: str
    from_session: int = 0
    sessions_left: int | None = None
    is_from_half: bool = False
    sessions: int = 0
    task: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodScale:
    """How mood is asked: the ends in words, and which of them is better."""

    lowest: int = 0
    highest: int = 10
    low: str
    high: str
    is_high_better: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rings:
    """The words of the circle's rings, on screen and on paper alike."""

    inner: str
    middle: str
    outer: str
    outside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """A way of doing IPT: what a course starts from. `ending_word` is this manual's word for the last phase.

    `sick_role` is its word for what the client is excused from while ill, and takes on to get well; "" where it has none.
    `planned_sessions` is 0 where a course has no number of them. `about` says in a sentence or two whom it is for.
    """

    key: str
    version: int
    name: str
    planned_sessions: int
    minutes: int
    frequency: str
    phases: tuple[Phase, ...]
    areas: tuple[Area, ...]
    rings: Rings
    mood: MoodScale
    ending_word: str
    sick_role: str = marked("Sick role")
    source: str = ""
    about: str = ""
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def after_phases(self) -> tuple[Phase, ...]:
        """The phases that come after the sessions agreed: tapering, maintenance."""
        return tuple(each for each in self.phases if each.is_after)

    @property
    def after_keys(self) -> frozenset[str]:
        """The keys of `after_phases`."""
        return frozenset(each.key for each in self.after_phases)

    def phase(self, key: str) -> Phase | None:
        """Return the phase with this key."""
        return next((each for each in self.phases if each.key == key), None)

    def area(self, key: str) -> Area | None:
        """Return the problem area with this key."""
        return next((each for each in self.areas if each.key == key), None)

    def agreed_phases(self) -> tuple[AgreedPhase, ...]:
        """Return the copy of the phases that a new course keeps: those that have sessions of their own."""
        numbered = (each for each in self.phases if not each.is_after)
        return tuple(AgreedPhase(key=each.key, first=each.first, last=each.last) for each in numbered)


def task_id(phase: Phase, task: Task) -> str:
    """Return how a tick names a task: `phase_key.task_key`."""
    return f"{phase.key}.{task.key}"


def to_json(protocol: Protocol) -> dict[str, Any]:
    """Return a protocol's definition as JSON."""
    return _lists(asdict(protocol))  # type: ignore[no-any-return]


def from_json(body: Mapping[str, Any]) -> Protocol:
    """Read a stored definition."""
    return Protocol(
        **{
            **body,
            "phases": tuple(_phase(each) for each in body["phases"]),
            "areas": tuple(_area(each) for each in body["areas"]),
            "suggestions": tuple(Suggestion(**each) for each in body.get("suggestions", ())),
            "rings": Rings(**body["rings"]),
            "mood": MoodScale(**body["mood"]),
        }
    )


def protocol_hash(protocol: Protocol) -> str:
    """Return the id a protocol is stored under."""
    from ipt_desktop.domain.form import definition_hash  # forms are read in much later than the protocols of courses

    return definition_hash(to_json(protocol))


def _phase(body: Mapping[str, Any]) -> Phase:
    tasks = {name: tuple(Task(**each) for each in body.get(name, ())) for name in ("tasks", "every_session")}
    return Phase(**{**body, **tasks})


def _area(body: Mapping[str, Any]) -> Area:
    words = {name: tuple(body.get(name, ())) for name in ("goals", "worksheets")}
    strategies = tuple(_strategy(place, each) for place, each in enumerate(body.get("strategies", ()), start=1))
    stages = tuple(Stage(**each) for each in body.get("stages", ()))
    return Area(**{**body, **words, "strategies": strategies, "stages": stages})


def _strategy(place: int, body: Mapping[str, str] | str) -> Strategy:
    """Read a strategy; courses begun with schema 0005 and before keep them as words alone."""
    return Strategy(key=f"strategy-{place}", text=body) if isinstance(body, str) else Strategy(**body)


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(each) for key, each in value.items()}
    return [_lists(each) for each in value] if isinstance(value, (list, tuple)) else value
