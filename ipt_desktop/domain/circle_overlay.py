"""What can be shown beside the tokens, one at a time: support, conflict, contact, problem areas; by form, and in words.

Support is four small columns, one for each kind and always in the same order: filled up to what is received, a hollow
one round it up to what is wished. Conflict is as many bolts as its level, contact as many dots as it is frequent; a hollow ring
is *none* or *never*. A problem area is a lettered disc. What was not asked has no mark, and nothing is ever added up.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ipt_desktop.domain.circle_layout import ABOVE_FIRST, Box, Crowd, place_label
from ipt_desktop.domain.circle_style import CircleStyle
from ipt_desktop.domain.picture import Anchor, AnyMark, Disc, Label, Line, Point, Polygon
from ipt_desktop.domain.records import ContactHow, Placement, ProblemArea, Support
from ipt_desktop.domain.standing import Standing
from ipt_desktop.domain.support_words import KINDS, LEVELS, contact_word, kind_word, level_of, level_word, support_sentences
from ipt_desktop.domain.text import _, marked
from ipt_desktop.domain.token_shape import conflict_mark

_STEPS = 3
_DOTS = {
    ContactHow.DAILY: 4,
    ContactHow.WEEKLY: 3,
    ContactHow.MONTHLY: 2,
    ContactHow.RARELY: 1,
    ContactHow.NEVER: 0,
}


class Overlay(StrEnum):
    """What is shown beside the tokens."""

    NOTHING = "nothing"
    SUPPORT = "support"
    CONFLICT = "conflict"
    CONTACT = "contact"
    AREA = "area"


OVERLAY_WORDS = {
    Overlay.NOTHING: marked("Nothing"),
    Overlay.SUPPORT: marked("Support"),
    Overlay.CONFLICT: marked("Conflict"),
    Overlay.CONTACT: marked("Contact"),
    Overlay.AREA: marked("Problem area"),
}
_EMPTY_WORDS = {
    Overlay.SUPPORT: marked("support: not asked yet"),
    Overlay.CONFLICT: marked("conflict: not asked yet"),
    Overlay.CONTACT: marked("contact: not asked yet"),
    Overlay.AREA: marked("no problem area agreed yet"),
}


@dataclass(frozen=True, slots=True)
class AreaNote:
    """A problem area worked on: its letter on the circle, its words, and whom it is about (None: nobody by name)."""

    letter: str
    words: str
    person_id: str | None


def area_notes(areas: Sequence[ProblemArea], labels: Mapping[str, str]) -> tuple[AreaNote, ...]:
    """Return the areas still worked on, the primary one first; `labels` are the protocol's words by key."""
    open_areas = sorted((each for each in areas if each.ended_on is None), key=lambda each: (each.rank, each.id))
    return tuple(
        AreaNote(chr(ord("A") + number % 26), labels.get(each.area, each.area), each.person_id)
        for number, each in enumerate(open_areas)
    )


# -- in words ----------------------------------------------------------------------------------------------------------


def overlay_words(overlay: Overlay, standing: Standing, areas: Sequence[AreaNote]) -> str:
    """Return in words what stands beside someone's token; "" where nothing does."""
    now = standing.now
    if now is None:
        return ""
    if overlay is Overlay.SUPPORT:
        return " ".join(support_sentences(now))
    if overlay is Overlay.CONFLICT and now.conflict is not None:
        return _("Conflict: {level}.").format(level=level_word(now.conflict))
    if overlay is Overlay.CONTACT and now.contact is not None:
        return _("Contact: {often}.").format(often=contact_word(now.contact))
    if overlay is Overlay.AREA and (named := _areas_of(standing, areas)):
        return _("Problem area: {areas}.").format(areas=", ".join(each.words for each in named))
    return ""


def overlay_description(
    overlay: Overlay, standings: Sequence[Standing], areas: Sequence[AreaNote], names: Mapping[str, str]
) -> str:
    """Return all that the overlay tells, person by person; "" while it is off."""
    if overlay is Overlay.NOTHING:
        return ""
    said = [(names[each.person.id], overlay_words(overlay, each, areas)) for each in standings]
    parts = [_("{name}: {words}").format(name=name, words=words) for name, words in said if words]
    if overlay is Overlay.AREA and areas and not parts:
        parts = [_nobody_named(each) for each in areas]
    return " ".join(parts) if parts else _(_EMPTY_WORDS[overlay])


def _nobody_named(area: AreaNote) -> str:
    return _("{area}: nobody here by name").format(area=area.words)


# -- beside a token ----------------------------------------------------------------------------------------------------


