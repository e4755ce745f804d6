"""The parts of a safety plan, to be read in distress: numbers in a panel, numbered steps and people, questions at the foot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ipt_desktop.domain.report_plan import Contacts, Numbers, Plan, PlanStep, PlanSteps, Questions, Ticks
from ipt_desktop.domain.text import _
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.page import Column
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.strip import Strip, line_strip
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
DOT_GAP = 7.0
LEAST_NUMBER = 0.45
"""Where number and name do not fit on one line, the number goes below, so that it is never broken."""


def plan_strips(block: Plan, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield one part of a plan; a step stays whole where a page has room for it."""
    match block:
        case Numbers(rows, note):
            yield _panel(rows, column, fonts)
            yield from _lines_below(note, column.setting.fit(ANSWER), column, fonts, space=7.0)
        case Contacts(rows):
            listed = Tag(role="L")
            for number, each in enumerate(rows, 1):
                yield _contact(number, each, listed, column, fonts, is_last=number == len(rows))
        case PlanSteps(steps):
            listed = Tag(role="L")
            for number, step in enumerate(steps, 1):
                yield _step(number, step, listed, column, fonts, is_last=number == len(steps))
        case Questions(rows, note):
            table = Tag(role="Table")
            for place, (question, answer) in enumerate(rows):
                strip = _question(question, answer, table, column, fonts)
                yield replace(strip, is_kept=True, space=0 if place else 8.0)
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


def _panel(rows: Sequence[tuple[str, str]], column: Column, fonts: Fonts) -> Strip:
    left, right = column.left + PANEL_LEFT, column.right - PANEL_RIGHT
    usual = column.setting.fit(NUMBER)
    first = replace(usual, bold=True)
    entries = [
        entry
        for place, (who, number) in enumerate(rows)
        for entry in _entry(who, number, (usual if place else first, first), right - left, paragraph(), fonts)
    ]
    height = len(entries) * usual.leading + 2 * PANEL_PADDING

    def draw(pen: Pen, top: float) -> None:
        pen.fill("sunken", column.left, top, column.width, height)
        pen.fill("accent", column.left, top, BAR, height)
        for place, entry in enumerate(entries):
            _draw_entry(pen, entry, left, right, top + PANEL_PADDING + place * usual.leading + usual.baseline)

    return Strip(height=height, draw=draw, is_kept=True, baseline=PANEL_PADDING + usual.baseline)


def _contact(number: int, contact: tuple[str, str], listed: Tag, column: Column, fonts: Fonts, *, is_last: bool) -> Strip:
    mark, words = item(listed)
    style = column.setting.fit(STEP)
    numeral = set_line(str(number), column.setting.fit(NUMERAL), fonts)
    left = column.left + TITLE_LEFT
    entries = list(_entry(*contact, (style, style), column.width - TITLE_LEFT, words, fonts))
    height = len(entries) * style.leading + 2 * CONTACT_PADDING

    def draw(pen: Pen, top: float) -> None:
        pen.rule(column.left, top, column.width, weight=0.6)
        first = top + CONTACT_PADDING + style.baseline
        with pen.under(mark):
            pen.text(numeral, column.left, first + 1.0)
        for place, entry in enumerate(entries):
            _draw_entry(pen, entry, left, column.right, first + place * style.leading)
        if is_last:
            pen.rule(column.left, top + height, column.width, weight=0.6)

    return Strip(height=height, draw=draw, is_kept=not is_last, baseline=CONTACT_PADDING + style.baseline)


def _lines_below(text: str, style: Style, column: Column, fonts: Fonts, *, space: float) -> Iterator[Strip]:
    tag = paragraph()
    for place, line in enumerate(set_text(text, style, column.width, fonts) if text else []):
        yield replace(line_strip(line, column.left, tag), space=0 if place else space)


def _step(number: int, step: PlanStep, listed: Tag, column: Column, fonts: Fonts, *, is_last: bool) -> Strip:
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
    height = max(len(heads), above + len(entries), 1) * style.leading + 2 * padding

    def draw(pen: Pen, top: float) -> None:
        pen.rule(column.left, top, column.width, weight=0.6)
        first = top + padding + style.baseline
        with pen.under(mark):
            pen.text(numeral, column.left, first + 1.5)
        with pen.under(title):
            for place, line in enumerate(heads):
                pen.text(line, column.left + TITLE_LEFT, first + place * style.leading)
        for place, entry in enumerate(entries, above):
            _draw_entry(pen, entry, left, column.right, first + place * style.leading)
        if is_last:
            pen.rule(column.left, top + height, column.width, weight=0.6)

    return Strip(height=height, draw=draw, baseline=padding + style.baseline)


