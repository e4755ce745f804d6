"""What asking about risk has found, as a level in words: never a light, and never that there is none of it.

Of each kind of risk the latest entry where it was asked counts; one that says *unchanged* and no more stands for the words
before it. A level is open until the therapist has reviewed its latest entry, unless asking found none.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.records import new_id, now
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry, RiskKind, risk_id_of
from ipt_desktop.domain.text import _, marked

KIND_WORDS = {
    RiskKind.SUICIDE: marked("Suicide"),
    RiskKind.SELF_HARM: marked("Self-harm"),
    RiskKind.HARM_TO_OTHERS: marked("Harm to others"),
    RiskKind.SAFEGUARDING_CHILD: marked("Child safeguarding"),
    RiskKind.SAFEGUARDING_ADULT: marked("Adult safeguarding"),
    RiskKind.DOMESTIC_ABUSE: marked("Domestic abuse"),
    RiskKind.DUTY_TO_REPORT: marked("Duty to report"),
}
ASKED_WORDS = {
    RiskAsked.NOT_ASKED: marked("Not asked"),
    RiskAsked.NONE: marked("Asked: none"),
    RiskAsked.UNCHANGED: marked("Asked: unchanged"),
    RiskAsked.CHANGED: marked("Asked: changed"),
}
SHORTEST_CUT, LONGEST_LEVEL = 12, 30
"""Letters: a level is cut to this where there is little room for it, at the end of a word."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found when risk was last asked, on the day; `words` are "" where none was found, or nothing was said of it."""

    on: date
    words: str
    is_none: bool = False

    @property
    def told(self) -> str:
        """The words as they stand within a sentence."""
        return _("none") if self.is_none else sentence(self.words) or _("changed")


def last_found(asked: Iterable[tuple[date, str, str]]) -> Found | None:
    """Return what was found last; None where it was never asked. `asked` are (day, how it was asked, words), latest first."""
    asked_on: date | None = None
    for on, how, words in asked:
        if how in ("", RiskAsked.NOT_ASKED):
            continue
        asked_on = asked_on or on
        if how == RiskAsked.NONE:
            return Found(asked_on, "", is_none=True)
        if words.strip() or how == RiskAsked.CHANGED:
            return Found(asked_on, words.strip())
    return Found(asked_on, "") if asked_on else None


@dataclass(frozen=True, slots=True)
class RiskLevel:
    """Where one kind of risk stands: its latest entry, and what was found when it was last asked about."""

    entry: RiskEntry
    found: Found | None

    @property
    def kind(self) -> RiskKind:
        """What it is about."""
        return self.entry.kind

    @property
    def is_found(self) -> bool:
        """Whether asking found anything."""
        return self.found is not None and not self.found.is_none

    @property
    def is_asked(self) -> bool:
        """Whether the latest entry says that it was asked; one that does not is still to be asked about."""
        return self.entry.asked != RiskAsked.NOT_ASKED

    @property
    def is_open(self) -> bool:
        """Whether it is to be reviewed."""
        return self.entry.reviewed_on is None and (self.is_found or not self.is_asked)

    @property
    def words(self) -> str:
        """The level in a few words: "Passive ideation", "None", "To review"."""
        if not self.is_asked and self.is_open:
            return _("To review")
        if self.found is None:
            return _("Not asked")
        words = self.found.told
        return shortened(words[:1].upper() + words[1:])

    def asked_words(self, today: date) -> str:
        """Return "asked 17 Nov", or that it was not asked."""
        if self.found is None:
            return _("not asked")
        asked = _("asked {day}").format(day=day_of(self.found.on, today))
        return asked if self.is_asked else _("not asked; {asked}").format(asked=asked)


