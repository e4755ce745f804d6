"""The one road by which views learn that something was stored."""

from PySide6.QtCore import QObject, Qt, Signal


class ChangeBus(QObject):
    """Re-emits what `services.changes` tells, whichever thread it tells it on, as a queued signal of the window's thread."""

    changed = Signal(object)
    _told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    def tell(self, change: object) -> None:
        """Take a change, from any thread."""
        self._told.emit(change)

    def _on_told(self, change: object) -> None:
        self.changed.emit(change)
