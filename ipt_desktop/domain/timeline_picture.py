"""The timeline as a picture: lanes one below the other over one axis, drawn alike on screen and on paper.

The axis is laid out once for a scale; what is looked at is a part of it, so that moving along it draws the same list again.
Nothing covers anything else where there is room: what would stands in another row, and words give way before marks do.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ipt_desktop.domain.circle_style import CircleStyle
from ipt_desktop.domain.person_name import fitted
from ipt_desktop.domain.picture import Anchor, AnyMark, Disc, Label, Line, Measure, Picture, Point, Polygon
from ipt_desktop.domain.picture_sheet import moved
from ipt_desktop.domain.text import _
from ipt_desktop.domain.timeline import Entry, Form, Lane, Timeline, coincidence_words
from ipt_desktop.domain.timeline_axis import Axis, ticks
from ipt_desktop.domain.timeline_rows import GAP, Block, Seat, seated
from ipt_desktop.domain.token_shape import token_marks
from ipt_desktop.domain.told_when import Days

BAR, ROW, LINE_LANE, PADDING = 22.0, 26.0, 36.0, 4.0
DISC, DOT, TOKEN, INITIALS = 9.0, 2.6, 20.0, 10.0
TOKEN_REACH = 0.64
"""Of a token's size, how far its widest shape reaches from its middle."""
FOOT = 24.0
INSIDE = 46.0
"""The least width of a bar that lasts, whose words stand in it and may be cut."""
LEAST_BAR = 6.0
LEAST_WORDS = 26.0
MOST_ROWS, MOST_BEADS = 5, 10
"""Of bars, and of what stands at one point in time; of what finds no room there, how many there are is written."""
HEAD = 24.0
"""Above the lanes, where *today* is written."""
_COUNT = 34.0
"""How wide the number of what is not shown may be."""
_CORNER, _DASH = 4.0, (4.0, 3.0)
_BASE = 4.4
"""How far below the middle of a row the letters stand."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What it is laid out with: how wide words are, how tokens are drawn, and the room for the names of the lanes."""

    measure: Measure
    style: CircleStyle
    names: float = 102.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark is to be found: its box, and where its point in time lies."""

    key: str
    lane: int
    left: float
    top: float
    right: float
    bottom: float
    x: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar that may begin before what is looked at: its words then stand where that begins."""

    entry: Entry
    left: float
    right: float
    middle: float


