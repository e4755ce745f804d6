"""The audit trail's chain: each entry carries a sum over all its fields and over the entry before, so none changes unnoticed.

Whoever holds the practice's key could make the whole chain anew, which is why its head is also in each backup's manifest. So
the trail detects changes made outside the program, and no more is claimed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ipt_desktop.domain.chain_link import FIRST, hash_of
from ipt_desktop.domain.text import _, marked, ngettext
from ipt_desktop.domain.trail_witness import Hearing, Testimony, Witness

MOST_BREAKS = 20  # that are told one by one


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are asked for. `before` is the number to go on below; the instants are a span whose end is left out."""

    client_id: str | None = None
    operations: frozenset[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


class Fault(StrEnum):
    """What can be wrong with the chain."""

    ALTERED = "altered"
    MISSING = "missing"
    UNLINKED = "unlinked"
    END_ALTERED = "end_altered"


_ONE = {
    Fault.ALTERED: marked("Entry {first} is not what was written."),
    Fault.MISSING: marked("Entry {first} is missing."),
    Fault.UNLINKED: marked("Entry {first} does not follow the one before it: one of the two was written anew."),
    Fault.END_ALTERED: marked("What is kept about the last entry, number {first}, is not what was written."),
}


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain is broken: the first and the last entry concerned, by number."""

    fault: Fault
    first: int
    last: int

    def in_words(self) -> str:
        """Return what is wrong here, as a sentence."""
        if self.fault is Fault.MISSING and self.last > self.first:
            return _("Entries {first} to {last} are missing.").format(first=self.first, last=self.last)
        return _(_ONE[self.fault]).format(first=self.first)


@dataclass(frozen=True, slots=True)
class ChainState:
    """What a look through the whole chain came to: how many entries there are, and where it is broken.

    `breaks` names the first twenty; `more` counts the others. `is_guarded` tells whether the database still refuses to alter
    and remove entries by itself. `head` is the last number and its sum, to hold against a print. `testimony` is what backups
    say of it, None where they were not heard.
    """

    entries: int
    breaks: tuple[Break, ...] = ()
    more: int = 0
    is_guarded: bool = True
    head: tuple[int, str] = (0, FIRST)
    testimony: Testimony | None = None

    @property
    def faults(self) -> int:
        """How much was found."""
        contradicting = self.testimony.contradicting if self.testimony else ()
        return len(self.breaks) + self.more + (not self.is_guarded) + len(contradicting)

    @property
    def is_sound(self) -> bool:
        """Whether nothing at all was found."""
        return not self.faults

    @property
    def first_broken(self) -> int | None:
        """The number of the first entry that is wrong or missing, None where there is none."""
        return self.breaks[0].first if self.breaks else None

    def in_words(self) -> str:
        """Return the result as plain sentences."""
        if self.is_sound:
            heard = self.testimony.in_words() if self.testimony else []
            words = ngettext(
                "The one entry is as it was written, and none is missing.",
                "All {count} entries are as they were written, and none is missing.",
                self.entries,
            )
            return " ".join([words.format(count=f"{self.entries:,}"), *heard])
        contradicted = self.testimony.faults_in_words() if self.testimony else []
        return " ".join([*self._faults_in_words(), *contradicted])

    def _faults_in_words(self) -> list[str]:
        """Return sentences for what is wrong within the database itself; none where nothing is."""
        told = [each.in_words() for each in self.breaks]
        if self.more:
            words = ngettext("{count} more place is broken.", "{count} more places are broken.", self.more)
            told.append(words.format(count=self.more))
        if not self.is_guarded:
            told.append(_("The practice no longer refuses to alter or remove entries: its safeguards were taken out."))
        return [*told, _("It was changed outside this program, or damaged.")] if told else []


def chain_state(
    rows: Iterable[Mapping[str, Any]],
    head: tuple[Any, Any] | None,
    *,
    is_guarded: bool = True,
    witnesses: Sequence[Witness] | None = None,
) -> ChainState:
    """Look through the stored rows of the chain, in the order of their numbers, and hold its end against its head.

    A trail without any entry is broken: a practice is never without its first one. `witnesses` are heard where there are any
    to be asked.
    """
    count, due, previous = 0, 1, FIRST
    breaks: list[Break] = []
    hearing = Hearing(witnesses or ())
    for row in hearing.passing(rows):
        count += 1
        number = row["number"]
        if not isinstance(number, int) or number < due:
            breaks.append(Break(Fault.ALTERED, due, due))
            continue
        if number > due:
            breaks.append(Break(Fault.MISSING, due, number - 1))
        if hash_of(row) != row["hash"]:
            breaks.append(Break(Fault.ALTERED, number, number))
        elif number == due and row["previous"] != previous and not _is_told(breaks, number - 1):
            breaks.append(Break(Fault.UNLINKED, number, number))
        due, previous = number + 1, row["hash"]
    breaks += _breaks_at_end(head, due - 1, previous, breaks)
    testimony = None if witnesses is None else hearing.result()
    told, more = tuple(breaks[:MOST_BREAKS]), max(0, len(breaks) - MOST_BREAKS)
    return ChainState(count, told, more, is_guarded, (due - 1, previous), testimony)


def _is_told(breaks: list[Break], number: int) -> bool:
    """Tell whether this entry is known to be wrong: the one after it then need not be named for not following it."""
    return bool(breaks) and breaks[-1].fault is Fault.ALTERED and breaks[-1].last == number


def _breaks_at_end(head: tuple[Any, Any] | None, last: int, last_hash: str, breaks: list[Break]) -> list[Break]:
    if head is None:
        return [Break(Fault.MISSING, 1, 1)] if not last else [Break(Fault.END_ALTERED, last, last)]
    number, sum_ = head
    if isinstance(number, int) and number > last:
        return [Break(Fault.MISSING, last + 1, number)]
    if number != last or (sum_ != last_hash and not _is_told(breaks, last)):
        return [Break(Fault.END_ALTERED, last, last)]
    return []
