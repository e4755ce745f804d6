"""Where words of a chart have room: they cover no other words, and as little else as there is a place for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ipt_desktop.domain.picture import Label, Point

RISE, DROP = 10.0, 3.0
"""How far letters reach above and below their baseline."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: "Box") -> bool:
        """Whether two have any part in common."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: "Box") -> bool:
        """Whether another lies wholly in it."""
        return self.left <= other.left and other.right <= self.right and self.top <= other.top and other.bottom <= self.bottom


class Room:
    """The room inside a frame, with what stands in it already."""

    def __init__(self, frame: Box) -> None:
        self._frame = frame
        self._words: list[Box] = []
        self._marks: list[Box] = []
        self._line: Sequence[Point] = ()

    def mark(self, x: float, y: float, radius: float) -> None:
        """Say where a marker stands."""
        self._marks.append(Box(x - radius - 1.0, y - radius - 1.0, x + radius + 1.0, y + radius + 1.0))

    def upright(self, x: float, top: float, bottom: float) -> None:
        """Say where an upright line stands."""
        self._marks.append(Box(x - 0.5, top, x + 0.5, bottom))

    def level(self, y: float, left: float, right: float) -> None:
        """Say where a level line stands."""
        self._marks.append(Box(left, y - 0.5, right, y + 0.5))

    def line(self, points: Sequence[Point]) -> None:
        """Say where the line of results runs."""
        self._line = points

    def put(self, words: str, style: str, role: str, places: Iterable[Point], half: float, key: str = "") -> Iterator[Label]:
        """Yield words at the place where they cover least, of several the first; none where they'd cover others or leave."""
        best: tuple[int, Point, Box] | None = None
        for x, y in places:
            box = Box(x - half - 1.0, y - RISE, x + half + 1.0, y + DROP)
            if not self._frame.holds(box) or any(box.covers(each) for each in self._words):
                continue
            covered = sum(box.covers(each) for each in self._marks) * 2 + self._crossings(box)
            if best is None or covered < best[0]:
                best = covered, (x, y), box
            if not covered:
                break
        if best is not None:
            self._words.append(best[2])
            yield Label(text=words, at=best[1], style=style, fill=role, key=key)

    def _crossings(self, box: Box) -> int:
        """Return how many parts of the line go through a box."""
        parts = zip(self._line, self._line[1:], strict=False)
        return sum(_crosses(first, second, box) for first, second in parts)


def _crosses(first: Point, second: Point, box: Box) -> bool:
    """Whether a straight line, from left to right, goes through a box."""
    left, right = max(first[0], box.left), min(second[0], box.right)
    if left > right:
        return False
    wide = second[0] - first[0]
    slope = (second[1] - first[1]) / wide if wide else 0.0
    ends = (first[1], second[1]) if not wide else (first[1] + (left - first[0]) * slope, first[1] + (right - first[0]) * slope)
    return min(ends) < box.bottom and max(ends) > box.top
