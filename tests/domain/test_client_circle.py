"""What the client is shown of their circle, and what they are not."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipt_desktop.domain.circle_picture import circle_picture
from ipt_desktop.domain.circle_style import circle_style
from ipt_desktop.domain.client_circle import client_style, client_view, closeness_along, for_client, place_to_ask
from ipt_desktop.domain.closeness import OUTSIDE, Geometry, RingWords, position
from ipt_desktop.domain.picture import Label
from ipt_desktop.domain.records import Person, Placement, Tie, TieKind
from ipt_desktop.domain.standing import standings
from ui.theme import tokens

GEOMETRY = Geometry(center=(310.0, 276.0), radius=240.0, nearest=50.0, outside_at=-0.13)
PEOPLE = [
    Person(id="elin", client_id="c", name="Elin", relation="daughter"),
    Person(id="johan", client_id="c", name="Johan", relation="husband", is_in_focus=True),
    Person(id="sven", client_id="c", name="Sven", relation="father", has_died=True, died="2019"),
]
TIES = [Tie(id="t", client_id="c", from_person_id="elin", to_person_id="johan", kind=TieKind.CONFLICT)]


def placed(person_id: str, felt: float, angle: float, desired: float | None = None) -> Placement:
    return Placement(id=f"p-{person_id}", person_id=person_id, sitting_id="s", felt=felt, angle=angle, desired=desired)


def drawn() -> list[tuple[str, str]]:
    now = {"elin": placed("elin", 0.9, 300.0), "johan": placed("johan", 0.2, 90.0, 0.8), "sven": placed("sven", 0.8, 20.0)}
    here = for_client(standings(PEOPLE, now, {"johan": placed("johan", 0.8, 90.0)}))
    style = client_style(circle_style(tokens()))
    picture = circle_picture(here, TIES, client_view(RingWords()), style, (960.0, 600.0), lambda text, _style: 7.0 * len(text))
    return [(mark.key, mark.text if isinstance(mark, Label) else "") for mark in picture.marks]


def test_the_client_sees_names_rings_and_wishes_with_me_in_the_middle():
    words = [text for _key, text in drawn() if text]
    assert {"Me", "Elin", "Johan", "Sven", "died 2019"} <= set(words)
    assert any(key == "wanted:johan" for key, _text in drawn())


def test_the_client_sees_no_relation_focus_move_tie_or_key():
    marks = drawn()
    assert not {"husband", "daughter", "father, died 2019", "before"} & {text for _key, text in marks}
    assert not any(key.startswith(("move:", "tie:", "key")) for key, _text in marks)
    outlines = [key for key, text in marks if key == "person:johan" and not text]
    assert len(outlines) == 1, "one shape, without the second outline of the work's focus"


@given(felt=st.floats(0.0, 1.0), angle=st.floats(0.0, 359.9))
def test_a_wish_dropped_where_it_lies_is_the_same_wish(felt: float, angle: float):
    assert closeness_along(position(felt, angle, GEOMETRY), angle, GEOMETRY) == pytest.approx(felt, abs=1e-6)


@given(angle=st.floats(0.0, 359.9))
def test_a_wish_goes_outside_and_never_past_the_client(angle: float):
    assert closeness_along(position(OUTSIDE, angle, GEOMETRY), angle, GEOMETRY) == OUTSIDE
    opposite = position(0.3, (angle + 180.0) % 360.0, GEOMETRY)
    assert closeness_along(opposite, angle, GEOMETRY) == 1.0


@given(felt=st.one_of(st.just(OUTSIDE), st.floats(0.0, 1.0)), angle=st.floats(0.0, 359.9))
def test_the_shape_to_ask_with_covers_neither_the_token_nor_the_client(felt: float, angle: float):
    at = place_to_ask(felt, angle, GEOMETRY)
    assert math.dist(at, position(felt, angle, GEOMETRY)) == pytest.approx(40.0)
    assert math.dist(at, GEOMETRY.center) >= GEOMETRY.nearest - 1e-6
