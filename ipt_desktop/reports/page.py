"""The page: sheet, margins, columns, and what stands on every page besides its text. Lengths are in points."""

from collections.abc import Iterable
from dataclasses import dataclass

from ipt_desktop.domain.report import Letterhead, Paper, Report
from ipt_desktop.domain.text import _
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.setting import USUAL, Setting
from ipt_desktop.reports.strip import Placed, Strip, line_strip
from ipt_desktop.reports.text import Line, Style, set_line, set_text

MM = 72 / 25.4
SIZES = {Paper.A4: (210 * MM, 297 * MM), Paper.LETTER: (612.0, 792.0)}

SMALL = USUAL.small
PROFESSION = Style("sans", 9.25, 12.5)
BELOW_TITLE = 12.0
LEFT_STEP = 13.0
RIGHT_STEP = 10.8
NAME = Style("serif", 15, 20, bold=True)


@dataclass(frozen=True, slots=True)
class Column:
    """Where a block is set: its left edge, its width, the height a page has for it, and in which type."""

    left: float
    width: float
    room: float
    setting: Setting = USUAL

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width


@dataclass(frozen=True, slots=True)
class Page:
    """Where things stand on a sheet, and in which type."""

    paper: Paper
    has_letterhead: bool
    setting: Setting = USUAL

    margin = 22 * MM
    side_head = 35 * MM
    gutter = 6 * MM
    later_top = 26 * MM

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the sheet."""
        return SIZES[self.paper]

    @property
    def width(self) -> float:
        """The full width between the margins."""
        return self.size[0] - 2 * self.margin

    @property
    def full(self) -> Column:
        """The column from margin to margin."""
        return Column(self.margin, self.width, self.room, self.setting)

    @property
    def body(self) -> Column:
        """The column beside the side-heads."""
        beside = self.side_head + self.gutter
        return Column(self.margin + beside, self.width - beside, self.room, self.setting)

    @property
    def first_top(self) -> float:
        """Where text begins on the first page."""
        return (44 if self.has_letterhead else 24) * MM

    @property
    def bottom(self) -> float:
        """Where text must end."""
        return self.size[1] - 25 * MM

    @property
    def room(self) -> float:
        """The height for text on a page after the first."""
        return self.bottom - self.later_top


def draw_page(pen: Pen, page: Page, strips: Placed, fonts: Fonts, report: Report, *, number: int, count: int) -> None:
    """Draw one page: letterhead or running head, its strips, its footer."""
    if number > 1:
        _draw_running_head(pen, page, fonts, report.running_head)
    elif report.letterhead:
        _draw_letterhead(pen, page, set_letterhead(report.letterhead, page, fonts))
    for top, strip in strips:
        strip.draw(pen, top)
    _draw_footer(pen, page, fonts, report.footer, _("Page {number} of {count}").format(number=number, count=count))


def title_strips(report: Report, page: Page, fonts: Fonts) -> Iterable[Strip]:
    """Return the title and subtitle, kept with what follows."""
    setting = page.setting
    strips = [
        line_strip(line, page.margin, is_kept=True)
        for text, style in ((report.title, setting.title), (report.subtitle, setting.subtitle))
        for line in (set_text(text, style, page.width, fonts) if text else [])
    ]
    if strips and setting.is_title_ruled:
        strips.append(_title_rule(page))
    return strips


def _title_rule(page: Page) -> Strip:
    def draw(pen: Pen, top: float) -> None:
        pen.rule(page.margin, top + BELOW_TITLE / 2, page.width, role="accent", weight=0.8)

    return Strip(height=BELOW_TITLE, draw=draw, is_kept=True)


@dataclass(frozen=True, slots=True)
class Heading:
    """A letterhead set in type; `extra` is how much further down it reaches than one of two lines beside three."""

    left: list[Line]
    right: list[Line]

    @property
    def extra(self) -> float:
        """Return the points it needs beyond its usual height."""
        return max(0, (len(self.left) - 2) * LEFT_STEP, (len(self.right) - 3) * RIGHT_STEP)


def set_letterhead(head: Letterhead | None, page: Page, fonts: Fonts) -> Heading:
    """Set name and profession, and the address lines; a line that is too long goes on below."""
    if head is None:
        return Heading([], [])
    half = page.width / 2 - 6
    left = [
        line
        for text, style in ((head.name, NAME), (head.profession, PROFESSION))
        for line in set_text(text, style, half, fonts)
    ]
    return Heading(left, [line for text in head.lines for line in set_text(text, SMALL, half, fonts)])


def _draw_letterhead(pen: Pen, page: Page, heading: Heading) -> None:
    for number, line in enumerate(heading.left):
        pen.text(line, page.margin, 53 + number * LEFT_STEP)
    for number, line in enumerate(heading.right):
        pen.text_right(line, page.margin + page.width, 51.5 + number * RIGHT_STEP)
    pen.rule(page.margin, 82 + heading.extra, page.width, role="accent", weight=1.1)


def _draw_running_head(pen: Pen, page: Page, fonts: Fonts, texts: tuple[str, str]) -> None:
    for text, is_right in zip(texts, (False, True), strict=True):
        small = page.setting.small
        lines = set_text(text, small, page.width / 2 - 6, fonts)
        for number, line in enumerate(reversed(lines)):
            x = page.margin + page.width - line.width if is_right else page.margin
            pen.text(line, x, 41.8 - number * small.leading)
    pen.rule(page.margin, 48, page.width)


def _draw_footer(pen: Pen, page: Page, fonts: Fonts, text: str, numbers: str) -> None:
    y = page.size[1] - 13.5 * MM
    small = page.setting.small
    count = set_line(numbers, page.setting.page_number, fonts)
    for number, line in enumerate(set_text(text, small, page.width - count.width - 12, fonts)):
        pen.text(line, page.margin, y + number * small.leading)
    pen.text_right(count, page.margin + page.width, y)
