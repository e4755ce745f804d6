"""The circle as a display list: rings, people, wants, moves and ties, with words where they cover nothing.

Every mark of a person, want, move, label or tie carries a key (`person:<id>`, `wanted:<id>`, `move:<id>`, `label:<id>`,
`tie:<id>`); the rest is the ground they stand on. A canvas draws the parts apart, a page the whole.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from ipt_desktop.domain.arrow import arrow_marks, between
from ipt_desktop.domain.circle_key import Corner, key_marks, overlay_corners
from ipt_desktop.domain.circle_labels import Labels, Room, Wanted, placed_with_chosen
from ipt_desktop.domain.circle_layout import Box, Crowd, box_round, emptiest_angle
from ipt_desktop.domain.circle_moves import before_label
from ipt_desktop.domain.circle_overlay import (
    AreaNote,
    Overlay,
    legend_rows,
    overlay_description,
    overlay_words,
    placed_overlay,
)
from ipt_desktop.domain.circle_paper import place_before, places_apart
from ipt_desktop.domain.circle_sectors import name_mark, spoke_marks
from ipt_desktop.domain.circle_style import CircleStyle
from ipt_desktop.domain.circle_tray import TrayRow, tray_of
from ipt_desktop.domain.circle_words import can_curve, shortened
from ipt_desktop.domain.closeness import OUTSIDE, RING_BOUNDS, Geometry, Ring, RingWords, position, ring_of
from ipt_desktop.domain.person_name import cut_to
from ipt_desktop.domain.picture import AnyMark, ArcLabel, Disc, Label, Line, Measure, Picture, Point
from ipt_desktop.domain.records import Person, Placement, Sector, Tie
from ipt_desktop.domain.standing import Standing, died_text, print_initials, relation_beside_name, relation_text, token_initials
from ipt_desktop.domain.text import _
from ipt_desktop.domain.tie_line import tie_marks
from ipt_desktop.domain.token_shape import TokenState, before_marks, edge_marks, shape_of, token_marks, wanted_mark
from ipt_desktop.domain.told_apart import cut_apart

_OUTSIDE_WORD_AWAY = 15.0
_RING_WORD_AT = 200.0
_BOW = 12.0
LONGEST_BESIDE = 30
"""Characters beside a token; the whole name stands in the table, the panel and the words under the mouse."""
LEAST_CONFLICT_MARKED = 2
"""The token says that there is conflict from *some* on; how much there is, the overlay tells."""


class CircleMode(StrEnum):
    """What the circle shows of the people on it."""

    NOW = "now"
    WANTED = "wanted"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleView:
    """What is shown and how it is worded. `client_label` stands in the middle, `before_label` at a move's beginning.

    `is_conflict_marked` puts the bolt on tokens; it is off unless asked for, since the client's own view has none.
    `overlay` shows one thing more beside the tokens, `areas` are the problem areas it can name.
    """

    client_label: str
    words: RingWords = field(default_factory=RingWords)
    mode: CircleMode = CircleMode.NOW
    before_label: str = ""
    are_ties_shown: bool = False
    is_relation_shown: bool = True
    is_key_shown: bool = True
    key_below: float = 0.0
    """Where the key's upper corners begin: what lies over the picture there takes so much of its height."""
    selected_id: str = ""
    marked_ids: frozenset[str] = frozenset()
    """Who else is chosen, to be moved together."""
    waiting: tuple[Standing, ...] = ()
    """Who was named and has no place."""
    tray_row: TrayRow = field(default_factory=TrayRow)
    tray_id: str = ""
    """Who of them the row in the tray is to hold; "" for who is chosen."""
    sectors: tuple[Sector, ...] = ()
    """Those shown, or none."""
    is_before: bool = False
    """Whether this is the circle before this began."""
    is_conflict_marked: bool = False
    overlay: Overlay = Overlay.NOTHING
    areas: Sequence[AreaNote] = ()

    def is_pale(self, standing: Standing) -> bool:
        """Whether others are spoken of: who did not move, in *Change*."""
        return self.mode is CircleMode.CHANGE and not standing.has_moved and standing.now is not None

    def token_state(self, standing: Standing, *, has_keyboard: bool) -> TokenState:
        """Return how someone's token is shown."""
        return TokenState(
            is_selected=standing.person.id == self.selected_id or standing.person.id in self.marked_ids,
            has_keyboard=has_keyboard,
            is_pale=self.is_pale(standing),
            is_confidant=standing.now is not None and standing.now.is_confidant,
            has_conflict=self.marks_conflict(standing),
        )

    def marks_conflict(self, standing: Standing) -> bool:
        """Whether the bolt stands on someone's token; not while the overlay tells conflict anyway."""
        if not self.is_conflict_marked or self.overlay is Overlay.CONFLICT or standing.now is None:
            return False
        return (standing.now.conflict or 0) >= LEAST_CONFLICT_MARKED

    def marked_words(self, standing: Standing) -> list[str]:
        """Return in words what marks a token on its edge, and what stands beside it."""
        marks = [_("a confidant")] if standing.now and standing.now.is_confidant else []
        marks += [_("conflict")] if self.marks_conflict(standing) else []
        beside = overlay_words(self.overlay, standing, self.areas)
        return [words for words in (", ".join(marks), beside) if words]


