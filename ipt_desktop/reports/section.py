"""A section: its head in the left column beside its body, or above it when it needs the full width."""

from collections.abc import Iterator
from dataclasses import replace

from ipt_desktop.domain.report import (
    Blanks,
    Block,
    Code,
    Facts,
    Items,
    MinorHead,
    Numbers,
    Panel,
    Pictures,
    PlanSteps,
    Prose,
    QrCode,
    Questions,
    Section,
    Signature,
    Steps,
    Table,
)
from ipt_desktop.domain.rich_text import Block as Paragraph
from ipt_desktop.domain.rich_text import BlockKind, RichText, Run, plain
from ipt_desktop.reports.figure import picture_strips
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.page import Column, Page
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.plan import plan_strips
from ipt_desktop.reports.sheet import sheet_strips
from ipt_desktop.reports.strip import Drawer, Strip
from ipt_desktop.reports.table import fact_strips, signature_strips, table_strips
from ipt_desktop.reports.text import Line, Style, set_line, set_text

BODY = Style("serif", 10.5, 15)
SIDE_HEAD = Style("sans", 9.75, 15, role="accent", bold=True)
MINOR_HEAD = Style("sans", 9.75, 15, bold=True)
BETWEEN_SECTIONS = 15.0
BETWEEN_PARAGRAPHS = 7.5
BETWEEN_ITEMS = 2.5
INDENT = 12.0


def section_strips(section: Section, page: Page, fonts: Fonts) -> Iterator[Strip]:
    """Yield a section's strips, its head kept with its first lines."""
    if section.is_full_width:
        head = list(_head_above(section, page, fonts))
        body = _body(section, page.full, fonts)
    else:
        head = []
        body = _head_beside(section, page, fonts, _body(section, page.body, fonts))
    if strips := [*head, *body]:
        yield replace(strips[0], space=max(BETWEEN_SECTIONS, strips[0].space))
        yield from strips[1:]


def _body(section: Section, column: Column, fonts: Fonts) -> list[Strip]:
    strips: list[Strip] = []
    before: Block | None = None
    for block in section.blocks:
        new = list(_block_strips(block, column, fonts))
        if new and strips:
            gap = 0.0 if isinstance(before, MinorHead) else max(BETWEEN_PARAGRAPHS, new[0].space)
            new[0] = replace(new[0], space=gap)
        strips += new
        before = block
    return strips


def _block_strips(block: Block, column: Column, fonts: Fonts) -> Iterator[Strip]:
    match block:
        case Prose(rich_text):
            yield from _prose(rich_text, column, fonts)
        case MinorHead(text):
            yield from _minor_head(text, column, fonts)
        case Items(items):
            bullets = tuple(
                replace(paragraph, kind=BlockKind.BULLET)
                for item in items
                for paragraph in (plain(item) if isinstance(item, str) else item)
            )
            yield from _prose(bullets, column, fonts)
        case Facts():
            yield from fact_strips(block, column, fonts)
        case Table():
            yield from table_strips(block, column, fonts)
        case Pictures():
            yield from picture_strips(block, column, fonts)
        case Signature():
            yield from signature_strips(block, column, fonts)
        case Panel() | Code() | QrCode() | Steps() | Blanks():
            yield from sheet_strips(block, column, fonts)
        case Numbers() | PlanSteps() | Questions():
            yield from plan_strips(block, column, fonts)


def _prose(rich_text: RichText, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield prose paragraph by paragraph; two lines at least stand together at a page's end and at its top."""
    count = 0
    before: BlockKind | None = None
    for paragraph in rich_text:
        count = count + 1 if paragraph.kind is BlockKind.NUMBERED else 0
        strips = list(_paragraph(paragraph, column, fonts, count)) if paragraph.text.strip() else []
        if not strips:
            continue
        strips[0] = replace(strips[0], space=_gap(before, paragraph.kind))
        yield from strips
        before = paragraph.kind


def _gap(before: BlockKind | None, kind: BlockKind) -> float:
    if before in (None, BlockKind.HEADING):
        return 0.0
    is_list = kind in (BlockKind.BULLET, BlockKind.NUMBERED)
    return BETWEEN_ITEMS if is_list and before is kind else BETWEEN_PARAGRAPHS


def _paragraph(paragraph: Paragraph, column: Column, fonts: Fonts, number: int) -> Iterator[Strip]:
    match paragraph.kind:
        case BlockKind.HEADING:
            yield from _minor_head(paragraph.text, column, fonts)
        case BlockKind.BULLET:
            yield from _lines(paragraph.runs, BODY, column, fonts, mark="–")
        case BlockKind.NUMBERED:
            yield from _lines(paragraph.runs, BODY, column, fonts, mark=f"{number}.")
        case BlockKind.QUOTE:
            yield from _lines(paragraph.runs, BODY, column, fonts, indent=INDENT)
        case _:
            yield from _lines(paragraph.runs, BODY, column, fonts)


def _minor_head(text: str, column: Column, fonts: Fonts) -> Iterator[Strip]:
    for strip in _lines((Run(text),), MINOR_HEAD, column, fonts):
        yield replace(strip, is_kept=True)


def _lines(
    runs: tuple[Run, ...], style: Style, column: Column, fonts: Fonts, *, mark: str = "", indent: float = 0.0
) -> Iterator[Strip]:
    """Yield a paragraph's lines; `mark` (a dash, a number) stands left of the first, the others are indented with it."""
    leader = set_line(mark, style, fonts) if mark else None
    indent = max(INDENT, leader.width + 4) if leader else indent
    lines = set_text(runs, style, column.width - indent, fonts)
    for number, line in enumerate(lines):
        yield Strip(
            height=style.leading,
            draw=_line_drawer(line, column.left, indent, leader if number == 0 else None),
            is_kept=len(lines) > 1 and number in (0, len(lines) - 2),
            baseline=style.baseline,
        )


def _line_drawer(line: Line, left: float, indent: float, leader: Line | None) -> Drawer:
    def draw(pen: Pen, top: float) -> None:
        if leader:
            pen.text(leader, left, top + leader.style.baseline)
        pen.text(line, left + indent, top + line.style.baseline)

    return draw


def _head_above(section: Section, page: Page, fonts: Fonts) -> Iterator[Strip]:
    if section.title:
        for strip in _lines((Run(section.title),), SIDE_HEAD, page.full, fonts):
            yield replace(strip, is_kept=True)


def _head_beside(section: Section, page: Page, fonts: Fonts, body: list[Strip]) -> list[Strip]:
    """Let the first strip draw the side-head on its own baseline, and give a short body the height its head needs."""
    lines = set_text(section.title, SIDE_HEAD, page.side_head, fonts) if section.title else []
    if not lines or not body:
        return body
    first = body[0]

    def draw(pen: Pen, top: float) -> None:
        for number, line in enumerate(lines):
            pen.text(line, page.margin, top + first.baseline + number * SIDE_HEAD.leading)
        first.draw(pen, top)

    body[0] = replace(first, draw=draw)
    missing = len(lines) * SIDE_HEAD.leading - sum(strip.space + strip.height for strip in body)
    if missing > 0:
        body[-1] = replace(body[-1], height=body[-1].height + missing)
    return body
