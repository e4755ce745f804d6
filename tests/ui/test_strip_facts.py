from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.measure_records import Given, MeasureResult
from ipt_desktop.domain.measured import Measured
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import Client, Course, DisputeStage, EndingKind, PhaseChange, ProblemArea, Session, StageChange
from ipt_desktop.domain.risk import levels
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry, RiskKind
from ipt_desktop.services.resources import Resources
from ui.client_strip import CellWords, ClientStrip, StripFacts
from ui.strip_facts import CourseStanding, age_on, initials_of, measure_words, risk_words, strip_words

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return Resources().protocols[0]


@pytest.fixture
def marta() -> Client:
    return Client(name="Marta Lindqvist", pronouns="she/her", born_on=date(1985, 3, 2))


@pytest.fixture
def course(marta: Client, protocol: Protocol) -> Course:
    return Course(
        client_id=marta.id,
        number=1,
        protocol="hash",
        planned_sessions=16,
        minutes=50,
        frequency="weekly",
        phases=protocol.agreed_phases(),
        started_on=date(2026, 10, 6),
    )


def test_without_a_course_only_the_client_is_named(marta: Client):
    facts = strip_words(marta, "Marta Lindqvist", None, TODAY)
    assert (facts.name, facts.about, facts.course, facts.session) == ("Marta Lindqvist", "she/her · 41", "", CellWords())


def test_a_course_in_words(marta: Client, course: Course, protocol: Protocol):
    middle = course.phases[1].key
    areas = list(protocol.areas)
    dispute = next(each for each in areas if each.stages)
    other = next(each for each in areas if not each.stages)
    worked_on = [
        ProblemArea(course_id=course.id, area=dispute.key, rank=2),
        ProblemArea(course_id=course.id, area=other.key, rank=1),
        ProblemArea(course_id=course.id, area=other.key, rank=3, ended_on=TODAY),
    ]
    standing = CourseStanding(
        course,
        protocol,
        [PhaseChange(course_id=course.id, phase=middle, on=date(2026, 11, 3))],
        [Session(course_id=course.id, date=date(2026, 10, 6 + 7 * week)) for week in range(3)],
        worked_on,
        [StageChange(problem_area_id=worked_on[0].id, stage=DisputeStage.IMPASSE, on=TODAY)],
    )
    facts = strip_words(marta, "M.L.", standing, TODAY)
    assert facts.name == "M.L."
    assert (facts.phases, facts.phase_at) == (len(course.phases), 1)
    assert facts.phase == CellWords(protocol.phases[1].label, "since 3 November")
    assert facts.session == CellWords("4 of 16", "12 after")
    assert facts.problem_area == CellWords(other.label, f"{dispute.label} · impasse")


def test_a_phase_of_another_protocol_has_no_place_among_the_pills(marta: Client, course: Course, protocol: Protocol):
    other = PhaseChange(course_id=course.id, phase="of another protocol", on=date(2026, 11, 3))
    facts = strip_words(marta, "M.L.", CourseStanding(course, protocol, [other]), TODAY)
    assert (facts.phases, facts.phase_at) == (0, None)


def test_a_course_that_ended_without_a_session_says_so(marta: Client, course: Course, protocol: Protocol):
    ended = replace(course, ended_on=course.started_on, ending=EndingKind.LOST_CONTACT)
    assert strip_words(marta, "M.L.", CourseStanding(ended, protocol), TODAY).session == CellWords("none of 16", "")


def test_a_course_withdrawn_before_it_began_is_not_called_finished_on_a_day_to_come(
    marta: Client, course: Course, protocol: Protocol
):
    later = date(2026, 12, 14)
    withdrawn = replace(course, started_on=later, ended_on=later, ending=EndingKind.EARLY_BY_CLIENT)
    before = strip_words(marta, "M.L.", CourseStanding(withdrawn, protocol), TODAY)
    assert before.phase == CellWords("Withdrawn", "before it began")
    assert (before.phases, before.phase_at) == (0, None), "no phase is present in it"
    held = Session(course_id=course.id, date=later)
    after = strip_words(marta, "M.L.", CourseStanding(withdrawn, protocol, sessions=[held]), date(2026, 12, 15))
    assert after.phase == CellWords("Finished", "14 December"), "it began, and ended with its first session"


def test_initials_and_age():
    assert initials_of(Client(name="Marta Lindqvist")) == "M.L."
    assert initials_of(Client(name="Marta Lindqvist", initials="ML")) == "ML"
    assert (age_on(date(1985, 11, 25), TODAY), age_on(date(1985, 11, 24), TODAY)) == (40, 41)


