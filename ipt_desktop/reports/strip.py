"""Strips: what a page is filled with, from top to bottom, and how strips are shared out over pages."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.structure import Tag
from ipt_desktop.reports.text import Line, Style

Drawer = Callable[[Pen, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """Something as wide as the page that is never cut: a line of text, a table row, a figure. Lengths are in points.

    `draw(pen, top)` puts it on a page; `space` is the gap above it, left out at the top of a page; `is_kept` holds it on one
    page with the strip after it; `head` is repeated above it when it begins a page; `baseline` is that of its first line.
    One that `begins_page` stands at the top of one; an `is_chapter` one is told of in the contents. Its words belong to `tag`
    unless `draw` says otherwise; those of a head that `is_repeated` have been read already. `section` is the key of the section
    it is of, where its words can be changed.
    """

    height: float
    draw: Drawer
    space: float = 0.0
    is_kept: bool = False
    head: "Strip | None" = None
    baseline: float = 0.0
    begins_page: bool = False
    is_chapter: bool = False
    tag: Tag | None = None
    is_repeated: bool = False
    section: str = ""

    def put(self, pen: Pen, top: float) -> None:
        """Draw it where it belongs in the text."""
        if self.is_repeated:
            with pen.whole():
                self.draw(pen, top)
        else:
            with pen.under(self.tag):
                self.draw(pen, top)


def line_strip(line: Line, left: float, tag: Tag, *, is_kept: bool = False) -> Strip:
    """Return a strip of one set line, whose words belong to a tag."""
    style = line.style

    def draw(pen: Pen, top: float) -> None:
        pen.text(line, left, top + style.baseline)

    return Strip(height=style.leading, draw=draw, is_kept=is_kept, baseline=style.baseline, tag=tag)


def cut_strips(
    count: int, style: Style, draw: Callable[[Pen, int, float], None], *, above: float, below: float, room: float
) -> Iterator[Strip]:
    """Yield `count` lines as one strip, or line by line where they would fill more than half of a page's `room`.

    `draw(pen, number, top)` draws a line, the first one being number 0; `above` and `below` are left free round them all.
    """
    is_whole = above + count * style.leading + below <= room / 2
    for start, end in [(0, count)] if is_whole else [(number, number + 1) for number in range(count)]:
        before, after = above if start == 0 else 0.0, below if end == count else 0.0
        yield Strip(
            height=before + (end - start) * style.leading + after,
            draw=partial(_draw_lines, draw, style.leading, range(start, end), before),
            baseline=before + style.baseline,
            is_kept=not is_whole and end in (1, count - 1),
        )


def _draw_lines(
    draw: Callable[[Pen, int, float], None], leading: float, lines: range, before: float, pen: Pen, top: float
) -> None:
    for place, number in enumerate(lines):
        draw(pen, number, top + before + place * leading)


Placed = list[tuple[float, Strip]]


def paginate(strips: Iterable[Strip], *, first_top: float, top: float, bottom: float) -> list[Placed]:
    """Share strips out over pages; return each page's strips with their tops.

    Strips that are kept together move to the next page together, unless they need more than a whole page.
    """
    pages: list[Placed] = [[]]
    y = first_top
    for group in _groups(strips):
        if pages[-1] and (group[0].begins_page or y + _height(group) > bottom):
            y = _turn(pages, group[0], top)
        for strip in group:
            gap = strip.space if pages[-1] else 0.0
            if pages[-1] and y + gap + strip.height > bottom:
                y, gap = _turn(pages, strip, top), 0.0
            pages[-1].append((y + gap, strip))
            y += gap + strip.height
    return pages


def chapter_pages(pages: Iterable[Placed]) -> list[int]:
    """Return the number of the page that each chapter begins on."""
    return [number for number, strips in enumerate(pages, 1) for _top, strip in strips if strip.is_chapter]


def _turn(pages: list[Placed], strip: Strip, top: float) -> float:
    """Begin a page, with the head the strip asks for; return where the strip goes."""
    pages.append([])
    if strip.head is None:
        return top
    pages[-1].append((top, replace(strip.head, is_repeated=True)))
    return top + strip.head.height


def _groups(strips: Iterable[Strip]) -> Iterator[list[Strip]]:
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.is_kept:
            yield group
            group = []
    if group:
        yield group


def _height(group: list[Strip]) -> float:
    return sum(strip.space + strip.height for strip in group)
