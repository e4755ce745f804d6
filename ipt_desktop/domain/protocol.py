"""Protocols as data: a manual's phases, tasks, problem areas and words (Weissman, Markowitz & Klerman and its variants).

The manuals disagree on lengths, words and even on the number of problem areas, so none of it is code. A course keeps a
copy of the phases it agreed (`records.AgreedPhase`), since therapist and client may agree on others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
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
    PROGRESS = "progress"


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

    def session(self, planned: int) -> int | None:
        """Return the session it belongs to, of so many `planned`; None where it belongs to none of its own."""
        if planned and self.is_at_half:
            return half_of(planned)
        return max(planned - self.sessions_left, 1) if planned and self.sessions_left is not None else None


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
    """Something to work on in a problem area. Its `key` is the same in every protocol that has it.

    One that `is_confronting` rehearses a confrontation: violence is asked about before.
    """

    key: str
    text: str
    is_confronting: bool = False


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
    NO_RELIABLE_CHANGE = "no_reliable_change"
    AREA_UNTOUCHED = "area_untouched"
    STEP_NOT_REVIEWED = "step_not_reviewed"
    RISK_NOT_REVIEWED = "risk_not_reviewed"
    FORMULATION_NOT_SHARED = "formulation_not_shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something the protocol would have the therapist think of, with its `reason`; never more than a suggestion.

    `when` is a `When`. It holds from session `from_session` on, where that is not 0, once only `sessions_left` come after the
    present one, or from the middle of the sessions agreed on (`is_from_half`). `sessions` says for how many sessions something
    has not been done. Ticking `task` (`phase_key.task_key`) settles it.
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
    `planned_sessions` is 0 where a course has no number of them. `about` says in a sentence or two whom it is for, `source`
    where it is from. Protocols are offered by their `order`, the lowest first.
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
    order: int = 100
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

    def task(self, key: str) -> Task | None:
        """Return the task that is named so (`task_id`)."""
        tasks = (each for phase in self.phases for each in phase.tasks if task_id(phase, each) == key)
        return next(tasks, None)

    def agreed_phases(self) -> tuple[AgreedPhase, ...]:
        """Return the copy of the phases that a new course keeps: those that have sessions of their own."""
        numbered = (each for each in self.phases if not each.is_after)
        return tuple(AgreedPhase(key=each.key, first=each.first, last=each.last) for each in numbered)


def task_id(phase: Phase, task: Task) -> str:
    """Return how a tick names a task: `phase_key.task_key`."""
    return f"{phase.key}.{task.key}"


def half_of(planned: int) -> int:
    """Return the session in the middle of so many: the eighth of sixteen."""
    return max(planned // 2, 1)


def to_json(protocol: Protocol) -> dict[str, Any]:
    """Return a protocol's definition as JSON; what has its usual value is left out."""
    return _told(protocol)  # type: ignore[no-any-return]


def from_json(body: Mapping[str, Any]) -> Protocol:
    """Read a stored definition; what a later version added is passed over."""
    return Protocol(
        **{
            **_known(Protocol, body),
            "phases": tuple(_phase(each) for each in body["phases"]),
            "areas": tuple(_area(each) for each in body["areas"]),
            "suggestions": tuple(Suggestion(**_known(Suggestion, each)) for each in body.get("suggestions", ())),
            "rings": Rings(**_known(Rings, body["rings"])),
            "mood": MoodScale(**_known(MoodScale, body["mood"])),
        }
    )


def protocol_hash(protocol: Protocol) -> str:
    """Return the id a protocol is stored under."""
    from ipt_desktop.domain.form import definition_hash  # forms are read in much later than the protocols of courses

    return definition_hash(to_json(protocol))


def _phase(body: Mapping[str, Any]) -> Phase:
    tasks = {name: tuple(Task(**_known(Task, each)) for each in body.get(name, ())) for name in ("tasks", "every_session")}
    return Phase(**{**_known(Phase, body), **tasks})


def _area(body: Mapping[str, Any]) -> Area:
    words = {name: tuple(body.get(name, ())) for name in ("goals", "worksheets")}
    strategies = tuple(_strategy(place, each) for place, each in enumerate(body.get("strategies", ()), start=1))
    stages = tuple(Stage(**_known(Stage, each)) for each in body.get("stages", ()))
    return Area(**{**_known(Area, body), **words, "strategies": strategies, "stages": stages})


def _strategy(place: int, body: Mapping[str, Any] | str) -> Strategy:
    """Read a strategy; courses begun with schema 0005 and before keep them as words alone."""
    if isinstance(body, str):
        return Strategy(key=f"strategy-{place}", text=body)
    return Strategy(**_known(Strategy, body))


def _known(kind: type, body: Mapping[str, Any]) -> dict[str, Any]:
    return {each.name: body[each.name] for each in fields(kind) if each.name in body}


def _told(value: Any) -> Any:
    if is_dataclass(value):
        kept = ((each.name, getattr(value, each.name), each.default) for each in fields(value))
        return {name: _told(told) for name, told, usual in kept if told != usual}
    return [_told(each) for each in value] if isinstance(value, tuple) else value
