"""Text on a page: a type style and a role, both from the tokens."""

import re

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui import icons, theme


def label(
    text: str,
    parent: QWidget,
    *,
    kind: str = "body",
    tone: str = "text",
    name: str = "",
    wraps: bool = False,
) -> QLabel:
    """Return a plain-text label in a type style (`caption`, `body`, `title` …) and a role (`text`, `text_soft` …)."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("kind", kind)
    made.setProperty("tone", tone)
    made.setObjectName(name)
    made.setWordWrap(wraps)
    return made


_LEFTWARD = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+"
_LEFTWARD_WORDS = re.compile(rf"{_LEFTWARD}(?:\s+{_LEFTWARD})*")
_MARK = "\u200e"


def in_our_direction(words: str) -> str:
    """Return a line of ours with a name in it that does not turn it round, nor the number after it: one in Arabic or Hebrew."""
    if QGuiApplication.layoutDirection() is not Qt.LayoutDirection.LeftToRight or not _LEFTWARD_WORDS.search(words):
        return words
    return _MARK + _LEFTWARD_WORDS.sub(rf"\g<0>{_MARK}", words)


LEAST_LETTERS = 12


class ElidedLabel(QLabel):
    """A line that gives way: where there is no room for all of it, it ends in an ellipsis and is whole in its tooltip."""

    def minimumSizeHint(self) -> QSize:
        """Ask for no width at all."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much as there is room for."""
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        if words != self.text() and len(words) < LEAST_LETTERS:
            words = ""  # a stump says nothing
        self.setToolTip(self.text() if words != self.text() else "")
        painter = QPainter(self)
        painter.drawText(self.rect(), self.alignment(), words)
        painter.end()


class HintLabel(QLabel):
    """One line below a field that says what belongs there."""

    def __init__(self, text: str, parent: QWidget, *, name: str = "hint") -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "caption")
        self.setProperty("tone", "text_soft")
        self.setObjectName(name)
        self.setWordWrap(True)


class Picture(QLabel):
    """An icon that stands for itself and follows the theme; its words stand beside it, so it is silent to a reader."""

    def __init__(self, icon: str, parent: QWidget, *, role: str = "text_soft", size: str = "icon") -> None:
        super().__init__(parent)
        self._icon, self._role, self._size = icon, role, size
        self._show()

    def set_icon(self, icon: str, role: str) -> None:
        """Show another icon or role."""
        self._icon, self._role = icon, role
        self._show()

    def _show(self) -> None:
        self.setPixmap(icons.pixmap(self._icon, self._role, theme.current().size(self._size)))

    def changeEvent(self, event: QEvent) -> None:
        """Tint again when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._show()


class FieldError(QWidget):
    """What is wrong with the field above it, in words, and that nothing else is held up. Hidden while all is well."""

    def __init__(self, parent: QWidget, *, name: str = "field_error") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(6)
        row.addWidget(Picture("triangle-alert", self, role="danger"), 0, Qt.AlignmentFlag.AlignTop)
        self._words = label("", self, kind="label", tone="danger", name=f"{name}_words", wraps=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(self._words, 1)
        self.hide()

    def text(self) -> str:
        """Return the words shown, or "" while all is well."""
        return self._words.text()

    def show_error(self, text: str, field: QWidget | None = None) -> None:
        """Say what is wrong (or, with "", that nothing is) and mark the field."""
        self._words.setText(text)
        self.setVisible(bool(text))
        if field is not None:
            field.setAccessibleDescription(text)
            theme.restyle(field, is_wrong=bool(text))
