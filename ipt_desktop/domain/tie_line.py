"""The line of a tie: told apart by form, never by colour; its width is its strength."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from ipt_desktop.domain.picture import Line, Point
from ipt_desktop.domain.records import TieKind

_END_GAP = 2.0
_DOUBLE_APART = 3.0
_DASH = (9.0, 4.0)
_DOT = 4.0
_HALF_WAVE, _WAVE_HEIGHT = 5.0, 4.0
_BREAK, _BAR = 8.0, 10.0
_THICKER = 2.0


@dataclass(frozen=True, slots=True)
class _Way:
    """A straight or bowed way between two points, walked by `t` from 0 to 1."""

    start: Point
    end: Point
    bow: float

    @property
    def length(self) -> float:
        return math.dist(self.start, self.end)

    @property
    def across(self) -> Point:
        length = self.length or 1.0
        return -(self.end[1] - self.start[1]) / length, (self.end[0] - self.start[0]) / length

    def at(self, t: float, aside: float = 0.0) -> Point:
        aside += self.bow * 4.0 * t * (1.0 - t)
        across = self.across
        return (
            self.start[0] + (self.end[0] - self.start[0]) * t + across[0] * aside,
            self.start[1] + (self.end[1] - self.start[1]) * t + across[1] * aside,
        )

    def line(self, first: float = 0.0, last: float = 1.0, aside: float = 0.0) -> tuple[Point, ...]:
        steps = 12 if self.bow else 1
        return tuple(self.at(first + (last - first) * step / steps, aside) for step in range(steps + 1))


def tie_marks(
    kind: TieKind, width: float, ends: tuple[Point, Point], gaps: tuple[float, float], *, bow: float = 0.0, key: str = ""
) -> tuple[Line, ...]:
    """Return a tie between the centres `ends`; each end stops short by its token's reach in `gaps` and 2 more.

    `bow` lets it bend aside where an arrow runs along the same ray.
    """
    length = math.dist(*ends)
    first, last = gaps[0] + _END_GAP, length - gaps[1] - _END_GAP
    if last - first < 4.0:
        return ()
    whole = _Way(ends[0], ends[1], 0.0)
    way = _Way(whole.at(first / length), whole.at(last / length), bow)
    return tuple(_drawn(kind, way, width, key))


def _drawn(kind: TieKind, way: _Way, width: float, key: str) -> Iterator[Line]:
    def line(points: tuple[Point, ...], thick: float = width, dash: tuple[float, ...] = (), dots: float = 0.0) -> Line:
        return Line(points=points, line="tie", width=thick, dash=dash, dots=dots, key=key)

    match kind:
        case TieKind.PARTNER:
            yield line(way.line(aside=-_DOUBLE_APART / 2), min(width, 1.6))
            yield line(way.line(aside=_DOUBLE_APART / 2), min(width, 1.6))
        case TieKind.FRIEND:
            yield line(way.line(), dash=_DASH)
        case TieKind.ALLIANCE:
            yield line(way.line(), width + _THICKER)
        case TieKind.CONFLICT:
            yield line(_zigzag(way))
        case TieKind.CUTOFF:
            yield from (line(points) for points in _broken(way))
        case TieKind.UNKNOWN:
            yield line(way.line(), dots=_DOT)
        case _:
            yield line(way.line())


def _zigzag(way: _Way) -> tuple[Point, ...]:
    waves = max(2, round(way.length / _HALF_WAVE))
    turns = [way.at(step / waves, _WAVE_HEIGHT * (1 if step % 2 else -1)) for step in range(1, waves)]
    return (way.at(0.0), *turns, way.at(1.0))


def _broken(way: _Way) -> Iterator[tuple[Point, ...]]:
    half = min(_BREAK / 2 / way.length, 0.3)
    yield way.line(0.0, 0.5 - half)
    yield way.line(0.5 + half, 1.0)
    for t in (0.5 - half, 0.5 + half):
        yield way.at(t, -_BAR / 2), way.at(t, _BAR / 2)
