"""Backups of an open practice: made, listed, thinned out and proven, while notes go on being saved.

A backup is one file that holds the encrypted databases under their own keys, the header as far as a passphrase opens it, and a
manifest. It gets its name only after it was read back whole; whatever bears the name of a backup was one once.
"""

import hashlib
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from ipt_desktop.domain.backup import WITH_SIGNATURES, Manifest, thinned
from ipt_desktop.domain.chain_link import PROGRAM
from ipt_desktop.domain.errors import (
    BackupDamaged,
    BackupFailed,
    BackupUnreadable,
    Cancelled,
    CopyFailed,
    CopyForBackupFailed,
    HeaderDamaged,
    NoBackup,
    PracticeError,
    PracticeLocked,
)
from ipt_desktop.domain.records import AuditEntry, now
from ipt_desktop.domain.text import _
from ipt_desktop.services.backup_record import BackupRecord
from ipt_desktop.services.backup_writing import Backup, name_at, own_definitions, sweep_parts, written
from ipt_desktop.services.header import HEADER_NAME, read_header, write_header
from ipt_desktop.services.practice_folder import BACKUPS_NAME, DATABASE_NAME, PRIVATE_NAME
from ipt_desktop.services.progress import Progress, part_of, silent
from ipt_desktop.services.vault import OpenVault
from ipt_desktop.services.work_folder import work_folder
from ipt_desktop.storage import backup_file, signed_notes
from ipt_desktop.storage.audit_trail import head_of
from ipt_desktop.storage.backup_file import SUFFIX
from ipt_desktop.storage.database_copy import copy_database, prove_database, prove_pages, prove_rows
from ipt_desktop.storage.engine import revision_of
from ipt_desktop.storage.store import Store

BETWEEN_TELLING, LONGEST_WAIT = 0.05, 3.0  # seconds


@dataclass(frozen=True, slots=True)
class Attempt:
    """A backup in one folder: made, or the error that stood against it, and whether the folder was there at all."""

    folder: Path
    made: Backup | None = None
    error: PracticeError | None = None
    was_there: bool = True


@dataclass(frozen=True, slots=True)
class Proof:
    """That a backup was opened and found whole: when, which one, and how much is in it."""

    proven_at: datetime
    backup: Backup


