"""Counting sessions as the strip says them: "session 7 of 16", "9 after"; and the phases."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.domain import course as counting
from ipt_desktop.domain.course import SessionCount
from ipt_desktop.domain.records import AgreedPhase, Attendance, Course, PhaseChange, Session

MONDAY = date(2026, 11, 23)
WEEK = timedelta(days=7)
COURSE = Course(
    id="c",
    client_id="k",
    number=1,
    protocol="p",
    planned_sessions=16,
    minutes=50,
    frequency="weekly",
    phases=(AgreedPhase(key="initial", first=1, last=3), AgreedPhase(key="middle", first=4, last=13),
            AgreedPhase(key="termination", first=14, last=16)),
    started_on=MONDAY,
)  # fmt: skip
ATTENDED, LATE = Attendance.ATTENDED, Attendance.LATE
CANCELLED = Attendance.CANCELLED_BY_CLIENT


def weekly(*attendance: Any, start: date = MONDAY):
    return [
        Session(id=str(week), course_id="c", date=start + week * WEEK, attendance=each) for week, each in enumerate(attendance)
    ]


def test_a_new_course_is_at_session_one():
    assert counting.session_count(COURSE, [], MONDAY) == SessionCount(1, 16, 15)


def test_the_number_stays_until_the_day_is_over():
    sessions = weekly(*[ATTENDED] * 6, None)
    seventh = MONDAY + 6 * WEEK
    assert counting.session_count(COURSE, sessions, seventh - timedelta(days=1)) == SessionCount(7, 16, 9)
    assert counting.session_count(COURSE, sessions, seventh) == SessionCount(7, 16, 9)
    held = [*sessions[:6], replace(sessions[6], attendance=ATTENDED)]
    assert counting.session_count(COURSE, held, seventh) == SessionCount(7, 16, 9)
    assert counting.session_count(COURSE, held, seventh + timedelta(days=1)) == SessionCount(8, 16, 8)


@pytest.mark.parametrize("missed", [CANCELLED, Attendance.CANCELLED_BY_THERAPIST, Attendance.DID_NOT_COME])
def test_a_session_that_did_not_take_place_has_no_number(missed: Attendance):
    sessions = weekly(ATTENDED, missed, LATE)
    assert counting.numbers(sessions) == {"0": 1, "2": 2}
    assert counting.session_count(COURSE, sessions, MONDAY + WEEK) == SessionCount(2, 16, 14)


def test_two_sessions_on_a_day_follow_one_another_as_they_are_answered():
    early = Session(id="a", course_id="c", date=MONDAY, starts_at=time(9), attendance=None)
    late = Session(id="b", course_id="c", date=MONDAY, starts_at=time(15), attendance=None)
    assert counting.numbers([late, early]) == {"a": 1, "b": 2}
    assert counting.session_count(COURSE, [late, early], MONDAY).number == 1
    assert counting.session_count(COURSE, [late, replace(early, attendance=ATTENDED)], MONDAY).number == 2
    both = [replace(late, attendance=ATTENDED), replace(early, attendance=ATTENDED)]
    assert counting.session_count(COURSE, both, MONDAY).number == 2


def test_after_the_last_planned_session_the_number_stays():
    sessions = weekly(*[ATTENDED] * 16)
    assert counting.session_count(COURSE, sessions, MONDAY + 40 * WEEK) == SessionCount(16, 16, 0)
    more = [*sessions, Session(id="x", course_id="c", date=MONDAY + 50 * WEEK)]
    assert counting.session_count(COURSE, more, MONDAY + 40 * WEEK) == SessionCount(17, 16, 0)


def test_a_course_that_ended_early_has_nothing_after():
    ended = replace(COURSE, ended_on=MONDAY + 9 * WEEK)
    sessions = weekly(*[ATTENDED] * 9)
    assert counting.session_count(ended, sessions, MONDAY + 20 * WEEK) == SessionCount(9, 16, 0)
    assert counting.sessions_left(ended, sessions, MONDAY + 20 * WEEK) == 0


def test_a_session_of_today_is_left_until_it_is_answered():
    sessions = weekly(ATTENDED, None)
    assert counting.sessions_left(COURSE, sessions, MONDAY + WEEK) == 15
    assert counting.sessions_left(COURSE, weekly(ATTENDED, ATTENDED), MONDAY + WEEK) == 14


ATTENDANCES = st.lists(st.sampled_from([None, *Attendance]), max_size=20)


@given(ATTENDANCES, st.integers(0, 25))
def test_numbers_are_without_gaps_and_the_count_never_runs_away(attendance: Any, weeks: int):
    sessions = weekly(*attendance)
    numbers = counting.numbers(reversed(sessions))
    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))
    today = MONDAY + weeks * WEEK
    count = counting.session_count(COURSE, sessions, today)
    assert 1 <= count.number <= max(16, len(numbers))
    assert count.number + count.after >= 16
    assert counting.session_count(COURSE, sessions, today + WEEK).number >= count.number
    assert 0 <= counting.sessions_left(COURSE, sessions, today) <= 16


def changed(phase: str, on: date, hour: int = 9):
    return PhaseChange(course_id="c", phase=phase, on=on, created_at=datetime(2026, 1, 1, hour, tzinfo=UTC))


def test_the_latest_change_of_phase_holds_backwards_too():
    assert counting.phase_of(COURSE, []) == "initial"
    changes = [changed("initial", MONDAY + 5 * WEEK), changed("middle", MONDAY + 3 * WEEK)]
    assert counting.phase_of(COURSE, changes) == "initial"
    assert counting.phase_of(COURSE, changes, on=MONDAY + 4 * WEEK) == "middle"
    assert counting.phase_of(COURSE, changes, on=MONDAY) == "initial"
    assert counting.phase_since(changes) == MONDAY + 5 * WEEK
    assert counting.phase_since([]) is None


def test_of_two_changes_on_a_day_the_later_made_holds():
    assert counting.phase_of(COURSE, [changed("termination", MONDAY, 10), changed("middle", MONDAY, 9)]) == "termination"


@pytest.mark.parametrize(
    ("number", "phase"),
    [(1, "initial"), (3, "initial"), (4, "middle"), (13, "middle"), (14, "termination"), (20, "termination")],
)
def test_the_agreement_suggests_a_phase(number: int, phase: str):
    assert counting.suggested_phase(COURSE, number).key == phase


def test_sessions_stand_under_the_phase_of_their_day():
    sessions = weekly(ATTENDED, CANCELLED, ATTENDED, ATTENDED)
    by_phase = counting.sessions_by_phase(COURSE, [changed("middle", MONDAY + 2 * WEEK)], sessions)
    assert {key: [each.id for each in found] for key, found in by_phase.items()} == {
        "initial": ["0"],
        "middle": ["2", "3"],
        "termination": [],
    }


OPEN = replace(COURSE, planned_sessions=0, phases=(AgreedPhase(key="maintenance", first=1, last=0),))


def test_a_course_without_a_number_counts_on_and_never_says_how_many_are_left():
    assert counting.session_count(OPEN, [], MONDAY) == SessionCount(1, 0, 0)
    held = weekly(*[ATTENDED] * 30)
    assert counting.session_count(OPEN, held, MONDAY + 40 * WEEK) == SessionCount(31, 0, 0)
    assert counting.suggested_phase(OPEN, 31).key == "maintenance"
    assert counting.sessions_by_phase(OPEN, [], held)["maintenance"] == held
    assert counting.after_words(SessionCount(31, 0, 0)) == "no number agreed"


def test_a_number_reads_as_it_was_agreed():
    assert counting.of_planned(7, 16) == "7 of 16"
    assert counting.of_planned(7, 0) == "7"
    assert counting.of_planned(17, 16) == "17 (16 agreed)"
    assert counting.after_words(SessionCount(7, 16, 9)) == "9 after"


def test_in_a_phase_after_the_sessions_agreed_the_next_one_is_counted_on():
    held = weekly(*[ATTENDED] * 16)
    later = MONDAY + 20 * WEEK
    assert counting.session_count(COURSE, held, later) == SessionCount(16, 16, 0)
    assert counting.session_count(COURSE, held, later, is_after=True) == SessionCount(17, 16, 0)


def test_sessions_typed_in_out_of_order_are_numbered_by_their_days_and_one_taken_out_closes_the_gap():
    first, second, third = weekly(ATTENDED, ATTENDED, ATTENDED)
    assert counting.numbers([third, first, second]) == {first.id: 1, second.id: 2, third.id: 3}
    assert counting.numbers([third, first]) == {first.id: 1, third.id: 2}


def test_two_sessions_a_day_have_two_numbers_by_their_hours():
    noon, morning = (
        Session(id=key, course_id="c", date=MONDAY, starts_at=time(hour)) for key, hour in (("noon", 12), ("morning", 9))
    )
    assert counting.numbers([noon, morning]) == {"morning": 1, "noon": 2}
    assert counting.session_count(COURSE, [noon, morning], MONDAY).number == 1
    answered = replace(morning, attendance=ATTENDED)
    assert counting.session_count(COURSE, [noon, answered], MONDAY).number == 2


def test_the_review_is_that_of_the_phase_that_holds():
    changes = [
        replace(changed("initial", MONDAY, 9), review_on=MONDAY + WEEK),
        replace(changed("tapering", MONDAY + WEEK, 9), review_on=MONDAY + 5 * WEEK),
    ]
    assert counting.review_of(COURSE, changes) == MONDAY + 5 * WEEK
    assert counting.review_of(COURSE, changes[:1]) == MONDAY + WEEK
    assert counting.review_of(replace(COURSE, ended_on=MONDAY), changes) is None
    assert counting.review_of(COURSE, []) is None
