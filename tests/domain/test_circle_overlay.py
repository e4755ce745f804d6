"""What is shown beside the tokens and on their edge: by form, never by colour alone, with a legend and in words."""

import tomllib
from datetime import date
from importlib.resources import files

import pytest

from ipt_desktop.domain.circle_key import key_picture
from ipt_desktop.domain.circle_layout import Box
from ipt_desktop.domain.circle_overlay import Overlay, area_notes, overlay_marks, overlay_size, overlay_words
from ipt_desktop.domain.circle_picture import CircleDrawing, CircleMode, CircleView
from ipt_desktop.domain.circle_style import circle_style, for_print
from ipt_desktop.domain.picture import AnyMark, Disc, Label, Line, Picture, Polygon
from ipt_desktop.domain.records import ContactHow, Person, Placement, ProblemArea, Support
from ipt_desktop.domain.standing import standings
from ipt_desktop.domain.support_words import support_lines

TOKENS = tomllib.loads(files("resources").joinpath("themes/tokens.toml").read_text(encoding="utf-8"))
STYLE = circle_style(TOKENS)
SIZE = (620.0, 550.0)
FULL = Support(emotional=3, practical=1, informational=0, companionship=2)
WISH = Support(emotional=3, practical=3, companionship=3)


def measure(text: str, style: str) -> float:
    return 6.5 * len(text)


def row(key: str, felt: float, angle: float, **asked: object) -> Placement:
    return Placement(person_id=key, sitting_id="s", felt=felt, angle=angle, **asked)  # type: ignore[arg-type]


PEOPLE = [Person(id=key, client_id="c", name=key.capitalize(), relation="friend") for key in ("noor", "johan", "petra", "tess")]
PLACED = {
    "noor": row("noor", 0.8, 20.0, is_confidant=True, received=FULL, wished=WISH, conflict=0, contact=ContactHow.DAILY),
    "johan": row("johan", 0.2, 100.0, received=Support(), conflict=3, contact=ContactHow.MONTHLY),
    "petra": row("petra", -0.15, 200.0, conflict=1, contact=ContactHow.NEVER),
    "tess": row("tess", 0.5, 300.0),
}
STANDINGS = standings(PEOPLE, PLACED)
BY_ID = {each.person.id: each for each in STANDINGS}
AREAS = area_notes(
    [
        ProblemArea(course_id="k", area="dispute", rank=2, person_id="johan"),
        ProblemArea(course_id="k", area="transition", rank=1),
        ProblemArea(course_id="k", area="grief", rank=3, person_id="petra", ended_on=date(2025, 1, 1)),
    ],
    {"dispute": "Role dispute", "transition": "Role transition", "grief": "Grief"},
)


def drawn(overlay: Overlay = Overlay.NOTHING, **more: object) -> Picture:
    view = CircleView(client_label="Marta", overlay=overlay, areas=AREAS, is_conflict_marked=True, **more)  # type: ignore[arg-type]
    return CircleDrawing(STANDINGS, (), view, STYLE, SIZE, measure).picture()


def beside(picture: Picture, person_id: str) -> list[AnyMark]:
    """Return the marks that go with someone's words and are no words, so what the overlay put there."""
    marks = [mark for mark in picture.marks if mark.key == f"label:{person_id}"]
    return [mark for mark in marks if not (isinstance(mark, Label) and mark.style != "initials")]


def key_words(picture: Picture) -> set[str]:
    return {mark.text for mark in picture.marks if isinstance(mark, Label) and mark.key == "key"}


def test_all_is_off_at_first() -> None:
    picture = drawn()
    assert CircleView(client_label="").overlay is Overlay.NOTHING
    assert not any(beside(picture, each) for each in BY_ID)
    assert "received" not in key_words(picture)


def test_support_is_a_column_for_each_kind_asked() -> None:
    marks = beside(drawn(Overlay.SUPPORT), "noor")
    feet = [mark for mark in marks if isinstance(mark, Line)]
    filled = [mark for mark in marks if isinstance(mark, Polygon) and mark.fill]
    hollow = [mark for mark in marks if isinstance(mark, Polygon) and not mark.fill]
    assert len(feet) == 4, "each kind was asked about"
    assert len({foot.points[0][0] for foot in feet}) == 4
    assert [height(mark) for mark in filled] == pytest.approx([level * STYLE.overlay.bar[1] for level in (3, 1, 2)])
    assert [height(mark) for mark in hollow] == pytest.approx([3 * STYLE.overlay.bar[1]] * 3)


