"""The recovery sheet: one page, the code twice, and nothing else that is secret or about anyone."""

import io
import re
import secrets
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from ipt_desktop.domain.errors import RecoveryCodeWrong
from ipt_desktop.domain.records import Practice
from ipt_desktop.domain.report import as_text
from ipt_desktop.services.recovery_code import code_of, groups_of, root_of
from ipt_desktop.services.recovery_sheet import practice_mark, recovery_sheet, sheet_pdf
from tests.reports.qr_reader import read_qr

CODE = code_of(bytes(range(7, 39)))
MADE = datetime(2026, 1, 12, 18, 20, tzinfo=UTC)
MM = 72 / 25.4


def practice(paper: str = "A4", name: str = "Dr Hanna Weiss") -> Practice:
    return Practice(id="p", name="Quiet Street", therapist=name, paper=paper)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf))


def picture_of(pdf: bytes, dpi: int) -> Image.Image:
    """Return the page between the first row of the picture's head and its note, right of the heads."""
    page = pypdfium2.PdfDocument(pdf)[0]
    words = page.get_textpage()

    def top_of(text: str) -> float:
        start, _count = words.search(text).get_next()
        return page.get_height() - words.get_charbox(start, loose=True)[3]

    scale = dpi / 72
    box = (60 * MM, top_of("The same, as a picture") - 14, 120 * MM, top_of("For a phone"))
    return page.render(scale=scale).to_pil().crop(tuple(int(edge * scale) for edge in box))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_sheet_is_one_page_with_the_code_to_be_typed_and_scanned(paper: str):
    pdf = sheet_pdf(practice(paper), CODE, MADE)
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    text = text_of(pdf)
    numbered = " ".join(f"{number} {group}" for number, group in enumerate(groups_of(CODE), 1))
    assert numbered in text
    assert "Page 1 of 1" in text
    for dpi in (150, 300):
        scanned = read_qr(picture_of(pdf, dpi))
        assert scanned == "IPTR1:" + CODE.replace("-", "")
        assert root_of(scanned) == root_of(CODE)


def test_every_code_can_be_scanned():
    for _each in range(10):
        root = secrets.token_bytes(32)
        assert root_of(read_qr(picture_of(sheet_pdf(practice(), code_of(root)), 150))) == root


def test_the_picture_has_its_size_and_the_white_a_scanner_needs():
    picture = picture_of(sheet_pdf(practice(), CODE), 300).convert("L").point(lambda value: 255 * (value < 200))
    left, top, right, bottom = picture.getbbox()
    millimetre = 300 / 25.4
    assert (right - left) / millimetre == pytest.approx(42, abs=0.3)
    quiet = 4 * 42 / 33
    assert (picture.height - bottom) / millimetre >= quiet - 0.1
    assert (picture.width - right) / millimetre >= quiet
    assert top >= 0


def test_it_says_whose_it_is_when_it_was_made_and_how_it_is_used():
    text = as_text(recovery_sheet(practice(), CODE, MADE))
    assert re.search(r"For the practice of Dr Hanna Weiss\. Made on 1[12] January 2026, \d\d:\d\d\.", text)
    mark = practice_mark(practice(), CODE)
    assert re.fullmatch(r"WEISS-[0-9A-F]{4}", mark)
    assert f"Practice mark {mark}." in text
    assert "2. Open the practice and choose Use the recovery sheet." in text
    assert "the records cannot be opened by anyone" in text
    assert CODE in text


def test_another_key_has_another_mark():
    assert practice_mark(practice(), CODE) != practice_mark(practice(), code_of(bytes(32)))
    assert practice_mark(practice(name=""), CODE).startswith("STREET-")


def test_the_code_stands_in_the_face_that_tells_zero_from_o():
    with pikepdf.open(io.BytesIO(sheet_pdf(practice(), CODE))) as pdf:
        faces = {str(font.BaseFont).split("+")[1] for font in pdf.pages[0].resources.Font.values()}
        assert all("/FontFile2" in font.FontDescriptor for font in pdf.pages[0].resources.Font.values())
    assert any("SourceCodePro" in face for face in faces)
    assert CODE[:4] not in "".join(str(value) for value in pdf_info(sheet_pdf(practice(), CODE)))


def pdf_info(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [str(value) for value in opened.docinfo.values()]


@pytest.mark.parametrize("name", ["Professor Dr Aleksandra Wiśniewska-Kowalczyk, " * 2, "박지민", "", "  "])
def test_whatever_the_therapist_is_called_there_is_a_sheet_of_one_page(name: str):
    for paper in ("A4", "Letter"):
        pdf = sheet_pdf(practice(paper, name), CODE, MADE)
        assert len(pypdfium2.PdfDocument(pdf)) == 1
        assert groups_of(CODE)[13] in text_of(pdf)


def test_no_sheet_is_made_for_what_is_no_code():
    with pytest.raises(RecoveryCodeWrong):
        sheet_pdf(practice(), CODE[:-1] + ("0" if CODE[-1] != "0" else "1"))
