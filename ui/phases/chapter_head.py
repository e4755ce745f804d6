"""What stands above a chapter: its title and, beside it as long as there is room for both, its links."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

GAP = 12


class ChapterHead(QWidget):
    """Put the title into `title_row`, the links into `link_row`, and what stands below both into `column`."""

    def __init__(self, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, GAP)
        self.column.setSpacing(2)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(2)
        self.title_row, self.link_row = QHBoxLayout(), QHBoxLayout()
        for row, share in ((self.title_row, 1), (self.link_row, 0)):
            row.setSpacing(GAP)
            self._line.addLayout(row, share)
        self._line.setAlignment(self.link_row, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(self._line)

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: where there is little, the links go below."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as the width asks for."""
        super().resizeEvent(event)
        self._stand()

    def event(self, event: QEvent) -> bool:
        """Stand anew when a link comes or goes, or all of them grow with the text."""
        is_done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._stand()
        return is_done

    def _stand(self) -> None:
        needed = self.title_row.minimumSize().width() + GAP + self.link_row.minimumSize().width()
        is_narrow = needed > self.width()
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
