"""From a report to a PDF: every face embedded, every character printed or named.

The same bytes are shown, saved and sent to the printer.
"""

import io
from collections.abc import Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from threading import Lock

from reportlab.pdfgen.canvas import Canvas

from ipt_desktop.domain.report import Place, Report, Signature, unprintable
from ipt_desktop.domain.spelt_out import spelt_out
from ipt_desktop.reports.book import name_of
from ipt_desktop.reports.fonts import Fonts, fonts_in
from ipt_desktop.reports.page import Page, draw_page, set_letterhead, title_strips
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.section import section_strips
from ipt_desktop.reports.setting import setting_of
from ipt_desktop.reports.strip import Placed, Strip, chapter_pages, paginate
from ipt_desktop.reports.tagging import tagged

_one_at_a_time = Lock()  # ReportLab's fonts are shared and remember the document they are used in


def unprintable_places(report: Report, fonts: Path) -> list[Place]:
    """Return each character no face in the folder `fonts` has, with the section it stands in."""
    with _one_at_a_time:
        return unprintable(report, fonts_in(fonts).can_print)


def render(report: Report, fonts: Path, colours: Mapping[str, str]) -> bytes:
    """Set a report as PDF with the faces of the folder `fonts`; `colours` maps roles to `#rrggbb` (the tokens' `paper` table).

    What no face has is spelt out in brackets; `unprintable_places` tells of it, so that it can be said before saving.
    """
    with _one_at_a_time:
        faces = fonts_in(fonts)
        is_all_there = not unprintable(report, faces.can_print)
        return _write(report if is_all_there else spelt_out(report, faces.can_print), faces, colours)


def _write(report: Report, fonts: Fonts, colours: Mapping[str, str]) -> bytes:
    page = Page(report.paper, has_letterhead=report.letterhead is not None, setting=setting_of(report))
    pages = _laid_out(report, page, fonts)
    stream = io.BytesIO()
    # A canvas names its initial font on every page: it must be one of ours, or an unembedded Helvetica is named.
    canvas = Canvas(
        stream,
        pagesize=page.size,
        initialFontName=fonts.face("sans").fontName,
        pageCompression=1,
        lang=report.language,
        invariant=report.is_undated,  # no day of making: beside dates that were moved it would tell by how much
    )
    canvas.setTitle(report.title)
    canvas.setSubject(report.subtitle)
    canvas.setAuthor(report.author)
    canvas.setCreator("IPT Desktop")
    pen = Pen(canvas, colours, page.size[1], chapter_pages(pages))
    chapters = count()
    for number, strips in enumerate(pages, 1):
        draw_page(pen, page, strips, fonts, report, number=number, count=len(pages))
        for top in (top for top, strip in strips if strip.is_chapter):
            canvas.bookmarkHorizontal(name_of(next(chapters)), 0, page.size[1] - top)
        pen.turn()
    canvas.save()
    return tagged(stream.getvalue(), pen.structure, report, page.size[1])


def _keep_with_the_signature(strips: list[Strip], last: int, page: Page) -> None:
    """Keep the end of the text with the signature: nobody signs a page that says nothing. A short last section stays whole.

    `last` is how many strips the last section has.
    """
    is_short = sum(each.space + each.height for each in strips[len(strips) - last :]) <= page.room / 4
    start = len(strips) - (last if is_short else 1)
    strips[start:] = [replace(each, is_kept=True) for each in strips[start:]]


def _laid_out(report: Report, page: Page, fonts: Fonts) -> list[Placed]:
    """Return the pages; they are all laid out before the first is drawn, so that each can say of how many it is one."""
    strips: list[Strip] = [*title_strips(report, page, fonts)]
    last = len(strips)
    for section in report.sections:
        if strips and any(isinstance(block, Signature) for block in section.blocks[:1]):
            _keep_with_the_signature(strips, last, page)
        before = len(strips)
        strips += section_strips(section, page, fonts)
        last = len(strips) - before
    return paginate(
        strips,
        first_top=page.first_top + set_letterhead(report.letterhead, page, fonts).extra,
        top=page.sheet.later_top,
        bottom=page.bottom,
    )
