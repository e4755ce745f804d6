"""What stands on the private page while private notes are locked: a line for their passphrase, or for the sheet's code."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.start.passphrase import PassphraseField
from ui.widgets.buttons import link, primary
from ui.widgets.caps_lock_note import CapsLockNote
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import Picture, label


class PrivateLock(QWidget):
    """`passphrase_given` and `code_given` carry what was typed; it stays in its field until `forget`."""

    passphrase_given = Signal(str)
    code_given = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("private_lock")
        self.setProperty("role", "clear")
        self._asks_for_code = False
        look = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.space("m"), 0, 0)
        column.setSpacing(look.space("s"))
        head = QHBoxLayout()
        head.addWidget(Picture("lock", self))
        self._title = label("", self, kind="strong", name="private_lock_title", wraps=True)
        head.addWidget(self._title, 1)
        column.addLayout(head)
        self._words = label("", self, kind="label", tone="text_soft", name="private_lock_words", wraps=True)
        column.addWidget(self._words)
        self._asked = label("", self, kind="label", tone="text_soft", name="private_lock_asked")
        column.addWidget(self._asked)
        self.field = PassphraseField(self, name="private_passphrase", spoken=_("Passphrase of the private notes"))
        column.addWidget(self.field)
        self._caps = CapsLockNote(self, name="private_caps_lock")
        self._caps.follow(self.field)
        column.addWidget(self._caps)
        self.bar = InlineBar(self, name="private_lock_bar")
        column.addWidget(self.bar)
        self._open = primary(_("Open"), self, name="private_open", spoken=_("Open private notes"))
        self._other = link("", self, name="private_with_code", is_flush=True)
        for button in (self._open, self._other):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.setFocusProxy(self.field)
        self._open.clicked.connect(self._on_open)
        self.field.returned.connect(self._on_open)
        self._other.clicked.connect(self._on_other_asked)
        self._show_asked()

    def show_why(self, *, is_new: bool, has_own: bool | None) -> None:
        """Say what is locked, or begun, and which passphrase opens it (`has_own` None: nobody knows before it is typed)."""
        self._title.setText(_("Private notes begin here") if is_new else _("Private notes are locked"))
        own = _("They have a passphrase of their own.")
        along = _("They open with the passphrase of the practice.")
        either = _("They open with the passphrase of the practice, unless you gave them one of their own.")
        key = either if has_own is None else own if has_own else along
        kept = _("They are kept in a file of their own, apart from the record.")
        self._words.setText(f"{kept} {key}" if is_new else key)

    def set_busy(self, is_busy: bool) -> None:
        """Take no second order while the first one runs."""
        for part in (self._open, self._other, self.field):
            part.setEnabled(not is_busy)
        self._open.setText(_("Opening…") if is_busy else _("Open"))

    def show_error(self, words: str) -> None:
        """Say why they stay locked, and let it be typed again."""
        self.bar.say(words, tone="caution", can_close=False)
        self.field.line.selectAll()
        self.field.line.setFocus()

    def forget(self) -> None:
        """Let go of what was typed."""
        self.field.clear()
        self.bar.clear()
        self._caps.hide()
        self.set_busy(False)
        self._asks_for_code = False
        self._show_asked()

    def _show_asked(self) -> None:
        is_code = self._asks_for_code
        self._asked.setText(_("Code of the recovery sheet") if is_code else _("Passphrase of the private notes"))
        self.field.line.setAccessibleName(self._asked.text())
        self._other.setText(_("Type the passphrase") if is_code else _("I have the recovery sheet"))
        self._other.setAccessibleName(self._other.text())

    def _on_other_asked(self) -> None:
        self._asks_for_code = not self._asks_for_code
        self.field.clear()
        self.bar.clear()
        self._show_asked()
        self.field.line.setFocus()

    def _on_open(self) -> None:
        if self._open.isEnabled() and self.field.text():
            self.bar.clear()
            (self.code_given if self._asks_for_code else self.passphrase_given).emit(self.field.text())
