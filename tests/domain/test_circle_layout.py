"""Words on the circle keep clear of what is drawn: the quick look into cells finds what a slow look at everything finds."""

import math

from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.domain.circle_layout import Box, Crowd, place_label

SIDE = 48.0  # of a cell, as `circle_layout` divides the picture
AT = st.floats(-60.0, 900.0)
BOX = st.builds(lambda x, y, wide, high: Box(x, y, x + wide, y + high), AT, AT, st.floats(1.0, 200.0), st.floats(1.0, 60.0))


def covered(box: Box, drawn: list[Box]) -> float:
    """Return how much of what is drawn a box covers, each thing as often as both reach into a cell together."""
    return sum(shared(box, each) * len(cells(box) & cells(each)) for each in drawn)


def shared(one: Box, other: Box) -> float:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide * high if wide > 0 and high > 0 else 0.0


def cells(box: Box) -> set[tuple[int, int]]:
    # Floor division, not the floor of a division: that one rounds what lies a hair below nought up to it.
    across = range(int(box.left // SIDE), int(box.right // SIDE) + 1)
    down = range(int(box.top // SIDE), int(box.bottom // SIDE) + 1)
    return {(column, row) for column in across for row in down}


@given(BOX, st.lists(BOX, max_size=12))
def test_what_a_box_would_cover_is_what_lies_under_it(box: Box, drawn: list[Box]):
    crowd = Crowd()
    crowd.add(drawn)
    assert math.isclose(crowd.covered(box), covered(box, drawn), rel_tol=1e-9, abs_tol=1e-6)


@given(BOX, st.lists(BOX, max_size=12), st.floats(0.0, 5000.0))
def test_a_look_that_ends_early_has_seen_enough(box: Box, drawn: list[Box], enough: float):
    crowd = Crowd()
    crowd.add(drawn)
    whole, seen = crowd.covered(box), crowd.covered(box, enough)
    assert seen == whole or enough < seen < whole


@given(
    st.tuples(AT, AT), st.floats(8.0, 40.0), st.tuples(st.floats(5.0, 160.0), st.floats(8.0, 40.0)), st.lists(BOX, max_size=12)
)
def test_words_stand_where_they_cover_nothing_if_there_is_such_a_place(
    token: tuple[float, float], reach: float, size: tuple[float, float], drawn: list[Box]
):
    everywhere, crowd = Box(-500.0, -500.0, 1500.0, 1500.0), Crowd()
    crowd.add(drawn)
    found = covered(place_label(token, reach, size, crowd, everywhere).box, drawn)
    alone = place_label(token, reach, size, Crowd(), everywhere).box
    assert found <= covered(alone, drawn) + 1e-6, "the first place is taken though another covers less"
