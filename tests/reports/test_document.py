import io
import subprocess
import sys

import pikepdf
import pypdfium2
import pytest

from ipt_desktop.domain.report import (
    Column,
    Drawing,
    Facts,
    Items,
    Letterhead,
    MinorHead,
    Paper,
    Pictures,
    Prose,
    Report,
    Section,
    Signature,
    Table,
    TextSize,
)
from ipt_desktop.domain.rich_text import plain
from ipt_desktop.reports.document import unprintable_places
from tests.reports.paper import FONTS, MM, Printed
from tests.reports.sample import LONG, drawing, key, sample


@pytest.fixture(scope="module", params=(Paper.A4, Paper.LETTER))
def printed(request: pytest.FixtureRequest) -> tuple[Printed, Paper]:
    return Printed(sample(request.param)), request.param


def test_the_page_says_what_the_report_says_in_its_order(printed: tuple[Printed, Paper]):
    text = " ".join(printed[0].pages)
    said = [
        "Dr Hanna Weiss Clinical psychologist · Interpersonal psychotherapy",
        "Summary of treatment Interpersonal psychotherapy, 12 March to 9 July 2026.",
        "Zofia Łukasiewicz",
        "client), 25 June (by therapist)",
        "a depression that began within weeks of her mother’s death in November 2025.",
        "Treatment worked on grief, first.",
        "The death fell two weeks after a quarrel that was never made up.",
        "Where a person stands is the client’s own answer.",
        "“He asks now, and I answer.” One ring closer.",
        "Unchanged: J.N., daughter (inner).",
        "– Waking before five on some Sundays.",
        "She calls in this order 1. A.K. 2. the practice",
        "Clinical psychologist, registration PYL 31107",
    ]
    places = [text.find(part) for part in said]
    assert [part for part, place in zip(said, places, strict=True) if place < 0] == []
    assert places == sorted(places)


def test_a_fact_without_a_value_is_not_printed(printed: tuple[Printed, Paper]):
    assert "Reference" not in printed[0].pages[0]


def test_sheet_margins_and_columns(printed: tuple[Printed, Paper]):
    paper, size = printed
    width, height = paper.pdf[0].get_size()
    assert (width, height) == pytest.approx((210 * MM, 297 * MM) if size is Paper.A4 else (612, 792), abs=0.1)
    assert paper.place("In brief")[0] == pytest.approx(22 * MM, abs=1.5)
    assert paper.place("Silence at home")[0] == pytest.approx(63 * MM, abs=1.5)
    body = {Paper.A4: 125 * MM, Paper.LETTER: 131 * MM}[size]
    assert width - 22 * MM - 63 * MM == pytest.approx(body, abs=1)
    for number in range(len(paper.pages)):
        boxes = paper.ink(number)
        assert min(box[0] for box in boxes) >= 22 * MM - 1
        assert max(box[2] for box in boxes) <= width - 22 * MM + 1


def test_a_side_head_stands_on_the_baseline_of_the_text_beside_it(printed: tuple[Printed, Paper]):
    paper, _size = printed
    assert paper.place("In brief")[1] == pytest.approx(paper.places("Mrs Łukasiewicz came with")[0][1], abs=0.35)
    assert paper.place("Focus and formulation")[1] == pytest.approx(paper.place("Grief (primary)")[1], abs=3)
    assert paper.place("Born")[1] == pytest.approx(paper.place("14 September")[1], abs=0.35)


def test_letterhead_first_then_running_head_and_a_footer_on_every_page(printed: tuple[Printed, Paper]):
    paper, _size = printed
    count = len(paper.pages)
    assert count > 1
    for number, text in enumerate(paper.pages):
        assert f"Page {number + 1} of {count}" in text
        assert "Confidential · Other people are named by initials only" in text
        assert ("Leeds LS1 4DY" in text) is (number == 0)
        assert ("ref. 2026-014" in text) is (number > 0)
        height = paper.pdf[number].get_height()
        assert paper.place("Confidential", number)[1] == pytest.approx(height - 13.5 * MM, abs=0.5)
        assert paper.right(f"of {count}", number) == pytest.approx(paper.pdf[number].get_width() - 22 * MM, abs=1)


def test_only_our_faces_are_named_and_each_is_embedded(printed: tuple[Printed, Paper]):
    with pikepdf.open(io.BytesIO(printed[0].bytes)) as pdf:
        fonts = [font for page in pdf.pages for font in page.resources.Font.values()]
        assert fonts
        for font in fonts:
            assert "+Source" in str(font.BaseFont)
            assert "/FontFile2" in font.FontDescriptor


def test_title_language_and_author_are_in_the_file():
    with pikepdf.open(io.BytesIO(Printed(sample()).bytes)) as pdf:
        assert str(pdf.docinfo.Title) == "Summary of treatment"
        assert str(pdf.docinfo.Author) == "Dr Hanna Weiss"
        assert str(pdf.Root.Lang) == "en"


