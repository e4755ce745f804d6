"""The self-check: a therapist's own look back on each session, by what the protocol asks in every one, and on each phase.

The words are our own and the protocol's. A session may also have been rated on somebody else's adherence scale: that scale's
name and total are kept as they were typed, nothing of its text. Counts are counts; nothing is judged by them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ipt_desktop.domain import rich_text
from ipt_desktop.domain.course import sessions_by_phase
from ipt_desktop.domain.form import Form, Means
from ipt_desktop.domain.protocol import Phase, Protocol, Task, task_id
from ipt_desktop.domain.records import Course, PhaseChange, Session
from ipt_desktop.domain.rich_text import RichText


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """What was written of one session: the keys of what was `done`, own words, and an outside scale's name and total."""

    done: frozenset[str] = frozenset()
    reflection: RichText = ()
    question: RichText = ()
    scale: str = ""
    total: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written of the session."""
        words = (self.reflection, self.question)
        return not (self.done or self.scale or self.total) and all(rich_text.is_blank(each) for each in words)


@dataclass(frozen=True, slots=True)
class StepCount:
    """Of how many self-checks that asked for a step this step was ticked in."""

    task: Task
    done: int
    asked: int


@dataclass(frozen=True, slots=True)
class PhaseLook:
    """A phase looked back on: its sessions held, how many have a self-check, and its tasks that are done and that are open."""

    phase: Phase
    sessions: tuple[Session, ...]
    checked: int
    done: tuple[Task, ...]
    still_open: tuple[Task, ...]
    steps: tuple[StepCount, ...]


def read_self_check(form: Form, answers: Mapping[str, Any]) -> SelfCheck:
    """Return a document's answers by what they mean."""

    def words(means: Means) -> RichText:
        said = form.answer(answers, means)
        return rich_text.from_json(said) if isinstance(said, str | list) else ()

    done = form.answer(answers, Means.FIDELITY)
    return SelfCheck(
        done=frozenset(done) if isinstance(done, list) else frozenset(),
        reflection=words(Means.REFLECTION),
        question=words(Means.SUPERVISION_QUESTION),
        scale=str(form.answer(answers, Means.OUTSIDE_SCALE) or "").strip(),
        total=str(form.answer(answers, Means.OUTSIDE_TOTAL) or "").strip(),
    )


def steps_of(protocol: Protocol, phase: str) -> tuple[Task, ...]:
    """Return what is asked in every session of a phase; where the protocol has no such list, its longest one, the middle's.

    Empty where it has none at all: then the form asks what it has of its own.
    """
    known = protocol.phase(phase)
    longest = max((each.every_session for each in protocol.phases), key=len, default=())
    return known.every_session if known is not None and known.every_session else longest


def every_session_of(protocol: Protocol) -> list[Task]:
    """Return all that a protocol asks in every session of any phase, each key once."""
    found: dict[str, Task] = {}
    for phase in protocol.phases:
        for each in phase.every_session:
            found.setdefault(each.key, each)
    return list(found.values())


def steps_in(protocol: Protocol, form: Form, phase: str) -> tuple[Task, ...]:
    """Return what a self-check asks for in a phase: the protocol's steps, or the form's own."""
    asked = form.field_that_means(Means.FIDELITY)
    own = tuple(Task(key=each.key, text=each.label) for each in asked.options) if asked else ()
    return steps_of(protocol, phase) or own


def look_back(
    protocol: Protocol,
    course: Course,
    changes: Iterable[PhaseChange],
    held: Iterable[Session],
    ticked: Iterable[str],
    checks: Mapping[str, SelfCheck],
    form: Form,
) -> list[PhaseLook]:
    """Return the phases of a course, each looked back on: those agreed, and those entered after them.

    `held` are the sessions that were held, `ticked` the ids of tasks done, `checks` the self-checks by session.
    """
    sessions, done = sessions_by_phase(course, changes, held), set(ticked)
    looks = []
    for key in sessions:
        phase = protocol.phase(key)
        if phase is None:
            continue
        own = tuple(sessions[key])
        written = [checks[each.id] for each in own if each.id in checks and not checks[each.id].is_blank]
        looks.append(
            PhaseLook(
                phase=phase,
                sessions=own,
                checked=len(written),
                done=tuple(each for each in phase.tasks if task_id(phase, each) in done),
                still_open=tuple(each for each in phase.tasks if task_id(phase, each) not in done),
                steps=_counted(steps_in(protocol, form, key), written),
            )
        )
    return looks


def _counted(steps: Sequence[Task], written: Sequence[SelfCheck]) -> tuple[StepCount, ...]:
    return tuple(StepCount(each, sum(each.key in check.done for check in written), len(written)) for each in steps)