class Backups:
    """The backups of one open practice. Safe to call from any thread; one backup or proof at a time.

    `private` gives the store of the private notes while it is open, else None: then its file is taken as it lies, still locked.
    `chosen` gives the folders that the therapist has chosen; without any they go into the practice's own. `earlier` gives the
    ids that the practice had before it was revoked. `record` is for whoever hears of changes before backups are asked for.
    """

    def __init__(
        self,
        vault: OpenVault,
        private: Callable[[], Store | None] = lambda: None,
        *,
        chosen: Callable[[], Sequence[str]] = tuple,
        earlier: Callable[[], Sequence[str]] = tuple,
        record: BackupRecord | None = None,
    ) -> None:
        self.vault = vault
        self.private = private
        self._chosen = chosen
        self.earlier_ids = earlier
        self._one_at_a_time = threading.Lock()
        self._is_closing = threading.Event()
        self.record = record or BackupRecord(vault.folder)

    @property
    def own_folder(self) -> Path:
        """The practice's own folder for backups."""
        return self.vault.folder / BACKUPS_NAME

    def folders(self) -> list[Path]:
        """Return where the automatic backups go."""
        return [Path(each) for each in self._chosen()] or [self.own_folder]

    def has_changed(self) -> bool:
        """Tell whether anything is in no backup yet: words, own forms, or who may open the practice."""
        if self.vault.store.damage:
            return False  # nothing is written any more, and what is damaged makes no backup
        return self.record.state.has_changed or self.has_changed_beside()

    def has_changed_beside(self) -> bool:
        """Tell whether no backup opens as the practice does now, or has the therapist's own forms as they are now."""
        return not self.vault.store.damage and self._sum_beside() != self.record.state.beside

    def _sum_beside(self) -> str:
        """Return what tells the files beside the databases from others: the wrapped keys and the therapist's definitions."""
        told: list[object] = []
        with suppress(PracticeError):
            told.append(read_header(self.vault.folder).without_keyring())
        with suppress(OSError):
            states = {name: path.stat() for name, path in own_definitions(self.vault.folder).items()}
            told += [(name, state.st_size, state.st_mtime_ns) for name, state in states.items()]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def failing(self) -> dict[Path, str]:
        """Return the folders where the last backup failed, each with the reason; those no longer in use are left out."""
        failing = self.record.state.failing
        return {folder: failing[str(folder)].failure for folder in self.folders() if str(folder) in failing}

    def back_up(self, folders: Sequence[Path], tell: Progress = silent, *, is_asked: bool = True) -> list[Attempt]:
        """Make a backup in each folder, whatever becomes of the others. Raises only what `tell` raises to stop it.

        Where it was not `is_asked` for, the audit trail says that the program did it by itself.
        """
        attempts = []
        for number, folder in enumerate(folders):
            share = part_of(tell, number / len(folders), (number + 1) / len(folders))
            try:
                if folder == self.own_folder:
                    make_own(folder)
                attempts.append(Attempt(folder, self.make(folder, share, is_asked=is_asked)))
            except Cancelled:
                raise
            except PracticeError as error:
                attempts.append(Attempt(folder, error=error, was_there=is_there(folder)))
        return attempts

    def make(self, folder: Path, tell: Progress = silent, *, is_asked: bool = True) -> Backup:
        """Make a verified backup in a folder that is there, then let go of those that are no longer needed.

        Raises BackupFailed, DatabaseDamaged, or what `tell` raises to stop it; then no half of one is left, and the earlier
        ones are as they were. Whether it was made is kept in `record`.
        """
        folder = folder.absolute()
        with self.alone(tell) as tell:
            begun, beside = self.record.begin(), self._sum_beside()
            try:
                made = self._make(folder, tell)
            except PracticeError as error:
                if not isinstance(error, Cancelled):
                    self.record.note_failure(folder, error)
                raise
            self.record.note_success(made.path.parent, made.manifest.made_at, begun, beside)
        entry = AuditEntry(operation="back_up", kind="practice")
        with suppress(PracticeLocked):  # it was locked meanwhile, and the backup is good all the same
            self.vault.store.write(lambda writing: writing.audit(entry if is_asked else replace(entry, who=PROGRAM)))
        self._thin(folder, lambda newest: newest == made.path or is_whole(newest), but=made.path)
        return made

    def backups(self, *folders: Path) -> list[Backup]:
        """Return this practice's backups in these folders, newest first; what can't be read as one is left out."""
        found = [each for folder in folders for each in backups_in(folder)]
        own = [each for each in found if each.manifest.practice_id == self.vault.practice_id]
        return sorted(own, key=lambda each: each.manifest.made_at, reverse=True)

    def thin(self, folder: Path) -> list[Path]:
        """Remove this practice's backups that are no longer needed, and return them.

        None goes unless the newest is whole, so the last good one never does.
        """
        return self._thin(folder, is_whole)

    def _thin(self, folder: Path, is_good: Callable[[Path], bool], but: Path | None = None) -> list[Path]:
        """Remove those no longer needed, `but` never that one: made by a clock that lost its time, it may seem the oldest."""
        found = self.backups(folder)
        unneeded = [each for each in thinned(found, lambda each: each.manifest.made_at) if each.path != but]
        if not unneeded or not is_good(found[0].path):
            return []
        removed = []
        for backup in unneeded:
            with suppress(OSError):  # one that can't be removed only takes up room
                backup.path.unlink()
                removed.append(backup.path)
        return removed

    def prove(self, *folders: Path, tell: Progress = silent) -> Proof:
        """Open the newest backup in a private folder, check every page of it, and remember that it can be restored.

        Raises NoBackup, BackupDamaged, DatabaseDamaged, FolderNotWritable or what `tell` raises.
        """
        newest = next(iter(self.backups(*folders)), None)
        if newest is None:
            raise NoBackup(path=", ".join(str(folder) for folder in folders))
        with self.alone(tell) as tell:
            try:
                with work_folder(self.vault.folder) as work:
                    manifest = backup_file.describe(newest.path)
                    backup_file.unpack(newest.path, manifest, work, tell)
                    prove_unpacked(newest.path, manifest, work, self.open_keys())
            except OSError as error:
                raise BackupFailed(path=self.vault.folder, reason=error.strerror) from error
        proof = Proof(now(), Backup(newest.path, manifest))
        self.record.note_proof(proof.proven_at, notes=manifest.notes, clients=manifest.clients)
        entry = AuditEntry(operation="prove_backup", kind="practice", detail={"made_at": manifest.made_at.isoformat()})
        with suppress(PracticeLocked):  # it was locked meanwhile, and is proven all the same
            self.vault.note(entry)
        return proof

    def prove_newest(self, folders: Sequence[Path], tell: Progress = silent) -> Proof:
        """Prove the newest backup in these folders; as `prove`."""
        return self.prove(*folders, tell=tell)

    def close(self) -> None:
        """Stop whatever is being made or proven, and wait for it, but not for a disk that no longer answers."""
        self._is_closing.set()
        if self._one_at_a_time.acquire(timeout=LONGEST_WAIT):
            self._one_at_a_time.release()
        self.record.keep()

    @contextmanager
    def alone(self, tell: Progress) -> Iterator[Progress]:
        """Wait until no other backup or proof is at work; yield what tells how far this one is and stops it on `close`."""

        def heard(share: float) -> None:
            if self._is_closing.is_set():
                raise Cancelled
            tell(share)

        while not self._one_at_a_time.acquire(timeout=BETWEEN_TELLING):
            heard(0)
        try:
            yield heard
        finally:
            self._one_at_a_time.release()

    def open_keys(self) -> dict[str, bytes]:
        """Return the raw key of each database that is open, by the name of its file."""
        private = self.private()
        return {DATABASE_NAME: self.vault.store.key} | ({PRIVATE_NAME: private.key} if private else {})

    def _make(self, folder: Path, tell: Progress) -> Backup:
        store = self.vault.store
        earlier_ids = tuple(self.earlier_ids())
        lying = Lying(
            self.vault.folder, self.vault.practice_id, store.path, store.key, self.vault.is_demo, self.private, earlier_ids
        )
        return lying.back_up(folder, tell)


