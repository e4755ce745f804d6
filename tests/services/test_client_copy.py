"""The client's own copy on a real encrypted practice, read back from the PDF: theirs, in large print, no code, no risk."""

from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Means, Purpose
from ipt_desktop.domain.report import Paper, Pictures, Report, Section, as_text
from ipt_desktop.domain.report_plan import Contacts, Numbers
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry
from ipt_desktop.domain.treatment_records import Diagnosis, DiagnosisAt, Goal, GoalStatus
from ipt_desktop.services.client_copy import PARTS
from tests.services.summary_case import END, START, TODAY, Case, fill

KIND = "client-copy"


def write(case: Case, **said: Any) -> None:
    case.write(Purpose.ENDING, {Means[name.upper()]: value for name, value in said.items()})


def assembled(case: Case, *include: str) -> Report:
    return case.desk.reporting.assemble(KIND, case.course.id, frozenset(include) if include else None, today=TODAY)


def section(report: Report, key: str) -> Section:
    (found,) = (each for each in report.sections if each.key == key)
    return found


def told(report: Report, key: str) -> list[str]:
    found = section(report, key)
    return as_text(replace(report, sections=(found,))).partition(found.title)[2].strip().splitlines()


def printed(case: Case, report: Report, paper: Paper = Paper.A4) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(case.desk.reporting.render(report, paper))


def text_of(pdf: pypdfium2.PdfDocument) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)


def everything(case: Case) -> None:
    fill(case)
    write(
        case,
        own_story="I became ill after my mother died.",
        words_that_worked="“I’m not fine.”\n“After supper?”",
        sadness="It is a sad day. It isn’t the illness.",
        trigger_dates=[{"id": "1", "words": "All Saints, at the grave with Anna", "when": "2026-11-01", "yearly": 1}],
        people_to_call=[{"name": "Tomasz", "number": "at home"}, {"name": "Anna", "number": "07700 900 461"}],
        coming_back="I ring. It needs no excuse.",
        maintenance_frequency="Every seven weeks",
        maintenance_review="2027-01-14",
        referrals=[{"whom": "Dr Hill", "reason": "couple therapy", "consent": 1}],
    )


def test_without_a_word_about_the_ending_there_is_no_copy_and_it_is_said_why(case: Case) -> None:
    missing = case.desk.reporting.missing(KIND, case.client.id, case.course.id)
    assert missing.startswith("Nothing is written about the ending yet")
    with pytest.raises(Refused, match="Nothing is written about the ending"):
        assembled(case)


def test_how_the_course_ended_alone_is_no_copy_that_the_client_wrote(case: Case) -> None:
    write(case, ending_kind="lost_contact", ending_reason="Never came back.")
    assert case.desk.reporting.missing(KIND, case.client.id, case.course.id).startswith("Nothing is written")
    write(case, ending_kind="lost_contact", coming_back="I ring.")
    assert not case.desk.reporting.missing(KIND, case.client.id, case.course.id)


def test_every_part_in_its_order_people_by_name_and_how_one_comes_back(case: Case) -> None:
    everything(case)
    (goal,) = case.desk.goals.goals(case.course.id)
    case.desk.goals.change_goal(replace(goal, status=GoalStatus.MET, closed_on=END))
    report = assembled(case)
    usual = [each.key for each in PARTS if each.is_default and each.title]
    assert [each.key for each in report.sections] == usual
    assert report.title == "My therapy"
    assert report.subtitle.startswith("Written by Zofia Łukasiewicz with Dr Hanna Weiss, ")
    assert told(report, "story") == ["I became ill after my mother died."]
    assert told(report, "reached") == ["– Say to Tomasz what I need: reached."]
    assert told(report, "signs") == [
        "Letting calls from Anna ring.",
        "Sad, or ill again",
        "It is a sad day. It isn’t the illness.",
    ]
    assert told(report, "dates") == ["1 November\tAll Saints, at the grave with Anna"]
    assert told(report, "next") == [
        "A session now and then, to keep well.",
        "Every seven weeks.",
        "We look at it again on 14 January 2027.",
        "Three sessions until January, then a review.",
        "I go on to Dr Hill, for couple therapy.",
        "If I want to come back",
        "I ring. It needs no excuse.",
    ]
    assert case.desk.reporting.named_people(case.course.id, report) == []


