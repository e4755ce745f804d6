import pytest

from ipt_desktop.domain.picture import Anchor, AnyMark, ArcLabel, Disc, Label, Line, Picture, Polygon
from ipt_desktop.domain.report import Drawing, Pictures, Report, Section
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.picture import NATURAL, measure
from tests.reports.paper import COLOURS, FONTS, MM, Printed

SQUARE = ((40.0, 40.0), (60.0, 40.0), (60.0, 60.0), (40.0, 60.0))


class Drawn:
    """A picture of 100 × 100 units, printed: the colour at a point of it."""

    def __init__(self, *marks: AnyMark) -> None:
        frame = Polygon(points=((0, 0), (100, 0), (100, 100), (0, 100)), fill="accent")
        picture = Picture(100, 100, (frame, Disc(center=(50, 50), radius=49, fill="surface"), *marks), "a picture")
        section = Section("a", "", (Pictures((Drawing("", "", picture),)),), is_full_width=True)
        self.printed = Printed(Report(kind="k", title="", sections=(section,)))
        self.image = self.printed.image()
        self.top = (24 * MM + 4) * 4
        self.left = (self.image.width - 100 * NATURAL * 4) / 2

    def at(self, x: float, y: float) -> str:
        """Return the colour at a point in picture units, as #rrggbb."""
        return self._hex((round(self.left + x * NATURAL * 4), round(self.top + y * NATURAL * 4)))

    def has_ink(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether something dark stands in a box of picture units."""
        box = [self.left + left * NATURAL * 4, self.top + top * NATURAL * 4, self.left + right * NATURAL * 4]
        return min(self.image.crop((*map(round, box), round(self.top + bottom * NATURAL * 4))).convert("L").tobytes()) < 90

    def _hex(self, spot: tuple[int, int]) -> str:
        return "#{:02x}{:02x}{:02x}".format(*self.image.getpixel(spot))


def test_a_disc_is_filled_and_outlined_in_its_roles():
    drawn = Drawn(Disc(center=(50, 50), radius=20, fill="gone", line="text", width=4))
    assert drawn.at(50, 50) == COLOURS["gone"].lower()
    assert drawn.at(64.1, 64.1) == COLOURS["text"].lower()
    assert drawn.at(80, 50) == "#ffffff"


def test_a_pale_mark_is_mixed_with_the_paper():
    assert Drawn(Disc(center=(50, 50), radius=20, fill="text", alpha=0.5)).at(50, 50) == "#8e8e8d"


def test_a_polygon_has_round_corners():
    sharp, round_ = Drawn(Polygon(points=SQUARE, fill="text")), Drawn(Polygon(points=SQUARE, corner=8, fill="text"))
    assert sharp.at(41, 41) == COLOURS["text"].lower()
    assert round_.at(41, 41) == "#ffffff"
    assert round_.at(50, 50) == round_.at(50, 41) == COLOURS["text"].lower()


def test_a_polygon_is_clipped_to_the_outline_it_lies_on():
    ribbon = Polygon(points=((20, 45), (80, 45), (80, 55), (20, 55)), fill="text", clip=SQUARE, clip_corner=2)
    drawn = Drawn(ribbon)
    assert drawn.at(50, 50) == COLOURS["text"].lower()
    assert drawn.at(30, 50) == drawn.at(70, 50) == "#ffffff"


@pytest.mark.parametrize(("dash", "dots", "is_broken"), [((), 0, False), ((6, 4), 0, True), ((), 6, True)])
def test_a_line_is_solid_dashed_or_dotted(dash: tuple[float, ...], dots: float, is_broken: bool):
    drawn = Drawn(Line(points=((20, 50), (80, 50)), line="text", width=3, dash=dash, dots=dots))
    colours = {drawn.at(x / 2, 50) for x in range(42, 158)}
    assert COLOURS["text"].lower() in colours
    assert ("#ffffff" in colours) is is_broken


@pytest.mark.parametrize(("anchor", "left", "right"), [(Anchor.START, 50, 75), (Anchor.MIDDLE, 37, 63), (Anchor.END, 25, 50)])
def test_a_label_stands_by_its_anchor(anchor: Anchor, left: float, right: float):
    drawn = Drawn(Label(text="sister", at=(50, 50), style="label", fill="text", anchor=anchor))
    assert drawn.has_ink(left, 42, right, 53)
    assert not drawn.has_ink(10, 42, left - 1, 53)
    assert not drawn.has_ink(right + 1, 42, 90, 53)
    assert "sister" in drawn.printed.pages[0]


def test_a_halo_clears_the_line_behind_a_label():
    rule = Line(points=((20, 48), (80, 48)), line="text", width=1)
    label = Label(text="....", at=(50, 50), style="label", fill="text", halo="surface")
    assert Drawn(rule).has_ink(48, 44, 52, 49)
    assert not Drawn(rule, label).has_ink(48, 44, 52, 48.4)


@pytest.mark.parametrize(("angle", "is_flipped", "box"), [(0, False, (40, 10, 60, 22)), (180, True, (40, 78, 60, 90))])
def test_a_word_on_an_arc_reads_as_one_word(angle: float, is_flipped: bool, box: tuple[float, float, float, float]):
    word = ArcLabel(text="middle", center=(50, 50), radius=32, angle=angle, style="label", fill="text", is_flipped=is_flipped)
    drawn = Drawn(word)
    assert drawn.has_ink(*box)
    assert "middle" in drawn.printed.pages[0]


def test_letters_are_measured_as_they_are_printed():
    width = measure(Fonts(FONTS))("sister", "label")
    assert 20 < width < 26
    assert width < measure(Fonts(FONTS))("sister", "label_strong")
