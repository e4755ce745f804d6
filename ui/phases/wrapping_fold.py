"""A fold whose title wraps where there is no room for it on one line."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.phases.fold import Fold


class WrappingFold(Fold):
    """Its title makes the card around it no wider."""

    def __init__(self, words: str, parent: QWidget, *, name: str) -> None:
        super().__init__(words, parent, name=name)
        self._words = words
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str) -> None:
        """Show another title, on as many lines as it needs."""
        self._words = words
        super().set_words(words)
        self._wrap()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap at the width there is."""
        super().resizeEvent(event)
        self._wrap()

    def changeEvent(self, event: QEvent) -> None:
        """Wrap anew when the text size changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_words"):
            self._wrap()

    def _wrap(self) -> None:
        """Break the title between words as often as it has to be."""
        self.button.setText(self._words)
        beside = self._needed().width() - self._width_of(self._words)
        room = self.width() - beside
        lines: list[str] = []
        for word in self._words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._width_of(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        self.button.setText("\n".join(lines))

    def _needed(self) -> QSize:
        self.button.ensurePolished()
        return self.button.sizeHint()

    def _width_of(self, words: str) -> int:
        return self.button.fontMetrics().size(int(Qt.TextFlag.TextShowMnemonic), words).width()
