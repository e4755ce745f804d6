"""The key of the circle: the shapes, the marks and the ties in use, each with its word."""

from collections.abc import Callable, Iterator, Sequence

from ipt_desktop.domain.circle_layout import Box
from ipt_desktop.domain.circle_overlay import Row
from ipt_desktop.domain.circle_style import CircleStyle
from ipt_desktop.domain.picture import Anchor, AnyMark, Disc, Label, Line, Measure, Picture, Point, Polygon
from ipt_desktop.domain.records import Person, Tie, TieKind
from ipt_desktop.domain.relation import SHAPES
from ipt_desktop.domain.standing import Standing
from ipt_desktop.domain.text import _, marked
from ipt_desktop.domain.tie_line import tie_marks
from ipt_desktop.domain.tie_words import KIND_WORDS
from ipt_desktop.domain.token_shape import Ink, confidant_mark, conflict_mark, shape_mark, shape_of, token_marks

_ROW = 20.0
_SIZE = 15.0
_EDGE = 16.0

_SHAPE_WORDS = {
    "partner": marked("partner"),
    "family": marked("family"),
    "friend": marked("friend"),
    "work": marked("work"),
    "community": marked("community"),
    "professional": marked("professional"),
    "other": marked("other"),
}
_MARK_WORDS = {
    "client": marked("client"),
    "focus": marked("focus"),
    "wanted": marked("wanted"),
    "before": marked("before"),
    "died": marked("died"),
    "group": marked("group"),
    "confidant": marked("confidant"),
    "conflict": marked("conflict"),
}
_PRINT_WORDS = {
    "client": marked("client"),
    "focus": marked("focus of the work"),
    "wanted": marked("closeness wanted"),
    "before": marked("moved since the start"),
    "died": marked("has died"),
    "group": marked("a group"),
    "confidant": marked("confidant"),
    "conflict": marked("conflict"),
}
_LONG = {"wanted": 20.0, "before": 22.0}
"""How much further to the left a sample reaches that has a line before its mark."""

Sample = Callable[[Point], Sequence[AnyMark]]
Corner = tuple[list[AnyMark], Box]


def key_marks(
    standings: Sequence[Standing],
    ties: Sequence[Tie],
    marks_in_use: Sequence[str],
    style: CircleStyle,
    size: tuple[float, float],
    measure: Measure,
    above: float = 0.0,
) -> Iterator[Corner]:
    """Yield the key's corners with their boxes: shapes lower left, marks lower right, ties upper left while they show.

    `above` is the height of what stands over the circle and is no part of it.
    """
    used = {shape_of(each.person) for each in standings}
    shapes = [(shape, _(_SHAPE_WORDS[shape])) for shape in SHAPES if shape in used]
    width, height = size
    top = height - 14.0 - _ROW * (len(shapes) - 1)
    yield _column([(_shape_sample(shape), word, 15.0) for shape, word in shapes], (_EDGE + 8.0, top), measure, is_left=True)
    words = [(_mark_sample(name, style), _(_MARK_WORDS[name]), 16.0 + _LONG.get(name, 0.0)) for name in marks_in_use]
    top = height - 14.0 - _ROW * (len(words) - 1)
    yield _column(words, (width - _EDGE - 6.0, top), measure, is_left=False)
    kinds = {tie.kind for tie in ties}
    lines = [(_tie_sample(kind), _(word), 24.0) for kind, word in KIND_WORDS.items() if kind in kinds]
    yield _column(lines, (_EDGE + 15.0, above + 18.0), measure, is_left=True)


def overlay_corners(
    rows: Sequence[Row], ties: Sequence[Tie], width: float, measure: Measure, above: float = 0.0
) -> Iterator[Corner]:
    """Yield the corners in which what the overlay means may stand: upper right, else upper left under the ties.

    `above` is the height of what stands over the circle and is no part of it.
    """
    yield _column(rows, (width - _EDGE - 16.0, above + 20.0), measure, is_left=False)
    yield _column(rows, (_EDGE + 16.0, above + 20.0 + _ROW * len({tie.kind for tie in ties})), measure, is_left=True)


def key_picture(
    standings: Sequence[Standing],
    marks_in_use: Sequence[str],
    style: CircleStyle,
    width: float,
    measure: Measure,
    *,
    ties: Sequence[Tie] = (),
    moved: str = "",
    beside: Sequence[Row] = (),
    has_client: bool = True,
) -> Picture:
    """Return the key in centred rows, for a page that shows circles; `client` may be among the marks in use.

    Without `has_client` the page says itself who is in the middle.

    `ties` are those drawn; `moved` says since when people have moved, where that is not since the start; `beside` are the rows
    of what is shown beside the tokens.
    """
    print_words = {name: _(word) for name, word in _PRINT_WORDS.items()} | ({"before": moved} if moved else {})
    used = {shape_of(each.person) for each in standings}
    names = ["client", *(name for name in marks_in_use if name != "client")]
    entries = [(_mark_sample(names[0], style), print_words[names[0]], 0.0)] if has_client else []
    entries += [(_shape_sample(shape, fill="surface"), _(_SHAPE_WORDS[shape]), 0.0) for shape in SHAPES if shape in used]
    entries += [(_mark_sample(name, style), print_words[name], _LONG.get(name, 0.0)) for name in names[1:]]
    kinds = {tie.kind for tie in ties}
    entries += [
        (_tie_sample(kind, 13.0), _("tie: {kind}").format(kind=_(word)), 6.0)
        for kind, word in KIND_WORDS.items()
        if kind in kinds
    ]
    entries += [_beside_entry(*row) for row in beside]
    rows: list[list[tuple[Sample, str, float, float]]] = [[]]
    taken = 0.0
    for sample, word, lead in entries:
        needed = lead + 24.0 + measure(word, "relation") + 18.0
        if taken + needed > width and rows[-1]:
            rows.append([])
            taken = 0.0
        rows[-1].append((sample, word, lead, needed))
        taken += needed
    marks: list[AnyMark] = []
    for number, row in enumerate(rows):
        x = (width - sum(needed for *_rest, needed in row) + 18.0) / 2
        y = 10.0 + number * 19.0
        for sample, word, lead, needed in row:
            marks += sample((x + lead + 9.0, y))
            marks.append(_word(word, (x + lead + 23.0, y + 3.5), Anchor.START))
            x += needed
    words = ", ".join(word for _sample, word, _lead in entries)
    return Picture(width, 19.0 * len(rows) + 2.0, tuple(marks), description=words)


