"""The demo practice: what every user sees first is right on any day."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import pytest

from ipt_desktop.domain import course as courses
from ipt_desktop.domain import form as forms
from ipt_desktop.domain import protocol as protocols
from ipt_desktop.domain import records as r
from ipt_desktop.domain import rich_text
from ipt_desktop.domain import treatment_records as tr
from ipt_desktop.domain.area_record import OF_AREA, kept_of, screened
from ipt_desktop.domain.errors import DefinitionError
from ipt_desktop.domain.event_letters import SYMPTOMS
from ipt_desktop.domain.form import FieldKind, Form, Means, Purpose
from ipt_desktop.domain.form_check import check
from ipt_desktop.domain.goal import Way
from ipt_desktop.domain.session_records import Event
from ipt_desktop.domain.trigger_dates import event_id_of, trigger_dates
from ipt_desktop.domain.typed_when import is_when
from ipt_desktop.reports.fonts import fonts_in
from ipt_desktop.services import demo, vault
from ipt_desktop.services.codes import Codes
from ipt_desktop.services.demo_case import cases
from ipt_desktop.services.demo_records import CaseRecords
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.resources import Resources
from ipt_desktop.services.resources_folder import resources_folder
from ipt_desktop.services.vault import OpenVault
from ipt_desktop.storage.store import Store

R = TypeVar("R", bound=r.Record)
TUESDAY = date(2025, 11, 25)
DAYS = [
    TUESDAY,
    date(2025, 11, 24),  # a Monday
    date(2025, 11, 29),  # a Saturday
    date(2025, 11, 30),  # a Sunday
    date(2026, 1, 1),
    date(2024, 2, 29),
    date(2026, 3, 2),
]
RESOURCES = Resources()
PROTOCOL = next(each for each in RESOURCES.protocols if each.key == demo.PROTOCOL)
FORMS = {forms.form_hash(each): each for each in RESOURCES.forms}


class Told:
    """The records of a day, by type."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.records = demo.demo_records(today, RESOURCES)

    def all(self, kind: type[R], **equals: object) -> list[R]:
        found = [each for each in self.records if isinstance(each, kind)]
        return [each for each in found if all(getattr(each, name) == value for name, value in equals.items())]

    def client(self, name: str) -> r.Client:
        return next(each for each in self.all(r.Client) if name in each.name)

    def notes(self, course: r.Course) -> list[r.Document]:
        """Return the notes of a course in the order of its sessions."""
        notes = {each.session_id: each for each in self.all(r.Document, course_id=course.id, purpose=Purpose.PROGRESS_NOTE)}
        return [notes[each.id] for each in courses.in_order(self.all(r.Session, course_id=course.id)) if each.id in notes]

    def phase_on(self, course: r.Course, day: date) -> int:
        """Return which phase was set on a day, as its place in the course."""
        key = courses.phase_of(course, self.all(r.PhaseChange, course_id=course.id), day)
        return [each.key for each in course.phases].index(key)


@pytest.fixture(params=DAYS, ids=str, scope="module")
def told(request: pytest.FixtureRequest) -> Told:
    return Told(request.param)


@pytest.fixture(scope="module")
def tuesday() -> Told:
    return Told(TUESDAY)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    made = demo.create_demo(tmp_path_factory.mktemp("demo") / "practice", TUESDAY)
    yield made
    made.close()


def texts(answers: dict[str, Any], form: Form) -> Iterator[str]:
    """Yield every text of a document."""
    for field in form.fields:
        value = answers.get(field.key)
        if field.kind == FieldKind.PROSE and value:
            yield rich_text.as_plain(rich_text.from_json(value))
        elif field.kind == FieldKind.LINE and value:
            yield value
        elif field.kind == FieldKind.ROWS:
            yield from (cell for row in value or () for cell in row.values() if isinstance(cell, str))
        elif field.kind in (FieldKind.RISK, FieldKind.STEP) and value:
            yield value.get("words", "")
            yield value.get("action", "")


def everything_said(told: Told, client: r.Client) -> str:
    """Return all words of a client's file."""
    said = [client.name, client.presenting_problem, client.own_words, client.address, client.emergency_name, client.referred_by]
    for person in told.all(r.Person, client_id=client.id):
        said += [person.name, person.initials, person.relation_words]
        said += [each.words for each in told.all(r.Placement, person_id=person.id)]
    for document in told.all(r.Document, client_id=client.id):
        said += texts(document.answers, FORMS[document.form])
    for course in told.all(r.Course, client_id=client.id):
        said += [each.about for each in told.all(r.ProblemArea, course_id=course.id)]
        said += [each.reason for each in told.all(r.PhaseChange, course_id=course.id)]
    return "\n".join(said)


# -- what there is -----------------------------------------------------------------------------------------------------


