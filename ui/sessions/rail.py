"""A rail: a side panel folded to its icon, its word and its key."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons, theme
from ui.widgets.naming import named

RAIL, TOP, GAP = 68, 20, 8


class Rail(QAbstractButton):
    """As high as the page; a click, Space or Return unfolds what it stands for. `is_left` tells where the page is."""

    def __init__(self, words: str, parent: QWidget, *, name: str, icon: str, key: str, is_left: bool) -> None:
        super().__init__(parent)
        named(self, name, f"{words} ({key})")
        self.setText(words)
        self._icon, self._key, self._is_left = icon, key, is_left
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._grow()

    def sizeHint(self) -> QSize:
        """Return the rail's width, or that of its word."""
        look = theme.current()
        words = QFontMetrics(look.font("caption_strong")).horizontalAdvance(self.text())
        return QSize(max(look.px(RAIL), words + 12), 0)

    def _grow(self) -> None:
        self.setFixedWidth(self.sizeHint().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Unfold on Return as well as on Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._grow()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon, word and key, and the line to the page."""
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("window"))
        painter.setPen(look.color("line"))
        edge = self.width() - 1 if self._is_left else 0
        painter.drawLine(edge, 0, edge, self.height())
        size, word = look.size("icon"), look.line_height("caption")
        shape = QRect(2, look.px(TOP) - look.px(GAP), self.width() - 4, size + 2 * word + 3 * look.px(GAP))
        if self.underMouse():
            painter.fillRect(shape, look.color("accent_soft"))
        if self.hasFocus():
            painter.setPen(QPen(look.color("focus"), look.size("focus_width")))
            painter.drawRect(shape.adjusted(1, 1, -1, -1))
        painter.drawPixmap((self.width() - size) // 2, look.px(TOP), icons.pixmap(self._icon, "text_soft", size))
        top = look.px(TOP) + size + look.px(GAP)
        for words, font, colour in ((self.text(), "caption_strong", "text"), (self._key, "caption", "text_soft")):
            painter.setFont(look.font(font))
            painter.setPen(look.color(colour))
            painter.drawText(QRect(0, top, self.width(), word), Qt.AlignmentFlag.AlignCenter, words)
            top += word
        painter.end()
