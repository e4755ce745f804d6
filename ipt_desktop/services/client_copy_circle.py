"""The circle of a client's own copy: their people by name, large, with who has moved since the first one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ipt_desktop.domain.circle_key import key_picture
from ipt_desktop.domain.circle_naming import Naming, cast_of
from ipt_desktop.domain.circle_picture import CircleDrawing, CircleView
from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.dates import month_names
from ipt_desktop.domain.records import Person, Placement, Sitting
from ipt_desktop.domain.report import Block, Drawing, Pictures
from ipt_desktop.domain.standing import Standing
from ipt_desktop.domain.text import _
from ipt_desktop.services.course_circles import Circle
from ipt_desktop.services.course_file import CourseFile
from ipt_desktop.services.summary_circle import PaperInk, present, start_and_end

ENLARGED = 1.72
"""So that its smallest words, 7 points at natural size, are 12 points high."""
WIDTH, HEIGHT = 362.0, 338.0
"""In units of 0.75 points: enlarged, it fills a page's width."""
CROWDED = 1.4
"""With more people than have room for their names the circle is laid out so much wider, its words smaller."""
MOST = 14


def people_title(file: CourseFile) -> str:
    """Return the heading: "My people in July"."""
    shown = start_and_end(file.circles)
    return _("My people in {month}").format(month=_month(shown[-1].sitting)) if shown else _("My people")


def people_blocks(file: CourseFile, ink: PaperInk) -> Iterator[Block]:
    """Yield the present circle with who has moved since the first, and its key; nothing where none was drawn."""
    shown = start_and_end(file.circles)
    if not shown:
        return
    now = present(shown[-1])
    before = present(shown[0]) if len(shown) > 1 else {}
    cast = cast_of(file.people, Naming.NAMES)
    standings = [_standing(each, now, before) for each in cast.people]
    rings = file.protocol.rings
    view = CircleView(client_label=_("me"), words=RingWords((rings.inner, rings.middle, rings.outer), rings.outside))
    wider = CROWDED if len(now) > MOST else 1.0
    figure = CircleDrawing(standings, (), view, ink.style, (WIDTH * wider, HEIGHT * wider), ink.measure)
    key = key_picture(figure.standings, (), ink.style, WIDTH, ink.measure, has_client=False)  # the rest is said above
    yield Pictures((Drawing("", "", figure.picture()),), key, _told(file, shown, now, before), enlarged=ENLARGED)


def _standing(person: Person, now: dict[str, Placement], before: dict[str, Placement]) -> Standing:
    """Return someone as the client may see them: not what the work is about, nor whom they confide in."""
    placement = now.get(person.id)
    own = replace(placement, is_confidant=False) if placement else None
    return Standing(replace(person, is_in_focus=False), own, before.get(person.id))


def _told(file: CourseFile, shown: list[Circle], now: dict[str, Placement], before: dict[str, Placement]) -> str:
    """Return how the picture is read: who is in the middle, what the arrows and the ribbon mean."""
    moved = any(each in before and before[each].felt != placement.felt for each, placement in now.items())
    first = shown[0].sitting
    since = _("before this began") if first is not None and first.is_before else _month(first)
    died = [each.name for each in file.people if each.has_died and each.id in now]
    parts = (
        _("In the middle is me."),
        _("A dotted arrow shows who has moved since {when}.").format(when=since) if moved else "",
        _("The ribbon is for {names}, who died.").format(names=_and(died)) if died else "",
    )
    return " ".join(each for each in parts if each)


def _and(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("{several} and {last}").format(several=", ".join(names[:-1]), last=names[-1])


def _month(sitting: Sitting | None) -> str:
    return month_names()[sitting.date.month - 1] if sitting is not None else ""