def test_no_code_no_diagnosis_no_risk_and_nothing_off_the_record(case: Case) -> None:
    everything(case)
    diagnosis = Diagnosis(
        course_id=case.course.id, at=DiagnosisAt.START, system="ICD-10-CM", code="F32.1", words="Depressive", made_on=START
    )
    case.desk.diagnoses.keep_diagnosis(diagnosis)
    case.desk.risk.keep_risk(RiskEntry(client_id=case.client.id, on=END, asked=RiskAsked.CHANGED, words="BETTER OFF DEAD"))
    keys = frozenset(each.key for each in PARTS)
    text = text_of(printed(case, case.desk.reporting.assemble(KIND, case.course.id, keys, today=TODAY)))
    for word in ("F32", "Depress", "ideation", "BETTER OFF DEAD", "PURPLE ELEPHANT", "PYL 31107", "2026-014"):
        assert word not in text
    assert "Anna" in text


def test_each_part_can_be_left_out(case: Case) -> None:
    everything(case)
    keys = {each.key for each in PARTS if each.title}
    for key in keys:
        found = {each.key for each in assembled(case, *(keys - {key})).sections}
        assert key not in found
    assert [each.key for each in assembled(case, "changed").sections] == ["changed"]
    assert "changed" not in {each.key for each in assembled(case).sections}


def test_goals_reached_with_the_numbers_or_without_and_none_that_nothing_is_known_of(case: Case) -> None:
    everything(case)
    (goal,) = case.desk.goals.goals(case.course.id)
    case.desk.goals.change_goal(replace(goal, baseline=1, target=7, status=GoalStatus.PARTLY, closed_on=END))
    case.desk.goals.rate_goal(goal.id, 6, END)
    for words, status in (("Forgotten", GoalStatus.OPEN), ("Given up", GoalStatus.DROPPED)):
        case.desk.goals.add_goal(Goal(course_id=case.course.id, words=words, status=status, set_on=START, closed_on=END))
    goal_line = "– Say to Tomasz what I need: partly reached."
    assert told(assembled(case, "reached", "numbers"), "reached") == [f"{goal_line} I wanted 7 of 10; it is 6, from 1."]
    assert told(assembled(case, "reached"), "reached") == [goal_line]


def test_what_was_worked_on_in_plain_words_where_the_client_wrote_nothing(case: Case) -> None:
    fill(case)
    assert told(assembled(case, "story"), "story") == [
        "– The loss of someone: Maria Łukasiewicz",
        "– A disagreement, with Tomasz Nowak",
    ]


def test_whom_to_call_begins_with_danger_and_keeps_the_order(case: Case) -> None:
    everything(case)
    danger, people = section(assembled(case), "calls").blocks
    assert isinstance(danger, Numbers)
    assert isinstance(people, Contacts)
    assert people.rows == (("Tomasz", "at home"), ("Anna", "07700 900 461"))
    plan = case.desk.safety_plans.new_plan(case.client.id)
    form = case.desk.safety_plans.form_of(plan)
    asked = form.field_that_means(Means.EMERGENCY_NUMBERS)
    assert asked is not None
    written = {asked.key: [{"name": "In danger", "number": "999"}]}
    case.desk.documents.keep_draft(case.desk.documents.begin_writing(plan), {**plan.answers, **written})
    first = section(assembled(case), "calls").blocks[0]
    assert first == Numbers((("In danger", "999"),))


def test_the_numbers_for_danger_stand_there_also_where_nobody_else_is_named(case: Case) -> None:
    fill(case)
    (danger,) = section(assembled(case), "calls").blocks
    assert isinstance(danger, Numbers)
    assert danger.rows


def test_the_circle_has_me_in_the_middle_and_names_and_no_mark_of_what_the_work_is_about(case: Case) -> None:
    everything(case)
    found = section(assembled(case), "circle")
    assert found.title == "My people in July"
    (figure,) = found.blocks
    assert isinstance(figure, Pictures)
    assert figure.note == (
        "In the middle is me. A dotted arrow shows who has moved since March. The ribbon is for Maria Łukasiewicz, who died."
    )
    words = {mark.text for mark in figure.drawings[0].picture.marks if hasattr(mark, "text")}
    assert {"me", "Anna Kowalska", "Tomasz Nowak"} <= words
    assert figure.key is not None
    assert not {"client", "focus of the work"} & {mark.text for mark in figure.key.marks if hasattr(mark, "text")}


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_it_is_large_print_throughout(case: Case, paper: Paper) -> None:
    everything(case)
    pdf = printed(case, assembled(case), paper)
    for page in pdf:
        words = page.get_textpage()
        sizes = {round(pypdfium2.raw.FPDFText_GetFontSize(words, number), 1) for number in range(words.count_chars())}
        assert min(size for size in sizes if size > 1) >= 12  # 1 is a line end
    text = text_of(pdf)
    for words in ("Page 1 of", "My own copy", "1 Tomasz", "at home"):
        assert words in text


def test_its_file_tells_nobody_whose_it_is(case: Case) -> None:
    assert case.desk.reporting.file_name(KIND, case.course.id, today=TODAY) == "ZŁ my therapy 2026-07-16.pdf"
