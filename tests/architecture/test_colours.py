"""Colours are roles of the theme's tokens; no other place names one."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b|\brgba?\([0-9 ]|QColor\([\"'0-9]|GlobalColor\.(?!transparent)")
PLACES = [*ROOT.glob("ui/**/*.py"), *ROOT.glob("ipt_desktop/**/*.py"), *ROOT.glob("resources/themes/*.qss")]


@pytest.mark.parametrize("place", sorted(PLACES), ids=lambda place: place.relative_to(ROOT).as_posix())
def test_no_colour_is_named_outside_the_tokens(place: Path):
    lines = place.read_text(encoding="utf-8").splitlines()
    assert [f"line {number}: {line.strip()}" for number, line in enumerate(lines, start=1) if COLOUR.search(line)] == []


@pytest.mark.parametrize(
    "line", ['QColor("red")', "QColor(1, 2, 3)", "color: #A1B2C3;", "Qt.GlobalColor.red", "rgba(0, 0, 0, 1)"]
)
def test_the_search_sees_colours(line: str):
    assert COLOUR.search(line)
