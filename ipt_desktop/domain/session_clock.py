"""The clock of a session that is running: how long it has lasted, how much is left, and the quiet mark near its end."""

from datetime import datetime

from ipt_desktop.domain.text import _

LAST_MINUTES = 5
DAY = 24 * 60 * 60


def seconds_since(begun_at: datetime, now: datetime) -> int:
    """Return how long a session has lasted, in whole seconds; never below 0, should a clock have been put back."""
    return max(0, int((now - begun_at).total_seconds()))


def clock_words(seconds: int) -> str:
    """Return "31:40", after a hundred minutes still in minutes; beyond a day only that it is more."""
    if seconds >= DAY:
        return _("over a day")
    return f"{seconds // 60:02}:{seconds % 60:02}"


def mark_words(seconds: int, minutes: int) -> str:
    """Return "of 50 min" or, in the last five minutes, how many are left: "4 min left"."""
    left = minutes * 60 - seconds
    if 0 < left <= LAST_MINUTES * 60:
        return _("{count} min left").format(count=-(-left // 60))
    return _("of {count} min").format(count=minutes)


def is_near_end(seconds: int, minutes: int) -> bool:
    """Whether the session is in its last five minutes."""
    return 0 < minutes * 60 - seconds <= LAST_MINUTES * 60


def share_over(seconds: int, minutes: int) -> float:
    """Return how much of the time agreed is over, from 0 to 1."""
    return min(1.0, seconds / (minutes * 60)) if minutes > 0 else 1.0