def test_accents_ligatures_greek_and_cyrillic_come_back_to_the_letter():
    words = "Élodie Łukasiewicz, Ειρήνη Παπαδοπούλου, Наталія Їжакевич, difficult office"
    printed = Printed(
        Report(kind="k", title="T", sections=(Section("a", "A", (Prose(plain(words.replace("É", "E\u0301"))),)),))
    )
    assert words in printed.pages[0]


def test_a_heading_never_ends_a_page():
    for count in range(20, 34):
        filler = Section("f", "Filler", (Prose(plain("\n".join(["A line."] * count))),))
        last = Section("l", "Risk", (MinorHead("Asked on"), Prose(plain("Nine words of an answer stand here today."))))
        printed = Printed(Report(kind="k", title="T", sections=(filler, last)))
        page = printed.page_of("Risk")
        assert "Asked on Nine words" in printed.pages[page]


def test_no_single_line_of_a_paragraph_stands_alone():
    for count in range(20, 34):
        lines = tuple(plain("\n".join(["A line."] * count) + "\nStart " + LONG.replace("session.", "sessionend.")))
        printed = Printed(Report(kind="k", title="T", sections=(Section("f", "Filler", (Prose(lines),)),)))
        for text in ("Start Mrs", "sessionend."):
            page = printed.page_of(text)
            heights = {round(place[1]) for word in LONG.split() for place in printed.places(word, page)}
            assert len(heights) >= 2


def test_a_table_repeats_its_head_and_rows_stay_whole():
    rows = tuple((f"Row {number}", LONG) for number in range(30))
    table = Table((Column("Phase", 1), Column("What was done", 4)), rows)
    printed = Printed(Report(kind="k", title="T", sections=(Section("a", "Course", (table,)),)))
    assert len(printed.pages) > 2
    assert all("Phase What was done" in page for page in printed.pages)
    for number in range(30):
        assert LONG.split()[-1] in printed.pages[printed.page_of(f"Row {number} ")]
    text = " ".join(printed.pages)
    assert text.count("reliable improvement") == 30


def test_a_row_taller_than_a_page_is_cut_and_loses_nothing():
    words = " ".join(f"word{number}" for number in range(1500))
    table = Table((Column("Phase", 1), Column("What was done", 4)), (("Initial", words),))
    printed = Printed(Report(kind="k", title="T", sections=(Section("a", "Course", (table,)),)))
    text = " ".join(printed.pages)
    assert len(printed.pages) > 1
    assert [f"word{number}" for number in range(1500)] == [word for word in text.split() if word.startswith("word")]
    assert all("Phase What was done" in page for page in printed.pages)


def test_nobody_signs_an_empty_page():
    for count in range(22, 36):
        body = Section("b", "Plan", (Prose(plain("\n".join(["A line."] * count))),))
        sign = Section("s", "", (Signature("Dr A", (), "16 July", "Date"),), is_full_width=True)
        printed = Printed(Report(kind="k", title="T", sections=(body, sign)))
        assert "A line." in printed.pages[printed.page_of("Dr A")]


def test_every_character_no_face_has_is_named_before_anything_is_set():
    report = Report(kind="k", title="T", sections=(Section("a", "Presenting problem", (Prose(plain("He said សួស្តី 🙂")),)),))
    assert [place.character for place in unprintable_places(report, FONTS)] == ["ស", "ួ", "្", "ត", "ី", "🙂"]
    assert "He said [Khmer script] [slightly smiling face]" in Printed(report).pages[0]
    assert unprintable_places(sample(), FONTS) == []


def test_a_long_letterhead_pushes_the_text_down_and_loses_nothing():
    lines = tuple(f"Line {number} of a very long address that goes on below itself, Upper Lindenhof" for number in range(5))
    letterhead = Letterhead("Dr Hanna Weiss", "Clinical psychologist", lines)
    section = Section("a", "Plan", (Prose(plain("Two visits.")),))
    printed = Printed(Report(kind="k", title="Summary", letterhead=letterhead, sections=(section,)))
    assert all(line in printed.pages[0] for line in lines)
    assert printed.places("Lindenhof")[-1][1] < printed.place("Summary")[1] - 27


def test_facts_that_fill_a_page_become_rows_that_can_be_cut():
    words = " ".join(f"word{number}" for number in range(1200))
    section = Section("a", "", (Facts((("Client", "Z.L."), ("History", words)), (("Ending", "Planned"),)),), is_full_width=True)
    printed = Printed(Report(kind="k", title="T", sections=(section,)))
    assert len(printed.pages) > 1
    assert [word for page in printed.pages for word in page.split() if word.startswith("word")] == words.split()
    assert printed.page_of("Planned") == len(printed.pages) - 1


