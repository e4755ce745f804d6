"""The occasions of a course, and the slider that shows them."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from ipt_desktop.domain.circle_time import BEFORE, NOW, CourseTime, course_time
from ipt_desktop.domain.course_band import course_band
from ipt_desktop.domain.picture import Disc, Label, Picture
from ipt_desktop.domain.records import AgreedPhase, Attendance, Course, PhaseChange, Session, Sitting
from ipt_desktop.domain.time_slider import SliderView, TimeSliderDrawing

BEGUN = date(2026, 10, 13)
TODAY = BEGUN + timedelta(weeks=6)
COURSE = Course(
    id="course",
    client_id="c",
    number=1,
    protocol="p",
    planned_sessions=16,
    minutes=50,
    frequency="weekly",
    phases=(
        AgreedPhase(key="initial", first=1, last=3),
        AgreedPhase(key="middle", first=4, last=13),
        AgreedPhase(key="end", first=14, last=16),
    ),
    started_on=BEGUN,
)
SESSIONS = [
    Session(id=f"s{number}", course_id="course", date=BEGUN + timedelta(weeks=number - 1), attendance=Attendance.ATTENDED)
    for number in range(1, 8)
]
CHANGES = [PhaseChange(course_id="course", phase="middle", on=BEGUN + timedelta(weeks=3))]


def sitting(key: str, week: float, session: str | None = None, **more: object) -> Sitting:
    return Sitting(
        id=key,
        course_id="course",
        session_id=session,
        date=BEGUN + timedelta(days=round(week * 7)),
        **more,  # type: ignore[arg-type]
    )


def laid_out(
    *sittings: Sitting, today: date = TODAY, sessions: list[Session] = SESSIONS, course: Course = COURSE
) -> CourseTime:
    return course_time(course, sessions, sittings, course_band(course, CHANGES, sessions, today), today)


def labels(time: CourseTime) -> list[str]:
    return [each.label for each in time.stops]


def drawn(time: CourseTime, view: SliderView, width: float = 620.0) -> Picture:
    return TimeSliderDrawing(time, view, (width, 66.0), lambda text, _style: 6.0 * len(text), 70.0).picture()


def test_before_then_one_stop_a_session_planned_ones_too() -> None:
    time = laid_out(sitting("then", 0, is_before=True), sitting("two", 1, "s2"), sitting("five", 4, "s5"))
    assert labels(time) == ["before", *map(str, range(1, 17))]
    assert [each.label for each in time.stops if each.is_placed] == ["before", "2", "5"]
    assert [each.label for each in time.stops if each.is_planned] == [str(number) for number in range(8, 17)]
    assert [each.label for each in time.stops if each.is_now] == ["7"]
    assert time.phases == ((1, "initial"), (4, "middle"), (14, "end"))


def test_a_sitting_without_a_session_stands_in_order_of_its_date_and_so_does_today() -> None:
    time = laid_out(sitting("day", 2.5), today=TODAY + timedelta(days=3))
    assert labels(time)[:9] == ["before", "1", "2", "3", "31 Oct", "4", "5", "6", "7"]
    assert labels(time)[9:11] == ["today", "8"]
    assert time.stop(NOW) == time.stops[9]


def test_the_sitting_of_a_session_that_was_cancelled_afterwards_is_a_day_s() -> None:
    sessions = [replace(each, attendance=Attendance.CANCELLED_BY_CLIENT) if each.id == "s3" else each for each in SESSIONS]
    time = laid_out(sitting("three", 2, "s3"), sessions=sessions)
    assert labels(time)[:5] == ["before", "1", "2", "27 Oct", "3"]


def test_a_course_that_has_ended_has_nothing_planned() -> None:
    time = laid_out(sitting("five", 4, "s5"), course=replace(COURSE, ended_on=TODAY))
    assert labels(time) == ["before", *map(str, range(1, 8))]


def test_steps_go_from_circle_to_circle() -> None:
    time = laid_out(sitting("two", 1, "s2"), sitting("five", 4, "s5"))
    assert [time.step(NOW, -1), time.step("five", -1), time.step("two", -1), time.step(BEFORE, -1)] == [
        "five",
        "two",
        BEFORE,
        BEFORE,
    ]
    assert [time.step(BEFORE, 1), time.step("five", 1), time.step(NOW, 1)] == ["two", NOW, NOW]


def test_a_stop_is_said_in_words() -> None:
    time = laid_out(sitting("three", 2, "s3", name="mid"))
    assert time.stops[3].spoken == "Session 3, 27 October, mid"
    assert time.stops[0].spoken == "Before this began"
    assert time.stops[7].spoken == "Session 7, 24 November, today"


def test_what_was_drawn_is_a_ring_what_is_compared_has_a_dot_what_is_shown_is_the_knob() -> None:
    time = laid_out(sitting("then", 0, is_before=True), sitting("three", 2, "s3"), sitting("five", 4, "s5"))
    marks = drawn(time, SliderView(shown="five", compared=BEFORE, phase_words=("Initial", "Middle", "Termination"))).marks
    discs: dict[str, list[Disc]] = {}
    for mark in marks:
        if isinstance(mark, Disc):
            discs.setdefault(mark.key, []).append(mark)
    assert [each.fill for each in discs[f"stop:{BEFORE}"]] == ["surface", "accent"]
    assert [each.fill for each in discs["stop:three"]] == ["surface"]
    assert [(each.fill, each.radius) for each in discs["stop:five"]] == [("accent", 8.0)]
    assert discs["stop:session:12"][0].line == "control"
    assert [mark.text for mark in marks if isinstance(mark, Label) and mark.key.startswith("phase:")] == [
        "Initial",
        "Middle",
        "Termination",
    ]


def test_names_are_written_and_no_two_labels_cover_each_other() -> None:
    sittings = [sitting(f"d{day}", day / 7, name="mid" if day == 20 else "") for day in range(0, 40, 2)]
    for width in (300.0, 620.0, 900.0):
        marks = drawn(laid_out(*sittings), SliderView(shown="d20"), width).marks
        assert [mark.text for mark in marks if mark.key.startswith("name:") and isinstance(mark, Label)] == ["mid"]
        numbers = [mark for mark in marks if isinstance(mark, Label) and mark.key.startswith("label:")]
        spans = sorted((mark.at[0] - 3.0 * len(mark.text), mark.at[0] + 3.0 * len(mark.text)) for mark in numbers)
        assert all(left[1] <= right[0] for left, right in pairwise(spans))
        assert "2 Nov" in [mark.text for mark in numbers], "the one shown always has its label"


def test_a_place_belongs_to_the_nearest_circle() -> None:
    time = laid_out(sitting("two", 1, "s2"), sitting("five", 4, "s5"))
    drawing = TimeSliderDrawing(time, SliderView(shown=NOW), (620.0, 66.0), lambda text, _style: 6.0 * len(text), 70.0)
    keys = [drawing.nearest(drawing.x_of(place) + 1.0) for place in range(len(time.stops))]
    assert [each.key if each else None for each in keys[:9]] == [BEFORE, "two", "two", "two", "five", "five", NOW, NOW, NOW]
