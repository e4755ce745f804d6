"""Every script through real pages: what is extracted is what was written, in whichever direction it runs."""

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from ipt_desktop.domain.report import Block, Items, Panel, Prose, Report, Section, Table, as_text, unprintable
from ipt_desktop.domain.report import Column as TableColumn
from ipt_desktop.domain.rich_text import Block as Paragraph
from ipt_desktop.domain.rich_text import Run, plain
from ipt_desktop.reports.fonts import Fonts, fonts_in
from ipt_desktop.reports.text import Line, Style, set_text
from tests.reports.aloud import read, unmarked
from tests.reports.every_block import every_block
from tests.reports.paper import FONTS, MM, Printed
from tests.reports.scripts import SCRIPTS

BODY = Style("serif", 10.5, 15)
ARABIC = (
    "قالت إنها تشعر بالذنب لأنها لم تكن مع والدتها في الأسبوع الأخير، وأن زوجها (Tomasz) لا يفهم ذلك. كانت الدرجة على مقياس "
    "PHQ-9 في 12 مارس 2026 هي 18 ثم انخفضت إلى 6 بعد 16 جلسة."
)
MIXED = "Her aunt فاطمة الزهراء telephoned on Tuesday; her friend דוד לוי came on 12 May. 王芳 and अनुष्का were told by letter."


def letters(text: str) -> str:
    """Return the letters alone: no spaces, and no marks of direction."""
    kept = (each for each in unicodedata.normalize("NFC", text) if unicodedata.category(each) != "Cf")
    return "".join("".join(kept).split())


def extracted(printed: Printed, tmp_path: Path) -> str:
    """Return the text as `pdftotext` finds it, or PDFium where there is none."""
    if shutil.which("pdftotext") is None:
        return letters(" ".join(printed.pages))
    path = tmp_path / "page.pdf"
    path.write_bytes(printed.bytes)
    return letters(subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout)  # noqa: S607


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return fonts_in(FONTS)


