"""Tells when the text size has changed, for what has to be set anew then: the style sheet reaches no document's own type."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from ui import theme


class TextGrowth(QObject):
    """Calls `grown` once the style sheet of another text size has been through `watched`."""

    def __init__(self, watched: QWidget, grown: Callable[[], None]) -> None:
        super().__init__(watched)
        self._grown = grown
        self._scale = theme.current().scale
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of a new style."""
        if event.type() is QEvent.Type.StyleChange and theme.current().scale != self._scale:
            self._scale = theme.current().scale
            QTimer.singleShot(0, self, self._grown)
        return super().eventFilter(watched, event)
