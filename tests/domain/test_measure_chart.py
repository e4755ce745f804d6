"""The chart of a score: where results lie, what is named, and that words never cover one another or leave the picture."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ipt_desktop.domain.chart_axis import ChartAxis, Occasion, date_axis, days_of, session_axis
from ipt_desktop.domain.chart_foot import Below, BelowKind
from ipt_desktop.domain.course_band import course_band
from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.measure_chart import MeasureChart, band_step, measure_chart
from ipt_desktop.domain.measure_records import Given, MeasureResult
from ipt_desktop.domain.measure_series import Result, Series, series_of
from ipt_desktop.domain.measured import Measured
from ipt_desktop.domain.picture import Anchor, Disc, Label, Line, Polygon
from ipt_desktop.domain.records import AgreedPhase, Attendance, Course, PhaseChange, Session
from ipt_desktop.domain.report import Drawing, Pictures, Report, Section
from ipt_desktop.services.resources import Resources
from tests.reports.paper import Printed

START = date(2026, 10, 1)
NAMES = {"initial": "Initial", "middle": "Middle", "termination": "Termination"}
RESOURCES = Resources()
RULES = RESOURCES.rule_set("nhs-talking-therapies")


def measure_of(key: str) -> Measure:
    found = RESOURCES.measure(key)
    assert found is not None
    return found


def wide(text: str, style: str) -> float:
    return len(text) * (7.4 if style.endswith("strong") else 6.6)


def course(planned: int = 16) -> Course:
    phases = (
        AgreedPhase(key="initial", first=1, last=3),
        AgreedPhase(key="middle", first=4, last=13),
        AgreedPhase(key="termination", first=14, last=planned),
    )
    agreed = {"planned_sessions": planned, "minutes": 50, "frequency": "weekly", "phases": phases}
    return Course(client_id="c", number=1, protocol="p", started_on=START, **agreed)


def held(count: int) -> list[Session]:
    return [
        Session(id=f"s{number}", course_id="k", date=START + timedelta(weeks=number), attendance=Attendance.ATTENDED)
        for number in range(count)
    ]


def by_sessions(
    sessions: Sequence[Session], occasions: Sequence[Occasion] = (), planned: int = 16, *, has_ended: bool = False
) -> ChartAxis:
    treated = course(planned)
    if has_ended:
        treated = replace(treated, ended_on=sessions[-1].date)
    middle = [PhaseChange(course_id="k", phase="middle", on=sessions[3].date)] if len(sessions) > 3 else []
    band = course_band(treated, middle, sessions, START + timedelta(weeks=len(sessions)))
    return session_axis(band, sessions, NAMES, occasions, has_ended=has_ended)


def results(values: Sequence[float], sessions: Sequence[Session] = ()) -> tuple[Result, ...]:
    by = {number: each.id for number, each in enumerate(sessions)}
    days = (START + timedelta(weeks=number) for number in range(len(values)))
    return tuple(
        Result(f"r{number}", day, value, by.get(number)) for number, (day, value) in enumerate(zip(days, values, strict=True))
    )


def phq(values: Sequence[float], sessions: Sequence[Session] = ()) -> Series:
    return Series(measure_of("phq-9"), "total", results(values, sessions), RULES)


def draw(
    series: Series, axis: ChartAxis, below: Sequence[Below] = (), size: tuple[float, float] = (560.0, 0.0)
) -> MeasureChart:
    return measure_chart(series, axis, below, wide, size)


def labels(chart: MeasureChart) -> list[Label]:
    return [each for each in chart.picture.marks if isinstance(each, Label)]


def texts(chart: MeasureChart) -> list[str]:
    return [each.text for each in labels(chart)]


def box(label: Label) -> tuple[float, float, float, float]:
    width = wide(label.text, label.style)
    left = {Anchor.START: label.at[0], Anchor.MIDDLE: label.at[0] - width / 2, Anchor.END: label.at[0] - width}[label.anchor]
    return left, label.at[1] - 9.0, left + width, label.at[1] + 2.5


def require_room(chart: MeasureChart) -> None:
    """Check that every label is inside and covers no other."""
    boxes = [(each.text, box(each)) for each in labels(chart)]
    for number, (text, (left, top, right, bottom)) in enumerate(boxes):
        assert left >= -1, text
        assert right <= chart.picture.width + 1, text
        assert top >= -1, text
        assert bottom <= chart.picture.height + 1, text
        for other, (left_2, top_2, right_2, bottom_2) in boxes[number + 1 :]:
            covers = left < right_2 - 0.1 and left_2 < right - 0.1 and top < bottom_2 - 0.1 and top_2 < bottom - 0.1
            assert not covers, (text, other)


def test_a_result_lies_over_its_session_and_at_its_score():
    sessions = held(7)
    chart = draw(phq([18, 17, 17, 15, 14, 12, 11], sessions), by_sessions(sessions))
    plot = chart.plot
    wide_slot = (plot.right - plot.left) / 16
    assert [round(each.x - plot.left, 3) for each in chart.points] == [round((n + 0.5) * wide_slot, 3) for n in range(7)]
    assert chart.points[0].y == pytest.approx(plot.bottom - 18 / 27 * (plot.bottom - plot.top))
    assert chart.nearest(chart.points[2].x + 3, chart.points[2].y - 3) == chart.points[2]
    require_room(chart)


def test_only_the_first_and_the_last_value_are_written():
    sessions = held(4)
    chart = draw(phq([18, 13, 16, 11], sessions), by_sessions(sessions))
    written = [each.text for each in labels(chart) if each.key.startswith("value:")]
    assert written == ["18", "11"]


def test_bands_are_named_with_their_ranges_and_darken_with_severity():
    chart = draw(phq([18]), by_sessions(held(1)), size=(700.0, 0.0))
    bands = [each for each in chart.picture.marks if isinstance(each, Polygon) and each.key.startswith("band:")]
    assert [each.fill for each in bands] == ["band_0", "band_1", "band_2", "band_3", "band_4"]
    for words in ("minimal 0–4", "mild 5–9", "moderate 10–14", "moderately severe 15–19", "severe 20–27"):
        assert words in texts(chart)
    narrow = draw(phq([18]), by_sessions(held(1)), size=(430.0, 0.0))
    assert "mod. severe 15–19" in texts(narrow)


def test_fewer_bands_are_spread_over_the_five_steps():
    assert [band_step(number, 4) for number in range(4)] == [0, 1, 3, 4]
    assert [band_step(number, 2) for number in range(2)] == [0, 4]
    assert band_step(0, 1) == 0
    assert [band_step(number, 3, is_higher_better=True) for number in range(3)] == [4, 2, 0]


def test_cut_off_and_reliable_change_are_drawn_by_the_rule_set():
    chart = draw(phq([18, 14, 11]), by_sessions(held(3)))
    keys = [each.key for each in chart.picture.marks if isinstance(each, Line)]
    assert "cutoff" in keys
    assert "reliable" in keys
    assert {"cut-off 10", "reliable at 12 or less"} <= set(texts(chart))


def test_a_change_that_cannot_be_reached_draws_no_line():
    chart = draw(phq([4, 3]), by_sessions(held(2)))
    assert "reliable" not in [each.key for each in chart.picture.marks]


def test_a_measure_without_bands_or_rules_draws_none():
    plain = replace(measure_of("csi-4"), reliable_change=None, norms=None)
    chart = draw(Series(plain, "total", results([9, 14]), RULES), by_sessions(held(2)))
    keys = {each.key for each in chart.picture.marks}
    assert not keys & {"cutoff", "reliable", "band:0"}
    require_room(chart)


def test_bands_that_are_unverified_are_no_fact_and_are_not_drawn():
    known = measure_of("phq-9")
    doubted = replace(known, bands=tuple(replace(each, is_unverified=True) for each in known.bands))
    chart = draw(Series(doubted, "total", results([18]), RULES), by_sessions(held(1)))
    assert not [each for each in chart.picture.marks if each.key.startswith("band:")]


def test_higher_is_better_turns_the_reliable_line_round():
    series = replace(phq([10, 15]), measure=replace(measure_of("phq-9"), higher_is="better"))
    assert series.reliable_at == 16
    assert "reliable at 16 or more" in texts(draw(series, by_sessions(held(2))))


def test_a_measure_without_a_total_has_a_series_for_each_score():
    dass = measure_of("dass-21")
    first, *_others = dass.score_keys
    answers = {each.key: each.lowest for each in dass.entered if each.is_required}
    result = MeasureResult(
        client_id="c", measure=dass.key, definition="d", on=START, given=Given.SCORES, answers=answers, finished_at=None
    )
    found = series_of([Measured(result, dass)], RULES)
    if dass.has_total:
        assert [each.score for each in found] in ([], ["total"])
    else:
        assert found[0].key == f"dass-21:{first}"
        assert len(found) == len(dass.score_keys)


def test_two_results_of_one_day_stand_side_by_side():
    sessions = held(2)
    twice = (Result("a", START, 18, "s0"), Result("b", START, 16, "s0"), Result("c", sessions[1].date, 15, "s1"))
    for axis in (by_sessions(sessions), date_axis((START, START + timedelta(days=60)))):
        chart = draw(Series(measure_of("phq-9"), "total", twice, RULES), axis)
        assert len({round(each.x, 1) for each in chart.points}) == 3
        assert {each.result_id for each in chart.points} == {"a", "b", "c"}


def test_one_result_has_a_marker_and_no_line():
    chart = draw(phq([18]), by_sessions(held(1)))
    assert "series" not in [each.key for each in chart.picture.marks]
    assert [each.key for each in chart.picture.marks if isinstance(each, Disc)] == ["point:r0"]
    assert [each.text for each in labels(chart) if each.key.startswith("value:")] == ["18"]


def test_what_was_measured_before_and_after_the_sessions_has_its_own_room():
    sessions = held(4)
    outside = [Occasion(START - timedelta(days=20)), Occasion(START + timedelta(days=9)), Occasion(START + timedelta(days=90))]
    axis = by_sessions(sessions, outside, planned=4, has_ended=True)
    places = [axis.place(each.on) for each in outside]
    assert places[0] == pytest.approx(0.5 / 6)
    assert places[1] == pytest.approx((1 + 1.5 + 2 / 7 - 0.0) / 6, abs=0.02)
    assert places[2] == pytest.approx(5.5 / 6)
    assert [each.words for each in axis.ticks(400)] == ["before", "1", "2", "3", "4", "after"]


def test_much_that_was_measured_before_the_sessions_leaves_them_their_room():
    sessions = held(7)
    days = [START - timedelta(days=400 - 2 * number) for number in range(200)]
    before = tuple(Result(f"b{number}", day, 10.0) for number, day in enumerate(days))
    shown = replace(phq([18, 11], sessions), results=(*before, Result("r6", START + timedelta(weeks=6), 11, "s6")))
    axis = by_sessions(sessions, [Occasion(day) for day in days])
    chart = draw(shown, axis)
    assert axis.place(sessions[0].date) == pytest.approx(0.225, abs=0.01), "a fifth before them, and half of their own"
    assert [each.result_id for each in chart.points] == [each.id for each in shown.results]
    assert [each.x for each in chart.points] == sorted(each.x for each in chart.points)
    require_room(chart)


def test_results_of_a_session_stay_in_the_order_they_were_given_in():
    sessions = held(3)
    results = tuple(Result(f"r{number}", sessions[1].date, 10.0 + number, "s1") for number in range(9))
    shown = replace(phq([18], sessions), results=(Result("a", START, 18, "s0"), *results, Result("z", sessions[1].date, 4)))
    chart = draw(shown, by_sessions(sessions), size=(300.0, 0.0))
    assert [each.result_id for each in chart.points] == ["a", *(each.id for each in results), "z"]
    assert [each.text for each in labels(chart) if each.key.startswith("value:")] == ["18", "4"]


def test_without_any_session_a_result_still_has_a_place():
    axis = by_sessions([], [Occasion(START)])
    place = axis.place(START)
    assert place is not None
    assert 0 < place < 1


def test_planned_sessions_are_on_the_axis_and_the_present_one_is_strong():
    axis = by_sessions(held(6))
    ticks = axis.ticks(400)
    assert [each.words for each in ticks] == [str(number) for number in range(1, 17)]
    assert [each.words for each in ticks if each.is_strong] == ["7"]


def test_a_cancelled_session_stands_between_those_it_fell_between():
    sessions = held(5)
    cancelled = replace(sessions[2], attendance=Attendance.CANCELLED_BY_CLIENT)
    axis = by_sessions([*sessions[:2], cancelled, *sessions[3:]])
    assert [each.place for each in axis.absent] == [pytest.approx(2 / 16)]
    chart = draw(phq([18]), axis, [Below("x", axis.absent[0].place, BelowKind.ABSENT)])
    assert [key for key, _box in chart.below] == ["x"]


def test_phases_are_named_where_they_begin():
    axis = by_sessions(held(7))
    assert [(each.words, round(each.place * 16)) for each in axis.phases] == [
        ("Initial", 0),
        ("Middle", 3),
        ("Termination", 13),
    ]
    chart = draw(phq([18]), axis)
    assert {"Initial", "Middle", "Termination"} <= set(texts(chart))


def test_by_dates_a_result_lies_by_its_day_and_phases_by_theirs():
    axis = date_axis(days_of([START, START + timedelta(days=99)]), [(START, "Initial"), (START + timedelta(days=50), "Middle")])
    assert axis.place(START) == pytest.approx(0.005)
    assert axis.place(START + timedelta(days=50)) == pytest.approx(0.505)
    assert axis.place(START - timedelta(days=1)) is None
    assert [each.place for each in axis.phases] == [0.0, 0.5]


def test_marks_under_the_axis_never_cover_one_another_and_stay_inside():
    sessions = held(16)
    below = [Below(f"event:{number}", number / 60, BelowKind.EVENT, "e") for number in range(60)]
    chart = draw(phq([18]), by_sessions(sessions), below)
    boxes = [each for _key, each in chart.below]
    assert boxes
    for number, one in enumerate(boxes):
        assert one.right <= chart.picture.width
        assert one.bottom <= chart.picture.height + 1
        for other in boxes[number + 1 :]:
            assert one.left >= other.right - 0.1 or other.left >= one.right - 0.1 or one.top != other.top


@pytest.mark.parametrize("count", [1, 2, 3, 5, 16, 40, 90, 200])
@pytest.mark.parametrize("size", [(300.0, 0.0), (430.0, 0.0), (560.0, 0.0), (1180.0, 320.0), (320.0, 130.0)])
def test_words_never_cover_one_another_or_leave_the_picture(count: int, size: tuple[float, float]):
    chance = random.Random(count)  # noqa: S311 - the same each time
    for key, highest in (("phq-9", 27), ("gad-7", 21), ("pcl-5", 80), ("csi-4", 21)):
        values = [chance.randint(0, highest) for _number in range(count)]
        sessions = held(count)
        series = Series(measure_of(key), "total", results(values, sessions), RULES)
        for axis in (by_sessions(sessions, planned=max(16, count)), date_axis(days_of(each.on for each in series.results))):
            chart = draw(series, axis, size=size)
            assert len(chart.points) == count
            assert all(chart.plot.left <= each.x <= chart.plot.right for each in chart.points)
            require_room(chart)


def test_the_same_list_is_printed_with_every_role_it_has():
    sessions = held(7)
    below = [
        Below("e", 0.2, BelowKind.EVENT, "a"),
        Below("c", 0.4, BelowKind.CIRCLE),
        Below("s", 0.6, BelowKind.ABSENT),
    ]
    chart = draw(phq([18, 17, 17, 15, 14, 12, 11], sessions), by_sessions(sessions), below)
    section = Section("a", "", (Pictures((Drawing("PHQ-9", "", chart.picture),)),), is_full_width=True)
    words = Printed(Report(kind="k", title="", sections=(section,))).pages[0]
    assert "cut-off 10" in words
    assert "moderate 10–14" in words