@dataclass(frozen=True, slots=True)
class Lying:
    """A practice as it lies on the disk, open or not, and the raw key of its database.

    `private` gives the store of the private notes while it is open, else None: then its file is taken as it lies.
    """

    folder: Path
    practice_id: str
    database: Path
    key: bytes = field(repr=False)
    is_demo: bool = False
    private: Callable[[], Store | None] = lambda: None
    earlier_ids: tuple[str, ...] = ()

    def back_up(self, folder: Path, tell: Progress = silent) -> Backup:
        """Make a verified backup in a folder that is there.

        Raises BackupFailed, DatabaseDamaged, or what `tell` raises to stop it; then no half of one is left.
        """
        if not is_there(folder):  # made here it might lie below the empty mount point of a disk that is not plugged in
            raise BackupFailed(path=folder, reason=_("the folder is not there; its disk may not be plugged in"))
        try:
            made_at, key = now(), self.key
            with self._copied(folder, part_of(tell, 0, 0.5)) as files, ThreadPoolExecutor(1, "backup-proof") as pool:
                # The copy is proven while it is written into the backup, which is finished only with what the proof counted. No
                # third thread is at work: the window wants its turn, and many a computer has but two cores.
                pages = pool.submit(prove_pages, files[DATABASE_NAME], key)
                rows = pool.submit(prove_rows, files[DATABASE_NAME], key)
                schema = revision_of(files[DATABASE_NAME], key) or ""

                def manifest() -> Manifest:
                    pages.result()
                    counts, head = rows.result(), head_of(files[DATABASE_NAME], key)
                    signed = signed_notes.head_of(files[DATABASE_NAME], key)
                    told = Manifest(self.practice_id, made_at, schema, counts, {}, is_demo=self.is_demo, audit_head=head)
                    return replace(told, signature_head=signed, format=WITH_SIGNATURES) if signed else told

                for practice_id in (self.practice_id, *self.earlier_ids):
                    sweep_parts(folder, practice_id)
                name = name_at(self.practice_id, made_at)
                return written(folder, name, manifest, files, key, part_of(tell, 0.5, 1))
        except OSError as error:
            raise BackupFailed(path=folder, reason=error.strerror or error) from error

    @contextmanager
    def _copied(self, folder: Path, tell: Progress) -> Iterator[dict[str, Path]]:
        """Yield copies of all that belongs to the practice, kept beside it until the backup in `folder` is made."""
        with ExitStack() as stack:
            try:
                files = self._copies(stack.enter_context(work_folder(self.folder)), tell)
            except (CopyFailed, OSError) as error:  # it is not the backup's disk that has no room
                reason = error.values["reason"] if isinstance(error, CopyFailed) else error.strerror or error
                raise CopyForBackupFailed(path=folder, practice=self.folder, reason=reason) from error
            yield files

    def _copies(self, work: Path, tell: Progress) -> dict[str, Path]:
        """Copy all that belongs to the practice into the folder, as each is to be called in the backup."""
        files = {DATABASE_NAME: work / DATABASE_NAME}
        copy_database(self.database, self.key, files[DATABASE_NAME], tell)
        files |= self._copy_private(work)
        with suppress(HeaderDamaged):  # without it the recovery sheet still opens the backup
            write_header(work, read_header(self.folder).without_keyring())
            files[HEADER_NAME] = work / HEADER_NAME
        return files | own_definitions(self.folder)

    def _copy_private(self, work: Path) -> dict[str, Path]:
        """Copy the private notes, with the log beside them where they are locked and it could not be folded in."""
        source, copy = self.folder / PRIVATE_NAME, work / PRIVATE_NAME
        if not source.exists():
            return {}
        if (private := self.private()) is None:
            log = source.with_name(f"{PRIVATE_NAME}-wal")
            files = {each.name: work / each.name for each in (source, log) if each.exists() and each.stat().st_size}
            for name, path in files.items():
                shutil.copyfile(source.with_name(name), path)
            if (private := self.private()) is None:  # nobody opened them meanwhile, so both lay still
                return files
            for path in files.values():
                path.unlink()
        copy_database(private.path, private.key, copy, silent)
        prove_database(copy, private.key)
        return {PRIVATE_NAME: copy}