def _question(question: str, answer: str | Ticks, table: Tag, column: Column, fonts: Fonts) -> Strip:
    asks, answers = row(table, 2, has_head=True)
    style = column.setting.fit(ANSWER)
    indent = min(ANSWER_LEFT * column.setting.times, column.width * WIDEST_QUESTION)
    asked = set_text(question, column.setting.fit(QUESTION), indent - DOT_GAP, fonts)
    left, width = column.left + indent, column.width - indent
    lines = set_text(answer, style, width, fonts) if isinstance(answer, str) and answer else []
    ticks = _ticks(answer, style, width, fonts) if isinstance(answer, Ticks) else []
    count = max(len(asked), len(lines), 1 + max((tick.row for tick in ticks), default=0))
    height = count * style.leading + BETWEEN_QUESTIONS

    def draw(pen: Pen, top: float) -> None:
        with pen.under(asks):
            for place, line in enumerate(asked):
                pen.text(line, column.left, top + place * style.leading + style.baseline)
        pen.structure.place(answers)
        with pen.under(answers):
            for place, line in enumerate(lines):
                pen.text(line, left, top + place * style.leading + style.baseline)
        if answer == "":  # to be written by hand
            pen.rule(left, top + style.baseline + 3, width, role="text", weight=0.6)
        for tick in ticks:
            _draw_tick(pen, tick, answers, left, column.right, top + tick.row * style.leading + style.baseline)

    return Strip(height=height, draw=draw, baseline=style.baseline)


@dataclass(frozen=True, slots=True)
class _Tick:
    """A word with a box before it, or the line after the last with the words on it (no box); `x` is from the answer's left."""

    line: Line
    x: float
    row: int
    has_box: bool = True
    is_ticked: bool = False


def _ticks(ticks: Ticks, style: Style, width: float, fonts: Fonts) -> list[_Tick]:
    """Return the boxes with their words side by side, and the line after the last; what has no room goes below."""
    placed: list[_Tick] = []
    x, row = 0.0, 0
    for word, is_ticked in ticks.options:
        line = set_line(word, style, fonts)
        if placed and x + BOX + 5 + line.width > width:
            x, row = 0.0, row + 1
        placed.append(_Tick(line, x, row, is_ticked=is_ticked))
        x += BOX + 5 + line.width + BETWEEN_TICKS
    words = set_line(ticks.words, style, fonts) if ticks.words else Line((), style)
    x = max(0.0, x - 14)
    if placed and x + 2 + words.width > width:
        x, row = 0.0, row + 1
    return [*placed, _Tick(words, x, row, has_box=False)]


def _draw_tick(pen: Pen, tick: _Tick, answer: Tag, left: float, right: float, y: float) -> None:
    """Draw a box with its word, or the line to write on, on the baseline `y`."""
    x = left + tick.x
    if not tick.has_box:
        if tick.line.runs:
            with pen.under(Tag(role="P", parent=answer)):
                pen.text(tick.line, x + 2, y)
        if x < right - BOX:
            pen.rule(x, y + 3, right - x, role="text", weight=0.6)
        return
    option = Tag(role="P", parent=answer)
    with pen.whole(Tag(role="Figure", parent=option, alt=_("ticked") if tick.is_ticked else _("not ticked"))):
        canvas, bottom = pen.canvas, pen.height - y - 1.0
        canvas.setStrokeColor(pen.colour("text"))
        canvas.setLineWidth(0.9)
        canvas.rect(x, bottom, BOX, BOX, stroke=1, fill=0)
        if tick.is_ticked:
            canvas.setLineWidth(1.5)
            canvas.lines([(x + 1.8, bottom + 4.4, x + 3.8, bottom + 2.2), (x + 3.8, bottom + 2.2, x + 7.4, bottom + 7.2)])
    with pen.under(option):
        pen.text(tick.line, x + BOX + 5, y)
