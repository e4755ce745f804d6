"""The words beside tokens: whole where there is room, else shortened, else left out; they never cover one another or anyone.

Where a picture can hold no more words, whoever lost some is in `Labels.elided`, so that a screen can say them another way.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ipt_desktop.domain.circle_layout import Box, Crowd, Spot, place_label, spots_round
from ipt_desktop.domain.circle_style import CircleStyle
from ipt_desktop.domain.circle_words import shortened
from ipt_desktop.domain.picture import Anchor, Label, Measure, Point

MOST_LABELLED = 80
"""With more people on a circle only whoever is chosen has words beside them: the others have no room."""
_SHORTER = (0.75, 0.55, 0.4)
_FEWEST = 3
"""Letters a name must keep before its ellipsis: less tells nobody apart."""

Line = tuple[str, str]
"""A text and its style."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Words that are to stand beside a token at `at`: text may begin at `reach` from its centre.

    `fills` are the roles of the name and of what stands under it, `halo` what stands behind the letters.
    """

    person_id: str
    lines: Sequence[Line]
    at: Point
    reach: float
    fills: tuple[str, str]
    halo: str


@dataclass(slots=True)
class Room:
    """Where words may stand. They never cover what is in `firm`, and rather not what is in `crowd`, which holds that, too."""

    firm: Crowd
    crowd: Crowd
    within: Box
    said: Crowd = field(default_factory=Crowd)
    """What words have taken, and nothing else."""

    def take(self, box: Box) -> None:
        """Keep a place for words."""
        for each in (self.firm, self.crowd, self.said):
            each.add([box])


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of a whole circle, and who of it is not told whole."""

    marks: tuple[Label, ...]
    elided: frozenset[str]


def placed_labels(
    wanted: Sequence[Wanted], room: Room, style: CircleStyle, measure: Measure, *, are_all_told: bool = False
) -> Labels:
    """Place words in this order. With `are_all_told` nobody's are left out: they stand where they cover least.

    So they do on paper, where nobody can point at anyone.
    """
    marks: list[Label] = []
    elided: set[str] = set()
    for each in wanted:
        if not each.lines:
            continue
        found = _covering_least(each, room, style, measure) if style.is_printed else _placed(each, room, style, measure)
        if found is None and are_all_told:
            found = _covering_least(each, room, style, measure)
        if found is None or list(found[1]) != list(each.lines):
            elided.add(each.person_id)
        if found is not None:
            room.take(found[0].box)
            marks += _marks(each, *found, style)
    return Labels(tuple(marks), frozenset(elided))


def placed_with_chosen(
    wanted: Sequence[Wanted], chosen_id: str, make_room: Callable[[], Room], style: CircleStyle, measure: Measure
) -> tuple[Labels, Room]:
    """Place the words of everyone on a circle, or, of too many, of whoever is chosen; return what room is left, too.

    Whoever is chosen takes the first place only where their words would not be whole without: nothing jumps about needlessly.
    """
    is_crowded = len(wanted) > MOST_LABELLED and not style.is_printed
    told = [each for each in wanted if each.person_id == chosen_id] if is_crowded else list(wanted)
    room = make_room()
    labels = placed_labels(told, room, style, measure, are_all_told=is_crowded)
    if chosen_id in labels.elided and len(told) > 1:
        told.sort(key=lambda each: each.person_id != chosen_id)
        room = make_room()
        labels = placed_labels(told, room, style, measure)
    unsaid = {each.person_id for each in wanted} - {each.person_id for each in told}
    return replace(labels, elided=labels.elided | unsaid), room


def size_of(lines: Sequence[Line], style: CircleStyle, measure: Measure) -> tuple[float, float]:
    """Return width and height of a block of lines."""
    height = style.name_height + (len(lines) - 1) * (style.small_height + 2.0) + 2.0
    return max(measure(text, kind) for text, kind in lines), height


def _covering_least(wanted: Wanted, room: Room, style: CircleStyle, measure: Measure) -> tuple[Spot, Sequence[Line]]:
    size = size_of(wanted.lines, style, measure)
    return place_label(wanted.at, wanted.reach, size, room.crowd, room.within), wanted.lines


def _placed(wanted: Wanted, room: Room, style: CircleStyle, measure: Measure) -> tuple[Spot, Sequence[Line]] | None:
    """Return where the most words fit and which they are, or None where not even the beginning of a name does."""
    for lines in _wordings(wanted.lines, measure):
        spot = _free_spot(wanted, size_of(lines, style, measure), room)
        if spot is not None:
            return spot, lines
    return None


def _wordings(lines: Sequence[Line], measure: Measure) -> Iterator[Sequence[Line]]:
    """Yield the words whole, then the name alone, then its beginning."""
    yield lines
    name, kind = lines[0]
    if len(lines) > 1:
        yield lines[:1]
    told = {name}
    for by in _SHORTER:
        short = shortened(name, measure(name, kind) * by, lambda text: measure(text, kind))
        if short not in told and len(short) > _FEWEST:
            told.add(short)
            yield ((short, kind),)


def _free_spot(wanted: Wanted, size: tuple[float, float], room: Room) -> Spot | None:
    """Return the first place that is free of all, else the one free of all that is firm which covers least of the rest."""
    best, least = None, math.inf
    for spot in spots_round(wanted.at, wanted.reach, size):
        box = spot.box
        is_inside = (
            box.left >= room.within.left
            and box.top >= room.within.top
            and box.right <= room.within.right
            and box.bottom <= room.within.bottom
        )
        if not is_inside or not room.firm.is_free(box):
            continue
        cost = room.crowd.covered(box, least)
        if cost <= 0.0:
            return spot
        if cost < least:
            best, least = spot, cost
    return best


def _marks(wanted: Wanted, spot: Spot, lines: Sequence[Line], style: CircleStyle) -> Iterator[Label]:
    x = (spot.box.left + spot.box.right) / 2 if spot.anchor is Anchor.MIDDLE else spot.x
    baseline = spot.box.top + style.name_height * 0.86
    for text, kind in lines:
        yield Label(
            text=text,
            at=(x, baseline),
            style=kind,
            fill=wanted.fills[kind == "relation"],
            anchor=spot.anchor,
            halo=wanted.halo,
            key=f"label:{wanted.person_id}",
        )
        baseline += style.small_height + 2.0
