"""Creating and opening a practice: one folder with its lock, its header and its encrypted database.

Nothing is half-done: a creation that fails leaves no file, and a practice that can't be opened keeps every byte.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from ipt_desktop.domain.errors import (
    Cancelled,
    DatabaseDamaged,
    DatabaseMissing,
    FolderNotWritable,
    HeaderDamaged,
    KeychainFailed,
    NewerPractice,
    PracticeError,
    PracticeExists,
    PracticeMissing,
    PracticeReadOnly,
    RecoveryCodeWrong,
    WrongPassphrase,
)
from ipt_desktop.domain.records import AuditEntry, Practice
from ipt_desktop.domain.text import _
from ipt_desktop.services import attempts, keys, recovery_code
from ipt_desktop.services.check_record import open_store
from ipt_desktop.services.header import HEADER_NAME, Header, read_header, sync_folder, write_header
from ipt_desktop.services.keys import DEMO_ROOT, KEYRING, MAIN, STORES, Slot
from ipt_desktop.services.practice_folder import BACKUPS_NAME, finish_revocation, forget_leftovers, take_lock
from ipt_desktop.services.practice_folder import DATABASE_NAME as DATABASE_NAME
from ipt_desktop.services.restoring import finish_restore, waits_ready
from ipt_desktop.services.secret import Secret, key_of
from ipt_desktop.storage.engine import NOT_A_DATABASE
from ipt_desktop.storage.practice_lock import PracticeLock
from ipt_desktop.storage.store import Store, Writing

# A new database grows under this name and gets its own only after the header is on the disk.
UNFINISHED_NAME = "practice.db.part"

# How a practice was opened, as the audit trail has it.
PASSPHRASE, KEYCHAIN, RECOVERY_CODE, DEMO, CREATION = "passphrase", "keychain", "recovery_code", "demo", "creation"

Fill = Callable[[Store], None]


class PracticeState(StrEnum):
    """What the start page finds in a folder."""

    NONE = "none"
    LOCKED = "locked"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class _Way:
    """A way into a practice: `key` gives the main store's raw key, `how` is what the audit trail calls it."""

    practice_id: str
    key: Callable[[], bytes]
    how: str
    is_demo: bool = False


class OpenVault:
    """A practice that has been opened: its store, and the lock that keeps other programs out until `close`.

    `recovery_code` is there after the creation alone, until the therapist has shown that the sheet is at hand.
    """

    def __init__(
        self,
        folder: Path,
        practice_id: str,
        store: Store,
        lock: PracticeLock,
        *,
        is_demo: bool,
        recovery_code: str | None = None,
    ) -> None:
        self.folder = folder
        self.practice_id = practice_id
        self.store = store
        self.is_demo = is_demo
        self.recovery_code = recovery_code
        self._lock = lock

    def confirm_recovery_code(self, group: int, typed: str) -> bool:
        """Tell whether `typed` is this group (1 to 14) of the new recovery code; the code is forgotten when it is."""
        is_right = self.recovery_code is not None and recovery_code.is_group(self.recovery_code, group, typed)
        if is_right:
            self.recovery_code = None
        return is_right

    def note(self, *entries: AuditEntry, kept: Callable[[], None] = lambda: None) -> None:
        """Queue entries for the audit trail without waiting for them; `kept` is called on the writer thread once they are.

        What goes wrong is told as a fault of any thread is: what the entries tell of has been done. A damaged practice, which
        is only read, keeps none.
        """

        def work(writing: Writing) -> None:
            for entry in entries:
                writing.audit(entry)

        def done(_result: None, error: BaseException | None) -> None:
            if error is None:
                kept()
            elif not isinstance(error, PracticeReadOnly):
                raise error

        with suppress(PracticeReadOnly):
            self.store.post(work, done)

    def close(self) -> None:
        """Finish what is queued, close the database, and let others in."""
        try:
            self.store.close()
        finally:
            self._lock.release()


def practice_state(folder: Path) -> PracticeState:
    """Return what is in the folder; a damaged practice counts as locked, and says what is wrong when it is unlocked."""
    try:
        if not _is_practice(folder):
            return PracticeState.NONE
        return PracticeState.DEMO if read_header(folder).is_demo else PracticeState.LOCKED
    except PracticeError:
        return PracticeState.LOCKED