def _beside_entry(sample: Sample, word: str, gap: float) -> tuple[Sample, str, float]:
    """Return a row of the overlay as an entry, its sample so far from its word that neither covers the other."""
    away = max(0.0, gap - 14.0)
    return lambda at: sample((at[0] - away, at[1])), word, max(0.0, away * 2)


def _column(rows: Sequence[tuple[Sample, str, float]], at: Point, measure: Measure, *, is_left: bool) -> Corner:
    """Return samples under each other from `at` downwards, each with its word so far beside it."""
    marks: list[AnyMark] = []
    widest = 0.0
    x, top = at
    for number, (sample, word, gap) in enumerate(rows):
        y = top + number * _ROW
        marks += sample((x, y))
        anchor = Anchor.START if is_left else Anchor.END
        marks.append(_word(word, (x + gap if is_left else x - gap - 2.0, y + 4.0), anchor))
        widest = max(widest, measure(word, "relation") + gap)
    reach = widest + 4.0
    bottom = top + _ROW * len(rows)
    return marks, Box(x - 15.0, top - 10.0, x + reach, bottom) if is_left else Box(x - reach, top - 10.0, x + 15.0, bottom)


def _word(word: str, at: Point, anchor: Anchor) -> Label:
    return Label(text=word, at=at, style="relation", fill="text_soft", anchor=anchor, key="key")


def _shape_sample(shape: str, fill: str = "") -> Sample:
    ink = Ink(fill=fill or shape, line="token_line", width=1.2)
    return lambda at: [shape_mark(shape, at, 13.0, ink, key="key")]


def _tie_sample(kind: TieKind, half: float = 17.0) -> Sample:
    return lambda at: tie_marks(kind, 1.6, ((at[0] - half, at[1]), (at[0] + half, at[1])), (0.0, 0.0), key="key")


def _mark_sample(name: str, style: CircleStyle) -> Sample:
    line = Ink(line="token_line", width=1.2)

    def focus(at: Point) -> Sequence[AnyMark]:
        return [shape_mark("family", at, 9.0, line, key="key"), shape_mark("family", at, _SIZE + 1.0, line, key="key")]

    def wanted(at: Point) -> Sequence[AnyMark]:
        ink = Ink(fill="surface", line="accent_text", width=style.wanted_line, dash=style.wanted_dash)
        tip = (at[0] - 10.0, at[1])
        head = Polygon(points=(tip, (tip[0] - 7.0, tip[1] - 3.5), (tip[0] - 7.0, tip[1] + 3.5)), fill="accent_text", key="key")
        way = Line(points=((tip[0] - 16.0, tip[1]), (tip[0] - 7.0, tip[1])), line="accent_text", width=1.5, key="key")
        return [shape_mark("family", at, _SIZE, ink, key="key"), way, head]

    def before(at: Point) -> Sequence[AnyMark]:
        if style.is_printed:  # as it stands on the page: from the small token to where someone is now
            start, tip = (at[0] - 20.0, at[1]), (at[0] + 8.0, at[1])
            head = Polygon(points=(tip, (tip[0] - 6.0, tip[1] - 2.5), (tip[0] - 6.0, tip[1] + 2.5)), fill="tie", key="key")
            way = (start[0] + style.trail_ring + 2.0, start[1]), (tip[0] - 6.0, tip[1])
            small = Ink(fill="surface", line="ghost", width=style.before_line)
            dotted = Line(points=way, line="tie", width=style.arrow.width, dots=style.trail_dots, key="key")
            return [dotted, head, shape_mark("family", start, style.trail_ring * 2, small, key="key")]
        ring = Disc(center=at, radius=4.5, fill="surface", line="ghost", width=1.4, key="key")
        way = ((at[0] - 26.0, at[1]), (at[0] - 6.0, at[1]))
        return [Line(points=way, line="ghost", width=style.trail, dots=style.trail_dots, key="key"), ring]

    def died(at: Point) -> Sequence[AnyMark]:
        small = style.for_key(_SIZE)
        return token_marks(Person(client_id="", name="", relation="family", has_died=True), "", at, small, key="key")[:-1]

    def group(at: Point) -> Sequence[AnyMark]:
        ink = Ink(fill="surface", line="token_line", width=1.2)
        behind = (at[0] + 2.5, at[1] - 2.5)
        return [shape_mark("family", behind, 12.0, ink, key="key"), shape_mark("family", at, 12.0, ink, key="key")]

    def client(at: Point) -> Sequence[AnyMark]:
        return [Disc(center=at, radius=6.5, fill="token_line" if style.is_printed else "accent", key="key")]

    def confidant(at: Point) -> Sequence[AnyMark]:
        return [confidant_mark(at, style, "key")]

    def conflict(at: Point) -> Sequence[AnyMark]:
        return [conflict_mark(at, style, "key")]

    samples = {
        "focus": focus,
        "wanted": wanted,
        "before": before,
        "died": died,
        "group": group,
        "client": client,
        "confidant": confidant,
        "conflict": conflict,
    }
    return samples[name]