def test_eight_clients_with_sixty_notes_and_their_circles_over_time(told: Told) -> None:
    assert len(told.all(r.Client)) == 8
    assert len(told.all(r.Document, purpose=Purpose.PROGRESS_NOTE)) >= 60
    for client in told.all(r.Client):
        sittings = [
            each for course in told.all(r.Course, client_id=client.id) for each in told.all(r.Sitting, course_id=course.id)
        ]
        assert len({each.date for each in sittings}) >= 3, client.name
        assert any(each.is_before for each in sittings), client.name
        for sitting in sittings:
            standing = told.all(r.Placement, sitting_id=sitting.id, is_present=True)
            assert 9 <= len(standing) <= 25, (client.name, sitting.date)


def test_support_conflict_and_contact_are_told_of_some_and_change_over_time(told: Told) -> None:
    """Not everything is asked of everyone; what there is agrees with the ties and with who has died."""
    dead = {each.id for each in told.all(r.Person) if each.has_died}
    rows = told.all(r.Placement)
    assert not [each for each in rows if each.person_id in dead and each.wished != r.Support()]
    clients = {each.id: each.client_id for each in told.all(r.Person)}
    asked = {clients[each.person_id] for each in rows if each.contact and each.conflict is not None}
    assert len(asked) >= 4
    assert {each.contact for each in rows} == {None, *r.ContactHow}
    assert {each.conflict for each in rows} == {None, 0, 1, 2, 3}
    confidants = defaultdict(set)
    for each in rows:
        confidants[each.person_id].add(each.is_confidant)
    assert sum(len(each) == 2 for each in confidants.values()) >= 8, "someone is confided in, and was not, or no longer"


def test_a_present_conflict_with_the_client_is_one_in_the_circle_too(told: Told) -> None:
    present = [each for each in told.all(r.Tie, to_person_id=None, until=None) if each.kind is r.TieKind.CONFLICT]
    for tie in present:
        rows = [each for each in told.all(r.Placement, person_id=tie.from_person_id) if each.conflict is not None]
        if rows:
            last = max(rows, key=lambda each: next(s.date for s in told.all(r.Sitting, id=each.sitting_id)))
            assert last.conflict == tie.strength, tie


def test_every_phase_and_every_problem_area_is_there(told: Told) -> None:
    running = [each for each in told.all(r.Course) if each.ended_on is None]
    phases = {courses.phase_of(each, told.all(r.PhaseChange, course_id=each.id)) for each in running}
    assert phases == {each.key for each in PROTOCOL.phases if not each.is_after}
    assert {each.area for each in told.all(r.ProblemArea)} == {each.key for each in PROTOCOL.areas}
    assert {each.stage for each in told.all(r.StageChange)} >= {r.DisputeStage.IMPASSE, r.DisputeStage.RENEGOTIATION}


def test_one_client_has_finished_and_one_is_on_a_second_course(told: Told) -> None:
    finished = told.all(r.Client, status=r.ClientStatus.FINISHED)
    assert [each.name for each in finished] == ["Zofia Łukasiewicz"]
    by_client = Counter(each.client_id for each in told.all(r.Course))
    assert sorted(by_client.values()) == [1] * 7 + [2]
    again = next(client for client, count in by_client.items() if count == 2)
    first, second = sorted(told.all(r.Course, client_id=again), key=lambda each: each.number)
    assert first.ended_on is not None
    assert first.ended_on < second.started_on
    assert second.ended_on is None


def test_the_finished_courses_have_an_ending_and_a_circle_to_compare(told: Told) -> None:
    for course in told.all(r.Course):
        if course.ended_on is None:
            continue
        (ending,) = told.all(r.Document, course_id=course.id, purpose=Purpose.ENDING)
        answers, form = ending.answers, FORMS[ending.form]
        for means in (Means.GAINS, Means.REMAINING, Means.WARNING_SIGNS, Means.RELAPSE_PLAN, Means.ENDING_KIND):
            assert not forms.is_blank(form.answer(answers, means)), means
        assert len(told.notes(course)) == course.planned_sessions
        last = max(told.all(r.Sitting, course_id=course.id), key=lambda each: each.date)
        assert last.date == course.ended_on


def test_every_course_with_a_focus_has_its_formulation(told: Told) -> None:
    for course in told.all(r.Course):
        areas = told.all(r.ProblemArea, course_id=course.id)
        written = told.all(r.Document, course_id=course.id, purpose=Purpose.FORMULATION)
        assert len(written) == (1 if areas else 0)
        if written:
            form = FORMS[written[0].form]
            assert form.answer(written[0].answers, Means.PROBLEM_AREA) == [each.area for each in areas]
            assert not forms.is_blank(form.answer(written[0].answers, Means.WHY_NOW))


