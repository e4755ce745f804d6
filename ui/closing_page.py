"""The last page: a backup is made before the window closes, and nothing keeps the therapist from closing without it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ipt_desktop.domain.text import _
from ui.start.entrance import Entrance
from ui.widgets.buttons import outlined, primary
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import label


class ClosingPage(Entrance):
    """`left` when the window is to close without a backup, `retried` when another try is asked for."""

    left = Signal()
    retried = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="closing_page")
        self._title = label("", self, kind="title", name="closing_title", wraps=True)
        self._words = label("", self, tone="text_soft", name="closing_words", wraps=True)
        self.meter = QProgressBar(self)
        self.meter.setObjectName("closing_meter")
        self.meter.setAccessibleName(_("How far the backup is"))
        self.meter.setTextVisible(False)
        self.bar = InlineBar(self, name="closing_bar")
        self._again = primary(_("Try again"), self, name="closing_again")
        self._leave = outlined("", self, name="closing_leave")
        for part in (self._title, self._words, self.meter, self.bar):
            self.card.addWidget(part)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._leave)
        row.addWidget(self._again)
        self.card.addSpacing(4)
        self.card.addLayout(row)
        self._leave.clicked.connect(self.left)
        self._again.clicked.connect(self.retried)
        self.setFocusProxy(self._leave)

    def show_progress(self) -> None:
        """Say that a backup is being made, from the beginning."""
        self._title.setText(_("Making today's backup…"))
        self._words.setText(
            _("Everything is saved. The window closes by itself as soon as the backup is made and proven whole.")
        )
        self.meter.setValue(0)
        self._show_state(is_failed=False)
        self.bar.clear()
        self._name_leave(_("Close without it"))

    def show_stopping(self) -> None:
        """Say that it is being stopped."""
        self._title.setText(_("Closing…"))
        self._leave.setEnabled(False)

    def show_failure(self, words: str, *, has_made: bool = False, is_gone: bool = False) -> None:
        """Say why there is no backup, or where there is none; what is safe stands beside it, or that nothing is any more."""
        self._title.setText(_("One backup was made, another was not") if has_made else _("No backup was made"))
        safe = _("Everything is saved, and earlier backups are as they were.")
        gone = _(
            "The practice is no longer where it was opened. If its folder was moved, what you wrote is in it; if it was "
            "deleted, it is lost when this window closes. Put the folder back in its place, then try again."
        )
        self._words.setText(gone if is_gone else safe)
        self._show_state(is_failed=True)
        self.bar.say(_("The backup failed"), words, tone="caution", can_close=False)
        self._name_leave(_("Close anyway"))
        self._again.setFocus()

    def _show_state(self, *, is_failed: bool) -> None:
        self.meter.setVisible(not is_failed)
        self._again.setVisible(is_failed)
        self._leave.setEnabled(True)

    def _name_leave(self, words: str) -> None:
        self._leave.setText(words)
        self._leave.setAccessibleName(words)
