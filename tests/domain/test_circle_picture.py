"""The circle as a display list: every mark the look asks for, where it belongs."""

import math
import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipt_desktop.domain.circle_key import key_picture
from ipt_desktop.domain.circle_layout import Box, Crowd, place_label
from ipt_desktop.domain.circle_picture import CircleDrawing, CircleMode, CircleView, circle_picture, fitted
from ipt_desktop.domain.circle_style import circle_style, for_print
from ipt_desktop.domain.closeness import OUTSIDE, RING_BOUNDS, RingWords
from ipt_desktop.domain.picture import Anchor, AnyMark, ArcLabel, Disc, Label, Line, Picture, Polygon
from ipt_desktop.domain.records import Person, Placement, Sector, Tie, TieKind
from ipt_desktop.domain.relation import RELATIONS
from ipt_desktop.domain.standing import print_initials, standings, token_initials

TOKENS = tomllib.loads(files("resources").joinpath("themes/tokens.toml").read_text(encoding="utf-8"))
STYLE = circle_style(TOKENS)
SIZE = (620.0, 550.0)


def measure(text: str, style: str) -> float:
    return 6.5 * len(text)


def person(key: str, relation: str = "friend", **more: object) -> Person:
    return Person(id=key, client_id="c", name=key.capitalize(), relation=relation, **more)  # type: ignore[arg-type]


def row(key: str, felt: float, angle: float, desired: float | None = None) -> Placement:
    return Placement(id=key, person_id=key, sitting_id="s", felt=felt, angle=angle, desired=desired)


PEOPLE = [
    person("johan", "husband", is_in_focus=True),
    person("sven", "father", has_died=True, died="2019"),
    person("choir", "club", is_group=True),
    person("petra"),
    person("tess", "colleague"),
    person("weiss", "doctor"),
    person("rex", "pet"),
]
NOW = {
    "johan": row("johan", 0.2, 70.0),
    "sven": row("sven", 0.8, 30.0, desired=0.9),
    "choir": row("choir", 0.3, 285.0, desired=0.6),
    "petra": row("petra", OUTSIDE, 115.0),
    "tess": row("tess", 0.4, 200.0),
    "weiss": row("weiss", 0.5, 240.0),
    "rex": row("rex", 0.9, 330.0),
}
BEFORE = {"johan": row("johan", 0.9, 90.0), "petra": row("petra", 0.5, 120.0), "tess": row("tess", 0.45, 200.0)}
STANDINGS = standings(PEOPLE, NOW, BEFORE)


def drawn(mode: CircleMode = CircleMode.WANTED, ties: tuple[Tie, ...] = (), **more: object) -> Picture:
    view = CircleView(client_label="Marta", mode=mode, before_label="before", are_ties_shown=bool(ties), **more)  # type: ignore[arg-type]
    return circle_picture(STANDINGS, ties, view, STYLE, SIZE, measure)


def keyed(picture: Picture, key: str) -> list[AnyMark]:
    return [mark for mark in picture.marks if mark.key == key]


def texts(picture: Picture) -> list[str]:
    return [mark.text for mark in picture.marks if isinstance(mark, Label | ArcLabel)]


def test_the_tokens_and_the_rings_agree() -> None:
    assert tuple(TOKENS["circle"]["ring_bounds"]) == RING_BOUNDS
    assert STYLE.nearest == TOKENS["circle"]["client_radius"] + TOKENS["circle"]["inner_gap"]


def test_three_rings_darken_inwards_and_are_named_on_arcs() -> None:
    picture = drawn()
    rings = [mark for mark in picture.marks if isinstance(mark, Disc) and mark.key.startswith("ring:")]
    assert [ring.fill for ring in rings] == ["ring_3", "ring_2", "ring_1"]
    assert [ring.radius for ring in rings] == sorted((ring.radius for ring in rings), reverse=True)
    assert {mark.text for mark in picture.marks if isinstance(mark, ArcLabel)} == {"inner", "middle", "outer", "outside"}


def test_ring_names_are_the_protocols_and_straight_where_letters_join() -> None:
    picture = drawn(words=RingWords(("قريب", "وسط", "بعيد"), "far"))
    assert {mark.text for mark in picture.marks if isinstance(mark, ArcLabel)} == {"far"}
    assert "قريب" in texts(picture)


