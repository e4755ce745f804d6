"""The backups at hand, as witnesses of a practice's audit trail."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from ipt_desktop.domain.errors import BackupDamaged
from ipt_desktop.domain.trail_witness import Witness
from ipt_desktop.services.restore import known_backups
from ipt_desktop.storage import backup_file


def signature_heads_in(practice: Path, key: bytes) -> tuple[tuple[datetime, int, str], ...]:
    """Return when each backup known for a practice was made, and the last signature then, by number and mark.

    As in `witnesses_in` only those count whose manifest was written with this `key`.
    """
    found = set()
    for backup in known_backups(practice):
        if (head := backup.manifest.signature_head) is not None:
            with suppress(BackupDamaged):
                backup_file.require_mark(backup.path, backup.manifest, key)
                found.add((backup.manifest.made_at, *head))
    return tuple(sorted(found))


def witnesses_in(practice: Path, key: bytes) -> tuple[Witness, ...]:
    """Return what the backups in the folders known for a practice say of its trail, the earliest first.

    Only those whose manifest was written with this `key` count, so nobody without it can accuse a trail, and none from before
    there was a chain. Takes a while where a folder is on a slow disk.
    """
    found = set()
    for backup in known_backups(practice):
        if (head := backup.manifest.audit_head) is not None:
            with suppress(BackupDamaged):
                backup_file.require_mark(backup.path, backup.manifest, key)
                found.add(Witness(backup.manifest.made_at, *head))
    return tuple(sorted(found, key=lambda each: each.made_at))
