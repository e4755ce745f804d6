"""A section: its head in the left column beside its body, or above it when it needs the full width."""

from collections.abc import Iterator
from dataclasses import replace

from ipt_desktop.domain.report import (
    Answers,
    Blanks,
    Block,
    Chapter,
    Code,
    Contents,
    Facts,
    Items,
    Lead,
    MinorHead,
    Note,
    Panel,
    Pictures,
    Prose,
    QrCode,
    Section,
    Signature,
    Steps,
    Table,
)
from ipt_desktop.domain.report_plan import Contacts, Numbers, PlanSteps, Questions
from ipt_desktop.domain.rich_text import Block as Paragraph
from ipt_desktop.domain.rich_text import BlockKind, RichText, Run, plain
from ipt_desktop.reports.answers import answer_strips, lead_strips, note_strips
from ipt_desktop.reports.book import chapter_strips, contents_strips
from ipt_desktop.reports.figure import picture_strips
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.page import Column, Page
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.plan import plan_strips
from ipt_desktop.reports.setting import Setting
from ipt_desktop.reports.sheet import sheet_strips
from ipt_desktop.reports.strip import Drawer, Strip
from ipt_desktop.reports.structure import Rank, Tag, head, item, paragraph
from ipt_desktop.reports.table import fact_strips, signature_strips, table_strips
from ipt_desktop.reports.text import Line, Style, set_line, set_text


def section_strips(section: Section, page: Page, fonts: Fonts) -> Iterator[Strip]:
    """Yield a section's strips, its head kept with its first lines."""
    if section.is_full_width or not page.has_side_heads:
        above = list(_head_above(section, page, fonts))
        body = _body(section, page.full, fonts)
    else:
        above = []
        body = _head_beside(section, page, fonts, _body(section, page.body, fonts))
    if body and all(isinstance(block, Signature) for block in section.blocks):  # whoever signs sees who else does
        body = [*(replace(strip, is_kept=True) for strip in body[:-1]), body[-1]]
    if strips := [*above, *body]:
        yield replace(strips[0], space=max(page.setting.between_sections, strips[0].space))
        yield from strips[1:]


def _body(section: Section, column: Column, fonts: Fonts) -> list[Strip]:
    strips: list[Strip] = []
    before: Block | None = None
    for block in section.blocks:
        new = list(_block_strips(block, column, fonts))
        if new and strips:
            gap = 0.0 if isinstance(before, MinorHead | Lead) else max(column.setting.between_paragraphs, new[0].space)
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
        case Answers():
            yield from answer_strips(block, column, fonts)
        case Lead():
            yield from lead_strips(block, column, fonts)
        case Note():
            yield from note_strips(block, column, fonts)
        case Chapter():
            yield from chapter_strips(block, column, fonts)
        case Contents():
            yield from contents_strips(block, column, fonts)
        case Panel() | Code() | QrCode() | Steps() | Blanks():
            yield from sheet_strips(block, column, fonts)
        case Numbers() | PlanSteps() | Questions() | Contacts():
            yield from plan_strips(block, column, fonts)


