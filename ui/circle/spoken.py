"""The circle for assistive technology: a named canvas with a child for each person, in words ("Ruth, mother-in-law, middle …").

The table beside the circle is where all work can be done without seeing it; this lets a screen reader follow the circle, too.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor
from PySide6.QtWidgets import QGraphicsScene

if TYPE_CHECKING:
    from ui.circle.canvas import CircleCanvas
    from ui.circle.person_item import PersonItem

Maybe = Any
"""An interface or a window, or None: Qt takes either, its stubs know of no None."""

# Qt keeps what a factory returns as long as its object lives, but holds no reference that Python would know of.
_kept: dict[int, QAccessibleInterface] = {}
_is_installed: list[bool] = []


def install() -> None:
    """Let assistive technology see circles as they are meant, from now on."""
    if not _is_installed:
        QAccessible.installFactory(_made_for)
        _is_installed.append(True)


def _made_for(name: str, of: QObject) -> QAccessibleInterface | None:
    """Return what speaks for a circle or a person on one; None for all else, for which Qt has its own."""
    if name == "CircleCanvas":
        made: QAccessibleInterface = SpokenCircle(cast("CircleCanvas", of))
    elif name == "PersonItem":
        made = SpokenPerson(cast("PersonItem", of))
    else:
        return None
    _kept[id(of)] = made
    return made


def _forget(key: int, _gone: object = None) -> None:
    _kept.pop(key, None)


class _Spoken(QAccessibleInterface):
    """What every interface must answer."""

    def __init__(self, of: QObject) -> None:
        super().__init__()
        self._of = of
        of.destroyed.connect(partial(_forget, id(of)))

    def isValid(self) -> bool:  # noqa: N802 - Qt's names from here on
        """Return whether its object is still there; the interface goes with it."""
        return True

    def object(self) -> QObject:
        """Return what it speaks for."""
        return self._of

    def setText(self, text: QAccessible.Text, words: str) -> None:
        """Take no words: they are what is drawn."""

    def backgroundColor(self) -> QColor:  # noqa: N802
        """Return no colour: it says nothing here."""
        return QColor()

    def foregroundColor(self) -> QColor:  # noqa: N802
        """Return no colour: it says nothing here."""
        return QColor()


class SpokenCircle(_Spoken):
    """The canvas: its children are the people on it, who waits first, then the nearest."""

    def __init__(self, canvas: CircleCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas

    def window(self) -> Maybe:
        """Return the window it is in."""
        return self._canvas.window().windowHandle()

    def parent(self) -> Maybe:
        """Return what holds the canvas."""
        holder: QObject | None = self._canvas.parent()
        return QAccessible.queryAccessibleInterface(holder) if holder is not None else None

    def child(self, index: int) -> Maybe:
        """Return a person by their place in the order."""
        items = self._canvas.items_in_order()
        return QAccessible.queryAccessibleInterface(items[index]) if 0 <= index < len(items) else None

    def childCount(self) -> int:  # noqa: N802
        """Return how many people there are."""
        return len(self._canvas.items_in_order())

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802
        """Return a person's place in the order, or -1."""
        items = self._canvas.items_in_order()
        return next((number for number, each in enumerate(items) if each is child.object()), -1)

    def childAt(self, x: int, y: int) -> Maybe:  # noqa: N802
        """Return who stands at a place of the screen."""
        person_id = self._canvas.person_at(self._canvas.viewport().mapFromGlobal(QPoint(x, y)))
        item = next((each for each in self._canvas.items_in_order() if each.person_id == person_id), None)
        return QAccessible.queryAccessibleInterface(item) if item is not None else None

    def focusChild(self) -> Maybe:  # noqa: N802
        """Return whom the keys speak to."""
        wanted = self._canvas.keyboard_id if self._canvas.hasFocus() else ""
        item = next((each for each in self._canvas.items_in_order() if each.person_id == wanted), None)
        return QAccessible.queryAccessibleInterface(item) if item is not None else None

    def text(self, text: QAccessible.Text) -> str:
        """Return its name, and who stands in which ring."""
        if text is QAccessible.Text.Name:
            return self._canvas.accessibleName()
        return self._canvas.accessibleDescription() if text is QAccessible.Text.Description else ""

    def rect(self) -> QRect:
        """Return where it is on the screen."""
        return QRect(self._canvas.mapToGlobal(QPoint(0, 0)), self._canvas.size())

    def role(self) -> QAccessible.Role:
        """Return that it is a canvas."""
        return QAccessible.Role.Canvas

    def state(self) -> QAccessible.State:
        """Return that the keyboard can go there."""
        state = QAccessible.State()
        state.focusable = True
        state.focused = self._canvas.hasFocus()
        state.invisible = not self._canvas.isVisible()
        return state


class SpokenPerson(_Spoken):
    """A person on the circle, in words: name, relation, ring, and whether closer or further is wanted."""

    def __init__(self, item: PersonItem) -> None:
        super().__init__(item)
        self._item = item

    @property
    def _canvas(self) -> CircleCanvas | None:
        scene: QGraphicsScene | None = self._item.scene()
        return cast("CircleCanvas", scene.views()[0]) if scene is not None and scene.views() else None

    def window(self) -> Maybe:
        """Return the window it is in."""
        return self._canvas.window().windowHandle() if self._canvas else None

    def parent(self) -> Maybe:
        """Return the circle."""
        return QAccessible.queryAccessibleInterface(self._canvas) if self._canvas else None

    def child(self, _index: int) -> Maybe:
        """Return nothing: a person has no parts."""
        return None

    def childCount(self) -> int:  # noqa: N802
        """Return 0."""
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:  # noqa: N802
        """Return -1."""
        return -1

    def childAt(self, _x: int, _y: int) -> Maybe:  # noqa: N802
        """Return nothing: a person has no parts."""
        return None

    def focusChild(self) -> Maybe:  # noqa: N802
        """Return nothing: a person has no parts."""
        return None

    def text(self, text: QAccessible.Text) -> str:
        """Return the person in words."""
        standing = self._canvas.standing(self._item.person_id) if self._canvas else None
        if standing is None or self._canvas is None:
            return ""
        return self._canvas.spoken(standing) if text is QAccessible.Text.Name else ""

    def rect(self) -> QRect:
        """Return where the token is on the screen."""
        canvas = self._canvas
        if canvas is None:
            return QRect()
        middle, half = canvas.viewport().mapToGlobal(canvas.place_of(self._item.person_id)), round(self._item.reach)
        return QRect(middle.x() - half, middle.y() - half, 2 * half, 2 * half)

    def role(self) -> QAccessible.Role:
        """Return that it is one of a list, which can be chosen."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Return whether the keys speak to them, and whether they are chosen."""
        state = QAccessible.State()
        canvas = self._canvas
        if canvas is not None:
            state.focusable = state.selectable = True
            state.focused = canvas.hasFocus() and canvas.keyboard_id == self._item.person_id
            state.selected = canvas.is_chosen(self._item.person_id)
        return state
