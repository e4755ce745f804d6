"""Where words stand on the circle: the first free place of eight round a token, the emptiest arc of a band."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ipt_desktop.domain.picture import Anchor, AnyMark, Disc, Label, Line, Measure, Point, Polygon

_CELL = 48.0
_STEEP = math.sqrt(0.5)

# Direction from the token, and which part of the text stands there; in the order they are tried.
Places = tuple[tuple[float, float, Anchor], ...]
_PLACES: Places = (
    (1.0, 0.0, Anchor.START),
    (0.0, 1.0, Anchor.MIDDLE),
    (-1.0, 0.0, Anchor.END),
    (0.0, -1.0, Anchor.MIDDLE),
    (_STEEP, _STEEP, Anchor.START),
    (-_STEEP, _STEEP, Anchor.END),
    (_STEEP, -_STEEP, Anchor.START),
    (-_STEEP, -_STEEP, Anchor.END),
)
_BETWEEN: Places = (
    *((1.0, 0.45, Anchor.START), (1.0, -0.45, Anchor.START), (-1.0, 0.45, Anchor.END), (-1.0, -0.45, Anchor.END)),
    *((0.5, 1.0, Anchor.START), (-0.5, 1.0, Anchor.END), (0.5, -1.0, Anchor.START), (-0.5, -1.0, Anchor.END)),
)
ABOVE_FIRST: Places = (_PLACES[3], *_PLACES[:3], *_PLACES[4:])
"""The same places for marks that leave names the first ones."""


class Box(NamedTuple):
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float


def box_round(center: Point, reach: float) -> Box:
    """Return the square of this half-side round a point."""
    return Box(center[0] - reach, center[1] - reach, center[0] + reach, center[1] + reach)


@dataclass(slots=True)
class Crowd:
    """What is already drawn and must not be covered, in cells so that a look is short however many there are."""

    _cells: dict[tuple[int, int], list[Box]] = field(default_factory=lambda: defaultdict(list))

    def add(self, boxes: Iterable[Box]) -> None:
        """Take these places."""
        for box in boxes:
            for cell in _cells_of(box):
                self._cells[cell].append(box)

    def copy(self) -> "Crowd":
        """Return another that begins with the same places taken."""
        other = Crowd()
        other._cells.update((cell, list(boxes)) for cell, boxes in self._cells.items())
        return other

    def add_line(self, start: Point, end: Point, reach: float = 2.0) -> None:
        """Take the places along a line."""
        count = max(1, math.ceil(math.dist(start, end) / 14.0))
        self.add(
            box_round((start[0] + (end[0] - start[0]) * i / count, start[1] + (end[1] - start[1]) * i / count), reach)
            for i in range(count + 1)
        )

    def add_mark(self, mark: AnyMark, measure: Measure, height: float) -> None:
        """Take the place of a want, a move or a tie; `height` is that of a small text."""
        match mark:
            case Disc():
                self.add([box_round(mark.center, mark.radius)])
            case Polygon():
                xs, ys = [x for x, _y in mark.points], [y for _x, y in mark.points]
                self.add([Box(min(xs), min(ys), max(xs), max(ys))])
            case Line():
                self.add_line(mark.points[0], mark.points[-1], 4.0)
            case Label():
                x, y = mark.at
                width = measure(mark.text, mark.style)
                left = x - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[mark.anchor]
                self.add([Box(left, y - height, left + width, y + 3.0)])

    def is_free(self, box: Box) -> bool:
        """Whether this box would cover nothing."""
        low_x, low_y, high_x, high_y = box
        rows = range(int(low_y // _CELL), int(high_y // _CELL) + 1)
        for column in range(int(low_x // _CELL), int(high_x // _CELL) + 1):
            for row in rows:
                for left, top, right, bottom in self._cells.get((column, row), ()):
                    if left < high_x and right > low_x and top < high_y and bottom > low_y:
                        return False
        return True

    def covered(self, box: Box, enough: float = math.inf) -> float:
        """Return how much of what is drawn this box would cover, as an area; a thing in several cells may count twice.

        Where it is more than `enough`, the sum so far is returned: another place is better already.
        """
        area = 0.0
        low_x, low_y, high_x, high_y = box
        for cell in _cells_of(box):
            if cell not in self._cells:
                continue
            for left, top, right, bottom in self._cells[cell]:
                if left < high_x and right > low_x and top < high_y and bottom > low_y:
                    width = (right if right < high_x else high_x) - (left if left > low_x else low_x)
                    area += width * ((bottom if bottom < high_y else high_y) - (top if top > low_y else low_y))
            if area > enough:
                break
        return area


def _cells_of(box: Box) -> list[tuple[int, int]]:
    left, top, right, bottom = box
    rows = range(int(top // _CELL), int(bottom // _CELL) + 1)
    return [(column, row) for column in range(int(left // _CELL), int(right // _CELL) + 1) for row in rows]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place found for a block of text: its box, and which part of a line stands at `x`."""

    box: Box
    x: float
    anchor: Anchor


