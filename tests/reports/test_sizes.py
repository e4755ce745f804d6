"""Sheets, sizes of type, and the logo: measured on the page."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.report import Letterhead, Paper, Prose, Report, Section, TextSize
from ipt_desktop.domain.rich_text import plain
from ipt_desktop.services.letterhead_logo import logo_for_keeping
from tests.reports.every_block import every_block
from tests.reports.paper import MM, Printed
from tests.reports.sample import LONG

LEAST = {TextSize.USUAL: 7, TextSize.LARGER: 7, TextSize.LARGE_PRINT: 12}
MARGIN = {Paper.A4: 22 * MM, Paper.LETTER: 22 * MM, Paper.A5: 14 * MM}


def sizes(printed: Printed) -> set[float]:
    pages = [page.get_textpage() for page in printed.pdf]
    return {
        round(pypdfium2.raw.FPDFText_GetFontSize(page, number), 1)
        for page in pages
        for number in range(page.count_chars())
        if not page.get_text_range(number, 1).isspace()
    }


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("text_size", TextSize)
def test_nothing_is_too_small_or_outside_the_margins(paper: Paper, text_size: TextSize):
    printed = Printed(every_block("Words of a therapist", paper=paper, text_size=text_size))
    # The words of a picture grow with it: on the small sheet not as far as all others do.
    assert min(sizes(printed)) >= (LEAST[text_size] if paper is not Paper.A5 else min(LEAST[text_size], 9.5))
    margin = MARGIN[paper]
    for number, page in enumerate(printed.pdf):
        boxes, (width, height) = printed.ink(number), page.get_size()
        assert min(box[0] for box in boxes) >= margin - 1
        assert max(box[2] for box in boxes) <= width - margin + 1.5
        assert min(box[1] for box in boxes) >= 4 * MM
        assert max(box[3] for box in boxes) <= height - 6 * MM
    text = "".join(printed.pages).replace(" ", "")
    assert [number for number in range(1, 90) if f"Wordsofatherapist{number}" not in text] == []


@pytest.mark.parametrize(
    ("paper", "text_size", "letters"),
    [
        (Paper.A4, TextSize.USUAL, (62, 76)),
        (Paper.LETTER, TextSize.USUAL, (62, 78)),
        (Paper.A5, TextSize.USUAL, (60, 76)),
        (Paper.A4, TextSize.LARGER, (62, 78)),
        (Paper.A4, TextSize.LARGE_PRINT, (58, 71)),
    ],
)
def test_a_line_has_a_good_measure(paper: Paper, text_size: TextSize, letters: tuple[int, int]):
    prose = Prose(plain(" ".join([LONG] * 6)))
    printed = Printed(Report(kind="k", title="T", sections=(Section("a", "", (prose,)),), paper=paper, text_size=text_size))
    lines = printed.pdf[0].get_textpage().get_text_range().splitlines()[1:-1]
    lengths = sorted(len(line.strip()) for line in lines[:-1] if len(line) > 30)
    assert letters[0] <= lengths[len(lengths) // 2] <= letters[1]


def test_a_head_stands_above_its_section_where_the_sheet_is_narrow():
    section = Section("a", "In brief", (Prose(plain("Two visits.")),))
    a5 = Printed(Report(kind="k", title="T", sections=(section,), paper=Paper.A5))
    assert a5.place("In brief")[1] < a5.place("Two visits")[1] - 10
    assert a5.place("In brief")[0] == pytest.approx(14 * MM, abs=1.5)
    assert a5.place("Two visits")[0] == pytest.approx(14 * MM, abs=1.5)


def picture(size: tuple[int, int], form: str = "PNG", mode: str = "RGB", **more: object) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size, (200, 30, 30, 128)[: len(mode)]).save(stream, form, **more)
    return stream.getvalue()


def with_logo(data: bytes, paper: Paper = Paper.A4) -> Printed:
    head = Letterhead("Dr Hanna Weiss", "Clinical psychologist", ("12 Lindenhof", "Leeds"), data)
    return Printed(Report(kind="k", title="Summary", letterhead=head, paper=paper))


def box(printed: Printed) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the only image on the first page, in points from its upper left corner."""
    (image,) = printed.pdf[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    left, bottom, right, top = image.get_bounds()
    return left, printed.pdf[0].get_height() - top, right - left, top - bottom


@pytest.mark.parametrize("size", [(1200, 300), (300, 1200), (40, 40), (3000, 3000)])
def test_a_logo_stands_small_at_the_top_left_and_is_not_distorted(size: tuple[int, int]):
    printed = with_logo(picture(size))
    left, top, width, height = box(printed)
    assert left == pytest.approx(22 * MM, abs=0.5)
    assert 30 < top < 50
    assert width / height == pytest.approx(size[0] / size[1], rel=0.02)
    assert width <= 97
    assert top + height <= 78  # above the rule
    name = printed.place("Dr Hanna Weiss")
    assert name[0] >= left + width + 5
    assert name[1] < 60


def test_a_logo_is_dots_alone():
    told = Image.Exif()
    told[0x010F], told[0x0112] = "Camera of Zofia", 6  # its maker, and that it lies on its side
    data = picture((400, 200), "JPEG", exif=told, comment=b"Zofia at home")
    printed = with_logo(data)
    with pikepdf.open(io.BytesIO(printed.bytes)) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        assert "/SMask" not in image
        assert b"Zofia" not in image.read_bytes()
    assert b"Zofia" not in printed.bytes
    _left, _top, width, height = box(printed)
    assert height / width == pytest.approx(2, rel=0.02)
    kept = logo_for_keeping(data)
    assert b"Zofia" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert image.format == "PNG"
        assert not image.getexif()
        assert max(image.size) <= 400


def test_a_logo_that_lets_the_ground_through_stands_on_white():
    printed = with_logo(picture((100, 100), mode="RGBA"))
    left, top, width, height = box(printed)
    red, green, _blue = printed.image().getpixel((round(4 * (left + width / 2)), round(4 * (top + height / 2))))
    assert 215 < red < 235
    assert 130 < green < 155


@pytest.mark.parametrize(
    "data",
    [b"GIF89a....", b"\x89PNG\r\n\x1a\n broken", picture((64, 64))[:-30], picture((64, 64), "JPEG")[:200], b"x" * 10_000_001],
    ids=["another kind", "no picture", "half a PNG", "half a JPEG", "too large"],
)
def test_what_is_no_logo_is_refused_in_words(data: bytes):
    for use in (logo_for_keeping, with_logo):
        with pytest.raises(Refused, match="picture"):
            use(data)


def test_a_picture_with_far_too_many_dots_is_refused_before_it_is_read():
    data = bytearray(picture((64, 64)))
    data[16:24] = (60000).to_bytes(4, "big") * 2
    with pytest.raises(Refused, match="cannot be read"):
        logo_for_keeping(bytes(data))
