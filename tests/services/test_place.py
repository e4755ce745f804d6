"""Where a practice lies: what syncs it, whether it is a network's, and how much room is left."""

import shutil
from collections import namedtuple
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from ipt_desktop.services.place import (
    Danger,
    dangers,
    is_nearly_full,
    mounts_in,
    mounts_in_list,
    network_share_of,
    synced_by,
)


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        (PurePosixPath("/home/a/Dropbox/practice"), "Dropbox"),
        (PurePosixPath("/home/a/Dropbox (Personal)/x/practice"), "Dropbox"),
        (PurePosixPath("/home/a/Nextcloud"), "Nextcloud"),
        (PurePosixPath("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/p"), "iCloud Drive"),
        (PurePosixPath("/Users/a/Library/CloudStorage/OneDrive-Personal/p"), "OneDrive"),
        (PurePosixPath("/Users/a/Library/CloudStorage/GoogleDrive-a@example.org/My Drive/p"), "Google Drive"),
        (PurePosixPath("/Users/a/Library/CloudStorage/Newcomer-a/p"), "Newcomer"),
        (PureWindowsPath(r"C:\Users\a\OneDrive - Willow Lane\Documents\p"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\a\iCloudDrive\p"), "iCloud Drive"),
        (PureWindowsPath(r"G:\My Drive\p"), "Google Drive"),
        (PurePosixPath("/home/a/.local/share/ipt-desktop"), None),
        (PureWindowsPath(r"C:\Users\a\AppData\Local\ipt-desktop"), None),
        (PurePosixPath("/home/a/dropboxes/practice"), None),
        (PurePosixPath("/Users/a/Library/Application Support/ipt-desktop"), None),
    ],
)
def test_a_synced_folder_is_told_by_its_name(folder: PurePath, program: str | None):
    assert synced_by(folder, {}, {}) == program


@pytest.mark.parametrize(
    ("entry", "program"),
    [
        (".dropbox", "Dropbox"),
        (".nextcloudsync.log", "Nextcloud"),
        (".sync_3f2a.db", "Nextcloud"),
        (".stfolder", "Syncthing"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        ("notes.txt", None),
    ],
)
def test_a_synced_folder_is_told_by_what_lies_above(entry: str, program: str | None):
    folder = PurePosixPath("/data/mine/practice")
    assert synced_by(folder, {PurePosixPath("/data"): ["a", entry]}, {}) == program
    assert synced_by(folder, {PurePosixPath("/other"): [entry]}, {}) is None


def test_windows_names_onedrive_s_folder():
    environment = {"OneDriveCommercial": r"D:\Work"}
    assert synced_by(PureWindowsPath(r"D:\Work\p"), {}, environment) == "OneDrive"
    assert synced_by(PureWindowsPath(r"D:\Worker\p"), {}, environment) is None


LINUX = "/dev/sda1 / ext4 rw 0 0\nserver:/x /mnt/team\\040files nfs4 rw 0 0\n/dev/sdb1 /mnt/team\\040files/local ext4 rw 0 0\n"
MAC = "/dev/disk3s1 on / (apfs, local)\n//a@server/team on /Volumes/team files (smbfs, nodev, nosuid)\n"


def test_a_network_share_is_told_by_the_nearest_mount():
    mounts = mounts_in(LINUX)
    assert network_share_of(PurePosixPath("/mnt/team files/practice"), mounts) == "/mnt/team files"
    assert network_share_of(PurePosixPath("/mnt/team files/local/practice"), mounts) is None
    assert network_share_of(PurePosixPath("/home/a"), mounts) is None
    assert network_share_of(PurePosixPath("/Volumes/team files/p"), mounts_in_list(MAC)) == "/Volumes/team files"
    assert network_share_of(PurePosixPath("/Users/a"), mounts_in_list(MAC)) is None


def test_a_windows_share_is_told_by_its_path():
    assert network_share_of(PureWindowsPath(r"\\server\team\practice"), {}) == r"\\server\team"
    assert network_share_of(PureWindowsPath(r"C:\practice"), {}) is None


def test_less_than_200_mb_is_nearly_full():
    assert is_nearly_full(200 * 1024 * 1024 - 1)
    assert not is_nearly_full(200 * 1024 * 1024)


def test_a_real_folder_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12))
    assert dangers(tmp_path / "not there yet") == {}
    (tmp_path / ".dropbox").touch()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1000))
    assert dangers(tmp_path / "practice") == {Danger.SYNCED: "Dropbox", Danger.NEARLY_FULL: "1000"}
