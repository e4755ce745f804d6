"""Verbs that change part of a record change what is there when their turn comes, not what was there when they were asked."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ipt_desktop.domain.errors import Refused, SaveFailed
from ipt_desktop.domain.records import Client, Course, EndingKind, Practice, Session, Sitting
from ipt_desktop.services.desk import Desk
from ipt_desktop.storage.store import Writing

DAY = date(2026, 10, 6)


@pytest.fixture
def course(desk: Desk) -> Course:
    client = desk.clients.add_client(Client(name="Marta"))
    return desk.courses.begin_course(client.id, desk.resources.protocols[0], started_on=DAY)


def during(desk: Desk, earlier: Callable[[Writing], None], verb: Callable[[], object]) -> None:
    """Ask for `verb` while `earlier` is still being written: the verb waits in the queue behind it."""
    is_asked = threading.Event()

    def held_up(writing: Writing) -> None:
        assert is_asked.wait(10)
        earlier(writing)

    desk.store.post(held_up, lambda result, error: None)
    asking = threading.Thread(target=verb)
    asking.start()
    while desk.store._queue.empty() and asking.is_alive():
        pass
    is_asked.set()
    asking.join()


def test_a_file_put_away_keeps_what_was_changed_meanwhile(desk: Desk, course: Course):
    renamed = replace(desk.clients.client(course.client_id), name="Marta L.")
    during(desk, lambda writing: writing.update(renamed), lambda: desk.clients.archive_client(renamed.id))
    assert desk.clients.client(renamed.id) == replace(renamed, is_archived=True)


def test_a_course_ended_keeps_the_terms_changed_meanwhile(desk: Desk, course: Course):
    shorter = replace(course, minutes=45)
    end = DAY + timedelta(weeks=3)
    during(desk, lambda writing: writing.update(shorter), lambda: desk.courses.end_course(course.id, end, EndingKind.PLANNED))
    assert desk.courses.course(course.id) == replace(shorter, ended_on=end, ending=EndingKind.PLANNED)


def test_a_course_is_not_reopened_beside_one_begun_meanwhile(desk: Desk, course: Course):
    desk.courses.end_course(course.id, DAY, EndingKind.PLANNED)
    second = replace(course, id="second", number=2)
    told: list[str] = []

    def reopen() -> None:
        with pytest.raises(Refused, match="still running"):
            desk.courses.reopen_course(course.id)
        told.append("refused")

    during(desk, lambda writing: writing.insert(second), reopen)
    assert told == ["refused"]
    assert [each.id for each in desk.courses.courses(course.client_id) if each.ended_on is None] == ["second"]


def test_a_therapist_named_keeps_the_letterhead_changed_meanwhile(desk: Desk):
    moved = replace(desk.practice.details(), address="4 Willow Lane")
    during(desk, lambda writing: writing.update(moved), lambda: desk.practice.name_therapist(" Dr Ashworth "))
    with desk.store.read() as reading:
        assert reading.all(Practice) == [replace(moved, therapist="Dr Ashworth")]


def test_a_session_that_could_not_be_brought_back_is_so_at_the_next_try(
    desk: Desk, course: Course, monkeypatch: pytest.MonkeyPatch
):
    session = desk.sessions.add_session(Session(course_id=course.id, date=DAY))
    desk.store.write(lambda writing: writing.insert(Sitting(course_id=course.id, session_id=session.id, date=DAY)))
    desk.sessions.remove_session(session.id)

    def fail(_writing: Writing, _record: object) -> None:
        raise SaveFailed(reason="the disk is full")

    with monkeypatch.context() as full:
        full.setattr(Writing, "update", fail)
        with pytest.raises(SaveFailed):
            desk.sessions.bring_back_session(session)
    desk.sessions.bring_back_session(session)
    with desk.store.read() as reading:
        assert [each.session_id for each in reading.all(Sitting)] == [session.id]
