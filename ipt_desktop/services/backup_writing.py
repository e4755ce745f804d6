"""Writing the file of a backup so that it bears its name only once it was read back whole, and taking one away for good."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ipt_desktop.domain.backup import DEFINITIONS, Manifest, is_safe_name
from ipt_desktop.domain.errors import BackupDamaged
from ipt_desktop.domain.text import _
from ipt_desktop.services.header import HEADER_NAME, sync_folder
from ipt_desktop.services.progress import Progress, part_of
from ipt_desktop.storage import backup_file
from ipt_desktop.storage.backup_file import SUFFIX

PART = ".part"

MOST_DEFINITIONS, LARGEST_DEFINITION = 1000, 1_000_000  # bytes

Files = Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup on a disk, and what it says of itself."""

    path: Path
    manifest: Manifest


def written(folder: Path, name: str, manifest: Callable[[], Manifest], files: Files, key: bytes, tell: Progress) -> Backup:
    """Write the backup under the name of a part, read it back, and give it its own name; on any failure leave nothing."""
    path = _free_name(folder, name)
    part = path.with_name(f"{path.name}{PART}")
    try:
        whole = backup_file.write_backup(part, manifest, files, key, part_of(tell, 0, 0.9))
        if backup_file.prove(part) != whole:
            raise BackupDamaged(path=part, reason=_("its bytes are not those that were written"))
        tell(1)  # the last chance to stop it
        part.rename(path)
        sync_folder(folder)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return Backup(path, whole)


def name_at(practice_id: str, made_at: datetime) -> str:
    """Return the name of this practice's backup of an instant, without its ending."""
    return f"{_name_of(practice_id)}-{made_at.astimezone():%Y-%m-%d-%H%M%S}"


def _name_of(practice_id: str) -> str:
    """Return how the names of this practice's backups begin; it says nothing about anyone."""
    return f"ipt-desktop-{practice_id[:8]}"


def _free_name(folder: Path, name: str) -> Path:
    """Return a name that no file has yet."""
    names: Sequence[str] = [name, *(f"{name}-{number}" for number in range(2, 100))]
    return next(folder / f"{each}{SUFFIX}" for each in names if not (folder / f"{each}{SUFFIX}").exists())


def sweep_parts(folder: Path, practice_id: str) -> None:
    """Remove what a killed program left of this practice's backups; whoever holds the practice's lock is the only one at it."""
    for part in folder.glob(f"{_name_of(practice_id)}-*{SUFFIX}{PART}"):
        with suppress(OSError):
            part.unlink()


def own_definitions(practice: Path) -> dict[str, Path]:
    """Return the therapist's own forms and protocols in a practice's folder, by the name each has in a backup.

    What can be no definition is left out: other kinds of files, links, and files of more than a megabyte.
    """
    found = {}
    for path in sorted((practice / DEFINITIONS).glob("*/*.toml"))[:MOST_DEFINITIONS]:
        name = path.relative_to(practice).as_posix()
        if is_safe_name(name) and path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST_DEFINITION:
            found[name] = path
    return found


def remove_for_good(path: Path) -> None:
    """Remove a backup, the wrapped keys in it overwritten on the disk first: with them an old passphrase still opens it.

    It loses its name before it is harmed, so that no half of one passes for a backup. Raises OSError.
    """
    part = path.with_name(f"{path.name}{PART}")
    path.replace(part)
    with suppress(BackupDamaged):  # then nothing can be told of it, and nothing restored from it
        backup_file.blot_out(part, HEADER_NAME)
    part.unlink()
    sync_folder(path.parent)