def test_a_course_whose_diagnosis_was_made_has_one_and_a_finished_one_has_another_at_its_end(told: Told) -> None:
    codes = Codes(RESOURCES.path("codes")).list_of("ICD-10-CM")
    assert codes is not None
    for course in told.all(r.Course):
        made = told.all(tr.Diagnosis, course_id=course.id)
        (tick,) = told.all(r.TaskTick, course_id=course.id, task="initial.diagnosis")
        at_start = [each for each in made if each.at is tr.DiagnosisAt.START]
        assert [each.rank for each in at_start] == list(range(1, len(at_start) + 1))
        assert {each.made_on for each in at_start} == {tick.on}
        at_end = [each.made_on for each in made if each.at is tr.DiagnosisAt.END]
        assert at_end == ([course.ended_on] if course.ended_on else [])
        for each in made:
            line = codes.line(each.code) if each.code else None
            assert (each.system, each.words) == ((codes.system, line.title) if line else ("", each.words))
    assert any(not each.code for each in told.all(tr.Diagnosis))


def test_medication_agrees_with_what_is_said_of_it(told: Told) -> None:
    told_of = {}
    for each in told.all(tr.Medication):
        client = next(one for one in told.all(r.Client) if one.id == each.client_id)
        assert each.begun <= told.today.isoformat()
        if not each.ended:
            words = client.presenting_problem
            assert f"{each.name} {each.dose}" in words
            assert f"prescribed by {each.prescriber}" in words
            told_of[client.name] = each
    first = min(each.started_on for each in told.all(r.Course, client_id=told_of["Marta Lindqvist"].client_id))
    assert told_of["Marta Lindqvist"].begun == (first - timedelta(weeks=4)).isoformat()
    zofia = told.client("Zofia")
    assert told_of[zofia.name].begun == (zofia.referred_on or told.today).isoformat()
    without = [each for each in told.all(r.Client) if "no medication" in each.presenting_problem.lower()]
    assert len(without) == 4
    assert not set(told_of) & {each.name for each in without}


def test_the_history_is_told_where_symptoms_were_reviewed(told: Told) -> None:
    written = told.all(r.Document, purpose=Purpose.HISTORY)
    assert len(written) == 6
    for each in written:
        ticked = {tick.task for tick in told.all(r.TaskTick, course_id=each.course_id)}
        assert {"initial.symptom_review", "initial.sick_role"} <= ticked
        assert ("handout" in each.answers or "heard" in each.answers) == ("initial.psychoeducation" in ticked)
    assert any(each.answers.get("episodes") for each in written)


def test_a_phase_was_once_set_back_with_a_reason(told: Told) -> None:
    steps = []
    for course in told.all(r.Course):
        order = [each.key for each in course.phases]
        changes = sorted(told.all(r.PhaseChange, course_id=course.id), key=lambda each: each.on)
        steps += [order.index(now.phase) - order.index(was.phase) for was, now in pairwise(changes)]
    assert min(steps) < 0
    assert all(each.reason for each in told.all(r.PhaseChange))


# -- dates -------------------------------------------------------------------------------------------------------------


def test_sessions_are_weekly_on_working_days_and_only_planned_ones_lie_ahead(told: Told) -> None:
    for course in told.all(r.Course):
        days = [each.date for each in told.all(r.Session, course_id=course.id)]
        assert all((later - day) == timedelta(weeks=1) for day, later in pairwise(days))
        assert days[0].weekday() < 5
    for session in told.all(r.Session):
        assert (session.attendance is None) == (session.date > told.today) or session.date == told.today


def test_on_a_working_day_there_are_sessions_today(told: Told) -> None:
    todays = told.all(r.Session, date=told.today)
    assert bool(todays) == (told.today.weekday() < 5)


def test_nothing_but_planned_sessions_lies_ahead(told: Told) -> None:
    tomorrow = told.today + timedelta(days=1)
    for record in told.records:
        for name in ("on", "agreed_on", "since", "referred_on", "born_on", "started_on", "ended_on", "until", "made_on"):
            day = getattr(record, name, None) or told.today
            assert str(day) < str(tomorrow), record
        for name in ("saved_at", "created_at", "begun_at"):
            stamp = getattr(record, name, None)
            assert stamp is None or stamp.astimezone().date() < tomorrow, record
    assert all(each.date < tomorrow for each in told.all(r.Sitting))
    assert all(each.died <= told.today.isoformat() for each in told.all(r.Person))


def test_what_happens_in_a_session_has_its_date(told: Told) -> None:
    dates = {each.id: each.date for each in told.all(r.Session)}
    days = {course.id: {each.date for each in told.all(r.Session, course_id=course.id)} for course in told.all(r.Course)}
    came = {each.id for each in told.all(r.Session) if each.attendance in (r.Attendance.ATTENDED, r.Attendance.LATE)}
    assert all(dates[each.session_id] == each.on for each in told.all(r.TaskTick) if each.session_id)
    assert all(dates[each.session_id] == each.date for each in told.all(r.Sitting) if each.session_id)
    assert all(each.on in days[each.course_id] for each in told.all(r.PhaseChange))
    assert all(each.agreed_on in days[each.course_id] for each in told.all(r.ProblemArea))
    assert {each.session_id for each in told.all(r.Document) if each.session_id} == came


