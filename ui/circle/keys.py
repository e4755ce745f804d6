"""What the keys mean for the person they speak to: closer, further, round, a typed number, the closeness wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt

from ipt_desktop.domain.circle_layout import widest_gap
from ipt_desktop.domain.closeness import FINE_STEP, FINE_TURN, STEP, TURN, Ring, middle_of, nudged, one_ring, turned

if TYPE_CHECKING:
    from ipt_desktop.domain.standing import Standing
    from ui.circle.canvas import CircleCanvas

_Key = Qt.Key
_OUTWARDS = {_Key.Key_Up: 1.0, _Key.Key_Down: -1.0, _Key.Key_Plus: 1.0, _Key.Key_Equal: 1.0, _Key.Key_Minus: -1.0}
_ROUND = {_Key.Key_Right: 1.0, _Key.Key_Left: -1.0}
_SAME_NUMBER_MS = 1000
FIRST_PLACE = middle_of(Ring.OUTER)


class CircleKeys:
    """Up and Down (or + and -) move closer and further, Left and Right turn, a number from 0 to 10 says how close.

    Shift is a whole ring, Ctrl a finer step. With Alt the same keys speak of the closeness wanted; Alt+Delete forgets it.
    """

    def __init__(self, canvas: CircleCanvas) -> None:
        self._canvas = canvas
        self._since_digit = QElapsedTimer()
        self._digit = -1

    def take(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, standing: Standing) -> bool:
        """Do what a key means for this person; return whether it meant anything."""
        canvas, person_id = self._canvas, standing.person.id
        if key in (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Space):
            self._choose(standing)
        elif canvas.is_read_only:
            return False
        elif key is _Key.Key_Delete and modifiers & Qt.KeyboardModifier.AltModifier:
            canvas.wanted_moved.emit(person_id, None)
        elif key is _Key.Key_Delete:
            canvas.person_removed.emit(person_id)
        elif key is _Key.Key_F2:
            canvas.rename_asked.emit(person_id)
        elif _Key.Key_0 <= key <= _Key.Key_9:
            self._take_number(key - _Key.Key_0, modifiers, standing)
        elif key in _OUTWARDS or key in _ROUND:
            self._nudge(key, modifiers, standing)
        else:
            return False
        return True

    def next_one(self, is_next: bool) -> str:
        """Return whom Tab leads to from the one the keys speak to, or Shift+Tab, nearest first; "" past the last one."""
        canvas = self._canvas
        order = canvas.drawing.order if canvas.drawing else []
        at = order.index(canvas.keyboard_id) if canvas.keyboard_id in order else (-1 if is_next else len(order))
        at += 1 if is_next else -1
        return order[at] if 0 <= at < len(order) else ""

    def entered_at(self, reason: Qt.FocusReason) -> str:
        """Return whom the keys speak to when the keyboard comes: by Tab the first one, by Shift+Tab the last."""
        canvas = self._canvas
        order = canvas.drawing.order if canvas.drawing else []
        if order and reason is Qt.FocusReason.TabFocusReason:
            return order[0]
        return order[-1] if order and reason is Qt.FocusReason.BacktabFocusReason else canvas.keyboard_id

    def take_for_all(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, people: list[Standing]) -> bool:
        """Do what a key means for several people at once, as one step; return whether it meant anything."""
        places: dict[str, tuple[float, float]] = {}
        for each in people:
            if each.now is None or self._canvas.is_read_only or modifiers & Qt.KeyboardModifier.AltModifier:
                return False
            if (place := self._place_by(key, modifiers, each.now.felt, each.now.angle)) is None:
                return False
            places[each.person.id] = place
        if places:
            self._canvas.people_moved.emit(places)
        return bool(places)

    def _place_by(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, felt: float, angle: float) -> tuple[float, float] | None:
        """Return where a key leads from a place, or None where it leads nowhere."""
        is_shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier) and key not in (_Key.Key_Plus, _Key.Key_Equal)
        is_fine = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if key in _ROUND:
            return felt, turned(angle, _ROUND[key] * (FINE_TURN if is_shift or is_fine else TURN))
        if key not in _OUTWARDS:
            return None
        if is_shift:
            return one_ring(felt, closer=_OUTWARDS[key] > 0), angle
        return nudged(felt, _OUTWARDS[key] * (FINE_STEP if is_fine else STEP)), angle

    def _choose(self, standing: Standing) -> None:
        """Choose someone; who waits gets a place in the outer ring."""
        if standing.now is None and not self._canvas.is_read_only:
            self._move(standing, FIRST_PLACE, self._emptiest_angle())
        self._canvas.person_chosen.emit(standing.person.id)

    def _take_number(self, digit: int, modifiers: Qt.KeyboardModifier, standing: Standing) -> None:
        """Take a typed number from 0, the edge of the outer ring, to 10, the client's own edge; ten is a one and a nought."""
        is_soon = self._since_digit.isValid() and not self._since_digit.hasExpired(_SAME_NUMBER_MS)
        is_ten = is_soon and (self._digit, digit) == (1, 0)
        self._digit = digit
        self._since_digit.start()
        felt = 1.0 if is_ten else digit / 10.0
        if modifiers & Qt.KeyboardModifier.AltModifier:
            self._want(standing, felt)
        else:
            self._move(standing, felt, self._angle(standing))

    def _nudge(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, standing: Standing) -> None:
        is_wanted = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        felt = standing.wanted if is_wanted and standing.wanted is not None else standing.felt
        if felt is None:
            self._move(standing, FIRST_PLACE, self._angle(standing))
            return
        place = self._place_by(key, modifiers, felt, self._angle(standing))
        if place is None:
            return
        if is_wanted:
            self._want(standing, place[0])
        else:
            self._move(standing, *place)

    def _angle(self, standing: Standing) -> float:
        return standing.now.angle if standing.now else self._emptiest_angle()

    def _move(self, standing: Standing, felt: float, angle: float) -> None:
        if standing.now is None or (felt, angle) != (standing.now.felt, standing.now.angle):
            self._canvas.person_moved.emit(standing.person.id, felt, angle)

    def _want(self, standing: Standing, desired: float) -> None:
        if standing.now is not None and not standing.person.has_died and desired != standing.wanted:
            self._canvas.wanted_moved.emit(standing.person.id, desired)

    def _emptiest_angle(self) -> float:
        drawing = self._canvas.drawing
        return widest_gap(each.now.angle for each in (drawing.standings if drawing else ()) if each.now)
