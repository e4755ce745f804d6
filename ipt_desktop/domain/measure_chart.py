"""The chart of one score as a picture: bands, cut-off, phases and what happened, with the results over a common axis.

It is drawn alike on screen and on paper. Words never cover one another and stay inside; where there is no room for all of them,
lines and marks stay and words give way. Nothing says of itself what is good.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ipt_desktop.domain.chart_axis import ChartAxis, Tick
from ipt_desktop.domain.chart_room import Box, Room
from ipt_desktop.domain.measure import Band
from ipt_desktop.domain.measure_series import Series
from ipt_desktop.domain.measure_words import said_score
from ipt_desktop.domain.person_name import fitted
from ipt_desktop.domain.picture import Anchor, AnyMark, Disc, Label, Line, Measure, Picture, Point, Polygon
from ipt_desktop.domain.text import _

LINE, MARKER = 2.25, 3.5
DISC, CALENDAR, RING = 8.5, 6.5, 5.5
_NUDGE = 5.0
"""How far a mark may stand beside its place, so that those near one another have one row."""
ROW = 21.0
"""The height of a row of marks under the axis."""
MOST_ROWS = 3
PLOT = 138.0
"""How high the box of the scores is where nothing else is asked for."""
STEPS = 5
"""In how many steps the ground darkens."""
_HEAD, _TICKS, _GAP = 18.0, 20.0, 8.0
_LETTERS, _BASE = 14.0, 4.2
_WIDEST_NAMES = 0.3
"""The share of the width that the names of the bands have at most."""


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


@dataclass(frozen=True, slots=True)
class PointPlace:
    """Where a result is drawn."""

    result_id: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class MeasureChart:
    """A chart as it is laid out: the picture, where its results and what happened are, and the box of the scores."""

    picture: Picture
    points: tuple[PointPlace, ...]
    below: tuple[tuple[str, Box], ...]
    plot: Box

    def nearest(self, x: float, y: float, reach: float = 9.0) -> PointPlace | None:
        """Return the result at a place, the nearest of several."""
        near = [each for each in self.points if max(abs(each.x - x), abs(each.y - y)) <= reach]
        return min(near, key=lambda each: (each.x - x) ** 2 + (each.y - y) ** 2, default=None)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The box of the scores and what places are in it."""

    plot: Box
    range: tuple[float, float]
    width: float
    height: float

    def x(self, place: float) -> float:
        return self.plot.left + place * (self.plot.right - self.plot.left)

    def y(self, value: float) -> float:
        lowest, highest = self.range
        share = (value - lowest) / ((highest - lowest) or 1.0)
        return self.plot.bottom - share * (self.plot.bottom - self.plot.top)


@dataclass(frozen=True, slots=True)
class Margins:
    """The room left of the scores for numbers and right of them for the names of the bands; charts of one axis share it."""

    left: float
    right: float


def margins(every: Iterable[Series], measure: Measure, width: float) -> Margins:
    """Return the room that several charts of a width need."""
    lefts, rights = [0.0], [0.0]
    for series in every:
        lefts += [measure(said_score(each), "caption") for each in _axis_values(series)]
        rights += [measure(_band_words(each, measure, width * _WIDEST_NAMES), "caption") for each in series.bands]
    right = max(rights)
    return Margins(max(lefts) + _GAP, right + _GAP if right else DISC)


def measure_chart(
    series: Series,
    axis: ChartAxis,
    below: Sequence[Below],
    measure: Measure,
    size: tuple[float, float],
    shared: Margins | None = None,
) -> MeasureChart:
    """Lay out a score in a width and height; `measure` tells how wide words are. Results beyond the axis are left out.

    A height of 0 is as much as it takes.
    """
    width, height = size
    room_beside = shared or margins([series], measure, width)
    across = room_beside.left, width - room_beside.right
    values = _axis_values(series)
    names = [(band, _band_words(band, measure, width * _WIDEST_NAMES)) for band in series.bands]
    rows, seats = _seated(below, across)
    foot = _TICKS + rows * ROW
    top = _HEAD if axis.phases else _GAP
    height = height or top + PLOT + foot
    plot = Box(across[0], top, across[1], max(height - foot, top + 3 * _LETTERS))
    frame = _Frame(plot, series.range, width, height)
    points = _points(series, axis, frame)
    room = Room(Box(plot.left, plot.top - 2.0, plot.right, plot.bottom))
    for each in axis.phases:
        room.upright(frame.x(each.place), plot.top, plot.bottom)
    results = [*_series(points, room)]
    ends = [*_ends(series, points, room, measure)]
    lines, words = _lines(series, points, frame, room, measure)
    drawn = [
        *_bands(series, names, frame),
        *_scale(values, frame),
        *_phases(axis, frame, measure),
        *lines,
        *results,
        *_haloed([*ends, *words], series, frame),
        *_ticks(axis.ticks(plot.right - plot.left), frame, measure),
        *(mark for each, x, row in seats for mark in _below_marks(each, x, plot.bottom + _TICKS + row * ROW + DISC + 1.0)),
    ]
    boxes = tuple(
        (each.key, Box(x - DISC, plot.bottom + _TICKS + row * ROW, x + DISC, plot.bottom + _TICKS + row * ROW + 2 * DISC))
        for each, x, row in seats
    )
    return MeasureChart(Picture(width, height, tuple(drawn)), points, boxes, plot)