def test_marta_is_where_the_pictures_show_her(told: Told) -> None:
    client = told.client("Marta Lindqvist")
    (course,) = told.all(r.Course, client_id=client.id)
    sessions = told.all(r.Session, course_id=course.id)
    count = courses.session_count(course, sessions, told.today)
    if told.today.weekday() < 5:
        assert (count.number, count.planned, count.after) == (7, 16, 9)
    assert [each.area for each in told.all(r.ProblemArea, course_id=course.id)] == ["transition", "dispute"]
    assert len(told.all(r.Person, client_id=client.id)) == 14
    assert told.today.year - 43 <= (client.born_on or told.today).year <= told.today.year - 41


# -- each case teaches right -------------------------------------------------------------------------------------------


def test_every_answer_fits_its_form(told: Told) -> None:
    held = {each.id for each in told.all(r.Definition)}
    for document in told.all(r.Document):
        form = FORMS[document.form]
        assert check(form, document.answers) == []
        assert all(form.field(key) for key in document.answers if key != OF_AREA)
        assert form.purpose == document.purpose
        (revision,) = told.all(r.Revision, document_id=document.id)
        assert (revision.form, revision.answers) == (document.form, document.answers)
        assert document.form in held
    assert all(forms.definition_hash(each.body) == each.id for each in told.all(r.Definition))
    assert {each.protocol for each in told.all(r.Course)} == {protocols.protocol_hash(PROTOCOL)}


def test_people_named_in_a_note_are_the_clients_own(tuesday: Told) -> None:
    for document in tuesday.all(r.Document):
        own = {each.id for each in tuesday.all(r.Person, client_id=document.client_id)}
        assert set(FORMS[document.form].answer(document.answers, Means.WITH_WHOM) or ()) <= own


def test_no_two_notes_say_the_same(tuesday: Told) -> None:
    seen: dict[str, str] = {}
    for note in tuesday.all(r.Document, purpose=Purpose.PROGRESS_NOTE):
        for text in texts(note.answers, FORMS[note.form]):
            for sentence in re.split(r"(?<=[.?!”])\s+", text):
                if len(sentence) > 30:
                    assert seen.setdefault(sentence, note.id) == note.id, sentence
    happened = [FORMS[each.form].answer(each.answers, Means.WHAT_HAPPENED) for each in tuesday.all(r.Document)]
    assert len({rich_text.as_plain(rich_text.from_json(each)) for each in happened if each}) >= 60


def test_moods_move_plausibly_on_the_protocols_scale(tuesday: Told) -> None:
    for course in tuesday.all(r.Course):
        moods = [FORMS[each.form].answer(each.answers, Means.MOOD) for each in tuesday.notes(course)]
        assert all(PROTOCOL.mood.lowest <= each <= PROTOCOL.mood.highest for each in moods)
        assert all(abs(now - was) <= 3 for was, now in pairwise(moods))
        if course.ended_on:
            assert moods[-1] > moods[0]


def test_a_last_step_answers_a_task_that_was_agreed(tuesday: Told) -> None:
    for course in tuesday.all(r.Course):
        notes = [(FORMS[each.form], each.answers) for each in tuesday.notes(course)]
        assert all(form.answer(answers, Means.BETWEEN_SESSION_TASK) for form, answers in notes[:-1])
        assert [bool(form.answer(answers, Means.LAST_STEP)) for form, answers in notes] == [False] + [True] * (len(notes) - 1)


def test_risk_is_asked_in_the_first_session_and_answered_in_words(tuesday: Told) -> None:
    for course in tuesday.all(r.Course):
        risks = [FORMS[each.form].answer(each.answers, Means.RISK) for each in tuesday.notes(course)]
        assert risks[0]["asked"] in ("none", "changed")
        changed = [each for each in risks if each and each["asked"] == "changed"]
        assert all(each["words"] and each["action"] for each in changed)
        assert all(each["words"] for each in risks if each and each["asked"] in ("none", "unchanged"))
        before_any = [each["asked"] for each in risks if each]
        assert "unchanged" not in before_any or before_any.index("changed") < before_any.index("unchanged")


def test_interventions_are_tied_to_the_area_worked_on(tuesday: Told) -> None:
    for course in tuesday.all(r.Course):
        agreed = {each.area for each in tuesday.all(r.ProblemArea, course_id=course.id)}
        for note in tuesday.notes(course):
            focus = FORMS[note.form].answer(note.answers, Means.FOCUS) or []
            assert set(focus) <= agreed
            assert FORMS[note.form].answer(note.answers, Means.INTERVENTION)