@dataclass(frozen=True, slots=True)
class Strip:
    """The whole axis with all that stands on it; x is 0 where the axis begins. `lanes` are the top and height of each."""

    axis: Axis
    width: float
    height: float
    ground: tuple[AnyMark, ...]
    marks: tuple[AnyMark, ...]
    bars: tuple[Bar, ...]
    places: tuple[Place, ...]
    lanes: tuple[tuple[float, float], ...]
    today: float

    @property
    def everything(self) -> tuple[AnyMark, ...]:
        """All marks in the order they are drawn."""
        return self.ground + self.marks

    def at(self, x: float, y: float, reach: float = 3.0) -> Place | None:
        """Return what is at a place, the nearest in time where several are."""
        near = [
            each
            for each in self.places
            if each.left - reach <= x <= each.right + reach and each.top - reach <= y <= each.bottom + reach
        ]
        return min(near, key=lambda each: (max(each.left - x, x - each.right, 0.0), abs(each.x - x)), default=None)

    def place(self, key: str) -> Place | None:
        """Return where something is."""
        return next((each for each in self.places if each.key == key), None)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the lanes are drawn on. Words end where what is in sight ends (`sight`)."""

    axis: Axis
    width: float
    sheet: Sheet
    sight: tuple[float, float]

    def room_until(self, x: float) -> float:
        """Return how far it is from a place to the end of what is in sight; no end for what is not in it."""
        return self.sight[1] - x if self.sight[0] <= x <= self.sight[1] else self.width

    def room_since(self, x: float) -> float:
        """Return how far it is from the beginning of what is in sight to a place."""
        return x - self.sight[0] if self.sight[0] <= x <= self.sight[1] else 0.0


@dataclass(slots=True)
class _Drawn:
    """What one lane draws, and how high it is."""

    marks: list[AnyMark]
    places: list[Place]
    bars: list[Bar]
    height: float


def strip(
    shown: Timeline, days: Days, day: float, today: date, sheet: Sheet, sight: tuple[float, float] | None = None
) -> Strip:
    """Return the axis from one day to another, each day `day` units long, with all that stands on it.

    `sight` is where what is looked at begins and ends, all of it by default: no words are cut off by its edges.
    """
    axis = Axis(days[0], day)
    width = axis.x(days[1]) + day
    ground = _Ground(axis, width, sheet, sight or (0.0, width))
    marks: list[AnyMark] = []
    places: list[Place] = []
    bars: list[Bar] = []
    lanes: list[tuple[float, float]] = []
    top = HEAD
    for number, lane in enumerate(shown.lanes):
        drawn = _LANES[lane.form](lane, number, top, ground)
        marks += drawn.marks
        places += drawn.places
        bars += drawn.bars
        lanes.append((top, drawn.height))
        top += drawn.height
    lines = [*_grid(days, top, ground), *_lane_lines(lanes, 0.0, width)]
    now = axis.middle(today)
    lines.append(Line(points=((now, 2.0), (now, top)), line="accent", width=1.6, key="today"))
    marks += _today(now, ground)
    return Strip(axis, width, top + FOOT, tuple(lines), tuple(marks), tuple(bars), tuple(places), tuple(lanes), now)


def names(shown: Timeline, laid: Strip, sheet: Sheet, left: float = 0.0) -> list[AnyMark]:
    """Return the names of the lanes, at the left of the axis."""
    marks: list[AnyMark] = list(_lane_lines(laid.lanes, left, left + sheet.names))
    for lane, (top, height) in zip(shown.lanes, laid.lanes, strict=True):
        words = fitted(lane.title, sheet.names - GAP, lambda text: sheet.measure(text, "label"))
        at = left, top + height / 2 + _BASE
        marks.append(Label(text=words, at=at, style="label", fill="text_soft", anchor=Anchor.START))
    return marks


def years(days: Days, laid: Strip, left: float = 0.0) -> Label:
    """Return the year of what is in sight, or its first and last, below the names of the lanes."""
    first, last = days[0].year, days[1].year
    words = str(first) if first == last else f"{first}–{last}"
    at = left, laid.height - FOOT + 16.0
    return Label(text=words, at=at, style="caption_strong", fill="text_soft", anchor=Anchor.START)


def begun_before(laid: Strip, left: float, sheet: Sheet) -> list[AnyMark]:
    """Return the bars that go over the left edge of what is looked at, with their words where that begins."""
    marks: list[AnyMark] = []
    for bar in laid.bars:
        if bar.left < left < bar.right - LEAST_WORDS:
            marks += _bar_marks(bar, sheet, words_from=left)
    return marks


def timeline_picture(shown: Timeline, days: Days, today: date, sheet: Sheet, width: float) -> Picture:
    """Return a part of the timeline in a width, with the names of the lanes: what is not in it is left out or cut off."""
    axis_width = max(1.0, width - sheet.names)
    whole = (days[1] - days[0]).days + 1
    cut = Timeline(tuple(_cut_lane(each, days) for each in shown.lanes))
    laid = strip(cut, days, axis_width / whole, today, sheet)
    drawn = [moved(each, sheet.names, 0.0) for each in laid.everything if days[0] <= today <= days[1] or each.key != "today"]
    marks = (*names(cut, laid, sheet), years(days, laid), *drawn)
    return Picture(width, laid.height, marks, description(cut))


def description(shown: Timeline) -> str:
    """Return the timeline in words, lane by lane, for who hears it."""
    lanes = (
        _("{lane}: {entries}.").format(lane=lane.title, entries="; ".join(each.spoken for each in lane.entries))
        for lane in shown.lanes
        if lane.entries
    )
    return " ".join([*lanes, coincidence_words()])


def _cut_lane(lane: Lane, days: Days) -> Lane:
    inside = [each for each in lane.entries if each.last >= days[0] and each.first <= days[1]]
    kept = [each for each in inside if _is_bar(each, lane) or days[0] <= each.middle <= days[1]]
    cut = (replace(each, first=max(each.first, days[0]), last=min(each.last, days[1])) for each in kept)
    return replace(lane, entries=tuple(cut))


def _is_bar(entry: Entry, lane: Lane) -> bool:
    return entry.lasts or lane.form is Form.BARS


# -- the ground --------------------------------------------------------------------------------------------------------


def _grid(days: Days, height: float, ground: _Ground) -> Iterator[AnyMark]:
    axis, sheet = ground.axis, ground.sheet
    taken = float("-inf")
    width = axis.x(days[1]) + axis.day
    for tick in ticks(axis, days):
        if 0.0 <= tick.x <= width:
            yield Line(points=((tick.x, HEAD), (tick.x, height)), line="sector_line", width=1.0)
        wide = sheet.measure(tick.words, "caption")
        left = tick.words_x - wide / 2
        is_cut = any(left < edge < left + wide for edge in ground.sight)
        if is_cut or left < max(taken, 0.0) or left + wide > width:
            continue
        taken = left + wide + GAP
        style = "caption_strong" if tick.is_strong else "caption"
        yield Label(text=tick.words, at=(tick.words_x, height + 16.0), style=style, fill="text_soft")


def _lane_lines(lanes: Sequence[tuple[float, float]], left: float, right: float) -> Iterator[AnyMark]:
    for top, height in lanes:
        y = top + height
        yield Line(points=((left, y), (right, y)), line="line", width=1.0)


def _today(x: float, ground: _Ground) -> Iterator[AnyMark]:
    """Yield the word for today, right of its line; left of it where it would be cut off there."""
    word = _("today")
    width = ground.sheet.measure(word, "caption_strong") + 12.0
    left, top = (x - width if ground.room_until(x) < width or x + width > ground.width else x), 2.0
    box = (left, top), (left + width, top), (left + width, top + 18.0), (left, top + 18.0)
    yield Polygon(points=box, corner=_CORNER, fill="accent", key="today")
    yield Label(text=word, at=(left + width / 2, top + 13.2), style="caption_strong", fill="on_accent", key="today")


# -- lanes -------------------------------------------------------------------------------------------------------------


def _bars(lane: Lane, number: int, top: float, ground: _Ground) -> _Drawn:
    axis, sheet = ground.axis, ground.sheet
    drawn = _Drawn([], [], [], 0.0)
    below = 0
    for entries in _in_rows(lane.entries):
        spans = [_bar_span(each, axis) for each in entries]
        blocks = [
            Block(left, right, _words_beside(each, right - left, sheet))
            for each, (left, right) in zip(entries, spans, strict=True)
        ]
        seats = seated([replace(each, right=max(each.left, each.right - GAP)) for each in blocks], MOST_ROWS, ground.width)
        for entry, block, seat in zip(entries, blocks, seats, strict=True):
            middle = top + PADDING + (below + seat.row) * ROW + BAR / 2
            bar = Bar(entry, block.left, block.right, middle)
            if block.words:
                drawn.marks += _bar_shape(bar)
                drawn.marks += _words_of(entry, block, (middle, GAP - 2.0), seat, ground)
            else:
                drawn.marks += _bar_marks(bar, sheet)
                drawn.bars.append(bar)
            box = block.left, middle - BAR / 2, block.right, middle + BAR / 2
            drawn.places.append(Place(entry.key, number, *box, axis.middle(entry.first)))
        below += max((each.row for each in seats), default=-1) + 1
    drawn.height = max(1, below) * ROW + 2 * PADDING - (ROW - BAR)
    return drawn


def _in_rows(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield what belongs together in rows of its own: the phases of the treatment, then the rest."""
    phases: list[Entry] = []
    others: list[Entry] = []
    for each in entries:
        (phases if each.is_phase else others).append(each)
    yield from (group for group in (phases, others) if group)


