"""Restoring a practice from a backup: everything is proven before anything moves, and what is there only moves aside."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ipt_desktop.domain.backup import DEFINITIONS, Manifest
from ipt_desktop.domain.errors import BackupDamaged, PracticeError, RestoreFailed
from ipt_desktop.domain.records import AuditEntry
from ipt_desktop.domain.text import _
from ipt_desktop.services.backup_record import BackupRecord
from ipt_desktop.services.backup_writing import Backup
from ipt_desktop.services.backups import backups_in, describe, prove_unpacked
from ipt_desktop.services.header import HEADER_NAME, Header, read_header
from ipt_desktop.services.practice_folder import BACKUPS_NAME, BESIDE, DATABASE_NAME, PRIVATE_NAME, take_lock
from ipt_desktop.services.progress import Progress, part_of, silent
from ipt_desktop.services.restoring import STAGE_NAME, finish_restore, make_ready
from ipt_desktop.services.secret import Secret, raw_keys
from ipt_desktop.storage import backup_file
from ipt_desktop.storage.practice_lock import LOCK_NAME
from ipt_desktop.storage.store import Store

KNOWN = frozenset({HEADER_NAME, DATABASE_NAME, PRIVATE_NAME, *(f"{PRIVATE_NAME}{end}" for end in BESIDE)})


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and the folder in which the practice that was there before lies now, if there was one."""

    manifest: Manifest
    aside: Path | None


def known_backups(practice: Path) -> list[Backup]:
    """Return the backups in the folders known for a practice, which need not be open or even whole, newest first.

    Only its own, as far as it can still be told which practice it is. Not for the window's thread: a disk may be slow.
    """
    folders = {practice / BACKUPS_NAME, *(Path(each) for each in BackupRecord(practice).state.folders)}
    found = [each for folder in folders for each in backups_in(folder)]
    with suppress(PracticeError):
        practice_id = read_header(practice).practice_id
        found = [each for each in found if each.manifest.practice_id == practice_id]
    return sorted(found, key=lambda each: each.manifest.made_at, reverse=True)


def restore(path: Path, practice: Path, secret: Secret, tell: Progress = silent) -> Restored:
    """Restore a backup into a practice's folder, which nobody has open; what is there moves into a folder beside it.

    The backup is unpacked there, opened, checked page by page and brought to this program's schema before anything moves.
    Raises NotABackup, NewerBackup, BackupDamaged, BackupUnreadable, WrongPassphrase, TooManyAttempts, RecoveryCodeWrong,
    DatabaseDamaged, PracticeInUse, FolderNotWritable, RestoreFailed, or what `tell` raises; then no byte of the present
    practice was changed.
    """
    manifest = describe(path)
    strange = {name for name in manifest.files if name not in KNOWN and not name.startswith(f"{DEFINITIONS}/")}
    if DATABASE_NAME not in manifest.files or strange:
        raise BackupDamaged(path=path, reason=_("it does not hold what a backup holds"))
    with _alone_in(practice) as stage:
        backup_file.unpack(path, manifest, stage, part_of(tell, 0, 0.7))
        header = _header_of(path, manifest, stage)
        keys = raw_keys(secret, header, manifest.practice_id, is_demo=manifest.is_demo)
        prove_unpacked(path, manifest, stage, keys)
        tell(0.9)
        _note_restore(stage, keys[DATABASE_NAME], manifest)
        aside = _place_aside(practice)
        make_ready(practice, aside.name)
        BackupRecord(practice).note_change()  # the newest backup does not hold what is there now
        finish_restore(practice)
    tell(1)
    return Restored(manifest, aside if aside.exists() else None)


def _place_aside(practice: Path) -> Path:
    """Return a folder that is not there yet: into one that is, nothing would move that bears a name in it."""
    name = f"before-restore-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}"
    names = [name, *(f"{name}-{number}" for number in range(2, 100))]
    return next(practice / each for each in names if not (practice / each).exists())


@contextmanager
def _alone_in(practice: Path) -> Iterator[Path]:
    """Hold the practice's lock and yield an empty folder in it; what fails leaves nothing of either behind."""
    is_new, had_lock = not practice.exists(), (practice / LOCK_NAME).exists()
    try:
        practice.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RestoreFailed(path=practice, reason=error.strerror) from error
    lock = take_lock(practice)
    try:
        finish_restore(practice)
        stage = practice / STAGE_NAME
        stage.mkdir(mode=0o700)
        yield stage
    except BaseException as error:
        finish_restore(practice)  # sweeps what is not ready; where it is ready, there is no way back but forwards
        if not had_lock:
            lock.remove()
        if is_new and not any(practice.iterdir()):
            practice.rmdir()
        if isinstance(error, OSError):
            raise RestoreFailed(path=practice, reason=error.strerror) from error
        raise
    finally:
        lock.release()


def _header_of(path: Path, manifest: Manifest, stage: Path) -> Header | None:
    """Return the unpacked header, if there is one; raises BackupDamaged for another practice's."""
    if HEADER_NAME not in manifest.files:
        return None
    header = read_header(stage)
    if (header.practice_id, header.is_demo) != (manifest.practice_id, manifest.is_demo):
        raise BackupDamaged(path=path, reason=_("its keys are another practice's"))
    return header


def _note_restore(stage: Path, key: bytes, manifest: Manifest) -> None:
    """Open the restored practice as the program will, which brings an old one to the present schema, and note the restore."""
    detail = {"made_at": manifest.made_at.isoformat(), "clients": manifest.clients, "notes": manifest.notes}
    store = Store.open(stage / DATABASE_NAME, key)
    try:
        store.write(lambda writing: writing.audit(AuditEntry(operation="restore", kind="practice", detail=detail)))
    finally:
        store.close()
