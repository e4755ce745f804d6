"""A session moves to another course of its client with all that is its own, and comes back; nothing is lost on the way."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from ipt_desktop.domain.course import numbers
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.measure_records import Given, MeasureResult
from ipt_desktop.domain.records import (
    Attendance,
    AuditEntry,
    Client,
    Course,
    Document,
    EndingKind,
    Person,
    Placement,
    ProblemArea,
    Session,
    Sitting,
    TaskTick,
)
from ipt_desktop.domain.session_records import Event, RiskEntry, Step, StepDone
from ipt_desktop.domain.treatment_records import AreaDocument, Goal, GoalRating, StrategyWork
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.session_moving import LEFT_BEHIND
from ipt_desktop.storage.store import Writing
from ipt_desktop.storage.tables import TABLES

START = date(2026, 3, 2)
LATER = date(2026, 10, 5)
WEEK = timedelta(weeks=1)


@dataclass
class Case:
    """A client with a finished course and one that runs; the session of the third week stands in the wrong one, the second."""

    desk: Desk
    client: Client
    first: Course
    second: Course
    sessions: list[Session]

    @property
    def moving(self):
        return self.desk.session_moving

    def write(self, session: Session, **answers: object) -> Document:
        desk = self.desk
        document = desk.documents.open_document(
            Purpose.PROGRESS_NOTE, self.client.id, course_id=session.course_id, session_id=session.id
        )
        draft = desk.documents.begin_writing(document)
        kept = desk.documents.keep_draft(draft, {**document.answers, **answers})
        desk.documents.end_writing(draft)
        return kept

    def insert(self, *records: object) -> None:
        def work(writing: Writing) -> None:
            for record in records:
                writing.insert(record)

        self.desk.store.write(work)

    def all(self, kind: type, **equals: object) -> list:
        with self.desk.store.read() as reading:
            return reading.all(kind, **equals)


@pytest.fixture
def case(desk: Desk) -> Case:
    client = desk.clients.add_client(Client(name="Marta"))
    protocol = desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    first = desk.courses.begin_course(client.id, protocol, started_on=START)
    desk.courses.end_course(first.id, START + 15 * WEEK, EndingKind.PLANNED)
    second = desk.courses.begin_course(client.id, protocol, started_on=LATER)
    days = [LATER + number * WEEK for number in range(4)]
    sessions = [
        desk.sessions.add_session(Session(course_id=second.id, date=day, attendance=Attendance.ATTENDED)) for day in days
    ]
    return Case(desk, client, desk.courses.course(first.id), second, sessions)


def test_the_session_its_note_circle_risk_and_task_go_along(case: Case):
    desk, session = case.desk, case.sessions[2]
    note = case.write(session, between_session_task="Ring Elin", risk={"asked": "changed", "words": "passive ideation"})
    person = Person(client_id=case.client.id, name="Elin")
    sitting = Sitting(course_id=case.second.id, session_id=session.id, date=session.date)
    event = Event(client_id=case.client.id, session_id=session.id, on="2026-10-18", title="Elin rang")
    result = MeasureResult(
        client_id=case.client.id,
        course_id=case.second.id,
        session_id=session.id,
        measure="phq-9",
        definition="hash",
        on=session.date,
        given=Given.PAPER,
    )
    case.insert(person, sitting, event, result, Placement(person_id=person.id, sitting_id=sitting.id, felt=0.5))
    moved = case.moving.move_session(session.id, case.first.id)
    assert desk.sessions.session(session.id).course_id == case.first.id
    (stored,) = desk.documents.notes(case.first.id).values()
    assert stored == replace(note, course_id=case.first.id, revision=note.revision + 1)
    assert [each.id for each in desk.circles.sittings(case.first.id)] == [sitting.id]
    assert case.all(Placement, sitting_id=sitting.id) != []
    assert [(each.words, each.course_id) for each in case.all(Step)] == [("Ring Elin", case.first.id)]
    assert [(each.words, each.course_id) for each in case.all(RiskEntry)] == [("passive ideation", case.first.id)]
    assert case.all(Event) == [event]
    assert case.all(MeasureResult) == [replace(result, course_id=case.first.id)]
    case.moving.move_back(moved)
    assert desk.sessions.session(session.id) == session
    assert desk.documents.notes(case.second.id)[session.id].answers == note.answers
    assert [each.course_id for kind in (Step, RiskEntry, Sitting, MeasureResult) for each in case.all(kind)] == [
        case.second.id
    ] * 4


def test_what_is_of_the_course_it_leaves_stays_with_its_day_and_without_the_session(case: Case):
    session = case.sessions[2]
    area = ProblemArea(course_id=case.second.id, area="grief")
    goal = Goal(course_id=case.second.id, words="Two evenings")
    named = (
        TaskTick(course_id=case.second.id, task="middle.support", on=session.date, session_id=session.id),
        GoalRating(goal_id=goal.id, value=4, on=session.date, session_id=session.id),
        StrategyWork(problem_area_id=area.id, strategy="story", on=session.date, session_id=session.id),
    )
    case.insert(area, goal, *named)
    moved = case.moving.move_session(session.id, case.first.id)
    assert [each for kind in LEFT_BEHIND for each in case.all(kind)] == [replace(each, session_id=None) for each in named]
    case.moving.move_back(moved)
    assert [each for kind in LEFT_BEHIND for each in case.all(kind)] == list(named)


def test_a_task_that_one_session_agreed_and_another_reviewed_keeps_how_it_went(case: Case):
    agreed, reviewed = case.sessions[1], case.sessions[2]
    case.write(agreed, between_session_task="Ring Elin")
    case.write(reviewed, last_step={"done": "yes", "words": "They talked."})
    before = case.all(Step)
    assert before[0].reviewed_in_id == reviewed.id
    for session, course in ((reviewed, case.second), (agreed, case.first)):
        moved = case.moving.move_session(session.id, case.first.id)
        (step,) = case.all(Step)
        assert (step.done, step.what_happened, step.reviewed_in_id) == (StepDone.YES, "They talked.", None)
        assert (step.course_id, step.session_id) == (course.id, agreed.id)
        case.moving.move_back(moved)
        assert case.all(Step) == before


def test_a_task_of_the_session_itself_keeps_the_review_told_in_it(case: Case):
    session = case.sessions[2]
    step = Step(
        course_id=case.second.id,
        session_id=session.id,
        words="Breathe",
        agreed_on=session.date,
        done=StepDone.YES,
        reviewed_in_id=session.id,
    )
    case.insert(step)
    case.moving.move_session(session.id, case.first.id)
    assert case.all(Step) == [replace(step, course_id=case.first.id)]


def test_a_worksheet_goes_along_but_is_no_longer_the_record_of_the_other_course_s_area(case: Case):
    session = case.sessions[2]
    note = case.write(session, between_session_task="Ring Elin")
    area = ProblemArea(course_id=case.second.id, area="grief")
    link = AreaDocument(id=note.id, problem_area_id=area.id)
    case.insert(area, link)
    moved = case.moving.move_session(session.id, case.first.id)
    assert case.all(AreaDocument) == []
    case.moving.move_back(moved)
    assert case.all(AreaDocument) == [link]


def test_the_sessions_of_both_courses_are_counted_anew(case: Case):
    session = case.sessions[1]
    case.moving.move_session(session.id, case.first.id)
    left = case.desk.sessions.sessions(case.second.id)
    assert numbers(left) == {case.sessions[0].id: 1, case.sessions[2].id: 2, case.sessions[3].id: 3}
    assert numbers(case.desk.sessions.sessions(case.first.id)) == {session.id: 1}


def test_what_was_changed_since_stays_when_it_comes_back(case: Case):
    session = case.sessions[2]
    case.write(session, between_session_task="Ring Elin")
    tick = TaskTick(course_id=case.second.id, task="middle.support", on=session.date, session_id=session.id)
    case.insert(tick)
    moved = case.moving.move_session(session.id, case.first.id)
    note = case.write(moved.session, between_session_task="Ring Elin on Friday")
    case.desk.sessions.change_session(replace(moved.session, date=session.date + WEEK))
    case.desk.phases.tick_task(case.second.id, tick.task, session.date, case.sessions[3].id)
    case.moving.move_back(moved)
    assert case.desk.sessions.session(session.id) == replace(session, date=session.date + WEEK)
    assert case.desk.documents.notes(case.second.id)[session.id].answers == note.answers
    assert [each.words for each in case.all(Step, course_id=case.second.id)] == ["Ring Elin on Friday"]
    assert case.all(TaskTick)[0].session_id == case.sessions[3].id


def test_it_says_why_not(case: Case):
    desk, session = case.desk, case.sessions[2]
    with pytest.raises(Refused, match="in that course already"):
        case.moving.move_session(session.id, case.second.id)
    other = desk.clients.add_client(Client(name="Piotr"))
    strange = desk.courses.begin_course(other.id, desk.resources.protocols[0], started_on=LATER)
    with pytest.raises(Refused, match="courses of one client"):
        case.moving.move_session(session.id, strange.id)
    running = desk.sessions.start_session(session)
    with pytest.raises(Refused, match="is running"):
        case.moving.move_session(running.id, case.first.id)
    assert desk.sessions.session(session.id).course_id == case.second.id


def test_a_session_whose_note_is_signed_stays_where_its_number_stands(case: Case):
    session = case.sessions[2]
    note = case.write(session, between_session_task="Ring Elin")
    case.desk.practice.name_therapist("Dr Alma Example")
    case.desk.signing.sign(note, reason="to be moved")
    with pytest.raises(Refused, match="stays in this course"):
        case.moving.move_session(session.id, case.first.id)
    moved = case.moving.move_session(case.sessions[1].id, case.first.id)
    case.moving.move_back(moved)


def test_the_trail_has_a_row_for_the_move_and_one_for_the_way_back(case: Case):
    moved = case.moving.move_session(case.sessions[2].id, case.first.id)
    case.moving.move_back(moved)
    rows = [each for each in case.all(AuditEntry) if each.operation == "move_session"]
    assert [(each.kind, each.client_id) for each in rows] == [("session", case.client.id)] * 2


def test_every_record_that_names_a_session_has_its_way():
    known = {"document", "sitting", "risk_entry", "step", "event", "task_tick", "goal_rating", "strategy_work"}
    known |= {"measure_result"}
    naming = {table.name for table in TABLES.values() for key in table.foreign_keys if key.column.table.name == "session"}
    assert naming == known
