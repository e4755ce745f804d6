"""What a new session starts from, and which one is today's."""

from datetime import date, datetime, time, timedelta

import pytest

from ipt_desktop.domain.new_session import end_of, session_now, session_of_today
from ipt_desktop.domain.records import AgreedPhase, Attendance, Course, Session, SessionMode

TODAY = date(2026, 11, 24)
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
