"""The time zone of this computer, as a signature names it."""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from ipt_desktop.domain.signing import zone_words

_LINK = Path("/etc/localtime")


def zone_at(at: datetime) -> str:
    """Return this computer's zone at an instant: "Europe/London, UTC+01:00"; the offset alone where it has no name."""
    local = at.astimezone()
    return zone_words(_name() or local.tzname() or "", local)


def _name() -> str:
    """Return the zone's name in the time zone database, "" where the system does not tell."""
    named = os.environ.get("TZ", "").removeprefix(":")
    if named and "/" in named and not named.startswith("/"):
        return named
    with suppress(OSError, ValueError):
        return _LINK.readlink().as_posix().partition("zoneinfo/")[2]
    return ""
