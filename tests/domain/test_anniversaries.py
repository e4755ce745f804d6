"""Days that come round again: of what, when, and told once."""

from dataclasses import replace
from datetime import date

import pytest

from ipt_desktop.domain.anniversaries import anniversaries
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.session_records import Event, EventKind

DAY = date(2026, 11, 24)


def event(on: str, title: str, kind: EventKind = EventKind.ANNIVERSARY, **more: object) -> Event:
    return Event(client_id="c", on=on, title=title, kind=kind, recurs=True, **more)  # type: ignore[arg-type]


def died(on: str, name: str = "Sven") -> Person:
    return Person(client_id="c", name=name, has_died=True, died=on)


def told(events: list[Event], people: list[Person], day: date = DAY, days: int = 14) -> list[str]:
    return [f"{each.when}: {each.words}" for each in anniversaries(events, people, day, days=days)]


def test_the_nearest_first_with_how_long_ago():
    events = [event("2011-12-05", "The wedding", EventKind.OTHER), event("2026-12-01", "Advent with Karin")]
    assert told(events, [died("2019-12-02")]) == [
        "1 December: Advent with Karin",
        "2 December: 7 years since Sven died",
        "5 December: The wedding, 15 years ago",
    ]
    assert told(events, [died("2025-12-02")])[1] == "2 December: 1 year since Sven died"


def test_not_farther_off_than_asked_and_over_the_turn_of_the_year():
    events = [event("2020-01-01", "New year"), event("2020-01-02", "Too far")]
    assert told(events, [], date(2026, 12, 18)) == ["1 January: New year"]


def test_only_what_comes_back_every_year():
    assert told([replace(event("2019-12-01", "moved"), recurs=False)], []) == []
    assert told([], [replace(died("2019-12-01"), has_died=False)]) == []


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        (date(2026, 11, 16), []),
        (date(2026, 11, 17), ["In December: 7 years since Sven died"]),
        (date(2026, 12, 31), ["In December: 7 years since Sven died"]),
        (date(2027, 1, 1), []),
    ],
)
def test_a_month_is_near_from_a_fortnight_before_until_it_is_over(day: date, lines: list[str]):
    assert told([], [died("2019-12")], day) == lines


def test_of_a_year_alone_or_of_no_date_nothing_comes_round():
    assert told([event("2019", "A year"), event("some day", "No date")], [died("2019"), died("")], days=366) == []


def test_of_29_february_on_the_last_of_february_elsewhere():
    assert told([], [died("2024-02-29")], date(2027, 2, 20)) == ["28 February: 3 years since Sven died"]
    assert told([], [died("2024-02-29")], date(2028, 2, 20)) == ["29 February: 4 years since Sven died"]
    assert told([], [died("2024-02-29")], date(2028, 2, 29), days=0) == ["29 February: 4 years since Sven died"]


def test_a_day_is_no_anniversary_of_itself_but_a_day_kept_is():
    assert told([event("2026-11-24", "moved", EventKind.MOVE)], [died("2026-11-24")]) == []
    assert told([event("2026-11-24", "Mama’s birthday")], []) == ["24 November: Mama’s birthday"]
    assert told([event("2026-12", "Christmas")], []) == ["In December: Christmas"]


def test_nothing_comes_round_before_it_has_begun():
    assert told([event("2027-12-01", "From next year on")], []) == []
    assert told([event("2027-12-01", "From next year on")], [], date(2027, 11, 24)) == ["1 December: From next year on"]


def test_a_death_is_told_once_beside_the_anniversary_kept_for_it():
    sven, day = died("2019-12-02"), event("2026-12-02", "Seven years; to the grave with Karin")
    assert told([day], [sven]) == ["2 December: Seven years; to the grave with Karin"]
    assert told([replace(day, person_ids=[sven.id])], [sven]) == ["2 December: Seven years; to the grave with Karin"]
    karin = replace(day, title="Karin’s birthday", person_ids=["karin"])
    assert told([karin], [sven]) == ["2 December: Karin’s birthday", "2 December: 7 years since Sven died"]


def test_the_same_words_of_the_same_day_are_told_once():
    assert told([event("2025-12-05", "Mama’s birthday"), event("2026-12-05", "mama’s birthday")], []) == [
        "5 December: Mama’s birthday"
    ]