def height(mark: Polygon) -> float:
    return max(y for _x, y in mark.points) - min(y for _x, y in mark.points)


def test_what_was_not_asked_has_no_mark() -> None:
    picture = drawn(Overlay.SUPPORT)
    assert beside(picture, "johan") == []
    assert beside(picture, "tess") == []
    assert overlay_words(Overlay.SUPPORT, BY_ID["johan"], AREAS) == ""


def test_conflict_is_as_many_bolts_as_its_level() -> None:
    picture = drawn(Overlay.CONFLICT)
    assert [len(beside(picture, each)) for each in ("johan", "petra", "noor", "tess")] == [3, 1, 1, 0]
    assert all(isinstance(mark, Polygon) for mark in beside(picture, "johan"))
    assert isinstance(beside(picture, "noor")[0], Disc), "none is a hollow ring, no bolt"


def test_contact_is_as_many_dots_as_it_is_frequent() -> None:
    picture = drawn(Overlay.CONTACT)
    assert [len(beside(picture, each)) for each in ("noor", "johan", "petra")] == [4, 2, 1]
    (never,) = beside(picture, "petra")
    assert isinstance(never, Disc)
    assert never.line, "never is a hollow ring"
    assert all(isinstance(mark, Disc) and not mark.line for mark in beside(picture, "noor"))


def test_a_problem_area_is_a_letter_spelt_out_in_the_key() -> None:
    picture = drawn(Overlay.AREA)
    assert [mark.text for mark in beside(picture, "johan") if isinstance(mark, Label)] == ["B"]
    assert beside(picture, "petra") == [], "an area that has ended is no longer worked on"
    assert {"Role dispute", "Role transition: nobody here by name"} <= key_words(picture)


@pytest.mark.parametrize(
    ("overlay", "words"),
    [
        (Overlay.SUPPORT, {"emotional", "practical", "information", "company", "received", "wished"}),
        (Overlay.CONFLICT, {"conflict: none", "conflict: a little", "conflict: much"}),
        (Overlay.CONTACT, {"daily", "monthly", "never"}),
    ],
)
def test_the_key_names_the_forms_in_use(overlay: Overlay, words: set[str]) -> None:
    assert words <= key_words(drawn(overlay))
    assert not {"conflict: some", "weekly"} & key_words(drawn(overlay))


def test_the_key_stands_elsewhere_when_someone_is_in_its_corner() -> None:
    away = standings(PEOPLE, {**PLACED, "petra": row("petra", -0.15, 35.0, conflict=1)})
    words = {}
    for name, people in (("free", STANDINGS), ("taken", away)):
        view = CircleView(client_label="M", overlay=Overlay.CONFLICT)
        picture = CircleDrawing(people, (), view, STYLE, (560.0, 540.0), measure).picture()
        words[name] = {mark.text: mark.at[0] for mark in picture.marks if isinstance(mark, Label) and mark.key == "key"}
    assert words["free"]["conflict: much"] > 280.0 > words["taken"]["conflict: much"]


def test_forms_differ_without_their_colour() -> None:
    forms = {}
    for overlay, person_id in ((Overlay.SUPPORT, "noor"), (Overlay.CONFLICT, "johan"), (Overlay.CONTACT, "noor")):
        forms[overlay] = {type(mark) for mark in beside(drawn(overlay), person_id)}
    assert len({frozenset(each) for each in forms.values()}) == 3


@pytest.mark.parametrize("overlay", [each for each in Overlay if each is not Overlay.NOTHING])
def test_nothing_asked_is_said_in_the_key(overlay: Overlay) -> None:
    bare = standings(PEOPLE, {key: row(key, 0.5, angle) for key, angle in (("noor", 20.0), ("tess", 200.0))})
    view = CircleView(client_label="Marta", overlay=overlay)
    picture = CircleDrawing(bare, (), view, STYLE, SIZE, measure).picture()
    said = {word for word in key_words(picture) if "yet" in word}
    assert len(said) == 1
    assert said.pop() in picture.description


