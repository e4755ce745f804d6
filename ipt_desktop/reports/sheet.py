"""The parts of a sheet that is kept as paper: a warning, a code in groups and as a picture, steps, lines to fill in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from reportlab.graphics.barcode.qrencoder import QRAlphaNum, QRCode, QRErrorCorrectLevel

from ipt_desktop.domain.report import Blanks, Code, Panel, QrCode, Steps
from ipt_desktop.domain.rich_text import BlockKind, Run, plain
from ipt_desktop.domain.text import _
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.page import MM, Column
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.strip import Strip, line_strip
from ipt_desktop.reports.structure import Tag, item, paragraph
from ipt_desktop.reports.text import Line, Style, set_line, set_text

WARNING = Style("sans", 11.25, 16, bold=True)
GROUP = Style("code", 17, 29.5)
NUMBER = Style("sans", 7.25, 9, role="text_soft")
NOTE = Style("sans", 9, 12.25, role="text_soft")
STEP = Style("sans", 11, 15.5)
LABEL = Style("sans", 9.25, 24, role="text_soft")

BAR = 2.2
PANEL_PADDING = 10.5
GROUPS_IN_A_ROW = 4
NUMBER_RIGHT, GROUP_LEFT = 10.5, 16.5
QR_SIZE = 42 * MM
QUIET_MODULES = 4  # white round a code, without which scanners do not find it
STEP_INDENT = 16.0
BETWEEN_STEPS = 3.0
BLANK_LEFT, LEAST_BLANK = 118.0, 90.0
BETWEEN_PARTS = 15.0


def sheet_strips(block: Panel | Code | QrCode | Steps | Blanks, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield one part of a sheet, kept in one piece; only a panel may be longer than a page."""
    match block:
        case Panel():
            yield from _panel_strips(block, column, fonts)
            return
        case Code(groups, note):
            strips = [*_code_strips(groups, column, fonts), *_note_strips(note, column, fonts)]
        case QrCode(text, note):
            strips = [_qr_strip(modules_of(text), column), *_note_strips(note, column, fonts)]
        case Steps():
            strips = list(_step_strips(block, column, fonts))
        case Blanks(labels):
            style = column.setting.fit(LABEL)
            strips = [strip for label in labels for strip in _blank_strips(label, style, column, fonts)]
    for number, strip in enumerate(strips):
        yield replace(strip, is_kept=number < len(strips) - 1, space=strip.space if number else BETWEEN_PARTS)


def modules_of(text: str) -> list[list[bool]]:
    """Return the dark modules of a QR code, row by row, at level Q: it bears a quarter of it being spoilt.

    `text` holds capitals, digits and `:` alone, which need the smallest code; raises ValueError for any other.
    """
    code = QRCode(None, QRErrorCorrectLevel.Q)
    code.addData(QRAlphaNum(text))
    code.make()
    return [[bool(dark) for dark in row] for row in code.modules]