def test_a_session_can_be_started_only_in_a_course_that_runs(marta: Client, course: Course, protocol: Protocol, qtbot: QtBot):
    window = QWidget()
    qtbot.addWidget(window)
    strip = ClientStrip(window)
    button = strip.findChild(QPushButton, "start_session")
    assert button is not None
    shown = []
    for standing in (
        None,
        CourseStanding(course, protocol),
        CourseStanding(replace(course, ended_on=TODAY, ending=EndingKind.PLANNED), protocol),
    ):
        strip.show_facts(strip_words(marta, "M.L.", standing, TODAY), can_start=True)
        shown.append(button.isVisibleTo(strip))
    assert shown == [False, True, False]


def test_without_a_client_no_caption_stands_alone(qtbot: QtBot):
    window = QWidget()
    qtbot.addWidget(window)
    strip = ClientStrip(window)
    captions = [strip.findChild(QWidget, f"strip_{name}_caption") for name in ("phase", "session", "problem_area", "risk")]
    assert [each is not None and each.isVisibleTo(strip) for each in captions] == [False] * 4


def asked(day: int, how: RiskAsked, words: str = "", kind: RiskKind = RiskKind.SUICIDE) -> RiskEntry:
    return RiskEntry(client_id="c", on=date(2026, 11, day), asked=how, words=words, kind=kind)


def test_the_level_of_risk_is_said_with_its_day_and_the_plan():
    ideation = asked(17, RiskAsked.CHANGED, "Passive ideation. No plan.")
    abuse = asked(20, RiskAsked.CHANGED, "He shouts", RiskKind.DOMESTIC_ABUSE)
    assert risk_words((), TODAY) == CellWords()
    assert risk_words(levels([ideation]), TODAY, has_plan=True) == CellWords("Passive ideation", "asked 17 Nov · plan")
    both = risk_words(levels([ideation, abuse]), TODAY)
    assert both == CellWords("He shouts", "domestic abuse · asked 20 Nov · 1 more to review")
    assert risk_words(levels([asked(24, RiskAsked.NONE)]), TODAY) == CellWords("None", "asked 24 Nov")


def test_risk_is_the_last_to_give_way_and_can_be_pressed(qtbot: QtBot):
    window = QWidget()
    qtbot.addWidget(window)
    strip = ClientStrip(window)
    window.resize(1280, 200)
    strip.resize(1280, 68)
    window.show()
    facts = StripFacts(
        "Marta Lindqvist",
        phases=3,
        phase_at=1,
        phase=CellWords("Middle", "since 3 November"),
        session=CellWords("7 of 16", "9 after"),
        problem_area=CellWords("Role transition", "Dispute · impasse"),
        measure=CellWords("18 → 11", "24 Nov", "PHQ-9"),
        risk=CellWords("Passive ideation", "asked 17 Nov · plan"),
    )
    strip.show_facts(facts)
    shown = {}
    for width in (1280, 420):
        strip.resize(width, 68)
        names = ("phase", "session", "problem_area", "measure", "risk")
        cells = [strip.findChild(QWidget, f"strip_{name}") for name in names]
        shown[width] = [each is not None and each.isVisibleTo(strip) for each in cells]
    assert shown == {1280: [True] * 5, 420: [False, False, False, False, True]}
    button = strip.findChild(QPushButton, "strip_risk_open")
    assert button is not None
    with qtbot.waitSignal(strip.risk_asked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert button.accessibleName() == "Risk: Passive ideation asked 17 Nov · plan: open the risk entries"
    strip.show_facts(StripFacts("Zofia"))
    assert not button.isVisibleTo(strip)


def given(key: str, day: int, digits: str, course_id: str = "c") -> Measured:
    measure = next(each for each in Resources().measures if each.key == key)
    answers = {str(item.number): float(digit) for item, digit in zip(measure.items, digits, strict=True)}
    result = MeasureResult(
        client_id="k",
        course_id=course_id,
        measure=key,
        definition="d",
        on=date(2026, 11, day),
        given=Given.PAPER,
        answers=answers,
        total=float(sum(answers.values())),
    )
    return Measured(result, measure)


def test_the_first_planned_measure_with_results_stands_in_the_strip_with_first_and_last():
    rules = Resources().rule_set("")
    results = [given("phq-9", 3, "333222111"), given("gad-7", 3, "2222222"), given("phq-9", 24, "222211100")]
    words = measure_words(results, ["who-5", "phq-9", "gad-7"], rules, TODAY)
    assert (words.caption, words.value, words.detail) == ("PHQ-9", "18 → 11", "24 Nov")
    assert words.spoken == "first 18, moderately severe, last 11, moderate; reliable improvement on the PHQ-9"
    one = measure_words(results, ["gad-7"], rules, TODAY)
    assert (one.caption, one.value, one.spoken) == ("GAD-7", "14", "14, moderate")
    assert measure_words(results, ["mspss"], rules, TODAY) == CellWords()
    assert measure_words((), ["phq-9"], rules, TODAY) == CellWords()
