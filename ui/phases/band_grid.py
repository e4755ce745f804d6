"""Where things stand on the band of a course: a column for the names of the lanes, then one for each session."""

from dataclasses import dataclass

from ui import theme

LANE_NAMES = 118


@dataclass(frozen=True, slots=True)
class BandGrid:
    """The columns of a band so many pixels wide, for so many sessions."""

    width: int
    count: int

    @property
    def names(self) -> float:
        """The width of the lanes' names."""
        return theme.current().px(LANE_NAMES)

    @property
    def column(self) -> float:
        """The width of a session's column."""
        return (self.width - self.names - 4) / max(self.count, 1)

    def left(self, number: int) -> float:
        """Return where the column of a session begins, counted from 1."""
        return self.names + (number - 1) * self.column

    def middle(self, number: int) -> float:
        """Return the middle of a session's column."""
        return self.left(number) + self.column / 2
