"""Suggestions of a course: what is known is read as it was recorded, and an answer is kept, taken back and kept again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ipt_desktop.domain.errors import RecordGone
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import (
    Attendance,
    Client,
    DisputeStage,
    EndingKind,
    Placement,
    ProblemArea,
    Session,
    SessionKind,
)
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry, Step
from ipt_desktop.domain.suggestions import CourseFacts
from ipt_desktop.domain.treatment_records import Goal, GoalRating, StrategyWork, SuggestionAnswer, SuggestionReply
from ipt_desktop.services import demo
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key

TODAY = date(2026, 11, 24)
WEEK = timedelta(weeks=1)


class Life:
    """A client in the eighth week of a course: seven sessions held, the eighth one is today's."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.client = desk.clients.add_client(Client(name="Marta Lindqvist"))
        self.course = self.begin(TODAY - 7 * WEEK)
        self.sessions = [self.session(week) for week in range(-7, 0)]
        self.sessions.append(self.session(0, attendance=None))

    def begin(self, on: date) -> Any:
        return self.desk.courses.begin_course(self.client.id, self.desk.resources.protocols[0], started_on=on)

    def session(self, week: int, **more: Any) -> Session:
        told = {"attendance": Attendance.ATTENDED, **more}
        return self.desk.sessions.add_session(Session(course_id=self.course.id, date=TODAY + WEEK * week, **told))

    def area(self, area: str = "dispute", week: int = -5, **more: Any) -> ProblemArea:
        told = {"course_id": self.course.id, "area": area, "agreed_on": TODAY + WEEK * week, **more}
        return self.desk.phases.keep_problem_area(ProblemArea(**told))

    def document(self, purpose: Purpose, session: Session | None = None, **answers: Any) -> None:
        place = {"course_id": self.course.id, "session_id": session.id if session else None}
        found = self.desk.documents.open_document(purpose, self.client.id, **place)
        self.desk.documents.keep_draft(self.desk.documents.begin_writing(found), {**found.answers, **answers})

    def answer(self, suggestion: str, reply: SuggestionReply, on: date = TODAY) -> SuggestionAnswer:
        return SuggestionAnswer(client_id=self.client.id, course_id=self.course.id, suggestion=suggestion, reply=reply, on=on)

    def facts(self) -> CourseFacts:
        return self.desk.suggestions.read(self.course.id, TODAY).facts

    def suggested(self, today: date = TODAY) -> list[str]:
        return [each.key for each in self.desk.suggestions.read(self.course.id, today).suggested]


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    desk = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield Life(desk)
    desk.close()


def test_sessions_are_counted_as_everywhere_else(life: Life) -> None:
    life.session(-8, attendance=Attendance.DID_NOT_COME)
    life.session(-8, kind=SessionKind.PHONE)
    life.session(1, attendance=None)
    known = life.facts()
    assert (known.number, known.planned, known.left) == (8, 16, 8)
    assert known.held == tuple(each.date for each in life.sessions[:-1])  # today's has not been answered
    assert known.met == tuple(each.date for each in life.sessions)


def test_a_focus_is_one_that_was_agreed(life: Life) -> None:
    assert "no_focus" in life.suggested()
    candidate = life.area(agreed_on=None)
    assert "no_focus" in life.suggested()
    life.desk.phases.keep_problem_area(replace(candidate, agreed_on=TODAY))
    assert "no_focus" not in life.suggested()


def test_the_circle_is_one_that_somebody_stands_on(life: Life) -> None:
    circles = life.desk.circles
    person = circles.add_person(life.client.id, "Tess", "friend")
    sittings = (circles.sitting_before(life.course.id, TODAY), circles.sitting_now(life.course.id, datetime(2026, 11, 24, 9)))
    assert life.facts().last_circle is None  # begun, and nobody stands there
    for sitting, is_drawn in zip(sittings, (False, True), strict=True):
        circles.put_back(sitting.id, person.id, Placement(person_id=person.id, sitting_id=sitting.id, felt=0.5))
        assert ("no_circle" in life.suggested()) is not is_drawn
    assert (life.facts().last_circle, life.facts().drawn_on) == (8, TODAY)


