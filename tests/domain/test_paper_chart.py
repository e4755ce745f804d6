"""The charts of a page: weeks with and without a session, panels that grey does not confuse, medication with dose and dates."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.measure_series import Result, Series
from ipt_desktop.domain.paper_chart import PaperChart, paper_chart
from ipt_desktop.domain.picture import AnyMark, Disc, Label, Line, Picture, Polygon
from ipt_desktop.domain.records import Attendance, Session
from ipt_desktop.domain.treatment_records import Medication
from ipt_desktop.domain.week_axis import WeekAxis, week_axis
from ipt_desktop.services.resources import Resources

FIRST = date(2026, 3, 12)  # a Thursday
RESOURCES = Resources()
RULES = RESOURCES.rule_set("nhs-talking-therapies")


def session(week: float, attendance: Attendance = Attendance.ATTENDED) -> Session:
    return Session(course_id="k", date=FIRST + timedelta(days=round(week * 7)), attendance=attendance)


def weeks_of(*weeks: float, missed: Sequence[float] = (), measured: Sequence[date] = ()) -> WeekAxis:
    gone = [session(each, Attendance.CANCELLED_BY_CLIENT) for each in missed]
    return week_axis([session(each) for each in weeks], gone, measured, [(FIRST, "Initial"), (FIRST + timedelta(16), "Middle")])


def words(axis: WeekAxis) -> list[str]:
    return [each.words for each in axis.numbers]


def test_a_week_without_a_session_has_a_dash_and_is_hatched_a_cancelled_one_with_its_date():
    axis = weeks_of(0, 1, 4, missed=[2])
    assert words(axis) == ["1", "2", "–", "–", "3"]
    assert [round(each * 5) for gap in axis.axis.gaps for each in gap] == [2, 3, 3, 4]
    assert [each.words for each in axis.dates if each.is_kept] == ["12 Mar", "26 Mar", "9 Apr"]


def test_a_session_moved_by_two_days_is_still_of_its_week_and_two_of_one_week_share_it():
    assert words(weeks_of(0, 1.3, 1.7, 3)) == ["1", "2", "3", "4"]
    assert words(weeks_of(0, 1, 1.2, 2)) == ["1", "2, 3", "4"]
    assert not weeks_of(0, 1.3, 1.7, 3).axis.gaps


def test_sessions_every_other_week_leave_no_week_out():
    axis = weeks_of(0, 2, 4, 8)
    assert axis.days == 14
    assert words(axis) == ["1", "2", "3", "–", "4"]


def test_what_was_measured_before_the_first_session_lies_before_it_and_is_no_gap():
    before = FIRST - timedelta(days=20)
    axis = weeks_of(0, 1, measured=[before])
    assert axis.axis.gaps == ()
    place = axis.axis.place(before)
    first = axis.axis.place(FIRST)
    assert place is not None
    assert first is not None
    assert 0.0 < place < first


def test_a_phase_begins_with_its_week():
    assert [(each.words, round(each.place * 5)) for each in weeks_of(0, 1, 2, 3, 4).axis.phases] == [
        ("Initial", 0),
        ("Middle", 2),
    ]


def test_without_sessions_the_days_of_results_make_the_axis():
    axis = week_axis((), (), [FIRST, FIRST + timedelta(days=30)], ())
    assert axis.numbers == ()
    assert len(axis.dates) >= 2


# -- the figure --------------------------------------------------------------------------------------------------------


def wide(text: str, style: str) -> float:
    return len(text) * (7.4 if style.endswith("strong") else 6.6)


def series(key: str, *values: float) -> Series:
    measure = RESOURCES.measure(key)
    assert isinstance(measure, Measure)
    results = tuple(Result(f"{key}{at}", FIRST + timedelta(weeks=at), value) for at, value in enumerate(values))
    return Series(measure, "total", results, RULES)


def figure(*medications: Medication, until: date = FIRST + timedelta(weeks=8)) -> Picture:
    told = PaperChart(
        series=[series("phq-9", 18, 17, 17, 15, 14, 12, 12, 11), series("gad-7", 13, 12, 12, 11, 10, 10, 9, 9)],
        weeks=weeks_of(0, 1, 2, 4, 5, 6, 7, missed=[3]),
        below=(),
        medications=medications,
        until=until,
    )
    return paper_chart(told, wide, 627.0)


def medicine(begun: str = "", ended: str = "") -> Medication:
    return Medication(client_id="c", name="Sertraline", dose="50 mg", prescriber="Dr Weiss", begun=begun, ended=ended)


def bar(picture: Picture) -> Line:
    (found,) = (each for each in picture.marks if isinstance(each, Line) and each.key.startswith("medication:"))
    return found


def texts(picture: Picture) -> list[str]:
    return [each.text for each in picture.marks if isinstance(each, Label)]


def edges(mark: AnyMark) -> tuple[float, float, float, float]:
    match mark:
        case Line() | Polygon():
            across, down = [x for x, _y in mark.points], [y for _x, y in mark.points]
            return min(across), min(down), max(across), max(down)
        case Disc():
            (x, y), reach = mark.center, mark.radius
            return x - reach, y - reach, x + reach, y + reach
        case _:
            raise AssertionError(mark)


def test_a_medicine_is_a_bar_with_dose_and_date_and_without_who_prescribed_it():
    whole = figure(medicine("2026-02-24"))
    assert "Sertraline 50 mg since 24 February 2026" in texts(whole)
    assert not any("Weiss" in each for each in texts(whole))
    plot = edges(next(each for each in whole.marks if each.key == "axis"))
    assert bar(whole).points[0][0] == pytest.approx(plot[0]), "it was taken before the axis begins"
    begun = figure(medicine((FIRST + timedelta(weeks=4)).isoformat()))
    assert bar(begun).points[0][0] == pytest.approx(plot[0] + (plot[2] - plot[0]) * 4.5 / 8, abs=1)
    ended = figure(medicine("2026-02-24", (FIRST + timedelta(weeks=4)).isoformat()))
    assert bar(ended).points[1][0] < plot[2] - 100
    assert texts(figure()).count("medication") == 0
    unknown = figure(medicine())
    assert "Sertraline 50 mg" in texts(unknown)


def test_two_scales_differ_by_line_and_marker_and_each_fourth_value_is_written():
    whole = figure()
    lines = [each for each in whole.marks if isinstance(each, Line) and each.key == "series"]
    assert [bool(each.dash) for each in lines] == [False, True]
    markers = [type(each) for each in whole.marks if each.key.startswith("point:")]
    assert set(markers[:8]) == {Disc}
    assert set(markers[8:]) == {Polygon}
    values = [each.text for each in whole.marks if each.key.startswith("value:phq") and isinstance(each, Label)]
    assert sorted(values) == ["11", "15", "18"]


def test_the_hatching_stays_in_its_week_and_the_figure_in_its_width():
    whole = figure(medicine("2026-02-24"))
    hatched = [edges(each) for each in whole.marks if each.key == "gap"]
    left, _top, right, _bottom = edges(next(each for each in whole.marks if each.key == "axis"))
    week = (right - left) / 8
    assert hatched
    for first, _up, last, _down in hatched:
        assert left + 3 * week - 0.01 <= first <= last <= left + 4 * week + 0.01
    for each in whole.marks:
        if not isinstance(each, Label):
            edge = edges(each)
            assert edge[2] <= whole.width
            assert edge[3] <= whole.height
    assert [each for each in texts(whole) if each in ("PHQ-9", "GAD-7", "session", "week of")] == [
        "PHQ-9",
        "GAD-7",
        "session",
        "week of",
    ]