def test_every_tick_is_a_task_of_a_phase_already_entered(told: Told) -> None:
    order = {f"{phase.key}.{task.key}": number for number, phase in enumerate(PROTOCOL.phases) for task in phase.tasks}
    by_id = {each.id: each for each in told.all(r.Course)}
    for tick in told.all(r.TaskTick):
        assert order[tick.task] <= told.phase_on(by_id[tick.course_id], tick.on), tick
    counted = Counter((each.course_id, each.task) for each in told.all(r.TaskTick))
    assert set(counted.values()) == {1}


def test_every_dispute_has_its_stage(told: Told) -> None:
    for area in told.all(r.ProblemArea, area="dispute"):
        assert told.all(r.StageChange, problem_area_id=area.id)
        assert area.person_id


def test_nobody_wishes_for_closeness_of_the_dead(told: Told) -> None:
    dead = {each.id for each in told.all(r.Person) if each.has_died}
    assert dead
    assert all(each.desired is None for each in told.all(r.Placement) if each.person_id in dead)
    assert any(each.desired is not None for each in told.all(r.Placement))


def test_a_wish_for_more_distance_is_there(tuesday: Told) -> None:
    assert any(each.desired is not None and each.desired < each.felt for each in tuesday.all(r.Placement))


def test_goals_belong_to_their_areas_and_point_at_arrows_that_agree_with_the_circles(told: Told) -> None:
    areas = {each.id: each.course_id for each in told.all(r.ProblemArea)}
    goals = told.all(tr.Goal)
    assert len({each.course_id for each in goals}) == 6
    assert all(areas[each.problem_area_id or ""] == each.course_id for each in goals)
    days = {each.id: each.date for each in told.all(r.Sitting)}
    said = {}
    for goal in (each for each in goals if each.is_closeness):
        rows = sorted(told.all(r.Placement, person_id=goal.person_id), key=lambda each: days[each.sitting_id])
        earlier = [each for each in rows if days[each.sitting_id] <= goal.set_on]
        assert goal.start == earlier[-1].felt
        assert goal.start is not None
        said[goal.words] = Way(goal.start, rows[-1].felt, rows[-1].desired).words
    assert said == {
        "Closer to Karin": "a third of the way",
        "More distance to Ruth": "no change",
        "Closer to Anna": "reached",
        "Closer to Ελένη: ring her weekly": "a third of the way",
    }


def test_goals_are_rated_in_sessions_that_were_held_once_they_were_set(told: Told) -> None:
    goals = {each.id: each for each in told.all(tr.Goal)}
    came = {each.id: each for each in told.all(r.Session) if each.attendance in (r.Attendance.ATTENDED, r.Attendance.LATE)}
    for rating in told.all(tr.GoalRating):
        goal = goals[rating.goal_id]
        assert came[rating.session_id or ""].course_id == goal.course_id
        assert goal.set_on <= rating.on == came[rating.session_id or ""].date
        assert goal.baseline is not None
        assert goal.target is not None
    for goal in goals.values():
        assert not goal.is_closeness or goal.baseline is None, "an arrow tells its way by itself"
        assert (goal.closed_on is None) == (goal.status is tr.GoalStatus.OPEN)
    assert {each.status for each in goals.values()} >= {tr.GoalStatus.OPEN, tr.GoalStatus.MET, tr.GoalStatus.PARTLY}


def test_strategies_are_worked_on_in_sessions_that_were_held_and_in_the_notes_focus(told: Told) -> None:
    areas = {each.id: each for each in told.all(r.ProblemArea)}
    notes = {each.session_id: each for each in told.all(r.Document, purpose=Purpose.PROGRESS_NOTE)}
    worked: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for work in told.all(tr.StrategyWork):
        area = areas[work.problem_area_id]
        known = PROTOCOL.area(area.area)
        assert known is not None
        assert known.strategy(work.strategy) is not None
        assert work.session_id in notes
        worked[work.session_id, area.area].add(work.strategy)
    days = {each.id: each.date for each in told.all(r.Session)}
    agreed = {(each.course_id, each.area): each.agreed_on for each in areas.values()}
    for session_id, note in notes.items():
        for key in note.answers.get("focus", ()):
            is_agreed = (agreed[note.course_id or "", key] or date.max) <= days[session_id or ""]
            assert worked[session_id, key] or not is_agreed, (note.id, key)


