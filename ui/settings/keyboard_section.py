"""Settings: the keys that can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.key_choices import COMMANDS, Command
from ui.page import Frame
from ui.settings.section import Section
from ui.widgets.buttons import Button, link
from ui.widgets.card import Card
from ui.widgets.labels import FieldError, label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

KEY_WIDTH = 200
TABS = ("clients", "circle", "sessions", "phases", "progress", "reports")
MODIFIERS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}


class KeyButton(Button):
    """Shows a key; pressed, it takes the next one. `taken` carries it; Esc, or leaving, keeps the old one."""

    taken = Signal(object)
    is_listening = False

    def __init__(self, command: Command, parent: QWidget) -> None:
        super().__init__("", parent, name=f"key_{command.name}", spoken=_(command.words))
        self._words, self._key = _(command.words), ""
        self.setFixedWidth(theme.current().px(KEY_WIDTH))
        self.clicked.connect(self._on_clicked)

    def show_key(self, words: str) -> None:
        """Show the key in force."""
        self._key = words
        self._listen(False)

    def _listen(self, is_listening: bool) -> None:
        self.is_listening = is_listening
        self.setText(_("Press the new key…") if is_listening else self._key)
        self.setAccessibleName(f"{self._words}: {self.text()}")

    def _on_clicked(self) -> None:
        self._listen(True)

    def event(self, event: QEvent) -> bool:
        """Keep the next key from being a shortcut, or from moving on."""
        if self.is_listening and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if self.is_listening and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a key while one is waited for."""
        if not self.is_listening:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._listen(False)
        elif event.key() not in MODIFIERS:
            self._listen(False)
            self.taken.emit(QKeySequence(event.keyCombination()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Wait no more."""
        super().focusOutEvent(event)
        if self.is_listening:
            self._listen(False)


class KeyRow(QWidget):
    """A command, its key, the way back to the usual one, and below why a key could not be taken."""

    def __init__(self, command: Command, frame: Frame, card: Card) -> None:
        super().__init__(card)
        self.setObjectName(f"key_row_{command.name}")
        self.setProperty("role", "clear")
        self._command, self._frame = command, frame
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        row.setSpacing(12)
        row.addWidget(label(_(command.words), self, name=f"key_{command.name}_label"), 1)
        self._back = link(_("Back to the usual key"), self, name=f"key_{command.name}_usual")
        self._back.clicked.connect(self._on_back)
        self._key = KeyButton(command, self)
        self._key.taken.connect(self._on_taken)
        row.addWidget(self._key)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignRight)
        self.error = FieldError(card, name=f"key_{command.name}_error")

    def refresh(self) -> None:
        """Show the key in force."""
        self._key.show_key(self._frame.keys.words(self._command.name))
        self._back.setVisible(not self._frame.keys.is_usual(self._command.name))

    def _on_taken(self, key: object) -> None:
        if not isinstance(key, QKeySequence):
            return
        for tab in TABS:  # a page that was not visited yet has keys, too
            self._frame.page(tab)
        refusal = self._frame.keys.refusal(self._command.name, key, self.window())
        self.error.show_error(refusal)
        if not refusal:
            self._frame.keys.choose(self._command.name, key)
        self.refresh()

    def _on_back(self) -> None:
        self.error.show_error("")
        self._frame.keys.back_to_usual(self._command.name)
        self.refresh()
        self._key.setFocus()


class KeyboardSection(Section):
    """One row a command. A key counts at once, everywhere it is shown."""

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(
            desk,
            frame,
            parent,
            name="keyboard_section",
            title=_("Keyboard"),
            words=_(
                "Press a key’s button, then the new key. All other keys stand in the menus. Kept for you on this computer."
            ),
        )
        card = Card(self, name="keyboard_card", title=_("Keys you can change"))
        self._rows = [KeyRow(each, frame, card) for each in COMMANDS]
        for row in self._rows:
            card.body.addWidget(row)
            card.body.addWidget(row.error)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show the keys in force."""
        for row in self._rows:
            row.refresh()
