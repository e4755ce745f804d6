"""Unlocking: one field, one button, two other ways in, and in words why the practice is locked."""

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipt_desktop.domain.errors import (
    DatabaseDamaged,
    DatabaseMissing,
    HeaderDamaged,
    KeychainFailed,
    PracticeInUse,
    PracticeMissing,
    TooManyAttempts,
    WrongOnceMore,
    WrongPassphrase,
)
from ipt_desktop.domain.text import _, ngettext
from ui import theme
from ui.faults import sentences_of
from ui.start.entrance import Entrance
from ui.start.passphrase import PassphraseField
from ui.widgets.buttons import link, outlined, primary
from ui.widgets.caps_lock_note import CapsLockNote
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import HintLabel, Picture, label

TICK_MS = 250
SPARE, BESIDE = 4, 120  # beside a line of text; the page's edges, the tick and a scroll bar
Action = tuple[str, str, Callable[[], None]]
DAMAGED = (DatabaseDamaged, DatabaseMissing, HeaderDamaged)
REFUSALS = (WrongPassphrase, PracticeInUse, PracticeMissing)
"""Nothing is at fault with these."""


class UnlockPage(Entrance):
    """`unlock_asked` carries the passphrase; the field keeps it until the practice is open.

    `sheet_asked` leads to the recovery sheet's code, `keychain_asked` to this computer's keychain.
    """

    unlock_asked = Signal(str)
    sheet_asked = Signal()
    keychain_asked = Signal()
    another_asked = Signal()
    restore_asked = Signal()
    salvage_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="unlock_page")
        self._title = label("", self, kind="title", name="unlock_practice", wraps=True)
        self.card.addWidget(self._title)
        self.card.addWidget(label(_("Passphrase"), self, kind="label", tone="text_soft", name="unlock_label"))
        self.field = PassphraseField(self, name="unlock_passphrase", spoken=_("Passphrase"))
        self.card.addWidget(self.field)
        self._caps = CapsLockNote(self, name="caps_lock")
        self._caps.follow(self.field)
        self.card.addWidget(self._caps)
        self.bar = InlineBar(self, name="unlock_bar")
        self.card.addWidget(self.bar)
        self.card.addSpacing(4)
        self._unlock = primary(_("Unlock"), self, name="unlock", is_big=True)
        self.card.addWidget(self._unlock)
        self._add_keychain()
        self._add_links()
        self._build_reason()
        self.setFocusProxy(self.field)
        self._wait = QTimer(self)
        self._wait.setInterval(TICK_MS)
        self._wait.timeout.connect(self._on_tick)
        self._may_try_at = 0.0
        self._unlock.clicked.connect(self._on_unlock)
        self.field.returned.connect(self._on_unlock)

    def _add_keychain(self) -> None:
        words = _("Unlock with this computer’s keychain")
        self._keychain = outlined(words, self, name="unlock_keychain", icon="lock-open")
        self._keychain.clicked.connect(self.keychain_asked)
        self._keychain.hide()
        self.card.addWidget(self._keychain)
        self._asking = HintLabel(
            _("Asking this computer’s keychain. The passphrase works meanwhile."), self, name="keychain_asking"
        )
        self._asking.hide()
        self.card.addWidget(self._asking)

    def _add_links(self) -> None:
        row = QHBoxLayout()
        self._sheet = link(_("Use the recovery sheet"), self, name="use_recovery_sheet", is_flush=True)
        self._another = link(_("Another practice…"), self, name="another_practice", is_flush=True)
        row.addWidget(self._sheet)
        row.addStretch(1)
        row.addWidget(self._another)
        self.card.addLayout(row)
        below = QHBoxLayout()
        self._restore = link(_("Restore a backup…"), self, name="unlock_restore", is_flush=True)
        below.addWidget(self._restore)
        below.addStretch(1)
        self.card.addLayout(below)
        self._restore.clicked.connect(self.restore_asked)
        self._sheet.clicked.connect(self.sheet_asked)
        self._another.clicked.connect(self.another_asked)

    def _build_reason(self) -> None:
        self._tick = Picture("check", self, role="good")
        self._reason = label("", self, kind="label", tone="text_soft", name="unlock_reason", wraps=True)
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
        self.offer_keychain(is_offered=False)
        self.show_asking(is_asked=False)
        self._end_wait()

    def show_reason(self, reason: str) -> None:
        """Say why the practice is locked; "" says nothing."""
        self._reason.setText(reason)
        self._fit_reason()
        self._reason.setVisible(bool(reason))
        self._tick.setVisible(bool(reason))

    def _fit_reason(self) -> None:
        """Keep the reason on one line where there is room for it: by itself, a label that wraps is no wider than it is high."""
        self._reason.ensurePolished()
        wanted = self._reason.fontMetrics().horizontalAdvance(self._reason.text()) + SPARE
        self._reason.setFixedWidth(max(1, min(wanted, self.width() - theme.current().px(BESIDE))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room anew."""
        super().resizeEvent(event)
        self._fit_reason()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_reason"):
            self._fit_reason()

    def offer_keychain(self, *, is_offered: bool) -> None:
        """Show or hide the button that asks this computer's keychain."""
        self._keychain.setVisible(is_offered)

    def show_asking(self, *, is_asked: bool) -> None:
        """Say that the keychain is being asked, and that nothing has to wait for it."""
        self._asking.setVisible(is_asked)
        self._keychain.setEnabled(not is_asked)

    def set_busy(self, is_busy: bool) -> None:
        """Take no second order while the first one runs."""
        for part in (self._sheet, self._restore, self._another, self._keychain, self.field):
            part.setEnabled(not is_busy)
        self._unlock.setEnabled(not is_busy and not self._wait.isActive())
        self._unlock.setText(_("Unlocking…") if is_busy else _("Unlock"))

    def show_error(self, text: str, *, tone: str = "danger", actions: tuple[Action, ...] = ()) -> None:
        """Say what went wrong and what can be done, keep what was typed, and let it be typed again."""
        self._say(text, tone=tone, actions=actions)
        self.field.line.selectAll()

    def _say(self, text: str, *, tone: str, actions: tuple[Action, ...] = ()) -> None:
        self._end_wait()
        self.bar.say(text, tone=tone, actions=actions, can_close=False)
        self.field.line.setFocus()

    def show_fault(self, error: Exception) -> None:
        """Say what kept the practice shut, and offer what may help."""
        words = sentences_of(error)
        if isinstance(error, TooManyAttempts | WrongOnceMore):
            self.show_wait(float(str(error.values["seconds"])))
        elif isinstance(error, KeychainFailed):  # its answer may come in the middle of a passphrase, which goes on
            self._say(words, tone="caution")
        elif isinstance(error, DAMAGED):
            self.show_error(words, actions=self._ways_back(error))
        else:
            self.show_error(words, tone="caution" if isinstance(error, REFUSALS) else "danger")

    def _ways_back(self, error: Exception) -> tuple[Action, ...]:
        restore: Action = ("damage_restore", _("Restore a backup…"), self.restore_asked.emit)
        if isinstance(error, HeaderDamaged):  # the sheet opens what is else whole
            return ("damage_sheet", _("Use the recovery sheet"), self.sheet_asked.emit), restore
        if isinstance(error, DatabaseMissing):
            return (restore,)
        return restore, ("damage_salvage", _("Save what can be read…"), self.salvage_asked.emit)

    def show_wait(self, seconds: float) -> None:
        """Count the seconds down until the next passphrase may be tried; the button waits, typing does not."""
        self._may_try_at = time.monotonic() + seconds
        self._unlock.setEnabled(False)
        self._wait.start()
        self._on_tick()
        self.field.line.selectAll()
        self.field.line.setFocus()

    def _on_tick(self) -> None:
        left = math.ceil(self._may_try_at - time.monotonic())
        if left <= 0:
            self._end_wait()
            self.bar.clear()
            return
        title = _("Several wrong passphrases were typed. Nothing was changed.")
        words = ngettext("The next can be tried in {count} second.", "The next can be tried in {count} seconds.", left)
        if self.bar.text() != f"{title} {words.format(count=left)}":
            self.bar.say(title, words.format(count=left), tone="caution", can_close=False)

    def _end_wait(self) -> None:
        if self._wait.isActive():
            self._wait.stop()
            self._unlock.setEnabled(True)

    def forget(self) -> None:
        """Let go of the passphrase."""
        self.field.clear()
        self.bar.clear()
        self._end_wait()
        self.show_asking(is_asked=False)
        self._caps.hide()

    def _on_unlock(self) -> None:
        if self._unlock.isEnabled():
            self.bar.clear()
            self.unlock_asked.emit(self.field.text())
