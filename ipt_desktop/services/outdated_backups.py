"""Backups that an earlier secret opens: told from the others, and written anew so that only the present one does.

A backup keeps the header of its day. After a change of passphrase the old one still opens what was made before; after a
revocation the old key does. Rewriting keeps all that is in a backup and its date; the old file is overwritten and removed.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from ipt_desktop.domain.backup import Manifest
from ipt_desktop.domain.errors import (
    BackupFailed,
    Cancelled,
    HeaderDamaged,
    PracticeError,
    PracticeLocked,
    RecoveryCodeWrong,
    Refused,
    TooManyAttempts,
    WrongPassphrase,
)
from ipt_desktop.domain.records import AuditEntry, Practice
from ipt_desktop.domain.text import _
from ipt_desktop.services import keys
from ipt_desktop.services.backup_writing import Backup, name_at, remove_for_good, written
from ipt_desktop.services.backups import Backups, backups_in, describe, prove_unpacked
from ipt_desktop.services.header import HEADER_NAME, LARGEST, Header, header_from, read_header, write_header
from ipt_desktop.services.keys import PASSPHRASE, PRIVATE, STORES
from ipt_desktop.services.practice_folder import BESIDE, DATABASE_NAME, PRIVATE_NAME
from ipt_desktop.services.progress import Progress, part_of, silent
from ipt_desktop.services.recovery_code import root_of
from ipt_desktop.services.secret import Secret, raw_keys
from ipt_desktop.services.work_folder import work_folder
from ipt_desktop.storage import backup_file
from ipt_desktop.storage.database_copy import prove_database
from ipt_desktop.storage.engine import revision_of
from ipt_desktop.storage.rekey import prove_same, rekeyed_copy
from ipt_desktop.storage.store import Store, Writing


class OpenedBy(StrEnum):
    """What opens a backup: what opens the practice now, an earlier passphrase, or the key before a revocation."""

    PRESENT = "present"
    EARLIER_WORDS = "earlier_words"
    EARLIER_KEY = "earlier_key"


@dataclass(frozen=True, slots=True)
class ListedBackup:
    """A backup of this practice, its size in bytes, and what opens it."""

    backup: Backup
    size: int
    opened_by: OpenedBy

    @property
    def is_outdated(self) -> bool:
        """Whether an earlier secret opens it."""
        return self.opened_by is not OpenedBy.PRESENT


def list_backups(backups: Backups, *folders: Path) -> list[ListedBackup]:
    """Return this practice's backups in these folders, newest first, those from before a revocation too."""
    present, earlier = _present_header(backups), set(backups.earlier_ids())
    listed = []
    for backup in (each for folder in folders for each in backups_in(folder)):
        practice_id = backup.manifest.practice_id
        if practice_id != backups.vault.practice_id and practice_id not in earlier:
            continue
        with suppress(OSError):  # it went away in the meantime
            opened_by = OpenedBy.EARLIER_KEY if practice_id in earlier else _opening_of(backup.path, present)
            listed.append(ListedBackup(backup, backup.path.stat().st_size, opened_by))
    return sorted(listed, key=lambda each: each.backup.manifest.made_at, reverse=True)


def rewrite(backups: Backups, listed: ListedBackup, secret: Secret | None = None, tell: Progress = silent) -> Backup:
    """Write a backup anew, its date and all in it kept, so that what opens the practice now opens it; the old one goes.

    One from before a revocation needs the `secret` of its day. Raises WrongPassphrase, TooManyAttempts, RecoveryCodeWrong,
    BackupDamaged, DatabaseDamaged, BackupFailed, Refused where its private notes can't be opened, or what `tell` raises; then
    the old one is as it was.
    """
    path = listed.backup.path
    with backups.alone(tell) as heard:
        try:
            with work_folder(backups.vault.folder) as work:
                manifest = describe(path)
                backup_file.unpack(path, manifest, work, part_of(heard, 0, 0.3))
                if listed.opened_by is OpenedBy.EARLIER_KEY:
                    manifest = _under_present_key(backups, path, manifest, work, secret, part_of(heard, 0.3, 0.6))
                else:
                    prove_unpacked(path, manifest, work, backups.open_keys())
                write_header(work, read_header(backups.vault.folder).without_keyring())
                files = {name: work / name for name in dict.fromkeys([*manifest.files, HEADER_NAME])}
                name = name_at(manifest.practice_id, manifest.made_at)
                key = backups.vault.store.key
                made = written(path.parent, name, lambda: manifest, files, key, part_of(heard, 0.6, 1))
            remove_for_good(path)
        except OSError as error:
            raise BackupFailed(path=path.parent, reason=error.strerror or error) from error
    with suppress(PracticeLocked):
        backups.vault.store.write(lambda writing: writing.audit(AuditEntry(operation="rewrite_backup", kind="practice")))
    return made


