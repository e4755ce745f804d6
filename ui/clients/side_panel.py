"""A form beside the client table: a heading, fields, what to do at its end. Esc leaves it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.buttons import Button, link, primary
from ui.widgets.labels import FieldError, label
from ui.widgets.naming import named

WIDEST = 640


class SidePanel(QScrollArea):
    """Paper that scrolls: subclasses put their fields into `body`, then call `add_actions`. `left` when it is given up."""

    left = Signal()

    def __init__(self, parent: QWidget, *, name: str, title: str) -> None:
        super().__init__(parent)
        named(self, name, title)
        self.setProperty("role", "paper")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheet = QWidget(self)
        self.sheet.setObjectName(f"{name}_sheet")
        self.sheet.setProperty("role", "paper")
        self.body = QVBoxLayout(self.sheet)
        self.body.setContentsMargins(20, 14, 16, 20)
        self.body.setSpacing(12)
        self.heading = label(title, self.sheet, kind="heading", name=f"{name}_heading", wraps=True)
        self.under = label("", self.sheet, kind="label", tone="text_soft", name=f"{name}_under", wraps=True)
        self.under.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.under)
        self.body.addLayout(words)
        self.setWidget(self.sheet)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._grow()
        self._done: Button | None = None
        self.error = FieldError(self.sheet, name=f"{name}_error")

    def _grow(self) -> None:
        self.sheet.setMaximumWidth(theme.current().px(WIDEST))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "sheet"):
            self._grow()

    def say_under(self, words: str) -> None:
        """Show a line under the heading, or none."""
        self.under.setText(words)
        self.under.setVisible(bool(words))

    def add_actions(self, words: str, *, name: str) -> Button:
        """Put what is wrong, the filled button and *Cancel* at the end; return the filled one."""
        self.body.addWidget(self.error)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._done = done = primary(words, self.sheet, name=name)
        cancel = link(_("Cancel"), self.sheet, name=f"{name}_cancel", spoken=_("Cancel: {what}").format(what=words))
        cancel.clicked.connect(self._on_cancelled)
        row.addWidget(done)
        row.addWidget(cancel)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)
        return done

    def clear(self) -> None:
        """Let go of what was typed."""

    def _on_cancelled(self) -> None:
        self.clear()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the form, and what was typed waits for the next time; Return in a field is the filled button."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._done is not None:
            pressed = self.focusWidget()
            (pressed if isinstance(pressed, QPushButton) else self._done).click()
        else:
            super().keyPressEvent(event)
