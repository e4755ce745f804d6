"""Draws the display list of `domain.picture` with QPainter: pictures are the same on screen as on paper.

A list is compiled once (`PaintedMarks`) and painted as often as needed: what is dragged is repainted at each move of the
mouse, and building paths in Python would be the larger part of that.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPainterPath,
    QPen,
    QStaticText,
    QTextOption,
    QTransform,
)

from ipt_desktop.domain.picture import Anchor, AnyMark, ArcLabel, Disc, Label, Line, Measure, Point, Polygon
from ui.theme import Theme, tokens


@dataclass(frozen=True, slots=True)
class Inks:
    """What roles and styles look like: `color(role)` and `font(style)`."""

    color: Callable[[str], QColor]
    font: Callable[[str], QFont]


@cache
def theme_inks(theme: Theme) -> Inks:
    """Return a theme's colours with the type of pictures at 100 %: a view scales the whole picture with the text size."""
    plain = Theme(theme.name)

    @cache
    def font(style: str) -> QFont:
        if style == "name":
            made = plain.font("label")
            made.setWeight(QFont.Weight(tokens()["mark"]["label"]["weight"]))
        elif style == "relation":
            made = plain.font("caption")
            made.setWeight(QFont.Weight.Normal)
        else:
            made = plain.font(style)
        return made

    return Inks(cache(theme.color), font)


def measure_with(inks: Inks) -> Measure:
    """Return the `measure` a picture is laid out with."""

    @cache
    def metrics(style: str) -> QFontMetricsF:
        return QFontMetricsF(inks.font(style))

    @cache
    def measure(text: str, style: str) -> float:
        return float(metrics(style).horizontalAdvance(text))

    return measure


@dataclass(slots=True)
class _Shape:
    """A path to draw."""

    path: QPainterPath
    pen: QPen
    brush: QBrush

    def paint(self, painter: QPainter, *, has_halo: bool = True) -> None:
        painter.setPen(self.pen)
        painter.setBrush(self.brush)
        painter.drawPath(self.path)

    def bounds(self) -> QRectF:
        reach = self.pen.widthF() / 2 + 1.0 if self.pen.style() is not Qt.PenStyle.NoPen else 1.0
        return self.path.boundingRect().adjusted(-reach, -reach, reach, reach)


@dataclass(slots=True)
class _Disc:
    """A disc to draw; the painter does it faster than a path."""

    center: QPointF
    radius: float
    pen: QPen
    brush: QBrush

    def paint(self, painter: QPainter, *, has_halo: bool = True) -> None:
        painter.setPen(self.pen)
        painter.setBrush(self.brush)
        painter.drawEllipse(self.center, self.radius, self.radius)

    def bounds(self) -> QRectF:
        reach = self.radius + self.pen.widthF() / 2 + 1.0
        return QRectF(self.center.x() - reach, self.center.y() - reach, 2 * reach, 2 * reach)


_ROUND = tuple((math.cos(turn * math.tau / 8), math.sin(turn * math.tau / 8)) for turn in range(8))


@dataclass(frozen=True, slots=True)
class _Halo:
    """What is drawn behind letters: with which pen, and where from them."""

    pen: QPen
    round: tuple[QPointF, ...]


@dataclass(slots=True)
class _Words:
    """A line of text to draw, with the fill behind it drawn round its letters first.

    Stroking the letters' outlines looks the same and takes nine tenths of the time of a whole circle.
    """

    at: QPointF
    text: QStaticText
    font: QFont
    pen: QPen
    box: QRectF
    halo: _Halo | None

    def paint(self, painter: QPainter, *, has_halo: bool = True) -> None:
        painter.setFont(self.font)
        if self.halo is not None and has_halo:
            painter.setPen(self.halo.pen)
            for away in self.halo.round:
                painter.drawStaticText(self.at + away, self.text)
        painter.setPen(self.pen)
        painter.drawStaticText(self.at, self.text)

    def bounds(self) -> QRectF:
        return self.box


