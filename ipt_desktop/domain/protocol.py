"""Protocols as data: a manual's phases, tasks, problem areas and words (Weissman, Markowitz & Klerman and its variants).

The manuals disagree on lengths, words and even on the number of problem areas, so none of it is code. A course keeps a
copy of the phases it agreed (`records.AgreedPhase`), since therapist and client may agree on others.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ipt_desktop.domain.records import AgreedPhase


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something a phase asks of the therapist, ticked by hand with its date. Nothing ticks itself.

    `done` is how a report tells it once it is done, where that is not how the task itself is worded.
    """

    key: str
    text: str
    hint: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase and its sessions, `first` to `last`, counted from 1. `every_session` is a reminder, never ticked off."""

    key: str
    label: str
    first: int
    last: int
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
class Area:
    """A problem area. `client_label` is the word for the client's own copy."""

    key: str
    label: str
    client_label: str
    choose_when: str = ""
    goals: tuple[str, ...] = ()
    strategies: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    caution: str = ""


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
    """A way of doing IPT: what a course starts from. `ending_word` is this manual's word for the last phase."""

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
    source: str = ""

    def phase(self, key: str) -> Phase | None:
        """Return the phase with this key."""
        return next((each for each in self.phases if each.key == key), None)

    def area(self, key: str) -> Area | None:
        """Return the problem area with this key."""
        return next((each for each in self.areas if each.key == key), None)

    def agreed_phases(self) -> tuple[AgreedPhase, ...]:
        """Return the copy of the phases that a new course keeps."""
        return tuple(AgreedPhase(key=each.key, first=each.first, last=each.last) for each in self.phases)


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
    words = {name: tuple(body.get(name, ())) for name in ("goals", "strategies")}
    return Area(**{**body, **words, "stages": tuple(Stage(**each) for each in body.get("stages", ()))})


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(each) for key, each in value.items()}
    return [_lists(each) for each in value] if isinstance(value, (list, tuple)) else value
