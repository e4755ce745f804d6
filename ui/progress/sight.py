"""What of the axis is in sight: how long a day is drawn, and which day stands at the left edge."""

from datetime import date, timedelta

from ipt_desktop.domain.timeline_axis import LEAST_DAYS, MOST_DAYS
from ipt_desktop.domain.told_when import Days

ROOM = 0.5
"""How far beyond all that is there one can go, as a share of what is in sight."""


class Sight:
    """A part of an axis. `day` is the length of a day, `left` how far its left edge is from where the axis begins.

    All lengths are in picture units; `width` is that of what is in sight.
    """

    def __init__(self) -> None:
        self.width = 600.0
        self.day = 1.0
        self.left = 0.0
        self.days: Days = (date.today(), date.today())
        self._window: Days | None = None
        self._all: Days = self.days

    @property
    def whole(self) -> float:
        """How long the axis is."""
        return ((self.days[1] - self.days[0]).days + 1) * self.day

    @property
    def shown(self) -> Days:
        """The first and the last day in sight."""
        first = self.days[0] + timedelta(days=int(self.left / self.day))
        return first, first + timedelta(days=int(self.width / self.day))

    @property
    def is_window(self) -> bool:
        """Whether a window is in sight just as it was asked for."""
        return self._window is not None

    def show_window(self, window: Days, everything: Days) -> None:
        """Fit these days into the width; `everything` is what can be gone to."""
        self._window, self._all = window, everything
        self._fit(window)

    def resize(self, width: float) -> None:
        """Take another width: a window is fitted anew, else the same days stay at the left."""
        self.width = max(width, 1.0)
        if self._window is not None:
            self._fit(self._window)
        else:
            self._zoom_to(self.day, self.shown[0], 0.0)

    def pan(self, by: float) -> bool:
        """Go so far to the right; return whether anything moved."""
        before = self.left
        self.left = min(max(self.left + by, 0.0), max(0.0, self.whole - self.width))
        if self.left != before:
            self._window = None
        return self.left != before

    def zoom(self, factor: float, at: float) -> None:
        """Draw days longer or shorter; the day `at` units from the left edge stays where it is."""
        day = self.width / min(max(self.width / (self.day * factor), LEAST_DAYS), MOST_DAYS)
        if abs(day - self.day) > 1e-9:
            stays = self.days[0] + timedelta(days=int((self.left + at) / self.day))
            self._window = None
            self._zoom_to(day, stays, at)

    def bring(self, left: float, right: float) -> None:
        """Bring a part of the axis into sight, with a little of what is beside it."""
        room = self.width * 0.08
        if left < self.left + room / 2:
            self.pan(left - room - self.left)
        elif right > self.left + self.width - room / 2:
            self.pan(right + room - self.left - self.width)

    def _fit(self, window: Days) -> None:
        self.day = self.width / ((window[1] - window[0]).days + 1)
        self._reach()
        self.left = (window[0] - self.days[0]).days * self.day

    def _zoom_to(self, day: float, stays: date, at: float) -> None:
        self.day = day
        self._reach()
        place = (stays - self.days[0]).days * day - at
        self.left = min(max(place, 0.0), max(0.0, self.whole - self.width))

    def _reach(self) -> None:
        """Let the axis reach from before all that is there to after it."""
        more = int(self.width / self.day * ROOM) + 1
        first, last = self._all
        if self._window is not None:
            first, last = min(first, self._window[0]), max(last, self._window[1])
        floor, ceiling = date.min.toordinal() + 366, date.max.toordinal() - 366
        self.days = (
            date.fromordinal(max(first.toordinal() - more, floor)),
            date.fromordinal(min(last.toordinal() + more, ceiling)),
        )