def _panel_strips(panel: Panel, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield a panel in one piece; one that would fill half a page goes on over its end, line by line."""
    spots = list(_panel_spots(panel, column, fonts))
    whole = sum(gap + line.style.leading for gap, line, _tag in spots) + 2 * PANEL_PADDING
    parts = [spots] if whole <= column.room / 2 else [[each] for each in spots]
    for number, part in enumerate(parts):
        above, below = PANEL_PADDING * (number == 0), PANEL_PADDING * (number == len(parts) - 1)
        is_kept = number < len(parts) - 1 and number in (0, 1, len(parts) - 2)
        yield replace(_ground(part, column, above, below), is_kept=is_kept, space=0 if number else BETWEEN_PARTS)


def _panel_spots(panel: Panel, column: Column, fonts: Fonts) -> Iterator[tuple[float, Line, Tag]]:
    """Yield the lines, each with the gap above it and its tag.

    A warning is heavy; under a title the words are as running text is.
    """
    setting, width = column.setting, column.width - 2 * STEP_INDENT
    if panel.title:
        title = paragraph()
        yield from ((0.0, line, title) for line in set_text(panel.title, setting.minor_head, width, fonts))
    body = setting.body if panel.title else setting.fit(WARNING)
    text = plain(panel.text) if isinstance(panel.text, str) else panel.text
    for number, each in enumerate(part for part in text if part.text.strip()):
        is_item = each.kind in (BlockKind.BULLET, BlockKind.NUMBERED)
        runs = (Run(f"{setting.bullet} "), *each.runs) if is_item else each.runs
        tag = paragraph()
        for place, line in enumerate(set_text(runs, body, width, fonts, is_aligned=True)):
            yield (0.0 if place or not number else setting.between_items), line, tag
    below = paragraph()
    for place, line in enumerate(set_text(panel.note, setting.small, width, fonts) if panel.note else []):
        yield (0.0 if place else setting.between_items), line, below


def _ground(spots: Sequence[tuple[float, Line, Tag]], column: Column, above: float, below: float) -> Strip:
    """Return lines on the ground of a panel, with the padding that is theirs."""
    height = sum(gap + line.style.leading for gap, line, _tag in spots) + above + below

    def draw(pen: Pen, top: float) -> None:
        pen.fill("sunken", column.left, top, column.width, height)
        pen.fill("accent", column.left, top, BAR, height)
        y = top + above
        for gap, line, tag in spots:
            with pen.under(tag):
                pen.text(line, column.left + STEP_INDENT, y + gap + line.style.baseline)
            y += gap + line.style.leading

    return Strip(height=height, draw=draw, baseline=above + spots[0][1].style.baseline)


def _code_strips(groups: Sequence[str], column: Column, fonts: Fonts) -> Iterator[Strip]:
    rows = range(0, len(groups), GROUPS_IN_A_ROW)
    for start in rows:
        yield _code_row(groups[start : start + GROUPS_IN_A_ROW], start + 1, column, fonts, is_last=start == rows[-1])


def _code_row(groups: Sequence[str], first: int, column: Column, fonts: Fonts, *, is_last: bool) -> Strip:
    style, numeral = column.setting.fit(GROUP), column.setting.fit(NUMBER)
    set_groups = [set_line(group, style, fonts) for group in groups]
    numbers = [set_line(str(first + place), numeral, fonts) for place in range(len(groups))]

    def draw(pen: Pen, top: float) -> None:
        for place, (group, number) in enumerate(zip(set_groups, numbers, strict=True)):
            left = column.left + place * column.width / GROUPS_IN_A_ROW
            pen.text_right(number, left + NUMBER_RIGHT, top + style.baseline)
            pen.text(group, left + GROUP_LEFT, top + style.baseline)
        if not is_last:
            pen.rule(column.left, top + style.leading, column.width)

    baseline = style.baseline - (style.size - NOTE.size) / 2
    return Strip(height=style.leading, draw=draw, baseline=baseline, tag=paragraph())


def _qr_strip(modules: Sequence[Sequence[bool]], column: Column) -> Strip:
    """Return the code, each row's dark runs as one rectangle, with the white that belongs below it."""
    step = QR_SIZE / len(modules)
    figure = Tag(role="Figure", alt=_("The same as a QR code, for a scanner"))

    def draw(pen: Pen, top: float) -> None:
        with pen.whole(figure):
            for row, cells in enumerate(modules):
                place = 0
                for is_dark, run in groupby(cells):
                    length = len(list(run))
                    if is_dark:
                        pen.fill("text", column.left + place * step, top + row * step, length * step, step)
                    place += length

    return Strip(height=QR_SIZE + QUIET_MODULES * step, draw=draw, baseline=WARNING.baseline)


def _note_strips(note: str, column: Column, fonts: Fonts) -> Iterator[Strip]:
    tag = paragraph()
    for number, line in enumerate(set_text(note, column.setting.fit(NOTE), column.width, fonts) if note else []):
        yield replace(line_strip(line, column.left, tag), space=0 if number else 4)


def _step_strips(block: Steps, column: Column, fonts: Fonts) -> Iterator[Strip]:
    listed = Tag(role="L")
    for number, step in enumerate(block.steps, 1):
        mark, words = item(listed)
        runs = [run for paragraph in step for run in paragraph.runs]
        style = column.setting.fit(STEP)
        lines = set_text(runs, style, column.width - STEP_INDENT, fonts)
        for place, line in enumerate(lines):
            leader = None if place else set_line(str(number), style, fonts)
            yield replace(_step_line(line, leader, mark, column), space=0 if place else BETWEEN_STEPS, tag=words)


def _step_line(line: Line, leader: Line | None, mark: Tag, column: Column) -> Strip:
    style = line.style

    def draw(pen: Pen, top: float) -> None:
        if leader:
            with pen.under(mark):
                pen.text(leader, column.left, top + style.baseline)
        pen.text(line, column.left + STEP_INDENT, top + style.baseline)

    return Strip(height=style.leading, draw=draw, baseline=style.baseline)


def _blank_strips(label: str, style: Style, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield a label and, after its last line, a line to write on."""
    tag = paragraph()
    *above, last = set_text(label, style, column.width - LEAST_BLANK, fonts)

    def draw(pen: Pen, top: float) -> None:
        pen.text(last, column.left, top + style.baseline)
        left = column.left + max(BLANK_LEFT, last.width + 8)
        pen.rule(left, top + style.baseline + 2, column.right - left, role="text", weight=0.6)

    yield from (line_strip(line, column.left, tag, is_kept=True) for line in above)
    yield Strip(height=style.leading, draw=draw, baseline=style.baseline, tag=tag)
