"""The parts of a report that is long: the heads of its chapters, and the contents with the page each begins on."""

from collections.abc import Iterator
from dataclasses import replace

from ipt_desktop.domain.report import Chapter, Contents
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.page import Column
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.strip import Strip, line_strip
from ipt_desktop.reports.structure import Rank, Tag, paragraph
from ipt_desktop.reports.structure import head as head_tag
from ipt_desktop.reports.text import Line, Style, set_line, set_text

HEADS = (Style("serif", 18, 24, bold=True), Style("serif", 14, 19, bold=True), Style("serif", 11.5, 16, bold=True))
ABOVE = 24.0
"""Over a head that does not begin a page: more than between sections."""
CHAPTER, PART = Style("sans", 10.5, 17, bold=True), Style("sans", 10.5, 15)
ABOVE_CHAPTER = 6.0
INDENT, NUMBER_ROOM, GAP = 14.0, 34.0, 7.0


def chapter_strips(chapter: Chapter, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield the head of a chapter, kept with what follows."""
    head = column.setting.fit(HEADS[min(chapter.level, len(HEADS)) - 1])
    title = head_tag(Rank.CHAPTER if chapter.level == 1 else Rank.PART, chapter.title)
    caption, below = column.setting.subtitle, paragraph()
    lines = [(line, title) for line in set_text(chapter.title, head, column.width, fonts)]
    lines += [(line, below) for line in (set_text(chapter.caption, caption, column.width, fonts) if chapter.caption else [])]
    for number, (line, tag) in enumerate(lines):
        is_first = number == 0
        yield replace(
            line_strip(line, column.left, tag, is_kept=True),
            space=ABOVE if is_first else 0.0,
            begins_page=is_first and chapter.level == 1,
            is_chapter=is_first,
        )


def contents_strips(contents: Contents, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield a line a chapter, dots between its title and its page; a title that is too long goes on below."""
    table = Tag(role="TOC")
    for number, (title, level) in enumerate(contents.entries):
        tag = Tag(role="TOCI", parent=table)
        style = column.setting.fit(CHAPTER if level == 1 else PART)
        left = column.left + INDENT * (level - 1)
        lines = set_text(title, style, column.right - left - NUMBER_ROOM * column.setting.times, fonts)
        for place, line in enumerate(lines):
            is_last = place == len(lines) - 1
            space = ABOVE_CHAPTER if level == 1 and place == 0 and number else 0.0
            strip = _entry(line, number, left, column, fonts) if is_last else line_strip(line, left, tag, is_kept=True)
            yield replace(strip, space=space, tag=tag)


def _entry(line: Line, number: int, left: float, column: Column, fonts: Fonts) -> Strip:
    style = line.style

    def draw(pen: Pen, top: float) -> None:
        y = top + style.baseline
        page = set_line(str(pen.chapters[number]), style, fonts)
        pen.text(line, left, y)
        pen.dots(left + line.width + GAP, column.right - page.width - GAP, y)
        pen.text_right(page, column.right, y)
        box = (left, pen.height - top - style.leading, column.right, pen.height - top)
        pen.canvas.linkAbsolute("", name_of(number), box, Border="[0 0 0]")

    return Strip(height=style.leading, draw=draw, baseline=style.baseline)


def name_of(number: int) -> str:
    """Return what the place of a chapter, counted from 0, is called in the file."""
    return f"chapter-{number}"
