"""The session that is being held now, as far as the program can know."""

from collections.abc import Callable
from time import monotonic

USUAL_MINUTES = 50
GRACE_MINUTES = 10  # sessions run over, and the note is finished while the client puts on the coat


class RunningSession:
    """Follows the stored running session (`ui.room.mode`): over once that ends, else after the course's minutes and ten more.

    One that was forgotten, or found after a crash hours later, is no reason not to lock.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._ends_at = clock()

    def begin(self, minutes: int = USUAL_MINUTES, *, seconds_ago: float = 0) -> None:
        """Take a session of so many minutes as begun, now or so many seconds ago."""
        self._ends_at = self._clock() + (minutes + GRACE_MINUTES) * 60 - seconds_ago

    def end(self) -> None:
        """Take it as over."""
        self._ends_at = self._clock()

    @property
    def is_running(self) -> bool:
        """Whether a session is being held."""
        return self._clock() < self._ends_at
