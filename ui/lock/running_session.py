"""The session that is being held now, as far as the program can know."""

from collections.abc import Callable
from time import monotonic

USUAL_MINUTES = 50
GRACE_MINUTES = 10  # sessions run over, and the note is finished while the client puts on the coat


class RunningSession:
    """Begun by *Start session*; over after the course's minutes and ten more, or when the practice is locked."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._ends_at = clock()

    def begin(self, minutes: int = USUAL_MINUTES) -> None:
        """Begin a session of so many minutes."""
        self._ends_at = self._clock() + (minutes + GRACE_MINUTES) * 60

    @property
    def is_running(self) -> bool:
        """Whether a session is being held."""
        return self._clock() < self._ends_at