def test_the_record_of_an_area_is_linked_to_it_and_whoever_rehearses_was_asked_about_violence(told: Told) -> None:
    areas = {each.id: each for each in told.all(r.ProblemArea)}
    links = {each.id: each.problem_area_id for each in told.all(tr.AreaDocument)}
    records = told.all(r.Document, purpose=Purpose.AREA_RECORD)
    assert {FORMS[each.form].for_area for each in records} == {"dispute", "transition"}
    for record in records:
        area = areas[links[record.id]]
        assert kept_of(record.answers) == (area.id, area.area)
        assert FORMS[record.form].for_area == area.area
    confronting = {each.key for area in PROTOCOL.areas for each in area.strategies if each.is_confronting}
    asked = {each.about_id for each in told.all(r.Document) if screened(FORMS[each.form], each.answers).is_asked}
    for work in told.all(tr.StrategyWork):
        area = areas[work.problem_area_id]
        assert area.area != "dispute" or work.strategy not in confronting or area.person_id in asked


def test_notes_tell_events_before_their_session_and_touch_goals_set_by_then(told: Told) -> None:
    sessions = {each.id: each for each in told.all(r.Session)}
    people = {each.id: each.client_id for each in told.all(r.Person)}
    events = [each for each in told.all(Event) if each.session_id]
    assert len({each.session_id for each in events}) >= 2
    for event in events:
        day = sessions[event.session_id or ""].date.isoformat()
        assert is_when(event.on)
        assert event.on < day
        assert event.person_ids or event.kind in SYMPTOMS
        assert {people[each] for each in event.person_ids} <= {event.client_id}
    goals = {each.id: each for each in told.all(tr.Goal)}
    touched = [(each, key) for each in told.all(r.Document) for key in each.answers.get("goals", ())]
    assert len(touched) >= 2
    assert all(
        goals[key].course_id == note.course_id and goals[key].set_on <= sessions[note.session_id or ""].date
        for note, key in touched
    )


def test_a_death_told_of_in_grief_came_before_the_course(told: Told) -> None:
    started = {each.id: each.started_on for each in told.all(r.Course)}
    died = {each.id: each.died for each in told.all(r.Person) if each.has_died}
    grief = told.all(r.ProblemArea, area="grief")
    assert grief
    assert all(each.person_id in died for each in grief)
    assert all(died[each.person_id or ""] < started[each.course_id].isoformat() for each in grief)


def test_key_people_have_inventory_entries_with_the_six_prompts(tuesday: Told) -> None:
    entries = tuesday.all(r.Document, purpose=Purpose.INVENTORY_ENTRY)
    six = [Means.CONTACT, Means.GOOD, Means.HARD, Means.EXPECTATIONS, Means.CHANGE_NEAR_ONSET, Means.WANTED_CHANGE]
    per_client = Counter(each.client_id for each in entries)
    assert set(per_client) == {each.id for each in tuesday.all(r.Client)}
    for entry in entries:
        assert all(not forms.is_blank(FORMS[entry.form].answer(entry.answers, means)) for means in six)
        assert entry.about_id in {each.id for each in tuesday.all(r.Person, client_id=entry.client_id)}


def test_some_sessions_were_cancelled_or_missed(tuesday: Told) -> None:
    came = {each.attendance for each in tuesday.all(r.Session)}
    assert came >= set(r.Attendance) - {r.Attendance.LATE} | {None}


def test_placements_are_one_for_each_person_and_sitting(tuesday: Told) -> None:
    pairs = Counter((each.person_id, each.sitting_id) for each in tuesday.all(r.Placement))
    assert set(pairs.values()) == {1}
    assert all(each.felt == -0.15 or 0 <= each.felt <= 1 for each in tuesday.all(r.Placement))


# -- names and print ---------------------------------------------------------------------------------------------------


def test_the_printed_faces_have_every_name(tuesday: Told) -> None:
    can_print = fonts_in(RESOURCES.path("fonts", "paper")).can_print
    for client in tuesday.all(r.Client):
        said = everything_said(tuesday, client)
        assert {each for each in said if not each.isspace() and not can_print(each)} == set()


def test_no_placeholder_is_left(told: Told) -> None:
    for client in told.all(r.Client):
        assert not re.search(r"[{}]", everything_said(told, client))


def test_everyone_is_clearly_invented(tuesday: Told) -> None:
    for client in tuesday.all(r.Client):
        for number in (client.phone, client.emergency_phone):
            assert re.fullmatch(r"07700 900\d{3}", number)  # set aside by Ofcom for fiction
        assert client.email.endswith("@example.org")
        assert "Example Town" in client.address


# -- the practice ------------------------------------------------------------------------------------------------------


def everything(store: Store) -> set[str]:
    kinds: list[type[r.Record]] = [
        r.Practice,
        r.Client,
        r.Course,
        r.Session,
        r.Person,
        r.Placement,
        r.Document,
        r.Revision,
        r.TaskTick,
    ]
    with store.read() as reading:
        return {repr(each) for kind in kinds for each in reading.all(kind)}


