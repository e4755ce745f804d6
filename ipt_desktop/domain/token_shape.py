"""The token of a person: a shape by relation, of equal area so that none shouts, with what is drawn on and round it."""

import math
from dataclasses import dataclass

from ipt_desktop.domain.circle_style import CircleStyle, Outline
from ipt_desktop.domain.picture import Anchor, AnyMark, Disc, Label, Point, Polygon
from ipt_desktop.domain.records import Person
from ipt_desktop.domain.relation import relation


@dataclass(frozen=True, slots=True)
class _Form:
    """A regular polygon: its corners, where the first stands, its circumradius and corner rounding for a diameter of 32."""

    corners: int
    first: float
    radius: float
    rounding: float


# Circumradii give each form the area of a disc of diameter 32.
_FORMS = {
    "partner": _Form(4, 0.0, 20.05, 4.0),
    "friend": _Form(4, 45.0, 20.05, 7.0),
    "work": _Form(6, 0.0, 17.6, 3.0),
    "community": _Form(5, 0.0, 18.4, 3.0),
    "professional": _Form(8, 22.5, 16.86, 2.0),
}
_UNIT = 32.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """With which roles a shape is drawn."""

    fill: str = ""
    line: str = ""
    width: float = 0.0
    dash: tuple[float, ...] = ()
    alpha: float = 1.0


def shape_of(person: Person) -> str:
    """Return the key of the person's shape."""
    return relation(person.relation).shape


def shape_mark(shape: str, center: Point, size: float, ink: Ink, *, grow: float = 0.0, key: str = "") -> Disc | Polygon:
    """Return the outline of a shape of this nominal diameter, grown on all sides by `grow`."""
    if shape == "family":
        radius = size / 2 + grow
        return Disc(
            center=center, radius=radius, fill=ink.fill, line=ink.line, width=ink.width, dash=ink.dash, alpha=ink.alpha, key=key
        )
    points, corner = _corners(shape, center, size, grow)
    return Polygon(
        points=points, corner=corner, fill=ink.fill, line=ink.line, width=ink.width, dash=ink.dash, alpha=ink.alpha, key=key
    )


def _corners(shape: str, center: Point, size: float, grow: float) -> tuple[tuple[Point, ...], float]:
    """Return the corner points of a shape and their rounding."""
    scale = size / _UNIT
    form = _FORMS.get(shape)
    if form is None:  # a pill, 1.25 wide and 0.8 high; and the disc, as corners for clipping
        if shape == "family":
            return _regular(32, 0.0, size / 2 + grow, center), 0.0
        across, up = size * 0.625 + grow, size * 0.4 + grow
        x, y = center
        return ((x - across, y - up), (x + across, y - up), (x + across, y + up), (x - across, y + up)), up
    radius = form.radius * scale + grow / math.cos(math.pi / form.corners)
    return _regular(form.corners, form.first, radius, center), form.rounding * scale + grow


def _regular(corners: int, first: float, radius: float, center: Point) -> tuple[Point, ...]:
    turns = (math.radians(first + 360.0 * index / corners) for index in range(corners))
    return tuple((center[0] + radius * math.sin(turn), center[1] - radius * math.cos(turn)) for turn in turns)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenState:
    """How a token is shown at this moment; `is_pale` where someone else is spoken of.

    `is_confidant` and `has_conflict` are marks on its edge: they belong to a sitting, not to the person.
    """

    is_selected: bool = False
    has_keyboard: bool = False
    is_pale: bool = False
    is_confidant: bool = False
    has_conflict: bool = False


def token_marks(
    person: Person, initials: str, center: Point, style: CircleStyle, state: TokenState | None = None, key: str = ""
) -> tuple[AnyMark, ...]:
    """Return a person's token, inside out: shape, ribbon, initials, second outline, selection, keyboard focus, edge marks."""
    state = state or TokenState()
    shape = shape_of(person)
    tint = "gone" if person.has_died else "surface" if style.is_printed else shape
    ink = Ink(
        fill=tint,
        line="ring_line" if state.is_pale else "token_line",
        width=style.pale_line if state.is_pale else style.line,
        alpha=style.pale if state.is_pale else 1.0,
    )
    marks: list[AnyMark] = []
    if person.is_group:
        behind = (center[0] + style.group_behind[0], center[1] + style.group_behind[1])
        back = Ink(fill=ink.fill, line=ink.line, width=style.group_line, alpha=ink.alpha)
        marks.append(shape_mark(shape, behind, style.token, back, key=key))
    marks.append(shape_mark(shape, center, style.token, ink, key=key))
    if person.has_died:
        marks += _ribbon(shape, center, style, ink, key)
    at = (center[0], center[1] + style.small_height * 0.36)
    marks.append(Label(text=initials, at=at, style=style.initials, fill="text_soft" if state.is_pale else "text", key=key))
    return (*marks, *outline_marks(person, center, style, state, key), *edge_marks(center, style, state, key))


