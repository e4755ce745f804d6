"""A course whose people were all deleted, and one that never had any: exports and the summary say so, and do not fail."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.circle_order import CircleForm, CircleOrder
from ipt_desktop.domain.report import Paper
from tests.services.summary_case import TODAY, Case, fill, open_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    case = open_case(tmp_path)
    fill(case)
    for person in case.desk.circles.people(case.client.id):
        case.desk.circles.delete_person(person.id)
    yield case
    case.desk.close()


def sittings(case: Case) -> tuple[str, ...]:
    with case.desk.store.read() as reading:
        from ipt_desktop.domain.records import Sitting

        return tuple(each.id for each in reading.all(Sitting, "date", course_id=case.course.id))


@pytest.mark.parametrize("form", CircleForm)
@pytest.mark.parametrize("naming", Naming)
def test_a_circle_nobody_is_on_any_more_can_still_leave(case: Case, form: CircleForm, naming: Naming) -> None:
    order = CircleOrder(course_id=case.course.id, form=form, naming=naming)
    assert case.desk.circle_exports.make(order, today=TODAY).people == 0


@pytest.mark.parametrize("form", [each for each in CircleForm if each.is_picture])
def test_so_can_circles_through_treatment(case: Case, form: CircleForm) -> None:
    first, last = sittings(case)
    for since in ("", first):
        order = CircleOrder(course_id=case.course.id, form=form, sittings=(first, last), since=since)
        assert case.desk.circle_exports.make(order, today=TODAY).people == 0


def test_the_summary_is_set_without_them(case: Case) -> None:
    reporting = case.desk.reporting
    report = reporting.assemble("termination-summary", case.course.id, None, today=TODAY)
    assert reporting.render(report, Paper.A4).startswith(b"%PDF")
