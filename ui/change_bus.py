"""The one road by which views learn that something was stored."""

from threading import Lock

from PySide6.QtCore import QObject, Qt, Signal


class ChangeBus(QObject):
    """Re-emits what `services.changes` tells, whichever thread it tells it on, as a queued signal of the window's thread.

    `told` counts what was taken, `heard` what was emitted of it: a view that read everything when `told` was so many need not
    read again for a change of which `heard` is not more than that.
    """

    changed = Signal(object)
    _told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.told = self.heard = 0
        self._gate = Lock()
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    def tell(self, change: object) -> None:
        """Take a change, from any thread."""
        with self._gate:
            self.told += 1
            self._told.emit(change)

    def _on_told(self, change: object) -> None:
        self.heard += 1
        self.changed.emit(change)
