"""The texts of a report that can be changed for one paper, and what they were changed to; the record stays as it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ipt_desktop.domain.report import Block, Items, Lead, Note, Panel, Prose, Report, Section, Table, cell_text
from ipt_desktop.domain.rich_text import Block as Paragraph
from ipt_desktop.domain.rich_text import BlockKind, RichText, as_plain, is_blank, plain


@dataclass(frozen=True, slots=True)
class PaperText:
    """A text of a section as it was assembled; `title` is the section's, `where` says where in its table it stands."""

    section: str
    title: str
    words: RichText
    where: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A text of a section that reads otherwise on this paper: what was assembled, and the words that stand there instead.

    It holds only where the same text is assembled again: words written over one thing never replace another.
    """

    section: str
    was: RichText
    words: RichText


def texts_of(report: Report) -> list[PaperText]:
    """Return every text that can be changed, in reading order."""
    return [text for section in report.sections if section.is_editable for text in _in_section(section)]


def with_edits(report: Report, edits: Iterable[Edit]) -> Report:
    """Return the report with its texts as they were changed; one that was emptied goes with its heading."""
    changed = {(each.section, each.was): each.words for each in edits}
    if not changed:
        return report
    sections = (_changed(section, changed) if section.is_editable else section for section in report.sections)
    return replace(report, sections=tuple(each for each in sections if each.blocks))


def without_place(report: Report, edits: Iterable[Edit]) -> list[Edit]:
    """Return the changes whose text is not in a report (as it was assembled) any more."""
    there = {(each.section, each.words) for each in texts_of(report)}
    return [each for each in edits if (each.section, each.was) not in there]


def _in_section(section: Section) -> Iterator[PaperText]:
    for block in section.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for column, cell in zip(block.columns, row, strict=False):
                    if not isinstance(cell, str) and not is_blank(cell):
                        where = (cell_text(row[0]).partition("\n")[0] if row[0] is not cell else "", column.head)
                        yield PaperText(section.key, section.title, cell, " · ".join(filter(None, where)))
        elif words := _words(block):
            yield PaperText(section.key, section.title, words)


def _words(block: Block) -> RichText:
    """Return what can be changed of a block, nothing where it is no text."""
    match block:
        case Prose(words):
            return words
        case Items(items):
            return tuple(
                replace(paragraph, kind=BlockKind.BULLET)
                for item in items
                for paragraph in (plain(item) if isinstance(item, str) else item)
            )
        case Lead(text) | Note(text):
            return plain(text)
        case Panel(text):
            return plain(text) if isinstance(text, str) else text
        case _:
            return ()


def _changed(section: Section, changed: dict[tuple[str, RichText], RichText]) -> Section:
    def now(words: RichText) -> RichText:
        return changed.get((section.key, words), words)

    blocks: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Table):
            rows = tuple(tuple(cell if isinstance(cell, str) else now(cell) for cell in row) for row in block.rows)
            blocks.append(replace(block, rows=rows))
            continue
        was = _words(block)
        words = now(was)
        if words == was:
            blocks.append(block)
        elif not is_blank(words):
            blocks.append(_said(block, words))
    return replace(section, blocks=tuple(blocks))


def _said(block: Block, words: RichText) -> Block:
    """Return the block with other words; a list that became running text is set as such."""
    match block:
        case Lead():
            return Lead(as_plain(words))
        case Note():
            return Note(as_plain(words))
        case Panel(text):
            return replace(block, text=as_plain(words) if isinstance(text, str) else words)
        case Items() if all(each.kind is BlockKind.BULLET for each in words):
            return Items(tuple((Paragraph(each.runs),) for each in words))
        case _:
            return Prose(words)