def make_own(folder: Path) -> None:
    """Make the practice's own folder for backups, ours alone; raises nothing, since the backup tells what is wrong."""
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)


def is_there(folder: Path) -> bool:
    """Tell whether a folder for backups can be reached: not where its disk is gone, or a network no longer answers."""
    try:
        return folder.is_dir()
    except OSError:  # a share that broke off, or a disk of someone else's
        return False


def backups_in(folder: Path) -> list[Backup]:
    """Return every backup in a folder, of whichever practice, newest first; what can't be read as one is left out."""
    found: list[Backup] = []
    paths: list[Path] = []
    with suppress(OSError):  # a folder that can't be reached holds none that could be read
        paths = sorted(folder.glob(f"*{SUFFIX}"))
    for path in paths:
        with suppress(PracticeError, OSError):
            found.append(Backup(path, backup_file.glance(path)))
    return sorted(found, key=lambda each: each.manifest.made_at, reverse=True)


def describe(path: Path) -> Manifest:
    """Return what is in a backup, every byte of which is proven to be as it was written. Needs no key, changes nothing.

    Raises NotABackup, NewerBackup, BackupDamaged or BackupUnreadable.
    """
    try:
        return backup_file.describe(path)
    except OSError as error:
        raise BackupUnreadable(path=path, reason=error.strerror or error) from error


def is_whole(path: Path) -> bool:
    """Tell whether every byte of a backup is as it was written."""
    try:
        describe(path)
    except PracticeError:
        return False
    return True


def prove_unpacked(path: Path, manifest: Manifest, folder: Path, raw_keys: Mapping[str, bytes]) -> None:
    """Check the unpacked databases that these keys open, page by page, and that they hold what the manifest says.

    Raises BackupDamaged or DatabaseDamaged, also for a backup under another key.
    """
    for name in (DATABASE_NAME, PRIVATE_NAME):
        if name in manifest.files and name in raw_keys:
            counts = prove_database(folder / name, raw_keys[name])
            if name == DATABASE_NAME and counts != dict(manifest.counts):
                raise BackupDamaged(path=path, reason=_("it does not hold what it says it holds"))
    backup_file.require_mark(path, manifest, raw_keys[DATABASE_NAME])
