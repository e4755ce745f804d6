"""Pictures as SVG: the display list drawn as a file of its own, which any browser shows.

Lines and letters are drawn where paper has them. The face is named, not enclosed; where it is missing another one is fitted
into the room that was measured, so that no word runs into its neighbour.
"""

import math
from collections.abc import Iterator, Mapping, Sequence

from ipt_desktop.domain.markup import escaped
from ipt_desktop.domain.picture import Anchor, AnyMark, ArcLabel, Disc, Label, Line, Measure, Picture, Point, Polygon
from ipt_desktop.reports.picture import HALO, NATURAL, STYLES

FACES = "'Source Sans 3', 'Source Sans Pro', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
_X_HEIGHT = 0.486
_ANCHORS = {Anchor.START: "start", Anchor.MIDDLE: "middle", Anchor.END: "end"}


def render_svg(
    picture: Picture, colours: Mapping[str, str], measure: Measure, *, title: str, language: str, scale: float = 1.0
) -> bytes:
    """Return a picture as SVG 1.1 in UTF-8, `scale` pixels a unit; `colours` maps roles to `#rrggbb`.

    `title` and the picture's description are what is read aloud. No id of a record stands in the file.
    """
    return "\n".join(_Renderer(colours, measure).lines(picture, title, language, scale)).encode()


class _Renderer:
    """Draws marks as elements."""

    def __init__(self, colours: Mapping[str, str], measure: Measure) -> None:
        self._colours = colours
        self._measure = measure
        self._clips = 0

    def lines(self, picture: Picture, title: str, language: str, scale: float) -> Iterator[str]:
        size = f'width="{_n(picture.width * scale)}" height="{_n(picture.height * scale)}"'
        box = f'viewBox="0 0 {_n(picture.width)} {_n(picture.height)}"'
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} role="img" xml:lang="{escaped(language)}">'
        yield f"<title>{escaped(title)}</title>"
        yield f"<desc>{escaped(picture.description)}</desc>"
        yield f'<rect width="100%" height="100%" fill="{self._colours["surface"]}"/>'
        yield f'<g font-family="{FACES}" stroke-linejoin="round">'
        for mark in picture.marks:
            yield from self._drawn(mark)
        yield "</g>"
        yield "</svg>\n"

    def _drawn(self, mark: AnyMark) -> Iterator[str]:
        match mark:
            case Disc():
                x, y = mark.center
                yield f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(mark.radius)}"{self._ink(mark)}/>'
            case Polygon():
                yield from self._polygon(mark)
            case Line():
                points = " ".join(f"{_n(x)},{_n(y)}" for x, y in mark.points)
                dash = (0.01, mark.dots) if mark.dots else mark.dash
                cap = ' stroke-linecap="round"' if mark.dots else ""
                yield f'<polyline points="{points}" fill="none"{self._stroke(mark.line, mark.width, dash, mark.alpha)}{cap}/>'
            case Label():
                yield from self._label(mark)
            case ArcLabel():
                yield from self._arc_label(mark)

    def _ink(self, mark: Disc | Polygon) -> str:
        fill = f' fill="{self._colours[mark.fill]}"{_opacity("fill", mark.alpha)}' if mark.fill else ' fill="none"'
        return fill + self._stroke(mark.line, mark.width, mark.dash, mark.alpha)

    def _stroke(self, role: str, width: float, dash: Sequence[float], alpha: float) -> str:
        if not role or not width:
            return ""
        dashes = f' stroke-dasharray="{" ".join(map(_n, dash))}"' if dash else ""
        return f' stroke="{self._colours[role]}" stroke-width="{_n(width)}"{_opacity("stroke", alpha)}{dashes}'

    def _polygon(self, mark: Polygon) -> Iterator[str]:
        clip = ""
        if mark.clip:
            self._clips += 1
            yield f'<clipPath id="clip{self._clips}"><path d="{_rounded(mark.clip, mark.clip_corner)}"/></clipPath>'
            clip = f' clip-path="url(#clip{self._clips})"'
        yield f'<path d="{_rounded(mark.points, mark.corner)}"{self._ink(mark)}{clip}/>'

    def _label(self, mark: Label) -> Iterator[str]:
        if not mark.text.strip():
            return
        x, y = mark.at
        width = self._measure(mark.text, mark.style)
        fitted = f' textLength="{_n(width)}" lengthAdjust="spacingAndGlyphs"' if width else ""
        place = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{_ANCHORS[mark.anchor]}"{self._type(mark.style)}{fitted}'
        yield from self._text(mark, place)

    def _arc_label(self, mark: ArcLabel) -> Iterator[str]:
        """Write a word letter by letter along its arc, as one text: each letter has its place and its turn."""
        size = _size(mark.style)
        sense = -1.0 if mark.is_flipped else 1.0
        baseline = mark.radius - sense * size * _X_HEIGHT / 2
        widths = [self._measure(letter, mark.style) for letter in mark.text]
        along = -sum(widths) / 2
        places: list[tuple[float, float, float]] = []
        for width in widths:
            turn = mark.angle + sense * math.degrees((along + width / 2) / mark.radius)
            upright = math.radians(turn + (180.0 if mark.is_flipped else 0.0))
            x = mark.center[0] + baseline * math.sin(math.radians(turn)) - width / 2 * math.cos(upright)
            y = mark.center[1] - baseline * math.cos(math.radians(turn)) - width / 2 * math.sin(upright)
            places.append((x, y, math.degrees(upright) % 360.0))
            along += width
        x_list, y_list, turns = (" ".join(map(_n, part)) for part in zip(*places, strict=True))
        yield from self._text(mark, f'x="{x_list}" y="{y_list}" rotate="{turns}"{self._type(mark.style)}')

    def _text(self, mark: Label | ArcLabel, place: str) -> Iterator[str]:
        """Write words, the ground round their letters cleared first; that is not read aloud."""
        words = escaped(mark.text)
        if mark.halo:
            halo = self._colours[mark.halo]
            ink = f'fill="{halo}" stroke="{halo}" stroke-width="{_n(HALO / NATURAL)}" aria-hidden="true"'
            yield f"<text {place} {ink}>{words}</text>"
        yield f'<text {place} fill="{self._colours[mark.fill]}"{_opacity("fill", mark.alpha)}>{words}</text>'

    def _type(self, style: str) -> str:
        weight = ' font-weight="600"' if STYLES.get(style, STYLES["label"]).bold else ""
        return f' font-size="{_n(_size(style))}"{weight}'


def _size(style: str) -> float:
    return STYLES.get(style, STYLES["label"]).size / NATURAL


def _opacity(what: str, alpha: float) -> str:
    return f' {what}-opacity="{_n(alpha)}"' if alpha != 1.0 else ""


def _n(number: float) -> str:
    """Return a number as short as it can be: two decimals are a hundredth of a pixel."""
    return f"{round(number, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def _rounded(points: Sequence[Point], corner: float) -> str:
    """Return a closed path whose corners are rounded by `corner`, half an edge at most."""
    parts = []
    for number, point in enumerate(points):
        enter = _toward(point, points[number - 1], corner)
        leave = _toward(point, points[(number + 1) % len(points)], corner)
        parts.append(f"{'L' if number else 'M'}{_spot(enter)}")
        if corner:
            parts.append(f"Q{_spot(point)} {_spot(leave)}")
    return " ".join([*parts, "Z"])


def _spot(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _toward(corner: Point, other: Point, length: float) -> Point:
    whole = math.dist(corner, other) or 1.0
    part = min(length, whole / 2) / whole
    return corner[0] + (other[0] - corner[0]) * part, corner[1] + (other[1] - corner[1]) * part
