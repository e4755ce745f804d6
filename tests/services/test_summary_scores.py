"""Scores in the other papers: first and last beside medication, recovery by the whole rule at the end alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ipt_desktop.domain.report import Paper, Pictures, Report, Table, TextSize, as_text
from ipt_desktop.services.course_file import CourseFile, read_course
from ipt_desktop.services.demo import create_demo
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.summary_scores import first_and_last, recovery, score_blocks
from ipt_desktop.services.termination_summary import third_parties
from tests.reports.paper import Printed

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(create_demo(tmp_path_factory.mktemp("demo") / "practice", TODAY))
    yield desk
    desk.close()


def file_of(desk: Desk, name: str) -> CourseFile:
    client = next(each for each in desk.clients.clients(with_archived=True) if each.name.startswith(name))
    return read_course(desk, desk.courses.courses(client.id)[-1].id, TODAY)


def report(desk: Desk, kind: str, file: CourseFile, *include: str) -> Report:
    return desk.reporting.assemble(kind, file.course.id, frozenset(include), today=TODAY)


def table_of(file: CourseFile) -> Table:
    return next(each for each in score_blocks(file, third_parties(file)) if isinstance(each, Table))


def test_a_summary_has_first_and_last_with_dates_in_words_and_medication(demo: Desk) -> None:
    text = as_text(report(demo, "termination-summary", file_of(demo, "Marta"), "scores"))
    for words in (
        "PHQ-9\t18, 6 Oct\t11, 24 Nov\tModerately severe to moderate. Reliable improvement on the PHQ-9; now at or above 10.",
        "Sertraline 50 mg, prescribed by Dr Weiss since 8 September 2026",
        "GAD-7\t13, 6 Oct\t9, 24 Nov\tModerate to mild. Reliable improvement on the GAD-7; now at or above 8.\tThe same",
        "PHQ-9: cut-off 10, reliable change 6; GAD-7: cut-off 8, reliable change 4",
        "PHQ-9, GAD-7: Developed by Drs. Robert L. Spitzer",
        "A score is an aid to judgement, not a diagnosis.",
    ):
        assert words in text, words
    assert "Recovery" not in text, "the course goes on"


def test_a_summary_has_its_charts_as_one_figure_with_weeks_medication_and_what_its_letters_stand_for(demo: Desk) -> None:
    told = report(demo, "termination-summary", file_of(demo, "Marta"), "scores", "chart")
    (section,) = (each for each in told.sections if each.key == "chart")
    (figure,) = (each for each in section.blocks if isinstance(each, Pictures))
    assert figure.legend.startswith("Hatched: no session (27 October, cancelled by client).")
    assert "Rang J. first" in figure.legend, "events tell other people by initials"
    assert figure.legend in as_text(told)
    assert "Sertraline 50 mg since 8 September 2026." in figure.drawings[0].picture.description
    assert "Johan" not in as_text(told)
    printed = Printed(told)
    (page,) = (words for words in printed.pages if "week of" in words)
    for said in (
        "moderately severe 15–19",
        "cut-off 8",
        "reliable at 12 or less",
        "medication",
        "Hatched: no session",
        "GAD-7",
    ):
        assert said in page, said
    assert "Scores, session by session" in page, "heading, panels, medication and legend stand together"


def test_the_figure_is_laid_out_anew_for_a_small_page_and_for_large_print(demo: Desk) -> None:
    made = report(demo, "termination-summary", file_of(demo, "Zofia"), "chart")
    for paper, size in ((Paper.A5, TextSize.USUAL), (Paper.A4, TextSize.LARGE_PRINT), (Paper.A5, TextSize.LARGE_PRINT)):
        printed = Printed(replace(made, paper=paper, text_size=size))
        (page,) = (number for number, words in enumerate(printed.pages) if "week of" in words)
        assert "session by session" in printed.pages[page], "the head stands with its figure"
        assert max(right for _left, _low, right, _high in printed.ink(page)) <= printed.pdf[page].get_size()[0] - 30


def test_recovery_is_said_at_the_end_alone_and_by_the_whole_rule(demo: Desk) -> None:
    file = file_of(demo, "Zofia")
    assert "Recovery by the rules of NHS Talking Therapies" in table_of(file).note
    running = replace(file, course=replace(file.course, ended_on=None))
    assert "Recovery" not in table_of(running).note
    one = replace(file, measured=[each for each in file.measured if each.measure.key == "phq-9"])
    assert not list(recovery(one, first_and_last(one.measured))), "the rule needs both scales"
    assert file.course.ended_on is not None
    later = replace(file, course=replace(file.course, ended_on=file.course.ended_on + timedelta(weeks=9)))
    assert not list(recovery(later, first_and_last(later.measured))), "these are no scores of the end"


def test_one_result_alone_has_no_change_and_nothing_measured_has_no_section(demo: Desk) -> None:
    file = file_of(demo, "Νίκος")
    row = next(each for each in table_of(file).rows if each[0] == "MSPSS")
    assert row[2] == "–"
    none = replace(file, measured=())
    assert not list(score_blocks(none, third_parties(none)))


def test_the_client_s_copy_has_scores_only_where_they_are_asked_for(demo: Desk) -> None:
    file = file_of(demo, "Zofia")
    usual = demo.reporting.assemble("client-copy", file.course.id, today=TODAY)
    assert "PHQ-9" not in as_text(usual)
    asked = as_text(report(demo, "client-copy", file, "scores"))
    assert "PHQ-9: 19 on 4 June 2026, 6 on 1 October 2026. Lower is better." in asked
    assert "severe" not in asked
    assert "not a diagnosis" in asked
