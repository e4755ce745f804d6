"""Closeness: the client's own answer to "how close do you feel?", as a number, a ring and a place on the circle.

Felt closeness is 1 at the client's edge and 0 at the edge of the outer ring. *Outside* is a value of its own, not a number
on that scale: any felt below 0 means it, and `OUTSIDE` is the one that is stored. A ring is derived from felt, never stored.
Angles are degrees clockwise from twelve o'clock and have no clinical meaning. Changes are said in rings and never added up
(the closeness circle of the interpersonal inventory; Popovic, Milne & Barrett 2003 for actual and ideal placement).
"""

import math
from dataclasses import dataclass, field
from enum import IntEnum

from ipt_desktop.domain.picture import Point
from ipt_desktop.domain.text import _, marked, ngettext

OUTSIDE = -0.15
RING_BOUNDS = (0.667, 0.333, 0.0)
STEP = 0.05
FINE_STEP = 0.01
TURN = 5.0
FINE_TURN = 1.0


class Ring(IntEnum):
    """The rings from the client outwards; beyond the last one is outside."""

    INNER = 0
    MIDDLE = 1
    OUTER = 2
    OUTSIDE = 3


_INNER_EDGES = tuple(zip(Ring, RING_BOUNDS, strict=False))  # asked hundreds of times for one picture


@dataclass(frozen=True, slots=True)
class RingWords:
    """What the protocol calls the rings, inner to outer, and the place beyond them."""

    rings: tuple[str, str, str] = field(default=(marked("inner"), marked("middle"), marked("outer")))
    outside: str = marked("outside")
    is_numbered: bool = False
    """Whether a number stands beside the ring's word where the therapist reads it (`shown`)."""

    def word(self, ring: Ring) -> str:
        """Return the ring's word in the language in use."""
        return _(self.outside) if ring is Ring.OUTSIDE else _(self.rings[ring])

    def of(self, felt: float | None) -> str:
        """Return the word of the ring this closeness lies in; empty where there is none."""
        return "" if felt is None else self.word(ring_of(felt))

    def shown(self, felt: float | None) -> str:
        """Return the ring's word with the number beside it, where numbers are wanted: "middle 6.5"; *outside* has none."""
        number = number_of(felt) if self.is_numbered and felt is not None else ""
        return _("{ring} {number}").format(ring=self.of(felt), number=number) if number else self.of(felt)


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where the circle lies; lengths in the picture's units.

    `nearest` is the distance from the centre at which felt is 1; `outside_at` the felt at which *outside* is drawn.
    """

    center: Point
    radius: float
    nearest: float
    outside_at: float

    def distance(self, felt: float) -> float:
        """Return how far from the centre this closeness is drawn."""
        shown = self.outside_at if felt < 0 else min(felt, 1.0)
        return self.nearest + (self.radius - self.nearest) * (1.0 - shown)


def kept(felt: float) -> float:
    """Return the value that is stored for this closeness: within 0–1, or `OUTSIDE`."""
    return OUTSIDE if felt < 0 else min(felt, 1.0)


def ring_of(felt: float) -> Ring:
    """Return the ring a closeness lies in; a ring's inner edge belongs to the ring within."""
    for ring, bound in _INNER_EDGES:
        if felt >= bound:
            return ring
    return Ring.OUTSIDE


def number_of(felt: float) -> str:
    """Return a closeness as a number from 0, the edge of the outer ring, to 10: "6.5". *Outside* is no number."""
    return "" if felt < 0 else f"{felt * 10:.1f}".removesuffix(".0")


def typed_closeness(text: str, words: RingWords) -> float | None:
    """Return the closeness that was typed: a number from 0 to 10 ("6.5" is 0.65), or a ring's word; None for anything else."""
    typed = " ".join(text.split()).casefold()
    ring = next((each for each in Ring if words.word(each).casefold() == typed), None)
    if ring is not None:
        return middle_of(ring)
    try:
        number = float(typed.replace(",", "."))
    except ValueError:
        return None
    return round(number / 10.0, 4) if 0.0 <= number <= 10.0 else None


def middle_of(ring: Ring) -> float:
    """Return the closeness in the middle of a ring: where someone is put who is placed by the ring's word alone."""
    if ring is Ring.OUTSIDE:
        return OUTSIDE
    outer_edges = (1.0, *RING_BOUNDS)
    return round((outer_edges[ring] + outer_edges[ring + 1]) / 2, 3)


def position(felt: float, angle: float, geometry: Geometry) -> Point:
    """Return where someone of this closeness and angle stands."""
    turn = math.radians(angle)
    distance = geometry.distance(felt)
    return geometry.center[0] + distance * math.sin(turn), geometry.center[1] - distance * math.cos(turn)


def closeness_at(point: Point, geometry: Geometry) -> tuple[float, float]:
    """Return (felt, angle) of a place: the inverse of `position`.

    Anything nearer than the client's edge is 1. The border to *outside* lies half-way between the outer ring's edge and where
    outside is drawn, so a person dropped on the line is still on the circle.
    """
    across, up = point[0] - geometry.center[0], geometry.center[1] - point[1]
    felt = 1.0 - (math.hypot(across, up) - geometry.nearest) / (geometry.radius - geometry.nearest)
    angle = math.degrees(math.atan2(across, up)) % 360.0
    if felt < geometry.outside_at / 2:
        return OUTSIDE, angle
    return min(max(felt, 0.0), 1.0), angle


def nudged(felt: float, by: float) -> float:
    """Return the closeness one key press closer (`by` > 0) or further; past the outer edge lies outside."""
    if felt < 0:
        return 0.0 if by > 0 else OUTSIDE
    if by < 0 and felt < 1e-9:
        return OUTSIDE
    return round(min(max(felt + by, 0.0), 1.0), 4)


def one_ring(felt: float, closer: bool) -> float:
    """Return the middle of the next ring closer or further; the innermost and outside stay what they are."""
    ring = ring_of(felt)
    beyond = ring - 1 if closer else ring + 1
    return middle_of(Ring(beyond)) if Ring.INNER <= beyond <= Ring.OUTSIDE else felt


def turned(angle: float, by: float) -> float:
    """Return the angle turned clockwise by some degrees, within 0–360."""
    return (angle + by) % 360.0


def change_words(before: float | None, after: float | None, words: RingWords) -> str:
    """Say in ring words what became of someone between two sittings; None means not in the circle then."""
    if before is None:
        return "" if after is None else _("new")
    if after is None:
        return _("no longer in the circle")
    was, now = ring_of(before), ring_of(after)
    if was is now:
        return _("unchanged")
    if now is Ring.OUTSIDE:
        return _("now {outside}").format(outside=words.word(now))
    if was is Ring.OUTSIDE:
        return _("from {outside} to the {ring} ring").format(outside=words.word(was), ring=words.word(now))
    return rings_moved(was - now)


def rings_moved(closer_by: int) -> str:
    """Say a move of so many rings, -3 to 3 and not 0; positive is closer."""
    count = abs(closer_by)
    number = {1: _("one"), 2: _("two")}.get(count, str(count))
    if closer_by > 0:
        return ngettext("{number} ring closer", "{number} rings closer", count).format(number=number)
    return ngettext("{number} ring further", "{number} rings further", count).format(number=number)
