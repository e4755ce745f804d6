"""What the records say beside the pages of an ending, on a course that went from the first session to the last."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain.form import Means
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry
from ipt_desktop.domain.treatment_records import GoalStatus, Medication
from ipt_desktop.services.ending_facts import Fact, FactGroup, ending_facts
from tests.services.summary_case import END, TODAY, Case, fill, open_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    made = open_case(tmp_path)
    fill(made)
    yield made
    made.desk.close()


def groups(case: Case, means: Means, today: date = TODAY) -> dict[str, FactGroup]:
    return {each.title: each for each in ending_facts(case.desk, case.course.id, today)[means]}


def test_the_circle_first_sitting_to_now_the_clients_own_words_first(case: Case) -> None:
    (told,) = groups(case, Means.CIRCLE_CHANGE).values()
    assert told.title.startswith("Since session 2, ")
    assert told.goes_to == "circle_change"
    assert told.facts[0] == Fact("Tomasz Nowak", "“He asks now, and I answer.” One ring closer.")
    assert told.facts[-1].words.startswith("Unchanged. Inner: Jadwiga Nowak.")


def test_goals_with_how_far_they_are_and_the_stages_of_the_dispute(case: Case) -> None:
    goal = case.desk.goals.goals(case.course.id)[0]
    case.desk.goals.rate_goal(goal.id, 6, END)
    case.desk.goals.change_goal(replace(goal, baseline=0, target=8, status=GoalStatus.PARTLY, closed_on=END))
    told = groups(case, Means.GAINS)
    line = next(each for each in told["Goals"].facts if each.words == goal.words)
    assert line.detail.endswith("from 0, now 6, aim 8 · partly met, 9 July 2026")
    assert any("impasse" in each.words for each in told["Stage of the dispute"].facts)
    left = groups(case, Means.REMAINING)["Goals that are open or partly met"]
    assert line in left.facts


def test_deaths_come_round_and_the_medication_is_named_with_its_prescriber(case: Case) -> None:
    desk = case.desk
    anna = desk.circles.add_person(case.client.id, "Ida", "grandparent")
    desk.circles.change_person(replace(anna, has_died=True, died="2019-12-02"))
    assert Fact("2 December", "7 years since Ida died") in groups(case, Means.TRIGGER_DATES)["Comes back every year"].facts
    told = Medication(client_id=case.client.id, name="Mirtazapine", dose="15 mg", prescriber="Dr Hill", begun="2026-03")
    desk.medications.add_medication(told)
    group = groups(case, Means.MAINTENANCE)["Medication"]
    assert Fact("Mirtazapine 15 mg, prescribed by Dr Hill since March 2026") in group.facts
    assert group.is_for_therapist


def test_risk_stands_as_it_was_last_asked_and_for_the_therapist_alone(case: Case) -> None:
    risk = groups(case, Means.ENDING_KIND)["Risk, as it was last asked"]
    assert (risk.goes_to, risk.is_for_therapist) == ("risk", True)
    entry = RiskEntry(client_id=case.client.id, on=END + timedelta(1), asked=RiskAsked.CHANGED, words="Passive ideation")
    case.desk.risk.keep_risk(entry)
    risk = groups(case, Means.ENDING_KIND)["Risk, as it was last asked"]
    assert risk.facts == (Fact("Suicide: Passive ideation", "asked 10 Jul"),)


def test_how_the_course_ended_and_when_its_phase_is_looked_at_again(case: Case) -> None:
    (course,) = groups(case, Means.ENDING_KIND)["The course"].facts
    assert course == Fact("16 of 16 sessions held", "ended on 9 July 2026, planned")
    case.desk.phases.enter_phase(case.course.id, "maintenance", END, review_on=END + timedelta(weeks=26))
    (phase,) = groups(case, Means.MAINTENANCE)["Phase"].facts
    assert phase.detail == "to be looked at again on 7 January 2027"


def test_nothing_is_told_where_there_is_nothing(case: Case) -> None:
    client = case.desk.clients.add_client(replace(case.client, id="another", name="Nobody yet"))
    course = case.desk.courses.begin_course(client.id, case.desk.resources.protocols[0], started_on=TODAY)
    told = ending_facts(case.desk, course.id, TODAY)
    said = {means: [each.title for each in several] for means, several in told.items() if several}
    assert said == {
        Means.CIRCLE_CHANGE: ["On the circle"],
        Means.ENDING_KIND: ["The course", "Risk, as it was last asked"],
    }
    assert told[Means.CIRCLE_CHANGE][0].facts[0].words.startswith("There is nothing to compare so far")
    assert told[Means.ENDING_KIND][1].facts == (Fact("Nothing was written down about risk."),)
