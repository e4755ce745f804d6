"""The goals of a summary, under the problem area they belong to: start, wanted and now in ring words, and how far in words."""

from collections.abc import Iterator

from ipt_desktop.domain.attainment import STATUS_WORDS, attainment_of
from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.goal import way_of
from ipt_desktop.domain.report import Block, Cell, Column, Table
from ipt_desktop.domain.rich_text import Block as TextBlock
from ipt_desktop.domain.rich_text import Run
from ipt_desktop.domain.text import _
from ipt_desktop.domain.third_parties import ThirdParties
from ipt_desktop.domain.treatment_records import Goal, GoalStatus
from ipt_desktop.services.course_file import CourseFile

_NOTHING = "–"


def goal_blocks(file: CourseFile, others: ThirdParties) -> Iterator[Block]:
    """Yield the goals of the course as one table, those of the primary area first; nothing where none was set.

    A goal is told in rings where it points at someone, in numbers where it was rated, by what became of it and what shows it.
    One in words alone has none of these, and where all are so there are no columns for them. Nothing is added up over goals.
    """
    if not file.goals:
        return
    rows: list[tuple[Cell, ...]] = []
    for area, goal in _by_area(file):
        said = others.hide(goal.words)
        cell = (TextBlock((Run(_("{area}: ").format(area=area), italic=True), Run(said))),) if area else said
        rows.append((cell, *_told(file, goal, others)))
    if not any(cell for row in rows for cell in row[1:]):
        yield Table((Column(_("In the client’s words")),), tuple(row[:1] for row in rows), is_first_bold=False)
        return
    last = _("End") if file.course.ended_on else _("Now")
    heads = ((_("In the client’s words"), 178), (_("Start"), 46), (_("Wanted"), 50), (last, 46), (_("How far"), 124))
    is_rated = any(attainment_of(each, file.ratings) for each in file.goals)
    note = _("Numbers: how far it is, as the client says it, 0 not at all, 10 wholly.") if is_rated else ""
    yield Table(tuple(Column(head, weight) for head, weight in heads), tuple(rows), is_first_bold=False, note=note)


def _told(file: CourseFile, goal: Goal, others: ThirdParties) -> tuple[str, str, str, str]:
    """Return start, wanted, now and what became of a goal; a number stands below the ring where there are both."""
    rings = file.protocol.rings
    words = RingWords((rings.inner, rings.middle, rings.outer), rings.outside)
    placements = file.circle_now.placements if file.circle_now else {}
    way = way_of(goal, {each.id: each for each in file.people}, placements)
    far = attainment_of(goal, file.ratings)
    places = [words.of(each) or _NOTHING for each in (way.start, way.wanted, way.now)] if way else [""] * 3
    values = ["" if each is None else str(each) for each in (far.start, far.aim, far.now)]
    if far and not way:
        values = [each or _NOTHING for each in values]
    start, wanted, now = ("\n".join(each for each in both if each) for both in zip(places, values, strict=True))
    shown = _("Seen by: {words}").format(words=others.hide(goal.evidence)) if goal.evidence else ""
    became = _became(goal, way.words if way else "")
    return start, wanted, now, "\n".join(each for each in (became, shown) if each)


def _became(goal: Goal, way: str) -> str:
    """Return what a goal was closed as, with its day; of one that is open, how far the way on the circle was gone."""
    if goal.status is GoalStatus.OPEN:
        return way[:1].upper() + way[1:]
    status = _(STATUS_WORDS[goal.status])
    day = f"\n{long_date(goal.closed_on)}" if goal.closed_on else ""
    return f"{status[:1].upper()}{status[1:]}{day}"


def _by_area(file: CourseFile) -> Iterator[tuple[str, Goal]]:
    """Yield each goal with the word of its problem area, in the order of the areas; "" and last where it has none."""
    left = list(file.goals)
    for area in file.areas:
        for goal in [each for each in left if each.problem_area_id == area.id]:
            left.remove(goal)
            yield file.wording.area(area.area), goal
    yield from (("", each) for each in left)
