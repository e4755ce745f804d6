"""What is known of a backup without opening it, when the next one is due, and which old ones may go. No clinical word."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

PLAIN = 1  # as every program reads it
WITH_DEFINITIONS = 2  # with the therapist's own
WITH_SIGNATURES = 3  # its manifest tells the last signature
FORMAT = WITH_SIGNATURES  # the newest there is
DEFINITIONS = "definitions"  # the one folder within a backup
# How many are kept of each: the newest of all, and the newest of a day, of a week and of a month.
NEWEST, DAYS, WEEKS, MONTHS = 3, 7, 5, 12

LONGEST_NAME = 200

B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file inside a backup: its size in bytes and the SHA-256 of its bytes, as hex."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: when it was made, of which practice, and how much is in it.

    `counts` gives each table's rows, and under "note" the session notes and free notes. `schema` is the database's revision.
    `mark` is a code over all of it that only the practice's own key can make ("" until it has been made). `audit_head` is the
    last link of the audit trail, its number and its sum: held against a later trail it shows whether that was made anew.
    `signature_head` is the last signature, its number and its mark, for the same reason.
    """

    practice_id: str
    made_at: datetime
    schema: str
    counts: Mapping[str, int]
    files: Mapping[str, HeldFile]
    is_demo: bool = False
    format: int = PLAIN
    mark: str = ""
    audit_head: tuple[int, str] | None = None
    signature_head: tuple[int, str] | None = None

    @property
    def clients(self) -> int:
        """How many clients it holds, archived ones too."""
        return self.counts.get("client", 0)

    @property
    def notes(self) -> int:
        """How many notes it holds."""
        return self.counts.get("note", 0)


def format_for(names: Iterable[str]) -> int:
    """Return the format that a backup with files of these names needs: an older program would refuse what it can't name."""
    return WITH_DEFINITIONS if any("/" in name for name in names) else PLAIN


def is_safe_name(name: str) -> bool:
    """Tell whether a file may be unpacked under this name: a plain one, or one of two folders' depth in the definitions."""
    parts = name.split("/")
    if len(parts) > 1 and (parts[0] != DEFINITIONS or len(parts) != 3 or not name.endswith(".toml")):
        return False
    return all(
        part and len(part) <= LONGEST_NAME and not part.startswith(".") and not set(part) & set("\\:\0") for part in parts
    )


def is_due(last: datetime | None, now: datetime, has_changed: bool, every: timedelta) -> bool:
    """Tell whether an automatic backup is to be made: something changed, and the last one is old enough.

    One that seems to come from the future (the clock was set back) counts as old.
    """
    return has_changed and (last is None or last > now or now - last >= every)


def thinned(backups: Iterable[B], made_at: Callable[[B], datetime]) -> list[B]:
    """Return those that may go, oldest first: all but the newest three, and the newest of 7 days, 5 weeks and 12 months.

    Days, weeks and months without any backup do not count, so a long holiday takes nothing away.
    """
    newest_first = sorted(backups, key=made_at, reverse=True)
    kept = {id(each) for each in newest_first[:NEWEST]}
    for period, limit in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        newest_of: dict[tuple[int, ...], B] = {}
        for backup in newest_first:
            newest_of.setdefault(period(made_at(backup).astimezone().date()), backup)
        kept |= {id(each) for each in list(newest_of.values())[:limit]}
    return [each for each in reversed(newest_first) if id(each) not in kept]


def _day(on: date) -> tuple[int, ...]:
    return (on.toordinal(),)


def _week(on: date) -> tuple[int, ...]:
    return on.isocalendar()[:2]


def _month(on: date) -> tuple[int, ...]:
    return (on.year, on.month)
