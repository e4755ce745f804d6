"""A report that is long: chapters, their pages in the contents, and a panel that is longer than a page."""

import io
import re
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from ipt_desktop.domain.report import Chapter, Contents, Panel, Paper, Prose, Report, Section, as_text
from ipt_desktop.domain.rich_text import Block, BlockKind, Run, plain
from tests.reports.paper import Printed
from tests.reports.sample import LONG, sample

LONG_TITLE = "A chapter whose title is so long that it has no room beside the number of its page, even in the contents " * 2
CHAPTERS = (
    Chapter("The first course", "12 March to 9 July 2026"),
    Chapter("Notes", level=2),
    Chapter(LONG_TITLE),
    Chapter("The end", level=2),
)


def book() -> Report:
    """A book of four chapters, of a page or more each."""
    told = plain("\n".join([LONG] * 9))
    head = Section("contents", "Contents", (Contents(tuple((each.title, each.level) for each in CHAPTERS)),), True)
    parts = [
        section
        for number, chapter in enumerate(CHAPTERS)
        for section in (
            Section(f"chapter_{number}", "", (chapter,), is_full_width=True),
            Section(f"said_{number}", "Told", (Prose(told),)),
        )
    ]
    return replace(sample(), sections=(head, *parts))


@pytest.fixture(scope="module")
def printed() -> Printed:
    return Printed(book())


def test_the_contents_say_on_which_page_each_chapter_begins(printed: Printed):
    contents = printed.pages[0]
    told = {each.title: re.search(rf"{each.title.strip()[-20:]} (\d+)", contents) for each in CHAPTERS}
    for chapter in CHAPTERS:
        found = told[chapter.title]
        assert found is not None, chapter.title
        assert chapter.title.strip()[-20:] in printed.pages[int(found[1]) - 1]
    assert [int(found[1]) for found in told.values() if found] == sorted(int(found[1]) for found in told.values() if found)


def test_a_chapter_begins_a_page_and_its_part_follows_on(printed: Printed):
    top = printed.place("The first course", 1)[1]
    assert top < 120
    page = next(number for number, words in enumerate(printed.pages) if number and "Notes" in words)
    assert printed.place("Notes", page)[1] > 120


def test_a_line_of_the_contents_leads_to_its_chapter(printed: Printed):
    with pikepdf.open(io.BytesIO(printed.bytes)) as pdf:
        assert len(pdf.pages[0].get("/Annots", [])) == len(CHAPTERS)


def test_the_contents_are_text_as_well():
    text = as_text(book())
    assert "Contents\nThe first course\nNotes\n" in text
    assert "The first course\n12 March to 9 July 2026\n" in text


def test_a_panel_longer_than_a_page_goes_on_and_keeps_its_emphasis_and_its_note():
    words = (*plain("\n".join([LONG] * 30)), Block((Run("on the "), Run("8th", bold=True)), BlockKind.BULLET))
    panel = Panel(words, "Addendum of 24 April 2026, 09:12", "Dr Hanna Weiss · content mark C4D7 0A51 E8B3")
    printed = Printed(replace(sample(Paper.A4), sections=(Section("panel", "", (panel,), is_full_width=True),)))
    assert len(printed.pages) > 2
    assert printed.pages[-1].count("– on the 8th Dr Hanna Weiss · content mark C4D7 0A51 E8B3") == 1
    for page in pypdfium2.PdfDocument(printed.bytes):
        lowest = min(page.get_textpage().get_charbox(number)[1] for number in range(page.get_textpage().count_chars()))
        assert lowest > 20, "nothing runs off the page"
