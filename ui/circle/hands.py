"""What the mouse does on the circle: people are dragged, alone or together, the closeness wanted is, and ties are drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtWidgets import QGraphicsView

from ipt_desktop.domain.closeness import closeness_at
from ipt_desktop.domain.picture import Disc, Line, Point
from ui.circle.person_item import MarksItem, PersonItem
from ui.circle.still_lines import StillLines
from ui.painting import Inks

if TYPE_CHECKING:
    from ipt_desktop.domain.circle_picture import CircleDrawing
    from ipt_desktop.domain.standing import Standing
    from ui.circle.canvas import CircleCanvas

_HANDLE = 5.0
_SHIFT_OR_CTRL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class CircleHands:
    """The gestures of a canvas. Nothing is told before a gesture is over; until then only the picture follows."""

    def __init__(self, canvas: CircleCanvas) -> None:
        self._canvas = canvas
        self._wanted: dict[str, PersonItem] = {}
        self._handle = PersonItem("", self._on_handle_pressed, self._on_tie_dragged, self._on_tie_dropped, _nobody)
        self._handle.setZValue(6.0)
        self._handle.setCursor(Qt.CursorShape.CrossCursor)
        self._still = StillLines(canvas.scene())
        self._band = MarksItem(6.5)
        for item in (self._handle, self._band):
            item.setVisible(False)
            canvas.scene().addItem(item)
        canvas.setDragMode(QGraphicsView.DragMode.RubberBandDrag)
        canvas.rubberBandChanged.connect(self.on_band)

    def item(self, person_id: str) -> PersonItem:
        """Return what takes hold of a person's token."""
        return PersonItem(person_id, self._on_pressed, self._on_dragged, self._on_dropped, self._canvas.rename_asked.emit)

    @property
    def _drawing(self) -> CircleDrawing:
        assert self._canvas.drawing is not None  # noqa: S101 - there is nobody to take hold of before
        return self._canvas.drawing

    # -- what can be taken hold of besides people ------------------------------------------------------------------

    def show(self, inks: Inks) -> None:
        """Put the grips where the closeness wanted stands, and the handle for a tie at the person chosen."""
        self._still.end()
        drawing = self._drawing
        places = {each.person.id: place for each in drawing.standings if (place := drawing.wanted_place(each)) is not None}
        for person_id in self._wanted.keys() - places.keys():
            self._canvas.scene().removeItem(self._wanted.pop(person_id))
        for person_id, place in places.items():
            if person_id not in self._wanted:
                grip = PersonItem(person_id, self._on_pressed, self._on_wanted_dragged, self._on_wanted_dropped, _nobody)
                grip.setZValue(4.5)
                self._wanted[person_id] = grip
                self._canvas.scene().addItem(grip)
            self._wanted[person_id].show_marks((), place, drawing.style.wanted_size / 2, inks)
            self._wanted[person_id].is_fixed = self._canvas.is_read_only
        self._show_handle(inks)

    def _show_handle(self, inks: Inks) -> None:
        drawing, chosen = self._drawing, self._canvas.standing(self._drawing.view.selected_id)
        is_shown = drawing.view.are_ties_shown and not self._canvas.is_read_only and chosen is not None and bool(chosen.now)
        self._handle.setVisible(is_shown)
        if is_shown and chosen is not None:
            place, reach = drawing.place(chosen), drawing.reach(chosen.person) + _HANDLE
            at = (place[0] + reach * math.sqrt(0.5), place[1] + reach * math.sqrt(0.5))
            mark = Disc(center=at, radius=_HANDLE, fill="surface", line="accent", width=2.0)
            self._handle.show_marks((mark,), at, _HANDLE + 3.0, inks)

    def drop_back(self) -> None:
        """Give up whatever is under way."""
        self._band.setVisible(False)
        for item in (*self._wanted.values(), self._handle):
            item.drop_back()

    # -- people ----------------------------------------------------------------------------------------------------

    def _on_pressed(self, person_id: str, modifiers: Qt.KeyboardModifier) -> None:
        canvas = self._canvas
        if modifiers & _SHIFT_OR_CTRL:
            canvas.mark(canvas.marked_ids ^ {person_id})
            return
        if person_id not in canvas.marked_ids:
            canvas.mark(frozenset())
        canvas.speak_to(person_id)
        canvas.person_chosen.emit(person_id)

    def _on_dragged(self, person_id: str, place: Point) -> None:
        """Let the lines of a person follow the mouse, and whoever is chosen along with them."""
        if not self._still.is_on:
            self._hold_still({person_id, *self._canvas.marked_ids})
        self._follow(person_id, place)
        if person_id in self._canvas.marked_ids:
            for other_id, at in self._others(person_id, place).items():
                self._canvas.put(other_id, at)
                self._follow(other_id, at)

    def _hold_still(self, moving: Set[str]) -> None:
        """Let the lines of whoever isn't moving be painted once, until the circle is laid out again."""
        drawing, canvas = self._drawing, self._canvas
        following = {f"{kind}:{person_id}" for kind in ("wanted", "move") for person_id in moving}
        following |= {f"tie:{tie.id}" for tie in drawing.ties if {tie.from_person_id, tie.to_person_id} & moving}
        still = [line for key, line in canvas.lines.items() if key not in following and not key.startswith("client")]
        self._still.begin(still, canvas.transform().m11(), canvas.devicePixelRatioF())

    def _others(self, person_id: str, place: Point) -> dict[str, Point]:
        """Return where the others who are chosen come to stand, as far from their places as this one."""
        drawing, moved = self._drawing, self._canvas.standing(person_id)
        if moved is None or moved.now is None:
            return {}
        start = drawing.place(moved)
        across, down = place[0] - start[0], place[1] - start[1]
        stand = {each.person.id: drawing.place(each) for each in self._canvas.marked_people() if each.person.id != person_id}
        return {other_id: (at[0] + across, at[1] + down) for other_id, at in stand.items()}

    def _on_dropped(self, person_id: str, place: Point) -> None:
        canvas, geometry, standing = self._canvas, self._drawing.geometry, self._canvas.standing(person_id)
        if standing is not None and standing.now is None and self._drawing.tray.holds(place):
            canvas.lay_out()  # let go where they wait: they wait on
            return
        places = {person_id: place}
        if person_id in canvas.marked_ids:
            places |= self._others(person_id, place)
        if not canvas.is_read_only:
            told = {each: _rounded(closeness_at(at, geometry)) for each, at in places.items()}
            self._tell(told)

    def _tell(self, places: Mapping[str, tuple[float, float]]) -> None:
        """Tell the end of a drag: where each of these people stands now."""
        canvas = self._canvas
        canvas.is_dropping = True
        if len(places) == 1:
            for person_id, (felt, angle) in places.items():
                canvas.person_moved.emit(person_id, felt, angle)
        else:
            canvas.people_moved.emit(dict(places))
        canvas.is_dropping = False
        canvas.lay_out()

    def _follow(self, person_id: str, place: Point) -> None:
        """Let the lines of a person follow the mouse."""
        canvas, drawing = self._canvas, self._drawing
        standing = canvas.standing(person_id)
        if standing is None or standing.now is None:
            return
        angle = closeness_at(place, drawing.geometry)[1]
        standing = replace(standing, now=replace(standing.now, angle=angle))
        canvas.show_line(f"wanted:{person_id}", drawing.wanted(standing, place))
        canvas.show_line(f"move:{person_id}", drawing.move(standing, place))
        for tie in drawing.ties:
            if person_id in (tie.from_person_id, tie.to_person_id):
                canvas.show_line(f"tie:{tie.id}", drawing.tie(tie, {person_id: place}))

    # -- the closeness wanted --------------------------------------------------------------------------------------

    def _with_wish(self, person_id: str, place: Point) -> Standing | None:
        """Return someone as wanted at the distance of a place; its angle is nothing that is wanted."""
        standing = self._canvas.standing(person_id)
        if standing is None or standing.now is None:
            return None
        felt = _rounded(closeness_at(place, self._drawing.geometry))[0]
        return replace(standing, now=replace(standing.now, desired=felt))

    def _on_wanted_dragged(self, person_id: str, place: Point) -> None:
        wished = self._with_wish(person_id, place)
        if wished is not None:
            marks = self._drawing.wanted(wished, self._drawing.place(wished))
            self._canvas.show_line(f"wanted:{person_id}", marks)

    def _on_wanted_dropped(self, person_id: str, place: Point) -> None:
        wished = self._with_wish(person_id, place)
        if wished is not None and wished.now is not None and not self._canvas.is_read_only:
            self._canvas.is_dropping = True
            self._canvas.wanted_moved.emit(person_id, wished.now.desired)
            self._canvas.is_dropping = False
            self._canvas.lay_out()

    # -- ties ------------------------------------------------------------------------------------------------------

    def _on_handle_pressed(self, _person_id: str, _modifiers: Qt.KeyboardModifier) -> None:
        """Take hold of the handle; nothing happens before it is drawn to someone."""

    def _on_tie_dragged(self, _person_id: str, place: Point) -> None:
        """Draw the tie as far as the mouse is, and round whom it would reach."""
        canvas, drawing = self._canvas, self._drawing
        chosen = canvas.standing(drawing.view.selected_id)
        if chosen is None:
            return
        marks: list[Line | Disc] = [Line(points=(drawing.place(chosen), place), line="accent", width=2.0, dash=(5.0, 3.0))]
        reached = self._reached(place)
        if reached is not None and reached != chosen.person.id:
            other = canvas.standing(reached)
            at = drawing.place(other) if other else drawing.geometry.center
            room = drawing.reach(other.person) if other else drawing.style.client_radius
            marks.append(Disc(center=at, radius=room + 5.0, line="accent", width=2.0))
        self._band.setVisible(True)
        self._band.show_marks(marks, canvas.inks)

    def _reached(self, place: Point) -> str | None:
        """Return whose token a place of the picture is on: a person's id, "" for the client, None for nobody's."""
        if math.dist(place, self._drawing.geometry.center) <= self._drawing.style.client_radius:
            return ""
        at = QPointF(*place)
        items = self._canvas.items_in_order()
        return next((each.person_id for each in items if each.holds(each.mapFromScene(at))), None)

    def _on_tie_dropped(self, _person_id: str, place: Point) -> None:
        canvas, from_id = self._canvas, self._drawing.view.selected_id
        self._band.setVisible(False)
        reached = self._reached(place)
        if reached is not None and reached != from_id and not canvas.is_read_only:
            canvas.tie_drawn.emit(from_id, reached)
        canvas.lay_out()

    # -- the rubber band -------------------------------------------------------------------------------------------

    def on_band(self, rect: QRect, _start: QPointF, _end: QPointF) -> None:
        """Choose whoever stands in the band that is drawn on empty ground."""
        canvas = self._canvas
        if rect.isNull() or canvas.is_read_only:
            return
        inside = {each.person.id for each in self._drawing.standings if rect.contains(canvas.place_of(each.person.id))}
        canvas.mark(frozenset(inside))


def _nobody(_person_id: str) -> None:
    """Do nothing on a double click."""


def _rounded(place: tuple[float, float]) -> tuple[float, float]:
    return round(place[0], 4), round(place[1], 2)
