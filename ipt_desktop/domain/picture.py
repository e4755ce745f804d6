"""A picture is a display list: marks by role and position, drawn alike on screen, paper and in a file.

Units are logical pixels with y downwards; a renderer scales. A mark never holds a colour: `fill` and `line` name roles of
`resources/themes/tokens.toml` (`accent`, `token_line`, `ring_1` …), so a theme or a printer decides. Angles are degrees
clockwise from twelve o'clock.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Point = tuple[float, float]
Measure = Callable[[str, str], float]
"""`measure(text, style) -> width`: how wide a text is in a style, in the picture's units."""


class Anchor(StrEnum):
    """Which part of a label stands at its position."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What all marks share. `key` names the thing the mark belongs to (`person:<id>`, `ring:1`, `key`), or is empty."""

    key: str = ""
    alpha: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc(Mark):
    """A circle."""

    center: Point
    radius: float
    fill: str = ""
    line: str = ""
    width: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Polygon(Mark):
    """A closed shape whose corners are rounded by `corner`."""

    points: tuple[Point, ...]
    corner: float = 0.0
    fill: str = ""
    line: str = ""
    width: float = 0.0
    dash: tuple[float, ...] = ()
    clip: tuple[Point, ...] = ()
    """When given: the outline (its corners rounded by `clip_corner`) the polygon is clipped to."""
    clip_corner: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Mark):
    """An open line through points; `dots` draws round dots every so many units instead of a stroke."""

    points: tuple[Point, ...]
    line: str
    width: float
    dash: tuple[float, ...] = ()
    dots: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(Mark):
    """One straight line of text whose baseline starts, centres or ends at `at`.

    `style` names a text style the renderer knows (`label`, `label_strong`, `caption`, `initials` …); `halo` is the role
    drawn behind the letters, so that a line never crosses them.
    """

    text: str
    at: Point
    style: str
    fill: str
    anchor: Anchor = Anchor.MIDDLE
    halo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArcLabel(Mark):
    """Text along a circle round `center`, its middle at `angle`; `is_flipped` reads from below (lower half)."""

    text: str
    center: Point
    radius: float
    angle: float
    style: str
    fill: str
    is_flipped: bool = False
    halo: str = ""


AnyMark = Disc | Polygon | Line | Label | ArcLabel


@dataclass(frozen=True, slots=True)
class Picture:
    """Marks in drawing order, in a box of `width` × `height` units; `description` is its text equivalent."""

    width: float
    height: float
    marks: tuple[AnyMark, ...]
    description: str = ""
