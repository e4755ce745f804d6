"""The audit trail on paper: what was found with a filter, and the chain's last link at the time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from ipt_desktop.domain.audit_words import detail_words, is_private, kind_words, operation_words, who_words
from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.records import AuditEntry, Practice, now
from ipt_desktop.domain.report import Column, Paper, Prose, Report, Section, Table
from ipt_desktop.domain.rich_text import plain
from ipt_desktop.domain.text import _, language, ngettext

KIND = "audit-trail"
MOST_PRINTED = 2_000

NameOf = Callable[[str], str]


def trail_report(
    practice: Practice,
    entries: Sequence[AuditEntry],
    name_of: NameOf,
    records: Mapping[str, str] = MappingProxyType({}),
    *,
    asked: str,
    seal: str,
    at: datetime | None = None,
) -> Report:
    """Return these entries, newest first, as a report; `asked` says in words which were asked for.

    `name_of` gives the words for a client's id, `records` those for a record's; else it is called by its kind. That there are
    private notes is told on no page, so entries about them are left out, and no entry's number is printed. `seal` is the sum of
    the chain's last entry: whoever keeps the page can tell by it that nothing before it was changed later.
    """
    told = [each for each in entries if not is_private(each)][:MOST_PRINTED]
    title, day = _("Audit trail"), (at or now()).astimezone().date()
    return Report(
        kind=KIND,
        title=title,
        subtitle=f"{practice.name} · {asked}",
        sections=(
            Section("entries", _counted(len(told)), _body(told, name_of, records), is_full_width=True),
            Section("chain", _("The chain"), (Prose(plain(_chain_words(seal))),)),
        ),
        running_head=(practice.name, title),
        footer=" · ".join((_("Confidential"), _("Printed {date}").format(date=long_date(day)))),
        language=language(),
        paper=Paper(practice.paper) if practice.paper in set(Paper) else Paper.A4,
        author=practice.therapist or practice.name,
    )


def when_words(at: datetime) -> str:
    """Return an instant as the trail shows it, in the local time: "2026-11-24 09:30:15"."""
    return f"{at.astimezone():%Y-%m-%d %H:%M:%S}"


def _counted(count: int) -> str:
    words = ngettext("{count} entry", "{count} entries", count).format(count=f"{count:,}")
    return _("The newest {entries}").format(entries=words) if count == MOST_PRINTED else words


def _body(entries: Sequence[AuditEntry], name_of: NameOf, records: Mapping[str, str]) -> tuple[Prose | Table, ...]:
    if not entries:
        return (Prose(plain(_("Nothing was found."))),)
    columns = (Column(_("When"), 1.25), Column(_("What"), 2.0), Column(_("Client"), 1.2), Column(_("Record"), 1.2))
    rows = tuple(_row(each, name_of, records) for each in entries)
    return (Table((*columns, Column(_("Who"), 0.8)), rows, is_first_bold=False),)


def _row(entry: AuditEntry, name_of: NameOf, records: Mapping[str, str]) -> tuple[str, ...]:
    told = {name: value for name, value in entry.detail.items() if name != "entries"}  # it would count those left out here
    what = " · ".join(part for part in (operation_words(entry.operation), detail_words(replace(entry, detail=told))) if part)
    client = name_of(entry.client_id) if entry.client_id else ""
    return when_words(entry.at), what, client, records.get(entry.record_id) or kind_words(entry.kind), who_words(entry)


def _chain_words(seal: str) -> str:
    return _(
        "Each entry is sealed together with the one before it. When this page was made, the seal of the last one was {seal}. "
        "With it can be told whether an earlier entry was changed or removed afterwards, outside the program."
    ).format(seal=" ".join(seal[at : at + 8] for at in range(0, len(seal), 8)))