def create_practice(
    folder: Path, passphrase: str | None, name: str, *, is_demo: bool = False, fill: Fill | None = None
) -> OpenVault:
    """Make a new, encrypted practice in the folder and open it. Takes about a second: one key for each store.

    A demo practice has a published key and no passphrase; any other needs one of at least 12 characters, and hands out its
    recovery code this once. What `fill` writes is part of the creation.
    Raises WeakPassphrase, PracticeExists, PracticeInUse, FolderNotWritable or what `fill` raises; then nothing was left behind.
    """
    if is_demo:
        return _create(folder, DEMO_ROOT, Header(keys.practice_id_of(DEMO_ROOT), is_demo=True), name, fill)
    words = passphrase or ""
    keys.require_strong(words)
    _refuse_existing(folder)
    root = keys.new_root()
    header = Header(keys.practice_id_of(root))
    slots: dict[str, tuple[Slot, ...]] = {}
    for store in STORES:  # the private store's slot takes the same passphrase until it is given its own
        key = keys.store_key(root, header.practice_id, store)
        slots[store] = (keys.wrap(key, words, header.place_of(store)),)
    opened = _create(folder, root, replace(header, slots=slots), name, fill)
    opened.recovery_code = recovery_code.code_of(root)
    return opened


def create_with_key(folder: Path, root: bytes, name: str) -> OpenVault:
    """Make a new practice that no passphrase opens yet, only its 32-byte root key; takes no stretching of a passphrase.

    Raises as `create_practice` does.
    """
    return _create(folder, root, Header(keys.practice_id_of(root)), name)


def unlock(folder: Path, passphrase: str | None) -> OpenVault:
    """Open the practice in the folder; the demo practice needs no passphrase. Takes about half a second.

    One of an older release is backed up and brought to this one's tables. Raises PracticeMissing, HeaderDamaged,
    WrongPassphrase, TooManyAttempts, PracticeInUse, DatabaseMissing, DatabaseDamaged, NewerPractice, BackupFailed or
    FolderNotWritable; then no byte of the practice was changed.
    """
    if not _is_practice(folder):
        raise PracticeMissing(path=folder)

    def way() -> _Way:
        header = read_header(folder)
        how = DEMO if header.is_demo else PASSPHRASE
        return _Way(header.practice_id, lambda: main_key(header, passphrase), how, is_demo=header.is_demo)

    return _open(folder, way)


def open_with_key(folder: Path, root: bytes) -> OpenVault:
    """Open the practice with its 32-byte root key alone, even where the header is gone.

    Raises as `unlock` does, but for the header; another practice's key tells DatabaseDamaged.
    """
    practice_id = keys.practice_id_of(root)
    key = keys.store_key(root, practice_id, MAIN)
    return _open(folder, lambda: _Way(practice_id, lambda: key, RECOVERY_CODE, is_demo=root == DEMO_ROOT))


def open_with_code(folder: Path, code: str) -> OpenVault:
    """Open the practice with the code of its recovery sheet, even where the header is gone.

    Raises RecoveryCodeWrong for what is no code or, as far as can be told, another sheet's; else as `open_with_key` does.
    """
    if not _is_practice(folder):
        raise PracticeMissing(path=folder)
    try:
        root = recovery_code.root_of(code)
        with told_as_another_sheet(folder, root):
            return open_with_key(folder, root)
    except RecoveryCodeWrong:
        with suppress(HeaderDamaged, NewerPractice):  # without it nobody knows which practice the code was typed for
            attempts.note_wrong_code(read_header(folder).practice_id)
        raise


def open_with_secret(folder: Path, secret: Secret) -> OpenVault:
    """Open the practice with a passphrase or with the code of the recovery sheet; raises as `unlock` or `open_with_code`."""
    if secret.recovery_code is not None:
        return open_with_code(folder, secret.recovery_code)
    return unlock(folder, secret.passphrase)


