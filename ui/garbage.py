"""Python's garbage, collected on the window's thread alone.

Left to itself, Python looks for garbage on whichever thread happens to need memory: the one that writes, or one that sets
a page. A widget that such a thread frees takes the whole program with it.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class GarbageCollector(QObject):
    """Does what Python's own collector does, when that would, but only here; that one is stopped."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect_what_is_due)
        self._timer.start(EVERY_MS)

    def collect_what_is_due(self) -> None:
        """Collect the oldest generation whose time has come, by Python's own thresholds."""
        due = [
            age for age, (count, limit) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > limit > 0
        ]
        if due:
            gc.collect(due[-1])
