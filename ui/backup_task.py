"""Work on backups, on a thread of its own: it tells how far it is, it can be stopped, and nobody need wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ipt_desktop.domain.errors import Cancelled
from ipt_desktop.services.progress import Progress
from ui.background import Task


class BackupTask(Task):
    """Like any task, but the process does not wait for its thread: a disk that answers no more must not hold the window."""

    progressed = Signal(int)  # per cent

    def __init__(self, work: Callable[[Progress], object], parent: QObject) -> None:
        super().__init__(self._do, parent)
        self._order = work
        self._is_stopped = threading.Event()
        self._percent = -1

    def start(self) -> None:
        """Begin; connect `done`, `failed` and `progressed` before."""
        threading.Thread(target=self._run, name="backup", daemon=True).start()

    def stop(self) -> None:
        """Stop at the next chance; then `failed` carries Cancelled."""
        self._is_stopped.set()

    def _do(self) -> object:
        return self._order(self._tell)

    def _tell(self, share: float) -> None:
        if self._is_stopped.is_set():
            raise Cancelled
        percent = int(share * 100)
        if percent != self._percent:
            self._percent = percent
            try:
                self.progressed.emit(percent)
            except RuntimeError as error:  # the window went away in the meantime
                raise Cancelled from error
