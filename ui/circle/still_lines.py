"""The lines that stand still during a drag, painted once: stroking sixty ties anew at each move is most of its time."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGraphicsPixmapItem, QGraphicsScene, QStyleOptionGraphicsItem

from ui.circle.person_item import MarksItem

LARGEST = 2.0
"""How much larger than the view the picture may be; looked at from nearer than that, lines are painted as ever."""


class StillLines:
    """A picture that stands in for some lines of a scene until `end`; it lies where the lowest of them do."""

    def __init__(self, scene: QGraphicsScene) -> None:
        self._scene = scene
        self._picture = QGraphicsPixmapItem()
        self._picture.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self._picture.setVisible(False)
        self._picture.setZValue(0.5)
        scene.addItem(self._picture)
        self._hidden: list[MarksItem] = []

    @property
    def is_on(self) -> bool:
        """Whether lines are stood in for."""
        return self._picture.isVisible()

    def begin(self, lines: Iterable[MarksItem], scale: float, ratio: float) -> None:
        """Stand in for these lines in a view of this scale, on a screen of this pixel ratio."""
        if self.is_on or scale > LARGEST:
            return
        self._hidden = sorted(lines, key=MarksItem.zValue)
        room = self._scene.sceneRect().size() * scale * ratio
        pixmap = QPixmap(room.toSize())
        pixmap.setDevicePixelRatio(scale * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for line in self._hidden:
            line.paint(painter, QStyleOptionGraphicsItem())
            line.hide()
        painter.end()
        self._picture.setPixmap(pixmap)
        self._picture.show()

    def end(self) -> None:
        """Let the lines stand for themselves again."""
        if self.is_on:
            self._picture.hide()
            self._picture.setPixmap(QPixmap())
        for line in self._hidden:
            line.show()
        self._hidden = []
