"""A tick box whose words go on below where there is no room for them beside it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from ui.widgets.naming import named

LEAST = 120


class WrappingBox(QCheckBox):
    """Its words are broken between words as its width asks; a screen reader says them whole."""

    def __init__(self, words: str, parent: QWidget, *, name: str, spoken: str = "") -> None:
        super().__init__(words, parent)
        self._words = words
        named(self, name, spoken or words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Ask for the room of a few words."""
        hint = super().minimumSizeHint()
        return QSize(min(LEAST, hint.width()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self).width()
        broken = wrapped(self._words, self.fontMetrics(), room)
        if broken != self.text():
            self.setText(broken)


def wrapped(words: str, metrics: QFontMetrics, room: int) -> str:
    """Return words with line ends where a line would be wider than the room, in pixels."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)
