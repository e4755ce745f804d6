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
            at = _first_clear(each.now, geometry, MOST_TURNED, _clear_of(taken.values(), room))
            taken[each.person.id] = at, room
    return {person_id: at for person_id, (at, _room) in taken.items()}


def place_before(before: Placement, apart: Mapping[Point, float], geometry: Geometry) -> Point:
    """Return where the small token of an earlier place stands: turned until it is so far from each place of `apart`."""
    return _first_clear(before, geometry, MOST_TURNED_BEFORE, _clear_of(apart.items(), 0.0))


def _clear_of(taken: Iterable[tuple[Point, float]], room: float) -> Callable[[Point], bool]:
    places = tuple(taken)
    return lambda at: all(math.dist(at, other) >= room + reach for other, reach in places)


def _first_clear(placement: Placement, geometry: Geometry, most: int, is_clear: Callable[[Point], bool]) -> Point:
    """Return the clear place at the angle nearest to the placement's own; its own place where none is clear."""
    for away in range(0, most + 1, STEP):
        for turn in dict.fromkeys((away, -away)):
            at = position(placement.felt, placement.angle + turn, geometry)
            if is_clear(at):
                return at
    return position(placement.felt, placement.angle, geometry)
