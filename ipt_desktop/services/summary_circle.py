"""The circle of a summary: at the start and at the end side by side, their key, and what changed between them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ipt_desktop.domain.change_list import change_list
from ipt_desktop.domain.circle_key import key_picture
from ipt_desktop.domain.circle_picture import CircleDrawing, CircleView
from ipt_desktop.domain.circle_style import CircleStyle
from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.course import numbers
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.picture import Measure, Picture
from ipt_desktop.domain.records import Placement, Session, Sitting
from ipt_desktop.domain.report import Block, Column, Drawing, Pictures, Table
from ipt_desktop.domain.standing import Standing
from ipt_desktop.domain.text import _
from ipt_desktop.domain.third_parties import ThirdParties
from ipt_desktop.services.course_circles import Circle
from ipt_desktop.services.course_file import CourseFile

FIGURE = (306.0, 290.0)
"""Width and height of one of two circles side by side, in units of 0.75 pt."""
KEY_WIDTH = 600.0
MOST_NAMED = 12
"""With more people on a circle the words beside the tokens would cover each other; the table names everyone."""


@dataclass(frozen=True, slots=True)
class PaperInk:
    """How circles are drawn on paper: their measures, and how wide words are in the faces of the page."""

    style: CircleStyle
    measure: Measure


def circle_blocks(file: CourseFile, others: ThirdParties, client_label: str, ink: PaperInk) -> Iterator[Block]:
    """Yield the circle at the start and at the end with the change list; one circle where there was one sitting."""
    shown = start_and_end(file.circles)
    if not shown:
        return
    before = present(shown[0]) if len(shown) > 1 else {}
    rings = file.protocol.rings
    words = RingWords((rings.inner, rings.middle, rings.outer), rings.outside)
    figures = []
    for circle in shown:
        now = present(circle)
        moved_from = before if circle is not shown[0] else {}
        # Everyone is given, placed or not: those who share initials are numbered alike in both figures and in the list.
        standings = [Standing(each, now.get(each.id), moved_from.get(each.id)) for each in others.people]
        view = CircleView(
            client_label=client_label, words=words, is_relation_shown=len(now) <= MOST_NAMED, is_conflict_marked=True
        )
        figures.append(CircleDrawing(standings, (), view, ink.style, FIGURE, ink.measure))
    titles = _titles(file, shown)
    yield Pictures(
        tuple(
            Drawing(title, sitting_caption(circle.sitting, file.sessions), figure.picture())
            for title, circle, figure in zip(titles, shown, figures, strict=True)
        ),
        _key(figures, ink),
        _("Where a person stands is the client’s own answer to “how close do you feel?” Direction has no meaning."),
    )
    if len(shown) > 1:
        yield from _changes(others, before, present(shown[-1]), words, titles)


def start_and_end(circles: Iterable[Circle]) -> list[Circle]:
    """Return the first and last circle of a course; "before this began" stands in where there is no other start."""
    drawn = [each for each in circles if any(present(each).values())]
    own = [each for each in drawn if each.sitting and not each.sitting.is_before]
    chosen = own if len(own) > 1 else drawn
    return chosen if len(chosen) < 2 else [chosen[0], chosen[-1]]


def present(circle: Circle) -> dict[str, Placement]:
    """Return who stands in a circle, by person id."""
    return {person_id: each for person_id, each in circle.placements.items() if each.is_present}


def _titles(file: CourseFile, shown: Sequence[Circle]) -> list[str]:
    last = _("End") if file.course.ended_on else _("Now")
    first = shown[0].sitting
    begin = _("Before this began") if first and first.is_before else _("Start")
    return [begin, last] if len(shown) > 1 else [begin if first and first.is_before else ""]


def sitting_caption(sitting: Sitting | None, sessions: Sequence[Session]) -> str:
    """Return "session 2, 19 March 2026", or how the sitting is named."""
    if sitting is None:
        return ""
    if sitting.is_before:
        return _("as told on {date}").format(date=long_date(sitting.date))
    number = numbers(sessions).get(sitting.session_id or "")
    date = long_date(sitting.date)
    if number:
        return _("session {number}, {date}").format(number=number, date=date)
    return _("{name}, {date}").format(name=sitting.name, date=date) if sitting.name else date


def _key(figures: Sequence[CircleDrawing], ink: PaperInk) -> Picture:
    standings = [each for figure in figures for each in figure.standings]
    marks = list(dict.fromkeys(mark for figure in figures for mark in figure.marks_in_use()))
    return key_picture(standings, marks, ink.style, KEY_WIDTH, ink.measure)


def _changes(
    others: ThirdParties,
    before: dict[str, Placement],
    now: dict[str, Placement],
    words: RingWords,
    titles: Sequence[str],
) -> Iterator[Block]:
    """Yield who moved, the client's own words first; everyone else in one line. Nothing is added up."""
    changes = change_list(others.people, before, now, words, called=others.printed)
    if changes.rows:
        heads = (_("Person"), *titles, _("In the client’s words, then what changed"))
        columns = tuple(Column(head, weight) for head, weight in zip(heads, (140, 50, 50, 330), strict=True))
        rows = tuple((each.name, each.before or "–", each.after or "–", others.hide(each.sentence)) for each in changes.rows)
        yield Table(columns, rows, note=changes.unchanged_line)
    elif changes.unchanged:
        yield Table((Column(),), (), note=changes.unchanged_line)
