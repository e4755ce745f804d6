"""How far a goal is: in words, over time, and what counts as now."""

from datetime import date, timedelta

from ipt_desktop.domain.attainment import Attainment, attainment_of, status_words
from ipt_desktop.domain.treatment_records import Goal, GoalRating, GoalStatus

SET = date(2026, 11, 3)
WEEK = timedelta(weeks=1)


def goal(**more: object) -> Goal:
    return Goal(id="g", course_id="c", words="Ask plainly", set_on=SET, **more)  # type: ignore[arg-type]


def rated(*told: tuple[int, int]) -> list[GoalRating]:
    """Ratings as (weeks after the goal was set, value)."""
    return [GoalRating(goal_id="g", value=value, on=SET + week * WEEK) for week, value in told]


def test_what_is_known_is_told_and_the_rest_left_out() -> None:
    assert attainment_of(goal(baseline=2, target=8), rated((1, 4), (3, 6))).words == "from 2, now 6, aim 8"
    assert attainment_of(goal(baseline=0, target=6), []).words == "from 0, aim 6"
    assert attainment_of(goal(), rated((1, 0))).words == "now 0"
    assert attainment_of(goal(), []).words == ""
    assert not attainment_of(goal(), [])
    assert attainment_of(goal(baseline=0), []), "nought is an answer"


def test_the_way_is_told_with_its_days() -> None:
    told = attainment_of(goal(baseline=2), rated((3, 6), (1, 4)))
    assert told.over_time(SET) == "2 on 3 November, 4 on 10 November, 6 on 24 November"
    assert told.over_time(date(2027, 1, 1)).startswith("2 on 3 November 2026")
    assert attainment_of(goal(baseline=2), []).over_time(SET) == ""


def test_what_is_rated_on_the_day_it_was_set_is_told_once() -> None:
    told = attainment_of(goal(baseline=2), rated((0, 3), (1, 4)))
    assert [each.value for each in told.points] == [3, 4]
    assert told.start == 2


def test_a_rating_of_before_it_was_set_is_on_the_line_and_not_what_is_so_now() -> None:
    told = attainment_of(goal(baseline=2, target=8), rated((-4, 1)))
    assert [each.value for each in told.points] == [1, 2]
    assert told.words == "from 2, aim 8"


def test_ratings_of_other_goals_are_passed_over() -> None:
    assert attainment_of(goal(), [GoalRating(goal_id="other", value=9, on=SET)]) == Attainment()


def test_what_became_of_it() -> None:
    assert status_words(goal()) == ""
    assert status_words(goal(status=GoalStatus.PARTLY, closed_on=SET)) == "partly met, 3 November 2026"
