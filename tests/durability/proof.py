"""What the fault tests tell of themselves; `dev.py soak` makes the table of docs/durability.md of it."""

from collections.abc import Callable


class Proof:
    """Takes down, for one test, what was tried, with which numbers, and what came out."""

    def __init__(self, take_down: Callable[[str, object], None]) -> None:
        self._take_down = take_down

    def tell(self, fault: str, tried: str, outcome: str) -> None:
        """Add a row; it counts only if the test passes."""
        self._take_down("proof", (fault, tried, outcome))
