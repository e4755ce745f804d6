"""Pictures on paper: the display list drawn with ReportLab.

A picture's unit is a logical pixel, 0.75 pt at its natural size. Letters keep their size in points where it is made smaller to
fit, since nothing under 7 pt can be read; only a picture that is asked for larger has larger letters (`letters`).
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ipt_desktop.domain.picture import Anchor, AnyMark, ArcLabel, Disc, Label, Line, Measure, Picture, Point, Polygon
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.text import Line as TextLine
from ipt_desktop.reports.text import Style, set_line

NATURAL = 0.75
STYLES = {
    "label": Style("sans", 7.25, 9),
    "label_strong": Style("sans", 7.25, 9, bold=True),
    "relation": Style("sans", 7.25, 9),
    "caption": Style("sans", 7, 9),
    "caption_strong": Style("sans", 7, 9, bold=True),
    "initials": Style("sans", 7.25, 9, bold=True),
    "initials_small": Style("sans", 7, 9, bold=True),
}
HALO = 2.4  # the width of the line drawn behind letters, in points
_X_HEIGHT = 0.486  # of Source Sans: an arc runs through the middle of small letters
_ROUND = 0.5523  # a quarter circle as a cubic curve


def measure(fonts: Fonts) -> Measure:
    """Return how wide a text is on paper, in the units of a picture printed at its natural size."""

    def width(text: str, style: str) -> float:
        return set_line(text, _style(style), fonts).width / NATURAL

    return width


def draw_picture(picture: Picture, pen: Pen, fonts: Fonts, origin: Point, scale: float, letters: float = 1.0) -> None:
    """Draw a picture with its upper left corner at `origin` (points from the page's upper left), `scale` points a unit.

    `letters` is how many times their usual size its words are set in.
    """
    renderer = _Renderer(pen, fonts, origin, scale, letters)
    for mark in picture.marks:
        renderer.draw(mark)


class _Renderer:
    """Draws marks at one place and scale."""

    def __init__(self, pen: Pen, fonts: Fonts, origin: Point, scale: float, letters: float) -> None:
        self.pen, self.fonts, self.origin, self.scale, self.letters = pen, fonts, origin, scale, letters
        self.canvas = pen.canvas

    def draw(self, mark: AnyMark) -> None:
        self.canvas.saveState()
        match mark:
            case Disc():
                self._disc(mark)
            case Polygon():
                self._polygon(mark)
            case Line():
                self._line(mark)
            case Label():
                self._label(mark)
            case ArcLabel():
                self._arc_label(mark)
        self.canvas.restoreState()

    def _at(self, point: Point) -> Point:
        """Return a picture's point in the canvas's coordinates."""
        x, y = point
        return self.origin[0] + x * self.scale, self.pen.height - self.origin[1] - y * self.scale

    def _ink(self, mark: Disc | Polygon) -> dict[str, int]:
        """Set the colours and the line of a shape; return what to do with its path."""
        if mark.fill:
            self.canvas.setFillColor(self._colour(mark.fill, mark.alpha))
        self._stroke(mark.line, mark.width, mark.dash, mark.alpha)
        return {"fill": int(bool(mark.fill)), "stroke": int(bool(mark.line) and mark.width > 0)}

    def _stroke(self, role: str, width: float, dash: Sequence[float], alpha: float) -> None:
        if role:
            self.canvas.setStrokeColor(self._colour(role, alpha))
        self.canvas.setLineWidth(max(width * self.scale, 0.4))
        self.canvas.setLineJoin(1)
        if dash:
            self.canvas.setDash([part * self.scale for part in dash])

    def _colour(self, role: str, alpha: float) -> Any:
        """Return a role's colour as it looks on white; a page holds no transparency."""
        colour = self.pen.colour(role)
        return colour.clone(**{part: 1 - alpha + alpha * getattr(colour, part) for part in ("red", "green", "blue")})

    def _disc(self, mark: Disc) -> None:
        actions = self._ink(mark)
        self.canvas.circle(*self._at(mark.center), mark.radius * self.scale, **actions)

    def _polygon(self, mark: Polygon) -> None:
        if mark.clip:
            self.canvas.clipPath(self._rounded(mark.clip, mark.clip_corner), stroke=0, fill=0)
        actions = self._ink(mark)
        self.canvas.drawPath(self._rounded(mark.points, mark.corner), **actions)

    def _rounded(self, points: Sequence[Point], corner: float) -> Any:
        """Return the closed path through points, each corner an arc of radius `corner`, no longer than half a side."""
        path = self.canvas.beginPath()
        spots = [self._at(point) for point in points]
        for number, spot in enumerate(spots):
            start, end = _cut(spots[number - 1], spot, spots[(number + 1) % len(spots)], corner * self.scale)
            (path.lineTo if number else path.moveTo)(*start)
            if start != end:
                path.curveTo(*_towards(start, spot), *_towards(end, spot), *end)
        path.close()
        return path

    def _line(self, mark: Line) -> None:
        self._stroke(mark.line, mark.width, mark.dash, mark.alpha)
        if mark.dots:
            self.canvas.setLineCap(1)
            self.canvas.setDash([0, mark.dots * self.scale])
        path = self.canvas.beginPath()
        first, *rest = (self._at(point) for point in mark.points)
        path.moveTo(*first)
        for point in rest:
            path.lineTo(*point)
        self.canvas.drawPath(path, stroke=1, fill=0)

    def _label(self, mark: Label) -> None:
        line = set_line(mark.text, _style(mark.style, self.letters), self.fonts)
        x, y = self._at(mark.at)
        x -= line.width * {Anchor.START: 0, Anchor.MIDDLE: 0.5, Anchor.END: 1}[mark.anchor]
        if mark.halo:
            self._ground(mark.halo, line, x, y)
        self.canvas.setFillColor(self._colour(mark.fill, mark.alpha))
        self.pen.glyphs(line.runs, x, line.style.size, y)

    def _arc_label(self, mark: ArcLabel) -> None:
        """Write letter by letter along the arc, as one word for whoever reads the page aloud."""
        style = _style(mark.style, self.letters)
        letters = [set_line(letter, style, self.fonts) for letter in mark.text]
        center, radius = self._at(mark.center), mark.radius * self.scale
        turn = -1 if mark.is_flipped else 1
        baseline = radius - turn * style.size * _X_HEIGHT / 2
        along = -sum(letter.width for letter in letters) / 2
        self.canvas.addLiteral(f"/Span << /ActualText <FEFF{(mark.text + ' ').encode('utf-16-be').hex().upper()}> >> BDC")
        for letter in letters:
            angle = math.radians(mark.angle) + turn * (along + letter.width / 2) / radius
            self.canvas.saveState()
            self.canvas.translate(center[0] + baseline * math.sin(angle), center[1] + baseline * math.cos(angle))
            self.canvas.rotate((180 if mark.is_flipped else 0) - math.degrees(angle))
            if mark.halo:
                self._ground(mark.halo, letter, -letter.width / 2, 0)
            self.canvas.setFillColor(self._colour(mark.fill, mark.alpha))
            self.pen.glyphs(letter.runs, -letter.width / 2, style.size, 0)
            self.canvas.restoreState()
            along += letter.width
        self.canvas.addLiteral("EMC")

    def _ground(self, role: str, line: TextLine, x: float, y: float) -> None:
        """Clear the ground behind letters, so that no line crosses them; who reads the page aloud is not told twice."""
        self.canvas.saveState()
        self.canvas.setStrokeColor(self._colour(role, 1))
        self.canvas.setLineWidth(HALO * self.letters)
        self.canvas.setLineJoin(1)
        self.canvas.addLiteral("/Span << /ActualText <FEFF> >> BDC 1 Tr")
        self.pen.glyphs(line.runs, x, line.style.size, y)
        self.canvas.addLiteral("EMC")
        self.canvas.restoreState()


def _style(name: str, letters: float = 1.0) -> Style:
    style = STYLES.get(name, STYLES["label"])
    return style if letters == 1.0 else replace(style, size=style.size * letters, leading=style.leading * letters)


def _cut(before: Point, corner: Point, after: Point, radius: float) -> tuple[Point, Point]:
    """Return where the arc that rounds a corner leaves the side before it and meets the side after it."""
    sides = math.dist(before, corner), math.dist(corner, after)
    if not radius or not min(sides):
        return corner, corner
    cosine = sum((b - c) * (a - c) for b, c, a in zip(before, corner, after, strict=True)) / (sides[0] * sides[1])
    half = math.acos(max(-1.0, min(1.0, cosine))) / 2
    length = min(radius / math.tan(half) if half > 1e-6 else math.inf, min(sides) / 2)
    return _along(corner, before, length / sides[0]), _along(corner, after, length / sides[1])


def _towards(start: Point, corner: Point) -> Point:
    return _along(start, corner, _ROUND)


def _along(start: Point, end: Point, part: float) -> Point:
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
