"""The lanes of problem areas and the marks on the band of a course."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from ipt_desktop.domain.course_band import course_band
from ipt_desktop.domain.course_marks import Mark, MarkKind, lanes, marks
from ipt_desktop.domain.measure import Licence, Measure
from ipt_desktop.domain.measure_records import Given, MeasureResult
from ipt_desktop.domain.measured import Measured
from ipt_desktop.domain.protocol import MoodScale, Phase, Protocol, Rings, Task
from ipt_desktop.domain.records import AgreedPhase, Attendance, Course, ProblemArea, Session, Sitting, TaskTick

MONDAY = date(2026, 9, 7)
WEEK = timedelta(weeks=1)
COURSE = Course(
    id="c",
    client_id="k",
    number=1,
    protocol="p",
    planned_sessions=16,
    minutes=50,
    frequency="weekly",
    phases=(AgreedPhase(key="middle", first=1, last=13), AgreedPhase(key="termination", first=14, last=16)),
    started_on=MONDAY,
)
PROTOCOL = Protocol(
    key="p",
    version=1,
    name="P",
    planned_sessions=16,
    minutes=50,
    frequency="weekly",
    phases=(
        Phase(
            key="middle",
            label="Middle",
            first=1,
            last=13,
            tasks=(Task(key="mid_review", text="Review", mark="review", is_at_half=True), Task(key="support", text="Support")),
        ),
        Phase(
            key="termination",
            label="Termination",
            first=14,
            last=16,
            tasks=(
                Task(key="announce", text="Raise the ending", mark="ending", sessions_left=3),
                Task(key="circle_compare", text="Circle", mark="circle", sessions_left=0),
            ),
        ),
    ),
    areas=(),
    rings=Rings(inner="inner", middle="middle", outer="outer", outside="outside"),
    mood=MoodScale(low="worst", high="best"),
    ending_word="Termination",
)


def held(count: int) -> list[Session]:
    return [
        Session(id=f"s{week + 1}", course_id="c", date=MONDAY + week * WEEK, attendance=Attendance.ATTENDED)
        for week in range(count)
    ]


def test_a_lane_goes_from_the_session_it_was_agreed_in_to_the_present_one():
    sessions = held(6)
    band = course_band(COURSE, [], sessions, MONDAY + 6 * WEEK)
    between = ProblemArea(course_id="c", area="dispute", rank=2, agreed_on=MONDAY + 3 * WEEK + timedelta(days=2))
    grief = ProblemArea(course_id="c", area="grief", rank=1, agreed_on=MONDAY + 2 * WEEK, ended_on=MONDAY + 4 * WEEK)
    found = lanes(band, [between, grief], sessions)
    assert [(each.area.area, each.first, each.last, each.is_planned) for each in found] == [
        ("grief", 3, 5, False),
        ("dispute", 4, 7, True),
    ]


def test_in_a_course_that_ended_early_a_lane_goes_to_the_last_session_held():
    sessions = held(6)
    booked = Session(id="s7", course_id="c", date=MONDAY + 6 * WEEK)
    ended = replace(COURSE, ended_on=MONDAY + 5 * WEEK)
    band = course_band(ended, [], [*sessions, booked], MONDAY + 5 * WEEK)
    grief = ProblemArea(course_id="c", area="grief", agreed_on=MONDAY + 2 * WEEK)
    (lane,) = lanes(band, [grief], [*sessions, booked])
    assert (lane.first, lane.last, lane.is_planned) == (3, 6, False)
    (lane,) = lanes(course_band(ended, [], [], MONDAY + 5 * WEEK), [grief], [])
    assert (lane.first, lane.last, lane.is_planned) == (1, 1, False)


def test_an_area_that_is_not_agreed_is_planned_from_now_on():
    sessions = held(2)
    band = course_band(COURSE, [], sessions, MONDAY + 2 * WEEK)
    (lane,) = lanes(band, [ProblemArea(course_id="c", area="grief")], sessions)
    assert (lane.first, lane.last, lane.is_planned) == (3, 2, True)


def told(found: list[Mark]) -> list[tuple[int, str, str, bool]]:
    return [(each.number, str(each.kind), each.ref, each.is_ahead) for each in found]


def test_what_is_to_come_is_counted_by_the_sessions_agreed():
    plain = {"papers": {}, "sittings": [], "ticks": {}}
    assert told(marks(COURSE, PROTOCOL, held(2), **plain)) == [
        (8, "review", "middle.mid_review", True),
        (13, "ending", "termination.announce", True),
        (16, "circle", "termination.circle_compare", True),
    ]
    longer = marks(replace(COURSE, planned_sessions=20), PROTOCOL, held(2), **plain)
    assert [each.number for each in longer] == [10, 17, 20]
    assert marks(replace(COURSE, planned_sessions=0), PROTOCOL, held(2), **plain) == []
    assert marks(replace(COURSE, ended_on=MONDAY + WEEK), PROTOCOL, held(2), **plain) == []


def test_what_was_done_stands_in_its_session():
    sessions = held(5)
    tick = TaskTick(course_id="c", task="middle.mid_review", on=MONDAY + 4 * WEEK, session_id="s5")
    compared = TaskTick(course_id="c", task="termination.circle_compare", on=MONDAY + 4 * WEEK)
    at = datetime(2026, 9, 14, tzinfo=UTC)
    drawn = Sitting(id="x", course_id="c", session_id="s2", date=MONDAY + WEEK, created_at=at)
    before = Sitting(id="y", course_id="c", date=MONDAY, is_before=True, created_at=at)
    found = marks(
        COURSE,
        PROTOCOL,
        sessions,
        papers={"formulation": MONDAY + 2 * WEEK + timedelta(days=3)},
        sittings=[drawn, before],
        ticks={tick.task: tick, compared.task: compared},
    )
    assert told(found) == [
        (2, "circle", "x", False),
        (3, "paper", "formulation", False),
        (5, "review", "middle.mid_review", False),
        (13, "ending", "termination.announce", True),
    ]
    assert found[1].kind is MarkKind.PAPER


def test_after_the_sessions_agreed_none_of_their_marks_is_ahead():
    assert marks(COURSE, PROTOCOL, held(2), papers={}, sittings=[], ticks={}, is_after=True) == []


def measured(name: str, on: date, session_id: str | None = None) -> Measured:
    measure = Measure(key=name, name=name, full_name=name, licence=Licence(name="", attribution=""))
    result = MeasureResult(
        client_id="k", course_id="c", session_id=session_id, measure=name, definition="d", on=on, given=Given.PAPER
    )
    return Measured(result, measure)


def test_measures_have_one_mark_a_session_that_names_them():
    sessions = held(2)
    given = [
        measured("PHQ-9", MONDAY, "s1"),
        measured("GAD-7", MONDAY, "s1"),
        measured("PHQ-9", MONDAY + WEEK, "s2"),
        measured("PHQ-9", MONDAY + WEEK + timedelta(days=2)),
    ]
    course = replace(COURSE, ended_on=MONDAY + 5 * WEEK)
    found = marks(course, PROTOCOL, sessions, papers={}, sittings=[], ticks={}, measured=given)
    assert told(found) == [(1, "measure", "PHQ-9, GAD-7", False), (2, "measure", "PHQ-9", False)]
    assert found[1].on == MONDAY + WEEK + timedelta(days=2)