@pytest.mark.parametrize("way", ["strategy", "stage", "rating", "note", "goal in a note"])
def test_a_problem_area_is_worked_on_by_whatever_tells_of_it(life: Life, way: str) -> None:
    area = life.area()
    goal = life.desk.goals.add_goal(Goal(course_id=life.course.id, words="Ask him", problem_area_id=area.id))
    assert "area_untouched.dispute" in life.suggested()
    last = life.sessions[-3]
    if way == "strategy":
        life.desk.store.write(lambda w: w.insert(StrategyWork(problem_area_id=area.id, strategy="stage", on=last.date)))
    elif way == "stage":
        life.desk.phases.judge_stage(area.id, DisputeStage.IMPASSE, last.date)
    elif way == "rating":
        life.desk.store.write(lambda w: w.insert(GoalRating(goal_id=goal.id, value=3, on=last.date)))
    elif way == "note":
        life.document(Purpose.PROGRESS_NOTE, last, focus=["dispute"])
    else:
        life.document(Purpose.PROGRESS_NOTE, last, goals=[goal.id])
    assert life.facts().areas[0].touched_on == last.date
    assert "area_untouched.dispute" not in life.suggested()


def test_a_problem_area_that_rests_is_not_pointed_at(life: Life) -> None:
    life.area(ended_on=TODAY - WEEK)
    assert life.facts().areas == ()
    assert life.facts().has_focus


def test_a_formulation_is_shared_once_it_says_how_the_client_took_it(life: Life) -> None:
    life.document(Purpose.FORMULATION, presenting="Low since spring")
    assert "formulation_not_shared" in life.suggested()
    life.document(Purpose.FORMULATION, agrees="partly")
    assert "formulation_not_shared" not in life.suggested()


def test_a_ticked_task_settles_what_was_done_on_paper(life: Life) -> None:
    assert {"no_circle", "formulation_not_shared"} <= set(life.suggested())
    for task in ("initial.inventory", "initial.formulation"):
        life.desk.phases.tick_task(life.course.id, task, TODAY)
    assert not {"no_circle", "formulation_not_shared"} & set(life.suggested())


def test_a_task_and_a_risk_wait_until_they_were_asked_about(life: Life) -> None:
    step = life.desk.steps.add_step(Step(course_id=life.course.id, words="Ring Johan", agreed_on=TODAY - 3 * WEEK))
    told = RiskEntry(client_id=life.client.id, on=TODAY - 2 * WEEK, asked=RiskAsked.CHANGED, words="Passive ideation")
    risk = life.desk.risk.keep_risk(told)
    assert {"step_not_reviewed", "risk_not_reviewed"} <= set(life.suggested())
    life.desk.steps.review_step(replace(step, reviewed_on=TODAY, what_happened="She did."))
    life.desk.risk.review_risk(risk.id, TODAY)
    assert not {"step_not_reviewed", "risk_not_reviewed"} & set(life.suggested())


def test_an_answer_is_kept_taken_back_and_kept_again(life: Life) -> None:
    never = life.desk.suggestions.answer_suggestion(life.answer("no_focus", SuggestionReply.NEVER))
    assert "no_focus" not in life.suggested()
    assert life.desk.suggestions.read(life.course.id, TODAY).never == (never,)
    assert life.desk.suggestions.take_back_answer(never.id) == never
    assert "no_focus" in life.suggested()
    life.desk.suggestions.answer_suggestion(never)
    assert "no_focus" not in life.suggested()
    with pytest.raises(RecordGone):
        life.desk.suggestions.take_back_answer("nobody")
    with pytest.raises(RecordGone):
        life.desk.suggestions.answer_suggestion(replace(never, id="x", course_id="nowhere"))