# -- the ground --------------------------------------------------------------------------------------------------------


def band_step(number: int, count: int, *, is_higher_better: bool = False) -> int:
    """Return how dark a band is, 0 to 4: the least severe is the lightest, and fewer bands are spread over the steps."""
    place = count - 1 - number if is_higher_better else number
    return round(place * (STEPS - 1) / (count - 1)) if count > 1 else 0


def _band_words(band: Band, measure: Measure, room: float) -> str:
    """Return "moderate 10–14"; where that is too wide, its long words are cut: "mod. severe 15–19"."""
    numbers = f"{said_score(band.lowest)}–{said_score(band.highest)}"
    label = _(band.label)
    words = f"{label} {numbers}"
    if measure(words, "caption") <= room:
        return words
    *first, last = label.split()
    short = " ".join([*(f"{each[:3]}." if len(each) > 4 else each for each in first), last])
    if measure(f"{short} {numbers}", "caption") <= room:
        return f"{short} {numbers}"
    cut = fitted(short, room - measure(f" {numbers}", "caption"), lambda text: measure(text, "caption"))
    return f"{cut} {numbers}" if cut else numbers if measure(numbers, "caption") <= room else ""


def _bands(series: Series, names: Sequence[tuple[Band, str]], frame: _Frame) -> Iterator[AnyMark]:
    plot, count = frame.plot, len(names)
    middles: list[float] = []
    for number, (band, _words) in enumerate(names):
        upper = names[number + 1][0].lowest if number + 1 < count else frame.range[1]
        lower = band.lowest if number else frame.range[0]
        top, bottom = frame.y(min(upper, frame.range[1])), frame.y(lower)
        step = band_step(number, count, is_higher_better=series.measure.is_higher_better)
        corners = (plot.left, top), (plot.right, top), (plot.right, bottom), (plot.left, bottom)
        yield Polygon(points=corners, fill=f"band_{step}", key=f"band:{number}")
        if number:
            yield Line(points=((plot.left, bottom), (plot.right, bottom)), line="line", width=1.0)
        middles.append((top + bottom) / 2 + _BASE)
    for (_band, words), y in zip(reversed(names), _apart(middles[::-1], plot.top + 10.0, plot.bottom), strict=True):
        if words and y is not None:
            yield Label(text=words, at=(plot.right + _GAP, y), style="caption", fill="text_soft", anchor=Anchor.START)


def _apart(wanted: Sequence[float], first: float, last: float) -> list[float | None]:
    """Return baselines from above to below that are far enough from one another; None for what there is no room for."""
    fits = max(0, int((last - first) / _LETTERS) + 1)
    kept = wanted[:fits]
    placed: list[float] = []
    for y in kept:
        placed.append(max(y, first, placed[-1] + _LETTERS if placed else first))
    limit = last
    for number in reversed(range(len(placed))):
        placed[number] = min(placed[number], limit)
        limit = placed[number] - _LETTERS
    return [*placed, *([None] * (len(wanted) - len(kept)))]


def _haloed(words: Iterable[AnyMark], series: Series, frame: _Frame) -> Iterator[AnyMark]:
    """Yield words with the ground they stand on behind their letters, so that no line runs through them."""
    bands = series.bands
    for each in words:
        if not isinstance(each, Label):
            continue
        middle = each.at[1] - _BASE
        number = sum(middle < frame.y(band.lowest) for band in bands[1:])
        step = band_step(number, len(bands), is_higher_better=series.measure.is_higher_better)
        yield replace(each, halo=f"band_{step}" if bands else "surface")


def _axis_values(series: Series) -> list[float]:
    """Return the scores written at the left: both ends and where bands begin, else round ones between."""
    lowest, highest = series.range
    if series.bands:
        inner = [each.lowest for each in series.bands]
    else:
        step = _round_step((highest - lowest) / 4)
        inner = [lowest + step * number for number in range(1, 8)]
    return sorted({lowest, highest, *(each for each in inner if lowest < each < highest)})


def _round_step(least: float) -> float:
    size = 0.1
    while True:
        for factor in (1, 2, 5):
            if size * factor >= least:
                return size * factor
        size *= 10


