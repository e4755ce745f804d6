"""Goals that point at an arrow: the share of the gap closed, in words, the same for closer as for further."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ipt_desktop.domain.closeness import OUTSIDE, RingWords, ring_of
from ipt_desktop.domain.goal import Way, can_point, proposed_words, share_closed, wanted_line, way_of
from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.domain.treatment_records import Goal

felts = st.one_of(st.floats(0.0, 1.0), st.just(OUTSIDE))
gaps = st.tuples(felts, felts).filter(lambda both: abs(both[0] - both[1]) > 0.02)
KARIN = Person(id="karin", client_id="c", name="Karin")
GOAL = Goal(course_id="k", words="Closer to Karin", person_id="karin", is_closeness=True, start=0.2, set_on=date(2026, 3, 1))


def stands(felt: float, desired: float | None, **more: object) -> dict[str, Placement]:
    return {"karin": Placement(person_id="karin", sitting_id="s", felt=felt, desired=desired, **more)}  # type: ignore[arg-type]


@given(gap=gaps)
def test_at_the_start_nothing_is_closed_and_at_the_aim_all_of_it(gap: tuple[float, float]) -> None:
    start, wanted = gap
    assert share_closed(start, start, wanted) == 0.0
    assert share_closed(start, wanted, wanted) == pytest.approx(1.0)
    assert Way(start, start, wanted).words == "no change"
    assert Way(start, wanted, wanted).words == "reached"


@given(gap=gaps, one=felts, other=felts)
def test_coming_towards_the_aim_never_takes_away_from_the_share(gap: tuple[float, float], one: float, other: float) -> None:
    start, wanted = gap
    assume(one != other)
    nearer, further = sorted((one, other), reverse=wanted > start)
    assert share_closed(start, nearer, wanted) >= share_closed(start, further, wanted)  # type: ignore[operator]


@given(gap=gaps, now=felts)
def test_the_share_is_the_same_read_from_the_other_end(gap: tuple[float, float], now: float) -> None:
    """The way to more distance is counted as the way to less: the mirrored circle has the same share."""
    start, wanted = gap
    assert share_closed(start, now, wanted) == pytest.approx(share_closed(1.0 - start, 1.0 - now, 1.0 - wanted))


@given(gap=gaps, now=felts)
def test_every_way_has_words_and_none_of_them_a_number(gap: tuple[float, float], now: float) -> None:
    words = Way(gap[0], now, gap[1]).words
    assert words
    assert not any(letter.isdigit() or letter == "%" for letter in words)


@given(gap=gaps, now=felts)
def test_words_agree_with_the_rings_beside_them(gap: tuple[float, float], now: float) -> None:
    """Who came from another ring and stands in the one wanted has reached it, unless they went on past the place itself."""
    start, wanted = gap
    assume(ring_of(start) is not ring_of(wanted))
    assert (Way(start, now, wanted).words == "reached") == (ring_of(now) is ring_of(wanted) or abs(now - wanted) <= 0.01)


@pytest.mark.parametrize(
    ("start", "now", "wanted", "words"),
    [
        (0.1, 0.2, 0.9, "a little of the way"),
        (0.1, 0.36, 0.9, "a third of the way"),
        (0.1, 0.5, 0.9, "half of the way"),
        (0.1, 0.65, 0.9, "most of the way"),
        (0.2, 0.5, 0.5, "reached"),
        (0.2, 0.9, 0.5, "past it: closer than wanted"),
        (0.3, 0.1, 0.9, "further away than at the start"),
        (0.9, 0.5, 0.1, "half of the way"),
        (0.5, 0.9, 0.1, "closer than at the start"),
        (0.9, OUTSIDE, 0.1, "past it: further than wanted"),
        (0.5, OUTSIDE, OUTSIDE, "reached"),
        (0.5, 0.5, 0.5, "reached"),
        (0.5, 0.8, 0.5, "closer than wanted"),
        (0.5, 0.2, 0.5, "further than wanted"),
        (0.4, 0.5, 0.6, "half of the way"),
    ],
)
def test_the_way_in_plain_words(start: float, now: float, wanted: float, words: str) -> None:
    assert Way(start, now, wanted).words == words


def test_three_places_in_ring_words() -> None:
    assert Way(0.2, 0.5, 0.9).places(RingWords()) == "from outer, now middle, wanted inner"
    assert Way(0.5, OUTSIDE, None).places(RingWords()) == "from middle, now outside"


def test_a_goal_in_words_alone_has_no_way() -> None:
    assert way_of(replace(GOAL, is_closeness=False), {"karin": KARIN}, stands(0.3, 0.5)) is None


def test_the_way_follows_the_circle() -> None:
    assert way_of(GOAL, {"karin": KARIN}, stands(0.3, 0.5)) == Way(0.2, 0.3, 0.5)


@pytest.mark.parametrize(
    ("people", "placements", "words"),
    [
        ({}, {}, "the person is no longer in the inventory"),
        ({"karin": replace(KARIN, has_died=True)}, stands(0.3, None), "died since; no closeness is wanted"),
        ({"karin": KARIN}, {}, "no longer in the circle"),
        ({"karin": KARIN}, stands(0.3, 0.5, is_present=False), "no longer in the circle"),
        ({"karin": KARIN}, stands(0.3, None), "no closeness is wanted at present"),
    ],
)
def test_where_person_or_wish_is_gone_that_is_said(
    people: dict[str, Person], placements: dict[str, Placement], words: str
) -> None:
    way = way_of(GOAL, people, placements)
    assert way is not None
    assert way.share is None
    assert way.words == words
    assert not way.is_reached


def test_a_goal_without_its_start_says_so() -> None:
    way = way_of(replace(GOAL, start=None), {"karin": KARIN}, stands(0.3, 0.5))
    assert way is not None
    assert way.words == "the closeness at the start is not known"


def test_only_an_arrow_can_be_pointed_at() -> None:
    assert can_point(KARIN, stands(0.3, 0.5)["karin"])
    assert not can_point(KARIN, stands(0.3, None)["karin"])
    assert not can_point(KARIN, stands(0.3, 0.3)["karin"])
    assert not can_point(KARIN, stands(0.3, 0.5, is_present=False)["karin"])
    assert not can_point(KARIN, None)
    assert not can_point(replace(KARIN, has_died=True), stands(0.3, 0.5)["karin"])


def test_the_words_proposed_say_the_direction() -> None:
    assert proposed_words("Karin", 0.2, 0.5) == "Closer to Karin"
    assert proposed_words("Ruth", 0.5, 0.1) == "More distance to Ruth"
    assert wanted_line(0.2, 0.5, RingWords()) == "outer, wanted middle"
    assert wanted_line(0.5, 0.4, RingWords()) == "middle, wanted further"
