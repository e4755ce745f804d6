"""What goes with a problem area that is taken out, and how all of it comes back."""

from dataclasses import dataclass, replace

from ipt_desktop.domain.records import Document, Person, ProblemArea, Session, StageChange
from ipt_desktop.domain.treatment_records import AreaDocument, Goal, StrategyWork
from ipt_desktop.services.practice import found
from ipt_desktop.storage.store import Reading, Writing


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingArea:
    """A problem area with the stages judged of it, the sessions its strategies were worked on in, and which record is its own.

    `goals` only belonged to it: they stay. So does the record itself.
    """

    area: ProblemArea
    stages: tuple[StageChange, ...] = ()
    works: tuple[StrategyWork, ...] = ()
    documents: tuple[AreaDocument, ...] = ()
    goals: tuple[Goal, ...] = ()


def leaving_area(reading: Reading, area_id: str) -> LeavingArea:
    """Return a problem area with all that goes with it. Raises RecordGone."""
    return LeavingArea(
        area=found(reading, ProblemArea, area_id),
        stages=tuple(reading.all(StageChange, problem_area_id=area_id)),
        works=tuple(reading.all(StrategyWork, problem_area_id=area_id)),
        documents=tuple(reading.all(AreaDocument, problem_area_id=area_id)),
        goals=tuple(reading.all(Goal, problem_area_id=area_id)),
    )


def let_go(writing: Writing, leaving: LeavingArea) -> None:
    """Delete a problem area and what is of it alone; its goals are of no area then."""
    for goal in leaving.goals:
        writing.update(replace(goal, problem_area_id=None))
    for kind, gone in ((StageChange, leaving.stages), (StrategyWork, leaving.works), (AreaDocument, leaving.documents)):
        for each in gone:
            writing.delete(kind, each.id)
    writing.delete(ProblemArea, leaving.area.id)


def still_named(reading: Reading, area: ProblemArea) -> ProblemArea:
    """Return the problem area as it can come back: whoever is gone by now it names no more."""
    return area if reading.get(Person, area.person_id or "") else replace(area, person_id=None)


def bring_back(writing: Writing, leaving: LeavingArea) -> None:
    """Give a problem area that is there again what went with it, and the goals that are of no other by now."""
    for stage in leaving.stages:
        writing.upsert(stage)
    for work in leaving.works:
        writing.upsert(work if writing.get(Session, work.session_id or "") else replace(work, session_id=None))
    for link in leaving.documents:
        if writing.get(Document, link.id) is not None:
            writing.upsert(link)
    for goal in leaving.goals:
        present = writing.get(Goal, goal.id)
        if present is not None and present.problem_area_id is None:
            writing.update(replace(present, problem_area_id=leaving.area.id))