def test_pictures_stand_two_by_two_and_move_with_their_heading():
    four = Pictures(tuple(Drawing(f"Sitting {number}", "", drawing()) for number in range(1, 5)), key())
    body = Section("b", "Plan", (Prose(plain("\n".join(["A line."] * 12))),))
    circles = Section("c", "The circles", (four,), is_full_width=True)
    printed = Printed(Report(kind="k", title="T", sections=(body, circles)))
    assert printed.page_of("The circles") == printed.page_of("Sitting 4") == 1
    spots = [printed.place(f"Sitting {number}", 1) for number in range(1, 5)]
    assert spots[0][1] == spots[1][1] < spots[2][1] == spots[3][1]
    assert spots[0][0] == pytest.approx(spots[2][0], abs=1)


def test_an_empty_report_is_one_page():
    assert Printed(Report(kind="k", title="")).pages == ["Page 1 of 1"]


def test_reports_load_no_font_they_do_not_need():
    program = (
        "import sys; from pathlib import Path; from ipt_desktop.reports.fonts import Fonts;"
        "fonts = Fonts(Path(sys.argv[1])); assert not fonts._faces; fonts.face('sans'); assert len(fonts._faces) == 1"
    )
    subprocess.run([sys.executable, "-c", program, str(FONTS)], check=True)


def test_a_table_is_never_cut_after_its_first_row_or_before_its_last():
    note = "Unchanged. Inner: J.N., daughter."
    table = Table(
        (Column("Person", 1), Column("What changed", 4)), tuple((f"Row {number}", LONG) for number in range(5)), note=note
    )
    for count in range(10, 34):
        filler = Section("f", "Filler", (Prose(plain("\n".join(["A line."] * count))),))
        printed = Printed(Report(kind="k", title="T", sections=(filler, Section("a", "Course", (table,)))))
        pages = [printed.page_of(f"Row {number}") for number in range(5)]
        assert pages[0] == pages[1]
        assert pages[3] == pages[4] == printed.page_of("Unchanged.")


def test_a_short_table_stays_whole():
    table = Table((Column("", 1), Column("At the start", 4)), tuple((f"Row {number}", "Off work.") for number in range(4)))
    for count in range(20, 36):
        filler = Section("f", "Filler", (Prose(plain("\n".join(["A line."] * count))),))
        printed = Printed(Report(kind="k", title="T", sections=(filler, Section("a", "Functioning", (table,)))))
        assert len({printed.page_of(f"Row {number}") for number in range(4)}) == 1


def test_a_short_last_section_goes_with_the_signature():
    for count in range(22, 36):
        body = Section("b", "Plan", (Prose(plain("\n".join(["A line."] * count))),))
        risk = Section("r", "Risk", (Prose(plain("Asked in the first session.\nAsked in the last session.")),))
        sign = Section("s", "", (Signature("Dr A", (), "16 July", "Date"),), is_full_width=True)
        printed = Printed(Report(kind="k", title="T", sections=(body, risk, sign)))
        assert printed.page_of("Asked in the first") == printed.page_of("Dr A")


def test_a_table_without_rows_is_its_note_alone():
    table = Table((Column(),), (), note="Unchanged. Inner: J.N., daughter.")
    printed = Printed(Report(kind="k", title="T", sections=(Section("a", "The circle", (table,), is_full_width=True),)))
    assert "The circle Unchanged. Inner: J.N., daughter." in printed.pages[0]


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER])
def test_large_print_has_nothing_smaller_than_twelve_points_and_heads_above_their_sections(paper: Paper):
    body = (MinorHead("Read"), Prose(plain("Quietly.")), Items(("One", "Two")), Facts((("Begun", "9 July 2026"),)))
    rows = Table((Column("Day"), Column("What")), (("1 November", "All Saints’ Day\nat the grave"),), note="As she said it.")
    sections = (Section("long", "What we worked on", (Prose(plain(LONG * 12)),)), Section("b", "Days", (*body, rows)))
    footer = "My own copy · 9 July 2026"
    report = Report(
        kind="x",
        title="My therapy",
        subtitle="Written by Zofia with Hanna Weiss.",
        sections=sections,
        running_head=("Zofia Łukasiewicz", "My therapy"),
        footer=footer,
        paper=paper,
        text_size=TextSize.LARGE_PRINT,
    )
    large = Printed(report)
    assert len(large.pages) > 1
    for sheet in large.pdf:
        words = sheet.get_textpage()
        sizes = {round(pypdfium2.raw.FPDFText_GetFontSize(words, number), 1) for number in range(words.count_chars())}
        assert min(size for size in sizes if size > 1) >= 12  # 1 is a line end
        assert 16 in sizes
    assert large.place("What we worked on")[0] == pytest.approx(22 * MM, abs=2)
    page = large.page_of("Quietly")
    assert large.place("Days", page)[1] < large.place("Quietly", page)[1]
    assert footer in large.pages[-1]