def report(*blocks: Block, **changes: object) -> Report:
    return Report(kind="k", title="T", sections=(Section("a", "A", blocks),), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_block_says_what_was_written(script: str, tmp_path: Path):
    name, _sentence = SCRIPTS[script]
    written = every_block(name)
    assert unprintable(written, fonts_in(FONTS).can_print) == []
    printed = Printed(written)
    times = letters(as_text(written)).count(letters(name))
    assert times > 80
    assert extracted(printed, tmp_path).count(letters(name)) >= times
    assert unmarked(printed.bytes) == []
    # Aloud it is read in order, numbers and all, where a page alone may not tell on which side of a name they stand.
    said = letters(read(printed.bytes).words)
    numbers = {int(number) for number in re.findall(rf"{re.escape(name)} (\d+)", as_text(written))}
    assert [number for number in numbers if letters(f"{name} {number}") not in said] == []


def test_sentences_come_back_word_for_word(tmp_path: Path):
    rows = tuple(SCRIPTS.values())
    printed = Printed(report(Table((TableColumn("Name"), TableColumn("Words", 2)), rows)))
    text = extracted(printed, tmp_path)
    said = read(printed.bytes).words
    for name, sentence in rows:
        assert letters(name) in text
        # pdftotext takes the stop that ends a line from right to left for the beginning of one from left to right.
        assert letters(sentence).rstrip(".") in text
        assert unicodedata.normalize("NFC", sentence) in said


def words(line: Line) -> str:
    return line.told.strip()


@pytest.mark.parametrize("width", [90, 200, 400])
def test_lines_from_right_to_left_hold_their_words_in_order_and_are_never_too_wide(fonts: Fonts, width: int):
    lines = set_text(ARABIC, BODY, width, fonts, is_aligned=True)
    assert " ".join(map(words, lines)) == ARABIC
    assert all(line.width <= width + 0.1 for line in lines)
    assert all(line.indent + line.width <= width + 0.1 for line in lines)
    assert all(line.level == 1 for line in lines)


def test_a_paragraph_from_right_to_left_stands_at_the_right_edge_and_its_list_too():
    printed = Printed(report(Prose(plain(ARABIC)), Items((ARABIC,)), Panel(ARABIC, "ملاحظة")))
    right = printed.pdf[0].get_width() - 22 * MM
    (first, *_more) = printed.places("قالت")
    words = printed.pdf[0].get_textpage()
    boxes = [words.get_charbox(number) for number in range(words.count_chars()) if words.get_text_range(number, 1) == "ق"]
    assert first[0] > right - 60
    assert max(box[2] for box in boxes) == pytest.approx(right, abs=2)
    dash = printed.place("–")
    assert dash[0] > right - 12


def test_numbers_and_names_in_latin_letters_run_on_from_left_to_right_within(fonts: Fonts):
    (line,) = set_text("הציון ב־PHQ-9 ירד מ־18 ל־6", BODY, 400, fonts)
    shown = ["".join(run.face.sources[glyph.code] for glyph in run.glyphs).strip() for run in line.runs]
    assert [part for part in shown if part and part.isascii()] == ["6", "18", "PHQ-9"]
    (line,) = set_text("She met דוד לוי on 12 May", BODY, 400, fonts)
    shown = "".join(run.face.sources[glyph.code] for run in line.runs for glyph in run.glyphs)
    assert shown.strip() == "She met " + "דוד לוי"[::-1] + " on 12 May"


def test_letters_of_arabic_join_and_brackets_turn(fonts: Fonts):
    (line,) = set_text("سلام (ب)", BODY, 400, fonts)
    assert line.told.strip() == "سلام (ب)"
    apart = sum(set_text(letter, BODY, 400, fonts)[0].width for letter in "سلام")
    (joined,) = set_text("سلام", BODY, 400, fonts)
    assert joined.width < apart * 0.9
    # The bracket that opens stands right of what it encloses, and is drawn as its mirror image.
    opens, closes = (
        next(glyph for run in line.runs for glyph in run.glyphs if run.face.sources[glyph.code] == each) for each in "()"
    )
    ((plain_opens,),) = (run.glyphs for run in fonts.set("(", "serif"))
    assert opens.natural == pytest.approx(plain_opens.natural, rel=0.6)
    order = [run.face.sources[glyph.code] for run in line.runs for glyph in run.glyphs]
    assert order.index(")") < order.index("(")
    assert opens.code != closes.code


def test_a_joiner_of_persian_stays_and_comes_back(fonts: Fonts):
    (line,) = set_text("نمی‌خوابد", BODY, 400, fonts)
    assert line.told.strip() == "نمی‌خوابد"
    assert set_text("a\u200db", BODY, 400, fonts)[0].told == "ab "


def test_our_own_line_is_not_turned_round_by_the_name_in_it():
    subtitle = "Of فاطمة الزهراء, 12 May to 9 July 2026"
    printed = Printed(Report(kind="k", title="T", subtitle=subtitle, sections=(), footer="Printed for דוד לוי · 16 July 2026"))
    left = printed.places("Of")[0][0]
    assert left == pytest.approx(22 * MM, abs=1.5)
    assert printed.place("12 May")[0] > max(box[0] for box in (printed.place("الزهراء"),))
    assert printed.place("16 July")[0] > printed.place("Printed")[0]
    assert subtitle in read(printed.bytes).words


def test_emphasis_falls_to_the_heavier_face_where_a_script_has_one(fonts: Fonts):
    bold = {name: fonts.set(name, "serif", bold=True)[0].face.fontName for name in ("فاطمة", "דוד", "अनुष्का", "王芳")}
    assert [name.split("-")[-1] for name in bold.values()] == [
        "Bold",
        "Assistant_600SemiBold",
        "NotoSansDevanagari_600SemiBold",
        "DroidSansFallbackFull",
    ]


def test_ideographs_break_anywhere_but_before_a_stop(fonts: Fonts):
    lines = set_text(SCRIPTS["Chinese"][1] * 8, BODY, 150, fonts)
    assert len(lines) > 4
    for line in lines[:-1]:
        assert line.width > 125
        assert line.told.strip()[0] not in "，。"


def test_a_script_without_spaces_keeps_its_marks_where_it_is_broken(fonts: Fonts):
    lines = set_text(SCRIPTS["Thai"][1] * 6, BODY, 120, fonts)
    assert len(lines) > 3
    for line in lines:
        assert line.width <= 120.1
        first, last = line.told.strip()[0], line.told.strip()[-1]
        assert unicodedata.category(first)[0] != "M"
        assert last not in "เแโใไ"
    assert "".join(map(words, lines)) == SCRIPTS["Thai"][1] * 6


def test_scripts_mix_within_a_line_and_a_format(tmp_path: Path):
    formats = (Paragraph((Run("Her name is "), Run("فاطمة", bold=True), Run(" or "), Run("अनुष्का", italic=True), Run("."))),)
    printed = Printed(report(Prose((*plain(MIXED), *formats))))
    said = read(printed.bytes).words
    assert " ".join(MIXED.split()) in " ".join(said.split())
    assert "Her name is فاطمة or अनुष्का." in said
    text = extracted(printed, tmp_path)
    assert all(letters(each) in text for each in ("فاطمة", "الزهراء", "דוד", "王芳", "अनुष्का"))


def test_a_sign_has_its_name_and_a_script_without_a_face_too():
    printed = Printed(report(Prose(plain("A smile 🙂 and ខ្មែរ and 👩‍👧."))))
    assert "A smile [slightly smiling face] and [Khmer script] and [woman][girl]." in printed.pages[0]


def test_a_face_is_loaded_when_its_first_letter_is_met():
    fonts = Fonts(FONTS)
    set_text("Zofia Łukasiewicz, Ἑλένη", BODY, 400, fonts)
    assert not any("Droid" in name or "Noto" in name for name in fonts._faces)
    assert not fonts.can_print("🙂")
    assert not any("Droid" in name or "Noto" in name for name in fonts._faces)
    set_text("王芳", BODY, 400, fonts)
    assert any("Droid" in name for name in fonts._faces)
