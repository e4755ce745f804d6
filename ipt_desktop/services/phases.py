"""Where a course stands: the phase the therapist set, the tasks ticked, the problem areas worked on."""

from dataclasses import replace
from datetime import date

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import DisputeStage, Person, PhaseChange, ProblemArea, StageChange, TaskTick
from ipt_desktop.domain.text import _
from ipt_desktop.services.area_leaving import LeavingArea, bring_back, leaving_area, let_go, still_named
from ipt_desktop.services.area_links import link_known
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.storage.store import Writing


class Phases:
    """What can be done with the phases, tasks and problem areas of a course. Nothing here ever happens by itself."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice

    # -- the phase set ---------------------------------------------------------------------------------------------

    def changes(self, course_id: str) -> list[PhaseChange]:
        """Return the phases set so far, the earliest first."""
        with self._practice.read() as reading:
            return reading.all(PhaseChange, "on", "created_at", course_id=course_id)

    def enter_phase(self, course_id: str, phase: str, on: date, reason: str = "", review_on: date | None = None) -> PhaseChange:
        """Set the phase from a date on, for a reason, until a review where a day for one is agreed; forwards or backwards.

        Raises Refused for a review before the phase.
        """
        change = PhaseChange(course_id=course_id, phase=phase, on=on, reason=reason.strip(), review_on=review_on)
        return self.bring_back_phase(change)

    def bring_back_phase(self, change: PhaseChange) -> PhaseChange:
        """Keep a phase change as it is given. Raises Refused for a review before the phase."""
        _require_later(change, change.review_on)
        self._practice.write("enter_phase", lambda writing: writing.insert(change), about=change.id)
        return change

    def take_back_phase(self, change_id: str) -> None:
        """Take a phase change out: the one before it holds again."""
        self._practice.write("take_back_phase", lambda writing: writing.delete(PhaseChange, change_id), about=change_id)

    def move_review(self, change_id: str, review_on: date | None) -> PhaseChange:
        """Agree on another day to look again at a phase, or on none (None).

        Raises Refused for one before the phase, RecordGone where the phase was taken back.
        """

        def work(writing: Writing) -> PhaseChange:
            change = found(writing, PhaseChange, change_id)
            _require_later(change, review_on)
            moved = replace(change, review_on=review_on)
            writing.update(moved)
            return moved

        return self._practice.write("move_review", work, about=change_id)

    # -- tasks -----------------------------------------------------------------------------------------------------

    def ticks(self, course_id: str) -> list[TaskTick]:
        """Return the tasks ticked, by date."""
        with self._practice.read() as reading:
            return reading.all(TaskTick, "on", course_id=course_id)

    def tick_task(self, course_id: str, task: str, on: date, session_id: str | None = None) -> TaskTick:
        """Tick a task (`phase_key.task_key`) on a date; ticked again, it has the new date."""

        def work(writing: Writing) -> TaskTick:
            known = writing.all(TaskTick, course_id=course_id, task=task)
            fresh = TaskTick(course_id=course_id, task=task, on=on, session_id=session_id)
            tick = replace(known[0], on=on, session_id=session_id) if known else fresh
            writing.upsert(tick)
            return tick

        return self._practice.write("tick_task", work, about=course_id)

    def untick_task(self, course_id: str, task: str) -> TaskTick | None:
        """Take a tick back; return it, or None where the task was not ticked."""

        def work(writing: Writing) -> TaskTick | None:
            known = writing.all(TaskTick, course_id=course_id, task=task)
            for tick in known:
                writing.delete(TaskTick, tick.id)
            return known[0] if known else None

        return self._practice.write("untick_task", work, about=course_id)

    # -- problem areas ---------------------------------------------------------------------------------------------

    def problem_areas(self, course_id: str) -> list[ProblemArea]:
        """Return the problem areas of a course, the primary one first."""
        with self._practice.read() as reading:
            return reading.all(ProblemArea, "rank", course_id=course_id)

    def keep_problem_area(self, area: ProblemArea) -> ProblemArea:
        """Add or change a problem area at its rank; the others close up around it (1 is the primary one).

        The record of an earlier one of its kind that was taken out is its own then.

        Raises RecordGone where the person it names is no more.
        """

        def work(writing: Writing) -> ProblemArea:
            if area.person_id is not None:
                found(writing, Person, area.person_id)
            kept = _put(writing, area)
            link_known(writing, kept)
            return kept

        return self._practice.write("keep_problem_area", work, about=area.id)

    def remove_problem_area(self, area_id: str) -> LeavingArea:
        """Take a problem area out with all that is of it alone, and return it, for `restore_problem_area`.

        Its goals stay and are of no area; its record stays as it is written. Raises RecordGone where it is no more.
        """

        def work(writing: Writing) -> LeavingArea:
            leaving = leaving_area(writing, area_id)
            let_go(writing, leaving)
            _rank(writing, writing.all(ProblemArea, "rank", course_id=leaving.area.course_id), "")
            return leaving

        return self._practice.write("remove_problem_area", work, about=area_id)

    def restore_problem_area(self, leaving: LeavingArea) -> ProblemArea:
        """Bring a problem area back at its rank, with what went with it and the goals that were of it."""

        def work(writing: Writing) -> ProblemArea:
            area = _put(writing, still_named(writing, leaving.area))
            bring_back(writing, leaving)
            return area

        return self._practice.write("restore_problem_area", work, about=leaving.area.id)

    def stage_changes(self, course_id: str) -> list[StageChange]:
        """Return every stage judged of the course's role disputes, the earliest first."""
        with self._practice.read() as reading:
            areas = [each.id for each in reading.all(ProblemArea, course_id=course_id)]
            return reading.all(StageChange, "on", "created_at", problem_area_id=areas) if areas else []

    def judge_stage(self, problem_area_id: str, stage: DisputeStage, on: date) -> StageChange:
        """Say which stage a role dispute is in from a date on."""
        return self.bring_back_stage(StageChange(problem_area_id=problem_area_id, stage=stage, on=on))

    def bring_back_stage(self, change: StageChange) -> StageChange:
        """Keep a stage as it is given."""
        self._practice.write("judge_stage", lambda writing: writing.insert(change), about=change.id)
        return change

    def take_back_stage(self, change_id: str) -> None:
        """Take a judgement back: the one before it holds again."""
        self._practice.write("take_back_stage", lambda writing: writing.delete(StageChange, change_id), about=change_id)


def _require_later(change: PhaseChange, review_on: date | None) -> None:
    if review_on is not None and review_on <= change.on:
        raise Refused(reason=_("The review comes after the day from which the phase holds."))


def _put(writing: Writing, area: ProblemArea) -> ProblemArea:
    """Put a problem area at its rank; the others close up around it."""
    others = [each for each in writing.all(ProblemArea, "rank", course_id=area.course_id) if each.id != area.id]
    at = min(max(area.rank, 1), len(others) + 1)
    ranked = replace(area, rank=at)
    _rank(writing, [*others[: at - 1], ranked, *others[at - 1 :]], area.id)
    return ranked


def _rank(writing: Writing, areas: list[ProblemArea], kept: str) -> None:
    """Give problem areas their ranks in the given order; only what changes is written, and the one to be kept."""
    for rank, area in enumerate(areas, start=1):
        if area.rank != rank or area.id == kept:
            writing.upsert(replace(area, rank=rank))