def unlock_from_keychain(folder: Path, is_wanted: Callable[[], bool] = lambda: True) -> OpenVault:
    """Open the practice with what the system's keychain keeps for it, if this computer was asked to remember it.

    Not for the window's thread: a keychain may take half a minute to answer. Where it `is_wanted` no more by then, nothing is
    opened: Cancelled. Raises KeychainFailed whatever is wrong with the keychain (the passphrase opens the practice all the
    same), else as `unlock` does.
    """
    from ipt_desktop.services import keychain

    if not _is_practice(folder):
        raise PracticeMissing(path=folder)
    header = read_header(folder)
    if not is_remembered(folder):
        raise KeychainFailed(reason=_("this computer was not asked to remember the practice"))
    secret = keychain.secret_of(header.practice_id)
    if not is_wanted():
        raise Cancelled

    def way() -> _Way:
        present = read_header(folder)  # the keychain may have taken its time
        key = keys.unwrap_with_secret(present.slots[MAIN], secret, present.place_of(MAIN))
        return _Way(present.practice_id, lambda: key, KEYCHAIN)

    return _open(folder, way)


def is_remembered(folder: Path) -> bool:
    """Tell whether a computer was asked to remember the practice; raises HeaderDamaged or NewerPractice."""
    return bool(read_header(folder).slots_of(MAIN, KEYRING))


def _is_practice(folder: Path) -> bool:
    try:
        return any((folder / name).exists() for name in (HEADER_NAME, DATABASE_NAME)) or waits_ready(folder)
    except OSError as error:  # a folder above it that may not be entered
        raise FolderNotWritable(path=folder, reason=error.strerror) from error


def _refuse_existing(folder: Path) -> None:
    if _is_practice(folder):
        raise PracticeExists(path=folder)


def main_key(header: Header, passphrase: str | None) -> bytes:
    """Return the main store's raw key, as the header and the passphrase give it; raises WrongPassphrase or TooManyAttempts."""
    if header.is_demo:
        return keys.store_key(DEMO_ROOT, header.practice_id, MAIN)
    if not passphrase:
        raise WrongPassphrase
    return key_of(header, MAIN, passphrase)


@contextmanager
def told_as_another_sheet(folder: Path, root: bytes) -> Iterator[None]:
    """Tell of a database that a recovery code does not open, where the header says that the code is another's.

    Without a header nobody can tell another's code from damage at the very beginning: both are said.
    """
    try:
        yield
    except DatabaseDamaged as error:
        reason = _("it belongs to another practice, or to a sheet that a newer one has replaced")
        try:
            is_anothers = read_header(folder).practice_id != keys.practice_id_of(root)
        except (HeaderDamaged, NewerPractice):
            is_anothers = error.values["reason"] == NOT_A_DATABASE
            reason = _(
                "it belongs to another practice, or to a sheet that a newer one has replaced, or the database is damaged"
            )
        if is_anothers:
            raise RecoveryCodeWrong(reason=reason) from error
        raise


def _open(folder: Path, way: Callable[[], _Way]) -> OpenVault:
    """Take the lock, get the key and open the database; let the lock go again if any of it fails.

    What was cut short before is finished first, since that may bring another header: only then is the `way` looked for.
    """
    lock = take_lock(folder)
    try:
        finish_what_was_begun(folder)
        found = way()
        if not (folder / DATABASE_NAME).exists():
            raise DatabaseMissing(path=folder / DATABASE_NAME)
        key = found.key()
        keep = (lambda: None) if found.is_demo else partial(_back_up_as_it_lies, folder, found.practice_id, key)
        store = open_store(folder / DATABASE_NAME, key, before_upgrade=keep)
    except BaseException:
        lock.release()
        raise
    with suppress(OSError):  # what another program holds fast opens nothing, and goes with a later opening
        forget_leftovers(folder)
    opened = OpenVault(folder, found.practice_id, store, lock, is_demo=found.is_demo)
    if found.how != CREATION:
        _note_unlock(opened, found.how)
    return opened


def finish_what_was_begun(folder: Path) -> None:
    """Finish a restore, a creation and a revocation that were cut short; raises FolderNotWritable where they can't be.

    Call it with the folder's lock, before its header or a database is looked at.
    """
    try:
        finish_restore(folder)
        _finish_creation(folder)
        finish_revocation(folder)
    except OSError as error:
        raise FolderNotWritable(path=folder, reason=error.strerror) from error


