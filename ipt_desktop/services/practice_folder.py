"""What lies in a practice's folder under which name, the lock on it, and the end of a revocation that was cut short."""

from pathlib import Path

from ipt_desktop.domain.errors import FolderNotWritable, HeaderDamaged, NewerPractice
from ipt_desktop.services.header import forget_old_headers, read_header, sync_folder
from ipt_desktop.services.keys import MAIN, PRIVATE
from ipt_desktop.storage.practice_lock import PracticeLock

DATABASE_NAME = "practice.db"
PRIVATE_NAME = "private.db"
BACKUPS_NAME = "backups"
NAME_OF = {MAIN: DATABASE_NAME, PRIVATE: PRIVATE_NAME}
BESIDE = ("-wal", "-shm", "-journal")  # what the database keeps beside its file
NEXT = ".next"


def take_lock(folder: Path) -> PracticeLock:
    """Return the folder's lock; raises PracticeInUse, or FolderNotWritable where it can't be made."""
    try:
        return PracticeLock(folder)
    except OSError as error:
        raise FolderNotWritable(path=folder, reason=error.strerror) from error


def next_database(folder: Path, store: str, practice_id: str) -> Path:
    """Return where a database waits that a revocation has made: it counts once the header is that practice's."""
    return folder / f"{NAME_OF[store]}.{practice_id}{NEXT}"


def finish_revocation(folder: Path) -> None:
    """Put the databases in place that wait for the header which is there: it is the moment of a revocation.

    No key is needed; where none waits, nothing is changed. Call it with the folder's lock, before a database is opened.
    """
    if not any(folder.glob(f"*{NEXT}")):
        return
    try:
        practice_id = read_header(folder).practice_id
    except (HeaderDamaged, NewerPractice):  # what waits may be all there is: it stays until the header can be read
        return
    for store, name in NAME_OF.items():
        waiting = next_database(folder, store, practice_id)
        if waiting.exists():
            for end in BESIDE:  # of the old database, which was closed in order before the new one was made
                (folder / f"{name}{end}").unlink(missing_ok=True)
            waiting.replace(folder / name)
    sync_folder(folder)


def forget_leftovers(folder: Path) -> None:
    """Remove what a killed program left behind, now that the practice has opened and shown that it is not needed."""
    forget_old_headers(folder)
    for path in folder.glob(f"*.db.*{NEXT}*"):
        path.unlink()
