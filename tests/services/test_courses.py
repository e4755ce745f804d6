"""A course taken back comes back as it was, unless another one has begun since."""

from datetime import date

import pytest

from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.records import Client, Course
from ipt_desktop.services.desk import Desk

DAY = date(2026, 10, 6)


def begin(desk: Desk, client: Client) -> Course:
    return desk.courses.begin_course(client.id, desk.resources.protocols[0], started_on=DAY)


def test_a_course_taken_back_is_brought_back_whole(desk: Desk):
    marta = desk.clients.add_client(Client(name="Marta"))
    course = begin(desk, marta)
    desk.courses.remove_course(course.id)
    with pytest.raises(RecordGone):
        desk.courses.course(course.id)
    desk.courses.bring_back_course(course)
    assert desk.courses.courses(marta.id) == [course]


def test_it_stays_away_while_another_one_is_running(desk: Desk):
    marta = desk.clients.add_client(Client(name="Marta"))
    first = begin(desk, marta)
    desk.courses.remove_course(first.id)
    second = begin(desk, marta)
    with pytest.raises(Refused, match="still running"):
        desk.courses.bring_back_course(first)
    assert desk.courses.courses(marta.id) == [second]
