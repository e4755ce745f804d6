"""The tray at the upper edge of a circle: who was named and has no place there, in a row, so that nobody is forgotten."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ipt_desktop.domain.circle_style import CircleStyle
from ipt_desktop.domain.person_name import fitted
from ipt_desktop.domain.picture import Anchor, AnyMark, Label, Line, Measure, Point
from ipt_desktop.domain.standing import Standing
from ipt_desktop.domain.text import _, ngettext

HEIGHT = 84.0
_SIDE, _SLOT, _CAPTION = 16.0, 68.0, 20.0


@dataclass(frozen=True, slots=True)
class TrayRow:
    """What the row of the tray leaves free at its left and right end, and the words above it, "" for the usual ones."""

    left: float = 0.0
    right: float = 0.0
    words: str = ""


_WHOLE = TrayRow()


@dataclass(frozen=True, slots=True)
class Tray:
    """Who waits, as many as have room in the row; `more` is how many others do."""

    waiting: tuple[Standing, ...]
    more: int
    width: float
    words: str
    left: float = 0.0

    @property
    def height(self) -> float:
        """How much room it takes from the circle."""
        return HEIGHT if self.waiting else 0.0

    def place(self, person_id: str) -> Point | None:
        """Return where someone who waits has their token, or None."""
        for number, each in enumerate(self.waiting):
            if each.person.id == person_id:
                return self.left + _SIDE + _SLOT * (number + 0.5), _CAPTION + 24.0
        return None

    def holds(self, place: Point) -> bool:
        """Whether a place of the picture is in the tray: who waits and is let go here waits on."""
        return place[1] < self.height

    def style(self, style: CircleStyle) -> CircleStyle:
        """Return the style of a circle that leaves the tray its room."""
        top, side, bottom = style.margin
        return replace(style, margin=(top + self.height, side, bottom))

    def ground(self) -> Iterator[AnyMark]:
        """Yield what stands in the tray beside the tokens: what it is, who else waits, and its edge."""
        if not self.waiting:
            return
        at = (self.left + _SIDE, _CAPTION - 5.0)
        yield Label(text=self.words, at=at, style="caption", fill="text_soft", anchor=Anchor.START, key="tray")
        if self.more:
            words = ngettext("and {count} more", "and {count} more", self.more).format(count=self.more)
            at = (self.left + _SIDE + _SLOT * len(self.waiting) + 6.0, _CAPTION + 26.0)
            yield Label(text=words, at=at, style="caption", fill="text_soft", anchor=Anchor.START, key="tray")
        yield Line(points=((0.0, HEIGHT), (self.width, HEIGHT)), line="line", width=1.0, key="tray")

    def label(self, standing: Standing, measure: Measure, *, is_selected: bool) -> Iterator[AnyMark]:
        """Yield the name under a token, cut where the next one begins."""
        place, style = self.place(standing.person.id), "label_strong" if is_selected else "caption"
        if place is None:
            return
        name = fitted(standing.name, _SLOT - 6.0, lambda text: measure(text, style))
        at = (place[0], place[1] + 33.0)
        yield Label(text=name, at=at, style=style, fill="text", key=f"label:{standing.person.id}")


def tray_of(waiting: Sequence[Standing], width: float, *, is_before: bool, row: TrayRow = _WHOLE, shown_id: str = "") -> Tray:
    """Return the tray of those who have no place, in a picture of this width; who has no room in it is left to `more`.

    The row goes on with whoever is chosen (`shown_id`), a whole row at a time, so that everyone comes into it by keyboard and
    from the table. `is_before` is whether the circle is that of before this began, which not everybody was in.
    """
    now = _("Waiting for a place: drag them onto the circle, or press Enter")
    words = row.words or (_("Not in the circle then: drag in whoever was") if is_before else now)
    room = max(1, int((width - row.left - row.right - 2 * _SIDE) / _SLOT))
    if len(waiting) > room:
        room = max(1, room - 1)  # for the words that say how many more
    at = next((number for number, each in enumerate(waiting) if each.person.id == shown_id), 0)
    start = max(0, min(at // room * room, len(waiting) - room))
    return Tray(tuple(waiting[start : start + room]), max(0, len(waiting) - room), width, words, row.left)
