"""Strategies marked in the sessions that worked on them, and what goes and comes back with a problem area."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.records import Attendance, Client, DisputeStage, ProblemArea, Session, SessionKind
from ipt_desktop.domain.strategy_work import numbered_so_far, session_meant, strategies_worked
from ipt_desktop.domain.treatment_records import Goal
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key

START = date(2026, 3, 2)
WEEK = timedelta(weeks=1)


class Work:
    """A client in the fourth week of a course with a dispute."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.strategies = desk, desk.strategies
        self.client = desk.clients.add_client(Client(name="Marta Lindqvist"))
        self.course = desk.courses.begin_course(self.client.id, desk.resources.protocols[0], started_on=START)
        self.sessions = [self.session(START + number * WEEK) for number in range(4)]
        self.area = desk.phases.keep_problem_area(ProblemArea(course_id=self.course.id, area="dispute"))

    def session(self, day: date, **more: object) -> Session:
        made = Session(course_id=self.course.id, date=day, attendance=Attendance.ATTENDED)
        return self.desk.sessions.add_session(replace(made, **more))  # type: ignore[arg-type]

    def mark(self, strategy: str, number: int) -> None:
        self.strategies.mark_strategy(self.area.id, strategy, self.sessions[number - 1].id)

    def told(self, today: date = START + 3 * WEEK) -> dict[str, str]:
        known = self.desk.courses.protocol(self.course.id).area("dispute")
        assert known is not None
        so_far = numbered_so_far(self.desk.sessions.sessions(self.course.id), today)
        works = self.strategies.of_course(self.course.id)
        return {each.key: each.words(today) for each in strategies_worked(known.strategies, works, so_far)}


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Work]:
    desk = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield Work(desk)
    desk.close()


def test_a_strategy_is_marked_once_in_a_session(work: Work) -> None:
    first = work.strategies.mark_strategy(work.area.id, "stage", work.sessions[0].id)
    assert work.strategies.mark_strategy(work.area.id, "stage", work.sessions[0].id) == first
    assert first.on == START
    work.mark("stage", 3)
    work.mark("stage", 4)
    assert work.told()["stage"] == "worked in sessions 1, 3 and 4"
    assert work.told()["relate"] == "not worked on so far"
    work.strategies.unmark_strategy(first.id)
    assert work.told()["stage"] == "worked in sessions 3 and 4"
    work.strategies.restore_mark(first)
    assert work.told()["stage"] == "worked in sessions 1, 3 and 4"
    with pytest.raises(RecordGone):
        work.strategies.unmark_strategy("nothing")


def test_sessions_are_named_by_the_numbers_they_have_now(work: Work) -> None:
    work.mark("stage", 3)
    work.session(START + timedelta(days=3))
    assert work.told()["stage"] == "worked in session 4", "a session was entered later that lies before it"
    work.desk.sessions.change_session(replace(work.sessions[2], attendance=Attendance.CANCELLED_BY_CLIENT))
    assert work.told()["stage"] == "worked on 16 March"


def test_of_a_session_that_is_removed_the_day_stays_and_it_comes_back_with_it(work: Work) -> None:
    work.mark("stage", 2)
    work.mark("stage", 4)
    gone = work.desk.sessions.remove_session(work.sessions[1].id)
    assert work.told()["stage"] == "worked in session 3 and on 9 March"
    work.desk.sessions.bring_back_session(gone)
    assert work.told()["stage"] == "worked in sessions 2 and 4"


def test_strategies_the_protocol_no_longer_has_are_told_after_the_others(work: Work) -> None:
    work.mark("an_older_one", 2)
    assert list(work.told())[-1] == "an_older_one"
    assert work.told()["an_older_one"] == "worked in session 2"


def test_a_session_of_another_course_is_refused(work: Work) -> None:
    other = work.desk.clients.add_client(Client(name="Olga"))
    course = work.desk.courses.begin_course(other.id, work.desk.resources.protocols[0], started_on=START)
    session = work.desk.sessions.add_session(Session(course_id=course.id, date=START))
    with pytest.raises(Refused, match="one course"):
        work.strategies.mark_strategy(work.area.id, "stage", session.id)
    with pytest.raises(RecordGone):
        work.strategies.mark_strategy("nowhere", "stage", work.sessions[0].id)


def test_a_mark_is_about_the_running_session_then_todays_then_the_last_held(work: Work) -> None:
    today = START + 3 * WEEK

    def meant(day: date = today) -> int:
        return session_meant(numbered_so_far(work.desk.sessions.sessions(work.course.id), day), day)

    assert meant() == 4
    assert meant(today + WEEK) == 4, "the last one, between two sessions"
    assert meant(START) == 1
    assert meant(START - WEEK) == 0
    later = work.session(today, starts_at=None, attendance=None)
    assert meant() == 5, "of two today the one whose attendance is still open"
    work.desk.sessions.change_session(replace(later, kind=SessionKind.PHONE))
    assert meant() == 4, "a call has no number"


def test_all_that_is_of_an_area_goes_and_comes_back_with_it_but_its_goals_stay(work: Work) -> None:
    work.mark("stage", 2)
    stage = work.desk.phases.judge_stage(work.area.id, DisputeStage.IMPASSE, START)
    goal = work.desk.goals.add_goal(Goal(course_id=work.course.id, words="Ask plainly", problem_area_id=work.area.id))
    marks = work.strategies.of_course(work.course.id)
    second = work.desk.phases.keep_problem_area(ProblemArea(course_id=work.course.id, area="grief", rank=2))
    gone = work.desk.phases.remove_problem_area(work.area.id)
    assert work.strategies.of_course(work.course.id) == []
    assert work.desk.phases.stage_changes(work.course.id) == []
    assert work.desk.goals.goals(work.course.id) == [replace(goal, problem_area_id=None)]
    assert [each.rank for each in work.desk.phases.problem_areas(work.course.id)] == [1]
    work.desk.phases.restore_problem_area(gone)
    assert work.strategies.of_course(work.course.id) == marks
    assert work.desk.phases.stage_changes(work.course.id) == [stage]
    assert work.desk.goals.goals(work.course.id) == [goal]
    assert [each.id for each in work.desk.phases.problem_areas(work.course.id)] == [work.area.id, second.id]


def test_a_goal_that_found_another_area_meanwhile_stays_there(work: Work) -> None:
    goal = work.desk.goals.add_goal(Goal(course_id=work.course.id, words="Ask plainly", problem_area_id=work.area.id))
    second = work.desk.phases.keep_problem_area(ProblemArea(course_id=work.course.id, area="grief", rank=2))
    gone = work.desk.phases.remove_problem_area(work.area.id)
    work.desk.goals.change_goal(replace(goal, problem_area_id=second.id))
    work.desk.phases.restore_problem_area(gone)
    assert [each.problem_area_id for each in work.desk.goals.goals(work.course.id)] == [second.id]


def test_an_area_comes_back_without_whoever_was_deleted_meanwhile(work: Work) -> None:
    johan = work.desk.circles.add_person(work.client.id, "Johan", "husband")
    work.desk.phases.keep_problem_area(replace(work.area, person_id=johan.id))
    gone = work.desk.phases.remove_problem_area(work.area.id)
    work.desk.circles.delete_person(johan.id)
    assert work.desk.phases.restore_problem_area(gone).person_id is None
