"""The line between two tokens, and the arrow to a place: to where someone is wanted, or from where they stood."""

import math
from collections.abc import Iterator

from ipt_desktop.domain.circle_style import CircleStyle
from ipt_desktop.domain.picture import AnyMark, Line, Point, Polygon


def between(start: Point, end: Point, first: float, last: float) -> tuple[Point, ...]:
    """Return the line between two places, short by `first` and `last` at its ends; nothing where too little is left."""
    length = math.dist(start, end)
    if length - first - last < 2.0:
        return ()
    across, down = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    return (start[0] + across * first, start[1] + down * first), (end[0] - across * last, end[1] - down * last)


def arrow_marks(
    start: Point, end: Point, first: float, last: float, style: CircleStyle, line: str, key: str, *, dots: float
) -> Iterator[AnyMark]:
    """Yield an arrow between two tokens; a short one is the head alone."""
    arrow = style.arrow
    way = between(start, end, first + arrow.from_gap, last + arrow.to_gap)
    if not way:
        return
    tip, length = way[1], math.dist(*way)
    across, down = (tip[0] - way[0][0]) / length, (tip[1] - way[0][1]) / length
    head, half = min(arrow.head[0], length + 2.0), arrow.head[1] / 2
    neck = (tip[0] - across * head, tip[1] - down * head)
    if length >= arrow.shortest:
        yield Line(points=(way[0], neck), line=line, width=arrow.width, dots=dots, key=key)
    wings = (neck[0] - down * half, neck[1] + across * half), (neck[0] + down * half, neck[1] - across * half)
    yield Polygon(points=(tip, *wings), fill=line, key=key)
