from itertools import pairwise

import pytest

from ipt_desktop.domain.rich_text import Run
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.text import UNBREAKABLE, Line, Style, keep_together, set_line, set_text
from tests.reports.paper import FONTS

BODY = Style("serif", 10.5, 15)


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts(FONTS)


def words(line: Line) -> str:
    return "".join(run.face.sources[glyph.code] for run in line.runs for glyph in run.glyphs)


def test_lines_are_filled_greedily_and_never_too_wide(fonts: Fonts):
    text = "Mourning stalled: the belongings stayed untouched and nobody was told about the quarrel. " * 5
    lines = set_text(text, BODY, 200, fonts)
    assert "".join(map(words, lines)).split() == text.split()
    for line, after in pairwise(lines):
        assert line.width <= 200
        first = words(after).split()[0]
        assert set_line(f"{words(line).rstrip()} {first}", BODY, fonts).width > 200


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("on 9 July", "on 9~July"),
        ("with 50 mg unchanged", "with 50~mg unchanged"),
        ("held 16 of 16 sessions so far afterwards", "held 16~of~16 sessions so far afterwards"),
        ("from session 8 onwards they talked afterwards", "from session~8 onwards they talked afterwards"),
        ("then PHQ-9 18 → 6 overall improvement", "then PHQ-9~18~→~6 overall improvement"),
        ("asked Dr Grant yesterday", "asked Dr~Grant yesterday"),
        ("ring 0113 496 0142 immediately", "ring 0113~496~0142 immediately"),
        ("she spoke – afterwards", "she spoke~– afterwards"),
        ("no runts at end", "no runts at~end"),
    ],
)
def test_spaces_that_must_not_end_a_line(text: str, kept: str):
    assert keep_together(text).replace(UNBREAKABLE, "~") == kept


def test_a_word_wider_than_the_line_is_broken(fonts: Fonts):
    lines = set_text("w" * 80, BODY, 100, fonts)
    assert "".join(map(words, lines)) == "w" * 80
    assert all(line.width <= 100 for line in lines)


def test_a_long_word_breaks_after_its_hyphen_and_a_code_does_not(fonts: Fonts):
    first = set_text("aaa interpersonal-psychotherapeutic", BODY, 100, fonts)[0]
    assert words(first) == "aaa interpersonal-"
    assert [words(line).strip() for line in set_text("aaaaaaaaaa ICD-10-CM", BODY, 75, fonts)] == ["aaaaaaaaaa", "ICD-10-CM"]


def test_emphasis_changes_the_face_within_a_word_without_a_gap(fonts: Fonts):
    (line,) = set_text([Run("grief", bold=True), Run(","), Run(" late", italic=True)], BODY, 300, fonts)
    assert words(line) == "grief,~late".replace("~", " ")
    assert [run.face.fontName.split("_")[-1] for run in line.runs] == ["600SemiBold", "400Regular", "Italic"]


def test_ligatures_and_kerning_come_from_shaping_and_the_text_stays_true(fonts: Fonts):
    (run,) = set_line("office", BODY, fonts).runs
    assert len(run.glyphs) < len("office")
    assert words(set_line("office", BODY, fonts)) == "office"
    (kerned,) = set_line("AVATAR", BODY, fonts).runs
    assert kerned.width < sum(glyph.natural for glyph in kerned.glyphs)


def test_a_letter_the_first_face_lacks_comes_from_the_next(fonts: Fonts):
    serif, sans = (set(fonts.face(family).face.charToGlyph) for family in ("serif", "sans"))
    lacking = chr(min(code for code in sans - serif if chr(code).isprintable() and code < 0xE000))
    (line,) = set_text(f"a{lacking}b", BODY, 300, fonts)
    assert words(line) == f"a{lacking}b"
    assert [run.face.fontName[6:12] for run in line.runs] == ["Source"] * 3
    assert len({run.face for run in line.runs}) == 2


def test_letters_without_a_face_are_refused(fonts: Fonts):
    with pytest.raises(LookupError):
        set_line("ស", BODY, fonts)


def test_line_ends_and_blank_text(fonts: Fonts):
    assert [words(line) for line in set_text("one\ntwo", BODY, 300, fonts)] == ["one", "two"]
    assert set_text("", BODY, 300, fonts) == []
