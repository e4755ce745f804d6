"""What there is to know of a practice's backups at once: where they go, which there are, and what stands against them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ipt_desktop.services.backup_record import ProofRecord
from ipt_desktop.services.backups import Backups
from ipt_desktop.services.outdated_backups import ListedBackup, list_backups
from ipt_desktop.services.place import Danger, dangers


@dataclass(frozen=True, slots=True)
class FolderState:
    """A folder for backups: its newest one, and the last failure since, "" where there is none."""

    folder: Path
    is_own: bool
    newest: ListedBackup | None
    failure: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it. `dangers` is what `place.dangers` says; `is_on_one_disk` that every folder lies on the practice's own disk.

    `listed` are the backups in every folder that ever took one: an earlier secret opens those in a folder of former days, too.
    """

    folders: tuple[FolderState, ...]
    listed: tuple[ListedBackup, ...]
    proof: ProofRecord | None
    has_changed: bool
    dangers: Mapping[Danger, str]
    is_on_one_disk: bool

    @property
    def newest(self) -> ListedBackup | None:
        """The newest of all."""
        return self.listed[0] if self.listed else None

    @property
    def outdated(self) -> tuple[ListedBackup, ...]:
        """Those that an earlier secret opens."""
        return tuple(each for each in self.listed if each.is_outdated)


def overview(backups: Backups) -> Overview:
    """Look at every folder. Takes a while where one is on a slow disk; not for the window's thread."""
    folders = backups.folders()
    former = (Path(each) for each in backups.record.state.folders)
    listed = tuple(list_backups(backups, *dict.fromkeys([*folders, *former])))
    failing = backups.failing()
    states = tuple(
        FolderState(
            folder,
            folder == backups.own_folder,
            next((each for each in listed if each.backup.path.parent == folder), None),
            failing.get(folder, ""),
        )
        for folder in folders
    )
    return Overview(
        states,
        listed,
        backups.record.state.proof,
        backups.has_changed(),
        dangers(backups.vault.folder),
        all(is_on_disk_of(folder, backups.vault.folder) for folder in folders),
    )


def is_on_disk_of(folder: Path, practice: Path) -> bool:
    """Tell whether a folder lies on the practice's own disk; one that is not there does not."""
    if folder.parent == practice:
        return True
    try:
        return folder.stat().st_dev == practice.stat().st_dev
    except OSError:
        return False
