"""What stands under the axis of a chart: the words of its ticks, and what happened, by a letter or a small mark each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ipt_desktop.domain.chart_axis import Tick
from ipt_desktop.domain.picture import AnyMark, Disc, Label, Line, Measure, Point, Polygon

DISC, CALENDAR, RING = 8.5, 6.5, 5.5
_NUDGE = 8.0
"""How far a mark may stand beside its place, so that those near one another have one row."""
ROW = 21.0
"""The height of a row of marks."""
MOST_ROWS = 3
BASE = 4.2
"""How far below the middle of a line its letters stand."""


class BelowKind(StrEnum):
    """What stands under the axis."""

    EVENT = "event"
    CIRCLE = "circle"
    ABSENT = "absent"


_HALVES = {BelowKind.EVENT: DISC + 1.0, BelowKind.CIRCLE: RING + 1.0, BelowKind.ABSENT: CALENDAR}


@dataclass(frozen=True, slots=True)
class Below:
    """Something that happened, at a place of the axis: an event by its letter, a circle, a session that did not take place."""

    key: str
    place: float
    kind: BelowKind
    letter: str = ""


def tick_labels(
    ticks: Sequence[Tick], across: tuple[float, float], width: float, y: float, measure: Measure
) -> Iterator[AnyMark]:
    """Yield words on a line at `y`: those that are kept first, then every so many of the rest as there is room for.

    `across` is where the axis begins and ends in a picture of a `width`.
    """
    left_end, room_across = across[0], across[1] - across[0]
    spans: list[tuple[float, float]] = []
    written: list[Tick] = []

    def fits(tick: Tick) -> bool:
        middle, half = left_end + tick.place * room_across, measure(tick.words, _tick_style(tick)) / 2 + 3.0
        left, right = middle - half, middle + half
        inside = left >= -3.0 and right <= width + 3.0
        if not inside or any(left < other_right and right > other_left for other_left, other_right in spans):
            return False
        spans.append((left, right))
        return True

    written += [each for each in sorted(ticks, key=lambda each: not each.is_strong) if each.is_kept and fits(each)]
    rest = [each for each in ticks if not each.is_kept]
    widest = max((measure(each.words, "caption") for each in rest), default=0.0) + 6.0
    room = room_across / max(len(ticks), 1)
    every = next((each for each in (1, 2, 5, 10, 20, 50, 100) if each * room >= widest), 100)
    written += [each for each in rest if (every == 1 or not _is_odd(each, every)) and fits(each)]
    for tick in sorted(written, key=lambda each: each.place):
        role = "text" if tick.is_strong else "text_soft"
        at = left_end + tick.place * room_across, y
        yield Label(text=tick.words, at=at, style=_tick_style(tick), fill=role)


def _is_odd(tick: Tick, every: int) -> bool:
    """Whether it is a number that is passed over where only every so many are written."""
    return tick.words.isdigit() and int(tick.words) % every != 0


def _tick_style(tick: Tick) -> str:
    return "caption_strong" if tick.is_strong else "caption"


def seated_below(below: Sequence[Below], across: tuple[float, float]) -> tuple[int, list[tuple[Below, float, int]]]:
    """Return how many rows there are, and each mark with its place in one: in the first where it covers none, or nearly so."""
    left, right = across
    ends = [float("-inf")] * MOST_ROWS
    seats: list[tuple[Below, float, int]] = []
    for each in sorted(below, key=lambda one: (one.place, one.key)):
        half = _HALVES[each.kind]
        wanted = min(max(left + each.place * (right - left), left), right)
        row = next((number for number, end in enumerate(ends) if end + half - wanted <= _NUDGE), None)
        if row is None:  # too many at one time: it moves on to the first place that is free
            row = min(range(MOST_ROWS), key=lambda number: ends[number])
        x = max(wanted, ends[row] + half)
        if x > right + _NUDGE:
            continue
        ends[row] = x + half
        seats.append((each, x, row))
    return max((row for _each, _x, row in seats), default=-1) + 1, seats


def below_marks(below: Below, x: float, y: float) -> Iterator[AnyMark]:
    """Yield the mark of what happened, its middle at a place."""
    if below.kind is BelowKind.ABSENT:
        yield from _calendar_marks((x, y), below.key)
    elif below.kind is BelowKind.CIRCLE:
        yield from _circle_marks((x, y), below.key)
    else:
        yield from _letter_marks((x, y), below.letter, below.key)


def _letter_marks(center: Point, letter: str, key: str = "") -> Iterator[AnyMark]:
    """Yield a lettered disc."""
    yield Disc(center=center, radius=DISC, fill="surface", line="token_line", width=1.4, key=key)
    yield Label(text=letter, at=(center[0], center[1] + BASE), style="caption_strong", fill="text", key=key)


def _circle_marks(center: Point, key: str = "") -> Iterator[AnyMark]:
    """Yield a small circle with its middle: the circle was drawn."""
    yield Disc(center=center, radius=RING, line="token_line", width=1.4, key=key)
    yield Disc(center=center, radius=1.8, fill="token_line", key=key)


def _calendar_marks(center: Point, key: str = "") -> Iterator[AnyMark]:
    """Yield a small calendar with a cross: a session did not take place."""
    x, y, half = center[0], center[1], CALENDAR - 1.0
    top = y - half + 1.0
    corners = (x - half, top), (x + half, top), (x + half, y + half), (x - half, y + half)
    yield Polygon(points=corners, corner=1.5, line="text_soft", width=1.2, key=key)
    strokes: Iterable[tuple[Point, Point]] = (
        ((x - half, top + 3.2), (x + half, top + 3.2)),
        ((x - 2.6, top - 1.6), (x - 2.6, top + 1.2)),
        ((x + 2.6, top - 1.6), (x + 2.6, top + 1.2)),
        ((x - 1.7, y + 0.5), (x + 1.7, y + 3.9)),
        ((x + 1.7, y + 0.5), (x - 1.7, y + 3.9)),
    )
    for each in strokes:
        yield Line(points=each, line="text_soft", width=1.2, key=key)
