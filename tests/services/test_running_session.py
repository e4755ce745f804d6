"""Starting, running and ending a session: one at a time, kept on the disk, audited, and taken back whole."""

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import Attendance, AuditEntry, Client, Course, Session
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.sessions import Ending
from ipt_desktop.services.vault import open_with_key

TODAY = date.today()


def begin(desk: Desk, name: str = "Marta") -> Course:
    client = desk.clients.add_client(Client(name=name))
    return desk.courses.begin_course(client.id, desk.resources.protocols[0], started_on=TODAY - timedelta(7))


def audited(desk: Desk) -> list[str]:
    with desk.store.read() as reading:
        return [each.operation for each in reading.all(AuditEntry, "number")]


def test_a_session_runs_from_start_to_end_and_the_next_one_is_made_with_it(desk: Desk):
    course = begin(desk)
    planned = desk.sessions.add_session(Session(course_id=course.id, date=TODAY, starts_at=time(11), ends_at=time(11, 50)))
    assert desk.sessions.running() is None
    started = desk.sessions.start_session(planned)
    assert started.is_running
    assert desk.sessions.running() == started
    following = Session(course_id=course.id, date=TODAY + timedelta(7), starts_at=time(11))
    ended = desk.sessions.end_session(
        planned.id,
        Ending(
            on=TODAY, starts_at=time(11, 2), ends_at=time(11, 54), attendance=Attendance.LATE, fee="Own rate", next=following
        ),
    )
    assert desk.sessions.running() is None
    assert not ended.is_running
    assert ended.closed_at is not None
    assert desk.sessions.sessions(course.id) == [ended, following]
    assert (ended.starts_at, ended.ends_at, ended.attendance, ended.fee) == (
        time(11, 2),
        time(11, 54),
        Attendance.LATE,
        "Own rate",
    )
    assert audited(desk)[-2:] == ["start_session", "end_session"]


def test_a_new_one_is_added_with_its_start(desk: Desk):
    made = desk.sessions.start_session(Session(course_id=begin(desk).id, date=TODAY))
    assert desk.sessions.session(made.id).is_running


def test_only_one_runs_at_a_time_of_whichever_client(desk: Desk):
    first = desk.sessions.start_session(Session(course_id=begin(desk).id, date=TODAY))
    second = Session(course_id=begin(desk, "Ben").id, date=TODAY)
    with pytest.raises(Refused, match=r"Another session has been running since \d\d:\d\d\. End it first\."):
        desk.sessions.start_session(second)
    assert desk.sessions.sessions(second.course_id) == []
    assert desk.sessions.running() == first


def test_it_is_still_running_when_the_practice_is_opened_again(tmp_path: Path, desk: Desk):
    started = desk.sessions.start_session(Session(course_id=begin(desk).id, date=TODAY))
    desk.close()
    again = Desk(open_with_key(tmp_path / "practice", bytes(range(32))))
    try:
        assert again.sessions.running() == started
    finally:
        again.close()


def test_an_end_that_is_not_sound_changes_nothing(desk: Desk):
    started = desk.sessions.start_session(Session(course_id=begin(desk).id, date=TODAY))
    with pytest.raises(Refused, match="can’t end before it begins"):
        desk.sessions.end_session(started.id, Ending(on=TODAY, starts_at=time(12), ends_at=time(11)))
    assert desk.sessions.running() == started


def test_what_does_not_run_can_t_be_ended(desk: Desk):
    planned = desk.sessions.add_session(Session(course_id=begin(desk).id, date=TODAY))
    with pytest.raises(Refused, match="not running"):
        desk.sessions.end_session(planned.id, Ending(on=TODAY))


def test_reopened_by_undo_it_is_as_it_was_and_the_next_one_is_gone(desk: Desk):
    course = begin(desk)
    started = desk.sessions.start_session(Session(course_id=course.id, date=TODAY, starts_at=time(11)))
    following = Session(course_id=course.id, date=TODAY + timedelta(7))
    desk.sessions.end_session(started.id, Ending(on=TODAY, starts_at=time(9), fee="Own rate", next=following))
    desk.sessions.reopen_session(started.id, before=started, without=following)
    assert desk.sessions.sessions(course.id) == [started]
    assert audited(desk)[-1] == "reopen_session"


def test_a_next_one_with_words_in_it_stays(desk: Desk):
    course = begin(desk)
    started = desk.sessions.start_session(Session(course_id=course.id, date=TODAY))
    following = Session(course_id=course.id, date=TODAY + timedelta(7))
    desk.sessions.end_session(started.id, Ending(on=TODAY, next=following))
    document = desk.documents.open_document(
        Purpose.PROGRESS_NOTE, course.client_id, course_id=course.id, session_id=following.id
    )
    desk.documents.keep_draft(desk.documents.begin_writing(document), {"plan": "Ask about Tess"})
    desk.sessions.reopen_session(started.id, before=started, without=following)
    assert [each.id for each in desk.sessions.sessions(course.id)] == [started.id, following.id]


def test_taken_up_again_later_it_keeps_its_times_and_can_be_closed_as_before(desk: Desk):
    started = desk.sessions.start_session(Session(course_id=begin(desk).id, date=TODAY))
    ended = desk.sessions.end_session(started.id, Ending(on=TODAY, starts_at=time(9), ends_at=time(9, 50)))
    assert desk.sessions.reopen_session(started.id) == replace(ended, closed_at=None)
    assert desk.sessions.close_again(ended) == ended
    assert desk.sessions.running() is None
