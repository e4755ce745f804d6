"""The page: sheet, margins, columns, and what stands on every page besides its text. Lengths are in points."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate

from ipt_desktop.domain.report import Letterhead, Paper, Pictures, Report
from ipt_desktop.domain.text import _
from ipt_desktop.reports.direction import level_in
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.logo import Logo, logo_of
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.setting import USUAL, Setting
from ipt_desktop.reports.strip import Placed, Strip, line_strip
from ipt_desktop.reports.structure import Rank, Tag, head, paragraph
from ipt_desktop.reports.text import Line, Style, set_line, set_text

MM = 72 / 25.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet and what is left free on it.

    `under_letterhead`, `top` and `later_top` are where text begins on a first page with a letterhead, without, and on later
    ones; `foot` is left free below it, and the footer stands `footer` above the edge.
    """

    size: tuple[float, float]
    margin: float = 22 * MM
    under_letterhead: float = 44 * MM
    top: float = 24 * MM
    later_top: float = 26 * MM
    foot: float = 25 * MM
    footer: float = 13.5 * MM
    has_side_heads: bool = True


SHEETS = {
    Paper.A4: Sheet(size=(210 * MM, 297 * MM)),
    Paper.LETTER: Sheet(size=(612.0, 792.0)),
    # A head beside its section would leave 42 letters a line; above it there are 62.
    Paper.A5: Sheet(
        size=(148 * MM, 210 * MM),
        margin=14 * MM,
        under_letterhead=40 * MM,
        top=18 * MM,
        later_top=22 * MM,
        foot=21 * MM,
        footer=12 * MM,
        has_side_heads=False,
    ),
}

