"""Pictures as SVG: every mark is there, well-formed whatever it says, and as wide as it was measured."""

import math
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.domain.picture import Anchor, AnyMark, ArcLabel, Disc, Label, Line, Picture, Polygon
from ipt_desktop.reports.svg import render_svg

COLOURS = tomllib.loads((Path(__file__).parents[2] / "resources/themes/tokens.toml").read_text("utf-8"))["paper"]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*marks: AnyMark, description: str = "", title: str = "t") -> ElementTree.Element:
    picture = Picture(200.0, 100.0, marks, description)
    data = render_svg(picture, COLOURS, lambda text, _style: 6.0 * len(text), title=title, language="en", scale=1.5)
    return ElementTree.fromstring(data)  # noqa: S314 - our own


def one(root: ElementTree.Element, tag: str) -> ElementTree.Element:
    group = root.find(f"{SVG}g")
    assert group is not None
    (found,) = group.iter(f"{SVG}{tag}")
    return found


def test_it_is_as_large_as_asked_and_says_what_it_shows() -> None:
    root = drawn(description="inner: E.", title="Circle")
    assert (root.get("viewBox"), root.get("width"), root.get("height")) == ("0 0 200 100", "300", "150")
    assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == ("Circle", "inner: E.")
    ground = root.find(f"{SVG}rect")
    assert ground is not None
    assert ground.get("fill") == "#FFFFFF", "readable on a dark page, too"


def test_a_disc_has_its_place_its_roles_and_its_dash() -> None:
    disc = one(drawn(Disc(center=(50, 40), radius=12.5, fill="gone", line="text", width=1.5, dash=(2.6, 2.0))), "circle")
    assert (disc.get("cx"), disc.get("cy"), disc.get("r")) == ("50", "40", "12.5")
    assert (disc.get("fill"), disc.get("stroke"), disc.get("stroke-width")) == (COLOURS["gone"], COLOURS["text"], "1.5")
    assert disc.get("stroke-dasharray") == "2.6 2"


def test_a_pale_shape_and_one_without_a_fill() -> None:
    disc = one(drawn(Disc(center=(1, 1), radius=2, fill="text", alpha=0.5)), "circle")
    assert (disc.get("fill-opacity"), disc.get("stroke")) == ("0.5", None)
    assert one(drawn(Disc(center=(1, 1), radius=2, line="text", width=1)), "circle").get("fill") == "none"


def test_a_polygon_is_rounded_and_clipped_to_its_outline() -> None:
    square = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
    root = drawn(Polygon(points=square, corner=2, fill="text", clip=square, clip_corner=0))
    clip = one(root, "clipPath")
    path = next(each for each in root.iter(f"{SVG}path") if each.get("clip-path"))
    assert path.get("clip-path") == f"url(#{clip.get('id')})"
    assert path.get("d", "").startswith("M0 2 Q0 0 2 0 L8 0 Q10 0 10 2")
    assert clip[0].get("d") == "M0 0 L10 0 L10 10 L0 10 Z"


def test_dots_and_dashes_are_told_apart() -> None:
    dots = one(drawn(Line(points=((0, 0), (9, 9)), line="tie", width=1, dots=3)), "polyline")
    assert (dots.get("stroke-linecap"), dots.get("stroke-dasharray"), dots.get("points")) == ("round", "0.01 3", "0,0 9,9")
    dashes = one(drawn(Line(points=((0, 0), (9, 9)), line="tie", width=1, dash=(4, 2))), "polyline")
    assert (dashes.get("stroke-linecap"), dashes.get("stroke-dasharray")) == (None, "4 2")


def test_words_keep_the_room_that_was_measured_on_cleared_ground() -> None:
    label = Label(text="Tomas & <Ola>", at=(20, 30), style="initials", fill="text", anchor=Anchor.END, halo="ring_1")
    ground, words = drawn(label).iter(f"{SVG}text")
    assert words.text == ground.text == "Tomas & <Ola>"
    assert (words.get("x"), words.get("y"), words.get("text-anchor")) == ("20", "30", "end")
    assert (words.get("textLength"), words.get("font-weight"), words.get("font-size")) == ("78", "600", "9.67")
    assert (ground.get("aria-hidden"), ground.get("stroke")) == ("true", COLOURS["ring_1"])


def test_a_word_on_an_arc_is_one_word_whose_letters_follow_it() -> None:
    for angle, is_flipped in ((0.0, False), (180.0, True), (90.0, False)):
        arc = ArcLabel(
            text="outer", center=(100, 50), radius=40, angle=angle, style="caption", fill="text", is_flipped=is_flipped
        )
        words = one(drawn(arc), "text")
        assert words.text == "outer"
        xs, ys, turns = (list(map(float, words.get(part, "").split())) for part in ("x", "y", "rotate"))
        assert len(xs) == len(ys) == len(turns) == 5
        assert all(35 < math.dist((x, y), (100, 50)) < 47 for x, y in zip(xs, ys, strict=True))
        if angle != 90.0:
            assert xs == sorted(xs), "it reads from left to right"
            assert all(turn < 45 or turn > 315 for turn in turns), "and is not upside down"


@given(st.text())
def test_it_is_well_formed_whatever_someone_is_called(name: str) -> None:
    label = Label(text=name, at=(0, 0), style="name", fill="text")
    root = drawn(label, description=name, title=name)
    kept = re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", name)
    assert (root.findtext(f"{SVG}title") or "").replace("\r", "\n") == kept.replace("\r\n", "\n").replace("\r", "\n")
