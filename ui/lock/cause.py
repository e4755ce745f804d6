"""Why a practice was locked without anybody asking for it."""

from enum import StrEnum

from ipt_desktop.domain.text import _, ngettext


class Cause(StrEnum):
    """What locked it."""

    REST = "rest"
    SLEEP = "sleep"
    SCREEN = "screen"
    SWITCH = "switch"
    END = "end"
    CLOCK = "clock"
    PIN = "pin"


def why(cause: Cause, minutes: int = 0) -> str:
    """Say in a sentence why the practice is locked; after rest, `minutes` of it."""
    if cause is Cause.REST:
        return ngettext("Locked after {count} minute at rest.", "Locked after {count} minutes at rest.", minutes).format(
            count=minutes
        )
    return {
        Cause.SLEEP: _("Locked because the computer was asleep."),
        Cause.SCREEN: _("Locked because the screen was locked."),
        Cause.SWITCH: _("Locked because someone else took over the computer."),
        Cause.END: _("Locked because the computer was shutting down."),
        Cause.CLOCK: _("Locked because the computer’s clock was changed."),
        Cause.PIN: _("Locked after five wrong PINs."),
    }[cause]