def _scale(values: Sequence[float], frame: _Frame) -> Iterator[AnyMark]:
    plot = frame.plot
    written: list[float] = []
    for each in (values[0], values[-1], *values[1:-1]):
        y = frame.y(each)
        if all(abs(y - other) >= _LETTERS for other in written):
            written.append(y)
            at = plot.left - _GAP + 1.0, y + _BASE
            yield Label(text=said_score(each), at=at, style="caption", fill="text_soft", anchor=Anchor.END)
    yield Line(points=((plot.left, plot.bottom), (plot.right, plot.bottom)), line="control", width=1.0, key="axis")


def _phases(axis: ChartAxis, frame: _Frame, measure: Measure) -> Iterator[AnyMark]:
    plot = frame.plot
    for number, each in enumerate(axis.phases):
        x = frame.x(each.place)
        if each.place > 0.0:
            yield Line(points=((x, 2.0), (x, plot.bottom)), line="series_soft", width=1.0, dash=(2.0, 3.0), key="phase")
        is_last = number + 1 == len(axis.phases)
        room = (frame.width if is_last else frame.x(axis.phases[number + 1].place)) - x - 10.0
        words = fitted(each.words, room, lambda text: measure(text, "caption"))
        if words == each.words or len(words) > 3:
            left = x + (5.0 if each.place > 0.0 else 0.0)
            yield Label(text=words, at=(left, 12.0), style="caption", fill="text_soft", anchor=Anchor.START)


def _ticks(ticks: Sequence[Tick], frame: _Frame, measure: Measure) -> Iterator[AnyMark]:
    """Yield the words below the axis: those that are kept first, then every so many of the rest as there is room for."""
    y = frame.plot.bottom + 16.0
    spans: list[tuple[float, float]] = []
    written: list[Tick] = []

    def fits(tick: Tick) -> bool:
        half = measure(tick.words, _tick_style(tick)) / 2 + 3.0
        left, right = frame.x(tick.place) - half, frame.x(tick.place) + half
        inside = left >= -3.0 and right <= frame.width + 3.0
        if not inside or any(left < other_right and right > other_left for other_left, other_right in spans):
            return False
        spans.append((left, right))
        return True

    written += [each for each in sorted(ticks, key=lambda each: not each.is_strong) if each.is_kept and fits(each)]
    rest = [each for each in ticks if not each.is_kept]
    widest = max((measure(each.words, "caption") for each in ticks), default=0.0) + 6.0
    room = (frame.plot.right - frame.plot.left) / max(len(ticks), 1)
    every = next((each for each in (1, 2, 5, 10, 20, 50, 100) if each * room >= widest), 100)
    written += [each for each in rest if (every == 1 or not _is_odd(each, every)) and fits(each)]
    for tick in sorted(written, key=lambda each: each.place):
        role = "text" if tick.is_strong else "text_soft"
        yield Label(text=tick.words, at=(frame.x(tick.place), y), style=_tick_style(tick), fill=role)


def _is_odd(tick: Tick, every: int) -> bool:
    """Whether it is a number that is passed over where only every so many are written."""
    return tick.words.isdigit() and int(tick.words) % every != 0


def _tick_style(tick: Tick) -> str:
    return "caption_strong" if tick.is_strong else "caption"


# -- the results -------------------------------------------------------------------------------------------------------


def _points(series: Series, axis: ChartAxis, frame: _Frame) -> tuple[PointPlace, ...]:
    """Return where the results are, those of one time side by side."""
    placed = [(each, axis.place(each.on, each.session_id)) for each in series.results]
    known = [(each, frame.x(place)) for each, place in placed if place is not None]
    found: list[PointPlace] = []
    while known:
        together = [each for each, x in known if abs(x - known[0][1]) < 0.5]
        x = known[0][1]
        wide = axis.step * (frame.plot.right - frame.plot.left) * 0.7
        gap = min(2 * MARKER + 2.0, max(wide, 4.0) / len(together))
        start = x - gap * (len(together) - 1) / 2
        for number, each in enumerate(together):
            found.append(
                PointPlace(each.id, min(max(start + gap * number, frame.plot.left), frame.plot.right), frame.y(each.value))
            )
        known = [each for each in known if each[0] not in together]
    return tuple(sorted(found, key=lambda each: each.x))


def _series(points: Sequence[PointPlace], room: Room) -> Iterator[AnyMark]:
    corners = tuple((each.x, each.y) for each in points)
    if len(corners) > 1:
        yield Line(points=corners, line="series", width=LINE, key="series")
    radius = marker_radius(points)
    for each in points:
        yield Disc(
            center=(each.x, each.y), radius=radius, fill="series", line="surface", width=1.0, key=f"point:{each.result_id}"
        )
        room.mark(each.x, each.y, radius)
    room.line(corners)


