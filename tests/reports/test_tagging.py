"""What whoever hears a report hears: everything, in order, as what it is."""

import io
import re
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest

from ipt_desktop.domain.report import Chapter, Letterhead, Paper, Prose, Report, Section, TextSize, as_text
from ipt_desktop.domain.rich_text import plain
from ipt_desktop.services.protected_pdf import with_password
from tests.reports.aloud import Node, artifacts, read, unmarked
from tests.reports.every_block import every_block
from tests.reports.paper import Printed
from tests.reports.sample import LONG, sample
from tests.reports.test_sizes import picture


@pytest.fixture(scope="module")
def printed() -> Printed:
    return Printed(every_block("Words", letterhead=Letterhead("Words 101", "Words 102", ("Words 103",), picture((60, 40)))))


@pytest.fixture(scope="module")
def tree(printed: Printed) -> Node:
    return read(printed.bytes)


def heads(tree: Node) -> list[tuple[int, str]]:
    return [(int(node.role[1]), node.words.strip()) for node in tree.walk() if re.fullmatch(r"H\d", node.role)]


def test_all_that_is_painted_belongs_to_a_tag_or_is_an_artifact(printed: Printed):
    assert unmarked(printed.bytes) == []


def test_only_running_heads_and_footers_are_not_read(printed: Printed, tree: Node):
    report = every_block()
    left, right = report.running_head
    count = len(printed.pages)
    for page in range(count):
        footer = f"{report.footer} Page {page + 1} of {count}"
        unread = artifacts(printed.bytes, page)
        assert unread.startswith(f"{left} {right} " if page else footer)
        assert unread.endswith(footer)
        repeated = unread.removeprefix(f"{left} {right}").removesuffix(footer).strip()
        assert repeated in ("", "Words 71 Words 63 Words 64 Words 65 Words 66 Start Now")  # the head of the answers
    said = re.findall(r"Words \d+\b", tree.words)
    written = re.findall(r"Words \d+\b", as_text(replace(report, letterhead=None)))
    assert set(written) <= set(said)


def test_it_is_read_in_the_order_it_is_written(tree: Node):
    report = every_block()
    said = " ".join(tree.words.split())
    places = [said.index(section.title) for section in report.sections]
    assert places == sorted(places)
    assert said.startswith("Words 101 Words 102 Words 103")


def test_heads_are_heads_and_none_is_skipped(tree: Node):
    report = every_block()
    found = heads(tree)
    assert found[0] == (1, report.title)
    assert [words for level, words in found if level == 2][:8] == [section.title for section in report.sections[:8]]
    levels = [level for level, _words in found]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_heads_with_a_scope_and_as_many_cells_in_each_row(tree: Node):
    tables = tree.all("Table")
    assert len(tables) == 4  # facts, a table, questions, a measure's answers
    for table in tables:
        rows = [row.kids for row in table.kids]
        assert len({len(row) for row in rows}) == 1
        for row in rows:
            assert {cell.role for cell in row} <= {"TH", "TD"}
            assert all(cell.scope in ("Row", "Column") for cell in row if cell.role == "TH")
        assert all(row[0].role == "TH" for row in rows)
    assert [cell.scope for cell in tables[1].kids[0].kids] == ["Column", "Column"]
    assert [cell.scope for cell in tables[1].kids[1].kids] == ["Row", ""]


def test_lists_have_items_with_a_mark_and_words(tree: Node):
    for listed in tree.all("L"):
        for item in listed.kids:
            assert [kid.role for kid in item.kids] == ["Lbl", "LBody"]
    assert [listed.kids[0].kids[0].words.strip() for listed in tree.all("L")] == ["–", "1.", "–", "1", "1", "1"]


def test_a_figure_is_told_in_words(tree: Node):
    told = [figure.alt for figure in tree.all("Figure")]
    assert all(told)
    assert told[:3] == ["T.N., husband: from middle to inner"] * 2 + ["family"]
    assert {"ticked", "not ticked"} <= set(told)
    assert any(re.fullmatch(r"Start: 1 Words \d+; Now: 3 Words \d+", alt) for alt in told)


def test_a_repeated_head_is_read_once():
    from ipt_desktop.domain.report import Column, Table

    rows = tuple((f"Row {number}", LONG) for number in range(30))
    section = Section("a", "Course", (Table((Column("Phase", 1), Column("What was done", 4)), rows),))
    printed = Printed(Report(kind="k", title="T", sections=(section,)))
    assert len(printed.pages) > 2
    tree = read(printed.bytes)
    assert tree.words.count("What was done") == 1
    (table,) = tree.all("Table")
    assert len(table.kids) == 31
    assert " ".join(tree.words.split()).count(LONG) == 30
    assert "Phase What was done" in artifacts(printed.bytes, 1)
    assert unmarked(printed.bytes) == []


