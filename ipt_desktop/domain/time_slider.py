"""The time slider under the circle as a display list: when the circle was drawn, which one is shown, which one compared with.

A mark *before* is dashed to the first session; then one tick a session, hollow while it is planned. A ring says that the circle
was drawn then, a ring with a dot that it is compared with, a knob that it is shown. Phases are parted by dotted lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ipt_desktop.domain.circle_time import CourseTime, Stop
from ipt_desktop.domain.picture import Anchor, AnyMark, Disc, Label, Line, Measure, Picture
from ipt_desktop.domain.text import _

_LINE_AT, _NUMBER_AT, _PHASE_AT, _NAME_AT = 24.5, 46.5, 61.0, 10.5
_END_ROOM, _BEFORE_ROOM = 30.0, 26.0
_BEFORE_STEP = 52.0
_TICK, _RING, _DOT, _KNOB = 3.0, 6.0, 2.2, 8.0
_LABEL_GAP = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SliderView:
    """What the slider shows: the keys of the stops shown and compared with, the phases' words, and whether keys go to it."""

    shown: str
    compared: str = ""
    phase_words: tuple[str, ...] = ()
    has_focus: bool = False


class TimeSliderDrawing:
    """The slider laid out in a box: its picture, where each stop lies, and which one is nearest to a place."""

    def __init__(
        self, time: CourseTime, view: SliderView, size: tuple[float, float], measure: Measure, left: float = 0.0
    ) -> None:
        self.time = time
        self.view = view
        self.size = size
        self._measure = measure
        self._xs = _places(len(time.stops), left + _BEFORE_ROOM, size[0] - _END_ROOM)

    def x_of(self, place: int) -> float:
        """Return where a stop lies."""
        return self._xs[place]

    def nearest(self, x: float) -> Stop | None:
        """Return the stop with a circle to look at that is nearest to a place."""
        shown = [(abs(self._xs[place] - x), each) for place, each in enumerate(self.time.stops) if each.can_be_shown]
        return min(shown, key=lambda each: each[0])[1] if shown else None

    def picture(self) -> Picture:
        """Return every mark, from the ground up."""
        stops = self.time.stops
        shown = self.time.stop(self.view.shown)
        marks = (
            *self._borders(),
            *self._line(),
            *(mark for place, each in enumerate(stops) for mark in self._stop(place, each, is_shown=each is shown)),
            *self._labels(shown),
            *self._names(shown),
        )
        return Picture(*self.size, marks=marks, description=self.description())

    def description(self) -> str:
        """Return in words what is shown, and with what it is compared: "Session 3, 27 October; compared with session 1"."""
        shown, compared = self.time.stop(self.view.shown), self._compared()
        words = shown.spoken if shown else ""
        return _("{shown}; compared with {other}").format(shown=words, other=compared.title) if compared else words

    def _compared(self) -> Stop | None:
        return self.time.stop(self.view.compared) if self.view.compared else None

    # -- parts -----------------------------------------------------------------------------------------------------

    def _borders(self) -> Iterator[AnyMark]:
        """Yield the phases' borders and names; a name that would run into the next border is left out."""
        edges = [*(self._border(place) for place, _key in self.time.phases), self.size[0]]
        for index, word in enumerate(self.view.phase_words):
            at = edges[index] + 7.0 if index else edges[0] + 2.0
            if index:
                yield Line(
                    points=((edges[index], 4.0), (edges[index], self.size[1] - 2.0)),
                    line="control",
                    width=1.0,
                    dots=3.0,
                    key="phase",
                )
            if self._measure(word, "caption") <= edges[index + 1] - at - 2.0:
                yield Label(
                    text=word, at=(at, _PHASE_AT), style="caption", fill="text_soft", anchor=Anchor.START, key=f"phase:{index}"
                )

    def _border(self, place: int) -> float:
        """Return the line between a phase's first stop and the one before it."""
        if place <= 1:
            return self._xs[place] - 10.0
        return (self._xs[place - 1] + self._xs[place]) / 2

    def _line(self) -> Iterator[AnyMark]:
        """Yield the line through all stops: dashed from *before*, heavy up to now, pale into what is planned."""
        xs, now = self._xs, next((place for place, each in enumerate(self.time.stops) if each.is_now), 0)
        if len(xs) < 2:
            return
        yield Line(points=((xs[0], _LINE_AT), (xs[1], _LINE_AT)), line="accent_text", width=1.5, dash=(4.0, 3.0), key="line")
        if now < len(xs) - 1:
            yield Line(points=((xs[now], _LINE_AT), (xs[-1], _LINE_AT)), line="line", width=4.0, key="line")
        if now > 1:
            yield Line(points=((xs[1], _LINE_AT), (xs[now], _LINE_AT)), line="accent", width=4.0, key="line")

    def _stop(self, place: int, stop: Stop, *, is_shown: bool) -> Iterator[AnyMark]:
        at, key = (self._xs[place], _LINE_AT), f"stop:{stop.key}"
        is_compared = stop is self._compared()
        if is_shown:
            if self.view.has_focus:
                yield Disc(center=at, radius=_KNOB + 2.5, line="focus", width=2.0, key=key)
            yield Disc(center=at, radius=_KNOB, fill="accent", line="surface", width=1.5, key=key)
        elif stop.is_placed or is_compared:
            yield Disc(center=at, radius=_RING, fill="surface", line="accent", width=2.2, key=key)
            if is_compared:
                yield Disc(center=at, radius=_DOT, fill="accent", key=key)
        elif stop.is_planned or stop.is_before or stop.is_now:
            yield Disc(
                center=at,
                radius=_TICK + (2.0 if stop.can_be_shown else 0.0),
                fill="surface",
                line="control",
                width=1.4,
                key=key,
            )
        else:
            yield Disc(center=at, radius=_TICK, fill="accent", key=key)

    def _labels(self, shown: Stop | None) -> Iterator[AnyMark]:
        """Yield numbers and dates where there is room: the one shown first, then those that were drawn, then the others."""
        order = sorted(
            enumerate(self.time.stops),
            key=lambda each: (
                each[1] is not shown,
                not each[1].is_before,
                not each[1].is_placed,
                each[1].number is None,
                each[0],
            ),
        )
        taken: list[tuple[float, float]] = []
        for place, stop in order:
            style = "caption_strong" if stop is shown else "caption"
            spot = self._room(stop.label, style, self._xs[place], taken)
            if stop.label and spot is not None:
                fill = "text" if stop is shown else "text_soft"
                yield Label(text=stop.label, at=(self._xs[place], _NUMBER_AT), style=style, fill=fill, key=f"label:{stop.key}")

    def _names(self, shown: Stop | None) -> Iterator[AnyMark]:
        """Yield the names given to sittings, above the line, where there is room."""
        taken: list[tuple[float, float]] = []
        order = sorted(enumerate(self.time.stops), key=lambda each: (each[1] is not shown, each[0]))
        for place, stop in order:
            if stop.name and self._room(stop.name, "caption", self._xs[place], taken) is not None:
                at = (min(self._xs[place], self.size[0] - self._measure(stop.name, "caption") / 2 - 2.0), _NAME_AT)
                yield Label(text=stop.name, at=at, style="caption", fill="text", halo="surface", key=f"name:{stop.key}")

    def _room(self, text: str, style: str, x: float, taken: list[tuple[float, float]]) -> tuple[float, float] | None:
        """Take the room of a centred text if none of it is taken."""
        half = (self._measure(text, style) + _LABEL_GAP) / 2
        spot = (x - half, x + half)
        if any(spot[0] < right and left < spot[1] for left, right in taken):
            return None
        taken.append(spot)
        return spot


def _places(count: int, left: float, right: float) -> Sequence[float]:
    """Return where the stops lie: *before* with room of its own, the others evenly up to the right end."""
    if count <= 1:
        return [left] * count
    first = left + min(_BEFORE_STEP, (right - left) / count * 2)
    step = (right - first) / (count - 2) if count > 2 else 0.0
    return [left, *(first + step * place for place in range(count - 1))]