def test_shape_says_the_relation() -> None:
    picture = drawn()
    corners = {
        "johan": 4,
        "petra": 4,
        "choir": 5,
        "tess": 6,
        "weiss": 8,
        "rex": 4,
    }
    for who, count in corners.items():
        token = next(mark for mark in keyed(picture, f"person:{who}") if isinstance(mark, Polygon))
        assert len(token.points) == count, who
    assert isinstance(keyed(picture, "person:sven")[0], Disc)


def test_shapes_are_of_equal_area() -> None:
    for relation in {each.shape: each.key for each in RELATIONS if each.shape not in ("family", "other")}.values():
        standing = standings([person("x", relation)], {"x": row("x", 0.5, 0.0)})
        picture = circle_picture(standing, (), CircleView(client_label="M"), STYLE, SIZE, measure)
        token = next(mark for mark in keyed(picture, "person:x") if isinstance(mark, Polygon))
        pairs = zip(token.points, token.points[1:] + token.points[:1], strict=True)
        area = abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2
        assert area == pytest.approx(math.pi * 16.0**2, rel=0.01), relation


def test_focus_died_and_group_have_their_marks() -> None:
    picture = drawn()
    outlines = [mark for mark in keyed(picture, "person:johan") if isinstance(mark, Polygon)]
    assert len(outlines) == 2
    assert outlines[1].fill == ""
    died = keyed(picture, "person:sven")
    assert died[0].fill == "gone"  # type: ignore[union-attr]
    assert any(isinstance(mark, Polygon) and mark.clip for mark in died)
    assert len([mark for mark in keyed(picture, "person:choir") if isinstance(mark, Polygon)]) == 2


def test_selection_lies_outside_the_second_outline() -> None:
    picture = drawn(selected_id="johan")
    lines = [mark.line for mark in keyed(picture, "person:johan") if isinstance(mark, Polygon)]
    assert lines == ["token_line", "token_line", "accent"]


def test_wanted_is_hollow_dashed_with_an_arrow_and_not_for_the_dead() -> None:
    wanted = keyed(drawn(), "wanted:choir")
    token = wanted[-1]
    assert isinstance(token, Polygon)
    assert token.dash
    assert token.fill == "surface"
    assert any(isinstance(mark, Line) for mark in wanted)
    assert keyed(drawn(), "wanted:sven") == []
    assert keyed(drawn(CircleMode.NOW), "wanted:choir") == []


def test_more_distance_is_drawn_as_clearly() -> None:
    away = standings([person("ruth")], {"ruth": row("ruth", 0.8, 90.0, desired=0.1)})
    picture = circle_picture(away, (), CircleView(client_label="M", mode=CircleMode.WANTED), STYLE, SIZE, measure)
    assert [type(mark) for mark in keyed(picture, "wanted:ruth")] == [Line, Polygon, Polygon]


def test_the_move_of_a_person_in_focus_is_always_drawn() -> None:
    picture = drawn(CircleMode.NOW)
    move = keyed(picture, "move:johan")
    assert any(isinstance(mark, Line) and mark.dots for mark in move)
    assert any(isinstance(mark, Label) and mark.text == "before" for mark in move)
    assert keyed(picture, "move:petra") == []


def test_change_shows_all_who_moved_and_pales_the_rest() -> None:
    picture = drawn(CircleMode.CHANGE)
    assert keyed(picture, "move:petra")
    assert keyed(picture, "move:tess") == []
    assert keyed(picture, "person:tess")[0].alpha == STYLE.pale
    assert keyed(picture, "person:petra")[0].alpha == 1.0
    assert "now outside" in texts(picture)
    assert "two rings further" in texts(picture)


@pytest.mark.parametrize("kind", list(TieKind))
def test_ties_differ_by_form(kind: TieKind) -> None:
    tie = Tie(id="t", client_id="c", from_person_id="tess", to_person_id="johan", kind=kind)
    lines = [mark for mark in keyed(drawn(ties=(tie,)), "tie:t") if isinstance(mark, Line)]
    form = (len(lines), len(lines[0].points) > 2, bool(lines[0].dash), bool(lines[0].dots), lines[0].width)
    assert {line.line for line in lines} == {"tie"}
    expected = {
        TieKind.PARTNER: (2, False, False, False, 1.6),
        TieKind.KIN: (1, False, False, False, 1.6),
        TieKind.FRIEND: (1, False, True, False, 1.6),
        TieKind.ALLIANCE: (1, False, False, False, 3.6),
        TieKind.CONFLICT: (1, True, False, False, 1.6),
        TieKind.CUTOFF: (4, False, False, False, 1.6),
        TieKind.UNKNOWN: (1, False, False, True, 1.6),
    }
    assert form == expected[kind]


