"""Backups as witnesses of the audit trail: each names the last entry there was when it was made, by its number and its sum.

Whoever holds the practice's key can make the whole chain anew, but not the backups that lie elsewhere. A restore lets a trail
go on from an earlier point, so what later backups saw is rightly not in it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.text import _, ngettext

FORKS = ("restore", "salvage")


@dataclass(frozen=True, slots=True)
class Witness:
    """What a backup says of the trail: when the backup was made, and the last entry then, by number and sum."""

    made_at: datetime
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Fork:
    """An entry from which the trail goes on where it was before: a restore or a recovery, and the backup it came from."""

    number: int
    at: datetime
    from_backup: datetime | None = None  # None for what was recovered

    def excuses(self, witness: Witness) -> bool:
        """Tell whether the trail went on without what this backup saw."""
        if self.from_backup is None:
            return witness.made_at <= self.at and witness.number >= self.number
        return self.from_backup < witness.made_at <= self.at


@dataclass(frozen=True, slots=True)
class Testimony:
    """What the backups say of the trail: those that agree, those from before a fork, and those that contradict."""

    agreeing: tuple[Witness, ...] = ()
    apart: tuple[tuple[Witness, Fork], ...] = ()
    contradicting: tuple[Witness, ...] = ()

    def faults_in_words(self) -> list[str]:
        """Return a sentence for what contradicts the trail, the earliest backup named."""
        if not self.contradicting:
            return []
        first, others = self.contradicting[0], len(self.contradicting) - 1
        said = _(
            "The trail was replaced since the backup of {when}: its entry {number} is not the one that the backup names. "
            "Unless that backup was made of another copy of this practice, someone made the trail anew."
        )
        told = [said.format(when=_instant(first.made_at), number=first.number)]
        if others:
            words = ngettext("{count} later backup says so, too.", "{count} later backups say so, too.", others)
            told.append(words.format(count=others))
        return told

    def in_words(self) -> list[str]:
        """Return sentences for what agrees, and for what is apart and no fault."""
        told = []
        if self.agreeing:
            count = len(self.agreeing)
            words = ngettext(
                "The backup of {when} agrees with it.", "{count} backups agree with it, the newest of {when}.", count
            )
            told.append(words.format(count=count, when=_instant(self.agreeing[-1].made_at)))
        for fork in sorted({fork for _witness, fork in self.apart}, key=lambda each: each.number):
            count = sum(each == fork for _witness, each in self.apart)
            if fork.from_backup is None:
                words = ngettext(
                    "What {count} backup saw is not in this trail since the practice was recovered on {day}, as it must be.",
                    "What {count} backups saw is not in this trail since the practice was recovered on {day}, as it must be.",
                    count,
                )
            else:
                words = ngettext(
                    "What {count} backup saw is not in this trail since the restore of {day}, as it must be.",
                    "What {count} backups saw is not in this trail since the restore of {day}, as it must be.",
                    count,
                )
            told.append(words.format(count=count, day=long_date(fork.at.astimezone().date())))
        if not (self.agreeing or self.apart or self.contradicting):
            told.append(_("There was no backup to hold it against."))
        return told


@dataclass(slots=True)
class Hearing:
    """Picks out of the chain, while it is read, what these witnesses are heard about."""

    witnesses: Sequence[Witness]
    _links: dict[int, Any] = field(default_factory=dict)
    _last: int = 0
    _forks: list[Fork] = field(default_factory=list)

    def passing(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """Yield the rows as they come."""
        asked = {each.number for each in self.witnesses}
        for row in rows:
            if isinstance(row["number"], int):
                self._last = max(self._last, row["number"])
            if row["number"] in asked:
                self._links[row["number"]] = row["hash"]
            if row["operation"] in FORKS and (fork := _fork(row)) is not None:
                self._forks.append(fork)
            yield row

    def result(self) -> Testimony:
        """Return what they say, once all rows have passed; of an entry that is missing nothing but that is said, elsewhere."""
        agreeing: list[Witness] = []
        apart: list[tuple[Witness, Fork]] = []
        contradicting: list[Witness] = []
        for each in sorted(self.witnesses, key=lambda each: each.made_at):
            if self._links.get(each.number) == each.hash:
                agreeing.append(each)
            elif fork := next((fork for fork in self._forks if fork.excuses(each)), None):
                apart.append((each, fork))
            elif each.number in self._links or each.number > self._last:
                contradicting.append(each)
        return Testimony(tuple(agreeing), tuple(apart), tuple(contradicting))


def _fork(row: Mapping[str, Any]) -> Fork | None:
    """Return the fork that a stored row tells of; None where it was tampered with beyond reading."""
    try:
        is_restore = row["operation"] == "restore"
        from_backup = datetime.fromisoformat(json.loads(row["detail"])["made_at"]) if is_restore else None
        fork = Fork(int(row["number"]), datetime.fromisoformat(row["at"]), from_backup)
        if None in (fork.at.tzinfo, from_backup.tzinfo if from_backup else fork.at.tzinfo):
            return None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return fork


def _instant(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
