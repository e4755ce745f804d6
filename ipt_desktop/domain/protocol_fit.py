"""What of a course's record has no place in a protocol: it was recorded under another one, and stays as it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import PhaseChange, ProblemArea, StageChange, TaskTick
from ipt_desktop.domain.text import _, marked, ngettext
from ipt_desktop.domain.treatment_records import StrategyWork
from ipt_desktop.domain.wording import Wording, stage_of, strategy_of, task_of


class Sort(StrEnum):
    """What kind of thing was recorded."""

    PHASE = "phase"
    TASK = "task"
    AREA = "area"
    STAGE = "stage"
    STRATEGY = "strategy"


SORT_WORDS = {
    Sort.PHASE: marked("Phase"),
    Sort.TASK: marked("Task"),
    Sort.AREA: marked("Problem area"),
    Sort.STAGE: marked("Stage"),
    Sort.STRATEGY: marked("Strategy"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What a course has recorded by keys of its protocol."""

    changes: Sequence[PhaseChange] = ()
    ticks: Sequence[TaskTick] = ()
    areas: Sequence[ProblemArea] = ()
    stages: Sequence[StageChange] = ()
    works: Sequence[StrategyWork] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """Something recorded that a protocol has no place for: what it is, in its own protocol's words, and on which days.

    `key` names it among the others. A problem area that was not agreed on a day has none.
    """

    sort: Sort
    key: str
    words: str
    days: tuple[date, ...] = ()


def misfits(protocol: Protocol, wording: Wording, recorded: Recorded) -> list[Misfit]:
    """Return what this protocol has no place for; `wording` knows what it was called. Nothing of it is lost by that."""
    found: dict[tuple[Sort, str], Misfit] = {}
    for sort, key, words, day in (
        *_phases(protocol, wording, recorded),
        *_tasks(protocol, wording, recorded),
        *_areas(protocol, wording, recorded),
    ):
        days = found[sort, key].days if (sort, key) in found else ()
        days = tuple(sorted({*days, *([day] if day else [])}))
        found[sort, key] = Misfit(sort=sort, key=key, words=words, days=days)
    return list(found.values())


def counted(known: Sequence[Misfit]) -> list[str]:
    """Say how many of each kind there are and what they are called: "2 tasks ticked: Sick role given; Focus agreed"."""
    said = []
    for sort in Sort:
        own = [each.words for each in known if each.sort is sort]
        if own:
            said.append(_("{count}: {which}").format(count=_count_words(sort, len(own)), which="; ".join(own)))
    return said


def _count_words(sort: Sort, count: int) -> str:
    words = {
        Sort.PHASE: ngettext("{count} phase set", "{count} phases set", count),
        Sort.TASK: ngettext("{count} task ticked", "{count} tasks ticked", count),
        Sort.AREA: ngettext("{count} problem area", "{count} problem areas", count),
        Sort.STAGE: ngettext("{count} stage judged", "{count} stages judged", count),
        Sort.STRATEGY: ngettext("{count} strategy worked on", "{count} strategies worked on", count),
    }[sort]
    return words.format(count=count)


_Found = tuple[Sort, str, str, date | None]


def _phases(protocol: Protocol, wording: Wording, recorded: Recorded) -> Iterator[_Found]:
    for each in recorded.changes:
        if protocol.phase(each.phase) is None:
            yield Sort.PHASE, each.phase, wording.phase(each.phase), each.on


def _tasks(protocol: Protocol, wording: Wording, recorded: Recorded) -> Iterator[_Found]:
    for each in recorded.ticks:
        if task_of(protocol, each.task) is None:
            yield Sort.TASK, each.task, wording.task(each.task), each.on


def _areas(protocol: Protocol, wording: Wording, recorded: Recorded) -> Iterator[_Found]:
    own: Mapping[str, ProblemArea] = {each.id: each for each in recorded.areas}
    for area in recorded.areas:
        if protocol.area(area.area) is None:
            yield Sort.AREA, area.area, wording.area(area.area), area.agreed_on
    for stage in recorded.stages:
        key = own[stage.problem_area_id].area if stage.problem_area_id in own else ""
        if key and stage_of(protocol, key, stage.stage) is None:
            words = _("{area}: {what}").format(area=wording.area(key), what=wording.stage(key, stage.stage))
            yield Sort.STAGE, f"{key}.{stage.stage}", words, stage.on
    for work in recorded.works:
        key = own[work.problem_area_id].area if work.problem_area_id in own else ""
        if key and strategy_of(protocol, key, work.strategy) is None:
            words = _("{area}: {what}").format(area=wording.area(key), what=wording.strategy(key, work.strategy))
            yield Sort.STRATEGY, f"{key}.{work.strategy}", words, work.on
