"""Asks the therapist about a flagged answer, and stays until it is noted what was asked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.text import _
from ui.widgets.inline_bar import InlineBar

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SafetyBar(InlineBar):
    """It can't be closed. `record_asked`: write what was asked; `unchanged_asked`: it was, and nothing has changed.

    With the keyboard in it *U*, then Enter stand for the latter. Where a client may see the screen it says nothing of what it
    is about until a key brings that.
    """

    record_asked = Signal()
    unchanged_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="safety_bar")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._told: tuple[str, str] = ("", "")
        self._is_asking = False

    def tell(self, words: str, unchanged: str) -> None:
        """Say what was answered; `unchanged` is what was found when risk was last asked, "" where it never was."""
        self._told = (words, unchanged)
        self._is_asking = False
        self._show()

    def tell_nothing(self, key: str) -> None:
        """Say that there is something, and which key brings it, and no more."""
        self._told, self._is_asking = ("", ""), False
        words = _("{key} shows it, when you are alone with the screen.").format(key=key)
        self.say(_("There is something for you to look at"), words, can_close=False)

    def _show(self) -> None:
        words, unchanged = self._told
        actions = [("record_asked", _("Record what was asked…"), self.record_asked.emit)]
        if unchanged:
            said = _("Re-asked, unchanged: {found}").format(found=unchanged)
            actions.append(("asked_unchanged", said, self.unchanged_asked.emit))
            keys = (
                _("Asked again today, unchanged? Enter keeps it, Esc does not.")
                if self._is_asking
                else _("U, then Enter: re-asked, unchanged.")
            )
            words = f"{words} {keys}"
        self.say(_("An answer asks for a question on safety"), words, tone="caution", actions=tuple(actions), can_close=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take U, then Enter."""
        if event.key() == Qt.Key.Key_U and self._told[1] and not event.modifiers():
            self._is_asking = True
            self._show()
        elif event.key() in ENTER and self._is_asking:
            self._is_asking = False
            self.unchanged_asked.emit()
        elif event.key() == Qt.Key.Key_Escape and self._is_asking:
            self._is_asking = False
            self._show()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Ask no longer."""
        super().focusOutEvent(event)
        if self._is_asking:
            self._is_asking = False
            self._show()

    def clear(self) -> None:
        """Take the bar away, with every word."""
        self._told, self._is_asking = ("", ""), False
        super().clear()