def fitted(width: float, height: float, style: CircleStyle) -> Geometry:
    """Return the largest circle that a box of this size holds with its margins."""
    top, side, bottom = style.margin
    radius = max(min((width - 2 * side) / 2, (height - top - bottom) / 2), style.nearest + 30.0)
    center = (width / 2, top + max(radius, (height - top - bottom) / 2))
    return Geometry(center=center, radius=radius, nearest=style.nearest, outside_at=style.outside_at)


class CircleDrawing:
    """One circle being drawn: the whole as `picture()`, and single parts again at another place while someone is dragged."""

    def __init__(
        self,
        standings: Sequence[Standing],
        ties: Sequence[Tie],
        view: CircleView,
        style: CircleStyle,
        size: tuple[float, float],
        measure: Measure,
    ) -> None:
        self.view = view
        self.style = style
        self.size = size
        self.measure = measure
        shown_id = view.tray_id or view.selected_id
        self.tray = tray_of(view.waiting, size[0], is_before=view.is_before, row=view.tray_row, shown_id=shown_id)
        self.geometry = fitted(*size, self.tray.style(style))
        self.standings = [each for each in standings if each.now]
        self._initials = _token_texts([each.person for each in (*standings, *view.waiting)], style)
        self._places = {each.person.id: self.place(each) for each in self.standings}
        if style.is_printed:
            self._places = places_apart(self.standings, self.geometry, self.reach)
        shown = ties if view.are_ties_shown else ()
        self.ties = [tie for tie in shown if self._has_ends(tie)]
        self._moves: dict[str, tuple[AnyMark, ...]] = {}
        self.elided: frozenset[str] = frozenset()
        """Whose words are not whole on the last picture made."""

    @property
    def order(self) -> list[str]:
        """Everyone by id in the order of the keyboard: all who wait, also those the tray has no room for, then the nearest."""
        return [each.person.id for each in (*self.view.waiting, *self.standings)]

    def place(self, standing: Standing) -> Point:
        """Return where someone stands now, or waits."""
        if standing.now is None:
            return self.tray.place(standing.person.id) or (0.0, 0.0)
        return position(standing.now.felt, standing.now.angle, self.geometry)

    def _has_ends(self, tie: Tie) -> bool:
        ends = {tie.from_person_id} | ({tie.to_person_id} if tie.to_person_id else set())
        return tie.until is None and ends <= self._places.keys()

    # -- the whole -------------------------------------------------------------------------------------------------

    def picture(self) -> Picture:
        """Return every mark, from the ground up."""
        corners = list(self._key())
        labels, room = self._labels([box for _marks, box in corners])
        crowd, said = room.crowd, room.said
        self.elided = labels.elided
        beside = [mark for each in self.standings for mark in self._beside(each, crowd, said)]
        key = [mark for marks, box in corners if not said.covered(box) for mark in marks]
        return Picture(
            *self.size,
            marks=(
                *self._rings(),
                *spoke_marks(self.view.sectors, self.geometry, self.style.nearest),
                *self._sector_names(crowd),
                *self._ring_words(crowd),
                *(mark for tie in self.ties for mark in self.tie(tie, {})),
                *(mark for each in self.standings for mark in self.move(each, self._places[each.person.id])),
                *(mark for each in self.standings for mark in self.wanted(each, self._places[each.person.id])),
                *self._client(),
                *(mark for each in self.standings for mark in self.token(each, self._places[each.person.id])),
                *(mark for each in self.tray.waiting for mark in self.token(each, self.place(each))),
                *self.tray.ground(),
                *(mark for each in self.tray.waiting for mark in self._tray_label(each)),
                *beside,
                *labels.marks,
                *key,
            ),
            description=self.description(),
        )

    def description(self) -> str:
        """Return the circle in words: who stands in which ring."""
        parts = []
        for ring in Ring:
            names = [self._said_name(each) for each in self.standings if each.now and ring_of(each.now.felt) is ring]
            if names:
                parts.append(_("{ring}: {names}").format(ring=self.view.words.word(ring), names=", ".join(names)))
        if self.view.waiting:
            names = [self._said_name(each) for each in self.view.waiting]
            parts.append(_("waiting for a place: {names}").format(names=", ".join(names)))
        by_id = {each.person.id: self._said_name(each) for each in self.standings}
        beside = overlay_description(self.view.overlay, self.standings, self.view.areas, by_id)
        return ". ".join(part for part in ("; ".join(parts), beside) if part)

    def _tray_label(self, standing: Standing) -> Iterator[AnyMark]:
        return self.tray.label(standing, self.measure, is_selected=standing.person.id == self.view.selected_id)

    def _said_name(self, standing: Standing) -> str:
        return self._initials[standing.person.id] if self.style.is_printed else standing.name

    # -- the ground ------------------------------------------------------------------------------------------------

    def _rings(self) -> Iterator[AnyMark]:
        for ring in (Ring.OUTER, Ring.MIDDLE, Ring.INNER):
            radius = self.geometry.distance(RING_BOUNDS[ring])
            yield Disc(
                center=self.geometry.center,
                radius=radius,
                fill=f"ring_{ring + 1}",
                line="ring_line",
                width=1.0,
                key=f"ring:{ring}",
            )

    def _sector_names(self, crowd: Crowd) -> Iterator[AnyMark]:
        """Yield the names of the sectors; what is said later keeps clear of them."""
        for sector in self.view.sectors:
            curves, height = can_curve(sector.name), self.style.small_height
            yield name_mark(sector, self.view.sectors, self.geometry, self.measure, curves, crowd, height)

    def _ring_words(self, crowd: Crowd) -> Iterator[AnyMark]:
        for ring, felt in zip((Ring.INNER, Ring.MIDDLE, Ring.OUTER), self.style.ring_name_at, strict=True):
            yield self._ring_word(ring, self.geometry.distance(felt), _RING_WORD_AT, crowd)
        outside = [each.now.angle for each in self.standings if each.now and each.now.felt < 0]
        if outside or not self.style.is_printed:
            wish = outside[0] - 20.0 if outside else 95.0
            yield self._ring_word(Ring.OUTSIDE, self.geometry.radius + _OUTSIDE_WORD_AWAY, wish, crowd)

    def _ring_word(self, ring: Ring, radius: float, wish: float, crowd: Crowd) -> AnyMark:
        """Return a ring's name where its band is emptiest; straight in scripts that join or shape their letters."""
        word, center = self.view.words.word(ring), self.geometry.center
        width, height = self.measure(word, "caption"), self.style.small_height + 2.0
        angle = emptiest_angle(center, radius, width, height, wish, crowd)
        turn = math.radians(angle)
        at = (center[0] + radius * math.sin(turn), center[1] - radius * math.cos(turn))
        crowd.add([box_round(at, width / 2)])
        if not can_curve(word):
            return Label(text=word, at=at, style="caption", fill="text_soft", key=f"ring_word:{ring}")
        return ArcLabel(
            text=word,
            center=center,
            radius=radius,
            angle=angle,
            style="caption",
            fill="text_soft",
            is_flipped=110.0 < angle < 250.0,
            key=f"ring_word:{ring}",
        )

    def _client(self) -> Iterator[AnyMark]:
        center, radius = self.geometry.center, self.style.client_radius
        fill = "token_line" if self.style.is_printed else "accent"
        if not self.style.is_printed:
            yield Disc(center=center, radius=radius + 3.0, fill="surface", key="client")
        yield Disc(center=center, radius=radius, fill=fill, key="client")
        style = "initials" if self.style.is_printed else "strong"
        text = shortened(self.view.client_label, radius * 2 - 6.0, lambda each: self.measure(each, style))
        at = (center[0], center[1] + self.style.name_height * 0.36)
        yield Label(text=text, at=at, style=style, fill="surface" if self.style.is_printed else "on_accent", key="client")

    def _key(self) -> Iterator[Corner]:
        """Yield the key, corner by corner; a corner goes when someone stands there, or where a name has no other place."""
        if not self.view.is_key_shown or self.style.is_printed:
            return
        taken = Crowd()
        taken.add(box_round(place, self.style.token / 2) for place in self._places.values())
        above, used = max(self.tray.height, self.view.key_below), self.marks_in_use()
        for marks, box in key_marks(self.standings, self.ties, used, self.style, self.size, self.measure, above):
            if marks and not taken.covered(box):
                yield marks, box
        rows = legend_rows(self.view.overlay, self.standings, self.view.areas, self.style)
        for marks, box in overlay_corners(rows, self.ties, self.size[0], self.measure, above):
            if marks and not taken.covered(box):
                yield marks, box
                break

    def marks_in_use(self) -> list[str]:
        """Return which marks need a word, in the order of the key."""
        people = [each.person for each in self.standings]
        uses = {
            "focus": any(person.is_in_focus for person in people),
            "wanted": any(self._is_wanted_shown(each) for each in self.standings),
            "before": any(self._is_move_shown(each) for each in self.standings),
            "died": any(person.has_died for person in people),
            "group": any(person.is_group for person in people),
            "confidant": any(each.now and each.now.is_confidant for each in self.standings),
            "conflict": any(self.view.marks_conflict(each) for each in self.standings),
        }
        return [name for name, is_used in uses.items() if is_used]

    # -- one person ------------------------------------------------------------------------------------------------

    def token(self, standing: Standing, at: Point, *, has_keyboard: bool = False) -> tuple[AnyMark, ...]:
        """Return a person's token at a place."""
        person, state = standing.person, self.view.token_state(standing, has_keyboard=has_keyboard)
        return token_marks(person, self._initials[person.id], at, self.style, state, f"person:{person.id}")

    def _is_wanted_shown(self, standing: Standing) -> bool:
        return self.view.mode is CircleMode.WANTED and standing.wanted is not None

    def wanted(self, standing: Standing, at: Point) -> tuple[AnyMark, ...]:
        """Return the hollow token where someone is wanted, and the arrow to it from `at`: closer and further alike."""
        key, style = f"wanted:{standing.person.id}", self.style
        target = self.wanted_place(standing)
        if target is None or math.dist(target, at) < style.token * 0.3:
            return ()
        arrow = arrow_marks(at, target, self.reach(standing.person), style.wanted_size / 2, style, "accent_text", key, dots=0.0)
        return (*arrow, wanted_mark(standing.person, target, style, key))

    def wanted_place(self, standing: Standing) -> Point | None:
        """Return where someone is wanted, or None where that is not shown."""
        if standing.wanted is None or standing.now is None or not self._is_wanted_shown(standing):
            return None
        return position(standing.wanted, standing.now.angle, self.geometry)

    def _is_move_shown(self, standing: Standing) -> bool:
        if standing.before is None or standing.now is None:
            return False
        is_everyone_shown = self.view.mode is CircleMode.CHANGE or self.style.is_printed
        return standing.has_moved and (is_everyone_shown or standing.person.is_in_focus)

    def move(self, standing: Standing, at: Point) -> tuple[AnyMark, ...]:
        """Return the dotted way from where someone stood to `at`."""
        if standing.before is None or not self._is_move_shown(standing):
            return ()
        if at == self._places.get(standing.person.id):  # asked for again and again while words are placed
            if standing.person.id not in self._moves:
                self._moves[standing.person.id] = self._move(standing, standing.before, at)
            return self._moves[standing.person.id]
        return self._move(standing, standing.before, at)

    def _move(self, standing: Standing, before: Placement, at: Point) -> tuple[AnyMark, ...]:
        person, style, key = standing.person, self.style, f"move:{standing.person.id}"
        start = self._stood_at(before, person, at)
        if style.is_printed or self.view.mode is CircleMode.CHANGE:
            reach = style.trail_ring if style.is_printed else style.token * style.before_scale / 2
            dotted = arrow_marks(start, at, reach, self.reach(person), style, "tie", key, dots=style.trail_dots)
            return (*dotted, *before_marks(person, self._initials[person.id], start, style, key))
        way = between(start, at, style.trail_ring, self.reach(person))
        ring = Disc(center=start, radius=style.trail_ring, fill="surface", line="ghost", width=1.4, key=key)
        text, places = self.view.before_label, {**self._places, person.id: at}
        taken = [box_round(places[each.person.id], self.reach(each.person)) for each in self.standings]
        taken.append(box_round(self.geometry.center, style.client_radius + 3.0))
        label = before_label(text, start, at, taken, self.measure(text, "caption"), style, key)
        dots = [Line(points=way, line="ghost", width=style.trail, dots=style.trail_dots, key=key)] if way else []
        return (*dots, ring, *([label] if label.text else []))

    def _stood_at(self, before: Placement, person: Person, at: Point) -> Point:
        """Return where someone stood; on paper turned until the way from there shows and no one else is covered."""
        if not self.style.is_printed:
            return position(before.felt, before.angle, self.geometry)
        room = self.style.trail_ring + self.style.line
        others = {self._places[each.person.id]: self.reach(each.person) + room for each in self.standings}
        return place_before(before, {**others, at: self.reach(person) + room + self.style.arrow.shown}, self.geometry)

    def reach(self, person: Person) -> float:
        """Return how far a token with its outlines reaches from its centre."""
        selected = self.style.selected_gap_with_focus if person.is_in_focus else self.style.selected.gap
        gap = selected if person.id == self.view.selected_id else self.style.focus.gap if person.is_in_focus else 0.0
        pointed = 1.25 if shape_of(person) in ("partner", "other") else 1.0
        return (self.style.token / 2 + gap) * pointed + self.style.line

    def tie(self, tie: Tie, moved: dict[str, Point]) -> tuple[Line, ...]:
        """Return a tie's line; `moved` gives places of people being dragged."""
        places = {**self._places, **moved}
        start = places[tie.from_person_id]
        end = places[tie.to_person_id] if tie.to_person_id else self.geometry.center
        end_gap = self.style.token / 2 if tie.to_person_id else self.style.client_radius
        ray = None if tie.to_person_id else next((x for x in self.standings if x.person.id == tie.from_person_id), None)
        bow = _BOW if ray and self._is_wanted_shown(ray) else 0.0
        width = self.style.tie_width[max(1, min(tie.strength, 3)) - 1]
        return tie_marks(tie.kind, width, (start, end), (self.style.token / 2, end_gap), bow=bow, key=f"tie:{tie.id}")

    @property
    def _within(self) -> Box:
        return Box(2.0, 2.0, self.size[0] - 2.0, self.size[1] - 2.0)

    # -- words -----------------------------------------------------------------------------------------------------

    def _firm(self) -> Crowd:
        """Return all that no label may cover: people, the client, wants and moves."""
        crowd = Crowd()
        crowd.add([box_round(self.geometry.center, self.style.client_radius + 3.0)])
        for standing in self.standings:
            at, reach = self._places[standing.person.id], self.reach(standing.person)
            crowd.add([box_round(at, reach if not self.style.is_printed else reach - 2.0)])
            if standing.person.is_group:
                across, down = self.style.group_behind
                crowd.add([box_round((at[0] + across, at[1] + down), reach)])
            state = self.view.token_state(standing, has_keyboard=False)
            edge = edge_marks(at, self.style, state, "") if not self.style.is_printed else ()
            for mark in (*edge, *self.wanted(standing, at), *self.move(standing, at)):
                crowd.add_mark(mark, self.measure, self.style.small_height)
        return crowd

    def _room(self, key: Sequence[Box]) -> Room:
        """Return where words may stand; a tie may be crossed, and a corner of the key pushed out, where all else is taken."""
        firm = self._firm()
        crowd = firm.copy()
        for tie in self.ties:
            for line in self.tie(tie, {}):
                crowd.add_mark(line, self.measure, self.style.small_height)
        crowd.add(key)
        return Room(firm, crowd, self._within)

    def _labels(self, key: Sequence[Box]) -> tuple[Labels, Room]:
        """Return the words beside all tokens. Whoever is chosen takes the first place only where theirs would not be whole."""
        make_room = partial(self._room, key)
        wanted = [self._wanted_label(each) for each in self.standings]
        return placed_with_chosen(wanted, self.view.selected_id, make_room, self.style, self.measure)

    def label_lines(self, standing: Standing) -> list[tuple[str, str]]:
        """Return (text, style) of the words beside a token: the name and, under it, the relation or the change."""
        person, view = standing.person, self.view
        relation, died = relation_text(person), died_text(person)
        if self.style.is_printed:
            lines = (relation, died) if view.is_relation_shown else ()
            return [(line, "relation") for line in lines if line]
        is_moved = view.mode is CircleMode.CHANGE and standing.has_moved
        said = standing.name_beside_relation if view.is_relation_shown and not is_moved else standing.name
        name = (cut_apart(said, person.name, LONGEST_BESIDE), "label_strong" if person.id == view.selected_id else "name")
        relation = cut_to(relation, LONGEST_BESIDE)
        if is_moved:
            return [name, (standing.change(view.words), "relation")]
        if not view.is_relation_shown:
            return [name, (died, "relation")] if died else [name]
        under = ", ".join(part for part in (relation_beside_name(person), died) if part)
        return [name, (under, "relation")] if under else [name]

    def _beside(self, standing: Standing, crowd: Crowd, said: Crowd) -> Sequence[AnyMark]:
        """Return what the overlay shows beside a token."""
        at, reach = self._places[standing.person.id], self.reach(standing.person) + self.style.label_gap
        places = (crowd, said)
        return placed_overlay(self.view.overlay, standing, self.view.areas, self.style, (at, reach), places, self._within)

    def _wanted_label(self, standing: Standing) -> Wanted:
        """Return the words that are to stand beside someone."""
        behind = self.style.group_behind[0] if standing.person.is_group else 0.0
        return Wanted(
            person_id=standing.person.id,
            lines=self.label_lines(standing),
            at=self._places[standing.person.id],
            reach=self.reach(standing.person) + behind + self.style.label_gap - 1.0,
            fills=("text_soft" if self.view.is_pale(standing) else "text", "text_soft"),
            halo=self._ground_under(standing),
        )

    def _ground_under(self, standing: Standing) -> str:
        """Return the role of the fill someone stands on."""
        ring = ring_of(standing.now.felt if standing.now else OUTSIDE)
        return "surface" if ring is Ring.OUTSIDE else f"ring_{ring + 1}"


def _token_texts(people: Sequence[Person], style: CircleStyle) -> dict[str, str]:
    """Return the letters in each token, by person id."""
    if not style.is_printed:
        return {person.id: token_initials(person) for person in people}
    return {person_id: initials.replace(".", "") for person_id, initials in print_initials(people).items()}


def circle_picture(
    standings: Sequence[Standing],
    ties: Sequence[Tie],
    view: CircleView,
    style: CircleStyle,
    size: tuple[float, float],
    measure: Measure,
) -> Picture:
    """Return the circle of a sitting in a box of `size`; on paper (`style.is_printed`) third parties are initials."""
    return CircleDrawing(standings, ties, view, style, size, measure).picture()
