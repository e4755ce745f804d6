"""The chart of one score as a picture: bands, cut-off, phases and what happened, with the results over a common axis.

It is drawn alike on screen and on paper. Words never cover one another and stay inside; where there is no room for all of them,
lines and marks stay and words give way. Nothing says of itself what is good.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ipt_desktop.domain.chart_axis import ChartAxis
from ipt_desktop.domain.chart_foot import BASE, DISC, ROW, Below, below_marks, seated_below, tick_labels
from ipt_desktop.domain.chart_room import Box, Room
from ipt_desktop.domain.measure import Band
from ipt_desktop.domain.measure_series import Series
from ipt_desktop.domain.measure_words import said_score
from ipt_desktop.domain.person_name import fitted
from ipt_desktop.domain.picture import Anchor, AnyMark, Disc, Label, Line, Measure, Picture, Polygon
from ipt_desktop.domain.text import _

LINE, MARKER = 2.25, 3.5
PLOT = 138.0
"""How high the box of the scores is where nothing else is asked for."""
STEPS = 5
"""In how many steps the ground darkens."""
HEAD, TICKS, GAP = 18.0, 20.0, 8.0
_LETTERS = 14.0
_HATCHING = 7.0
"""From one line of a hatching to the next, across."""
_WIDEST_NAMES = 0.3
"""The share of the width that the names of the bands have at most."""


@dataclass(frozen=True, slots=True)
class PointPlace:
    """Where a result is drawn."""

    result_id: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Manner:
    """How a score is drawn where several are told apart without colour: a dashed line with squares, or a plain one with discs.

    Besides the first and the last value every so many are written (`every`; 0 for none). What stands on the axis is left out
    where it `has_ticks` beneath another chart alone.
    """

    is_dashed: bool = False
    every: int = 0
    has_ticks: bool = True


SCREEN = Manner()


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
    return Margins(max(lefts) + GAP, right + GAP if right else DISC)


def measure_chart(
    series: Series,
    axis: ChartAxis,
    below: Sequence[Below],
    measure: Measure,
    size: tuple[float, float],
    shared: Margins | None = None,
    manner: Manner = SCREEN,
) -> MeasureChart:
    """Lay out a score in a width and height; `measure` tells how wide words are. Results beyond the axis are left out.

    A height of 0 is as much as it takes.
    """
    width, height = size
    room_beside = shared or margins([series], measure, width)
    across = room_beside.left, width - room_beside.right
    values = _axis_values(series)
    names = [(band, _band_words(band, measure, width * _WIDEST_NAMES)) for band in series.bands]
    rows, seats = seated_below(below, across)
    foot = (TICKS if manner.has_ticks else 0.0) + rows * ROW
    top = HEAD if axis.phases else GAP
    height = height or top + PLOT + foot
    plot = Box(across[0], top, across[1], max(height - foot, top + 3 * _LETTERS))
    frame = _Frame(plot, series.range, width, height)
    points = _points(series, axis, frame)
    room = Room(Box(plot.left, plot.top - 2.0, plot.right, plot.bottom))
    for each in axis.phases:
        room.upright(frame.x(each.place), plot.top, plot.bottom)
    results = [*_series(points, room, manner)]
    ends = [*_values(series, points, room, measure, manner.every)]
    lines, words = _lines(series, points, frame, room, measure)
    drawn = [
        *_bands(series, names, frame),
        *_hatched(axis, plot),
        *_scale(values, frame),
        *_phases(axis, frame, measure),
        *lines,
        *results,
        *_haloed([*ends, *words], series, frame),
        *(_ticks(axis, frame, measure) if manner.has_ticks else ()),
        *(mark for each, x, row in seats for mark in below_marks(each, x, plot.bottom + TICKS + row * ROW + DISC + 1.0)),
    ]
    boxes = tuple(
        (each.key, Box(x - DISC, plot.bottom + TICKS + row * ROW, x + DISC, plot.bottom + TICKS + row * ROW + 2 * DISC))
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
            yield Line(points=((plot.left, bottom), (plot.right, bottom)), line="sector_line", width=1.0)
        middles.append((top + bottom) / 2 + BASE)
    for (_band, words), y in zip(reversed(names), _apart(middles[::-1], plot.top + 10.0, plot.bottom), strict=True):
        if words and y is not None:
            yield Label(text=words, at=(plot.right + GAP, y), style="caption", fill="text_soft", anchor=Anchor.START)


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
        middle = each.at[1] - BASE
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
            at = plot.left - GAP + 1.0, y + BASE
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


def _hatched(axis: ChartAxis, plot: Box) -> Iterator[AnyMark]:
    """Yield the lines of a hatching over each time without a session."""
    high = plot.bottom - plot.top
    for first, last in axis.gaps:
        left, right = (plot.left + place * (plot.right - plot.left) for place in (first, last))
        foot = left - high + _HATCHING / 2  # where a line that rises to the right begins at the bottom
        while foot < right:
            start, end = max(foot, left), min(foot + high, right)
            points = (start, plot.bottom - (start - foot)), (end, plot.bottom - (end - foot))
            yield Line(points=points, line="hatching", width=0.8, key="gap")
            foot += _HATCHING


def _ticks(axis: ChartAxis, frame: _Frame, measure: Measure) -> Iterator[AnyMark]:
    plot = frame.plot
    ticks = axis.ticks(plot.right - plot.left)
    yield from tick_labels(ticks, (plot.left, plot.right), frame.width, plot.bottom + 16.0, measure)


# -- the results -------------------------------------------------------------------------------------------------------


def _points(series: Series, axis: ChartAxis, frame: _Frame) -> tuple[PointPlace, ...]:
    """Return where the results are in the order of time, those of one time side by side."""
    placed = [(each, axis.place(each.on, each.session_id)) for each in series.results]
    known = sorted(((each, frame.x(place)) for each, place in placed if place is not None), key=lambda told: told[1])
    found: list[PointPlace] = []
    while known:
        together = [each for each, x in known if abs(x - known[0][1]) < 0.01]
        x = known[0][1]
        wide = axis.step * (frame.plot.right - frame.plot.left) * 0.7
        gap = min(2 * MARKER + 2.0, max(wide, 4.0) / len(together))
        start = x - gap * (len(together) - 1) / 2
        for number, each in enumerate(together):
            found.append(
                PointPlace(each.id, min(max(start + gap * number, frame.plot.left), frame.plot.right), frame.y(each.value))
            )
        known = [each for each in known if each[0] not in together]
    return tuple(found)


def _series(points: Sequence[PointPlace], room: Room, manner: Manner) -> Iterator[AnyMark]:
    corners = tuple((each.x, each.y) for each in points)
    if len(corners) > 1:
        yield Line(points=corners, line="series", width=LINE, dash=_DASHES if manner.is_dashed else (), key="series")
    radius = marker_radius(points)
    for each in points:
        yield _marker(each, radius, manner)
        room.mark(each.x, each.y, radius)
    room.line(corners)


def _marker(point: PointPlace, radius: float, manner: Manner) -> AnyMark:
    key, x, y = f"point:{point.result_id}", point.x, point.y
    if not manner.is_dashed:
        return Disc(center=(x, y), radius=radius, fill="series", line="surface", width=1.0, key=key)
    corners = (x - radius, y - radius), (x + radius, y - radius), (x + radius, y + radius), (x - radius, y + radius)
    return Polygon(points=corners, fill="surface", line="series", width=1.6, key=key)


def marker_radius(points: Sequence[PointPlace]) -> float:
    """Return how large the markers are: smaller where they stand close."""
    if len(points) < 2:
        return MARKER
    near = (points[-1].x - points[0].x) / (len(points) - 1)
    return min(MARKER, max(1.2, near * 0.45))


def _values(series: Series, points: Sequence[PointPlace], room: Room, measure: Measure, every: int) -> Iterator[AnyMark]:
    """Yield the values of the first and the last result, and of every so many between, where they cover least."""
    values = {each.id: each.value for each in series.results}
    between = points[every - 1 : -1 : every] if every else ()
    for point in dict.fromkeys((points[0], points[-1], *between)) if points else ():
        words = said_score(values[point.result_id])
        half = measure(words, "label_strong") / 2
        away = MARKER + 5.0
        places = [(point.x, point.y - away), (point.x, point.y + away + 9.0)]
        places += [(point.x + side * (half + away), point.y + drop) for side in (1, -1) for drop in (BASE, -away, away + 9.0)]
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
    for each in told:
        room.level(frame.y(each.value), each.left, plot.right)
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


_DASHES = (5.0, 3.0)
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
