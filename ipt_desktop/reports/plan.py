"""The parts of a safety plan, to be read in distress: numbers in a panel, numbered steps and people, questions at the foot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ipt_desktop.domain.report_plan import Contacts, Numbers, Plan, PlanStep, PlanSteps, Questions, Ticks
from ipt_desktop.domain.text import _
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.page import Column
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.strip import Strip, cut_strips, line_strip
from ipt_desktop.reports.structure import Tag, item, paragraph, row
from ipt_desktop.reports.text import Line, Style, set_line, set_text

NUMBER = Style("sans", 15, 22)
STEP = Style("sans", 13, 18.5)
NUMERAL = Style("serif", 20, 18.5, role="accent", bold=True)
QUESTION = Style("sans", 11, 16, role="text_soft")
ANSWER = Style("sans", 11, 16)

BAR, PANEL_PADDING, PANEL_LEFT, PANEL_RIGHT = 2.2, 8.5, 14.0, 10.0
TITLE_LEFT, BODY_LEFT, STEP_PADDING = 30.0, 178.0, 7.2
CONTACT_PADDING = 7.0
NARROW = 400.0
SHORT_PAGE, SHORT_STEP_PADDING = 680.0, 5.4  # a plan of usual length stays on one page of Letter, too
ANSWER_LEFT, WIDEST_QUESTION, BETWEEN_QUESTIONS, BOX, BETWEEN_TICKS = 166.0, 0.45, 4.0, 9.0, 20.0
BOX_GAP = 5.0
DOT_GAP = 7.0
LEAST_NUMBER = 0.45
"""Where number and name do not fit on one line, the number goes below, so that it is never broken."""


def plan_strips(block: Plan, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield one part of a plan; a step stays whole where a page has room for it."""
    match block:
        case Numbers(rows, note):
            yield from _panel(rows, column, fonts)
            yield from _lines_below(note, column.setting.fit(ANSWER), column, fonts, space=7.0)
        case Contacts(rows):
            listed = Tag(role="L")
            for number, each in enumerate(rows, 1):
                yield from _contact(number, each, listed, column, fonts, is_last=number == len(rows))
        case PlanSteps(steps):
            listed = Tag(role="L")
            for number, step in enumerate(steps, 1):
                yield from _step(number, step, listed, column, fonts, is_last=number == len(steps))
        case Questions(rows, note):
            table = Tag(role="Table")
            for place, (question, answer) in enumerate(rows):
                for part, strip in enumerate(_question(question, answer, table, column, fonts)):
                    yield replace(strip, is_kept=True, space=0 if place or part else 8.0)
            yield from _lines_below(note, column.setting.small, column, fonts, space=3.0)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line: words, or a name joined to its number by dots; `tag` is what they belong to."""

    line: Line
    tag: Tag
    number: Line | None = None


def _entry(who: str, number: str, styles: tuple[Style, Style], width: float, tag: Tag, fonts: Fonts) -> Iterator[_Entry]:
    """Yield the lines of a name with its number; a name that is too long goes on below, the number beside its last line."""
    at_end = set_line(number, styles[1], fonts) if number else None
    room = width - (at_end.width + 3 * DOT_GAP if at_end else 0)
    lines = set_text(who, styles[0], max(room, width * LEAST_NUMBER), fonts) if who else [Line((), styles[0])]
    yield from (_Entry(line, tag) for line in lines[:-1])
    last = lines[-1]
    if at_end is not None and last.width + 2 * DOT_GAP + at_end.width > width:
        yield _Entry(last, tag)
        last = Line((), styles[0])
    yield _Entry(last, tag, at_end)


def _draw_entry(pen: Pen, entry: _Entry, left: float, right: float, y: float) -> None:
    """Draw a line whose baseline is at `y`, its number at the right edge, dots between."""
    with pen.under(entry.tag):
        pen.text(entry.line, left, y)
        if entry.number is None:
            return
        pen.text_right(entry.number, right, y)
    begin = left + entry.line.width + (DOT_GAP if entry.line.runs else 0)
    end = right - entry.number.width - DOT_GAP * 0.8
    pen.dots(begin, end, y)


def _panel(rows: Sequence[tuple[str, str]], column: Column, fonts: Fonts) -> Iterator[Strip]:
    left, right = column.left + PANEL_LEFT, column.right - PANEL_RIGHT
    usual = column.setting.fit(NUMBER)
    first = replace(usual, bold=True)
    entries = [
        entry
        for place, (who, number) in enumerate(rows)
        for entry in _entry(who, number, (usual if place else first, first), right - left, paragraph(), fonts)
    ]
    parts = list(
        cut_strips(
            len(entries),
            usual,
            lambda pen, number, top: _draw_entry(pen, entries[number], left, right, top + usual.baseline),
            above=PANEL_PADDING,
            below=PANEL_PADDING,
            room=column.room,
        )
    )
    for number, part in enumerate(parts, 1):
        yield replace(part, draw=partial(_on_ground, part, column), is_kept=part.is_kept or number == len(parts))


def _on_ground(strip: Strip, column: Column, pen: Pen, top: float) -> None:
    pen.fill("sunken", column.left, top, column.width, strip.height)
    pen.fill("accent", column.left, top, BAR, strip.height)
    strip.draw(pen, top)


def _contact(
    number: int, contact: tuple[str, str], listed: Tag, column: Column, fonts: Fonts, *, is_last: bool
) -> Iterator[Strip]:
    mark, words = item(listed)
    style = column.setting.fit(STEP)
    numeral = set_line(str(number), column.setting.fit(NUMERAL), fonts)
    left = column.left + TITLE_LEFT
    entries = list(_entry(*contact, (style, style), column.width - TITLE_LEFT, words, fonts))

    def draw(pen: Pen, line: int, top: float) -> None:
        if line == 0:
            pen.rule(column.left, top - CONTACT_PADDING, column.width, weight=0.6)
            with pen.under(mark):
                pen.text(numeral, column.left, top + style.baseline + 1.0)
        _draw_entry(pen, entries[line], left, column.right, top + style.baseline)
        if is_last and line == len(entries) - 1:
            pen.rule(column.left, top + style.leading + CONTACT_PADDING, column.width, weight=0.6)

    padding = CONTACT_PADDING
    for strip in cut_strips(len(entries), style, draw, above=padding, below=padding, room=column.room):
        yield replace(strip, is_kept=not is_last)


def _lines_below(text: str, style: Style, column: Column, fonts: Fonts, *, space: float) -> Iterator[Strip]:
    tag = paragraph()
    for place, line in enumerate(set_text(text, style, column.width, fonts) if text else []):
        yield replace(line_strip(line, column.left, tag), space=0 if place else space)


def _step(number: int, step: PlanStep, listed: Tag, column: Column, fonts: Fonts, *, is_last: bool) -> Iterator[Strip]:
    mark, words = item(listed)
    title = Tag(role="P", parent=words)
    is_narrow = column.width < NARROW * column.setting.times  # then the title stands above the lines
    indent = TITLE_LEFT if is_narrow else BODY_LEFT * column.setting.times
    left, width = column.left + indent, column.width - indent
    style = column.setting.fit(STEP)
    numeral = set_line(str(number), column.setting.fit(NUMERAL), fonts)
    heads = set_text(step.title, replace(style, bold=True), width if is_narrow else indent - TITLE_LEFT - DOT_GAP, fonts)
    entries: list[_Entry] = []
    for line in step.lines:
        tag = Tag(role="P", parent=words)
        if isinstance(line, tuple):
            entries += _entry(*line, (style, style), width, tag, fonts)
        else:
            entries += [_Entry(each, tag) for each in set_text(line, style, width, fonts)]
    padding = STEP_PADDING if column.room > SHORT_PAGE else SHORT_STEP_PADDING
    above = len(heads) if is_narrow else 0
    count = max(len(heads), above + len(entries), 1)

    def draw(pen: Pen, line: int, top: float) -> None:
        y = top + style.baseline
        if line == 0:
            pen.rule(column.left, top - padding, column.width, weight=0.6)
            with pen.under(mark):
                pen.text(numeral, column.left, y + 1.5)
        if line < len(heads):
            with pen.under(title):
                pen.text(heads[line], column.left + TITLE_LEFT, y)
        if 0 <= line - above < len(entries):
            _draw_entry(pen, entries[line - above], left, column.right, y)
        if is_last and line == count - 1:
            pen.rule(column.left, top + style.leading + padding, column.width, weight=0.6)

    yield from cut_strips(count, style, draw, above=padding, below=padding, room=column.room)


def _question(question: str, answer: str | Ticks, table: Tag, column: Column, fonts: Fonts) -> Iterator[Strip]:
    asks, answers = row(table, 2, has_head=True)
    style = column.setting.fit(ANSWER)
    indent = min(ANSWER_LEFT * column.setting.times, column.width * WIDEST_QUESTION)
    asked = set_text(question, column.setting.fit(QUESTION), indent - DOT_GAP, fonts)
    left, width = column.left + indent, column.width - indent
    lines = set_text(answer, style, width, fonts) if isinstance(answer, str) and answer else []
    ticks = _ticks(answer, style, width, answers, fonts) if isinstance(answer, Ticks) else []
    count = max(len(asked), len(lines), 1 + max((tick.row for tick in ticks), default=0))

    def draw(pen: Pen, line: int, top: float) -> None:
        y = top + style.baseline
        pen.structure.place(asks)
        pen.structure.place(answers)
        if line < len(asked):
            with pen.under(asks):
                pen.text(asked[line], column.left, y)
        if line < len(lines):
            with pen.under(answers):
                pen.text(lines[line], left, y)
        if answer == "" and line == 0:  # to be written by hand
            pen.rule(left, y + 3, width, role="text", weight=0.6)
        for tick in ticks:
            if tick.row == line:
                _draw_tick(pen, tick, left, column.right, y)

    yield from cut_strips(count, style, draw, above=0.0, below=BETWEEN_QUESTIONS, room=column.room)


@dataclass(frozen=True, slots=True)
class _Tick:
    """Words with a box before them, or on the line after the last box; `x` is from the answer's left."""

    line: Line
    tag: Tag
    x: float
    row: int
    has_box: bool = False
    is_ticked: bool = False
    is_ruled: bool = False


