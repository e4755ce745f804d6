"""The timeline: what stands in which lane, with which letter, and where each thing is drawn."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from ipt_desktop.domain.event_letters import event_letters, letter_of
from ipt_desktop.domain.picture import Anchor, Label, Polygon
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.session_records import Event, EventKind
from ipt_desktop.domain.timeline import (
    Entry,
    Form,
    Move,
    PhaseSpan,
    Point,
    Score,
    Timeline,
    TimelineFacts,
    Window,
    timeline,
    window_days,
)
from ipt_desktop.domain.timeline_axis import Axis, ticks
from ipt_desktop.domain.timeline_picture import Sheet, Strip, begun_before, strip, timeline_picture
from ipt_desktop.domain.treatment_records import Diagnosis, DiagnosisAt, Medication
from tests.domain.test_circle_picture import STYLE

TODAY, BORN = date(2026, 11, 24), date(1985, 3, 2)
JOHAN = Person(id="johan", client_id="c", name="Johan", relation="ex_partner")


def measure(text: str, style: str) -> float:
    return 7.0 * len(text)


SHEET = Sheet(measure, STYLE)


def event(title: str, on: str, kind: EventKind = EventKind.OTHER, **more: Any) -> Event:
    return Event(**{"id": title, "client_id": "c", "on": on, "title": title, "kind": kind, **more})


def facts(*events: Event, **more: Any) -> TimelineFacts:
    known = {"today": TODAY, "born_on": BORN, "people": [JOHAN], "names": {"johan": "Johan"}, "initials": {"johan": "Jo"}}
    return TimelineFacts(events=events, **{**known, **more})


def lane_words(shown: Timeline) -> dict[str, list[str]]:
    return {lane.title: [each.words for each in lane.entries] for lane in shown.lanes}


def entry(shown: Timeline, key: str) -> Entry:
    found = shown.entry(key)
    assert found is not None
    return found


def laid(shown: Timeline, day: float = 3.0) -> Strip:
    whole = shown.days
    assert whole is not None
    return strip(shown, (whole[0] - timedelta(days=60), whole[1] + timedelta(days=120)), day, TODAY, SHEET)


# -- lanes -------------------------------------------------------------------------------------------------------------


def test_each_thing_stands_in_its_lane():
    shown = timeline(
        facts(
            event("low, waking at four", "2026-05", EventKind.SYMPTOM_ONSET, until="2026-07"),
            event("Johan moved out", "2026-02", EventKind.SEPARATION, person_ids=["johan"]),
            event("Therapy with Dr Sand", "2024", EventKind.TREATMENT),
            diagnoses=[Diagnosis(course_id="k", at=DiagnosisAt.START, words="Depression", made_on=date(2026, 10, 6))],
            medications=[Medication(client_id="c", name="Sertraline", dose="50 mg", prescriber="Dr Weiss", begun="2026-09")],
            scores=[Score("phq-9", "PHQ-9", (Point(date(2026, 10, 6), 18, "r1"), Point(date(2026, 11, 24), 11, "r2")), 27)],
            mood=[Point(date(2026, 10, 6), 2, "s1")],
            phases=[PhaseSpan("phase:k:0", "Initial", date(2026, 10, 6), TODAY, is_open=True)],
        )
    )
    assert lane_words(shown) == {
        "Symptoms": ["low, waking at four", "Depression"],
        "PHQ-9": ["18", "11"],
        "Mood, 10 best": ["2"],
        "Events": ["Johan moved out"],
        "Treatment": ["Initial", "Therapy with Dr Sand", "Sertraline 50 mg, Dr Weiss"],
    }
    assert entry(shown, "event:Johan moved out").spoken == "Johan moved out, separation, February 2026, with Johan"
    assert entry(shown, "event:low, waking at four").lasts


def test_what_is_told_without_a_place_stands_beside_it():
    shown = timeline(facts(event("First panic", "", told="age 14"), born_on=None))
    assert (shown.lanes, shown.unplaced) == ((), (("event:First panic", "First panic, age 14"),))
    placed = timeline(facts(event("First panic", "", told="age 14")))
    assert placed.unplaced == ()
    assert entry(placed, "event:First panic").when == "age 14"


def test_a_person_who_is_no_more_is_passed_over():
    shown = timeline(facts(event("The trip", "2026-02", person_ids=["gone"])))
    assert entry(shown, "event:The trip").spoken == "The trip, February 2026"


def test_the_good_end_of_mood_is_named_as_the_protocol_has_it():
    points = [Point(TODAY, 3, "s")]
    assert timeline(facts(mood=points, mood_best=0)).lanes[0].title == "Mood, 0 best"


def test_a_move_before_the_first_circle_stands_at_what_tells_of_it():
    move = Move(JOHAN, "Jo", "Johan, inner to outer", date(2026, 10, 13), "s1", is_at_first=True)
    told = event("Johan moved out", "2026-02", EventKind.SEPARATION, person_ids=["johan"])
    at_event = entry(timeline(facts(told, moves=[move])), "move:s1:johan")
    assert (at_event.first, at_event.last) == (date(2026, 2, 1), date(2026, 2, 28))
    assert at_event.spoken.endswith("before the first circle of 13 October 2026; shown at “Johan moved out”")
    assert entry(timeline(facts(moves=[move])), "move:s1:johan").first == date(2026, 10, 13)
    later = replace(move, is_at_first=False)
    assert entry(timeline(facts(told, moves=[later])), "move:s1:johan").first == date(2026, 10, 13)


def test_a_death_is_told_once():
    dead = replace(JOHAN, has_died=True, died="2024")
    assert lane_words(timeline(facts(people=[dead]))) == {"People": ["Johan, died"]}
    told = event("Johan died", "2024-05", EventKind.LOSS, person_ids=["johan"])
    assert "People" not in lane_words(timeline(facts(told, people=[dead])))


# -- letters -----------------------------------------------------------------------------------------------------------


def test_letters_go_by_time_whatever_the_order_they_came_in():
    events = [
        event("third", "2026-03"),
        event("first", "", told="age 14"),
        event("second", "2019"),
        event("nowhere", "", told="x"),
    ]
    symptom = event("waking", "2018", EventKind.SYMPTOM_ONSET)
    assert event_letters([*events, symptom], BORN) == {"first": "a", "second": "b", "third": "c"}


def test_in_the_south_a_winter_comes_before_the_spring_and_letters_know_it():
    told = [event("winter", "2019", told="winter 2019"), event("move", "2019-05-02")]
    assert event_letters(told) == {"winter": "a", "move": "b"}, "as uncertain as the year"
    assert event_letters(told, is_southern=True) == {"move": "a", "winter": "b"}
    assert entry(timeline(facts(*told, is_southern=True)), "event:winter").first == date(2019, 6, 1)


@pytest.mark.parametrize(
    ("number", "letter"), [(0, "a"), (25, "z"), (26, "aa"), (27, "ab"), (51, "az"), (52, "ba"), (702, "aaa")]
)
def test_after_z_come_two_letters(number: int, letter: str):
    assert letter_of(number) == letter


# -- geometry ----------------------------------------------------------------------------------------------------------


def words_boxes(drawn: Strip) -> list[tuple[float, float, float, float]]:
    def box(mark: Label) -> tuple[float, float, float, float]:
        width = measure(mark.text, mark.style)
        back = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[mark.anchor]
        return mark.at[0] - back, mark.at[1] - 10.0, mark.at[0] - back + width, mark.at[1] + 3.0

    return [box(each) for each in drawn.marks if isinstance(each, Label) and each.key.startswith("event:")]


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def spread(count: int, seed: int = 3) -> TimelineFacts:
    dice = random.Random(seed)  # noqa: S311 - places, not secrets
    days = [TODAY - timedelta(days=dice.randrange(700)) for _number in range(count)]
    return facts(*(event(f"what happened {number}", day.isoformat()) for number, day in enumerate(days)))


def test_words_cover_neither_words_nor_marks():
    drawn = laid(timeline(spread(40)), 4.0)
    boxes = words_boxes(drawn)
    assert len(boxes) > 60
    for number, one in enumerate(boxes):
        assert not any(overlap(one, other) for other in boxes[number + 1 :])


def test_two_on_one_day_stand_in_two_rows():
    drawn = laid(timeline(facts(event("one", "2026-02-03"), event("two", "2026-02-03"))))
    one, two = drawn.place("event:one"), drawn.place("event:two")
    assert one is not None
    assert two is not None
    assert one.x == two.x
    assert abs(one.top - two.top) >= one.bottom - one.top


def test_five_hundred_are_all_there_and_can_be_found():
    drawn = laid(timeline(spread(500)), 1.0)
    assert len({each.key for each in drawn.places}) == 500
    some = drawn.places[250]
    found = drawn.at((some.left + some.right) / 2, (some.top + some.bottom) / 2)
    assert found is not None
    assert abs(found.x - some.x) <= some.right - some.left


def test_an_uncertain_time_is_drawn_as_long_as_it_is_uncertain():
    shown = timeline(facts(event("moved", "2019", told="summer 2019")))
    axis = laid(shown).axis
    lines = [each for each in laid(shown).marks if each.key == "event:moved" and hasattr(each, "points")]
    (span,) = [each.points for each in lines]  # type: ignore[union-attr]
    assert (axis.day_at(span[0][0]), axis.day_at(span[1][0] - 0.1)) == (date(2019, 6, 1), date(2019, 8, 31))


def test_only_the_first_and_the_last_value_of_a_line_are_written():
    points = tuple(Point(TODAY - timedelta(weeks=8 - number), 18.0 - number, f"r{number}") for number in range(8))
    shown = timeline(facts(scores=[Score("phq-9", "PHQ-9", points, 27)]))
    written = [each.text for each in laid(shown).marks if isinstance(each, Label) and each.key.startswith("measure")]
    assert sorted(written) == ["11", "18"]
    assert shown.lanes[0].form is Form.LINE


def test_the_values_of_two_courses_never_stand_on_one_another():
    first = [Point(TODAY - timedelta(days=400 - 7 * week), 15.0 - week, f"a{week}", "one") for week in range(8)]
    second = [Point(TODAY - timedelta(days=42 - 7 * week), 13.0 - week, f"b{week}", "two") for week in range(6)]
    shown = timeline(facts(scores=[Score("phq-9", "PHQ-9", (*first, *second), 27)]))

    def written(day: float) -> list[tuple[str, float]]:
        marks = strip(shown, (TODAY - timedelta(days=9000), TODAY + timedelta(days=400)), day, TODAY, SHEET).marks
        return [(each.text, each.at[0]) for each in marks if isinstance(each, Label) and each.key.startswith("measure")]

    assert sorted(words for words, _x in written(1.0)) == ["13", "15", "8", "8"], "there is room for all"
    close = sorted(written(0.04), key=lambda each: each[1])
    assert ("8", close[-1][1]) == close[-1], "the latest is always written"
    assert all(left + SHEET.measure(words, "label_strong") < right for (words, left), (_w, right) in pairwise(close))


def test_where_too_many_stand_at_one_time_how_many_more_there_are_is_written_and_each_is_reached():
    people = [replace(JOHAN, id=f"p{number}", name=f"P{number}") for number in range(40)]
    moves = [Move(each, each.name, f"{each.name}, inner to outer", TODAY, "s") for each in people]
    shown = timeline(facts(people=people, moves=moves))
    far = laid(shown)
    words = [each.text for each in far.marks if isinstance(each, Label)]
    assert "+30" in words
    assert len({each.key for each in far.places}) == 40
    few = laid(timeline(facts(people=people[:11], moves=moves[:11])))
    assert not [each.text for each in few.marks if isinstance(each, Label) and each.text.startswith("+")]


def test_a_bar_that_began_before_what_is_in_sight_says_what_it_is():
    shown = timeline(facts(medications=[Medication(client_id="c", name="Sertraline", begun="2020")]))
    drawn = laid(shown)
    (place,) = drawn.places
    (label,) = [each for each in begun_before(drawn, place.left + 500.0, SHEET) if isinstance(each, Label)]
    assert label.text == "Sertraline"
    assert label.at[0] > place.left + 500.0


def test_on_paper_nothing_stands_outside_its_window():
    shown = timeline(spread(80))
    days = window_days(Window.YEAR, spread(80), shown)
    picture = timeline_picture(shown, days, TODAY, SHEET, 720.0)
    for mark in picture.marks:
        if isinstance(mark, Label):
            width = measure(mark.text, mark.style)
            left = mark.at[0] - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[mark.anchor]
            assert left >= -0.01
            assert left + width <= 720.01
    assert picture.description.endswith("That does not say that one caused the other.")


# -- windows -----------------------------------------------------------------------------------------------------------


def test_the_word_for_today_is_never_cut_off_at_the_end():
    shown = timeline(facts(event("a", "2020-05-01")))
    picture = timeline_picture(shown, (date(1985, 1, 1), TODAY + timedelta(days=3)), TODAY, SHEET, 624.0)
    (badge,) = (each for each in picture.marks if each.key == "today" and isinstance(each, Polygon))
    assert max(x for x, _y in badge.points) <= picture.width


def test_windows_hold_what_they_are_called_after():
    known = facts(event("Born away", "1980"), event("To come", "2027-06"), course=(date(2026, 10, 6), date(2027, 1, 26)))
    shown = timeline(known)
    life, course = window_days(Window.LIFE, known, shown), window_days(Window.COURSE, known, shown)
    assert life[0] < date(1980, 1, 1)
    assert life[1] > date(2027, 6, 30)
    assert course[0] <= date(2026, 10, 6)
    assert course[1] >= date(2027, 1, 26)
    assert window_days(Window.YEAR, known, shown) == (date(2026, 1, 1), date(2027, 1, 31))
    assert window_days(Window.TWO_YEARS, known, shown)[0] == date(2024, 11, 1)
    assert window_days(Window.COURSE, replace(known, course=None), shown)[0] == date(2024, 11, 1)


@pytest.mark.parametrize(("day", "first"), [(20.0, "2 Feb"), (3.0, "Feb"), (1.0, "Jan 2026"), (0.3, "2026"), (0.02, "2020")])
def test_what_is_written_below_hangs_on_how_near_it_is(day: float, first: str):
    axis = Axis(date(2026, 2, 3), day)
    assert ticks(axis, (date(2026, 2, 3), date(2029, 2, 3)))[0].words == first


def test_an_empty_timeline_has_no_lanes():
    assert timeline(TimelineFacts(today=TODAY)).lanes == ()