def _prose(rich_text: RichText, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield prose paragraph by paragraph; two lines at least stand together at a page's end and at its top."""
    count = 0
    before: BlockKind | None = None
    listed = Tag(role="L")
    for each in rich_text:
        count = count + 1 if each.kind is BlockKind.NUMBERED else 0
        listed = listed if each.kind is before else Tag(role="L")
        strips = list(_paragraph(each, column, fonts, count, listed)) if each.text.strip() else []
        if not strips:
            continue
        strips[0] = replace(strips[0], space=_gap(before, each.kind, column.setting))
        yield from strips
        before = each.kind


def _gap(before: BlockKind | None, kind: BlockKind, setting: Setting) -> float:
    if before in (None, BlockKind.HEADING):
        return 0.0
    is_list = kind in (BlockKind.BULLET, BlockKind.NUMBERED)
    return setting.between_items if is_list and before is kind else setting.between_paragraphs


def _paragraph(text: Paragraph, column: Column, fonts: Fonts, number: int, listed: Tag) -> Iterator[Strip]:
    """Yield a paragraph; one of a list, the `number`th of it, belongs to the tag `listed`."""
    setting, runs = column.setting, text.runs
    match text.kind:
        case BlockKind.HEADING:
            yield from _minor_head(text.text, column, fonts)
        case BlockKind.BULLET | BlockKind.NUMBERED:
            mark = setting.bullet if text.kind is BlockKind.BULLET else f"{number}."
            yield from _lines(runs, setting.body, column, fonts, item(listed), mark=mark)
        case BlockKind.QUOTE:
            tag = Tag(role="P", parent=Tag(role="BlockQuote"))
            yield from _lines(runs, setting.body, column, fonts, (tag, tag), indent=setting.indent)
        case _:
            tag = paragraph()
            yield from _lines(runs, setting.body, column, fonts, (tag, tag))


def _minor_head(text: str, column: Column, fonts: Fonts) -> Iterator[Strip]:
    tag = head(Rank.MINOR)
    for strip in _lines((Run(text),), column.setting.minor_head, column, fonts, (tag, tag)):
        yield replace(strip, is_kept=True)


def _lines(
    runs: tuple[Run, ...],
    style: Style,
    column: Column,
    fonts: Fonts,
    tags: tuple[Tag, Tag],
    *,
    mark: str = "",
    indent: float = 0.0,
) -> Iterator[Strip]:
    """Yield a paragraph's lines; `mark` (a dash, a number) stands left of the first, the others are indented with it.

    `tags` are that of the mark and that of the words.
    """
    leader = set_line(mark, style, fonts) if mark else None
    indent = max(column.setting.indent, leader.width + 4) if leader else indent
    lines = set_text(runs, style, column.width - indent, fonts, is_aligned=True)
    for number, line in enumerate(lines):
        yield Strip(
            height=style.leading,
            draw=_line_drawer(line, column, indent, (leader, tags[0]) if leader and number == 0 else None),
            is_kept=len(lines) > 1 and number in (0, len(lines) - 2),
            baseline=style.baseline,
            tag=tags[1],
        )


def _line_drawer(line: Line, column: Column, indent: float, leader: tuple[Line, Tag] | None) -> Drawer:
    """Return what draws a line; one from right to left has its mark at the right edge and is indented from there."""
    is_mirrored = bool(line.level % 2)

    def draw(pen: Pen, top: float) -> None:
        if leader:
            mark, tag = leader
            with pen.under(tag):
                pen.text(mark, column.right - mark.width if is_mirrored else column.left, top + mark.style.baseline)
        pen.text(line, column.left + (0.0 if is_mirrored else indent), top + line.style.baseline)

    return draw


def _head_above(section: Section, page: Page, fonts: Fonts) -> Iterator[Strip]:
    tag = head(Rank.SECTION, section.title)
    style = page.setting.side_head
    lines = list(_lines((Run(section.title),), style, page.full, fonts, (tag, tag))) if section.title else []
    for number, strip in enumerate(lines, 1):
        below = page.setting.below_head if number == len(lines) else 0.0
        yield replace(strip, height=strip.height + below, is_kept=True)


def _head_beside(section: Section, page: Page, fonts: Fonts, body: list[Strip]) -> list[Strip]:
    """Let the first strip draw the side-head on its own baseline, and give a short body the height its head needs."""
    style = page.setting.side_head
    lines = set_text(section.title, style, page.side_head, fonts) if section.title else []
    if not lines or not body:
        return body
    first, tag = body[0], head(Rank.SECTION, section.title)

    def draw(pen: Pen, top: float) -> None:
        for number, line in enumerate(lines):
            with pen.under(tag):
                pen.text(line, page.margin, top + first.baseline + number * style.leading)
        first.draw(pen, top)

    body[0] = replace(first, draw=draw)
    missing = len(lines) * style.leading - sum(strip.space + strip.height for strip in body)
    if missing > 0:
        body[-1] = replace(body[-1], height=body[-1].height + missing)
    return body
