"""Who watches over a practice that is open behind a door: the sheet has opened it, and nobody has come in yet."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence

from ui.lock.cause import Cause, why
from ui.lock.clock_gap import ClockGap
from ui.lock.guard import LOOK_EVERY_MS, Clocks
from ui.lock.rest import Rest
from ui.lock.system import SystemEvents

LOCKS = QKeySequence("Ctrl+L")


class DoorWatch(QObject):
    """`over` says every two seconds that it is to be locked, with the cause and why in a sentence, until `leave`.

    What would lock an open practice does it here: `minutes` of rest, Ctrl+L, what the system tells, a gap in the clocks.
    """

    over = Signal(str, str)

    def __init__(self, parent: QObject, minutes: int) -> None:
        super().__init__(parent)
        clocks = Clocks()
        self._minutes = minutes
        self._cause, self._why = "", ""
        self._rest = Rest(self, clocks.steady)
        self._rest.pressed.connect(self._on_pressed)
        self._gap = ClockGap(clocks.steady, clocks.wall)
        self._system = SystemEvents(self)
        self._system.locked_by.connect(lambda cause: self._lock(Cause(cause)))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY_MS)

    def look(self) -> None:
        """See whether it is time to lock."""
        self._rest.listen()
        cause = self._gap.look()
        if cause is None and self._rest.seconds >= self._minutes * 60:
            cause = Cause.REST
        if cause is not None:
            self._lock(cause)
        else:
            self._tell()

    def _lock(self, cause: Cause) -> None:
        self._cause, self._why = cause.value, why(cause, self._minutes)
        self._tell()

    def _tell(self) -> None:
        if self._cause:
            self.over.emit(self._cause, self._why)

    def _on_pressed(self, keys: QKeySequence) -> None:
        if keys == LOCKS:
            self._cause, self._why = "asked", ""
            QTimer.singleShot(0, self, self._tell)  # once whoever has the keyboard is done with the key

    def leave(self) -> None:
        """Watch no more: somebody has come in, or it is closed."""
        self._timer.stop()
        self._system.leave()
        self.deleteLater()
