"""How large pages are shown: as wide as there is room for, or a factor of their size on paper."""

from dataclasses import dataclass

FIT = 0.0
STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Zoom:
    """A factor of the size on paper, or `FIT`."""

    factor: float = FIT

    def width(self, actual: int, room: int) -> int:
        """Return a page's width: `actual` is that at 100 %, `room` what fits."""
        return room if self.factor == FIT else round(actual * self.factor)

    def larger(self, shown: float) -> "Zoom":
        """Return the step above what is shown (as a factor), the largest at most."""
        return Zoom(next((step for step in STEPS if step > shown + 0.01), STEPS[-1]))

    def smaller(self, shown: float) -> "Zoom":
        """Return the step below what is shown (as a factor), the smallest at least."""
        return Zoom(next((step for step in reversed(STEPS) if step < shown - 0.01), STEPS[0]))
