"""A form beside the client table: a heading, fields, what to do at its end. Esc leaves it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.buttons import Button, link, primary
from ui.widgets.labels import FieldError, label
from ui.widgets.naming import named

WIDEST = 640


class _Sheet(QScrollArea):
    """Paper that scrolls, as high as what is on it where there is room."""

    def __init__(self, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_scroller")
        self.setProperty("role", "paper")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.paper = QWidget(self)
        self.paper.setObjectName(f"{name}_sheet")
        self.paper.setProperty("role", "paper")
        self.paper.installEventFilter(self)
        self.setWidget(self.paper)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with what is on the paper."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the words another way."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Ask for all of the paper."""
        wide = min(self.viewport().width(), self.paper.maximumWidth())
        return QSize(0, self.paper.heightForWidth(wide) if self.paper.hasHeightForWidth() else self.paper.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Be content with a few lines."""
        return QSize(0, 4 * self.fontMetrics().height())


class SidePanel(QFrame):
    """Paper that scrolls: subclasses put their fields into `body`, then call `add_actions`. `left` when it is given up.

    What is done at its end stands below the paper: in sight however long the form is.
    """

    left = Signal()

    def __init__(self, parent: QWidget, *, name: str, title: str) -> None:
        super().__init__(parent)
        named(self, name, title)
        self.setProperty("role", "paper")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._scroller = _Sheet(self, name=name)
        self.sheet = self._scroller.paper
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
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._scroller)
        self._column.addStretch(1)
        self._grow()
        self._done: Button | None = None
        self._foot = QWidget(self)
        self._foot.setObjectName(f"{name}_foot")
        self._foot.setProperty("role", "paper")
        self._foot.hide()
        self.error = FieldError(self._foot, name=f"{name}_error")

    def _grow(self) -> None:
        self.sheet.setMaximumWidth(theme.current().px(WIDEST))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "error"):
            self._grow()

    def show_top(self) -> None:
        """Show the form from its beginning."""
        self._scroller.verticalScrollBar().setValue(0)

    def bring_into_sight(self, part: QWidget) -> None:
        """Scroll to a part of the form."""
        self._scroller.ensureWidgetVisible(part)

    def say_under(self, words: str) -> None:
        """Show a line under the heading, or none."""
        self.under.setText(words)
        self.under.setVisible(bool(words))

    def add_actions(self, words: str, *, name: str) -> Button:
        """Put what is wrong, the filled button and *Cancel* below the paper; return the filled one."""
        self.body.addStretch(1)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(20, 8, 16, 14)
        foot.addWidget(self.error)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._done = done = primary(words, self._foot, name=name)
        cancel = link(_("Cancel"), self._foot, name=f"{name}_cancel", spoken=_("Cancel: {what}").format(what=words))
        cancel.clicked.connect(self._on_cancelled)
        row.addWidget(done)
        row.addWidget(cancel)
        row.addStretch(1)
        foot.addLayout(row)
        self._column.insertWidget(1, self._foot)
        self._foot.show()
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
