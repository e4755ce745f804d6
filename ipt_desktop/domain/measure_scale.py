"""A measure's scale as a bar: its bands by name and range, the cut-off, and where the score is now and was at the start.

Each band has its name and range in words and each marker its own; the tints are a ground alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipt_desktop.domain.measure import Band
from ipt_desktop.domain.measure_words import said_score
from ipt_desktop.domain.picture import AnyMark, Label, Line, Measure, Picture, Polygon
from ipt_desktop.domain.text import _

BAR = 24.0
LINE = 12.5
ROWS = 3
"""Rows of words above the bar and of names below it, at most: what would overlap goes into the next one."""
GAP = 8.0
TRIANGLE = (14.0, 15.0)
DARKEST = 0.62
"""How much of the colour of lines the band of the worst scores has."""
EDGE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What is drawn: the range, its bands (the lowest first), and the scores that are marked.

    `is_whole`: scores are whole numbers, so a band ends halfway before the next one begins. `cutoff` is the line's value and
    `edge` where it lies; `start` is None where there is no other result to compare with.
    """

    lowest: float
    highest: float
    now: float
    bands: Sequence[Band] = ()
    is_whole: bool = True
    is_higher_better: bool = False
    start: float | None = None
    cutoff: float | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    """Words over or under a place of the bar."""

    text: str
    at: float
    style: str = "label"


def scale_picture(scale: Scale, width: float, measure: Measure) -> Picture:
    """Return the bar, as wide as that, with words above and below it; those that would overlap stand further off."""
    said = list(_markers(scale, width))
    above = _in_rows(said, width, measure)
    bands = [_Word(each.label, _middle(scale, place, width)) for place, each in enumerate(scale.bands)]
    ends = [_Word(said_score(scale.lowest), EDGE), _Word(said_score(scale.highest), width - EDGE)]
    below = _in_rows(bands or ends, width, measure)
    top = (max((row for _word, row, _x in above), default=0) + 1) * LINE + TRIANGLE[1] * 0.55
    marks: list[AnyMark] = [*_bar(scale, width, top), *_cutoff_line(scale, width, top)]
    marks += _triangles(scale, width, top)
    for word, row, x in above:
        y = top - TRIANGLE[1] * 0.55 - row * LINE - 3.0
        if row:
            marks.append(Line(points=((word.at, y + 3.0), (word.at, top)), line="line", width=0.8))
        marks.append(Label(text=word.text, at=(x, y), style=word.style, fill="text", halo="surface"))
    deepest = 0
    for number, (word, row, x) in enumerate(below):
        deepest = max(deepest, row)
        y = top + BAR + row * 2 * LINE + LINE
        if row:
            marks.append(Line(points=((word.at, top + BAR), (word.at, y - 9.0)), line="line", width=0.8))
        marks.append(Label(text=word.text, at=(x, y), style="label", fill="text", halo="surface"))
        if scale.bands:
            marks.append(
                Label(text=_range(scale.bands[number]), at=(x, y + LINE), style="caption", fill="text_soft", halo="surface")
            )
    lines = (deepest + 1) * (2 if scale.bands else 1)
    return Picture(width, top + BAR + lines * LINE + 4.0, tuple(marks), scale_words(scale))


def scale_words(scale: Scale) -> str:
    """Return the bar in words, for who hears it."""
    parts = [_("From {lowest} to {highest}").format(lowest=said_score(scale.lowest), highest=said_score(scale.highest))]
    parts += [f"{each.label} {_range(each)}" for each in scale.bands]
    parts += [word.text for word in _markers(scale, 1.0)]
    return ", ".join(parts)


def _range(band: Band) -> str:
    if band.lowest == band.highest:
        return said_score(band.lowest)
    return _("{lowest}–{highest}").format(lowest=said_score(band.lowest), highest=said_score(band.highest))


def _x(scale: Scale, value: float, width: float) -> float:
    share = (value - scale.lowest) / ((scale.highest - scale.lowest) or 1.0)
    return EDGE + min(max(share, 0.0), 1.0) * (width - 2 * EDGE)