def test_words_do_not_run_together_where_a_line_or_a_number_begins(tree: Node):
    assert re.search(r"Words \d+ +0113 496 0142", tree.words)
    prose = Section("a", "A", (Prose(plain("\n".join([LONG] * 3))),))
    tree = read(Printed(Report(kind="k", title="T", sections=(prose,))).bytes)
    assert [node.words.strip() for node in tree.all("P")] == [" ".join(LONG.split())] * 3


def outline(pdf: bytes) -> list[tuple[str, int, list]]:
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as found:
        pages = {page.objgen: number for number, page in enumerate(opened.pages)}

        def told(items: list[pikepdf.OutlineItem]) -> list:
            return [(item.title, pages[item.destination[0].objgen], told(item.children)) for item in items]

        return told(found.root)


def test_side_heads_are_bookmarks_and_lie_under_their_chapters():
    report = sample()
    printed = Printed(report)
    titles = [section.title for section in report.sections if section.title]
    assert outline(printed.bytes) == [(title, printed.page_of(title), []) for title in titles]
    chapters = (
        Section("a", "", (Chapter("Notes"),)),
        Section("b", "9 July", (Prose(plain("Two visits.")),)),
        Section("c", "", (Chapter("Session 2", level=2),)),
        Section("d", "16 July", (Prose(plain("One visit.")),)),
        Section("e", "", (Chapter("Letters"),)),
        Section("f", "To Dr Grant", (Prose(plain("Dear Dr Grant")),)),
    )
    printed = Printed(Report(kind="k", title="Record", sections=chapters))
    tree = read(printed.bytes)
    assert [level for level, _words in heads(tree)] == [1, 2, 3, 3, 4, 2, 3]
    assert outline(printed.bytes) == [
        ("Notes", 0, [("9 July", 0, []), ("Session 2", 0, [("16 July", 0, [])])]),
        ("Letters", 1, [("To Dr Grant", 1, [])]),
    ]


def test_the_file_says_what_it_is_and_is_sound():
    report = replace(sample(), language="cs", title="Souhrn & <léčby>")
    with pikepdf.open(io.BytesIO(Printed(report).bytes)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "cs"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert all(page.Tabs == "/S" for page in pdf.pages)
        with pdf.open_metadata() as told:
            assert told["dc:title"] == report.title
            assert told["dc:creator"] == ["Dr Hanna Weiss"]
            assert told["dc:language"] == {"cs"}
            assert told["xmp:CreateDate"][:4].isdigit()
            assert told.pdfa_status == ""  # no validator was asked
        (intent,) = pdf.Root.OutputIntents
        assert intent.DestOutputProfile.N == 3
        assert pdf.pdf_version >= "1.7"
        for page in pdf.pages:
            assert "/Group" not in page.obj
            assert "/ExtGState" not in page.resources
            for font in page.resources.Font.values():
                assert "/FontFile2" in font.FontDescriptor
                assert "/Encoding" not in font


def test_a_report_without_a_day_keeps_none_and_is_the_same_each_time():
    report = replace(sample(), is_undated=True)
    first, second = Printed(report).bytes, Printed(report).bytes
    assert first == second
    with pikepdf.open(io.BytesIO(first)) as pdf:
        assert "/CreationDate" not in pdf.docinfo
        assert b"CreateDate" not in pdf.Root.Metadata.read_bytes()
        assert pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()[24:36] == bytes(12)


def test_the_tags_stay_behind_a_password(printed: Printed, tree: Node):
    locked = with_password(printed.bytes, "seven words nobody would guess")
    assert read(locked, "seven words nobody would guess").words == tree.words


@pytest.mark.parametrize("text_size", [TextSize.LARGER, TextSize.LARGE_PRINT])
def test_other_sizes_are_read_the_same(tree: Node, text_size: TextSize):
    other = read(Printed(every_block("Words", paper=Paper.A5, text_size=text_size)).bytes)
    roles = [node.role for node in other.walk() if node.role != "Lbl"]
    assert sorted(roles) == sorted([*(node.role for node in tree.walk() if node.role != "Lbl"), "P"])


def test_an_empty_report_is_sound():
    printed = Printed(Report(kind="k", title=""))
    assert read(printed.bytes).words == ""
    assert unmarked(printed.bytes) == []
