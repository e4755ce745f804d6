"""Whether time went by unseen between two looks at the clocks: the computer slept, or its clock was set back."""

from collections.abc import Callable
from time import monotonic, time

from ui.lock.cause import Cause

GAP_S = 60
Clock = Callable[[], float]


class ClockGap:
    """To be asked every few seconds. Asleep, the steady clock stands still on Linux and macOS and goes on on Windows."""

    def __init__(self, steady: Clock = monotonic, wall: Clock = time) -> None:
        self._steady, self._wall = steady, wall
        self._last = (steady(), wall())

    def look(self) -> Cause | None:
        """Return what more than a minute since the last look means, or None."""
        now = (self._steady(), self._wall())
        steady, wall = now[0] - self._last[0], now[1] - self._last[1]
        self._last = now
        if max(steady, wall) > GAP_S:
            return Cause.SLEEP
        return Cause.CLOCK if wall < -GAP_S else None
