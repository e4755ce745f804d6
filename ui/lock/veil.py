"""The window made unreadable while another program is in front: squares of what it shows, too coarse for a letter."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui import theme

SQUARE = 32  # pixels at 100 %: two lines of text and more


class Veil(QWidget):
    """Lies over `beneath` while it is drawn; it holds the squares alone, never the picture they were made from."""

    def __init__(self, beneath: QWidget) -> None:
        super().__init__(beneath.parentWidget())
        self.setObjectName("veil")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._beneath = beneath
        self._squares = QPixmap()
        beneath.installEventFilter(self)
        self.hide()

    def draw(self) -> None:
        """Cover what is shown now."""
        square = theme.current().px(SQUARE)
        seen = self._beneath.grab().toImage()
        ratio = seen.devicePixelRatio()
        across = max(1, round(seen.width() / ratio / square))
        down = max(1, round(seen.height() / ratio / square))
        way = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        self._squares = QPixmap.fromImage(seen.scaled(across, down, *way))
        self._squares.setDevicePixelRatio(1)
        self.setGeometry(self._beneath.geometry())
        self.raise_()
        self.show()

    def lift(self) -> None:
        """Show again what is beneath."""
        self.hide()
        self._squares = QPixmap()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the squares, run into each other."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().window())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self._squares)
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what is beneath."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self.setGeometry(self._beneath.geometry())
        return False
