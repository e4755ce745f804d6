"""The portfolio on a real practice: what is in it, and that no name, no initial, no address and no real date is."""

import re
from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from ipt_desktop.domain.dates import day_words, long_date, short_date
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.records import Person, Session
from ipt_desktop.domain.report import Report, Table, as_text
from ipt_desktop.domain.rich_text import plain, to_json
from ipt_desktop.domain.self_check import steps_in
from ipt_desktop.domain.treatment_records import Diagnosis, DiagnosisAt, Goal, Medication
from ipt_desktop.services.course_file import read_course
from ipt_desktop.services.disguised_course import FEWEST_WEEKS, MOST_WEEKS, disguised_course, shift_of
from ipt_desktop.services.measures import Entry
from ipt_desktop.services.portfolio import PARTS, PORTFOLIO
from tests.services.summary_case import END, PEOPLE, START, TODAY, Case, fill

CANARY = (
    "Zofia Łukasiewicz (ZŁ, Z.Ł.), born 14 September 1984, of 12 Lindenhof in Leeds, phone 0113 496 0777, zofia@example.org; "
    "with Tomasz Nowak, T.N., Berta, ANNA KOWALSKA and Robert on 12 March 2026, on 2026-07-09, 19/3/2026, March 26th, "
    "in Linköping at the Volvo works."
)
NAMES = ("Zofia", "Łukasiewicz", "Tomasz", "Nowak", "Berta", "Olszewska", "Anna", "Kowalska", "Robert", "Jadwiga", "Kowal")
INITIALS = ("ZŁ", "Z.Ł.", "T.N.", "TN", "B.O.", "A.K.", "R.Ł.", "J.N.")
CONTACTS = ("Lindenhof", "Leeds", "LS1", "0777", "0142", "zofia@", "2026-014", "Grant", "Ewa", "Lis", "Linköping", "PYL 31107")


@pytest.fixture
def told(case: Case) -> Case:
    """A whole course with the canary in every field that takes free words."""
    fill(case)
    desk, course = case.desk, case.course
    client = replace(
        desk.clients.client(case.client.id),
        phone="0113 496 0777",
        email="zofia@example.org",
        address="12 Lindenhof\nLeeds LS1 4DY",
        emergency_name="Ewa Lis",
        emergency_phone="0113 496 0999",
        presenting_problem=CANARY,
        own_words=CANARY,
    )
    desk.clients.change_client(client)
    for person in desk.circles.people(client.id):
        if person.name == "Anna Kowalska":
            desk.circles.change_person(replace(person, relation_words="Zofia’s sister in Leeds", initials="AK"))
    for area in desk.phases.problem_areas(course.id):
        desk.phases.keep_problem_area(replace(area, about=CANARY, agreed_on=START))
    desk.phases.enter_phase(course.id, "termination", END, CANARY)
    goal = desk.goals.add_goal(Goal(course_id=course.id, words=CANARY, evidence=CANARY, set_on=START, baseline=2, target=8))
    desk.goals.rate_goal(goal.id, 7, END)
    desk.diagnoses.keep_diagnosis(Diagnosis(course_id=course.id, at=DiagnosisAt.START, words=CANARY[:250], made_on=START))
    medicine = Medication(client_id=client.id, name="Sertraline", dose="50 mg", prescriber="Dr S. Grant", begun="2026-02-20")
    desk.medications.add_medication(replace(medicine, note=CANARY[:200]))
    for circle in desk.circles.sittings(course.id):
        desk.circles.name_sitting(circle.id, "Zofia at Leeds")
    for purpose in (Purpose.FORMULATION, Purpose.ENDING, Purpose.PORTFOLIO, Purpose.TERMINATION_SUMMARY):
        _fill(case, purpose)
    for session in desk.sessions.sessions(course.id)[:3]:
        _fill(case, Purpose.SELF_CHECK, session)
        desk.sessions.change_session(replace(session, attendees=CANARY, fee=CANARY))
    return case


def _fill(case: Case, purpose: Purpose, session: Session | None = None) -> None:
    """Put the canary into every line and prose of a form."""
    place = {"course_id": case.course.id, "session_id": session.id if session else None}
    document = case.desk.documents.open_document(purpose, case.client.id, **place)
    form = case.desk.documents.form_of(document)
    answers = dict(document.answers)
    for asked in form.fields:
        if asked.kind == "prose":
            answers[asked.key] = to_json(plain(CANARY))
        elif asked.kind == "line":
            answers[asked.key] = CANARY[: asked.max_length or None] if asked.key != "total" else "3.4"
        elif asked.means == Means.REPLACED_WORDS:
            answers[asked.key] = [{"words": "Linköping", "instead": "a town"}, {"words": "the Volvo works"}]
        elif asked.means == Means.FIDELITY:
            answers[asked.key] = ["mood", "link"]
    case.desk.documents.keep_draft(case.desk.documents.begin_writing(document), answers)


