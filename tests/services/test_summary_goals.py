"""Goals in the summary of treatment: under their area, in ring words, other people as initials, the rest as it was."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from ipt_desktop.domain.report import Report, as_text
from ipt_desktop.domain.treatment_records import Goal, GoalStatus
from tests.services.summary_case import END, TODAY, Case, fill, open_case


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Case]:
    case = open_case(tmp_path)
    fill(case)
    yield case
    case.desk.close()


def goals_text(report: Report) -> str:
    found = [each for each in report.sections if each.key == "goals"]
    return as_text(replace(report, sections=tuple(found), letterhead=None)) if found else ""


def want(case: Case, name: str, desired: float | None, start: float, words: str, area: str = "") -> Goal:
    """Let someone be wanted somewhere in the last circle, and set the goal for it."""
    person = next(each for each in case.desk.circles.people(case.client.id) if each.name == name)
    last = case.desk.circles.sittings(case.course.id)[-1]
    row = case.desk.circles.placement(last.id, person.id)
    assert row is not None
    case.desk.circles.put_back(last.id, person.id, replace(row, desired=desired))
    areas = {each.area: each.id for each in case.desk.phases.problem_areas(case.course.id)}
    goal = Goal(
        course_id=case.course.id,
        words=words,
        problem_area_id=areas.get(area),
        person_id=person.id,
        is_closeness=True,
        start=start,
        set_on=last.date,
    )
    return case.desk.goals.add_goal(goal)


def assembled(case: Case) -> Report:
    return case.desk.reporting.assemble("termination-summary", case.course.id, today=TODAY)


def test_goals_stand_under_their_area_with_their_places(told: Case) -> None:
    want(told, "Anna Kowalska", 0.5, 0.2, "Closer to Anna", "grief")
    want(told, "Robert Łukasiewicz", 0.5, -0.15, "Closer to Robert")
    want(told, "Adam Kowal", None, 0.5, "More distance to Adam Kowal")
    text = goals_text(assembled(told))
    rows = [line.split("\t") for line in text.splitlines() if "\t" in line]
    assert rows == [
        ["In the client’s words", "Start", "Wanted", "End", "How far"],
        ["Grief: Closer to A.K.1", "outer", "middle", "middle", "Reached"],
        ["Role dispute: Say to T.N. what I need", "", "", "", ""],
        ["Closer to R.Ł.", "outside", "middle", "outer", "A third of the way"],
        ["More distance to A.K.2", "middle", "–", "outer", "No closeness is wanted at present"],
    ]


def test_how_far_a_goal_is_in_numbers_and_what_became_of_it(told: Case) -> None:
    anna = want(told, "Anna Kowalska", 0.5, 0.2, "Closer to Anna", "grief")
    told.desk.goals.rate_goal(anna.id, 7, END)
    goal = next(each for each in told.desk.goals.goals(told.course.id) if not each.is_closeness)
    closed = replace(goal, target=7, status=GoalStatus.PARTLY, closed_on=END, evidence="Tomasz Nowak answers")
    told.desk.goals.change_goal(closed)
    text = goals_text(assembled(told))
    rows = [line.split("\t") for line in text.splitlines() if "\t" in line]
    assert rows[1:] == [
        ["Grief: Closer to A.K.1", "outer", "middle", "middle, 7", "Reached"],
        ["Role dispute: Say to T.N. what I need", "–", "7", "–", "Partly met, 9 July 2026, Seen by: T.N. answers"],
    ]
    assert text.strip().endswith("Numbers: how far it is, as the client says it, 0 not at all, 10 wholly.")


def test_where_all_are_in_words_alone_only_the_words_stand(told: Case) -> None:
    assert goals_text(assembled(told)).strip().endswith("In the client’s words\nRole dispute: Say to T.N. what I need")


def test_without_goals_the_part_is_left_out_and_the_others_are_as_they_were(told: Case) -> None:
    before = assembled(told)
    (goal,) = told.desk.goals.goals(told.course.id)
    told.desk.goals.remove_goal(goal.id)
    after = assembled(told)
    assert goals_text(after) == ""
    assert [each for each in before.sections if each.key != "goals"] == list(after.sections)


def test_it_is_printed(told: Case) -> None:
    want(told, "Anna Kowalska", 0.5, 0.2, "Closer to Anna", "grief")
    pdf = pypdfium2.PdfDocument(told.desk.reporting.render(assembled(told), "A4"))
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)
    assert "Grief: Closer to A.K.1 outer middle middle Reached" in text
    assert "Anna" not in text