def test_the_practice_is_marked_as_a_demo_and_holds_what_was_told(opened: OpenVault, tuesday: Told) -> None:
    with opened.store.read() as reading:
        (practice,) = reading.all(r.Practice)
        assert practice.is_demo
        assert practice.id == opened.practice_id
        assert practice.therapist == "Dr Hanna Ashworth"
        for kind in (r.Client, r.Session, r.Placement, r.Document, r.Revision, r.Tie, r.StageChange):
            assert len(reading.all(kind)) == len(tuesday.all(kind))
        assert {each.name for each in reading.all(r.Client)} == {each.name for each in tuesday.all(r.Client)}


def test_filling_again_on_the_same_day_changes_nothing(opened: OpenVault) -> None:
    before = everything(opened.store)
    demo.fill_with_demo(opened.store, TUESDAY)
    assert everything(opened.store) == before


def test_what_was_told_of_someone_is_what_the_circle_opens(opened: OpenVault, tuesday: Told) -> None:
    desk = Desk(opened)
    for told in tuesday.all(r.Document):
        place = {"course_id": told.course_id, "session_id": told.session_id, "about_id": told.about_id}
        found = desk.documents.open_document(Purpose(told.purpose), told.client_id, **place)
        assert (found.id, found.form, found.revision) == (told.id, told.form, 1)
        assert found.course_id


def test_it_opens_again_without_a_passphrase(tmp_path: Path) -> None:
    demo.create_demo(tmp_path / "demo").close()
    again = vault.unlock(tmp_path / "demo", None)
    with again.store.read() as reading:
        assert len(reading.all(r.Client)) == 8
    again.close()


@pytest.mark.parametrize("was_there", [True, False])
def test_a_filling_that_fails_leaves_nothing(tmp_path: Path, *, was_there: bool) -> None:
    folder = tmp_path / "demo"
    if was_there:
        folder.mkdir()
    with pytest.raises(OverflowError):  # before the first day of the calendar
        demo.create_demo(folder, date.min)
    assert folder.exists() == was_there
    assert list(tmp_path.rglob("*")) == ([folder] if was_there else [])


def test_private_pages_lie_apart_and_open_along(tmp_path: Path, tuesday: Told) -> None:
    assert not tuesday.all(r.Document, purpose=Purpose.PRIVATE_NOTE)
    desk = Desk(demo.create_demo(tmp_path / "demo", TUESDAY))
    with desk.store.read() as reading:
        assert not reading.all(r.Document, purpose=Purpose.PRIVATE_NOTE)
        sessions = {each.id: each for each in reading.all(r.Session)}
        courses = {each.id: each for each in reading.all(r.Course)}
    desk.private.open_along()
    told = [each for each in demo.private_records(TUESDAY, RESOURCES) if isinstance(each, r.Document)]
    assert len(told) == 2
    for each in told:
        session = sessions[each.session_id or ""]
        assert courses[session.course_id].client_id == each.client_id
        assert desk.private.note(each.client_id, session.id) == each
    desk.close()


# -- a mistake in a case -----------------------------------------------------------------------------------------------

MISTAKES = {
    "no such person": ('person = "johan"', 'person = "johann"', "courses[1].areas[2].person"),
    "no such relation": ('relation = "husband"', 'relation = "hubby"', "johan.relation"),
    "no such task": ('"middle.stage"]', '"middle.staging"]', "courses[1].sessions[5].ticks"),
    "no such field": ("  mood = 3", "  moods = 3", "courses[1].sessions[3].note.moods"),
    "not on the scale": ("  mood = 6", "  mood = 11", "courses[1].sessions[8].note.mood"),
    "no such area": ('area = "transition"', 'area = "transit"', "courses[1].areas[1].area"),
    "no such stage": ('stage = "impasse"', 'stage = "quiet"', "courses[1].sessions[5].stage"),
    "no such attendance": ('"cancelled_by_client"', '"ill"', "courses[1].sessions[4].attendance"),
    "a wish for the dead": ("sven = 68", "sven = [68, 90]", "courses[1].sessions[2].before.sven"),
    "not a closeness": ("falk = 11", "falk = 1100", "courses[1].sessions[2].circle.falk"),
    "a level that is none": ("conflict = 2, contact = ", "conflict = 5, contact = ", "courses[1].sessions[2].tells.johan"),
    "too few kinds of support": ("wished = [1, 0, 1, 3]", "wished = [1, 0]", "courses[1].sessions[8].tells.tess"),
    "no such contact": ('contact = "never"', 'contact = "seldom"', "courses[1].sessions[2].tells.petra"),
    "no such strategy": ('dispute = ["act"]', 'dispute = ["acting"]', "courses[1].sessions[8].works.dispute"),
    "a goal that is not there": ("rates = { 1 = 2,", "rates = { 9 = 2,", "courses[1].sessions[8].rates.9"),
    "a rating off the scale": ("rates = { 1 = 2,", "rates = { 1 = 12,", "courses[1].sessions[8].rates.1"),
    "a record of no area": (
        'area = "dispute"\n  about = "johan"',
        'area = "grief"\n  about = "johan"',
        "courses[1].documents[6].area",
    ),
    "told of nobody": ("choir = { received", "quire = { received", "courses[1].sessions[6].tells.quire"),
    "support wished of the dead": ("tess = { wished", "sven = { wished", "courses[1].sessions[8].tells.sven"),
    "an unknown thing told": ("elin = { wished", "elin = { wants", "courses[1].sessions[2].tells.elin"),
    "an unknown key": ("pronouns =", "pronoun =", "pronoun"),
    "no such code": ('code = "F32.1"', 'code = "F32"', "courses[1].diagnoses[1].code"),
    "no such end": ('at = "start"', 'at = "middle"', "courses[1].diagnoses[1].at"),
    "a diagnosis in no session": ("session = 1\n  code", "session = 99\n  code", "courses[1].diagnoses[1].session"),
    "a key left out": ('own_words = "Since', '# own_words = "Since', "own_words"),
}


