"""A clock that the test moves."""


class HandClock:
    """Stands still until `pass_by`."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def pass_by(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let time go by."""
        self.now += minutes * 60 + seconds
