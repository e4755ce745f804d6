"""The head of a letter: to whom at the left, the date at the right; its subject stands below as the title."""

from collections.abc import Iterator

from ipt_desktop.domain.report import Report
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.page import Page
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.strip import Drawer, Strip
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
    count = max(len(left), len(right))
    for number in range(count):
        beside = right[number] if number < len(right) else None
        yield Strip(
            height=style.leading + (BELOW if number == count - 1 else 0.0),
            draw=_line(left[number] if number < len(left) else None, beside, page, style),
            is_kept=True,
            baseline=style.baseline,
        )


def _line(left: Line | None, right: Line | None, page: Page, style: Style) -> Drawer:
    def draw(pen: Pen, top: float) -> None:
        if left is not None:
            pen.text(left, page.margin, top + style.baseline)
        if right is not None:
            pen.text_right(right, page.margin + page.width, top + style.baseline)

    return draw
