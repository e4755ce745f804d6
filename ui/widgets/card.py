"""Paper on the desk: a card, a hairline."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.labels import label


class Card(QFrame):
    """A card with an optional title; put things into `body`, and small ones beside the title into `head`."""

    def __init__(self, parent: QWidget, *, name: str, title: str = "", is_dashed: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "dashed_card" if is_dashed else "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 12, 20, 14)
        self.body.setSpacing(8)
        self.head = QHBoxLayout()
        self.head.setSpacing(10)
        self.title = label(title, self, kind="title", name=f"{name}_title")
        self.title.setVisible(bool(title))
        if title:
            self.setAccessibleName(title)
            self.head.addWidget(self.title)
            self.head.addStretch(1)
            self.body.addLayout(self.head)


def hairline(parent: QWidget, *, is_upright: bool = False) -> QFrame:
    """Return a line of one pixel between things of different kind."""
    line = QFrame(parent)
    line.setProperty("role", "line")
    if is_upright:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line