def _back_up_as_it_lies(folder: Path, practice_id: str, key: bytes) -> None:
    """Make a verified backup of a practice that an older program has made, before this one changes its tables.

    It goes into the practice's own folder for backups. Raises BackupFailed or DatabaseDamaged; then nothing is changed.
    """
    from ipt_desktop.services.backups import Lying, make_own

    backups = folder / BACKUPS_NAME
    make_own(backups)
    Lying(folder, practice_id, folder / DATABASE_NAME, key).back_up(backups)


def _note_unlock(opened: OpenVault, how: str) -> None:
    """Note that the practice was unlocked, and each wrong passphrase and code since it was last: nobody could note it then."""
    counted = (
        {}
        if opened.is_demo
        else {  # it has no passphrase to be wrong
            opened.practice_id: "fail_to_unlock",
            attempts.codes_of(opened.practice_id): "fail_to_unlock_with_code",
        }
    )
    failures = {each: attempts.failures(each) for each in counted}
    wrong = sorted((at, counted[each]) for each, times in failures.items() for at in times)
    entries = [
        AuditEntry(operation=operation, kind="practice", detail={"at": f"{at:%Y-%m-%dT%H:%M:%S+00:00}"})
        for at, operation in wrong
    ]
    unlock_entry = AuditEntry(operation="unlock", kind="practice", detail={"how": how})

    def forget() -> None:
        for each, times in failures.items():
            if times:
                attempts.forget_failures(each, times)

    opened.note(*entries, unlock_entry, kept=forget)


def _create(folder: Path, root: bytes, header: Header, name: str, fill: Fill | None = None) -> OpenVault:
    """Build database and header, and open them.

    The database grows under another name, complete before the header is written; the header is the moment of creation. Killed
    before it, the folder holds no practice; killed after it, opening finishes what is left to do.
    """
    _refuse_existing(folder)
    key = keys.store_key(root, header.practice_id, MAIN)
    with _new_folder(folder):
        store = Store.create(folder / UNFINISHED_NAME, key)
        try:
            practice = Practice(id=header.practice_id, name=name, is_demo=header.is_demo)
            store.write(lambda writing: _begin(writing, practice))
            if fill is not None:
                fill(store)
        finally:
            store.close()
        write_header(folder, header)
        _finish_creation(folder)
    return _open(folder, lambda: _Way(header.practice_id, lambda: key, CREATION, is_demo=header.is_demo))


def _begin(writing: Writing, practice: Practice) -> None:
    """Write the practice's own record, and the first entry of its audit trail."""
    writing.insert(practice)
    writing.audit(AuditEntry(operation="create_practice", kind="practice"))


def _finish_creation(folder: Path) -> None:
    """Give a complete new database its name; it is complete if the header is there and the name is free."""
    unfinished, database = folder / UNFINISHED_NAME, folder / DATABASE_NAME
    if unfinished.exists() and (folder / HEADER_NAME).exists() and not database.exists():
        unfinished.rename(database)
        sync_folder(folder)


@contextmanager
def _new_folder(folder: Path) -> Iterator[None]:
    """Make the folder ours alone (0700) and hold its lock while it is filled; on any failure leave nothing of it behind."""
    is_new = not folder.exists()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise FolderNotWritable(path=folder, reason=error.strerror) from error
    lock = take_lock(folder)
    try:
        _refuse_existing(folder)
    except PracticeExists:
        lock.release()
        raise
    try:
        _sweep(folder, UNFINISHED_NAME)
        yield
    except BaseException as error:
        _sweep(folder, UNFINISHED_NAME, DATABASE_NAME, HEADER_NAME)
        lock.remove()
        if is_new:
            folder.rmdir()
        if isinstance(error, OSError):
            raise FolderNotWritable(path=folder, reason=error.strerror) from error
        raise
    finally:
        lock.release()


def _sweep(folder: Path, *names: str) -> None:
    """Remove files of an unfinished creation, with what the database keeps beside them."""
    for name in names:
        for end in ("", "-wal", "-shm", "-journal"):
            (folder / f"{name}{end}").unlink(missing_ok=True)
