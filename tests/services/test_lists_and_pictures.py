"""Circles, measures of a course and the lists of a client as documents of the Reports tab."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import AuditEntry, Placement, Sitting
from ipt_desktop.domain.report import Pictures, Report, Table, as_text
from ipt_desktop.services.report_kind import Choices
from tests.services.summary_case import END, START, TODAY, Case, fill, measure, open_case


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    case = open_case(tmp_path_factory.mktemp("case"))
    fill(case)
    measure(case)
    yield case
    case.desk.close()


def made(case: Case, kind: str, *include: str, record: str = "", **choices: object) -> Report:
    wanted = frozenset(include) if include else None
    chosen = Choices(**choices)  # type: ignore[arg-type]
    return case.desk.reporting.assemble(kind, case.course.id, wanted, today=TODAY, record_id=record, choices=chosen)


def pictures(report: Report) -> Pictures:
    (found,) = (block for each in report.sections for block in each.blocks if isinstance(block, Pictures))
    return found


def test_the_circle_of_a_day_is_one_picture_and_any_sitting_can_be_chosen(case: Case):
    records = case.desk.reporting.records("circle", case.course.id)
    assert [words for _id, words in records] == ["Session 16, 9 July 2026", "Session 2, 19 March 2026"]
    latest, first = (made(case, "circle", record=each) for each, _words in records)
    assert [each.title for each in pictures(latest).drawings] == ["End"]
    assert [each.title for each in pictures(first).drawings] == ["Start"]
    assert latest.subtitle.startswith("Zofia Łukasiewicz · ref. 2026-014")
    assert "Tomasz" not in as_text(latest)


def test_before_and_after_stand_side_by_side_with_the_clients_words_first(case: Case):
    report = made(case, "circle-before-after")
    assert [each.title for each in pictures(report).drawings] == ["Start", "End"]
    assert report.title == "The circle, before and after"
    (table,) = (block for each in report.sections for block in each.blocks if isinstance(block, Table))
    husband = next(row for row in table.rows if row[0] == "T.N., husband")
    assert husband[-1] == "“He asks now, and I answer.” One ring closer."


def test_through_treatment_has_before_this_began_first(case: Case):
    before = case.desk.circles.sitting_before(case.course.id, START)
    for person_id in case.desk.circles.circle(case.course.id).placements:
        case.desk.circles.put_back(before.id, person_id, Placement(person_id=person_id, sitting_id=before.id, felt=0.9))
    report = made(case, "circle-course")
    assert [each.title for each in pictures(report).drawings] == ["Before this began", "Start", "End"]
    under = made(case, "circle-course", naming=Naming.PSEUDONYMS)
    assert "Zofia" not in as_text(under) + "".join(under.running_head)
    case.desk.store.write(lambda writing: writing.delete(Sitting, before.id))


def test_measures_have_their_chart_and_every_answer_by_day(case: Case):
    report = made(case, "course-measures")
    assert [each.part for each in report.sections if each.part] == ["chart", "scores", "items"]
    text = as_text(report)
    assert "2026\t12 Mar\t9 Jul" in text
    assert "1 Interest or pleasure\t3\t1" in text
    assert "Total\t18, moderately severe\t6, mild" in text
    assert "0 Not at all; 1 Several days" in text
    assert "12 Mar\t9 Jul" not in as_text(made(case, "course-measures", "items", since=END))
    with pytest.raises(Refused, match="No measure was given in that time"):
        made(case, "course-measures", since=TODAY)


def test_disclosures_and_the_trail_of_a_client_are_documents_too(case: Case, tmp_path: Path):
    reporting, client = case.desk.reporting, case.client.id
    pdf = reporting.render(made(case, "termination-summary"))
    told = {"kind": "termination-summary", "course_id": case.course.id, "recipient": "Dr S. Grant", "purpose": "care"}
    reporting.save(pdf, tmp_path / "out.pdf", **told)
    listed = as_text(reporting.assemble("disclosure-list", client_id=client, today=TODAY))
    assert "Dr S. Grant\tcare" in listed
    trail = reporting.assemble("audit-trail", client_id=client, today=TODAY)
    assert "Saved as PDF" in as_text(trail)
    assert "Zofia Łukasiewicz" in trail.subtitle
    with case.desk.store.read() as reading:
        (entry,) = reading.all(AuditEntry, operation="report_saved")
    day = entry.at.astimezone().date()
    none = reporting.assemble("audit-trail", client_id=client, choices=Choices(until=date(day.year - 1, 1, 1)))
    assert "Nothing was found." in as_text(none)
