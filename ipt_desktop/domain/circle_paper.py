"""Room on a printed circle, which no one can point at or zoom: who would cover someone turns a little, their closeness kept.

The angle has no clinical meaning; the distance from the centre is the client's answer and is never changed.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from ipt_desktop.domain.closeness import Geometry, position
from ipt_desktop.domain.picture import Point
from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.domain.standing import Standing

STEP = 3
MOST_TURNED = 30
MOST_TURNED_BEFORE = 75

Reach = Callable[[Person], float]


def places_apart(standings: Sequence[Standing], geometry: Geometry, reach: Reach) -> dict[str, Point]:
    """Return by person where each one stands, turned by 30 degrees at most to cover nobody; who is in focus stays."""
    taken: dict[str, tuple[Point, float]] = {}
    for each in sorted(standings, key=lambda each: not each.person.is_in_focus):
        if each.now:
            room = reach(each.person)
            _angle, at = first_clear(each.now, geometry, MOST_TURNED, taken.values(), room)
            taken[each.person.id] = at, room
    return {person_id: at for person_id, (at, _room) in taken.items()}


def place_before(before: Placement, apart: Mapping[Point, float], geometry: Geometry) -> Point:
    """Return where the small token of an earlier place stands: turned until it is so far from each place of `apart`."""
    return first_clear(before, geometry, MOST_TURNED_BEFORE, apart.items(), 0.0)[1]


def first_clear(
    placement: Placement, geometry: Geometry, most: int, taken: Iterable[tuple[Point, float]], room: float
) -> tuple[float, Point]:
    """Return the angle nearest to the placement's own, and its place, where nothing of `taken` (place, reach) is covered.

    It is turned by `most` degrees at most; its own angle and place where none is clear. `room` is its own reach.
    """
    distance = geometry.distance(placement.felt)  # at which it stays: who stands much closer or further is never in its way
    places = [each for each in taken if abs(math.dist(each[0], geometry.center) - distance) < room + each[1]]
    for away in range(0, most + 1, STEP):
        for turn in dict.fromkeys((away, -away)):
            at = position(placement.felt, placement.angle + turn, geometry)
            if all(math.dist(at, other) >= room + reach for other, reach in places):
                return placement.angle + turn, at
    return placement.angle, position(placement.felt, placement.angle, geometry)
