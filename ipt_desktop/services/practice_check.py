"""Checking a practice, open or closed, and saving what can be read of a damaged one. A damaged file is never written to."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from ipt_desktop.domain.backup import DEFINITIONS
from ipt_desktop.domain.errors import DatabaseMissing, FolderNotWritable, HeaderDamaged, PracticeExists, PracticeMissing
from ipt_desktop.domain.health import Health, Salvaged
from ipt_desktop.domain.records import AuditEntry, Practice
from ipt_desktop.domain.text import _
from ipt_desktop.services import keys
from ipt_desktop.services.header import HEADER_NAME, Header, read_header, sync_folder, write_header
from ipt_desktop.services.practice_folder import BESIDE, DATABASE_NAME, PRIVATE_NAME, take_lock
from ipt_desktop.services.progress import Progress, part_of, silent
from ipt_desktop.services.recovery_code import root_of
from ipt_desktop.services.secret import Secret, raw_keys
from ipt_desktop.services.trail_witnesses import witnesses_in
from ipt_desktop.services.vault import PracticeState, finish_what_was_begun, practice_state
from ipt_desktop.storage import database_check
from ipt_desktop.storage.practice_lock import LOCK_NAME
from ipt_desktop.storage.salvage import salvage_database
from ipt_desktop.storage.store import Store


def quick_check(store: Store) -> Health:
    """Look through an open database at a start: its structure. Half a second for 100 MB; not for the window's thread.

    Where pages are damaged, the store writes nothing any more, from before this returns.
    """
    return database_check.quick_check(store)


def full_check(store: Store) -> Health:
    """Check every page, reference and index of an open database, while notes go on being saved. For a background thread.

    Where pages are damaged, the store writes nothing any more, from before this returns.
    """
    return database_check.full_check(store)


def check_closed(practice: Path, secret: Secret, tell: Progress = silent) -> dict[str, Health]:
    """Check the databases of a practice that nobody has open, by the name of the file, as far as the secret opens them.

    The audit trail is held against the backups in the folders known for the practice. `tell` hears how far it is after each
    step; what it raises stops the check.

    Raises PracticeMissing, HeaderDamaged, WrongPassphrase, TooManyAttempts, RecoveryCodeWrong, PracticeInUse, DatabaseMissing,
    or DatabaseDamaged where not even the schema can be read.
    """
    with _closed(practice):
        header, practice_id = _known(practice, secret)
        found = raw_keys(secret, header, practice_id, is_demo=header is not None and header.is_demo)
        present = {name: key for name, key in found.items() if (practice / name).exists()}
        if DATABASE_NAME not in present:
            raise DatabaseMissing(path=practice / DATABASE_NAME)
        heard = None if header is not None and header.is_demo else witnesses_in(practice, found[DATABASE_NAME])
        checked: dict[str, Health] = {}
        for number, (name, key) in enumerate(present.items()):
            share = part_of(tell, number / len(present), (number + 1) / len(present))
            share(0)
            checked[name] = database_check.check_closed(practice / name, key, heard if name == DATABASE_NAME else None, share)
            share(1)
        return checked


def place_beside(practice: Path, on: date) -> Path:
    """Return a folder beside a practice that is not there yet, for what is recovered of it."""
    name = _("{practice} recovered {day}").format(practice=practice.name, day=on.isoformat())
    names = [name, *(f"{name} {number}" for number in range(2, 100))]
    return next(practice.with_name(each) for each in names if not practice.with_name(each).exists())


def salvage(practice: Path, secret: Secret, into: Path, tell: Progress = silent) -> Salvaged:
    """Copy all that can be read of a damaged practice into a new one, and tell what is lost.

    The new practice opens with the same passphrase, if the header can still be read, and the same recovery sheet. Private notes
    and the therapist's own forms are copied as they lie.

    Raises as `check_closed`, PracticeExists, FolderNotWritable, CopyFailed, or what `tell` raises; then nothing is left of the
    new practice, and no byte of the damaged one was changed.
    """
    with _closed(practice):
        header, practice_id = _known(practice, secret)
        is_demo = header is not None and header.is_demo
        key = raw_keys(secret, header, practice_id, is_demo=is_demo)[DATABASE_NAME]
        stand_in = Practice(id=practice_id, name=_("Recovered practice"), is_demo=is_demo)
        with _new_practice(into) as part:
            done = salvage_database(practice / DATABASE_NAME, part, key, stand_in, _("Recovered client"), tell)
            for name in (PRIVATE_NAME, *(f"{PRIVATE_NAME}{end}" for end in BESIDE)):
                if (practice / name).exists():
                    shutil.copy2(practice / name, into / name)
            if (practice / DEFINITIONS).is_dir():
                shutil.copytree(practice / DEFINITIONS, into / DEFINITIONS)
            _note_salvage(part, key, done)
            write_header(into, header or Header(practice_id))
            part.rename(into / DATABASE_NAME)
            sync_folder(into)
    return done


def _note_salvage(database: Path, key: bytes, done: Salvaged) -> None:
    """Note in the new practice where it comes from; gaps in its audit trail are what could not be read."""
    lost = sum(len(each.lost or ()) for each in done.tables.values())
    entry = AuditEntry(operation="salvage", kind="practice", detail={"lost": lost})
    with closing(Store(database, key)) as store:
        store.write(lambda writing: writing.audit(entry))


@contextmanager
def _closed(practice: Path) -> Iterator[None]:
    """Hold the lock of a practice, so that nobody opens it meanwhile; what was cut short in it is finished first."""
    if practice_state(practice) is PracticeState.NONE:
        raise PracticeMissing(path=practice)
    had_lock = (practice / LOCK_NAME).exists()
    lock = take_lock(practice)
    try:
        finish_what_was_begun(practice)
        yield
    finally:
        if had_lock:
            lock.release()
        else:
            lock.remove()


def _known(practice: Path, secret: Secret) -> tuple[Header | None, str]:
    """Return the header, if it can be read, and the practice's id, which a recovery code tells without one."""
    try:
        header = read_header(practice)
    except HeaderDamaged:
        if secret.recovery_code is None:
            raise
        return None, keys.practice_id_of(root_of(secret.recovery_code))
    return header, header.practice_id


@contextmanager
def _new_practice(folder: Path) -> Iterator[Path]:
    """Make a folder for a new practice and yield where its database grows; on any failure leave nothing of it."""
    if (folder / HEADER_NAME).exists() or (folder / DATABASE_NAME).exists():
        raise PracticeExists(path=folder)
    is_new = not folder.exists()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        before = set(folder.iterdir())
    except OSError as error:
        raise FolderNotWritable(path=folder, reason=error.strerror) from error
    try:
        yield folder / f"{DATABASE_NAME}.part"
    except BaseException as error:
        for path in set(folder.iterdir()) - before:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        if is_new:
            folder.rmdir()
        if isinstance(error, OSError):
            raise FolderNotWritable(path=folder, reason=error.strerror) from error
        raise
