"""Whether a practice lies where it may come to harm: in a synced folder, on a network share, on a disk that is nearly full.

A program that syncs copies the database while it is written to, without its log, and puts old ones back. Backups may lie there.
"""

import os
import re
import shutil
import string
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path, PurePath

LEAST_FREE = 200 * 1024 * 1024

# How the folders of syncing programs are called: the whole name, or the name up to " - Somebody" or " (2)".
_SYNCED_NAMES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "com~apple~clouddocs": "iCloud Drive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "mega": "MEGA",
    "megasync": "MEGA",
    "proton drive": "Proton Drive",
    "seafile": "Seafile",
    "tresorit": "Tresorit",
    "syncthing": "Syncthing",
    "box": "Box",
    "box sync": "Box",
    "synologydrive": "Synology Drive",
    "icedrive": "Icedrive",
    "yandex.disk": "Yandex Disk",
}
# What they keep in the topmost folder that they sync, or in every one.
_MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".stfolder": "Syncthing",
    ".stignore": "Syncthing",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    "seafile-data": "Seafile",
    ".tresorit": "Tresorit",
    ".megaignore": "MEGA",
}
_MARKERS_BY_BEGINNING = (
    ("._sync_", "Nextcloud"),
    (".sync_", "Nextcloud"),
    (".849c9593-d756-4e56-8d6e-42412f2a707b", "OneDrive"),
)
_CLOUD_STORAGE = ("library", "cloudstorage")  # where macOS puts what is synced: ~/Library/CloudStorage/OneDrive-Personal
_NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "smb2",
        "afpfs",
        "webdav",
        "davfs",
        "fuse.davfs2",
        "fuse.sshfs",
        "fuse.rclone",
        "9p",
    }
    | {"afs", "ceph", "fuse.ceph", "glusterfs", "fuse.glusterfs", "ncpfs", "fuse.gvfsd-fuse", "fuse.smbnetfs"}
)
_LISTED = re.compile(r".* on (?P<place>/.*) \((?P<kind>\w+)[,)]")
_OCTAL = {r"\040": " ", r"\011": "\t", r"\012": "\n", r"\134": "\\"}


class Danger(StrEnum):
    """What may harm a practice where it lies."""

    SYNCED = "synced"
    NETWORK = "network"
    NEARLY_FULL = "nearly_full"


def dangers(practice: Path) -> dict[Danger, str]:
    """Return what may harm a practice in this folder, each with what is behind it: the program, the share, the free bytes."""
    folder = practice.resolve()
    found: dict[Danger, str] = {}
    if program := synced_by(folder, _entries_above(folder), os.environ):
        found[Danger.SYNCED] = program
    if share := network_share_of(folder, _mounts()):
        found[Danger.NETWORK] = share
    free = _free(folder)
    if free is not None and is_nearly_full(free):
        found[Danger.NEARLY_FULL] = str(free)
    return found


def synced_by(folder: PurePath, entries: Mapping[PurePath, Iterable[str]], environment: Mapping[str, str]) -> str | None:
    """Return the program that syncs this folder, if one can be told by names above it or by what lies in them.

    `entries` gives the names in each folder above; `environment` may name OneDrive's folders, as Windows does.
    """
    for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial"):
        root = environment.get(name)
        if root and folder.is_relative_to(type(folder)(root)):
            return "OneDrive"
    above = [folder, *folder.parents]
    for place in above:
        if program := _named(place):
            return program
    for place in above:
        for entry in entries.get(place, ()):
            if program := _marked(entry.casefold()):
                return program
    return None


def network_share_of(folder: PurePath, mounts: Mapping[PurePath, str]) -> str | None:
    """Return the share a folder lies on: a Windows path that begins with two backslashes, or a mount of a network's kind.

    `mounts` gives each mount's kind; the one nearest above the folder counts.
    """
    if folder.drive.startswith(("\\\\", "//")) and not folder.drive.startswith("\\\\?\\"):
        return folder.drive
    nearest = max((each for each in mounts if folder.is_relative_to(each)), key=lambda each: len(each.parts), default=None)
    if nearest is not None and mounts[nearest].casefold() in _NETWORK:
        return str(nearest)
    return None


def is_nearly_full(free: int) -> bool:
    """Tell whether a disk with so many bytes free can't be relied on to take what is written."""
    return free < LEAST_FREE


def _named(place: PurePath) -> str | None:
    """Return the program whose folder bears this name."""
    name = place.name.casefold()
    for part in (name, name.partition(" - ")[0], name.partition(" (")[0]):
        if part in _SYNCED_NAMES:
            return _SYNCED_NAMES[part]
    beyond = tuple(part.casefold() for part in place.parts[-3:-1])
    if beyond == _CLOUD_STORAGE:  # whatever it is called there, something syncs it
        return _SYNCED_NAMES.get(name.partition("-")[0], place.name.partition("-")[0])
    return "iCloud Drive" if tuple(part.casefold() for part in place.parts[-2:]) == ("library", "mobile documents") else None


def _marked(entry: str) -> str | None:
    """Return the program that leaves an entry of this name."""
    if entry in _MARKERS:
        return _MARKERS[entry]
    return next((program for beginning, program in _MARKERS_BY_BEGINNING if entry.startswith(beginning)), None)


def _entries_above(folder: Path) -> dict[PurePath, list[str]]:
    """Return the names in a folder and in each above it, as far as they may be read."""
    found: dict[PurePath, list[str]] = {}
    for place in (folder, *folder.parents):
        with suppress(OSError):
            found[place] = os.listdir(place)  # noqa: PTH208  (the names alone)
    return found


def _mounts() -> dict[PurePath, str]:
    """Return each mounted disk's kind; on Windows, the drives that are a network's."""
    if sys.platform == "win32":
        return dict.fromkeys(_network_drives(), "smbfs")
    if sys.platform == "darwin":
        done = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False)
        return mounts_in_list(done.stdout)
    with suppress(OSError):
        return mounts_in(Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace"))
    return {}


def mounts_in(table: str) -> dict[PurePath, str]:
    """Return each mount's kind from a table as Linux keeps it."""
    found: dict[PurePath, str] = {}
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) > 2:
            place = fields[1]
            for escaped, plain in _OCTAL.items():
                place = place.replace(escaped, plain)
            found[PurePath(place)] = fields[2]
    return found


def mounts_in_list(listed: str) -> dict[PurePath, str]:
    """Return each mount's kind from the lines that macOS's `mount` prints: `what on /where (kind, …)`."""
    lines = (_LISTED.match(line) for line in listed.splitlines())
    return {PurePath(line["place"]): line["kind"] for line in lines if line}


def _free(folder: Path) -> int | None:
    """Return the free bytes of the disk a folder is on, or will be."""
    for place in (folder, *folder.parents):
        with suppress(OSError):
            return shutil.disk_usage(place).free
    return None


if sys.platform == "win32":
    import ctypes

    _REMOTE = 4  # DRIVE_REMOTE

    def _network_drives() -> list[PurePath]:
        """Return the drives that are a network's."""
        drives = [f"{letter}:\\" for letter in string.ascii_uppercase]
        return [PurePath(drive) for drive in drives if ctypes.windll.kernel32.GetDriveTypeW(drive) == _REMOTE]