def place_label(
    token: Point, reach: float, size: tuple[float, float], crowd: Crowd, within: Box, places: Places = _PLACES
) -> Spot:
    """Return the first place round a token where a block of `size` covers nothing, else the one that covers least.

    `reach` is the distance from the token's centre at which text may begin.
    """
    best, least = None, math.inf
    for spot in _spots(token, reach, size, places):
        beyond = _area(spot.box) - _area(_cut(spot.box, within))
        cost = 4.0 * beyond + crowd.covered(spot.box, least)
        if cost <= 0.5:
            return spot
        if cost < least:
            best, least = spot, cost
    assert best is not None  # noqa: S101 - there are always eight places
    return best


def spots_round(token: Point, reach: float, size: tuple[float, float]) -> Iterator[Spot]:
    """Yield every place round a token for a block of `size`: the eight usual ones, then those between them."""
    yield from _spots(token, reach, size, _PLACES)
    yield from _spots(token, reach, size, _BETWEEN)


def _spots(token: Point, reach: float, size: tuple[float, float], places: Places) -> Iterator[Spot]:
    width, height = size
    for across, down, anchor in places:
        x = token[0] + across * reach
        left = x if anchor is Anchor.START else x - width if anchor is Anchor.END else x - width / 2
        if abs(down) == 1.0:
            top = token[1] + reach if down > 0 else token[1] - reach - height
        else:
            top = token[1] - height / 2 + down * (reach + height / 2)
        yield Spot(Box(left, top, left + width, top + height), x, anchor)


def emptiest_angle(center: Point, radius: float, width: float, height: float, wish: float, crowd: Crowd) -> float:
    """Return the angle nearest to `wish` at which a word on an arc covers nothing, else where it covers least."""
    best, least = wish, math.inf
    half = math.degrees(width / 2 / max(radius, 1.0))
    for away in range(0, 181, 8):
        for angle in {wish + away, wish - away}:
            cost = 0.0
            for part in (-1.0, -0.5, 0.0, 0.5, 1.0):
                turn = math.radians(angle + part * half)
                at = (center[0] + radius * math.sin(turn), center[1] - radius * math.cos(turn))
                cost += crowd.covered(box_round(at, height / 2), least)
                if cost > least:
                    break
            if cost < least:
                best, least = angle, cost
        if least <= 0.0:
            break
    return best % 360.0


def widest_gap(angles: Iterable[float]) -> float:
    """Return the middle of the widest gap between these angles, in degrees clockwise from twelve o'clock."""
    order = sorted(angle % 360.0 for angle in angles)
    if not order:
        return 45.0
    gaps = [(after - angle) % 360.0 or 360.0 for angle, after in zip(order, order[1:] + order[:1], strict=True)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    return (order[widest] + gaps[widest] / 2) % 360.0


def _cut(box: Box, within: Box) -> Box:
    left, top = max(box.left, within.left), max(box.top, within.top)
    return Box(left, top, max(left, min(box.right, within.right)), max(top, min(box.bottom, within.bottom)))


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)
