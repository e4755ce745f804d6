"""Closeness as number, ring, word and place."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.domain.closeness import (
    OUTSIDE,
    STEP,
    Geometry,
    Ring,
    RingWords,
    change_words,
    closeness_at,
    kept,
    middle_of,
    nudged,
    one_ring,
    position,
    ring_of,
    turned,
)

GEOMETRY = Geometry(center=(310.0, 276.0), radius=239.5, nearest=50.0, outside_at=-0.13)
WORDS = RingWords()
felts = st.one_of(st.floats(0.0, 1.0), st.just(OUTSIDE))
angles = st.floats(0.0, 360.0, exclude_max=True)


@given(felt=felts, angle=angles)
def test_place_and_closeness_are_inverse(felt: float, angle: float) -> None:
    again, turn = closeness_at(position(felt, angle, GEOMETRY), GEOMETRY)
    assert again == pytest.approx(felt, abs=1e-9)
    assert math.cos(math.radians(turn - angle)) == pytest.approx(1.0, abs=1e-9)


@given(felt=st.floats(-5.0, 5.0))
def test_one_value_is_stored_for_outside(felt: float) -> None:
    assert kept(felt) == (OUTSIDE if felt < 0 else min(felt, 1.0))


def test_twelve_three_and_six_o_clock() -> None:
    assert position(1.0, 0.0, GEOMETRY) == pytest.approx((310.0, 226.0))
    assert position(0.0, 90.0, GEOMETRY) == pytest.approx((549.5, 276.0))
    assert position(0.0, 180.0, GEOMETRY) == pytest.approx((310.0, 515.5))


def test_outside_is_drawn_at_one_distance_whatever_its_number() -> None:
    assert position(-0.01, 90.0, GEOMETRY) == position(OUTSIDE, 90.0, GEOMETRY)
    assert GEOMETRY.distance(OUTSIDE) == pytest.approx(50 + 189.5 * 1.13)


def test_nobody_touches_the_client() -> None:
    assert closeness_at((311.0, 275.0), GEOMETRY)[0] == 1.0


def test_dropped_on_the_outer_line_is_still_on_the_circle() -> None:
    assert closeness_at((310.0 + 240.5, 276.0), GEOMETRY)[0] == 0.0
    assert closeness_at((310.0 + 256.0, 276.0), GEOMETRY)[0] == OUTSIDE


@pytest.mark.parametrize(
    ("felt", "ring"),
    [(1.0, 0), (0.667, 0), (0.666, 1), (0.333, 1), (0.332, 2), (0.0, 2), (-0.001, 3), (OUTSIDE, 3)],
)
def test_rings(felt: float, ring: int) -> None:
    assert ring_of(felt) is Ring(ring)


@pytest.mark.parametrize("ring", list(Ring))
def test_the_middle_of_a_ring_lies_in_it(ring: Ring) -> None:
    assert ring_of(middle_of(ring)) is ring


def test_nudging_outwards_ends_outside_and_back_at_the_edge() -> None:
    felt = 0.07
    felt = nudged(felt, -STEP)
    assert felt == pytest.approx(0.02)
    felt = nudged(felt, -STEP)
    assert felt == 0.0
    felt = nudged(felt, -STEP)
    assert felt == OUTSIDE
    assert nudged(felt, -STEP) == OUTSIDE
    assert nudged(felt, STEP) == 0.0
    assert nudged(0.99, STEP) == 1.0


def test_one_ring_closer_and_further() -> None:
    assert ring_of(one_ring(0.5, closer=True)) is Ring.INNER
    assert one_ring(0.5, closer=False) == pytest.approx(0.1665, abs=1e-3)
    assert one_ring(0.1, closer=False) == OUTSIDE
    assert ring_of(one_ring(OUTSIDE, closer=True)) is Ring.OUTER
    assert one_ring(0.9, closer=True) == 0.9
    assert turned(358.0, 5.0) == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (0.5, 0.9, "one ring closer"),
        (0.1, 0.9, "two rings closer"),
        (0.9, 0.1, "two rings further"),
        (0.9, 0.5, "one ring further"),
        (0.5, OUTSIDE, "now outside"),
        (OUTSIDE, 0.1, "from outside to the outer ring"),
        (OUTSIDE, -0.3, "unchanged"),
        (0.4, 0.6, "unchanged"),
        (None, 0.5, "new"),
        (0.5, None, "no longer in the circle"),
        (None, None, ""),
    ],
)
def test_changes_are_said_in_rings(before: float | None, after: float | None, said: str) -> None:
    assert change_words(before, after, WORDS) == said


def test_the_protocol_names_the_rings() -> None:
    words = RingWords(("very close", "close", "less close"), "far away")
    assert words.of(0.9) == "very close"
    assert words.of(None) == ""
    assert change_words(0.5, OUTSIDE, words) == "now far away"
    assert change_words(OUTSIDE, 0.5, words) == "from far away to the close ring"