def _bar_span(entry: Entry, axis: Axis) -> tuple[float, float]:
    left = axis.x(entry.first)
    right = axis.middle(entry.last) if entry.is_open else axis.x(entry.last) + axis.day
    return left, max(right, left + LEAST_BAR)


def _words_beside(entry: Entry, width: float, sheet: Sheet) -> float:
    """Return how wide the words are that stand beside a bar; 0 where there is room for them, or for their beginning, in it."""
    words = sheet.measure(entry.words, "label")
    has_room = words + 2 * GAP <= width or (entry.lasts and width >= INSIDE)
    return 0.0 if has_room else words


def _bar_shape(bar: Bar) -> Iterator[AnyMark]:
    entry = bar.entry
    left, right = bar.left + 0.75, bar.right - 0.75
    top, bottom = bar.middle - BAR / 2, bar.middle + BAR / 2
    fill = "surface" if entry.is_planned else "accent_soft" if entry.is_phase else "ring_1" if entry.lasts else "ring_3"
    yield Polygon(
        points=((left, top), (right, top), (right, bottom), (left, bottom)),
        corner=_CORNER,
        fill=fill,
        line="token_line",
        width=1.1,
        dash=_DASH if entry.is_planned or (not entry.lasts and entry.first != entry.last) else (),
        key=entry.key,
    )


