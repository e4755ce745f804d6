"""The link of a formulation, and the picture of it."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ipt_desktop.domain.circle_style import circle_style
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.form_blocks import OnPaper
from ipt_desktop.domain.formulation_link import FormulationLink, LinkedArea, first_sentence, link_of, linked_areas
from ipt_desktop.domain.formulation_picture import PADDING, Sheet, link_picture
from ipt_desktop.domain.picture import Label, Line, Picture, Polygon
from ipt_desktop.domain.records import DisputeStage, Person, ProblemArea, StageChange
from ipt_desktop.services.resources import Resources

TOKENS = tomllib.loads((Path(__file__).parents[2] / "resources" / "themes" / "tokens.toml").read_text("utf-8"))
FORM = Resources().form_for(Purpose.FORMULATION)
JOHAN = Person(id="p1", client_id="c", name="Johan", relation="husband", is_in_focus=True)
PAPER = OnPaper(
    people={"p1": "J., husband"},
    areas={"transition": "Role transition", "dispute": "Role dispute"},
    events={"e1": "Johan moved out, February 2026", "e2": "The move, May 2026"},
)
SHEET = Sheet(width=600, measure=lambda text, style: len(text) * 6.5, line=16, style=circle_style(TOKENS))
TRANSITION = LinkedArea("Role transition", words="two in a house to one in a flat")
DISPUTE = LinkedArea("Role dispute", JOHAN, "Jo", "Johan", "impasse")
LINK = FormulationLink(
    illness="A depressive episode",
    suffers="Waking at four, no pleasure in anything.",
    events=("Johan moved out, February 2026", "The move, May 2026"),
    areas=(TRANSITION, DISPUTE),
)


def labels(picture: Picture) -> list[Label]:
    return [mark for mark in picture.marks if isinstance(mark, Label)]


def boxes(picture: Picture) -> list[Polygon]:
    """Return the boxes: what has four corners and a line."""
    return [mark for mark in picture.marks if isinstance(mark, Polygon) and len(mark.points) == 4 and mark.corner == 8]


def test_a_formulation_links_what_is_suffered_with_what_happened_and_the_areas_agreed_on() -> None:
    answers = {
        "presenting": "Waking at four. Nothing tastes.",
        "diagnosis": "A depression",
        "why_now": "Johan moved out. Then the flat.",
        "stressors": ["e1", "gone", "e2"],
        "problem_area": ["dispute"],
    }
    link = link_of(FORM, answers, [TRANSITION], PAPER)
    assert link == FormulationLink(
        "A depression",
        "Waking at four.",
        ("Johan moved out, February 2026", "The move, May 2026"),
        "Johan moved out.",
        (TRANSITION,),
    )
    assert link.parts == 3
    assert link_of(FORM, answers, [], PAPER).areas == (LinkedArea("Role dispute"),), "what the form chose, until one is agreed"
    assert link_of(FORM, answers, [], PAPER, is_for_the_client=True).illness == ""
    assert link_of(FORM, {}, [], PAPER).parts == 0


def test_the_areas_still_worked_on_come_by_rank_with_stage_and_person() -> None:
    protocol = Resources().protocol("weissman-markowitz-klerman")
    assert protocol is not None
    first = ProblemArea(id="a1", course_id="c", area="transition", rank=1, about="a flat")
    second = ProblemArea(id="a2", course_id="c", area="dispute", rank=2, person_id="p1", about="weekends")
    ended = ProblemArea(id="a3", course_id="c", area="grief", rank=3, ended_on=date(2026, 3, 1))
    at = datetime(2026, 1, 1, tzinfo=UTC)
    stages = [
        StageChange(problem_area_id="a2", stage=DisputeStage.IMPASSE, on=date(2026, 2, 1), created_at=at),
        StageChange(problem_area_id="a2", stage=DisputeStage.RENEGOTIATION, on=date(2026, 3, 1), created_at=at),
    ]
    found = linked_areas([ended, second, first], stages, protocol, [JOHAN], PAPER)
    assert found == [
        LinkedArea("Role transition", words="a flat"),
        LinkedArea("Role dispute", JOHAN, "Jo", "J., husband", "renegotiation · weekends"),
    ]
    assert linked_areas([second], [], protocol, [JOHAN], PAPER, is_printed=True)[0].initials == "J"
    assert [each.title for each in linked_areas([ended], [], protocol, [], PAPER)] == ["grief"], "none left open: all of them"


def test_three_parts_stand_side_by_side_with_arrows_from_left_to_right() -> None:
    picture = link_picture(LINK, SHEET)
    words = " ".join(label.text for label in labels(picture))
    for said in ("What the client suffers", "What happened", "Problem areas", "with Johan", "impasse"):
        assert said in words
    assert "Jo" in [label.text for label in labels(picture) if label.style == "initials"]
    lefts = sorted({box.points[0][0] for box in boxes(picture)})
    assert len(boxes(picture)) == 4
    assert len(lefts) == 3
    arrows = [mark for mark in picture.marks if isinstance(mark, Line)]
    assert [arrow.points[0][0] < arrow.points[1][0] for arrow in arrows] == [True, True]
    assert picture.description == (
        "What the client suffers: A depressive episode: Waking at four, no pleasure in anything. "
        "Since: Johan moved out, February 2026; The move, May 2026. "
        "Worked on as: Role transition, two in a house to one in a flat; Role dispute, Johan, impasse."
    )


LONG = FormulationLink(
    illness="Recurrent depressive disorder, present episode severe, without psychotic symptoms and with somatic symptoms",
    suffers="word " * 90,
    events=tuple("Something that happened in a very long sentence nobody will read to its end, in May 2026" for _ in range(4)),
    areas=tuple(replace(DISPUTE, title="Interpersonal sensitivity", words="W" * 80) for _ in range(3)),
)


@pytest.mark.parametrize("link", [LINK, LONG, FormulationLink()], ids=["usual", "long", "empty"])
@pytest.mark.parametrize("width", [376.0, 470.0, 600.0, 900.0])
def test_no_word_leaves_its_box_and_no_box_the_picture(link: FormulationLink, width: float) -> None:
    picture = link_picture(link, replace(SHEET, width=width))
    drawn = boxes(picture)
    for box in drawn:
        (left, top), (right, bottom) = box.points[0], box.points[2]
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= picture.height
    for label in labels(picture):
        if label.style in ("label", "label_strong"):
            end = label.at[0] + SHEET.measure(label.text, label.style)
            (held,) = (box for box in drawn if box.points[0][0] < label.at[0] < box.points[2][0] and _is_beside(box, label))
            assert end <= held.points[2][0] - PADDING + 1, label.text
    for one in drawn:
        for other in drawn:
            if one is not other and one.points[0][0] == other.points[0][0]:
                assert one.points[2][1] <= other.points[0][1] or other.points[2][1] <= one.points[0][1]


def _is_beside(box: Polygon, label: Label) -> bool:
    return box.points[0][1] < label.at[1] < box.points[2][1]


def test_what_is_not_written_is_a_dashed_box_that_says_so() -> None:
    picture = link_picture(FormulationLink(), SHEET)
    assert [bool(box.dash) for box in boxes(picture)] == [True, True, True]
    assert [label.text for label in labels(picture)].count("nothing written yet") == 3


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Low since May. Sleeps badly.", "Low since May."),
        ("“Not weak then. Moved.”", "“Not weak then."),
        ("“Moved!” she said.", "“Moved!”"),
        ("no full stop at all", "no full stop at all"),
        ("睡不着。没有胃口。", "睡不着。"),
        ("Dr. Weiss sent her. Then", "Dr. Weiss sent her."),
        ("", ""),
    ],
)
def test_a_text_begins_with_its_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence
