"""A sheet of pictures: several put together into one display list, as a file holds them."""

from collections.abc import Sequence
from dataclasses import replace

from ipt_desktop.domain.picture import AnyMark, ArcLabel, Disc, Label, Line, Measure, Picture, Point, Polygon

LINE = 13.0
"""From one line of words to the next, in units."""


def sheet(rows: Sequence[Sequence[Picture]], *, margin: float = 0.0, gap: float = 0.0) -> Picture:
    """Return pictures in rows under each other, each row centred, with `gap` between all and `margin` round them."""
    filled = [row for row in rows if row]
    width = max((sum(each.width for each in row) + gap * (len(row) - 1) for row in filled), default=0.0)
    marks: list[AnyMark] = []
    top = margin
    for row in filled:
        left = margin + (width - sum(each.width for each in row) - gap * (len(row) - 1)) / 2
        for each in row:
            marks += [moved(mark, left, top) for mark in each.marks]
            left += each.width + gap
        top += max(each.height for each in row) + gap
    words = ". ".join(each.description for row in filled for each in row if each.description)
    return Picture(width + 2 * margin, max(top - gap, margin) + margin, tuple(marks), words)


def words_picture(lines: Sequence[tuple[str, str, str]], width: float, measure: Measure) -> Picture:
    """Return centred lines of (text, style, fill); what is wider than the picture goes on below."""
    labels: list[Label] = []
    for text, style, fill in lines:
        for line in _broken(text, style, width, measure):
            at = (width / 2, LINE * (len(labels) + 0.75))
            labels.append(Label(text=line, at=at, style=style, fill=fill))
    return Picture(width, LINE * len(labels) + 3.0 if labels else 0.0, tuple(labels), ". ".join(text for text, *_rest in lines))


def moved(mark: AnyMark, across: float, down: float) -> AnyMark:
    """Return a mark so much further to the right and down."""

    def there(point: Point) -> Point:
        return point[0] + across, point[1] + down

    match mark:
        case Disc() | ArcLabel():
            return replace(mark, center=there(mark.center))
        case Polygon():
            return replace(mark, points=tuple(map(there, mark.points)), clip=tuple(map(there, mark.clip)))
        case Line():
            return replace(mark, points=tuple(map(there, mark.points)))
        case Label():
            return replace(mark, at=there(mark.at))


def _broken(text: str, style: str, width: float, measure: Measure) -> list[str]:
    """Return a text in lines no wider than `width`, broken between words."""
    lines: list[str] = []
    for word in text.split():
        if lines and measure(f"{lines[-1]} {word}", style) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
