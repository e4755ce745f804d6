"""The parts of a measure's sheet: what it comes to, large; a row an item, each answer as a disc; small print."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ipt_desktop.domain.picture import AnyMark, Disc, Label, Picture
from ipt_desktop.domain.report import Answer, Answers, Lead, Note
from ipt_desktop.domain.text import _
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.page import Column
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.picture import NATURAL, draw_picture
from ipt_desktop.reports.strip import Strip, line_strip
from ipt_desktop.reports.structure import Tag, paragraph, row
from ipt_desktop.reports.text import Line, Style, set_line, set_text

LEAD = Style("serif", 16, 22, bold=True)
ABOVE_LEAD = 9.0
NUMBER_WIDTH, COUNT_WIDTH = 17.0, 42.0
LEAST_WORDS = 0.34
"""The share of the width that what the items ask has at least."""
WIDEST_OPTION = 58.0
RADIUS = 8.0
"""Of a disc, in units of a picture."""
ROW = 7.8
"""What a row has above and below its words together, in points."""
CROWDED = 40.0
"""An option narrower than this has its head in the smallest letters."""
_BETWEEN = 6.0


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where things stand in a row: the words, the middles of the options by value, the right edges of the counts."""

    column: Column
    words_left: float
    words_width: float
    options: dict[int, float]
    option_width: float
    counts: tuple[float, ...]


