"""Which measures are due in the running courses: asked at each start of the program, so it reads no measure whole."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from ipt_desktop.domain.measure_plan import PlanDue, due_now
from ipt_desktop.domain.measure_records import MeasurePlan, MeasureResult, PlannedMeasure, counted
from ipt_desktop.domain.practice_settings import PracticeSettings
from ipt_desktop.domain.records import Course, Session
from ipt_desktop.services.practice import OpenPractice

T = TypeVar("T", Session, MeasureResult)


class MeasuresDue:
    """What the practice usually gives and what is due. `name_of` returns a measure's name by its key, "" where it is gone."""

    def __init__(self, practice: OpenPractice, name_of: Callable[[str], str], settings: Callable[[], PracticeSettings]) -> None:
        self._practice = practice
        self.name_of = name_of
        self._settings = settings

    def usual_plan(self) -> tuple[PlannedMeasure, ...]:
        """Return what the practice usually gives, and when; a measure whose file is gone is given no more."""
        usual = self._settings()
        return tuple(PlannedMeasure(each, usual.measured_every) for each in usual.measures if self.name_of(each))

    def everywhere(self, today: date) -> list[tuple[str, str, list[PlanDue]]]:
        """Return what is due in each running course: client's id, course's id, what; four queries, however many they are."""
        with self._practice.read() as reading:
            running = reading.all(Course, "started_on", "id", ended_on=None)
            ids = [each.id for each in running]
            sessions = _by_course(reading.all(Session, course_id=ids)) if ids else {}
            results = _by_course(reading.all(MeasureResult, "on", "created_at", course_id=ids)) if ids else {}
            plans = {each.id: each.measures for each in reading.all(MeasurePlan)}
        usual = self.usual_plan()
        due = []
        for each in running:
            plan, given = plans.get(each.id, usual), counted(results.get(each.id, []))
            if waiting := due_now(plan, each, sessions.get(each.id, []), given, today):
                due.append((each.client_id, each.id, waiting))
        return due


def _by_course(records: Iterable[T]) -> dict[str, list[T]]:
    own: defaultdict[str, list[T]] = defaultdict(list)
    for each in records:
        own[each.course_id or ""].append(each)
    return own
