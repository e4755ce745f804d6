"""The foot of a problem area: its record and how that begins, its worksheets, another goal; in two rows where type is large."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme
from ui.widgets.labels import ElidedLabel

GAP = 8


class AreaFoot(QWidget):
    """`record` is a link, `verbs` the others; `begins` is what stands beside the record."""

    def __init__(self, record: QWidget, begins: str, verbs: list[QWidget], parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self._verbs = verbs
        self._is_large: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(0)
        self._grid.addWidget(record, 0, 0, Qt.AlignmentFlag.AlignLeft)
        self._begins = ElidedLabel(begins, self)
        self._begins.setTextFormat(Qt.TextFormat.PlainText)
        self._begins.setObjectName(name)
        self._begins.setProperty("kind", "caption")
        self._begins.setProperty("tone", "text_soft")
        self._arrange()

    def _arrange(self) -> None:
        is_large = theme.current().is_large
        if is_large == self._is_large:
            return
        self._is_large = is_large
        self._grid.addWidget(self._begins, 0, 1, 1, 2 if is_large else 1)
        for place, verb in enumerate(self._verbs):
            at = (1, place) if is_large else (0, place + 2)
            self._grid.addWidget(verb, *at, Qt.AlignmentFlag.AlignLeft)
        self._grid.setColumnStretch(1, 0 if is_large else 1)
        self._grid.setColumnStretch(2, 1 if is_large else 0)

    def changeEvent(self, event: QEvent) -> None:
        """Stand anew when the text size changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_begins"):
            self._arrange()
