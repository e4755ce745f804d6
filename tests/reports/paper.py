"""Reading a printed report back: its text, where it stands, its colours."""

import tomllib
from pathlib import Path

import pypdfium2

from ipt_desktop.domain.report import Report
from ipt_desktop.reports.document import render

RESOURCES = Path(__file__).parents[2] / "resources"
FONTS = RESOURCES / "fonts" / "paper"
COLOURS = tomllib.loads((RESOURCES / "themes" / "tokens.toml").read_text(encoding="utf-8"))["paper"]
MM = 72 / 25.4


class Printed:
    """A report as a reader of the PDF finds it; lengths are points from the upper left corner."""

    def __init__(self, report: Report) -> None:
        self.bytes = render(report, FONTS, COLOURS)
        self.pdf = pypdfium2.PdfDocument(self.bytes)

    @property
    def pages(self) -> list[str]:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in self.pdf]

    def places(self, text: str, page: int = 0) -> list[tuple[float, float]]:
        """Return (left, bottom) of each time the page says `text`."""
        sheet = self.pdf[page]
        words = sheet.get_textpage()
        search = words.search(text)
        found = []
        while (match := search.get_next()) is not None:
            left, bottom, _right, _top = words.get_charbox(match[0], loose=False)
            found.append((left, sheet.get_height() - bottom))
        return found

    def place(self, text: str, page: int = 0) -> tuple[float, float]:
        (found,) = self.places(text, page)
        return found

    def right(self, text: str, page: int = 0) -> float:
        """Return the right edge of the text's last letter."""
        words = self.pdf[page].get_textpage()
        start, count = words.search(text).get_next()
        return words.get_charbox(start + count - 1)[2]

    def ink(self, page: int = 0) -> list[tuple[float, float, float, float]]:
        """Return the box of each letter: left, bottom, right and top, as the PDF counts them; a space leaves no ink."""
        words = self.pdf[page].get_textpage()
        places = (number for number in range(words.count_chars()) if not words.get_text_range(number, 1).isspace())
        boxes = [words.get_charbox(number) for number in places]
        return [box for box in boxes if box[2] > box[0]]

    def page_of(self, text: str) -> int:
        (page,) = (number for number, words in enumerate(self.pages) if text in words)
        return page

    def image(self, page: int = 0, scale: float = 4):
        return self.pdf[page].render(scale=scale).to_pil().convert("RGB")
