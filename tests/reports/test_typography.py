"""Long, odd and awkward texts: nothing is lost, cut off, run over an edge or taken for markup."""

import io
from itertools import pairwise

import pikepdf
import pytest

from ipt_desktop.domain.report import (
    Block,
    Chapter,
    Column,
    Contents,
    Facts,
    Note,
    Paper,
    Prose,
    Report,
    Section,
    Table,
    TextSize,
)
from ipt_desktop.domain.report_plan import Contacts, PlanStep, PlanSteps, Questions
from ipt_desktop.domain.rich_text import plain
from tests.reports.aloud import read, unmarked
from tests.reports.every_block import every_block
from tests.reports.paper import MM, Printed
from tests.reports.sample import LONG

NAME = "Ana María de los Ángeles Konstantinopolitanopoulos-Featherstonehaugh y Echeverría-Fernández de Córdoba " * 2
MARGIN = {Paper.A4: 22 * MM, Paper.A5: 14 * MM}


def letters(text: str) -> str:
    """Return the letters without spaces; PDFium has a sign of its own for a hyphen at a line's end."""
    return "".join(text.replace("\x02", "-").split())


def stays_on_the_page(printed: Printed, paper: Paper, foot: float) -> None:
    for number, page in enumerate(printed.pdf):
        width, height = page.get_size()
        boxes = printed.ink(number)
        assert min(box[0] for box in boxes) >= MARGIN[paper] - 1.5
        assert max(box[2] for box in boxes) <= width - MARGIN[paper] + 2
        assert min(box[1] for box in boxes) >= foot - 4
        assert max(box[3] for box in boxes) <= height - 4 * MM


@pytest.mark.parametrize("paper", [Paper.A4, Paper.A5])
def test_a_name_of_200_letters_wraps_wherever_it_stands(paper: Paper):
    assert len(NAME) > 200
    printed = Printed(every_block(NAME.strip(), paper=paper))
    foot = (13.5 if paper is Paper.A4 else 12) * MM
    stays_on_the_page(printed, paper, foot)
    said = letters(read(printed.bytes).words)
    assert [number for number in range(1, 95) if letters(f"{NAME}{number}") not in said] == []


def test_a_footer_of_many_lines_grows_upwards_and_the_text_ends_above_it():
    footer = "Confidential · Other people are named by initials only · " * 4 + "Printed 16 July 2026"
    prose = Section("a", "A", (Prose(plain("\n".join(["A line."] * 80))),))
    for text_size in (TextSize.USUAL, TextSize.LARGE_PRINT):
        printed = Printed(Report(kind="k", title="T", sections=(prose,), footer=footer, paper=Paper.A5, text_size=text_size))
        for number in range(len(printed.pages)):
            first = printed.places("Confidential", number)[0][1]
            last = printed.place("July", number)[1]
            height = printed.pdf[number].get_height()
            assert last <= height - 12 * MM + 1
            lines = printed.places("A line.", number)
            assert not lines or max(place[1] for place in lines) < first - 5
        assert len(printed.pages) > 1


