"""Sectors: parts of the circle that the client gives to some of their people, as thin spokes with a name.

They are never coloured wedges, for the angle means nothing: a sector says who belongs together and no more.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ipt_desktop.domain.circle_layout import Box, Crowd, box_round
from ipt_desktop.domain.closeness import Geometry
from ipt_desktop.domain.picture import AnyMark, ArcLabel, Label, Line, Measure
from ipt_desktop.domain.records import Sector
from ipt_desktop.domain.text import marked

NAME_AWAY = 15.0
_SPOKE_BEYOND = 24.0
_STEP = 4.0
"""By so many degrees a name moves aside of whoever stands in its place."""
FIRST = ((marked("Family"), 315.0), (marked("Friends"), 75.0), (marked("Work"), 165.0), (marked("Community"), 240.0))
"""The sectors offered at first, by where they begin: words that the therapist can change."""


def in_order(sectors: Sequence[Sector]) -> list[Sector]:
    """Return sectors clockwise from twelve o'clock, by where they begin."""
    return sorted(sectors, key=lambda each: (each.start % 360.0, each.created_at, each.id))


def width_of(sectors: Sequence[Sector], sector_id: str) -> float:
    """Return how many degrees a sector reaches: to where the next one begins; the only one goes all round."""
    order = in_order(sectors)
    at = next(number for number, each in enumerate(order) if each.id == sector_id)
    after = order[(at + 1) % len(order)]
    return (after.start - order[at].start) % 360.0 or (360.0 if len(order) == 1 else 0.0)


def sector_at(sectors: Sequence[Sector], angle: float) -> Sector | None:
    """Return the sector that an angle lies in, or None where there are none."""
    order = in_order(sectors)
    if not order:
        return None
    begun = [each for each in order if each.start % 360.0 <= angle % 360.0]
    return begun[-1] if begun else order[-1]


def place_within(sectors: Sequence[Sector], sector_id: str, taken: Sequence[float]) -> float:
    """Return the angle in the middle of the widest gap that a sector has between the angles taken."""
    start = next(each.start for each in sectors if each.id == sector_id)
    width = width_of(sectors, sector_id)
    inside = sorted(turn for angle in taken if (turn := (angle - start) % 360.0) <= width)
    edges = [0.0, *inside, width]
    gaps = [(after - before, before) for before, after in pairwise(edges)]
    widest, before = max(gaps, key=lambda gap: (gap[0], -gap[1]))
    return (start + before + widest / 2) % 360.0


def next_start(sectors: Sequence[Sector]) -> float:
    """Return where a further sector begins: half-way through the widest there is."""
    if not sectors:
        return FIRST[0][1]
    widest = max(in_order(sectors), key=lambda each: width_of(sectors, each.id))
    return (widest.start + width_of(sectors, widest.id) / 2) % 360.0


def evened(sectors: Sequence[Sector]) -> list[float]:
    """Return where each sector of `in_order` begins when all are as wide as each other; the first stays where it is."""
    order = in_order(sectors)
    return [(order[0].start + 360.0 * number / len(order)) % 360.0 for number in range(len(order))] if order else []


def spoke_marks(sectors: Sequence[Sector], geometry: Geometry, nearest: float) -> Iterator[AnyMark]:
    """Yield a thin spoke where each sector begins, from the client's edge to beyond the outer ring."""
    for sector in sectors if len(sectors) > 1 else ():
        turn = math.radians(sector.start)
        ends = [
            (geometry.center[0] + away * math.sin(turn), geometry.center[1] - away * math.cos(turn))
            for away in (nearest, geometry.radius + _SPOKE_BEYOND)
        ]
        yield Line(points=(ends[0], ends[1]), line="sector_line", width=1.0, key=f"sector:{sector.id}")


def _name_boxes(angle: float, half: float, geometry: Geometry, height: float) -> list[Box]:
    """Return what a name takes along the circle that reaches so many degrees to both sides of an angle."""
    radius, boxes = geometry.radius + NAME_AWAY, []
    for part in (-1.0, -0.5, 0.0, 0.5, 1.0):
        turn = math.radians(angle + part * half)
        at = (geometry.center[0] + radius * math.sin(turn), geometry.center[1] - radius * math.cos(turn))
        boxes.append(box_round(at, height))
    return boxes


def name_mark(
    sector: Sector,
    sectors: Sequence[Sector],
    geometry: Geometry,
    measure: Measure,
    can_curve: bool,
    crowd: Crowd,
    height: float,
) -> AnyMark:
    """Return a sector's name along the circle, as near to its middle as it covers nobody; cut where the next one begins.

    The place, `height` high, is taken in the crowd.
    """
    radius, width = geometry.radius + NAME_AWAY, width_of(sectors, sector.id)
    text, room = sector.name, max(math.radians(min(width, 170.0)) * radius - 12.0, 24.0)
    while len(text) > 1 and measure(text, "label_strong") > room:
        text = text.removesuffix("…")[:-1].rstrip() + "…"
    key = f"sector:{sector.id}"
    half = math.degrees(measure(text, "label_strong") / 2 / radius)
    middle, free = sector.start + width / 2, max(0.0, width / 2 - half - 2.0)
    steps = [0.0, *(side * step * _STEP for step in range(1, int(free / _STEP) + 1) for side in (1.0, -1.0))]
    boxes = {step: _name_boxes(middle + step, half, geometry, height) for step in steps}
    best = min(steps, key=lambda step: (sum(crowd.covered(box) for box in boxes[step]), abs(step)))
    crowd.add(boxes[best])
    angle = (middle + best) % 360.0
    if not can_curve:
        turn = math.radians(angle)
        at = (geometry.center[0] + radius * math.sin(turn), geometry.center[1] - radius * math.cos(turn))
        return Label(text=text, at=at, style="label_strong", fill="text_soft", key=key)
    return ArcLabel(
        text=text,
        center=geometry.center,
        radius=radius,
        angle=angle,
        style="label_strong",
        fill="text_soft",
        is_flipped=110.0 < angle < 250.0,
        key=key,
    )