def _bar_marks(bar: Bar, sheet: Sheet, words_from: float | None = None) -> Iterator[AnyMark]:
    """Yield a bar with its words in it."""
    yield from _bar_shape(bar)
    start = max(bar.left, words_from or bar.left) + GAP - 1.0
    words = _shortened(bar.entry.words, bar.right - start - PADDING, sheet)
    if words:
        at = start, bar.middle + _BASE
        yield Label(text=words, at=at, style="label", fill="text", anchor=Anchor.START, key=bar.entry.key)


def _words_of(entry: Entry, block: Block, at: tuple[float, float], seat: Seat, ground: _Ground) -> Iterator[AnyMark]:
    """Yield the words beside a mark: at its right, or where there is room for all of them only there, at its left.

    `at` is the middle of the row and the gap to the mark.
    """
    middle, away = at
    after = min(seat.room, ground.room_until(block.right) - away)
    before = min(seat.room_before, ground.room_since(block.left) - away)
    is_before = block.words > after and block.words <= before
    words = entry.words if is_before else _shortened(entry.words, after, ground.sheet)
    if words:
        x = block.left - away if is_before else block.right + away
        anchor = Anchor.END if is_before else Anchor.START
        yield Label(
            text=words, at=(x, middle + _BASE), style="label", fill="text", anchor=anchor, halo="surface", key=entry.key
        )


def _line(lane: Lane, number: int, top: float, ground: _Ground) -> _Drawn:
    axis = ground.axis
    drawn = _Drawn([], [], [], LINE_LANE)
    room = LINE_LANE - 14.0
    reach = (lane.high - lane.low) or 1.0

    def at(entry: Entry) -> Point:
        share = ((entry.value or 0.0) - lane.low) / reach
        return axis.middle(entry.first), top + LINE_LANE - 7.0 - share * room

    groups = [(group, [at(each) for each in group]) for group in _groups(lane.entries)]
    for group, points in groups:
        if len(points) > 1:
            drawn.marks.append(Line(points=tuple(points), line="series", width=2.0))
        for entry, (x, y) in zip(group, points, strict=True):
            dot = Disc(center=(x, y), radius=DOT, fill="series", line="surface", width=1.0, key=entry.key)
            drawn.marks.append(dot)
            drawn.places.append(Place(entry.key, number, x - 5.0, y - 5.0, x + 5.0, y + 5.0, x))
    drawn.marks += _ends(groups, ground.sheet)
    return drawn


