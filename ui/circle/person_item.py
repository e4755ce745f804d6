"""The parts of a circle that stand on its ground: people, and the lines that follow them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsObject,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from ipt_desktop.domain.picture import AnyMark, Point
from ui.painting import Inks, PaintedMarks

_LEAST_HOLD = 14.0


class MarksItem(QGraphicsItem):
    """A tie, a want, a move or the client's disc: marks of one key, drawn again when their person moves."""

    def __init__(self, layer: float) -> None:
        super().__init__()
        self._painted: PaintedMarks | None = None
        self._box = QRectF()
        self.setZValue(layer)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_marks(self, marks: Sequence[AnyMark], inks: Inks) -> None:
        """Draw these marks from now on."""
        painted = PaintedMarks(marks, inks)
        self.prepareGeometryChange()
        self._painted, self._box = painted, painted.bounds()
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the box of the marks."""
        return self._box

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the marks."""
        if self._painted is not None:
            self._painted.paint(painter)


class PersonItem(QGraphicsObject):
    """A person's token with its words. `moved` is told each place under the mouse; `pressed` and `dropped` once a gesture."""

    def __init__(
        self,
        person_id: str,
        pressed: Callable[[str, Qt.KeyboardModifier], None],
        moved: Callable[[str, Point], None],
        dropped: Callable[[str, Point], None],
        asked: Callable[[str], None],
    ) -> None:
        super().__init__()
        self.person_id = person_id
        self._pressed, self._moved, self._dropped, self._asked = pressed, moved, dropped, asked
        self._painted: PaintedMarks | None = None
        self._box = QRectF()
        self._grip = QPointF()
        self._start = QPointF()
        self._is_dragged = False
        self._reach = 16.0
        self.is_fixed = self.is_gliding = False
        self.setZValue(5.0)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_marks(self, marks: Sequence[AnyMark], place: Point, reach: float, inks: Inks) -> None:
        """Stand at `place` and draw these marks, given in the picture's coordinates; `reach` is where a click takes hold."""
        painted = PaintedMarks(marks, inks, place)
        self.is_gliding = False
        self.setOpacity(1.0)  # who faded away on a glide may be there again when it ends: back in the tray
        self.prepareGeometryChange()
        hold = max(reach, _LEAST_HOLD)
        self._painted, self._box = painted, painted.bounds().united(QRectF(-hold, -hold, 2 * hold, 2 * hold))
        self._reach = reach
        self.setPos(*place)
        self.update()

    @property
    def reach(self) -> float:
        """How far from its centre the token can be taken hold of."""
        return self._reach

    @property
    def place(self) -> Point:
        """Where the token's centre is."""
        return self.pos().x(), self.pos().y()

    def boundingRect(self) -> QRectF:
        """Return the box of token and words."""
        return self._box

    def holds(self, point: QPointF) -> bool:
        """Whether a click here takes hold of the token."""
        return point.x() ** 2 + point.y() ** 2 <= max(self._reach, _LEAST_HOLD) ** 2

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint token and words; on a glide without what stands behind the letters, which takes most of the time."""
        if self._painted is not None:
            self._painted.paint(painter, has_halo=not self.is_gliding)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Take hold of the token, or let the click fall through to what lies under the words."""
        if not self.holds(event.pos()):
            event.ignore()
            return
        self._grip, self._start = event.pos(), self.pos()
        self._pressed(self.person_id, event.modifiers())

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Follow the mouse once it has moved further than a trembling hand."""
        if self.is_fixed:
            return
        wanted = event.scenePos() - self._grip
        if self._is_dragged or (wanted - self._start).manhattanLength() >= 3.0:
            self._is_dragged = True
            self.setPos(wanted)
            self._moved(self.person_id, self.place)

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Let go: one gesture, one move."""
        if self._is_dragged:
            self._is_dragged = False
            self._dropped(self.person_id, self.place)

    def mouseDoubleClickEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Ask to name the person anew."""
        if self.holds(event.pos()):
            self._asked(self.person_id)
        else:
            event.ignore()

    def drop_back(self) -> None:
        """Give up a drag under way and stand where it began."""
        if self._is_dragged:
            self._is_dragged = False
            self.setPos(self._start)
            self.ungrabMouse()
