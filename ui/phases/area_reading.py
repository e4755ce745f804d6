"""A problem area as its view shows it, in one value: what is equal needs no painting again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from ipt_desktop.domain.area_record import AreaRecord
from ipt_desktop.domain.protocol import Area, Stage
from ipt_desktop.domain.records import ProblemArea, Session, StageChange
from ipt_desktop.domain.strategy_work import Worked, numbered_so_far, session_meant, strategies_worked
from ipt_desktop.domain.text import _
from ipt_desktop.domain.wording import Wording
from ui.phases.goal_reading import GoalTold

if TYPE_CHECKING:
    from ui.phases.reading import CourseReading


@dataclass(frozen=True, slots=True)
class SessionsSoFar:
    """The sessions a mark or a rating can be about, by number; `meant` is the one it is about unless another is chosen."""

    held: tuple[tuple[int, Session], ...] = ()
    meant: int = 0
    today: date = date.min

    @property
    def last(self) -> int:
        """The number of the last one, 0 for none."""
        return self.held[-1][0] if self.held else 0

    def session(self, number: int) -> Session | None:
        """Return the session of a number."""
        return next((each for known, each in self.held if known == number), None)

    def words(self, number: int) -> str:
        """Return "session 7, today", "session 6, 23 November"."""
        session = self.session(number)
        if session is None:
            return ""
        from ui.phases.reading import day_words

        day = _("today") if session.date == self.today else day_words(session.date, self.today)
        return _("session {number}, {day}").format(number=number, day=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaReading:
    """A problem area with what the protocol says of it; `stages` are the latest first, `with_whom` is a name or ""."""

    area: ProblemArea
    label: str
    known: Area | None
    with_whom: str
    stages: tuple[StageChange, ...]
    strategies: tuple[Worked, ...]
    sessions: SessionsSoFar
    record: AreaRecord
    wording: Wording
    goals: tuple[GoalTold, ...]
    worksheets: tuple[tuple[str, str, bool], ...] = ()
    """Forms to be begun: key, title, and whether one rehearses a confrontation."""

    @property
    def today(self) -> date:
        """The day it was read."""
        return self.sessions.today

    @property
    def stage(self) -> Stage | None:
        """The protocol's stage that was judged last, or None."""
        return self.stage_named(self.stages[0].stage) if self.stages else None

    def stage_named(self, key: str) -> Stage | None:
        """Return a stage of the protocol, or of an earlier one."""
        return self.wording.known_stage(self.area.area, key)

    @property
    def confronting(self) -> frozenset[str]:
        """The strategies that rehearse a confrontation."""
        return frozenset(each.key for each in self.known.strategies if each.is_confronting) if self.known else frozenset()

    @property
    def is_to_be_screened(self) -> bool:
        """Whether violence is to be asked about, or what was told of it read, before a confrontation is rehearsed."""
        return bool(self.confronting) and (not self.record.screened.is_asked or self.record.screened.is_told)


def sessions_so_far(reading: CourseReading) -> SessionsSoFar:
    """Return the sessions a mark can be about."""
    so_far = numbered_so_far(reading.sessions, reading.today)
    return SessionsSoFar(tuple(sorted(so_far.items())), session_meant(so_far, reading.today), reading.today)


def read_areas(reading: CourseReading) -> list[AreaReading]:
    """Return the problem areas of a course, the primary one first."""
    sessions = sessions_so_far(reading)
    by_number = dict(sessions.held)
    return [_read(reading, each, sessions, by_number) for each in reading.areas]


def _read(reading: CourseReading, area: ProblemArea, sessions: SessionsSoFar, by_number: dict[int, Session]) -> AreaReading:
    known = reading.wording.known_area(area.area)
    works = [each for each in reading.works if each.problem_area_id == area.id]
    return AreaReading(
        area=area,
        label=reading.area_label(area.area),
        known=known,
        with_whom=reading.person(area.person_id),
        stages=tuple(reading.stages_of(area)),
        strategies=strategies_worked(
            known.strategies if known is not None else (), works, by_number, partial(reading.wording.strategy, area.area)
        ),
        sessions=sessions,
        wording=reading.wording,
        record=reading.records.get(area.id) or AreaRecord(problem_area_id=area.id),
        goals=tuple(reading.goals.told_of(area.id)),
    )
