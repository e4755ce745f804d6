"""How far the pages are that take longer than a moment, and the way to stop them."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from ipt_desktop.domain.text import _
from ui.widgets.buttons import link
from ui.widgets.labels import label
from ui.widgets.naming import named

PATIENCE_MS = 1000


class MakingBar(QFrame):
    """Comes after a second. `cancelled` when it is stopped, `shown` when it comes or goes."""

    cancelled = Signal()
    shown = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("report_making")
        self.setProperty("role", "bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        self._words = label("", self, kind="label", name="report_making_words")
        self._bar = named(QProgressBar(self), "report_making_bar", _("How far the pages are"))
        self._bar.setRange(0, 100)
        self._bar.setTextVisible(False)
        self._stop = link(_("Stop"), self, name="report_making_stop", is_flush=True)
        self._stop.clicked.connect(self.cancelled)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self._stop)
        self._since = QElapsedTimer()
        self.hide()

    def begin(self) -> None:
        """Begin to wait."""
        self._since.start()

    def tell(self, share: float, words: str = "") -> None:
        """Tell the share that is done, 0 to 1."""
        if not self._since.isValid():
            self._since.start()
        self._words.setText(words or _("Setting the pages…"))
        self._bar.setValue(round(100 * share))
        if self.isHidden() and self._since.elapsed() >= PATIENCE_MS:
            self.show()
            self.shown.emit(True)

    def end(self) -> None:
        """Wait no more: it is done, or was given up."""
        self._since.invalidate()
        if not self.isHidden():
            self.hide()
            self.shown.emit(False)
