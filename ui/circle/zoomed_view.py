"""A picture that can be looked at from nearer: Ctrl and the wheel, or by verbs; all of it is seen at first."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

from ipt_desktop.domain.circle_style import CircleStyle
from ipt_desktop.domain.circle_tray import HEIGHT

LARGEST_ZOOM = 4.0
ZOOM_STEP = 1.25
_BASE_DIAMETER = 480.0
_LEAST_RADIUS = 100.0  # of the outer ring, in units of the picture
_LEAST_FACTOR = 0.75


class ZoomedView(QGraphicsView):
    """Keeps `zoom`, 1 for the whole picture; a subclass lays its picture out for it."""

    zoom = 1.0

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def lay_out(self) -> None:
        """Draw the whole picture anew."""
        raise NotImplementedError

    def zoom_in(self) -> None:
        """Look from nearer."""
        self._zoom_to(self.zoom * ZOOM_STEP)

    def zoom_out(self) -> None:
        """Look from further away, as far as all of it is seen."""
        self._zoom_to(self.zoom / ZOOM_STEP)

    def fit(self) -> None:
        """Show the whole picture."""
        self._zoom_to(1.0)

    def _zoom_to(self, zoom: float) -> None:
        zoom = min(max(zoom, 1.0), LARGEST_ZOOM)
        if zoom == self.zoom:
            return
        policy = Qt.ScrollBarPolicy
        bars = policy.ScrollBarAlwaysOff if zoom == 1.0 else policy.ScrollBarAsNeeded
        self.setHorizontalScrollBarPolicy(bars)
        self.setVerticalScrollBarPolicy(bars)
        self.zoom = zoom
        self.lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl; else scroll, where there is anything to scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)


def factor_for(port: QSize, style: CircleStyle, has_tray: bool, scale: float) -> float:
    """Return how much larger than 100 % a circle is drawn in a viewport, at a size of text.

    It grows with both. Where large text and the tray leave too little room for the circle, all of it is drawn smaller again:
    nobody stands outside the view. Who needs it larger zooms in.
    """
    top, side, bottom = style.margin
    diameter = min(port.width() - 2 * side, port.height() - top - bottom)
    by_window = min(1.5, max(1.0, diameter / _BASE_DIAMETER))
    least = top + bottom + 2 * _LEAST_RADIUS + (HEIGHT if has_tray else 0.0)
    return min(max(by_window, scale), max(_LEAST_FACTOR, port.height() / least))
