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
    for number, line in enumerate(set_text(lead.text, column.setting.fit(LEAD), column.width, fonts)):
        strip = line_strip(line, column.left, is_kept=True)
        yield strip if number else _under_rule(strip, column)


def _under_rule(strip: Strip, column: Column) -> Strip:
    def draw(pen: Pen, top: float) -> None:
        pen.rule(column.left, top, column.width)
        strip.draw(pen, top + ABOVE_LEAD)

    return replace(strip, height=strip.height + ABOVE_LEAD, draw=draw, baseline=strip.baseline + ABOVE_LEAD)


def note_strips(note: Note, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield small print, line by line."""
    for line in set_text(note.text, column.setting.small, column.width, fonts):
        yield line_strip(line, column.left)


def answer_strips(answers: Answers, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield a row an item; the heads are repeated on each page, and the last item stands with the total and the note."""
    grid = _grid(answers, column)
    head = _head(answers, grid, fonts)
    rows = [_row(row, answers, grid, fonts, head) for row in answers.rows]
    if answers.total[0]:
        rows.append(_total(answers, grid, fonts, head))
    note = [
        line_strip(each, column.left)
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


def _head(answers: Answers, grid: _Grid, fonts: Fonts) -> Strip:
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

    def draw(pen: Pen, top: float) -> None:
        y = top + setting.cell_padding
        _draw_lines(pen, asked, grid.column.left, y)
        for middle, lines in named:
            for number, line in enumerate(lines):
                pen.text_centred(line, middle, y + number * line.style.leading + line.style.baseline)
        for right, line in zip(grid.counts, counts, strict=True):
            pen.text_right(line, right, y + style.baseline)
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


def _row(row: Answer, answers: Answers, grid: _Grid, fonts: Fonts, head: Strip) -> Strip:
    setting = grid.column.setting
    cell, small = setting.cell, setting.small
    number = set_line(row.number, replace(cell, role="text_soft"), fonts)
    first, *more = row.words.split("\n")
    lines = set_text(first, cell, grid.words_width, fonts)
    lines += [line for words in more for line in set_text(words, small, grid.words_width, fonts)]
    counts = _counts(row.counts, answers, cell, fonts)
    height = max(sum(line.style.leading for line in lines), cell.leading) + ROW
    scale = min(NATURAL * setting.letters, grid.option_width / (2 * RADIUS + 1), (cell.leading + ROW) / (2 * RADIUS + 1))

    def draw(pen: Pen, top: float) -> None:
        y = top + ROW / 2
        pen.text(number, grid.column.left, y + cell.baseline)
        _draw_lines(pen, lines, grid.words_left, y)
        for value in row.values:
            if value in grid.options:
                origin = grid.options[value] - RADIUS * scale, y + cell.leading / 2 - RADIUS * scale
                given = disc(value, row, has_before=answers.has_before)
                draw_picture(given, pen, fonts, origin, scale, setting.letters)
        for right, line in zip(grid.counts, counts, strict=True):
            pen.text_right(line, right, y + cell.baseline)
        pen.rule(grid.column.left, top + height, grid.column.width)

    return Strip(height=height, draw=draw, head=head, baseline=ROW / 2 + cell.baseline)


def disc(value: int, row: Answer, *, has_before: bool) -> Picture:
    """Return an answer as a disc: filled where it was given, in a ring of dashes where it was given at the start."""
    center, middle = (RADIUS, RADIUS), RADIUS + 3.4
    is_now = value == row.now
    was = has_before and value == row.before and not is_now
    marks: list[AnyMark] = [
        Disc(center=center, radius=RADIUS, fill="text" if is_now else "", line="text" if is_now else "control", width=1.0)
        if not was
        else Disc(center=center, radius=RADIUS, line="text", width=1.8, dash=(2.6, 1.8))
    ]
    style, tone = ("label_strong", "on_accent") if is_now else ("label", "text_soft")
    marks.append(Label(text=str(value), at=(RADIUS, middle), style=style, fill=tone))
    return Picture(2 * RADIUS, 2 * RADIUS, tuple(marks))


def _total(answers: Answers, grid: _Grid, fonts: Fonts, head: Strip) -> Strip:
    setting = grid.column.setting
    cell = setting.cell
    words = set_line(answers.total[0], setting.first_cell, fonts)
    counts = _counts(answers.total[1:], answers, cell, fonts)
    height = cell.leading + ROW

    def draw(pen: Pen, top: float) -> None:
        y = top + ROW / 2 + cell.baseline
        pen.text(words, grid.words_left, y)
        for right, line in zip(grid.counts, counts, strict=True):
            pen.text_right(line, right, y)
        pen.rule(grid.column.left, top + height, grid.column.width)

    return Strip(height=height, draw=draw, head=head, baseline=ROW / 2 + cell.baseline)


def _counts(counts: tuple[str, ...], answers: Answers, cell: Style, fonts: Fonts) -> list[Line]:
    """Return what counted at the start and now, the last one heavier."""
    styles = (cell, replace(cell, bold=True)) if answers.has_before else (replace(cell, bold=True),)
    return [set_line(words, style, fonts) for words, style in zip(counts[-len(styles) :], styles, strict=True)]


def _draw_lines(pen: Pen, lines: list[Line], left: float, top: float) -> None:
    for line in lines:
        pen.text(line, left, top + line.style.baseline)
        top += line.style.leading
