"""Which measures are due in a course: at intake and every so many sessions, or at sessions chosen one by one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ipt_desktop.domain.course import in_order, is_counted
from ipt_desktop.domain.measure_records import MeasureResult, PlannedMeasure
from ipt_desktop.domain.records import Course, Session
from ipt_desktop.domain.text import _, ngettext


@dataclass(frozen=True, slots=True)
class PlanDue:
    """That a measure is due at the session of a course with this number; `last_on` is when it was last given."""

    measure: str
    session_number: int
    last_on: date | None = None


def due_now(
    plan: Iterable[PlannedMeasure],
    course: Course,
    sessions: Iterable[Session],
    results: Sequence[MeasureResult],
    today: date,
) -> list[PlanDue]:
    """Return what is due at the next session, or at that of today. Nothing is due in a course that has ended.

    With `every` n a measure is due at the first session (intake) and once n counted sessions have passed since it was last
    given; given early, the count begins anew. Sessions chosen by number (`at`) are due from that session until it is given.
    """
    if course.ended_on is not None:
        return []
    held = [each.date for each in in_order(sessions) if is_counted(each) and each.date < today]
    number = len(held) + 1
    due = []
    for each in plan:
        given = [one.on for one in results if one.measure == each.measure]
        last = max(given, default=None)
        if _is_due(each, held, number, last, today):
            due.append(PlanDue(each.measure, number, last))
    return due


def _is_due(planned: PlannedMeasure, held: Sequence[date], number: int, last: date | None, today: date) -> bool:
    if last is not None and last >= today:
        return False
    if planned.every:
        since = sum(1 for day in held if last is None or day >= last)
        return last is None or since >= planned.every
    asked = [each for each in planned.at if each <= number]
    if not asked:
        return False
    latest = max(asked)
    begins = held[latest - 2] if latest >= 2 else None  # given after the session before it, it counts for this one
    return last is None or (begins is not None and last <= begins)


def plan_words(plan: Iterable[PlannedMeasure], names: Mapping[str, str]) -> str:
    """Say a plan on one line: “PHQ-9, GAD-7 at intake and every 4 sessions · SRS at every session”."""
    by_when: dict[str, list[str]] = {}
    for each in plan:
        by_when.setdefault(when_words(each), []).append(names.get(each.measure, each.measure.upper()))
    return " · ".join(f"{', '.join(measures)} {when}" for when, measures in by_when.items())


def when_words(planned: PlannedMeasure) -> str:
    """Say when a measure is given."""
    if planned.every == 1:
        return _("at every session")
    if planned.every:
        words = ngettext("at intake and every {count} session", "at intake and every {count} sessions", planned.every)
        return words.format(count=planned.every)
    return _("at sessions {numbers}").format(numbers=", ".join(map(str, planned.at)))
