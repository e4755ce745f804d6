"""What stands where there is nothing yet: it teaches what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.buttons import primary
from ui.widgets.labels import Picture, label


class EmptyState(QFrame):
    """An icon, a title, a sentence and, where one thing is to do next, its button; `acted` when it is pressed."""

    acted = Signal()

    def __init__(
        self,
        title: str,
        words: str,
        parent: QWidget,
        *,
        name: str,
        icon: str = "circle-dot",
        action: str = "",
        action_icon: str = "plus",
        hint: str = "",
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setProperty("role", "empty")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(1)
        column.addWidget(Picture(icon, self, role="accent", size="icon_big"), 0, middle)
        column.addWidget(label(title, self, kind="title", name=f"{name}_title"), 0, middle)
        sentence = label(words, self, tone="text_soft", name=f"{name}_words", wraps=True)
        sentence.setAlignment(middle)
        sentence.setMinimumWidth(theme.current().px(300))
        sentence.setMaximumWidth(theme.current().px(440))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(sentence, 100)
        row.addStretch(1)
        column.addLayout(row)
        if action:
            button = primary(action, self, name=f"{name}_action", icon=action_icon)
            button.clicked.connect(self.acted)
            column.addWidget(button, 0, middle)
        if hint:
            column.addWidget(label(hint, self, kind="caption", tone="text_soft", name=f"{name}_hint"), 0, middle)
        column.addStretch(1)


class EmptyPage(QWidget):
    """A tab's page while no client is chosen or no course has begun: it leads to the Clients tab (`clients_asked`)."""

    clients_asked = Signal()

    def __init__(self, parent: QWidget, words: str, *, name: str, icon: str, has_client: bool) -> None:
        super().__init__(parent)
        title = _("No course of treatment yet") if has_client else _("No client chosen")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        go, press = _("Go to Clients"), _("or press Ctrl+1")
        empty = EmptyState(title, words, self, name=name, icon=icon, action=go, action_icon="users", hint=press)
        empty.acted.connect(self.clients_asked)
        column.addWidget(empty)