_NO_PEN = QPen(Qt.PenStyle.NoPen)
_NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)
_UNTURNED = QTransform()


class _Tools:
    """Pens, brushes and measures of one theme, each made once: a circle of sixty people asks for hundreds of the same few."""

    def __init__(self, inks: Inks) -> None:
        spec = tokens()["mark"]["label"]
        self.spread: float = spec["halo"] / 2
        self._alpha: float = spec["halo_alpha"] / 2
        self._round = tuple(QPointF(across * self.spread, down * self.spread) for across, down in _ROUND)
        self._inks = inks
        self.option = QTextOption()  # a line that begins with a name in Arabic is not turned round
        self.option.setTextDirection(QGuiApplication.layoutDirection())
        self.pen, self.brush = cache(self._pen), cache(self._brush)
        self.ink, self.halo, self.type = cache(self._ink), cache(self._halo), cache(self._type)

    def _color(self, role: str, alpha: float = 1.0) -> QColor:
        color = QColor(self._inks.color(role))
        color.setAlphaF(color.alphaF() * alpha)
        return color

    def _pen(self, role: str, width: float, dash: tuple[float, ...] = (), dots: float = 0.0) -> QPen:
        if not role or not width:
            return _NO_PEN
        pen = QPen(self._color(role), width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dots:
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setDashPattern([0.01, dots / width])
        elif dash:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern([length / width for length in dash])
        return pen

    def _brush(self, role: str, alpha: float) -> QBrush:
        return QBrush(self._color(role, alpha)) if role else _NO_BRUSH

    def _ink(self, role: str, alpha: float) -> QPen:
        return QPen(self._color(role, alpha))

    def _halo(self, role: str) -> _Halo | None:
        return _Halo(QPen(self._color(role, self._alpha)), self._round) if role else None

    def _type(self, style: str) -> tuple[QFont, QFontMetricsF]:
        font = self._inks.font(style)
        return font, QFontMetricsF(font)


_tools = lru_cache(maxsize=4)(_Tools)
"""Those of the inks last used: none of them holds a word."""


class PaintedMarks:
    """Marks compiled for one theme; `origin` of the picture becomes (0, 0)."""

    def __init__(self, marks: Iterable[AnyMark], inks: Inks, origin: Point = (0.0, 0.0)) -> None:
        self._tools = _tools(inks)
        self._origin = origin
        self._drawn: list[_Shape | _Disc | _Words] = []
        self._spans: list[tuple[float, float]] | None = None
        for mark in marks:
            self._add(mark)

    def paint(self, painter: QPainter, *, has_halo: bool = True) -> None:
        """Paint all marks; the painter's antialiasing is the caller's. Without `has_halo` no fill goes behind letters."""
        for each in self._drawn:
            each.paint(painter, has_halo=has_halo)

    def paint_between(self, painter: QPainter, left: float, right: float) -> None:
        """Paint what stands between two places across: of a long list that is moved along, the rest is out of sight."""
        if self._spans is None:
            boxes = [each.bounds() for each in self._drawn]
            self._spans = [(box.left(), box.right()) for box in boxes]
        for (first, last), each in zip(self._spans, self._drawn, strict=True):
            if last >= left and first <= right:
                each.paint(painter)

    def bounds(self) -> QRectF:
        """Return the box that holds every mark with its lines."""
        box = QRectF()
        for each in self._drawn:
            box = box.united(each.bounds())
        return box

    def _point(self, point: Point) -> QPointF:
        return QPointF(point[0] - self._origin[0], point[1] - self._origin[1])

    def _places(self, points: tuple[Point, ...]) -> list[Point]:
        left, top = self._origin
        return [(x - left, y - top) for x, y in points]

    def _add(self, mark: AnyMark) -> None:
        match mark:
            case Disc():
                pen, brush = self._tools.pen(mark.line, mark.width, mark.dash), self._tools.brush(mark.fill, mark.alpha)
                self._drawn.append(_Disc(self._point(mark.center), mark.radius, pen, brush))
            case Polygon():
                self._add_polygon(mark)
            case Line():
                path = QPainterPath(self._point(mark.points[0]))
                for point in mark.points[1:]:
                    path.lineTo(self._point(point))
                self._drawn.append(_Shape(path, self._tools.pen(mark.line, mark.width, mark.dash, mark.dots), _NO_BRUSH))
            case Label():
                self._add_label(mark)
            case ArcLabel():
                self._add_arc_label(mark)

    def _add_polygon(self, mark: Polygon) -> None:
        path = _rounded(self._places(mark.points), mark.corner)
        if mark.clip:
            path = path.intersected(_rounded(self._places(mark.clip), mark.clip_corner))
        pen, brush = self._tools.pen(mark.line, mark.width, mark.dash), self._tools.brush(mark.fill, mark.alpha)
        self._drawn.append(_Shape(path, pen, brush))

    def _add_label(self, mark: Label) -> None:
        tools = self._tools
        font, metrics = tools.type(mark.style)
        width = metrics.horizontalAdvance(mark.text)
        back = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[mark.anchor]
        at = self._point(mark.at) - QPointF(back, 0.0)
        spread = tools.spread
        box = QRectF(at.x(), at.y() - metrics.ascent(), width, metrics.height()).adjusted(-spread, -spread, spread, spread)
        words = QStaticText(mark.text)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setTextOption(tools.option)
        words.prepare(_UNTURNED, font)
        top = at - QPointF(0.0, metrics.ascent())
        self._drawn.append(_Words(top, words, font, tools.ink(mark.fill, mark.alpha), box, tools.halo(mark.halo)))

    def _add_arc_label(self, mark: ArcLabel) -> None:
        """Set letter by letter along the arc; `radius` runs through the middle of small letters."""
        font, metrics = self._tools.type(mark.style)
        drop = metrics.xHeight() / 2
        sense = -1.0 if mark.is_flipped else 1.0
        center, baseline = self._point(mark.center), mark.radius - sense * drop
        widths = [metrics.horizontalAdvance(letter) for letter in mark.text]
        turn = mark.angle - sense * math.degrees(sum(widths) / 2 / mark.radius)
        whole = QPainterPath()
        for letter, width in zip(mark.text, widths, strict=True):
            turn += sense * math.degrees(width / 2 / mark.radius)
            path = QPainterPath()
            path.addText(QPointF(-width / 2, 0.0), font, letter)
            place = QTransform().translate(center.x(), center.y()).rotate(turn).translate(0.0, -baseline)
            whole.addPath((place.rotate(180.0) if mark.is_flipped else place).map(path))
            turn += sense * math.degrees(width / 2 / mark.radius)
        self._drawn.append(_Shape(whole, _NO_PEN, self._tools.brush(mark.fill, mark.alpha)))


def _rounded(places: list[Point], corner: float) -> QPainterPath:
    """Return a closed path through these corners, each rounded by `corner` as far as its edges allow."""
    path = QPainterPath()
    for index, place in enumerate(places):
        enter = _toward(place, places[index - 1], corner)
        if index == 0:
            path.moveTo(*enter)
        else:
            path.lineTo(*enter)
        if corner:
            path.quadTo(*place, *_toward(place, places[(index + 1) % len(places)], corner))
    path.closeSubpath()
    return path


def _toward(corner: Point, other: Point, length: float) -> Point:
    """Return the point on an edge this far from its corner, half-way at most."""
    across, down = other[0] - corner[0], other[1] - corner[1]
    whole = math.hypot(across, down) or 1.0
    share = min(length, whole / 2) / whole
    return corner[0] + across * share, corner[1] + down * share


def paint_marks(painter: QPainter, marks: Iterable[AnyMark], inks: Inks) -> None:
    """Paint a display list once."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    PaintedMarks(marks, inks).paint(painter)
