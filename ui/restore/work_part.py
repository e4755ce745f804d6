"""How far a long piece of work is, with a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui.widgets.buttons import outlined
from ui.widgets.labels import label
from ui.widgets.naming import named


class WorkPart(QWidget):
    """Words, a meter and *Stop*. `stop_asked` once it is pressed."""

    stop_asked = Signal()

    def __init__(self, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._words = label("", self, name=f"{name}_words", wraps=True)
        self.meter = named(QProgressBar(self), f"{name}_meter", _("How far it is"))
        self.meter.setTextVisible(False)
        self._stop = outlined(_("Stop"), self, name=f"{name}_stop")
        self._stop.clicked.connect(self._on_stop)
        column.addWidget(self._words)
        column.addWidget(self.meter)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._stop)
        column.addLayout(row)
        self.setFocusProxy(self._stop)

    def begin(self, words: str) -> None:
        """Show a work from its beginning."""
        self._words.setText(words)
        self.meter.setValue(0)
        self._stop.setEnabled(True)

    def show_progress(self, percent: int) -> None:
        """Show how far it is."""
        self.meter.setValue(percent)

    def _on_stop(self) -> None:
        self._stop.setEnabled(False)
        self._words.setText(_("Stopping…"))
        self.stop_asked.emit()