def overlay_size(
    overlay: Overlay, standing: Standing, areas: Sequence[AreaNote], style: CircleStyle
) -> tuple[float, float] | None:
    """Return width and height of what stands beside someone's token, or None where nothing does."""
    now = standing.now
    if now is None or not overlay_words(overlay, standing, areas):
        return None
    look = style.overlay
    if overlay is Overlay.SUPPORT:
        return _support_width(style), look.bar[1] * _STEPS + 2 * look.line
    if overlay is Overlay.AREA:
        return _row_width(len(_areas_of(standing, areas)), look.letter, look.gap), look.letter
    if overlay is Overlay.CONFLICT:
        return _row_width(now.conflict or 1, _bolt(style), 0.0), style.edge_mark * 1.2
    return _row_width((_DOTS[now.contact] if now.contact else 0) or 1, look.dot, look.gap), look.dot + look.line


def overlay_marks(
    overlay: Overlay, standing: Standing, areas: Sequence[AreaNote], corner: Point, style: CircleStyle, key: str = ""
) -> Iterator[AnyMark]:
    """Yield what stands beside someone's token, from its upper left `corner` on."""
    now, size = standing.now, overlay_size(overlay, standing, areas, style)
    if now is None or size is None:
        return
    x, middle = corner[0], corner[1] + size[1] / 2
    if overlay is Overlay.SUPPORT:
        yield from _support(now.received, now.wished, (x, corner[1] + size[1] - style.overlay.line), style, key)
    elif overlay is Overlay.CONFLICT:
        yield from _conflict(now.conflict or 0, (x, middle), style, key)
    elif overlay is Overlay.CONTACT and now.contact is not None:
        yield from _contact(now.contact, (x, middle), style, key)
    elif overlay is Overlay.AREA:
        for number, each in enumerate(_areas_of(standing, areas)):
            step = (style.overlay.letter + style.overlay.gap) * number
            yield from _letter(each.letter, (x + step + style.overlay.letter / 2, middle), style, key)


def placed_overlay(
    overlay: Overlay,
    standing: Standing,
    areas: Sequence[AreaNote],
    style: CircleStyle,
    token: tuple[Point, float],
    crowds: Sequence[Crowd],
    within: Box,
) -> Sequence[AnyMark]:
    """Return the marks where there is room for them round a `token` (its centre and reach): above it, if they may choose.

    The place is found in the first of `crowds` and taken in all. The marks carry the key of the person's words.
    """
    size = overlay_size(overlay, standing, areas, style)
    if size is None:
        return ()
    box = place_label(*token, size, crowds[0], within, ABOVE_FIRST).box
    for crowd in crowds:
        crowd.add([box])
    key = f"label:{standing.person.id}"
    return tuple(overlay_marks(overlay, standing, areas, (box.left, box.top), style, key))


def _areas_of(standing: Standing, areas: Sequence[AreaNote]) -> list[AreaNote]:
    return [each for each in areas if each.person_id == standing.person.id]


def _row_width(count: int, each: float, gap: float) -> float:
    return count * each + (count - 1) * gap


def _support_width(style: CircleStyle) -> float:
    return _row_width(len(KINDS), style.overlay.bar[0], style.overlay.column_gap)


def _bolt(style: CircleStyle) -> float:
    return style.edge_mark * 0.85


def _support(received: Support, wished: Support, foot: Point, style: CircleStyle, key: str) -> Iterator[AnyMark]:
    """Yield four columns standing on `foot`, the lower left corner of the first."""
    look = style.overlay
    wide, step = look.bar
    for number, kind in enumerate(KINDS):
        got, wish = level_of(received, kind), level_of(wished, kind)
        if got is None and wish is None:
            continue
        left, bottom = foot[0] + number * (wide + look.column_gap), foot[1]
        yield Line(points=((left, bottom), (left + wide, bottom)), line="token_line", width=look.line, key=key)
        if got:
            yield _column(left, bottom, wide, got * step, fill="token_line", key=key)
        if wish:
            out = look.line
            yield _column(
                left - out,
                bottom,
                wide + 2 * out,
                wish * step,
                line="token_line",
                width=look.line * 0.85,
                key=key,
            )


def _column(left: float, bottom: float, wide: float, high: float, **ink: object) -> Polygon:
    points = ((left, bottom), (left, bottom - high), (left + wide, bottom - high), (left + wide, bottom))
    return Polygon(points=points, **ink)  # type: ignore[arg-type]


def _conflict(level: int, start: Point, style: CircleStyle, key: str) -> Iterator[AnyMark]:
    wide = _bolt(style)
    if level == 0:
        yield _ring((start[0] + wide / 2, start[1]), style, key)
    for number in range(level):
        yield conflict_mark((start[0] + wide * (number + 0.5), start[1]), style, key)


def _contact(contact: ContactHow, start: Point, style: CircleStyle, key: str) -> Iterator[AnyMark]:
    look, dots = style.overlay, _DOTS[contact]
    if dots == 0:
        yield _ring((start[0] + look.dot / 2, start[1]), style, key)
    for number in range(dots):
        at = (start[0] + look.dot / 2 + number * (look.dot + look.gap), start[1])
        yield Disc(center=at, radius=look.dot / 2, fill="token_line", key=key)


