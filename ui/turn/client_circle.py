"""The circle under the client's hands: people, and the hollow shapes of closeness wanted, dragged by finger or mouse."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPixmap,
    QResizeEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.circle_layout import widest_gap
from ipt_desktop.domain.circle_picture import CircleDrawing
from ipt_desktop.domain.client_circle import closeness_along
from ipt_desktop.domain.closeness import (
    STEP,
    TURN,
    Ring,
    RingWords,
    closeness_at,
    middle_of,
    nudged,
    one_ring,
    position,
    turned,
)
from ipt_desktop.domain.picture import AnyMark, Label, Point
from ipt_desktop.domain.standing import Standing
from ipt_desktop.domain.text import _
from ui.turn.add_row import TARGET
from ui.turn.circle_sheet import CircleSheet

TREMBLE = {"mouse": 3.0, "touch": 8.0}  # pixels within which a hand means no drag
OUTWARDS = {Qt.Key.Key_Up: 1.0, Qt.Key.Key_Down: -1.0}
ROUND = {Qt.Key.Key_Right: 1.0, Qt.Key.Key_Left: -1.0}


@dataclass(slots=True)
class Grip:
    """What a hand has hold of: a person, or the hollow shape of one. `offset` is from the hand to its centre."""

    person_id: str
    is_wish: bool
    start: Point
    offset: Point
    place: Point
    is_moving: bool = False


class ClientCircle(CircleSheet):
    """Tokens and wishes to drag, one hand at a time. It says what is meant and changes nothing.

    A tap on someone brings their hollow shape, if it doesn't show: it is how a wish is made. Up, Down, Left and Right move
    whoever Tab is on, with Shift by a ring; Ctrl with Up and Down moves the wish.
    """

    person_moved = Signal(str, float, float)
    wish_moved = Signal(str, float)
    person_nudged = Signal(str, float, float)
    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        self._grip: Grip | None = None
        self._finger: int | None = None
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def forget(self) -> None:
        """Let go of everyone."""
        self._grip = self._finger = None
        super().forget()

    def show_people(self, people: Iterable[Standing], words: RingWords) -> None:
        """Show who stands where; who is held meanwhile is put back."""
        self._grip = None
        super().show_people(people, words)

    def choose(self, person_id: str) -> None:
        """Ring someone and bring their hollow shape; "" for nobody."""
        if person_id != self._chosen_id:
            self._chosen_id = person_id
            self._lay_out()
            self.chosen.emit(person_id)

    @property
    def chosen_id(self) -> str:
        """Whoever was tapped last, or ""."""
        return self._chosen_id

    def _held_keys(self) -> set[str]:
        """Return the keys of what moves with the hand."""
        if self._grip is None or not self._grip.is_moving:
            return set()
        person_id = self._grip.person_id
        kinds = ("wanted",) if self._grip.is_wish else ("wanted", "person", "label")
        return {f"{kind}:{person_id}" for kind in kinds}

    def _held_marks(self) -> Sequence[AnyMark]:
        """Return who is held, or their wish, under the hand; the lines between both follow."""
        grip, drawing = self._grip, self._drawing
        if grip is None or drawing is None or not grip.is_moving:
            return ()
        standing = self._standing(grip.person_id)
        if standing.now is None:
            return (*drawing.token(standing, grip.place), *self._held_label(grip, drawing))
        if grip.is_wish:
            felt = closeness_along(grip.place, standing.now.angle, drawing.geometry)
            wished = replace(standing, now=replace(standing.now, desired=felt))
            shape = self._hollow(standing, position(felt, standing.now.angle, drawing.geometry))
            return (*shape, *drawing.wanted(wished, drawing.place(standing)))
        angle = closeness_at(grip.place, drawing.geometry)[1]
        turned_to = replace(standing, now=replace(standing.now, angle=angle))
        return (*drawing.wanted(turned_to, grip.place), *drawing.token(standing, grip.place), *self._held_label(grip, drawing))

    def _held_label(self, grip: Grip, drawing: CircleDrawing) -> Iterator[Label]:
        """Yield the name of whoever is held, as it stood beside the token."""
        start = drawing.place(self._standing(grip.person_id))
        for mark in self._marks.get(f"label:{grip.person_id}", ()):
            if isinstance(mark, Label):
                at = mark.at[0] + grip.place[0] - start[0], mark.at[1] + grip.place[1] - start[1]
                yield replace(mark, at=at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put back who is held: nothing is where it was."""
        self._grip = self._finger = None
        super().resizeEvent(event)

    # -- hands -----------------------------------------------------------------------------------------------------

    def _at(self, pixels: QPointF) -> Point:
        factor = self._factor()
        return pixels.x() / factor, pixels.y() / factor

    def _grip_at(self, at: Point) -> Grip | None:
        """Return a hold on whoever's token or hollow shape is nearest within a fingertip; a token before a shape."""
        assert self._drawing is not None  # noqa: S101
        least, found = math.inf, None
        finger = TARGET / 2 / self._factor()
        for standing in self._seen():
            wish = self._wish_place(standing)
            token = self._drawing.place(standing)
            reaches = ((token, max(self._drawing.reach(standing.person), finger), False), (wish, finger, True))
            for place, reach, is_wish in reaches:
                away = math.inf if place is None else math.dist(place, at)
                if place is not None and away <= reach and away < least:
                    offset = place[0] - at[0], place[1] - at[1]
                    least, found = away, Grip(standing.person.id, is_wish, at, offset, place)
        return found

    def _begin(self, pixels: QPointF) -> None:
        if self._drawing is None:
            return
        self._keyboard_id = ""
        self._grip = self._grip_at(self._at(pixels))
        if self._grip is None:
            self.choose("")

    def _move(self, pixels: QPointF, tremble: float) -> None:
        grip = self._grip
        if grip is None:
            return
        at = self._at(pixels)
        if not grip.is_moving and math.dist(grip.start, at) * self._factor() < tremble:
            return
        grip.place = at[0] + grip.offset[0], at[1] + grip.offset[1]
        if not grip.is_moving:
            grip.is_moving = True
            self._still = QPixmap()
        self.update()

    def _end(self) -> None:
        """Let go: one gesture, one move; without a move it was a tap."""
        grip, self._grip = self._grip, None
        if grip is None or self._drawing is None:
            return
        geometry = self._drawing.geometry
        if not grip.is_moving:
            self.choose(grip.person_id)
        elif grip.is_wish:
            self._drop_wish(grip)
        elif self._standing(grip.person_id).now is not None or not self._drawing.tray.holds(grip.place):
            felt, angle = closeness_at(grip.place, geometry)
            self.person_moved.emit(grip.person_id, round(felt, 4), round(angle, 2))
        if self._drawing is not None:
            self._lay_out()

    def _drop_wish(self, grip: Grip) -> None:
        """Tell where someone is wanted; dropped on their own token, it is where they are."""
        standing, drawing = self._standing(grip.person_id), self._drawing
        assert drawing is not None  # noqa: S101
        assert standing.now is not None  # noqa: S101
        felt = closeness_along(grip.place, standing.now.angle, drawing.geometry)
        place = position(felt, standing.now.angle, drawing.geometry)
        is_where_they_are = math.dist(place, drawing.place(standing)) < self._style.token / 2
        self.wish_moved.emit(grip.person_id, standing.now.felt if is_where_they_are else round(felt, 4))

    def _give_up(self) -> None:
        """Put back what a hand had hold of."""
        self._grip = self._finger = None
        self._still = QPixmap()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold with the mouse."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        self._move(event.position(), TREMBLE["mouse"])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go with the mouse."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._end()

    def event(self, event: QEvent) -> bool:
        """Take touches as they come: taken, no second event of a mouse is made of them."""
        if isinstance(event, QTouchEvent):
            self._take_touch(event)
            event.accept()
            return True
        return super().event(event)

    def _take_touch(self, event: QTouchEvent) -> None:
        """Follow the first finger; others lie on the glass and do nothing."""
        if event.type() is QEvent.Type.TouchCancel:
            self._give_up()
            return
        if event.type() is QEvent.Type.TouchBegin and self._finger is None and event.points():
            self._finger = event.points()[0].id()
            self._begin(event.points()[0].position())
        point = next((each for each in event.points() if each.id() == self._finger), None)
        if point is None:
            return
        self._move(point.position(), TREMBLE["touch"])
        if event.type() is QEvent.Type.TouchEnd or point.state() is point.State.Released:
            self._finger = None
            self._end()

    # -- keys ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move whoever the keyboard is on, or their wish; Esc puts back what is held."""
        key = Qt.Key(event.key())
        standing = next((each for each in self._people if each.person.id == self._keyboard_id), None)
        if key is Qt.Key.Key_Escape and self._grip is not None:
            self._give_up()
        elif standing is None:
            super().keyPressEvent(event)
        elif standing.now is None:
            self._place_by_key(event, standing)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose(standing.person.id)
        elif key in OUTWARDS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not standing.person.has_died:
                wanted = standing.now.felt if standing.wanted is None else standing.wanted
                self.wish_moved.emit(standing.person.id, nudged(wanted, OUTWARDS[key] * STEP))
        elif key in OUTWARDS or key in ROUND:
            self._nudge(key, standing, is_ring=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _place_by_key(self, event: QKeyEvent, standing: Standing) -> None:
        """Take someone who waits into the outer ring, where there is most room."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) or key in OUTWARDS or key in ROUND:
            room = widest_gap(each.now.angle for each in self._people if each.now)
            self.person_moved.emit(standing.person.id, middle_of(Ring.OUTER), room)
        else:
            super().keyPressEvent(event)

    def _nudge(self, key: Qt.Key, standing: Standing, *, is_ring: bool) -> None:
        assert standing.now is not None  # noqa: S101
        felt, angle = standing.now.felt, standing.now.angle
        if key in ROUND:
            angle = turned(angle, ROUND[key] * TURN)
        elif is_ring:
            felt = one_ring(felt, closer=OUTWARDS[key] > 0)
        else:
            felt = nudged(felt, OUTWARDS[key] * STEP)
        if (felt, angle) != (standing.now.felt, standing.now.angle):
            self.person_nudged.emit(standing.person.id, felt, angle)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Walk the people nearest first; past the last one the keyboard goes on to the buttons."""
        order = ["", *(each.person.id for each in self._seen()), ""]
        at = order.index(self._keyboard_id) if self._keyboard_id else 0 if is_next else len(order) - 1
        following = order[at + 1 if is_next else at - 1] if 0 < at + (1 if is_next else -1) < len(order) - 1 else ""
        if not following:
            return super().focusNextPrevChild(is_next)
        self._show_keyboard(following)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the keyboard on someone: by Tab on the nearest, by Shift+Tab on the furthest."""
        super().focusInEvent(event)
        order = [each.person.id for each in self._seen()]
        if order and event.reason() is Qt.FocusReason.TabFocusReason:
            self._show_keyboard(order[0])
        elif order and event.reason() is Qt.FocusReason.BacktabFocusReason:
            self._show_keyboard(order[-1])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard's ring away."""
        super().focusOutEvent(event)
        self._show_keyboard("")

    def _show_keyboard(self, person_id: str) -> None:
        """Ring whoever the keyboard is on, and say who it is."""
        self._keyboard_id = person_id
        if self._drawing is None:
            return
        self._lay_out()
        standing = next((each for each in self._people if each.person.id == person_id), None)
        if standing is not None:
            ring = self._words.of(standing.felt) if standing.now else _("waiting for a place")
            self.setAccessibleDescription(_("{name}: {ring}").format(name=standing.name, ring=ring))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
