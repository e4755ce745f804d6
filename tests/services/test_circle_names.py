"""Names of circles, and the circle a course begins with."""

from datetime import date, datetime, time, timedelta

import pytest

from ipt_desktop.domain.audit_words import OPERATIONS
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import AuditEntry, Client, Course, EndingKind, Placement
from ipt_desktop.services.desk import Desk

TODAY = date(2026, 11, 24)


@pytest.fixture
def course(desk: Desk) -> Course:
    client = desk.clients.add_client(Client(name="Marta"))
    protocol = desk.resources.protocol("weissman-markowitz-klerman")
    assert protocol is not None
    return desk.courses.begin_course(client.id, protocol, started_on=TODAY - timedelta(weeks=4))


def sitting_of(desk: Desk, course: Course, day: date) -> str:
    return desk.circles.sitting_now(course.id, datetime.combine(day, time(9))).id


def test_a_named_circle_is_remembered_though_nobody_was_moved_then(desk: Desk, course: Course) -> None:
    sitting_id = sitting_of(desk, course, TODAY)
    assert desk.circles.sittings(course.id) == []
    assert desk.circles.name_sitting(sitting_id, "  mid \n course ").name == "mid course"
    assert [(each.id, each.name) for each in desk.circles.sittings(course.id)] == [(sitting_id, "mid course")]
    desk.circles.name_sitting(sitting_id, "")
    assert desk.circles.sittings(course.id) == []
    with desk.store.read() as reading:
        assert [each.operation for each in reading.all(AuditEntry, "at")].count("name_sitting") == 2
    assert "name_sitting" in OPERATIONS


def test_before_this_began_has_its_name_already(desk: Desk, course: Course) -> None:
    before = desk.circles.sitting_before(course.id, TODAY)
    with pytest.raises(Refused):
        desk.circles.name_sitting(before.id, "baseline")


def test_a_course_begins_with_the_circle_the_one_before_ended_with(desk: Desk, course: Course) -> None:
    elin = desk.circles.add_person(course.client_id, "Elin", "daughter")
    assert desk.circles.course_circles(course.id).circle_at_first().placements == {}
    first = sitting_of(desk, course, TODAY)
    desk.circles.put_back(first, elin.id, Placement(person_id=elin.id, sitting_id=first, felt=0.4))
    assert desk.circles.course_circles(course.id).circle_at_first().placements == {}
    protocol = desk.courses.protocol(course.id)
    desk.courses.end_course(course.id, TODAY, EndingKind.PLANNED)
    second = desk.courses.begin_course(course.client_id, protocol, started_on=TODAY)
    assert desk.circles.course_circles(second.id).circle_at_first().placements[elin.id].felt == 0.4