def test_ties_are_off_at_first_and_end_at_the_clients_disc() -> None:
    tie = Tie(id="t", client_id="c", from_person_id="tess", kind=TieKind.KIN)
    assert keyed(circle_picture(STANDINGS, [tie], CircleView(client_label="M"), STYLE, SIZE, measure), "tie:t") == []
    (line,) = keyed(drawn(ties=(tie,)), "tie:t")
    assert isinstance(line, Line)
    center = fitted(*SIZE, STYLE).center
    assert math.dist(line.points[-1], center) == pytest.approx(STYLE.client_radius + 2.0)


def test_names_with_the_relations_word_under_them() -> None:
    shown = texts(drawn())
    assert {"Johan", "husband", "father, died 2019"} <= set(shown)
    assert "husband" not in texts(drawn(is_relation_shown=False))
    assert "died 2019" in texts(drawn(is_relation_shown=False))


def test_the_key_names_what_is_in_use_and_only_that() -> None:
    shown = texts(drawn())
    assert {"partner", "work", "wanted", "focus", "died", "group"} <= set(shown)
    assert "community" in shown
    alone = standings([person("petra")], {"petra": row("petra", 0.5, 0.0)})
    picture = circle_picture(alone, (), CircleView(client_label="M"), STYLE, SIZE, measure)
    assert [mark.text for mark in keyed(picture, "key") if isinstance(mark, Label)] == ["friend"]


def test_on_paper_people_are_initials_and_tokens_white() -> None:
    view = CircleView(client_label="ML")
    style = for_print(STYLE)
    picture = circle_picture(STANDINGS, (), view, style, (320.0, 310.0), measure)
    shown = texts(picture)
    assert not {each.name for each in PEOPLE} & set(shown)
    assert {"J", "S", "husband", "ML", "died 2019"} <= set(shown)
    assert "Johan" not in picture.description
    assert keyed(picture, "person:johan")[0].fill == "surface"  # type: ignore[union-attr]
    key = key_picture(
        STANDINGS, CircleDrawing(STANDINGS, (), view, style, (320.0, 310.0), measure).marks_in_use(), style, 400, measure
    )
    assert "focus of the work" in texts(key)


def test_on_paper_every_move_shows_its_line_and_its_head() -> None:
    style = for_print(STYLE)
    near = {**BEFORE, "johan": row("johan", 0.28, 70.0), "tess": row("tess", 0.3, 200.0)}  # in the same ring; one ring closer
    picture = circle_picture(standings(PEOPLE, NOW, near), (), CircleView(client_label="ML"), style, (320.0, 310.0), measure)
    for key in ("move:johan", "move:tess"):
        marks = keyed(picture, key)
        assert any(isinstance(mark, Line) and mark.dots for mark in marks)
        assert any(isinstance(mark, Polygon) and mark.fill == "tie" for mark in marks)
    key = key_picture(STANDINGS, ["before"], style, 400, measure)
    heads = [mark for mark in key.marks if isinstance(mark, Polygon) and mark.fill == "tie"]
    dots = [mark for mark in key.marks if isinstance(mark, Line) and mark.dots]
    assert heads[0].points[0][0] > dots[0].points[0][0]  # the arrow leads away from the small token


def test_same_initials_are_numbered() -> None:
    people = [
        replace(person("a"), name="Anna Kowalska"),
        replace(person("b"), name="Adam Kowal"),
        replace(person("c"), name="Dr Weiss"),
    ]
    assert print_initials(people) == {"a": "A.K.1", "b": "A.K.2", "c": "W."}
    assert [token_initials(each) for each in people] == ["AK", "AK", "We"]


