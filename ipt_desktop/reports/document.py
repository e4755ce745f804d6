"""From a report to a PDF: every face embedded, every character printed or named.

The same bytes are shown, saved and sent to the printer.
"""

import io
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, groupby
from pathlib import Path
from threading import Lock

from reportlab.pdfgen.canvas import Canvas

from ipt_desktop.domain.page_span import SetPages, Span
from ipt_desktop.domain.report import Place, Report, Section, Signature, unprintable
from ipt_desktop.domain.spelt_out import spelt_out
from ipt_desktop.reports.book import name_of
from ipt_desktop.reports.fonts import Fonts, fonts_in
from ipt_desktop.reports.letter import address_strips
from ipt_desktop.reports.page import Page, draw_page, page_of, set_letterhead, title_strips
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.section import section_strips
from ipt_desktop.reports.setting import settings_of
from ipt_desktop.reports.strip import Placed, Strip, chapter_pages, paginate
from ipt_desktop.reports.structure import Structure
from ipt_desktop.reports.tagging import tagged

Watch = Callable[[float], None]
LAID_OUT = 0.7
"""The share of the work that is done once every page is laid out and none is drawn."""


def _unwatched(_share: float) -> None:
    return


@dataclass(frozen=True, slots=True)
class Overfull:
    """How many lines a letter has too many, 0 where it fits its page, and how many each of its sections has."""

    too_many: int
    lines: Mapping[str, int]


_one_at_a_time = Lock()  # ReportLab's fonts are shared and remember the document they are used in


def unprintable_places(report: Report, fonts: Path) -> list[Place]:
    """Return each character no face in the folder `fonts` has, with the section it stands in."""
    with _one_at_a_time:
        return unprintable(report, fonts_in(fonts).can_print)


def render(report: Report, fonts: Path, colours: Mapping[str, str]) -> bytes:
    """Set a report as PDF with the faces of the folder `fonts`; `colours` maps roles to `#rrggbb` (the tokens' `paper` table).

    What no face has is spelt out in brackets; `unprintable_places` tells of it, so that it can be said before saving.
    """
    return set_pages(report, fonts, colours).pdf


def set_pages(report: Report, fonts: Path, colours: Mapping[str, str], watch: Watch = _unwatched) -> SetPages:
    """Set a report as `render` does, and tell where its sections came to stand.

    `watch` is called again and again with the share that is done, 0 to 1; what it raises stops the setting.
    """
    with _one_at_a_time:
        faces = fonts_in(fonts)
        is_all_there = not unprintable(report, faces.can_print)
        return _write(report if is_all_there else spelt_out(report, faces.can_print), faces, colours, watch)


def _write(report: Report, fonts: Fonts, colours: Mapping[str, str], watch: Watch) -> SetPages:
    page, pages = _laid_out(report, fonts, watch)
    spans = tuple(_spans(pages, page))
    pdf, structure = _drawn(report, page, pages, fonts, colours, watch)
    return SetPages(tagged(pdf, structure, report, page.size[1]), spans)


def _drawn(
    report: Report, page: Page, pages: list[Placed], fonts: Fonts, colours: Mapping[str, str], watch: Watch
) -> tuple[io.BytesIO, Structure]:
    """Return the pages drawn, and what their marks belong to; each page is let go of, since there may be hundreds."""
    stream = io.BytesIO()
    canvas = _canvas(stream, report, page, fonts)
    pen = Pen(canvas, colours, page.size[1], chapter_pages(pages))
    chapters, total = count(), len(pages)
    for number in range(1, total + 1):
        watch(LAID_OUT + (1 - LAID_OUT) * number / total)
        strips, pages[number - 1] = pages[number - 1], []
        draw_page(pen, page, strips, fonts, report, number=number, count=total)
        for top in (top for top, strip in strips if strip.is_chapter):
            canvas.bookmarkHorizontal(name_of(next(chapters)), 0, page.size[1] - top)
        pen.turn()
    canvas.save()
    return stream, pen.structure


def first_page(report: Report, fonts: Path, colours: Mapping[str, str], of: int) -> bytes:
    """Return the first page alone, to be looked at while the others are set: it says that it is one `of` so many.

    It cannot tell where chapters begin, and is not made to be read aloud: nothing that is kept.
    """
    with _one_at_a_time:
        faces = fonts_in(fonts)
        told = report if not unprintable(report, faces.can_print) else spelt_out(report, faces.can_print)
        page = Page(report.paper, has_letterhead=report.letterhead is not None, setting=settings_of(report)[0])
        strips: list[Strip] = []
        for part, _section in _parts(told, page, faces):
            strips += part
            if sum(each.space + each.height for each in strips) > page.size[1]:
                break
        stream = io.BytesIO()
        canvas = _canvas(stream, told, page, faces)
        draw_page(
            Pen(canvas, colours, page.size[1], []),
            page,
            _shared_out(strips, told, page, faces)[0],
            faces,
            told,
            number=1,
            count=of,
        )
        canvas.showPage()
        canvas.save()
        return stream.getvalue()


