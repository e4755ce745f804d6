"""Tidying a circle turns whoever covers somebody, and moves nobody closer or further."""

import math
import tomllib
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from ipt_desktop.domain.circle_style import circle_style
from ipt_desktop.domain.closeness import OUTSIDE, RING_BOUNDS, Geometry, Ring, closeness_at, position, ring_of
from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.domain.standing import Standing
from ipt_desktop.domain.tidy import tidied

TOKENS = tomllib.loads((Path(__file__).parents[2] / "resources/themes/tokens.toml").read_text(encoding="utf-8"))
STYLE = circle_style(TOKENS)
GEOMETRY = Geometry(center=(300.0, 300.0), radius=240.0, nearest=STYLE.nearest, outside_at=STYLE.outside_at)
FELT = st.one_of(st.just(OUTSIDE), st.floats(0.0, 1.0))
ANGLE = st.floats(0.0, 360.0, exclude_max=True)


def reach(_person: Person) -> float:
    return STYLE.token / 2


def stand(places: list[tuple[float, float]]) -> list[Standing]:
    made = []
    for number, (felt, angle) in enumerate(places):
        person = Person(id=str(number), client_id="c", name=f"P{number}", relation="friend")
        made.append(Standing(person, Placement(person_id=person.id, sitting_id="s", felt=felt, angle=angle)))
    return made


def apart(places: list[tuple[float, float]]) -> float:
    """Return how far the two nearest stand from each other."""
    at = [position(felt, angle, GEOMETRY) for felt, angle in places]
    return min(math.dist(one, other) for number, one in enumerate(at) for other in at[:number])


@given(st.lists(st.tuples(FELT, ANGLE), max_size=25))
def test_only_angles_of_people_who_are_there_change(places: list[tuple[float, float]]):
    standings = stand(places)
    turned = tidied(standings, GEOMETRY, reach)
    assert turned.keys() <= {each.person.id for each in standings}
    assert all(0.0 <= angle < 360.0 for angle in turned.values())


def test_those_who_covered_each_other_stand_apart():
    places = [(0.5, 90.0)] * 4 + [(0.52, 91.0), (OUTSIDE, 90.0), (OUTSIDE, 92.0)]
    standings = stand(places)
    turned = tidied(standings, GEOMETRY, reach)
    after = [(felt, turned.get(str(number), angle)) for number, (felt, angle) in enumerate(places)]
    assert apart(places) < STYLE.token
    assert apart(after) >= STYLE.token
    assert tidied(stand(after), GEOMETRY, reach) == {}, "what is tidy stays as it is"


def test_nobody_turns_where_nobody_is_covered_and_the_focus_turns_last():
    assert tidied(stand([(0.5, 0.0), (0.5, 90.0), (0.1, 200.0)]), GEOMETRY, reach) == {}
    one, two = stand([(0.5, 90.0), (0.5, 90.0)])
    focus = Standing(Person(id="focus", client_id="c", name="F", relation="friend", is_in_focus=True), two.now)
    assert tidied([one, focus], GEOMETRY, reach).keys() == {one.person.id}


@example(1.0, 0.0)
@example(0.0, 90.0)
@example(OUTSIDE, 270.0)
@given(FELT, ANGLE)
def test_a_place_says_the_closeness_and_angle_it_was_made_of(felt: float, angle: float):
    found, turn = closeness_at(position(felt, angle, GEOMETRY), GEOMETRY)
    assert math.isclose(found, felt, abs_tol=1e-9)
    assert math.isclose(math.cos(math.radians(turn - angle)), 1.0, abs_tol=1e-9)


@given(st.sampled_from(RING_BOUNDS), st.floats(-0.02, 0.02), ANGLE)
def test_the_edge_of_a_ring_belongs_to_the_ring_within(bound: float, beside: float, angle: float):
    found = closeness_at(position(bound, angle, GEOMETRY), GEOMETRY)[0]
    assert math.isclose(found, bound, abs_tol=1e-9)
    assert ring_of(round(found, 4)) is ring_of(bound)
    assert ring_of(bound - 0.02) is Ring(ring_of(bound) + 1)
    if bound and abs(beside) > 1e-6:
        assert (ring_of(closeness_at(position(bound + beside, angle, GEOMETRY), GEOMETRY)[0]) is ring_of(bound)) is (beside > 0)


@given(st.floats(0.0, 700.0), ANGLE)
def test_any_place_of_the_picture_has_a_closeness_and_keeps_it(away: float, angle: float):
    turn = math.radians(angle)
    place = (GEOMETRY.center[0] + away * math.sin(turn), GEOMETRY.center[1] - away * math.cos(turn))
    felt, round_to = closeness_at(place, GEOMETRY)
    border = GEOMETRY.radius - (GEOMETRY.radius - GEOMETRY.nearest) * GEOMETRY.outside_at / 2
    assert felt == OUTSIDE or 0.0 <= felt <= 1.0
    if abs(away - GEOMETRY.nearest) > 1e-6:
        assert (felt == 1.0) is (away < GEOMETRY.nearest)
    if abs(away - border) > 1e-6:
        assert (felt == OUTSIDE) is (away > border)
    again = closeness_at(position(felt, round_to, GEOMETRY), GEOMETRY)
    assert math.isclose(again[0], felt, abs_tol=1e-9)
    assert math.isclose(math.cos(math.radians(again[1] - round_to)), 1.0, abs_tol=1e-9)
    if away > 1e-3:
        assert math.isclose(math.cos(math.radians(round_to - angle)), 1.0, abs_tol=1e-6)