def marker_radius(points: Sequence[PointPlace]) -> float:
    """Return how large the markers are: smaller where they stand close."""
    if len(points) < 2:
        return MARKER
    near = (points[-1].x - points[0].x) / (len(points) - 1)
    return min(MARKER, max(1.2, near * 0.45))


def _ends(series: Series, points: Sequence[PointPlace], room: Room, measure: Measure) -> Iterator[AnyMark]:
    """Yield the values of the first and the last result, where they cover least."""
    values = {each.id: each.value for each in series.results}
    for point in dict.fromkeys((points[0], points[-1])) if points else ():
        words = said_score(values[point.result_id])
        half = measure(words, "label_strong") / 2
        away = MARKER + 5.0
        places = [(point.x, point.y - away), (point.x, point.y + away + 9.0)]
        places += [(point.x + side * (half + away), point.y + drop) for side in (1, -1) for drop in (_BASE, -away, away + 9.0)]
        yield from room.put(words, "label_strong", "text", places, half, key=f"value:{point.result_id}")


def _lines(
    series: Series, points: Sequence[PointPlace], frame: _Frame, room: Room, measure: Measure
) -> tuple[list[AnyMark], list[AnyMark]]:
    """Return the cut-off, and from where on a change is reliable, and their words: those of the upper line above it."""
    plot, told = frame.plot, []
    if series.cutoff is not None:
        told.append(_Told(series.cutoff, _("cut-off {score}"), plot.left, "cutoff"))
    if series.reliable_at is not None and points:
        told.append(_Told(series.reliable_at, _reliable_words(series), points[0].x, "reliable"))
    upper = max((each.value for each in told), default=0.0)
    lines: list[AnyMark] = []
    said: list[AnyMark] = []
    for each in told:
        y, words = frame.y(each.value), each.words.format(score=said_score(each.value))
        role, dash, width = _STROKES[each.key]
        lines.append(Line(points=((each.left, y), (plot.right, y)), line=role, width=width, dash=dash, key=each.key))
        half = measure(words, "caption") / 2
        ways = (y - 4.0, y + 12.0) if each.value == upper and len(told) > 1 else (y + 12.0, y - 4.0)
        wide = plot.right - plot.left
        across = [plot.right - half - 5.0, *(plot.left + share * wide for share in (0.72, 0.6, 0.4)), each.left + half + 8.0]
        places = [(x, way) for x in across for way in ways]
        said += room.put(words, "caption", "text_soft", places, half, key=f"{each.key}:words")
    return lines, said


@dataclass(frozen=True, slots=True)
class _Told:
    """A line at a score, with its words, from a place on."""

    value: float
    words: str
    left: float
    key: str


_STROKES = {"cutoff": ("series_soft", (5.0, 3.0), 1.2), "reliable": ("accent", (1.5, 3.0), 1.4)}


def _reliable_words(series: Series) -> str:
    """Return "reliable at {score} or less": from which score on a change from the first one counts."""
    threshold = series.threshold
    is_better = series.measure.is_higher_better
    if threshold is not None and threshold.word:
        words = _("{word} at {{score}} or more") if is_better else _("{word} at {{score}} or less")
        return words.format(word=threshold.word)
    if threshold is not None and threshold.is_estimated:
        return _("reliable at {score} or more, estimated") if is_better else _("reliable at {score} or less, estimated")
    return _("reliable at {score} or more") if is_better else _("reliable at {score} or less")


# -- under the axis ----------------------------------------------------------------------------------------------------


def _seated(below: Sequence[Below], across: tuple[float, float]) -> tuple[int, list[tuple[Below, float, int]]]:
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


def _below_marks(below: Below, x: float, y: float) -> Iterator[AnyMark]:
    if below.kind is BelowKind.ABSENT:
        yield from calendar_marks((x, y), below.key)
    elif below.kind is BelowKind.CIRCLE:
        yield from circle_marks((x, y), below.key)
    else:
        yield from letter_marks((x, y), below.letter, below.key)


def letter_marks(center: Point, letter: str, key: str = "") -> Iterator[AnyMark]:
    """Yield a lettered disc."""
    yield Disc(center=center, radius=DISC, fill="surface", line="token_line", width=1.4, key=key)
    yield Label(text=letter, at=(center[0], center[1] + _BASE), style="caption_strong", fill="text", key=key)


def circle_marks(center: Point, key: str = "") -> Iterator[AnyMark]:
    """Yield a small circle with its middle: the circle was drawn."""
    yield Disc(center=center, radius=RING, line="token_line", width=1.4, key=key)
    yield Disc(center=center, radius=1.8, fill="token_line", key=key)


def calendar_marks(center: Point, key: str = "") -> Iterator[AnyMark]:
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
