"""How far a goal is, said in a session: eleven buttons 0–10, and the session it is said in."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui.phases.area_reading import SessionsSoFar
from ui.phases.goal_reading import GoalTold
from ui.widgets.buttons import link
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import label
from ui.widgets.mood_row import TEN_WITHIN_MS, MoodRow


class GoalRater(QWidget):
    """`rated` carries the value, None where it is taken back, and the number of the session, 0 for today alone.

    A button pressed is told at once; a digit or an arrow key a moment later, with Enter, or when the keyboard goes elsewhere:
    a 1 may become a 10. Esc and *Close* leave it as it was (`left`).
    """

    rated = Signal(object, int)
    left = Signal()

    def __init__(self, told: GoalTold, sessions: SessionsSoFar, parent: QWidget, session_id: str = "") -> None:
        """Begin with the session of this id, or with the one that is meant now."""
        super().__init__(parent)
        self._told, self._sessions = told, sessions
        name = f"goal_rate_{told.goal.id}"
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label(_("How far"), self, kind="label", tone="text_soft"))
        self._session = ChoiceField(self, name=f"{name}_session", spoken=_("Said in"))
        for number, _held in reversed(sessions.held):
            words = sessions.words(number)
            self._session.addItem(f"{words[:1].upper()}{words[1:]}", number)
        self._session.addItem(_("Today, in no session"), 0)
        numbers = [number for number, held in sessions.held if held.id == session_id]
        self._session.setCurrentIndex(max(0, self._session.findData((numbers or [sessions.meant])[0])))
        self._session.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._session.setMinimumContentsLength(12)
        self._session.activated.connect(self._show_value)
        line.addWidget(self._session, 1)
        close = link(_("Close"), self, name=f"{name}_close", is_flush=True)
        close.clicked.connect(self.left)
        line.addWidget(close)
        column.addLayout(line)
        spoken = _("How far “{words}” is").format(words=told.goal.words)
        self.row = MoodRow(self, name=f"{name}_row", spoken=spoken, ends=_("0 not at all, 10 wholly"))
        self.row.chosen.connect(self._on_chosen)
        for button in self.row.findChildren(QAbstractButton):
            button.clicked.connect(self.tell)
        column.addWidget(self.row)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TEN_WITHIN_MS)
        self._wait.timeout.connect(self.tell)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        self._show_value()

    def take_keyboard(self) -> None:
        """Go to the value said already, or to the first."""
        value = self.row.value()
        target = self.findChild(QWidget, f"{self.row.objectName()}_{value or 0}")
        if isinstance(target, QWidget):
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _number(self) -> int:
        return int(self._session.currentData())

    def _show_value(self) -> None:
        """Show what was said in the session chosen."""
        number = self._number()
        session = self._sessions.session(number)
        said = [
            each.value
            for each in self._told.ratings
            if (each.session_id == session.id if session else not each.session_id and each.on == self._sessions.today)
        ]
        self.row.set_value(said[-1] if said else None)

    def _on_chosen(self) -> None:
        self._wait.start()

    def tell(self) -> None:
        """Tell what is chosen."""
        self._wait.stop()
        self.rated.emit(self.row.value(), self._number())

    def keep(self) -> None:
        """Tell what was chosen and not told yet."""
        if self._wait.isActive():
            self.tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc; Enter tells what is chosen without waiting, or presses the value it is on."""
        if event.key() == Qt.Key.Key_Escape:
            self._wait.stop()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        else:
            super().keyPressEvent(event)

    def _on_enter(self) -> None:
        focused = QApplication.focusWidget()
        if self._wait.isActive():
            self.tell()
        elif isinstance(focused, QAbstractButton) and self.row.isAncestorOf(focused) and not focused.isChecked():
            focused.click()
        else:
            self.left.emit()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isAncestorOf(new):
            self.keep()
