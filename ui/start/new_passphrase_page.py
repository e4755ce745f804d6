"""A new passphrase for a practice that the recovery sheet has opened: whoever uses the sheet has forgotten the old one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.start.entrance import Entrance
from ui.start.passphrase_pair import PassphrasePair
from ui.widgets.buttons import link, primary
from ui.widgets.caps_lock_note import CapsLockNote
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import FieldError, HintLabel, label


class NewPassphrasePage(Entrance):
    """`chosen` carries the passphrase; `left` when the one there is stays, which it can only where there is one."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="new_passphrase_page")
        self.card.setSpacing(theme.current().space("s"))
        self.card.addWidget(label(_("Set a new passphrase"), self, kind="title", name="new_passphrase_title"))
        self._words = label("", self, tone="text_soft", name="new_passphrase_words", wraps=True)
        self.card.addWidget(self._words)
        self.pair = PassphrasePair(self)
        self.card.addWidget(self.pair)
        self._caps = CapsLockNote(self, name="new_passphrase_caps_lock")
        for secret in (self.pair.first, self.pair.second):
            self._caps.follow(secret)
        self.card.addWidget(self._caps)
        self.error = FieldError(self, name="new_passphrase_error")
        self.card.addWidget(self.error)
        words = _("It opens the private notes, too. No computer remembers the key any more. The recovery sheet stays as it is.")
        self.card.addWidget(HintLabel(words, self, name="new_passphrase_along"))
        self.bar = InlineBar(self, name="new_passphrase_bar")
        self.card.addWidget(self.bar)
        self._set = primary(_("Set the passphrase"), self, name="new_passphrase_set", is_big=True)
        self._leave = link(_("Leave the passphrase as it is"), self, name="new_passphrase_leave")
        self.card.addWidget(self._set)
        self.card.addWidget(self._leave)
        self.setFocusProxy(self.pair)
        self._set.clicked.connect(self._on_set)
        self.pair.returned.connect(self._on_set)
        self.pair.edited.connect(self._clear_error)
        self._leave.clicked.connect(self.left)

    def begin(self, *, is_needed: bool) -> None:
        """Say why one is asked for; where it `is_needed` there is no way round it."""
        self._leave.setVisible(not is_needed)
        self._words.setText(
            _("The practice is open, but the file that holds its keys is gone or damaged. A passphrase writes it anew.")
            if is_needed
            else _("The recovery sheet has opened the practice. If the passphrase is forgotten, choose another one now.")
        )

    def _clear_error(self) -> None:
        for part in (self.pair.first, self.pair.second):
            self.error.show_error("", part)

    def _on_set(self) -> None:
        found = self.pair.problem()
        self._clear_error()
        if found:
            self.error.show_error(*found)
            found[1].setFocus()
        elif self._set.isEnabled():
            self.bar.clear()
            self.chosen.emit(self.pair.text())

    def set_busy(self, is_busy: bool) -> None:
        """Take no second order while the first one runs."""
        for part in (self._set, self._leave, self.pair):
            part.setEnabled(not is_busy)
        self._set.setText(_("Writing the keys anew…") if is_busy else _("Set the passphrase"))

    def show_error(self, text: str) -> None:
        """Say what went wrong."""
        self.bar.say(text, tone="danger", can_close=False)

    def forget(self) -> None:
        """Let go of the passphrase."""
        self.pair.forget()
        self._caps.hide()
        self.bar.clear()
