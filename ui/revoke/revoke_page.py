"""While a practice gets its new key: how far it is, then the new sheet, which must be at hand before the key counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from ipt_desktop.domain.text import _
from ui.start.entrance import Entrance
from ui.widgets.buttons import link
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Practice
    from ui.start.recovery_step import RecoveryStep

STEPS = 1000


class WorkPage(Entrance):
    """How far the work is; `stopped` when it is not wanted any more."""

    stopped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="revoke_work")
        self.card.addWidget(label(_("A new key for the practice"), self, kind="title", name="revoke_title"))
        self.words = label("", self, tone="text_soft", name="revoke_words", wraps=True)
        self.card.addWidget(self.words)
        self.progress = QProgressBar(self)
        self.progress.setObjectName("revoke_progress")
        self.progress.setAccessibleName(_("How far it is"))
        self.progress.setRange(0, STEPS)
        self.progress.setTextVisible(False)
        self.card.addWidget(self.progress)
        self._stop = link(_("Stop; keep the old key"), self, name="revoke_stop")
        self._stop.clicked.connect(self.stopped)
        self.card.addWidget(self._stop)
        self.setFocusProxy(self._stop)

    def say(self, words: str, *, can_stop: bool) -> None:
        """Say what is done now, and whether it can be stopped."""
        self.words.setText(words)
        self._stop.setVisible(can_stop)


class RevokePage(QStackedWidget):
    """The two, one after the other. `confirmed` once a group of the new sheet was typed back, `stopped` before that."""

    confirmed = Signal()
    given_out = Signal(str)
    stopped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("revoke_page")
        self.work = WorkPage(self)
        self.work.say(
            _("A copy of everything is encrypted with the new key and compared. The practice itself is not touched yet."),
            can_stop=True,
        )
        self.work.stopped.connect(self.stopped)
        self.sheet: RecoveryStep | None = None
        self.addWidget(self.work)
        self.setFocusProxy(self.work)

    def show_share(self, share: float) -> None:
        """Show how far it is, 0 to 1."""
        self.work.progress.setValue(round(share * STEPS))

    def show_sheet(self, code: str, practice: Practice) -> None:
        """Show the new sheet until a group of it was typed back."""
        from ipt_desktop.services.recovery_code import is_group
        from ui.start.recovery_step import RecoveryStep

        self.sheet = RecoveryStep(
            code, practice, lambda group, typed: is_group(code, group, typed), self, stop=_("Stop; keep the old key and sheet")
        )
        self.sheet.confirmed.connect(self.confirmed)
        self.sheet.stopped.connect(self.stopped)
        self.sheet.given_out.connect(self.given_out)
        self.addWidget(self.sheet)
        self.setCurrentWidget(self.sheet)
        self.sheet.setFocus()

    def show_end(self, words: str) -> None:
        """Show the last moment, in which nothing can be stopped."""
        self.forget()
        self.work.say(words, can_stop=False)
        self.setCurrentWidget(self.work)

    def forget(self) -> None:
        """Let go of the sheet."""
        if self.sheet is not None:
            self.sheet.forget()
            self.removeWidget(self.sheet)
            self.sheet.deleteLater()
            self.sheet = None