def _ring(at: Point, style: CircleStyle, key: str) -> Disc:
    return Disc(center=at, radius=style.overlay.dot / 2, fill="surface", line="token_line", width=style.overlay.line, key=key)


def _letter(letter: str, at: Point, style: CircleStyle, key: str) -> Iterator[AnyMark]:
    yield Disc(
        center=at, radius=style.overlay.letter / 2, fill="surface", line="token_line", width=style.overlay.line * 0.85, key=key
    )
    baseline = (at[0], at[1] + style.small_height * 0.36)
    yield Label(text=letter, at=baseline, style="initials", fill="text", anchor=Anchor.MIDDLE, key=key)


# -- in the key --------------------------------------------------------------------------------------------------------

Row = tuple[Callable[[Point], Sequence[AnyMark]], str, float]
"""A sample drawn round a point, its word, and how far beside the point the word stands."""


def legend_rows(overlay: Overlay, standings: Sequence[Standing], areas: Sequence[AreaNote], style: CircleStyle) -> list[Row]:
    """Return the rows that explain the overlay in the key: only forms in use; that nothing was asked, where nothing was."""
    if overlay is Overlay.NOTHING:
        return []
    shown = [each.now for each in standings if each.now and overlay_words(overlay, each, areas)]
    if not shown and not (areas and overlay is Overlay.AREA):
        return [(lambda _at: (), _(_EMPTY_WORDS[overlay]), -14.0)]
    return list(_LEGENDS[overlay](shown, areas, {each.person.id for each in standings}, style))


def _support_legend(
    shown: Sequence[Placement], _areas: Sequence[AreaNote], _here: set[str], style: CircleStyle
) -> Iterator[Row]:
    gap = _support_width(style) / 2 + 4.0
    for kind in KINDS:
        yield _support_sample(Support(**{kind: 2}), Support(), style), kind_word(kind), gap
    if any(level_of(each.received, kind) is not None for each in shown for kind in KINDS):
        yield _support_sample(Support(practical=3), Support(), style), _("received"), gap
    if any(level_of(each.wished, kind) is not None for each in shown for kind in KINDS):
        yield _support_sample(Support(), Support(practical=3), style), _("wished"), gap


def _support_sample(received: Support, wished: Support, style: CircleStyle) -> Callable[[Point], Sequence[AnyMark]]:
    """Return four columns of which only these stand; the others are strokes, so that its place can be told."""
    _wide, step = style.overlay.bar
    asked = Support(**dict.fromkeys(KINDS, 0))

    def draw(at: Point) -> Sequence[AnyMark]:
        foot = (at[0] - _support_width(style) / 2, at[1] + step * _STEPS / 2)
        return [*_support(asked, Support(), foot, style, "key"), *_support(received, wished, foot, style, "key")]

    return draw


def _conflict_legend(
    shown: Sequence[Placement], _areas: Sequence[AreaNote], _here: set[str], style: CircleStyle
) -> Iterator[Row]:
    for level in LEVELS:
        if any(each.conflict == level for each in shown):
            wide = _row_width(max(level, 1), _bolt(style), 0.0)

            def draw(at: Point, level: int = level, wide: float = wide) -> Sequence[AnyMark]:
                return list(_conflict(level, (at[0] - wide / 2, at[1]), style, "key"))

            yield draw, _("conflict: {level}").format(level=level_word(level)), _bolt(style) * 1.5 + 4.0


def _contact_legend(
    shown: Sequence[Placement], _areas: Sequence[AreaNote], _here: set[str], style: CircleStyle
) -> Iterator[Row]:
    look = style.overlay
    for contact, dots in _DOTS.items():
        if any(each.contact is contact for each in shown):
            wide = _row_width(max(dots, 1), look.dot, look.gap)

            def draw(at: Point, contact: ContactHow = contact, wide: float = wide) -> Sequence[AnyMark]:
                return list(_contact(contact, (at[0] - wide / 2, at[1]), style, "key"))

            yield draw, contact_word(contact), _row_width(4, look.dot, look.gap) / 2 + 4.0


def _area_legend(_shown: Sequence[Placement], areas: Sequence[AreaNote], here: set[str], style: CircleStyle) -> Iterator[Row]:
    for each in areas:

        def draw(at: Point, letter: str = each.letter) -> Sequence[AnyMark]:
            return list(_letter(letter, at, style, "key"))

        words = each.words if each.person_id in here else _nobody_named(each)
        yield draw, words, style.overlay.letter / 2 + 5.0


_LEGENDS: dict[Overlay, Callable[[Sequence[Placement], Sequence[AreaNote], set[str], CircleStyle], Iterator[Row]]] = {
    Overlay.SUPPORT: _support_legend,
    Overlay.CONFLICT: _conflict_legend,
    Overlay.CONTACT: _contact_legend,
    Overlay.AREA: _area_legend,
}
