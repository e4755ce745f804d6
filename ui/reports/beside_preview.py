"""Choices on the left, a preview on the right: the choices take the width that window and text allow, the preview the rest."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ui import theme

NARROW_BELOW = 1100


class BesidePreview(QSplitter):
    """`widths` are those of the choices at 100 % text: in a wide window, and in a narrow one or in large text."""

    def __init__(self, parent: QWidget, name: str, widths: tuple[int, int]) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName(name)
        self.setChildrenCollapsible(False)
        self._widths = widths

    def hold(self, choices: QWidget, preview: QWidget) -> None:
        """Take in the two sides."""
        self.addWidget(choices)
        self.addWidget(preview)
        self.setStretchFactor(1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the choices the width the window allows."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        choices, look, (wide, narrow) = self.widget(0), theme.current(), self._widths
        if choices is not None:
            width = look.px(narrow if self.width() < NARROW_BELOW or look.is_large else wide)
            choices.setMinimumWidth(min(width, self.width() // 2))
            self.setSizes([width, max(1, self.width() - width)])
