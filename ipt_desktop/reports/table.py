"""Tables, facts and the signature: rows between hairlines, no vertical rules, no boxes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ipt_desktop.domain.report import Cell, Facts, Signature, Table, cell_text
from ipt_desktop.domain.report import Column as TableColumn
from ipt_desktop.domain.rich_text import Run
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.page import Column
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.setting import Setting
from ipt_desktop.reports.strip import Drawer, Strip, line_strip
from ipt_desktop.reports.structure import Tag, paragraph, row
from ipt_desktop.reports.text import Line, Style, set_line, set_text

BETWEEN_COLUMNS = 10.0
FACT_STEP = 2.5
FACT_PADDING = 5.5
LEAST_VALUE = 95.0
"""Where the value of a fact would be narrower, the two columns stand below each other."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a cell's lines begin, the lines, and the tag they belong to."""

    left: float
    lines: list[Line]
    tag: Tag


def table_strips(table: Table, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield a table row by row; the head is repeated on each page.

    A row is not cut unless it is taller than half a page. A short table stays whole; of a longer one two rows at least stand
    on each of its pages, and the note beneath stays with the last of them.
    """
    small, padding = column.setting.small, column.setting.cell_padding
    tag, below = Tag(role="Table"), paragraph()
    head = _head_strip(table, column, tag, fonts) if any(part.head for part in table.columns) else None
    rows = list(_rows(table, column, head, tag, fonts))
    note = [line_strip(line, column.left, below) for line in _set(table.note, small, column.width, fonts)]
    note[:1] = [replace(each, space=padding) for each in note[:1]]
    strips = [*rows, *note]
    is_short = sum(each.height for each in strips) <= column.room / 4
    if head:
        yield head
    for number, strip in enumerate(strips):
        is_at_an_end = number in (0, len(rows) - 2) or number >= len(rows) - 1
        yield replace(strip, is_kept=(is_short or is_at_an_end) and strip is not strips[-1])


def _rows(table: Table, column: Column, head: Strip | None, tag: Tag, fonts: Fonts) -> Iterator[Strip]:
    lefts, widths = _columns(table, column, fonts)
    setting = column.setting
    for number, cells in enumerate(table.rows):
        tags = row(tag, len(cells), has_head=table.is_first_bold)
        spots = [
            _Spot(left, _cell(cell, place == 0 and table.is_first_bold, setting, width, fonts), each)
            for place, (cell, left, width, each) in enumerate(zip(cells, lefts, widths, tags, strict=True))
        ]
        yield from _row(spots, column, head, is_ruled_above=number == 0 and not head)


def fact_strips(facts: Facts, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield the facts as one strip of two columns, or as table rows when they would fill half a page."""
    halves = [[(label, value) for label, value in half if value] for half in (facts.left, facts.right)]
    if not any(halves):
        return
    if (column.width - BETWEEN_COLUMNS) / 2 < column.setting.label_width + LEAST_VALUE:
        halves = [halves[0] + halves[1], []]
    count = sum(map(bool, halves))
    width = (column.width - BETWEEN_COLUMNS * (count - 1)) / count
    spots: list[tuple[float, _Spot]] = []
    height, setting, tag = 0.0, column.setting, Tag(role="Table")
    for place, half in enumerate(filter(None, halves)):
        y, left = FACT_PADDING, column.left + place * (width + BETWEEN_COLUMNS)
        for label, value in half:
            beside, tags = setting.label_width, row(tag, 2, has_head=True)
            texts = (
                _Spot(left, _set(label, setting.beneath, beside - 6, fonts), tags[0]),
                _Spot(left + beside, _set(value, setting.cell, width - beside, fonts), tags[1]),
            )
            spots += [(y, spot) for spot in texts]
            y += max(len(spot.lines) for spot in texts) * setting.cell.leading + FACT_STEP
        height = max(height, y - FACT_STEP + FACT_PADDING)
    if height > column.room / 2:
        rows = tuple((label, value) for half in halves for label, value in half)
        yield from table_strips(Table((TableColumn(weight=1), TableColumn(weight=3)), rows), column, fonts)
        return

    def draw(pen: Pen, top: float) -> None:
        pen.rule(column.left, top, column.width)
        for y, spot in spots:
            _draw_lines(pen, spot, top + y, setting.cell.baseline)
        pen.rule(column.left, top + height, column.width)

    yield Strip(height=height, draw=draw, baseline=FACT_PADDING + setting.cell.baseline, space=10.5)


def signature_strips(signature: Signature, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield the block to sign as one strip: a line over the name, a line under or for the date."""
    width, date_left = column.width * 0.62, column.left + column.width * 0.68
    cell, small, to_sign = column.setting.cell, column.setting.small, column.setting.to_sign
    name = _Spot(column.left, _set(signature.name, column.setting.first_cell, width, fonts), paragraph())
    below = _Spot(column.left, [line for text in signature.lines for line in _set(text, small, width, fonts)], paragraph())
    date = _Spot(date_left, _set(signature.date, cell, column.right - date_left, fonts), paragraph())
    label = _Spot(date_left, _set(signature.date_label, small, column.right - date_left, fonts), paragraph())
    name_height = len(name.lines) * cell.leading

    def draw(pen: Pen, top: float) -> None:
        line = top + to_sign
        pen.rule(column.left, line, width, role="text", weight=0.8)
        pen.rule(date_left, line, column.right - date_left, role="text", weight=0.8)
        spots = ((name, 2, cell), (below, 2 + name_height, small), (date, -cell.leading - 1, cell), (label, 2, cell))
        for spot, y, style in spots:
            if spot.lines:
                _draw_lines(pen, spot, line + y, style.baseline)

    yield Strip(height=to_sign + 2 + name_height + len(below.lines) * small.leading, draw=draw, baseline=to_sign)


def _columns(table: Table, column: Column, fonts: Fonts) -> tuple[list[float], list[float]]:
    """Share the width out by weight, so that no word is broken while others have room; return left edges and widths."""
    columns = table.columns
    room = column.width - BETWEEN_COLUMNS * (len(columns) - 1)
    total = sum(part.weight for part in columns)
    widths = [room * part.weight / total for part in columns]
    needs = [_longest_word(table, place, column.setting, fonts) for place in range(len(columns))]
    lacking = sum(max(0.0, need - width) for need, width in zip(needs, widths, strict=True))
    spare = sum(max(0.0, width - need) for need, width in zip(needs, widths, strict=True))
    if 0.0 < lacking <= spare:
        widths = [
            need if need > width else width - (width - need) * lacking / spare
            for need, width in zip(needs, widths, strict=True)
        ]
    lefts = [column.left + sum(widths[:place]) + place * BETWEEN_COLUMNS for place in range(len(widths))]
    return lefts, widths


def _longest_word(table: Table, place: int, setting: Setting, fonts: Fonts) -> float:
    """Return the width of the longest word in a column; of a text long enough to wrap, only a rough one is needed."""
    style = setting.first_cell if place == 0 and table.is_first_bold else setting.cell
    words = {word for row in table.rows for word in cell_text(row[place]).split()} | set(table.columns[place].head.split())
    longest = sorted(words, key=len)[-2:]
    return max((set_line(word, style, fonts).width for word in longest), default=0.0)


def _head_strip(table: Table, column: Column, tag: Tag, fonts: Fonts) -> Strip:
    lefts, widths = _columns(table, column, fonts)
    style, padding = column.setting.cell_head, column.setting.cell_padding
    tags = row(tag, len(table.columns), is_head=True)
    spots = [
        _Spot(left, _set(part.head, style, width, fonts), each)
        for part, left, width, each in zip(table.columns, lefts, widths, tags, strict=True)
    ]
    height = max(len(spot.lines) for spot in spots) * style.leading + padding * 2

    def draw(pen: Pen, top: float) -> None:
        for spot in spots:
            _draw_lines(pen, spot, top + padding, style.baseline)
        pen.rule(column.left, top + height, column.width, role="text", weight=0.8)

    return Strip(height=height, draw=draw, is_kept=True, baseline=padding + style.baseline)


def _row(spots: list[_Spot], column: Column, head: Strip | None, *, is_ruled_above: bool) -> Iterator[Strip]:
    """Yield a row as one strip, or line by line when it is taller than half a page."""
    cell, padding = column.setting.cell, column.setting.cell_padding
    count = max(1, *(len(spot.lines) for spot in spots))
    whole = [(0, count)] if count * cell.leading <= column.room / 2 else [(number, number + 1) for number in range(count)]
    for start, end in whole:
        part = [replace(spot, lines=spot.lines[start:end]) for spot in spots]
        above, below = padding if start == 0 else 0.0, padding if end == count else 0.0
        height = above + (end - start) * cell.leading + below
        is_top, is_end = is_ruled_above and start == 0, end == count
        yield Strip(
            height=height,
            draw=_row_drawer(part, column, above, rules=[0.0] * is_top + [height] * is_end),
            head=head,
            baseline=above + cell.baseline,
        )


def _row_drawer(spots: list[_Spot], column: Column, above: float, *, rules: list[float]) -> Drawer:
    def draw(pen: Pen, top: float) -> None:
        for spot in spots:
            _draw_lines(pen, spot, top + above, column.setting.cell.baseline)
        for y in rules:
            pen.rule(column.left, top + y, column.width)

    return draw


def _draw_lines(pen: Pen, spot: _Spot, top: float, baseline: float) -> None:
    """Write lines under each other on a common baseline: a label beside a value must not look crooked."""
    pen.structure.place(spot.tag)
    with pen.under(spot.tag):
        for line in spot.lines:
            pen.text(line, spot.left, top + baseline)
            top += line.style.leading


def _cell(cell: Cell, is_bold: bool, setting: Setting, width: float, fonts: Fonts) -> list[Line]:
    style = setting.first_cell if is_bold else setting.cell
    if isinstance(cell, str):
        first, *rest = cell.split("\n")
        return [
            *_set(first, style, width, fonts),
            *(line for text in rest for line in _set(text, setting.beneath, width, fonts)),
        ]
    return [line for paragraph in cell for line in _set(paragraph.runs, style, width, fonts)]


def _set(text: str | Sequence[Run], style: Style, width: float, fonts: Fonts) -> list[Line]:
    """Set a cell; what runs from right to left stands at its right edge, unless it is a name or so on a single line."""
    lines = set_text(text, style, width, fonts, is_aligned=True) if text else []
    return lines if len(lines) > 1 else [replace(line, room=None) for line in lines]
