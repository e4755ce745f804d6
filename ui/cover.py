"""The cover: an opaque page over everything, at once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui.start.entrance import Mark
from ui.widgets.labels import label


class CoverPage(QWidget):
    """Shows nothing of what is open. `left` when F9, Esc or a click asks to go back."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._beneath: QWidget | None = None
        self._focused: QWidget | None = None
        self._dialogs: list[QWidget] = []
        self.setObjectName("cover_page")
        self.setAccessibleName(_("Covered. Press Escape to go back."))
        self.setProperty("role", "desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(Mark(self), 0, middle)
        column.addWidget(label(_("F9, Esc or a click goes back"), self, kind="caption", tone="text_soft"), 0, middle)
        column.addStretch(1)

    def put_over(self, stack: QStackedWidget) -> None:
        """Hide every page and dialog; what was there and where the keyboard was is remembered."""
        window = stack.window()
        self._beneath = stack.currentWidget()
        self._dialogs = [each for each in window.findChildren(QWidget) if each.isWindow() and each.isVisible()]
        self._focused = window.focusWidget()
        stack.setCurrentWidget(self)
        for dialog in self._dialogs:
            dialog.hide()
        self.setFocus()

    def take_off(self, stack: QStackedWidget) -> None:
        """Show again what was there before, and give it the keyboard."""
        if self._beneath is not None:
            stack.setCurrentWidget(self._beneath)
        for dialog in self._dialogs:
            dialog.show()
        if self._focused is not None:
            self._focused.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on F9 or Esc; every other key does nothing."""
        if event.key() in (Qt.Key.Key_F9, Qt.Key.Key_Escape):
            self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go back on a click."""
        self.left.emit()
