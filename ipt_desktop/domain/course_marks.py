"""What else the band of a course shows: its problem areas as lanes, and marks for what was written, drawn and agreed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipt_desktop.domain.course import SEEN, in_order, is_counted
from ipt_desktop.domain.course_band import CourseBand
from ipt_desktop.domain.measured import Measured
from ipt_desktop.domain.protocol import Protocol, Task, TaskMark, task_id
from ipt_desktop.domain.records import Course, ProblemArea, Session, Sitting, TaskTick


class MarkKind(StrEnum):
    """What a mark stands for."""

    PAPER = "paper"
    CIRCLE = "circle"
    REVIEW = "review"
    ENDING = "ending"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Lane:
    """A problem area from the session it was agreed in to the one it is worked on at or was left in.

    From `last` on it is planned to the end of the course, where `is_planned`. One that is not agreed has no sessions yet
    (`first` above `last`).
    """

    area: ProblemArea
    first: int
    last: int
    is_planned: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark under a session's number; `ref` is what it leads to: a paper's purpose, a sitting's id, a task's id.

    Of measures, which have one mark a session, it is their names.
    """

    number: int
    kind: MarkKind
    ref: str
    on: date | None = None
    is_ahead: bool = False


def lanes(band: CourseBand, areas: Iterable[ProblemArea], sessions: Iterable[Session]) -> list[Lane]:
    """Return the problem areas by rank, each with the sessions it was worked on in, counted from 1.

    In a course that has ended, none goes on after its last session.
    """
    counted = _counted(sessions)
    by_rank = sorted(areas, key=lambda each: each.rank)
    return [_lane(area, counted, band.now or band.last_over, has_ended=band.now is None) for area in by_rank]


def marks(
    course: Course,
    protocol: Protocol,
    sessions: Iterable[Session],
    *,
    papers: Mapping[str, date],
    sittings: Iterable[Sitting],
    ticks: Mapping[str, TaskTick],
    measured: Iterable[Measured] = (),
    is_after: bool = False,
) -> list[Mark]:
    """Return the marks of a course by session; `papers` are the days on which its papers were begun, by purpose.

    `measured` is what was answered in it, the earliest first.

    A task that has a mark stands where it was ticked, and until then where the protocol has it, counted by the sessions agreed;
    once the course `is_after` these, none of theirs is ahead. Where more were held than are agreed, as after shorter terms,
    what is to come stands under the last one held, and the review at the half is over with the half.
    """
    counted = _counted(sessions)
    held = sum(each.attendance in SEEN for each in counted)
    is_beyond = 0 < course.planned_sessions < held
    numbers = {each.id: number for number, each in enumerate(counted, start=1)}
    found = [Mark(_number_on(counted, day), MarkKind.PAPER, purpose, day) for purpose, day in papers.items()]
    for sitting in sittings:
        if not sitting.is_before:
            number = numbers.get(sitting.session_id or "") or _number_on(counted, sitting.date)
            found.append(Mark(number, MarkKind.CIRCLE, sitting.id, sitting.date))
    found += _measures(measured, counted, numbers)
    for key, task in _marked_tasks(protocol):
        tick = ticks.get(key)
        if tick is None:
            planned = task.session(course.planned_sessions)
            is_over = is_beyond and task.is_at_half
            if planned is not None and course.ended_on is None and not is_after and not is_over:
                found.append(Mark(held if is_beyond else planned, MarkKind(task.mark), key, is_ahead=True))
        elif task.mark != TaskMark.CIRCLE:  # a circle that was drawn has its own mark
            number = numbers.get(tick.session_id or "") or _number_on(counted, tick.on)
            found.append(Mark(number, MarkKind(task.mark), key, tick.on))
    return sorted(found, key=lambda each: (each.number, each.is_ahead, each.on or date.max, each.kind, each.ref))


def _measures(measured: Iterable[Measured], counted: Sequence[Session], numbers: Mapping[str, int]) -> Iterable[Mark]:
    """Yield a mark for each session at which, or after which, measures were given, with their names and the latest day."""
    by_number: dict[int, list[Measured]] = {}
    for each in measured:
        number = numbers.get(each.result.session_id or "") or _number_on(counted, each.result.on)
        by_number.setdefault(number, []).append(each)
    for number, given in by_number.items():
        names = ", ".join(dict.fromkeys(each.measure.name for each in given))
        yield Mark(number, MarkKind.MEASURE, names, max(each.result.on for each in given))


def _marked_tasks(protocol: Protocol) -> Iterable[tuple[str, Task]]:
    return ((task_id(phase, task), task) for phase in protocol.phases for task in phase.tasks if task.mark)


def _counted(sessions: Iterable[Session]) -> list[Session]:
    return [each for each in in_order(sessions) if is_counted(each)]


def _number_on(counted: Sequence[Session], day: date) -> int:
    """Return the number of the last session held by a day, 1 before the first one."""
    return max(sum(each.date <= day for each in counted), 1)


def _lane(area: ProblemArea, counted: Sequence[Session], present: int, *, has_ended: bool) -> Lane:
    if area.agreed_on is None:
        return Lane(area, present, present - 1, is_planned=area.ended_on is None)
    first = _number_on(counted, area.agreed_on)
    if area.ended_on is not None:
        return Lane(area, first, max(first, _number_on(counted, area.ended_on)), is_planned=False)
    return Lane(area, first, max(first, present), is_planned=not has_ended)
