"""The full record: everything in order with its pages, course by course, and nothing that is kept apart."""

import re
from collections.abc import Iterator
from datetime import date

import pypdfium2
import pytest

from ipt_desktop.domain.practice_settings import Jurisdiction
from ipt_desktop.domain.report import Chapter, Contents, Report, as_text
from ipt_desktop.services.demo import create_demo
from ipt_desktop.services.desk import Desk

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(create_demo(tmp_path_factory.mktemp("demo") / "practice", TODAY))
    yield desk
    desk.close()


def record(desk: Desk, name: str) -> Report:
    client = next(each for each in desk.clients.clients(with_archived=True) if each.name.startswith(name))
    return desk.reporting.assemble("full-record", client_id=client.id, today=TODAY)


def heads(report: Report) -> list[Chapter]:
    return [block for each in report.sections for block in each.blocks if isinstance(block, Chapter)]


def test_everything_stands_in_order_and_the_contents_know_the_page(demo: Desk):
    report = record(demo, "Marta")
    titles = [each.title for each in heads(report)]
    order = [
        "Client",
        "People",
        "Events of the client’s life",
        "Course 1: IPT (Weissman, Markowitz, Klerman)",
        "History",
        "Interpersonal formulation",
        "Treatment agreement",
        "Role dispute · J., husband, separated",
        "Goals",
        "The circle",
        "Between-session tasks",
        "Worksheets",
        "Measures",
        "Session notes",
        "Session 1 of 16, 6 October 2026",
        "Session 7 of 16, 24 November 2026, draft",
        "Risk",
        "Safety plan",
    ]
    places = [titles.index(each) for each in order]
    assert places == sorted(places)
    (contents,) = (block for each in report.sections for block in each.blocks if isinstance(block, Contents))
    assert [title for title, _level in contents.entries] == titles
    pdf = pypdfium2.PdfDocument(demo.reporting.render(report))
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]
    for title in order:
        found = re.search(re.escape(title) + r" (\d+)", pages[0])
        assert found is not None, title
        assert title in pages[int(found[1]) - 1]
    assert demo.reporting.named_people(demo.courses.courses(_client_id(demo, "Marta"))[-1].id, report) == []
    assert "Other people are named by initials only" in report.footer


def test_of_several_courses_each_stands_by_itself(demo: Desk):
    report = record(demo, "Олена")
    titles = [each.title for each in heads(report) if each.level == 1]
    courses = [each for each in titles if each.startswith("Course")]
    assert [each[:8] for each in courses] == ["Course 1", "Course 2"]
    assert titles.index(courses[0]) < titles.index(courses[1])
    keys = [each.key for each in report.sections]
    assert len(set(keys)) == len(keys)


def test_whose_law_counts_private_pages_is_told_to_look_through_them_on_screen_alone(demo: Desk):
    course = demo.courses.courses(_client_id(demo, "Marta"))[-1]
    report = record(demo, "Marta")
    assert demo.reporting.to_check(course.id, report) == []
    demo.settings.change(jurisdiction=Jurisdiction.EU)
    (told,) = demo.reporting.to_check(course.id, report)
    assert "private pages" in told
    assert "private page" not in as_text(record(demo, "Marta")).lower()
    demo.settings.change(jurisdiction=Jurisdiction.US)


def _client_id(desk: Desk, name: str) -> str:
    return next(each.id for each in desk.clients.clients(with_archived=True) if each.name.startswith(name))
