"""Goals of a course: what is refused in words, what comes back as it was, and what stays when what it is about goes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.records import Client, Person, ProblemArea, Session
from ipt_desktop.domain.treatment_records import Goal, GoalStatus
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.goals import LeavingGoal
from ipt_desktop.services.vault import create_with_key

TODAY = date.today()
DAY = timedelta(days=1)


class Life:
    """A client in a course, with a problem area and two people."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.goals = desk, desk.goals
        self.client = desk.clients.add_client(Client(name="Marta Lindqvist"))
        self.course = desk.courses.begin_course(self.client.id, desk.resources.protocols[0], started_on=date(2026, 3, 2))
        self.area = desk.phases.keep_problem_area(ProblemArea(course_id=self.course.id, area="transition", rank=1))
        self.karin, self.ruth = (desk.circles.add_person(self.client.id, name, "sister") for name in ("Karin", "Ruth"))

    def goal(self, words: str = "Closer to Karin", person: Person | None = None, **more: object) -> Goal:
        about = {"person_id": person.id, "is_closeness": True, "start": 0.2} if person else {}
        return Goal(course_id=self.course.id, words=words, **{**about, **more})  # type: ignore[arg-type]

    def stored(self) -> list[Goal]:
        return self.goals.goals(self.course.id)


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    desk = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield Life(desk)
    desk.close()


def test_words_are_tidied_and_needed(life: Life) -> None:
    kept = life.goals.add_goal(life.goal("  Two evenings \n a month ", problem_area_id=life.area.id))
    assert kept.words == "Two evenings a month"
    assert life.stored() == [kept]
    with pytest.raises(Refused, match="A goal needs words"):
        life.goals.change_goal(replace(kept, words="  "))
    with pytest.raises(Refused, match="A goal has room for 400"):
        life.goals.change_goal(replace(kept, words="x" * 401))


def test_goals_come_in_the_order_they_were_set(life: Life) -> None:
    later = life.goals.add_goal(life.goal("second", set_on=date(2026, 4, 1)))
    first = life.goals.add_goal(life.goal("first", set_on=date(2026, 3, 1)))
    assert life.stored() == [first, later]


def test_a_second_goal_for_the_same_arrow_is_refused_in_words(life: Life) -> None:
    life.goals.add_goal(life.goal(person=life.karin))
    with pytest.raises(Refused, match="already: “Closer to Karin”"):
        life.goals.add_goal(life.goal("Karin again", life.karin))
    life.goals.add_goal(life.goal("More distance to Ruth", life.ruth))
    life.goals.add_goal(life.goal("Ring Karin on Sundays", person_id=life.karin.id))  # in words alone, about her, too
    assert len(life.stored()) == 3


def test_an_arrow_needs_someone_and_where_they_stood(life: Life) -> None:
    for lacking in ({"person_id": None}, {"start": None}):
        with pytest.raises(Refused, match="needs someone on the circle"):
            life.goals.add_goal(replace(life.goal(person=life.karin), **lacking))  # type: ignore[arg-type]


def test_what_is_of_another_course_or_client_is_refused(life: Life) -> None:
    other = life.desk.clients.add_client(Client(name="Olga"))
    course = life.desk.courses.begin_course(other.id, life.desk.resources.protocols[0], started_on=date(2026, 3, 2))
    with pytest.raises(Refused, match="one course"):
        life.goals.add_goal(Goal(course_id=course.id, words="x", problem_area_id=life.area.id))
    with pytest.raises(Refused, match="one client"):
        life.goals.add_goal(Goal(course_id=course.id, words="x", person_id=life.karin.id))
    with pytest.raises(RecordGone):
        life.goals.add_goal(Goal(course_id="nowhere", words="x"))


def test_what_is_taken_out_comes_back_under_its_own_id(life: Life) -> None:
    kept = life.goals.add_goal(life.goal(person=life.karin, problem_area_id=life.area.id))
    gone = life.goals.remove_goal(kept.id)
    assert gone == LeavingGoal(kept)
    assert life.stored() == []
    with pytest.raises(RecordGone):
        life.goals.change_goal(kept)
    with pytest.raises(RecordGone):
        life.goals.remove_goal(kept.id)
    life.goals.restore_goal(gone)
    assert life.stored() == [kept]


def test_a_person_who_is_put_back_has_their_goal_again(life: Life) -> None:
    kept = life.goals.add_goal(life.goal(person=life.karin))
    gone = life.goals.add_goal(life.goal("Ring her", person_id=life.karin.id))
    life.desk.circles.delete_person(life.karin.id)
    assert [each.person_id for each in life.stored()] == [None, None]
    life.goals.change_goal(replace(life.stored()[0], words="Closer to my sister"))  # its person is gone; its words are not
    life.goals.remove_goal(gone.id)
    life.desk.circles.restore_person(life.karin.id)
    assert life.stored() == [replace(kept, words="Closer to my sister")]


def test_a_course_with_a_goal_is_not_taken_back(life: Life) -> None:
    life.desk.phases.remove_problem_area(life.area.id)
    life.goals.add_goal(life.goal("Sleep"))
    with pytest.raises(Refused, match="Something has been recorded"):
        life.desk.courses.remove_course(life.course.id)


