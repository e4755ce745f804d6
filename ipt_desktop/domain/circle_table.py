"""The people of a circle as a table for a spreadsheet: ring words and closeness, now, before and wanted."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ipt_desktop.domain.circle_naming import Cast, Naming
from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.records import ContactHow, Placement, Support
from ipt_desktop.domain.standing import Standing
from ipt_desktop.domain.text import _, marked

CONTACTS = {
    ContactHow.DAILY: marked("daily"),
    ContactHow.WEEKLY: marked("weekly"),
    ContactHow.MONTHLY: marked("monthly"),
    ContactHow.RARELY: marked("rarely"),
    ContactHow.NEVER: marked("never"),
}
_RUN = re.compile(r"(^|[,;|\t\r\n])([\s\"']*)([=+\-@＝＋－＠])")
"""Where a spreadsheet would begin a formula: at a cell's start, or behind a sign that it takes for the next cell's border."""

Rows = list[tuple[str, ...]]


def people_rows(
    standings: Sequence[Standing], cast: Cast, words: RingWords, days: Mapping[str, date], sectors: Mapping[str, str]
) -> Rows:
    """Return the table with its heads, one row a person, as they are called in `cast`.

    Closeness is 1 at the client's edge and 0 at the edge of the outer ring; outside has no number. `days` are the days of
    sittings by id, `sectors` names by id. Support and conflict run from 0 (none) to 3 (much); what was not asked is empty.
    """
    return [_heads(), *(_row(each, cast, words, days, sectors) for each in standings)]


def _heads() -> tuple[str, ...]:
    kinds = (_("emotional"), _("practical"), _("informational"), _("companionship"))
    return (
        _("Person"),
        _("Relation"),
        _("Group"),
        _("Sector"),
        _("Focus of the work"),
        _("Died"),
        _("Now"),
        _("Closeness now"),
        _("Before"),
        _("Closeness before"),
        _("Wanted"),
        _("Closeness wanted"),
        _("Confidant"),
        *(_("Support received: {kind}").format(kind=kind) for kind in kinds),
        *(_("Support wished: {kind}").format(kind=kind) for kind in kinds),
        _("Support given"),
        _("Conflict"),
        _("Contact"),
        _("Date"),
        _("Date before"),
    )


def _row(each: Standing, cast: Cast, words: RingWords, days: Mapping[str, date], sectors: Mapping[str, str]) -> tuple[str, ...]:
    person, now = each.person, each.now
    died = person.died if cast.naming is not Naming.PSEUDONYMS else ""
    return (
        cast.names[person.id],
        cast.relations[person.id],
        _yes(person.is_group),
        cast.hide(sectors.get(person.sector_id or "", "")),
        _yes(person.is_in_focus),
        died or _yes(person.has_died),
        words.of(each.felt),
        _number(each.felt),
        words.of(each.felt_before),
        _number(each.felt_before),
        words.of(each.wanted),
        _number(each.wanted),
        _yes(now is not None and now.is_confidant),
        *_support(now.received if now else Support()),
        *_support(now.wished if now else Support()),
        _level(now.given if now else None),
        _level(now.conflict if now else None),
        _(CONTACTS[now.contact]) if now and now.contact else "",
        _day(now, days),
        _day(each.before, days),
    )


def _support(support: Support) -> tuple[str, ...]:
    return tuple(map(_level, (support.emotional, support.practical, support.informational, support.companionship)))


def _yes(is_so: bool) -> str:
    return _("yes") if is_so else ""


def _level(level: int | None) -> str:
    return "" if level is None else str(level)


def _number(felt: float | None) -> str:
    return "" if felt is None or felt < 0 else f"{min(felt, 1.0):.2f}"


def _day(placement: Placement | None, days: Mapping[str, date]) -> str:
    day = days.get(placement.sitting_id) if placement else None
    return day.isoformat() if day else ""


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV (RFC 4180) in UTF-8 with the mark by which spreadsheets know it; no cell runs as a formula."""
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([list(map(defused, row)) for row in rows])
    return stream.getvalue().encode("utf-8-sig", "replace")


def defused(cell: str) -> str:
    """Return a cell that a spreadsheet takes for words: an apostrophe stands before a sign that would begin a formula."""
    return _RUN.sub(r"\1\2'\3", cell.replace("\0", ""))