@pytest.mark.parametrize(
    ("overlay", "words"),
    [
        (Overlay.SUPPORT, "Noor: Received: emotional much, practical a little, information none, company some."),
        (Overlay.CONFLICT, "Johan: Conflict: much."),
        (Overlay.CONTACT, "Petra: Contact: never."),
        (Overlay.AREA, "Johan: Problem area: Role dispute."),
    ],
)
def test_each_overlay_has_its_text(overlay: Overlay, words: str) -> None:
    assert words in drawn(overlay).description
    assert words not in drawn().description


@pytest.mark.parametrize("overlay", list(Overlay))
def test_marks_stay_in_the_box_that_is_kept_for_them(overlay: Overlay) -> None:
    for standing in STANDINGS:
        size = overlay_size(overlay, standing, AREAS, STYLE)
        marks = list(overlay_marks(overlay, standing, AREAS, (100.0, 50.0), STYLE))
        assert bool(marks) == (size is not None)
        if size:
            box = Box(98.0, 48.0, 102.0 + size[0], 52.0 + size[1])
            for x, y in (point for mark in marks for point in corners(mark)):
                assert box.left <= x <= box.right
                assert box.top <= y <= box.bottom


def corners(mark: AnyMark) -> list[tuple[float, float]]:
    if isinstance(mark, Disc):
        (x, y), reach = mark.center, mark.radius
        return [(x - reach, y - reach), (x + reach, y + reach)]
    return list(mark.points) if isinstance(mark, Polygon | Line) else []


# -- on the token's edge -----------------------------------------------------------------------------------------------


def edge(picture: Picture, person_id: str) -> list[Polygon]:
    marks = [mark for mark in picture.marks if mark.key == f"person:{person_id}"]
    return [mark for mark in marks if isinstance(mark, Polygon) and len(mark.points) in (6, 7)]


def test_confidant_and_conflict_are_marks_of_their_own_form() -> None:
    picture = drawn()
    (bubble,), (bolt,) = edge(picture, "noor"), edge(picture, "johan")
    assert len(bubble.points) != len(bolt.points)
    assert edge(picture, "petra") == [], "a little conflict is told by the overlay alone"
    assert edge(picture, "tess") == []
    assert {"confidant", "conflict"} <= key_words(picture)


def test_nobody_sees_conflict_unless_it_was_asked_for() -> None:
    view = CircleView(client_label="Marta")
    drawing = CircleDrawing(STANDINGS, (), view, STYLE, SIZE, measure)
    assert edge(drawing.picture(), "johan") == []
    assert "conflict" not in drawing.marks_in_use()
    assert len(edge(drawing.picture(), "noor")) == 1


def test_edge_marks_are_small_and_in_the_reach_of_a_token() -> None:
    for person_id in ("noor", "johan"):
        (mark,) = edge(drawn(), person_id)
        xs = [x for x, _y in mark.points]
        assert max(xs) - min(xs) < STYLE.token / 2
        assert mark.points != ()


def test_pale_people_have_pale_marks() -> None:
    still = standings(PEOPLE, PLACED, PLACED)
    view = CircleView(client_label="Marta", mode=CircleMode.CHANGE)
    (bubble,) = edge(CircleDrawing(still, (), view, STYLE, SIZE, measure).picture(), "noor")
    assert bubble.alpha < 1.0


def test_the_marks_are_on_paper_and_in_its_key() -> None:
    style = for_print(STYLE)
    view = CircleView(client_label="ML", is_conflict_marked=True)
    drawing = CircleDrawing(STANDINGS, (), view, style, (306.0, 290.0), measure)
    assert edge(drawing.picture(), "noor")
    assert edge(drawing.picture(), "johan")
    key = key_picture(STANDINGS, drawing.marks_in_use(), style, 600.0, measure)
    assert {"confidant", "conflict"} <= {mark.text for mark in key.marks if isinstance(mark, Label)}
    assert "confidant" in key.description


def test_a_token_is_told_with_its_marks() -> None:
    view = CircleView(client_label="M", is_conflict_marked=True)
    assert view.marked_words(BY_ID["noor"]) == ["a confidant"]
    assert view.marked_words(BY_ID["johan"]) == ["conflict"]
    assert view.marked_words(BY_ID["tess"]) == []


def test_support_in_words_leaves_out_what_was_not_asked() -> None:
    assert support_lines(PLACED["tess"]) == []
    assert support_lines(row("x", 0.1, 0.0, given=0, conflict=2, contact=ContactHow.RARELY)) == [
        "Given to them: none.",
        "Conflict: some.",
        "Contact: rarely.",
    ]
