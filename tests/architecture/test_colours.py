"""Colours are roles of the theme's tokens; no other place names one."""

import re

import pytest

from tests.architecture.sources import ROOT, name_of, text_of

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b|\brgba?\([0-9 ]|QColor\([\"'0-9]|GlobalColor\.(?!transparent)")
PLACES = [*ROOT.glob("ui/**/*.py"), *ROOT.glob("ipt_desktop/**/*.py"), *ROOT.glob("resources/themes/*.qss")]


def test_no_colour_is_named_outside_the_tokens():
    found = [
        f"{name_of(place)}, line {number}: {line.strip()}"
        for place in sorted(PLACES)
        if COLOUR.search(text_of(place))
        for number, line in enumerate(text_of(place).splitlines(), start=1)
        if COLOUR.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line", ['QColor("red")', "QColor(1, 2, 3)", "color: #A1B2C3;", "Qt.GlobalColor.red", "rgba(0, 0, 0, 1)"]
)
def test_the_search_sees_colours(line: str):
    assert COLOUR.search(line)
