"""In which type a document is set: the usual one, that of a sheet for the client, both larger, and large print.

Sizes are in points.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

from ipt_desktop.domain.report import Paper, Report, TextSize
from ipt_desktop.reports.text import Style

LEAST = 7.0
"""Nothing on a page is smaller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The styles of a document and the room between its parts.

    `has_side_heads`: a head stands beside its section, else above it. `bullet` begins an item of a list; `label_width` is that
    of a fact's label, `to_sign` the height above a line that is signed. What has a type of its own (a code, a plan, the words
    in a picture) is set so many `times` larger, and none of it under `least` points.
    """

    title: Style
    subtitle: Style
    is_title_ruled: bool = False
    side_head: Style
    minor_head: Style
    body: Style
    cell: Style
    first_cell: Style
    cell_head: Style
    beneath: Style
    small: Style
    page_number: Style
    picture_title: Style
    picture_note: Style
    between_sections: float
    below_head: float = 0.0
    between_paragraphs: float
    between_items: float
    indent: float
    bullet: str = "–"
    cell_padding: float
    label_width: float
    to_sign: float = 40.0
    has_side_heads: bool = True
    times: float = 1.0
    least: float = LEAST

    def fit(self, style: Style) -> Style:
        """Return the style of something with a type of its own, as large as it is in this setting."""
        return style.scaled(max(self.times, self.least / style.size))

    @property
    def letters(self) -> float:
        """How many times their usual size the words of a picture have."""
        return max(self.times, self.least / LEAST)

    def larger(self, times: float) -> "Setting":
        """Return the same setting so many times larger, each head above its section: beside it lines would be too short."""
        changed: dict[str, Any] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, Style):
                changed[each.name] = value.scaled(times)
            elif isinstance(value, float):
                changed[each.name] = value * times
        return replace(self, **changed, has_side_heads=False)


_SMALL = Style("sans", 8.25, 11.5, role="text_soft")


USUAL = Setting(
    title=Style("serif", 22, 27, bold=True),
    subtitle=Style("sans", 10.5, 15, role="text_soft"),
    side_head=Style("sans", 9.75, 15, role="accent", bold=True),
    minor_head=Style("sans", 9.75, 15, bold=True),
    body=Style("serif", 10.5, 15),
    cell=Style("sans", 9.25, 12.5),
    first_cell=Style("sans", 9.25, 12.5, bold=True),
    cell_head=Style("sans", 8.25, 11, role="text_soft"),
    beneath=Style("sans", 8.25, 12.5, role="text_soft"),
    small=_SMALL,
    page_number=Style("sans", 8.25, 11.5),
    picture_title=Style("sans", 9.75, 13, bold=True),
    picture_note=_SMALL,
    between_sections=15.0,
    between_paragraphs=7.5,
    between_items=2.5,
    indent=12.0,
    cell_padding=3.05,
    label_width=72.0,
)
CLOSE = replace(USUAL, between_sections=9.0, to_sign=30.0)
LETTER = replace(
    USUAL,
    title=Style("serif", 14, 19, bold=True),
    subtitle=Style("sans", 10, 14),  # the address
    side_head=Style("sans", 9.75, 14, role="accent", bold=True),
    minor_head=Style("sans", 9.75, 14, bold=True),
    body=Style("serif", 10, 14),
    between_sections=8.0,
    between_paragraphs=6.0,
    to_sign=36.0,
)
CLOSE_LETTER = replace(LETTER, between_sections=5.0, between_paragraphs=4.0, cell_padding=2.2, to_sign=28.0)
CLOSER_LETTER = replace(
    CLOSE_LETTER,
    subtitle=Style("sans", 9.5, 12.5),
    side_head=Style("sans", 9.25, 12.75, role="accent", bold=True),
    minor_head=Style("sans", 9.25, 12.75, bold=True),
    body=Style("serif", 9.5, 12.75),
    cell=Style("sans", 8.75, 11.25),
    first_cell=Style("sans", 8.75, 11.25, bold=True),
    beneath=Style("sans", 8.25, 11.25, role="text_soft"),
    between_paragraphs=3.5,
    cell_padding=2.0,
)
LETTERS = (LETTER, CLOSE_LETTER, CLOSER_LETTER)
"""In which a letter is set, the first one that leaves it on one page."""
SHEET = replace(
    USUAL,
    title=Style("serif", 24, 30, bold=True),
    subtitle=Style("sans", 12, 14),
    side_head=Style("sans", 13.5, 19, role="accent", bold=True),
    minor_head=Style("sans", 13, 18.5, bold=True),
    body=Style("sans", 13, 18.5),
    picture_title=Style("sans", 13, 18.5, bold=True),
    picture_note=Style("sans", 13, 18.5),
    between_sections=13.0,
    below_head=1.0,
    between_items=3.0,
    indent=14.0,
    has_side_heads=False,
)
LARGE = Setting(
    title=Style("serif", 30, 36, bold=True),
    subtitle=Style("sans", 16, 23, role="text_soft"),
    is_title_ruled=True,
    side_head=Style("sans", 18, 25, role="accent", bold=True),
    minor_head=Style("sans", 16, 23, bold=True),
    body=Style("sans", 16, 23),
    cell=Style("sans", 16, 23),
    first_cell=Style("sans", 16, 23, bold=True),
    cell_head=Style("sans", 12, 16, role="text_soft"),
    beneath=Style("sans", 12, 23, role="text_soft"),
    small=Style("sans", 12, 16, role="text_soft"),
    page_number=Style("sans", 12, 16),
    picture_title=Style("sans", 16, 23, bold=True),
    picture_note=Style("sans", 16, 23),
    between_sections=16.0,
    below_head=2.0,
    between_paragraphs=9.0,
    between_items=4.0,
    indent=18.0,
    bullet="•",
    cell_padding=4.0,
    label_width=150.0,
    has_side_heads=False,
    times=16 / 13,
    least=12.0,
)


SHORT_SHEET = replace(SHEET, body=replace(SHEET.body, leading=17.25), between_sections=9.5)
"""On the shorter sheet: what is one page on A4 is one on Letter."""


LARGER, LARGER_SHEET = 1.25, 1.12
"""How many times the usual size and that of a sheet larger type has; a sheet's stays under large print."""


def settings_of(report: Report) -> tuple[Setting, ...]:
    """Return in which type a report is set; what is to stay on one page is set closer, in the next, where it needs more."""
    if not report.is_letter or report.text_size is TextSize.LARGE_PRINT:
        return (setting_of(report),)
    is_larger = report.text_size is TextSize.LARGER
    return tuple(each.larger(LARGER) if is_larger else each for each in LETTERS)


def setting_of(report: Report) -> Setting:
    """Return in which type a report is set that may have as many pages as it needs."""
    if report.text_size is TextSize.LARGE_PRINT:
        return LARGE
    is_larger = report.text_size is TextSize.LARGER
    if report.is_large:
        sheet = SHEET if report.paper is Paper.A4 else SHORT_SHEET
        return sheet.larger(LARGER_SHEET) if is_larger else sheet
    usual = CLOSE if report.is_close else USUAL
    return usual.larger(LARGER) if is_larger else usual
