"""What a check of the practice's database came to, and what could be saved out of a damaged one. No clinical word."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ipt_desktop.domain.audit import ChainState


@dataclass(frozen=True, slots=True)
class Readable:
    """How much of a table can still be read: rows that can, and the ids of those that can't.

    `lost` is None where not even the ids can be told any more.
    """

    rows: int
    lost: tuple[str, ...] | None = ()

    @property
    def is_whole(self) -> bool:
        """Whether every row can be read, as far as can be told."""
        return self.lost == ()


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found: pages that are not as they were written, rows that lost what they belong to.

    `damage` and `orphans` are the database's own words, which name pages and tables. `readable` tells, by table, what can
    still be read; it is filled only where there is damage. `unread_saves` of the damage lie in the log and were lost, which
    takes nothing from what the database itself holds. `trail` tells of the audit trail's chain where it was looked through.
    """

    damage: tuple[str, ...] = ()
    orphans: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    readable: Mapping[str, Readable] = field(default_factory=dict)
    unread_saves: int = 0
    trail: ChainState | None = None

    @property
    def has_damaged_pages(self) -> bool:
        """Whether the database itself is damaged, and not just the log beside it."""
        return len(self.damage) > bool(self.unread_saves)

    @property
    def is_sound(self) -> bool:
        """Whether nothing at all was found."""
        return not self.damage and not self.orphans


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was copied out of a damaged database, in rows by table, and what was not.

    `rebuilt` counts stand-ins, by table, for what was lost but is needed by something that was not: a client for notes whose
    client is gone, a note for revisions whose note is gone.
    """

    tables: Mapping[str, Readable]
    rebuilt: Mapping[str, int]

    @property
    def lost(self) -> dict[str, Readable]:
        """The tables of which something is lost."""
        return {name: each for name, each in self.tables.items() if not each.is_whole}
