"""What is coming in a course: nearest first, in words, nothing foretold and nothing overdue."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from ipt_desktop.domain.anniversaries import Anniversary
from ipt_desktop.domain.coming import ComingKind, coming
from ipt_desktop.domain.protocol import MoodScale, Phase, Protocol, Rings, Task
from ipt_desktop.domain.records import Attendance, Course, Person, PhaseChange, Session

TODAY = date(2026, 11, 24)
WEEK = timedelta(weeks=1)
PROTOCOL = Protocol(
    key="short",
    version=1,
    name="Short",
    planned_sessions=16,
    minutes=50,
    frequency="weekly",
    phases=(
        Phase(key="middle", label="Middle", first=1, last=13, tasks=(Task(key="mid", text="Mid review", is_at_half=True),)),
        Phase(key="ending", label="Ending", first=14, last=16, tasks=(Task(key="raise", text="Raise it", sessions_left=3),)),
        Phase(key="maintenance", label="Maintenance", is_after=True, tasks=(Task(key="late", text="Late", sessions_left=0),)),
    ),
    areas=(),
    rings=Rings(inner="inner", middle="middle", outer="outer", outside="outside"),
    mood=MoodScale(low="worst", high="best"),
    ending_word="Ending",
)
COURSE = Course(
    client_id="client",
    number=1,
    protocol="short",
    planned_sessions=16,
    minutes=50,
    frequency="weekly",
    phases=PROTOCOL.agreed_phases(),
    started_on=TODAY - 6 * WEEK,
    planned_end=TODAY + 9 * WEEK,
)
HELD = [Session(course_id=COURSE.id, date=TODAY - WEEK * each, attendance=Attendance.ATTENDED) for each in range(7)]
SVEN = Anniversary(date(2026, 12, 2), died=Person(client_id="client", name="Sven", has_died=True, died="2019-12-02"))


def lines(*, course: Course = COURSE, sessions: list[Session] = HELD, changes: list[PhaseChange] | None = None, **more: Any):
    told = {"ticked": frozenset[str](), "near": [SVEN], "today": TODAY, **more}
    return [(each.kind, each.words, each.when) for each in coming(course, PROTOCOL, changes or [], sessions, **told)]


def test_the_nearest_comes_first_and_a_day_is_said_only_where_a_session_is_entered():
    following = Session(course_id=COURSE.id, date=TODAY + WEEK)
    assert lines(sessions=[*HELD, following]) == [
        (ComingKind.HALF, "Mid review", "session 8, 1 December"),
        (ComingKind.ANNIVERSARY, "2 December: 7 years since Sven died", "anniversary"),
        (ComingKind.ENDING, "Raise it", "by session 13"),
    ]
    assert ("session 8") in [when for _kind, _words, when in lines()]


def test_what_was_ticked_or_is_behind_is_not_coming():
    assert [kind for kind, *_rest in lines(ticked={"middle.mid"}, near=[])] == [ComingKind.ENDING]
    later = [Session(course_id=COURSE.id, date=TODAY - WEEK * each, attendance=Attendance.ATTENDED) for each in range(14)]
    assert lines(course=replace(COURSE, planned_end=None), sessions=later, near=[]) == []


def test_shorter_terms_move_what_is_coming():
    shorter = replace(COURSE, planned_sessions=12, planned_end=TODAY + 5 * WEEK)
    assert [each[2] for each in lines(course=shorter, near=[])] == ["by session 9", "agreed for 29 December"]


def test_a_review_stays_until_the_phase_is_set_anew_and_is_never_overdue():
    kept = PhaseChange(course_id=COURSE.id, phase="maintenance", on=TODAY - 12 * WEEK, review_on=TODAY - WEEK)
    assert (ComingKind.REVIEW, "Review: Maintenance", "was agreed for 17 November") in lines(changes=[kept])
    again = PhaseChange(course_id=COURSE.id, phase="maintenance", on=TODAY, review_on=TODAY + 12 * WEEK)
    assert (ComingKind.REVIEW, "Review: Maintenance", "agreed for 16 February 2027") in lines(changes=[kept, again])
    assert ComingKind.REVIEW not in [each[0] for each in lines(changes=[kept, replace(again, review_on=None)])]


def test_the_last_session_agreed_is_told_when_it_is_near():
    assert (ComingKind.LAST_SESSION, "Last session", "agreed for 5 January 2027") in lines(
        course=replace(COURSE, planned_end=date(2027, 1, 5))
    )
    assert ComingKind.LAST_SESSION not in [each[0] for each in lines()]


def test_a_course_without_a_number_has_no_middle_and_no_end_and_one_that_ended_nothing():
    open_course = replace(COURSE, planned_sessions=0, planned_end=None)
    assert [each[0] for each in lines(course=open_course)] == [ComingKind.ANNIVERSARY]
    assert lines(course=replace(COURSE, ended_on=TODAY)) == []


def test_in_a_phase_after_the_sessions_agreed_nothing_of_them_is_coming_but_its_review():
    changes = [PhaseChange(course_id=COURSE.id, phase="maintenance", on=TODAY - WEEK, review_on=TODAY + 12 * WEEK)]
    assert lines(changes=changes, near=[]) == [
        (ComingKind.REVIEW, "Review: Maintenance", "agreed for 16 February 2027"),
    ]


def test_a_review_of_a_phase_that_the_protocol_does_not_know_is_called_by_words():
    changes = [PhaseChange(course_id=COURSE.id, phase="late_work", on=TODAY - WEEK, review_on=TODAY + WEEK)]
    assert "Review: Late work" in [words for _kind, words, _when in lines(changes=changes)]
