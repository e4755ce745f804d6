"""The link of a formulation as one small picture: what the client suffers, what happened, and what is worked on, left to right.

The same display list is drawn on screen and printed; boxes and arrows carry it, colour adds nothing that is not in the shapes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ipt_desktop.domain.circle_style import CircleStyle
from ipt_desktop.domain.formulation_link import FormulationLink, LinkedArea
from ipt_desktop.domain.person_name import fitted
from ipt_desktop.domain.picture import Anchor, AnyMark, Label, Line, Measure, Picture, Point, Polygon
from ipt_desktop.domain.text import _
from ipt_desktop.domain.token_shape import token_marks

PADDING = 10.0
BETWEEN_BOXES = 10.0
CORNER = 8.0
ARROW_END, ARROW_HEAD = 6.0, (8.0, 7.0)
ARROW_ROOM = 40.0
SHARES = (0.33, 0.30, 0.37)
"""How the width is shared out between what is suffered, what happened and the areas, which have tokens beside their words."""
MOST_LINES = 5
DASH = (4.0, 3.0)
TOKEN_ROOM = 1.3
"""A token's widest shape against its size, with the room to the words beside it."""
_SPACE_BELOW_HEAD = 6.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the picture is laid out for: its width, how wide words are, the height of a line, and how tokens are drawn."""

    width: float
    measure: Measure
    line: float
    style: CircleStyle


@dataclass(frozen=True, slots=True)
class _Words:
    """One line of words in a box, and what stands before it."""

    text: str
    style: str
    tone: str = "text"


@dataclass(slots=True)
class _Box:
    """A box with its lines; `person` has a token at its left."""

    lines: list[_Words] = field(default_factory=list)
    area: LinkedArea | None = None
    is_said: bool = True

    def height(self, sheet: Sheet) -> float:
        token = sheet.style.token * TOKEN_ROOM if self.area is not None and self.area.person is not None else 0.0
        return max(len(self.lines) * sheet.line, token) + 2 * PADDING


def link_picture(link: FormulationLink, sheet: Sheet) -> Picture:
    """Return the picture, as wide as the sheet; a part that says nothing yet is a dashed box."""
    widths = [share * (sheet.width - 2 * ARROW_ROOM) for share in SHARES]
    lefts = (0.0, widths[0] + ARROW_ROOM, widths[0] + widths[1] + 2 * ARROW_ROOM)
    columns = _columns(link, widths, sheet)
    heads = [_wrapped(head, width, "caption", sheet, 2) for head, width in zip(_heads(link), widths, strict=True)]
    head_room = max(map(len, heads)) * sheet.line + _SPACE_BELOW_HEAD
    heights = [_height_of(column, sheet) for column in columns]
    tallest = max(heights)
    marks: list[AnyMark] = []
    middle = head_room + tallest / 2
    for column, left, width, head, height in zip(columns, lefts, widths, heads, heights, strict=True):
        for number, words in enumerate(head):
            marks.append(_label(words, (left, (number + 0.75) * sheet.line), "caption", "text_soft"))
        top = middle - height / 2
        for box in column:
            marks += _box_marks(box, (left, top), width, sheet)
            top += box.height(sheet) + BETWEEN_BOXES
    for left, width in zip(lefts[:2], widths, strict=False):
        marks += _arrow(left + width + ARROW_END, left + width + ARROW_ROOM - ARROW_END, middle)
    return Picture(sheet.width, head_room + tallest + 1.0, tuple(marks), _description(link))


def _heads(link: FormulationLink) -> tuple[str, str, str]:
    areas = _("Problem areas") if len(link.areas) > 1 else _("Problem area")
    return _("What the client suffers"), _("What happened"), areas


def _columns(link: FormulationLink, widths: Sequence[float], sheet: Sheet) -> list[list[_Box]]:
    rooms = [width - 2 * PADDING for width in widths]
    suffers = _Box(
        [
            *(_Words(words, "label_strong") for words in _wrapped(link.illness, rooms[0], "label_strong", sheet, 3)),
            *(_Words(words, "label") for words in _wrapped(link.suffers, rooms[0], "label", sheet, MOST_LINES)),
        ]
    )
    if link.events:
        lines = [words for event in link.events for words in _wrapped(event, rooms[1], "label", sheet, 2)]
    else:
        lines = _wrapped(link.why_now, rooms[1], "label", sheet, MOST_LINES)
    happened = _Box([_Words(words, "label") for words in lines])
    areas = [_area_box(each, rooms[2], sheet) for each in link.areas]
    columns = [[suffers], [happened], areas or [_Box()]]
    return [
        [box if box.lines else _nothing(room, sheet) for box in column] for column, room in zip(columns, rooms, strict=True)
    ]


def _nothing(room: float, sheet: Sheet) -> _Box:
    words = _wrapped(_("nothing written yet"), room, "label", sheet, 3)
    return _Box([_Words(each, "label", "text_soft") for each in words], is_said=False)


def _area_box(area: LinkedArea, room: float, sheet: Sheet) -> _Box:
    if area.person is not None:
        room -= sheet.style.token * TOKEN_ROOM + PADDING / 2
    lines = [_Words(words, "label_strong") for words in _wrapped(area.title, room, "label_strong", sheet, 2)]
    if area.with_whom and area.with_whom.partition(",")[0] not in area.words:  # it need not be said twice
        whom = _("with {name}").format(name=area.with_whom)
        lines += [_Words(words, "label") for words in _wrapped(whom, room, "label", sheet, 2)]
    lines += [_Words(words, "label", "text_soft") for words in _wrapped(area.words, room, "label", sheet, 4)]
    return _Box(lines, area)


def _height_of(column: Sequence[_Box], sheet: Sheet) -> float:
    return sum(box.height(sheet) for box in column) + BETWEEN_BOXES * (len(column) - 1)


def _box_marks(box: _Box, corner: Point, width: float, sheet: Sheet) -> Iterator[AnyMark]:
    (left, top), height = corner, box.height(sheet)
    points = (left + 0.5, top), (left + width - 0.5, top), (left + width - 0.5, top + height), (left + 0.5, top + height)
    is_focus = box.area is not None
    yield Polygon(
        points=points,
        corner=CORNER,
        fill=("accent_soft" if is_focus else "surface") if box.is_said else "",
        line="accent" if is_focus else "control",
        width=1.6 if is_focus else 1.0,
        dash=() if box.is_said else DASH,
    )
    words_left = left + PADDING
    if box.area is not None and (person := box.area.person) is not None:
        center = (left + PADDING + sheet.style.token * TOKEN_ROOM / 2, top + height / 2)
        plain = replace(person, is_in_focus=False)  # everybody here is
        yield from token_marks(plain, box.area.initials, center, sheet.style)
        words_left += sheet.style.token * TOKEN_ROOM + PADDING / 2
    first = top + (height - len(box.lines) * sheet.line) / 2
    for number, words in enumerate(box.lines):
        yield _label(words.text, (words_left, first + (number + 0.72) * sheet.line), words.style, words.tone)


def _arrow(start: float, end: float, middle: float) -> Iterator[AnyMark]:
    length, half = ARROW_HEAD[0], ARROW_HEAD[1] / 2
    yield Line(points=((start, middle), (end - length, middle)), line="token_line", width=1.4)
    head = (end, middle), (end - length, middle - half), (end - length, middle + half)
    yield Polygon(points=head, fill="token_line")


def _label(text: str, at: Point, style: str, tone: str) -> Label:
    return Label(text=text, at=at, style=style, fill=tone, anchor=Anchor.START)


def _wrapped(text: str, width: float, style: str, sheet: Sheet, most: int) -> list[str]:
    """Return a text in lines no wider than `width`, at most so many, the last with an ellipsis where more would follow."""

    def wide(words: str) -> float:
        return sheet.measure(words, style)

    lines: list[str] = []
    line = ""
    words = text.split()
    for place, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if wide(longer) <= width:
            line = longer
            continue
        if len(lines) == most - 1:
            lines.append(fitted(" ".join([line, *words[place:]]).strip(), width, wide) or "…")
            return lines
        if line:
            lines.append(line)
        line = word
        while wide(line) > width and len(lines) < most - 1:  # a word wider than the box is broken anywhere
            part = fitted(line, width, wide).removesuffix("…") or line[:1]
            lines.append(part)
            line = line[len(part) :]
    if line:
        lines.append(fitted(line, width, wide) or "…")
    return lines


def _description(link: FormulationLink) -> str:
    """Return the picture in words, for who hears it."""
    nothing = _("nothing written yet")
    suffers = ": ".join(filter(None, (link.illness, link.suffers))) or nothing
    happened = "; ".join(link.events) or link.why_now or nothing
    areas = "; ".join(", ".join(filter(None, (each.title, each.with_whom, each.words))) for each in link.areas) or nothing
    told = _("What the client suffers: {suffers} Since: {happened} Worked on as: {areas}")
    return told.format(suffers=_ended(suffers), happened=_ended(happened), areas=_ended(areas))


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
