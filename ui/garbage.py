"""Python's garbage, collected on the window's thread alone.

Left to itself, Python looks for garbage on whichever thread happens to need memory: the one that writes, or one that sets
a page. A widget that such a thread frees takes the whole program with it. So does one that Python takes apart while Qt, which
has yet to delete its parent, still tells it of a new theme.
"""

import gc

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer

EVERY_MS = 1000


class GarbageCollector(QObject):
    """Does what Python's own collector does, when that would, but only here; that one is stopped."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer)
        self._timer.start(EVERY_MS)

    def _on_timer(self) -> None:
        if QThread.currentThread().loopLevel() <= 1:  # within a menu or a drag, Qt can't delete yet what was let go before
            collect_what_is_due()


def collect_what_is_due() -> None:
    """Let Qt delete what waits for it, then collect the oldest generation whose time has come, by Python's own thresholds."""
    due = [age for age, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > limit > 0]
    if due:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect(due[-1])
