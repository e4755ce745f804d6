"""Room on a printed circle: who would cover someone turns a little, and every move can be seen."""

import itertools
import math

from ipt_desktop.domain.circle_paper import MOST_TURNED, place_before, places_apart
from ipt_desktop.domain.closeness import Geometry, closeness_at, position
from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.domain.standing import Standing

GEOMETRY = Geometry(center=(200.0, 200.0), radius=150.0, nearest=30.0, outside_at=-0.13)
REACH = 12.0


def standing(key: str, felt: float, angle: float, *, is_in_focus: bool = False) -> Standing:
    person = Person(id=key, client_id="c", name=key, relation="friend", is_in_focus=is_in_focus)
    return Standing(person, Placement(person_id=key, sitting_id="s", felt=felt, angle=angle))


def test_people_turn_until_they_cover_nobody_and_stay_as_close_as_they_were_said_to_be() -> None:
    told = {"a": (0.5, 350.0), "b": (0.5, 352.0), "c": (0.52, 356.0), "mother": (0.5, 354.0)}
    people = [standing(key, *place, is_in_focus=key == "mother") for key, place in told.items()]
    places = places_apart(people, GEOMETRY, lambda _person: REACH)
    assert all(math.dist(one, other) >= 2 * REACH for one, other in itertools.combinations(places.values(), 2))
    assert places["mother"] == position(0.5, 354.0, GEOMETRY)  # the one the work is about stands where they were put
    for key, (felt, angle) in told.items():
        now, turned = closeness_at(places[key], GEOMETRY)
        assert math.isclose(now, felt, abs_tol=1e-9)
        assert abs((turned - angle + 180.0) % 360.0 - 180.0) <= MOST_TURNED + 1e-9


def test_where_there_is_no_room_people_stay_where_they_are() -> None:
    people = [standing(str(number), 0.9, number * 9.0) for number in range(40)]
    places = places_apart(people, GEOMETRY, lambda _person: REACH)
    assert len(places) == 40
    assert places["39"] == position(0.9, 39 * 9.0, GEOMETRY)


def test_the_earlier_place_turns_away_until_the_way_from_it_shows() -> None:
    at = position(0.6, 80.0, GEOMETRY)
    before = Placement(person_id="a", sitting_id="s", felt=0.55, angle=80.0)
    other = position(0.55, 95.0, GEOMETRY)
    place = place_before(before, {at: 30.0, other: 10.0}, GEOMETRY)
    assert math.dist(place, at) >= 30.0
    assert math.dist(place, other) >= 10.0
    assert math.isclose(closeness_at(place, GEOMETRY)[0], 0.55, abs_tol=1e-9)
