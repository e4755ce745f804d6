"""A button whose work takes a while: while it runs, its place is taken by words, a meter and *Cancel*."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from ipt_desktop.domain.text import _
from ipt_desktop.services.progress import Progress
from ui.backup_task import BackupTask
from ui.widgets.buttons import Button, outlined
from ui.widgets.labels import label


class WorkLine(QWidget):
    """`asked` when the button is pressed: then `run` the work. `done` and `failed` carry what came of it; `ended` follows."""

    asked = Signal()
    done = Signal(object)
    failed = Signal(object)
    begun = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget, *, name: str, words: str, busy_words: str, kind: str = "outlined") -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_line")
        self._task: BackupTask | None = None
        self.button = Button(words, self, kind=kind, name=name, role="on_accent" if kind == "primary" else "text")
        self._words = label(busy_words, self, name=f"{name}_busy")
        self.meter = QProgressBar(self)
        self.meter.setObjectName(f"{name}_meter")
        self.meter.setAccessibleName(busy_words)
        self.meter.setTextVisible(False)
        self.meter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.cancel = outlined(_("Cancel"), self, name=f"{name}_cancel")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.button)
        row.addWidget(self._words)
        row.addWidget(self.meter, 1)
        row.addWidget(self.cancel)
        row.addStretch(0)
        self.button.clicked.connect(self.asked)
        self.cancel.clicked.connect(self.stop)
        self._show_state()

    @property
    def is_at_work(self) -> bool:
        """Whether something is under way."""
        return self._task is not None

    def run(self, work: Callable[[Progress], object]) -> None:
        """Begin the work; a second one waits for no first: it is not begun."""
        if self._task is not None:
            return
        self.meter.setValue(0)
        self._task = BackupTask(work, self)
        self._task.progressed.connect(self.meter.setValue)
        self._task.done.connect(self._on_done)
        self._task.failed.connect(self._on_failed)
        self._task.start()
        self._show_state()
        self.begun.emit()

    def stop(self) -> None:
        """Stop what is under way at the next chance."""
        if self._task is not None:
            self._task.stop()
            self.cancel.setEnabled(False)

    def _on_done(self, result: object) -> None:
        self._end()
        self.done.emit(result)
        self.ended.emit()

    def _on_failed(self, error: object) -> None:
        self._end()
        self.failed.emit(error)
        self.ended.emit()

    def _end(self) -> None:
        had_focus = self.cancel.hasFocus()
        self._task = None
        self._show_state()
        if had_focus:
            self.button.setFocus()

    def _show_state(self) -> None:
        is_busy = self._task is not None
        has_focus = self.button.hasFocus()
        for part in (self._words, self.meter, self.cancel):
            part.setVisible(is_busy)
        self.button.setVisible(not is_busy)
        self.cancel.setEnabled(is_busy)
        if is_busy and has_focus:
            self.cancel.setFocus()