def lead_strips(lead: Lead, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield the words large, the first line under a hairline."""
    tag = paragraph()
    for number, line in enumerate(set_text(lead.text, column.setting.fit(LEAD), column.width, fonts)):
        strip = line_strip(line, column.left, tag, is_kept=True)
        yield strip if number else _under_rule(strip, column)


def _under_rule(strip: Strip, column: Column) -> Strip:
    def draw(pen: Pen, top: float) -> None:
        pen.rule(column.left, top, column.width)
        strip.draw(pen, top + ABOVE_LEAD)

    return replace(strip, height=strip.height + ABOVE_LEAD, draw=draw, baseline=strip.baseline + ABOVE_LEAD)


def note_strips(note: Note, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield small print, line by line; two lines at least stand together at a page's end and at its top."""
    tag = paragraph()
    lines = set_text(note.text, column.setting.small, column.width, fonts)
    for number, line in enumerate(lines):
        yield line_strip(line, column.left, tag, is_kept=len(lines) > 1 and number in (0, len(lines) - 2))


def answer_strips(answers: Answers, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield a row an item; the heads are repeated on each page, and the last item stands with the total and the note."""
    grid = _grid(answers, column)
    table, below = Tag(role="Table"), paragraph()
    head = _head(answers, grid, table, fonts)
    rows = [_row(each, answers, grid, table, fonts, head) for each in answers.rows]
    if answers.total[0]:
        rows.append(_total(answers, grid, table, fonts, head))
    note = [
        line_strip(each, column.left, below)
        for each in set_text(answers.note, column.setting.small, column.width, fonts)
        if answers.note
    ]
    note[:1] = [replace(each, space=_BETWEEN) for each in note[:1]]
    strips = [*rows, *note]
    yield replace(head, is_kept=True)
    for number, strip in enumerate(strips):
        is_at_an_end = number == 0 or number >= len(rows) - 2
        yield replace(strip, is_kept=is_at_an_end and strip is not strips[-1])


def _grid(answers: Answers, column: Column) -> _Grid:
    counts, times = 2 if answers.has_before else 1, column.setting.letters
    number, count = NUMBER_WIDTH * times, COUNT_WIDTH * times
    room = column.width - number - counts * count
    option = min(WIDEST_OPTION * times, room * (1 - LEAST_WORDS) / max(len(answers.options), 1))
    words = room - option * len(answers.options)
    left = column.left + number + words
    middles = {value: left + (place + 0.5) * option for place, (value, _words) in enumerate(answers.options)}
    rights = tuple(column.right - count * (counts - 1 - place) for place in range(counts))
    return _Grid(column, column.left + number, words - _BETWEEN, middles, option, rights)


def _head(answers: Answers, grid: _Grid, table: Tag, fonts: Fonts) -> Strip:
    setting = grid.column.setting
    style = setting.cell_head
    is_crowded = grid.option_width < CROWDED * setting.times
    narrow = setting.fit(replace(style, size=7.25, leading=9)) if is_crowded else style
    width = grid.words_left - grid.column.left + grid.words_width
    asked = set_text(answers.asked, style, width, fonts) if answers.asked else []
    named = [
        (grid.options[value], _wrapped(words, narrow, grid.option_width - 3, fonts))
        for value, words in answers.options
        if words
    ]
    heads = [_("Start"), _("Now")] if answers.has_before else [_("Now")]
    counts = [set_line(words, style, fonts) for words in heads]
    height = max(len(asked) * style.leading, max((len(each) for _x, each in named), default=1) * narrow.leading)
    height += 2 * setting.cell_padding

    ask, options, *told = row(table, 2 + len(counts), is_head=True)

    def draw(pen: Pen, top: float) -> None:
        y = top + setting.cell_padding
        pen.structure.place(ask)
        _draw_lines(pen, asked, grid.column.left, y, ask)
        pen.structure.place(options)
        for middle, lines in named:
            with pen.under(options):
                for number, line in enumerate(lines):
                    pen.text_centred(line, middle, y + number * line.style.leading + line.style.baseline)
        _draw_counts(pen, counts, told, grid, y + style.baseline)
        pen.rule(grid.column.left, top + height, grid.column.width, role="text", weight=0.8)

    return Strip(height=height, draw=draw, baseline=setting.cell_padding + style.baseline)


def _wrapped(words: str, style: Style, width: float, fonts: Fonts) -> list[Line]:
    """Return a head word by word: in so narrow a place no two words are held together."""
    lines: list[Line] = []
    held = ""
    for word in words.split():
        longer = set_line(f"{held} {word}".strip(), style, fonts)
        if held and longer.width > width:
            lines += set_text(held, style, width, fonts)
            held = word
        else:
            held = f"{held} {word}".strip()
    return [*lines, *set_text(held, style, width, fonts)] if held else lines


def _row(item: Answer, answers: Answers, grid: _Grid, table: Tag, fonts: Fonts, head: Strip) -> Strip:
    setting = grid.column.setting
    cell, small = setting.cell, setting.small
    number = set_line(item.number, replace(cell, role="text_soft"), fonts)
    first, *more = item.words.split("\n")
    lines = set_text(first, cell, grid.words_width, fonts)
    lines += [line for words in more for line in set_text(words, small, grid.words_width, fonts)]
    counts = _counts(item.counts, answers, cell, fonts)
    asks, given, *told = row(table, 2 + len(counts), has_head=True)
    figure = Tag(role="Figure", parent=given, alt=_in_words(item, answers))
    height = max(sum(line.style.leading for line in lines), cell.leading) + ROW
    scale = min(NATURAL * setting.letters, grid.option_width / (2 * RADIUS + 1), (cell.leading + ROW) / (2 * RADIUS + 1))

    def draw(pen: Pen, top: float) -> None:
        y = top + ROW / 2
        with pen.under(asks):
            pen.text(number, grid.column.left, y + cell.baseline)
        _draw_lines(pen, lines, grid.words_left, y, asks)
        with pen.whole(figure):
            for value in item.values:
                if value in grid.options:
                    origin = grid.options[value] - RADIUS * scale, y + cell.leading / 2 - RADIUS * scale
                    one = disc(value, item, has_before=answers.has_before)
                    draw_picture(one, pen, fonts, origin, scale, setting.letters)
        _draw_counts(pen, counts, told, grid, y + cell.baseline)
        pen.rule(grid.column.left, top + height, grid.column.width)

    return Strip(height=height, draw=draw, head=head, baseline=ROW / 2 + cell.baseline)


def _in_words(item: Answer, answers: Answers) -> str:
    """Return in words which of the discs are filled."""
    words = dict(answers.options)

    def said(value: int | None) -> str:
        return _("not answered") if value is None else " ".join(filter(None, (str(value), words.get(value, ""))))

    now = _("Now: {answer}").format(answer=said(item.now))
    return f"{_('Start: {answer}').format(answer=said(item.before))}; {now}" if answers.has_before else now


def disc(value: int, item: Answer, *, has_before: bool) -> Picture:
    """Return an answer as a disc: filled where it was given, in a ring of dashes where it was given at the start."""
    center, middle = (RADIUS, RADIUS), RADIUS + 3.4
    is_now = value == item.now
    was = has_before and value == item.before and not is_now
    marks: list[AnyMark] = [
        Disc(center=center, radius=RADIUS, fill="text" if is_now else "", line="text" if is_now else "control", width=1.0)
        if not was
        else Disc(center=center, radius=RADIUS, line="text", width=1.8, dash=(2.6, 1.8))
    ]
    style, tone = ("label_strong", "on_accent") if is_now else ("label", "text_soft")
    marks.append(Label(text=str(value), at=(RADIUS, middle), style=style, fill=tone))
    return Picture(2 * RADIUS, 2 * RADIUS, tuple(marks))


def _total(answers: Answers, grid: _Grid, table: Tag, fonts: Fonts, head: Strip) -> Strip:
    setting = grid.column.setting
    cell = setting.cell
    width = grid.words_width + grid.option_width * len(answers.options)
    words = set_text(answers.total[0], setting.first_cell, width, fonts)
    counts = _counts(answers.total[1:], answers, cell, fonts)
    height = len(words) * cell.leading + ROW
    name, nothing, *told = row(table, 2 + len(counts), has_head=True)

    def draw(pen: Pen, top: float) -> None:
        y = top + ROW / 2 + cell.baseline
        _draw_lines(pen, words, grid.words_left, top + ROW / 2, name)
        pen.structure.place(nothing)
        _draw_counts(pen, counts, told, grid, y)
        pen.rule(grid.column.left, top + height, grid.column.width)

    return Strip(height=height, draw=draw, head=head, baseline=ROW / 2 + cell.baseline)


def _counts(counts: tuple[str, ...], answers: Answers, cell: Style, fonts: Fonts) -> list[Line]:
    """Return what counted at the start and now, the last one heavier."""
    styles = (cell, replace(cell, bold=True)) if answers.has_before else (replace(cell, bold=True),)
    return [set_line(words, style, fonts) for words, style in zip(counts[-len(styles) :], styles, strict=True)]


def _draw_counts(pen: Pen, counts: list[Line], tags: list[Tag], grid: _Grid, y: float) -> None:
    for right, line, tag in zip(grid.counts, counts, tags, strict=True):
        with pen.under(tag):
            pen.text_right(line, right, y)


def _draw_lines(pen: Pen, lines: list[Line], left: float, top: float, tag: Tag) -> None:
    with pen.under(tag):
        for line in lines:
            pen.text(line, left, top + line.style.baseline)
            top += line.style.leading