def test_each_act_is_audited_with_its_client(life: Life) -> None:
    kept = life.goals.add_goal(life.goal())
    life.goals.change_goal(replace(kept, words="Closer"))
    life.goals.restore_goal(life.goals.remove_goal(kept.id))
    life.goals.take_back_rating(life.goals.rate_goal(kept.id, 4, TODAY).id)
    trail = [each for each in life.desk.audit.entries() if each.kind in ("goal", "goal_rating")]
    ratings = {"rate_goal", "take_back_rating"}
    assert {each.operation for each in trail} == {"add_goal", "change_goal", "remove_goal", "restore_goal"} | ratings
    assert {each.client_id for each in trail} == {life.client.id}
    assert all("Closer" not in str(each) for each in trail)


# -- how far they are --------------------------------------------------------------------------------------------------


def test_what_is_off_the_scale_is_refused_in_words(life: Life) -> None:
    for off in ({"baseline": -1}, {"target": 11}):
        with pytest.raises(Refused, match="is not between 0 and 10"):
            life.goals.add_goal(life.goal(**off))
    kept = life.goals.add_goal(life.goal(baseline=0, target=10))
    for value in (-1, 11):
        with pytest.raises(Refused, match="is not between 0 and 10"):
            life.goals.rate_goal(kept.id, value, TODAY)
    assert life.goals.ratings(life.course.id) == []


def test_one_rating_holds_for_a_session_and_one_for_a_day(life: Life) -> None:
    kept = life.goals.add_goal(life.goal())
    session = life.desk.sessions.add_session(Session(course_id=life.course.id, date=date(2026, 3, 9)))
    first = life.goals.rate_goal(kept.id, 3, TODAY, session.id)
    assert first.on == session.date, "the day is the session's"
    assert life.goals.rate_goal(kept.id, 4, TODAY, session.id) == replace(first, value=4)
    apart = life.goals.rate_goal(kept.id, 5, session.date)
    assert life.goals.rate_goal(kept.id, 6, session.date).id == apart.id
    assert [(each.value, each.session_id) for each in life.goals.ratings(life.course.id)] == [(4, session.id), (6, None)]


def test_a_rating_may_be_of_before_the_goal_was_set_and_not_of_tomorrow(life: Life) -> None:
    kept = life.goals.add_goal(life.goal(set_on=TODAY))
    assert life.goals.rate_goal(kept.id, 1, TODAY - 30 * DAY).value == 1
    with pytest.raises(Refused, match="still to come"):
        life.goals.rate_goal(kept.id, 1, TODAY + DAY)


def test_a_goal_is_rated_in_a_session_of_its_own_course(life: Life) -> None:
    kept = life.goals.add_goal(life.goal())
    other = life.desk.clients.add_client(Client(name="Olga"))
    course = life.desk.courses.begin_course(other.id, life.desk.resources.protocols[0], started_on=date(2026, 3, 2))
    session = life.desk.sessions.add_session(Session(course_id=course.id, date=date(2026, 3, 2)))
    with pytest.raises(Refused, match="one course"):
        life.goals.rate_goal(kept.id, 1, TODAY, session.id)
    with pytest.raises(RecordGone):
        life.goals.rate_goal("nothing", 1, TODAY)


def test_ratings_go_and_come_back_with_their_goal_and_their_session(life: Life) -> None:
    kept = life.goals.add_goal(life.goal())
    session = life.desk.sessions.add_session(Session(course_id=life.course.id, date=date(2026, 3, 9)))
    rating = life.goals.rate_goal(kept.id, 3, TODAY, session.id)
    gone = life.goals.remove_goal(kept.id)
    assert life.goals.ratings(life.course.id) == []
    life.goals.restore_goal(gone)
    assert life.goals.ratings(life.course.id) == [rating]
    removed = life.desk.sessions.remove_session(session.id)
    assert life.goals.ratings(life.course.id) == [replace(rating, session_id=None)], "what was said is not lost with it"
    life.desk.sessions.bring_back_session(removed)
    assert life.goals.ratings(life.course.id) == [rating]
    life.goals.take_back_rating(rating.id)
    life.goals.bring_back_rating(rating)
    assert life.goals.ratings(life.course.id) == [rating]


def test_a_goal_that_is_settled_has_its_day(life: Life) -> None:
    kept = life.goals.add_goal(life.goal(set_on=TODAY - 7 * DAY))
    met = replace(kept, status=GoalStatus.MET)
    with pytest.raises(Refused, match="Say since when"):
        life.goals.change_goal(met)
    with pytest.raises(Refused, match="still to come"):
        life.goals.change_goal(replace(met, closed_on=TODAY + DAY))
    with pytest.raises(Refused, match="had not been set yet"):
        life.goals.change_goal(replace(met, closed_on=TODAY - 8 * DAY))
    assert life.goals.change_goal(replace(met, closed_on=TODAY, evidence=" They ring. ")).evidence == "They ring."
    opened = life.goals.change_goal(replace(met, status=GoalStatus.OPEN, closed_on=TODAY))
    assert opened.closed_on is None, "what is open has no day it was settled"
