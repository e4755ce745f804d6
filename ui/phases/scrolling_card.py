"""A card whose contents scroll inside it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.card import Card


class ScrollingCard(Card):
    """Put things into `inner`, with `paper` as their parent; `head` stays in sight."""

    def __init__(self, parent: QWidget, *, name: str, title: str) -> None:
        super().__init__(parent, name=name, title=title)
        self.body.setContentsMargins(20, 12, 6, 8)
        self.head.setContentsMargins(0, 0, 8, 0)
        self.scroller = QScrollArea(self)
        self.scroller.setObjectName(f"{name}_scroll")
        self.scroller.setWidgetResizable(True)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.paper = QWidget(self.scroller)
        self.paper.setObjectName(f"{name}_paper")
        self.paper.setProperty("role", "clear")
        self.inner = QVBoxLayout(self.paper)
        self.inner.setContentsMargins(0, 2, 12, 6)
        self.inner.setSpacing(6)
        self.scroller.setWidget(self.paper)
        self.body.addWidget(self.scroller, 1)
        self._set_height()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._set_height()

    def _set_height(self) -> None:
        """Let the titles of cards side by side stand in line, whatever stands beside them."""
        self.title.setMinimumHeight(theme.current().size("control"))
