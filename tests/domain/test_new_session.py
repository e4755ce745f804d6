"""What a new session starts from, and which one is today's."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from ipt_desktop.domain.new_session import actual_times, end_of, fees_of, next_after, session_now, session_of_today, to_start
from ipt_desktop.domain.records import AgreedPhase, Attendance, Course, Session, SessionKind, SessionMode

TODAY = date(2026, 11, 24)
NOON = datetime.combine(TODAY, time(12))
COURSE = Course(
    client_id="marta",
    number=1,
    protocol="hash",
    planned_sessions=16,
    minutes=50,
    frequency="weekly",
    phases=(AgreedPhase(key="initial", first=1, last=3),),
    started_on=TODAY - timedelta(weeks=2),
)


def held(days_ago: int, starts_at: time | None = None, **more: object) -> Session:
    return Session(course_id=COURSE.id, date=TODAY - timedelta(days_ago), starts_at=starts_at, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "usual", "start", "end"),
    [
        (time(11, 2), time(11), time(11), time(11, 50)),  # the usual hour
        (time(10, 15), time(11), time(11), time(11, 50)),
        (time(15, 8), time(11), time(15, 10), time(16)),  # another hour today
        (time(15, 7), None, time(15, 5), time(15, 55)),
        (time(23, 59), None, time(23, 55), None),  # it would end on another day
    ],
)
def test_a_new_session_starts_at_the_usual_hour_or_now(now: time, usual: time | None, start: time, end: time | None):
    made = session_now(COURSE, [held(7, usual)], datetime.combine(TODAY, now))
    assert (made.date, made.starts_at, made.ends_at) == (TODAY, start, end)
    assert made.attendance is None


def test_the_mode_is_last_times():
    before = [held(7, mode=SessionMode.PHONE), held(14, mode=SessionMode.VIDEO)]
    assert session_now(COURSE, before, datetime(2026, 11, 24, 9)).mode is SessionMode.PHONE
    assert session_now(COURSE, [], datetime(2026, 11, 24, 9)).mode is SessionMode.IN_PERSON


def test_the_end_of_a_session():
    assert end_of(time(23), 59) == time(23, 59)
    assert end_of(time(23), 60) is None


def test_which_session_is_todays():
    now = datetime(2026, 11, 24, 11)
    morning, noon = held(0, time(9), attendance=Attendance.ATTENDED), held(0, time(12))
    cancelled = held(0, time(8), attendance=Attendance.CANCELLED_BY_CLIENT)
    assert session_of_today([held(7)], now) is None
    assert session_of_today([cancelled], now) is None
    assert session_of_today([cancelled, morning], now) == morning
    assert session_of_today([noon, morning], now) == noon


# -- starting, ending, the one after it ----------------------------------------------------------------------------


def test_what_start_means_is_the_one_shown_or_the_first_of_today_that_waits():
    answered, waiting = held(0, time(9), attendance=Attendance.ATTENDED), held(0, time(11))
    intake = held(0, time(8), kind=SessionKind.INTAKE)
    sessions = [held(7), intake, answered, waiting]
    assert to_start(sessions, None, NOON) == waiting
    assert to_start(sessions, intake, NOON) == intake
    assert to_start(sessions, sessions[0], NOON) == waiting, "what was held last week is not started again"
    assert to_start([held(0, closed_at=NOON)], None, NOON) is None
    assert to_start([held(0, attendance=Attendance.CANCELLED_BY_CLIENT)], None, NOON) is None
    assert to_start([held(0, kind=SessionKind.LETTER)], None, NOON) is None


def test_the_next_one_is_a_week_on_at_the_same_hour():
    last = held(0, time(11), mode=SessionMode.VIDEO)
    following = next_after(COURSE, [held(7), last], last)
    assert (following.date, following.starts_at, following.ends_at) == (TODAY + timedelta(7), time(11), time(11, 50))
    assert (following.mode, following.attendance) == (SessionMode.VIDEO, None)


def test_the_next_one_is_the_one_already_planned():
    last, planned = held(0, time(11)), held(-3, time(15))
    assert next_after(COURSE, [last, planned], last) is planned


def test_a_crisis_call_does_not_move_the_weekly_hour():
    weekly = held(3, time(11), mode=SessionMode.VIDEO)
    call = held(0, time(19, 5), kind=SessionKind.CRISIS, mode=SessionMode.PHONE)
    following = next_after(COURSE, [weekly, call], call)
    assert (following.date, following.starts_at, following.mode) == (TODAY + timedelta(4), time(11), SessionMode.VIDEO)
    long_ago = replace(weekly, date=TODAY - timedelta(21))
    assert next_after(COURSE, [long_ago, call], call).date == TODAY + timedelta(7), "never on the day of the call or before"
    assert next_after(COURSE, [call], call).starts_at == time(19, 5), "without a session there is no other hour"


def test_a_contact_by_telephone_begins_now_and_a_letter_has_no_hour():
    before = [held(7, time(11), mode=SessionMode.VIDEO)]
    call = session_now(COURSE, before, NOON, SessionKind.PHONE)
    assert (call.starts_at, call.ends_at, call.mode, call.kind) == (time(12), None, SessionMode.PHONE, SessionKind.PHONE)
    letter = session_now(COURSE, before, NOON, SessionKind.LETTER)
    assert (letter.starts_at, letter.ends_at) == (None, None)
    assert session_now(COURSE, [*before, call], NOON).mode is SessionMode.VIDEO, "a call does not make the next one a call"


def test_a_session_ends_at_its_actual_times():
    begun = datetime.combine(TODAY, time(11, 3, 40), UTC)
    running = held(0, time(11), begun_at=begun)
    ended = actual_times(running, 50, begun + timedelta(minutes=52))
    assert (ended.date, ended.starts_at, ended.ends_at) == (TODAY, time(11, 3), time(11, 55))
    forgotten = actual_times(running, 50, begun + timedelta(days=1))
    assert (forgotten.date, forgotten.starts_at, forgotten.ends_at) == (TODAY, time(11, 3), time(11, 53))


def test_fees_are_told_once_the_latest_first():
    assert fees_of([held(14, fee="Own rate"), held(7, fee="Insurance"), held(0), held(21, fee="Insurance")]) == [
        "Insurance",
        "Own rate",
    ]