def read_all(folder: Path) -> list[r.Record]:
    return [
        record for case, source in cases(folder) for record in CaseRecords(case, source, TUESDAY, PROTOCOL, RESOURCES).records()
    ]


@pytest.mark.parametrize(("right", "wrong", "field"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_names_file_line_and_field(tmp_path: Path, right: str, wrong: str, field: str) -> None:
    text = (resources_folder() / "demo" / "1-marta-lindqvist.toml").read_text("utf-8")
    assert right in text
    (tmp_path / "case.toml").write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(DefinitionError) as caught:
        read_all(tmp_path)
    assert caught.value.values["file"] == "case.toml"
    assert caught.value.values["field"] == field
    assert int(str(caught.value.values["line"])) >= 1


def test_two_cases_have_a_safety_plan_that_says_where_it_is_kept_and_some_risk_is_to_review(tmp_path: Path):
    desk = Desk(demo.create_demo(tmp_path / "demo", TUESDAY))
    try:
        told = {each.client.name: each for each in desk.clients.overview(TUESDAY)}
        for name in ("Marta Lindqvist", "Zofia Łukasiewicz"):
            plan = desk.safety_plans.latest(told[name].client.id)
            assert plan is not None
            assert plan.words.endswith("copy kept at home")
        country = desk.safety_plans.country
        assert country is not None
        assert country.lines[0].number == "999", "the numbers of those who have no plan are those of the country, too"
        assert told["Marta Lindqvist"].risk[0].is_open
        assert not told["Zofia Łukasiewicz"].risk[0].is_open
    finally:
        desk.close()


def test_the_worksheets_are_about_someone_and_on_a_tie_that_is_there(tuesday: Told) -> None:
    sheets = tuesday.all(r.Document, purpose=Purpose.WORKSHEET)
    assert {FORMS[each.form].key for each in sheets} == {"communication-analysis", "decision-analysis", "role-play"}
    people, ties = ({each.id: each for each in tuesday.all(kind)} for kind in (r.Person, r.Tie))
    for sheet in sheets:
        form = FORMS[sheet.form]
        assert sheet.about_id == form.answer(sheet.answers, Means.ABOUT_PERSON)
        assert sheet.about_id in people
        assert sheet.session_id
    (talk,) = [each for each in sheets if FORMS[each.form].key == "communication-analysis"]
    tie = ties[FORMS[talk.form].answer(talk.answers, Means.ABOUT_TIE)]
    assert (tie.from_person_id, tie.kind) == (talk.about_id, r.TieKind.CONFLICT)


def test_an_ended_course_has_its_pages_filled_and_its_hard_days_on_the_timeline(told: Told) -> None:
    ended = [each for each in told.all(r.Course) if each.ended_on is not None]
    endings = {each.course_id: each for each in told.all(r.Document) if each.purpose == Purpose.ENDING}
    assert {each.id for each in ended} == endings.keys()
    events = {each.id: each for each in told.all(Event)}
    for course in ended:
        ending = endings[course.id]
        form = FORMS[ending.form]
        assert ending.answers["ending_kind"] == course.ending
        said = {Means(each.means) for each in form.fields if not forms.is_blank(ending.answers.get(each.key))}
        assert {Means.OWN_STORY, Means.WARNING_SIGNS, Means.RELAPSE_PLAN, Means.PEOPLE_TO_CALL, Means.COMING_BACK} <= said
        dates = [each for each in trigger_dates(form, ending.answers) if each.comes_back]
        assert all(events[event_id_of(ending.id, each.row_id)].title == each.words for each in dates)
    assert any(each.recurs for each in events.values())