def test_small_print_leaves_no_line_alone():
    note = Section("n", "", (Note(" ".join(f"n{number}" for number in range(130))),), is_full_width=True)
    for count in range(40, 46):
        lines = Section("f", "Filler", (Prose(plain("\n".join(["A line."] * (count // 2)) + "\n" + "x " * (count * 3))),))
        printed = Printed(Report(kind="k", title="T", sections=(lines, note)))
        for number, text in enumerate(printed.pages):
            found = [word for word in text.split() if word[0] == "n" and word[1:].isdigit()]
            heights = {round(place[1]) for word in found for place in printed.places(word, number)}
            assert len(heights) != 1


def test_markup_stays_text():
    odd = "<b>Ania</b> & <i>Tom</i> &amp; &lt; %s {0} {name} \\n ]]> <!-- x --> (1 < 2 > 0)"
    printed = Printed(every_block(odd))
    assert unmarked(printed.bytes) == []
    said = letters(read(printed.bytes).words)
    assert [number for number in range(1, 90) if letters(f"{odd} {number}") not in said] == []
    with pikepdf.open(io.BytesIO(printed.bytes)) as pdf:
        assert odd in str(pdf.docinfo.Title)
        with pdf.open_metadata() as told:
            assert odd in told["dc:title"]


def test_a_note_of_40000_words_loses_none():
    paragraphs = [" ".join(f"w{number}" for number in range(start, start + 400)) for start in range(0, 40_000, 400)]
    printed = Printed(Report(kind="k", title="Note", sections=(Section("a", "Note", (Prose(plain("\n".join(paragraphs))),)),)))
    pages = printed.pages
    words = [word for page in pages for word in page.split() if word.startswith("w")]
    assert words == [f"w{number}" for number in range(40_000)]
    assert all(f"Page {number} of {len(pages)}" in text for number, text in enumerate(pages, 1))


@pytest.mark.parametrize(
    "block",
    [
        PlanSteps((PlanStep("What helps", tuple(f"w{number} {LONG}" for number in range(30))),)),
        Questions((("Where is it kept?", " ".join(f"w{number}" for number in range(1500))),)),
        Contacts(((" ".join(f"w{number}" for number in range(700)), "0113"),)),
        Facts((("History", " ".join(f"w{number}" for number in range(1500))),)),
        Table((Column("A"), Column("B", 3)), (("x", " ".join(f"w{number}" for number in range(1500))),)),
    ],
    ids=lambda block: type(block).__name__,
)
def test_what_is_taller_than_a_page_goes_on_over_its_end(block: Block):
    report = Report(kind="k", title="T", sections=(Section("a", "A", (block,), is_full_width=True),))
    printed = Printed(report)
    assert len(printed.pages) > 1
    stays_on_the_page(printed, Paper.A4, 13.5 * MM)
    found = [int(word[1:]) for page in printed.pages for word in page.split() if word.startswith("w") and word[1:].isdigit()]
    assert found == list(range(max(found) + 1))
    assert unmarked(printed.bytes) == []
    read(printed.bytes)


def test_a_word_in_a_narrow_column_is_not_broken_while_others_have_room():
    columns = (Column("Person", 140), Column("Start", 45), Column("End", 45), Column("In her words", 340))
    rows = (("T.N., husband", "middle", "outside", LONG),)
    printed = Printed(Report(kind="k", title="T", sections=(Section("a", "A", (Table(columns, rows),)),), paper=Paper.A5))
    assert "middle" in printed.pages[0]
    assert "outside" in printed.pages[0]
    lefts = [printed.place(word)[0] for word in ("T.N.", "middle", "outside")]
    assert all(after > before for before, after in pairwise(lefts))


@pytest.mark.soak
def test_a_record_of_300_pages_has_its_contents_bookmarks_and_numbers_right():
    chapters = [
        section
        for number in range(1, 201)
        for section in (
            Section(f"c{number}", "", (Chapter(f"Session {number}", level=2),), is_full_width=True),
            Section(f"n{number}", "Note", (Prose(plain("\n".join([f"Said in {number}. {LONG}"] * 11))),)),
        )
    ]
    entries = (("Notes", 1), *((f"Session {number}", 2) for number in range(1, 201)))
    printed = Printed(
        Report(
            kind="k",
            title="Record",
            footer="Confidential",
            sections=(Section("contents", "Contents", (Contents(entries),)), Section("h", "", (Chapter("Notes"),)), *chapters),
        )
    )
    pages = printed.pages
    assert 250 < len(pages) < 400
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert "Confidential" in text
    contents = " ".join(pages[:8])
    for number in (1, 57, 200):
        page = next(place for place, text in enumerate(pages, 1) if f"Said in {number}." in text)
        heads = [place for place, text in enumerate(pages, 1) if f"Session {number} " in text and "Contents" not in text]
        assert f"Session {number} {page}" in contents or f"Session {number} {heads[-1]}" in contents
    with pikepdf.open(io.BytesIO(printed.bytes)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Contents", "Notes"]
        assert len(outline.root[1].children) == 200
    assert unmarked(printed.bytes) == []
    read(printed.bytes)
