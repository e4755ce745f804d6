"""The goals of a course: what the client wants to reach, in their words, how far each is, and which arrow it points at."""

from dataclasses import dataclass, replace
from datetime import date

from ipt_desktop.domain.attainment import HIGHEST, LOWEST
from ipt_desktop.domain.closeness import kept
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Course, Person, ProblemArea, Session
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Goal, GoalRating, GoalStatus
from ipt_desktop.services.practice import OpenPractice, found
from ipt_desktop.storage.store import Reading, Writing


@dataclass(frozen=True, slots=True)
class LeavingGoal:
    """A goal taken out, with its ratings."""

    goal: Goal
    ratings: tuple[GoalRating, ...] = ()


LONGEST = 400  # characters, as of a between-session task


class Goals:
    """What can be done with the goals of a course. Nothing here rates them by itself or adds them up."""

    def __init__(self, practice: OpenPractice) -> None:
        self._practice = practice

    def goals(self, course_id: str) -> list[Goal]:
        """Return the goals of a course in the order they were set."""
        with self._practice.read() as reading:
            return reading.all(Goal, "set_on", "created_at", "id", course_id=course_id)

    def add_goal(self, goal: Goal) -> Goal:
        """Set a goal. Raises what `_checked` raises."""

        def work(writing: Writing) -> Goal:
            sound = _checked(writing, goal, is_new=True)
            writing.insert(sound)
            return sound

        return self._practice.write("add_goal", work, about=goal.id)

    def restore_goal(self, leaving: LeavingGoal) -> Goal:
        """Bring back a goal taken out, under its own id, with its ratings. Raises what `_checked` raises."""

        def work(writing: Writing) -> Goal:
            sound = _checked(writing, leaving.goal, is_new=False)
            writing.insert(sound)
            for each in leaving.ratings:
                writing.insert(each if writing.get(Session, each.session_id or "") else replace(each, session_id=None))
            return sound

        return self._practice.write("restore_goal", work, about=leaving.goal.id)

    def change_goal(self, goal: Goal) -> Goal:
        """Keep a changed goal. Raises RecordGone where it is no more, and what `_checked` raises."""

        def work(writing: Writing) -> Goal:
            stored = found(writing, Goal, goal.id)
            sound = _checked(writing, goal, is_new=goal.is_closeness and not stored.is_closeness)
            writing.update(sound)
            return sound

        return self._practice.write("change_goal", work, about=goal.id)

    def remove_goal(self, goal_id: str) -> LeavingGoal:
        """Take a goal out with its ratings and return them, for `restore_goal`. Raises RecordGone where it is no more."""

        def work(writing: Writing) -> LeavingGoal:
            goal = found(writing, Goal, goal_id)
            ratings = tuple(writing.all(GoalRating, "on", "created_at", goal_id=goal_id))
            writing.delete(Goal, goal_id)
            return LeavingGoal(goal, ratings)

        return self._practice.write("remove_goal", work, about=goal_id)

    # -- how far they are ------------------------------------------------------------------------------------------

    def ratings(self, course_id: str) -> list[GoalRating]:
        """Return how far the goals of a course were said to be, the earliest first."""
        with self._practice.read() as reading:
            goals = [each.id for each in reading.all(Goal, course_id=course_id)]
            return reading.all(GoalRating, "on", "created_at", goal_id=goals) if goals else []

    def rate_goal(self, goal_id: str, value: int, on: date, session_id: str | None = None) -> GoalRating:
        """Keep how far a goal is, in a session or on a day of its own; said again of the same one, the new value holds.

        A day before the goal was set is allowed: how far it was then may be asked later. Raises RecordGone where goal or
        session is no more, Refused for a value off the scale, a day to come, and a session of another course.
        """

        def work(writing: Writing) -> GoalRating:
            goal = found(writing, Goal, goal_id)
            session = found(writing, Session, session_id) if session_id is not None else None
            if session is not None and session.course_id != goal.course_id:
                raise Refused(reason=_("A goal and the session it is rated in belong to one course."))
            day = session.date if session is not None else on
            rating = _sound_rating(GoalRating(goal_id=goal_id, value=value, on=day, session_id=session_id))
            here = {"session_id": session_id} if session_id is not None else {"session_id": None, "on": day}
            known = writing.all(GoalRating, goal_id=goal_id, **here)
            rated = replace(known[0], value=value, on=day) if known else rating
            writing.upsert(rated)
            return rated

        return self._practice.write("rate_goal", work, about=goal_id)

    def take_back_rating(self, rating_id: str) -> GoalRating:
        """Take a rating out and return it. Raises RecordGone where it is no more."""

        def work(writing: Writing) -> GoalRating:
            gone = found(writing, GoalRating, rating_id)
            writing.delete(GoalRating, rating_id)
            return gone

        return self._practice.write("take_back_rating", work, about=rating_id)

    def bring_back_rating(self, rating: GoalRating) -> GoalRating:
        """Keep a rating as it is given, under its own id. Raises RecordGone where its goal is no more."""

        def work(writing: Writing) -> GoalRating:
            found(writing, Goal, rating.goal_id)
            back = rating if writing.get(Session, rating.session_id or "") else replace(rating, session_id=None)
            writing.upsert(_sound_rating(back))
            return back

        return self._practice.write("rate_goal", work, about=rating.id)


