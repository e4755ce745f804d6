"""A choice from a list that the mouse wheel leaves alone while the page around it is scrolled."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QToolTip, QWidget

from ui.widgets.naming import named


class ChoiceField(QComboBox):
    """A combo box that only a press or a key changes: a page that is scrolled may have put the cursor into it by itself."""

    def __init__(self, parent: QWidget, *, name: str, spoken: str) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802 - Qt's name
        """Show as much of what is chosen as there is room for."""
        super().initStyleOption(option)
        option.currentText = self._shown(option)

    def _shown(self, option: QStyleOptionComboBox) -> str:
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)

    def event(self, event: QEvent) -> bool:
        """Say the whole of what is chosen where it does not all stand there."""
        if event.type() is QEvent.Type.ToolTip and not self.toolTip():
            option = QStyleOptionComboBox()
            super().initStyleOption(option)
            whole = self.currentText()
            if isinstance(event, QHelpEvent) and self._shown(option) != whole:
                QToolTip.showText(event.globalPos(), whole, self)
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()