def _begin(scale: Scale, place: int) -> float:
    """Return where a band begins: halfway from the last score of the one before."""
    if place == 0:
        return scale.lowest
    return scale.bands[place].lowest - (0.5 if scale.is_whole else 0.0)


def _end(scale: Scale, place: int) -> float:
    return scale.highest if place + 1 == len(scale.bands) else _begin(scale, place + 1)


def _middle(scale: Scale, place: int, width: float) -> float:
    return (_x(scale, _begin(scale, place), width) + _x(scale, _end(scale, place), width)) / 2


def _markers(scale: Scale, width: float) -> Iterator[_Word]:
    now = said_score(scale.now)
    if scale.start is not None and scale.start == scale.now:
        yield _Word(_("start and now {score}").format(score=now), _x(scale, scale.now, width), "label_strong")
    else:
        yield _Word(_("now {score}").format(score=now), _x(scale, scale.now, width), "label_strong")
        if scale.start is not None:
            words = _("start {score}").format(score=said_score(scale.start))
            yield _Word(words, _x(scale, scale.start, width))
    if scale.cutoff is not None:
        words = _("cut-off {score}").format(score=said_score(scale.cutoff))
        yield _Word(words, _x(scale, _cutoff_at(scale), width))


def _cutoff_at(scale: Scale) -> float:
    """Return where the line of the cut-off lies: before its score, halfway from the one below."""
    assert scale.cutoff is not None  # noqa: S101 - asked where there is one
    return scale.cutoff - (0.5 if scale.is_whole else 0.0)


def _in_rows(words: Sequence[_Word], width: float, measure: Measure) -> list[tuple[_Word, int, float]]:
    """Return each word with the row it has room in, the nearest first, and its middle, which keeps it within the picture."""
    taken: list[list[tuple[float, float]]] = [[] for _row in range(ROWS)]
    placed = []
    for word in words:
        half = measure(word.text, word.style) / 2
        x = min(max(word.at, half), width - half)
        span = (x - half - GAP / 2, x + half + GAP / 2)
        free = (row for row, others in enumerate(taken) if all(span[1] <= one[0] or span[0] >= one[1] for one in others))
        row = next(free, ROWS - 1)
        taken[row].append(span)
        placed.append((word, row, x))
    return placed


def _bar(scale: Scale, width: float, top: float) -> Iterator[AnyMark]:
    count = len(scale.bands)
    for place in range(count):
        left, right = (_x(scale, each(scale, place), width) for each in (_begin, _end))
        worse = count - 1 - place if scale.is_higher_better else place
        alpha = DARKEST * worse / max(count - 1, 1)
        yield _box(left, right, top, fill="line", alpha=alpha)
        yield _box(left, right, top, line="line")
    yield _box(EDGE, width - EDGE, top, line="control")


def _box(left: float, right: float, top: float, *, fill: str = "", line: str = "", alpha: float = 1.0) -> Polygon:
    points = ((left, top), (right, top), (right, top + BAR), (left, top + BAR))
    return Polygon(points=points, fill=fill, line=line, width=0.8, alpha=alpha)


def _cutoff_line(scale: Scale, width: float, top: float) -> Iterator[AnyMark]:
    if scale.cutoff is not None:
        x = _x(scale, _cutoff_at(scale), width)
        points = ((x, top - TRIANGLE[1] * 0.5), (x, top + BAR + 2.0))
        yield Line(points=points, line="text", width=1.3, dash=(4.0, 3.0))


def _triangles(scale: Scale, width: float, top: float) -> Iterator[AnyMark]:
    """Yield where the score was, hollow, and where it is, filled, on top of it."""
    if scale.start is not None and scale.start != scale.now:
        yield _triangle(_x(scale, scale.start, width), top, fill="surface")
    yield _triangle(_x(scale, scale.now, width), top, fill="text")


def _triangle(x: float, top: float, *, fill: str) -> Polygon:
    half, upper, tip = TRIANGLE[0] / 2, top - TRIANGLE[1] * 0.5, top + TRIANGLE[1] * 0.5
    return Polygon(points=((x - half, upper), (x + half, upper), (x, tip)), fill=fill, line="text", width=1.3)