def levels(entries: Iterable[RiskEntry]) -> list[RiskLevel]:
    """Return where each kind of risk stands, in whatever order the entries come.

    First what is to be reviewed, then what was found, then the others; of several the latest.
    """
    by_kind: defaultdict[RiskKind, list[RiskEntry]] = defaultdict(list)
    for entry in in_order(entries):
        by_kind[entry.kind].append(entry)
    found = [RiskLevel(own[0], last_found((each.on, each.asked, each.words) for each in own)) for own in by_kind.values()]
    latest_first = sorted(found, key=lambda each: (each.entry.on, each.entry.created_at), reverse=True)
    return sorted(latest_first, key=lambda each: (not each.is_open, not each.is_found))


def is_still_to_ask(standing: Sequence[RiskLevel]) -> bool:
    """Whether what stands first (of `levels`) was told of and not asked about yet."""
    return bool(standing) and standing[0].is_open and not standing[0].is_asked


def risk_in_table(standing: Sequence[RiskLevel], today: date) -> str:
    """Return what stands first with the day it was asked: "Passive ideation · 17 Nov"; "" where risk was never told of."""
    if not standing:
        return ""
    first = standing[0]
    asked = _("not asked") if not first.is_asked or first.found is None else day_of(first.found.on, today)
    return f"{first.words} · {asked}"


def risk_order(standing: Sequence[RiskLevel]) -> tuple[int, int]:
    """Return what puts clients in order: to review, found, asked about, never; of the same, the latest first."""
    if not standing:
        return 3, 0
    first = standing[0]
    return (0 if first.is_open else 1 if first.is_found else 2), -first.entry.on.toordinal()


def in_order(entries: Iterable[RiskEntry]) -> list[RiskEntry]:
    """Return entries newest first."""
    return sorted(entries, key=lambda each: (each.on, each.created_at, each.id), reverse=True)


def is_of_note(entry: RiskEntry) -> bool:
    """Whether a session's note made the entry: what was asked, the words and the action then stand in that note."""
    return entry.session_id is not None and entry.id == risk_id_of(entry.session_id)


def asked_again(entry: RiskEntry, found: Found | None, today: date, *, course_id: str | None = None) -> RiskEntry:
    """Return a new entry of today: asked again, unchanged, with the words it stood for. Who was told is not repeated."""
    asked = RiskAsked.NONE if found is not None and found.is_none else RiskAsked.UNCHANGED
    words = found.words if found is not None else ""
    return replace(
        entry,
        id=new_id(),
        course_id=course_id,
        session_id=None,
        on=today,
        asked=asked,
        words=words,
        told="",
        told_on=None,
        action="",
        reviewed_on=None,
        created_at=now(),
    )


def entry_words(entry: RiskEntry, found: Found | None) -> str:
    """Return an entry as its line of the time line says it, in the words it stands for."""
    if entry.asked == RiskAsked.NOT_ASKED or found is None:
        return _("Not asked")
    return found.told[:1].upper() + found.told[1:]


def means_words(entry: RiskEntry) -> str:
    """Return the means of an entry with who restricted them: "means: tablets at home; restricted by Karin"."""
    means, whom = entry.means.strip().rstrip("."), entry.restricted_by.strip().rstrip(".")
    parts = (
        _("means: {means}").format(means=means) if means else "",
        _("restricted by {whom}").format(whom=whom) if whom else "",
    )
    return "; ".join(part for part in parts if part)


def sentence(words: str) -> str:
    """Return the first sentence of what was written, as it stands within another one."""
    first = words.split(". ")[0].split("\n")[0].strip().rstrip(".")
    return first[:1].lower() + first[1:] if first[1:2].islower() else first  # an abbreviation stays as it is


def shortened(words: str) -> str:
    """Return a level where there is little room: up to a colon or semicolon, and no more than a few words of it."""
    for sign in (":", ";"):
        words = words.split(f"{sign} ")[0]
    if len(words) <= LONGEST_LEVEL:
        return words
    cut = words.rfind(" ", SHORTEST_CUT, LONGEST_LEVEL)
    return f"{words[: cut if cut > 0 else LONGEST_LEVEL].rstrip(',')}…"


def day_of(day: date, today: date) -> str:
    """Return "17 Nov", with its year where that is not this one."""
    return short_date(day) if day.year == today.year else f"{short_date(day)} {day.year}"
