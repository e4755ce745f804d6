"""The head of a letter: to whom at the left, the date at the right; its subject stands below as the title."""

from collections.abc import Iterator

from ipt_desktop.domain.report import Report
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.page import Page
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.strip import Drawer, Strip
from ipt_desktop.reports.structure import Tag, paragraph
from ipt_desktop.reports.text import Line, Style, set_text

BELOW = 14.0
"""Points between the address and the subject."""
DATE_SHARE = 0.35
"""How much of the width the date has, at the most."""


def address_strips(report: Report, page: Page, fonts: Fonts) -> Iterator[Strip]:
    """Yield the address line by line, the date beside its first; nothing for what is no letter."""
    if report.addressed is None:
        return
    style = Style(page.setting.subtitle.family, page.setting.subtitle.size, page.setting.subtitle.leading)
    room = page.width * (1 - DATE_SHARE)
    left = [line for text in report.addressed.lines for line in set_text(text, style, room, fonts)]
    right = set_text(report.addressed.date, style, page.width * DATE_SHARE, fonts)
    date = paragraph()
    for number in range(max(len(left), len(right), 1)):
        beside = (left[number : number + 1], right[number : number + 1])
        is_last = number == max(len(left), len(right), 1) - 1
        yield Strip(
            height=style.leading + (BELOW if is_last else 0.0),
            draw=_line(*beside, date, page, style),
            is_kept=True,
            baseline=style.baseline,
            tag=paragraph(),
        )


def _line(left: list[Line], right: list[Line], date: Tag, page: Page, style: Style) -> Drawer:
    def draw(pen: Pen, top: float) -> None:
        for line in left:
            pen.text(line, page.margin, top + style.baseline)
        with pen.under(date):
            for line in right:
                pen.text_right(line, page.margin + page.width, top + style.baseline)

    return draw
