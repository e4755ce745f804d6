"""The card on a cover that asks who is there: for the short PIN or, where none is set, the passphrase."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.services import cover_pin
from ui import theme
from ui.start.passphrase import PassphraseField
from ui.widgets.buttons import link, primary
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import label

WIDTH = 400


class WayBack(QFrame):
    """`tried` carries what was typed; whoever checks it says what came out with `show_wrong`."""

    tried = Signal(str)
    lock_asked = Signal()

    def __init__(self, parent: QWidget, *, has_pin: bool, can_lock: bool) -> None:
        super().__init__(parent)
        self.setObjectName("way_back")
        self.setProperty("role", "card")
        asked = _("PIN") if has_pin else _("Passphrase")
        title = _("Type the PIN to go on") if has_pin else _("Type the passphrase to go on")
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 20)
        column.setSpacing(10)
        column.addWidget(label(title, self, kind="title", name="way_back_title", wraps=True))
        self.field = PassphraseField(self, name="way_back_field", spoken=asked)
        column.addWidget(self.field)
        if has_pin:
            self.field.take_digits(cover_pin.LONGEST)
            self.field.refused.connect(self._on_refused)
        self.bar = InlineBar(self, name="way_back_bar")
        column.addWidget(self.bar)
        hint = _("A short PIN is quicker: it can be set in Settings, under Locking.")
        self._hint = label(hint, self, kind="caption", tone="text_soft", name="way_back_hint", wraps=True)
        self._hint.setVisible(not has_pin)
        column.addWidget(self._hint)
        self._go_on = primary(_("Go on"), self, name="way_back_go_on")
        self._lock = link(_("Lock now  Ctrl+L"), self, name="way_back_lock", spoken=_("Lock now"))
        self._lock.setVisible(can_lock)
        row = QHBoxLayout()
        row.addWidget(self._lock)
        row.addStretch(1)
        row.addWidget(self._go_on)
        column.addLayout(row)
        self.setFocusProxy(self.field)
        self.setFixedWidth(theme.current().px(WIDTH))
        self.field.returned.connect(self._on_returned)
        self._go_on.clicked.connect(self._on_returned)
        self._lock.clicked.connect(self.lock_asked)

    def set_busy(self, is_busy: bool) -> None:
        """Take no second try while the first is looked at."""
        for part in (self.field, self._go_on):
            part.setEnabled(not is_busy)

    def show_wrong(self, words: str) -> None:
        """Say what was wrong, and let it be typed again."""
        self.set_busy(False)
        self.field.clear()
        self._hint.hide()  # one thing at a time, and in a low window there is no room for both
        self.bar.say(words, tone="caution", can_close=False)
        self.field.setFocus()

    def _on_refused(self) -> None:
        self.bar.say(cover_pin.rule(), tone="caution", can_close=False)

    def _on_returned(self) -> None:
        if self._go_on.isEnabled() and self.field.text():
            self.bar.clear()
            self.tried.emit(self.field.text())

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "field"):
            self.setFixedWidth(theme.current().px(WIDTH))