def _canvas(stream: io.BytesIO, report: Report, page: Page, fonts: Fonts) -> Canvas:
    # A canvas names its initial font on every page: it must be one of ours, or an unembedded Helvetica is named.
    canvas = Canvas(
        stream,
        pagesize=page.size,
        initialFontName=fonts.face("sans").fontName,
        pageCompression=0,  # all is compressed once, when it is tagged
        lang=report.language,
        invariant=report.is_undated,  # no day of making: beside dates that were moved it would tell by how much
    )
    canvas.setTitle(report.name)
    canvas.setSubject(report.subtitle)
    canvas.setAuthor(report.author)
    canvas.setCreator("IPT Desktop")
    return canvas


def _spans(pages: list[Placed], page: Page) -> Iterator[Span]:
    """Yield where each section stands whose words can be changed, page by page."""
    for number, strips in enumerate(pages, 1):
        for key, group in groupby(strips, lambda each: each[1].section):
            tops = [(top, top + strip.height) for top, strip in group]
            if key:
                yield Span(key, number, tops[0][0] / page.size[1], tops[-1][1] / page.size[1])


def _keep_with_the_signature(strips: list[Strip], last: int, page: Page) -> None:
    """Keep the end of the text with the signature: nobody signs a page that says nothing. A short last section stays whole.

    `last` is how many strips the last section has.
    """
    is_short = sum(each.space + each.height for each in strips[len(strips) - last :]) <= page.room / 4
    start = len(strips) - (last if is_short else 1)
    strips[start:] = [replace(each, is_kept=True) for each in strips[start:]]


def overfull(report: Report, fonts: Path) -> Overfull:
    """Return by how much a report that is to be one page is too long, as close as it can be set."""
    with _one_at_a_time:
        faces = fonts_in(fonts)
        told = spelt_out(report, faces.can_print)
        page = page_of(told, settings_of(report)[-1], faces)
        leading, lines = page.setting.body.leading, dict[str, int]()
        height = page.first_top + set_letterhead(told.letterhead, page, faces).extra - page.bottom
        for strips, section in _parts(told, page, faces):
            taken = sum(each.space + each.height for each in strips)
            height += taken
            if section is not None and section.is_editable:
                lines[section.title] = lines.get(section.title, 0) + round(taken / leading)
        return Overfull(max(0, math.ceil(height / leading)), lines)


def _laid_out(report: Report, fonts: Fonts, watch: Watch) -> tuple[Page, list[Placed]]:
    """Return the pages; they are all laid out before the first is drawn, so that each can say of how many it is one."""
    for setting in settings_of(report):
        page = page_of(report, setting, fonts)
        pages = _paginated(report, page, fonts, watch)
        if len(pages) == 1:
            break
    return page, pages


def _paginated(report: Report, page: Page, fonts: Fonts, watch: Watch) -> list[Placed]:
    strips: list[Strip] = []
    last = 0
    for number, (part, section) in enumerate(_parts(report, page, fonts)):
        watch(LAID_OUT * number / (len(report.sections) + 1))
        if strips and section is not None and any(isinstance(block, Signature) for block in section.blocks[:1]):
            _keep_with_the_signature(strips, last, page)
        strips += part
        last = len(part)
    return _shared_out(strips, report, page, fonts)


def _shared_out(strips: list[Strip], report: Report, page: Page, fonts: Fonts) -> list[Placed]:
    return paginate(
        strips,
        first_top=page.first_top + set_letterhead(report.letterhead, page, fonts).extra,
        top=page.sheet.later_top,
        bottom=page.bottom,
    )


def _parts(report: Report, page: Page, fonts: Fonts) -> Iterator[tuple[list[Strip], Section | None]]:
    """Yield what stands above the sections, then each section with its strips."""
    yield [*address_strips(report, page, fonts), *title_strips(report, page, fonts)], None
    for section in report.sections:
        key = section.key if section.is_editable else ""
        yield [replace(strip, section=key) for strip in section_strips(section, page, fonts)], section