def _ticks(ticks: Ticks, style: Style, width: float, answer: Tag, fonts: Fonts) -> list[_Tick]:
    """Return the boxes with their words side by side, and the line after the last; what has no room goes below."""
    placed: list[_Tick] = []
    x, row = 0.0, 0
    for word, is_ticked in ticks.options:
        option = Tag(role="P", parent=answer)
        first, *more = set_text(word, style, width - BOX - BOX_GAP, fonts)
        if placed and (more or x + BOX + BOX_GAP + first.width > width):
            x, row = 0.0, row + 1
        placed.append(_Tick(first, option, x, row, has_box=True, is_ticked=is_ticked))
        x += BOX + BOX_GAP + first.width + BETWEEN_TICKS
        for line in more:
            row += 1
            placed.append(_Tick(line, option, BOX + BOX_GAP, row))
            x = width
    lines = set_text(ticks.words, style, width - 2, fonts) if ticks.words else [Line((), style)]
    x = max(0.0, x - 14)
    if placed and (len(lines) > 1 or x + 2 + lines[0].width > width):
        x, row = 0.0, row + 1
    last = Tag(role="P", parent=answer)
    return [*placed, *(_Tick(line, last, 0.0 if place else x, row + place, is_ruled=True) for place, line in enumerate(lines))]


def _draw_tick(pen: Pen, tick: _Tick, left: float, right: float, y: float) -> None:
    """Draw a box with its word, or the line to write on, on the baseline `y`."""
    x = left + tick.x
    if tick.is_ruled and x < right - BOX:
        pen.rule(x, y + 3, right - x, role="text", weight=0.6)
    if tick.has_box:
        with pen.whole(Tag(role="Figure", parent=tick.tag, alt=_("ticked") if tick.is_ticked else _("not ticked"))):
            canvas, bottom = pen.canvas, pen.height - y - 1.0
            canvas.setStrokeColor(pen.colour("text"))
            canvas.setLineWidth(0.9)
            canvas.rect(x, bottom, BOX, BOX, stroke=1, fill=0)
            if tick.is_ticked:
                canvas.setLineWidth(1.5)
                canvas.lines([(x + 1.8, bottom + 4.4, x + 3.8, bottom + 2.2), (x + 3.8, bottom + 2.2, x + 7.4, bottom + 7.2)])
    if tick.line.runs:
        with pen.under(tick.tag):
            pen.text(tick.line, x + (BOX + BOX_GAP if tick.has_box else 2.0 if tick.is_ruled else 0.0), y)
