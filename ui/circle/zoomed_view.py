"""A picture that can be looked at from nearer: Ctrl and the wheel, or by verbs; all of it is seen at first."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QGraphicsView

LARGEST_ZOOM = 4.0
ZOOM_STEP = 1.25


class ZoomedView(QGraphicsView):
    """Keeps `zoom`, 1 for the whole picture; a subclass lays its picture out for it."""

    zoom = 1.0

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