def _groups(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield what one line goes through: the values of one course."""
    groups: dict[str, list[Entry]] = {}
    for each in entries:
        groups.setdefault(each.group, []).append(each)
    yield from groups.values()


def _ends(groups: Sequence[tuple[Sequence[Entry], Sequence[Point]]], sheet: Sheet) -> Iterator[AnyMark]:
    """Yield the first and the last value of each line, which alone are written: the latest first, and none over another."""
    told = [(group[-1], points[-1], Anchor.START) for group, points in reversed(groups)]
    told += [(group[0], points[0], Anchor.END) for group, points in groups if len(group) > 1]
    written: list[tuple[float, float]] = []
    for entry, (x, y), anchor in sorted(told, key=lambda each: each[0].first != groups[-1][0][-1].first):
        wide = sheet.measure(entry.words, "label_strong")
        left = x + 8.0 if anchor is Anchor.START else x - 8.0 - wide
        if any(left < right + 2.0 and other < left + wide + 2.0 for other, right in written):
            continue
        written.append((left, left + wide))
        at = left, y + _BASE
        yield Label(
            text=entry.words, at=at, style="label_strong", fill="text", anchor=Anchor.START, halo="surface", key=entry.key
        )


def _beads(lane: Lane, number: int, top: float, ground: _Ground) -> _Drawn:
    """Draw what stands at one point in time with its words at its right, and as a line how long that time may be."""
    drawn = _Drawn([], [], [], 0.0)
    axis, sheet = ground.axis, ground.sheet
    radius = TOKEN * TOKEN_REACH if lane.form is Form.TOKENS else DISC
    points = [_bead_at(each, axis) for each in lane.entries]
    blocks = [
        Block(x - radius, x + radius, sheet.measure(each.words, "label")) for each, x in zip(lane.entries, points, strict=True)
    ]
    seats = seated(blocks, MOST_BEADS, ground.width)
    if sum(each.is_covered for each in seats) == 1:  # a row of its own says more than "+1"
        seats = seated(blocks, MOST_BEADS + 1, ground.width)
    covered: list[tuple[Entry, float]] = []
    for entry, x, block, seat in zip(lane.entries, points, blocks, seats, strict=True):
        if seat.is_covered:
            covered.append((entry, x))
            continue
        middle = top + PADDING + seat.row * ROW + ROW / 2
        drawn.marks += _span_line(entry, middle + ROW / 2 - 2.5, axis)
        drawn.marks += _bead(entry, (x, middle), sheet)
        drawn.marks += _words_of(entry, block, (middle, GAP - 2.0), seat, ground)
        drawn.places.append(Place(entry.key, number, x - radius, middle - radius, x + radius, middle + radius, x))
    drawn.height = (max((each.row for each in seats), default=0) + 1) * ROW + 2 * PADDING
    if covered:
        _count(covered, number, top + drawn.height - PADDING, drawn)
        drawn.height += ROW
    return drawn


def _count(covered: Sequence[tuple[Entry, float]], number: int, top: float, drawn: _Drawn) -> None:
    """Write below the rows how many more there are where no room is left for them: "+7"; nearer, they show."""
    near: list[list[tuple[Entry, float]]] = []
    for each in sorted(covered, key=lambda told: told[1]):
        if near and each[1] - near[-1][0][1] < _COUNT:
            near[-1].append(each)
        else:
            near.append([each])
    middle = top + ROW / 2
    for group in near:
        x = group[0][1]
        words = _("+{count}").format(count=len(group))
        drawn.marks.append(
            Label(text=words, at=(x, middle + _BASE), style="label_strong", fill="text", halo="surface", key=group[0][0].key)
        )
        for entry, own in group:
            drawn.places.append(Place(entry.key, number, x - _COUNT / 2, middle - DISC, x + _COUNT / 2, middle + DISC, own))


def _bead_at(entry: Entry, axis: Axis) -> float:
    return axis.middle(entry.first) if entry.lasts else (axis.x(entry.first) + axis.x(entry.last) + axis.day) / 2


def _span_line(entry: Entry, y: float, axis: Axis) -> Iterator[AnyMark]:
    """Yield the time it lasted, or dashed the time it may have been in, where that is longer than its mark is wide."""
    left, right = axis.x(entry.first), axis.x(entry.last) + axis.day
    if right - left > 3 * DISC:
        dash = () if entry.lasts else (2.0, 2.0)
        yield Line(points=((left, y), (right, y)), line="tie", width=1.4, dash=dash, key=entry.key)


def _bead(entry: Entry, center: Point, sheet: Sheet) -> Iterator[AnyMark]:
    if entry.person is not None:
        plain = replace(entry.person, is_in_focus=False, is_group=False)
        small = replace(sheet.style.for_key(TOKEN), initials="initials_small", small_height=INITIALS)
        yield from token_marks(plain, entry.initials, center, small)
        return
    yield Disc(center=center, radius=DISC, fill="surface", line="token_line", width=1.4, key=entry.key)
    style = "caption_strong" if len(entry.letter) < 2 else "caption"
    yield Label(text=entry.letter, at=(center[0], center[1] + 4.0), style=style, fill="text", key=entry.key)


def _shortened(words: str, room: float, sheet: Sheet) -> str:
    """Return as much of the words as there is room for; "" where too little would be left to read."""
    if room < LEAST_WORDS:
        return words if sheet.measure(words, "label") <= room else ""
    return fitted(words, room, lambda text: sheet.measure(text, "label"))


_LANES: dict[Form, Callable[[Lane, int, float, _Ground], _Drawn]] = {
    Form.BARS: _bars,
    Form.LINE: _line,
    Form.DISCS: _beads,
    Form.TOKENS: _beads,
}
