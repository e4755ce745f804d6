"""How a practice is kept safe: when it locks, when it asks again, where its backups go, and whose law it follows.

The defaults are those of `PracticeSettings`. What is out of its bounds counts as not set.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

MINUTES = (1, 240)
HOURS = (1, 168)
SESSIONS = (1, 52)


class Jurisdiction(StrEnum):
    """Whose law says what a client may ask to see."""

    US = "us"
    UK = "uk"
    EU = "eu"


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeSettings:
    """The settings of one practice.

    Minutes: `lock_after` of rest, `lock_in_session_after` of rest while a session runs, `ask_again_after` an unlock before
    something leaves or goes for good. `cover_pin` is a salted hash, "" where none is set. No folder for backups means the
    practice's own. `has_recovery_sheet` tells that the sheet in force has once been at hand.
    `earlier_ids` are those the practice had before each revocation, which its older backups bear. `note_form` is the key of the
    form a new note takes, "" the IPT session note. `keeps_drafts`: the earlier drafts of a note stay when it is signed.
    `spelling` names the languages of the spell-check ("en_US"), none switches it off; `country` (ISO 3166, "us") is that of
    the crisis lines and of the seasons. `code_system` is the system that diagnosis codes are of ("ICD-10-CM", "ICD-11"). A
    course gives `measures` at intake and every `measured_every` sessions unless it settles otherwise; `rule_set` says what
    change counts.
    """

    lock_after: int = 5
    lock_in_session_after: int = 20
    ask_again_after: int = 15
    blurs_when_inactive: bool = False
    cover_pin: str = ""
    hides_from_capture: bool = True
    backup_folders: tuple[str, ...] = ()
    backup_every_hours: int = 4
    jurisdiction: Jurisdiction = Jurisdiction.US
    earlier_ids: tuple[str, ...] = ()
    has_recovery_sheet: bool = False
    note_form: str = ""
    keeps_drafts: bool = True
    spelling: tuple[str, ...] = ("en_US",)
    country: str = "us"
    code_system: str = "ICD-10-CM"
    measures: tuple[str, ...] = ("phq-9", "gad-7")
    measured_every: int = 4
    rule_set: str = "nhs-talking-therapies"


NAMES = frozenset(each.name for each in fields(PracticeSettings))
_BOUNDS = {
    "lock_after": MINUTES,
    "lock_in_session_after": MINUTES,
    "ask_again_after": MINUTES,
    "backup_every_hours": HOURS,
    "measured_every": SESSIONS,
}


def settings_from(kept: Mapping[str, Any]) -> PracticeSettings:
    """Return the settings that these JSON values give; what is unknown or out of bounds is left at its default."""
    return PracticeSettings(
        **{name: _value(name, value) for name, value in kept.items() if name in NAMES and is_sound(name, value)}
    )


def is_sound(name: str, value: Any) -> bool:
    """Whether a setting may have this value (as JSON has it, or as the record does)."""
    default = getattr(PracticeSettings(), name)
    if isinstance(default, bool):
        return isinstance(value, bool)
    if isinstance(default, int):
        least, most = _BOUNDS[name]
        return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    if isinstance(default, tuple):
        return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
    if isinstance(default, StrEnum):
        return value in list(type(default))
    return isinstance(value, str)


def _value(name: str, value: Any) -> Any:
    default = getattr(PracticeSettings(), name)
    if isinstance(default, tuple):
        return tuple(value)
    return type(default)(value) if isinstance(default, StrEnum) else value