def edge_marks(center: Point, style: CircleStyle, state: TokenState, key: str) -> list[AnyMark]:
    """Return the marks on a token's edge: confidant lower left, conflict lower right, clear of ribbon and group above."""
    out = style.token / 2 * math.sqrt(0.5) + style.edge_mark * 0.1
    alpha = style.pale if state.is_pale else 1.0
    marks: list[AnyMark] = []
    if state.is_confidant:
        marks.append(confidant_mark((center[0] - out, center[1] + out), style, key, alpha))
    if state.has_conflict:
        marks.append(conflict_mark((center[0] + out, center[1] + out), style, key, alpha))
    return marks


# Corners for an edge mark of size 1, round its middle.
_BUBBLE = ((-0.5, -0.42), (0.5, -0.42), (0.5, 0.24), (0.02, 0.24), (-0.26, 0.52), (-0.26, 0.24), (-0.5, 0.24))
_BOLT = ((0.16, -0.72), (-0.46, 0.12), (-0.08, 0.12), (-0.18, 0.72), (0.46, -0.18), (0.08, -0.18))


def confidant_mark(at: Point, style: CircleStyle, key: str = "", alpha: float = 1.0) -> Polygon:
    """Return the speech bubble of someone the client confides in."""
    points = tuple((at[0] + x * style.edge_mark, at[1] + y * style.edge_mark) for x, y in _BUBBLE)
    return Polygon(
        points=points, corner=1.2, fill="surface", line="token_line", width=style.edge_line + 0.2, alpha=alpha, key=key
    )


def conflict_mark(at: Point, style: CircleStyle, key: str = "", alpha: float = 1.0) -> Polygon:
    """Return the bolt of someone with whom there is conflict."""
    points = tuple((at[0] + x * style.edge_mark, at[1] + y * style.edge_mark) for x, y in _BOLT)
    return Polygon(points=points, fill="token_line", line="surface", width=style.edge_line, alpha=alpha, key=key)


def outline_marks(person: Person, center: Point, style: CircleStyle, state: TokenState, key: str = "") -> list[AnyMark]:
    """Return the lines round a token: focus of the work, selection, keyboard."""
    shape = shape_of(person)
    lines: list[tuple[str, Outline]] = []
    if person.is_in_focus:
        lines.append(("token_line", style.focus))
    if state.is_selected:
        gap = style.selected_gap_with_focus if person.is_in_focus else style.selected.gap
        lines.append(("accent", Outline(width=style.selected.width, gap=gap)))
    if state.has_keyboard:
        beyond = lines[-1][1].gap + 4.0 if lines else 0.0
        lines.append(("focus", Outline(width=style.keyboard.width, gap=max(style.keyboard.gap, beyond))))
    size = style.token
    return [
        shape_mark(shape, center, size, Ink(line=role, width=outline.width), grow=outline.gap, key=key)
        for role, outline in lines
    ]


def _ribbon(shape: str, center: Point, style: CircleStyle, ink: Ink, key: str) -> list[AnyMark]:
    """Return the mourning ribbon over the upper right corner, clipped to the shape, and the shape's line over it."""
    clip, corner = _corners(shape, center, style.token, 0.0)
    middle, half, reach = style.token * 0.34, style.ribbon / 2, style.token
    slope = math.sqrt(0.5)

    def place(along: float, out: float) -> Point:
        return center[0] + (out + along) * slope, center[1] - (out - along) * slope

    band = (
        place(-reach, middle - half),
        place(reach, middle - half),
        place(reach, middle + half),
        place(-reach, middle + half),
    )
    ribbon = Polygon(points=band, fill="token_line", clip=clip, clip_corner=corner, alpha=ink.alpha, key=key)
    edge = shape_mark(shape, center, style.token, Ink(line=ink.line, width=ink.width), key=key)
    return [ribbon, edge]


def wanted_mark(person: Person, center: Point, style: CircleStyle, key: str = "") -> Disc | Polygon:
    """Return the hollow dashed token of a closeness wanted: the person's shape, no initials."""
    ink = Ink(fill="surface", line="accent_text", width=style.wanted_line, dash=style.wanted_dash)
    return shape_mark(shape_of(person), center, style.wanted_size, ink, key=key)


def before_marks(person: Person, initials: str, center: Point, style: CircleStyle, key: str = "") -> tuple[AnyMark, ...]:
    """Return the small white token that stands where a person stood."""
    ink = Ink(fill="surface", line="ghost", width=style.before_line)
    if style.is_printed:
        return (shape_mark(shape_of(person), center, style.trail_ring * 2, ink, key=key),)
    at = (center[0], center[1] + style.small_height * 0.36)
    return (
        shape_mark(shape_of(person), center, style.token * style.before_scale, ink, key=key),
        Label(text=initials, at=at, style="initials", fill="text_soft", anchor=Anchor.MIDDLE, key=key),
    )