def rewrite_all(
    backups: Backups, outdated: Sequence[ListedBackup], secret: Secret | None = None, tell: Progress = silent
) -> dict[Path, PracticeError]:
    """Rewrite each; return what stood against those that were left as they are.

    Raises what is wrong with the secret (WrongPassphrase, RecoveryCodeWrong, TooManyAttempts), or Cancelled.
    """
    failed: dict[Path, PracticeError] = {}
    for number, listed in enumerate(outdated):
        share = part_of(tell, number / len(outdated), (number + 1) / len(outdated))
        try:
            rewrite(backups, listed, secret, share)
        except (WrongPassphrase, RecoveryCodeWrong, TooManyAttempts, Cancelled):
            raise
        except PracticeError as error:
            failed[listed.backup.path] = error
    return failed


def secret_in(text: str) -> Secret:
    """Return what was typed as the code of a recovery sheet where it is one, else as a passphrase."""
    with suppress(RecoveryCodeWrong):
        root_of(text)
        return Secret(recovery_code=text)
    return Secret(passphrase=text)


def remove(listed: ListedBackup) -> None:
    """Remove a backup for good; raises BackupFailed."""
    try:
        remove_for_good(listed.backup.path)
    except OSError as error:
        raise BackupFailed(path=listed.backup.path.parent, reason=error.strerror or error) from error


def _present_header(backups: Backups) -> Header | None:
    try:
        return read_header(backups.vault.folder)
    except PracticeError:
        return None


def _opening_of(path: Path, present: Header | None) -> OpenedBy:
    """Tell what opens a backup under the present key: without a header of its own, the recovery sheet alone does."""
    try:
        text = backup_file.read_held(path, HEADER_NAME, LARGEST)
        if text is None or present is None:
            return OpenedBy.PRESENT
        header = header_from(text, path)
    except PracticeError:
        return OpenedBy.PRESENT
    is_same = all(header.slots_of(store, PASSPHRASE) == present.slots_of(store, PASSPHRASE) for store in STORES)
    return OpenedBy.PRESENT if is_same else OpenedBy.EARLIER_WORDS


def _under_present_key(
    backups: Backups, path: Path, manifest: Manifest, work: Path, secret: Secret | None, tell: Progress
) -> Manifest:
    """Give the unpacked databases the keys of today and the practice its present id; return the manifest that fits them."""
    if secret is None:
        raise WrongPassphrase
    header = read_header(work) if HEADER_NAME in manifest.files else None
    old = raw_keys(secret, header, manifest.practice_id, is_demo=False)
    prove_unpacked(path, manifest, work, old)
    new = _present_keys(backups, secret)
    names = [name for name in (DATABASE_NAME, PRIVATE_NAME) if name in manifest.files]
    if any(name not in old or name not in new for name in names):
        raise Refused(reason=_("Its private notes have a passphrase of their own. Open the private notes, then try again."))
    for number, name in enumerate(names):
        source, renewed = work / name, work / f"{name}.renewed"
        rekeyed_copy(source, old[name], renewed, new[name], part_of(tell, number / len(names), (number + 1) / len(names)))
        prove_same(source, old[name], renewed, new[name])
        for end in BESIDE:
            source.with_name(f"{name}{end}").unlink(missing_ok=True)
        renewed.replace(source)
    database, key = work / DATABASE_NAME, new[DATABASE_NAME]
    _rename_practice(database, key, backups.vault.practice_id)
    # Its last link of the audit trail stays the one it was made with: that it was rewritten stands in the backup alone.
    kept = {name: held for name, held in manifest.files.items() if not name.startswith(PRIVATE_NAME) or name == PRIVATE_NAME}
    return replace(
        manifest,
        practice_id=backups.vault.practice_id,
        schema=revision_of(database, key) or "",
        counts=prove_database(database, key),
        files=kept,
    )


def _present_keys(backups: Backups, secret: Secret) -> dict[str, bytes]:
    """Return the keys of today: those of what is open, and the private notes' where the same passphrase opens them."""
    found = backups.open_keys()
    with suppress(HeaderDamaged, WrongPassphrase):
        if PRIVATE_NAME not in found and secret.passphrase:
            header = read_header(backups.vault.folder)
            found[PRIVATE_NAME] = keys.unwrap(header.slots[PRIVATE], secret.passphrase, header.place_of(PRIVATE))
    return found


def _rename_practice(database: Path, key: bytes, practice_id: str) -> None:
    """Give the practice in a backup its present id, and note there that the backup was rewritten."""

    def work(writing: Writing) -> None:
        (practice,) = writing.all(Practice)
        writing.delete(Practice, practice.id)
        writing.insert(replace(practice, id=practice_id))
        writing.audit(AuditEntry(operation="rewrite_backup", kind="practice"))

    store = Store.open(database, key)
    try:
        store.write(work)
    finally:
        store.close()