def assembled(case: Case, *, everything: bool = True) -> Report:
    include = frozenset(each.key for each in PARTS) if everything else None
    return case.desk.reporting.assemble("portfolio", case.course.id, include, today=TODAY)


def printed(case: Case, report: Report) -> tuple[bytes, str]:
    pdf = case.desk.reporting.render(report)
    document = pypdfium2.PdfDocument(pdf)
    return pdf, "\n".join(document[number].get_textpage().get_text_range() for number in range(len(document)))


def real_days(case: Case) -> list[date]:
    days = [each.date for each in case.desk.sessions.sessions(case.course.id)]
    return [*days, START, END, TODAY, date(1984, 9, 14), date(2026, 2, 24), date(2026, 2, 20)]


def test_no_name_no_initial_no_address_and_no_real_date_is_on_its_pages_or_in_its_file(told: Case):
    report = assembled(told)
    pdf, text = printed(told, report)
    words = " ".join(text.split())
    with pikepdf.open(_kept(told, pdf)) as file:
        words += " " + " ".join(f"{key} {value}" for key, value in file.docinfo.items())
    for said in (words, as_text(report)):
        assert [each for each in NAMES if re.search(rf"\b{each}\b", said, re.IGNORECASE)] == []
        assert [each for each in INITIALS if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", said)] == []
        assert [each for each in CONTACTS if each in said] == []
        for day in real_days(told):
            ways = (day_words(day, has_year=True), f"{short_date(day)} {day.year}", day.isoformat(), f"{day:%d/%m/%Y}")
            assert [each for each in ways if re.search(rf"(?<!\d){re.escape(each)}", said)] == []
    assert date.today().strftime("%Y%m%d").encode() not in pdf
    assert b"uuid" not in pdf
    assert told.course.id.encode() not in pdf


def _kept(case: Case, pdf: bytes) -> Path:
    path = case.desk.folder / "portfolio.pdf"
    path.write_bytes(pdf)
    return path


def test_what_is_kept_in_a_form_of_a_later_edition_does_not_get_out(told: Case):
    """Whatever is added to what is read of a course is left out until somebody has seen to its disguise."""
    real = read_course(told.desk, told.course.id, TODAY)
    disguised = disguised_course(real, []).file
    untouched = {"protocol", "earlier", "naming"}
    kept = {each.name: getattr(real, each.name) for each in fields(real)}
    same = {name for name, value in kept.items() if value and value == getattr(disguised, name)}
    assert same <= untouched


def test_dates_keep_order_distance_and_weekday_and_the_shift_is_the_same_each_time(told: Case):
    real = read_course(told.desk, told.course.id, TODAY)
    moved = disguised_course(real, []).file
    shift = shift_of(real.course)
    assert shift == shift_of(real.course)
    assert timedelta(weeks=FEWEST_WEEKS) <= -shift < timedelta(weeks=MOST_WEEKS)
    assert {after.date - before.date for before, after in zip(real.sessions, moved.sessions, strict=True)} == {shift}
    assert [each.date.weekday() for each in moved.sessions] == [each.date.weekday() for each in real.sessions]
    gaps = [later.date - earlier.date for earlier, later in pairwise(moved.sessions)]
    assert gaps == [later.date - earlier.date for earlier, later in pairwise(real.sessions)]
    assert moved.course.started_on == moved.sessions[0].date


def test_the_pages_seen_are_the_pages_saved(told: Case):
    first, second = (told.desk.reporting.render(assembled(told)) for _time in range(2))
    assert first == second


def test_everyone_goes_under_one_name_throughout(case: Case):
    fill(case)
    text = as_text(assembled(case))
    assert "Role dispute (secondary): Husband" in text
    assert "Husband and I cry on the phone." in text
    assert "Say to Husband what I need" in text
    assert "Client, 41 at the start" in text


def test_it_holds_what_a_portfolio_asks_for(told: Case):
    report = assembled(told, everything=False)
    keys = [each.key for each in report.sections]
    assert keys == ["identification", *(each.key for each in PARTS if each.is_default and not each.of)]
    tables = {each.key: next(block for block in each.blocks if isinstance(block, Table)) for each in report.sections[5:8]}
    sessions, tasks, measures = (tables[key] for key in ("sessions", "tasks", "measures"))
    assert len(sessions.rows) == 18
    protocol, form = told.desk.courses.protocol(told.course.id), told.desk.documents.form_for(Purpose.SELF_CHECK)
    asked = steps_in(protocol, form, "initial")
    done = {each.key for each in asked} & {"mood", "link"}
    assert sessions.rows[0][5:] == (f"{len(done)} of {len(asked)}", "3.4")
    assert sessions.rows[10][0] == "–"
    assert tasks.rows[0][3] == "3 of 4"
    assert [row[0] for row in measures.rows] == [
        "intake (session 1)",
        "session 4",
        "session 8",
        "session 12",
        "end (session 16)",
    ]
    assert {row[2:] for row in measures.rows} == {("", "")}
    assert measures.note == "Due at intake and every 4 sessions; a cell is empty where none was given."
    goals = next(block for each in report.sections if each.key == "goals" for block in each.blocks if isinstance(block, Table))
    assert ("2", "8", "7") in [row[1:4] for row in goals.rows], "how far a goal is goes with it"


def test_the_scores_stand_where_they_are_due_and_wherever_else_they_were_given_on_days_that_are_moved(case: Case):
    fill(case)
    sessions, measures = case.desk.sessions.sessions(case.course.id), case.desk.measures
    given = (("phq-9", START, 2.0, 0), ("gad-7", START, 1.0, 0), ("phq-9", sessions[4].date, 1.0, None))
    for key, day, answer, place in (*given, ("phq-9", START + timedelta(days=3), 0.0, None)):
        measure = measures.measure(key)
        assert measure is not None
        answers = {str(item.number): answer for item in measure.items}
        in_session = None if place is None else sessions[place].id
        measures.enter_measure(Entry(case.client.id, measure, day, answers, case.course.id, in_session))
    report = assembled(case)
    table = next(each for each in report.sections if each.key == "measures").blocks[0]
    assert isinstance(table, Table)
    assert [(row[0], *row[2:]) for row in table.rows][:5] == [
        ("intake (session 1)", "18", "7"),
        ("apart from the sessions", "0", ""),
        ("session 4", "", ""),
        ("session 5", "9", ""),
        ("session 8", "", ""),
    ]
    assert table.rows[1][1] == long_date(START + timedelta(days=3) + shift_of(case.course))
    assert "PHQ-9, GAD-7: Developed by Drs. Robert L. Spitzer" in as_text(report)
    assert case.desk.reporting.named_people(case.course.id, report) == [], "whose a measure is, is nobody of the client's life"


def test_what_was_written_looking_back_is_in_it_only_when_it_is_asked_for(told: Case):
    assert "questions" not in {each.key for each in assembled(told, everything=False).sections}
    assert "questions" in {each.key for each in assembled(told).sections}


def test_what_may_still_tell_is_listed_before_it_is_saved(told: Case):
    told.write(Purpose.PORTFOLIO, {Means.NARRATIVE: "Since Christmas in Malmö, room 40417."})
    said = told.desk.reporting.to_check(told.course.id, assembled(told))
    assert any("Malmö" in each for each in said)
    assert any("40417" in each for each in said)
    assert any("Christmas" in each for each in said)
    assert not any("Volvo" in each for each in said)
    assert said[-1] == "A rare illness, job or event can tell who someone is, too."
    summary = told.desk.reporting.assemble("termination-summary", told.course.id, today=TODAY)
    assert told.desk.reporting.to_check(told.course.id, summary) == []


def test_the_file_s_name_tells_nothing_either(told: Case):
    assert told.desk.reporting.file_name("portfolio", told.course.id, today=TODAY) == "portfolio.pdf"


def test_a_course_only_begun_has_a_portfolio_too(case: Case):
    report = assembled(case)
    assert [each.key for each in report.sections] == ["identification", "summary", "measures", "medication"] or [
        each.key for each in report.sections
    ] == ["identification", "summary", "measures"]
    printed(case, report)


def test_an_age_that_few_reach_is_told_no_closer(case: Case):
    case.desk.clients.change_client(replace(case.client, born_on=date(1930, 1, 1)))
    assert "over 89 at the start" in as_text(assembled(case))


def test_people_who_share_a_relation_are_told_apart(case: Case):
    fill(case)
    case.desk.circles.add_person(case.client.id, "Clara Berg", "friend")
    called = {each.name for each in disguised_course(read_course(case.desk, case.course.id, TODAY), []).file.people}
    assert {"Friend 1", "Friend 2"} <= called
    assert len(called) == len(PEOPLE) + 1
    assert all(isinstance(each, Person) for each in case.desk.circles.people(case.client.id))


def test_it_is_for_peers_and_says_what_it_leaves_out():
    assert PORTFOLIO.whom == "peers"
    assert PORTFOLIO.leaves_out
    assert PORTFOLIO.is_pseudonymous
