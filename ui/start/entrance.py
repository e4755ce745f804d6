"""The frame of the pages before a practice is open: mark, name, one card, and what stays true below."""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import icons, theme
from ui.widgets.labels import label

CARD_WIDTH = 440
MARK_SIZE = 84


class Mark(QLabel):
    """The program's mark; it follows the theme."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._show()

    def _show(self) -> None:
        self.setPixmap(icons.mark(MARK_SIZE))

    def changeEvent(self, event: QEvent) -> None:
        """Draw again when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._show()


class Entrance(QWidget):
    """A centred card under the mark; subclasses fill `card` and may put a line into `below`."""

    def __init__(self, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        middle = Qt.AlignmentFlag.AlignHCenter
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea(self)
        area.setObjectName(f"{name}_area")
        area.setAccessibleName(_("IPT Desktop"))
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole.addWidget(area)
        self._area = area
        inner = QWidget(area)
        inner.setProperty("role", "clear")
        area.setWidget(inner)
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(0)
        column.addStretch(3)
        column.addWidget(Mark(inner), 0, middle)
        column.addSpacing(4)
        column.addWidget(label(_("IPT Desktop"), inner, kind="display", name=f"{name}_program"), 0, middle)
        column.addSpacing(18)
        self._card = self._make_card(inner)
        across = QHBoxLayout()  # an aligned widget would not get the height its wrapped lines need
        across.addStretch(1)
        across.addWidget(self._card)
        across.addStretch(1)
        column.addLayout(across)
        column.addSpacing(18)
        self.below = QHBoxLayout()
        self.below.setSpacing(8)
        column.addLayout(self.below)
        column.addStretch(4)
        promise = _("Everything stays on this computer. Nothing is sent anywhere.")
        column.addWidget(label(promise, inner, kind="caption", tone="text_soft", name=f"{name}_promise"), 0, middle)

    def _make_card(self, parent: QWidget) -> QFrame:
        card = QFrame(parent)
        card.setObjectName(f"{self.objectName()}_card")
        card.setProperty("role", "card")
        card.setFixedWidth(theme.current().px(CARD_WIDTH))
        self.card = QVBoxLayout(card)
        self.card.setContentsMargins(32, 24, 32, 22)
        self.card.setSpacing(10)
        return card

    def bring_into_sight(self, part: QWidget) -> None:
        """Let a part of the card be seen whole where the window is too low for all of it, once it has its place."""
        QTimer.singleShot(0, part, lambda: self._area.ensureWidgetVisible(part))

    def changeEvent(self, event: QEvent) -> None:
        """Grow the card with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_card"):
            self._card.setFixedWidth(theme.current().px(CARD_WIDTH))
