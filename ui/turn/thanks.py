"""Where the client's view ends: thanks, and the way back that only the therapist's key opens."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui.lock.way_back import WayBack
from ui.start.entrance import Mark
from ui.widgets.buttons import Button
from ui.widgets.labels import label


class ThanksPage(QWidget):
    """Says thank you and asks nothing, until the therapist's link is pressed or someone begins to type.

    `tried` carries what was typed; whoever checks it says what came out. `lock_asked` on the link beside it. Where there is no
    key to ask for (`has_key`), the link itself leads back: `left`.
    """

    tried = Signal(str)
    lock_asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("turn_thanks")
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Thank you. Please hand the computer back."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.way_back: WayBack | None = None
        self._has_key = self._has_pin = True
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(Mark(self), 0, middle)
        column.addSpacing(6)
        column.addWidget(label(_("Thank you."), self, kind="display", name="turn_thank_you"), 0, middle)
        asked = label(_("Please hand the computer back."), self, kind="heading", name="turn_hand_back", wraps=True)
        asked.setProperty("is_plain", True)
        asked.setAlignment(middle)
        column.addWidget(asked)
        column.addSpacing(16)
        self._card = QHBoxLayout()
        column.addLayout(self._card)
        column.addStretch(3)
        self._therapist = Button(_("For the therapist"), self, kind="quiet", name="turn_therapist", is_big=True)
        self._therapist.clicked.connect(self._on_therapist_asked)
        column.addWidget(self._therapist, 0, middle)

    def begin(self, *, has_key: bool, has_pin: bool) -> None:
        """Be left by the PIN, by the passphrase where none is set, or, without a key, by the link alone."""
        self._has_key, self._has_pin = has_key, has_pin
        self.setFocus()

    def forget(self) -> None:
        """Let go of what was typed, and ask nothing again."""
        way_back, self.way_back = self.way_back, None
        if way_back is not None:
            way_back.field.clear()
            way_back.hide()
            way_back.deleteLater()
        self._therapist.show()

    def ask_who(self) -> WayBack:
        """Unfold the field for PIN or passphrase, and return it."""
        way_back = self.way_back or WayBack(self, has_pin=self._has_pin, can_lock=True)
        if self.way_back is None:
            self.way_back = way_back
            way_back.tried.connect(self.tried)
            way_back.lock_asked.connect(self.lock_asked)
            self._card.addWidget(way_back)
            way_back.show()
            self._therapist.hide()
        way_back.field.setFocus()
        return way_back

    def _on_therapist_asked(self) -> None:
        if self._has_key:
            self.ask_who()
        else:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let what is typed begin the key; Esc folds the field away again. No other key does anything."""
        if event.key() == Qt.Key.Key_Escape:
            self.forget()
            self.setFocus()
        elif self._has_key and event.text().isprintable() and event.text() and self.way_back is None:
            self.ask_who().field.line.insert(event.text())
