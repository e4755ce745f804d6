"""What the pages of an ending say in the summary of treatment: by meaning, other people by initials, dates as a table."""

from dataclasses import replace
from typing import Any

from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.records import EndingKind
from ipt_desktop.domain.report import as_text
from tests.services.summary_case import END, TODAY, Case, fill

GRAVE = {"id": "1", "words": "All Saints, at the grave with Anna", "when": "2026-11-01", "yearly": 1}
MOVE = {"id": "2", "words": "The flat is cleared", "when": "2027-02"}


def part(case: Case, key: str) -> str:
    report = case.desk.reporting.assemble("termination-summary", case.course.id, frozenset({key}), today=TODAY)
    (found,) = (each for each in report.sections if each.key == key)
    return as_text(replace(report, sections=(found,), letterhead=None)).partition(found.title)[2].strip()


def write(case: Case, **said: Any) -> None:
    case.write(Purpose.ENDING, {Means[name.upper()]: value for name, value in said.items()})


def test_gains_skills_and_what_remains_with_what_else_was_written(case: Case) -> None:
    fill(case)
    write(case, credit="She did it herself.", skills_elsewhere="With Henryk.", alternatives="Couple work.\nTime.")
    assert part(case, "gains").splitlines()[1:] == ["She did it herself."]
    assert part(case, "skills").splitlines()[1:] == ["Where else it serves", "With Henryk."]
    assert part(case, "remaining").splitlines()[2:] == ["What else could help", "Couple work.", "Time."]


def test_the_plan_is_one_list_with_calls_by_initials_and_no_number(case: Case) -> None:
    fill(case)
    people = [{"name": "Tomasz", "number": "at home"}, {"name": "Anna", "number": "07700 900 461"}]
    referral = {"whom": "Dr Hill", "reason": "couple therapy.", "sent": "2026-07-09", "consent": 1}
    write(case, people_to_call=people, coming_back="Two signs for a fortnight.", referrals=[referral, {"reason": ""}])
    write(case, maintenance_frequency="Monthly", maintenance_review="2027-01-14", offered="A summary, on 9 July.")
    assert part(case, "plan").splitlines() == [
        "In danger she calls 999.",
        "Otherwise T.N., A.K.1, B.O., then the practice.",
        "Whom the client calls, in this order: T.N.; A.K.1.",
        "Two signs for a fortnight.",
        "Agreed for afterwards: maintenance; monthly; review on 14 January 2027.",
        "Three sessions until January, then a review.",
        "Referred to Dr Hill, for couple therapy, with the client’s consent, on 9 July 2026.",
        "Offered or sent",
        "A summary, on 9 July.",
    ]


def test_days_that_may_be_hard_stand_as_a_table_those_of_every_year_without_theirs(case: Case) -> None:
    fill(case)
    write(case, trigger_dates=[GRAVE, MOVE])
    told = part(case, "warning_signs")
    assert told.splitlines()[-3:] == [
        "Dates",
        "1 November\tAll Saints, at the grave with A.K.1",
        "February 2027\tThe flat is cleared",
    ]


def test_an_early_ending_makes_a_summary_of_what_little_is_known(case: Case) -> None:
    write(case, ending_kind="lost_contact", ending_reason="Three letters went unanswered.", offered="A letter on 2 July.")
    write(case, remaining="The quarrel.", coming_back="A call is enough.")
    case.desk.courses.end_course(case.course.id, END, EndingKind.LOST_CONTACT)
    report = case.desk.reporting.assemble("termination-summary", case.course.id, today=TODAY)
    keys = [each.key for each in report.sections]
    assert keys == ["identification", "in_brief", "presenting", "risk", "remaining", "plan", "signature"]
    text = as_text(report)
    for words in ("Contact was lost.", "Three letters went unanswered.", "A letter on 2 July.", "A call is enough."):
        assert words in text


def test_what_the_circle_says_in_a_sentence_stands_above_the_change_list(case: Case) -> None:
    fill(case)
    write(case, circle_change="Tomasz came closer, by his own asking.")
    assert "T.N. came closer, by his own asking." in part(case, "circle")
