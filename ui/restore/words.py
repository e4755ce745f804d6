"""What is said of backups and damaged practices, in the therapist's words and without a clinical one."""

from __future__ import annotations

from collections.abc import Mapping

from ipt_desktop.domain.backup import Manifest
from ipt_desktop.domain.dates import day_words, short_date
from ipt_desktop.domain.health import Readable
from ipt_desktop.domain.text import _, ngettext


def described(manifest: Manifest) -> str:
    """Return "Backup of Tuesday 24 November 2026, 14:32: 23 clients, 412 notes", in this computer's zone."""
    words = _("Backup of {when}: {what}")
    return words.format(when=when_words(manifest), what=held_words(manifest))


def when_words(manifest: Manifest) -> str:
    """Return "Tuesday 24 November 2026, 14:32"."""
    local = manifest.made_at.astimezone()
    day = day_words(local.date(), has_weekday=True, has_year=True)
    return _("{day}, {time}").format(day=day, time=f"{local:%H:%M}")


def row_words(manifest: Manifest) -> str:
    """Return "24 Nov 2026, 14:32 · 23 clients, 412 notes", short enough for a line of a list."""
    local = manifest.made_at.astimezone()
    words = _("{day} {year}, {time} · {what}")
    return words.format(day=short_date(local.date()), year=local.year, time=f"{local:%H:%M}", what=held_words(manifest))


def held_words(manifest: Manifest) -> str:
    """Return "23 clients, 412 notes"."""
    of_clients = ngettext("{count} client", "{count} clients", manifest.clients).format(count=manifest.clients)
    of_notes = ngettext("{count} note", "{count} notes", manifest.notes).format(count=manifest.notes)
    return f"{of_clients}, {of_notes}"


def rows_words(table: str, count: int) -> str:
    """Return so many rows of a table as the therapist calls them: "3 notes and forms", "1 person on a circle"."""
    words = {
        "practice": ngettext("{count} practice record", "{count} practice records", count),
        "client": ngettext("{count} client", "{count} clients", count),
        "course": ngettext("{count} course of treatment", "{count} courses of treatment", count),
        "session": ngettext("{count} session", "{count} sessions", count),
        "phase_change": ngettext("{count} step to another phase", "{count} steps to another phase", count),
        "task_tick": ngettext("{count} ticked task", "{count} ticked tasks", count),
        "person": ngettext("{count} person on a circle", "{count} people on circles", count),
        "problem_area": ngettext("{count} problem area", "{count} problem areas", count),
        "stage_change": ngettext("{count} judged stage of a dispute", "{count} judged stages of a dispute", count),
        "sitting": ngettext("{count} sitting with a circle", "{count} sittings with a circle", count),
        "placement": ngettext("{count} place on a circle", "{count} places on circles", count),
        "tie": ngettext("{count} tie between people", "{count} ties between people", count),
        "definition": ngettext("{count} form or protocol", "{count} forms and protocols", count),
        "setting": ngettext("{count} setting", "{count} settings", count),
        "document": ngettext("{count} note or form", "{count} notes and forms", count),
        "revision": ngettext("{count} earlier version of a note", "{count} earlier versions of notes", count),
        "audit_entry": ngettext("{count} line of the audit trail", "{count} lines of the audit trail", count),
        "audit_head": ngettext("{count} seal of the audit trail", "{count} seals of the audit trail", count),
        "disclosure": ngettext("{count} record of what was handed out", "{count} records of what was handed out", count),
    }
    other = ngettext("{count} other record ({table})", "{count} other records ({table})", count)
    return words.get(table, other).format(count=count, table=table)


# What a therapist asks for first comes first.
_FIRST = ("document", "client", "session", "course", "person", "placement", "revision")


def lost_lines(tables: Mapping[str, Readable]) -> list[str]:
    """Return what can't be read, a line a table: "2 of 412 notes and forms cannot be read"; none where all can."""
    ordered = sorted(tables, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    lines = []
    for name in ordered:
        each = tables[name]
        if each.lost is None:
            words = _("{what} can be read; how many more there were can no longer be told")
            lines.append(words.format(what=rows_words(name, each.rows)))
        elif each.lost:
            words = _("{lost} of {what} cannot be read")
            lines.append(words.format(lost=len(each.lost), what=rows_words(name, each.rows + len(each.lost))))
    return lines


def readable_words(tables: Mapping[str, Readable]) -> str:
    """Return in sentences what of a damaged practice can still be read."""
    if not tables:
        return _("Nothing in it can be read.")
    lines = lost_lines(tables)
    if not lines:
        return _("Every client, note and session in it can still be read.")
    return _("{lost}. Everything else can be read.").format(lost="; ".join(lines[:3]) if len(lines) <= 3 else _many(lines))


def _many(lines: list[str]) -> str:
    more = ngettext("{count} more kind of record is affected", "{count} more kinds of record are affected", len(lines) - 3)
    return "; ".join([*lines[:3], more.format(count=len(lines) - 3)])


def rebuilt_lines(rebuilt: Mapping[str, int]) -> list[str]:
    """Return what stands in for something lost, a line a table."""
    told = {
        "client": ngettext(
            "{count} client is called “Recovered client”: the name is lost, the notes are not",
            "{count} clients are called “Recovered client”: their names are lost, their notes are not",
            rebuilt.get("client", 0),
        ),
        "document": ngettext(
            "{count} note was put together from its earlier versions",
            "{count} notes were put together from their earlier versions",
            rebuilt.get("document", 0),
        ),
        "practice": _("The practice is called “Recovered practice”; its name can be changed in it"),
    }
    return [told[name].format(count=count) for name, count in rebuilt.items() if count and name in told]
