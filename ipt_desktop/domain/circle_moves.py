"""The word at the beginning of a move ("before"), at the side of its ring where it covers nobody."""

import math
from collections.abc import Iterable, Iterator

from ipt_desktop.domain.circle_layout import Box, box_round
from ipt_desktop.domain.circle_style import CircleStyle
from ipt_desktop.domain.picture import Anchor, Label, Point

_DROP = 0.36
"""How far below its middle the baseline of a small text lies, of its height."""
_STEPS = 6


def before_label(text: str, start: Point, to: Point, taken: Iterable[Box], width: float, style: CircleStyle, key: str) -> Label:
    """Return the word beside the ring at `start`, at the side that covers least of `taken`.

    `to` is where the dotted way leads: the word keeps clear of that, too. `width` is the text's own.
    """
    way = (_between(start, to, step / _STEPS) for step in range(1, _STEPS + 1))
    boxes = [*taken, *(box_round(each, 2.0) for each in way)]
    best, least = None, math.inf
    for label, side in _sides(text, start, width, style, key):
        covered = 0.0
        for box in boxes:
            if box.left < side.right and box.right > side.left and box.top < side.bottom and box.bottom > side.top:
                covered += _shared(side, box)
        if covered < least:
            best, least = label, covered
        if not covered:
            break
    assert best is not None  # noqa: S101 - there are always twelve sides
    return best


def _sides(text: str, start: Point, width: float, style: CircleStyle, key: str) -> Iterator[tuple[Label, Box]]:
    """Yield the word at each side, with its box: right, left, below, above; then further off, past whoever stands there."""
    for away in (0.0, style.token * 0.75, style.token * 1.3):
        aside, height = style.trail_ring + 3.0 + away, style.small_height
        for across, down, anchor in (
            (aside, 0.0, Anchor.START),
            (-aside, 0.0, Anchor.END),
            (0.0, aside + height / 2, Anchor.MIDDLE),
            (0.0, -aside - height / 2, Anchor.MIDDLE),
        ):
            x, middle = start[0] + across, start[1] + down
            left = x - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[anchor]
            at = (x, middle + height * _DROP)
            label = Label(text=text, at=at, style="caption", fill="text_soft", anchor=anchor, halo="ring_1", key=key)
            yield label, Box(left, middle - height / 2, left + width, middle + height / 2)


def _between(start: Point, end: Point, part: float) -> Point:
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def _shared(one: Box, other: Box) -> float:
    """Return how much two boxes share, as an area."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(across, 0.0) * max(down, 0.0)
