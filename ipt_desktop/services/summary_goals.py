"""The goals of a summary, under the problem area they belong to: start, wanted and now in ring words, and how far in words."""

from collections.abc import Iterator

from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.goal import way_of
from ipt_desktop.domain.report import Block, Cell, Column, Table
from ipt_desktop.domain.rich_text import Block as TextBlock
from ipt_desktop.domain.rich_text import Run
from ipt_desktop.domain.text import _
from ipt_desktop.domain.third_parties import ThirdParties
from ipt_desktop.domain.treatment_records import Goal
from ipt_desktop.services.course_file import CourseFile

_NOTHING = "–"


def goal_blocks(file: CourseFile, others: ThirdParties) -> Iterator[Block]:
    """Yield the goals of the course as one table, those of the primary area first; nothing where none was set.

    A goal in words alone has no places, and where all are so there are no columns for them. Nothing is added up over goals.
    """
    if not file.goals:
        return
    rings = file.protocol.rings
    words = RingWords((rings.inner, rings.middle, rings.outer), rings.outside)
    placements = file.circle_now.placements if file.circle_now else {}
    people = {each.id: each for each in file.people}
    rows: list[tuple[Cell, ...]] = []
    for area, goal in _by_area(file):
        said, way = others.hide(goal.words), way_of(goal, people, placements)
        cell = (TextBlock((Run(_("{area}: ").format(area=area), italic=True), Run(said))),) if area else said
        if way is None:
            rows.append((cell, "", "", "", ""))
        else:
            places = (words.of(each) or _NOTHING for each in (way.start, way.wanted, way.now))
            rows.append((cell, *places, way.words[:1].upper() + way.words[1:]))
    if not any(cell for row in rows for cell in row[1:]):
        yield Table((Column(_("In the client’s words")),), tuple(row[:1] for row in rows), is_first_bold=False)
        return
    last = _("End") if file.course.ended_on else _("Now")
    heads = ((_("In the client’s words"), 178), (_("Start"), 46), (_("Wanted"), 50), (last, 46), (_("How far"), 124))
    yield Table(tuple(Column(head, weight) for head, weight in heads), tuple(rows), is_first_bold=False)


def _by_area(file: CourseFile) -> Iterator[tuple[str, Goal]]:
    """Yield each goal with the word of its problem area, in the order of the areas; "" and last where it has none."""
    left = list(file.goals)
    for area in file.areas:
        for goal in [each for each in left if each.problem_area_id == area.id]:
            left.remove(goal)
            yield file.wording.area(area.area), goal
    yield from (("", each) for each in left)