def test_not_now_is_for_this_course_until_its_next_session_and_never_for_the_client(life: Life) -> None:
    life.desk.suggestions.answer_suggestion(life.answer("no_focus", SuggestionReply.NOT_NOW))
    life.desk.suggestions.answer_suggestion(life.answer("no_circle", SuggestionReply.NEVER))
    assert not {"no_focus", "no_circle"} & set(life.suggested())
    life.session(1, attendance=None)
    assert "no_focus" in life.suggested(TODAY + WEEK)
    assert "no_circle" not in life.suggested(TODAY + WEEK)
    life.desk.courses.end_course(life.course.id, TODAY, EndingKind.PLANNED)
    assert life.suggested() == []
    life.course = life.begin(TODAY + WEEK)
    for week in range(1, 5):
        life.session(week)
    assert "no_focus" in life.suggested(TODAY + 4 * WEEK)
    assert "no_circle" not in life.suggested(TODAY + 4 * WEEK)


def test_a_course_whose_protocol_had_its_suggestions_taken_out_has_none(life: Life) -> None:
    life.desk.courses.end_course(life.course.id, TODAY, EndingKind.PLANNED)
    bare = replace(life.desk.resources.protocols[0], suggestions=())
    life.course = life.desk.courses.begin_course(life.client.id, bare, started_on=TODAY - 9 * WEEK)
    assert life.suggested() == []


# -- the demo practice -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(demo.create_demo(tmp_path_factory.mktemp("demo") / "practice", TODAY))
    yield desk
    desk.close()


def reasons(desk: Desk, name: str, today: date = TODAY) -> dict[str, str]:
    client = next(each for each in desk.clients.clients() if name in each.name)
    course = desk.courses.courses(client.id)[-1]
    return {each.key: each.reason for each in desk.suggestions.read(course.id, today).suggested}


def test_the_demo_practice_shows_what_a_course_has_not_come_to(demo_desk: Desk) -> None:
    assert reasons(demo_desk, "Lin") == {
        "no_focus": "Session 4, and no problem area has been agreed.",
        "formulation_not_shared": "Session 4, and nothing says how the client took it.",
    }
    assert reasons(demo_desk, "Marta") == {"risk_not_reviewed": "Passive ideation · 17 November, and not reviewed since."}


@pytest.mark.parametrize("name", ["Tomás", "Νίκος"])
def test_whose_scores_stay_where_they_were_is_told_with_the_numbers(demo_desk: Desk, name: str) -> None:
    (reason,) = reasons(demo_desk, name).values()
    assert "no reliable change on the PHQ-9 (less than 6)" in reason


@pytest.mark.parametrize("name", ["Zofia", "Ewan", "Олена", "Amal"])
def test_who_is_where_the_protocol_would_have_them_is_left_alone(demo_desk: Desk, name: str) -> None:
    assert reasons(demo_desk, name) == {}


def test_what_is_not_recorded_for_weeks_is_suggested_in_time(demo_desk: Desk) -> None:
    """Tomás’s eighth session and those after it come and go without a word of them."""
    client = next(each for each in demo_desk.clients.clients() if "Tomás" in each.name)
    course = demo_desk.courses.courses(client.id)[-1]
    last = max(each.date for each in demo_desk.sessions.sessions(course.id) if each.attendance is not None)
    seen: dict[int, set[str]] = {}
    for week in range(1, 7):
        day = last + WEEK * week
        known = [each for each in demo_desk.sessions.sessions(course.id) if each.date == day]
        session = known[0] if known else demo_desk.sessions.add_session(Session(course_id=course.id, date=day))
        demo_desk.sessions.change_session(replace(session, attendance=Attendance.ATTENDED))
        seen[week] = set(reasons(demo_desk, "Tomás", day))
    assert seen[1] == {"no_reliable_change"}
    assert seen[2] == {"no_reliable_change", "step_not_reviewed", "no_measure"}  # the last one was given in session 5
    assert "area_untouched.dispute" in seen[4]
    assert "area_untouched.dispute" not in seen[3]
    assert "ending_not_raised" in seen[6]  # session 13 of 16
    assert "ending_not_raised" not in seen[5]
