"""Words on the circle cover nobody, however many there are: they are shortened, then left out, and who lost any is known."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipt_desktop.domain.circle_labels import MOST_LABELLED
from ipt_desktop.domain.circle_layout import Box
from ipt_desktop.domain.circle_picture import CircleDrawing, CircleMode, CircleView
from ipt_desktop.domain.picture import Anchor, AnyMark, Disc, Label, Line, Polygon
from ipt_desktop.domain.records import Person, Placement
from ipt_desktop.domain.relation import RELATIONS
from ipt_desktop.domain.standing import Standing, standings
from tests.domain.test_circle_picture import SIZE, STYLE, measure

CHARS = "abcdefghijklmnopqrstuvwxyz"
MOVE = 0.5  # what two edges may share by rounding


def person(number: int, name: str, *, is_group: bool = False, is_in_focus: bool = False) -> Person:
    relation = RELATIONS[number % len(RELATIONS)].key
    return Person(id=f"p{number}", client_id="c", name=name, relation=relation, is_group=is_group, is_in_focus=is_in_focus)


def spread(count: int, letters: list[int], turn: float = 0.0) -> list[Standing]:
    """Return people spread over the rings and round them, as a hand would place them: a sunflower of even density."""
    people, now, before = [], {}, {}
    for number in range(count):
        each = person(number, CHARS[: letters[number % len(letters)]], is_group=number % 9 == 4, is_in_focus=number % 15 == 2)
        felt = 1.0 - math.sqrt((number + 0.5) / count) if count > 1 else 0.5
        place = Placement(
            person_id=each.id,
            sitting_id="s",
            felt=round(felt, 4),
            angle=(number * 137.508 + turn) % 360.0,
            desired=min(felt + 0.3, 1.0) if number % 5 == 0 else None,
            is_confidant=number % 7 == 1,
        )
        people.append(each)
        now[each.id] = place
        before[each.id] = Placement(person_id=each.id, sitting_id="t", felt=(felt + 0.5) % 1.0, angle=place.angle)
    return standings(people, now, before)


def box_of(mark: AnyMark) -> Box | None:
    """Return the box of what is drawn; of a shape the one within it, since a corner of its own is not cut by its box's."""
    match mark:
        case Disc():
            half = mark.radius * 0.9
            return Box(mark.center[0] - half, mark.center[1] - half, mark.center[0] + half, mark.center[1] + half)
        case Polygon():
            xs, ys = [x for x, _y in mark.points], [y for _x, y in mark.points]
            return Box(min(xs), min(ys), max(xs), max(ys))
        case Label():
            width = measure(mark.text, mark.style)
            left = mark.at[0] - {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[mark.anchor]
            return Box(left, mark.at[1] - 9.0, left + width, mark.at[1] + 2.0)
        case _:
            return None


def meets(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > MOVE and down > MOVE


def covers(box: Box, mark: AnyMark) -> bool:
    """Whether a box lies over what is drawn: of a shape over itself, not over an empty corner of its box."""
    other = box_of(mark)
    if other is None or not meets(box, other):
        return False
    return not isinstance(mark, Polygon) or not is_parted(box, mark.points)


def is_parted(box: Box, points: Sequence[tuple[float, float]]) -> bool:
    """Whether one of a convex shape's edges has the whole box on its outer side."""
    corners = [(x, y) for x in (box.left + MOVE, box.right - MOVE) for y in (box.top + MOVE, box.bottom - MOVE)]
    middle = (sum(x for x, _y in points) / len(points), sum(y for _x, y in points) / len(points))
    for (x, y), (next_x, next_y) in zip(points, [*points[1:], points[0]], strict=True):
        away, down = next_y - y, x - next_x
        outwards = -1.0 if away * (middle[0] - x) + down * (middle[1] - y) > 0 else 1.0
        if all(outwards * (away * (at - x) + down * (below - y)) >= 0 for at, below in corners):
            return True
    return False


def overlaps(drawing: CircleDrawing) -> list[tuple[str, str]]:
    """Return which label meets which token, want, move or other label."""
    picture = drawing.picture()
    labels = [(mark.key, box_of(mark)) for mark in picture.marks if mark.key.startswith("label:")]
    kinds = ("person", "wanted", "move", "label", "client")
    things = [mark for mark in picture.marks if mark.key.partition(":")[0] in kinds]
    return [(key, other.key) for key, box in labels for other in things if key != other.key and box and covers(box, other)]


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(1, 60),
    letters=st.lists(st.integers(4, 14), min_size=1, max_size=12),
    turn=st.floats(0.0, 360.0),
    mode=st.sampled_from(CircleMode),
    size=st.sampled_from([SIZE, (620.0, 560.0), (480.0, 480.0), (900.0, 860.0)]),
    chosen=st.integers(0, 59),
)
def test_no_label_covers_anyone_up_to_sixty_people(
    count: int, letters: list[int], turn: float, mode: CircleMode, size: tuple[float, float], chosen: int
) -> None:
    view = CircleView(client_label="Marta", mode=mode, before_label="before", selected_id=f"p{chosen}")
    drawing = CircleDrawing(spread(count, letters, turn), (), view, STYLE, size, measure)
    assert overlaps(drawing) == []


@settings(max_examples=40, deadline=None)
@given(places=st.lists(st.tuples(st.floats(-0.15, 1.0), st.floats(0.0, 360.0), st.integers(4, 14)), min_size=1, max_size=60))
def test_wherever_people_stand_no_label_covers_anyone(places: list[tuple[float, float, int]]) -> None:
    people = [person(number, CHARS[:letters]) for number, (_felt, _angle, letters) in enumerate(places)]
    now = {
        each.id: Placement(person_id=each.id, sitting_id="s", felt=felt, angle=angle)
        for each, (felt, angle, _letters) in zip(people, places, strict=True)
    }
    drawing = CircleDrawing(standings(people, now), (), CircleView(client_label="M"), STYLE, SIZE, measure)
    assert overlaps(drawing) == []


def texts(drawing: CircleDrawing) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for mark in drawing.picture().marks:
        if isinstance(mark, Label) and mark.key.startswith("label:"):
            told.setdefault(mark.key.partition(":")[2], []).append(mark.text)
    return told


def test_a_dozen_people_are_all_told_whole() -> None:
    drawing = CircleDrawing(spread(12, [6, 9, 12]), (), CircleView(client_label="Marta"), STYLE, SIZE, measure)
    told = texts(drawing)
    assert drawing.elided == frozenset()
    assert all(len(lines) == 2 for lines in told.values())
    assert len(told) == 12


def test_where_there_is_less_room_names_are_shortened_before_they_are_left_out() -> None:
    drawing = CircleDrawing(spread(60, [14]), (), CircleView(client_label="Marta"), STYLE, (480.0, 480.0), measure)
    told = texts(drawing)
    cut = {person_id for person_id, lines in told.items() if lines[0].endswith("…")}
    assert cut
    assert cut <= drawing.elided
    assert {f"p{number}" for number in range(60)} - told.keys() <= drawing.elided
    assert all(len(lines[0]) > 3 for lines in told.values())


@pytest.mark.parametrize("chosen", range(0, 60, 7))
def test_whoever_is_chosen_is_told(chosen: int) -> None:
    view = CircleView(client_label="Marta", selected_id=f"p{chosen}")
    drawing = CircleDrawing(spread(60, [6, 10]), (), view, STYLE, SIZE, measure)
    assert f"p{chosen}" in texts(drawing)


def test_above_eighty_people_only_whoever_is_chosen_is_told() -> None:
    people = spread(MOST_LABELLED + 1, [6])
    assert texts(CircleDrawing(people, (), CircleView(client_label="M"), STYLE, SIZE, measure)) == {}
    view = CircleView(client_label="M", selected_id="p7")
    drawing = CircleDrawing(people, (), view, STYLE, SIZE, measure)
    assert texts(drawing).keys() == {"p7"}
    assert len(drawing.elided) >= MOST_LABELLED
    assert len(texts(CircleDrawing(people[:80], (), CircleView(client_label="M"), STYLE, SIZE, measure))) > 20


@settings(max_examples=60, deadline=None)
@given(felt=st.floats(0.0, 1.0), before=st.floats(0.0, 1.0), angle=st.floats(0.0, 360.0), turned=st.floats(-90.0, 90.0))
def test_the_word_before_keeps_clear_of_the_client_and_of_who_moved(
    felt: float, before: float, angle: float, turned: float
) -> None:
    each = Person(id="z", client_id="c", name="Zofia", relation="mother", is_in_focus=True)
    now = {"z": Placement(person_id="z", sitting_id="s", felt=felt, angle=angle)}
    was = {"z": Placement(person_id="z", sitting_id="t", felt=before, angle=angle + turned)}
    view = CircleView(client_label="Marta", before_label="before")
    drawing = CircleDrawing(standings([each], now, was), (), view, STYLE, SIZE, measure)
    marks = drawing.picture().marks
    words = [box_of(mark) for mark in marks if isinstance(mark, Label) and mark.text == "before" and mark.key == "move:z"]
    solid = [box_of(mark) for mark in marks if mark.key in ("client", "person:z") and isinstance(mark, Disc)]
    assert not any(one and other and meets(one, other) for one in words for other in solid)
    assert all(not isinstance(mark, Line) or mark.points for mark in marks)
