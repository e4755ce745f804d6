"""The first page that is shown while the others are set: the same as it will be, and never where it needs the others."""

from pathlib import Path

from ipt_desktop.domain.report import Contents, Section
from tests.services.summary_case import TODAY, fill, open_case


def test_it_is_the_page_that_comes_out(tmp_path: Path) -> None:
    case = open_case(tmp_path)
    try:
        fill(case)
        reporting = case.desk.reporting
        report = reporting.assemble("termination-summary", case.course.id, today=TODAY)
        whole = reporting.set_pages(report).pdf
        count, pages = reporting.some_pages(whole, 400, (1,))
        first = reporting.first_page(report, "A4", "usual", count)
        assert reporting.some_pages(first, 400, (1, 2)) == (1, pages)
        larger = reporting.first_page(report, "A5", "larger", count)
        assert reporting.some_pages(larger, 400, (1,))[1] != pages
        contents = Section("contents", "", (Contents((("Course", 1),)),))
        told = type(report)(kind="full-record", title="Record", sections=(contents, *report.sections))
        assert reporting.first_page(told, "A4", "usual", 9) == b"", "where chapters begin is known once all are set"
    finally:
        case.desk.close()