LETTERHEAD_LINE = USUAL.small
PROFESSION = Style("sans", 9.25, 12.5)
BELOW_TITLE = 12.0
LEFT_STEP, NAME_STEP = 13.0, 18.0
RIGHT_STEP = 10.8
HEAD_BASELINE = 41.8
NAME = Style("serif", 15, 20, bold=True)
LARGEST = 999
"""A number of a page that has room beside the footer."""
LOGO_TOP, AFTER_LOGO = 40.0, 10.0


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
    footer_extra: float = 0.0

    side_head = 35 * MM
    gutter = 6 * MM

    @property
    def sheet(self) -> Sheet:
        """The sheet itself."""
        return SHEETS[self.paper]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the sheet."""
        return self.sheet.size

    @property
    def margin(self) -> float:
        """What is left free at the left and at the right."""
        return self.sheet.margin

    @property
    def has_side_heads(self) -> bool:
        """Whether a head stands beside its section, where there is room for both."""
        return self.sheet.has_side_heads and self.setting.has_side_heads

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
        return self.sheet.under_letterhead if self.has_letterhead else self.sheet.top

    @property
    def bottom(self) -> float:
        """Where text must end."""
        return self.size[1] - self.sheet.foot - self.footer_extra

    @property
    def room(self) -> float:
        """The height for text on a page after the first."""
        return self.bottom - self.sheet.later_top


def draw_page(pen: Pen, page: Page, strips: Placed, fonts: Fonts, report: Report, *, number: int, count: int) -> None:
    """Draw one page: letterhead or running head, its strips, its footer."""
    if number > 1:
        with pen.whole():
            _draw_running_head(pen, page, fonts, report)
    elif report.letterhead:
        _draw_letterhead(pen, page, set_letterhead(report.letterhead, page, fonts))
    for top, strip in strips:
        strip.put(pen, top)
    with pen.whole():
        _draw_footer(pen, page, fonts, report, _("Page {number} of {count}").format(number=number, count=count))


def title_strips(report: Report, page: Page, fonts: Fonts) -> Iterable[Strip]:
    """Return the title and subtitle, kept with what follows; a figure too high for the room below takes its own head along."""
    setting = page.setting
    strips = [
        line_strip(line, page.margin, tag, is_kept=True)
        for text, style, tag in (
            (report.title, setting.title, head(Rank.TITLE)),
            (report.subtitle, setting.subtitle, paragraph()),
        )
        for line in (set_text(text, style, page.width, fonts, level=level_in(report.language)) if text else [])
    ]
    if strips and setting.is_title_ruled:
        strips.append(_title_rule(page))
    first = report.sections[0].blocks[:1] if report.sections else ()
    if strips and any(isinstance(each, Pictures) for each in first):
        strips[-1] = replace(strips[-1], is_kept=False)
    return strips


def _title_rule(page: Page) -> Strip:
    def draw(pen: Pen, top: float) -> None:
        pen.rule(page.margin, top + BELOW_TITLE / 2, page.width, role="accent", weight=0.8)

    return Strip(height=BELOW_TITLE, draw=draw, is_kept=True)


@dataclass(frozen=True, slots=True)
class Heading:
    """A letterhead set in type, its lines `times` as far apart as usual; `logo` stands before the left ones."""

    left: list[tuple[Line, Tag]]
    right: list[tuple[Line, Tag]]
    logo: Logo | None = None
    times: float = 1.0

    @property
    def indent(self) -> float:
        """How far the left lines stand in from the margin."""
        return self.logo.width + AFTER_LOGO if self.logo else 0.0

    @property
    def extra(self) -> float:
        """The points it needs beyond the height of two lines beside three."""
        left = sum(self.steps) * self.times - LEFT_STEP
        return max(0, left, (len(self.right) - 1) * RIGHT_STEP * self.times - 2 * RIGHT_STEP)

    @property
    def steps(self) -> list[float]:
        """How far each left line stands below the one before, in points at the usual size."""
        steps = [NAME_STEP if line.style.family == NAME.family else LEFT_STEP for line, _tag in self.left]
        return [0.0, *steps[1:]] if steps else []


def set_letterhead(letterhead: Letterhead | None, page: Page, fonts: Fonts) -> Heading:
    """Set name and profession, and the address lines; a line that is too long goes on below."""
    if letterhead is None:
        return Heading([], [])
    fit = page.setting.fit
    half = page.width / 2 - 6
    logo = logo_of(letterhead.logo) if letterhead.logo else None
    heading = Heading([], [], logo, fit(PROFESSION).size / PROFESSION.size)
    for text, style in ((letterhead.name, NAME), (letterhead.profession, PROFESSION)):
        tag = paragraph()
        heading.left.extend((line, tag) for line in set_text(text, fit(style), half - heading.indent, fonts))
    for text in letterhead.lines:
        tag = paragraph()
        heading.right.extend((line, tag) for line in set_text(text, fit(LETTERHEAD_LINE), half, fonts))
    return heading


def _draw_letterhead(pen: Pen, page: Page, heading: Heading) -> None:
    if heading.logo:
        heading.logo.draw(pen, page.margin, LOGO_TOP)
    for (line, tag), step in zip(heading.left, accumulate(heading.steps), strict=True):
        with pen.under(tag):
            pen.text(line, page.margin + heading.indent, 53 + step * heading.times)
    for number, (line, tag) in enumerate(heading.right):
        with pen.under(tag):
            pen.text_right(line, page.margin + page.width, 51.5 + number * RIGHT_STEP * heading.times)
    pen.rule(page.margin, 82 + heading.extra, page.width, role="accent", weight=1.1)


def _draw_running_head(pen: Pen, page: Page, fonts: Fonts, report: Report) -> None:
    """Write who and what; both run as the document does, or a name in another script would turn the whole line round."""
    for text, is_right in zip(report.running_head, (False, True), strict=True):
        small = page.setting.small
        lines = _head_lines(text, small, page.width / 2 - 6, fonts, level_in(report.language))
        for number, line in enumerate(reversed(lines)):
            x = page.margin + page.width - line.width if is_right else page.margin
            pen.text(line, x, HEAD_BASELINE - number * small.leading)
    pen.rule(page.margin, 48, page.width)


def _head_lines(text: str, style: Style, width: float, fonts: Fonts, level: int) -> list[Line]:
    """Return what stands over a page; a name that is too long for the room there is cut: it is whole on the first page."""
    most = max(1, int((HEAD_BASELINE - style.size) / style.leading) + 1)
    lines = set_text(text, style, width, fonts, level=level)
    while len(lines) > most:
        text = text.removesuffix("…")[: max(0, len(text) * most // len(lines) - 2)].rstrip() + "…"
        lines = set_text(text, style, width, fonts, level=level)
    return lines


def page_of(report: Report, setting: Setting, fonts: Fonts) -> Page:
    """Return where things stand on the sheets of a report set so; a footer of many lines takes its room from the text."""
    page = Page(report.paper, has_letterhead=report.letterhead is not None, setting=setting)
    higher = (len(_footer_lines(report, page, fonts)) - 1) * setting.small.leading
    return replace(page, footer_extra=max(0.0, page.sheet.footer + higher + setting.small.leading - page.sheet.foot))


def _footer_lines(report: Report, page: Page, fonts: Fonts) -> list[Line]:
    """Return the footer beside the number of the page; it stands on its last line."""
    number = set_line(_("Page {number} of {count}").format(number=LARGEST, count=LARGEST), page.setting.page_number, fonts)
    room = page.width - number.width - 12
    return set_text(report.footer, page.setting.small, room, fonts, level=level_in(report.language)) if report.footer else []


def _draw_footer(pen: Pen, page: Page, fonts: Fonts, report: Report, numbers: str) -> None:
    y = page.size[1] - page.sheet.footer
    small = page.setting.small
    level = level_in(report.language)
    count = set_line(numbers, page.setting.page_number, fonts, level=level)
    lines = _footer_lines(report, page, fonts)
    for number, line in enumerate(reversed(lines)):
        pen.text(line, page.margin, y - number * small.leading)
    pen.text_right(count, page.margin + page.width, y)
