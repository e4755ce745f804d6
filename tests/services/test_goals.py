"""Goals of a course: what is refused in words, what comes back as it was, and what stays when what it is about goes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.records import Client, Person, ProblemArea
from ipt_desktop.domain.treatment_records import Goal
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key


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
    assert life.goals.remove_goal(kept.id) == kept
    assert life.stored() == []
    with pytest.raises(RecordGone):
        life.goals.change_goal(kept)
    with pytest.raises(RecordGone):
        life.goals.remove_goal(kept.id)
    life.goals.restore_goal(kept)
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
    life.goals.remove_goal(kept.id)
    life.goals.restore_goal(kept)
    trail = [each for each in life.desk.audit.entries() if each.kind == "goal"]
    assert {each.operation for each in trail} == {"add_goal", "change_goal", "remove_goal", "restore_goal"}
    assert {each.client_id for each in trail} == {life.client.id}
    assert all("Closer" not in str(each) for each in trail)
