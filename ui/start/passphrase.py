"""The passphrase field: hidden, with an eye beside it, and a word on Caps Lock."""

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.widgets.buttons import icon_button


class PassphraseField(QFrame):
    """A line for a secret, with the eye in the same frame. `caps_lock_noticed` tells what typing has shown.

    `refused` tells that a key was no digit, or one too many, where it takes only digits.
    """

    returned = Signal()
    refused = Signal()
    edited = Signal(str)
    caps_lock_noticed = Signal(bool)

    def __init__(self, parent: QWidget, *, name: str, spoken: str) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")
        self.setObjectName(f"{name}_frame")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(0)
        self.line = QLineEdit(self)
        self.line.setObjectName(name)
        self.line.setAccessibleName(spoken)
        self.line.setProperty("is_bare", True)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.returnPressed.connect(self.returned)
        self.line.textEdited.connect(self.edited)
        self.line.installEventFilter(self)
        self._eye = icon_button("eye", self, name=f"{name}_eye", spoken=_("Show what is typed"))
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._on_eye_toggled)
        row.addWidget(self.line, 1)
        row.addWidget(self._eye)
        self.setFocusProxy(self.line)
        self._grow()

    def take_digits(self, most: int) -> None:
        """Take nothing but digits, and so many at most."""
        self.line.setValidator(QRegularExpressionValidator(QRegularExpression(f"[0-9]{{0,{most}}}"), self.line))
        self.line.setInputMethodHints(self.line.inputMethodHints() | Qt.InputMethodHint.ImhDigitsOnly)
        self.line.inputRejected.connect(self.refused)

    def text(self) -> str:
        """Return what was typed."""
        return self.line.text()

    def put(self, text: str) -> None:
        """Put in a suggestion, and show it: nobody knows it yet."""
        self._eye.setChecked(True)
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self.edited.emit(text)

    def clear(self) -> None:
        """Forget what was typed, also for undo, and hide it again."""
        self.line.setText("")  # `clear` could be undone
        self._eye.setChecked(False)

    def _grow(self) -> None:
        self.setFixedHeight(theme.current().size("control_big"))

    def _on_eye_toggled(self, is_shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        self._eye.set_icon("eye-off" if is_shown else "eye")
        spoken = _("Hide what is typed") if is_shown else _("Show what is typed")
        self._eye.setAccessibleName(spoken)
        self._eye.setToolTip(spoken)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "line"):
            self._grow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the focus on the frame, and see from the keys whether Caps Lock is on: Qt can't be asked."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            theme.restyle(self, has_focus=event.type() is QEvent.Type.FocusIn)
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self._look_at(event)
        return super().eventFilter(watched, event)

    def _look_at(self, event: QKeyEvent) -> None:
        letter = event.text()
        if len(letter) != 1 or letter.upper() == letter.lower():
            return
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.caps_lock_noticed.emit(letter.isupper() != has_shift)
