"""What is said of backups, on whichever page: since when there is none, why one failed, where a practice may come to harm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from ipt_desktop.domain.dates import day_and_month, long_date
from ipt_desktop.domain.text import _, ngettext
from ipt_desktop.services.backup_record import ProofRecord
from ipt_desktop.services.place import Danger

MEGABYTE = 1_000_000


def failing_words(last: datetime | None, *, are_all: bool) -> str:
    """Return "No backup since 21 November", in this computer's zone, or where another folder has one that one failed."""
    if not are_all:
        return _("A backup failed")
    if last is None:
        return _("No backup yet")
    return _("No backup since {day}").format(day=day_and_month(last.astimezone().date()))


def failure_words(failing: Mapping[Path, str]) -> str:
    """Return why each folder has none, a sentence each."""
    return " ".join(reason if reason.endswith(".") else f"{reason}." for reason in failing.values())


def when_words(at: datetime) -> str:
    """Return "today at 14:32" or "9 July 2026 at 14:32", in this computer's zone."""
    local = at.astimezone()
    if local.date() == datetime.now().astimezone().date():
        return _("today at {time}").format(time=f"{local:%H:%M}")
    return _("{day} at {time}").format(day=long_date(local.date()), time=f"{local:%H:%M}")


def held_words(notes: int, clients: int) -> str:
    """Return "412 notes, 23 clients"."""
    of_notes = ngettext("{count} note", "{count} notes", notes).format(count=notes)
    of_clients = ngettext("{count} client", "{count} clients", clients).format(count=clients)
    return f"{of_notes}, {of_clients}"


def proof_words(proof: ProofRecord | None) -> str:
    """Return when a backup was last proven restorable, and what it held; or what the proof does."""
    if proof is None:
        return _("Not proven yet. One click opens the newest backup in a private folder and checks every page of it.")
    words = _("Proven restorable on {day}: {held}.")
    return words.format(day=long_date(proof.at.astimezone().date()), held=held_words(proof.notes, proof.clients))


def size_words(size: int) -> str:
    """Return "3.4 MB"."""
    return _("{size} MB").format(size=f"{size / MEGABYTE:.1f}" if size < 100 * MEGABYTE else f"{size / MEGABYTE:,.0f}")


def danger_words(dangers: Mapping[Danger, str]) -> str:
    """Return what may harm the practice where it lies, and what to do, in sentences; "" where nothing does."""
    told = []
    if Danger.SYNCED in dangers:
        words = _("{program} syncs this folder: it copies files while they are written to, and may put old ones back.")
        told.append(words.format(program=dangers[Danger.SYNCED]))
    if Danger.NETWORK in dangers:
        words = _("It lies on a network share ({share}), where a broken connection can damage it.")
        told.append(words.format(share=dangers[Danger.NETWORK]))
    if told:
        told.append(_("Close the program and move the practice to a folder of this computer alone. Backups may lie there."))
    if Danger.NEARLY_FULL in dangers:
        words = _("Its disk has only {size} free; make room soon, or what you write can no longer be saved.")
        told.append(words.format(size=size_words(int(dangers[Danger.NEARLY_FULL]))))
    return " ".join(told)
