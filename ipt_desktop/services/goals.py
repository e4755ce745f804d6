"""The goals of a course: what the client wants to reach, in their words, and which arrow of the circle a goal points at."""

from dataclasses import replace

from ipt_desktop.domain.closeness import kept
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Course, Person, ProblemArea
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Goal
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.storage.store import Reading, Writing


class Goals:
    """What can be done with the goals of a course. Nothing here rates them or adds them up."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice

    def goals(self, course_id: str) -> list[Goal]:
        """Return the goals of a course in the order they were set."""
        with self._practice.read() as reading:
            return reading.all(Goal, "set_on", "created_at", "id", course_id=course_id)

    def add_goal(self, goal: Goal) -> Goal:
        """Set a goal. Raises what `_checked` raises."""
        return self._insert("add_goal", goal, is_new=True)

    def restore_goal(self, goal: Goal) -> Goal:
        """Bring back a goal taken out, under its own id. Raises what `_checked` raises."""
        return self._insert("restore_goal", goal, is_new=False)

    def change_goal(self, goal: Goal) -> Goal:
        """Keep a changed goal. Raises RecordGone where it is no more, and what `_checked` raises."""

        def work(writing: Writing) -> Goal:
            stored = found(writing, Goal, goal.id)
            sound = _checked(writing, goal, is_new=goal.is_closeness and not stored.is_closeness)
            writing.update(sound)
            return sound

        return self._practice.write("change_goal", work, about=goal.id)

    def remove_goal(self, goal_id: str) -> Goal:
        """Take a goal out and return it, for `restore_goal`. Raises RecordGone where it is no more."""

        def work(writing: Writing) -> Goal:
            goal = found(writing, Goal, goal_id)
            writing.delete(Goal, goal_id)
            return goal

        return self._practice.write("remove_goal", work, about=goal_id)

    def _insert(self, operation: str, goal: Goal, *, is_new: bool) -> Goal:
        def work(writing: Writing) -> Goal:
            sound = _checked(writing, goal, is_new=is_new)
            writing.insert(sound)
            return sound

        return self._practice.write(operation, work, about=goal.id)


def _checked(reading: Reading, goal: Goal, *, is_new: bool) -> Goal:
    """Return the goal as it is kept, words tidied and start within the scale.

    Raises Refused without words, for a problem area of another course, for someone of another client, and for a second goal
    that points at the same arrow; RecordGone where course, problem area or person is no more. One that is not `is_new` may be
    kept though the person its arrow led to is gone.
    """
    words = " ".join(goal.words.split())
    if not words:
        raise Refused(reason=_("A goal needs words: what does the client want to reach?"))
    course = found(reading, Course, goal.course_id)
    if goal.problem_area_id is not None and found(reading, ProblemArea, goal.problem_area_id).course_id != course.id:
        raise Refused(reason=_("A goal and its problem area belong to one course."))
    if goal.person_id is not None and found(reading, Person, goal.person_id).client_id != course.client_id:
        raise Refused(reason=_("A goal and its person belong to one client."))
    if goal.is_closeness and is_new and (goal.person_id is None or goal.start is None):
        raise Refused(reason=_("A goal of closeness needs someone on the circle."))
    if goal.is_closeness and goal.person_id is not None:
        _refuse_second(reading, goal)
    return replace(goal, words=words, start=None if goal.start is None else kept(goal.start))


def _refuse_second(reading: Reading, goal: Goal) -> None:
    known = reading.all(Goal, course_id=goal.course_id, person_id=goal.person_id)
    other = next((each for each in known if each.is_closeness and each.id != goal.id), None)
    if other is not None:
        reason = _("There is a goal for this closeness already: “{words}”. Change that one.")
        raise Refused(reason=reason.format(words=other.words))
