"""Unlocking: one field, one button, and in words why the practice is locked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui.start.entrance import Entrance
from ui.start.passphrase import PassphraseField
from ui.widgets.buttons import link, primary
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import Picture, label


class UnlockPage(Entrance):
    """`unlock_asked` carries the passphrase; the field keeps it until the practice is open."""

    unlock_asked = Signal(str)
    another_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="unlock_page")
        self._title = label("", self, kind="title", name="unlock_practice", wraps=True)
        self.card.addWidget(self._title)
        self.card.addWidget(label(_("Passphrase"), self, kind="label", tone="text_soft", name="unlock_label"))
        self.field = PassphraseField(self, name="unlock_passphrase", spoken=_("Passphrase"))
        self.card.addWidget(self.field)
        self._caps = self._make_caps_note()
        self.card.addWidget(self._caps)
        self.bar = InlineBar(self, name="unlock_bar")
        self.card.addWidget(self.bar)
        self.card.addSpacing(4)
        self._unlock = primary(_("Unlock"), self, name="unlock", is_big=True)
        self.card.addWidget(self._unlock)
        self._another = link(_("Another practice…"), self, name="another_practice")
        self.card.addWidget(self._another, 0, Qt.AlignmentFlag.AlignRight)
        self._build_reason()
        self.setFocusProxy(self.field)
        self._unlock.clicked.connect(self._on_unlock)
        self.field.returned.connect(self._on_unlock)
        self.field.caps_lock_noticed.connect(self._caps.setVisible)
        self._another.clicked.connect(self.another_asked)

    def _make_caps_note(self) -> QFrame:
        note = QFrame(self)
        note.setObjectName("caps_lock")
        note.setProperty("role", "bar")
        note.setProperty("tone", "caution")
        note.setProperty("is_slim", True)
        row = QHBoxLayout(note)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(Picture("arrow-big-up", note, role="caution"))
        row.addWidget(label(_("Caps Lock is on."), note, tone="caution", name="caps_lock_words"), 1)
        note.hide()
        return note

    def _build_reason(self) -> None:
        self._tick = Picture("check", self, role="good")
        self._reason = label("", self, kind="label", tone="text_soft", name="unlock_reason")
        self.below.addStretch(1)
        self.below.addWidget(self._tick)
        self.below.addWidget(self._reason)
        self.below.addStretch(1)
        self.show_reason("")

    def show_practice(self, name: str, reason: str = "") -> None:
        """Name the practice, and say why it is locked and what was saved."""
        self._title.setText(name)
        self.show_reason(reason)
        self.bar.clear()
        self.field.clear()

    def show_reason(self, reason: str) -> None:
        """Say why the practice is locked; "" says nothing."""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self._tick.setVisible(bool(reason))

    def set_busy(self, is_busy: bool) -> None:
        """Take no second order while the first one runs."""
        for part in (self._unlock, self._another, self.field):
            part.setEnabled(not is_busy)
        self._unlock.setText(_("Unlocking…") if is_busy else _("Unlock"))

    def show_error(self, text: str) -> None:
        """Say what went wrong, keep what was typed, and let it be typed again."""
        self.bar.say(text, tone="danger", can_close=False)
        self.field.line.selectAll()
        self.field.line.setFocus()

    def forget(self) -> None:
        """Let go of the passphrase."""
        self.field.clear()
        self.bar.clear()
        self._caps.hide()

    def _on_unlock(self) -> None:
        if self._unlock.isEnabled():
            self.bar.clear()
            self.unlock_asked.emit(self.field.text())