@settings(max_examples=30, deadline=None)
@given(
    places=st.lists(st.tuples(st.floats(-0.15, 1.0), st.floats(0.0, 360.0)), min_size=1, max_size=40),
    width=st.floats(330.0, 1400.0),
    height=st.floats(330.0, 900.0),
)
def test_any_circle_can_be_drawn(places: list[tuple[float, float]], width: float, height: float) -> None:
    people = [person(f"p{index}", RELATIONS[index % len(RELATIONS)].key) for index in range(len(places))]
    now = {each.id: row(each.id, *place, desired=0.5) for each, place in zip(people, places, strict=True)}
    view = CircleView(client_label="M", mode=CircleMode.WANTED)
    drawing = CircleDrawing(standings(people, now), (), view, STYLE, (width, height), measure)
    labelled = {mark.key.partition(":")[2] for mark in drawing.picture().marks if mark.key.startswith("label:")}
    assert labelled | drawing.elided == {each.id for each in people}


def test_a_label_takes_the_first_free_place() -> None:
    crowd = Crowd()
    within = Box(0.0, 0.0, 400.0, 400.0)
    first = place_label((200.0, 200.0), 20.0, (60.0, 28.0), crowd, within)
    assert first.box.left == pytest.approx(220.0)
    crowd.add([first.box])
    second = place_label((200.0, 200.0), 20.0, (60.0, 28.0), crowd, within)
    assert second.box.top >= 220.0


def test_labels_cover_no_token() -> None:
    picture = drawn(CircleMode.NOW)
    centers = {
        mark.key.partition(":")[2]: mark.at
        for mark in picture.marks
        if isinstance(mark, Label) and mark.key.startswith("person:")
    }
    for mark in picture.marks:
        if isinstance(mark, Label) and mark.key.startswith("label:"):
            for x, y in centers.values():
                assert math.dist(mark.at, (x, y)) > 10.0


def span(mark: Label) -> tuple[float, float, float]:
    """Return a label's left and right edge and its baseline."""
    width = measure(mark.text, mark.style)
    left = {Anchor.START: mark.at[0], Anchor.END: mark.at[0] - width}.get(mark.anchor, mark.at[0] - width / 2)
    return left, left + width, mark.at[1]


@pytest.mark.parametrize("size", [(620.0, 560.0), (360.0, 440.0), (340.0, 420.0), (260.0, 300.0)])
def test_a_corner_of_the_key_gives_way_to_words(size: tuple[float, float]) -> None:
    view = CircleView(client_label="Marta", before_label="before")
    picture = circle_picture(STANDINGS, (), view, STYLE, size, measure)
    words = [mark for mark in picture.marks if isinstance(mark, Label)]
    names = [span(mark) for mark in words if mark.key.startswith("label:")]
    for left, right, baseline in [span(mark) for mark in words if mark.key == "key"]:
        assert not [each for each in names if each[0] < right and each[1] > left and abs(each[2] - baseline) < 9.0]


def test_the_name_of_a_sector_moves_aside_of_who_stands_outside() -> None:
    begun = {"Friends": 65.0, "Family": 165.0}
    sectors = tuple(Sector(id=name, client_id="c", name=name, start=start) for name, start in begun.items())
    view = CircleView(client_label="Marta", sectors=sectors)
    drawing = CircleDrawing(STANDINGS, (), view, STYLE, SIZE, measure)
    (name,) = (mark for mark in keyed(drawing.picture(), "sector:Friends") if isinstance(mark, ArcLabel))
    petra = next(each for each in STANDINGS if each.person.id == "petra")
    half = math.degrees(measure(name.text, "label_strong") / 2 / name.radius)
    for part in (-1.0, -0.5, 0.0, 0.5, 1.0):
        turn = math.radians(name.angle + part * half)
        at = (name.center[0] + name.radius * math.sin(turn), name.center[1] - name.radius * math.cos(turn))
        assert math.dist(at, drawing.place(petra)) > drawing.reach(petra.person)
    assert 65.0 + half < name.angle < 165.0 - half, "it stays in its sector"
    alone = CircleDrawing([each for each in STANDINGS if each is not petra], (), view, STYLE, SIZE, measure)
    (name,) = (mark for mark in keyed(alone.picture(), "sector:Friends") if isinstance(mark, ArcLabel))
    assert name.angle == 115.0, "where nobody stands it is in the middle"