def _checked(reading: Reading, goal: Goal, *, is_new: bool) -> Goal:
    """Return the goal as it is kept, words tidied and start within the scale.

    Raises Refused without words, off the scale, for an end that can't be (`_closed`), for a problem area of another course, for
    someone of another client, and for a second goal that points at the same arrow; RecordGone where course, problem area or
    person is no more. One that is not `is_new` may be kept though the person its arrow led to is gone.
    """
    words = " ".join(goal.words.split())
    if not words:
        raise Refused(reason=_("A goal needs words: what does the client want to reach?"))
    if len(words) > LONGEST:
        raise Refused(reason=_("A goal has room for {count} characters.").format(count=LONGEST))
    course = found(reading, Course, goal.course_id)
    if goal.problem_area_id is not None and found(reading, ProblemArea, goal.problem_area_id).course_id != course.id:
        raise Refused(reason=_("A goal and its problem area belong to one course."))
    if goal.person_id is not None and found(reading, Person, goal.person_id).client_id != course.client_id:
        raise Refused(reason=_("A goal and its person belong to one client."))
    if goal.is_closeness and is_new and (goal.person_id is None or goal.start is None):
        raise Refused(reason=_("A goal of closeness needs someone on the circle."))
    if goal.is_closeness and goal.person_id is not None:
        _refuse_second(reading, goal)
    _require_on_scale(goal.baseline)
    _require_on_scale(goal.target)
    start = None if goal.start is None else kept(goal.start)
    return replace(goal, words=words, start=start, evidence=goal.evidence.strip(), closed_on=_closed(goal))


def _require_on_scale(value: int | None) -> None:
    if value is not None and not LOWEST <= value <= HIGHEST:
        reason = _("{value} is not between {lowest} and {highest}.")
        raise Refused(reason=reason.format(value=value, lowest=LOWEST, highest=HIGHEST))


def _closed(goal: Goal) -> date | None:
    """Return the day it was settled that the goal is met, partly met or dropped; None while it is open.

    Raises Refused without a day, for one to come, and for one before the goal was set.
    """
    if goal.status is GoalStatus.OPEN:
        return None
    if goal.closed_on is None:
        raise Refused(reason=_("Say since when the goal is met, partly met or dropped."))
    if goal.closed_on > date.today():
        raise Refused(reason=_("This day is still to come."))
    if goal.closed_on < goal.set_on:
        raise Refused(reason=_("On this day the goal had not been set yet."))
    return goal.closed_on


def _sound_rating(rating: GoalRating) -> GoalRating:
    """Return the rating. Raises Refused off the scale and for a day to come."""
    _require_on_scale(rating.value)
    if rating.on > date.today():
        raise Refused(reason=_("This day is still to come."))
    return rating


def _refuse_second(reading: Reading, goal: Goal) -> None:
    known = reading.all(Goal, course_id=goal.course_id, person_id=goal.person_id)
    other = next((each for each in known if each.is_closeness and each.id != goal.id), None)
    if other is not None:
        reason = _("There is a goal for this closeness already: “{words}”. Change that one.")
        raise Refused(reason=reason.format(words=other.words))
